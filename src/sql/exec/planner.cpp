#include "sql/exec/planner.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "hammerscale/base/error.hpp"
#include "sql/exec/expression_program.hpp"
#include "sql/exec/filter.hpp"
#include "sql/exec/function_calls.hpp"
#include "sql/exec/generate.hpp"
#include "sql/exec/hash_aggregate.hpp"
#include "sql/exec/hash_join.hpp"
#include "sql/exec/leaf_sources.hpp"
#include "sql/exec/limit.hpp"
#include "sql/exec/local_runner.hpp"
#include "sql/exec/project.hpp"
#include "sql/exec/row_sorter.hpp"
#include "sql/exec/sample.hpp"
#include "sql/exec/window.hpp"

namespace hammerscale::sql {

namespace {

const Attribute& attribute_of(const ExpressionPtr& expression) {
  const auto* attribute = expression->get_if<Attribute>();
  if (attribute == nullptr) { throw InternalError("output of a plan is no attribute"); }
  return *attribute;
}

std::vector<DataType> types_of(const Expressions& expressions) {
  std::vector<DataType> types;
  for (const auto& expression : expressions) { types.push_back(type_of(*expression)); }
  return types;
}

ExpressionPtr column(std::int32_t index, DataType type, bool nullable = true) {
  return make_expression(BoundReference{index, std::move(type), nullable});
}

/// References to all columns.
Expressions columns_of(const Expressions& output) {
  Expressions columns;
  for (const auto& attribute : output) {
    columns.push_back(column(static_cast<std::int32_t>(columns.size()), type_of(*attribute), is_nullable(*attribute)));
  }
  return columns;
}

std::vector<std::int32_t> first_numbers(std::size_t count, std::int32_t first = 0) {
  std::vector<std::int32_t> numbers;
  for (std::size_t i = 0; i < count; ++i) { numbers.push_back(first + static_cast<std::int32_t>(i)); }
  return numbers;
}

Expressions attributes_of(const Expressions& named) {
  Expressions attributes;
  for (const auto& expression : named) { attributes.push_back(to_attribute(expression)); }
  return attributes;
}

/// A made-up attribute for a column that only operators know.
ExpressionPtr hidden_attribute(const ExpressionPtr& expression) {
  return make_expression(Attribute{"", type_of(*expression), is_nullable(*expression), next_attribute_id()});
}

}  // namespace

ExpressionPtr bind_references(const ExpressionPtr& expression, const Expressions& input) {
  return transform_up(expression, [&](const ExpressionPtr& part) -> ExpressionPtr {
    const auto* attribute = part->get_if<Attribute>();
    if (attribute == nullptr) { return part; }
    for (std::size_t i = 0; i < input.size(); ++i) {
      const auto* candidate = input[i]->get_if<Attribute>();
      if (candidate != nullptr && candidate->id == attribute->id) {
        return make_expression(BoundReference{static_cast<std::int32_t>(i), candidate->type, attribute->nullable},
                               part->origin);
      }
    }
    throw InternalError("attribute is not among the input's columns",
                        {{"attribute", attribute->name}, {"id", std::to_string(attribute->id)}});
  });
}

void OpenPipeline::add(std::shared_ptr<Operator> op) {
  for (PipelineInput& input : inputs) { input.operators.push_back(op); }
}

void Planner::finish(OpenPipeline input, std::shared_ptr<Sink> sink) {
  finished_.push_back(Pipeline{std::move(input.inputs), std::move(sink), input.is_ordered});
}

ExpressionPtr Planner::bind(const ExpressionPtr& expression, const Expressions& input) {
  const ExpressionPtr without_subqueries = transform_up(expression, [&](const ExpressionPtr& part) -> ExpressionPtr {
    const auto* subquery = part->get_if<SubqueryExpression>();
    return subquery != nullptr ? run_subquery(*subquery, input) : part;
  });
  return bind_references(without_subqueries, input);
}

ExpressionPtr Planner::run_subquery(const SubqueryExpression& subquery, const Expressions& /*input*/) {
  const std::vector<DataType> types = types_of(output_of(*subquery.plan));
  switch (subquery.kind) {
    case SubqueryKind::kScalar: {
      const std::vector<Row> rows = run_plan(subquery.plan, context_, recursion_);
      if (rows.size() > 1) { throw SqlError("SCALAR_SUBQUERY_TOO_MANY_ROWS", {}); }
      return make_literal(rows.empty() ? Value() : rows[0][0], types[0]);
    }
    case SubqueryKind::kExists: {
      const PlanPtr first = make_plan(Limit{subquery.plan, make_int_literal(1)});
      return make_bool_literal(!run_plan(first, context_, recursion_).empty());
    }
    case SubqueryKind::kIn: {
      if (subquery.values.size() != 1) { break; }
      const std::vector<Row> rows = run_plan(subquery.plan, context_, recursion_);
      if (rows.empty()) { return make_bool_literal(false); }
      Expressions arguments{subquery.values[0]};
      for (const Row& row : rows) { arguments.push_back(make_literal(row[0], types[0])); }
      return make_expression(FunctionCall{"in", std::move(arguments), TypeId::kBoolean});
    }
    default: break;
  }
  throw InternalError("subquery was not rewritten as a join");
}

std::int64_t Planner::constant_count(const ExpressionPtr& expression) {
  EvaluationContext evaluation = context_.settings();
  const ExpressionPtr bound = bind(expression, {});
  ExpressionProgram program = ExpressionProgram::compile(std::span(&bound, 1), evaluation);
  Batch row;
  row.num_rows = 1;
  std::vector<Vector> results;
  program.evaluate(row, results);
  const Value value = results.front().value(0);
  return value.is_null() ? 0 : value.as_int64();
}

std::vector<std::int32_t> Planner::add_columns(OpenPipeline& input, const Expressions& bound) {
  Expressions all = columns_of(input.output);
  const std::size_t num_before = all.size();
  std::vector<std::int32_t> numbers;
  for (const auto& expression : bound) {
    if (const auto* reference = expression->get_if<BoundReference>()) {
      numbers.push_back(reference->index);
      continue;
    }
    std::size_t known = num_before;
    while (known < all.size() && !equal(all[known], expression)) { ++known; }
    if (known == all.size()) {
      all.push_back(expression);
      input.output.push_back(hidden_attribute(expression));
    }
    numbers.push_back(static_cast<std::int32_t>(known));
  }
  if (all.size() > num_before) { input.add(std::make_shared<ProjectOperator>(std::move(all))); }
  return numbers;
}

void Planner::keep_columns(OpenPipeline& input, std::size_t count) {
  if (input.output.size() == count) { return; }
  input.output.resize(count);
  input.add(std::make_shared<ProjectOperator>(columns_of(input.output)));
}

OpenPipeline Planner::build(const PlanPtr& plan) {
  if (const auto* node = plan->get_if<LocalRelation>()) {
    return OpenPipeline{{{make_values_source(node->rows, types_of(node->output), context_), {}}}, node->output};
  }
  if (const auto* node = plan->get_if<SourceRelation>()) { return build_source(*node); }
  if (plan->is<OneRow>()) { return OpenPipeline{{{make_values_source({Row()}, {}, context_), {}}}, {}}; }
  if (const auto* node = plan->get_if<Range>()) {
    auto source = std::make_shared<RangeSource>(node->start, node->end, node->step, context_.options().batch_rows);
    return OpenPipeline{{{std::move(source), {}}}, {node->output}};
  }
  if (const auto* node = plan->get_if<RecursionReference>()) {
    const auto rows = recursion_.find(node->loop);
    if (rows == recursion_.end()) { throw InternalError("recursion reference outside its loop"); }
    return OpenPipeline{{{std::make_shared<BatchesSource>(rows->second), {}}}, node->output};
  }
  if (const auto* node = plan->get_if<Project>()) {
    OpenPipeline input = build(node->child);
    Expressions list;
    for (const auto& expression : node->list) { list.push_back(bind(expression, input.output)); }
    input.add(std::make_shared<ProjectOperator>(std::move(list)));
    input.output = attributes_of(node->list);
    return input;
  }
  if (const auto* node = plan->get_if<Filter>()) {
    OpenPipeline input = build(node->child);
    input.add(std::make_shared<FilterOperator>(bind(node->condition, input.output)));
    return input;
  }
  if (const auto* node = plan->get_if<Expand>()) {
    OpenPipeline input = build(node->child);
    std::vector<Expressions> projections;
    for (const auto& list : node->projections) {
      projections.emplace_back();
      for (const auto& expression : list) { projections.back().push_back(bind(expression, input.output)); }
    }
    input.add(std::make_shared<ExpandOperator>(std::move(projections)));
    input.output = node->output;
    return input;
  }
  if (const auto* node = plan->get_if<Aggregate>()) { return build_aggregate(*node); }
  if (const auto* node = plan->get_if<Sort>()) { return build_sort(*node, RowSorter::kNoLimit); }
  if (plan->is<Limit>() || plan->is<Offset>()) { return build_limited(plan, RowSorter::kNoLimit); }
  if (const auto* node = plan->get_if<Distinct>()) { return build_distinct(build(node->child)); }
  if (const auto* node = plan->get_if<Deduplicate>()) { return build_deduplicate(*node); }
  if (const auto* node = plan->get_if<Window>()) { return build_window(*node); }
  if (const auto* node = plan->get_if<Generate>()) { return build_generate(*node); }
  if (const auto* node = plan->get_if<Sample>()) { return build_sample(*node); }
  if (const auto* node = plan->get_if<Join>()) { return build_join(*node); }
  if (const auto* node = plan->get_if<SetOperation>()) { return build_set_operation(*node); }
  if (const auto* node = plan->get_if<RecursiveUnion>()) { return build_recursive_union(*node); }
  if (const auto* node = plan->get_if<Repartition>()) { return build(node->child); }
  if (const auto* node = plan->get_if<Hinted>()) { return build(node->child); }
  if (const auto* node = plan->get_if<SubqueryAlias>()) {
    OpenPipeline input = build(node->child);
    input.output = output_of(*plan);
    return input;
  }
  throw InternalError("plan holds an operator that cannot be run", {{"plan", to_tree_string(*plan)}});
}

OpenPipeline Planner::build_source(const SourceRelation& node) {
  const std::shared_ptr<Source> source = context_.find_source(node.source);
  if (source == nullptr) { throw InternalError("source of a plan is not known", {{"source", node.source}}); }
  return OpenPipeline{{{source, {}}}, node.output};
}

// ---- Sort and limit -------------------------------------------------------------------------------------------------

OpenPipeline Planner::build_sort(const Sort& node, std::int64_t limit) {
  OpenPipeline input = build(node.child);
  const std::size_t num_columns = input.output.size();
  Expressions expressions;
  for (const auto& order : node.orders) {
    const auto* sort_order = order->get_if<SortOrder>();
    expressions.push_back(bind(sort_order != nullptr ? sort_order->child : order, input.output));
  }
  const std::vector<std::int32_t> numbers = add_columns(input, expressions);
  std::vector<SortKey> keys;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto* order = node.orders[i]->get_if<SortOrder>();
    keys.push_back(order != nullptr ? SortKey{numbers[i], order->is_ascending, order->nulls_first}
                                    : SortKey{numbers[i], true, true});
  }
  auto sorter = std::make_shared<RowSorter>(types_of(input.output), std::move(keys), limit);
  OpenPipeline result{{{RowSorter::result(sorter), {}}}, input.output};
  finish(std::move(input), sorter);
  keep_columns(result, num_columns);
  return result;
}

