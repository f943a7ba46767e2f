#include <algorithm>
#include <set>
#include <utility>

#include "sql/analyzer/plan_columns.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

using Ids = std::set<AttributeId>;

void add(Ids& ids, const Expressions& expressions) { ids.merge(references_of(expressions)); }
void add(Ids& ids, const ExpressionPtr& expression) {
  if (expression) { ids.merge(references_of(expression)); }
}

Expressions wanted_of(const Expressions& list, const Ids& needed) {
  Expressions kept;
  std::ranges::copy_if(list, std::back_inserter(kept), [&](const auto& item) { return needed.contains(id_of(item)); });
  return kept;
}

// A plan that gives at least the needed columns, and as few others as it can.
PlanPtr prune(const PlanPtr& plan, const Ids& needed);

// prune, with a Project where the plan still gives more.
PlanPtr prune_to(const PlanPtr& plan, const Ids& needed) {
  const PlanPtr pruned = prune(plan, needed);
  const Expressions output = output_of(*pruned);
  Expressions kept = wanted_of(output, needed);
  if (kept.size() == output.size()) { return pruned; }
  return make_plan(Project{pruned, std::move(kept)});
}

Ids ids_of(const Expressions& columns) {
  Ids ids;
  for (const auto& column : columns) { ids.insert(id_of(column)); }
  return ids;
}

PlanPtr prune_join(const PlanPtr& plan, const Join& join, const Ids& needed) {
  Ids wanted = needed;
  add(wanted, join.condition);
  const auto side = [&](const PlanPtr& input) {
    Ids own;
    for (const auto id : output_ids(*input)) {
      if (wanted.contains(id)) { own.insert(id); }
    }
    return prune_to(input, own);
  };
  // A lateral right side reads the left's columns as outer ones.
  if (join.is_lateral) { return plan; }
  Join copy = join;
  copy.left = side(join.left);
  copy.right = side(join.right);
  if (copy.left == join.left && copy.right == join.right) { return plan; }
  return make_plan(std::move(copy), plan->origin);
}

PlanPtr prune_set_operation(const PlanPtr& plan, const SetOperation& operation, const Ids& needed) {
  SetOperation copy = operation;
  if (operation.kind == SetOperationKind::kUnion && operation.is_all) {
    copy.output = wanted_of(operation.output, needed);
    copy.inputs.clear();
    for (const auto& input : operation.inputs) {
      const Expressions columns = output_of(*input);
      Expressions kept;
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (needed.contains(id_of(operation.output[i]))) { kept.push_back(columns[i]); }
      }
      copy.inputs.push_back(kept.size() == columns.size() ? prune(input, ids_of(kept))
                                                          : project_to(prune(input, ids_of(kept)), kept));
    }
  } else {
    // Rows are compared as wholes: all columns stay.
    for (auto& input : copy.inputs) { input = project_to(prune(input, output_ids(*input)), output_of(*input)); }
  }
  if (copy.inputs == operation.inputs && copy.output.size() == operation.output.size()) { return plan; }
  return make_plan(std::move(copy), plan->origin);
}

// Operators over one child whose columns they hand on, and the expressions that read it.
PlanPtr prune_passing(const PlanPtr& plan, Ids needed, const Expressions& read) {
  add(needed, read);
  const PlanPtr child = children_of(*plan).front();
  Ids below;
  for (const auto id : output_ids(*child)) {
    if (needed.contains(id)) { below.insert(id); }
  }
  return map_children(plan, [&](const PlanPtr& inner) { return prune_to(inner, below); });
}

