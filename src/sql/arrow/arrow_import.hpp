#pragma once

#include <optional>

#include "hammerscale/sql/data_type.hpp"
#include "sql/arrow/arrow_abi.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// The columns that a struct type of Arrow describes. The schema stays the caller's.
///
/// Unsigned integers become the next wider type (64 bits: decimal(20,0)), times and timestamps of any unit ours, a
/// timestamp with any zone a timestamp, month intervals year to month, durations day to second; dictionaries the type
/// of their values.
/// @throws SqlError UNSUPPORTED_ARROWTYPE  a type that has no counterpart: half floats, 256-bit decimals, unions ...
Schema import_schema(const ArrowSchema& schema);

/// The rows of a struct array of that type. Takes the array over: it is released when the last vector that uses it is
/// gone. Values of the same layout and the bytes of strings are shared, all else is converted.
/// @throws SqlError UNSUPPORTED_ARROWTYPE
/// @throws UserError kMalformedInput  the array does not have the buffers its type needs, or too many rows.
Batch import_batch(ArrowArray* array, const ArrowSchema& schema, const VectorMemory& memory);

/// Reads a stream of another library, batch by batch. One thread.
class ArrowStreamReader {
 public:
  /// Takes the stream over.
  /// @throws UserError kInput  the stream fails; its text is a field.
  ArrowStreamReader(ArrowArrayStream* stream, VectorMemory memory);
  ArrowStreamReader(const ArrowStreamReader&) = delete;
  ArrowStreamReader& operator=(const ArrowStreamReader&) = delete;
  ~ArrowStreamReader();

  [[nodiscard]] const Schema& schema() const noexcept { return columns_; }
  /// None at the end. Batches have the sizes the other side chose.
  [[nodiscard]] std::optional<Batch> next();

 private:
  void check(int code);

  ArrowArrayStream stream_{};
  ArrowSchema schema_{};
  Schema columns_;
  VectorMemory memory_;
};

}  // namespace hammerscale::sql
