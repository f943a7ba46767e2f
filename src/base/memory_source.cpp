#include "hammerscale/base/memory_source.hpp"

#include <sys/mman.h>

#include <cstdlib>

namespace hammerscale {

namespace {

constexpr std::size_t kHugePageBytes = std::size_t{2} << 20;

std::size_t round_up(std::size_t bytes, std::size_t step) { return (bytes + step - 1) / step * step; }

}  // namespace

std::byte* HeapMemorySource::allocate(std::size_t num_bytes) {
  const bool huge = num_bytes >= kHugePageBytes;
  const std::size_t alignment = huge ? kHugePageBytes : 64;
  if (num_bytes > std::size_t{} - 1 - alignment) { return nullptr; }
  const std::size_t rounded = round_up(num_bytes, alignment);
  void* memory = std::aligned_alloc(alignment, rounded);
#ifdef MADV_HUGEPAGE
  // Only advice: where huge pages are off the memory works all the same, with twice the latency for random reads.
  if (huge && memory != nullptr) { static_cast<void>(madvise(memory, rounded, MADV_HUGEPAGE)); }
#endif
  return static_cast<std::byte*>(memory);
}

void HeapMemorySource::deallocate(std::byte* memory, std::size_t) noexcept { std::free(memory); }

}  // namespace hammerscale
