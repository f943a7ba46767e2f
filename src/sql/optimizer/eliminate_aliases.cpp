#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

/// Takes away what only names needed: aliases of subqueries and views, USING lists, and hints.
PlanPtr eliminate_aliases(const PlanPtr& plan, AnalyzerContext& context) {
  const PlanPtr below = map_children(plan, [&](const PlanPtr& child) { return eliminate_aliases(child, context); });
  const PlanPtr clean = map_expressions(below, [&](const ExpressionPtr& expression) {
    return transform_up(expression, [&](const ExpressionPtr& part) -> ExpressionPtr {
      const auto* subquery = part->get_if<SubqueryExpression>();
      if (subquery == nullptr) { return part; }
      SubqueryExpression copy = *subquery;
      copy.plan = eliminate_aliases(subquery->plan, context);
      if (copy.plan == subquery->plan) { return part; }
      return make_expression(std::move(copy), part->origin);
    });
  });
  if (const auto* alias = clean->get_if<SubqueryAlias>()) { return alias->child; }
  if (const auto* join = clean->get_if<Join>(); join != nullptr && !join->using_columns.empty()) {
    Join copy = *join;
    copy.using_columns.clear();
    return make_plan(std::move(copy), clean->origin);
  }
  return clean;
}

}  // namespace hammerscale::sql
