#include <algorithm>
#include <utility>

#include "sql/analyzer/aggregate_rewriting.hpp"
#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/optimizer/decorrelation.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

bool has_subquery(const ExpressionPtr& expression) {
  return expression && contains(expression, [](const Expression& part) { return part.is<SubqueryExpression>(); });
}
bool has_subquery(const Expressions& expressions) {
  return std::ranges::any_of(expressions, [](const auto& expression) { return has_subquery(expression); });
}

// Joins a plan with the subqueries of expressions above it, and gives the expressions in terms of the joins' columns.
class SubqueryJoins {
 public:
  SubqueryJoins(PlanPtr plan, AnalyzerContext& context) : plan_(std::move(plan)), context_(context) {}

  [[nodiscard]] const PlanPtr& plan() const { return plan_; }

  ExpressionPtr replace(const ExpressionPtr& expression) {
    if (!has_subquery(expression)) { return expression; }
    if (const auto* call = expression->get_if<FunctionCall>();
        call != nullptr && call->name == "not" && is_in(call->arguments[0])) {
      // Spark's IN as a value knows no NULL: IN and NOT IN are both false where the answer is unknown.
      const SubqueryExpression inner = with_replaced_values(*call->arguments[0]->get_if<SubqueryExpression>());
      return known(call_builtin("not", {replace_by_mark(inner)}, context_));
    }
    const ExpressionPtr inner = map_children(expression, [&](const ExpressionPtr& child) { return replace(child); });
    const auto* subquery = inner->get_if<SubqueryExpression>();
    if (subquery == nullptr) { return inner; }
    switch (subquery->kind) {
      case SubqueryKind::kScalar: return replace_scalar(*subquery);
      case SubqueryKind::kExists: return replace_by_mark(*subquery);
      case SubqueryKind::kIn: return known(replace_by_mark(*subquery));
      case SubqueryKind::kTableArgument: break;
    }
    throw SqlError("UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_TABLE_ARGUMENT",
                   {{"treeNode", to_tree_string(*subquery->plan)}}, expression->origin);
  }

