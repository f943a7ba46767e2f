#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/optimizer/decorrelation.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

/// Turns joins whose right side uses columns of the left one into plain joins.
PlanPtr rewrite_lateral_joins(const PlanPtr& plan, AnalyzerContext& context) {
  const PlanPtr below = map_children(plan, [&](const PlanPtr& child) { return rewrite_lateral_joins(child, context); });
  const auto* join = below->get_if<Join>();
  if (join == nullptr || !join->is_lateral) { return below; }
  const Expressions output = output_of(*below);
  auto [right, conditions, values] = decorrelate(join->right, join->left, SubqueryUse::kRows, context);
  Join copy = *join;
  copy.is_lateral = false;
  copy.right = std::move(right);
  copy.condition = conjunction(join_conjunction(conditions), join->condition);
  if (copy.kind == JoinKind::kCross && copy.condition) { copy.kind = JoinKind::kInner; }
  return project_to(make_plan(std::move(copy), below->origin), output);
}

}  // namespace hammerscale::sql
