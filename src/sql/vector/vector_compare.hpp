#pragma once

#include <cstdint>

#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// Order of two cells of equal types, both not NULL at the top: negative, 0, positive. NaN equals NaN and is larger
/// than all else; -0.0 equals 0.0; strings by the type's collation; NULLs inside arrays and structs come first. Maps:
/// equality only, as Spark's normalised maps.
int compare_cells(const Vector& a, std::int32_t row_a, const Vector& b, std::int32_t row_b);
/// compare_cells == 0, faster.
bool equal_cells(const Vector& a, std::int32_t row_a, const Vector& b, std::int32_t row_b);
/// As equal_cells, where two NULLs are equal too: grouping, <=>, set operations.
bool same_cells(const Vector& a, std::int32_t row_a, const Vector& b, std::int32_t row_b);
/// Equal for cells that same_cells says are equal. Combined into hashes[row] for each row (start: hashes[row] given).
void hash_cells(const Vector& vector, RowSet rows, std::uint64_t* hashes);

}  // namespace hammerscale::sql
