#include <algorithm>

#include "sql/analyzer/plan_columns.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

// Aggregates whose result depends on the order of rows.
bool depends_on_order(const Expressions& list) {
  return std::ranges::any_of(list, [](const auto& item) {
    return contains(item, [](const Expression& part) {
      const auto* call = part.get_if<AggregateCall>();
      if (call == nullptr) { return false; }
      const auto* function = builtin_functions().find_aggregate(call->name);
      static const std::set<std::string, std::less<>> kOrderFree = {"count", "min", "max", "sum", "avg", "mean"};
      return function == nullptr || !kOrderFree.contains(function->name);
    });
  });
}

// The plan without a sort that nobody above can see.
PlanPtr without_sort(const PlanPtr& plan) {
  if (const auto* sort = plan->get_if<Sort>()) { return without_sort(sort->child); }
  const bool keeps_order = plan->is<Project>() || plan->is<Filter>();
  if (!keeps_order) { return plan; }
  for (const auto& expression : expressions_of(*plan)) {
    if (!is_deterministic(*expression)) { return plan; }
  }
  return map_children(plan, without_sort);
}

}  // namespace

/// Drops sorts whose order does not last: below another sort, an aggregate that does not care, a join, a set operation
/// or DISTINCT. A sort below LIMIT stays.
PlanPtr remove_redundant_sorts(const PlanPtr& plan, AnalyzerContext& /*context*/) {
  return transform_up(plan, [](const PlanPtr& node) -> PlanPtr {
    if (const auto* sort = node->get_if<Sort>(); sort != nullptr && sort->is_global) {
      const PlanPtr child = without_sort(sort->child);
      return child == sort->child ? node : make_plan(Sort{child, sort->orders, true}, node->origin);
    }
    if (const auto* aggregate = node->get_if<Aggregate>()) {
      return depends_on_order(aggregate->list) ? node : map_children(node, without_sort);
    }
    if (node->is<Join>() || node->is<SetOperation>() || node->is<Distinct>()) {
      return map_children(node, without_sort);
    }
    return node;
  });
}

}  // namespace hammerscale::sql
