#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/json_document.hpp"
#include "sql/functions/object_state.hpp"
#include "sql/functions/row_builder.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/functions/variant_cast.hpp"
#include "sql/functions/variant_value.hpp"
#include "sql/parser/parser.hpp"
#include "sql/types/coercion.hpp"
#include "sql/types/text_scan.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::string;
using std::string_view;

/// Of a variant's path: a field's name, or an index.
struct VariantStep {
  bool is_index = false;
  string name;
  std::size_t index = 0;
};

std::optional<std::vector<VariantStep>> parse_variant_path(string_view path) {
  if (path.empty() || path[0] != '$') { return std::nullopt; }
  std::vector<VariantStep> steps;
  std::size_t at = 1;
  while (at < path.size()) {
    if (path[at] == '.') {
      const auto end = std::min(path.find_first_of(".[", at + 1), path.size());
      if (end == at + 1) { return std::nullopt; }
      steps.push_back({.name = string(path.substr(at + 1, end - at - 1))});
      at = end;
      continue;
    }
    if (path[at] != '[' || at + 1 == path.size()) { return std::nullopt; }
    if (const char quote = path[at + 1]; quote == '\'' || quote == '"') {
      const auto end = path.find(quote, at + 2);
      if (end == string_view::npos || end == at + 2 || end + 1 >= path.size() || path[end + 1] != ']') {
        return std::nullopt;
      }
      steps.push_back({.name = string(path.substr(at + 2, end - at - 2))});
      at = end + 2;
      continue;
    }
    VariantStep step{.is_index = true, .name = {}};
    std::size_t end = at + 1;
    while (end < path.size() && is_ascii_digit(path[end]) && end - at <= 10) {
      step.index = step.index * 10 + static_cast<std::size_t>(path[end++] - '0');
    }
    if (end == at + 1 || end == path.size() || path[end] != ']' || step.index > 0x7FFFFFFF) { return std::nullopt; }
    steps.push_back(std::move(step));
    at = end + 1;
  }
  return steps;
}

std::optional<VariantView> follow(VariantView variant, const std::vector<VariantStep>& steps) {
  for (const VariantStep& step : steps) {
    if (variant.kind() != (step.is_index ? VariantKind::kArray : VariantKind::kObject)) { return std::nullopt; }
    if (step.is_index) {
      if (step.index >= variant.num_items()) { return std::nullopt; }
      variant = variant.item(step.index);
    } else {
      const auto found = variant.find(step.name);
      if (!found) { return std::nullopt; }
      variant = *found;
    }
  }
  return variant;
}

DataType expect_variant(const CallInput& input) { return expect_argument(input, 0, TypeClass::kVariant); }

