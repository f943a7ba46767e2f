#pragma once

#include <functional>
#include <optional>

#include "hammerscale/sql/data_type.hpp"
#include "sql/arrow/arrow_abi.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// Fills `out` with a struct type of the columns. The receiver calls out->release.
///
/// decimal is decimal128, string utf8, binary and variant binary, timestamp microseconds of UTC, timestamp_ntz
/// microseconds without a zone, time 64-bit nanoseconds, year-month intervals months, day-time intervals durations in
/// microseconds, calendar intervals month-day-nano. The fields of an interval type and the lengths of char and varchar
/// are not told.
void export_schema(const Schema& schema, ArrowSchema* out);

/// Fills `out` with the selected rows of a batch as one struct array. Values of fixed width, validity and children are
/// shared, not copied, when the columns are flat and all rows are selected; strings, decimals of up to 18 digits and
/// calendar intervals are rewritten (docs/decisions/0010). The receiver calls out->release, on any thread.
/// @throws ResourceError kOutOfMemory      see VectorMemory.
/// @throws UserError     kResultTooLarge   a column has 2 GiB of strings or more.
void export_batch(const Batch& batch, const VectorMemory& memory, ArrowArray* out);

/// Fills `out` with a stream of the batches that `next` gives until it gives none. Errors that it throws reach the
/// receiver as get_last_error.
void export_stream(Schema schema, std::function<std::optional<Batch>()> next, VectorMemory memory,
                   ArrowArrayStream* out);

}  // namespace hammerscale::sql
