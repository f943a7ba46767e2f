#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/storage/buffer_pool.hpp"
#include "sql/exec/function_calls.hpp"
#include "sql/exec/local_runner.hpp"
#include "sql/functions/registry.hpp"
#include "sql/plan/plan.hpp"
#include "sql/types/time_zone.hpp"

namespace hammerscale::sql::testing {

/// Plans built by hand and run on this process, without text and analyzer.

inline storage::BufferPool make_pool(std::uint64_t budget_bytes = std::uint64_t{1} << 30,
                                     bool refuse_at_random = false) {
  return storage::BufferPool(
      storage::BufferPoolOptions{.budget_bytes = budget_bytes, .refuse_at_random = refuse_at_random});
}

inline EvaluationContext make_settings(storage::BufferPool pool = make_pool()) {
  EvaluationContext settings{VectorMemory(std::move(pool))};
  settings.time_zone = &TimeZone::utc();
  return settings;
}

inline Value int_value(std::int64_t value) { return Value(value); }
inline Value text(std::string value) { return Value(std::move(value)); }
inline Value real(double value) { return Value(value); }
inline Value null() { return Value(); }

struct Column {
  std::string name;
  DataType type;
};

inline PlanPtr table(const std::vector<Column>& columns, std::vector<Row> rows) {
  LocalRelation relation;
  for (const auto& column : columns) {
    relation.output.push_back(make_expression(Attribute{column.name, column.type, true, next_attribute_id()}));
  }
  relation.rows = std::move(rows);
  return make_plan(std::move(relation));
}

/// The output column of that name.
inline ExpressionPtr col(const PlanPtr& plan, const std::string& name) {
  for (const auto& attribute : output_of(*plan)) {
    if (attribute->get_if<Attribute>()->name == name) { return attribute; }
  }
  ADD_FAILURE() << "no column " << name;
  return nullptr;
}

inline ExpressionPtr call(const std::string& name, Expressions arguments) {
  static const EvaluationContext settings = make_settings();
  return call_function(name, std::move(arguments), settings);
}

inline ExpressionPtr as(ExpressionPtr expression, std::string name) {
  return make_expression(Alias{std::move(expression), std::move(name), next_attribute_id()});
}

inline ExpressionPtr aggregate_call(const std::string& name, Expressions arguments, bool is_distinct = false,
                                    ExpressionPtr filter = nullptr) {
  static const EvaluationContext settings = make_settings();
  AggregateCall made{name, std::move(arguments), {}, true, is_distinct, false, std::move(filter), {}, false};
  const BoundAggregate bound = bind_aggregate_call(made, {}, settings);
  made.type = bound.type;
  made.nullable = bound.nullable;
  for (std::size_t i = 0; i < made.arguments.size(); ++i) {
    if (!type_of(*made.arguments[i]).same_but_nullability(bound.argument_types[i])) {
      made.arguments[i] = make_expression(Cast{made.arguments[i], bound.argument_types[i], CastMode::kAnsi, true});
    }
  }
  return make_expression(std::move(made));
}

inline ExpressionPtr order_by(ExpressionPtr expression, bool is_ascending = true) {
  return make_expression(SortOrder{std::move(expression), is_ascending, is_ascending});
}

inline std::string to_text(const Value& value) {
  if (value.is_null()) { return "NULL"; }
  return std::visit(
      [](const auto& held) -> std::string {
        using T = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<T, std::string>) {
          return held;
        } else if constexpr (std::is_same_v<T, bool>) {
          return held ? "true" : "false";
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
          return std::to_string(held);
        } else if constexpr (std::is_same_v<T, Int128>) {
          return std::to_string(static_cast<std::int64_t>(held));
        } else if constexpr (std::is_floating_point_v<T>) {
          char buffer[32];
          std::snprintf(buffer, sizeof(buffer), "%.10g", static_cast<double>(held));
          return buffer;
        } else if constexpr (std::is_same_v<T, Value::List>) {
          std::string all = "[";
          for (const Value& part : held) { all += (all.size() > 1 ? "," : "") + to_text(part); }
          return all + "]";
        } else {
          return "?";
        }
      },
      value.holder());
}

inline std::vector<std::string> to_texts(const std::vector<Row>& rows) {
  std::vector<std::string> lines;
  for (const Row& row : rows) {
    std::string line;
    for (const Value& value : row) { line += (line.empty() ? "" : "|") + to_text(value); }
    lines.push_back(std::move(line));
  }
  return lines;
}

/// The ways each plan is run: all must give the same rows.
inline std::vector<std::pair<std::string, ExecutionOptions>> all_options() {
  return {{"plain", {}},
          {"threads", {.num_threads = 3}},
          {"two rows a batch", {.batch_rows = 2}},
          {"two rows a batch, threads", {.num_threads = 3, .batch_rows = 2}},
          {"spilling", {.num_threads = 2, .batch_rows = 2, .spill_always = true}},
          {"one hash", {.batch_rows = 4, .constant_hash = true}},
          {"one hash, spilling", {.batch_rows = 4, .spill_always = true, .constant_hash = true}}};
}

inline std::vector<std::string> run(const PlanPtr& plan, ExecutionOptions options = {}) {
  ExecutionContext context(make_settings(), options);
  return to_texts(run_plan(plan, context));
}

/// Rows in any order.
inline void expect_rows(const PlanPtr& plan, std::vector<std::string> expected) {
  std::sort(expected.begin(), expected.end());
  for (const auto& [name, options] : all_options()) {
    auto rows = run(plan, options);
    std::sort(rows.begin(), rows.end());
    EXPECT_EQ(rows, expected) << name;
  }
}

/// Rows in this order.
inline void expect_ordered(const PlanPtr& plan, const std::vector<std::string>& expected) {
  for (const auto& [name, options] : all_options()) { EXPECT_EQ(run(plan, options), expected) << name; }
}

inline void expect_condition(const PlanPtr& plan, const std::string& condition) {
  for (const auto& [name, options] : all_options()) {
    try {
      static_cast<void>(run(plan, options));
      ADD_FAILURE() << name << ": no error, expected " << condition;
    } catch (const SqlError& error) { EXPECT_EQ(error.condition(), condition) << name; }
  }
}

}  // namespace hammerscale::sql::testing
