#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/map_keys.hpp"
#include "sql/functions/row_builder.hpp"
#include "sql/functions/signature.hpp"
#include "sql/vector/vector_compare.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::string;

/// The elements of the lists of many rows, one behind the other, with the row each belongs to.
struct Elements {
  std::vector<Vector> columns;  ///< Elements, or keys and values.
  std::vector<int32_t> outer_rows;
  std::vector<int32_t> indexes;  ///< Place of each element in its list.
};

Elements gather_elements(const Arguments& arguments, std::size_t argument) {
  Elements all;
  const Vector& lists = arguments[argument];
  const std::size_t num_columns = lists.base().num_children();
  std::vector<VectorBuilder> builders;
  for (std::size_t c = 0; c < num_columns; ++c) {
    builders.emplace_back(lists.base().child(c).type(), arguments.context.memory);
  }
  arguments.rows.for_each([&](int32_t row) {
    const ListCell list(lists, row);
    for (std::size_t c = 0; c < num_columns; ++c) {
      builders[c].append_range(list.base.child(c), list.begin(), list.size());
    }
    all.outer_rows.insert(all.outer_rows.end(), static_cast<std::size_t>(list.size()), row);
    for (int32_t i = 0; i < list.size(); ++i) { all.indexes.push_back(i); }
  });
  for (auto& builder : builders) { all.columns.push_back(builder.finish()); }
  return all;
}

Vector index_column(const std::vector<int32_t>& indexes, const VectorMemory& memory) {
  VectorBuilder column(TypeId::kInt, memory);
  for (const int32_t index : indexes) { column.append<int32_t>(index); }
  return column.finish();
}

bool is_true(const Vector& vector, int32_t row) { return !vector.is_null(row) && ColumnReader<bool>(vector)[row]; }

DataType array_type(const CallInput& input, std::size_t i) {
  if (input.types[i].id() != TypeId::kArray) { fail_argument_type(input, i, "\"ARRAY\""); }
  return input.types[i];
}
DataType map_type(const CallInput& input, std::size_t i) {
  if (input.types[i].id() != TypeId::kMap) { fail_argument_type(input, i, "\"MAP\""); }
  return input.types[i];
}

void expect_boolean_body(const CallInput& input, std::size_t i) {
  if (input.types[i].id() != TypeId::kBoolean && !input.types[i].is_null()) {
    fail_argument_type(input, i, "\"BOOLEAN\"");
  }
}

/// Lambdas over an array's elements, and their places when two variables are written.
std::vector<std::vector<Field>> element_variables(const CallInput& input, std::span<const std::size_t> num_variables) {
  const auto type = array_type(input, 0);
  std::vector<std::vector<Field>> variables(input.types.size());
  variables[1] = {{"x", type.element(), type.contains_null()}};
  if (num_variables[1] == 2) { variables[1].push_back({"i", TypeId::kInt, false}); }
  return variables;
}

std::vector<std::vector<Field>> entry_variables(const CallInput& input, std::span<const std::size_t>) {
  const auto type = map_type(input, 0);
  std::vector<std::vector<Field>> variables(input.types.size());
  variables[1] = {{"k", type.key(), false}, {"v", type.value(), type.contains_null()}};
  return variables;
}

/// Values of the lambda (argument 1) for all elements of argument 0.
Vector call_on_elements(const Arguments& arguments, const Elements& elements) {
  std::vector<Vector> variables = elements.columns;
  variables.push_back(index_column(elements.indexes, arguments.context.memory));
  return arguments.lambdas[1]->call(variables, elements.outer_rows);
}

BoundFunction bind_transform(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  return BoundFunction{.type = DataType::array(input.types[1], input.nullable[1]),
                       .nullable = input.nullable[0],
                       .argument_types = {array_type(input, 0), input.types[1]},
                       .can_fail = true,
                       .evaluate = [](const Arguments& arguments, Vector& result) {
                         const Elements elements = gather_elements(arguments, 0);
                         const Vector values = call_on_elements(arguments, elements);
                         int32_t next = 0;
                         building_rows([&](const Arguments& in, int32_t row, VectorBuilder& out) {
                           const int32_t size = ListCell(in[0], row).size();
                           out.child(0).append_range(values, next, size);
                           next += size;
                           out.finish_list();
                         })(arguments, result);
                       }};
}

