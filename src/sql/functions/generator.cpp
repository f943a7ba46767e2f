#include <limits>
#include <string>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/row_builder.hpp"
#include "sql/functions/signature.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::string;

/// explode and posexplode of arrays and maps; `outer` gives one row of NULLs where there is nothing.
BindGenerator bind_explode(bool with_position, bool outer) {
  return [=](const CallInput& input) {
    check_num_arguments(input, 1, 1);
    const auto& type = input.types[0];
    if (type.id() != TypeId::kArray && type.id() != TypeId::kMap) {
      fail_argument_type(input, 0, "(\"ARRAY\" or \"MAP\")");
    }
    BoundGenerator bound;
    bound.argument_types = {type};
    if (with_position) { bound.output.push_back({"pos", TypeId::kInt, outer}); }
    if (type.id() == TypeId::kArray) {
      bound.output.push_back({"col", type.element(), type.contains_null() || outer});
    } else {
      bound.output.push_back({"key", type.key(), outer});
      bound.output.push_back({"value", type.value(), type.contains_null() || outer});
    }
    bound.generate = [=](const Arguments& arguments, std::vector<VectorBuilder>& builders,
                         std::vector<int32_t>& counts) {
      std::size_t i = 0;
      arguments.rows.for_each([&](int32_t row) {
        int32_t count = 0;
        if (!arguments[0].is_null(row)) {
          const ListCell list(arguments[0], row);
          count = list.size();
          std::size_t column = 0;
          if (with_position) {
            for (int32_t p = 0; p < count; ++p) { builders[0].append<int32_t>(p); }
            column = 1;
          }
          for (std::size_t c = 0; c < list.base.num_children(); ++c) {
            builders[column + c].append_range(list.base.child(c), list.begin(), count);
          }
        }
        if (count == 0 && outer) {
          for (auto& builder : builders) { builder.append_null(); }
          count = 1;
        }
        counts[i++] = count;
      });
    };
    return bound;
  };
}

/// inline: a column for each field of an array of structs.
BindGenerator bind_inline(bool outer) {
  return [=](const CallInput& input) {
    check_num_arguments(input, 1, 1);
    const auto& type = input.types[0];
    if (type.id() != TypeId::kArray || type.element().id() != TypeId::kStruct) {
      fail_argument_type(input, 0, "\"ARRAY<STRUCT>\"");
    }
    BoundGenerator bound;
    bound.argument_types = {type};
    for (const auto& field : type.element().fields()) {
      bound.output.push_back({field.name, field.type, field.nullable || type.contains_null() || outer});
    }
    bound.generate = [outer](const Arguments& arguments, std::vector<VectorBuilder>& builders,
                             std::vector<int32_t>& counts) {
      std::size_t i = 0;
      arguments.rows.for_each([&](int32_t row) {
        int32_t count = 0;
        if (!arguments[0].is_null(row)) {
          const ListCell list(arguments[0], row);
          count = list.size();
          for (int32_t e = list.begin(); e < list.end(); ++e) {
            const bool is_null = list.elements().is_null(e);
            for (std::size_t c = 0; c < builders.size(); ++c) {
              if (is_null) {
                builders[c].append_null();
              } else {
                builders[c].append_from(list.elements().base().child(c), list.elements().position(e));
              }
            }
          }
        }
        if (count == 0 && outer) {
          for (auto& builder : builders) { builder.append_null(); }
          count = 1;
        }
        counts[i++] = count;
      });
    };
    return bound;
  };
}

