#pragma once

#include <cstdint>

#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// Spark's Murmur3 hash of one cell, continued from `seed`; the seed itself for NULL. Equal to Spark's bit by bit.
std::int32_t murmur3_cell(const Vector& vector, std::int32_t row, std::int32_t seed);
/// Spark's xxHash64 of one cell, continued from `seed`.
std::int64_t xxhash64_cell(const Vector& vector, std::int32_t row, std::int64_t seed);

}  // namespace hammerscale::sql
