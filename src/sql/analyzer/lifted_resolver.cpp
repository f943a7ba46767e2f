#include <algorithm>
#include <utility>

#include "sql/analyzer/aggregate_rewriting.hpp"
#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"

namespace hammerscale::sql {

namespace {

// Operators through which ORDER BY and HAVING see the columns below.
bool lets_through(const Plan& plan) {
  return plan.is<Project>() || plan.is<Filter>() || plan.is<Sort>() || plan.is<Window>() || plan.is<Generate>() ||
         plan.is<Limit>() || plan.is<Offset>() || plan.is<Hinted>();
}

// A select list as it was written: a Project or Aggregate from the text rather than made by us.
bool is_written_list(const Plan& plan) { return plan.origin.known() && (plan.is<Project>() || plan.is<Aggregate>()); }

// The operators below one that belong to the same SELECT: none behind a second select list, which is a subquery's.
std::vector<PlanPtr> operators_of_select(PlanPtr plan) {
  std::vector<PlanPtr> operators = {plan};
  bool has_list = is_written_list(*plan);
  while (lets_through(*plan)) {
    plan = children_of(*plan).front();
    if (is_written_list(*plan)) {
      if (has_list) { break; }
      has_list = true;
    }
    operators.push_back(plan);
  }
  return operators;
}

PlanPtr aggregate_below(const PlanPtr& plan) {
  for (const auto& below : operators_of_select(plan)) {
    if (below->is<Aggregate>()) { return below; }
  }
  return nullptr;
}

PlanPtr replace_aggregate(const PlanPtr& plan, const PlanPtr& replacement) {
  if (plan->is<Aggregate>()) { return replacement; }
  return map_children(plan, [&](const PlanPtr& child) { return replace_aggregate(child, replacement); });
}

// Grouping sets as resolve_aggregate made them: keys as written beside the Expand's columns.
struct GroupingSetColumns {
  Expressions keys;
  Expressions columns;
  ExpressionPtr grouping_id;
};

std::optional<GroupingSetColumns> grouping_sets_of(const Aggregate& aggregate) {
  const auto* expand = aggregate.child->get_if<Expand>();
  if (expand == nullptr) { return std::nullopt; }
  GroupingSetColumns sets;
  const std::size_t num_passed = output_of(*expand->child).size();
  for (std::size_t i = num_passed; i < expand->output.size(); ++i) {
    if (named_as(expand->output[i]) == kGroupingIdColumn) {
      sets.grouping_id = expand->output[i];
      return sets;
    }
    // A key is a NULL literal in the sets that leave it out; one left out of all sets cannot be named above.
    ExpressionPtr key = expand->output[i];
    for (const auto& projection : expand->projections) {
      const auto* literal = projection[i]->get_if<Literal>();
      if (literal == nullptr || !literal->value.is_null()) { key = projection[i]; }
    }
    sets.keys.push_back(key);
    sets.columns.push_back(expand->output[i]);
  }
  return std::nullopt;
}

// Output columns of the Aggregate written out, inside its own aggregate functions: ORDER BY sum(alias).
ExpressionPtr expand_aliases(const ExpressionPtr& expression, const Expressions& list) {
  std::map<AttributeId, ExpressionPtr> replacements;
  for (const auto& item : list) {
    if (const auto* alias = item->get_if<Alias>()) { replacements[alias->id] = alias->child; }
  }
  return transform_up(expression, [&](const ExpressionPtr& part) {
    const auto* call = part->get_if<AggregateCall>();
    return call != nullptr && !call->is_window_function ? replace_attributes(part, replacements) : part;
  });
}

}  // namespace

PlanPtr Resolver::resolve_lifted(PlanPtr child, Expressions& expressions) {
  Place place = place_over({child});
  const PlanPtr aggregate_plan = aggregate_below(child);
  const auto* aggregate = aggregate_plan != nullptr ? aggregate_plan->get_if<Aggregate>() : nullptr;
  const auto sets = aggregate != nullptr ? grouping_sets_of(*aggregate) : std::nullopt;
  Expressions aggregate_input;
  if (aggregate != nullptr) {
    const PlanPtr& input = sets ? aggregate->child->get_if<Expand>()->child : aggregate->child;
    aggregate_input = output_of(*input);
    place.aggregate_levels = {aggregate_input};
    for (auto& column : hidden_output_of(*input)) { aggregate_input.push_back(std::move(column)); }
  }
  const auto operators = operators_of_select(child);
  for (std::size_t i = 1; i < operators.size(); ++i) {
    place.names.levels.push_back(output_of(*operators[i]));
    if (operators[i]->is<Aggregate>()) {
      place.names.levels.push_back(aggregate_input);
    } else {
      place.names.levels.push_back(hidden_output_of(*operators[i]));
    }
  }
  if (child->is<Aggregate>()) { place.names.levels.push_back(aggregate_input); }
  for (auto& expression : expressions) { expression = resolve_expression(expression, place); }

  if (aggregate != nullptr) {
    Aggregate wider = *aggregate;
    for (auto& expression : expressions) {
      expression = expand_aliases(expression, wider.list);
      if (sets) { expression = over_grouping_sets(expression, sets->keys, sets->columns, sets->grouping_id, context_); }
      // Columns of the select list stay what they are, even where they are equal to a key.
      expression = over_aggregate(expression, wider.grouping, wider.list);
    }
    if (wider.list.size() != aggregate->list.size()) {
      child = replace_aggregate(child, make_plan(std::move(wider), aggregate_plan->origin));
    }
  } else {
    for (const auto& expression : expressions) {
      if (!contains_aggregate(expression)) { continue; }
      throw SqlError("UNSUPPORTED_EXPR_FOR_OPERATOR", {{"invalidExprSqls", "\"" + to_sql(*expression) + "\""}},
                     expression->origin);
    }
  }
  Expressions needed;
  std::set<AttributeId> seen = output_ids(*child);
  for (const auto& expression : expressions) {
    for_each(expression, [&](const ExpressionPtr& part) {
      if (part->is<OuterReference>()) { return false; }
      if (part->is<Attribute>() && seen.insert(id_of(part)).second) { needed.push_back(part); }
      return true;
    });
  }
  const PlanPtr wider = with_columns(child, needed);
  if (wider == nullptr) {
    const Expressions& visible = place.names.levels.front();
    Place shown;
    shown.names.levels = {visible};
    fail_unresolved({named_as(needed.front())}, shown, needed.front()->origin);
  }
  return wider;
}

PlanPtr Resolver::resolve_sort(const Sort& sort, Origin origin) {
  const PlanPtr child = resolve(sort.child);
  const Expressions output = output_of(*child);
  Expressions orders;
  for (const auto& written : sort.orders) {
    const auto* order = written->get_if<SortOrder>();
    if (order == nullptr) {
      orders.push_back(written);
      continue;
    }
    const auto* name = order->child->get_if<UnresolvedAttribute>();
    const bool is_all =
        sort.orders.size() == 1 && name != nullptr && name->parts.size() == 1 && same_name(name->parts[0], "all") &&
        std::ranges::none_of(output, [](const auto& column) { return same_name(named_as(column), "all"); });
    if (is_all) {
      for (const auto& column : output) {
        orders.push_back(make_expression(SortOrder{column, order->is_ascending, order->nulls_first}, written->origin));
      }
      continue;
    }
    const auto* literal = order->child->get_if<Literal>();
    if (literal != nullptr && literal->type.id() == TypeId::kInt && !literal->value.is_null() && sort.is_global) {
      const auto position = literal->value.as_int64();
      if (position < 1 || position > static_cast<std::int64_t>(output.size())) {
        throw SqlError("ORDER_BY_POS_OUT_OF_RANGE",
                       {{"index", std::to_string(position)}, {"size", std::to_string(output.size())}},
                       order->child->origin);
      }
      orders.push_back(make_expression(
          SortOrder{output[static_cast<std::size_t>(position - 1)], order->is_ascending, order->nulls_first},
          written->origin));
      continue;
    }
    orders.push_back(written);
  }
  PlanPtr wider = resolve_lifted(child, orders);
  wider = extract_windows(std::move(wider), orders);
  return project_to(make_plan(Sort{std::move(wider), std::move(orders), sort.is_global}, origin), output);
}

PlanPtr Resolver::resolve_having(const Having& having, Origin origin) {
  PlanPtr written = having.child;
  if (const auto* project = written->get_if<Project>()) {
    // HAVING without GROUP BY makes the whole input one group.
    written = make_plan(Aggregate{project->child, GroupingKind::kPlain, {}, {}, project->list}, written->origin);
  }
  const PlanPtr child = resolve(written);
  const Expressions output = output_of(*child);
  Expressions conditions = {having.condition};
  PlanPtr wider = resolve_lifted(child, conditions);
  const ExpressionPtr condition = check_condition(conditions.front(), "having");
  return project_to(make_plan(Filter{std::move(wider), condition}, origin), output);
}

PlanPtr Resolver::resolve_qualify(const Qualify& qualify, Origin origin) {
  const PlanPtr child = resolve(qualify.child);
  const Expressions output = output_of(*child);
  Expressions conditions = {qualify.condition};
  PlanPtr wider = resolve_lifted(child, conditions);
  wider = extract_windows(std::move(wider), conditions);
  const ExpressionPtr condition = check_condition(conditions.front(), "qualify");
  return project_to(make_plan(Filter{std::move(wider), condition}, origin), output);
}

}  // namespace hammerscale::sql
