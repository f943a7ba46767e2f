#pragma once

#include <cstdint>

namespace hammerscale::testing {

/// Anonymous and shared memory of this process now, in bytes: the proportional share of pages that several processes
/// map, so that memory of a neighbour that is read in place counts once over both. Files and libraries do not count.
std::uint64_t anonymous_and_shared_bytes();

/// Watches the memory of this process on a thread of its own, a sample every few milliseconds, from construction on.
class MemoryPeak {
 public:
  MemoryPeak();
  ~MemoryPeak();
  MemoryPeak(const MemoryPeak&) = delete;
  MemoryPeak& operator=(const MemoryPeak&) = delete;

  /// Highest sample so far, the present one included.
  [[nodiscard]] std::uint64_t bytes() const;

 private:
  struct State;
  State* state_;
};

}  // namespace hammerscale::testing
