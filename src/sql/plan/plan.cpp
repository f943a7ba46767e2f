#include "sql/plan/plan.hpp"

#include <algorithm>

#include "hammerscale/base/error.hpp"
#include "sql/plan/fields.hpp"
#include "sql/plan/tree_release.hpp"

namespace hammerscale::sql {

namespace {

using plan_detail::same_fields;
using plan_detail::visit_leaves;

struct ReleasedPlan : Plan {
  explicit ReleasedPlan(Plan&& plan) : Plan(std::move(plan)) {}
  ReleasedPlan(const ReleasedPlan&) = delete;
  ReleasedPlan& operator=(const ReleasedPlan&) = delete;
  ~ReleasedPlan() { plan_detail::TreeRelease::release(node); }
};

template <typename T>
inline constexpr bool kIsExpression = std::is_same_v<std::remove_cvref_t<T>, ExpressionPtr>;
template <typename T>
inline constexpr bool kIsPlan = std::is_same_v<std::remove_cvref_t<T>, PlanPtr>;

template <typename Leaf>
std::vector<Leaf> leaves_of(const Plan& plan) {
  std::vector<Leaf> leaves;
  auto add = [&leaves](const auto& leaf) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(leaf)>, Leaf>) {
      if (leaf != nullptr) { leaves.push_back(leaf); }
    }
  };
  visit_leaves(plan.node, add);
  return leaves;
}

template <typename Leaf>
PlanPtr map_leaves(const PlanPtr& plan, const std::function<Leaf(const Leaf&)>& f) {
  const auto before = leaves_of<Leaf>(*plan);
  if (before.empty()) { return plan; }
  std::vector<Leaf> after;
  after.reserve(before.size());
  for (const auto& leaf : before) { after.push_back(f(leaf)); }
  if (before == after) { return plan; }
  Plan copy = *plan;
  std::size_t next = 0;
  auto replace = [&](auto& leaf) {
    if constexpr (std::is_same_v<std::remove_cvref_t<decltype(leaf)>, Leaf>) {
      if (leaf != nullptr) { leaf = std::move(after[next++]); }
    }
  };
  visit_leaves(copy.node, replace);
  return share(std::move(copy));
}

}  // namespace

PlanPtr share(Plan plan) { return std::make_shared<ReleasedPlan>(std::move(plan)); }

std::vector<PlanPtr> children_of(const Plan& plan) { return leaves_of<PlanPtr>(plan); }

Expressions expressions_of(const Plan& plan) { return leaves_of<ExpressionPtr>(plan); }

PlanPtr map_children(const PlanPtr& plan, const std::function<PlanPtr(const PlanPtr&)>& f) {
  return map_leaves<PlanPtr>(plan, f);
}

PlanPtr map_expressions(const PlanPtr& plan, const std::function<ExpressionPtr(const ExpressionPtr&)>& f) {
  return map_leaves<ExpressionPtr>(plan, f);
}

PlanPtr transform_up(const PlanPtr& plan, const std::function<PlanPtr(const PlanPtr&)>& f) {
  return f(map_children(plan, [&f](const PlanPtr& child) { return transform_up(child, f); }));
}

PlanPtr transform_down(const PlanPtr& plan, const std::function<PlanPtr(const PlanPtr&)>& f) {
  return map_children(f(plan), [&f](const PlanPtr& child) { return transform_down(child, f); });
}

void for_each(const PlanPtr& plan, const std::function<bool(const PlanPtr&)>& f, bool with_subqueries) {
  if (!f(plan)) { return; }
  if (with_subqueries) {
    for (const auto& expression : expressions_of(*plan)) {
      for_each(expression, [&](const ExpressionPtr& part) {
        if (const auto* subquery = part->get_if<SubqueryExpression>()) { for_each(subquery->plan, f, true); }
        return true;
      });
    }
  }
  for (const auto& child : children_of(*plan)) { for_each(child, f, with_subqueries); }
}

bool equal(const PlanPtr& a, const PlanPtr& b) {
  if (a == b) { return true; }
  if (a == nullptr || b == nullptr) { return false; }
  auto same = [](const auto& x, const auto& y) {
    using Leaf = std::remove_cvref_t<decltype(x)>;
    if constexpr (kIsExpression<Leaf> || kIsPlan<Leaf>) {
      return equal(x, y);
    } else {
      return x == y;
    }
  };
  return same_fields(a->node, b->node, same);
}

}  // namespace hammerscale::sql
