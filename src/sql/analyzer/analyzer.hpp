#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sql/catalog/session_catalog.hpp"
#include "sql/functions/evaluation_context.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

/// What a statement's meaning depends on beside its text.
struct AnalyzerContext {
  SessionCatalog* catalog = nullptr;        ///< Never null. Sources of tables that plans read are added to it.
  EvaluationContext* evaluation = nullptr;  ///< Never null. Settings, and memory for constants that are computed.
  std::map<std::string, std::string> settings = {};       ///< spark.sql.* keys that are set.
  std::map<std::string, ExpressionPtr> named_parameters = {};  ///< By name without the colon; Literals.
  Expressions positional_parameters = {};

  [[nodiscard]] bool flag(std::string_view key, bool when_unset) const;
  [[nodiscard]] std::int64_t number(std::string_view key, std::int64_t when_unset) const;
};

/// Gives every name its column, every call its function and every expression its type.
///
/// Parts that are analysed already stay as they are, so plans of DataFrames can be built on each other.
///
/// @param plan  from the parser or from DataFrame calls. Of commands, the plans inside are analysed.
/// @throws SqlError  one of Spark's error conditions, with the place in the text where it is known.
PlanPtr analyze(const PlanPtr& plan, AnalyzerContext& context);

/// An expression without columns, such as a variable's default or a parameter's value.
ExpressionPtr analyze_constant(const ExpressionPtr& expression, AnalyzerContext& context);

/// An expression over the columns of an analysed plan: filters and projections of DataFrames, UPDATE and DELETE.
ExpressionPtr analyze_over(const ExpressionPtr& expression, const Plan& child, AnalyzerContext& context);

}  // namespace hammerscale::sql
