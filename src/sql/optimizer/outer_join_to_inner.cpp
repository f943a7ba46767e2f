#include <algorithm>
#include <set>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

// Whether the expression is NULL where these columns are all NULL.
bool is_null_with(const ExpressionPtr& expression, const std::set<AttributeId>& columns) {
  if (const auto* attribute = expression->get_if<Attribute>()) { return columns.contains(attribute->id); }
  if (const auto* cast = expression->get_if<Cast>()) { return is_null_with(cast->child, columns); }
  const auto* call = expression->get_if<FunctionCall>();
  if (call == nullptr) { return false; }
  static const std::set<std::string, std::less<>> kStrict = {
      "+",          "-",        "*",        "/",    "%",     "=",     "<",         "<=",
      ">",          ">=",       "like",     "not",  "upper", "lower", "substring", "substr",
      "startswith", "endswith", "contains", "year", "month", "day",   "abs",       "length"};
  if (call->name == "in") { return is_null_with(call->arguments[0], columns); }
  return kStrict.contains(call->name) &&
         std::ranges::any_of(call->arguments, [&](const auto& argument) { return is_null_with(argument, columns); });
}

// Whether a filter by it drops every row in which these columns are all NULL.
bool rejects_nulls(const ExpressionPtr& condition, const std::set<AttributeId>& columns) {
  const auto* call = condition->get_if<FunctionCall>();
  if (call != nullptr && call->name == "isnotnull") { return is_null_with(call->arguments[0], columns); }
  if (call != nullptr && call->name == "and") {
    return rejects_nulls(call->arguments[0], columns) || rejects_nulls(call->arguments[1], columns);
  }
  if (call != nullptr && call->name == "or") {
    return rejects_nulls(call->arguments[0], columns) && rejects_nulls(call->arguments[1], columns);
  }
  return is_null_with(condition, columns);
}

}  // namespace

/// An outer join under a filter that drops the rows it adds is an inner join, or one of one side less.
PlanPtr outer_join_to_inner(const PlanPtr& plan, AnalyzerContext& /*context*/) {
  return transform_up(plan, [](const PlanPtr& node) -> PlanPtr {
    const auto* filter = node->get_if<Filter>();
    const auto* join = filter != nullptr ? filter->child->get_if<Join>() : nullptr;
    if (join == nullptr) { return node; }
    const bool fills_right = join->kind == JoinKind::kLeftOuter || join->kind == JoinKind::kFullOuter;
    const bool fills_left = join->kind == JoinKind::kRightOuter || join->kind == JoinKind::kFullOuter;
    if (!fills_left && !fills_right) { return node; }
    const bool no_right = fills_right && rejects_nulls(filter->condition, output_ids(*join->right));
    const bool no_left = fills_left && rejects_nulls(filter->condition, output_ids(*join->left));
    if (!no_right && !no_left) { return node; }
    Join copy = *join;
    if (join->kind == JoinKind::kFullOuter && !(no_left && no_right)) {
      // Rows that only the right side has are dropped when the left's NULLs are, and the other way round.
      copy.kind = no_left ? JoinKind::kLeftOuter : JoinKind::kRightOuter;
    } else {
      copy.kind = copy.condition ? JoinKind::kInner : JoinKind::kCross;
    }
    return make_plan(Filter{make_plan(std::move(copy), filter->child->origin), filter->condition}, node->origin);
  });
}

}  // namespace hammerscale::sql
