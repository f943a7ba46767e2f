#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

bool is_within(const ExpressionPtr& expression, const std::set<AttributeId>& columns) {
  return std::ranges::all_of(references_of(expression), [&](AttributeId id) { return columns.contains(id); });
}

PlanPtr filtered(const PlanPtr& plan, const Expressions& conditions) {
  return conditions.empty() ? plan : make_plan(Filter{plan, join_conjunction(conditions)});
}

struct Split {
  Expressions pushed;
  Expressions kept;
};

template <typename Predicate>
Split split(const ExpressionPtr& condition, Predicate&& may_push) {
  Split parts;
  bool passed_random = false;
  for (const auto& part : split_conjunction(condition)) {
    // What comes behind a rand() in the written order stays behind it.
    passed_random = passed_random || !is_deterministic(*part);
    (!passed_random && may_push(part) ? parts.pushed : parts.kept).push_back(part);
  }
  return parts;
}

PlanPtr through_project(const Filter& filter, const Project& project) {
  std::map<AttributeId, ExpressionPtr> definitions;
  std::set<AttributeId> random;
  for (const auto& item : project.list) {
    const auto* alias = item->get_if<Alias>();
    if (alias == nullptr) { continue; }
    definitions[alias->id] = alias->child;
    if (!is_deterministic(*alias->child)) { random.insert(alias->id); }
  }
  const auto parts = split(filter.condition, [&](const ExpressionPtr& part) {
    return random.empty() &&
           std::ranges::none_of(references_of(part), [&](AttributeId id) { return random.contains(id); });
  });
  if (parts.pushed.empty()) { return nullptr; }
  Expressions below;
  for (const auto& part : parts.pushed) { below.push_back(replace_attributes(part, definitions)); }
  return filtered(make_plan(Project{filtered(project.child, below), project.list}), parts.kept);
}

PlanPtr through_aggregate(const Filter& filter, const Aggregate& aggregate) {
  // Without GROUP BY there is a row whatever the input; a filter below would not take it away.
  if (aggregate.grouping.empty()) { return nullptr; }
  std::map<AttributeId, ExpressionPtr> definitions;
  std::set<AttributeId> keys;
  for (const auto& item : aggregate.list) {
    const auto* alias = item->get_if<Alias>();
    const ExpressionPtr value = alias != nullptr ? alias->child : item;
    const bool is_key =
        std::ranges::any_of(aggregate.grouping, [&](const auto& key) { return semantically_equal(key, value); });
    if (!is_key || !is_deterministic(*value)) { continue; }
    keys.insert(id_of(item));
    definitions[id_of(item)] = value;
  }
  const auto parts = split(filter.condition, [&](const ExpressionPtr& part) {
    return !references_of(part).empty() && is_within(part, keys);
  });
  if (parts.pushed.empty()) { return nullptr; }
  Expressions below;
  for (const auto& part : parts.pushed) { below.push_back(replace_attributes(part, definitions)); }
  Aggregate copy = aggregate;
  copy.child = filtered(aggregate.child, below);
  return filtered(make_plan(std::move(copy)), parts.kept);
}

PlanPtr through_window(const Filter& filter, const Window& window) {
  // Whole partitions may go, single rows may not: others' values depend on them.
  std::set<AttributeId> keys;
  for (const auto& key : window.partition_by) {
    if (key->is<Attribute>()) { keys.insert(id_of(key)); }
  }
  const auto parts = split(filter.condition, [&](const ExpressionPtr& part) {
    return !references_of(part).empty() && is_within(part, keys);
  });
  if (parts.pushed.empty()) { return nullptr; }
  Window copy = window;
  copy.child = filtered(window.child, parts.pushed);
  return filtered(make_plan(std::move(copy)), parts.kept);
}

PlanPtr through_generate(const Filter& filter, const Generate& generate) {
  const auto columns = output_ids(*generate.child);
  const auto parts = split(filter.condition, [&](const ExpressionPtr& part) {
    return is_within(part, columns) && !references_of(part).empty();
  });
  if (parts.pushed.empty()) { return nullptr; }
  Generate copy = generate;
  copy.child = filtered(generate.child, parts.pushed);
  return filtered(make_plan(std::move(copy)), parts.kept);
}

PlanPtr through_set_operation(const Filter& filter, const SetOperation& operation) {
  const auto parts = split(filter.condition, [](const ExpressionPtr&) { return true; });
  if (parts.pushed.empty()) { return nullptr; }
  SetOperation copy = operation;
  for (std::size_t n = 0; n < copy.inputs.size(); ++n) {
    // EXCEPT's right side only takes rows away; filtering it too is right and saves work, as for INTERSECT.
    const Expressions columns = output_of(*copy.inputs[n]);
    std::map<AttributeId, ExpressionPtr> columns_of_input;
    for (std::size_t i = 0; i < columns.size(); ++i) { columns_of_input[id_of(operation.output[i])] = columns[i]; }
    Expressions below;
    for (const auto& part : parts.pushed) { below.push_back(replace_attributes(part, columns_of_input)); }
    copy.inputs[n] = filtered(copy.inputs[n], below);
  }
  return filtered(make_plan(std::move(copy)), parts.kept);
}

