#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/scheduler/job_request.hpp"
#include "hammerscale/scheduler/lineage.hpp"
#include "scheduler/endpoints.hpp"
#include "scheduler/event_log.hpp"

namespace hammerscale::scheduler {

struct DagSchedulerOptions {
  std::vector<std::shared_ptr<ExecutorEndpoint>> executors;
  std::vector<std::uint32_t> num_task_threads;  ///< Of each executor.
  std::vector<std::int32_t> node_of_executor;   ///< Executors of one node read each other's output in place.
  std::uint32_t max_attempts = 4;
  std::uint64_t max_result_bytes = std::uint64_t{1} << 30;
  std::shared_ptr<EventLog> event_log;
  /// What a task added to accumulators, told once for each task, at its first good end.
  std::function<void(AccumulatorId, std::span<const std::byte>)> on_accumulator;
};

/// How far the running jobs are, for a progress line.
struct SchedulerProgress {
  StageId stage;
  std::string name;
  std::uint32_t num_done = 0;
  std::uint32_t num_tasks = 0;
};

/// Turns jobs into stages and stages into tasks, and tasks into results.
///
/// The lineage of a job is cut at its shuffles. A stage starts when the shuffles it reads are complete; a shuffle that
/// is complete already, or that another job is writing, is not computed again. Tasks go to the executor that holds the
/// cached block they read, else to the home of their partition (partition modulo executors), and an executor without
/// work takes waiting tasks from the others. A task that fails is tried again on another executor, up to max_attempts
/// times; then its job fails with the first error of that task.
///
/// A monitor: any thread may call any method; the work is done on the calling thread under one lock. It sends to
/// executors through their endpoints and learns from them through tasks_ended.
class DagScheduler {
 public:
  explicit DagScheduler(DagSchedulerOptions options);
  ~DagScheduler();
  DagScheduler(const DagScheduler&) = delete;
  DagScheduler& operator=(const DagScheduler&) = delete;

  /// Runs a job to its end. Results go to request.on_result, one partition at a time, under the scheduler's lock.
  /// @throws the first error of the task that failed for good; Cancelled.
  void run_job(JobRequest request);

  /// Ends running jobs with Cancelled: those of the group, or all if the group is empty.
  void cancel_jobs(const std::string& group, const std::string& reason);
  /// From now on no job starts, and running ones end.
  void stop(const std::string& reason);

  void tasks_ended(ExecutorId executor, std::vector<TaskEnd> ends);
  void blocks_dropped(ExecutorId executor, const std::vector<storage::BlockId>& blocks);

  /// Forgets where blocks of the dataset lie, and tells the executors to drop them.
  void drop_dataset(DatasetId dataset);
  void drop_shuffle(ShuffleId shuffle);
  /// Executor that holds the cached block, if one is known to.
  [[nodiscard]] std::optional<ExecutorId> cached_on(DatasetId dataset, std::uint32_t partition) const;

  [[nodiscard]] std::optional<SchedulerProgress> progress() const;
  [[nodiscard]] std::size_t num_executors() const noexcept { return executors_.size(); }

 private:
  struct Job;
  struct Stage;
  struct Shuffle {
    std::uint32_t num_partitions = 0;  ///< On the reduce side.
    std::uint32_t num_missing = 0;
    std::vector<std::uint32_t> executor_of_map;
    std::shared_ptr<Stage> running;  ///< The stage that writes it now.
    bool complete = false;
  };
  struct ExecutorState {
    std::shared_ptr<ExecutorEndpoint> endpoint;
    std::uint32_t num_task_threads = 1;
    std::uint32_t num_running = 0;
    double mean_task_seconds = 0.01;  ///< Of recent tasks; decides how many wait at the executor.
  };

  std::shared_ptr<Stage> make_stage(const std::shared_ptr<Job>& job, const std::shared_ptr<LineageNode>& last,
                                    const ShuffleDependency* writes);
  void add_parents(const std::shared_ptr<Stage>& stage, const std::shared_ptr<Job>& job);
  void start_if_ready(const std::shared_ptr<Stage>& stage);
  void start(const std::shared_ptr<Stage>& stage);
  void enqueue(Stage& stage, std::uint32_t partition, std::optional<std::uint32_t> avoid);
  [[nodiscard]] std::pair<std::uint32_t, bool> choose_executor(const LineageNode& node, std::uint32_t partition) const;
  void dispatch();
  bool dispatch_to(std::uint32_t executor);
  std::optional<std::uint32_t> take_task(Stage& stage, std::uint32_t executor);
  [[nodiscard]] std::uint32_t window(const ExecutorState& executor) const;
  void task_ended(std::uint32_t executor, TaskEnd& end);
  void task_succeeded(const std::shared_ptr<Stage>& stage, std::uint32_t executor, TaskEnd& end);
  void task_failed(const std::shared_ptr<Stage>& stage, std::uint32_t executor, TaskEnd& end);
  void recompute_parents(const std::shared_ptr<Stage>& stage, std::uint32_t partition);
  void finish_stage(const std::shared_ptr<Stage>& stage);
  void fail_jobs_of(const std::shared_ptr<Stage>& stage, const ErrorInfo& error);
  /// By value: the caller's pointer is often the one in jobs_, which goes here.
  void end_job(std::shared_ptr<Job> job, std::optional<ErrorInfo> error);
  void abandon_stage(const std::shared_ptr<Stage>& stage);
  void remove_stage(const std::shared_ptr<Stage>& stage);

  const DagSchedulerOptions options_;
  mutable std::mutex mutex_;
  std::vector<ExecutorState> executors_;
  std::uint64_t next_job_ = 1;
  std::uint64_t next_stage_ = 1;
  std::map<JobId, std::shared_ptr<Job>> jobs_;
  std::map<StageId, std::shared_ptr<Stage>> stages_;  ///< Running and waiting; ascending ids are FIFO order.
  std::unordered_map<ShuffleId, Shuffle> shuffles_;
  std::unordered_map<DatasetId, std::unordered_map<std::uint32_t, std::uint32_t>> cached_;
  std::optional<std::string> stopped_;
};

}  // namespace hammerscale::scheduler
