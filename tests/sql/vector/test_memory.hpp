#pragma once

#include <cstdint>

#include "sql/vector/vector_memory.hpp"

namespace hammerscale::sql {

/// Memory of a pool of its own, for one test.
inline VectorMemory make_test_memory(std::uint64_t budget_bytes = std::uint64_t{64} << 20) {
  return VectorMemory(storage::BufferPool({.budget_bytes = budget_bytes}));
}

}  // namespace hammerscale::sql
