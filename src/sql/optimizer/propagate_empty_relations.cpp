#include <algorithm>
#include <utility>

#include "sql/analyzer/plan_columns.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

bool is_empty(const PlanPtr& plan) {
  const auto* local = plan->get_if<LocalRelation>();
  return local != nullptr && local->rows.empty();
}

PlanPtr empty_like(const PlanPtr& plan) { return make_plan(LocalRelation{output_of(*plan), {}}, plan->origin); }

bool is_false(const ExpressionPtr& condition) {
  const auto* literal = condition ? condition->get_if<Literal>() : nullptr;
  return literal != nullptr && (literal->value.is_null() || !literal->value.as_bool());
}

// The join's columns where one side has no rows: that side's are NULL.
PlanPtr with_nulls(const PlanPtr& plan, const PlanPtr& kept) {
  const auto have = output_ids(*kept);
  Expressions list;
  for (const auto& column : output_of(*plan)) {
    const auto* attribute = column->get_if<Attribute>();
    list.push_back(have.contains(attribute->id)
                       ? column
                       : make_expression(Alias{make_null_literal(attribute->type), attribute->name, attribute->id}));
  }
  return make_plan(Project{kept, std::move(list)}, plan->origin);
}

PlanPtr of_join(const PlanPtr& plan, const Join& join) {
  const bool no_left = is_empty(join.left);
  const bool no_right = is_empty(join.right) || (is_false(join.condition) && join.kind != JoinKind::kNullAwareAnti);
  switch (join.kind) {
    case JoinKind::kInner:
    case JoinKind::kCross:
    case JoinKind::kLeftSemi: return no_left || no_right ? empty_like(plan) : plan;
    case JoinKind::kLeftAnti:
    case JoinKind::kNullAwareAnti: return no_left ? empty_like(plan) : no_right ? join.left : plan;
    case JoinKind::kLeftOuter:
    case JoinKind::kSingle: return no_left ? empty_like(plan) : no_right ? with_nulls(plan, join.left) : plan;
    case JoinKind::kRightOuter:
      if (is_empty(join.right)) { return empty_like(plan); }
      return no_left || is_false(join.condition) ? with_nulls(plan, join.right) : plan;
    case JoinKind::kFullOuter:
      if (no_left && is_empty(join.right)) { return empty_like(plan); }
      if (no_left) { return with_nulls(plan, join.right); }
      return is_empty(join.right) ? with_nulls(plan, join.left) : plan;
    case JoinKind::kMark: return no_left ? empty_like(plan) : plan;
  }
  return plan;
}

}  // namespace

/// Replaces operators over inputs without rows, or with conditions that are never true, by their result.
PlanPtr propagate_empty_relations(const PlanPtr& plan, AnalyzerContext& /*context*/) {
  return transform_up(plan, [](const PlanPtr& node) -> PlanPtr {
    if (const auto* filter = node->get_if<Filter>(); filter != nullptr && is_false(filter->condition)) {
      return empty_like(node);
    }
    if (const auto* limit = node->get_if<Limit>();
        limit != nullptr && limit->count->get_if<Literal>()->value.as_int64() == 0) {
      return empty_like(node);
    }
    if (const auto* join = node->get_if<Join>()) { return of_join(node, *join); }
    if (const auto* aggregate = node->get_if<Aggregate>()) {
      return !aggregate->grouping.empty() && is_empty(aggregate->child) ? empty_like(node) : node;
    }
    if (const auto* operation = node->get_if<SetOperation>()) {
      if (operation->kind == SetOperationKind::kUnion) {
        SetOperation copy = *operation;
        std::erase_if(copy.inputs, is_empty);
        if (copy.inputs.size() == operation->inputs.size()) { return node; }
        if (copy.inputs.empty()) { return empty_like(node); }
        if (copy.inputs.size() > 1 || !copy.is_all) {
          return copy.inputs.size() > 1 ? make_plan(std::move(copy), node->origin) : node;
        }
        // The one input left, under the union's columns.
        const Expressions columns = output_of(*copy.inputs.front());
        Expressions list;
        for (std::size_t i = 0; i < columns.size(); ++i) {
          list.push_back(make_expression(Alias{columns[i], named_as(copy.output[i]), id_of(copy.output[i])}));
        }
        return make_plan(Project{copy.inputs.front(), std::move(list)}, node->origin);
      }
      const bool no_rows = is_empty(operation->inputs[0]) || (operation->kind == SetOperationKind::kIntersect &&
                                                              std::ranges::any_of(operation->inputs, is_empty));
      return no_rows ? empty_like(node) : node;
    }
    const bool is_unary = node->is<Project>() || node->is<Filter>() || node->is<Sort>() || node->is<Limit>() ||
                          node->is<Offset>() || node->is<Distinct>() || node->is<Deduplicate>() || node->is<Window>() ||
                          node->is<Generate>() || node->is<Expand>() || node->is<Sample>() || node->is<Repartition>();
    return is_unary && is_empty(children_of(*node).front()) ? empty_like(node) : node;
  });
}

}  // namespace hammerscale::sql
