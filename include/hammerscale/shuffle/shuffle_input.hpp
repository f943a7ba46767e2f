#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "hammerscale/shuffle/shuffle_store.hpp"
#include "hammerscale/shuffle/shuffle_transport.hpp"

namespace hammerscale::shuffle {

/// All that the map tasks of a shuffle wrote for one reduce partition. Outputs of this executor are read where they
/// lie; those of others come through the transport. Used by one task thread.
class ShuffleInput {
 public:
  /// @param map_executors  executor of each map partition.
  /// @throws ResourceError kMissingInput  a map partition was never written, because what it feeds was cached and has
  ///                                      been dropped since.
  ShuffleInput(ShuffleStore& store, ShuffleTransport* transport, const storage::SpillFile& spill_file,
               ExecutorId self, ShuffleId shuffle, std::uint32_t partition,
               std::span<const std::uint32_t> map_executors);

  [[nodiscard]] std::uint64_t num_bytes();
  [[nodiscard]] std::uint64_t num_elements();

  /// Visits everything, in the order of map partitions and, within one, of writing: the same at any number of ranks.
  /// Once.
  void for_each(const SegmentVisitor& visit);

 private:
  struct Source {
    std::shared_ptr<const MapOutput> local;
    RemoteInput* remote = nullptr;
  };

  const storage::SpillFile& spill_file_;
  std::uint32_t partition_;
  std::vector<Source> sources_;  // By map partition.
  std::map<std::uint32_t, std::unique_ptr<RemoteInput>> remotes_;
};

}  // namespace hammerscale::shuffle
