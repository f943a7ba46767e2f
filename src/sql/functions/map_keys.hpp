#pragma once

#include <cstdint>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// Checks the keys of a map that is being made: `count` cells from `first` on.
/// @throws SqlError NULL_MAP_KEY, DUPLICATED_MAP_KEY
void check_map_keys(const Vector& keys, std::int32_t first, std::int32_t count, Origin origin);

}  // namespace hammerscale::sql
