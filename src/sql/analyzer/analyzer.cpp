#include "sql/analyzer/analyzer.hpp"

#include <algorithm>
#include <charconv>

#include "sql/analyzer/plan_columns.hpp"
#include "sql/analyzer/resolver.hpp"

namespace hammerscale::sql {

namespace {

// Beyond this, recursion over operators would come near the end of an 8 MiB stack.
constexpr int kDeepestPlan = 1200;

// An item that an earlier analysis named.
bool is_settled(const ExpressionPtr& item) { return is_resolved(*item) && id_of(item) != 0; }

template <typename... Handlers>
struct Overloaded : Handlers... {
  using Handlers::operator()...;
};

}  // namespace

bool AnalyzerContext::flag(std::string_view key, bool when_unset) const {
  const auto found = settings.find(std::string(key));
  return found == settings.end() ? when_unset : same_name(found->second, "true");
}

std::int64_t AnalyzerContext::number(std::string_view key, std::int64_t when_unset) const {
  const auto found = settings.find(std::string(key));
  if (found == settings.end()) { return when_unset; }
  std::int64_t value = when_unset;
  std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
  return value;
}

PlanPtr Resolver::resolve(const PlanPtr& plan) {
  if (++depth_ > kDeepestPlan) {
    depth_ = 0;
    throw SqlError("FAILED_TO_PARSE_TOO_COMPLEX", {}, plan->origin);
  }
  const Origin origin = plan->origin;
  const auto below = [&] { return map_children(plan, [&](const PlanPtr& child) { return resolve(child); }); };
  PlanPtr resolved =
      std::visit(Overloaded{[&](const UnresolvedRelation& node) { return resolve_relation(node, origin); },
                            [&](const UnresolvedTableFunction& node) { return resolve_table_function(node, origin); },
                            [&](const InlineTable& node) { return resolve_inline_table(node, origin); },
                            [&](const Project& node) { return resolve_project(node, origin); },
                            [&](const Filter& node) { return resolve_filter(node, origin); },
                            [&](const Aggregate& node) {
                              // Keys of one that is analysed may be literals, which must not be taken for positions.
                              const bool is_analysed =
                                  node.kind == GroupingKind::kPlain && std::ranges::all_of(node.list, is_settled) &&
                                  std::ranges::all_of(node.grouping, [](const auto& key) { return is_resolved(*key); });
                              return is_analysed && !node.list.empty() ? below() : resolve_aggregate(node, origin);
                            },
                            [&](const Sort& node) { return resolve_sort(node, origin); },
                            [&](const Limit& node) { return resolve_limit(node.child, node.count, false, origin); },
                            [&](const Offset& node) { return resolve_limit(node.child, node.count, true, origin); },
                            [&](const Deduplicate& node) { return resolve_deduplicate(node, origin); },
                            [&](const SubqueryAlias& node) { return resolve_alias(node, origin); },
                            [&](const With& node) { return resolve_with(node, origin); },
                            [&](const Having& node) { return resolve_having(node, origin); },
                            [&](const Qualify& node) { return resolve_qualify(node, origin); },
                            [&](const NamedWindows& node) {
                              windows_.push_back(&node.windows);
                              PlanPtr child = resolve(node.child);
                              windows_.pop_back();
                              return child;
                            },
                            [&](const Generate& node) { return resolve_generate(node, origin); },
                            [&](const Pivot& node) { return resolve_pivot(node, origin); },
                            [&](const Unpivot& node) { return resolve_unpivot(node, origin); },
                            [&](const Sample& node) { return resolve_sample(node, origin); },
                            [&](const Repartition& node) { return resolve_repartition(node, origin); },
                            [&](const EditColumns& node) { return resolve_edit_columns(node, origin); },
                            [&](const Join& node) { return resolve_join(node, origin); },
                            [&](const SetOperation& node) { return resolve_set_operation(node, origin); },
                            [&](const Command& node) { return resolve_command(node, origin); },
                            [&](const auto&) { return below(); }},
                 plan->node);
  --depth_;
  return resolved;
}

PlanPtr analyze(const PlanPtr& plan, AnalyzerContext& context) {
  Resolver resolver(context);
  return resolver.resolve(plan);
}

ExpressionPtr analyze_constant(const ExpressionPtr& expression, AnalyzerContext& context) {
  Resolver resolver(context);
  Place place;
  return resolver.resolve_expression(expression, place);
}

ExpressionPtr analyze_over(const ExpressionPtr& expression, const Plan& child, AnalyzerContext& context) {
  Resolver resolver(context);
  Place place;
  place.names.levels.push_back(output_of(child));
  return resolver.resolve_expression(expression, place);
}

}  // namespace hammerscale::sql
