#pragma once

#include <cstdint>
#include <unordered_map>

#include "hammerscale/base/memory_source.hpp"
#include "hammerscale/storage/buffer_pool.hpp"

namespace hammerscale::shuffle {

/// Gives kernels memory of the pool, up to a limit. One thread at a time.
class PoolMemorySource final : public MemorySource {
 public:
  PoolMemorySource(storage::BufferPool pool, std::uint64_t limit_bytes)
      : pool_(std::move(pool)), limit_bytes_(limit_bytes) {}

  /// Refuses what would pass the limit or what the pool does not have.
  /// @throws ResourceError kOutOfMemory  the pool has no memory and this source holds none.
  [[nodiscard]] std::byte* allocate(std::size_t num_bytes) override;
  void deallocate(std::byte* memory, std::size_t num_bytes) noexcept override;
  [[nodiscard]] std::uint64_t held_bytes() const noexcept { return held_bytes_; }

 private:
  storage::BufferPool pool_;
  std::uint64_t limit_bytes_;
  std::uint64_t held_bytes_ = 0;
  std::unordered_map<std::byte*, storage::Buffer> buffers_;
};

}  // namespace hammerscale::shuffle
