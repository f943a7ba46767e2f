#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "hammerscale/storage/buffer.hpp"
#include "hammerscale/storage/region.hpp"

namespace hammerscale::storage {

struct BufferPoolOptions {
  /// Most bytes that frames and reservations may take together; at least kSmallestFrameBytes.
  std::uint64_t budget_bytes = 0;
  /// Start of a sparse, writable, page-aligned shared mapping of shared_bytes; null when there is none. It must outlive
  /// the pool and every buffer of it.
  std::byte* shared_base = nullptr;
  std::uint64_t shared_bytes = 0;
  /// Gives the pages of a range of the arena back to the system, by a punched hole. MADV_REMOVE when empty.
  /// Called on any thread, from the allocation that needs the room; must not call the pool.
  std::function<void(std::uint64_t offset, std::uint64_t length)> release_shared = {};
  /// Test mode: try_allocate and try_reserve refuse about every second call, in an order fixed by a counter, so that
  /// operators spill at every chance.
  bool refuse_at_random = false;
};

/// Smallest and largest frame; sizes between them are the powers of two.
inline constexpr std::uint64_t kSmallestFrameBytes = std::uint64_t{1} << 14;
inline constexpr std::uint64_t kLargestFrameBytes = std::uint64_t{1} << 33;

/// Keeps one reclaimer of a pool alive; destroying it waits for a running call and removes it. Do not destroy it inside
/// the reclaimer itself.
class ReclaimerHandle {
 public:
  ReclaimerHandle() = default;
  explicit ReclaimerHandle(std::shared_ptr<void> entry) : entry_(std::move(entry)) {}

 private:
  std::shared_ptr<void> entry_;
};

/// The one memory budget of an executor process, and the frames cut from it. A handle: copies share one pool, whose
/// memory ends with the last handle, Buffer and Reservation.
///
/// Frames come in powers of two from 16 KiB to 8 GiB. First touch of fresh memory runs at about 3 GB/s and reuse at 10
/// and more, so a freed frame stays resident and is the first to be handed out again. Resident memory is counted in
/// slabs of 2 MiB (one huge page; smaller under a budget of 64 MiB) that hold frames of one size, and:
///
/// Invariant: bytes of all touched slabs + reserved bytes <= budget_bytes(), at any moment. When an allocation would
/// break it, slabs without a used frame are given back to the system, then the reclaimers are asked.
///
/// Every method may be called on any thread. Reusing a frame costs one uncontended lock.
class BufferPool {
 public:
  /// Reserves address space (about 20 times the budget); touches nothing.
  /// @throws UserError kInvalidArgument   the budget is below kSmallestFrameBytes, or the arena is not page-aligned.
  /// @throws ResourceError kOutOfMemory  the system refuses the address space (see `ulimit -v`).
  explicit BufferPool(BufferPoolOptions options);

  /// Length of shared mapping from which any mix of frame sizes can fill the budget. It is sparse: pages that are never
  /// touched cost nothing.
  static std::uint64_t shared_bytes_wanted(std::uint64_t budget_bytes);

  /// A buffer whose capacity() is the smallest class that holds min_bytes (a larger one when only that has room); none
  /// when the budget stays short after all reclaimers were asked. For callers that spill.
  [[nodiscard]] std::optional<Buffer> try_allocate(std::size_t min_bytes, Region region = Region::kPrivate);

  /// As try_allocate, for callers that cannot do with less. Waits up to half a second for others to give memory back.
  /// @throws ResourceError kOutOfMemory  not retryable; fields: wanted, budget, used.
  [[nodiscard]] Buffer allocate(std::size_t min_bytes, Region region = Region::kPrivate);

  /// Takes bytes from the budget for heap memory outside the pool, such as hash tables of strings. Prefer Reservation,
  /// which cannot forget to give back.
  [[nodiscard]] bool try_reserve(std::uint64_t num_bytes);
  /// Gives back what try_reserve took; no more than that.
  void release(std::uint64_t num_bytes);

  /// Adds a function that frees memory when an allocation is short. It is called on the allocating thread, without a
  /// lock of the pool, with the bytes wanted, and returns the bytes it freed; 0 means it can do no more. Allocations
  /// inside it do not ask reclaimers again. Reclaimers are asked in the order they were added.
  [[nodiscard]] ReclaimerHandle add_reclaimer(std::function<std::uint64_t(std::uint64_t wanted)> reclaimer);

  /// Capacity of all buffers alive plus reserved bytes.
  [[nodiscard]] std::uint64_t used_bytes() const noexcept;
  /// Touched memory that no buffer holds.
  [[nodiscard]] std::uint64_t cached_free_bytes() const noexcept;
  /// Highest used_bytes() so far.
  [[nodiscard]] std::uint64_t peak_bytes() const noexcept;
  [[nodiscard]] std::uint64_t budget_bytes() const noexcept;
  /// Gives all slabs without a used frame back to the system.
  void trim();

  /// What one of num_active_tasks tasks should hold at the most, so that each can get its part: budget / tasks.
  [[nodiscard]] std::uint64_t fair_share(int num_active_tasks) const noexcept;

 private:
  friend class Reservation;
  std::shared_ptr<PoolState> state_;
};

}  // namespace hammerscale::storage