BoundFunction bind_filter(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  expect_boolean_body(input, 1);
  const auto type = array_type(input, 0);
  return BoundFunction{.type = type,
                       .nullable = input.nullable[0],
                       .argument_types = {type, TypeId::kBoolean},
                       .can_fail = true,
                       .evaluate = [](const Arguments& arguments, Vector& result) {
                         const Elements elements = gather_elements(arguments, 0);
                         const Vector kept = call_on_elements(arguments, elements);
                         int32_t next = 0;
                         building_rows([&](const Arguments& in, int32_t row, VectorBuilder& out) {
                           const int32_t size = ListCell(in[0], row).size();
                           for (int32_t i = next; i < next + size; ++i) {
                             if (is_true(kept, i)) { out.child(0).append_from(elements.columns[0], i); }
                           }
                           next += size;
                           out.finish_list();
                         })(arguments, result);
                       }};
}

/// exists and forall, three-valued: a NULL leaves the answer open unless another element decides it.
BindFunction bind_quantifier(bool decisive) {
  return [decisive](const CallInput& input) {
    check_num_arguments(input, 2, 2);
    expect_boolean_body(input, 1);
    return BoundFunction{.type = TypeId::kBoolean,
                         .nullable = input.nullable[0] || input.nullable[1],
                         .argument_types = {array_type(input, 0), TypeId::kBoolean},
                         .can_fail = true,
                         .evaluate = [decisive](const Arguments& arguments, Vector& result) {
                           const Elements elements = gather_elements(arguments, 0);
                           const Vector answers = call_on_elements(arguments, elements);
                           const ColumnReader<bool> values(answers);
                           int32_t next = 0;
                           arguments.rows.for_each([&](int32_t row) {
                             const int32_t size = ListCell(arguments[0], row).size();
                             bool decided = false;
                             bool has_null = false;
                             for (int32_t i = next; i < next + size; ++i) {
                               if (answers.is_null(i)) {
                                 has_null = true;
                               } else if (values[i] == decisive) {
                                 decided = true;
                               }
                             }
                             next += size;
                             bitmap::assign(result.mutable_bits(), row, decided == decisive);
                             if (!decided && has_null) { result.set_null(row); }
                           });
                         }};
  };
}

/// aggregate(array, start, (acc, x) -> ..., acc -> ...): element by element, for all rows at once.
BoundFunction bind_aggregate(const CallInput& input) {
  check_num_arguments(input, 3, 4);
  const bool has_finish = input.types.size() == 4;
  // The lambda's value becomes the next accumulator: its type is what the analyzer gave the variable.
  const auto& accumulator = input.types[1];
  BoundFunction bound{.type = has_finish ? input.types[3] : accumulator,
                      .nullable = true,
                      .argument_types = {array_type(input, 0), accumulator, accumulator},
                      .nulls = NullPolicy::kHandled,
                      .can_fail = true,
                      .evaluate = {}};
  if (!input.types[2].same_but_nullability(accumulator) && !input.types[2].is_null()) {
    fail_argument_type(input, 2, "\"" + accumulator.to_sql() + "\"");
  }
  if (has_finish) { bound.argument_types.push_back(input.types[3]); }
  bound.evaluate = [has_finish](const Arguments& arguments, Vector& result) {
    const VectorMemory& memory = arguments.context.memory;
    std::vector<int32_t> rows;
    int32_t longest = 0;
    arguments.rows.for_each([&](int32_t row) {
      if (arguments[0].is_null(row)) { return; }
      rows.push_back(row);
      longest = std::max(longest, ListCell(arguments[0], row).size());
    });
    Vector accumulators = arguments[1].gather(rows, memory, true);
    for (int32_t step = 0; step < longest; ++step) {
      std::vector<int32_t> active;
      std::vector<int32_t> outer;
      VectorBuilder elements(arguments[0].type().element(), memory);
      for (std::size_t k = 0; k < rows.size(); ++k) {
        const ListCell list(arguments[0], rows[k]);
        if (step >= list.size()) { continue; }
        active.push_back(static_cast<int32_t>(k));
        outer.push_back(rows[k]);
        elements.append_from(list.elements(), list.begin() + step);
      }
      std::vector<Vector> variables;
      variables.push_back(accumulators.gather(active, memory, true));
      variables.push_back(elements.finish());
      const Vector merged = arguments.lambdas[2]->call(variables, outer);
      VectorBuilder next(accumulators.type(), memory);
      std::size_t a = 0;
      for (std::size_t k = 0; k < rows.size(); ++k) {
        if (a < active.size() && active[a] == static_cast<int32_t>(k)) {
          next.append_from(merged, static_cast<int32_t>(a++));
        } else {
          next.append_from(accumulators, static_cast<int32_t>(k));
        }
      }
      accumulators = next.finish();
    }
    Vector values = accumulators;
    if (has_finish) {
      const std::vector<Vector> variables{accumulators};
      values = arguments.lambdas[3]->call(variables, rows);
    }
    int32_t next = 0;
    building_rows([&](const Arguments& in, int32_t row, VectorBuilder& out) {
      if (in[0].is_null(row)) { return out.append_null(); }
      out.append_from(values, next++);
    })(arguments, result);
  };
  return bound;
}

