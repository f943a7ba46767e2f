#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "hammerscale/comm/communicator.hpp"
#include "hammerscale/comm/shared_window.hpp"
#include "hammerscale/scheduler/executor_services.hpp"
#include "hammerscale/storage/scratch.hpp"
#include "scheduler/endpoints.hpp"
#include "scheduler/main_thread_queue.hpp"
#include "scheduler/task_pool.hpp"
#include "shuffle/exchange_transport.hpp"

namespace hammerscale::scheduler {

struct ExecutorOptions {
  ExecutorId id;
  std::uint32_t num_task_threads = 1;
  storage::BufferPoolOptions pool;
  std::string scratch;  ///< Empty: chosen from the environment.
  /// The pool's shared memory as the executors of a node see it; nullptr where there is none. Outlives the executor.
  const comm::SharedWindow* window = nullptr;
};

/// Runs tasks and gangs, and keeps blocks and map outputs. Tasks run on the pool's threads; gangs run on the main
/// thread of the process, which owns MPI.
class Executor final : public ExecutorEndpoint {
 public:
  Executor(ExecutorOptions options, DriverEndpoint& driver, MainThreadQueue& main_thread);
  ~Executor() override;

  /// The communicator of executors from which gangs get theirs. Before the first gang. Main thread.
  void set_communicator(std::shared_ptr<comm::Communicator> executors);
  /// How map output of other executors is read. Before the first task; not called where there is one executor.
  void set_exchange(shuffle::ExchangeTransport& exchange, std::uint32_t num_executors) {
    exchange_ = &exchange;
    num_executors_ = num_executors;
    services_.transport = &exchange;
  }
  [[nodiscard]] shuffle::ShuffleStore& shuffle_store() noexcept { return shuffle_store_; }
  [[nodiscard]] storage::SpillFile& spill_file() noexcept { return spill_file_; }

  [[nodiscard]] ExecutorServices& services() noexcept { return services_; }
  /// Waits for the tasks that run; no other starts. Before what they use, such as driver and exchange, ends.
  void stop_tasks() { task_pool_.stop(); }
  [[nodiscard]] bool shutting_down() const noexcept { return shutting_down_.load(); }

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
  struct Stage;
  class Gang;

  void run_task(const std::shared_ptr<Stage>& stage, const TaskSpec& task);
  TaskEnd attempt(Stage& stage, const TaskSpec& task);
  void run_gang(const GangSpec& spec);

  const ExecutorOptions options_;
  DriverEndpoint& driver_;
  MainThreadQueue& main_thread_;
  storage::BufferPool pool_;
  storage::Scratch scratch_;
  storage::SpillFile spill_file_;
  storage::BlockManager blocks_;
  shuffle::ShuffleStore shuffle_store_;
  ExecutorServices services_;
  shuffle::ExchangeTransport* exchange_ = nullptr;
  std::uint32_t num_executors_ = 1;
  std::set<BroadcastId> shared_broadcasts_;  // That lie in the window. Main thread.
  std::mutex mutex_;
  std::unordered_map<StageId, std::shared_ptr<Stage>> stages_;
  std::shared_ptr<comm::Communicator> communicator_;
  std::mutex gang_mutex_;
  std::shared_ptr<comm::Communicator> gang_communicator_;
  std::vector<std::shared_ptr<comm::Communicator>> broken_communicators_;  // of gangs that ended with an error
  GangId running_gang_;
  std::atomic<bool> shutting_down_{false};
  TaskPool task_pool_;  // Last, so that its threads end before what they use.
};

}  // namespace hammerscale::scheduler
