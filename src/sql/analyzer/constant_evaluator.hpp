#pragma once

#include <optional>

#include "sql/functions/evaluation_context.hpp"
#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// Value of an analysed expression without columns (is_foldable), by walking its tree one value at a time: for
/// constants in plans, not for rows.
/// @throws SqlError what its functions and casts throw
Value evaluate_constant(const ExpressionPtr& expression, EvaluationContext& context);

/// None where it fails, or holds what has no value without rows.
std::optional<Value> try_evaluate_constant(const ExpressionPtr& expression, EvaluationContext& context);

}  // namespace hammerscale::sql
