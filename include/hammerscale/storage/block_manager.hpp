#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "hammerscale/storage/block.hpp"
#include "hammerscale/storage/block_id.hpp"
#include "hammerscale/storage/buffer_pool.hpp"
#include "hammerscale/storage/scratch.hpp"
#include "hammerscale/storage/spill_file.hpp"
#include "hammerscale/storage/storage_level.hpp"

namespace hammerscale::storage {

struct BlockManagerOptions {
  BufferPool pool;
  Scratch scratch;
  /// Told of each kMemoryOnly block that was dropped to make room, so that the driver forgets where it was. Called on
  /// the thread whose allocation was short, without a lock of the manager; must not throw.
  std::function<void(const BlockId&)> on_drop = {};
};

/// What the manager holds of one dataset, or of all.
struct BlockStatistics {
  std::uint64_t num_memory_blocks = 0;
  std::uint64_t memory_bytes = 0;  ///< Raw bytes of the blocks in memory.
  std::uint64_t num_disk_blocks = 0;
  std::uint64_t disk_bytes = 0;  ///< Stored bytes on disk. A block loaded back counts in memory and on disk.
  std::uint64_t num_dropped = 0;  ///< kMemoryOnly blocks dropped so far.
  std::uint64_t num_spilled = 0;  ///< Blocks written to disk so far.
};

/// Keeps blocks of cached datasets, broadcasts and the like in the memory of the pool that nothing else needs. When an
/// allocation is short, the blocks used longest ago leave first, as their storage level says; blocks that someone
/// holds (a shared_ptr from get) stay. Any thread may call any method.
class BlockManager {
 public:
  explicit BlockManager(BlockManagerOptions options);
  BlockManager(const BlockManager&) = delete;
  BlockManager& operator=(const BlockManager&) = delete;

  /// While it lives, allocations of this thread build a block of `dataset`, so they do not evict kMemoryOnly blocks of
  /// the same dataset: trading one partition for another of the same dataset only makes both be computed again (Spark
  /// has the same rule). The allocation fails instead, and the caller goes on without caching. Scopes nest.
  class BuildScope {
   public:
    explicit BuildScope(DatasetId dataset, std::uint64_t space = 0) noexcept;
    BuildScope(const BuildScope&) = delete;
    BuildScope& operator=(const BuildScope&) = delete;
    ~BuildScope();

   private:
    friend class BlockManager;
    /// Whether some scope of this thread forbids to evict the block.
    static bool spares(const BlockId& id, StorageLevel level) noexcept;

    DatasetId dataset_;
    std::uint64_t space_;
    bool spares_all_levels_ = false;
    const BuildScope* outer_;
  };

  /// Stores the block under id; false when the id is taken, and then the block is ignored: the first writer wins.
  /// With kDiskOnly it is written to scratch before this returns.
  /// @throws ResourceError kDiskFull, kOutput  kDiskOnly, and the block cannot be written.
  bool put(const BlockId& id, std::shared_ptr<const Block> block, StorageLevel level = StorageLevel::kMemoryAndDisk);

  /// The block, pinned while the pointer lives; none when it was never stored, was removed or dropped. A block that was
  /// spilled is loaded back if that needs no other block of its dataset to leave; else the result streams from disk.
  /// @throws ResourceError kCorruptBlock, kInput  retryable; it cannot be loaded back. The block is forgotten. A caller
  /// that meets this error while it streams a block from disk calls remove(id), so that a retry computes it again.
  [[nodiscard]] std::optional<std::shared_ptr<const Block>> get(const BlockId& id);

  [[nodiscard]] bool contains(const BlockId& id) const;
  /// Forgets one block; false when there is none. Holders keep theirs.
  bool remove(const BlockId& id);
  /// Forgets all blocks of a dataset; returns how many.
  std::uint64_t remove(DatasetId dataset, std::uint64_t space = 0);

  /// The file its blocks go to; opened by the first call. For builders of blocks that do not fit in memory.
  /// @throws ResourceError kDiskFull, kOutput  as Scratch::open_unnamed.
  [[nodiscard]] std::shared_ptr<SpillFile> spill_file();
  [[nodiscard]] const BufferPool& pool() const noexcept { return pool_; }

  /// Evicts until wanted bytes of the pool are free or nothing more can leave; returns the bytes freed. The pool calls
  /// this by itself.
  std::uint64_t evict(std::uint64_t wanted);

  /// Of one dataset, and of all of space 0 in ascending order. They look at every block.
  [[nodiscard]] BlockStatistics statistics(DatasetId dataset, std::uint64_t space = 0) const;
  [[nodiscard]] std::vector<std::pair<DatasetId, BlockStatistics>> statistics() const;

 private:
  struct Entry;
  using Entries = std::list<std::shared_ptr<Entry>>;
  struct Entry {
    BlockId id;
    StorageLevel level = StorageLevel::kMemoryAndDisk;
    std::shared_ptr<const Block> memory;  ///< Null while only on disk.
    std::shared_ptr<const Block> disk;    ///< Null until spilled.
    Entries::iterator age;                ///< Place in by_age_; valid while memory is set.
    bool is_moving = false;               ///< Some thread spills it or loads it back, without the lock.
    bool is_removed = false;              ///< It left the table.
  };
  /// Counts that outlive the entries they count.
  struct Totals {
    std::uint64_t num_dropped = 0;
    std::uint64_t num_spilled = 0;
  };
  using DatasetKey = std::pair<std::uint64_t, DatasetId>;  ///< space, dataset
  using Lock = std::unique_lock<std::mutex>;

  static DatasetKey key_of(const BlockId& id) { return {id.space, id.dataset}; }
  void keep_in_memory(const std::shared_ptr<Entry>& entry, std::shared_ptr<const Block> block);
  std::shared_ptr<const Block> take_from_memory(Entry& entry);
  void forget(Entry& entry, std::vector<std::shared_ptr<const Block>>& garbage);
  void remove_entry(const std::shared_ptr<Entry>& entry);
  std::shared_ptr<Entry> find_victim(const std::vector<std::shared_ptr<Entry>>& spared) const;
  std::uint64_t drop(Lock& lock, Entry& victim);
  std::uint64_t move_to_disk(Lock& lock, Entry& victim);
  std::uint64_t wait_for_other_moves(Lock& lock);
  std::shared_ptr<const Block> load_back(Lock& lock, const std::shared_ptr<Entry>& entry);
  static void add_to(BlockStatistics& sum, const Entry& entry);

  BufferPool pool_;
  const Scratch scratch_;
  const std::function<void(const BlockId&)> on_drop_;

  std::mutex file_mutex_;
  std::shared_ptr<SpillFile> file_;  ///< Opened by the first spill.

  mutable std::mutex mutex_;
  std::condition_variable move_ended_;
  std::uint64_t num_moving_to_disk_ = 0;
  std::uint64_t num_moves_ended_ = 0;
  std::uint64_t moved_bytes_ = 0;  ///< Pool bytes freed by all moves to disk so far.
  std::unordered_map<BlockId, std::shared_ptr<Entry>> table_;
  Entries by_age_;  ///< Entries in memory, the one used longest ago first.
  std::map<DatasetKey, Totals> totals_;
  ReclaimerHandle reclaimer_;  ///< Last, so that no call is running while the rest is destroyed.
};

}  // namespace hammerscale::storage