/// stack(n, value, ...): n rows, filled row by row.
BoundGenerator bind_stack(const CallInput& input) {
  check_num_arguments(input, 2, std::numeric_limits<std::size_t>::max());
  const Value& rows = expect_constant(input, 0, "n");
  if (rows.is_null() || rows.as_int64() <= 0) {
    throw SqlError("DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"exprName", "`n`"},
                    {"valueRange", "(0, 2147483647]"},
                    {"currentValue", rows.is_null() ? "NULL" : std::to_string(rows.as_int64())}},
                   input.origin);
  }
  const auto num_rows = static_cast<std::size_t>(rows.as_int64());
  const std::size_t num_values = input.types.size() - 1;
  const std::size_t num_columns = (num_values + num_rows - 1) / num_rows;
  BoundGenerator bound;
  bound.argument_types.push_back(input.types[0]);
  std::vector<DataType> types(num_columns);
  for (std::size_t v = 0; v < num_values; ++v) {
    DataType& column = types[v % num_columns];
    const auto& type = input.types[v + 1];
    if (column.is_null()) { column = type; }
    if (!type.is_null() && !column.same_but_nullability(type)) {
      throw SqlError("DATATYPE_MISMATCH.STACK_COLUMN_DIFF_TYPES",
                     {{"sqlExpr", "\"" + call_text(input) + "\""},
                      {"columnIndex", std::to_string(v % num_columns)},
                      {"leftParamIndex", std::to_string(v % num_columns + 1)},
                      {"leftType", "\"" + column.to_sql() + "\""},
                      {"rightParamIndex", std::to_string(v + 1)},
                      {"rightType", "\"" + type.to_sql() + "\""}},
                     input.origin);
    }
  }
  for (std::size_t c = 0; c < num_columns; ++c) { bound.output.push_back({"col" + std::to_string(c), types[c], true}); }
  for (std::size_t v = 0; v < num_values; ++v) { bound.argument_types.push_back(types[v % num_columns]); }
  bound.generate = [=](const Arguments& arguments, std::vector<VectorBuilder>& builders, std::vector<int32_t>& counts) {
    std::size_t i = 0;
    arguments.rows.for_each([&](int32_t row) {
      for (std::size_t r = 0; r < num_rows; ++r) {
        for (std::size_t c = 0; c < num_columns; ++c) {
          const std::size_t value = r * num_columns + c;
          if (value < num_values) {
            builders[c].append_from(arguments[value + 1], row);
          } else {
            builders[c].append_null();
          }
        }
      }
      counts[i++] = static_cast<int32_t>(num_rows);
    });
  };
  return bound;
}

}  // namespace

void add_generator_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindGenerator bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = {},
        .documentation = {.group = "generator_funcs", .usage = usage, .examples = std::move(examples), .since = since},
        .bind_generator = std::move(bind)});
  };
  add("explode", bind_explode(false, false),
      "explode(expr) - Gives a row for each element of an array, or entry of a map.",
      {{"SELECT explode(array(10, 20))", {"10", "20"}}, {"SELECT explode(map('a', 1))", {"a\t1"}}}, "1.0.0");
  add("explode_outer", bind_explode(false, true),
      "explode_outer(expr) - As explode, but a row of NULLs where there is nothing.",
      {{"SELECT explode_outer(array(10, 20))", {"10", "20"}}}, "1.0.0");
  add("posexplode", bind_explode(true, false),
      "posexplode(expr) - As explode, with the place, from 0, in a column before.",
      {{"SELECT posexplode(array(10, 20))", {"0\t10", "1\t20"}}}, "2.0.0");
  add("posexplode_outer", bind_explode(true, true),
      "posexplode_outer(expr) - As posexplode, but a row of NULLs where there is nothing.",
      {{"SELECT posexplode_outer(array(10, 20))", {"0\t10", "1\t20"}}}, "2.0.0");
  add("inline", bind_inline(false),
      "inline(structs) - Gives a row for each struct of an array, a column for each field.",
      {{"SELECT inline(array(struct(1, 'a'), struct(2, 'b')))", {"1\ta", "2\tb"}}}, "2.0.0");
  add("inline_outer", bind_inline(true),
      "inline_outer(structs) - As inline, but a row of NULLs where there is nothing.",
      {{"SELECT inline_outer(array(struct(1, 'a')))", {"1\ta"}}}, "2.0.0");
  add("stack", bind_stack, "stack(n, value, ...) - Gives n rows, filled with the values row by row.",
      {{"SELECT stack(2, 1, 2, 3)", {"1\t2", "3\tNULL"}}}, "2.0.0");
}

}  // namespace hammerscale::sql
