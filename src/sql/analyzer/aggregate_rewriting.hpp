#pragma once

#include "sql/analyzer/analyzer.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

/// Expressions above an Aggregate in terms of its output. Grouping expressions and aggregate calls become attributes;
/// what the list lacks is added to it, under its regular name.
///
/// @param list  of the Aggregate; grows.
ExpressionPtr over_aggregate(const ExpressionPtr& expression, const Expressions& grouping, Expressions& list);

// The column that counts which keys a row's grouping set leaves out; bits as grouping_id() has them.
inline constexpr std::string_view kGroupingIdColumn = "spark_grouping_id";
// Placeholders until the grouping sets are known.
inline constexpr std::string_view kGroupingCall = "grouping";
inline constexpr std::string_view kGroupingIdCall = "grouping_id";

/// Expressions above an Expand of grouping sets: keys become the Expand's columns (inside aggregate functions they
/// stay), grouping() and grouping_id() bits of the grouping id.
///
/// @param keys     as they were written, resolved; `columns` are the Expand's, one a key.
/// @throws SqlError GROUPING_COLUMN_MISMATCH, GROUPING_ID_COLUMN_MISMATCH
ExpressionPtr over_grouping_sets(const ExpressionPtr& expression, const Expressions& keys, const Expressions& columns,
                                 const ExpressionPtr& grouping_id, AnalyzerContext& context);

}  // namespace hammerscale::sql
