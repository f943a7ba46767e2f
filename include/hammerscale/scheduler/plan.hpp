#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hammerscale/base/call_site.hpp"
#include "hammerscale/base/id.hpp"
#include "hammerscale/closure/function_ref.hpp"
#include "hammerscale/serde/reader.hpp"
#include "hammerscale/storage/storage_level.hpp"

namespace hammerscale {

class TaskContext;

/// An operator of a plan as it lives on an executor, its element type forgotten.
class OperatorBase {
 public:
  OperatorBase() = default;
  OperatorBase(const OperatorBase&) = delete;
  OperatorBase& operator=(const OperatorBase&) = delete;
  virtual ~OperatorBase() = default;
};

/// What an executor computes for one partition at the end of a stage: rows for a shuffle, or a result.
class TaskBody {
 public:
  TaskBody() = default;
  TaskBody(const TaskBody&) = delete;
  TaskBody& operator=(const TaskBody&) = delete;
  virtual ~TaskBody() = default;
  /// Runs on a task thread; several partitions at the same time on one object.
  /// @return the encoded result for the driver; empty where there is none.
  virtual std::vector<std::byte> run(TaskContext& context, std::uint32_t partition) const = 0;
};

/// One operator of a stage as data: how to make it on an executor.
struct PlanNode {
  DatasetId dataset;
  std::string name;  ///< "map", "filter", ...
  CallSite call_site;
  std::uint32_t num_partitions = 0;
  FunctionRef factory;  ///< OperatorFactory
  std::vector<std::byte> params;
  std::vector<std::uint32_t> inputs;  ///< Positions of the inputs in StagePlan::nodes; they come before this node.
  std::vector<ShuffleId> shuffles;    ///< Shuffles it reads.
  std::optional<storage::StorageLevel> storage_level;  ///< Set where the dataset is cached.
};

/// What an operator is made from.
struct OperatorInit {
  Reader& params;
  std::span<OperatorBase* const> inputs;
  const PlanNode& node;
};

using OperatorFactory = std::unique_ptr<OperatorBase> (*)(const OperatorInit&);
using TaskBodyFactory = std::unique_ptr<TaskBody> (*)(Reader& params, OperatorBase& last);

/// All an executor needs to run the tasks of one stage. Travels once to each executor that runs one of them.
struct StagePlan {
  StageId stage;
  JobId job;
  std::vector<PlanNode> nodes;  ///< In an order in which inputs come first; the last one feeds the body.
  FunctionRef body;             ///< TaskBodyFactory
  std::vector<std::byte> body_params;
  std::uint64_t max_result_bytes = 0;  ///< Most that one task may send to the driver.
  std::vector<ShuffleId> shuffles;                       ///< Shuffles that some node reads ...
  std::vector<std::vector<std::uint32_t>> map_executors;  ///< ... and for each the executor of every map partition.
};

}  // namespace hammerscale
