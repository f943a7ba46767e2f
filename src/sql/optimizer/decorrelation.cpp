#include "sql/optimizer/decorrelation.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "hammerscale/base/check.hpp"
#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/optimizer/empty_aggregate.hpp"
#include "sql/optimizer/predicate_pullup.hpp"

namespace hammerscale::sql {

namespace {

// Attributes that stand for the outer columns in one part of the plan, by outer id.
using Representatives = std::map<AttributeId, ExpressionPtr>;

// The general form: gives each operator of the subquery the columns of D.
class DomainUnnesting {
 public:
  DomainUnnesting(const PlanPtr& outer, const Expressions& columns, AnalyzerContext& context)
      : columns_(columns), context_(context) {
    for (const auto& column : columns) { ids_.insert(id_of(column)); }
    domain_ = make_plan(Distinct{project_to(outer, columns)});
  }

  struct Result {
    PlanPtr plan;
    Representatives representatives;
  };

  Result unnest(const PlanPtr& plan) {
    if (!depends_on(plan, ids_)) { return beside_domain(plan); }
    if (const auto* node = plan->get_if<Project>()) { return unnest_project(*node); }
    if (const auto* node = plan->get_if<Filter>()) { return unnest_filter(*node); }
    if (const auto* node = plan->get_if<Aggregate>()) { return unnest_aggregate(*node); }
    if (const auto* node = plan->get_if<Join>()) { return unnest_join(*node); }
    if (const auto* node = plan->get_if<SetOperation>()) { return unnest_set_operation(*node); }
    if (const auto* node = plan->get_if<Window>()) { return unnest_window(*node); }
    if (const auto* node = plan->get_if<Generate>()) { return unnest_generate(*node); }
    if (const auto* node = plan->get_if<Expand>()) { return unnest_expand(*node); }
    if (plan->is<Limit>() || plan->is<Offset>()) { return unnest_limit(plan); }
    if (plan->is<SubqueryAlias>() || plan->is<Hinted>() || plan->is<Repartition>()) {
      return unnest(children_of(*plan).front());
    }
    // Order matters below a LIMIT only, which reads it there.
    if (const auto* node = plan->get_if<Sort>()) { return unnest(node->child); }
    if (const auto* node = plan->get_if<Distinct>()) {
      Result child = unnest(node->child);
      child.plan = make_plan(Distinct{child.plan});
      return child;
    }
    if (const auto* node = plan->get_if<Deduplicate>()) {
      Result child = unnest(node->child);
      Deduplicate copy{child.plan, node->keys};
      for (const auto& [id, attribute] : child.representatives) { copy.keys.push_back(attribute); }
      child.plan = make_plan(std::move(copy));
      return child;
    }
    if (const auto* node = plan->get_if<Sample>()) {
      Result child = unnest(node->child);
      Sample copy = *node;
      copy.child = child.plan;
      child.plan = make_plan(std::move(copy));
      return child;
    }
    throw SqlError("UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.ACCESSING_OUTER_QUERY_COLUMN_IS_NOT_ALLOWED",
                   {{"treeNode", to_tree_string(*plan)}}, plan->origin);
  }

 private:
  // D with columns of its own, for one place in the plan.
  Result fresh_domain() {
    Result result;
    Expressions list;
    for (const auto& column : columns_) {
      list.push_back(make_expression(Alias{column, named_as(column), next_attribute_id()}));
      result.representatives[id_of(column)] = to_attribute(list.back());
    }
    // The copy below is renumbered as a whole, so that the outer query's ids do not come up twice in one plan.
    const PlanPtr copy = with_fresh_ids(make_plan(Project{domain_, std::move(list)}));
    const Expressions output = output_of(*copy);
    for (std::size_t i = 0; i < columns_.size(); ++i) { result.representatives[id_of(columns_[i])] = output[i]; }
    result.plan = copy;
    return result;
  }

  Result beside_domain(const PlanPtr& plan) {
    Result result = fresh_domain();
    result.plan = make_join(result.plan, plan, JoinKind::kCross);
    return result;
  }

  static ExpressionPtr replace(const ExpressionPtr& expression, const Representatives& representatives) {
    if (expression == nullptr) { return expression; }
    if (const auto* outer = expression->get_if<OuterReference>()) {
      const auto found = representatives.find(id_of(outer->attribute));
      return found == representatives.end() ? expression : found->second;
    }
    return map_children(expression, [&](const ExpressionPtr& child) { return replace(child, representatives); });
  }

