#pragma once

#include <optional>
#include <set>

#include "sql/optimizer/decorrelation.hpp"

namespace hammerscale::sql {

/// Decorrelates by moving the predicates that use outer columns out of the subquery. None where an operator is in the
/// way.
/// @param available  ids of the outer query's columns
std::optional<Decorrelated> pull_up_predicates(const PlanPtr& subquery, const std::set<AttributeId>& available,
                                               SubqueryUse use, AnalyzerContext& context);

}  // namespace hammerscale::sql
