#include "hammerscale/shuffle/map_output.hpp"

#include <utility>

namespace hammerscale::shuffle {

MapOutput::MapOutput(std::vector<std::vector<Segment>> segments, std::vector<storage::Buffer> slabs,
                     std::vector<std::shared_ptr<SpilledExtents>> extents)
    : slabs_(std::move(slabs)), extents_(std::move(extents)) {
  begin_.reserve(segments.size() + 1);
  begin_.push_back(0);
  for (auto& of_partition : segments) {
    for (auto& segment : of_partition) {
      num_bytes_ += segment.num_bytes;
      segments_.push_back(segment);
    }
    begin_.push_back(segments_.size());
  }
  for (const auto& slab : slabs_) { memory_bytes_ += slab.capacity(); }
}

MapOutput MapOutput::spilled_to(storage::SpillFile& file) const {
  std::vector<std::vector<Segment>> moved(num_partitions());
  auto extents = extents_;
  const auto& fresh = extents.emplace_back(std::make_shared<SpilledExtents>(file));
  for (std::uint32_t partition = 0; partition < num_partitions(); ++partition) {
    for (Segment segment : segments(partition)) {
      if (segment.data != nullptr) {
        segment.extent = fresh->append(std::span(segment.data, segment.num_bytes));
        segment.data = nullptr;
        segment.shared_offset.reset();
      }
      moved[partition].push_back(segment);
    }
  }
  return {std::move(moved), {}, std::move(extents)};
}

}  // namespace hammerscale::shuffle
