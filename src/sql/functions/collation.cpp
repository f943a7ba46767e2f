// collate and collation: how strings compare.
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sql/functions/families.hpp"
#include "sql/functions/registry.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"

namespace hammerscale::sql {

namespace {

/// None for names that are not of a collation this engine has. "SYSTEM.BUILTIN." may stand in front.
std::optional<Collation> find_collation(std::string_view name) {
  std::string upper(name);
  for (char& c : upper) { c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
  constexpr std::string_view kSchema = "SYSTEM.BUILTIN.";
  std::string_view bare = upper;
  if (bare.starts_with(kSchema)) { bare.remove_prefix(kSchema.size()); }
  if (bare == "UTF8_BINARY") { return Collation::kUtf8Binary; }
  if (bare == "UTF8_LCASE") { return Collation::kUtf8Lcase; }
  return std::nullopt;
}

BoundFunction bind_collate(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  if (!input.types[0].is_string() && !input.types[0].is_null()) { fail_argument_type(input, 0, "\"STRING\""); }
  const Value& name = expect_constant(input, 1, "collationName");
  if (!input.types[1].is_string() || name.is_null()) { fail_argument_type(input, 1, "\"STRING\""); }
  const auto collation = find_collation(name.as_string());
  if (!collation) {
    throw SqlError("COLLATION_INVALID_NAME",
                   {{"collationName", name.as_string()}, {"proposals", "UTF8_BINARY, UTF8_LCASE"}}, input.origin);
  }
  BoundFunction bound;
  bound.type = DataType::string(*collation);
  bound.nullable = input.nullable[0];
  bound.argument_types = {input.types[0].is_null() ? bound.type : input.types[0], input.types[1]};
  bound.evaluate = [](const Arguments& arguments, Vector& result) {
    // The same bytes under another type.
    result.share_strings(arguments[0]);
    const ColumnReader<StringView> texts(arguments[0]);
    auto* out = result.mutable_values<StringView>();
    arguments.rows.for_each([&](std::int32_t row) { out[row] = texts[row]; });
  };
  return bound;
}

BoundFunction bind_collation(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  if (!input.types[0].is_string() && !input.types[0].is_null()) { fail_argument_type(input, 0, "\"STRING\""); }
  const bool is_lcase = input.types[0].is_string() && input.types[0].collation() == Collation::kUtf8Lcase;
  BoundFunction bound;
  bound.type = DataType::string();
  bound.nullable = false;
  bound.argument_types = input.types;
  bound.nulls = NullPolicy::kHandled;
  bound.evaluate = [name = std::string(is_lcase ? "SYSTEM.BUILTIN.UTF8_LCASE" : "SYSTEM.BUILTIN.UTF8_BINARY")](
                       const Arguments& arguments, Vector& result) {
    arguments.rows.for_each([&](std::int32_t row) { rowwise_detail::write(result, row, name); });
  };
  return bound;
}

}  // namespace

void add_collation_functions(FunctionRegistry& registry) {
  registry.add(ScalarFunction{
      .name = "collate",
      .bind = bind_collate,
      .documentation = {.group = "string_funcs",
                        .usage = "collate(text, collationName) - Returns the text, to be compared by that collation.",
                        .examples = {{"SELECT collation(collate('a', 'UTF8_LCASE'))", {"SYSTEM.BUILTIN.UTF8_LCASE"}}},
                        .since = "4.0.0"}});
  registry.add(ScalarFunction{
      .name = "collation",
      .bind = bind_collation,
      .documentation = {
          .group = "string_funcs",
          .usage = "collation(text) - Returns the full name of the collation that the text is compared by.",
          .examples = {{"SELECT collation('a')", {"SYSTEM.BUILTIN.UTF8_BINARY"}}},
          .since = "4.0.0"}});
}

}  // namespace hammerscale::sql
