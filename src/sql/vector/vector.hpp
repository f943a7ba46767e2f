#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "hammerscale/base/check.hpp"
#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/value.hpp"
#include "sql/vector/string_view.hpp"
#include "sql/vector/vector_memory.hpp"

namespace hammerscale::sql {

/// Most rows of a batch; tests set fewer.
inline constexpr std::int32_t kBatchRows = 2048;

/// Position and length of one array or map among the values of the children.
struct ListEntry {
  std::int32_t offset = 0;
  std::int32_t length = 0;
};

enum class Encoding : std::uint8_t {
  kFlat,        ///< One value a row.
  kConstant,    ///< One value, at position 0, for all rows.
  kDictionary,  ///< Row i has the value of dictionary() at indices()[i]; a NULL there is a NULL here.
};

/// Which rows of a batch an evaluation is about: a list of ascending row numbers, or all from 0 to size - 1.
struct RowSet {
  const std::int32_t* indices = nullptr;  ///< Null: all.
  std::int32_t size = 0;

  [[nodiscard]] bool is_all() const noexcept { return indices == nullptr; }
  [[nodiscard]] std::int32_t operator[](std::int32_t i) const noexcept { return indices ? indices[i] : i; }
  template <typename F>
  void for_each(F&& f) const {
    if (indices == nullptr) {
      for (std::int32_t i = 0; i < size; ++i) { f(i); }
    } else {
      for (std::int32_t i = 0; i < size; ++i) { f(indices[i]); }
    }
  }
};

/// Bitmaps: bit i is bit i % 64 of word i / 64, as in Arrow on little-endian machines. A set bit is a valid row, or
/// true.
namespace bitmap {
inline bool get(const std::uint64_t* bits, std::int32_t i) noexcept { return (bits[i >> 6] >> (i & 63)) & 1U; }
inline void set(std::uint64_t* bits, std::int32_t i) noexcept { bits[i >> 6] |= std::uint64_t{1} << (i & 63); }
inline void clear(std::uint64_t* bits, std::int32_t i) noexcept { bits[i >> 6] &= ~(std::uint64_t{1} << (i & 63)); }
inline void assign(std::uint64_t* bits, std::int32_t i, bool value) noexcept {
  bits[i >> 6] = (bits[i >> 6] & ~(std::uint64_t{1} << (i & 63))) | (std::uint64_t{value} << (i & 63));
}
inline constexpr std::int32_t words(std::int32_t num_bits) noexcept { return (num_bits + 63) >> 6; }
std::int32_t count(const std::uint64_t* bits, std::int32_t num_bits) noexcept;
}  // namespace bitmap

/// A column of a batch. Copies share the memory; a vector that is written to must be the only one that has it, which
/// prepare() sees to.
///
/// Invariant: values, validity and children are those of the encoding's positions: size() for kFlat, 1 for kConstant,
/// none but the dictionary and size() indices for kDictionary. Validity is null when nothing is NULL.
/// Example, type string, rows "a", NULL, "a" as a dictionary: dictionary() = flat {"a", NULL}, indices() = {0, 1, 0}.
class Vector {
 public:
  Vector() = default;
  /// A flat vector with room for `capacity` rows; size 0.
  Vector(DataType type, std::int32_t capacity, const VectorMemory& memory);
  static Vector constant(const Value& value, DataType type, std::int32_t size, const VectorMemory& memory);
  static Vector dictionary(std::shared_ptr<const Vector> values, std::shared_ptr<std::int32_t[]> indices,
                           std::int32_t size);
  /// From Arrow or other memory that `owner` keeps alive: flat, read only. Validity may be null.
  static Vector wrap(DataType type, std::int32_t size, const void* values, const std::uint64_t* validity,
                     std::vector<Vector> children, std::shared_ptr<const void> owner);

  [[nodiscard]] const DataType& type() const noexcept { return type_; }
  [[nodiscard]] Encoding encoding() const noexcept { return encoding_; }
  [[nodiscard]] std::int32_t size() const noexcept { return size_; }
  void set_size(std::int32_t size) noexcept { size_ = size; }
  /// Rows that a flat vector has room for.
  [[nodiscard]] std::int32_t capacity() const noexcept { return capacity_; }

