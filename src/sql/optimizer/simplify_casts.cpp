#include <utility>

#include "sql/optimizer/rule.hpp"
#include "sql/types/coercion.hpp"

namespace hammerscale::sql {

/// Drops casts to the type a value has, and the inner one of two where it loses nothing.
PlanPtr simplify_casts(const PlanPtr& plan, AnalyzerContext& /*context*/) {
  return transform_expressions(plan, [](const ExpressionPtr& part) -> ExpressionPtr {
    const auto* cast = part->get_if<Cast>();
    if (cast == nullptr) { return part; }
    const DataType from = type_of(*cast->child);
    if (from == cast->type) { return cast->child; }
    const auto* inner = cast->child->get_if<Cast>();
    if (inner == nullptr) { return part; }
    const DataType source = type_of(*inner->child);
    // int to bigint to double is int to double; a detour over text or a narrower type may change the value.
    const bool widens =
        source.is_integral() && from.is_integral() && can_up_cast(source, from) && cast->type.is_numeric();
    if (!widens) { return part; }
    Cast direct = *cast;
    direct.child = inner->child;
    return make_expression(std::move(direct), part->origin);
  });
}

}  // namespace hammerscale::sql