  static void append(Expressions& list, const Representatives& representatives) {
    for (const auto& [id, attribute] : representatives) { list.push_back(attribute); }
  }

  ExpressionPtr same_domain(const Representatives& a, const Representatives& b) {
    ExpressionPtr condition;
    for (const auto& [id, attribute] : a) {
      condition = conjunction(condition, call_builtin("<=>", {attribute, b.at(id)}, context_));
    }
    return condition;
  }

  Result unnest_project(const Project& project) {
    Result child = unnest(project.child);
    Expressions list;
    for (const auto& item : project.list) { list.push_back(replace(item, child.representatives)); }
    append(list, child.representatives);
    child.plan = make_plan(Project{child.plan, std::move(list)});
    return child;
  }

  Result unnest_filter(const Filter& filter) {
    Result child = unnest(filter.child);
    child.plan = make_plan(Filter{child.plan, replace(filter.condition, child.representatives)});
    return child;
  }

  Result unnest_aggregate(const Aggregate& aggregate) {
    Result child = unnest(aggregate.child);
    Aggregate grouped = aggregate;
    grouped.child = child.plan;
    for (auto& key : grouped.grouping) { key = replace(key, child.representatives); }
    for (auto& item : grouped.list) { item = replace(item, child.representatives); }
    append(grouped.grouping, child.representatives);
    append(grouped.list, child.representatives);
    if (!aggregate.grouping.empty()) { return {make_plan(std::move(grouped)), child.representatives}; }
    // Without GROUP BY there is a row for every value of D, also where no input row has it: count(*) is 0 there.
    const ExpressionPtr marker = make_expression(Alias{make_bool_literal(true), "has_rows", next_attribute_id()});
    grouped.list.push_back(marker);
    Result domain = fresh_domain();
    Attribute marker_column = *to_attribute(marker)->get_if<Attribute>();
    marker_column.nullable = true;
    const ExpressionPtr has_rows = call_builtin("isnotnull", {make_expression(std::move(marker_column))}, context_);
    Expressions list;
    for (const auto& item : aggregate.list) {
      const auto* alias = item->get_if<Alias>();
      HS_CHECK(alias != nullptr);
      Attribute column = *to_attribute(item)->get_if<Attribute>();
      column.nullable = true;
      const ExpressionPtr otherwise = replace(value_over_no_rows(alias->child, context_), domain.representatives);
      CaseWhen choice;
      choice.branches.emplace_back(has_rows, make_expression(std::move(column)));
      choice.otherwise = otherwise;
      list.push_back(
          make_expression(Alias{make_expression(std::move(choice)), alias->name, next_attribute_id()}, item->origin));
    }
    // The original ids must not be made twice, so the columns below get new ones.
    PlanPtr below = make_join(domain.plan, make_plan(std::move(grouped)), JoinKind::kLeftOuter,
                              same_domain(domain.representatives, child.representatives));
    std::map<AttributeId, ExpressionPtr> renamed;
    below = rename_output(below, aggregate.list, renamed);
    for (std::size_t i = 0; i < list.size(); ++i) {
      Alias alias = *replace_attributes(list[i], renamed)->get_if<Alias>();
      alias.id = id_of(aggregate.list[i]);
      list[i] = make_expression(std::move(alias));
    }
    append(list, domain.representatives);
    return {make_plan(Project{below, std::move(list)}), domain.representatives};
  }

  // A Project that gives the items' columns new ids and hands on the rest.
  static PlanPtr rename_output(const PlanPtr& plan, const Expressions& items,
                               std::map<AttributeId, ExpressionPtr>& renamed) {
    std::set<AttributeId> wanted;
    for (const auto& item : items) { wanted.insert(id_of(item)); }
    Expressions list;
    for (const auto& column : output_of(*plan)) {
      if (!wanted.contains(id_of(column))) {
        list.push_back(column);
        continue;
      }
      list.push_back(make_expression(Alias{column, named_as(column), next_attribute_id()}));
      renamed[id_of(column)] = to_attribute(list.back());
    }
    return make_plan(Project{plan, std::move(list)});
  }

