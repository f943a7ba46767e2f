#include "sql/analyzer/builtin_call.hpp"

#include <utility>

#include "hammerscale/base/check.hpp"
#include "sql/analyzer/constant_evaluator.hpp"

namespace hammerscale::sql {

namespace {

// Errors of binding know no place unless the function had one; they get the call's.
template <typename F>
auto with_texts_on_error(CallInput& input, const Expressions& arguments, F&& bind) {
  // Texts of long arguments are made only for messages: a chain of n ANDs would otherwise cost n * n bytes.
  try {
    return bind(input);
  } catch (const SqlError&) { CallInputHolder::fill_texts(arguments, input); }
  return bind(input);
}

// Names of columns and of their fields matter to functions too: arrays_zip() calls its fields by them.
bool is_short(const Expression& expression) {
  if (const auto* call = expression.get_if<FunctionCall>()) {
    return call->name == kGetStructField && is_short(*call->arguments[0]);
  }
  return expression.is<Attribute>() || expression.is<Literal>() || expression.is<LambdaVariable>();
}

}  // namespace

void CallInputHolder::describe(std::string_view name, const Expressions& arguments, AnalyzerContext& context,
                               Origin origin, CallInput& input) {
  input.name = name;
  input.context = context.evaluation;
  input.origin = origin;
  values_.resize(arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Expression& argument = *arguments[i];
    const auto* lambda = argument.get_if<LambdaFunction>();
    const Expression& typed = lambda != nullptr ? *lambda->body : argument;
    input.types.push_back(type_of(typed));
    input.nullable.push_back(is_nullable(typed));
    input.sql.push_back(is_short(argument) ? to_sql(argument) : std::string());
    const Value* constant = nullptr;
    if (lambda == nullptr && is_foldable(argument)) {
      if (auto value = try_evaluate_constant(arguments[i], *context.evaluation)) {
        values_[i] = std::move(*value);
        constant = &values_[i];
      }
    }
    input.constants.push_back(constant);
  }
}

void CallInputHolder::fill_texts(const Expressions& arguments, CallInput& input) {
  for (std::size_t i = 0; i < arguments.size(); ++i) { input.sql[i] = to_sql(*arguments[i]); }
}

ExpressionPtr cast_implicitly(const ExpressionPtr& argument, const DataType& type) {
  const DataType from = type_of(*argument);
  if (from == type || from.same_but_nullability(type)) { return argument; }
  if (const auto* literal = argument->get_if<Literal>(); literal != nullptr && literal->value.is_null()) {
    return make_expression(Literal{Value(), type}, argument->origin);
  }
  if (const auto* lambda = argument->get_if<LambdaFunction>()) {
    LambdaFunction copy = *lambda;
    copy.body = cast_implicitly(copy.body, type);
    return make_expression(std::move(copy), argument->origin);
  }
  return make_expression(Cast{.child = argument, .type = type, .mode = CastMode::kAnsi, .is_implicit = true},
                         argument->origin);
}

ExpressionPtr bind_call(const ScalarFunction& function, std::string name, Expressions arguments,
                        AnalyzerContext& context, Origin origin) {
  CallInputHolder holder;
  CallInput input;
  holder.describe(name, arguments, context, origin, input);
  FunctionCall call;
  bool propagates = false;
  std::vector<DataType> argument_types;
  if (function.bind_generator) {
    BoundGenerator bound = with_texts_on_error(input, arguments, function.bind_generator);
    call.type = DataType::structure(std::move(bound.output));
    call.nullable = false;
    call.is_generator = true;
    argument_types = std::move(bound.argument_types);
  } else {
    BoundFunction bound = with_texts_on_error(input, arguments, function.bind);
    call.type = bound.type;
    call.nullable = bound.nullable;
    propagates = bound.nulls == NullPolicy::kPropagate;
    argument_types = std::move(bound.argument_types);
  }
  HS_CHECK(argument_types.size() >= arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    arguments[i] = cast_implicitly(arguments[i], argument_types[i]);
  }
  // A cast may bring NULLs where the argument has none, as from double to decimal.
  for (const auto& argument : arguments) { call.nullable = call.nullable || (propagates && is_nullable(*argument)); }
  call.is_deterministic = function.is_deterministic;
  call.name = std::move(name);
  call.arguments = std::move(arguments);
  return make_expression(std::move(call), origin);
}

ExpressionPtr call_builtin(std::string_view name, Expressions arguments, AnalyzerContext& context, Origin origin) {
  const ScalarFunction* function = builtin_functions().find_scalar(name);
  HS_CHECK(function != nullptr);
  return bind_call(*function, std::string(name), std::move(arguments), context, origin);
}

ExpressionPtr bind_aggregate(const AggregateFunction& function, AggregateCall call, AnalyzerContext& context,
                             Origin origin) {
  CallInputHolder holder;
  AggregateInput input;
  holder.describe(call.name, call.arguments, context, origin, input);
  input.is_distinct = call.is_distinct;
  input.ignore_nulls = call.ignore_nulls;
  for (const auto& key : call.within_group) {
    const auto& order = *key->get_if<SortOrder>();
    input.within_group.push_back(type_of(*order.child));
    input.within_group_ascending.push_back(order.is_ascending);
  }
  const auto bind = [&](CallInput& described) { return function.bind(static_cast<AggregateInput&>(described)); };
  BoundAggregate bound = with_texts_on_error(input, call.arguments, bind);
  HS_CHECK(bound.argument_types.size() >= call.arguments.size());
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    call.arguments[i] = cast_implicitly(call.arguments[i], bound.argument_types[i]);
  }
  for (std::size_t i = 0; i < call.within_group.size(); ++i) {
    const std::size_t at = call.arguments.size() + i;
    if (at >= bound.argument_types.size()) { break; }
    SortOrder order = *call.within_group[i]->get_if<SortOrder>();
    order.child = cast_implicitly(order.child, bound.argument_types[at]);
    call.within_group[i] = make_expression(std::move(order), call.within_group[i]->origin);
  }
  call.type = bound.type;
  call.nullable = bound.nullable;
  if (bound.ignores_distinct) { call.is_distinct = false; }
  return make_expression(std::move(call), origin);
}

