#include <algorithm>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

/// Takes repeated values out of IN lists; a list of one value becomes =.
PlanPtr optimize_in(const PlanPtr& plan, AnalyzerContext& context) {
  return transform_expressions(plan, [&](const ExpressionPtr& part) -> ExpressionPtr {
    const auto* call = part->get_if<FunctionCall>();
    if (call == nullptr || call->name != "in" || call->arguments.size() < 2) { return part; }
    // Values by hash, so that lists of thousands do not take a comparison of each with each.
    std::multimap<std::size_t, ExpressionPtr> seen;
    FunctionCall once = *call;
    once.arguments = {call->arguments[0]};
    for (std::size_t i = 1; i < call->arguments.size(); ++i) {
      const ExpressionPtr& value = call->arguments[i];
      const auto [begin, end] = seen.equal_range(hash_of(value));
      const bool is_known = value->is<Literal>() &&
                            std::any_of(begin, end, [&](const auto& other) { return equal(other.second, value); });
      if (is_known) { continue; }
      seen.emplace(hash_of(value), value);
      once.arguments.push_back(value);
    }
    if (once.arguments.size() == 2) { return call_builtin("=", std::move(once.arguments), context, part->origin); }
    if (once.arguments.size() == call->arguments.size()) { return part; }
    return make_expression(std::move(once), part->origin);
  });
}

}  // namespace hammerscale::sql
