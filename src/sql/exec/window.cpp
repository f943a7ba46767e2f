#include "sql/exec/window.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "sql/exec/copy_rows.hpp"
#include "sql/exec/function_calls.hpp"
#include "sql/exec/window_aggregate.hpp"
#include "sql/exec/window_frame.hpp"

namespace hammerscale::sql {

WindowCall make_window_call(const AggregateCall& call, const WindowSpec& spec, Origin origin,
                            const EvaluationContext& context) {
  WindowCall planned;
  planned.ignore_nulls = call.ignore_nulls;
  if (call.is_window_function) {
    planned.function = bind_window_call(call, origin, context);
    planned.type = planned.function->type;
  } else {
    planned.aggregate = bind_aggregate_call(call, origin, context);
    planned.type = planned.aggregate->type;
  }
  if (spec.frame) {
    planned.frame = *spec.frame;
  } else {
    planned.frame.unit = FrameUnit::kRange;
    planned.frame.lower.kind = BoundKind::kUnboundedPreceding;
    planned.frame.upper.kind = spec.order_by.empty() ? BoundKind::kUnboundedFollowing : BoundKind::kCurrentRow;
  }
  return planned;
}

class WindowOperator::Task final : public PassingReceiver {
 public:
  Task(WindowOperator& window, TaskContext& context, BatchReceiver& next)
      : PassingReceiver(next), window_(window), context_(context) {
    for (const WindowCall& call : window_.calls_) {
      aggregates_.push_back(call.aggregate ? std::make_unique<WindowAggregate>(call, context.evaluation) : nullptr);
    }
  }

  void receive(Batch& batch) override {
    Batch flat = compact(batch, context_.query.memory());
    // Partitions that end in this batch are complete with what waits; the last one may go on.
    std::int32_t last_start = -1;
    if (!pending_.empty() && !same_partition(pending_.back(), pending_.back().num_rows - 1, flat, 0)) {
      last_start = 0;
    }
    for (std::int32_t row = flat.num_rows - 1; row > 0 && last_start <= 0; --row) {
      if (!same_partition(flat, row - 1, flat, row)) {
        last_start = row;
        break;
      }
    }
    if (last_start < 0 || (last_start == 0 && pending_.empty())) {
      pending_.push_back(std::move(flat));
      return;
    }
    Batch tail = slice(flat, last_start, flat.num_rows);
    if (last_start > 0) { pending_.push_back(slice(flat, 0, last_start)); }
    process_pending();
    pending_.push_back(std::move(tail));
  }

  void finish() override {
    process_pending();
    next_.finish();
  }

 private:
  [[nodiscard]] bool same_partition(const Batch& a, std::int32_t row_a, const Batch& b, std::int32_t row_b) const {
    return compare_rows(a, row_a, b, row_b, window_.partition_) == 0;
  }

  Batch slice(const Batch& batch, std::int32_t begin, std::int32_t end) const {
    std::vector<std::int32_t> rows(static_cast<std::size_t>(end - begin));
    std::iota(rows.begin(), rows.end(), begin);
    Batch result;
    result.num_rows = end - begin;
    for (const Vector& column : batch.columns) {
      result.columns.push_back(column.gather(rows, context_.query.memory(), true));
    }
    return result;
  }

  /// Evaluates all calls for the whole partitions in pending_, and hands the rows on.
  void process_pending() {
    if (pending_.empty()) { return; }
    Batch rows;
    for (const Batch& batch : pending_) { rows.num_rows += batch.num_rows; }
    for (std::size_t column = 0; column < window_.types_.size(); ++column) {
      std::vector<Vector> pieces;
      for (Batch& batch : pending_) { pieces.push_back(std::move(batch.columns[column])); }
      rows.columns.push_back(concatenate(std::move(pieces), window_.types_[column], context_.query.memory()));
    }
    pending_.clear();
    std::vector<VectorBuilder> builders;
    for (const WindowCall& call : window_.calls_) { builders.emplace_back(call.type, context_.query.memory()); }
    for (std::int32_t begin = 0; begin < rows.num_rows;) {
      std::int32_t end = begin + 1;
      while (end < rows.num_rows && same_partition(rows, end - 1, rows, end)) { ++end; }
      process_partition(rows, begin, end, builders);
      begin = end;
    }
    for (auto& builder : builders) { rows.columns.push_back(builder.finish()); }
    emit(rows);
  }

