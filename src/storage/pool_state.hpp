#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <vector>

#include "hammerscale/storage/buffer_pool.hpp"
#include "storage/frame_class.hpp"

namespace hammerscale::storage {

/// What BufferPool handles, buffers and reservations share; ends with the last of them.
///
/// Locks, in the order they may be taken: none is held while a reclaimer runs except that reclaimer's own shared lock;
/// room_mutex_, then the lock of one FrameClass.
class PoolState : public std::enable_shared_from_this<PoolState> {
 public:
  explicit PoolState(BufferPoolOptions options);
  PoolState(const PoolState&) = delete;
  PoolState& operator=(const PoolState&) = delete;
  ~PoolState();

  std::optional<Buffer> take(std::uint64_t min_bytes, Region region);
  void put(const Buffer& buffer) noexcept;
  bool reserve(std::uint64_t num_bytes);
  void unreserve(std::uint64_t num_bytes) noexcept;
  /// True when the test mode refuses the present call.
  bool refuse_next() noexcept;
  void trim() noexcept;

  struct Reclaimer {
    std::shared_mutex mutex;  ///< Shared while it runs, exclusive while it is removed.
    std::function<std::uint64_t(std::uint64_t)> function;  ///< Empty once removed.
  };
  std::shared_ptr<void> add_reclaimer(std::function<std::uint64_t(std::uint64_t)> function);

  [[nodiscard]] std::uint64_t budget() const noexcept { return options_.budget_bytes; }
  [[nodiscard]] std::uint64_t used() const noexcept { return used_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t peak() const noexcept { return peak_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t cached_free() const noexcept;
  [[nodiscard]] std::uint64_t shared_offset(const std::byte* data) const noexcept {
    return static_cast<std::uint64_t>(data - options_.shared_base);
  }

  static constexpr int kNumClasses = 20;  ///< 16 KiB << 0 .. 16 KiB << 19 = 8 GiB
  static std::uint64_t class_bytes(int index) noexcept { return kSmallestFrameBytes << index; }
  static std::uint64_t slab_bytes(int class_index, std::uint64_t budget_bytes) noexcept;

 private:
  using Classes = std::array<FrameClass, kNumClasses>;

  void reserve_private_range();
  void lay_out_shared_range();
  Classes& classes(Region region) noexcept { return region == Region::kShared ? shared_ : private_; }

  std::optional<Buffer> take_from_class(int index, Region region);
  /// A free frame of this class or a larger one that needs no more memory.
  std::optional<Buffer> take_left_over(int index, Region region);
  Buffer wrap(std::byte* frame, std::uint64_t frame_bytes, Region region);
  bool try_charge(std::uint64_t num_bytes) noexcept;
  void uncharge(std::uint64_t num_bytes) noexcept;
  bool charge(std::uint64_t num_bytes);
  std::uint64_t give_back_idle(std::uint64_t wanted) noexcept;
  std::uint64_t give_back_heap() noexcept;
  bool take_freed_heap(std::uint64_t num_bytes) noexcept;
  std::uint64_t ask_reclaimers(std::uint64_t wanted);
  void add_used(std::uint64_t num_bytes) noexcept;

  const BufferPoolOptions options_;
  std::byte* private_mapping_ = nullptr;
  std::uint64_t private_mapping_bytes_ = 0;
  Classes private_;
  Classes shared_;

  std::atomic<std::uint64_t> charged_{0};   ///< Touched slabs, reservations and freed heap; never above the budget.
  std::atomic<std::uint64_t> reserved_{0};
  std::atomic<std::uint64_t> freed_heap_{0};  ///< Reservations given back whose memory malloc may still hold.
  std::atomic<std::uint64_t> used_{0};
  std::atomic<std::uint64_t> peak_{0};
  std::atomic<std::uint64_t> num_refusable_calls_{0};
  // Serializes giving back, so that a thread that is short waits for room another thread is making just now instead of
  // failing.
  std::mutex room_mutex_;
  std::mutex reclaimers_mutex_;
  std::vector<std::weak_ptr<Reclaimer>> reclaimers_;
};

}  // namespace hammerscale::storage
