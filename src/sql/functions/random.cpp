// Random values other than rand() and randn().
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sql/functions/families.hpp"
#include "sql/functions/java_random.hpp"
#include "sql/functions/registry.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/types/cast.hpp"

namespace hammerscale::sql {

namespace {

/// The constant seed of argument i, or the query's own.
std::int64_t seed_of(const CallInput& input, std::size_t i) {
  if (i >= input.types.size()) { return input.context->query_seed; }
  const Value& seed = expect_constant(input, i, "seed");
  expect_argument(input, i, TypeClass::kIntegral);
  if (seed.is_null()) { return 0; }
  return cast_value(seed, input.types[i], TypeId::kBigint, CastMode::kAnsi, *input.context, input.origin).as_int64();
}

/// Random numbers of one task's partition; begun at the first row.
class TaskRandom {
 public:
  explicit TaskRandom(std::int64_t seed) : seed_(seed) {}
  JavaRandom& at(const EvaluationContext& context) {
    if (!random_ || partition_ != context.partition) {
      partition_ = context.partition;
      random_ = JavaRandom::xor_shift(
          static_cast<std::int64_t>(static_cast<std::uint64_t>(seed_) + static_cast<std::uint64_t>(context.partition)));
    }
    return *random_;
  }

 private:
  std::int64_t seed_;
  std::int32_t partition_ = 0;
  std::optional<JavaRandom> random_;
};

BoundFunction bind_randstr(const CallInput& input) {
  check_num_arguments(input, 1, 2);
  expect_argument(input, 0, TypeClass::kIntegral);
  const Value& constant = expect_constant(input, 0, "length");
  const auto length = constant.is_null() ? 0
                                         : cast_value(constant, input.types[0], TypeId::kInt, CastMode::kAnsi,
                                                      *input.context, input.origin)
                                               .as_int64();
  if (length < 0) {
    throw SqlError(
        "INVALID_PARAMETER_VALUE.LENGTH",
        {{"parameter", "`length`"}, {"functionName", quote_identifier(input.name)}, {"length", std::to_string(length)}},
        input.origin);
  }
  return BoundFunction{
      .type = DataType::string(),
      .nullable = false,
      .argument_types = input.types,
      .nulls = NullPolicy::kHandled,
      .evaluate = [length, random = TaskRandom(seed_of(input, 1))](const Arguments& arguments, Vector& result) mutable {
        static constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        JavaRandom& numbers = random.at(arguments.context);
        std::string text;
        arguments.rows.for_each([&](std::int32_t row) {
          text.clear();
          for (std::int64_t i = 0; i < length; ++i) {
            const std::int32_t drawn = numbers.next_bits(32) % static_cast<std::int32_t>(kLetters.size());
            text += kLetters[static_cast<std::size_t>(drawn < 0 ? -drawn : drawn)];
          }
          rowwise_detail::write(result, row, text);
        });
      }};
}

/// The wider of the two numbers' types; double when one is NULL.
DataType uniform_type(const CallInput& input) {
  for (std::size_t i = 0; i < 2; ++i) {
    if (input.types[i].is_null()) { return TypeId::kDouble; }
    if (!input.types[i].is_numeric()) { fail_argument_type(input, i, "\"NUMERIC\""); }
  }
  // Unlike elsewhere, float stays float beside whole numbers.
  const auto is_float = [&](std::size_t i) { return input.types[i].id() == TypeId::kFloat; };
  if ((is_float(0) && !input.types[1].is_decimal() && input.types[1].id() != TypeId::kDouble) ||
      (is_float(1) && !input.types[0].is_decimal() && input.types[0].id() != TypeId::kDouble)) {
    return TypeId::kFloat;
  }
  return wider_type(input.types[0], input.types[1]).value_or(DataType(TypeId::kDouble));
}

BoundFunction bind_uniform(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  const DataType type = uniform_type(input);
  std::optional<double> bounds[2];
  for (std::size_t i = 0; i < 2; ++i) {
    const Value& constant = expect_constant(input, i, i == 0 ? "min" : "max");
    if (constant.is_null()) { continue; }
    bounds[i] = cast_value(constant, input.types[i], TypeId::kDouble, CastMode::kAnsi, *input.context, input.origin)
                    .as_double();
  }
  const bool is_null = !bounds[0] || !bounds[1];
  auto cast = std::make_shared<BoundFunction>(bind_cast(TypeId::kDouble, type, CastMode::kAnsi, *input.context));
  return BoundFunction{
      .type = type,
      .nullable = is_null,
      .argument_types = input.types,
      .nulls = NullPolicy::kHandled,
      .evaluate = [=, least = bounds[0].value_or(0), most = bounds[1].value_or(0),
                   random = TaskRandom(seed_of(input, 2))](const Arguments& arguments, Vector& result) mutable {
        if (is_null) {
          arguments.rows.for_each([&](std::int32_t row) { result.set_null(row); });
          return;
        }
        JavaRandom& numbers = random.at(arguments.context);
        const std::int32_t room = result.capacity();
        Vector drawn(TypeId::kDouble, room, arguments.context.memory);
        auto* values = drawn.mutable_values<double>();
        arguments.rows.for_each(
            [&](std::int32_t row) { values[row] = least + (most - least) * numbers.next_double(); });
        drawn.set_size(room);
        if (type.id() == TypeId::kDouble) {
          auto* out = result.mutable_values<double>();
          arguments.rows.for_each([&](std::int32_t row) { out[row] = values[row]; });
          return;
        }
        const Vector* columns[] = {&drawn};
        cast->evaluate(Arguments{columns, {}, arguments.rows, arguments.context}, result);
      }};
}

}  // namespace

void add_random_functions(FunctionRegistry& registry) {
  registry.add(ScalarFunction{
      .name = "randstr",
      .bind = bind_randstr,
      .documentation = {.group = "string_funcs",
                        .usage = "randstr(length[, seed]) - Returns random text of as many letters and digits.",
                        .examples = {{"SELECT randstr(3, 0)", {"ceV"}}},
                        .since = "4.0.0"},
      .is_deterministic = false});
  registry.add(ScalarFunction{
      .name = "uniform",
      .bind = bind_uniform,
      .documentation = {.group = "math_funcs",
                        .usage = "uniform(min, max[, seed]) - Returns random numbers, evenly spread from min to max.",
                        .examples = {{"SELECT uniform(10, 20, 0)", {"17"}}},
                        .since = "4.0.0"},
      .is_deterministic = false});
}

}  // namespace hammerscale::sql
