#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/json_document.hpp"
#include "sql/functions/json_path.hpp"
#include "sql/functions/json_records.hpp"
#include "sql/functions/row_builder.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::string;
using std::string_view;

BoundFunction bind_get_json_object(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  struct LastPath {
    string text;
    std::optional<std::vector<JsonPathStep>> steps;
  };
  return BoundFunction{
      .type = DataType::string(),
      .argument_types = {expect_argument(input, 0, TypeClass::kString), expect_argument(input, 1, TypeClass::kString)},
      .evaluate = rowwise<string_view, string_view>(
          [last = std::make_shared<LastPath>()](string_view json, string_view path) -> std::optional<string> {
            if (last->text != path) {
              last->text = path;
              last->steps = parse_json_path(path);
            }
            if (!last->steps) { return std::nullopt; }
            const auto node = parse_json_text(json, JsonDialect{.allow_non_numeric_numbers = false});
            return node ? extract_json(*node, *last->steps) : std::nullopt;
          })};
}

/// json_tuple(json, name, ...): a column for each name.
BoundGenerator bind_json_tuple(const CallInput& input) {
  if (input.types.size() < 2) {
    throw SqlError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                   {{"functionName", "`json_tuple`"},
                    {"expectedNum", "> 1"},
                    {"actualNum", std::to_string(input.types.size())},
                    {"docroot", "https://spark.apache.org/docs/latest"}},
                   input.origin);
  }
  BoundGenerator bound;
  for (std::size_t i = 0; i < input.types.size(); ++i) {
    if (!input.types[i].is_string()) {
      throw SqlError("DATATYPE_MISMATCH.NON_STRING_TYPE",
                     {{"sqlExpr", "\"" + call_text(input) + "\""}, {"funcName", "`json_tuple`"}}, input.origin);
    }
    bound.argument_types.push_back(input.types[i]);
    if (i != 0) { bound.output.push_back({"c" + std::to_string(i - 1), DataType::string()}); }
  }
  bound.generate = [](const Arguments& arguments, std::vector<VectorBuilder>& builders, std::vector<int32_t>& counts) {
    std::size_t at = 0;
    arguments.rows.for_each([&](int32_t row) {
      counts[at++] = 1;
      std::optional<JsonNode> node;
      if (!arguments[0].is_null(row)) {
        node = parse_json_text(ColumnReader<StringView>(arguments[0])[row].view(),
                               JsonDialect{.allow_non_numeric_numbers = false});
      }
      for (std::size_t c = 0; c < builders.size(); ++c) {
        const JsonNode* found = nullptr;
        if (node && node->kind == JsonKind::kObject && !arguments[c + 1].is_null(row)) {
          const ColumnReader<StringView> names(arguments[c + 1]);
          for (std::size_t i = 0; i < node->items.size(); ++i) {
            if (node->names[i] == names[row].view()) { found = &node->items[i]; }
          }
        }
        if (found == nullptr || found->kind == JsonKind::kNull) {
          builders[c].append_null();
        } else if (found->kind == JsonKind::kString) {
          builders[c].append_string(found->text);
        } else {
          string text;
          append_json(text, *found);
          builders[c].append_string(text);
        }
      }
    });
  };
  return bound;
}

[[noreturn]] void fail_schema(const CallInput& input, const DataType& type) {
  throw SqlError("DATATYPE_MISMATCH.INVALID_JSON_SCHEMA",
                 {{"sqlExpr", "\"" + call_text(input) + "\""}, {"schema", "\"" + type.to_sql() + "\""}}, input.origin);
}

void check_map_key_types(const CallInput& input, const DataType& root, const DataType& type) {
  if (type.id() == TypeId::kMap) {
    if (!type.key().is_string()) {
      throw SqlError("DATATYPE_MISMATCH.INVALID_JSON_MAP_KEY_TYPE",
                     {{"sqlExpr", root.id() == TypeId::kMap ? "\"entries\"" : "\"" + call_text(input) + "\""},
                      {"schema", "\"" + root.to_sql() + "\""}},
                     input.origin);
    }
    check_map_key_types(input, root, type.value());
  } else if (type.id() == TypeId::kArray) {
    check_map_key_types(input, root, type.element());
  } else if (type.id() == TypeId::kStruct) {
    for (const Field& field : type.fields()) { check_map_key_types(input, root, field.type); }
  }
}

bool is_json_root(const DataType& type) { return type.is_nested() || type.id() == TypeId::kVariant; }

BoundFunction bind_from_json(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  const DataType type = record_schema(input, 1);
  if (!is_json_root(type)) { fail_schema(input, type); }
  check_map_key_types(input, type, type);
  BoundFunction bound{.type = type,
                      .argument_types = {expect_argument(input, 0, TypeClass::kString)},
                      .nulls = NullPolicy::kHandled,
                      .can_fail = true,
                      .evaluate = {}};
  for (std::size_t i = 1; i < input.types.size(); ++i) { bound.argument_types.push_back(input.types[i]); }
  auto reader =
      std::make_shared<JsonRecordReader>(type, RecordOptions(input, 2), *input.context, "from_json", input.origin);
  bound.evaluate = building_rows([reader](const Arguments& arguments, int32_t row, VectorBuilder& out) {
    if (arguments[0].is_null(row)) {
      out.append_null();
    } else {
      out.append_value(reader->read(ColumnReader<StringView>(arguments[0])[row].view()));
    }
  });
  return bound;
}

