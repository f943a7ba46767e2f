#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/row_builder.hpp"
#include "sql/functions/signature.hpp"
#include "sql/vector/vector_compare.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::string;

/// A struct of some of the arguments.
BoundFunction make_struct(const CallInput& input, std::vector<Field> fields, std::vector<std::size_t> from) {
  return BoundFunction{
      .type = DataType::structure(std::move(fields)),
      .nullable = false,
      .argument_types = input.types,
      .nulls = NullPolicy::kHandled,
      .evaluate = building_rows([from = std::move(from)](const Arguments& arguments, int32_t row, VectorBuilder& out) {
        for (std::size_t c = 0; c < from.size(); ++c) { out.child(c).append_from(arguments[from[c]], row); }
        out.finish_struct();
      })};
}

BoundFunction bind_named_struct(const CallInput& input) {
  if (input.types.size() % 2 != 0 || input.types.empty()) {
    throw SqlError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                   {{"functionName", "`named_struct`"},
                    {"expectedNum", "2n (n > 0)"},
                    {"actualNum", std::to_string(input.types.size())},
                    {"docroot", "https://spark.apache.org/docs/latest"}},
                   input.origin);
  }
  std::vector<Field> fields;
  std::vector<std::size_t> from;
  for (std::size_t i = 0; i < input.types.size(); i += 2) {
    const bool is_name = input.constants[i] != nullptr && !input.constants[i]->is_null() && input.types[i].is_string();
    if (!is_name) {
      throw SqlError("DATATYPE_MISMATCH.CREATE_NAMED_STRUCT_WITHOUT_FOLDABLE_STRING",
                     {{"sqlExpr", "\"" + call_text(input) + "\""}, {"inputExprs", "[\"" + input.sql[i] + "\"]"}},
                     input.origin);
    }
    fields.push_back({input.constants[i]->as_string(), input.types[i + 1], input.nullable[i + 1]});
    from.push_back(i + 1);
  }
  return make_struct(input, std::move(fields), std::move(from));
}

/// struct(a, b + 1): columns keep their names, other fields are col2 and so on.
BoundFunction bind_struct(const CallInput& input) {
  check_num_arguments(input, 1, std::numeric_limits<std::size_t>::max());
  std::vector<Field> fields;
  std::vector<std::size_t> from;
  for (std::size_t i = 0; i < input.types.size(); ++i) {
    const string& sql = input.sql[i];
    const bool is_name = !sql.empty() && sql.find_first_of("( '\"+-*/") == string::npos &&
                         !(sql[0] >= '0' && sql[0] <= '9') && input.constants[i] == nullptr;
    const auto dot = sql.rfind('.');
    fields.push_back({is_name ? sql.substr(dot == string::npos ? 0 : dot + 1) : "col" + std::to_string(i + 1),
                      input.types[i], input.nullable[i]});
    from.push_back(i);
  }
  return make_struct(input, std::move(fields), std::move(from));
}

/// get_struct_field(struct, 'name'): what a.name is analysed to.
BoundFunction bind_get_struct_field(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const auto& type = input.types[0];
  const auto index = type.find_field(expect_constant(input, 1, "field").as_string()).value();
  const auto& field = type.fields()[index];
  return BoundFunction{.type = field.type,
                       .nullable = field.nullable || input.nullable[0],
                       .argument_types = input.types,
                       .evaluate = [index](const Arguments& arguments, Vector& result) {
                         // The field's own vector, seen through the struct's encoding: nothing is copied.
                         const Vector& structure = arguments[0];
                         const Vector& values = structure.base().child(index);
                         const int32_t room = result.capacity();
                         if (structure.encoding() == Encoding::kFlat && values.encoding() == Encoding::kFlat) {
                           result = values;
                           return;
                         }
                         std::vector<int32_t> positions(static_cast<std::size_t>(room), 0);
                         arguments.rows.for_each(
                             [&](int32_t row) { positions[static_cast<std::size_t>(row)] = structure.position(row); });
                         result = values.gather(positions, arguments.context.memory, true);
                       }};
}

