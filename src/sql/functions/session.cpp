#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "hammerscale/comm/environment.hpp"
#include "sql/functions/families.hpp"
#include "sql/functions/java_random.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::int64_t;
using std::string;
using std::string_view;

/// A function without arguments whose value is text of the session.
BindFunction of_session(string EvaluationContext::*text) {
  return signature({}, DataType::string(), [text](const CallInput&) -> Evaluate {
    return [text](const Arguments& arguments, Vector& result) {
      arguments.rows.for_each([&](int32_t row) {
        result.mutable_values<StringView>()[row] = result.string_heap().add(arguments.context.*text);
      });
    };
  });
}

BindFunction fixed_text(string text) {
  return signature({}, DataType::string(), [text](const CallInput&) -> Evaluate {
    return [text](const Arguments& arguments, Vector& result) {
      arguments.rows.for_each(
          [&](int32_t row) { result.mutable_values<StringView>()[row] = result.string_heap().add(text); });
    };
  });
}

string make_uuid(JavaRandom& random) {
  auto high = static_cast<std::uint64_t>(random.next_long());
  auto low = static_cast<std::uint64_t>(random.next_long());
  high = (high & ~std::uint64_t{0xF000}) | 0x4000;          // Version 4, random.
  low = (low & 0x3FFFFFFFFFFFFFFFU) | 0x8000000000000000U;  // Variant of RFC 4122.
  string text;
  for (int i = 0; i < 32; ++i) {
    if (i == 8 || i == 12 || i == 16 || i == 20) { text += '-'; }
    const auto bits = i < 16 ? high >> (60 - 4 * i) : low >> (60 - 4 * (i - 16));
    text += "0123456789abcdef"[bits & 15];
  }
  return text;
}

BoundFunction bind_uuid(const CallInput& input) {
  check_num_arguments(input, 0, 1);
  std::optional<int64_t> seed;
  BoundFunction bound{.type = DataType::string(),
                      .nullable = false,
                      .argument_types = input.types,
                      .nulls = NullPolicy::kHandled,
                      .evaluate = {}};
  if (input.types.size() == 1) { seed = expect_constant(input, 0, "seed").as_int64(); }
  bound.evaluate = [seed, random = std::optional<JavaRandom>()](const Arguments& arguments, Vector& result) mutable {
    if (!random) {
      random.emplace(JavaRandom::xor_shift(seed.value_or(arguments.context.query_seed) + arguments.context.partition));
    }
    arguments.rows.for_each(
        [&](int32_t row) { result.mutable_values<StringView>()[row] = result.string_heap().add(make_uuid(*random)); });
  };
  return bound;
}

/// raise_error(message) and assert_true(condition[, message]).
[[noreturn]] void raise(string_view message, Origin origin) {
  throw SqlError("USER_RAISED_EXCEPTION", {{"errorMessage", string(message)}}, origin);
}

BoundFunction bind_raise_error(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  return BoundFunction{.type = DataType(),
                       .nullable = true,
                       .argument_types = {expect_argument(input, 0, TypeClass::kString)},
                       .nulls = NullPolicy::kHandled,
                       .can_fail = true,
                       .evaluate = [origin = input.origin](const Arguments& arguments, Vector&) {
                         const ColumnReader<StringView> messages(arguments[0]);
                         arguments.rows.for_each([&](int32_t row) {
                           raise(arguments[0].is_null(row) ? string_view("null") : messages[row].view(), origin);
                         });
                       }};
}

BoundFunction bind_assert_true(const CallInput& input) {
  check_num_arguments(input, 1, 2);
  BoundFunction bound{.type = DataType(),
                      .nullable = true,
                      .argument_types = {expect_argument(input, 0, TypeId::kBoolean)},
                      .nulls = NullPolicy::kHandled,
                      .evaluate = {}};
  if (input.types.size() == 2) { bound.argument_types.push_back(expect_argument(input, 1, TypeClass::kString)); }
  bound.can_fail = true;
  bound.evaluate = [origin = input.origin, text = "'" + input.sql[0] + "' is not true!"](const Arguments& arguments,
                                                                                         Vector& result) {
    const ColumnReader<bool> conditions(arguments[0]);
    arguments.rows.for_each([&](int32_t row) {
      if (arguments[0].is_null(row) || !conditions[row]) {
        const bool has_message = arguments.vectors.size() == 2 && !arguments[1].is_null(row);
        raise(has_message ? ColumnReader<StringView>(arguments[1])[row].view() : string_view(text), origin);
      }
      result.set_null(row);
    });
  };
  return bound;
}