  Result unnest_join(const Join& join) {
    const bool left_depends = depends_on(join.left, ids_);
    const bool right_depends = depends_on(join.right, ids_);
    const bool is_inner = join.kind == JoinKind::kInner || join.kind == JoinKind::kCross;
    Join copy = join;
    if (copy.kind == JoinKind::kCross) { copy.kind = JoinKind::kInner; }
    if (is_inner && !(left_depends && right_depends)) {
      // One side with D is enough; the other's rows go with every value.
      const bool to_right = right_depends;
      Result side = unnest(to_right ? join.right : join.left);
      (to_right ? copy.right : copy.left) = side.plan;
      copy.condition = replace(join.condition, side.representatives);
      if (!copy.condition) { copy.kind = JoinKind::kCross; }
      return {make_plan(std::move(copy)), side.representatives};
    }
    const bool condition_depends = join.condition && contains(join.condition, [&](const Expression& part) {
                                     const auto* outer = part.get_if<OuterReference>();
                                     return outer != nullptr && ids_.contains(id_of(outer->attribute));
                                   });
    if (join.kind == JoinKind::kRightOuter && !left_depends && !condition_depends) {
      Result right = unnest(join.right);
      copy.right = right.plan;
      return {make_plan(std::move(copy)), right.representatives};
    }
    Result left = unnest(join.left);
    copy.left = left.plan;
    copy.condition = replace(join.condition, left.representatives);
    const bool keeps_left = join.kind != JoinKind::kRightOuter && join.kind != JoinKind::kFullOuter;
    if (!right_depends && keeps_left) { return {make_plan(std::move(copy)), left.representatives}; }
    Result right = unnest(join.right);
    copy.right = right.plan;
    copy.condition = conjunction(same_domain(left.representatives, right.representatives), copy.condition);
    if (join.kind == JoinKind::kRightOuter) { return {make_plan(std::move(copy)), right.representatives}; }
    if (join.kind != JoinKind::kFullOuter) {
      // Columns of the right side that only carry D would show up in the output beside the left's.
      return {make_plan(std::move(copy)), left.representatives};
    }
    const PlanPtr full = make_plan(std::move(copy));
    Expressions list = output_of(*full);
    Representatives either;
    for (const auto& [id, attribute] : left.representatives) {
      const ExpressionPtr value = call_builtin("coalesce", {attribute, right.representatives.at(id)}, context_);
      list.push_back(make_expression(Alias{value, named_as(attribute), next_attribute_id()}));
      either[id] = to_attribute(list.back());
    }
    return {make_plan(Project{full, std::move(list)}), std::move(either)};
  }

  Result unnest_set_operation(const SetOperation& operation) {
    SetOperation copy = operation;
    Result result;
    copy.inputs.clear();
    for (const auto& input : operation.inputs) {
      const Expressions output = output_of(*input);
      Result side = unnest(input);
      Expressions list = output;
      append(list, side.representatives);
      copy.inputs.push_back(project_to(side.plan, list));
      if (!result.representatives.empty()) { continue; }
      for (const auto& [id, attribute] : side.representatives) {
        Attribute column = *attribute->get_if<Attribute>();
        column.id = next_attribute_id();
        result.representatives[id] = make_expression(std::move(column));
      }
    }
    append(copy.output, result.representatives);
    result.plan = make_plan(std::move(copy));
    return result;
  }

  Result unnest_window(const Window& window) {
    Result child = unnest(window.child);
    Window copy = window;
    copy.child = child.plan;
    for (auto& key : copy.partition_by) { key = replace(key, child.representatives); }
    for (auto& order : copy.order_by) { order = replace(order, child.representatives); }
    append(copy.partition_by, child.representatives);
    for (auto& item : copy.list) {
      Alias alias = *replace(item, child.representatives)->get_if<Alias>();
      WindowExpression expression = *alias.child->get_if<WindowExpression>();
      append(expression.spec.partition_by, child.representatives);
      alias.child = make_expression(std::move(expression), alias.child->origin);
      item = make_expression(std::move(alias), item->origin);
    }
    return {make_plan(std::move(copy)), child.representatives};
  }

  Result unnest_generate(const Generate& generate) {
    Result child = unnest(generate.child);
    Generate copy = generate;
    copy.child = child.plan;
    copy.generator = replace(generate.generator, child.representatives);
    return {make_plan(std::move(copy)), child.representatives};
  }

  Result unnest_expand(const Expand& expand) {
    Result child = unnest(expand.child);
    Expand copy = expand;
    copy.child = child.plan;
    Representatives passed;
    for (const auto& [id, attribute] : child.representatives) {
      Attribute column = *attribute->get_if<Attribute>();
      column.id = next_attribute_id();
      passed[id] = make_expression(std::move(column));
    }
    for (auto& projection : copy.projections) {
      for (auto& value : projection) { value = replace(value, child.representatives); }
      append(projection, child.representatives);
    }
    append(copy.output, passed);
    return {make_plan(std::move(copy)), std::move(passed)};
  }

