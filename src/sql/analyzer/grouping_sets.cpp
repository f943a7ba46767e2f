#include <utility>

#include "sql/analyzer/aggregate_rewriting.hpp"
#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"

namespace hammerscale::sql {

namespace {

std::optional<std::size_t> index_of(const Expressions& keys, const ExpressionPtr& expression) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (semantically_equal(keys[i], expression)) { return i; }
  }
  return std::nullopt;
}

// Bit of the key in the grouping id: the first key has the highest one.
ExpressionPtr bit_of(const ExpressionPtr& grouping_id, std::size_t key, std::size_t num_keys,
                     AnalyzerContext& context) {
  const auto shift = static_cast<std::int32_t>(num_keys - 1 - key);
  const ExpressionPtr shifted =
      shift == 0 ? grouping_id : call_builtin("shiftright", {grouping_id, make_int_literal(shift)}, context);
  return call_builtin("&", {shifted, make_bigint_literal(1)}, context);
}

std::string listed(const Expressions& expressions) {
  std::string text;
  for (const auto& expression : expressions) { text += (text.empty() ? "" : ", ") + to_sql(*expression); }
  return text;
}

}  // namespace

ExpressionPtr over_grouping_sets(const ExpressionPtr& expression, const Expressions& keys, const Expressions& columns,
                                 const ExpressionPtr& grouping_id, AnalyzerContext& context) {
  if (const auto index = index_of(keys, expression)) { return columns[*index]; }
  // Aggregates see the rows' own values, not the NULLs of left-out keys.
  if (const auto* call = expression->get_if<AggregateCall>(); call != nullptr && !call->is_window_function) {
    return expression;
  }
  if (expression->is<OuterReference>()) { return expression; }
  if (const auto* call = expression->get_if<FunctionCall>(); call != nullptr && call->name == kGroupingCall) {
    const auto index = index_of(keys, call->arguments.at(0));
    if (!index) {
      throw SqlError("GROUPING_COLUMN_MISMATCH",
                     {{"grouping", to_sql(*call->arguments[0])}, {"groupingColumns", listed(keys)}},
                     expression->origin);
    }
    return make_expression(Cast{.child = bit_of(grouping_id, *index, keys.size(), context),
                                .type = TypeId::kTinyint,
                                .mode = CastMode::kAnsi,
                                .is_implicit = true},
                           expression->origin);
  }
  if (const auto* call = expression->get_if<FunctionCall>(); call != nullptr && call->name == kGroupingIdCall) {
    bool is_all = call->arguments.empty() || call->arguments.size() == keys.size();
    for (std::size_t i = 0; is_all && i < call->arguments.size(); ++i) {
      is_all = semantically_equal(call->arguments[i], keys[i]);
    }
    if (!is_all) {
      throw SqlError("GROUPING_ID_COLUMN_MISMATCH",
                     {{"groupingIdColumn", listed(call->arguments)}, {"groupByColumns", listed(keys)}},
                     expression->origin);
    }
    return grouping_id;
  }
  return map_children(expression, [&](const ExpressionPtr& part) {
    return over_grouping_sets(part, keys, columns, grouping_id, context);
  });
}

}  // namespace hammerscale::sql