  // ---- reading
  /// The values of a flat or constant vector, at the type's physical layout; booleans by bits().
  template <typename T>
  [[nodiscard]] const T* values() const noexcept {
    return reinterpret_cast<const T*>(values_);
  }
  [[nodiscard]] const std::uint64_t* bits() const noexcept { return values<std::uint64_t>(); }
  [[nodiscard]] const std::uint64_t* validity() const noexcept { return validity_; }
  [[nodiscard]] bool may_have_nulls() const noexcept;
  [[nodiscard]] const Vector& child(std::size_t i) const { return children_[i]; }
  [[nodiscard]] std::size_t num_children() const noexcept { return children_.size(); }
  [[nodiscard]] const std::shared_ptr<const Vector>& dictionary_values() const noexcept { return dictionary_; }
  [[nodiscard]] const std::int32_t* indices() const noexcept { return indices_.get(); }
  /// Position in values() (of the dictionary, for kDictionary) of a row; any encoding.
  [[nodiscard]] std::int32_t position(std::int32_t row) const noexcept {
    return encoding_ == Encoding::kFlat ? row : encoding_ == Encoding::kConstant ? 0 : indices_[row];
  }
  /// The flat or constant vector whose values hold the rows: itself, or the dictionary.
  [[nodiscard]] const Vector& base() const noexcept {
    return encoding_ == Encoding::kDictionary ? *dictionary_ : *this;
  }
  [[nodiscard]] bool is_null(std::int32_t row) const noexcept {
    const Vector& from = base();
    return type_.is_null() || (from.validity_ != nullptr && !bitmap::get(from.validity_, position(row)));
  }
  /// One cell, slowly.
  [[nodiscard]] Value value(std::int32_t row) const;

  // ---- writing
  /// Makes it a flat vector of the type with room for `capacity` rows, no NULLs, no strings; reuses its memory when
  /// nobody else has it. For results of expressions: no allocation from batch to batch.
  void prepare(const DataType& type, std::int32_t capacity, const VectorMemory& memory);
  template <typename T>
  [[nodiscard]] T* mutable_values() noexcept {
    return reinterpret_cast<T*>(const_cast<std::byte*>(values_));
  }
  [[nodiscard]] std::uint64_t* mutable_bits() noexcept { return mutable_values<std::uint64_t>(); }
  /// All-valid at first call.
  [[nodiscard]] std::uint64_t* mutable_validity();
  void set_null(std::int32_t row) { bitmap::clear(mutable_validity(), row); }
  [[nodiscard]] Vector& mutable_child(std::size_t i) { return children_[i]; }
  /// Where strings of this vector are copied to.
  [[nodiscard]] StringHeap& string_heap();
  /// Keeps what the strings, lists and structs of `other` point at alive as long as this vector.
  void share_strings(const Vector& other);
  /// Keeps memory that strings of this vector point at alive as long as the vector.
  void keep_alive(const std::shared_ptr<const void>& what);
  /// Replaces a child, for lists whose elements were built apart.
  void set_child(std::size_t i, Vector child) { children_[i] = std::move(child); }
  /// Shares validity with another vector of equal positions (both flat): for functions whose NULLs are those of one
  /// argument.
  void share_validity(const Vector& other);
  /// Takes validity for size() rows, made by the caller as whole words.
  void adopt_validity(std::shared_ptr<std::byte[]> words);
  /// Writes one cell, slowly. Lists append to the children.
  void set_value(std::int32_t row, const Value& value);
  /// Replaces the type by one of the same physical layout.
  void set_type(DataType type) { type_ = std::move(type); }

  // ---- whole vectors
  /// A flat vector of the same rows; itself when flat.
  [[nodiscard]] Vector flatten(const VectorMemory& memory) const;
  /// A dictionary vector with this one's indices over other values: what a function makes of each entry.
  [[nodiscard]] Vector with_dictionary(std::shared_ptr<const Vector> values) const {
    return dictionary(std::move(values), indices_, size_);
  }
  /// The rows numbered, as a dictionary over this vector (of its dictionary, when it is one), or a copy when flat is
  /// true.
  [[nodiscard]] Vector gather(std::span<const std::int32_t> rows, const VectorMemory& memory, bool flat = false) const;
  /// A constant vector of `size` rows with the value that this flat vector has at position 0.
  [[nodiscard]] Vector repeated(std::int32_t size) const;
  /// Heap and pool bytes it keeps alive, shared ones counted fully.
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  friend class VectorBuilder;

