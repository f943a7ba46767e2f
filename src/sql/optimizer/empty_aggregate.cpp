#include "sql/optimizer/empty_aggregate.hpp"

#include <array>
#include <cstddef>

#include "hammerscale/base/check.hpp"
#include "sql/analyzer/builtin_call.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

namespace {

Value result_of_no_rows(const AggregateCall& call, AnalyzerContext& context) {
  const AggregateFunction* function = context.catalog != nullptr ? context.catalog->find_aggregate(call.name)
                                                                 : builtin_functions().find_aggregate(call.name);
  HS_CHECK(function != nullptr);
  CallInputHolder holder;
  AggregateInput input;
  holder.describe(call.name, call.arguments, context, {}, input);
  CallInputHolder::fill_texts(call.arguments, input);
  input.is_distinct = call.is_distinct;
  input.ignore_nulls = call.ignore_nulls;
  for (const auto& key : call.within_group) {
    input.within_group.push_back(type_of(*key));
    input.within_group_ascending.push_back(key->get_if<SortOrder>()->is_ascending);
  }
  const BoundAggregate bound = function->bind(input);
  const auto state = bound.make_state(*context.evaluation);
  std::vector<std::max_align_t> memory(state->state_bytes() / sizeof(std::max_align_t) + 1);
  auto* bytes = reinterpret_cast<std::byte*>(memory.data());
  state->initialize(bytes);
  VectorBuilder builder(bound.type, context.evaluation->memory);
  const std::array<std::byte*, 1> states = {bytes};
  state->finalize(states, builder);
  if (state->needs_destroy()) { state->destroy(bytes); }
  return builder.finish().value(0);
}

}  // namespace

ExpressionPtr value_over_no_rows(const ExpressionPtr& item, AnalyzerContext& context) {
  if (const auto* call = item->get_if<AggregateCall>()) {
    return make_literal(result_of_no_rows(*call, context), call->type, item->origin);
  }
  return map_children(item, [&](const ExpressionPtr& part) { return value_over_no_rows(part, context); });
}

}  // namespace hammerscale::sql