PlanPtr through_join(const Filter& filter, const Join& join) {
  if (join.is_lateral) { return nullptr; }
  const auto left_ids = output_ids(*join.left);
  const auto right_ids = output_ids(*join.right);
  const bool is_inner = join.kind == JoinKind::kInner || join.kind == JoinKind::kCross;
  const bool to_left = is_inner || (join.kind != JoinKind::kRightOuter && join.kind != JoinKind::kFullOuter);
  const bool to_right = is_inner || join.kind == JoinKind::kRightOuter;
  Expressions left;
  Expressions right;
  Expressions both;
  const auto parts = split(filter.condition, [&](const ExpressionPtr& part) {
    const auto references = references_of(part);
    if (references.empty()) { return false; }
    if (is_within(part, left_ids)) {
      if (to_left) { left.push_back(part); }
      return to_left;
    }
    if (is_within(part, right_ids)) {
      if (to_right) { right.push_back(part); }
      return to_right;
    }
    if (!is_inner) { return false; }
    both.push_back(part);
    return true;
  });
  if (parts.pushed.empty()) { return nullptr; }
  Join copy = join;
  copy.left = filtered(join.left, left);
  copy.right = filtered(join.right, right);
  for (const auto& part : both) { copy.condition = conjunction(copy.condition, part); }
  if (copy.kind == JoinKind::kCross && copy.condition) { copy.kind = JoinKind::kInner; }
  return filtered(make_plan(std::move(copy)), parts.kept);
}

// Parts of a join's own condition that concern one side only.
PlanPtr out_of_join(const Join& join) {
  if (!join.condition || join.is_lateral) { return nullptr; }
  const auto left_ids = output_ids(*join.left);
  const auto right_ids = output_ids(*join.right);
  const bool is_inner = join.kind == JoinKind::kInner;
  // Rows of the kept side of an outer join stay whatever ON says; those of the other side may be dropped before.
  const bool from_left = is_inner || join.kind == JoinKind::kRightOuter || join.kind == JoinKind::kLeftSemi;
  const bool from_right = is_inner || join.kind == JoinKind::kLeftOuter || join.kind == JoinKind::kLeftSemi ||
                          join.kind == JoinKind::kLeftAnti || join.kind == JoinKind::kSingle;
  Expressions left;
  Expressions right;
  Expressions kept;
  for (const auto& part : split_conjunction(join.condition)) {
    const bool movable = is_deterministic(*part) && !references_of(part).empty();
    if (movable && from_left && is_within(part, left_ids)) {
      left.push_back(part);
    } else if (movable && from_right && is_within(part, right_ids)) {
      right.push_back(part);
    } else {
      kept.push_back(part);
    }
  }
  if (left.empty() && right.empty()) { return nullptr; }
  Join copy = join;
  copy.left = filtered(join.left, left);
  copy.right = filtered(join.right, right);
  copy.condition = join_conjunction(kept);
  if (is_inner && !copy.condition) { copy.kind = JoinKind::kCross; }
  return make_plan(std::move(copy));
}

PlanPtr push_once(const PlanPtr& node) {
  if (const auto* join = node->get_if<Join>()) { return out_of_join(*join); }
  const auto* filter = node->get_if<Filter>();
  if (filter == nullptr) { return nullptr; }
  const PlanPtr& child = filter->child;
  if (const auto* project = child->get_if<Project>()) { return through_project(*filter, *project); }
  if (const auto* aggregate = child->get_if<Aggregate>()) { return through_aggregate(*filter, *aggregate); }
  if (const auto* window = child->get_if<Window>()) { return through_window(*filter, *window); }
  if (const auto* generate = child->get_if<Generate>()) { return through_generate(*filter, *generate); }
  if (const auto* operation = child->get_if<SetOperation>()) { return through_set_operation(*filter, *operation); }
  if (const auto* join = child->get_if<Join>()) { return through_join(*filter, *join); }
  const bool keeps_rows_apart = child->is<Sort>() || child->is<Distinct>() || child->is<Repartition>();
  if (keeps_rows_apart) {
    const auto parts = split(filter->condition, [](const ExpressionPtr&) { return true; });
    if (parts.pushed.empty()) { return nullptr; }
    const PlanPtr below = map_children(child, [&](const PlanPtr& inner) { return filtered(inner, parts.pushed); });
    return filtered(below, parts.kept);
  }
  return nullptr;
}

}  // namespace

/// Moves conditions towards the tables: through projections, aggregates' keys, windows' partitions, set operations,
/// generators and joins, and out of joins' ON. A condition over both sides of a cross join makes it an inner join.
PlanPtr push_filter_down(const PlanPtr& plan, AnalyzerContext& /*context*/) {
  return transform_down(plan, [](const PlanPtr& node) {
    PlanPtr current = node;
    while (PlanPtr pushed = push_once(current)) { current = std::move(pushed); }
    return current;
  });
}

}  // namespace hammerscale::sql
