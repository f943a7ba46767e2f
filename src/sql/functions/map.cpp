#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/java_regex.hpp"
#include "sql/functions/map_keys.hpp"
#include "sql/functions/row_builder.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/types/value_text.hpp"
#include "sql/vector/vector_compare.hpp"

namespace hammerscale::sql {

void check_map_keys(const Vector& keys, std::int32_t first, std::int32_t count, Origin origin) {
  for (std::int32_t i = first; i < first + count; ++i) {
    if (keys.is_null(i)) { throw SqlError("NULL_MAP_KEY", {}, origin); }
  }
  // Maps are small; a quadratic search beats hashing until they are not.
  constexpr std::int32_t kSmall = 32;
  const auto fail = [&](std::int32_t row) {
    throw SqlError("DUPLICATED_MAP_KEY",
                   {{"key", value_text(keys.value(row), keys.type(), TextStyle::kCast, TimeZone::utc())},
                    {"mapKeyDedupPolicy", "\"spark.sql.mapKeyDedupPolicy\""}},
                   origin);
  };
  if (count <= kSmall) {
    for (std::int32_t i = first; i < first + count; ++i) {
      for (std::int32_t j = first; j < i; ++j) {
        if (equal_cells(keys, i, keys, j)) { fail(i); }
      }
    }
    return;
  }
  std::vector<std::uint64_t> hashes(static_cast<std::size_t>(first + count), 0);
  std::vector<std::int32_t> rows;
  for (std::int32_t i = first; i < first + count; ++i) { rows.push_back(i); }
  hash_cells(keys, RowSet{rows.data(), count}, hashes.data());
  std::vector<std::int32_t> buckets(static_cast<std::size_t>(count) * 2 + 1, -1);
  for (const std::int32_t row : rows) {
    std::size_t slot = hashes[static_cast<std::size_t>(row)] % buckets.size();
    while (buckets[slot] >= 0) {
      if (equal_cells(keys, row, keys, buckets[slot])) { fail(row); }
      slot = (slot + 1) % buckets.size();
    }
    buckets[slot] = row;
  }
}

namespace {

using std::int32_t;
using std::string;

constexpr auto kAnyNumber = std::numeric_limits<std::size_t>::max();

DataType expect_map(const CallInput& input, std::size_t i) {
  if (input.types[i].id() != TypeId::kMap) { fail_argument_type(input, i, "\"MAP\""); }
  return input.types[i];
}

/// Appends entries to a map under construction and checks the keys when it is finished.
void finish_map(VectorBuilder& out, std::vector<std::pair<const Vector*, int32_t>>& keys, Origin origin,
                const Arguments& arguments) {
  VectorBuilder copy(out.child(0).type(), arguments.context.memory);
  for (const auto& [vector, row] : keys) { copy.append_from(*vector, row); }
  const Vector checked = copy.finish();
  check_map_keys(checked, 0, checked.size(), origin);
  for (std::size_t i = 0; i < keys.size(); ++i) { out.child(0).append_from(checked, static_cast<int32_t>(i)); }
  out.finish_list();
}

BoundFunction bind_map(const CallInput& input) {
  if (input.types.size() % 2 != 0) {
    throw SqlError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                   {{"functionName", "`map`"},
                    {"expectedNum", "2n (n > 0)"},
                    {"actualNum", std::to_string(input.types.size())},
                    {"docroot", "https://spark.apache.org/docs/latest"}},
                   input.origin);
  }
  DataType key;
  DataType value;
  bool value_null = false;
  for (std::size_t i = 0; i < input.types.size(); i += 2) {
    const auto wider_key = i == 0 ? std::optional(input.types[0]) : wider_type(key, input.types[i]);
    const auto wider_value = i == 0 ? std::optional(input.types[1]) : wider_type(value, input.types[i + 1]);
    if (!wider_key || !wider_value) {
      string types;
      for (std::size_t j = wider_key ? 1 : 0; j < input.types.size(); j += 2) {
        types += (types.empty() ? "[\"" : ", \"") + input.types[j].to_sql() + "\"";
      }
      throw SqlError(
          wider_key ? "DATATYPE_MISMATCH.CREATE_MAP_VALUE_DIFF_TYPES" : "DATATYPE_MISMATCH.CREATE_MAP_KEY_DIFF_TYPES",
          {{"sqlExpr", "\"" + call_text(input) + "\""}, {"functionName", "`map`"}, {"dataType", types + "]"}},
          input.origin);
    }
    key = *wider_key;
    value = *wider_value;
    value_null = value_null || input.nullable[i + 1];
  }
  BoundFunction bound{.type = DataType::map(key, value, value_null),
                      .nullable = false,
                      .argument_types = {},
                      .nulls = NullPolicy::kHandled,
                      .can_fail = true,
                      .evaluate = {}};
  for (std::size_t i = 0; i < input.types.size(); ++i) { bound.argument_types.push_back(i % 2 == 0 ? key : value); }
  bound.evaluate = building_rows([origin = input.origin](const Arguments& arguments, int32_t row, VectorBuilder& out) {
    std::vector<std::pair<const Vector*, int32_t>> keys;
    for (std::size_t i = 0; i < arguments.vectors.size(); i += 2) {
      keys.emplace_back(&arguments[i], row);
      out.child(1).append_from(arguments[i + 1], row);
    }
    finish_map(out, keys, origin, arguments);
  });
  return bound;
}

BoundFunction bind_map_from_arrays(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  for (std::size_t i = 0; i < 2; ++i) {
    if (input.types[i].id() != TypeId::kArray) { fail_argument_type(input, i, "\"ARRAY\""); }
  }
  return BoundFunction{
      .type = DataType::map(input.types[0].element(), input.types[1].element(), input.types[1].contains_null()),
      .nullable = any_nullable(input),
      .argument_types = input.types,
      .can_fail = true,
      .evaluate = building_rows([origin = input.origin](const Arguments& arguments, int32_t row, VectorBuilder& out) {
        const ListCell keys(arguments[0], row);
        const ListCell values(arguments[1], row);
        if (keys.size() != values.size()) {
          throw UserError(ErrorCode::kInvalidArgument, "arrays of keys and values have different lengths",
                          {{"keys", std::to_string(keys.size())}, {"values", std::to_string(values.size())}});
        }
        check_map_keys(keys.elements(), keys.begin(), keys.size(), origin);
        out.child(0).append_range(keys.elements(), keys.begin(), keys.size());
        out.child(1).append_range(values.elements(), values.begin(), values.size());
        out.finish_list();
      })};
}

BoundFunction bind_map_from_entries(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  const auto& type = input.types[0];
  const bool fits =
      type.id() == TypeId::kArray && type.element().id() == TypeId::kStruct && type.element().fields().size() == 2;
  if (!fits) { fail_argument_type(input, 0, "\"ARRAY\" of pair \"STRUCT\""); }
  const auto& fields = type.element().fields();
  return BoundFunction{
      .type = DataType::map(fields[0].type, fields[1].type, fields[1].nullable),
      .nullable = input.nullable[0] || type.contains_null(),
      .argument_types = {type},
      .can_fail = true,
      .evaluate = building_rows([origin = input.origin](const Arguments& arguments, int32_t row, VectorBuilder& out) {
        const ListCell list(arguments[0], row);
        std::vector<std::pair<const Vector*, int32_t>> keys;
        for (int32_t e = list.begin(); e < list.end(); ++e) {
          if (list.elements().is_null(e)) { return out.append_null(); }
        }
        const Vector& pairs = list.elements().base();
        for (int32_t e = list.begin(); e < list.end(); ++e) {
          const int32_t at = list.elements().position(e);
          keys.emplace_back(&pairs.child(0), at);
          out.child(1).append_from(pairs.child(1), at);
        }
        finish_map(out, keys, origin, arguments);
      })};
}

BoundFunction bind_map_concat(const CallInput& input) {
  DataType common = DataType::map(DataType::string(), DataType::string(), false);
  for (std::size_t i = 0; i < input.types.size(); ++i) {
    expect_map(input, i);
    const auto wider = i == 0 ? std::optional(input.types[0]) : wider_type(common, input.types[i]);
    if (!wider) {
      string types;
      for (std::size_t j = 0; j < input.types.size(); ++j) {
        types += (j > 0 ? ", \"" : "[\"") + input.types[j].to_sql() + "\"";
      }
      throw SqlError(
          "DATATYPE_MISMATCH.MAP_CONCAT_DIFF_TYPES",
          {{"sqlExpr", "\"" + call_text(input) + "\""}, {"functionName", "`map_concat`"}, {"dataType", types + "]"}},
          input.origin);
    }
    common = *wider;
  }
  return BoundFunction{
      .type = common,
      .nullable = any_nullable(input),
      .argument_types = std::vector<DataType>(input.types.size(), common),
      .can_fail = true,
      .evaluate = building_rows([origin = input.origin](const Arguments& arguments, int32_t row, VectorBuilder& out) {
        std::vector<std::pair<const Vector*, int32_t>> keys;
        for (const Vector* column : arguments.vectors) {
          const ListCell entries(*column, row);
          for (int32_t e = entries.begin(); e < entries.end(); ++e) { keys.emplace_back(&entries.elements(), e); }
          out.child(1).append_range(entries.values(), entries.begin(), entries.size());
        }
        finish_map(out, keys, origin, arguments);
      })};
}

BindFunction bind_part(std::size_t part) {
  return [part](const CallInput& input) {
    check_num_arguments(input, 1, 1);
    const auto map = expect_map(input, 0);
    return BoundFunction{
        .type = part == 0 ? DataType::array(map.key(), false) : DataType::array(map.value(), map.contains_null()),
        .nullable = any_nullable(input),
        .argument_types = {map},
        .evaluate = building_rows([part](const Arguments& arguments, int32_t row, VectorBuilder& out) {
          const ListCell entries(arguments[0], row);
          out.child(0).append_range(entries.base.child(part), entries.begin(), entries.size());
          out.finish_list();
        })};
  };
}

BoundFunction bind_map_entries(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  const auto map = expect_map(input, 0);
  return BoundFunction{
      .type = DataType::array(
          DataType::structure({{"key", map.key(), false}, {"value", map.value(), map.contains_null()}}), false),
      .nullable = any_nullable(input),
      .argument_types = {map},
      .evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
        const ListCell entries(arguments[0], row);
        for (int32_t e = entries.begin(); e < entries.end(); ++e) {
          out.child(0).child(0).append_from(entries.elements(), e);
          out.child(0).child(1).append_from(entries.values(), e);
          out.child(0).finish_struct();
        }
        out.finish_list();
      })};
}

