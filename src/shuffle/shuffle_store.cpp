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
    std::unique_lock lock(mutex_);
    Victim victim = find_victim();
    if (victim.output) {
      ++num_spilling_;
      lock.unlock();
      freed += spill(std::move(victim));
      continue;
    }
    if (freed > 0 || num_spilling_ == 0) { break; }
    // Another thread may be writing the very output that makes room; its allocation and ours must both get a chance.
    const auto num_ended_before = num_spills_ended_;
    const auto bytes_before = spilled_bytes_;
    spill_ended_.wait(lock, [&] { return num_spills_ended_ != num_ended_before; });
    freed += spilled_bytes_ - bytes_before;
  }
  return freed;
}

ShuffleStore::Victim ShuffleStore::find_victim() const {
  Victim largest;
  for (const auto& [shuffle, of_shuffle] : outputs_) {
    for (const auto& [map_partition, output] : of_shuffle) {
      const auto largest_bytes = largest.output ? largest.output->memory_bytes() : 0;
      // One owner: nobody reads it, and only find() could give it another, which needs the lock.
      if (output->memory_bytes() > largest_bytes && output.use_count() == 1) {
        largest = {shuffle, map_partition, output};
      }
    }
  }
  return largest;
}

std::uint64_t ShuffleStore::spill(Victim victim) {
  std::uint64_t freed = 0;
  // Declared first, so that the waiting threads are told however this ends.
  struct Ending {
    ShuffleStore& store;
    std::uint64_t& freed;
    ~Ending() {
      const std::lock_guard lock(store.mutex_);
      --store.num_spilling_;
      ++store.num_spills_ended_;
      store.spilled_bytes_ += freed;
      store.spill_ended_.notify_all();
    }
  } const ending{*this, freed};

  auto on_disk = std::make_shared<const MapOutput>(victim.output->spilled_to(spill_file_));
  const auto memory_bytes = victim.output->memory_bytes();
  std::shared_ptr<const MapOutput> in_memory;
  {
    const std::lock_guard lock(mutex_);
    const auto of_shuffle = outputs_.find(victim.shuffle);
    if (of_shuffle != outputs_.end()) {
      const auto found = of_shuffle->second.find(victim.map_partition);
      if (found != of_shuffle->second.end() && found->second == victim.output) {
        in_memory = std::exchange(found->second, std::move(on_disk));
      }
    }
    victim.output.reset();
    // A reader that came meanwhile keeps the memory until it is done; it cannot come again.
    if (in_memory.use_count() <= 1) { freed = memory_bytes; }
  }
  return freed;
}

}  // namespace hammerscale::shuffle
