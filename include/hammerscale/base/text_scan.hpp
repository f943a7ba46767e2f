#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace hammerscale {

/// A piece of a text: bytes [offset, offset + length).
struct TextRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
  friend bool operator==(const TextRange&, const TextRange&) = default;
};

/// Whether a byte separates words: tab, line feed, vertical tab, form feed, carriage return or blank. The same in every
/// locale; bytes of UTF-8 sequences never do.
constexpr bool is_ascii_space(char byte) noexcept { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

/// Room that WordScanner::next needs at least: one 64-byte step may end 32 words, and the text's end one more.
inline constexpr std::size_t kMinWordBatch = 64;

/// Finds the words of a text, maximal runs of bytes that are no ASCII space, batch by batch.
///
/// About 2 GB/s on prose, with vector instructions chosen at run time. The text must outlive the scanner. One thread.
class WordScanner {
 public:
  explicit WordScanner(std::string_view text) : text_(text) {}

  /// Writes the next words in order.
  /// @param words  at least kMinWordBatch ranges.
  /// @return how many were written; 0 only at the end of the text.
  std::size_t next(std::span<TextRange> words);

 private:
  std::string_view text_;
  std::uint64_t position_ = 0;
  std::uint64_t word_begin_ = 0;
  bool in_word_ = false;
};

/// Finds the lines of a text, batch by batch. A line ends before "\n" or "\r\n"; a last line without an end counts, an
/// empty one behind the last "\n" does not.
///
/// About 3.7 GB/s on lines of 50 bytes. The text must outlive the scanner. One thread.
class LineScanner {
 public:
  explicit LineScanner(std::string_view text) : text_(text) {}

  /// Writes the next lines in order.
  /// @param lines  at least one range.
  /// @return how many were written; 0 only at the end of the text.
  std::size_t next(std::span<TextRange> lines);

  /// Offset of the first byte that no line so far covers.
  [[nodiscard]] std::uint64_t position() const noexcept { return position_; }

 private:
  std::string_view text_;
  std::uint64_t position_ = 0;
};

/// Offset behind the first "\n" at or after position, or text.size() if there is none. Where a reader of a byte range
/// begins whose first line belongs to its predecessor.
std::uint64_t skip_line(std::string_view text, std::uint64_t position);

}  // namespace hammerscale
