#include <utility>

#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

/// UNION ALL of UNION ALLs is one with all inputs; below UNION DISTINCT it does not matter whether rows repeat.
PlanPtr combine_unions(const PlanPtr& plan, AnalyzerContext& /*context*/) {
  return transform_up(plan, [](const PlanPtr& node) -> PlanPtr {
    const auto* upper = node->get_if<SetOperation>();
    if (upper == nullptr || upper->kind != SetOperationKind::kUnion) { return node; }
    SetOperation flat = *upper;
    flat.inputs.clear();
    for (const auto& input : upper->inputs) {
      const auto* lower = input->get_if<SetOperation>();
      if (lower != nullptr && lower->kind == SetOperationKind::kUnion && (lower->is_all || !upper->is_all)) {
        flat.inputs.insert(flat.inputs.end(), lower->inputs.begin(), lower->inputs.end());
      } else {
        flat.inputs.push_back(input);
      }
    }
    if (flat.inputs.size() == upper->inputs.size()) { return node; }
    return make_plan(std::move(flat), node->origin);
  });
}

}  // namespace hammerscale::sql
