#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "hammerscale/scheduler/engine.hpp"
#include "scheduler/dag_scheduler.hpp"
#include "scheduler/endpoints.hpp"
#include "scheduler/event_log.hpp"

namespace hammerscale::scheduler {

struct DriverEngineOptions {
  std::vector<std::shared_ptr<ExecutorEndpoint>> executors;
  std::vector<std::uint32_t> num_task_threads;  ///< Of each executor.
  std::vector<std::int32_t> node_of_executor;
  std::uint32_t default_partitions = 1;
  std::uint64_t seed = 0;
  std::uint64_t max_result_bytes = std::uint64_t{1} << 30;
  std::shared_ptr<EventLog> event_log;
  /// Told when an executor was asked by a signal to stop.
  std::function<void(int signal)> on_stop_requested;
};

/// The driver: the scheduler, gangs, broadcasts and accumulators of a session. Any thread.
class DriverEngine final : public Engine, public DriverEndpoint {
 public:
  explicit DriverEngine(DriverEngineOptions options);

  DatasetId new_dataset_id() override { return DatasetId(next_id_++); }
  ShuffleId new_shuffle_id() override { return ShuffleId(next_id_++); }
  void run_job(JobRequest request) override { scheduler_.run_job(std::move(request)); }
  std::vector<std::vector<std::byte>> run_gang(GangRequest request) override;
  void drop_dataset(DatasetId dataset) override { scheduler_.drop_dataset(dataset); }
  void drop_shuffle(ShuffleId shuffle) override { scheduler_.drop_shuffle(shuffle); }
  BroadcastId add_broadcast(std::shared_ptr<const void> value, std::vector<std::byte> encoded) override;
  void drop_broadcast(BroadcastId broadcast) override;
  AccumulatorId add_accumulator(std::function<void(std::span<const std::byte>)> merge) override;
  void drop_accumulator(AccumulatorId accumulator) override;
  void cancel_jobs(const std::string& group, const std::string& reason) override {
    scheduler_.cancel_jobs(group, reason);
  }
  std::optional<ExecutorId> cached_on(DatasetId dataset, std::uint32_t partition) const override {
    return scheduler_.cached_on(dataset, partition);
  }
  void note_checkpoint() override { has_checkpoint_ = true; }
  [[nodiscard]] bool has_checkpoint() const noexcept { return has_checkpoint_; }
  std::uint32_t num_executors() const override { return static_cast<std::uint32_t>(options_.executors.size()); }
  std::uint32_t num_task_threads() const override;
  std::uint32_t default_partitions() const override { return options_.default_partitions; }
  std::uint64_t seed() const override { return options_.seed; }

  /// Ends all jobs and the gang with Cancelled; none starts any more.
  void stop(const std::string& reason);
  [[nodiscard]] std::optional<SchedulerProgress> progress() const { return scheduler_.progress(); }

  void tasks_ended(ExecutorId executor, std::vector<TaskEnd> ends) override {
    scheduler_.tasks_ended(executor, std::move(ends));
  }
  void blocks_dropped(ExecutorId executor, std::vector<storage::BlockId> blocks) override {
    scheduler_.blocks_dropped(executor, blocks);
  }
  void gang_ended(ExecutorId executor, GangId gang, std::optional<ErrorInfo> error, Bytes result) override;
  void gang_progress(ExecutorId executor, GangId gang, std::string name, double value) override;
  void broadcast_placed(ExecutorId executor, BroadcastId broadcast, std::optional<std::uint64_t> offset) override;
  void stop_requested(ExecutorId executor, int signal) override;

 private:
  using Places = std::map<ExecutorId, std::optional<std::uint64_t>>;
  /// Executors that were asked to place a broadcast, and what they answered.
  struct PlacingBroadcast {
    std::size_t num_missing = 0;
    Places places;
  };

  /// Asks `ask(executor)` of each of them and waits for all answers. @throws Cancelled  the session was stopped.
  Places place_broadcast(BroadcastId broadcast, const std::vector<ExecutorId>& executors,
                         const std::function<void(ExecutorId)>& ask);
  struct RunningGang {
    GangId id;
    std::uint32_t num_missing = 0;
    std::optional<ErrorInfo> error;
    std::vector<Bytes> results;
    std::function<void(ExecutorId, const std::string&, double)> on_progress;
  };

  const DriverEngineOptions options_;
  std::atomic<std::uint64_t> next_id_{1};
  std::atomic<bool> has_checkpoint_{false};
  DagScheduler scheduler_;

  std::mutex accumulators_mutex_;
  std::unordered_map<AccumulatorId, std::function<void(std::span<const std::byte>)>> accumulators_;

  std::mutex one_gang_;  // Executors enter gangs in the order sent, so there is one at a time.
  std::mutex gang_mutex_;
  std::condition_variable gang_ended_;
  std::optional<RunningGang> gang_;
  std::condition_variable broadcast_placed_;
  std::map<BroadcastId, PlacingBroadcast> placing_;  // Under gang_mutex_, as stopped_ is.
  std::optional<std::string> stopped_;
};

}  // namespace hammerscale::scheduler
