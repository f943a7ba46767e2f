#include "sql/analyzer/builtin_call.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

/// Filter over Filter is one Filter; the lower condition comes first, so what it guards against cannot happen.
PlanPtr combine_filters(const PlanPtr& plan, AnalyzerContext& /*context*/) {
  return transform_up(plan, [](const PlanPtr& node) -> PlanPtr {
    const auto* upper = node->get_if<Filter>();
    const auto* lower = upper != nullptr ? upper->child->get_if<Filter>() : nullptr;
    if (lower == nullptr || !is_deterministic(*upper->condition) || !is_deterministic(*lower->condition)) {
      return node;
    }
    Expressions parts = split_conjunction(lower->condition);
    for (const auto& part : split_conjunction(upper->condition)) { parts.push_back(part); }
    return make_plan(Filter{lower->child, join_conjunction(parts)}, node->origin);
  });
}

}  // namespace hammerscale::sql
