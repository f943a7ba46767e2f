#include "sql/analyzer/plan_columns.hpp"

#include <algorithm>
#include <utility>

#include "hammerscale/base/check.hpp"

namespace hammerscale::sql {

namespace {

// Ids that an operator itself brings into the world.
void collect_made_ids(const PlanPtr& plan, std::map<AttributeId, AttributeId>& fresh);

void collect_made_ids(const ExpressionPtr& expression, std::map<AttributeId, AttributeId>& fresh) {
  for_each(expression, [&](const ExpressionPtr& part) {
    if (const auto* alias = part->get_if<Alias>(); alias != nullptr && alias->id != 0) {
      fresh.emplace(alias->id, next_attribute_id());
    }
    if (const auto* subquery = part->get_if<SubqueryExpression>()) { collect_made_ids(subquery->plan, fresh); }
    return true;
  });
}

void add_fresh(const Expressions& made, std::map<AttributeId, AttributeId>& fresh) {
  for (const auto& column : made) {
    if (const auto id = id_of(column); id != 0) { fresh.emplace(id, next_attribute_id()); }
  }
}

void collect_made_ids(const PlanPtr& plan, std::map<AttributeId, AttributeId>& fresh) {
  if (const auto* local = plan->get_if<LocalRelation>()) { add_fresh(local->output, fresh); }
  if (const auto* source = plan->get_if<SourceRelation>()) { add_fresh(source->output, fresh); }
  if (const auto* range = plan->get_if<Range>(); range != nullptr && range->output) {
    add_fresh({range->output}, fresh);
  }
  if (const auto* recursion = plan->get_if<RecursionReference>()) { add_fresh(recursion->output, fresh); }
  if (const auto* expand = plan->get_if<Expand>()) { add_fresh(expand->output, fresh); }
  if (const auto* generate = plan->get_if<Generate>()) { add_fresh(generate->output, fresh); }
  if (const auto* operation = plan->get_if<SetOperation>()) { add_fresh(operation->output, fresh); }
  if (const auto* recursive = plan->get_if<RecursiveUnion>()) { add_fresh(recursive->output, fresh); }
  if (const auto* join = plan->get_if<Join>(); join != nullptr && join->mark) { add_fresh({join->mark}, fresh); }
  for (const auto& expression : expressions_of(*plan)) { collect_made_ids(expression, fresh); }
  for (const auto& child : children_of(*plan)) { collect_made_ids(child, fresh); }
}

ExpressionPtr renumber(const ExpressionPtr& expression, const std::map<AttributeId, AttributeId>& fresh,
                       const std::map<std::int64_t, std::int64_t>& loops);

Expressions renumber_all(const Expressions& expressions, const std::map<AttributeId, AttributeId>& fresh,
                         const std::map<std::int64_t, std::int64_t>& loops) {
  Expressions renumbered;
  renumbered.reserve(expressions.size());
  for (const auto& expression : expressions) { renumbered.push_back(renumber(expression, fresh, loops)); }
  return renumbered;
}

PlanPtr renumber(const PlanPtr& plan, const std::map<AttributeId, AttributeId>& fresh,
                 const std::map<std::int64_t, std::int64_t>& loops) {
  PlanPtr copy = map_children(plan, [&](const PlanPtr& child) { return renumber(child, fresh, loops); });
  copy = map_expressions(copy, [&](const ExpressionPtr& expression) { return renumber(expression, fresh, loops); });
  if (loops.empty() || !(copy->is<RecursiveUnion>() || copy->is<RecursionReference>())) { return copy; }
  Plan changed = *copy;
  const auto renumber_loop = [&](auto* node) {
    if (node == nullptr) { return; }
    if (const auto found = loops.find(node->loop); found != loops.end()) { node->loop = found->second; }
  };
  renumber_loop(std::get_if<RecursiveUnion>(&changed.node));
  renumber_loop(std::get_if<RecursionReference>(&changed.node));
  return share(std::move(changed));
}

ExpressionPtr renumber(const ExpressionPtr& expression, const std::map<AttributeId, AttributeId>& fresh,
                       const std::map<std::int64_t, std::int64_t>& loops) {
  return transform_up(expression, [&](const ExpressionPtr& part) -> ExpressionPtr {
    if (const auto* attribute = part->get_if<Attribute>()) {
      const auto found = fresh.find(attribute->id);
      if (found == fresh.end()) { return part; }
      Attribute copy = *attribute;
      copy.id = found->second;
      return make_expression(std::move(copy), part->origin);
    }
    if (const auto* alias = part->get_if<Alias>()) {
      const auto found = fresh.find(alias->id);
      if (found == fresh.end()) { return part; }
      Alias copy = *alias;
      copy.id = found->second;
      return make_expression(std::move(copy), part->origin);
    }
    if (const auto* outer = part->get_if<OuterReference>()) {
      auto attribute = renumber(outer->attribute, fresh, loops);
      return attribute == outer->attribute ? part : make_expression(OuterReference{std::move(attribute)}, part->origin);
    }
    if (const auto* subquery = part->get_if<SubqueryExpression>()) {
      SubqueryExpression copy = *subquery;
      copy.plan = renumber(copy.plan, fresh, loops);
      copy.outer_references = renumber_all(copy.outer_references, fresh, loops);
      return make_expression(std::move(copy), part->origin);
    }
    return part;
  });
}

void collect_loops(const PlanPtr& plan, std::map<std::int64_t, std::int64_t>& loops) {
  for_each(
      plan,
      [&](const PlanPtr& part) {
        if (const auto* recursive = part->get_if<RecursiveUnion>()) {
          loops.emplace(recursive->loop, next_attribute_id());
        }
        return true;
      },
      true);
}

void collect_references(const ExpressionPtr& expression, std::set<AttributeId>& ids) {
  if (expression == nullptr) { return; }
  for_each(expression, [&](const ExpressionPtr& part) {
    if (const auto* attribute = part->get_if<Attribute>()) { ids.insert(attribute->id); }
    if (part->is<OuterReference>()) { return false; }
    if (const auto* subquery = part->get_if<SubqueryExpression>()) {
      for (const auto& outer : subquery->outer_references) { collect_references(outer, ids); }
      for (const auto& value : subquery->values) { collect_references(value, ids); }
      return false;
    }
    return true;
  });
}

void collect_outer(const ExpressionPtr& expression, Expressions& found, std::set<AttributeId>& seen) {
  for_each(expression, [&](const ExpressionPtr& part) {
    if (const auto* outer = part->get_if<OuterReference>()) {
      if (seen.insert(id_of(outer->attribute)).second) { found.push_back(outer->attribute); }
      return false;
    }
    if (const auto* subquery = part->get_if<SubqueryExpression>()) {
      for (const auto& reference : subquery->outer_references) { collect_outer(reference, found, seen); }
      for (const auto& value : subquery->values) { collect_outer(value, found, seen); }
      return false;
    }
    return true;
  });
}

// Operators that hand their child's columns on, in order, and may hand on more.
bool passes_columns(const Plan& plan) {
  return plan.is<Filter>() || plan.is<Sort>() || plan.is<Limit>() || plan.is<Offset>() || plan.is<Window>() ||
         plan.is<Sample>() || plan.is<Repartition>() || plan.is<Hinted>() || plan.is<Generate>();
}

}  // namespace

AttributeId id_of(const ExpressionPtr& named) {
  if (const auto* attribute = named->get_if<Attribute>()) { return attribute->id; }
  if (const auto* alias = named->get_if<Alias>()) { return alias->id; }
  return 0;
}

const std::string& named_as(const ExpressionPtr& named) {
  if (const auto* attribute = named->get_if<Attribute>()) { return attribute->name; }
  const auto* alias = named->get_if<Alias>();
  HS_CHECK(alias != nullptr);
  return alias->name;
}

std::set<AttributeId> references_of(const ExpressionPtr& expression) {
  std::set<AttributeId> ids;
  collect_references(expression, ids);
  return ids;
}

std::set<AttributeId> references_of(const Expressions& expressions) {
  std::set<AttributeId> ids;
  for (const auto& expression : expressions) { collect_references(expression, ids); }
  return ids;
}

std::set<AttributeId> output_ids(const Plan& plan) {
  std::set<AttributeId> ids;
  for (const auto& column : output_of(plan)) { ids.insert(id_of(column)); }
  return ids;
}

ExpressionPtr replace_attributes(const ExpressionPtr& expression,
                                 const std::map<AttributeId, ExpressionPtr>& replacements) {
  if (expression == nullptr || replacements.empty()) { return expression; }
  if (const auto* attribute = expression->get_if<Attribute>()) {
    const auto found = replacements.find(attribute->id);
    return found == replacements.end() ? expression : found->second;
  }
  if (expression->is<OuterReference>()) { return expression; }
  if (const auto* subquery = expression->get_if<SubqueryExpression>()) {
    SubqueryExpression copy = *subquery;
    for (auto& value : copy.values) { value = replace_attributes(value, replacements); }
    bool is_correlated = false;
    for (const auto& outer : copy.outer_references) {
      is_correlated = is_correlated || replacements.contains(id_of(outer));
    }
    if (is_correlated) {
      copy.plan = replace_attributes(copy.plan, replacements);
      // A replacement may be an expression of several attributes: each is an outer reference now.
      Expressions outer;
      std::set<AttributeId> seen;
      for (const auto& reference : copy.outer_references) {
        for_each(replace_attributes(reference, replacements), [&](const ExpressionPtr& part) {
          if (part->is<Attribute>() && seen.insert(id_of(part)).second) { outer.push_back(part); }
          return true;
        });
      }
      copy.outer_references = std::move(outer);
    }
    return make_expression(std::move(copy), expression->origin);
  }
  return map_children(expression, [&](const ExpressionPtr& child) { return replace_attributes(child, replacements); });
}

namespace {

// Inside a subquery: outer references become the replacement, whose own attributes are outer there.
ExpressionPtr replace_outer(const ExpressionPtr& expression, const std::map<AttributeId, ExpressionPtr>& replacements);

PlanPtr replace_outer(const PlanPtr& plan, const std::map<AttributeId, ExpressionPtr>& replacements) {
  const PlanPtr below = map_children(plan, [&](const PlanPtr& child) { return replace_outer(child, replacements); });
  return map_expressions(below,
                         [&](const ExpressionPtr& expression) { return replace_outer(expression, replacements); });
}

ExpressionPtr as_outer(const ExpressionPtr& expression) {
  if (expression->is<Attribute>()) { return make_expression(OuterReference{expression}, expression->origin); }
  return map_children(expression, as_outer);
}

ExpressionPtr replace_outer(const ExpressionPtr& expression, const std::map<AttributeId, ExpressionPtr>& replacements) {
  if (const auto* outer = expression->get_if<OuterReference>()) {
    const auto found = replacements.find(id_of(outer->attribute));
    return found == replacements.end() ? expression : as_outer(found->second);
  }
  if (const auto* subquery = expression->get_if<SubqueryExpression>()) {
    SubqueryExpression copy = *subquery;
    for (auto& value : copy.values) { value = replace_outer(value, replacements); }
    copy.plan = replace_outer(copy.plan, replacements);
    Expressions references;
    for (const auto& reference : copy.outer_references) {
      references.push_back(replace_outer(reference, replacements));
    }
    copy.outer_references = std::move(references);
    return make_expression(std::move(copy), expression->origin);
  }
  return map_children(expression, [&](const ExpressionPtr& child) { return replace_outer(child, replacements); });
}

}  // namespace

PlanPtr replace_attributes(const PlanPtr& plan, const std::map<AttributeId, ExpressionPtr>& replacements) {
  return replace_outer(plan, replacements);
}

PlanPtr with_fresh_ids(const PlanPtr& plan) {
  std::map<AttributeId, AttributeId> fresh;
  std::map<std::int64_t, std::int64_t> loops;
  collect_made_ids(plan, fresh);
  collect_loops(plan, loops);
  return renumber(plan, fresh, loops);
}

Expressions hidden_output_of(const Plan& plan) {
  if (passes_columns(plan) && !plan.is<Generate>()) { return hidden_output_of(*children_of(plan).front()); }
  if (const auto* join = plan.get_if<Join>()) {
    Expressions hidden = hidden_output_of(*join->left);
    for (auto& column : hidden_output_of(*join->right)) { hidden.push_back(std::move(column)); }
    return hidden;
  }
  const auto* project = plan.get_if<Project>();
  if (project == nullptr) { return {}; }
  const auto* join = project->child->get_if<Join>();
  if (join == nullptr || join->using_columns.empty()) { return {}; }
  std::set<AttributeId> shown;
  for (const auto& item : project->list) { shown.insert(id_of(item)); }
  Expressions hidden = hidden_output_of(*project->child);
  for (const auto& column : output_of(*project->child)) {
    if (!shown.contains(id_of(column))) { hidden.push_back(column); }
  }
  return hidden;
}

PlanPtr with_columns(const PlanPtr& plan, const Expressions& attributes) {
  const auto have = output_ids(*plan);
  Expressions missing;
  for (const auto& attribute : attributes) {
    if (!have.contains(id_of(attribute))) { missing.push_back(attribute); }
  }
  if (missing.empty()) { return plan; }
  if (const auto* project = plan->get_if<Project>()) {
    const PlanPtr child = with_columns(project->child, missing);
    if (child == nullptr) { return nullptr; }
    Project wider{child, project->list};
    wider.list.insert(wider.list.end(), missing.begin(), missing.end());
    return make_plan(std::move(wider), plan->origin);
  }
  if (const auto* aggregate = plan->get_if<Aggregate>()) {
    Aggregate wider = *aggregate;
    for (const auto& attribute : missing) {
      const bool is_grouped = std::ranges::any_of(
          wider.grouping, [&](const ExpressionPtr& key) { return semantically_equal(key, attribute); });
      if (!is_grouped) { return nullptr; }
      wider.list.push_back(attribute);
    }
    return make_plan(std::move(wider), plan->origin);
  }
  if (const auto* join = plan->get_if<Join>()) {
    // Semi and anti joins hide their right side for good; columns of the others can only be missing further down.
    const PlanPtr left = with_columns(join->left, missing);
    if (left != nullptr) {
      Join wider = *join;
      wider.left = left;
      return make_plan(std::move(wider), plan->origin);
    }
    if (join->kind == JoinKind::kLeftSemi || join->kind == JoinKind::kLeftAnti) { return nullptr; }
    const PlanPtr right = with_columns(join->right, missing);
    if (right == nullptr) { return nullptr; }
    Join wider = *join;
    wider.right = right;
    return make_plan(std::move(wider), plan->origin);
  }
  if (!passes_columns(*plan)) { return nullptr; }
  const PlanPtr child = with_columns(children_of(*plan).front(), missing);
  if (child == nullptr) { return nullptr; }
  return map_children(plan, [&](const PlanPtr&) { return child; });
}

PlanPtr with_hidden_columns(const PlanPtr& plan, const Expressions& expressions) {
  const auto used = references_of(expressions);
  Expressions read;
  for (const auto& column : hidden_output_of(*plan)) {
    if (used.contains(id_of(column))) { read.push_back(column); }
  }
  if (read.empty()) { return plan; }
  PlanPtr wider = with_columns(plan, read);
  return wider != nullptr ? wider : plan;
}

Expressions outer_references_of(const PlanPtr& plan) {
  Expressions found;
  std::set<AttributeId> seen;
  for_each(plan, [&](const PlanPtr& part) {
    for (const auto& expression : expressions_of(*part)) { collect_outer(expression, found, seen); }
    return true;
  });
  return found;
}

bool contains_aggregate(const ExpressionPtr& expression) {
  if (const auto* call = expression->get_if<AggregateCall>()) { return !call->is_window_function; }
  if (const auto* window = expression->get_if<WindowExpression>()) {
    // sum(sum(x)) OVER (...): the outer sum is the window's, the inner one an aggregate.
    for (const auto& argument : children_of(*window->function)) {
      if (contains_aggregate(argument)) { return true; }
    }
    for (const auto& key : window->spec.partition_by) {
      if (contains_aggregate(key)) { return true; }
    }
    for (const auto& order : window->spec.order_by) {
      if (contains_aggregate(order)) { return true; }
    }
    return false;
  }
  if (expression->is<SubqueryExpression>()) {
    for (const auto& value : expression->get_if<SubqueryExpression>()->values) {
      if (contains_aggregate(value)) { return true; }
    }
    return false;
  }
  for (const auto& child : children_of(*expression)) {
    if (contains_aggregate(child)) { return true; }
  }
  return false;
}

bool contains_window(const ExpressionPtr& expression) {
  return contains(expression, [](const Expression& part) { return part.is<WindowExpression>(); });
}

bool contains_generator(const ExpressionPtr& expression) {
  return contains(expression, [](const Expression& part) {
    const auto* call = part.get_if<FunctionCall>();
    return call != nullptr && call->is_generator;
  });
}

PlanPtr make_join(PlanPtr left, PlanPtr right, JoinKind kind, ExpressionPtr condition) {
  Join join;
  join.left = std::move(left);
  join.right = std::move(right);
  join.kind = kind == JoinKind::kInner && !condition ? JoinKind::kCross : kind;
  join.condition = std::move(condition);
  return make_plan(std::move(join));
}

PlanPtr project_to(PlanPtr plan, const Expressions& attributes) {
  const Expressions have = output_of(*plan);
  const bool is_same =
      have.size() == attributes.size() && std::equal(have.begin(), have.end(), attributes.begin(),
                                                     [](const auto& a, const auto& b) { return id_of(a) == id_of(b); });
  if (is_same) { return plan; }
  return make_plan(Project{std::move(plan), attributes});
}

}  // namespace hammerscale::sql
