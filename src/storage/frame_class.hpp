#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace hammerscale::storage {

/// Address range of one FrameClass.
struct FrameClassLayout {
  std::byte* base = nullptr;
  std::uint64_t frame_bytes = 0;
  /// Bytes of a slab: a multiple of frame_bytes, at most kMaxFramesPerSlab frames.
  std::uint64_t slab_bytes = 0;
  std::uint64_t num_slabs = 0;
};

/// Frames of one size in one region, kept in slabs. A slab is the unit of residency: it is cold (not resident), idle
/// (resident, all frames free), partial, or full.
///
/// Example, 1 MiB frames in slabs of 2 MiB: slab 0 holds frames at 0 and 1 MiB, slab 1 those at 2 and 3 MiB. With only
/// the frame at 1 MiB in use, slab 0 is partial and slab 1 cold; freeing it makes slab 0 idle.
///
/// The owner keeps the budget: it charges slab_bytes before take_untouched and uncharges what give_back returns.
/// Thread-safe.
class FrameClass {
 public:
  static constexpr std::uint64_t kMaxFramesPerSlab = 128;

  FrameClass() = default;
  FrameClass(const FrameClass&) = delete;
  FrameClass& operator=(const FrameClass&) = delete;

  /// @param open_pages   makes a slab accessible before its first use; false when the system refuses.
  /// @param close_pages  gives the pages of a slab back to the system.
  void configure(const FrameClassLayout& layout, std::function<bool(std::byte*, std::uint64_t)> open_pages,
                 std::function<void(std::byte*, std::uint64_t)> close_pages);

  [[nodiscard]] const FrameClassLayout& layout() const noexcept { return layout_; }

  /// A free frame of a partial slab, else of an idle one; the one freed last comes first.
  std::optional<std::byte*> take_touched();

  struct Untouched {
    std::byte* frame;
    bool opened_slab;  ///< False when another thread freed a frame meanwhile and no cold slab was needed.
  };
  /// A frame from a cold slab; none when the address range is used up or the system refuses.
  std::optional<Untouched> take_untouched();

  /// Returns a frame that take_touched or take_untouched gave out.
  void put(std::byte* frame) noexcept;

  /// Turns idle slabs cold, the longest idle first, until wanted bytes are given back or none is left.
  std::uint64_t give_back(std::uint64_t wanted) noexcept;

 private:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  struct Slab {
    std::array<std::uint8_t, kMaxFramesPerSlab> free_frames;  ///< Stack of indices; the top is freed last.
    std::uint32_t num_free = 0;
    std::uint32_t previous = kNone;
    std::uint32_t next = kNone;
  };
  struct SlabList {
    std::uint32_t head = kNone;
    std::uint32_t tail = kNone;
  };

  void push_front(SlabList& list, std::uint32_t index) noexcept;
  void unlink(SlabList& list, std::uint32_t index) noexcept;
  void fill(Slab& slab) const noexcept;
  [[nodiscard]] std::byte* slab_address(std::uint32_t index) const noexcept {
    return layout_.base + static_cast<std::uint64_t>(index) * layout_.slab_bytes;
  }
  std::byte* pop_frame(SlabList& list) noexcept;
  std::optional<std::byte*> take_touched_locked() noexcept;

  FrameClassLayout layout_;
  std::uint32_t frames_per_slab_ = 1;
  std::function<bool(std::byte*, std::uint64_t)> open_pages_;
  std::function<void(std::byte*, std::uint64_t)> close_pages_;

  std::mutex mutex_;
  // Slabs that were ever used; those beyond its end have never been opened. Grows by need, since a range can have
  // millions of slabs.
  std::deque<Slab> slabs_;
  SlabList partial_;
  SlabList idle_;
  SlabList cold_;
};

}  // namespace hammerscale::storage