  // A conjunct of a filter that is [NOT] EXISTS or [NOT] IN as a join that keeps or drops rows; false for others.
  bool filter_by(const ExpressionPtr& conjunct) {
    bool is_negated = false;
    ExpressionPtr expression = conjunct;
    while (const auto* call = expression->get_if<FunctionCall>()) {
      if (call->name != "not" && call->name != "!") { return false; }
      is_negated = !is_negated;
      expression = call->arguments[0];
    }
    const auto* subquery = expression->get_if<SubqueryExpression>();
    if (subquery == nullptr || subquery->kind == SubqueryKind::kScalar ||
        subquery->kind == SubqueryKind::kTableArgument) {
      return false;
    }
    Expressions values;
    for (const auto& value : subquery->values) { values.push_back(replace(value)); }
    auto [right, conditions, values_above] = decorrelate(subquery->plan, plan_, SubqueryUse::kExists, context_);
    const bool is_correlated = !conditions.empty();
    const Expressions columns = output_of(*subquery->plan);
    if (!is_negated) {
      for (std::size_t i = 0; i < values.size(); ++i) {
        conditions.push_back(call_builtin("=", {values[i], columns[i]}, context_));
      }
      plan_ = make_join(plan_, std::move(right), JoinKind::kLeftSemi, join_conjunction(conditions));
      return true;
    }
    JoinKind kind = JoinKind::kLeftAnti;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const ExpressionPtr same = call_builtin("=", {values[i], columns[i]}, context_);
      const bool nullable = is_nullable(*values[i]) || is_nullable(*columns[i]);
      if (!nullable) {
        conditions.push_back(same);
      } else if (values.size() == 1 && !is_correlated) {
        kind = JoinKind::kNullAwareAnti;
        conditions.push_back(same);
      } else {
        // A row stays only where every comparison is false: not true, and not unknown.
        ExpressionPtr unknown = call_builtin("isnull", {same}, context_);
        conditions.push_back(call_builtin("or", {same, unknown}, context_));
      }
    }
    plan_ = make_join(plan_, std::move(right), kind, join_conjunction(conditions));
    return true;
  }

 private:
  static bool is_in(const ExpressionPtr& expression) {
    const auto* subquery = expression->get_if<SubqueryExpression>();
    return subquery != nullptr && subquery->kind == SubqueryKind::kIn;
  }

  SubqueryExpression with_replaced_values(SubqueryExpression subquery) {
    for (auto& value : subquery.values) { value = replace(value); }
    return subquery;
  }

  ExpressionPtr known(const ExpressionPtr& answer) {
    return is_nullable(*answer) ? call_builtin("coalesce", {answer, make_bool_literal(false)}, context_) : answer;
  }

  ExpressionPtr replace_scalar(const SubqueryExpression& subquery) {
    const ExpressionPtr column = output_of(*subquery.plan).front();
    auto [right, conditions, values] = decorrelate(subquery.plan, plan_, SubqueryUse::kValue, context_);
    plan_ = make_join(plan_, std::move(right), JoinKind::kSingle, join_conjunction(conditions));
    if (const auto found = values.find(id_of(column)); found != values.end()) { return found->second; }
    Attribute value = *column->get_if<Attribute>();
    value.nullable = true;
    return make_expression(std::move(value));
  }

  ExpressionPtr replace_by_mark(const SubqueryExpression& subquery) {
    auto [right, conditions, values] = decorrelate(subquery.plan, plan_, SubqueryUse::kExists, context_);
    const Expressions columns = output_of(*subquery.plan);
    Expressions strict;
    for (const auto& condition : conditions) { strict.push_back(two_valued(condition)); }
    bool nullable = false;
    for (std::size_t i = 0; i < subquery.values.size(); ++i) {
      strict.push_back(call_builtin("=", {subquery.values[i], columns[i]}, context_));
      nullable = nullable || is_nullable(*strict.back());
    }
    Join join;
    join.left = plan_;
    join.right = std::move(right);
    join.kind = JoinKind::kMark;
    join.condition = join_conjunction(strict);
    join.mark = make_expression(Attribute{"mark", TypeId::kBoolean, nullable, next_attribute_id(), {}});
    const ExpressionPtr mark = join.mark;
    plan_ = make_plan(std::move(join));
    return mark;
  }

  // Correlation that is unknown means: no row of this subquery. A mark would make it an unknown answer.
  ExpressionPtr two_valued(const ExpressionPtr& condition) {
    if (!is_nullable(*condition)) { return condition; }
    const auto* call = condition->get_if<FunctionCall>();
    if (call != nullptr && call->name == "=") {
      const ExpressionPtr present = call_builtin("isnotnull", {call->arguments[0]}, context_);
      return conjunction(call_builtin("<=>", call->arguments, context_), present);
    }
    return call_builtin("coalesce", {condition, make_bool_literal(false)}, context_);
  }

  PlanPtr plan_;
  AnalyzerContext& context_;
};

PlanPtr rewrite_filter(const Filter& filter, AnalyzerContext& context) {
  const Expressions output = output_of(*filter.child);
  Expressions plain;
  Expressions rest;
  for (const auto& part : split_conjunction(filter.condition)) { (has_subquery(part) ? rest : plain).push_back(part); }
  PlanPtr child = plain.empty() ? filter.child : make_plan(Filter{filter.child, join_conjunction(plain)});
  SubqueryJoins joins(std::move(child), context);
  Expressions conditions;
  for (const auto& part : rest) {
    if (!joins.filter_by(part)) { conditions.push_back(joins.replace(part)); }
  }
  PlanPtr result = joins.plan();
  if (!conditions.empty()) { result = make_plan(Filter{std::move(result), join_conjunction(conditions)}); }
  return project_to(std::move(result), output);
}

PlanPtr rewrite_aggregate(const Aggregate& aggregate, AnalyzerContext& context) {
  // Subqueries outside of aggregate functions are computed above, where a group is one row.
  const auto outside = [](const ExpressionPtr& item) {
    const std::function<bool(const ExpressionPtr&)> search = [&](const ExpressionPtr& part) -> bool {
      if (part->is<AggregateCall>()) { return false; }
      if (part->is<SubqueryExpression>()) { return true; }
      const Expressions children = children_of(*part);
      return std::ranges::any_of(children, search);
    };
    return search(item);
  };
  if (std::ranges::any_of(aggregate.list, outside)) {
    Aggregate inner{aggregate.child, GroupingKind::kPlain, aggregate.grouping, {}, {}};
    Expressions list;
    for (const auto& item : aggregate.list) {
      const auto* alias = item->get_if<Alias>();
      ExpressionPtr value = over_aggregate(alias != nullptr ? alias->child : item, inner.grouping, inner.list);
      list.push_back(alias != nullptr ? make_expression(Alias{std::move(value), alias->name, alias->id}, item->origin)
                                      : value);
    }
    return make_plan(Project{make_plan(std::move(inner)), std::move(list)});
  }
  // Those inside belong to the rows below. Keys are columns, since pull_out_grouping ran.
  SubqueryJoins joins(aggregate.child, context);
  Aggregate copy = aggregate;
  for (auto& item : copy.list) { item = joins.replace(item); }
  copy.child = joins.plan();
  return make_plan(std::move(copy));
}

