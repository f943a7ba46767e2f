#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "hammerscale/base/id.hpp"
#include "hammerscale/scheduler/executor_services.hpp"
#include "hammerscale/scheduler/lineage.hpp"
#include "hammerscale/scheduler/plan.hpp"
#include "hammerscale/shuffle/shuffle_input.hpp"

namespace hammerscale {

/// What a task added to one accumulator; travels to the driver when the task ends well.
class AccumulatorUpdate {
 public:
  AccumulatorUpdate() = default;
  AccumulatorUpdate(const AccumulatorUpdate&) = delete;
  AccumulatorUpdate& operator=(const AccumulatorUpdate&) = delete;
  virtual ~AccumulatorUpdate() = default;
  [[nodiscard]] virtual std::vector<std::byte> encoded() const = 0;
};

/// Counts of one task attempt, for the event log.
struct TaskMetrics {
  std::uint64_t rows_read = 0;
  std::uint64_t shuffle_bytes_written = 0;
  std::uint64_t shuffle_bytes_read = 0;
  std::uint64_t spill_bytes = 0;
  double run_seconds = 0;
};

/// @throws UserError kResultTooLarge
[[noreturn]] void throw_result_too_large(std::uint64_t max_result_bytes);

/// What a task needs for one partition of one source.
struct SourcePayload {
  DatasetId dataset;
  std::uint32_t partition = 0;
  TaskPayload bytes;
};

/// One task attempt to run.
struct TaskSpec {
  std::uint32_t partition = 0;
  std::uint32_t attempt = 0;
  std::vector<SourcePayload> payloads;
};

/// One running task attempt: who it is, the executor's services, and its share of the memory budget. Used by the one
/// thread that runs the task.
class TaskContext {
 public:
  TaskContext(ExecutorServices& services, const StagePlan& plan, const TaskSpec& task,
              const std::atomic<bool>& cancelled);
  ~TaskContext();
  TaskContext(const TaskContext&) = delete;
  TaskContext& operator=(const TaskContext&) = delete;

  /// The task that runs on the calling thread; nullptr outside of tasks.
  static TaskContext* current() noexcept;

  [[nodiscard]] ExecutorServices& services() const noexcept { return services_; }
  [[nodiscard]] StageId stage() const noexcept { return plan_.stage; }
  [[nodiscard]] std::uint32_t partition() const noexcept { return task_.partition; }
  [[nodiscard]] std::uint32_t attempt() const noexcept { return task_.attempt; }
  [[nodiscard]] TaskMetrics& metrics() noexcept { return metrics_; }

  /// Most bytes that the task may send to the driver.
  [[nodiscard]] std::uint64_t max_result_bytes() const noexcept { return plan_.max_result_bytes; }

  /// Operators call it once a block. @throws Cancelled  the driver gave the stage up.
  void throw_if_cancelled() const;

  /// Bytes that one operator of the task may hold before it spills: what the budget gives when every task thread runs
  /// two such operators and half of it stays for cached blocks and map outputs.
  [[nodiscard]] std::uint64_t memory_share() const noexcept;

  /// The bytes that travelled with the task for this partition of a source.
  [[nodiscard]] std::span<const std::byte> payload(DatasetId dataset, std::uint32_t partition) const;
  /// What was written for a reduce partition of a shuffle that the stage reads.
  [[nodiscard]] shuffle::ShuffleInput open_shuffle(ShuffleId shuffle, std::uint32_t partition) const;
  /// Notes that the task stored a block of a cached dataset here, so that the driver learns where it lies.
  void note_cached(DatasetId dataset, std::uint32_t partition);
  [[nodiscard]] const std::vector<std::pair<DatasetId, std::uint32_t>>& cached() const noexcept { return cached_; }

  /// The update of this task for an accumulator, made by `make` at the first call.
  AccumulatorUpdate& accumulator(AccumulatorId id, std::unique_ptr<AccumulatorUpdate> (*make)());
  [[nodiscard]] const std::map<AccumulatorId, std::unique_ptr<AccumulatorUpdate>>& accumulators() const noexcept {
    return accumulators_;
  }

 private:
  ExecutorServices& services_;
  const StagePlan& plan_;
  const TaskSpec& task_;
  const std::atomic<bool>& cancelled_;
  TaskMetrics metrics_;
  std::vector<std::pair<DatasetId, std::uint32_t>> cached_;
  std::map<AccumulatorId, std::unique_ptr<AccumulatorUpdate>> accumulators_;
  TaskContext* outer_;
};

}  // namespace hammerscale