BindFunction bind_parse_json(bool fails) {
  return [fails](const CallInput& input) {
    check_num_arguments(input, 1, 1);
    if (!input.types[0].is_string() && !input.types[0].is_null()) { fail_argument_type(input, 0, "\"STRING\""); }
    return BoundFunction{
        .type = TypeId::kVariant,
        .nullable = any_nullable(input) || !fails,
        .argument_types = {expect_argument(input, 0, TypeClass::kString)},
        .can_fail = fails,
        .evaluate = rowwise<string_view>([fails, origin = input.origin](string_view json) -> std::optional<string> {
          constexpr JsonDialect kStrict{.allow_single_quotes = false, .allow_non_numeric_numbers = false};
          const auto node = parse_json_text(json, kStrict);
          auto cell = node ? variant_of_json(*node) : std::nullopt;
          if (!cell && fails) {
            throw SqlError("MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                           {{"badRecord", string(json)}, {"failFastMode", "FAILFAST"}}, origin);
          }
          if (cell && cell->size() > kMaxVariantBytes) {
            if (!fails) { return std::nullopt; }
            throw SqlError("VARIANT_SIZE_LIMIT", {{"sizeLimit", "128.0 MiB"}, {"functionName", "`parse_json`"}},
                           origin);
          }
          return cell;
        })};
  };
}

BindFunction bind_variant_get(string name, bool fails) {
  return [name = std::move(name), fails](const CallInput& input) {
    check_num_arguments(input, 2, 3);
    DataType type = TypeId::kVariant;
    if (input.types.size() == 3) {
      if (input.constants[2] == nullptr || input.constants[2]->is_null() || !input.types[2].is_string()) {
        throw SqlError("INVALID_SCHEMA.NON_STRING_LITERAL", {{"inputSchema", "\"" + input.sql[2] + "\""}},
                       input.origin);
      }
      type = parse_data_type(input.constants[2]->as_string());
    }
    if (!can_cast(TypeId::kVariant, type, CastMode::kAnsi)) {
      throw SqlError("DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION",
                     {{"sqlExpr", "\"" + call_text(input) + "\""},
                      {"srcType", "\"VARIANT\""},
                      {"targetType", "\"" + type.to_sql() + "\""}},
                     input.origin);
    }
    struct LastPath {
      string text;
      std::optional<std::vector<VariantStep>> steps;
    };
    auto last = std::make_shared<LastPath>();
    const auto compile = [last, name, origin = input.origin](string_view path) {
      if (last->steps && last->text == path) { return; }
      last->text = path;
      last->steps = parse_variant_path(path);
      if (!last->steps) {
        throw SqlError("INVALID_VARIANT_GET_PATH", {{"path", string(path)}, {"functionName", "`" + name + "`"}},
                       origin);
      }
    };
    BoundFunction bound{.type = type,
                        .argument_types = {expect_variant(input), expect_argument(input, 1, TypeClass::kString)},
                        .nulls = NullPolicy::kHandled,
                        .can_fail = true,
                        .evaluate = {}};
    if (input.constants[1] != nullptr && !input.constants[1]->is_null() && input.types[1].is_string()) {
      compile(input.constants[1]->as_string());
    }
    if (input.types.size() == 3) { bound.argument_types.push_back(input.types[2]); }
    bound.evaluate =
        building_rows([=, origin = input.origin](const Arguments& arguments, int32_t row, VectorBuilder& out) {
          if (arguments[0].is_null(row) || arguments[1].is_null(row)) {
            out.append_null();
            return;
          }
          compile(ColumnReader<StringView>(arguments[1])[row].view());
          const ColumnReader<StringView> variants(arguments[0]);
          const auto found = follow(VariantView(variants[row].view()), *last->steps);
          if (found) {
            out.append_value(value_of_variant(*found, type, fails, arguments.context, origin));
          } else {
            out.append_null();
          }
        });
    return bound;
  };
}

BoundFunction bind_is_variant_null(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  return BoundFunction{
      .type = TypeId::kBoolean,
      .nullable = false,
      .argument_types = {expect_variant(input)},
      .nulls = NullPolicy::kHandled,
      .can_fail = true,
      .evaluate = [](const Arguments& arguments, Vector& result) {
        const ColumnReader<StringView> variants(arguments[0]);
        arguments.rows.for_each([&](int32_t row) {
          bitmap::assign(result.mutable_bits(), row,
                         !arguments[0].is_null(row) && VariantView(variants[row].view()).kind() == VariantKind::kNull);
        });
      }};
}

BoundFunction bind_is_valid_variant(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  return BoundFunction{.type = TypeId::kBoolean,
                       .argument_types = {expect_variant(input)},
                       .evaluate = rowwise<string_view>([](string_view cell) {
                         try {
                           return VariantView(cell).is_valid();
                         } catch (const SqlError&) { return false; }
                       })};
}

BoundFunction bind_schema_of_variant(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  return BoundFunction{.type = DataType::string(),
                       .argument_types = {expect_variant(input)},
                       .can_fail = true,
                       .evaluate = rowwise<string_view>(
                           [](string_view cell) { return variant_type_text(variant_type(VariantView(cell))); })};
}

bool can_be_variant_part(const DataType& type) {
  switch (type.id()) {
    case TypeId::kArray: return can_be_variant_part(type.element());
    case TypeId::kMap: return type.key().is_string() && can_be_variant_part(type.value());
    case TypeId::kStruct:
      for (const Field& field : type.fields()) {
        if (!can_be_variant_part(field.type)) { return false; }
      }
      return true;
    case TypeId::kVariant: return true;
    default: return can_cast(type, TypeId::kVariant, CastMode::kAnsi) && !type.is_null();
  }
}

BoundFunction bind_to_variant_object(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  const DataType type = input.types[0];
  if (!type.is_nested() || !can_be_variant_part(type)) {
    throw SqlError("DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"srcType", "\"" + type.to_sql() + "\""},
                    {"targetType", "\"VARIANT\""}},
                   input.origin);
  }
  return BoundFunction{.type = TypeId::kVariant,
                       .nullable = any_nullable(input),
                       .argument_types = {type},
                       .can_fail = true,
                       .evaluate = [type](const Arguments& arguments, Vector& result) {
                         arguments.rows.for_each([&](int32_t row) {
                           result.mutable_values<StringView>()[row] =
                               result.string_heap().add(variant_of_value(arguments[0].value(row), type));
                         });
                       }};
}