OpenPipeline Planner::build_limited(const PlanPtr& plan, std::int64_t limit) {
  if (const auto* node = plan->get_if<Limit>()) {
    const std::int64_t count = std::max<std::int64_t>(constant_count(node->count), 0);
    OpenPipeline input = build_limited(node->child, std::min(limit, count));
    input.add(std::make_shared<LimitOperator>(0, count));
    input.is_ordered = true;
    return input;
  }
  if (const auto* node = plan->get_if<Offset>()) {
    const std::int64_t count = std::max<std::int64_t>(constant_count(node->count), 0);
    const bool fits = limit < RowSorter::kNoLimit - count;
    OpenPipeline input = build_limited(node->child, fits ? limit + count : RowSorter::kNoLimit);
    input.add(std::make_shared<LimitOperator>(count, LimitOperator::kNoLimit));
    input.is_ordered = true;
    return input;
  }
  // Wider top-k keeps too much beside what it sorts.
  constexpr std::int64_t kLargestTopK = 1'000'000;
  if (limit <= kLargestTopK) {
    if (const auto* node = plan->get_if<Sort>()) { return build_sort(*node, limit); }
    if (const auto* node = plan->get_if<Project>(); node != nullptr && node->child->is<Sort>()) {
      OpenPipeline input = build_sort(*node->child->get_if<Sort>(), limit);
      Expressions list;
      for (const auto& expression : node->list) { list.push_back(bind(expression, input.output)); }
      input.add(std::make_shared<ProjectOperator>(std::move(list)));
      input.output = attributes_of(node->list);
      return input;
    }
  }
  return build(plan);
}