std::vector<std::vector<Field>> aggregate_variables(const CallInput& input, std::span<const std::size_t>) {
  const auto type = array_type(input, 0);
  std::vector<std::vector<Field>> variables(input.types.size());
  variables[2] = {{"acc", input.types[1], true}, {"x", type.element(), type.contains_null()}};
  if (input.types.size() == 4) { variables[3] = {{"acc", input.types[1], true}}; }
  return variables;
}

/// A merge sort that any comparator is safe with, also one that contradicts itself.
template <typename Less>
void merge_sort(std::vector<int32_t>& items, Less before_or_equal) {
  std::vector<int32_t> scratch(items.size());
  for (std::size_t width = 1; width < items.size(); width *= 2) {
    for (std::size_t start = 0; start < items.size(); start += 2 * width) {
      const std::size_t middle = std::min(start + width, items.size());
      const std::size_t end = std::min(start + 2 * width, items.size());
      std::size_t a = start;
      std::size_t b = middle;
      for (std::size_t out = start; out < end; ++out) {
        const bool take_left = a < middle && (b >= end || before_or_equal(items[a], items[b]));
        scratch[out] = take_left ? items[a++] : items[b++];
      }
    }
    items.swap(scratch);
  }
}

/// array_sort(array[, comparator]): ascending, NULLs last, unless a comparator decides.
BoundFunction bind_array_sort(const CallInput& input) {
  check_num_arguments(input, 1, 2);
  const auto type = array_type(input, 0);
  const bool has_comparator = input.types.size() == 2;
  if (!has_comparator && !type.element().is_orderable() && !type.element().is_null()) {
    throw SqlError("DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"functionName", "`array_sort`"},
                    {"dataType", "\"" + type.to_sql() + "\""}},
                   input.origin);
  }
  if (has_comparator && input.types[1].id() != TypeId::kInt) { fail_argument_type(input, 1, "\"INT\""); }
  BoundFunction bound{.type = type,
                      .nullable = input.nullable[0],
                      .argument_types = {type},
                      .can_fail = has_comparator,
                      .evaluate = {}};
  if (has_comparator) { bound.argument_types.emplace_back(TypeId::kInt); }
  bound.evaluate = building_rows(
      [has_comparator, origin = input.origin](const Arguments& arguments, int32_t row, VectorBuilder& out) {
        const ListCell list(arguments[0], row);
        const Vector& elements = list.elements();
        std::vector<int32_t> order(static_cast<std::size_t>(list.size()));
        std::iota(order.begin(), order.end(), list.begin());
        merge_sort(order, [&](int32_t a, int32_t b) {
          if (!has_comparator) {
            if (elements.is_null(a) || elements.is_null(b)) { return elements.is_null(b); }
            return compare_cells(elements, a, elements, b) <= 0;
          }
          const std::vector<Vector> variables{elements.gather(std::span(&a, 1), arguments.context.memory, true),
                                              elements.gather(std::span(&b, 1), arguments.context.memory, true)};
          const Vector compared = arguments.lambdas[1]->call(variables, std::span(&row, 1));
          if (compared.is_null(0)) {
            throw SqlError("COMPARATOR_RETURNS_NULL", {{"firstValue", "element"}, {"secondValue", "element"}}, origin);
          }
          return ColumnReader<int32_t>(compared)[0] <= 0;
        });
        for (const int32_t e : order) { out.child(0).append_from(elements, e); }
        out.finish_list();
      });
  return bound;
}

