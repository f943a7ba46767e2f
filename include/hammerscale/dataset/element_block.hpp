#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <utility>

#include "hammerscale/dataset/block_span.hpp"

namespace hammerscale {

/// Room for one block of elements, filled from the front. Unlike std::vector it never moves its elements, needs no
/// check of the capacity, and holds bool as bool.
template <typename T>
class ElementBlock {
 public:
  ElementBlock() : slots_(std::allocator<T>().allocate(block_elements<T>)) {}
  ~ElementBlock() {
    clear();
    std::allocator<T>().deallocate(slots_, block_elements<T>);
  }
  ElementBlock(const ElementBlock&) = delete;
  ElementBlock& operator=(const ElementBlock&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool full() const noexcept { return size_ == block_elements<T>; }
  [[nodiscard]] BlockSpan<T> span() noexcept { return {slots_, size_}; }

  /// The block must not be full.
  template <typename... Args>
  void emplace(Args&&... args) {
    std::construct_at(slots_ + size_, std::forward<Args>(args)...);
    ++size_;
  }
  /// Constructs the element from make()'s result in place.
  template <typename Make>
  void emplace_with(Make&& make) {
    ::new (static_cast<void*>(slots_ + size_)) T(std::forward<Make>(make)());
    ++size_;
  }
  void clear() noexcept {
    std::destroy_n(slots_, size_);
    size_ = 0;
  }

 private:
  T* slots_;
  std::size_t size_ = 0;
};

}  // namespace hammerscale
