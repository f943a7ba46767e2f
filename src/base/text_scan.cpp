#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "base/text_scan.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "hammerscale/base/text_scan.hpp"

#ifndef HAMMERSCALE_TEXT_SCAN_STATE
#define HAMMERSCALE_TEXT_SCAN_STATE
namespace hammerscale {
/// Where a scan for words stands; in registers inside the kernel.
struct WordScanState {
  std::uint64_t position;
  std::uint64_t word_begin;
  bool in_word;
};
}  // namespace hammerscale
#endif

HWY_BEFORE_NAMESPACE();
namespace hammerscale::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kStepBytes = 64;

/// Bit i is set if byte i of the 64 is an ASCII space.
HWY_INLINE std::uint64_t space_bits(const std::uint8_t* bytes) {
  const hn::CappedTag<std::uint8_t, kStepBytes> tag;
  const auto blank = hn::Set(tag, ' ');
  const auto tab = hn::Set(tag, '\t');
  const auto num_controls = hn::Set(tag, '\r' - '\t');
  std::uint64_t bits = 0;
  for (std::size_t at = 0; at < kStepBytes; at += hn::Lanes(tag)) {
    const auto v = hn::LoadU(tag, bytes + at);
    // Unsigned, bytes below tab wrap to large numbers, so one comparison tests the range 9 to 13.
    const auto from_tab = hn::Sub(v, tab);
    const auto is_control = hn::Eq(hn::Min(from_tab, num_controls), from_tab);
    const auto mask = hn::Or(is_control, hn::Eq(v, blank));
    std::uint8_t mask_bytes[8] = {};
    hn::StoreMaskBits(tag, mask, mask_bytes);
    std::uint64_t part = 0;
    std::memcpy(&part, mask_bytes, sizeof(part));
    bits |= part << at;
  }
  return bits;
}

/// Appends the words that end in a step of 64 bytes at base.
HWY_INLINE std::size_t scan_step(std::uint64_t spaces, std::uint64_t base, WordScanState& state, TextRange* out) {
  const std::uint64_t previous = spaces << 1 | (state.in_word ? 0 : 1);
  const std::uint64_t edges = spaces ^ previous;
  std::uint64_t begins = edges & ~spaces;
  std::uint64_t ends = edges & spaces;
  std::uint64_t begin = state.word_begin;
  if (!state.in_word && begins != 0) {
    begin = base + static_cast<std::uint64_t>(std::countr_zero(begins));
    begins &= begins - 1;
  }
  std::size_t count = 0;
  while (ends != 0) {
    const std::uint64_t end = base + static_cast<std::uint64_t>(std::countr_zero(ends));
    ends &= ends - 1;
    out[count++] = TextRange{begin, end - begin};
    // With no further word in this step begin becomes junk; the next step with one sets it anew.
    begin = base + static_cast<std::uint64_t>(std::countr_zero(begins));
    begins &= begins - 1;
  }
  state.word_begin = begin;
  state.in_word = spaces >> 63 == 0;
  return count;
}

std::size_t scan_words(const char* text, std::size_t size, WordScanState& state, TextRange* out, std::size_t capacity) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text);
  WordScanState local = state;
  std::size_t count = 0;
  while (count + kMinWordBatch <= capacity && local.position + kStepBytes <= size) {
    const std::uint64_t spaces = space_bits(bytes + local.position);
    count += scan_step(spaces, local.position, local, out + count);
    local.position += kStepBytes;
  }
  if (count + kMinWordBatch <= capacity && local.position < size) {
    std::uint8_t padded[kStepBytes];
    std::memset(padded, ' ', kStepBytes);
    std::memcpy(padded, bytes + local.position, size - local.position);
    count += scan_step(space_bits(padded), local.position, local, out + count);
    local.position = size;
  }
  if (count < capacity && local.position == size && local.in_word) {
    out[count++] = TextRange{local.word_begin, size - local.word_begin};
    local.in_word = false;
  }
  state = local;
  return count;
}

/// Appends the offsets of line feeds in [position, size); stops when no room is left for a whole step.
std::size_t scan_line_feeds(const char* text, std::size_t size, std::uint64_t& position, std::uint64_t* out,
                            std::size_t capacity) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text);
  const hn::CappedTag<std::uint8_t, kStepBytes> tag;
  const auto line_feed = hn::Set(tag, '\n');
  std::size_t count = 0;
  std::uint64_t at = position;
  const std::size_t lanes = hn::Lanes(tag);
  while (count + kStepBytes <= capacity && at + lanes <= size) {
    std::uint8_t mask_bytes[8] = {};
    hn::StoreMaskBits(tag, hn::Eq(hn::LoadU(tag, bytes + at), line_feed), mask_bytes);
    std::uint64_t bits = 0;
    std::memcpy(&bits, mask_bytes, sizeof(bits));
    while (bits != 0) {
      out[count++] = at + static_cast<std::uint64_t>(std::countr_zero(bits));
      bits &= bits - 1;
    }
    at += lanes;
  }
  // Fewer bytes than a vector are left.
  while (at < size && size - at < lanes && count < capacity) {
    if (bytes[at] == '\n') { out[count++] = at; }
    ++at;
  }
  position = at;
  return count;
}

}  // namespace hammerscale::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <algorithm>
#include <array>

#include "hammerscale/base/check.hpp"

namespace hammerscale {

HWY_EXPORT(scan_words);
HWY_EXPORT(scan_line_feeds);

std::size_t WordScanner::next(std::span<TextRange> words) {
  HS_CHECK(words.size() >= kMinWordBatch);
  WordScanState state{position_, word_begin_, in_word_};
  const std::size_t count =
      HWY_DYNAMIC_DISPATCH(scan_words)(text_.data(), text_.size(), state, words.data(), words.size());
  position_ = state.position;
  word_begin_ = state.word_begin;
  in_word_ = state.in_word;
  return count;
}

std::size_t LineScanner::next(std::span<TextRange> lines) {
  HS_CHECK(!lines.empty());
  const std::uint64_t size = text_.size();
  std::array<std::uint64_t, 512> feeds;
  std::size_t count = 0;
  std::uint64_t scanned = position_;
  while (count < lines.size() && position_ < size) {
    const std::size_t num_feeds =
        HWY_DYNAMIC_DISPATCH(scan_line_feeds)(text_.data(), size, scanned, feeds.data(), feeds.size());
    const std::size_t num_lines = std::min(num_feeds, lines.size() - count);
    for (std::size_t i = 0; i < num_lines; ++i) {
      const std::uint64_t feed = feeds[i];
      const bool has_return = feed > position_ && text_[feed - 1] == '\r';
      lines[count++] = TextRange{position_, feed - position_ - (has_return ? 1 : 0)};
      position_ = feed + 1;
    }
    if (num_feeds == 0 && scanned == size) {
      lines[count++] = TextRange{position_, size - position_};
      position_ = size;
    }
  }
  return count;
}

std::uint64_t skip_line(std::string_view text, std::uint64_t position) {
  if (position >= text.size()) { return text.size(); }
  const void* feed = std::memchr(text.data() + position, '\n', text.size() - position);
  return feed == nullptr ? text.size() : static_cast<std::uint64_t>(static_cast<const char*>(feed) - text.data()) + 1;
}

}  // namespace hammerscale
#endif
