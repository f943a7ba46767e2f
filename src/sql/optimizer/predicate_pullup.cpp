#include "sql/optimizer/predicate_pullup.hpp"

#include <algorithm>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/optimizer/empty_aggregate.hpp"

namespace hammerscale::sql {

namespace {

class PredicatePullup {
 public:
  PredicatePullup(const std::set<AttributeId>& available, SubqueryUse use, AnalyzerContext& context)
      : available_(available), use_(use), context_(context) {}

  // The plan without correlated predicates, which go to conditions_; null where that cannot be.
  PlanPtr pull(const PlanPtr& plan) {
    if (!depends_on(plan, available_)) { return plan; }
    if (const auto* filter = plan->get_if<Filter>()) { return pull_filter(*filter); }
    if (const auto* project = plan->get_if<Project>()) { return pull_project(*project); }
    if (const auto* aggregate = plan->get_if<Aggregate>()) { return pull_aggregate(*aggregate); }
    if (const auto* join = plan->get_if<Join>()) { return pull_join(*join); }
    if (plan->is<SubqueryAlias>() || plan->is<Hinted>() || plan->is<Sort>()) {
      // Order means nothing to a subquery without LIMIT; one with LIMIT does not come here.
      if (const auto* sort = plan->get_if<Sort>(); sort != nullptr && uses_outer(sort->orders)) { return nullptr; }
      return pull(children_of(*plan).front());
    }
    if (const auto* distinct = plan->get_if<Distinct>()) {
      const PlanPtr child = pull(distinct->child);
      // One row a value of the keys stays one row when keys are compared by equality.
      if (child == nullptr || !all_equalities()) { return nullptr; }
      return make_plan(Distinct{child});
    }
    return nullptr;
  }

  [[nodiscard]] Expressions conditions() const {
    Expressions plain;
    for (const auto& condition : conditions_) { plain.push_back(as_plain(condition)); }
    return plain;
  }
  [[nodiscard]] std::map<AttributeId, ExpressionPtr> values() const { return values_; }

 private:
  // Outer references as attributes of the join's left side.
  ExpressionPtr as_plain(const ExpressionPtr& expression) const {
    if (const auto* outer = expression->get_if<OuterReference>()) {
      return available_.contains(id_of(outer->attribute)) ? outer->attribute : expression;
    }
    return map_children(expression, [&](const ExpressionPtr& child) { return as_plain(child); });
  }

  [[nodiscard]] bool uses_outer(const ExpressionPtr& expression) const {
    return contains(expression, [&](const Expression& part) {
      if (const auto* subquery = part.get_if<SubqueryExpression>()) { return depends_on(subquery->plan, available_); }
      const auto* outer = part.get_if<OuterReference>();
      return outer != nullptr && available_.contains(id_of(outer->attribute));
    });
  }
  [[nodiscard]] bool uses_outer(const Expressions& expressions) const {
    return std::ranges::any_of(expressions, [&](const auto& expression) { return uses_outer(expression); });
  }

  // `outer = inner` with each side on its own side: the inner one, else null.
  [[nodiscard]] ExpressionPtr inner_side(const ExpressionPtr& condition) const {
    const auto* call = condition->get_if<FunctionCall>();
    if (call == nullptr || (call->name != "=" && call->name != "<=>")) { return nullptr; }
    for (const std::size_t inner : {std::size_t{0}, std::size_t{1}}) {
      const ExpressionPtr& a = call->arguments[inner];
      const ExpressionPtr& b = call->arguments[1 - inner];
      if (!uses_outer(a) && !references_of(a).empty() && uses_outer(b) && references_of(b).empty()) { return a; }
    }
    return nullptr;
  }
  [[nodiscard]] bool all_equalities() const {
    return std::ranges::all_of(conditions_, [&](const auto& condition) { return inner_side(condition) != nullptr; });
  }

  PlanPtr pull_filter(const Filter& filter) {
    const PlanPtr child = pull(filter.child);
    if (child == nullptr || over_empty_group_) { return nullptr; }
    Expressions kept;
    for (const auto& part : split_conjunction(filter.condition)) {
      if (!uses_outer(part)) {
        kept.push_back(part);
        continue;
      }
      const bool has_subquery = contains(part, [](const Expression& inner) { return inner.is<SubqueryExpression>(); });
      if (has_subquery || !is_deterministic(*part)) { return nullptr; }
      conditions_.push_back(part);
    }
    if (kept.empty()) { return child; }
    return make_plan(Filter{child, join_conjunction(kept)});
  }

  PlanPtr pull_project(const Project& project) {
    if (uses_outer(project.list)) { return nullptr; }
    const PlanPtr child = pull(project.child);
    if (child == nullptr) { return nullptr; }
    if (over_empty_group_) {
      // The items over a group without rows, computed above the join from the values there.
      std::map<AttributeId, ExpressionPtr> values;
      for (const auto& item : project.list) {
        const auto* alias = item->get_if<Alias>();
        const ExpressionPtr value = replace_attributes(alias != nullptr ? alias->child : item, values_);
        if (!is_deterministic(*value)) { return nullptr; }
        values[id_of(item)] = value;
      }
      values_ = std::move(values);
    }
    return with_needed_columns(make_plan(Project{child, project.list}));
  }

