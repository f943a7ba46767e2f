#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/base/id.hpp"
#include "hammerscale/scheduler/lineage.hpp"
#include "hammerscale/scheduler/plan.hpp"
#include "hammerscale/scheduler/task_context.hpp"

namespace hammerscale::scheduler {

using GangId = Id<struct GangIdTag>;
using Bytes = std::vector<std::byte>;
using SharedBytes = std::shared_ptr<const Bytes>;

/// How a task attempt ended.
struct TaskEnd {
  StageId stage;
  std::uint32_t partition = 0;
  std::uint32_t attempt = 0;
  std::optional<ErrorInfo> error;
  Bytes result;
  std::vector<std::pair<AccumulatorId, Bytes>> accumulators;
  std::vector<std::pair<DatasetId, std::uint32_t>> cached;  ///< Blocks that the task stored on its executor.
  TaskMetrics metrics;
};

/// A function for all executors to enter together.
struct GangSpec {
  GangId gang;
  CallSite call_site;
  DatasetId dataset;             ///< Whose resident partitions it gets; 0 for none.
  std::uint32_t num_partitions = 0;
  FunctionRef body;              ///< GangBodyFactory
  Bytes body_params;
};

/// What an executor does with the bytes of a broadcast.
enum class BroadcastPlacement : std::uint8_t {
  kOwn,     ///< Keeps them for itself.
  kShared,  ///< Puts them where the other executors of its node can read them, if it can, and answers the driver.
};

/// What the driver can tell an executor. Any thread may call; calls do not wait.
class ExecutorEndpoint {
 public:
  virtual ~ExecutorEndpoint() = default;
  virtual void add_stage(std::shared_ptr<const StagePlan> plan) = 0;
  virtual void run_tasks(StageId stage, std::vector<TaskSpec> tasks) = 0;
  virtual void cancel_stage(StageId stage) = 0;
  virtual void drop_stage(StageId stage) = 0;
  /// A map partition of a shuffle is complete on an executor of another node: what it wrote for this one may be fetched
  /// while other maps still run.
  virtual void map_output_ready(ShuffleId shuffle, ExecutorId source, std::uint32_t map_partition,
                                std::uint32_t num_partitions) = 0;
  virtual void drop_shuffle(ShuffleId shuffle) = 0;
  virtual void drop_dataset(DatasetId dataset) = 0;
  virtual void add_broadcast(BroadcastId broadcast, SharedBytes value, BroadcastPlacement placement) = 0;
  /// The bytes lie in the shared memory of an executor of the same node. Answers the driver whether they can be read.
  virtual void add_shared_broadcast(BroadcastId broadcast, ExecutorId owner, std::uint64_t offset,
                                    std::uint64_t num_bytes) = 0;
  virtual void drop_broadcast(BroadcastId broadcast) = 0;
  virtual void start_gang(std::shared_ptr<const GangSpec> gang) = 0;
  virtual void abort_gang(GangId gang, const ErrorInfo& error) = 0;
  virtual void shut_down() = 0;
};

/// What an executor can tell the driver. Any thread may call; calls do not wait.
class DriverEndpoint {
 public:
  virtual ~DriverEndpoint() = default;
  virtual void tasks_ended(ExecutorId executor, std::vector<TaskEnd> ends) = 0;
  virtual void blocks_dropped(ExecutorId executor, std::vector<storage::BlockId> blocks) = 0;
  virtual void gang_ended(ExecutorId executor, GangId gang, std::optional<ErrorInfo> error, Bytes result) = 0;
  virtual void gang_progress(ExecutorId executor, GangId gang, std::string name, double value) = 0;
  /// The answer to a broadcast that is shared by a node: where its bytes lie in the owner's shared memory; none where
  /// this executor cannot put or read them there.
  virtual void broadcast_placed(ExecutorId executor, BroadcastId broadcast, std::optional<std::uint64_t> offset) = 0;
  virtual void stop_requested(ExecutorId executor, int signal) = 0;
};

}  // namespace hammerscale::scheduler