// ---- Aggregation ----------------------------------------------------------------------------------------------------

namespace {

/// One aggregate call of a plan on its way to AggregateSteps.
struct PlannedCall {
  ExpressionPtr expression;  ///< The AggregateCall, unbound.
  BoundAggregate function;
  Expressions arguments;  ///< Bound; WITHIN GROUP's keys behind the others.
  ExpressionPtr filter;   ///< Bound; or null.
  bool is_distinct = false;
};

bool equal_lists(const Expressions& a, const Expressions& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const ExpressionPtr& x, const ExpressionPtr& y) { return equal(x, y); });
}

/// Adds an expression to a list unless an equal one is there; its place.
std::int32_t add_once(Expressions& list, const ExpressionPtr& expression) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (equal(list[i], expression)) { return static_cast<std::int32_t>(i); }
  }
  list.push_back(expression);
  return static_cast<std::int32_t>(list.size() - 1);
}

/// Columns and steps of a grouping in two levels, which removes duplicates of DISTINCT arguments between them.
///
/// Level 1 groups by the keys, the arguments of all DISTINCT calls and a flag a DISTINCT call, and computes states of
/// the other calls. Level 2 groups by the keys, feeds each DISTINCT call the arguments where its flag is true, and
/// merges the states. With several different argument lists each row is expanded, once for each list and once for the
/// other calls.
struct TwoLevels {
  std::vector<Expressions> projections;
  std::vector<std::int32_t> first_keys;
  std::vector<AggregateStep> first_steps;
  std::vector<AggregateStep> second_steps;  ///< In the order of the calls.
};

