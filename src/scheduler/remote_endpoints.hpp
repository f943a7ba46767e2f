#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "scheduler/control_port.hpp"
#include "scheduler/endpoints.hpp"

namespace hammerscale::scheduler {

/// The driver's side of an executor on another rank: every call becomes a message.
class RemoteExecutor final : public ExecutorEndpoint {
 public:
  RemoteExecutor(ControlPort& port, Rank rank) : port_(port), rank_(rank) {}

  void add_stage(std::shared_ptr<const StagePlan> plan) override;
  void run_tasks(StageId stage, std::vector<TaskSpec> tasks) override;
  void cancel_stage(StageId stage) override;
  void drop_stage(StageId stage) override;
  void map_output_ready(ShuffleId shuffle, ExecutorId source, std::uint32_t map_partition,
                        std::uint32_t num_partitions) override;
  void drop_shuffle(ShuffleId shuffle) override;
  void drop_dataset(DatasetId dataset) override;
  void add_broadcast(BroadcastId broadcast, SharedBytes value, BroadcastPlacement placement) override;
  void add_shared_broadcast(BroadcastId broadcast, ExecutorId owner, std::uint64_t offset,
                            std::uint64_t num_bytes) override;
  void drop_broadcast(BroadcastId broadcast) override;
  void start_gang(std::shared_ptr<const GangSpec> gang) override;
  void abort_gang(GangId gang, const ErrorInfo& error) override;
  void shut_down() override;

 private:
  ControlPort& port_;
  Rank rank_;
};

/// Calls the endpoint's method that a message of a RemoteExecutor names.
void deliver_to_executor(const std::vector<std::byte>& message, ExecutorEndpoint& executor);

/// An executor's side of the driver on another rank. Ends of tasks that come close together travel as one message.
class RemoteDriver final : public DriverEndpoint {
 public:
  RemoteDriver(ControlPort& port, Rank rank, ExecutorId self) : port_(port), rank_(rank), self_(self) {}

  /// Sends the task ends that have gathered. Main thread, before the port is polled. @return whether there were any.
  bool flush();

  void tasks_ended(ExecutorId executor, std::vector<TaskEnd> ends) override;
  void blocks_dropped(ExecutorId executor, std::vector<storage::BlockId> blocks) override;
  void gang_ended(ExecutorId executor, GangId gang, std::optional<ErrorInfo> error, Bytes result) override;
  void gang_progress(ExecutorId executor, GangId gang, std::string name, double value) override;
  void broadcast_placed(ExecutorId executor, BroadcastId broadcast, std::optional<std::uint64_t> offset) override;
  void stop_requested(ExecutorId executor, int signal) override;
  void set_main_thread(MainThreadQueue& main_thread) { main_thread_ = &main_thread; }

 private:
  ControlPort& port_;
  Rank rank_;
  ExecutorId self_;
  MainThreadQueue* main_thread_ = nullptr;
  std::mutex mutex_;
  std::vector<TaskEnd> ends_;
};

/// Calls the endpoint's method that a message of a RemoteDriver names.
void deliver_to_driver(const std::vector<std::byte>& message, DriverEndpoint& driver);

}  // namespace hammerscale::scheduler