PlanPtr prune(const PlanPtr& plan, const Ids& needed) {
  if (const auto* project = plan->get_if<Project>()) {
    Project copy{project->child, wanted_of(project->list, needed)};
    Ids below = references_of(copy.list);
    copy.child = prune(project->child, below);
    if (copy.child == project->child && copy.list.size() == project->list.size()) { return plan; }
    return make_plan(std::move(copy), plan->origin);
  }
  if (const auto* aggregate = plan->get_if<Aggregate>()) {
    Aggregate copy = *aggregate;
    copy.list = wanted_of(aggregate->list, needed);
    Ids below = references_of(copy.list);
    add(below, copy.grouping);
    copy.child = prune_to(aggregate->child, below);
    if (copy.child == aggregate->child && copy.list.size() == aggregate->list.size()) { return plan; }
    return make_plan(std::move(copy), plan->origin);
  }
  if (const auto* filter = plan->get_if<Filter>()) { return prune_passing(plan, needed, {filter->condition}); }
  if (const auto* sort = plan->get_if<Sort>()) { return prune_passing(plan, needed, sort->orders); }
  if (const auto* repartition = plan->get_if<Repartition>()) { return prune_passing(plan, needed, repartition->keys); }
  if (plan->is<Limit>() || plan->is<Offset>()) {
    // No Project goes between LIMIT and what it limits: push_limit_down would take it out again, round after round.
    return map_children(plan, [&](const PlanPtr& inner) { return prune(inner, needed); });
  }
  if (plan->is<Sample>() || plan->is<Hinted>()) { return prune_passing(plan, needed, {}); }
  if (const auto* window = plan->get_if<Window>()) {
    Window copy = *window;
    copy.list = wanted_of(window->list, needed);
    if (copy.list.empty()) { return prune(window->child, needed); }
    Expressions read = copy.list;
    read.insert(read.end(), copy.partition_by.begin(), copy.partition_by.end());
    read.insert(read.end(), copy.order_by.begin(), copy.order_by.end());
    if (copy.list.size() == window->list.size()) { return prune_passing(plan, needed, read); }
    return prune_passing(make_plan(std::move(copy), plan->origin), needed, read);
  }
  if (const auto* generate = plan->get_if<Generate>()) { return prune_passing(plan, needed, {generate->generator}); }
  if (const auto* expand = plan->get_if<Expand>()) {
    Expand copy = *expand;
    copy.output = wanted_of(expand->output, needed);
    for (auto& projection : copy.projections) {
      Expressions kept;
      for (std::size_t i = 0; i < expand->output.size(); ++i) {
        if (needed.contains(id_of(expand->output[i]))) { kept.push_back(projection[i]); }
      }
      projection = std::move(kept);
    }
    Ids below;
    for (const auto& projection : copy.projections) { add(below, projection); }
    copy.child = prune_to(expand->child, below);
    if (copy.child == expand->child && copy.output.size() == expand->output.size()) { return plan; }
    return make_plan(std::move(copy), plan->origin);
  }
  if (const auto* join = plan->get_if<Join>()) { return prune_join(plan, *join, needed); }
  if (const auto* operation = plan->get_if<SetOperation>()) { return prune_set_operation(plan, *operation, needed); }
  if (const auto* distinct = plan->get_if<Distinct>()) {
    const PlanPtr child = prune(distinct->child, output_ids(*distinct->child));
    return child == distinct->child ? plan : make_plan(Distinct{child}, plan->origin);
  }
  if (const auto* deduplicate = plan->get_if<Deduplicate>()) { return prune_passing(plan, needed, deduplicate->keys); }
  if (const auto* recursive = plan->get_if<RecursiveUnion>()) {
    RecursiveUnion copy = *recursive;
    copy.anchor = prune(recursive->anchor, output_ids(*recursive->anchor));
    copy.step = prune(recursive->step, output_ids(*recursive->step));
    if (copy.anchor == recursive->anchor && copy.step == recursive->step) { return plan; }
    return make_plan(std::move(copy), plan->origin);
  }
  if (const auto* local = plan->get_if<LocalRelation>()) {
    LocalRelation copy;
    copy.output = wanted_of(local->output, needed);
    if (copy.output.size() == local->output.size()) { return plan; }
    for (const auto& row : local->rows) {
      Row kept;
      for (std::size_t i = 0; i < local->output.size(); ++i) {
        if (needed.contains(id_of(local->output[i]))) { kept.push_back(row[i]); }
      }
      copy.rows.push_back(std::move(kept));
    }
    return make_plan(std::move(copy), plan->origin);
  }
  if (plan->is<Command>()) {
    return map_children(plan, [](const PlanPtr& child) { return prune_to(child, output_ids(*child)); });
  }
  // Sources give all their columns; a Project above them says which are read.
  return plan;
}

}  // namespace

/// Leaves out columns that nothing above reads, from the result down to the tables.
PlanPtr prune_columns(const PlanPtr& plan, AnalyzerContext& /*context*/) {
  if (plan->is<Command>()) { return prune(plan, {}); }
  return prune(plan, output_ids(*plan));
}

}  // namespace hammerscale::sql
