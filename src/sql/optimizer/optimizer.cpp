#include "sql/optimizer/optimizer.hpp"

#include <set>
#include <string>

namespace hammerscale::sql {

namespace {

constexpr int kMostRounds = 100;

std::set<std::string> excluded_rules(const AnalyzerContext& context) {
  std::set<std::string> names;
  const auto found = context.settings.find("spark.sql.optimizer.excludedRules");
  if (found == context.settings.end()) { return names; }
  std::string name;
  for (const char c : found->second + ",") {
    if (c == ',') {
      if (!name.empty()) { names.insert(fold_name(name)); }
      name.clear();
    } else if (c != ' ') {
      name += c;
    }
  }
  return names;
}

}  // namespace

const std::vector<RuleBatch>& optimizer_batches() {
  static const std::vector<RuleBatch> batches = {
      {"finish analysis",
       1,
       {{"eliminate_aliases", eliminate_aliases, true}, {"pull_out_grouping", pull_out_grouping, true}}},
      {"subqueries",
       kMostRounds,
       {{"rewrite_subqueries", rewrite_subqueries, true}, {"rewrite_lateral_joins", rewrite_lateral_joins, true}}},
      {"operators",
       kMostRounds,
       {{"combine_unions", combine_unions},
        {"fold_constants", fold_constants},
        {"simplify_booleans", simplify_booleans},
        {"simplify_conditionals", simplify_conditionals},
        {"simplify_casts", simplify_casts},
        {"simplify_like", simplify_like},
        {"optimize_in", optimize_in},
        {"outer_join_to_inner", outer_join_to_inner},
        {"push_filter_down", push_filter_down},
        {"combine_filters", combine_filters},
        {"combine_projects", combine_projects},
        {"push_limit_down", push_limit_down},
        {"combine_limits", combine_limits},
        {"remove_redundant_sorts", remove_redundant_sorts},
        {"remove_redundant_distinct", remove_redundant_distinct},
        {"prune_columns", prune_columns},
        {"propagate_empty_relations", propagate_empty_relations}}}};
  return batches;
}

PlanPtr optimize(const PlanPtr& plan, AnalyzerContext& context) {
  const auto excluded = excluded_rules(context);
  const auto max_rounds = context.number("spark.sql.optimizer.maxIterations", kMostRounds);
  PlanPtr current = plan;
  for (const RuleBatch& batch : optimizer_batches()) {
    for (int round = 0; round < batch.max_rounds && round < max_rounds; ++round) {
      const PlanPtr before = current;
      for (const OptimizerRule& rule : batch.rules) {
        if (!rule.is_required && excluded.contains(std::string(rule.name))) { continue; }
        current = rule.apply(current, context);
      }
      // Rules may rebuild what they did not change; then the plans are equal though not the same.
      if (current == before || equal(current, before)) { break; }
    }
  }
  return current;
}

PlanPtr transform_expressions(const PlanPtr& plan, const std::function<ExpressionPtr(const ExpressionPtr&)>& f) {
  return transform_up(plan, [&](const PlanPtr& node) {
    return map_expressions(node, [&](const ExpressionPtr& expression) { return transform_up(expression, f); });
  });
}

bool may_fail(const ExpressionPtr& expression) {
  // Division, casts and the like raise errors; what cannot is few enough to be listed.
  return contains(expression, [](const Expression& part) {
    if (const auto* cast = part.get_if<Cast>()) { return cast->mode == CastMode::kAnsi && !cast->type.is_string(); }
    const auto* call = part.get_if<FunctionCall>();
    if (call == nullptr) { return part.is<SubqueryExpression>(); }
    static const std::set<std::string, std::less<>> kSafe = {"=",
                                                             "<=>",
                                                             "<",
                                                             "<=",
                                                             ">",
                                                             ">=",
                                                             "<>",
                                                             "!=",
                                                             "==",
                                                             "and",
                                                             "or",
                                                             "not",
                                                             "isnull",
                                                             "isnotnull",
                                                             "in",
                                                             "like",
                                                             "ilike",
                                                             "rlike",
                                                             "if",
                                                             "coalesce",
                                                             "nvl",
                                                             "ifnull",
                                                             "between",
                                                             "upper",
                                                             "lower",
                                                             "substring",
                                                             "substr",
                                                             "trim",
                                                             "concat",
                                                             "length",
                                                             "year",
                                                             "month",
                                                             "day",
                                                             "startswith",
                                                             "endswith",
                                                             "contains",
                                                             "get_struct_field",
                                                             "&",
                                                             "|",
                                                             "^",
                                                             "isnan",
                                                             "nullif"};
    return !kSafe.contains(call->name);
  });
}

}  // namespace hammerscale::sql