std::vector<std::vector<Field>> comparator_variables(const CallInput& input, std::span<const std::size_t>) {
  const auto type = array_type(input, 0);
  std::vector<std::vector<Field>> variables(input.types.size());
  if (variables.size() == 2) {
    variables[1] = {{"left", type.element(), type.contains_null()}, {"right", type.element(), type.contains_null()}};
  }
  return variables;
}

BoundFunction bind_map_filter(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  expect_boolean_body(input, 1);
  const auto type = map_type(input, 0);
  return BoundFunction{.type = type,
                       .nullable = input.nullable[0],
                       .argument_types = {type, TypeId::kBoolean},
                       .can_fail = true,
                       .evaluate = [](const Arguments& arguments, Vector& result) {
                         const Elements entries = gather_elements(arguments, 0);
                         const Vector kept = call_on_elements(arguments, entries);
                         int32_t next = 0;
                         building_rows([&](const Arguments& in, int32_t row, VectorBuilder& out) {
                           const int32_t size = ListCell(in[0], row).size();
                           for (int32_t i = next; i < next + size; ++i) {
                             if (!is_true(kept, i)) { continue; }
                             out.child(0).append_from(entries.columns[0], i);
                             out.child(1).append_from(entries.columns[1], i);
                           }
                           next += size;
                           out.finish_list();
                         })(arguments, result);
                       }};
}

/// transform_keys and transform_values.
BindFunction bind_transform_map(bool keys) {
  return [keys](const CallInput& input) {
    check_num_arguments(input, 2, 2);
    const auto type = map_type(input, 0);
    return BoundFunction{.type = keys ? DataType::map(input.types[1], type.value(), type.contains_null())
                                      : DataType::map(type.key(), input.types[1], input.nullable[1]),
                         .nullable = input.nullable[0],
                         .argument_types = {type, input.types[1]},
                         .can_fail = true,
                         .evaluate = [keys, origin = input.origin](const Arguments& arguments, Vector& result) {
                           const Elements entries = gather_elements(arguments, 0);
                           const Vector made = call_on_elements(arguments, entries);
                           int32_t next = 0;
                           building_rows([&](const Arguments& in, int32_t row, VectorBuilder& out) {
                             const int32_t size = ListCell(in[0], row).size();
                             if (keys) { check_map_keys(made, next, size, origin); }
                             out.child(0).append_range(keys ? made : entries.columns[0], next, size);
                             out.child(1).append_range(keys ? entries.columns[1] : made, next, size);
                             next += size;
                             out.finish_list();
                           })(arguments, result);
                         }};
  };
}

BoundFunction bind_zip_with(const CallInput& input) {
  check_num_arguments(input, 3, 3);
  return BoundFunction{.type = DataType::array(input.types[2], input.nullable[2]),
                       .nullable = input.nullable[0] || input.nullable[1],
                       .argument_types = {array_type(input, 0), array_type(input, 1), input.types[2]},
                       .can_fail = true,
                       .evaluate = [](const Arguments& arguments, Vector& result) {
                         std::vector<VectorBuilder> sides;
                         for (std::size_t s = 0; s < 2; ++s) {
                           sides.emplace_back(arguments[s].type().element(), arguments.context.memory);
                         }
                         std::vector<int32_t> outer;
                         const auto length_of = [](const Arguments& in, int32_t row) {
                           return std::max(ListCell(in[0], row).size(), ListCell(in[1], row).size());
                         };
                         arguments.rows.for_each([&](int32_t row) {
                           const int32_t length = length_of(arguments, row);
                           for (std::size_t s = 0; s < 2; ++s) {
                             const ListCell list(arguments[s], row);
                             sides[s].append_range(list.elements(), list.begin(), list.size());
                             for (int32_t i = list.size(); i < length; ++i) { sides[s].append_null(); }
                           }
                           outer.insert(outer.end(), static_cast<std::size_t>(length), row);
                         });
                         const std::vector<Vector> variables{sides[0].finish(), sides[1].finish()};
                         const Vector values = arguments.lambdas[2]->call(variables, outer);
                         int32_t next = 0;
                         building_rows([&](const Arguments& in, int32_t row, VectorBuilder& out) {
                           const int32_t length = length_of(in, row);
                           out.child(0).append_range(values, next, length);
                           next += length;
                           out.finish_list();
                         })(arguments, result);
                       }};
}

