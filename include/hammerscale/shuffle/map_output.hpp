#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "hammerscale/storage/buffer.hpp"
#include "hammerscale/storage/spill_file.hpp"

namespace hammerscale::shuffle {

/// A run of encoded elements for one reduce partition: in memory, or in the spill file.
struct Segment {
  const std::byte* data = nullptr;  ///< nullptr when spilled.
  std::uint64_t num_bytes = 0;      ///< Encoded bytes, before compression.
  std::uint64_t num_elements = 0;
  std::optional<std::uint64_t> shared_offset;  ///< Place in the node's shared arena, if it lies there.
  storage::SpillExtent extent{};               ///< Place in the spill file, if spilled.

  [[nodiscard]] bool spilled() const noexcept { return data == nullptr && num_bytes != 0; }
};

/// Places in the spill file that are freed with the last map output that has segments there.
class SpilledExtents {
 public:
  explicit SpilledExtents(storage::SpillFile& file) : file_(file) {}
  SpilledExtents(const SpilledExtents&) = delete;
  SpilledExtents& operator=(const SpilledExtents&) = delete;
  ~SpilledExtents() {
    for (const auto& extent : extents_) { file_.release(extent); }
  }

  /// Appends bytes to the file and owns their place there. @throws as SpillFile::append.
  storage::SpillExtent append(std::span<const std::byte> bytes) {
    extents_.push_back(file_.append(bytes));
    return extents_.back();
  }

 private:
  storage::SpillFile& file_;
  std::vector<storage::SpillExtent> extents_;
};

/// All that one map task wrote for a shuffle: per reduce partition its segments, in the order of writing. Immutable.
///
/// Example, two reduce partitions: `begin_` = {0, 2, 3} means that partition 0 has segments 0 and 1, partition 1 has
/// segment 2.
class MapOutput {
 public:
  /// @param slabs    memory of the segments that lie there.
  /// @param extents  owners of the places of spilled segments.
  MapOutput(std::vector<std::vector<Segment>> segments, std::vector<storage::Buffer> slabs,
            std::vector<std::shared_ptr<SpilledExtents>> extents);

  [[nodiscard]] std::uint32_t num_partitions() const noexcept { return static_cast<std::uint32_t>(begin_.size() - 1); }
  [[nodiscard]] std::span<const Segment> segments(std::uint32_t partition) const {
    return std::span(segments_).subspan(begin_[partition], begin_[partition + 1] - begin_[partition]);
  }
  [[nodiscard]] std::uint64_t num_bytes() const noexcept { return num_bytes_; }
  /// Pool memory that it holds.
  [[nodiscard]] std::uint64_t memory_bytes() const noexcept { return memory_bytes_; }

  /// The same output with every segment in the spill file.
  [[nodiscard]] MapOutput spilled_to(storage::SpillFile& file) const;

 private:
  std::vector<Segment> segments_;
  std::vector<std::size_t> begin_;
  std::vector<storage::Buffer> slabs_;
  std::vector<std::shared_ptr<SpilledExtents>> extents_;
  std::uint64_t num_bytes_ = 0;
  std::uint64_t memory_bytes_ = 0;
};

}  // namespace hammerscale::shuffle
