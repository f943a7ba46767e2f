#include "hammerscale/storage/block_manager.hpp"

#include <algorithm>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/log.hpp"

namespace hammerscale::storage {
namespace {

thread_local const BlockManager::BuildScope* innermost_scope = nullptr;

}  // namespace

BlockManager::BuildScope::BuildScope(DatasetId dataset, std::uint64_t space) noexcept
    : dataset_(dataset), space_(space), outer_(innermost_scope) {
  innermost_scope = this;
}

BlockManager::BuildScope::~BuildScope() { innermost_scope = outer_; }

bool BlockManager::BuildScope::spares(const BlockId& id, StorageLevel level) noexcept {
  for (const BuildScope* scope = innermost_scope; scope != nullptr; scope = scope->outer_) {
    if (scope->dataset_ == id.dataset && scope->space_ == id.space &&
        (scope->spares_all_levels_ || level == StorageLevel::kMemoryOnly)) {
      return true;
    }
  }
  return false;
}

BlockManager::BlockManager(BlockManagerOptions options)
    : pool_(std::move(options.pool)), scratch_(std::move(options.scratch)), on_drop_(std::move(options.on_drop)) {
  reclaimer_ = pool_.add_reclaimer([this](std::uint64_t wanted) { return evict(wanted); });
}

std::shared_ptr<SpillFile> BlockManager::spill_file() {
  const std::scoped_lock lock(file_mutex_);
  if (!file_) { file_ = std::make_shared<SpillFile>(scratch_); }
  return file_;
}

void BlockManager::keep_in_memory(const std::shared_ptr<Entry>& entry, std::shared_ptr<const Block> block) {
  entry->memory = std::move(block);
  entry->age = by_age_.insert(by_age_.end(), entry);
}

std::shared_ptr<const Block> BlockManager::take_from_memory(Entry& entry) {
  if (!entry.memory) { return nullptr; }
  by_age_.erase(entry.age);
  return std::move(entry.memory);
}

void BlockManager::forget(Entry& entry, std::vector<std::shared_ptr<const Block>>& garbage) {
  entry.is_removed = true;
  garbage.push_back(take_from_memory(entry));
  garbage.push_back(std::move(entry.disk));
}

bool BlockManager::put(const BlockId& id, std::shared_ptr<const Block> block, StorageLevel level) {
  HS_CHECK(block != nullptr);
  if (contains(id)) { return false; }
  const bool must_spill = level == StorageLevel::kDiskOnly && block->is_in_memory();
  if (must_spill) { block = block->spill(spill_file(), pool_); }

  const auto entry = std::make_shared<Entry>();
  entry->id = id;
  entry->level = level;
  const std::scoped_lock lock(mutex_);
  if (!table_.try_emplace(id, entry).second) { return false; }
  totals_[key_of(id)].num_spilled += block->is_in_memory() ? 0 : 1;
  if (block->is_in_memory()) {
    keep_in_memory(entry, std::move(block));
  } else {
    entry->disk = std::move(block);
  }
  return true;
}

std::optional<std::shared_ptr<const Block>> BlockManager::get(const BlockId& id) {
  Lock lock(mutex_);
  const auto found = table_.find(id);
  if (found == table_.end()) { return std::nullopt; }
  const std::shared_ptr<Entry> entry = found->second;
  if (entry->memory) {
    by_age_.splice(by_age_.end(), by_age_, entry->age);
    return entry->memory;
  }
  if (entry->level == StorageLevel::kDiskOnly || entry->is_moving) { return entry->disk; }
  return load_back(lock, entry);
}

std::shared_ptr<const Block> BlockManager::load_back(Lock& lock, const std::shared_ptr<Entry>& entry) {
  const std::shared_ptr<const Block> on_disk = entry->disk;
  entry->is_moving = true;
  lock.unlock();
  std::optional<std::shared_ptr<const Block>> loaded;
  try {
    // A loop over a dataset larger than memory would otherwise push out each block just before it comes to it.
    BuildScope scope(entry->id.dataset, entry->id.space);
    scope.spares_all_levels_ = true;
    loaded = on_disk->load(pool_);
  } catch (...) {
    remove_entry(entry);
    throw;
  }
  lock.lock();
  entry->is_moving = false;
  if (!loaded) { return on_disk; }
  if (!entry->is_removed) { keep_in_memory(entry, *loaded); }
  return *loaded;
}

bool BlockManager::contains(const BlockId& id) const {
  const std::scoped_lock lock(mutex_);
  return table_.contains(id);
}

void BlockManager::remove_entry(const std::shared_ptr<Entry>& entry) {
  std::vector<std::shared_ptr<const Block>> garbage;
  const std::scoped_lock lock(mutex_);
  if (entry->is_removed) { return; }
  table_.erase(entry->id);
  forget(*entry, garbage);
}

bool BlockManager::remove(const BlockId& id) {
  // Declared before the lock, so that blocks are freed after it is given up.
  std::vector<std::shared_ptr<const Block>> garbage;
  const std::scoped_lock lock(mutex_);
  const auto found = table_.find(id);
  if (found == table_.end()) { return false; }
  forget(*found->second, garbage);
  table_.erase(found);
  return true;
}

std::uint64_t BlockManager::remove(DatasetId dataset, std::uint64_t space) {
  std::vector<std::shared_ptr<const Block>> garbage;
  const std::scoped_lock lock(mutex_);
  const std::uint64_t num_removed = std::erase_if(table_, [&](const auto& item) {
    if (item.first.dataset != dataset || item.first.space != space) { return false; }
    forget(*item.second, garbage);
    return true;
  });
  totals_.erase({space, dataset});
  return num_removed;
}

std::shared_ptr<BlockManager::Entry> BlockManager::find_victim(
    const std::vector<std::shared_ptr<Entry>>& spared) const {
  for (const auto& entry : by_age_) {
    // A count of 1 is ours alone, and only get() could raise it, which needs the lock we hold.
    const bool is_pinned = entry->memory.use_count() > 1;
    if (is_pinned || entry->is_moving || entry->memory->pool_bytes() == 0) { continue; }
    if (BuildScope::spares(entry->id, entry->level)) { continue; }
    if (std::find(spared.begin(), spared.end(), entry) == spared.end()) { return entry; }
  }
  return nullptr;
}

std::uint64_t BlockManager::evict(std::uint64_t wanted) {
  std::uint64_t freed = 0;
  std::vector<std::shared_ptr<Entry>> spared;  // could not be written, or was pinned meanwhile
  Lock lock(mutex_);
  while (freed < wanted) {
    const std::shared_ptr<Entry> victim = find_victim(spared);
    if (!victim) {
      // Another thread may be writing the very block that makes room; its allocation and ours must both get a chance.
      if (freed > 0 || num_moving_to_disk_ == 0) { break; }
      freed += wait_for_other_moves(lock);
      continue;
    }
    const std::uint64_t part =
        victim->level == StorageLevel::kMemoryOnly ? drop(lock, *victim) : move_to_disk(lock, *victim);
    if (part == 0) { spared.push_back(victim); }
    freed += part;
  }
  return freed;
}

std::uint64_t BlockManager::wait_for_other_moves(Lock& lock) {
  const std::uint64_t num_ended_before = num_moves_ended_;
  const std::uint64_t bytes_before = moved_bytes_;
  move_ended_.wait(lock, [&] { return num_moves_ended_ != num_ended_before; });
  return moved_bytes_ - bytes_before;
}

std::uint64_t BlockManager::drop(Lock& lock, Entry& victim) {
  std::vector<std::shared_ptr<const Block>> garbage;
  const std::uint64_t freed = victim.memory->pool_bytes();
  const BlockId id = victim.id;
  ++totals_[key_of(id)].num_dropped;
  table_.erase(id);
  forget(victim, garbage);
  lock.unlock();
  garbage.clear();
  HS_LOG_DEBUG("storage.block.dropped", {"block", to_string(id)}, {"bytes", freed});
  if (on_drop_) { on_drop_(id); }
  lock.lock();
  return freed;
}

std::uint64_t BlockManager::move_to_disk(Lock& lock, Entry& victim) {
  const std::uint64_t pool_bytes = victim.memory->pool_bytes();
  if (victim.disk) {
    std::shared_ptr<const Block> block = take_from_memory(victim);
    lock.unlock();
    block.reset();
    lock.lock();
    return pool_bytes;
  }

  std::shared_ptr<const Block> block = victim.memory;
  victim.is_moving = true;
  ++num_moving_to_disk_;
  lock.unlock();
  std::shared_ptr<const Block> on_disk;
  try {
    on_disk = block->spill(spill_file(), pool_);
    HS_LOG_DEBUG("storage.block.spilled", {"block", to_string(victim.id)}, {"bytes", block->num_bytes()},
                 {"disk_bytes", on_disk->disk_bytes()});
  } catch (const std::exception& error) {
    // The allocation that asked for room gets its own error when no other block can leave.
    HS_LOG_WARN("storage.block.spill_failed", {"block", to_string(victim.id)}, {"cause", error.what()});
  }
  lock.lock();
  victim.is_moving = false;
  std::uint64_t freed = 0;
  if (victim.is_removed) {
    freed = pool_bytes;
  } else if (on_disk) {
    victim.disk = std::move(on_disk);
    ++totals_[key_of(victim.id)].num_spilled;
    // 2: the entry's and ours. More: somebody got it while it was written, so it stays.
    if (block.use_count() == 2) {
      take_from_memory(victim);
      freed = pool_bytes;
    }
  }
  lock.unlock();
  block.reset();
  on_disk.reset();
  lock.lock();
  --num_moving_to_disk_;
  ++num_moves_ended_;
  moved_bytes_ += freed;
  move_ended_.notify_all();
  return freed;
}

void BlockManager::add_to(BlockStatistics& sum, const Entry& entry) {
  if (entry.memory) {
    ++sum.num_memory_blocks;
    sum.memory_bytes += entry.memory->num_bytes();
  }
  if (entry.disk) {
    ++sum.num_disk_blocks;
    sum.disk_bytes += entry.disk->disk_bytes();
  }
}

BlockStatistics BlockManager::statistics(DatasetId dataset, std::uint64_t space) const {
  const std::scoped_lock lock(mutex_);
  BlockStatistics sum;
  for (const auto& [id, entry] : table_) {
    if (id.dataset == dataset && id.space == space) { add_to(sum, *entry); }
  }
  if (const auto found = totals_.find({space, dataset}); found != totals_.end()) {
    sum.num_dropped = found->second.num_dropped;
    sum.num_spilled = found->second.num_spilled;
  }
  return sum;
}

std::vector<std::pair<DatasetId, BlockStatistics>> BlockManager::statistics() const {
  const std::scoped_lock lock(mutex_);
  std::map<DatasetId, BlockStatistics> sums;
  for (const auto& [key, totals] : totals_) {
    if (key.first != 0) { continue; }
    sums[key.second].num_dropped = totals.num_dropped;
    sums[key.second].num_spilled = totals.num_spilled;
  }
  for (const auto& [id, entry] : table_) {
    if (id.space == 0) { add_to(sums[id.dataset], *entry); }
  }
  return {sums.begin(), sums.end()};
}

}  // namespace hammerscale::storage