  void process_partition(const Batch& rows, std::int32_t begin, std::int32_t end,
                         std::vector<VectorBuilder>& builders) {
    const std::int32_t num_rows = end - begin;
    find_peers(rows, begin, num_rows, window_.order_, peer_start_, peer_end_);
    for (std::size_t i = 0; i < window_.calls_.size(); ++i) {
      const WindowCall& call = window_.calls_[i];
      FrameBounds frames;
      if (call.aggregate || call.function->uses_frame) {
        frames = find_frames(call, rows, begin, num_rows, window_.order_, peer_start_, peer_end_);
      }
      if (call.aggregate) {
        aggregates_[i]->evaluate(rows, begin, num_rows, frames, builders[i]);
      } else {
        evaluate_function(call, rows, begin, end, frames, builders[i]);
      }
    }
  }

  void evaluate_function(const WindowCall& call, const Batch& rows, std::int32_t begin, std::int32_t end,
                         const FrameBounds& frames, VectorBuilder& result) {
    const bool is_whole = begin == 0 && end == rows.num_rows;
    std::vector<std::int32_t> numbers;
    if (!is_whole) {
      numbers.resize(static_cast<std::size_t>(end - begin));
      std::iota(numbers.begin(), numbers.end(), begin);
    }
    std::vector<Vector> arguments;
    for (const std::int32_t column : call.arguments) {
      const Vector& values = rows.columns[static_cast<std::size_t>(column)];
      arguments.push_back(is_whole ? values : values.gather(numbers, context_.query.memory(), true));
    }
    WindowPartition partition;
    partition.arguments = arguments;
    partition.num_rows = end - begin;
    partition.peer_group_start = peer_start_;
    partition.peer_group_end = peer_end_;
    partition.frame_start = frames.start;
    partition.frame_end = frames.end;
    partition.ignore_nulls = call.ignore_nulls;
    call.function->evaluate(partition, result);
  }

  void emit(const Batch& rows) {
    const std::int32_t batch_rows = context_.query.options().batch_rows;
    if (rows.num_rows <= batch_rows) {
      Batch whole = rows;
      next_.receive(whole);
      return;
    }
    std::vector<std::shared_ptr<const Vector>> columns;
    for (const Vector& column : rows.columns) { columns.push_back(std::make_shared<const Vector>(column)); }
    std::vector<std::uint32_t> numbers;
    for (std::int32_t first = 0; first < rows.num_rows && !next_.is_done(); first += batch_rows) {
      numbers.resize(static_cast<std::size_t>(std::min(batch_rows, rows.num_rows - first)));
      std::iota(numbers.begin(), numbers.end(), static_cast<std::uint32_t>(first));
      Batch part = take_rows(columns, numbers, context_.query.memory());
      next_.receive(part);
    }
  }

  WindowOperator& window_;
  TaskContext& context_;
  std::vector<std::unique_ptr<WindowAggregate>> aggregates_;
  std::vector<Batch> pending_;
  std::vector<std::int32_t> peer_start_;
  std::vector<std::int32_t> peer_end_;
};

WindowOperator::WindowOperator(std::vector<DataType> types, std::vector<SortKey> partition, std::vector<SortKey> order,
                               std::vector<WindowCall> calls)
    : types_(std::move(types)), partition_(std::move(partition)), order_(std::move(order)), calls_(std::move(calls)) {}

std::unique_ptr<BatchReceiver> WindowOperator::make_task(TaskContext& context, BatchReceiver& next) {
  return std::make_unique<Task>(*this, context, next);
}

}  // namespace hammerscale::sql
