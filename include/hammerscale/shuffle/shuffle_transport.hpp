#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "hammerscale/base/id.hpp"

namespace hammerscale::shuffle {

/// Takes the encoded elements of one segment, or of one frame of a spilled segment.
using SegmentVisitor = std::function<void(std::span<const std::byte> bytes, std::uint64_t num_elements)>;

/// What one other executor wrote for one reduce partition. Used by one task thread.
class RemoteInput {
 public:
  virtual ~RemoteInput() = default;
  [[nodiscard]] virtual std::uint64_t num_bytes() const = 0;
  [[nodiscard]] virtual std::uint64_t num_elements() const = 0;
  /// Visits the segments of one map partition. Map partitions are asked for in ascending order, each once.
  virtual void read_map(std::uint32_t map_partition, const SegmentVisitor& visit) = 0;
};

/// Brings map output from other executors. Any task thread may call.
class ShuffleTransport {
 public:
  virtual ~ShuffleTransport() = default;
  /// Asks `source` for what the given map partitions, ascending, wrote for a reduce partition. Returns at once; the
  /// first use of the result waits for the answer.
  virtual std::unique_ptr<RemoteInput> open(ShuffleId shuffle, ExecutorId source, std::uint32_t partition,
                                            std::vector<std::uint32_t> map_partitions) = 0;
};

}  // namespace hammerscale::shuffle
