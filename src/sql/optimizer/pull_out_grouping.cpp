#include <utility>

#include "sql/analyzer/plan_columns.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

ExpressionPtr replace_keys(const ExpressionPtr& expression, const Expressions& keys, const Expressions& columns) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!expression->is<Alias>() && semantically_equal(expression, keys[i])) { return columns[i]; }
  }
  // Aggregate functions see the rows, not the groups.
  if (expression->is<AggregateCall>() || expression->is<OuterReference>()) { return expression; }
  return map_children(expression, [&](const ExpressionPtr& child) { return replace_keys(child, keys, columns); });
}

PlanPtr pull_out(const PlanPtr& plan, const Aggregate& aggregate) {
  Expressions list = output_of(*aggregate.child);
  Expressions keys;
  Expressions columns;
  for (const auto& key : aggregate.grouping) {
    if (key->is<Attribute>()) { continue; }
    list.push_back(make_expression(Alias{key, name_of(*key), next_attribute_id()}, key->origin));
    keys.push_back(key);
    columns.push_back(to_attribute(list.back()));
  }
  if (keys.empty()) { return plan; }
  Aggregate copy = aggregate;
  copy.child = make_plan(Project{aggregate.child, std::move(list)});
  for (auto& key : copy.grouping) { key = replace_keys(key, keys, columns); }
  for (auto& item : copy.list) { item = replace_keys(item, keys, columns); }
  return make_plan(std::move(copy), plan->origin);
}

}  // namespace

/// Computes keys that are no columns below the Aggregate. Otherwise a rule that simplifies `NOT (a > 1)` in its list
/// would hide that the key `a > 1` stands in it.
PlanPtr pull_out_grouping(const PlanPtr& plan, AnalyzerContext& context) {
  const PlanPtr below = map_children(plan, [&](const PlanPtr& child) { return pull_out_grouping(child, context); });
  const PlanPtr inside = map_expressions(below, [&](const ExpressionPtr& expression) {
    return transform_up(expression, [&](const ExpressionPtr& part) -> ExpressionPtr {
      const auto* subquery = part->get_if<SubqueryExpression>();
      if (subquery == nullptr) { return part; }
      SubqueryExpression copy = *subquery;
      copy.plan = pull_out_grouping(subquery->plan, context);
      if (copy.plan == subquery->plan) { return part; }
      return make_expression(std::move(copy), part->origin);
    });
  });
  const auto* aggregate = inside->get_if<Aggregate>();
  return aggregate != nullptr ? pull_out(inside, *aggregate) : inside;
}

}  // namespace hammerscale::sql