BoundFunction bind_to_json(const CallInput& input) {
  check_num_arguments(input, 1, 2);
  const DataType type = input.types[0];
  if (!is_json_root(type)) { fail_schema(input, type); }
  auto writer = std::make_shared<JsonRecordWriter>(RecordOptions(input, 1), *input.context);
  return BoundFunction{.type = DataType::string(),
                       .argument_types = input.types,
                       .can_fail = true,
                       .evaluate = [writer, type](const Arguments& arguments, Vector& result) {
                         string text;
                         arguments.rows.for_each([&](int32_t row) {
                           text.clear();
                           writer->write(text, arguments[0].value(row), type);
                           result.mutable_values<StringView>()[row] = result.string_heap().add(text);
                         });
                       }};
}

BoundFunction bind_schema_of_json(const CallInput& input) {
  check_num_arguments(input, 1, 2);
  const string json = constant_record(input, "json");
  const RecordOptions options(input, 1);
  DataType type = DataType::string();
  if (json.find_first_not_of(" \t\r\n") != string::npos) {
    const auto node = parse_json_text(json, json_dialect(options));
    if (!node) { fail_malformed_record(json, input.origin); }
    type = infer_json_type(*node, options);
  }
  return constant_text_function(input, type.to_sql());
}

BoundFunction bind_json_array_length(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  return BoundFunction{.type = TypeId::kInt,
                       .argument_types = {expect_argument(input, 0, TypeClass::kString)},
                       .evaluate = rowwise<string_view>([](string_view json) -> std::optional<int32_t> {
                         const auto node = parse_json_text(json, JsonDialect{.allow_non_numeric_numbers = false});
                         if (!node || node->kind != JsonKind::kArray) { return std::nullopt; }
                         return static_cast<int32_t>(node->items.size());
                       })};
}

BoundFunction bind_json_object_keys(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  return BoundFunction{.type = DataType::array(DataType::string()),
                       .argument_types = {expect_argument(input, 0, TypeClass::kString)},
                       .evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
                         const auto node = parse_json_text(ColumnReader<StringView>(arguments[0])[row].view(),
                                                           JsonDialect{.allow_non_numeric_numbers = false});
                         if (!node || node->kind != JsonKind::kObject) {
                           out.append_null();
                           return;
                         }
                         for (const string& name : node->names) { out.child(0).append_string(name); }
                         out.finish_list();
                       })};
}

}  // namespace

void add_json_functions(FunctionRegistry& registry) {
  const auto add = [&](string_view name, BindFunction bind, string_view usage, std::vector<FunctionExample> examples,
                       string_view since) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "json_funcs", .usage = usage, .examples = std::move(examples), .since = since}});
  };
  add("get_json_object", bind_get_json_object,
      "get_json_object(json, path) - Returns what the path leads to in a JSON text: $ is the root, .name and ['name'] "
      "go to a field, [n] to an "
      "element, [*] to all elements. Strings come without quotes. NULL where there is nothing.",
      {{"SELECT get_json_object('{\"a\":\"b\"}', '$.a')", {"b"}},
       {"SELECT get_json_object('{\"a\":[{\"b\":1},{\"b\":2}]}', '$.a[*].b')", {"[1,2]"}}},
      "1.5.0");
  registry.add(
      ScalarFunction{.name = "json_tuple",
                     .bind = {},
                     .documentation = {.group = "generator_funcs",
                                       .usage = "json_tuple(json, name, ...) - Returns the named fields of a JSON "
                                                "object as columns, one row for each object.",
                                       .examples = {{"SELECT json_tuple('{\"a\":1, \"b\":2}', 'a', 'b')", {"1\t2"}}},
                                       .since = "1.6.0"},
                     .bind_generator = bind_json_tuple});
  add("from_json", bind_from_json,
      "from_json(json, schema[, options]) - Returns the value of the given type that a JSON text describes. Parts that "
      "do not fit are NULL, unless "
      "the option mode is FAILFAST.",
      {{"SELECT from_json('{\"a\":1, \"b\":0.8}', 'a INT, b DOUBLE')", {"{1, 0.8}"}},
       {"SELECT from_json('{\"time\":\"26/08/2015\"}', 'time Timestamp', map('timestampFormat', 'dd/MM/yyyy'))",
        {"{2015-08-26 00:00:00}"}}},
      "2.2.0");
  add("to_json", bind_to_json, "to_json(value[, options]) - Returns a struct, map, array or variant as JSON text.",
      {{"SELECT to_json(named_struct('a', 1, 'b', 2))", {"{\"a\":1,\"b\":2}"}},
       {"SELECT to_json(array(map('a', 1)))", {"[{\"a\":1}]"}}},
      "2.2.0");
  add("schema_of_json", bind_schema_of_json,
      "schema_of_json(json[, options]) - Returns the type of a constant JSON text in DDL form.",
      {{"SELECT schema_of_json('[{\"col\":0}]')", {"ARRAY<STRUCT<col: BIGINT>>"}}}, "2.4.0");
  add("json_array_length", bind_json_array_length,
      "json_array_length(json) - Returns the number of elements of the JSON array, NULL where the text is no array.",
      {{"SELECT json_array_length('[1,2,3,4]')", {"4"}}, {"SELECT json_array_length('[1,2')", {"NULL"}}}, "3.1.0");
  add("json_object_keys", bind_json_object_keys,
      "json_object_keys(json) - Returns the names of the fields of the JSON object, NULL where the text is no object.",
      {{"SELECT json_object_keys('{\"f1\":\"abc\",\"f2\":{\"f3\":\"a\"}}')", {"[f1, f2]"}}}, "3.1.0");
}

}  // namespace hammerscale::sql
