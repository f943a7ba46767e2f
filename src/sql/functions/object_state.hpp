#pragma once

#include <cstddef>
#include <new>
#include <type_traits>

#include "sql/functions/aggregate_function.hpp"
#include "sql/functions/signature.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

/// An AggregateState whose state is one C++ object.
template <typename State>
class ObjectState : public AggregateState {
 public:
  [[nodiscard]] std::size_t state_bytes() const final { return sizeof(State); }
  [[nodiscard]] bool needs_destroy() const final { return !std::is_trivially_destructible_v<State>; }
  void initialize(std::byte* state) const final { new (state) State(); }
  void destroy(std::byte* state) const final { at(state).~State(); }

 protected:
  static State& at(std::byte* state) noexcept { return *std::launder(reinterpret_cast<State*>(state)); }
  static const State& at(const std::byte* state) noexcept {
    return *std::launder(reinterpret_cast<const State*>(state));
  }
};

/// Calls f(row, i) for the i-th of rows.
template <typename F>
void for_each_numbered(RowSet rows, F&& f) {
  if (rows.is_all()) {
    for (std::int32_t i = 0; i < rows.size; ++i) { f(i, i); }
  } else {
    for (std::int32_t i = 0; i < rows.size; ++i) { f(rows.indices[i], i); }
  }
}

}  // namespace hammerscale::sql