ExpressionPtr call_aggregate(std::string_view name, Expressions arguments, AnalyzerContext& context, Origin origin) {
  const AggregateFunction* function = builtin_functions().find_aggregate(name);
  HS_CHECK(function != nullptr);
  AggregateCall call;
  call.name = name;
  call.arguments = std::move(arguments);
  return bind_aggregate(*function, std::move(call), context, origin);
}

ExpressionPtr conjunction(const ExpressionPtr& a, const ExpressionPtr& b) {
  if (!a) { return b; }
  if (!b) { return a; }
  return make_expression(FunctionCall{
      .name = "and", .arguments = {a, b}, .type = TypeId::kBoolean, .nullable = is_nullable(*a) || is_nullable(*b)});
}

Expressions split_conjunction(const ExpressionPtr& condition) {
  Expressions parts;
  if (condition == nullptr) { return parts; }
  // Chains of ANDs lean left and can be long; this walks them without recursion.
  Expressions open = {condition};
  while (!open.empty()) {
    const ExpressionPtr next = open.back();
    open.pop_back();
    const auto* call = next->get_if<FunctionCall>();
    if (call != nullptr && call->name == "and") {
      open.insert(open.end(), call->arguments.rbegin(), call->arguments.rend());
    } else {
      parts.push_back(next);
    }
  }
  return parts;
}

ExpressionPtr join_conjunction(const Expressions& conditions) {
  ExpressionPtr joined;
  for (const auto& condition : conditions) { joined = conjunction(joined, condition); }
  return joined;
}

}  // namespace hammerscale::sql
