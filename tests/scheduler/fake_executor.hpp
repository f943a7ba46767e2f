#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

#include "scheduler/endpoints.hpp"

namespace hammerscale::scheduler::testing {

/// An executor that runs nothing: it keeps what the driver tells it until a test looks. Any thread.
class FakeExecutor final : public ExecutorEndpoint {
 public:
  struct Task {
    StageId stage;
    TaskSpec spec;
  };
  struct MapOutput {
    ShuffleId shuffle;
    ExecutorId source;
    std::uint32_t map_partition;
    friend bool operator==(const MapOutput&, const MapOutput&) = default;
  };

  void add_stage(std::shared_ptr<const StagePlan> plan) override {
    const std::lock_guard lock(mutex_);
    plans_[plan->stage] = std::move(plan);
  }
  void run_tasks(StageId stage, std::vector<TaskSpec> tasks) override {
    const std::lock_guard lock(mutex_);
    for (auto& task : tasks) { tasks_.push_back({stage, std::move(task)}); }
    changed_.notify_all();
  }
  void cancel_stage(StageId stage) override {
    const std::lock_guard lock(mutex_);
    cancelled_.push_back(stage);
  }
  void drop_stage(StageId stage) override {
    const std::lock_guard lock(mutex_);
    dropped_.push_back(stage);
  }
  void map_output_ready(ShuffleId shuffle, ExecutorId source, std::uint32_t map_partition,
                        std::uint32_t /*num_partitions*/) override {
    const std::lock_guard lock(mutex_);
    map_outputs_.push_back({shuffle, source, map_partition});
  }
  void drop_shuffle(ShuffleId shuffle) override {
    const std::lock_guard lock(mutex_);
    dropped_shuffles_.push_back(shuffle);
  }
  void drop_dataset(DatasetId dataset) override {
    const std::lock_guard lock(mutex_);
    dropped_datasets_.push_back(dataset);
  }
  void add_shared_broadcast(BroadcastId, ExecutorId, std::uint64_t, std::uint64_t) override {}
  void add_broadcast(BroadcastId broadcast, SharedBytes value, BroadcastPlacement) override {
    const std::lock_guard lock(mutex_);
    broadcasts_[broadcast] = std::move(value);
  }
  void drop_broadcast(BroadcastId broadcast) override {
    const std::lock_guard lock(mutex_);
    broadcasts_.erase(broadcast);
  }
  void start_gang(std::shared_ptr<const GangSpec> gang) override {
    const std::lock_guard lock(mutex_);
    gangs_.push_back(std::move(gang));
    changed_.notify_all();
  }
  void abort_gang(GangId gang, const ErrorInfo& error) override {
    const std::lock_guard lock(mutex_);
    aborted_gangs_.emplace_back(gang, error);
    changed_.notify_all();
  }
  void shut_down() override {
    const std::lock_guard lock(mutex_);
    shut_down_ = true;
  }

  /// The next task sent here, which then counts as taken; waits for it.
  /// @throws std::runtime_error  none comes.
  Task take_task() {
    std::unique_lock lock(mutex_);
    wait(lock, [&] { return !tasks_.empty(); });
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    return task;
  }
  /// take_task without waiting.
  std::optional<Task> try_take_task() {
    const std::lock_guard lock(mutex_);
    if (tasks_.empty()) { return std::nullopt; }
    Task task = std::move(tasks_.front());
    tasks_.pop_front();
    return task;
  }
  [[nodiscard]] std::size_t num_waiting_tasks() const {
    const std::lock_guard lock(mutex_);
    return tasks_.size();
  }
  std::shared_ptr<const GangSpec> take_gang() {
    std::unique_lock lock(mutex_);
    wait(lock, [&] { return !gangs_.empty(); });
    auto gang = gangs_.front();
    gangs_.pop_front();
    return gang;
  }
  std::pair<GangId, ErrorInfo> take_aborted_gang() {
    std::unique_lock lock(mutex_);
    wait(lock, [&] { return !aborted_gangs_.empty(); });
    auto aborted = aborted_gangs_.front();
    aborted_gangs_.pop_front();
    return aborted;
  }

  /// @throws std::out_of_range  the stage's plan was never sent here.
  [[nodiscard]] std::shared_ptr<const StagePlan> plan(StageId stage) const {
    const std::lock_guard lock(mutex_);
    return plans_.at(stage);
  }
  [[nodiscard]] std::vector<StageId> cancelled() const { return copy(cancelled_); }
  [[nodiscard]] std::vector<StageId> dropped() const { return copy(dropped_); }
  [[nodiscard]] std::vector<MapOutput> map_outputs() const { return copy(map_outputs_); }
  [[nodiscard]] std::vector<ShuffleId> dropped_shuffles() const { return copy(dropped_shuffles_); }
  [[nodiscard]] std::vector<DatasetId> dropped_datasets() const { return copy(dropped_datasets_); }
  [[nodiscard]] std::map<BroadcastId, SharedBytes> broadcasts() const { return copy(broadcasts_); }
  [[nodiscard]] bool was_shut_down() const { return copy(shut_down_); }

 private:
  template <typename T>
  T copy(const T& value) const {
    const std::lock_guard lock(mutex_);
    return value;
  }
  template <typename Condition>
  void wait(std::unique_lock<std::mutex>& lock, Condition condition) {
    if (!changed_.wait_for(lock, std::chrono::seconds(20), condition)) {
      throw std::runtime_error("the driver sent nothing in 20 seconds");
    }
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::map<StageId, std::shared_ptr<const StagePlan>> plans_;
  std::deque<Task> tasks_;
  std::vector<StageId> cancelled_;
  std::vector<StageId> dropped_;
  std::vector<MapOutput> map_outputs_;
  std::vector<ShuffleId> dropped_shuffles_;
  std::vector<DatasetId> dropped_datasets_;
  std::map<BroadcastId, SharedBytes> broadcasts_;
  std::deque<std::shared_ptr<const GangSpec>> gangs_;
  std::deque<std::pair<GangId, ErrorInfo>> aborted_gangs_;
  bool shut_down_ = false;
};

}  // namespace hammerscale::scheduler::testing