TwoLevels plan_two_levels(const Expressions& keys, const std::vector<PlannedCall>& calls) {
  std::vector<Expressions> argument_lists;
  std::vector<std::size_t> list_of_call(calls.size());
  bool has_others = false;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (!calls[i].is_distinct) {
      has_others = true;
      continue;
    }
    const auto found = std::find_if(argument_lists.begin(), argument_lists.end(),
                                    [&](const Expressions& list) { return equal_lists(list, calls[i].arguments); });
    list_of_call[i] = static_cast<std::size_t>(found - argument_lists.begin());
    if (found == argument_lists.end()) { argument_lists.push_back(calls[i].arguments); }
  }
  // One list: each row serves it and the other calls alike. More: projection 0 is for the others, d + 1 for list d.
  const bool expands = argument_lists.size() > 1;
  const std::size_t num_projections = expands ? argument_lists.size() + (has_others ? 1 : 0) : 1;
  const auto serves_list = [&](std::size_t p, std::size_t list) {
    return !expands || p == list + (has_others ? 1 : 0);
  };
  const auto serves_others = [&](std::size_t p) { return has_others && (!expands || p == 0); };

  TwoLevels levels;
  for (std::size_t p = 0; p < num_projections; ++p) {
    const bool is_first = p == 0;
    Expressions columns = keys;
    std::vector<std::int32_t> list_start;
    for (std::size_t list = 0; list < argument_lists.size(); ++list) {
      list_start.push_back(static_cast<std::int32_t>(columns.size()));
      for (const auto& argument : argument_lists[list]) {
        columns.push_back(serves_list(p, list) ? argument : make_null_literal(type_of(*argument)));
      }
    }
    std::vector<std::int32_t> flags(calls.size(), -1);
    for (std::size_t i = 0; i < calls.size(); ++i) {
      if (!calls[i].is_distinct) { continue; }
      flags[i] = static_cast<std::int32_t>(columns.size());
      const bool serves = serves_list(p, list_of_call[i]);
      columns.push_back(!serves           ? make_bool_literal(false)
                        : calls[i].filter ? calls[i].filter
                                          : make_bool_literal(true));
    }
    const std::size_t num_first_keys = columns.size();
    for (std::size_t i = 0; i < calls.size(); ++i) {
      if (calls[i].is_distinct) { continue; }
      AggregateStep step{calls[i].function,
                         first_numbers(calls[i].arguments.size(), static_cast<std::int32_t>(columns.size())), -1, false,
                         true};
      for (const auto& argument : calls[i].arguments) {
        columns.push_back(serves_others(p) ? argument : make_null_literal(type_of(*argument)));
      }
      step.filter = static_cast<std::int32_t>(columns.size());
      columns.push_back(!serves_others(p) ? make_bool_literal(false)
                        : calls[i].filter ? calls[i].filter
                                          : make_bool_literal(true));
      if (is_first) { levels.first_steps.push_back(std::move(step)); }
    }
    if (is_first) {
      levels.first_keys = first_numbers(num_first_keys);
      std::int32_t next_state = static_cast<std::int32_t>(num_first_keys);
      for (std::size_t i = 0; i < calls.size(); ++i) {
        AggregateStep step{calls[i].function, {}, -1, false, false};
        if (calls[i].is_distinct) {
          step.arguments = first_numbers(calls[i].arguments.size(), list_start[list_of_call[i]]);
          step.filter = flags[i];
        } else {
          step.takes_states = true;
          step.arguments = first_numbers(calls[i].function.state_types.size(), next_state);
          next_state += static_cast<std::int32_t>(calls[i].function.state_types.size());
        }
        levels.second_steps.push_back(std::move(step));
      }
    }
    levels.projections.push_back(std::move(columns));
  }
  return levels;
}

}  // namespace

OpenPipeline Planner::build_aggregate(const Aggregate& aggregate) {
  OpenPipeline input = build(aggregate.child);
  Expressions keys;
  for (const auto& key : aggregate.grouping) { keys.push_back(bind(key, input.output)); }
  std::vector<PlannedCall> calls;
  bool has_distinct = false;
  for (const auto& item : aggregate.list) {
    for_each(item, [&](const ExpressionPtr& part) {
      const auto* call = part->get_if<AggregateCall>();
      if (call == nullptr) { return true; }
      for (const auto& known : calls) {
        if (equal(known.expression, part)) { return false; }
      }
      PlannedCall planned;
      planned.expression = part;
      planned.function = bind_aggregate_call(*call, part->origin, context_.settings());
      for (const auto& argument : call->arguments) { planned.arguments.push_back(bind(argument, input.output)); }
      for (const auto& order : call->within_group) {
        const auto* sort_order = order->get_if<SortOrder>();
        planned.arguments.push_back(bind(sort_order != nullptr ? sort_order->child : order, input.output));
      }
      if (call->filter) { planned.filter = bind(call->filter, input.output); }
      planned.is_distinct = call->is_distinct && !planned.function.ignores_distinct;
      has_distinct = has_distinct || planned.is_distinct;
      input.is_ordered = input.is_ordered || planned.function.depends_on_order;
      calls.push_back(std::move(planned));
      return false;
    });
  }

  std::vector<AggregateStep> steps;
  std::vector<DataType> key_types = types_of(keys);
  if (has_distinct) {
    TwoLevels levels = plan_two_levels(keys, calls);
    const std::vector<DataType> column_types = types_of(levels.projections[0]);
    input.add(std::make_shared<ExpandOperator>(std::move(levels.projections)));
    std::vector<DataType> first_types(column_types.begin(),
                                      column_types.begin() + static_cast<std::ptrdiff_t>(levels.first_keys.size()));
    auto first =
        std::make_shared<HashAggregate>(levels.first_keys, std::move(first_types), std::move(levels.first_steps));
    const bool is_ordered = input.is_ordered;
    finish(std::move(input), first);
    input = OpenPipeline{{{HashAggregate::result(first), {}}}, {}, is_ordered};
    steps = std::move(levels.second_steps);
  } else {
    Expressions columns = keys;
    for (PlannedCall& call : calls) {
      AggregateStep step{std::move(call.function), {}, -1, false, false};
      for (const auto& argument : call.arguments) { step.arguments.push_back(add_once(columns, argument)); }
      if (call.filter) { step.filter = add_once(columns, call.filter); }
      steps.push_back(std::move(step));
    }
    input.add(std::make_shared<ProjectOperator>(std::move(columns)));
  }
  std::vector<DataType> call_types;
  for (const auto& step : steps) { call_types.push_back(step.function.type); }
  auto sink = std::make_shared<HashAggregate>(first_numbers(keys.size()), key_types, std::move(steps));
  const Expressions child_output = output_of(*aggregate.child);
  finish(std::move(input), sink);
  OpenPipeline result{{{HashAggregate::result(sink), {}}}, attributes_of(aggregate.list)};

  // The list over keys and results.
  Expressions list;
  for (const auto& item : aggregate.list) {
    const std::function<ExpressionPtr(const ExpressionPtr&)> replace = [&](const ExpressionPtr& part) -> ExpressionPtr {
      for (std::size_t i = 0; i < calls.size(); ++i) {
        if (part->is<AggregateCall>() && equal(part, calls[i].expression)) {
          return column(static_cast<std::int32_t>(keys.size() + i), call_types[i]);
        }
      }
      for (std::size_t i = 0; i < keys.size(); ++i) {
        if (semantically_equal(part, aggregate.grouping[i])) {
          return column(static_cast<std::int32_t>(i), key_types[i], is_nullable(*aggregate.grouping[i]));
        }
      }
      return map_children(part, replace);
    };
    list.push_back(bind(replace(item), {}));
  }
  result.add(std::make_shared<ProjectOperator>(std::move(list)));
  return result;
}

