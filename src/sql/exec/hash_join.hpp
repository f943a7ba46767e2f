#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "sql/exec/join_table.hpp"
#include "sql/exec/pipeline.hpp"
#include "sql/exec/spill_batches.hpp"

namespace hammerscale::sql {

/// A join of any kind: a hash join where it has keys, else nested loops over the build side's rows.
///
/// Three pipelines use it, in this order: one ends in it (the build side); one has probe() among its operators; and
/// rest() is a further input of that one, for what is known only when all of the probe side has passed: build rows
/// without a partner, and the partitions that were spilled. When the build side does not fit in memory, both sides are
/// written to the spill file in 16 partitions of their keys' hash, and each partition is joined alone. Joins without
/// keys, kMark and kNullAwareAnti look at the whole build side and do not spill.
class HashJoin final : public Sink {
 public:
  explicit HashJoin(JoinDescription description);
  ~HashJoin() override;

  std::unique_ptr<BatchReceiver> make_task(TaskContext& context) override;
  void finalize(ExecutionContext& context) override;

  static std::shared_ptr<Operator> probe(std::shared_ptr<HashJoin> join);
  static std::shared_ptr<Source> rest(std::shared_ptr<HashJoin> join);
  /// Whether rest() can have rows: known before anything runs.
  [[nodiscard]] bool needs_rest() const noexcept;

 private:
  static constexpr std::size_t kNumPartitions = 16;
  using Partitions = std::array<std::vector<SpilledBatches>, kNumPartitions>;
  class BuildTask;
  class Partitioner;
  class ProbeOperator;
  class ProbeTask;
  class RestReader;
  class Rest;

  [[nodiscard]] bool may_spill() const noexcept;

  JoinDescription description_;
  std::atomic<bool> is_spilled_{false};
  std::mutex mutex_;
  std::vector<std::tuple<std::int32_t, std::int64_t, Batch>> batches_;  ///< Input, morsel, rows.
  Partitions build_partitions_;
  Partitions probe_partitions_;
  std::unique_ptr<JoinTable> table_;
};

}  // namespace hammerscale::sql
