#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "hammerscale/base/id.hpp"
#include "hammerscale/shuffle/map_output.hpp"
#include "hammerscale/storage/buffer_pool.hpp"

namespace hammerscale::shuffle {

/// The map outputs that lie on this executor. They stay until the driver drops the shuffle; when memory is short, those
/// that nobody reads go to the spill file, the largest first. Any thread.
class ShuffleStore {
 public:
  ShuffleStore(storage::BufferPool pool, storage::SpillFile& spill_file);

  /// The first output of a map partition stays; that of a repeated attempt is ignored.
  void add(ShuffleId shuffle, std::uint32_t map_partition, MapOutput output);
  /// @return nullptr where this executor has none.
  [[nodiscard]] std::shared_ptr<const MapOutput> find(ShuffleId shuffle, std::uint32_t map_partition) const;
  void drop(ShuffleId shuffle);

 private:
  struct Victim {
    ShuffleId shuffle;
    std::uint32_t map_partition = 0;
    std::shared_ptr<const MapOutput> output;
  };

  std::uint64_t spill_some(std::uint64_t wanted);
  /// The largest output in memory that nobody reads; none when there is none. The lock is held.
  [[nodiscard]] Victim find_victim() const;
  std::uint64_t spill(Victim victim);

  storage::SpillFile& spill_file_;
  mutable std::mutex mutex_;
  std::condition_variable spill_ended_;
  std::uint32_t num_spilling_ = 0;     ///< Outputs that are being written out.
  std::uint64_t num_spills_ended_ = 0;
  std::uint64_t spilled_bytes_ = 0;    ///< Memory freed by all spills so far.
  std::unordered_map<ShuffleId, std::unordered_map<std::uint32_t, std::shared_ptr<const MapOutput>>> outputs_;
  storage::ReclaimerHandle reclaimer_;  // Last, so that it ends before what it uses.
};

}  // namespace hammerscale::shuffle
