#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sql/exec/key_layout.hpp"
#include "sql/exec/pipeline.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

/// What a join does. The probe side is the left one, the build side the right one; the output is the probe's columns,
/// then the build's (semi and anti joins: only the probe's; kMark: the mark behind them).
struct JoinDescription {
  JoinKind kind = JoinKind::kInner;
  std::vector<DataType> probe_types;
  std::vector<DataType> build_types;
  std::vector<std::int32_t> probe_keys;  ///< Columns that must be equal, pair by pair of one type. None: nested loops.
  std::vector<std::int32_t> build_keys;
  std::vector<bool> null_safe;  ///< <=>: two NULLs match. One a key.
  ExpressionPtr residual;       ///< What else must be true, over the columns of both sides; or null.
  ExpressionPtr condition;      ///< Everything, for kMark and kNullAwareAnti, where NULLs decide.

  [[nodiscard]] bool has_null_safe_keys() const;
  [[nodiscard]] std::vector<DataType> key_types() const;
  [[nodiscard]] bool keeps_unmatched_build() const noexcept {
    return kind == JoinKind::kRightOuter || kind == JoinKind::kFullOuter;
  }
  [[nodiscard]] bool is_three_valued() const noexcept {
    return kind == JoinKind::kMark || kind == JoinKind::kNullAwareAnti;
  }
};

/// The build side of a join in memory, ready to be probed by any number of threads.
///
/// "Unchained": rows lie in order of their hash; a directory slot says where the rows of a range of hashes begin, and
/// has a Bloom filter of 16 bits of them. Example, four rows with hashes beginning 00, 10, 10, 11 and a directory of
/// four slots: slot 0 begins at 0, slots 1 and 2 at 1, slot 3 at 3, and the end at 4. Source: Birler et al., Robust
/// Join Processing with Diamond Hardened Joins, PVLDB 17(11), 2024. Differs: records of fixed size, strings out of
/// line.
class JoinTable {
 public:
  /// @param batches  flat, without selections.
  JoinTable(const JoinDescription& description, std::vector<Batch> batches, const VectorMemory& memory,
            bool constant_hash);

  [[nodiscard]] std::int32_t num_rows() const noexcept { return num_rows_; }
  [[nodiscard]] const std::vector<std::shared_ptr<const Vector>>& columns() const noexcept { return columns_; }
  [[nodiscard]] const KeyLayout& layout() const noexcept { return layout_; }
  /// Rows with a NULL in a key that does not match NULL.
  [[nodiscard]] const std::vector<std::int32_t>& null_rows() const noexcept { return null_rows_; }

  [[nodiscard]] std::uint64_t hash(const std::byte* record) const noexcept {
    return constant_hash_ ? 42 : layout_.hash(record);
  }
  void prefetch(std::uint64_t hash) const noexcept { __builtin_prefetch(directory_.data() + slot(hash)); }
  void prefetch_rows(std::uint64_t hash) const noexcept {
    const std::uint64_t begin = directory_[slot(hash)] & kOffsetMask;
    __builtin_prefetch(records_ + begin * layout_.num_bytes());
    __builtin_prefetch(rows_.data() + begin);
  }
  /// Calls f(row) for each row with the key, until it returns false.
  template <typename F>
  void for_each_match(const std::byte* record, std::uint64_t hash, F&& f) const {
    const std::size_t at = slot(hash);
    const std::uint64_t entry = directory_[at];
    if ((entry >> (48 + (hash & 15)) & 1U) == 0) { return; }
    const std::uint64_t end = directory_[at + 1] & kOffsetMask;
    for (std::uint64_t i = entry & kOffsetMask; i < end; ++i) {
      if (layout_.equal(records_ + i * layout_.num_bytes(), record) && !f(rows_[i])) { return; }
    }
  }

  /// Notes that a row found a partner. Any thread.
  void set_matched(std::int32_t row) noexcept {
    matched_[static_cast<std::size_t>(row)].store(1, std::memory_order_relaxed);
  }
  [[nodiscard]] bool is_matched(std::int32_t row) const noexcept {
    return matched_[static_cast<std::size_t>(row)].load(std::memory_order_relaxed) != 0;
  }

 private:
  static constexpr std::uint64_t kOffsetMask = (std::uint64_t{1} << 48) - 1;

  [[nodiscard]] std::size_t slot(std::uint64_t hash) const noexcept { return hash >> shift_; }
  void build(const JoinDescription& description, const VectorMemory& memory);

  KeyLayout layout_;
  bool constant_hash_;
  std::int32_t num_rows_ = 0;
  std::vector<std::shared_ptr<const Vector>> columns_;
  std::vector<std::int32_t> null_rows_;
  std::vector<std::uint64_t> directory_;
  int shift_ = 63;
  std::shared_ptr<std::byte[]> record_memory_;
  const std::byte* records_ = nullptr;  ///< In order of hash, like rows_.
  std::vector<std::int32_t> rows_;
  std::unique_ptr<StringHeap> strings_;  ///< Encoded and folded keys.
  std::unique_ptr<std::atomic<std::uint8_t>[]> matched_;
};

/// Rows whose keys may match: ascending rows without NULL in a key that does not match NULL.
void select_matchable(std::span<const Vector* const> keys, const std::vector<bool>& null_safe, RowSet rows,
                      std::vector<std::int32_t>& selected);

}  // namespace hammerscale::sql
