#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "hammerscale/shuffle/key_hash.hpp"
#include "sql/vector/vector.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

/// How the key columns of a row lie side by side in a record of fixed size, so that equal keys (as same_cells: NULLs
/// equal, one NaN, one zero) are compared and hashed as words.
///
/// Layout: fixed-width values, widest first; a bit a column that is NULL; zeros up to a multiple of 8; then a
/// StringView for each string and, as encode_cell writes them, for each array, map and struct. Example, keys (int,
/// string, bigint): bigint at 0, int at 8, NULL bits at 12, string at 16; 32 bytes.
class KeyLayout {
 public:
  /// @param has_null_bits  false where rows with a NULL key are left out beforehand: records are smaller.
  explicit KeyLayout(std::vector<DataType> types, bool has_null_bits = true);

  [[nodiscard]] std::size_t num_bytes() const noexcept { return num_bytes_; }
  [[nodiscard]] const std::vector<DataType>& types() const noexcept { return types_; }
  [[nodiscard]] bool has_strings() const noexcept { return !strings_.empty(); }

  /// Writes the records of rows.size rows one behind the other. Long strings point into the columns, encoded ones and
  /// folded ones into `scratch`: both must outlive the records, or retain() copies.
  void encode(std::span<const Vector* const> columns, RowSet rows, std::byte* records, StringHeap& scratch) const;

  [[nodiscard]] std::uint64_t hash(const std::byte* record) const noexcept {
    std::uint64_t hash = 0x2D358DCCAA6C78A5u;
    for (std::size_t i = 0; i < fixed_bytes_; i += 8) {
      std::uint64_t word;
      std::memcpy(&word, record + i, 8);
      hash = shuffle::detail::multiply_fold(hash ^ word, 0x9FB21C651E98DF25u) + word;
    }
    for (const std::size_t offset : strings_) {
      StringView text;
      std::memcpy(&text, record + offset, sizeof(text));
      hash = shuffle::detail::multiply_fold(hash ^ shuffle::hash_bytes(text.data(), text.size()), 0x9FB21C651E98DF25u);
    }
    return shuffle::mix_bits(hash);
  }

  [[nodiscard]] bool equal(const std::byte* a, const std::byte* b) const noexcept {
    for (std::size_t i = 0; i < fixed_bytes_; i += 8) {
      std::uint64_t word_a;
      std::uint64_t word_b;
      std::memcpy(&word_a, a + i, 8);
      std::memcpy(&word_b, b + i, 8);
      if (word_a != word_b) { return false; }
    }
    for (const std::size_t offset : strings_) {
      StringView text_a;
      StringView text_b;
      std::memcpy(&text_a, a + offset, sizeof(text_a));
      std::memcpy(&text_b, b + offset, sizeof(text_b));
      if (!(text_a == text_b)) { return false; }
    }
    return true;
  }

  /// Copies a record's long strings to a heap that lives as long as the record.
  void retain(std::byte* record, StringHeap& heap) const {
    for (const std::size_t offset : strings_) {
      StringView text;
      std::memcpy(&text, record + offset, sizeof(text));
      if (!text.is_inline()) {
        text = heap.add(text.view());
        std::memcpy(record + offset, &text, sizeof(text));
      }
    }
  }

  /// Appends key column `column` of the records.
  void decode(std::span<const std::byte* const> records, std::size_t column, VectorBuilder& builder) const;

 private:
  struct Place {
    std::size_t offset = 0;
    bool is_string = false;
    bool is_encoded = false;
    bool is_folded = false;  ///< UTF8_LCASE: stored in lower case.
  };

  [[nodiscard]] bool is_null(const std::byte* record, std::size_t column) const noexcept {
    return has_null_bits_ && (static_cast<unsigned>(record[null_offset_ + column / 8]) >> (column % 8) & 1U) != 0;
  }

  std::vector<DataType> types_;
  bool has_null_bits_;
  std::vector<Place> places_;
  std::vector<std::size_t> strings_;  ///< Offsets of all StringViews.
  std::size_t null_offset_ = 0;
  std::size_t fixed_bytes_ = 0;
  std::size_t num_bytes_ = 0;
};

}  // namespace hammerscale::sql
