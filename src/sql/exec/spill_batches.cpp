#include "sql/exec/spill_batches.hpp"

#include <cstring>
#include <string>
#include <utility>

#include "sql/exec/cell_codec.hpp"

namespace hammerscale::sql {

SpilledBatches::SpilledBatches(SpilledBatches&& other) noexcept
    : file_(std::exchange(other.file_, nullptr)),
      types_(std::move(other.types_)),
      extents_(std::exchange(other.extents_, {})),
      num_rows_(std::exchange(other.num_rows_, 0)) {}

SpilledBatches& SpilledBatches::operator=(SpilledBatches&& other) noexcept {
  if (this != &other) {
    clear();
    file_ = std::exchange(other.file_, nullptr);
    types_ = std::move(other.types_);
    extents_ = std::exchange(other.extents_, {});
    num_rows_ = std::exchange(other.num_rows_, 0);
  }
  return *this;
}

SpilledBatches::~SpilledBatches() { clear(); }

void SpilledBatches::clear() noexcept {
  for (const auto& extent : extents_) { file_->release(extent); }
  extents_.clear();
  num_rows_ = 0;
}

std::uint64_t SpilledBatches::raw_bytes() const noexcept {
  std::uint64_t sum = 0;
  for (const auto& extent : extents_) { sum += extent.raw_bytes; }
  return sum;
}

void SpilledBatches::append(const Batch& batch, ExecutionContext& context) {
  const RowSet rows = batch.rows();
  if (rows.size == 0) { return; }
  if (file_ == nullptr) { file_ = &context.spill_file(); }
  if (types_.empty()) {
    for (const Vector& column : batch.columns) { types_.push_back(column.type()); }
  }
  std::string bytes(reinterpret_cast<const char*>(&rows.size), sizeof(rows.size));
  for (const Vector& column : batch.columns) {
    rows.for_each([&](std::int32_t row) { encode_cell(column, row, CellForm::kExact, bytes); });
  }
  extents_.push_back(file_->append(std::as_bytes(std::span(bytes))));
  num_rows_ += rows.size;
  context.note_spill(bytes.size());
}

Batch SpilledBatches::read(std::size_t i, const VectorMemory& memory) const {
  const std::vector<std::byte> bytes = file_->read_all(extents_[i]);
  Batch batch;
  std::memcpy(&batch.num_rows, bytes.data(), sizeof(batch.num_rows));
  std::span<const std::byte> rest = std::span(bytes).subspan(sizeof(batch.num_rows));
  for (const DataType& type : types_) {
    VectorBuilder builder(type, memory);
    for (std::int32_t row = 0; row < batch.num_rows; ++row) { rest = rest.subspan(decode_cell(rest, type, builder)); }
    batch.columns.push_back(builder.finish());
  }
  return batch;
}

bool has_memory_for(std::size_t num_bytes, const ExecutionContext& context) {
  if (context.options().spill_always) { return false; }
  return context.memory().try_allocate(num_bytes) != nullptr;
}

}  // namespace hammerscale::sql