  /// More room, keeping the first size() rows; the vector is flat and the only one that has its memory.
  void grow_to(std::int32_t capacity);
  void allocate_values(std::int32_t capacity);

  DataType type_;
  Encoding encoding_ = Encoding::kFlat;
  std::int32_t size_ = 0;
  std::int32_t capacity_ = 0;
  const std::byte* values_ = nullptr;
  std::uint64_t* validity_ = nullptr;
  std::shared_ptr<const void> owner_;  ///< Of values_, when wrapped.
  std::shared_ptr<std::byte[]> value_memory_;
  std::shared_ptr<std::byte[]> validity_memory_;
  std::shared_ptr<StringHeap> heap_;
  std::vector<std::shared_ptr<const void>> kept_alive_;  ///< Heaps and owners of strings that came from elsewhere.
  std::vector<Vector> children_;
  std::shared_ptr<const Vector> dictionary_;
  std::shared_ptr<std::int32_t[]> indices_;
  std::shared_ptr<VectorMemory> memory_;
};

/// Reads the values of one physical type through any encoding. T: bool, the integers, Int128, float, double,
/// CalendarInterval, StringView, ListEntry.
template <typename T>
class ColumnReader {
 public:
  explicit ColumnReader(const Vector& vector) noexcept
      : values_(vector.base().template values<T>()),
        validity_(vector.base().validity()),
        indices_(vector.indices()),
        mask_(vector.base().encoding() == Encoding::kConstant ? 0 : -1) {}

  [[nodiscard]] std::int32_t position(std::int32_t row) const noexcept {
    return (indices_ ? indices_[row] : row) & mask_;
  }
  [[nodiscard]] const T& operator[](std::int32_t row) const noexcept { return values_[position(row)]; }
  [[nodiscard]] bool is_null(std::int32_t row) const noexcept {
    return validity_ != nullptr && !bitmap::get(validity_, position(row));
  }
  [[nodiscard]] bool has_validity() const noexcept { return validity_ != nullptr; }
  [[nodiscard]] bool is_direct() const noexcept { return indices_ == nullptr && mask_ == -1; }
  [[nodiscard]] bool is_constant() const noexcept { return mask_ == 0; }
  [[nodiscard]] const T* data() const noexcept { return values_; }

 private:
  const T* values_;
  const std::uint64_t* validity_;
  const std::int32_t* indices_;
  std::int32_t mask_;
};

template <>
class ColumnReader<bool> {
 public:
  explicit ColumnReader(const Vector& vector) noexcept
      : values_(vector.base().bits()),
        validity_(vector.base().validity()),
        indices_(vector.indices()),
        mask_(vector.base().encoding() == Encoding::kConstant ? 0 : -1) {}
  [[nodiscard]] std::int32_t position(std::int32_t row) const noexcept {
    return (indices_ ? indices_[row] : row) & mask_;
  }
  [[nodiscard]] bool operator[](std::int32_t row) const noexcept { return bitmap::get(values_, position(row)); }
  [[nodiscard]] bool is_null(std::int32_t row) const noexcept {
    return validity_ != nullptr && !bitmap::get(validity_, position(row));
  }
  [[nodiscard]] bool has_validity() const noexcept { return validity_ != nullptr; }
  [[nodiscard]] bool is_direct() const noexcept { return indices_ == nullptr && mask_ == -1; }
  [[nodiscard]] bool is_constant() const noexcept { return mask_ == 0; }

 private:
  const std::uint64_t* values_;
  const std::uint64_t* validity_;
  const std::int32_t* indices_;
  std::int32_t mask_;
};

/// Rows of several columns, with the rows that are still wanted.
struct Batch {
  std::vector<Vector> columns;
  std::int32_t num_rows = 0;                             ///< Of each column.
  std::shared_ptr<std::vector<std::int32_t>> selection;  ///< Ascending; null: all rows.

  [[nodiscard]] std::int32_t num_selected() const noexcept {
    return selection ? static_cast<std::int32_t>(selection->size()) : num_rows;
  }
  [[nodiscard]] RowSet rows() const noexcept {
    return selection ? RowSet{selection->data(), static_cast<std::int32_t>(selection->size())}
                     : RowSet{nullptr, num_rows};
  }
};

}  // namespace hammerscale::sql
