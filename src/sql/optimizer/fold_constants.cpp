#include <optional>

#include "sql/analyzer/constant_evaluator.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

// What only stands for a place or a list, or prints better as written.
bool is_worth_folding(const Expression& expression) {
  return expression.is<FunctionCall>() || expression.is<Cast>() || expression.is<CaseWhen>();
}

}  // namespace

/// Computes constant parts. One that raises an error stays as it is: the error belongs to the rows that need it.
PlanPtr fold_constants(const PlanPtr& plan, AnalyzerContext& context) {
  return transform_expressions(plan, [&](const ExpressionPtr& part) -> ExpressionPtr {
    if (!is_worth_folding(*part) || !is_foldable(*part)) { return part; }
    auto value = try_evaluate_constant(part, *context.evaluation);
    if (!value) { return part; }
    return make_literal(std::move(*value), type_of(*part), part->origin);
  });
}

}  // namespace hammerscale::sql