PlanPtr rewrite_join(const Join& join, AnalyzerContext& context) {
  Join copy = join;
  const bool is_inner = join.kind == JoinKind::kInner || join.kind == JoinKind::kCross;
  if (is_inner && !join.is_lateral) {
    Expressions plain;
    Expressions rest;
    for (const auto& part : split_conjunction(join.condition)) { (has_subquery(part) ? rest : plain).push_back(part); }
    const PlanPtr below = make_join(join.left, join.right, JoinKind::kInner, join_conjunction(plain));
    return make_plan(Filter{below, join_conjunction(rest)});
  }
  // Of an outer join, each condition with a subquery is computed on the one side whose columns it uses.
  const Expressions output = output_of(*make_plan(join));
  SubqueryJoins left(join.left, context);
  SubqueryJoins right(join.right, context);
  const auto left_ids = output_ids(*join.left);
  const auto right_ids = output_ids(*join.right);
  Expressions conditions;
  for (const auto& part : split_conjunction(join.condition)) {
    const std::function<ExpressionPtr(const ExpressionPtr&)> replace =
        [&](const ExpressionPtr& expression) -> ExpressionPtr {
      const auto* subquery = expression->get_if<SubqueryExpression>();
      if (subquery == nullptr) { return map_children(expression, replace); }
      const auto references = references_of(expression);
      const bool needs_left = std::ranges::any_of(references, [&](AttributeId id) { return left_ids.contains(id); });
      const bool needs_right = std::ranges::any_of(references, [&](AttributeId id) { return right_ids.contains(id); });
      if (needs_left && needs_right) {
        throw SqlError("UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_IN_EXISTS_SUBQUERY",
                       {{"treeNode", to_string(*expression)}}, expression->origin);
      }
      return (needs_left ? left : right).replace(expression);
    };
    conditions.push_back(has_subquery(part) ? replace(part) : part);
  }
  copy.left = left.plan();
  copy.right = right.plan();
  copy.condition = join_conjunction(conditions);
  return project_to(make_plan(std::move(copy)), output);
}

}  // namespace

/// Turns subqueries in expressions into joins: EXISTS and IN of filters into semi and anti joins (NOT IN null-aware),
/// elsewhere into mark joins; scalar subqueries into joins of at most one match.
PlanPtr rewrite_subqueries(const PlanPtr& plan, AnalyzerContext& context) {
  PlanPtr below = map_children(plan, [&](const PlanPtr& child) { return rewrite_subqueries(child, context); });
  const Expressions expressions = expressions_of(*below);
  if (!has_subquery(expressions)) { return below; }
  // Inner queries first: what is left of them refers to this operator or to queries around it.
  below = map_expressions(below, [&](const ExpressionPtr& expression) {
    return transform_up(expression, [&](const ExpressionPtr& part) -> ExpressionPtr {
      const auto* subquery = part->get_if<SubqueryExpression>();
      if (subquery == nullptr) { return part; }
      SubqueryExpression copy = *subquery;
      copy.plan = rewrite_lateral_joins(rewrite_subqueries(copy.plan, context), context);
      return make_expression(std::move(copy), part->origin);
    });
  });
  if (const auto* filter = below->get_if<Filter>()) { return rewrite_filter(*filter, context); }
  if (const auto* aggregate = below->get_if<Aggregate>()) { return rewrite_aggregate(*aggregate, context); }
  if (const auto* join = below->get_if<Join>()) { return rewrite_join(*join, context); }
  if (below->is<Command>() || children_of(*below).size() != 1) { return below; }
  // Other operators compute their expressions over the child with the subqueries' columns beside it.
  const Expressions output = output_of(*below);
  SubqueryJoins joins(children_of(*below).front(), context);
  PlanPtr copy = map_expressions(below, [&](const ExpressionPtr& expression) { return joins.replace(expression); });
  copy = map_children(copy, [&](const PlanPtr&) { return joins.plan(); });
  return project_to(std::move(copy), output);
}

}  // namespace hammerscale::sql
