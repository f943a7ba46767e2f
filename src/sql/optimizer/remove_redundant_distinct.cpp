#include <algorithm>

#include "sql/analyzer/plan_columns.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

// Whether no two rows of the plan are equal in all columns.
bool has_distinct_rows(const PlanPtr& plan) {
  if (plan->is<Distinct>()) { return true; }
  if (const auto* aggregate = plan->get_if<Aggregate>()) {
    return std::ranges::all_of(aggregate->grouping, [&](const ExpressionPtr& key) {
      return std::ranges::any_of(aggregate->list,
                                 [&](const ExpressionPtr& item) { return semantically_equal(item, key); });
    });
  }
  if (const auto* operation = plan->get_if<SetOperation>()) { return !operation->is_all; }
  if (const auto* filter = plan->get_if<Filter>()) { return has_distinct_rows(filter->child); }
  if (const auto* sort = plan->get_if<Sort>()) { return has_distinct_rows(sort->child); }
  if (const auto* limit = plan->get_if<Limit>()) { return has_distinct_rows(limit->child); }
  if (const auto* project = plan->get_if<Project>()) {
    // Columns may be renamed and added, but none may go.
    const Expressions below = output_of(*project->child);
    return has_distinct_rows(project->child) && std::ranges::all_of(below, [&](const ExpressionPtr& column) {
             return std::ranges::any_of(project->list,
                                        [&](const ExpressionPtr& item) { return semantically_equal(item, column); });
           });
  }
  return plan->is<OneRow>() || plan->is<Range>();
}

}  // namespace

/// Drops DISTINCT where rows differ already, and where a semi or anti join does not count them.
PlanPtr remove_redundant_distinct(const PlanPtr& plan, AnalyzerContext& /*context*/) {
  return transform_up(plan, [](const PlanPtr& node) -> PlanPtr {
    if (const auto* distinct = node->get_if<Distinct>()) {
      return has_distinct_rows(distinct->child) ? distinct->child : node;
    }
    const auto* join = node->get_if<Join>();
    if (join == nullptr || (join->kind != JoinKind::kLeftSemi && join->kind != JoinKind::kLeftAnti)) { return node; }
    const auto* distinct = join->right->get_if<Distinct>();
    if (distinct == nullptr) { return node; }
    Join copy = *join;
    copy.right = distinct->child;
    return make_plan(std::move(copy), node->origin);
  });
}

}  // namespace hammerscale::sql
