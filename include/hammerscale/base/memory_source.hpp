#pragma once

#include <cstddef>

namespace hammerscale {

/// Where a kernel gets its large arrays: the caller decides on budget, pool and page size.
///
/// Calls are rare (an array at a time), so the indirect call costs nothing. One thread at a time unless the
/// implementation says otherwise.
class MemorySource {
 public:
  virtual ~MemorySource() = default;

  /// Asks for num_bytes > 0, aligned to 64 bytes, contents unspecified.
  /// @return nullptr when the memory is refused. That is an ordinary answer, on which the kernel stops growing and its
  ///         caller spills; it is not an error.
  [[nodiscard]] virtual std::byte* allocate(std::size_t num_bytes) = 0;
  /// Gives back what allocate(num_bytes) returned.
  virtual void deallocate(std::byte* memory, std::size_t num_bytes) noexcept = 0;

 protected:
  MemorySource() = default;
  MemorySource(const MemorySource&) = default;
  MemorySource& operator=(const MemorySource&) = default;
};

/// The process heap, with huge pages asked for from 2 MiB on. Knows no budget. Safe from any thread.
class HeapMemorySource final : public MemorySource {
 public:
  [[nodiscard]] std::byte* allocate(std::size_t num_bytes) override;
  void deallocate(std::byte* memory, std::size_t num_bytes) noexcept override;
};

}  // namespace hammerscale
