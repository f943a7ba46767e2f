#include <limits>

#include "sql/analyzer/plan_columns.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

// Most rows a plan can give, where it tells.
std::optional<std::int64_t> most_rows(const PlanPtr& plan) {
  if (const auto* limit = plan->get_if<Limit>()) { return limit->count->get_if<Literal>()->value.as_int64(); }
  if (const auto* local = plan->get_if<LocalRelation>()) { return static_cast<std::int64_t>(local->rows.size()); }
  if (plan->is<OneRow>()) { return 1; }
  if (const auto* aggregate = plan->get_if<Aggregate>(); aggregate != nullptr && aggregate->grouping.empty()) {
    return 1;
  }
  if (const auto* project = plan->get_if<Project>()) { return most_rows(project->child); }
  return std::nullopt;
}

PlanPtr limited(const PlanPtr& plan, const ExpressionPtr& count) {
  const auto most = most_rows(plan);
  if (most && *most <= count->get_if<Literal>()->value.as_int64()) { return plan; }
  return make_plan(Limit{plan, count});
}

}  // namespace

/// LIMIT goes below projections, into the inputs of UNION ALL and the kept side of outer joins, and below OFFSET with
/// its rows added. LIMIT right above ORDER BY is what execution turns into a top-k.
PlanPtr push_limit_down(const PlanPtr& plan, AnalyzerContext& /*context*/) {
  return transform_down(plan, [](const PlanPtr& node) -> PlanPtr {
    const auto* limit = node->get_if<Limit>();
    if (limit == nullptr) { return node; }
    if (const auto most = most_rows(limit->child); most && *most <= limit->count->get_if<Literal>()->value.as_int64()) {
      return limit->child;
    }
    if (const auto* project = limit->child->get_if<Project>()) {
      return make_plan(Project{make_plan(Limit{project->child, limit->count}), project->list}, node->origin);
    }
    if (const auto* offset = limit->child->get_if<Offset>()) {
      std::int64_t sum = 0;
      const bool fits = !__builtin_add_overflow(limit->count->get_if<Literal>()->value.as_int64(),
                                                offset->count->get_if<Literal>()->value.as_int64(), &sum);
      if (fits) {
        return make_plan(Offset{make_plan(Limit{offset->child, make_bigint_literal(sum)}), offset->count},
                         node->origin);
      }
    }
    if (const auto* operation = limit->child->get_if<SetOperation>();
        operation != nullptr && operation->kind == SetOperationKind::kUnion && operation->is_all) {
      SetOperation copy = *operation;
      for (auto& input : copy.inputs) { input = limited(input, limit->count); }
      return make_plan(Limit{make_plan(std::move(copy)), limit->count}, node->origin);
    }
    if (const auto* join = limit->child->get_if<Join>()) {
      Join copy = *join;
      if (join->kind == JoinKind::kLeftOuter) {
        copy.left = limited(join->left, limit->count);
      } else if (join->kind == JoinKind::kRightOuter) {
        copy.right = limited(join->right, limit->count);
      } else {
        return node;
      }
      if (copy.left == join->left && copy.right == join->right) { return node; }
      return make_plan(Limit{make_plan(std::move(copy)), limit->count}, node->origin);
    }
    return node;
  });
}

}  // namespace hammerscale::sql