OpenPipeline Planner::build_distinct(OpenPipeline input) {
  OpenPipeline result;
  result.output = input.output;
  auto sink = std::make_shared<HashAggregate>(first_numbers(input.output.size()), types_of(input.output),
                                              std::vector<AggregateStep>());
  // Without columns there is nothing to group by: one row is left of any number.
  if (input.output.empty()) {
    input.add(std::make_shared<LimitOperator>(0, 1));
    input.is_ordered = true;
    return input;
  }
  result.inputs = {{HashAggregate::result(sink), {}}};
  finish(std::move(input), sink);
  return result;
}

OpenPipeline Planner::build_deduplicate(const Deduplicate& node) {
  OpenPipeline input = build(node.child);
  Expressions keys;
  for (const auto& key : node.keys) { keys.push_back(bind(key, input.output)); }
  if (keys.empty()) { return build_distinct(std::move(input)); }
  // The first row of each key.
  Expressions columns = keys;
  std::vector<AggregateStep> steps;
  for (const auto& reference : columns_of(input.output)) {
    steps.push_back(AggregateStep{bind_aggregate_by_name("first", {type_of(*reference)}, context_.settings()),
                                  {static_cast<std::int32_t>(columns.size())},
                                  -1,
                                  false,
                                  false});
    columns.push_back(reference);
  }
  const Expressions output = input.output;
  input.add(std::make_shared<ProjectOperator>(std::move(columns)));
  input.is_ordered = true;
  auto sink = std::make_shared<HashAggregate>(first_numbers(keys.size()), types_of(keys), std::move(steps));
  finish(std::move(input), sink);
  OpenPipeline result{{{HashAggregate::result(sink), {}}}, output};
  Expressions list;
  for (std::size_t i = 0; i < output.size(); ++i) {
    list.push_back(column(static_cast<std::int32_t>(keys.size() + i), type_of(*output[i]), is_nullable(*output[i])));
  }
  result.add(std::make_shared<ProjectOperator>(std::move(list)));
  return result;
}

// ---- Joins ----------------------------------------------------------------------------------------------------------

namespace {

/// About how many rows a plan gives; for the choice of a build side only.
double estimate_rows(const PlanPtr& plan, const ExecutionContext& context) {
  if (const auto* node = plan->get_if<LocalRelation>()) { return static_cast<double>(node->rows.size()); }
  if (const auto* node = plan->get_if<SourceRelation>()) {
    const auto source = context.find_source(node->source);
    return source ? static_cast<double>(source->max_tasks()) * kBatchRows : 0;
  }
  if (const auto* node = plan->get_if<Range>()) {
    return node->step == 0
               ? 0
               : (static_cast<double>(node->end) - static_cast<double>(node->start)) / static_cast<double>(node->step);
  }
  double sum = plan->is<OneRow>() ? 1 : 0;
  for (const auto& child : children_of(*plan)) { sum = std::max(sum, estimate_rows(child, context)); }
  if (plan->is<Filter>()) { return sum * 0.3; }
  if (plan->is<Aggregate>()) { return sum * 0.3; }
  return sum;
}

bool refers_only_to(const ExpressionPtr& expression, const Expressions& attributes) {
  return !contains(expression, [&](const Expression& part) {
    const auto* attribute = part.get_if<Attribute>();
    return attribute != nullptr && std::none_of(attributes.begin(), attributes.end(), [&](const ExpressionPtr& known) {
             return attribute_of(known).id == attribute->id;
           });
  });
}

bool refers_to_any(const ExpressionPtr& expression) {
  return contains(expression, [](const Expression& part) { return part.is<Attribute>(); });
}

ExpressionPtr conjunction_of(const Expressions& conditions) {
  ExpressionPtr all;
  for (const auto& condition : conditions) {
    all = all ? make_expression(FunctionCall{"and", {all, condition}, TypeId::kBoolean}) : condition;
  }
  return all;
}

}  // namespace