BoundFunction bind_map_contains_key(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const auto map = expect_map(input, 0);
  const auto key = wider_type(map.key(), input.types[1]);
  if (!key || input.types[1].is_null()) {
    throw SqlError(
        input.types[1].is_null() ? "DATATYPE_MISMATCH.NULL_TYPE" : "DATATYPE_MISMATCH.MAP_FUNCTION_DIFF_TYPES",
        {{"sqlExpr", "\"" + call_text(input) + "\""},
         {"functionName", "`map_contains_key`"},
         {"dataType", "\"MAP\""},
         {"leftType", "\"" + map.to_sql() + "\""},
         {"rightType", "\"" + input.types[1].to_sql() + "\""}},
        input.origin);
  }
  return BoundFunction{.type = TypeId::kBoolean,
                       .nullable = any_nullable(input),
                       .argument_types = {DataType::map(*key, map.value(), map.contains_null()), *key},
                       .evaluate = [](const Arguments& arguments, Vector& result) {
                         arguments.rows.for_each([&](int32_t row) {
                           const ListCell entries(arguments[0], row);
                           bool found = false;
                           for (int32_t e = entries.begin(); e < entries.end() && !found; ++e) {
                             found = equal_cells(entries.elements(), e, arguments[1], row);
                           }
                           bitmap::assign(result.mutable_bits(), row, found);
                         });
                       }};
}

