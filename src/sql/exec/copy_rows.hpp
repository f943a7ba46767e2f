#pragma once

#include <vector>

#include "sql/vector/vector.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

/// Puts a vector together from rows of several others, each row staying at its position. One thread.
class RowMerger {
 public:
  /// `result` becomes a flat vector of num_rows positions; its memory is used again where nobody else has it.
  RowMerger(const DataType& type, std::int32_t num_rows, const VectorMemory& memory, Vector& result);

  /// Takes the cells of `rows` from a vector of the type (or of the NULL type). Each row at most once.
  void take(const Vector& source, RowSet rows);
  void set_null(RowSet rows);
  /// The result is complete; rows that were never taken may be anything.
  void finish();

 private:
  DataType type_;
  std::int32_t num_rows_;
  VectorMemory memory_;
  Vector& result_;
  // Lists and structs cannot be written out of order: their sources are noted, and the result is built at the end.
  bool is_nested_;
  std::vector<Vector> sources_;
  std::vector<std::int32_t> source_of_row_;
};

/// Calls f with a value of the C++ type of a physical type that has values of its own, as f.template operator()<T>().
template <typename F>
decltype(auto) with_physical_type(PhysicalType physical, F&& f) {
  switch (physical) {
    case PhysicalType::kInt8: return f.template operator()<std::int8_t>();
    case PhysicalType::kInt16: return f.template operator()<std::int16_t>();
    case PhysicalType::kInt32: return f.template operator()<std::int32_t>();
    case PhysicalType::kInt64: return f.template operator()<std::int64_t>();
    case PhysicalType::kInt128: return f.template operator()<Int128>();
    case PhysicalType::kFloat: return f.template operator()<float>();
    case PhysicalType::kDouble: return f.template operator()<double>();
    case PhysicalType::kInterval: return f.template operator()<CalendarInterval>();
    case PhysicalType::kString: return f.template operator()<StringView>();
    default: return f.template operator()<bool>();
  }
}

/// Vectors of one type, one behind the other, as a flat vector. Strings stay where they are and are kept alive.
Vector concatenate(std::vector<Vector> pieces, const DataType& type, const VectorMemory& memory);

/// The selected rows of a batch as a batch of flat columns without a selection.
Batch compact(const Batch& batch, const VectorMemory& memory);

}  // namespace hammerscale::sql