std::vector<std::vector<Field>> zip_variables(const CallInput& input, std::span<const std::size_t>) {
  std::vector<std::vector<Field>> variables(input.types.size());
  variables[2] = {{"x", array_type(input, 0).element(), true}, {"y", array_type(input, 1).element(), true}};
  return variables;
}

/// map_zip_with(a, b, (k, v1, v2) -> ...): over the keys of a, then those of b that a lacks.
BoundFunction bind_map_zip_with(const CallInput& input) {
  check_num_arguments(input, 3, 3);
  const auto left = map_type(input, 0);
  const auto right = map_type(input, 1);
  const auto key = wider_type(left.key(), right.key());
  if (!key) {
    throw SqlError("DATATYPE_MISMATCH.MAP_ZIP_WITH_DIFF_TYPES",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"functionName", "`map_zip_with`"},
                    {"leftType", "\"" + left.key().to_sql() + "\""},
                    {"rightType", "\"" + right.key().to_sql() + "\""}},
                   input.origin);
  }
  return BoundFunction{.type = DataType::map(*key, input.types[2], input.nullable[2]),
                       .nullable = input.nullable[0] || input.nullable[1],
                       .argument_types = {DataType::map(*key, left.value(), left.contains_null()),
                                          DataType::map(*key, right.value(), right.contains_null()), input.types[2]},
                       .can_fail = true,
                       .evaluate = [](const Arguments& arguments, Vector& result) {
                         const VectorMemory& memory = arguments.context.memory;
                         VectorBuilder keys(arguments[0].type().key(), memory);
                         VectorBuilder first(arguments[0].type().value(), memory);
                         VectorBuilder second(arguments[1].type().value(), memory);
                         std::vector<int32_t> outer;
                         std::vector<int32_t> counts;
                         const auto find = [](const ListCell& entries, const Vector& key_vector, int32_t at) {
                           for (int32_t e = entries.begin(); e < entries.end(); ++e) {
                             if (equal_cells(entries.elements(), e, key_vector, at)) { return e; }
                           }
                           return -1;
                         };
                         const auto append = [](VectorBuilder& out, const ListCell& entries, int32_t e) {
                           if (e < 0) {
                             out.append_null();
                           } else {
                             out.append_from(entries.values(), e);
                           }
                         };
                         arguments.rows.for_each([&](int32_t row) {
                           const ListCell a(arguments[0], row);
                           const ListCell b(arguments[1], row);
                           const int32_t before = keys.size();
                           for (int32_t e = a.begin(); e < a.end(); ++e) {
                             keys.append_from(a.elements(), e);
                             append(first, a, e);
                             append(second, b, find(b, a.elements(), e));
                           }
                           for (int32_t e = b.begin(); e < b.end(); ++e) {
                             if (find(a, b.elements(), e) >= 0) { continue; }
                             keys.append_from(b.elements(), e);
                             first.append_null();
                             append(second, b, e);
                           }
                           counts.push_back(keys.size() - before);
                           outer.insert(outer.end(), static_cast<std::size_t>(counts.back()), row);
                         });
                         const Vector all_keys = keys.finish();
                         const std::vector<Vector> variables{all_keys, first.finish(), second.finish()};
                         const Vector values = arguments.lambdas[2]->call(variables, outer);
                         int32_t next = 0;
                         std::size_t list = 0;
                         building_rows([&](const Arguments&, int32_t, VectorBuilder& out) {
                           const int32_t count = counts[list++];
                           out.child(0).append_range(all_keys, next, count);
                           out.child(1).append_range(values, next, count);
                           next += count;
                           out.finish_list();
                         })(arguments, result);
                       }};
}

std::vector<std::vector<Field>> map_zip_variables(const CallInput& input, std::span<const std::size_t>) {
  std::vector<std::vector<Field>> variables(input.types.size());
  const auto left = map_type(input, 0);
  const auto right = map_type(input, 1);
  variables[2] = {{"k", wider_type(left.key(), right.key()).value_or(left.key()), false},
                  {"v1", left.value(), true},
                  {"v2", right.value(), true}};
  return variables;
}

}  // namespace

