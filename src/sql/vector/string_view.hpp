#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace hammerscale::sql {

/// A string or binary value in a vector: 16 bytes. Up to 12 bytes stand in place; longer ones have their first four
/// bytes here, for quick comparison, and a pointer into a buffer that the vector keeps alive.
///
/// Layout as in Arrow's Utf8View, except that a long view holds the address where Arrow holds buffer number and offset:
/// so values move between vectors without a table of buffers (docs/decisions names the cost at the edges).
class StringView {
 public:
  static constexpr std::uint32_t kInlineBytes = 12;

  StringView() noexcept : length_(0), prefix_{}, tail_{} {}
  /// Long strings are not copied: `text` must outlive the view.
  StringView(std::string_view text) noexcept : length_(static_cast<std::uint32_t>(text.size())), prefix_{}, tail_{} {
    if (length_ <= kInlineBytes) {
      std::memcpy(prefix_, text.data(), length_ < 4 ? length_ : 4);
      if (length_ > 4) { std::memcpy(tail_.bytes, text.data() + 4, length_ - 4); }
    } else {
      std::memcpy(prefix_, text.data(), 4);
      tail_.data = text.data();
    }
  }

  [[nodiscard]] std::uint32_t size() const noexcept { return length_; }
  [[nodiscard]] bool empty() const noexcept { return length_ == 0; }
  [[nodiscard]] bool is_inline() const noexcept { return length_ <= kInlineBytes; }
  [[nodiscard]] const char* data() const noexcept { return is_inline() ? prefix_ : tail_.data; }
  /// Valid as long as this object, for short strings: they point into it.
  [[nodiscard]] std::string_view view() const noexcept { return {data(), length_}; }

  friend bool operator==(const StringView& a, const StringView& b) noexcept {
    std::uint64_t head_a;
    std::uint64_t head_b;
    std::memcpy(&head_a, &a, 8);
    std::memcpy(&head_b, &b, 8);
    if (head_a != head_b) { return false; }
    if (a.is_inline()) { return std::memcmp(a.tail_.bytes, b.tail_.bytes, 8) == 0; }
    return std::memcmp(a.tail_.data, b.tail_.data, a.length_) == 0;
  }
  /// Bytewise order, as UTF8_BINARY.
  friend int compare(const StringView& a, const StringView& b) noexcept {
    const auto common = a.length_ < b.length_ ? a.length_ : b.length_;
    if (const int head = std::memcmp(a.prefix_, b.prefix_, common < 4 ? common : 4); head != 0) { return head; }
    if (common > 4) {
      if (const int rest = std::memcmp(a.data() + 4, b.data() + 4, common - 4); rest != 0) { return rest; }
    }
    return a.length_ < b.length_ ? -1 : a.length_ > b.length_ ? 1 : 0;
  }

 private:
  std::uint32_t length_;
  char prefix_[4];
  union Tail {
    char bytes[8];
    const char* data;
  } tail_;
};
static_assert(sizeof(StringView) == 16);

}  // namespace hammerscale::sql
