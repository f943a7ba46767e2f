#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "hammerscale/base/bitwise.hpp"
#include "hammerscale/base/check.hpp"

namespace hammerscale::shuffle {

/// Where the next row of a partition goes: free bytes [next, end) of the partition's current buffer. Both null: none
/// yet.
struct ScatterCursor {
  std::byte* next = nullptr;
  std::byte* end = nullptr;
};

/// refill(partition, cursor, num_bytes) puts a buffer with at least num_bytes > 0 free bytes into the cursor. It finds
/// in cursor.next how far the old buffer was filled. To fail it throws; rows before the failing one are then delivered.
template <typename Refill>
concept ScatterRefill = requires(Refill refill, std::uint32_t partition, ScatterCursor& cursor, std::size_t num_bytes) {
  refill(partition, cursor, num_bytes);
};

namespace detail {

inline constexpr std::size_t kScatterBlockRows = 512;

template <ScatterRefill Refill>
[[gnu::noinline, gnu::cold]] void refill_cursor(Refill& refill, std::uint32_t partition, ScatterCursor& cursor,
                                                std::size_t num_bytes) {
  refill(partition, cursor, num_bytes);
  HS_CHECK(static_cast<std::size_t>(cursor.end - cursor.next) >= num_bytes);
}

/// Copies num_bytes from a 64-byte aligned buffer past the cache if the target is aligned too. Whole cache lines
/// written so are not read first, which is what makes many partitions fast.
inline void stream_bytes(std::byte* to, const std::byte* from, std::size_t num_bytes) noexcept {
#if defined(__SSE2__)
  if (reinterpret_cast<std::uintptr_t>(to) % 64 == 0 && num_bytes % 64 == 0) {
    for (std::size_t at = 0; at < num_bytes; at += 16) {
      const __m128i bytes = _mm_load_si128(reinterpret_cast<const __m128i*>(from + at));
      _mm_stream_si128(reinterpret_cast<__m128i*>(to + at), bytes);
    }
    return;
  }
#endif
  std::memcpy(to, from, num_bytes);
}

/// Makes streamed bytes visible in order before other stores, for readers on other threads or ranks.
inline void finish_streaming() noexcept {
#if defined(__SSE2__)
  _mm_sfence();
#endif
}

}  // namespace detail

/// Appends each row, as its bytes, to the buffer of its partition. Rows of a partition keep their order.
///
/// Writes go straight to the cursors: the right way up to about 64 partitions (kMaxDirectPartitions); beyond, use
/// CombiningScatter.
///
/// @param rows          trivially copyable; need not be aligned at the target.
/// @param partition_of  partition_of(const T&) -> index below cursors.size(); called once a row, a block ahead.
/// @param cursors       one a partition, kept by the caller between calls.
///
/// Cost: about 5 ns per 16-byte row, hash included, up to 8 partitions, and twice that at 64.
template <typename T, typename PartitionOf, ScatterRefill Refill>
void scatter_rows(std::span<const T> rows, PartitionOf&& partition_of, std::span<ScatterCursor> cursors,
                  Refill&& refill) {
  static_assert(is_bitwise_v<T>, "rows travel as their bytes");
  std::uint32_t partitions[detail::kScatterBlockRows];
  for (std::size_t begin = 0; begin < rows.size(); begin += detail::kScatterBlockRows) {
    const std::size_t count = std::min(detail::kScatterBlockRows, rows.size() - begin);
    const T* block = rows.data() + begin;
    for (std::size_t i = 0; i < count; ++i) { partitions[i] = static_cast<std::uint32_t>(partition_of(block[i])); }
    for (std::size_t i = 0; i < count; ++i) {
      HS_ASSERT(partitions[i] < cursors.size());
      ScatterCursor& cursor = cursors[partitions[i]];
      if (static_cast<std::size_t>(cursor.end - cursor.next) < sizeof(T)) [[unlikely]] {
        detail::refill_cursor(refill, partitions[i], cursor, sizeof(T));
      }
      std::byte* to = cursor.next;
      cursor.next = to + sizeof(T);
      std::memcpy(to, block + i, sizeof(T));
    }
  }
}

/// scatter_rows for rows whose size is known only at run time.
/// @param rows        partitions.size() rows of row_bytes each, one behind the other.
/// @param partitions  partition of each row.
template <ScatterRefill Refill>
void scatter_bytes(const std::byte* rows, std::size_t row_bytes, std::span<const std::uint32_t> partitions,
                   std::span<ScatterCursor> cursors, Refill&& refill) {
  for (const std::uint32_t partition : partitions) {
    HS_ASSERT(partition < cursors.size());
    ScatterCursor& cursor = cursors[partition];
    if (static_cast<std::size_t>(cursor.end - cursor.next) < row_bytes) [[unlikely]] {
      detail::refill_cursor(refill, partition, cursor, row_bytes);
    }
    std::memcpy(cursor.next, rows, row_bytes);
    cursor.next += row_bytes;
    rows += row_bytes;
  }
}

/// Most partitions that scatter_rows serves well: one open line each still fits the first-level cache and its TLB.
inline constexpr std::size_t kMaxDirectPartitions = 64;

/// scatter_rows for many partitions: rows are gathered in a small staging buffer per partition, which leaves in whole
/// cache lines past the cache. At 4096 partitions 114 instead of 56 M rows of 16 bytes a second.
///
/// Buffers given by refill should be aligned to 64 bytes; others are written through the cache. Rows stay in the
/// staging buffers until finish(), which the owner must call; the destructor drops them. If refill throws, the rows of
/// that partition stay staged, the row at hand and its successors are not taken.
template <typename T>
class CombiningScatter {
 public:
  static_assert(is_bitwise_v<T>, "rows travel as their bytes");
  static_assert(sizeof(T) <= 64, "larger rows fill whole lines by themselves: use scatter_rows");