/// get_array_struct_fields(array of structs, 'name'): the array of one field.
BoundFunction bind_get_array_struct_fields(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const auto& element = input.types[0].element();
  const auto index = element.find_field(expect_constant(input, 1, "field").as_string()).value();
  const auto& field = element.fields()[index];
  return BoundFunction{.type = DataType::array(field.type, field.nullable || input.types[0].contains_null()),
                       .nullable = input.nullable[0],
                       .argument_types = input.types,
                       .evaluate = building_rows([index](const Arguments& arguments, int32_t row, VectorBuilder& out) {
                         const ListCell list(arguments[0], row);
                         for (int32_t e = list.begin(); e < list.end(); ++e) {
                           if (list.elements().is_null(e)) {
                             out.child(0).append_null();
                           } else {
                             out.child(0).append_from(list.elements().base().child(index), list.elements().position(e));
                           }
                         }
                         out.finish_list();
                       })};
}

/// get_array_item(array, index from 0): what a[i] is analysed to.
BoundFunction bind_get_array_item(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const auto index = expect_argument(input, 1, TypeClass::kIntegral);
  return BoundFunction{
      .type = input.types[0].element(),
      .nullable = true,
      .argument_types = {input.types[0], TypeId::kBigint},
      .can_fail = true,
      .evaluate = building_rows([origin = input.origin](const Arguments& arguments, int32_t row, VectorBuilder& out) {
        const ListCell list(arguments[0], row);
        const std::int64_t at = ColumnReader<std::int64_t>(arguments[1])[row];
        if (at >= 0 && at < list.size()) {
          return out.append_from(list.elements(), list.begin() + static_cast<int32_t>(at));
        }
        if (!arguments.context.ansi) { return out.append_null(); }
        throw SqlError("INVALID_ARRAY_INDEX",
                       {{"indexValue", std::to_string(at)},
                        {"arraySize", std::to_string(list.size())},
                        {"ansiConfig", "\"spark.sql.ansi.enabled\""}},
                       origin);
      })};
}

/// get_map_value(map, key): what m[k] is analysed to; NULL for keys that are not there.
BoundFunction bind_get_map_value(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const auto& map = input.types[0];
  const auto key = expect_argument(input, 1, map.key());
  return BoundFunction{.type = map.value(),
                       .nullable = true,
                       .argument_types = {map, key},
                       .evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
                         const ListCell entries(arguments[0], row);
                         for (int32_t e = entries.begin(); e < entries.end(); ++e) {
                           if (equal_cells(entries.elements(), e, arguments[1], row)) {
                             return out.append_from(entries.values(), e);
                           }
                         }
                         out.append_null();
                       })};
}

}  // namespace

void add_structure_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "struct_funcs", .usage = usage, .examples = std::move(examples), .since = since}});
  };
  add("named_struct", bind_named_struct,
      "named_struct(name, value, ...) - Returns a struct of fields with those names.",
      {{"SELECT named_struct('a', 1, 'b', 'x')", {"{1, x}"}}}, "1.5.0");
  add("struct", bind_struct,
      "struct(value, ...) - Returns a struct; columns keep their names, other fields are col1, col2 and so on.",
      {{"SELECT struct(1, 'x')", {"{1, x}"}}}, "1.4.0");
  // Not callable by people's SQL under these names in Spark, but harmless.
  add("get_struct_field", bind_get_struct_field, "get_struct_field(struct, name) - What struct.name means.",
      {{"SELECT named_struct('a', 1).a", {"1"}}}, "1.0.0");
  add("get_array_struct_fields", bind_get_array_struct_fields,
      "get_array_struct_fields(array, name) - What array.name means.",
      {{"SELECT array(named_struct('a', 1), named_struct('a', 2)).a", {"[1, 2]"}}}, "1.0.0");
  add("get_array_item", bind_get_array_item,
      "get_array_item(array, index) - What array[index] means; index counts from 0.",
      {{"SELECT array(1, 2)[1]", {"2"}}}, "1.0.0");
  add("get_map_value", bind_get_map_value, "get_map_value(map, key) - What map[key] means.",
      {{"SELECT map('a', 1)['a']", {"1"}}}, "1.0.0");
}

}  // namespace hammerscale::sql