OpenPipeline Planner::build_join(const Join& join) {
  PlanPtr probe_plan = join.left;
  PlanPtr build_plan = join.right;
  JoinKind kind = join.kind;
  bool is_swapped = false;
  // The smaller side is built, where the kind lets sides change places.
  const bool may_swap = kind == JoinKind::kInner || kind == JoinKind::kCross || kind == JoinKind::kLeftOuter ||
                        kind == JoinKind::kRightOuter || kind == JoinKind::kFullOuter;
  if (may_swap && estimate_rows(build_plan, context_) > 2 * estimate_rows(probe_plan, context_)) {
    is_swapped = true;
    std::swap(probe_plan, build_plan);
    if (kind == JoinKind::kLeftOuter) {
      kind = JoinKind::kRightOuter;
    } else if (kind == JoinKind::kRightOuter) {
      kind = JoinKind::kLeftOuter;
    }
  }
  OpenPipeline build_side = build(build_plan);
  OpenPipeline probe_side = build(probe_plan);
  const std::size_t num_probe = probe_side.output.size();
  const std::size_t num_build = build_side.output.size();

  Expressions probe_keys;
  Expressions build_keys;
  Expressions rest;
  std::vector<bool> null_safe;
  Expressions conditions;
  if (join.condition) { conditions = split_conjuncts(join.condition); }
  for (const auto& condition : conditions) {
    const auto* call = condition->get_if<FunctionCall>();
    bool is_key = false;
    if (call != nullptr && (call->name == "=" || call->name == "==" || call->name == "<=>") &&
        call->arguments.size() == 2 && is_deterministic(*condition) &&
        type_of(*call->arguments[0]).same_but_nullability(type_of(*call->arguments[1]))) {
      for (const auto& [a, b] : {std::pair(0, 1), std::pair(1, 0)}) {
        const ExpressionPtr& probe_key = call->arguments[static_cast<std::size_t>(a)];
        const ExpressionPtr& build_key = call->arguments[static_cast<std::size_t>(b)];
        if (is_key || !refers_to_any(probe_key) || !refers_to_any(build_key) ||
            !refers_only_to(probe_key, probe_side.output) || !refers_only_to(build_key, build_side.output)) {
          continue;
        }
        is_key = true;
        probe_keys.push_back(bind(probe_key, probe_side.output));
        build_keys.push_back(bind(build_key, build_side.output));
        null_safe.push_back(call->name == "<=>");
      }
    }
    if (!is_key) { rest.push_back(condition); }
  }

  Expressions both = probe_side.output;
  const Expressions probe_output = probe_side.output;
  const Expressions build_output = build_side.output;
  JoinDescription description;
  description.kind = kind;
  description.null_safe = std::move(null_safe);
  description.probe_keys = add_columns(probe_side, probe_keys);
  description.build_keys = add_columns(build_side, build_keys);
  description.probe_types = types_of(probe_side.output);
  description.build_types = types_of(build_side.output);
  both = probe_side.output;
  both.insert(both.end(), build_side.output.begin(), build_side.output.end());
  if (!rest.empty()) { description.residual = bind(conjunction_of(rest), both); }
  if (join.condition) { description.condition = bind(join.condition, both); }
  if (description.is_three_valued() && description.probe_keys.empty()) { description.residual = nullptr; }
  const std::size_t num_probe_columns = probe_side.output.size();

  auto hash_join = std::make_shared<HashJoin>(std::move(description));
  finish(std::move(build_side), hash_join);
  OpenPipeline result = std::move(probe_side);
  result.add(HashJoin::probe(hash_join));
  if (hash_join->needs_rest()) { result.inputs.push_back({HashJoin::rest(hash_join), {}}); }

  // Hidden key columns leave, and swapped sides come back to their places.
  Expressions list;
  result.output.clear();
  const auto take = [&](std::size_t first, const Expressions& attributes, bool becomes_nullable) {
    for (std::size_t i = 0; i < attributes.size(); ++i) {
      const Attribute& attribute = attribute_of(attributes[i]);
      Attribute output = attribute;
      output.nullable = output.nullable || becomes_nullable;
      list.push_back(column(static_cast<std::int32_t>(first + i), attribute.type, output.nullable));
      result.output.push_back(make_expression(std::move(output)));
    }
  };
  const bool pads_probe = kind == JoinKind::kRightOuter || kind == JoinKind::kFullOuter;
  const bool pads_build = kind == JoinKind::kLeftOuter || kind == JoinKind::kFullOuter || kind == JoinKind::kSingle;
  const bool gives_build = may_swap || kind == JoinKind::kSingle;
  if (is_swapped) { take(num_probe_columns, build_output, pads_build); }
  take(0, probe_output, pads_probe);
  if (!is_swapped && gives_build) { take(num_probe_columns, build_output, pads_build); }
  if (kind == JoinKind::kMark) {
    list.push_back(column(static_cast<std::int32_t>(num_probe_columns), TypeId::kBoolean));
    result.output.push_back(join.mark);
  }
  if (is_swapped || num_probe_columns != num_probe || both.size() != num_probe + num_build) {
    result.add(std::make_shared<ProjectOperator>(std::move(list)));
  }
  return result;
}

