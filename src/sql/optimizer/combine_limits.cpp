#include <algorithm>

#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

std::int64_t count_of(const ExpressionPtr& literal) { return literal->get_if<Literal>()->value.as_int64(); }

}  // namespace

/// LIMIT over LIMIT is the smaller one; OFFSET over OFFSET is their sum; OFFSET 0 is nothing.
PlanPtr combine_limits(const PlanPtr& plan, AnalyzerContext& /*context*/) {
  return transform_up(plan, [](const PlanPtr& node) -> PlanPtr {
    if (const auto* upper = node->get_if<Limit>()) {
      const auto* lower = upper->child->get_if<Limit>();
      if (lower == nullptr) { return node; }
      const auto count = std::min(count_of(upper->count), count_of(lower->count));
      return make_plan(Limit{lower->child, make_bigint_literal(count)}, node->origin);
    }
    if (const auto* upper = node->get_if<Offset>()) {
      if (count_of(upper->count) == 0) { return upper->child; }
      const auto* lower = upper->child->get_if<Offset>();
      std::int64_t sum = 0;
      if (lower == nullptr || __builtin_add_overflow(count_of(upper->count), count_of(lower->count), &sum)) {
        return node;
      }
      return make_plan(Offset{lower->child, make_bigint_literal(sum)}, node->origin);
    }
    return node;
  });
}

}  // namespace hammerscale::sql
