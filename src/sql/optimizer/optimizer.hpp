#pragma once

#include <string_view>
#include <vector>

#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

/// Rules that run together until a round changes nothing.
struct RuleBatch {
  std::string_view name;
  int max_rounds = 1;
  std::vector<OptimizerRule> rules;
};

/// The batches in the order in which they run.
const std::vector<RuleBatch>& optimizer_batches();

/// An equivalent plan that runs faster, and that has no subquery expressions, lateral joins or aliases left.
///
/// spark.sql.optimizer.excludedRules names rules to leave out, separated by commas (required ones stay);
/// spark.sql.optimizer.maxIterations bounds the rounds of a batch (100).
///
/// @param plan  analysed. Commands are optimized inside.
PlanPtr optimize(const PlanPtr& plan, AnalyzerContext& context);

}  // namespace hammerscale::sql
