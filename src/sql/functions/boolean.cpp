// and, or, not.
#include <algorithm>
#include <string>
#include <utility>

#include "sql/functions/families.hpp"
#include "sql/functions/registry.hpp"
#include "sql/functions/signature.hpp"

namespace hammerscale::sql {

namespace {

/// Three-valued AND or OR of all arguments. Expression programs evaluate them lazily by themselves; this serves single
/// values.
BoundFunction bind_junction(const CallInput& input, bool is_and) {
  check_num_arguments(input, 2, static_cast<std::size_t>(-1));
  BoundFunction bound;
  bound.type = TypeId::kBoolean;
  bound.nullable = any_nullable(input);
  for (std::size_t i = 0; i < input.types.size(); ++i) {
    if (input.types[i].id() != TypeId::kBoolean && !input.types[i].is_null()) {
      const DataType& other = input.types[i == 0 ? 1 : 0];
      if (input.types.size() == 2 && !(other == input.types[i]) && !other.is_null()) {
        throw SqlError("DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
                       {{"sqlExpr", "\"" + call_text(input) + "\""},
                        {"left", "\"" + input.types[0].to_sql() + "\""},
                        {"right", "\"" + input.types[1].to_sql() + "\""}},
                       input.origin);
      }
      throw SqlError("DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE",
                     {{"sqlExpr", "\"" + call_text(input) + "\""},
                      {"inputType", "\"BOOLEAN\""},
                      {"actualDataType", "\"" + input.types[i].to_sql() + "\""}},
                     input.origin);
    }
    bound.argument_types.emplace_back(TypeId::kBoolean);
  }
  bound.nulls = NullPolicy::kHandled;
  bound.evaluate = [is_and](const Arguments& arguments, Vector& result) {
    arguments.rows.for_each([&](std::int32_t row) {
      bool has_null = false;
      for (const Vector* part : arguments.vectors) {
        if (part->is_null(row)) {
          has_null = true;
        } else if (bitmap::get(part->base().bits(), part->position(row)) != is_and) {
          bitmap::assign(result.mutable_bits(), row, !is_and);
          return;
        }
      }
      bitmap::assign(result.mutable_bits(), row, is_and);
      if (has_null) { result.set_null(row); }
    });
  };
  return bound;
}

BoundFunction bind_not(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  BoundFunction bound;
  bound.type = TypeId::kBoolean;
  bound.nullable = input.nullable[0];
  bound.argument_types = {expect_argument(input, 0, TypeId::kBoolean)};
  bound.evaluate = [](const Arguments& arguments, Vector& result) {
    const ColumnReader<bool> values(arguments[0]);
    std::uint64_t* out = result.mutable_bits();
    if (arguments.rows.is_all() && values.is_direct()) {
      const std::uint64_t* bits = arguments[0].bits();
      for (std::int32_t i = 0; i < bitmap::words(arguments.rows.size); ++i) { out[i] = ~bits[i]; }
    } else {
      arguments.rows.for_each([&](std::int32_t row) { bitmap::assign(out, row, !values[row]); });
    }
  };
  return bound;
}

}  // namespace

void add_boolean_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::vector<std::string_view> aliases = {}) {
    registry.add(
        ScalarFunction{.name = name,
                       .bind = std::move(bind),
                       .documentation = {.group = "predicate_funcs", .usage = usage, .examples = std::move(examples)},
                       .aliases = std::move(aliases)});
  };
  add("and", [](const CallInput& input) { return bind_junction(input, true); },
      "a and b - Returns true where both are true, false where one is false, else NULL.",
      {{"SELECT true AND NULL", {"NULL"}}});
  add("or", [](const CallInput& input) { return bind_junction(input, false); },
      "a or b - Returns true where one is true, false where both are false, else NULL.",
      {{"SELECT true OR NULL", {"true"}}});
  add("not", bind_not, "not a - Returns the opposite of a.", {{"SELECT NOT true", {"false"}}}, {"!"});
}

}  // namespace hammerscale::sql
