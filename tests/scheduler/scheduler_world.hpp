#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "scheduler/dag_scheduler.hpp"
#include "scheduler/fake_executor.hpp"

namespace hammerscale::scheduler::testing {

inline std::shared_ptr<LineageNode> make_lineage_node(std::uint64_t id, const std::string& name,
                                                      std::uint32_t num_partitions) {
  auto node = std::make_shared<LineageNode>();
  node->id = DatasetId(id);
  node->name = name;
  node->call_site = {"job.cpp", static_cast<std::uint32_t>(id)};
  node->num_partitions = num_partitions;
  return node;
}

/// A node that reads `input` through a shuffle; the shuffle's number is that of the node.
inline std::shared_ptr<LineageNode> shuffle_of(const std::shared_ptr<LineageNode>& input, std::uint64_t id,
                                               const std::string& name, std::uint32_t num_partitions) {
  auto node = make_lineage_node(id, name, num_partitions);
  auto shuffle = std::make_shared<ShuffleDependency>();
  shuffle->id = ShuffleId(id);
  shuffle->input = input;
  shuffle->num_partitions = num_partitions;
  node->shuffles = {std::move(shuffle)};
  return node;
}

/// A scheduler with executors that run nothing, and jobs that run on threads of their own.
class SchedulerWorld {
 public:
  struct Job {
    Job() = default;
    Job(Job&&) = default;
    Job& operator=(Job&&) = delete;
    /// A test that gives up must not wait for a job that nobody ends.
    ~Job() {
      if (end.valid()) { scheduler->stop("the test has ended"); }
    }

    std::shared_ptr<DagScheduler> scheduler;
    std::shared_ptr<std::map<std::uint32_t, std::string>> results;
    std::future<void> end;
  };

  explicit SchedulerWorld(std::uint32_t num_executors, std::uint32_t num_task_threads = 1,
                          const std::function<void(DagSchedulerOptions&)>& change = {}) {
    DagSchedulerOptions options;
    for (std::uint32_t i = 0; i < num_executors; ++i) {
      executors.push_back(std::make_shared<FakeExecutor>());
      options.executors.push_back(executors.back());
      options.num_task_threads.push_back(num_task_threads);
      options.node_of_executor.push_back(static_cast<std::int32_t>(i));
    }
    if (change) { change(options); }
    scheduler = std::make_shared<DagScheduler>(std::move(options));
  }

  /// Starts a job over all partitions of the node.
  Job start_job(const std::shared_ptr<LineageNode>& last, const std::string& group = "") {
    JobRequest request;
    request.last = last;
    for (std::uint32_t p = 0; p < last->num_partitions; ++p) { request.partitions.push_back(p); }
    request.name = "collect";
    request.call_site = {"job.cpp", 99};
    request.group = group;
    Job job;
    job.scheduler = scheduler;
    job.results = std::make_shared<std::map<std::uint32_t, std::string>>();
    request.on_result = [results = job.results](std::uint32_t partition, std::vector<std::byte> bytes) {
      const auto [place, is_new] =
          results->emplace(partition, std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
      if (!is_new) { place->second += " again"; }
    };
    job.end = std::async(std::launch::async,
                         [this, request = std::move(request)]() mutable { scheduler->run_job(std::move(request)); });
    return job;
  }

  static TaskEnd end_of(const FakeExecutor::Task& task) {
    TaskEnd end;
    end.stage = task.stage;
    end.partition = task.spec.partition;
    end.attempt = task.spec.attempt;
    return end;
  }
  void succeed(std::uint32_t executor, const FakeExecutor::Task& task, const std::string& result = "") {
    auto end = end_of(task);
    for (const char c : result) { end.result.push_back(static_cast<std::byte>(c)); }
    scheduler->tasks_ended(ExecutorId(executor), {std::move(end)});
  }
  void fail(std::uint32_t executor, const FakeExecutor::Task& task, const ErrorInfo& error) {
    auto end = end_of(task);
    end.error = error;
    scheduler->tasks_ended(ExecutorId(executor), {std::move(end)});
  }
  /// Ends all tasks that are out well, executor by executor, until none is left or `count` have ended.
  /// @return how many.
  std::size_t run_until_idle(std::size_t count = SIZE_MAX) {
    std::size_t num_ended = 0;
    for (bool any = true; any && num_ended < count;) {
      any = false;
      for (std::uint32_t e = 0; e < executors.size() && num_ended < count; ++e) {
        if (const auto task = executors[e]->try_take_task()) {
          succeed(e, *task, std::to_string(task->spec.partition));
          ++num_ended;
          any = true;
        }
      }
    }
    return num_ended;
  }

  std::vector<std::shared_ptr<FakeExecutor>> executors;
  std::shared_ptr<DagScheduler> scheduler;
};

/// An error like that of a user's function that threw.
inline ErrorInfo retryable_error(const std::string& what) {
  ErrorInfo info;
  info.kind = ErrorKind::kUser;
  info.code = ErrorCode::kUserCode;
  info.retryable = true;
  info.sentence = what;
  return info;
}

/// Runs the future to its end. @return what it threw; the sentence is empty when it threw nothing.
inline ErrorInfo error_of(std::future<void>& end) {
  try {
    end.get();
  } catch (const Error& error) { return error.info(); }
  return {};
}

}  // namespace hammerscale::scheduler::testing
