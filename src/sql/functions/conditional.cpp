#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "sql/functions/families.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/vector/vector_builder.hpp"
#include "sql/vector/vector_compare.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;

constexpr auto kAnyNumber = std::numeric_limits<std::size_t>::max();

Value zero_of(const DataType& type) {
  if (type.is_decimal()) { return Value(Int128{0}); }
  if (type.id() == TypeId::kFloat) { return Value(0.0F); }
  if (type.id() == TypeId::kDouble) { return Value(0.0); }
  return Value(std::int64_t{0});
}

/// The one type that all arguments from `first` on are cast to.
DataType common_argument_type(const CallInput& input, std::size_t first) {
  DataType common = input.types[first];
  for (std::size_t i = first + 1; i < input.types.size(); ++i) {
    const auto wider = wider_type(common, input.types[i]);
    if (!wider) {
      std::string types;
      for (std::size_t j = first; j < input.types.size(); ++j) {
        types += (j > first ? " or \"" : "(\"") + input.types[j].to_sql() + "\"";
      }
      throw SqlError("DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                     {{"sqlExpr", "\"" + call_text(input) + "\""},
                      {"functionName", "`" + std::string(input.name) + "`"},
                      {"dataType", types + ")"}},
                     input.origin);
    }
    common = *wider;
  }
  return common;
}

/// Copies, for each row, the cell of the argument that `choose` names; NULL where it names none. These functions are
/// evaluated lazily in programs; this is their meaning once all arguments are there.
template <typename Choose>
Evaluate choosing(Choose choose) {
  return [choose](const Arguments& arguments, Vector& result) {
    // Builders fill rows in order; rows that nobody asked for are NULL.
    VectorBuilder chosen(result.type(), arguments.context.memory);
    arguments.rows.for_each([&](int32_t row) {
      while (chosen.size() < row) { chosen.append_null(); }
      const std::optional<std::size_t> from = choose(arguments, row);
      if (from && !arguments[*from].is_null(row)) {
        chosen.append_from(arguments[*from], row);
      } else {
        chosen.append_null();
      }
    });
    result = chosen.finish();
  };
}

BoundFunction bind_coalesce(const CallInput& input) {
  check_num_arguments(input, 1, kAnyNumber);
  const auto type = common_argument_type(input, 0);
  bool nullable = true;
  for (std::size_t i = 0; i < input.nullable.size(); ++i) { nullable = nullable && input.nullable[i]; }
  return BoundFunction{.type = type,
                       .nullable = nullable,
                       .argument_types = std::vector<DataType>(input.types.size(), type),
                       .nulls = NullPolicy::kHandled,
                       .evaluate = choosing([](const Arguments& arguments, int32_t row) -> std::optional<std::size_t> {
                         for (std::size_t i = 0; i < arguments.vectors.size(); ++i) {
                           if (!arguments[i].is_null(row)) { return i; }
                         }
                         return std::nullopt;
                       })};
}

BoundFunction bind_if(const CallInput& input) {
  check_num_arguments(input, 3, 3);
  const auto type = common_argument_type(input, 1);
  return BoundFunction{.type = type,
                       .nullable = input.nullable[1] || input.nullable[2],
                       .argument_types = {expect_argument(input, 0, TypeId::kBoolean), type, type},
                       .nulls = NullPolicy::kHandled,
                       .evaluate = choosing([](const Arguments& arguments, int32_t row) -> std::optional<std::size_t> {
                         return !arguments[0].is_null(row) && ColumnReader<bool>(arguments[0])[row] ? 1 : 2;
                       })};
}

BoundFunction bind_nvl2(const CallInput& input) {
  check_num_arguments(input, 3, 3);
  const auto type = common_argument_type(input, 1);
  return BoundFunction{.type = type,
                       .nullable = input.nullable[1] || input.nullable[2],
                       .argument_types = {input.types[0], type, type},
                       .nulls = NullPolicy::kHandled,
                       .evaluate = choosing([](const Arguments& arguments, int32_t row) -> std::optional<std::size_t> {
                         return arguments[0].is_null(row) ? 2 : 1;
                       })};
}

BoundFunction bind_ifnull(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  return bind_coalesce(input);
}

BoundFunction bind_nullif(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const auto type = common_argument_type(input, 0);
  return BoundFunction{.type = type,
                       .nullable = true,
                       .argument_types = {type, type},
                       .nulls = NullPolicy::kHandled,
                       .evaluate = choosing([](const Arguments& arguments, int32_t row) -> std::optional<std::size_t> {
                         const bool equal = !arguments[0].is_null(row) && !arguments[1].is_null(row) &&
                                            equal_cells(arguments[0], row, arguments[1], row);
                         return equal ? std::nullopt : std::optional<std::size_t>(0);
                       })};
}

