#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "hammerscale/sql/data_type.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// Appends the selected rows of a batch as bytes that stand alone: for spill files and exchange between ranks of one
/// machine type. Column types are not written; the reader knows them. Encodings are flattened, but constants stay one
/// value.
///
/// Layout: int32 rows, then each column: one byte of flags (1 has validity, 2 is constant), validity as whole words,
/// values; strings as int32 lengths followed by all their bytes; arrays and maps as int32 lengths and their children;
/// structs as their fields.
void append_batch_bytes(std::vector<std::byte>& out, const Batch& batch);

/// Reads one batch from the front of `bytes`, which is moved behind it. All columns are flat or constant, and nothing
/// points into `bytes`.
/// @throws ResourceError kCorruptBlock  the bytes end too early or contradict themselves.
Batch read_batch_bytes(std::span<const std::byte>& bytes, std::span<const DataType> types, const VectorMemory& memory);

}  // namespace hammerscale::sql
