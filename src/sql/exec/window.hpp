#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "sql/exec/pipeline.hpp"
#include "sql/exec/row_sorter.hpp"
#include "sql/functions/aggregate_function.hpp"
#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// One function over windows, with the columns it reads.
struct WindowCall {
  DataType type;
  std::optional<BoundAggregate> aggregate;      ///< Either this
  std::optional<BoundWindowFunction> function;  ///< or this.
  std::vector<std::int32_t> arguments;
  std::int32_t filter = -1;
  bool ignore_nulls = false;
  WindowFrame frame;
  std::int64_t lower_offset = 0;  ///< Of ROWS frames.
  std::int64_t upper_offset = 0;
  std::int32_t range_lower = -1;  ///< Of RANGE frames with an offset: column with the bound's key value.
  std::int32_t range_upper = -1;
};

/// Binds the call, and settles its frame: without one it is all rows up to the current one's peers, or, without ORDER
/// BY, the whole partition.
WindowCall make_window_call(const AggregateCall& call, const WindowSpec& spec, Origin origin,
                            const EvaluationContext& context);

/// Adds a column for each call to rows that come sorted by partition and order, in one task. Holds one partition at a
/// time. An aggregate over a frame that only grows, or whose rows it can take back, costs O(1) a row; others use a tree
/// of merged states, O(log n) a row.
class WindowOperator final : public Operator {
 public:
  WindowOperator(std::vector<DataType> types, std::vector<SortKey> partition, std::vector<SortKey> order,
                 std::vector<WindowCall> calls);
  std::unique_ptr<BatchReceiver> make_task(TaskContext& context, BatchReceiver& next) override;

 private:
  class Task;
  std::vector<DataType> types_;
  std::vector<SortKey> partition_;
  std::vector<SortKey> order_;
  std::vector<WindowCall> calls_;
};

}  // namespace hammerscale::sql
