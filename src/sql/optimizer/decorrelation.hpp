#pragma once

#include <map>
#include <set>

#include "sql/analyzer/analyzer.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

/// A subquery that no longer depends on each outer row: a plan by itself, and what a row of it must fulfil to belong to
/// an outer row. Conditions hold the outer columns as plain attributes, ready for a join.
struct Decorrelated {
  PlanPtr plan;  ///< Gives the subquery's columns under their ids, and those that the conditions need.
  Expressions conditions;
  /// Values of the subquery's columns above a left join where they are not the columns themselves: count() of no rows
  /// is 0, where the join gives NULL. By id.
  std::map<AttributeId, ExpressionPtr> values;
};

/// How the rows of the subquery are used.
enum class SubqueryUse : std::uint8_t {
  kRows,    ///< All rows: LATERAL.
  kExists,  ///< Whether there is one: EXISTS and IN.
  kValue,   ///< One value by a left join: a scalar subquery.
};

/// Takes a subquery's dependence on the columns of `outer` apart. References to queries further out stay.
///
/// First correlated predicates are pulled up to the join, with equalities through aggregates as further grouping keys.
/// Where that does not do (aggregates above which more happens, LIMIT, set operations, windows, outer joins, predicates
/// that are no equalities below an aggregate), the general form of Neumann and Kemper: the subquery is computed for D,
/// the distinct values of the outer columns it uses, and joined back with them by IS NOT DISTINCT FROM.
///
/// @throws SqlError UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.*  a recursive query uses outer columns
Decorrelated decorrelate(const PlanPtr& subquery, const PlanPtr& outer, SubqueryUse use, AnalyzerContext& context);

/// Whether the plan has outer references to any of these columns.
bool depends_on(const PlanPtr& plan, const std::set<AttributeId>& columns);

}  // namespace hammerscale::sql
