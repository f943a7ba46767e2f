#pragma once

#include <string_view>
#include <vector>

#include "sql/functions/aggregate_function.hpp"
#include "sql/functions/evaluation_context.hpp"
#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// What the registry says of an analysed call, whose arguments have their types already.
BoundAggregate bind_aggregate_call(const AggregateCall& call, Origin origin, const EvaluationContext& context);
BoundAggregate bind_aggregate_by_name(std::string_view name, std::vector<DataType> types,
                                      const EvaluationContext& context);
BoundWindowFunction bind_window_call(const AggregateCall& call, Origin origin, const EvaluationContext& context);

/// A call of a built-in scalar function, its arguments cast as the function asks.
ExpressionPtr call_function(std::string_view name, Expressions arguments, const EvaluationContext& context);

}  // namespace hammerscale::sql
