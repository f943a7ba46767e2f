#include "storage/frame_class.hpp"

#include <utility>

#include "hammerscale/base/check.hpp"

namespace hammerscale::storage {

void FrameClass::configure(const FrameClassLayout& layout, std::function<bool(std::byte*, std::uint64_t)> open_pages,
                           std::function<void(std::byte*, std::uint64_t)> close_pages) {
  HS_CHECK(layout.frame_bytes > 0 && layout.slab_bytes % layout.frame_bytes == 0);
  HS_CHECK(layout.slab_bytes / layout.frame_bytes <= kMaxFramesPerSlab);
  HS_CHECK(layout.num_slabs < kNone);
  layout_ = layout;
  frames_per_slab_ = static_cast<std::uint32_t>(layout.slab_bytes / layout.frame_bytes);
  open_pages_ = std::move(open_pages);
  close_pages_ = std::move(close_pages);
}

void FrameClass::push_front(SlabList& list, std::uint32_t index) noexcept {
  Slab& slab = slabs_[index];
  slab.previous = kNone;
  slab.next = list.head;
  if (list.head != kNone) {
    slabs_[list.head].previous = index;
  } else {
    list.tail = index;
  }
  list.head = index;
}

void FrameClass::unlink(SlabList& list, std::uint32_t index) noexcept {
  const Slab& slab = slabs_[index];
  if (slab.previous != kNone) {
    slabs_[slab.previous].next = slab.next;
  } else {
    list.head = slab.next;
  }
  if (slab.next != kNone) {
    slabs_[slab.next].previous = slab.previous;
  } else {
    list.tail = slab.previous;
  }
}

void FrameClass::fill(Slab& slab) const noexcept {
  // Descending, so that frames of a fresh slab are touched in ascending order of address.
  for (std::uint32_t i = 0; i < frames_per_slab_; ++i) {
    slab.free_frames[i] = static_cast<std::uint8_t>(frames_per_slab_ - 1 - i);
  }
  slab.num_free = frames_per_slab_;
}

std::byte* FrameClass::pop_frame(SlabList& list) noexcept {
  const std::uint32_t index = list.head;
  Slab& slab = slabs_[index];
  const std::uint8_t frame = slab.free_frames[--slab.num_free];
  if (&list != &partial_) {
    unlink(list, index);
    if (slab.num_free > 0) { push_front(partial_, index); }
  } else if (slab.num_free == 0) {
    unlink(list, index);
  }
  return slab_address(index) + frame * layout_.frame_bytes;
}

std::optional<std::byte*> FrameClass::take_touched_locked() noexcept {
  if (partial_.head != kNone) { return pop_frame(partial_); }
  if (idle_.head != kNone) { return pop_frame(idle_); }
  return std::nullopt;
}

std::optional<std::byte*> FrameClass::take_touched() {
  const std::scoped_lock lock(mutex_);
  return take_touched_locked();
}

std::optional<FrameClass::Untouched> FrameClass::take_untouched() {
  const std::scoped_lock lock(mutex_);
  if (const auto frame = take_touched_locked()) { return Untouched{*frame, false}; }
  if (cold_.head == kNone) {
    if (slabs_.size() >= layout_.num_slabs) { return std::nullopt; }
    const auto index = static_cast<std::uint32_t>(slabs_.size());
    if (!open_pages_(slab_address(index), layout_.slab_bytes)) { return std::nullopt; }
    fill(slabs_.emplace_back());
    push_front(cold_, index);
  }
  return Untouched{pop_frame(cold_), true};
}

void FrameClass::put(std::byte* frame) noexcept {
  const auto offset = static_cast<std::uint64_t>(frame - layout_.base);
  const auto index = static_cast<std::uint32_t>(offset / layout_.slab_bytes);
  const std::scoped_lock lock(mutex_);
  Slab& slab = slabs_[index];
  if (slab.num_free > 0) { unlink(partial_, index); }
  slab.free_frames[slab.num_free++] = static_cast<std::uint8_t>(offset % layout_.slab_bytes / layout_.frame_bytes);
  push_front(slab.num_free == frames_per_slab_ ? idle_ : partial_, index);
}

std::uint64_t FrameClass::give_back(std::uint64_t wanted) noexcept {
  std::uint64_t given = 0;
  while (given < wanted) {
    std::uint32_t index = kNone;
    {
      const std::scoped_lock lock(mutex_);
      index = idle_.tail;
      if (index == kNone) { break; }
      unlink(idle_, index);
    }
    // Outside the lock: giving back gigabytes takes milliseconds. The slab is on no list, so nobody can take it.
    close_pages_(slab_address(index), layout_.slab_bytes);
    given += layout_.slab_bytes;
    const std::scoped_lock lock(mutex_);
    fill(slabs_[index]);
    push_front(cold_, index);
  }
  return given;
}

}  // namespace hammerscale::storage