  /// Bytes of scratch the constructor wants.
  static constexpr std::size_t scratch_bytes(std::size_t num_partitions) {
    return num_partitions * (kStageBytes + sizeof(std::uint32_t));
  }

  /// @param scratch  at least scratch_bytes(cursors.size()), aligned to 64; lives as long as this object.
  /// @param cursors  one a partition; not copied.
  CombiningScatter(std::span<ScatterCursor> cursors, std::span<std::byte> scratch)
      : cursors_(cursors), stages_(scratch.data()) {
    HS_CHECK(scratch.size() >= scratch_bytes(cursors.size()));
    HS_CHECK(reinterpret_cast<std::uintptr_t>(scratch.data()) % 64 == 0);
    num_staged_ = reinterpret_cast<std::uint32_t*>(stages_ + cursors.size() * kStageBytes);
    std::fill_n(num_staged_, cursors.size(), 0u);
  }
  CombiningScatter(const CombiningScatter&) = delete;
  CombiningScatter& operator=(const CombiningScatter&) = delete;

  /// Takes the rows; see scatter_rows.
  template <typename PartitionOf, ScatterRefill Refill>
  void scatter(std::span<const T> rows, PartitionOf&& partition_of, Refill&& refill) {
    std::uint32_t partitions[detail::kScatterBlockRows];
    for (std::size_t begin = 0; begin < rows.size(); begin += detail::kScatterBlockRows) {
      const std::size_t count = std::min(detail::kScatterBlockRows, rows.size() - begin);
      const T* block = rows.data() + begin;
      for (std::size_t i = 0; i < count; ++i) { partitions[i] = static_cast<std::uint32_t>(partition_of(block[i])); }
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t partition = partitions[i];
        HS_ASSERT(partition < cursors_.size());
        std::uint32_t staged = num_staged_[partition];
        if (staged == kStageRows) [[unlikely]] {
          flush(partition, refill);
          staged = 0;
        }
        std::memcpy(stages_ + partition * kStageBytes + staged * sizeof(T), block + i, sizeof(T));
        num_staged_[partition] = staged + 1;
      }
    }
  }

  /// Delivers the staged rows. Afterwards the buffers hold everything and other threads may read them once told so.
  template <ScatterRefill Refill>
  void finish(Refill&& refill) {
    for (std::uint32_t partition = 0; partition < cursors_.size(); ++partition) {
      if (num_staged_[partition] != 0) { flush(partition, refill); }
    }
    detail::finish_streaming();
  }

 private:
  // Four lines: long enough for bursts that fill DRAM's write queue well, and 1000 partitions stay within L2.
  static constexpr std::size_t kStageBytes = 256;
  static constexpr std::uint32_t kStageRows = kStageBytes / sizeof(T);

  template <ScatterRefill Refill>
  void flush(std::uint32_t partition, Refill& refill) {
    ScatterCursor& cursor = cursors_[partition];
    std::byte* stage = stages_ + partition * kStageBytes;
    const std::size_t num_bytes = num_staged_[partition] * sizeof(T);
    if (static_cast<std::size_t>(cursor.end - cursor.next) >= num_bytes) [[likely]] {
      detail::stream_bytes(cursor.next, stage, num_bytes);
      cursor.next += num_bytes;
    } else {
      flush_by_rows(partition, refill);
    }
    num_staged_[partition] = 0;
  }

  /// Fills the rest of the buffer before asking for the next.
  template <ScatterRefill Refill>
  [[gnu::noinline, gnu::cold]] void flush_by_rows(std::uint32_t partition, Refill& refill) {
    ScatterCursor& cursor = cursors_[partition];
    std::byte* stage = stages_ + partition * kStageBytes;
    while (num_staged_[partition] != 0) {
      const auto room = static_cast<std::size_t>(cursor.end - cursor.next) / sizeof(T);
      if (room == 0) {
        detail::refill_cursor(refill, partition, cursor, sizeof(T));
        continue;
      }
      const auto moved = static_cast<std::uint32_t>(std::min<std::size_t>(room, num_staged_[partition]));
      std::memcpy(cursor.next, stage, moved * sizeof(T));
      cursor.next += moved * sizeof(T);
      num_staged_[partition] -= moved;
      std::memmove(stage, stage + moved * sizeof(T), num_staged_[partition] * sizeof(T));
    }
  }

  std::span<ScatterCursor> cursors_;
  std::byte* stages_;
  std::uint32_t* num_staged_;
};

}  // namespace hammerscale::shuffle
