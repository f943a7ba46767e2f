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
/// lie; those of others come through the transport. An output is held only while it is read, so that the store may
/// spill all others. Used by one task thread.
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
  /// @throws ResourceError kMissingInput
  [[nodiscard]] std::shared_ptr<const MapOutput> find_local(std::uint32_t map_partition) const;
  /// The sum of one count over all segments of this executor.
  [[nodiscard]] std::uint64_t total_of_local(std::uint64_t Segment::* what) const;
  void read_local(const MapOutput& output, const SegmentVisitor& visit) const;

  const ShuffleStore& store_;
  const storage::SpillFile& spill_file_;
  ShuffleId shuffle_;
  std::uint32_t partition_;
  std::vector<RemoteInput*> sources_;  // By map partition; nullptr where it lies here.
  std::map<std::uint32_t, std::unique_ptr<RemoteInput>> remotes_;
};

}  // namespace hammerscale::shuffle
