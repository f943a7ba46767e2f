#pragma once

#include "sql/analyzer/analyzer.hpp"

namespace hammerscale::sql {

/// An item of an Aggregate without GROUP BY as it is for an input without rows: count() is 0, sum() is NULL. Computed
/// by the functions themselves, so it holds for any aggregate.
ExpressionPtr value_over_no_rows(const ExpressionPtr& item, AnalyzerContext& context);

}  // namespace hammerscale::sql