BoundFunction bind_nullifzero(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  const auto type = expect_argument(input, 0, TypeClass::kNumeric);
  return BoundFunction{
      .type = type,
      .nullable = true,
      .argument_types = {type},
      .nulls = NullPolicy::kHandled,
      .evaluate = [type](const Arguments& arguments, Vector& result) {
        const Vector zero = Vector::constant(zero_of(type), type, 1, arguments.context.memory);
        choosing([&zero](const Arguments& in, int32_t row) -> std::optional<std::size_t> {
          return !in[0].is_null(row) && equal_cells(in[0], row, zero, 0) ? std::nullopt : std::optional<std::size_t>(0);
        })(arguments, result);
      }};
}

BoundFunction bind_zeroifnull(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  const auto type = input.types[0].is_null() ? DataType(TypeId::kInt) : expect_argument(input, 0, TypeClass::kNumeric);
  return BoundFunction{.type = type,
                       .nullable = false,
                       .argument_types = {type},
                       .nulls = NullPolicy::kHandled,
                       .evaluate = [type](const Arguments& arguments, Vector& result) {
                         const Vector zero = Vector::constant(zero_of(type), type, 1, arguments.context.memory);
                         VectorBuilder out(type, arguments.context.memory);
                         arguments.rows.for_each([&](int32_t row) {
                           while (out.size() < row) { out.append_null(); }
                           if (arguments[0].is_null(row)) {
                             out.append_from(zero, 0);
                           } else {
                             out.append_from(arguments[0], row);
                           }
                         });
                         result = out.finish();
                       }};
}

BoundFunction bind_nanvl(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const bool is_float = input.types[0].id() == TypeId::kFloat && input.types[1].id() == TypeId::kFloat;
  const DataType type = is_float ? TypeId::kFloat : TypeId::kDouble;
  return BoundFunction{
      .type = type,
      .nullable = true,
      .argument_types = {expect_argument(input, 0, type), expect_argument(input, 1, type)},
      .nulls = NullPolicy::kHandled,
      .evaluate = choosing([is_float](const Arguments& arguments, int32_t row) -> std::optional<std::size_t> {
        if (arguments[0].is_null(row)) { return std::nullopt; }
        const bool is_nan = is_float ? std::isnan(ColumnReader<float>(arguments[0])[row])
                                     : std::isnan(ColumnReader<double>(arguments[0])[row]);
        return is_nan ? 1 : 0;
      })};
}

}  // namespace

void add_conditional_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since,
                       std::vector<std::string_view> aliases = {}) {
    registry.add(ScalarFunction{.name = name,
                                .bind = std::move(bind),
                                .documentation = {.group = "conditional_funcs",
                                                  .usage = usage,
                                                  .examples = std::move(examples),
                                                  .since = since},
                                .aliases = std::move(aliases)});
  };
  add("coalesce", bind_coalesce,
      "coalesce(value, ...) - Returns the first value that is not NULL; NULL when there is none.",
      {{"SELECT coalesce(NULL, 1, NULL)", {"1"}}}, "1.0.0");
  add("if", bind_if, "if(condition, a, b) - Returns a when the condition is true, else b.",
      {{"SELECT if(1 < 2, 'a', 'b')", {"a"}}}, "1.0.0");
  add("ifnull", bind_ifnull, "ifnull(a, b) - Returns a, or b where a is NULL.", {{"SELECT ifnull(NULL, 'b')", {"b"}}},
      "2.0.0", {"nvl"});
  add("nvl2", bind_nvl2, "nvl2(a, b, c) - Returns b where a is not NULL, else c.", {{"SELECT nvl2(NULL, 2, 1)", {"1"}}},
      "2.0.0");
  add("nullif", bind_nullif, "nullif(a, b) - Returns NULL where a equals b, else a.",
      {{"SELECT nullif(2, 2)", {"NULL"}}}, "2.0.0");
  add("nullifzero", bind_nullifzero, "nullifzero(a) - Returns NULL where a is 0, else a.",
      {{"SELECT nullifzero(0)", {"NULL"}}}, "4.0.0");
  add("zeroifnull", bind_zeroifnull, "zeroifnull(a) - Returns 0 where a is NULL, else a.",
      {{"SELECT zeroifnull(NULL)", {"0"}}}, "4.0.0");
  add("nanvl", bind_nanvl, "nanvl(a, b) - Returns a, or b where a is NaN.",
      {{"SELECT nanvl(cast('NaN' AS DOUBLE), 123)", {"123.0"}}}, "1.5.0");
}

}  // namespace hammerscale::sql