  // The plan with what the conditions (and values) read of it in its output.
  PlanPtr with_needed_columns(const PlanPtr& plan) {
    const auto* project = plan->get_if<Project>();
    std::set<AttributeId> needed = references_of(conditions_);
    for (const auto& [id, value] : values_) { needed.merge(references_of(value)); }
    const auto have = output_ids(*plan);
    Project wider = *project;
    for (const auto& column : output_of(*project->child)) {
      if (needed.contains(id_of(column)) && !have.contains(id_of(column))) { wider.list.push_back(column); }
    }
    return make_plan(std::move(wider), plan->origin);
  }

  PlanPtr pull_aggregate(const Aggregate& aggregate) {
    if (uses_outer(aggregate.grouping) || uses_outer(aggregate.list)) { return nullptr; }
    const bool is_global = aggregate.grouping.empty();
    // A group without rows gives a row too, which only a left join can bring back.
    if (is_global && use_ != SubqueryUse::kValue) { return nullptr; }
    if (over_empty_group_) { return nullptr; }
    const PlanPtr child = pull(aggregate.child);
    if (child == nullptr || over_empty_group_ || !all_equalities()) { return nullptr; }
    Aggregate grouped = aggregate;
    grouped.child = child;
    for (auto& condition : conditions_) {
      const ExpressionPtr inner = inner_side(condition);
      ExpressionPtr column = inner;
      if (!inner->is<Attribute>()) {
        const ExpressionPtr named = make_expression(Alias{inner, name_of(*inner), next_attribute_id()});
        grouped.list.push_back(named);
        column = to_attribute(named);
      } else if (!std::ranges::any_of(grouped.list, [&](const auto& item) {
                   return item->template is<Attribute>() && id_of(item) == id_of(inner);
                 })) {
        grouped.list.push_back(inner);
      }
      const auto is_same = [&](const ExpressionPtr& key) { return semantically_equal(key, inner); };
      if (std::ranges::none_of(grouped.grouping, is_same)) { grouped.grouping.push_back(inner); }
      FunctionCall call = *condition->get_if<FunctionCall>();
      for (auto& argument : call.arguments) {
        if (argument == inner) { argument = column; }
      }
      condition = make_expression(std::move(call), condition->origin);
    }
    if (is_global) {
      over_empty_group_ = true;
      const ExpressionPtr marker = make_expression(Alias{make_bool_literal(true), "has_rows", next_attribute_id()});
      bool needs_marker = false;
      for (const auto& item : aggregate.list) {
        const ExpressionPtr otherwise = value_over_no_rows(item->get_if<Alias>()->child, context_);
        Attribute column = *to_attribute(item)->get_if<Attribute>();
        column.nullable = true;
        const ExpressionPtr value = make_expression(std::move(column));
        const auto* literal = otherwise->get_if<Literal>();
        if (literal != nullptr && literal->value.is_null()) {
          values_[id_of(item)] = value;
          continue;
        }
        needs_marker = true;
        Attribute marker_column = *to_attribute(marker)->get_if<Attribute>();
        marker_column.nullable = true;
        CaseWhen choice;
        choice.branches.emplace_back(call_builtin("isnotnull", {make_expression(std::move(marker_column))}, context_),
                                     value);
        choice.otherwise = otherwise;
        values_[id_of(item)] = make_expression(std::move(choice));
      }
      if (needs_marker) { grouped.list.push_back(marker); }
    }
    return make_plan(std::move(grouped));
  }

  PlanPtr pull_join(const Join& join) {
    const bool is_inner = join.kind == JoinKind::kInner || join.kind == JoinKind::kCross;
    const bool keeps_left = join.kind == JoinKind::kLeftOuter || join.kind == JoinKind::kLeftSemi ||
                            join.kind == JoinKind::kLeftAnti || join.kind == JoinKind::kMark ||
                            join.kind == JoinKind::kSingle || join.kind == JoinKind::kNullAwareAnti;
    if (join.is_lateral || over_empty_group_) { return nullptr; }
    if (!is_inner && !keeps_left) { return nullptr; }
    if (!is_inner && (depends_on(join.right, available_) || (join.condition && uses_outer(join.condition)))) {
      return nullptr;
    }
    Join copy = join;
    copy.left = pull(join.left);
    if (copy.left == nullptr) { return nullptr; }
    copy.right = pull(join.right);
    if (copy.right == nullptr || over_empty_group_) { return nullptr; }
    Expressions kept;
    for (const auto& part : split_conjunction(join.condition)) {
      if (!uses_outer(part)) {
        kept.push_back(part);
      } else if (is_deterministic(*part) &&
                 !contains(part, [](const Expression& inner) { return inner.is<SubqueryExpression>(); })) {
        conditions_.push_back(part);
      } else {
        return nullptr;
      }
    }
    copy.condition = join_conjunction(kept);
    if (is_inner) { copy.kind = copy.condition ? JoinKind::kInner : JoinKind::kCross; }
    return make_plan(std::move(copy));
  }

  const std::set<AttributeId>& available_;
  SubqueryUse use_;
  AnalyzerContext& context_;
  Expressions conditions_;  ///< With OuterReferences.
  std::map<AttributeId, ExpressionPtr> values_;
  bool over_empty_group_ = false;  ///< An Aggregate without GROUP BY lies below.
};

}  // namespace

std::optional<Decorrelated> pull_up_predicates(const PlanPtr& subquery, const std::set<AttributeId>& available,
                                               SubqueryUse use, AnalyzerContext& context) {
  PredicatePullup pullup(available, use, context);
  PlanPtr plan = pullup.pull(subquery);
  if (plan == nullptr || depends_on(plan, available)) { return std::nullopt; }
  return Decorrelated{.plan = std::move(plan), .conditions = pullup.conditions(), .values = pullup.values()};
}

}  // namespace hammerscale::sql