/// str_to_map(text[, entry separator[, key separator]]): both are regular expressions.
BoundFunction bind_str_to_map(const CallInput& input) {
  check_num_arguments(input, 1, 3);
  BoundFunction bound{.type = DataType::map(DataType::string(), DataType::string()),
                      .nullable = any_nullable(input),
                      .argument_types = {},
                      .can_fail = true,
                      .evaluate = {}};
  for (std::size_t i = 0; i < input.types.size(); ++i) {
    bound.argument_types.push_back(expect_argument(input, i, TypeClass::kString));
  }
  struct Separators {
    string entry_text;
    string key_text;
    std::optional<JavaRegex> entry;
    std::optional<JavaRegex> key;
  };
  bound.evaluate = building_rows([origin = input.origin, made = std::make_shared<Separators>()](
                                     const Arguments& arguments, int32_t row, VectorBuilder& out) {
    const std::string_view text = ColumnReader<StringView>(arguments[0])[row].view();
    const string entry_text(arguments.vectors.size() > 1 ? ColumnReader<StringView>(arguments[1])[row].view()
                                                         : std::string_view(","));
    const string key_text(arguments.vectors.size() > 2 ? ColumnReader<StringView>(arguments[2])[row].view()
                                                       : std::string_view(":"));
    if (!made->entry || made->entry_text != entry_text) {
      made->entry.emplace(made->entry_text = entry_text, "str_to_map");
    }
    if (!made->key || made->key_text != key_text) { made->key.emplace(made->key_text = key_text, "str_to_map"); }
    VectorBuilder keys(DataType::string(), arguments.context.memory);
    const auto add_entry = [&](std::string_view entry) {
      const auto at = made->key->find(entry);
      if (at) {
        keys.append_string(entry.substr(0, at->groups[0].first));
        out.child(1).append_string(entry.substr(at->groups[0].second));
      } else {
        keys.append_string(entry);
        out.child(1).append_null();
      }
    };
    std::size_t start = 0;
    for (std::optional<std::size_t> from = 0; from;) {
      const auto at = made->entry->find(text, *from);
      if (!at) { break; }
      add_entry(text.substr(start, at->groups[0].first - start));
      start = at->groups[0].second;
      from = JavaRegex::next_position(text, *at);
    }
    add_entry(text.substr(start));
    const Vector checked = keys.finish();
    check_map_keys(checked, 0, checked.size(), origin);
    out.child(0).append_range(checked, 0, checked.size());
    out.finish_list();
  });
  return bound;
}

}  // namespace