/// variant_explode: a row for each element or field; `outer` gives one row of NULLs where there is none.
BindGenerator bind_variant_explode(bool outer) {
  return [outer](const CallInput& input) {
    check_num_arguments(input, 1, 1);
    BoundGenerator bound;
    bound.argument_types = {expect_variant(input)};
    bound.output = {{"pos", TypeId::kInt, outer}, {"key", DataType::string()}, {"value", TypeId::kVariant, outer}};
    bound.generate = [outer](const Arguments& arguments, std::vector<VectorBuilder>& builders,
                             std::vector<int32_t>& counts) {
      std::size_t at = 0;
      const ColumnReader<StringView> variants(arguments[0]);
      arguments.rows.for_each([&](int32_t row) {
        int32_t count = 0;
        if (!arguments[0].is_null(row)) {
          const VariantView variant(variants[row].view());
          const VariantKind kind = variant.kind();
          if (kind == VariantKind::kArray || kind == VariantKind::kObject) {
            count = static_cast<int32_t>(variant.num_items());
          }
          for (int32_t i = 0; i < count; ++i) {
            const auto item = static_cast<std::size_t>(i);
            builders[0].append<int32_t>(i);
            if (kind == VariantKind::kObject) {
              builders[1].append_string(variant.name(item));
            } else {
              builders[1].append_null();
            }
            builders[2].append_string(variant.item(item).cell());
          }
        }
        if (count == 0 && outer) {
          for (auto& builder : builders) { builder.append_null(); }
          count = 1;
        }
        counts[at++] = count;
      });
    };
    return bound;
  };
}

/// The type that holds every variant of a group.
class VariantTypeState final : public ObjectState<DataType> {
 public:
  void update(const Arguments& arguments, std::byte* const* states) override {
    const ColumnReader<StringView> variants(arguments[0]);
    for_each_numbered(arguments.rows, [&](int32_t row, int32_t i) {
      if (!arguments[0].is_null(row)) { add(at(states[i]), variant_type(VariantView(variants[row].view()))); }
    });
  }
  void merge(std::byte* into, const std::byte* from) override { add(at(into), at(from)); }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (const std::byte* state : states) { columns[0].append_string(at(state).to_sql()); }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<StringView> types(*columns[0]);
    for_each_numbered(rows, [&](int32_t row, int32_t i) { add(at(states[i]), parse_data_type(types[row].view())); });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (const std::byte* state : states) { result.append_string(variant_type_text(at(state))); }
  }

 private:
  static void add(DataType& into, const DataType& type) { into = merge_variant_types(into, type); }
};

BoundAggregate bind_schema_of_variant_agg(const AggregateInput& input) {
  check_num_arguments(input, 1, 1);
  return BoundAggregate{.type = DataType::string(),
                        .nullable = false,
                        .argument_types = {expect_variant(input)},
                        .state_types = {DataType::string()},
                        .make_state = [](EvaluationContext&) { return std::make_unique<VariantTypeState>(); }};
}

}  // namespace

