#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hammerscale/base/id.hpp"
#include "hammerscale/scheduler/job_request.hpp"
#include "hammerscale/scheduler/lineage.hpp"

namespace hammerscale {

/// One function for all executors to enter together, and which dataset's partitions it gets.
struct GangRequest {
  std::shared_ptr<LineageNode> dataset;  ///< Cached and complete; nullptr for none.
  FunctionRef body;                      ///< GangBodyFactory
  std::vector<std::byte> body_params;
  CallSite call_site;
  /// Told what executors report, on a thread of the driver. Empty: nobody.
  std::function<void(ExecutorId executor, const std::string& name, double value)> on_progress;
};

/// The driver's engine as Session and Dataset see it. Any thread of the driver may call.
class Engine {
 public:
  virtual ~Engine() = default;

  virtual DatasetId new_dataset_id() = 0;
  virtual ShuffleId new_shuffle_id() = 0;
  /// Runs the job to its end. @throws what failed it.
  virtual void run_job(JobRequest request) = 0;
  /// Runs the gang on all executors, one gang at a time. @return the encoded result of each executor.
  virtual std::vector<std::vector<std::byte>> run_gang(GangRequest request) = 0;
  virtual void drop_dataset(DatasetId dataset) = 0;
  virtual void drop_shuffle(ShuffleId shuffle) = 0;
  /// Sends an encoded value to every node once, where its executors share the bytes; returns when all can use it. The
  /// driver keeps `value` itself. @throws Cancelled  the session was stopped.
  virtual BroadcastId add_broadcast(std::shared_ptr<const void> value, std::vector<std::byte> encoded) = 0;
  virtual void drop_broadcast(BroadcastId broadcast) = 0;
  /// `merge` gets the encoded update of each task that ends well, once a task, one call at a time.
  virtual AccumulatorId add_accumulator(std::function<void(std::span<const std::byte>)> merge) = 0;
  virtual void drop_accumulator(AccumulatorId accumulator) = 0;
  virtual void cancel_jobs(const std::string& group, const std::string& reason) = 0;
  [[nodiscard]] virtual std::optional<ExecutorId> cached_on(DatasetId dataset, std::uint32_t partition) const = 0;

  /// Notes that a checkpoint was written: a rerun can go on from here.
  virtual void note_checkpoint() = 0;

  [[nodiscard]] virtual std::uint32_t num_executors() const = 0;
  /// Task threads of all executors.
  [[nodiscard]] virtual std::uint32_t num_task_threads() const = 0;
  [[nodiscard]] virtual std::uint32_t default_partitions() const = 0;
  [[nodiscard]] virtual std::uint64_t seed() const = 0;
};

}  // namespace hammerscale