void add_map_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since, std::size_t num_required = 0,
                       std::vector<std::pair<Value, DataType>> defaults = {}) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "map_funcs", .usage = usage, .examples = std::move(examples), .since = since},
        .num_required = num_required,
        .default_arguments = std::move(defaults)});
  };
  add("map", bind_map, "map(key, value, ...) - Returns a map of the pairs. Keys must differ and not be NULL.",
      {{"SELECT map(1.0, '2', 3.0, '4')", {"{1.0 -> 2, 3.0 -> 4}"}}}, "2.0.0");
  add("map_from_arrays", bind_map_from_arrays,
      "map_from_arrays(keys, values) - Returns a map of two arrays of equal length.",
      {{"SELECT map_from_arrays(array(1, 2), array('a', 'b'))", {"{1 -> a, 2 -> b}"}}}, "2.4.0");
  add("map_from_entries", bind_map_from_entries, "map_from_entries(entries) - Returns a map of an array of pairs.",
      {{"SELECT map_from_entries(array(struct(1, 'a'), struct(2, 'b')))", {"{1 -> a, 2 -> b}"}}}, "2.4.0");
  add("map_concat", bind_map_concat, "map_concat(map, ...) - Returns one map of the entries of all.",
      {{"SELECT map_concat(map(1, 'a'), map(2, 'b'))", {"{1 -> a, 2 -> b}"}}}, "2.4.0");
  add("map_keys", bind_part(0), "map_keys(map) - Returns the keys as an array.",
      {{"SELECT map_keys(map(1, 'a', 2, 'b'))", {"[1, 2]"}}}, "2.0.0");
  add("map_values", bind_part(1), "map_values(map) - Returns the values as an array.",
      {{"SELECT map_values(map(1, 'a', 2, 'b'))", {"[a, b]"}}}, "2.0.0");
  add("map_entries", bind_map_entries, "map_entries(map) - Returns the entries as an array of structs.",
      {{"SELECT map_entries(map(1, 'a', 2, 'b'))", {"[{1, a}, {2, b}]"}}}, "3.0.0");
  add("map_contains_key", bind_map_contains_key, "map_contains_key(map, key) - Whether the map has the key.",
      {{"SELECT map_contains_key(map(1, 'a'), 2)", {"false"}}}, "3.3.0");
  add("str_to_map", bind_str_to_map,
      "str_to_map(text[, pairDelim[, keyValueDelim]]) - Returns a map of text such as 'a:1,b:2'; the delimiters are "
      "regular expressions.",
      {{"SELECT str_to_map('a:1,b:2')", {"{a -> 1, b -> 2}"}}, {"SELECT str_to_map('a')", {"{a -> null}"}}}, "2.0.1", 1,
      {{Value(std::string(",")), DataType::string()}, {Value(std::string(":")), DataType::string()}});
  ;
}

}  // namespace hammerscale::sql
