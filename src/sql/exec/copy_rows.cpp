#include "sql/exec/copy_rows.hpp"

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
