#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sql/exec/key_layout.hpp"
#include "sql/vector/vector_memory.hpp"

namespace hammerscale::sql {

/// A hash table from key records to rows of fixed size: the states of a group's aggregates, its hash, its key.
///
/// A row is [payload, 16-aligned][hash][key record] and never moves. The directory has one word a slot, the top 16 bits
/// of the hash and the row's address, at most half full, probed linearly. Bits of the hash: the low ones choose the
/// slot, 48 to 63 are the tag, 32 to 47 the partition (partition_of), so that one partition's keys fill a whole table.
/// One thread.
class GroupTable {
 public:
  /// @param layout         must outlive the table.
  /// @param payload_bytes  in front of each key; new rows have zeros there.
  GroupTable(const KeyLayout& layout, std::size_t payload_bytes, VectorMemory memory, bool constant_hash = false);
  GroupTable(GroupTable&&) noexcept = default;
  GroupTable& operator=(GroupTable&&) noexcept = default;

  /// The row of each key, added where it is new. Rows that were added go to `added`, in order.
  /// @param rows_out  rows.size pointers, one for each of `rows`.
  void find_or_add(std::span<const Vector* const> keys, RowSet rows, std::byte** rows_out,
                   std::vector<std::byte*>& added);
  /// As find_or_add, for a row of another table of the same layout. Its strings are copied.
  std::byte* find_or_add_row(const std::byte* row, bool& is_new);
  /// The row of each key, null where there is none.
  void find(std::span<const Vector* const> keys, RowSet rows, std::byte** rows_out);

  [[nodiscard]] std::size_t num_rows() const noexcept { return num_rows_; }
  /// Bytes of rows, strings and directory.
  [[nodiscard]] std::size_t memory_bytes() const noexcept;
  [[nodiscard]] std::size_t row_bytes() const noexcept { return row_bytes_; }
  [[nodiscard]] const std::byte* key_of(const std::byte* row) const noexcept { return row + key_offset_; }
  [[nodiscard]] std::uint64_t hash_of(const std::byte* row) const noexcept {
    std::uint64_t hash;
    std::memcpy(&hash, row + hash_offset_, sizeof(hash));
    return hash;
  }
  /// Rows in the order they were added. f(std::byte* row).
  template <typename F>
  void for_each_row(F&& f) {
    for (std::size_t page = 0; page < pages_.size(); ++page) {
      for (std::size_t i = 0; i < pages_[page].num_rows; ++i) { f(pages_[page].memory.get() + i * row_bytes_); }
    }
  }
  /// Row number i, in the order they were added.
  [[nodiscard]] std::byte* row(std::size_t i) noexcept;
  /// Forgets all rows; keeps the directory's memory.
  void clear();

  /// Partition of a hash at a level of recursion: six bits each.
  static constexpr std::size_t kNumPartitions = 64;
  static std::size_t partition_of(std::uint64_t hash, int level) noexcept { return hash >> (42 - 6 * level) & 63U; }

 private:
  struct Page {
    std::shared_ptr<std::byte[]> memory;
    std::size_t num_rows = 0;
    std::size_t capacity = 0;
    std::size_t first_row = 0;
  };

  void prepare_records(std::span<const Vector* const> keys, RowSet rows);
  std::byte* add_row(const std::byte* record, std::uint64_t hash);
  void grow(std::size_t num_slots);
  template <typename Missing>
  std::byte* probe(const std::byte* record, std::uint64_t hash, Missing&& missing);

  const KeyLayout* layout_;
  VectorMemory memory_;
  bool constant_hash_;
  std::size_t hash_offset_;
  std::size_t key_offset_;
  std::size_t row_bytes_;
  std::size_t num_rows_ = 0;
  std::vector<Page> pages_;
  std::unique_ptr<StringHeap> strings_;
  std::unique_ptr<StringHeap> scratch_;
  std::shared_ptr<std::byte[]> directory_memory_;
  std::uint64_t* slots_ = nullptr;
  std::size_t num_slots_ = 0;
  std::vector<std::uint64_t> record_words_;
  std::vector<std::uint64_t> hashes_;
};

}  // namespace hammerscale::sql