void add_higher_order_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, LambdaVariables variables, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since,
                       std::vector<std::string_view> aliases = {}) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "lambda_funcs", .usage = usage, .examples = std::move(examples), .since = since},
        .aliases = std::move(aliases),
        .lambda_variables = std::move(variables)});
  };
  add("transform", bind_transform, element_variables,
      "transform(array, x -> value) - Returns the lambda's values for all elements; with two "
      "variables the second is the place, from 0.",
      {{"SELECT transform(array(1, 2, 3), x -> x + 1)", {"[2, 3, 4]"}},
       {"SELECT transform(array(1, 2, 3), (x, i) -> x + i)", {"[1, 3, 5]"}}},
      "2.4.0");
  add("filter", bind_filter, element_variables,
      "filter(array, x -> condition) - Returns the elements for which the condition is true.",
      {{"SELECT filter(array(1, 2, 3), x -> x % 2 == 1)", {"[1, 3]"}}}, "2.4.0");
  add("exists", bind_quantifier(true), element_variables,
      "exists(array, x -> condition) - Whether the condition is true for any element.",
      {{"SELECT exists(array(1, 2, 3), x -> x > 2)", {"true"}},
       {"SELECT exists(array(1, NULL), x -> x > 2)", {"NULL"}}},
      "2.4.0");
  add("forall", bind_quantifier(false), element_variables,
      "forall(array, x -> condition) - Whether the condition is true for all elements.",
      {{"SELECT forall(array(1, 2, 3), x -> x > 0)", {"true"}}}, "3.0.0");
  add("aggregate", bind_aggregate, aggregate_variables,
      "aggregate(array, start, (acc, x) -> value[, acc -> value]) - Folds the elements into one "
      "value.",
      {{"SELECT aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x)", {"6"}},
       {"SELECT aggregate(array(1, 2, 3), 0, (acc, x) -> acc + x, acc -> acc * 10)", {"60"}}},
      "2.4.0", {"reduce"});
  add("array_sort", bind_array_sort, comparator_variables,
      "array_sort(array[, (a, b) -> order]) - Returns the elements in ascending order, NULLs "
      "last, or as the lambda says: below 0, 0, or above.",
      {{"SELECT array_sort(array(3, NULL, 1))", {"[1, 3, null]"}},
       {"SELECT array_sort(array(1, 3, 2), (a, b) -> CASE WHEN a > b THEN -1 WHEN a < b THEN 1 ELSE 0 END)",
        {"[3, 2, 1]"}}},
      "2.4.0");
  add("map_filter", bind_map_filter, entry_variables,
      "map_filter(map, (k, v) -> condition) - Returns the entries for which the condition is true.",
      {{"SELECT map_filter(map(1, 0, 2, 2, 3, -1), (k, v) -> k > v)", {"{1 -> 0, 3 -> -1}"}}}, "3.0.0");
  add("transform_keys", bind_transform_map(true), entry_variables,
      "transform_keys(map, (k, v) -> key) - Returns the map with new keys.",
      {{"SELECT transform_keys(map(1, 1, 2, 2), (k, v) -> k + 1)", {"{2 -> 1, 3 -> 2}"}}}, "3.0.0");
  add("transform_values", bind_transform_map(false), entry_variables,
      "transform_values(map, (k, v) -> value) - Returns the map with new values.",
      {{"SELECT transform_values(map(1, 1, 2, 2), (k, v) -> k + v)", {"{1 -> 2, 2 -> 4}"}}}, "3.0.0");
  add("zip_with", bind_zip_with, zip_variables,
      "zip_with(a, b, (x, y) -> value) - Returns the lambda's values for the pairs of elements; the shorter "
      "array is filled up with NULLs.",
      {{"SELECT zip_with(array(1, 2), array(3, 4), (x, y) -> x + y)", {"[4, 6]"}}}, "2.4.0");
  add("map_zip_with", bind_map_zip_with, map_zip_variables,
      "map_zip_with(a, b, (k, v1, v2) -> value) - Returns a map over the keys of both, NULL "
      "standing for values that are missing.",
      {{"SELECT map_zip_with(map(1, 'a'), map(1, 'x'), (k, v1, v2) -> concat(v1, v2))", {"{1 -> ax}"}}}, "3.0.0");
}

}  // namespace hammerscale::sql
