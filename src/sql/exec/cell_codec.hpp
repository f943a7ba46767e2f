#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>

#include "sql/vector/vector.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

/// What the bytes of a cell keep.
enum class CellForm : std::uint8_t {
  kExact,       ///< Everything.
  kNormalised,  ///< Cells that same_cells says are equal give equal bytes: one NaN, one zero, map entries sorted
                ///< (strings byte by byte, whatever their collation).
};

/// Appends the bytes of one cell. Numbers are in the machine's order: the bytes never leave machines of one kind.
void encode_cell(const Vector& vector, std::int32_t row, CellForm form, std::string& bytes);

/// Appends the cell that stands at the front of `bytes` to a builder of its type; returns how many bytes it took.
std::size_t decode_cell(std::span<const std::byte> bytes, const DataType& type, VectorBuilder& builder);

/// One form for all NaNs and both zeros.
template <typename T>
inline T normalised_float(T value) {
  if (value != value) { return std::numeric_limits<T>::quiet_NaN(); }
  return value + T{0};  // -0.0 + 0.0 is 0.0.
}

}  // namespace hammerscale::sql
