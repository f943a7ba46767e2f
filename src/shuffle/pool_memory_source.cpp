#include "hammerscale/shuffle/pool_memory_source.hpp"

#include <utility>

namespace hammerscale::shuffle {

std::byte* PoolMemorySource::allocate(std::size_t num_bytes) {
  if (held_bytes_ + num_bytes > limit_bytes_) { return nullptr; }
  auto buffer = pool_.try_allocate(num_bytes);
  if (!buffer && held_bytes_ == 0) {
    // A user that holds nothing has nothing to spill: it gets what there is, or the reason why there is none.
    buffer = pool_.allocate(num_bytes);
  }
  if (!buffer) { return nullptr; }
  std::byte* const memory = buffer->data();
  held_bytes_ += buffer->capacity();
  buffers_.emplace(memory, std::move(*buffer));
  return memory;
}

void PoolMemorySource::deallocate(std::byte* memory, std::size_t /*num_bytes*/) noexcept {
  const auto found = buffers_.find(memory);
  if (found == buffers_.end()) { return; }
  held_bytes_ -= found->second.capacity();
  buffers_.erase(found);
}

}  // namespace hammerscale::shuffle