// ---- Set operations and recursion -----------------------------------------------------------------------------------

OpenPipeline Planner::build_set_operation(const SetOperation& node) {
  OpenPipeline result;
  if (node.kind == SetOperationKind::kUnion) {
    for (const auto& child : node.inputs) {
      OpenPipeline input = build(child);
      for (PipelineInput& part : input.inputs) { result.inputs.push_back(std::move(part)); }
      result.is_ordered = result.is_ordered || input.is_ordered;
    }
    result.output = node.output;
    return node.is_all ? std::move(result) : build_distinct(std::move(result));
  }
  // Each row with how often it stands left and right.
  Expressions counted;
  for (std::size_t side = 0; side < node.inputs.size(); ++side) {
    OpenPipeline input = build(node.inputs[side]);
    Expressions list = columns_of(input.output);
    list.push_back(make_bigint_literal(side == 0 ? 1 : 0));
    list.push_back(make_bigint_literal(side == 0 ? 0 : 1));
    input.add(std::make_shared<ProjectOperator>(std::move(list)));
    for (PipelineInput& part : input.inputs) { result.inputs.push_back(std::move(part)); }
    result.is_ordered = result.is_ordered || input.is_ordered;
  }
  const std::size_t num_columns = node.output.size();
  std::vector<AggregateStep> steps;
  for (std::size_t side = 0; side < 2; ++side) {
    steps.push_back(AggregateStep{bind_aggregate_by_name("sum", {DataType(TypeId::kBigint)}, context_.settings()),
                                  {static_cast<std::int32_t>(num_columns + side)},
                                  -1,
                                  false,
                                  false});
  }
  auto sink = std::make_shared<HashAggregate>(first_numbers(num_columns), types_of(node.output), std::move(steps));
  finish(std::move(result), sink);
  result = OpenPipeline{{{HashAggregate::result(sink), {}}}, {}};
  const bool is_except = node.kind == SetOperationKind::kExcept;
  result.add(std::make_shared<RepeatOperator>(num_columns, is_except ? RepeatRule::kExcept : RepeatRule::kIntersect,
                                              node.is_all));
  result.output = node.output;
  return result;
}

OpenPipeline Planner::build_recursive_union(const RecursiveUnion& node) {
  const std::vector<DataType> types = types_of(node.output);
  auto all = std::make_shared<std::vector<Batch>>();
  std::int64_t num_rows = 0;
  auto round = collect_batches(node.anchor, context_, recursion_);
  KeyLayout layout(types);
  GroupTable known(layout, 0, context_.memory());
  std::vector<std::byte*> rows;
  // UNION without ALL: rows that were there before do not come back.
  const auto keep_new = [&](std::vector<Batch>& batches) {
    if (node.is_all) { return; }
    for (Batch& batch : batches) {
      auto kept = std::make_shared<std::vector<std::int32_t>>();
      std::vector<const Vector*> keys;
      for (const Vector& vector : batch.columns) { keys.push_back(&vector); }
      for (std::int32_t row = 0; row < batch.num_rows; ++row) {
        rows.resize(1);
        std::vector<std::byte*> added;
        known.find_or_add(keys, RowSet{&row, 1}, rows.data(), added);
        if (!added.empty()) { kept->push_back(row); }
      }
      batch.selection = std::move(kept);
    }
  };
  for (std::int64_t level = 0;; ++level) {
    keep_new(*round);
    std::int64_t round_rows = 0;
    for (const Batch& batch : *round) {
      round_rows += batch.num_selected();
      if (batch.num_selected() > 0) { all->push_back(batch); }
    }
    if (round_rows == 0) { break; }
    num_rows += round_rows;
    if (context_.options().max_recursion_rows > 0 && num_rows > context_.options().max_recursion_rows) {
      throw SqlError("RECURSION_ROW_LIMIT_EXCEEDED",
                     {{"rowLimit", std::to_string(context_.options().max_recursion_rows)}});
    }
    if (node.max_level >= 0 && level >= node.max_level) {
      throw SqlError("RECURSION_LEVEL_LIMIT_EXCEEDED", {{"levelLimit", std::to_string(node.max_level)}});
    }
    RecursionRows inner = recursion_;
    inner[node.loop] = round;
    round = collect_batches(node.step, context_, inner);
  }
  return OpenPipeline{{{std::make_shared<BatchesSource>(all), {}}}, node.output};
}

// ---- Generate, window, sample ---------------------------------------------------------------------------------------

OpenPipeline Planner::build_generate(const Generate& node) {
  OpenPipeline input = build(node.child);
  input.add(
      std::make_shared<GenerateOperator>(bind(node.generator, input.output), types_of(node.output), node.is_outer));
  input.output.insert(input.output.end(), node.output.begin(), node.output.end());
  return input;
}

