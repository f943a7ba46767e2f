#include "hammerscale/shuffle/map_output_writer.hpp"

#include <algorithm>
#include <utility>

#include "hammerscale/base/byte_size.hpp"

namespace hammerscale::shuffle {
namespace {

constexpr std::uint32_t kFirstSegmentBytes = 4 * kKiB;
// A quarter of a slab: large enough that readers stream, small enough that eight partitions share four slabs.
constexpr std::uint32_t kLargestSegmentBytes = 256 * kKiB;
constexpr std::size_t kSlabBytes = kMiB;
// Segments start on cache lines, which also aligns every bitwise element type in use.
constexpr std::size_t kAlignment = 64;

std::size_t align_up(std::size_t n) { return (n + kAlignment - 1) / kAlignment * kAlignment; }

}  // namespace

MapOutputWriter::MapOutputWriter(storage::BufferPool pool, storage::SpillFile& spill_file,
                                 std::uint32_t num_partitions,
                                 std::uint64_t memory_limit, std::size_t element_bytes)
    : pool_(std::move(pool)),
      spill_file_(spill_file),
      memory_limit_(memory_limit),
      element_bytes_(element_bytes),
      cursors_(num_partitions),
      num_elements_(num_partitions, 0),
      segment_begin_(num_partitions, nullptr),
      next_segment_bytes_(num_partitions, kFirstSegmentBytes),
      segments_(num_partitions) {}

void MapOutputWriter::close_segment(std::uint32_t partition) {
  ScatterCursor& cursor = cursors_[partition];
  if (cursor.next != segment_begin_[partition]) {
    Segment segment;
    segment.data = segment_begin_[partition];
    segment.num_bytes = static_cast<std::uint64_t>(cursor.next - segment_begin_[partition]);
    segment.num_elements = element_bytes_ == 0 ? num_elements_[partition] : segment.num_bytes / element_bytes_;
    const auto& slab = slabs_.back();
    const auto inside = [&](const storage::Buffer& buffer) {
      return buffer.data() <= segment.data && segment.data < buffer.data() + buffer.capacity();
    };
    const auto& home = inside(slab) ? slab : *std::find_if(slabs_.begin(), slabs_.end(), inside);
    if (const auto offset = home.shared_offset()) {
      segment.shared_offset = *offset + static_cast<std::uint64_t>(segment.data - home.data());
    }
    segments_[partition].push_back(segment);
  }
  cursor = {};
  segment_begin_[partition] = nullptr;
  num_elements_[partition] = 0;
}

void MapOutputWriter::refill(std::uint32_t partition, ScatterCursor& cursor, std::size_t num_bytes) {
  close_segment(partition);
  const std::size_t wanted = std::max<std::size_t>(align_up(num_bytes), next_segment_bytes_[partition]);
  std::byte* const begin = take_from_slab(wanted);
  next_segment_bytes_[partition] = std::min(next_segment_bytes_[partition] * 2, kLargestSegmentBytes);
  segment_begin_[partition] = begin;
  cursor = {begin, begin + wanted};
}

std::byte* MapOutputWriter::take_from_slab(std::size_t num_bytes) {
  if (slabs_.empty() || slabs_.back().capacity() - slabs_.back().size() < num_bytes) {
    const std::size_t slab_bytes = std::max(kSlabBytes, num_bytes);
    if (held_bytes_ != 0 && held_bytes_ + slab_bytes > memory_limit_) { spill_all(); }
    auto slab = pool_.try_allocate(slab_bytes, storage::Region::kShared);
    if (!slab) {
      spill_all();
      // What one segment needs is the least the task can work with.
      slab = pool_.try_allocate(slab_bytes, storage::Region::kShared);
      if (!slab) { slab = pool_.allocate(num_bytes, storage::Region::kShared); }
    }
    slab->resize(0);
    held_bytes_ += slab->capacity();
    slabs_.push_back(std::move(*slab));
  }
  auto& slab = slabs_.back();
  std::byte* const begin = slab.data() + slab.size();
  slab.resize(slab.size() + num_bytes);
  return begin;
}

void MapOutputWriter::spill_all() {
  if (!spilled_) { spilled_ = std::make_shared<SpilledExtents>(spill_file_); }
  for (std::uint32_t partition = 0; partition < num_partitions(); ++partition) {
    close_segment(partition);
    next_segment_bytes_[partition] = kFirstSegmentBytes;
    for (Segment& segment : segments_[partition]) {
      if (segment.data == nullptr) { continue; }
      segment.extent = spilled_->append(std::span(segment.data, segment.num_bytes));
      segment.data = nullptr;
      segment.shared_offset.reset();
      spill_bytes_ += segment.num_bytes;
    }
  }
  slabs_.clear();
  held_bytes_ = 0;
}

MapOutput MapOutputWriter::finish() {
  for (std::uint32_t partition = 0; partition < num_partitions(); ++partition) { close_segment(partition); }
  std::vector<std::shared_ptr<SpilledExtents>> extents;
  if (spilled_) { extents.push_back(std::exchange(spilled_, nullptr)); }
  MapOutput output(std::exchange(segments_, {}), std::exchange(slabs_, {}), std::move(extents));
  held_bytes_ = 0;
  return output;
}

}  // namespace hammerscale::shuffle
