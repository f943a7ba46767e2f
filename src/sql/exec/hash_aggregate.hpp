#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "sql/exec/group_table.hpp"
#include "sql/exec/pipeline.hpp"
#include "sql/exec/spill_batches.hpp"
#include "sql/functions/aggregate_function.hpp"

namespace hammerscale::sql {

/// One aggregate of a HashAggregate, over columns of its input.
struct AggregateStep {
  BoundAggregate function;
  std::vector<std::int32_t> arguments;  ///< Input columns; those of the state when takes_states.
  std::int32_t filter = -1;             ///< Boolean input column of FILTER (WHERE ...), or -1.
  bool takes_states = false;            ///< Merges states that an aggregate with gives_states made.
  bool gives_states = false;            ///< Output is columns of function.state_types in place of the result.
};

/// GROUP BY: the output is the keys, then each aggregate's result or state. Without keys there is always one row.
///
/// Each task groups what it receives in a table of its own. When memory gets short it writes its groups to the spill
/// file, in 64 partitions of the hash, and starts anew. A single table without spill is the result; else the partitions
/// are merged one by one, several at a time, each again by 64 where it does not fit.
class HashAggregate final : public Sink {
 public:
  /// @param keys  input columns to group by; types are those of the input.
  HashAggregate(std::vector<std::int32_t> keys, std::vector<DataType> key_types, std::vector<AggregateStep> aggregates);
  ~HashAggregate() override;

  std::unique_ptr<BatchReceiver> make_task(TaskContext& context) override;
  void finalize(ExecutionContext& context) override;
  /// The groups, once finalize has run. Read it once; keeps the aggregate alive.
  static std::shared_ptr<Source> result(std::shared_ptr<HashAggregate> aggregate);

  [[nodiscard]] std::vector<DataType> output_types() const;

 private:
  class States;
  class Groups;
  class Task;
  class Reader;
  class Result;

  std::vector<std::int32_t> keys_;
  KeyLayout layout_;
  std::vector<AggregateStep> aggregates_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Groups>> groups_;  ///< What the tasks have, when they finished.
  bool is_partitioned_ = false;
};

}  // namespace hammerscale::sql
