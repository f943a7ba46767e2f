#include "sql/exec/function_calls.hpp"

#include <deque>
#include <span>
#include <string>
#include <utility>

#include "hammerscale/base/error.hpp"
#include "sql/exec/expression_program.hpp"
#include "sql/functions/registry.hpp"

namespace hammerscale::sql {

namespace {

/// Values of constant arguments that are no literals, where a CallInput can point at them.
using ConstantValues = std::deque<Value>;

/// The value of an expression without columns; null when there is none, or computing it fails.
const Value* constant_of(const ExpressionPtr& argument, const EvaluationContext& context, ConstantValues& values) {
  if (const auto* literal = argument->get_if<Literal>()) { return &literal->value; }
  if (!is_foldable(*argument)) { return nullptr; }
  try {
    EvaluationContext evaluation = context;
    ExpressionProgram program = ExpressionProgram::compile(std::span(&argument, 1), evaluation);
    Batch row;
    row.num_rows = 1;
    std::vector<Vector> results;
    program.evaluate(row, results);
    return &values.emplace_back(results.front().value(0));
  } catch (const UserError&) { return nullptr; }
}

void describe_arguments(const Expressions& arguments, const EvaluationContext& context, CallInput& input,
                        ConstantValues& values) {
  for (const auto& argument : arguments) {
    input.types.push_back(type_of(*argument));
    input.nullable.push_back(is_nullable(*argument));
    input.constants.push_back(constant_of(argument, context, values));
    input.sql.push_back(to_sql(*argument));
  }
  input.context = &context;
}

const AggregateFunction& find_aggregate(std::string_view name) {
  const AggregateFunction* function = builtin_functions().find_aggregate(name);
  if (function == nullptr) {
    throw InternalError("analysed call of an unknown aggregate function", {{"function", std::string(name)}});
  }
  return *function;
}

}  // namespace

BoundAggregate bind_aggregate_call(const AggregateCall& call, Origin origin, const EvaluationContext& context) {
  AggregateInput input;
  input.name = call.name;
  input.origin = origin;
  ConstantValues values;
  describe_arguments(call.arguments, context, input, values);
  input.is_distinct = call.is_distinct;
  input.ignore_nulls = call.ignore_nulls;
  for (const auto& order : call.within_group) {
    const auto* sort_order = order->get_if<SortOrder>();
    input.within_group.push_back(type_of(sort_order != nullptr ? *sort_order->child : *order));
    input.within_group_ascending.push_back(sort_order == nullptr || sort_order->is_ascending);
    input.within_group_nulls_first.push_back(sort_order == nullptr || sort_order->nulls_first);
  }
  BoundAggregate bound = find_aggregate(call.name).bind(input);
  if (bound.type.same_but_nullability(call.type)) { return bound; }
  // The result's type follows the arguments as they were before the analyzer's casts, as in percentile_approx.
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const auto* cast = call.arguments[i]->get_if<Cast>();
    if (cast != nullptr && cast->is_implicit) { input.types[i] = type_of(*cast->child); }
  }
  BoundAggregate before_casts = find_aggregate(call.name).bind(input);
  for (std::size_t i = 0; i < call.arguments.size() && i < before_casts.argument_types.size(); ++i) {
    if (!before_casts.argument_types[i].same_but_nullability(type_of(*call.arguments[i]))) { return bound; }
  }
  return before_casts.type.same_but_nullability(call.type) ? std::move(before_casts) : std::move(bound);
}

BoundAggregate bind_aggregate_by_name(std::string_view name, std::vector<DataType> types,
                                      const EvaluationContext& context) {
  AggregateInput input;
  input.name = name;
  input.nullable.assign(types.size(), true);
  input.constants.assign(types.size(), nullptr);
  input.sql.assign(types.size(), std::string());
  input.types = std::move(types);
  input.context = &context;
  return find_aggregate(name).bind(input);
}

BoundWindowFunction bind_window_call(const AggregateCall& call, Origin origin, const EvaluationContext& context) {
  const WindowFunction* function = builtin_functions().find_window(call.name);
  if (function == nullptr) {
    throw InternalError("analysed call of an unknown window function", {{"function", call.name}});
  }
  CallInput input;
  input.name = call.name;
  input.origin = origin;
  ConstantValues values;
  describe_arguments(call.arguments, context, input, values);
  return function->bind(input);
}

ExpressionPtr call_function(std::string_view name, Expressions arguments, const EvaluationContext& context) {
  const ScalarFunction* function = builtin_functions().find_scalar(name);
  if (function == nullptr) { throw InternalError("unknown function", {{"function", std::string(name)}}); }
  CallInput input;
  input.name = name;
  ConstantValues values;
  describe_arguments(arguments, context, input, values);
  const BoundFunction bound = function->bind(input);
  for (std::size_t i = 0; i < arguments.size() && i < bound.argument_types.size(); ++i) {
    if (!type_of(*arguments[i]).same_but_nullability(bound.argument_types[i])) {
      arguments[i] = make_expression(Cast{arguments[i], bound.argument_types[i], CastMode::kAnsi, true});
    }
  }
  return make_expression(FunctionCall{std::string(name), std::move(arguments), bound.type, bound.nullable});
}

}  // namespace hammerscale::sql