BoundFunction bind_typeof(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  return BoundFunction{.type = DataType::string(),
                       .nullable = false,
                       .argument_types = input.types,
                       .nulls = NullPolicy::kHandled,
                       .evaluate = [text = input.types[0].to_string()](const Arguments& arguments, Vector& result) {
                         arguments.rows.for_each([&](int32_t row) {
                           result.mutable_values<StringView>()[row] = result.string_heap().add(text);
                         });
                       }};
}

}  // namespace

void add_session_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since,
                       std::vector<std::string_view> aliases = {}, bool is_deterministic = true) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "misc_funcs", .usage = usage, .examples = std::move(examples), .since = since},
        .aliases = std::move(aliases),
        .is_deterministic = is_deterministic});
  };
  add("current_user", of_session(&EvaluationContext::user),
      "current_user() - Returns the name of the user who runs the query.", {}, "3.2.0", {"user", "session_user"});
  add("current_catalog", of_session(&EvaluationContext::current_catalog),
      "current_catalog() - Returns the current catalog.", {{"SELECT current_catalog()", {"spark_catalog"}}}, "3.1.0");
  add("current_database", of_session(&EvaluationContext::current_database),
      "current_database() - Returns the current database.", {{"SELECT current_database()", {"default"}}}, "1.6.0",
      {"current_schema"});
  add("version", fixed_text("4.2.0 " + string(comm::library_version())),
      "version() - Returns the version of Spark whose SQL this is, and of Hammerscale.", {}, "3.0.0");
  add("typeof", bind_typeof, "typeof(expr) - Returns the type of a value, as DESCRIBE spells it.",
      {{"SELECT typeof(1)", {"int"}}, {"SELECT typeof(array(1.5))", {"array<decimal(2,1)>"}}}, "3.0.0");
  add("uuid", bind_uuid, "uuid() - Returns a random identifier of 36 characters (RFC 4122, version 4).",
      {{"SELECT length(uuid())", {"36"}}}, "2.3.0", {}, false);
  add("monotonically_increasing_id",
      signature({}, TypeId::kBigint,
                [](const CallInput&) -> Evaluate {
                  return [](const Arguments& arguments, Vector& result) {
                    // Partition in the upper 31 bits, row within it in the lower 33.
                    const auto first =
                        (static_cast<int64_t>(arguments.context.partition) << 33) + arguments.context.first_row;
                    arguments.rows.for_each([&](int32_t row) { result.mutable_values<int64_t>()[row] = first + row; });
                  };
                }),
      "monotonically_increasing_id() - Returns numbers that grow from row to row and are unique, but have gaps.",
      {{"SELECT monotonically_increasing_id()", {"0"}}}, "1.4.0", {}, false);
  add("spark_partition_id",
      signature({}, TypeId::kInt,
                [](const CallInput&) -> Evaluate {
                  return [](const Arguments& arguments, Vector& result) {
                    arguments.rows.for_each(
                        [&](int32_t row) { result.mutable_values<int32_t>()[row] = arguments.context.partition; });
                  };
                }),
      "spark_partition_id() - Returns the number of the partition that the row is in.",
      {{"SELECT spark_partition_id()", {"0"}}}, "1.4.0", {}, false);
  add("input_file_name", of_session(&EvaluationContext::input_file),
      "input_file_name() - Returns the file that the row was read from; empty when there is none.",
      {{"SELECT input_file_name()", {""}}}, "1.5.0", {}, false);
  add("raise_error", bind_raise_error, "raise_error(message) - Ends the query with an error.", {}, "3.1.0", {}, false);
  add("assert_true", bind_assert_true,
      "assert_true(condition[, message]) - Returns NULL; an error when the condition is not true.",
      {{"SELECT assert_true(1 < 2)", {"NULL"}}}, "2.0.0", {}, false);
}

}  // namespace hammerscale::sql