OpenPipeline Planner::build_window(const Window& node) {
  OpenPipeline input = build(node.child);
  const std::size_t num_columns = input.output.size();
  const Expressions child_output = input.output;
  Expressions needed;
  const auto need = [&](const ExpressionPtr& expression) {
    needed.push_back(bind(expression, child_output));
    return needed.size() - 1;
  };
  std::vector<std::size_t> partition;
  for (const auto& expression : node.partition_by) { partition.push_back(need(expression)); }
  std::vector<std::size_t> orders;
  for (const auto& order : node.order_by) {
    const auto* sort_order = order->get_if<SortOrder>();
    orders.push_back(need(sort_order != nullptr ? sort_order->child : order));
  }
  struct Needed {
    std::vector<std::size_t> arguments;
    std::optional<std::size_t> filter;
    std::optional<std::size_t> range_lower;
    std::optional<std::size_t> range_upper;
  };
  std::vector<Needed> needs;
  std::vector<WindowCall> calls;
  for (const auto& item : node.list) {
    const auto* alias = item->get_if<Alias>();
    const auto* window = (alias != nullptr ? alias->child : item)->get_if<WindowExpression>();
    if (window == nullptr) { throw InternalError("window operator holds no window expression"); }
    const auto* call = window->function->get_if<AggregateCall>();
    if (call == nullptr) { throw InternalError("window expression holds no aggregate call"); }
    WindowCall planned = make_window_call(*call, window->spec, window->function->origin, context_.settings());
    Needed need_of_call;
    for (const auto& argument : call->arguments) { need_of_call.arguments.push_back(need(argument)); }
    if (call->filter) { need_of_call.filter = need(call->filter); }
    if (planned.frame.unit == FrameUnit::kRange && !node.order_by.empty()) {
      const auto bound_value = [&](const FrameBound& bound) -> std::optional<std::size_t> {
        if (!bound.offset) { return std::nullopt; }
        const auto* order = node.order_by.front()->get_if<SortOrder>();
        const bool adds = (bound.kind == BoundKind::kFollowing) == order->is_ascending;
        return need(call_function(adds ? "+" : "-", {order->child, bound.offset}, context_.settings()));
      };
      need_of_call.range_lower = bound_value(planned.frame.lower);
      need_of_call.range_upper = bound_value(planned.frame.upper);
    } else {
      if (planned.frame.lower.offset) { planned.lower_offset = constant_count(planned.frame.lower.offset); }
      if (planned.frame.upper.offset) { planned.upper_offset = constant_count(planned.frame.upper.offset); }
    }
    needs.push_back(std::move(need_of_call));
    calls.push_back(std::move(planned));
  }
  const std::vector<std::int32_t> numbers = add_columns(input, needed);
  std::vector<SortKey> partition_keys;
  for (const std::size_t i : partition) { partition_keys.push_back(SortKey{numbers[i], true, true}); }
  std::vector<SortKey> order_keys;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const auto* order = node.order_by[i]->get_if<SortOrder>();
    order_keys.push_back(
        SortKey{numbers[orders[i]], order == nullptr || order->is_ascending, order == nullptr || order->nulls_first});
  }
  for (std::size_t i = 0; i < calls.size(); ++i) {
    for (const std::size_t argument : needs[i].arguments) { calls[i].arguments.push_back(numbers[argument]); }
    if (needs[i].filter) { calls[i].filter = numbers[*needs[i].filter]; }
    if (needs[i].range_lower) { calls[i].range_lower = numbers[*needs[i].range_lower]; }
    if (needs[i].range_upper) { calls[i].range_upper = numbers[*needs[i].range_upper]; }
  }
  std::vector<SortKey> all_keys = partition_keys;
  all_keys.insert(all_keys.end(), order_keys.begin(), order_keys.end());
  const std::vector<DataType> types = types_of(input.output);
  auto sorter = std::make_shared<RowSorter>(types, all_keys);
  OpenPipeline result{{{RowSorter::result(sorter), {}}}, child_output, true};
  finish(std::move(input), sorter);
  result.add(
      std::make_shared<WindowOperator>(types, std::move(partition_keys), std::move(order_keys), std::move(calls)));
  Expressions list = columns_of(child_output);
  const Expressions added = attributes_of(node.list);
  for (std::size_t i = 0; i < added.size(); ++i) {
    list.push_back(column(static_cast<std::int32_t>(types.size() + i), type_of(*added[i])));
    result.output.push_back(added[i]);
  }
  if (types.size() != num_columns) { result.add(std::make_shared<ProjectOperator>(std::move(list))); }
  return result;
}

OpenPipeline Planner::build_sample(const Sample& node) {
  OpenPipeline input = build(node.child);
  if (node.unit == SampleUnit::kRows) {
    input.add(std::make_shared<LimitOperator>(0, std::max<std::int64_t>(constant_count(node.num_rows), 0)));
    input.is_ordered = true;
    return input;
  }
  const std::int64_t seed = node.seed ? *node.seed : context_.settings().query_seed;
  input.add(std::make_shared<SampleOperator>(node.lower, node.upper, node.with_replacement, seed));
  input.is_ordered = true;
  return input;
}

}  // namespace hammerscale::sql
