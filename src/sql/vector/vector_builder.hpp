#pragma once

#include <cstdint>
#include <string_view>

#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// Appends cells to a flat vector that grows: for results whose length is not known before (array elements, generators,
/// collected aggregates). One thread.
class VectorBuilder {
 public:
  VectorBuilder(DataType type, const VectorMemory& memory);

  [[nodiscard]] std::int32_t size() const noexcept { return size_; }
  [[nodiscard]] const DataType& type() const noexcept { return vector_.type(); }
  void append_null();
  void append_bool(bool value);
  /// T is the exact physical type.
  template <typename T>
  void append(T value) {
    grow();
    vector_.mutable_values<T>()[size_++] = value;
  }
  /// Copies the bytes of long strings.
  void append_string(std::string_view text);
  void append_value(const Value& value);
  /// One cell of another vector of the same physical type, nested parts and all. Strings are copied.
  void append_from(const Vector& source, std::int32_t row);
  void append_range(const Vector& source, std::int32_t first, std::int32_t count);
  /// Elements, keys and values, or fields: append to them, then finish_list or finish_struct.
  [[nodiscard]] VectorBuilder& child(std::size_t i);
  /// An array or map of what was appended to the children since the last list.
  void finish_list();
  /// A struct, once each child got one value.
  void finish_struct();
  /// The vector; the builder is empty again.
  [[nodiscard]] Vector finish();

 private:
  void grow() {
    if (size_ == vector_.capacity_) [[unlikely]] { grow_more(); }
  }
  void grow_more();
  void append_base_cell(const Vector& base, std::int32_t position);

  Vector vector_;
  std::vector<VectorBuilder> children_;
  VectorMemory memory_;
  std::int32_t size_ = 0;
  std::int32_t list_start_ = 0;
};

}  // namespace hammerscale::sql
