#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

std::optional<bool> known_truth(const ExpressionPtr& condition) {
  const auto* literal = condition->get_if<Literal>();
  if (literal == nullptr) { return std::nullopt; }
  return !literal->value.is_null() && literal->value.as_bool();
}

ExpressionPtr simplify_case(const ExpressionPtr& expression, const CaseWhen& choice) {
  CaseWhen kept;
  kept.otherwise = choice.otherwise;
  bool changed = false;
  for (const auto& [condition, value] : choice.branches) {
    const auto truth = known_truth(condition);
    if (!truth) {
      kept.branches.emplace_back(condition, value);
      continue;
    }
    changed = true;
    if (*truth) {
      // The rest is never reached.
      kept.otherwise = value;
      break;
    }
  }
  if (!changed) { return expression; }
  if (!kept.branches.empty()) { return make_expression(std::move(kept), expression->origin); }
  return kept.otherwise ? kept.otherwise : make_null_literal(type_of(*expression));
}

ExpressionPtr simplify_coalesce(const ExpressionPtr& expression, const FunctionCall& call) {
  FunctionCall kept = call;
  kept.arguments.clear();
  for (const auto& argument : call.arguments) {
    const auto* literal = argument->get_if<Literal>();
    if (literal != nullptr && literal->value.is_null()) { continue; }
    kept.arguments.push_back(argument);
    if (!is_nullable(*argument)) { break; }
  }
  if (kept.arguments.size() == call.arguments.size()) { return expression; }
  if (kept.arguments.empty()) { return make_null_literal(call.type); }
  if (kept.arguments.size() == 1 && type_of(*kept.arguments[0]) == call.type) { return kept.arguments[0]; }
  if (kept.arguments.size() == 1) { return cast_implicitly(kept.arguments[0], call.type); }
  return make_expression(std::move(kept), expression->origin);
}

}  // namespace

/// Decides CASE, IF and COALESCE as far as constants do.
PlanPtr simplify_conditionals(const PlanPtr& plan, AnalyzerContext& /*context*/) {
  return transform_expressions(plan, [](const ExpressionPtr& part) -> ExpressionPtr {
    if (const auto* choice = part->get_if<CaseWhen>()) { return simplify_case(part, *choice); }
    const auto* call = part->get_if<FunctionCall>();
    if (call == nullptr) { return part; }
    if (call->name == "coalesce") { return simplify_coalesce(part, *call); }
    if (call->name == "if" && call->arguments.size() == 3) {
      if (const auto truth = known_truth(call->arguments[0])) { return call->arguments[*truth ? 1 : 2]; }
      if (semantically_equal(call->arguments[1], call->arguments[2]) && is_deterministic(*part) &&
          !may_fail(call->arguments[0])) {
        return call->arguments[1];
      }
    }
    return part;
  });
}

}  // namespace hammerscale::sql
