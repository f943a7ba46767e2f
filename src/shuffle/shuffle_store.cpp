#include "hammerscale/shuffle/shuffle_store.hpp"

#include <utility>

namespace hammerscale::shuffle {

ShuffleStore::ShuffleStore(storage::BufferPool pool, storage::SpillFile& spill_file)
    : spill_file_(spill_file),
      reclaimer_(pool.add_reclaimer([this](std::uint64_t wanted) { return spill_some(wanted); })) {}

void ShuffleStore::add(ShuffleId shuffle, std::uint32_t map_partition, MapOutput output) {
  auto shared = std::make_shared<const MapOutput>(std::move(output));
  const std::lock_guard lock(mutex_);
  outputs_[shuffle].try_emplace(map_partition, std::move(shared));
}

std::shared_ptr<const MapOutput> ShuffleStore::find(ShuffleId shuffle, std::uint32_t map_partition) const {
  const std::lock_guard lock(mutex_);
  const auto of_shuffle = outputs_.find(shuffle);
  if (of_shuffle == outputs_.end()) { return nullptr; }
  const auto found = of_shuffle->second.find(map_partition);
  return found == of_shuffle->second.end() ? nullptr : found->second;
}

void ShuffleStore::drop(ShuffleId shuffle) {
  decltype(outputs_)::mapped_type dropped;  // Destroyed outside of the lock.
  const std::lock_guard lock(mutex_);
  const auto found = outputs_.find(shuffle);
  if (found == outputs_.end()) { return; }
  dropped = std::move(found->second);
  outputs_.erase(found);
}

std::uint64_t ShuffleStore::spill_some(std::uint64_t wanted) {
  std::uint64_t freed = 0;
  while (freed < wanted) {
    std::shared_ptr<const MapOutput> largest;
    ShuffleId shuffle;
    std::uint32_t map_partition = 0;
    {
      const std::lock_guard lock(mutex_);
      for (const auto& [id, of_shuffle] : outputs_) {
        for (const auto& [number, output] : of_shuffle) {
          // One owner: no task reads it. A reader that comes while it is being written out keeps the copy in memory.
          if (output.use_count() == 1 && output->memory_bytes() > (largest ? largest->memory_bytes() : 0)) {
            largest = nullptr;
            largest = output;
            shuffle = id;
            map_partition = number;
          }
        }
      }
    }
    if (!largest) { break; }
    auto moved = std::make_shared<const MapOutput>(largest->spilled_to(spill_file_));
    const std::lock_guard lock(mutex_);
    const auto of_shuffle = outputs_.find(shuffle);
    if (of_shuffle == outputs_.end()) { continue; }
    const auto found = of_shuffle->second.find(map_partition);
    if (found == of_shuffle->second.end() || found->second != largest) { continue; }
    freed += largest->memory_bytes();
    found->second = std::move(moved);
  }
  return freed;
}

}  // namespace hammerscale::shuffle
