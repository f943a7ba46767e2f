#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

namespace hammerscale::sql {

constexpr char ascii_lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool is_ascii_digit(char c) noexcept { return c >= '0' && c <= '9'; }
/// Space and every control character: what casts from strings skip on both sides.
constexpr bool is_space(char c) noexcept { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; }

constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) { return false; }
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (ascii_lower(a[i]) != ascii_lower(b[i])) { return false; }
  }
  return true;
}

/// The text without is_space characters on both sides.
constexpr std::string_view trim_spaces(std::string_view text) noexcept {
  while (!text.empty() && is_space(text.front())) { text.remove_prefix(1); }
  while (!text.empty() && is_space(text.back())) { text.remove_suffix(1); }
  return text;
}

/// Reads a short text from left to right.
class TextScan {
 public:
  explicit constexpr TextScan(std::string_view text) noexcept : text_(text) {}

  [[nodiscard]] constexpr bool at_end() const noexcept { return at_ == text_.size(); }
  [[nodiscard]] constexpr std::size_t position() const noexcept { return at_; }
  constexpr void move_to(std::size_t position) noexcept { at_ = position; }
  [[nodiscard]] constexpr bool next_is(char c) const noexcept { return !at_end() && text_[at_] == c; }
  [[nodiscard]] constexpr bool next_is_digit() const noexcept { return !at_end() && is_ascii_digit(text_[at_]); }
  /// The next character; there must be one.
  constexpr char take() noexcept { return text_[at_++]; }
  constexpr bool skip(char c) noexcept {
    if (!next_is(c)) { return false; }
    ++at_;
    return true;
  }
  /// Whether there was white space.
  constexpr bool skip_spaces() noexcept {
    const std::size_t start = at_;
    while (!at_end() && is_space(text_[at_])) { ++at_; }
    return at_ != start;
  }
  /// Skips a word in any letter case.
  constexpr bool skip_word(std::string_view word) noexcept {
    if (!equal_ignoring_case(text_.substr(at_, word.size()), word)) { return false; }
    at_ += word.size();
    return true;
  }
  /// Reads digits; false when there is none. Numbers too large give the largest.
  constexpr bool number(std::uint64_t& value) noexcept {
    if (!next_is_digit()) { return false; }
    value = 0;
    while (next_is_digit()) {
      const auto digit = static_cast<std::uint64_t>(take() - '0');
      constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
      value = value > (kMax - digit) / 10 ? kMax : value * 10 + digit;
    }
    return true;
  }
  /// Everything up to the next white space.
  constexpr std::string_view take_word() noexcept {
    const std::string_view word = word_at(at_);
    at_ += word.size();
    return word;
  }
  [[nodiscard]] constexpr std::string_view word_at(std::size_t position) const noexcept {
    std::size_t end = position;
    while (end < text_.size() && !is_space(text_[end])) { ++end; }
    return text_.substr(position, end - position);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace hammerscale::sql