  // LIMIT n OFFSET m for each outer row: the rows numbered m + 1 to m + n of each value of D.
  Result unnest_limit(const PlanPtr& plan) {
    std::int64_t skipped = 0;
    std::optional<std::int64_t> kept;
    PlanPtr below = plan;
    while (below->is<Limit>() || below->is<Offset>()) {
      const auto* limit = below->get_if<Limit>();
      const auto count =
          (limit != nullptr ? limit->count : below->get_if<Offset>()->count)->get_if<Literal>()->value.as_int64();
      if (limit != nullptr) {
        kept = kept ? std::min(*kept, std::max<std::int64_t>(count - skipped, 0))
                    : std::max<std::int64_t>(count - skipped, 0);
      } else {
        skipped += count;
      }
      below = children_of(*below).front();
    }
    Expressions orders;
    PlanPtr sorted = below;
    // The select list above a hidden sort column.
    Expressions above;
    if (const auto* project = below->get_if<Project>(); project != nullptr && project->child->is<Sort>()) {
      above = project->list;
      sorted = project->child;
    }
    if (const auto* sort = sorted->get_if<Sort>()) {
      orders = sort->orders;
      below = sort->child;
    } else {
      above.clear();
    }
    Result child = unnest(below);
    for (auto& order : orders) { order = replace(order, child.representatives); }
    const auto* function = builtin_functions().find_window("row_number");
    HS_CHECK(function != nullptr);
    CallInput input;
    input.name = "row_number";
    input.context = context_.evaluation;
    const BoundWindowFunction bound = function->bind(input);
    AggregateCall number;
    number.name = "row_number";
    number.type = bound.type;
    number.nullable = false;
    number.is_window_function = true;
    WindowSpec spec;
    append(spec.partition_by, child.representatives);
    spec.order_by = orders.empty() ? Expressions{} : orders;
    if (spec.order_by.empty()) {
      // Any order will do, but row_number wants one.
      spec.order_by.push_back(make_expression(SortOrder{child.representatives.begin()->second}));
    }
    spec.frame = WindowFrame{.unit = FrameUnit::kRows,
                             .lower = {BoundKind::kUnboundedPreceding, nullptr},
                             .upper = {BoundKind::kCurrentRow, nullptr}};
    Window window{.child = child.plan, .list = {}, .partition_by = spec.partition_by, .order_by = spec.order_by};
    const ExpressionPtr row_number =
        make_expression(Alias{make_expression(WindowExpression{make_expression(std::move(number)), spec}), "row_number",
                              next_attribute_id()});
    window.list.push_back(row_number);
    const ExpressionPtr column = to_attribute(row_number);
    ExpressionPtr condition;
    if (skipped > 0) { condition = call_builtin(">", {column, make_bigint_literal(skipped)}, context_); }
    if (kept) {
      condition = conjunction(condition, call_builtin("<=", {column, make_bigint_literal(skipped + *kept)}, context_));
    }
    PlanPtr result = make_plan(std::move(window));
    if (condition) { result = make_plan(Filter{result, condition}); }
    Expressions list = above.empty() ? output_of(*below) : above;
    for (auto& item : list) { item = replace(item, child.representatives); }
    append(list, child.representatives);
    return {make_plan(Project{result, std::move(list)}), child.representatives};
  }

  Expressions columns_;
  std::set<AttributeId> ids_;
  PlanPtr domain_;
  AnalyzerContext& context_;
};

}  // namespace

bool depends_on(const PlanPtr& plan, const std::set<AttributeId>& columns) {
  for (const auto& outer : outer_references_of(plan)) {
    if (columns.contains(id_of(outer))) { return true; }
  }
  return false;
}

Decorrelated decorrelate(const PlanPtr& subquery, const PlanPtr& outer, SubqueryUse use, AnalyzerContext& context) {
  const auto available = output_ids(*outer);
  Expressions columns;
  for (const auto& reference : outer_references_of(subquery)) {
    if (available.contains(id_of(reference))) { columns.push_back(reference); }
  }
  if (columns.empty()) { return {subquery, {}, {}}; }
  if (auto pulled = pull_up_predicates(subquery, available, use, context)) { return std::move(*pulled); }
  DomainUnnesting unnesting(outer, columns, context);
  auto [plan, representatives] = unnesting.unnest(subquery);
  Decorrelated result{.plan = std::move(plan), .conditions = {}, .values = {}};
  for (const auto& column : columns) {
    result.conditions.push_back(call_builtin("<=>", {column, representatives.at(id_of(column))}, context));
  }
  return result;
}

}  // namespace hammerscale::sql
