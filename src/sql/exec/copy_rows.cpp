#include "sql/exec/copy_rows.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace hammerscale::sql {

RowMerger::RowMerger(const DataType& type, std::int32_t num_rows, const VectorMemory& memory, Vector& result)
    : type_(type),
      num_rows_(num_rows),
      memory_(memory),
      result_(result),
      is_nested_(type.physical() == PhysicalType::kList || type.physical() == PhysicalType::kStruct) {
  if (is_nested_) {
    source_of_row_.assign(static_cast<std::size_t>(num_rows), -1);
  } else {
    result_.prepare(type_, num_rows, memory_);
    result_.set_size(num_rows);
  }
}

void RowMerger::take(const Vector& source, RowSet rows) {
  if (type_.is_null()) { return; }
  if (source.type().is_null()) {
    set_null(rows);
    return;
  }
  if (is_nested_) {
    const auto number = static_cast<std::int32_t>(sources_.size());
    sources_.push_back(source);
    rows.for_each([&](std::int32_t row) { source_of_row_[static_cast<std::size_t>(row)] = number; });
    return;
  }
  if (type_.physical() == PhysicalType::kBool) {
    const ColumnReader<bool> values(source);
    std::uint64_t* out = result_.mutable_bits();
    rows.for_each([&](std::int32_t row) { bitmap::assign(out, row, values[row]); });
  } else {
    with_physical_type(type_.physical(), [&]<typename T>() {
      if constexpr (!std::is_same_v<T, bool>) {
        const ColumnReader<T> values(source);
        T* out = result_.mutable_values<T>();
        rows.for_each([&](std::int32_t row) { out[row] = values[row]; });
      }
    });
    if (type_.physical() == PhysicalType::kString) { result_.share_strings(source); }
  }
  if (source.may_have_nulls()) {
    rows.for_each([&](std::int32_t row) {
      if (source.is_null(row)) { result_.set_null(row); }
    });
  }
}

void RowMerger::set_null(RowSet rows) {
  if (is_nested_ || type_.is_null()) { return; }
  std::uint64_t* validity = result_.mutable_validity();
  rows.for_each([&](std::int32_t row) { bitmap::clear(validity, row); });
}

void RowMerger::finish() {
  if (!is_nested_) { return; }
  VectorBuilder builder(type_, memory_);
  for (std::int32_t row = 0; row < num_rows_; ++row) {
    const std::int32_t source = source_of_row_[static_cast<std::size_t>(row)];
    if (source < 0) {
      builder.append_null();
    } else {
      builder.append_from(sources_[static_cast<std::size_t>(source)], row);
    }
  }
  result_ = builder.finish();
}

Vector concatenate(std::vector<Vector> pieces, const DataType& type, const VectorMemory& memory) {
  std::int64_t num_rows = 0;
  for (const Vector& piece : pieces) { num_rows += piece.size(); }
  HS_CHECK(num_rows <= std::numeric_limits<std::int32_t>::max());
  const PhysicalType physical = type.physical();
  if (physical == PhysicalType::kList || physical == PhysicalType::kStruct || physical == PhysicalType::kNone) {
    VectorBuilder builder(type, memory);
    for (const Vector& piece : pieces) { builder.append_range(piece, 0, piece.size()); }
    return builder.finish();
  }
  Vector result(type, static_cast<std::int32_t>(num_rows), memory);
  result.set_size(static_cast<std::int32_t>(num_rows));
  std::int32_t first = 0;
  for (const Vector& piece : pieces) {
    if (physical == PhysicalType::kBool) {
      const ColumnReader<bool> values(piece);
      for (std::int32_t i = 0; i < piece.size(); ++i) { bitmap::assign(result.mutable_bits(), first + i, values[i]); }
    } else if (!piece.type().is_null()) {
      with_physical_type(physical, [&]<typename T>() {
        if constexpr (!std::is_same_v<T, bool>) {
          const ColumnReader<T> values(piece);
          T* out = result.mutable_values<T>() + first;
          if (values.is_direct()) {
            std::copy_n(values.data(), piece.size(), out);
          } else {
            for (std::int32_t i = 0; i < piece.size(); ++i) { out[i] = values[i]; }
          }
        }
      });
    }
    if (piece.may_have_nulls()) {
      for (std::int32_t i = 0; i < piece.size(); ++i) {
        if (piece.is_null(i)) { result.set_null(first + i); }
      }
    }
    first += piece.size();
  }
  if (physical == PhysicalType::kString) {
    result.keep_alive(std::make_shared<const std::vector<Vector>>(std::move(pieces)));
  }
  return result;
}

Batch compact(const Batch& batch, const VectorMemory& memory) {
  Batch result;
  result.num_rows = batch.num_selected();
  result.columns.reserve(batch.columns.size());
  for (const Vector& column : batch.columns) {
    if (batch.selection) {
      result.columns.push_back(column.gather(*batch.selection, memory, true));
    } else {
      Vector whole = column;
      whole.set_size(batch.num_rows);
      result.columns.push_back(whole.flatten(memory));
    }
  }
  return result;
}

}  // namespace hammerscale::sql
