#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

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

/// Keeps the strings between fillings, so that those that the receiver only read need no allocation the next time.
template <>
class ElementBlock<std::string> {
 public:
  ElementBlock() : slots_(block_elements<std::string>) {}
  ElementBlock(const ElementBlock&) = delete;
  ElementBlock& operator=(const ElementBlock&) = delete;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool full() const noexcept { return size_ == slots_.size(); }
  [[nodiscard]] BlockSpan<std::string> span() noexcept { return {slots_.data(), size_}; }

  template <typename... Args>
  void emplace(Args&&... args) {
    if constexpr (sizeof...(Args) == 1 && (std::is_convertible_v<Args, std::string_view> && ...) &&
                  (!std::is_same_v<Args, std::string> && ...)) {
      slots_[size_].assign(std::string_view(args...));
    } else {
      slots_[size_] = std::string(std::forward<Args>(args)...);
    }
    ++size_;
  }
  template <typename Make>
  void emplace_with(Make&& make) {
    slots_[size_] = std::forward<Make>(make)();
    ++size_;
  }
  void clear() noexcept {
    for (std::size_t i = 0; i < size_; ++i) {
      // A block of long strings would hold on to megabytes that no budget counts.
      if (slots_[i].capacity() > kLongestKept) { std::string().swap(slots_[i]); }
    }
    size_ = 0;
  }

 private:
  static constexpr std::size_t kLongestKept = 512;

  std::vector<std::string> slots_;
  std::size_t size_ = 0;
};

}  // namespace hammerscale
