#include <algorithm>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

bool is_literal(const ExpressionPtr& expression, bool value) {
  const auto* literal = expression->get_if<Literal>();
  return literal != nullptr && literal->type.id() == TypeId::kBoolean && !literal->value.is_null() &&
         literal->value.as_bool() == value;
}

const FunctionCall* call_of(const ExpressionPtr& expression, std::string_view name) {
  const auto* call = expression->get_if<FunctionCall>();
  return call != nullptr && call->name == name ? call : nullptr;
}

std::string_view negated(std::string_view name) {
  if (name == "<") { return ">="; }
  if (name == "<=") { return ">"; }
  if (name == ">") { return "<="; }
  if (name == ">=") { return "<"; }
  return {};
}

void collect(const ExpressionPtr& expression, std::string_view name, Expressions& parts) {
  if (const auto* call = call_of(expression, name)) {
    for (const auto& argument : call->arguments) { collect(argument, name, parts); }
  } else {
    parts.push_back(expression);
  }
}

bool has(const Expressions& parts, const ExpressionPtr& wanted) {
  return std::ranges::any_of(parts, [&](const auto& part) { return semantically_equal(part, wanted); });
}

// (a AND b) OR (a AND c) is a AND (b OR c): then a can be pushed down. Nothing is left of a side that was only a.
ExpressionPtr factor_or(const FunctionCall& either, AnalyzerContext& context) {
  const Expressions left = split_conjunction(either.arguments[0]);
  const Expressions right = split_conjunction(either.arguments[1]);
  Expressions common;
  Expressions left_rest;
  Expressions right_rest;
  for (const auto& part : left) { (has(right, part) && is_deterministic(*part) ? common : left_rest).push_back(part); }
  if (common.empty()) { return nullptr; }
  for (const auto& part : right) {
    if (!has(common, part)) { right_rest.push_back(part); }
  }
  if (left_rest.empty() || right_rest.empty()) { return join_conjunction(common); }
  return conjunction(join_conjunction(common),
                     call_builtin("or", {join_conjunction(left_rest), join_conjunction(right_rest)}, context));
}

ExpressionPtr simplify_junction(const ExpressionPtr& expression, const FunctionCall& call, AnalyzerContext& context) {
  const bool is_and = call.name == "and";
  const ExpressionPtr& a = call.arguments[0];
  const ExpressionPtr& b = call.arguments[1];
  if (is_literal(a, is_and)) { return b; }
  if (is_literal(b, is_and)) { return a; }
  if (is_literal(a, !is_and)) { return a; }
  // An error in a must not go away unseen, so only an operand that cannot fail is dropped.
  if (is_literal(b, !is_and) && !may_fail(a)) { return b; }
  Expressions parts;
  collect(expression, call.name, parts);
  if (parts.size() > 64) { return expression; }
  Expressions once;
  for (const auto& part : parts) {
    if (!is_deterministic(*part) || !has(once, part)) { once.push_back(part); }
  }
  if (once.size() < parts.size()) {
    ExpressionPtr joined = once[0];
    for (std::size_t i = 1; i < once.size(); ++i) { joined = call_builtin(call.name, {joined, once[i]}, context); }
    return joined;
  }
  if (!is_and) {
    if (ExpressionPtr factored = factor_or(call, context)) { return factored; }
  }
  return expression;
}

ExpressionPtr simplify_not(const ExpressionPtr& expression, const FunctionCall& call, AnalyzerContext& context) {
  const ExpressionPtr& inner = call.arguments[0];
  if (is_literal(inner, true)) { return make_bool_literal(false); }
  if (is_literal(inner, false)) { return make_bool_literal(true); }
  const auto* negation = inner->get_if<FunctionCall>();
  if (negation == nullptr) { return expression; }
  if (negation->name == "not") { return negation->arguments[0]; }
  if (const auto opposite = negated(negation->name); !opposite.empty()) {
    return call_builtin(opposite, negation->arguments, context, expression->origin);
  }
  if (negation->name == "isnull") {
    return call_builtin("isnotnull", negation->arguments, context, expression->origin);
  }
  if (negation->name == "isnotnull") {
    return call_builtin("isnull", negation->arguments, context, expression->origin);
  }
  if (negation->name == "and" || negation->name == "or") {
    Expressions sides;
    for (const auto& side : negation->arguments) { sides.push_back(call_builtin("not", {side}, context)); }
    return call_builtin(negation->name == "and" ? "or" : "and", std::move(sides), context, expression->origin);
  }
  return expression;
}

ExpressionPtr simplify(const ExpressionPtr& expression, AnalyzerContext& context) {
  const auto* call = expression->get_if<FunctionCall>();
  if (call == nullptr) { return expression; }
  if ((call->name == "and" || call->name == "or") && call->arguments.size() == 2) {
    return simplify_junction(expression, *call, context);
  }
  if (call->name == "not") { return simplify_not(expression, *call, context); }
  const bool is_null_test = call->name == "isnull" || call->name == "isnotnull";
  if (is_null_test && !is_nullable(*call->arguments[0]) && !may_fail(call->arguments[0])) {
    return make_bool_literal(call->name == "isnotnull");
  }
  // x = true is x.
  if (call->name == "=" && call->arguments.size() == 2) {
    if (is_literal(call->arguments[1], true)) { return call->arguments[0]; }
    if (is_literal(call->arguments[0], true)) { return call->arguments[1]; }
  }
  return expression;
}

}  // namespace

/// Drops what decides nothing from AND, OR and NOT, and takes common factors out of ORs.
PlanPtr simplify_booleans(const PlanPtr& plan, AnalyzerContext& context) {
  const PlanPtr simple =
      transform_expressions(plan, [&](const ExpressionPtr& part) { return simplify(part, context); });
  return transform_up(simple, [](const PlanPtr& node) -> PlanPtr {
    const auto* filter = node->get_if<Filter>();
    return filter != nullptr && is_literal(filter->condition, true) ? filter->child : node;
  });
}

}  // namespace hammerscale::sql
