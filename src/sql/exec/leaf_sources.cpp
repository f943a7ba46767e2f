#include "sql/exec/leaf_sources.hpp"

#include <algorithm>

#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

std::shared_ptr<Source> make_values_source(const std::vector<Row>& rows, const std::vector<DataType>& types,
                                           const ExecutionContext& context) {
  auto batches = std::make_shared<std::vector<Batch>>();
  const auto batch_rows = static_cast<std::size_t>(context.options().batch_rows);
  for (std::size_t first = 0; first < rows.size(); first += batch_rows) {
    const std::size_t count = std::min(batch_rows, rows.size() - first);
    Batch batch;
    batch.num_rows = static_cast<std::int32_t>(count);
    for (std::size_t column = 0; column < types.size(); ++column) {
      VectorBuilder builder(types[column], context.memory());
      for (std::size_t i = 0; i < count; ++i) { builder.append_value(rows[first + i][column]); }
      batch.columns.push_back(builder.finish());
    }
    batches->push_back(std::move(batch));
  }
  return std::make_shared<BatchesSource>(std::move(batches));
}

RangeSource::RangeSource(std::int64_t start, std::int64_t end, std::int64_t step, std::int32_t batch_rows)
    : start_(start), step_(step), batch_rows_(batch_rows) {
  const Int128 distance = static_cast<Int128>(end) - start;
  Int128 count = distance / step;
  if (distance % step != 0) { ++count; }
  if ((distance > 0) != (step > 0)) { count = 0; }
  num_rows_ = static_cast<std::int64_t>(std::min<Int128>(count, INT64_MAX));
}

int RangeSource::max_tasks() const {
  // A task is worth its start from some ten thousand rows on.
  constexpr std::int64_t kRowsOfATask = 65536;
  return static_cast<int>(std::clamp<std::int64_t>(num_rows_ / kRowsOfATask, 1, 1024));
}

class RangeSource::Reader final : public BatchReader {
 public:
  Reader(RangeSource& range, TaskContext& context) : range_(range), context_(context) {}

  bool next(Batch& batch) override {
    const std::int64_t morsel = range_.next_morsel_.fetch_add(1, std::memory_order_relaxed);
    if (morsel > range_.num_rows_ / range_.batch_rows_) { return false; }
    const std::int64_t first = morsel * range_.batch_rows_;
    const std::int64_t count = std::min<std::int64_t>(range_.batch_rows_, range_.num_rows_ - first);
    if (count <= 0) { return false; }
    context_.morsel = morsel;
    context_.evaluation.first_row = first;
    // Unsigned: steps may pass the ends of the type between two rows that lie inside.
    auto value = static_cast<std::uint64_t>(range_.start_) +
                 static_cast<std::uint64_t>(first) * static_cast<std::uint64_t>(range_.step_);
    Vector column(DataType(TypeId::kBigint), static_cast<std::int32_t>(count), context_.query.memory());
    auto* out = column.mutable_values<std::int64_t>();
    for (std::int64_t i = 0; i < count; ++i, value += static_cast<std::uint64_t>(range_.step_)) {
      out[i] = static_cast<std::int64_t>(value);
    }
    column.set_size(static_cast<std::int32_t>(count));
    batch.columns.assign(1, std::move(column));
    batch.num_rows = static_cast<std::int32_t>(count);
    batch.selection.reset();
    return true;
  }

 private:
  RangeSource& range_;
  TaskContext& context_;
};

std::unique_ptr<BatchReader> RangeSource::open(TaskContext& context) {
  return std::make_unique<Reader>(*this, context);
}

}  // namespace hammerscale::sql