void add_variant_functions(FunctionRegistry& registry) {
  const auto add = [&](string_view name, BindFunction bind, string_view usage, std::vector<FunctionExample> examples,
                       string_view since = "4.0.0") {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "variant_funcs", .usage = usage, .examples = std::move(examples), .since = since}});
  };
  add("parse_json", bind_parse_json(true),
      "parse_json(json) - Returns a JSON text as a variant; an error where it is malformed.",
      {{"SELECT parse_json('{\"a\":1,\"b\":0.8}')", {"{\"a\":1,\"b\":0.8}"}}});
  add("try_parse_json", bind_parse_json(false),
      "try_parse_json(json) - Returns a JSON text as a variant; NULL where it is malformed.",
      {{"SELECT try_parse_json('{\"a\":1,')", {"NULL"}}});
  add("variant_get", bind_variant_get("variant_get", true),
      "variant_get(variant, path[, type]) - Returns the part that a path such as $.a[0]['b'] leads to, cast to the "
      "type; NULL where there is none, an "
      "error where the cast fails.",
      {{"SELECT variant_get(parse_json('{\"a\": 1}'), '$.a', 'int')", {"1"}},
       {"SELECT variant_get(parse_json('{\"a\": 1}'), '$.b', 'int')", {"NULL"}}});
  add("try_variant_get", bind_variant_get("try_variant_get", false),
      "try_variant_get(variant, path[, type]) - As variant_get, but NULL where the cast fails.",
      {{"SELECT try_variant_get(parse_json('[1, \"hello\"]'), '$[1]', 'int')", {"NULL"}}});
  add("is_variant_null", bind_is_variant_null,
      "is_variant_null(variant) - Whether the variant is the null of JSON; false for NULL.",
      {{"SELECT is_variant_null(parse_json('null'))", {"true"}},
       {"SELECT is_variant_null(parse_json('\"null\"'))", {"false"}}});
  add("is_valid_variant", bind_is_valid_variant,
      "is_valid_variant(variant) - Whether the bytes of the variant are well formed.",
      {{"SELECT is_valid_variant(parse_json('1'))", {"true"}}}, "4.2.0");
  add("schema_of_variant", bind_schema_of_variant,
      "schema_of_variant(variant) - Returns the type of the variant's parts in DDL form.",
      {{"SELECT schema_of_variant(parse_json('[{\"b\":true,\"a\":0}]'))", {"ARRAY<OBJECT<a: BIGINT, b: BOOLEAN>>"}}});
  add("to_variant_object", bind_to_variant_object,
      "to_variant_object(value) - Returns an array, struct or map with string keys as a variant.",
      {{"SELECT to_variant_object(named_struct('b', 1, 'a', array(1, 2)))", {"{\"a\":[1,2],\"b\":1}"}}});
  const auto add_generator = [&](string_view name, bool outer, string_view usage,
                                 std::vector<FunctionExample> examples) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = {},
        .documentation = {.group = "variant_funcs", .usage = usage, .examples = std::move(examples), .since = "4.0.0"},
        .bind_generator = bind_variant_explode(outer)});
  };
  add_generator("variant_explode", false,
                "variant_explode(variant) - Returns a row (pos, key, value) for each element or field of the variant.",
                {{"SELECT * FROM variant_explode(parse_json('[\"hello\", \"world\"]'))",
                  {"0\tNULL\t\"hello\"", "1\tNULL\t\"world\""}}});
  add_generator("variant_explode_outer", true,
                "variant_explode_outer(variant) - As variant_explode, with a row of NULLs where there is neither "
                "element nor field.",
                {{"SELECT * FROM variant_explode_outer(parse_json('[]'))", {"NULL\tNULL\tNULL"}}});
  registry.add(AggregateFunction{
      .name = "schema_of_variant_agg",
      .bind = bind_schema_of_variant_agg,
      .documentation = {
          .group = "agg_funcs",
          .usage = "schema_of_variant_agg(variant) - Returns the type that holds every variant of a group in DDL form.",
          .examples = {{"SELECT schema_of_variant_agg(parse_json(j)) FROM VALUES ('1'), ('2') AS tab(j)", {"BIGINT"}}},
          .since = "4.0.0"}});
}

}  // namespace hammerscale::sql
