#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "hammerscale/serde/serde.hpp"
#include "hammerscale/shuffle/map_output.hpp"
#include "hammerscale/shuffle/partition_scatter.hpp"
#include "hammerscale/storage/buffer_pool.hpp"

namespace hammerscale::shuffle {

/// Collects the output of one map task. Elements of a reduce partition go, encoded, into segments that double from
/// 4 KiB to 256 KiB; segments of all partitions are cut from shared slabs of 1 MiB, so that many small partitions waste
/// little. When the task reaches its memory limit or the pool has nothing left, all segments go to the spill file.
///
/// One thread at a time.
class MapOutputWriter {
 public:
  /// @param memory_limit   bytes of slabs it may hold before it spills.
  /// @param element_bytes  encoded size of every element; 0 where it varies.
  MapOutputWriter(storage::BufferPool pool, storage::SpillFile& spill_file, std::uint32_t num_partitions,
                  std::uint64_t memory_limit, std::size_t element_bytes);

  [[nodiscard]] std::uint32_t num_partitions() const noexcept { return static_cast<std::uint32_t>(cursors_.size()); }

  /// Appends one element to a partition.
  template <typename T>
  void append(std::uint32_t partition, const T& element) {
    const std::size_t num_bytes = Serde<T>::size(element);
    ScatterCursor& cursor = cursors_[partition];
    if (static_cast<std::size_t>(cursor.end - cursor.next) < num_bytes) [[unlikely]] {
      refill(partition, cursor, num_bytes);
    }
    Serde<T>::write(cursor.next, element);
    cursor.next += num_bytes;
    ++num_elements_[partition];
  }

  /// The cursors, by partition, for kernels that write elements of fixed size by themselves; they call refill when a
  /// cursor has no room.
  [[nodiscard]] std::span<ScatterCursor> cursors() noexcept { return cursors_; }

  /// Closes the open segment of the partition and opens one with room for num_bytes at least.
  void refill(std::uint32_t partition, ScatterCursor& cursor, std::size_t num_bytes);

  /// Bytes written to the spill file so far.
  [[nodiscard]] std::uint64_t spill_bytes() const noexcept { return spill_bytes_; }

  /// Ends the writing; the writer is empty afterwards.
  MapOutput finish();

 private:
  void close_segment(std::uint32_t partition);
  std::byte* take_from_slab(std::size_t num_bytes);
  void spill_all();

  storage::BufferPool pool_;
  storage::SpillFile& spill_file_;
  std::uint64_t memory_limit_;
  std::size_t element_bytes_;
  std::vector<ScatterCursor> cursors_;
  std::vector<std::uint64_t> num_elements_;  ///< Of the open segments; counted by append only.
  std::vector<std::byte*> segment_begin_;
  std::vector<std::uint32_t> next_segment_bytes_;
  std::vector<std::vector<Segment>> segments_;
  std::vector<storage::Buffer> slabs_;
  std::shared_ptr<SpilledExtents> spilled_;  ///< Set by the first spill.
  std::uint64_t held_bytes_ = 0;
  std::uint64_t spill_bytes_ = 0;
};

}  // namespace hammerscale::shuffle
