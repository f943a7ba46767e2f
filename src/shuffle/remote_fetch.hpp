#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/base/id.hpp"
#include "hammerscale/comm/wake_up.hpp"
#include "hammerscale/storage/buffer.hpp"
#include "hammerscale/storage/buffer_pool.hpp"
#include "shuffle/control_channel.hpp"
#include "shuffle/parcel_plan.hpp"

namespace hammerscale::shuffle {

/// What one request brings from one source: the directory, the receive buffers and how far they have been filled.
///
/// Two threads work on it. The thread that owns MPI takes the directory, posts receives into buffers that were granted
/// and counts parcels that arrived. The reader, one task thread, grants buffers and frees them after reading. Until a
/// reader has claimed a prefetch, the MPI thread stands in for it. Parcels are granted, filled and read in order, so
/// the counters say who may touch which buffer: [0, num_read) nobody, up to num_arrived the reader, up to num_granted
/// the MPI thread.
class RemoteFetch {
 public:
  struct SegmentView {
    const std::byte* in_place = nullptr;  ///< nullptr: streamed, or empty.
    std::uint64_t num_bytes = 0;
    std::uint64_t num_elements = 0;
    std::uint32_t parcel = 0;
    std::uint64_t place_in_parcel = 0;
    bool streamed = false;
  };

  /// Who may read it.
  enum class Owner : std::uint8_t { kPrefetch, kReader, kDropped };

  RemoteFetch(std::uint64_t id, ExecutorId source, ShuffleId shuffle, std::uint32_t partition,
              std::vector<std::uint32_t> map_partitions, std::uint64_t piece_bytes, Owner owner,
              storage::BufferPool pool, std::shared_ptr<std::atomic<std::uint64_t>> granted_bytes);
  RemoteFetch(const RemoteFetch&) = delete;
  RemoteFetch& operator=(const RemoteFetch&) = delete;
  ~RemoteFetch();

  const std::uint64_t id;
  const ExecutorId source;
  const ShuffleId shuffle;
  const std::uint32_t partition;
  const std::vector<std::uint32_t> map_partitions;
  const std::uint64_t piece_bytes;
  const bool is_prefetch;
  std::atomic<Owner> owner;

  // ---- MPI thread ---------------------------------------------------------------------------------------------------

  /// Reads a directory; nobody sees it before publish_directory().
  /// @param window  start of the source's memory in this process; nullptr where nothing can be read in place.
  void take_directory(ControlChannel::Words words, const std::byte* window);
  void publish_directory();
  /// Fails, because the source lacks an output.
  void take_missing(std::uint32_t map_partition);
  /// Memory for the next piece of a granted parcel, and notes that it is posted; empty when there is none.
  std::span<std::byte> next_piece();
  /// Notes that the oldest posted piece has arrived.
  void piece_arrived(std::uint64_t num_bytes);
  [[nodiscard]] std::uint32_t num_posted() const noexcept { return num_posted_; }
  /// Whether nothing of it is read in place.
  [[nodiscard]] bool is_all_streamed() const noexcept { return is_all_streamed_; }
  bool queued = false;              ///< In the list of those that may post.
  bool released_at_source = false;  ///< The source was told that it may forget.

  // ---- Any thread ---------------------------------------------------------------------------------------------------

  /// The reader's next wait throws it. The first error stays.
  void fail(const ErrorInfo& error);
  [[nodiscard]] bool has_directory() const noexcept { return has_directory_.load(std::memory_order_acquire); }
  /// Whether every parcel has arrived.
  [[nodiscard]] bool is_complete() const noexcept {
    return has_directory() && num_arrived_.load(std::memory_order_acquire) == parcels_.size();
  }

  // ---- The reader ---------------------------------------------------------------------------------------------------

  /// @throws what fail() was given.
  void wait_for_directory();
  /// Waits until the parcel is here; it must have been granted.
  void wait_for_parcel(std::uint32_t parcel);
  /// Gives memory to parcels that were not granted yet, until `max_pieces` pieces are granted and unread or memory is
  /// short. `may_take` is asked first, with the bytes. True if anything was granted.
  template <typename MayTake>
  bool grant_ahead(std::uint64_t max_pieces, const MayTake& may_take) {
    bool any = false;
    for (std::size_t next = num_granted(); next < parcels_.size(); ++next) {
      const std::uint64_t pieces = num_pieces(parcels_[next], piece_bytes);
      if (unread_pieces_ + pieces > max_pieces || !may_take(parcels_[next].num_bytes)) { break; }
      auto buffer = pool_.try_allocate(parcels_[next].num_bytes);
      if (!buffer) { break; }
      grant(std::move(*buffer));
      any = true;
    }
    return any;
  }
  /// Gives memory to the next parcel, whatever it costs.
  /// @throws ResourceError kOutOfMemory.
  void grant_one();
  [[nodiscard]] std::size_t num_granted() const noexcept { return num_granted_.load(std::memory_order_acquire); }
  [[nodiscard]] std::size_t num_parcels() const noexcept { return parcels_.size(); }
  [[nodiscard]] std::size_t num_read() const noexcept { return num_read_; }
  [[nodiscard]] std::uint64_t unread_pieces() const noexcept { return unread_pieces_; }
  /// Frees the oldest parcel that was not freed.
  void free_parcel();
  /// Frees every buffer of a complete fetch; returns the bytes.
  std::uint64_t free_all();

  /// The segments of the map partition at this index of map_partitions.
  [[nodiscard]] std::span<const SegmentView> segments(std::size_t index) const {
    return std::span(segments_).subspan(begin_[index], begin_[index + 1] - begin_[index]);
  }
  [[nodiscard]] std::span<const SegmentView> segments() const { return segments_; }
  [[nodiscard]] std::span<const std::byte> bytes(const SegmentView& segment) const;

 private:
  template <typename Ready>
  void wait_until(const Ready& ready);
  void grant(storage::Buffer buffer);
  void throw_if_failed();

  storage::BufferPool pool_;
  std::shared_ptr<std::atomic<std::uint64_t>> granted_bytes_;  // Over all fetches: capacity of their buffers.
  comm::WakeUp wake_up_;
  std::atomic<bool> has_directory_{false};
  std::atomic<bool> failed_{false};
  std::mutex error_mutex_;
  std::optional<ErrorInfo> error_;

  std::vector<SegmentView> segments_;
  std::vector<std::size_t> begin_;  // By index of map_partitions, and the end.
  std::vector<Parcel> parcels_;
  std::vector<storage::Buffer> buffers_;  // By parcel.
  std::atomic<std::size_t> num_granted_{0};
  std::atomic<std::size_t> num_arrived_{0};
  std::size_t num_read_ = 0;
  std::uint64_t unread_pieces_ = 0;  // Granted and not freed.

  bool is_all_streamed_ = true;
  std::size_t posting_parcel_ = 0;
  std::uint64_t posted_of_parcel_ = 0;
  std::uint64_t arrived_of_parcel_ = 0;
  std::uint32_t num_posted_ = 0;
};

}  // namespace hammerscale::shuffle
