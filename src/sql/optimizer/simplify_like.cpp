#include <string>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/optimizer/rule.hpp"

namespace hammerscale::sql {

namespace {

const std::string* constant_pattern(const FunctionCall& call) {
  if (call.name != "like" || call.arguments.size() != 2) { return nullptr; }
  const auto* literal = call.arguments[1]->get_if<Literal>();
  const bool is_text = literal != nullptr && literal->type.is_string() && !literal->value.is_null();
  return is_text ? &literal->value.as_string() : nullptr;
}

}  // namespace

/// LIKE with wildcards at the ends only becomes startswith, endswith, contains or =.
PlanPtr simplify_like(const PlanPtr& plan, AnalyzerContext& context) {
  return transform_expressions(plan, [&](const ExpressionPtr& part) -> ExpressionPtr {
    const auto* call = part->get_if<FunctionCall>();
    const std::string* pattern = call != nullptr ? constant_pattern(*call) : nullptr;
    if (pattern == nullptr || pattern->empty()) { return part; }
    // Escapes and inner wildcards stay with the matcher.
    if (pattern->find_first_of("_\\") != std::string::npos) { return part; }
    if (type_of(*call->arguments[0]).collation() != Collation::kUtf8Binary) { return part; }
    const bool opens = pattern->front() == '%';
    const bool closes = pattern->back() == '%' && pattern->size() > 1;
    const std::string text = pattern->substr(opens ? 1 : 0, pattern->size() - (opens ? 1 : 0) - (closes ? 1 : 0));
    if (text.empty() || text.find('%') != std::string::npos) { return part; }
    const std::string_view function = opens && closes ? "contains" : opens ? "endswith" : closes ? "startswith" : "=";
    return call_builtin(function, {call->arguments[0], make_string_literal(text)}, context, part->origin);
  });
}

}  // namespace hammerscale::sql
