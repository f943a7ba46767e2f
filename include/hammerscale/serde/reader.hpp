#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace hammerscale {

/// Reads encoded values one after the other from bytes that somebody else keeps alive. Every step is checked against
/// the end, because the bytes may come from another rank or a disk.
class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) noexcept
      : position_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  [[nodiscard]] bool at_end() const noexcept { return position_ == end_; }
  [[nodiscard]] std::size_t remaining() const noexcept { return static_cast<std::size_t>(end_ - position_); }

  /// The next n bytes, which the reader then has behind it.
  /// @throws ResourceError kCorruptBlock  fewer than n bytes remain.
  std::span<const std::byte> take(std::size_t n) {
    if (n > remaining()) [[unlikely]] { fail_short(n); }
    const std::span<const std::byte> bytes(position_, n);
    position_ += n;
    return bytes;
  }

  void read_bytes(void* destination, std::size_t n) {
    const auto bytes = take(n);
    if (n != 0) { std::memcpy(destination, bytes.data(), n); }
  }

  /// Reads a length as written by write_length.
  std::uint64_t read_length() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const auto byte = static_cast<std::uint64_t>(take(1)[0]);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) { return value; }
    }
    fail_length();
  }

  /// Reads a number of elements of which each takes at least one byte, so that a corrupt count cannot make the caller
  /// reserve memory without bound.
  std::size_t read_count() {
    const auto count = read_length();
    if (count > remaining()) [[unlikely]] { fail_short(count); }
    return static_cast<std::size_t>(count);
  }

  /// Throws ResourceError kCorruptBlock: what was read is no encoded value.
  [[noreturn]] void fail_value(const char* what) const;

 private:
  [[noreturn]] void fail_short(std::uint64_t wanted) const;
  [[noreturn]] void fail_length() const;

  const std::byte* position_;
  const std::byte* end_;
};

/// Bytes that write_length takes for this value: 1 up to 127, at most 10.
constexpr std::size_t length_size(std::uint64_t value) noexcept {
  std::size_t size = 1;
  while (value >= 0x80) {
    value >>= 7;
    ++size;
  }
  return size;
}

/// Writes seven bits a byte, low bits first; returns the position behind.
inline std::byte* write_length(std::byte* out, std::uint64_t value) noexcept {
  while (value >= 0x80) {
    *out++ = static_cast<std::byte>((value & 0x7f) | 0x80);
    value >>= 7;
  }
  *out++ = static_cast<std::byte>(value);
  return out;
}

}  // namespace hammerscale
