#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "sql/analyzer/analyzer.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

/// One rewriting of plans. A rule returns its argument itself where it changes nothing: that ends a batch.
struct OptimizerRule {
  std::string_view name;  ///< As spark.sql.optimizer.excludedRules names it; snake_case.
  PlanPtr (*apply)(const PlanPtr& plan, AnalyzerContext& context);
  bool is_required = false;  ///< Plans cannot run without it; excluding it changes nothing.
};

// Each in a file of its name.
PlanPtr eliminate_aliases(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr pull_out_grouping(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr rewrite_subqueries(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr rewrite_lateral_joins(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr fold_constants(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr simplify_booleans(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr simplify_conditionals(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr simplify_casts(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr simplify_like(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr optimize_in(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr combine_filters(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr combine_projects(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr combine_limits(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr combine_unions(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr push_filter_down(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr push_limit_down(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr prune_columns(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr outer_join_to_inner(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr remove_redundant_sorts(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr remove_redundant_distinct(const PlanPtr& plan, AnalyzerContext& context);
PlanPtr propagate_empty_relations(const PlanPtr& plan, AnalyzerContext& context);

/// Rewrites every expression of every operator, subqueries' plans included, bottom-up.
PlanPtr transform_expressions(const PlanPtr& plan, const std::function<ExpressionPtr(const ExpressionPtr&)>& f);

/// Whether evaluating it may raise an error or has an effect that repeats: such expressions are not moved to rows that
/// would not have been evaluated.
bool may_fail(const ExpressionPtr& expression);

}  // namespace hammerscale::sql
