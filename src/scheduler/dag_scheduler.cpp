#include "scheduler/dag_scheduler.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <utility>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/log.hpp"

namespace hammerscale::scheduler {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

bool is_worth_a_retry(const ErrorInfo& error) {
  // The same bad input is bad on every executor; what a user's function threw may have been the machine's fault.
  return error.kind == ErrorKind::kInternal || error.retryable;
}

}  // namespace

struct DagScheduler::Job {
  JobId id;
  JobRequest request;
  std::shared_ptr<Stage> final_stage;
  std::uint32_t num_missing = 0;
  std::uint64_t result_bytes = 0;
  std::uint32_t num_skipped_stages = 0;
  Clock::time_point start = Clock::now();
  bool ended = false;
  std::optional<ErrorInfo> error;
  std::condition_variable end;
};

struct DagScheduler::Stage {
  StageId id;
  std::string name;
  std::shared_ptr<LineageNode> last;
  std::shared_ptr<StagePlan> plan;
  std::vector<const LineageNode*> nodes;  ///< As in plan->nodes.
  std::set<JobId> jobs;                   ///< Live jobs that need it.
  std::optional<ShuffleId> writes;
  std::uint32_t num_missing_parents = 0;
  std::vector<std::shared_ptr<Stage>> dependents;
  bool started = false;
  bool has_payloads = false;

  std::uint32_t num_recomputes = 0;

  std::uint32_t num_tasks = 0;
  std::uint32_t num_missing = 0;
  std::vector<std::uint32_t> partitions;                    ///< To compute.
  std::vector<std::deque<std::uint32_t>> pending;           ///< By executor; may be taken by others.
  std::vector<std::deque<std::uint32_t>> pending_strictly;  ///< By executor; the block they read lies there.
  std::uint32_t num_pending = 0;
  std::vector<std::uint8_t> done;                                 ///< By partition number.
  std::unordered_map<std::uint32_t, std::uint32_t> num_failures;  ///< By partition; only those that failed.
  std::unordered_map<std::uint32_t, ErrorInfo> first_error;
  std::vector<bool> plan_sent;  ///< By executor.
  Clock::time_point start = Clock::now();
};

DagScheduler::DagScheduler(DagSchedulerOptions options) : options_(std::move(options)) {
  for (std::size_t i = 0; i < options_.executors.size(); ++i) {
    ExecutorState state;
    state.endpoint = options_.executors[i];
    state.num_task_threads = options_.num_task_threads[i];
    executors_.push_back(std::move(state));
  }
}

DagScheduler::~DagScheduler() = default;

void DagScheduler::run_job(JobRequest request) {
  auto job = std::make_shared<Job>();
  job->request = std::move(request);
  job->num_missing = static_cast<std::uint32_t>(job->request.partitions.size());
  std::unique_lock lock(mutex_);
  if (stopped_) { throw Cancelled(*stopped_); }
  job->id = JobId(next_job_++);
  jobs_[job->id] = job;
  if (options_.event_log) {
    options_.event_log->write("job_start", {{"job", job->id.value},
                                            {"name", job->request.name},
                                            {"call_site", to_string(job->request.call_site)},
                                            {"group", job->request.group},
                                            {"partitions", job->num_missing}});
  }
  if (job->num_missing == 0) {
    end_job(job, std::nullopt);
  } else {
    job->final_stage = make_stage(job, job->request.last, nullptr);
    start_if_ready(job->final_stage);
    dispatch();
  }
  job->end.wait(lock, [&] { return job->ended; });
  if (job->error) { throw_error(*job->error); }
}

std::shared_ptr<DagScheduler::Stage> DagScheduler::make_stage(const std::shared_ptr<Job>& job,
                                                              const std::shared_ptr<LineageNode>& last,
                                                              const ShuffleDependency* writes) {
  auto stage = std::make_shared<Stage>();
  stage->id = StageId(next_stage_++);
  stage->last = last;
  stage->name = writes == nullptr ? job->request.name : last->name;
  stage->jobs.insert(job->id);
  stages_[stage->id] = stage;
  if (writes != nullptr) { stage->writes = writes->id; }

  auto plan = std::make_shared<StagePlan>();
  plan->stage = stage->id;
  plan->job = job->id;
  plan->max_result_bytes = options_.max_result_bytes;
  plan->body = writes == nullptr ? job->request.body : writes->writer;
  plan->body_params = writes == nullptr ? job->request.body_params : writes->writer_params;
  stage->plan = plan;

  // The part of the lineage up to the nearest shuffles, inputs first.
  std::unordered_map<const LineageNode*, std::uint32_t> position;
  std::set<const LineageNode*> entered;
  std::vector<std::pair<const LineageNode*, bool>> stack{{last.get(), false}};
  while (!stack.empty()) {
    const auto [node, inputs_done] = stack.back();
    stack.pop_back();
    if (!inputs_done) {
      if (!entered.insert(node).second) { continue; }
      stack.emplace_back(node, true);
      for (const auto& input : node->inputs) { stack.emplace_back(input.get(), false); }
      continue;
    }
    PlanNode described{node->id, node->name, node->call_site,    node->num_partitions, node->factory, node->params,
                       {},       {},         node->storage_level};
    for (const auto& input : node->inputs) { described.inputs.push_back(position.at(input.get())); }
    for (const auto& shuffle : node->shuffles) { described.shuffles.push_back(shuffle->id); }
    position[node] = static_cast<std::uint32_t>(plan->nodes.size());
    plan->nodes.push_back(std::move(described));
    stage->nodes.push_back(node);
    stage->has_payloads = stage->has_payloads || static_cast<bool>(node->payload);
  }

  if (writes == nullptr) {
    stage->partitions = job->request.partitions;
  } else {
    auto& shuffle = shuffles_[writes->id];
    if (shuffle.executor_of_map.empty()) {
      shuffle.executor_of_map.assign(last->num_partitions, UINT32_MAX);
      shuffle.num_missing = last->num_partitions;
      shuffle.num_partitions = writes->num_partitions;
    }
    shuffle.running = stage;
    for (std::uint32_t p = 0; p < last->num_partitions; ++p) {
      if (shuffle.executor_of_map[p] == UINT32_MAX) { stage->partitions.push_back(p); }
    }
  }
  stage->num_tasks = static_cast<std::uint32_t>(stage->partitions.size());
  stage->num_missing = stage->num_tasks;
  stage->done.assign(last->num_partitions, 0);
  stage->plan_sent.assign(executors_.size(), false);
  stage->pending.resize(executors_.size());
  stage->pending_strictly.resize(executors_.size());
  add_parents(stage, job);
  return stage;
}

void DagScheduler::add_parents(const std::shared_ptr<Stage>& stage, const std::shared_ptr<Job>& job) {
  // A partition that is cached makes what lies behind it unnecessary, if all partitions are.
  const auto is_cached = [&](const LineageNode& node) {
    if (!node.storage_level) { return false; }
    const auto found = cached_.find(node.id);
    return found != cached_.end() && found->second.size() == node.num_partitions;
  };
  std::set<const LineageNode*> seen;
  std::vector<const LineageNode*> stack{stage->last.get()};
  while (!stack.empty()) {
    const LineageNode* node = stack.back();
    stack.pop_back();
    if (!seen.insert(node).second) { continue; }
    if (is_cached(*node)) { continue; }
    for (const auto& input : node->inputs) { stack.push_back(input.get()); }
    for (const auto& dependency : node->shuffles) {
      auto& shuffle = shuffles_[dependency->id];
      if (shuffle.complete) {
        ++job->num_skipped_stages;
        continue;
      }
      auto parent = shuffle.running;
      if (parent == nullptr) {
        parent = make_stage(job, dependency->input, dependency.get());
      } else {
        // Another job writes it already; from now on both need the stage and those before it.
        std::vector<Stage*> shared{parent.get()};
        while (!shared.empty()) {
          Stage* each = shared.back();
          shared.pop_back();
          each->jobs.insert(job->id);
          for (auto& [id, other] : stages_) {
            const auto is_parent = std::any_of(other->dependents.begin(), other->dependents.end(),
                                               [&](const auto& dependent) { return dependent.get() == each; });
            if (is_parent && !other->jobs.contains(job->id)) { shared.push_back(other.get()); }
          }
        }
      }
      parent->dependents.push_back(stage);
      ++stage->num_missing_parents;
    }
  }
}

void DagScheduler::start_if_ready(const std::shared_ptr<Stage>& stage) {
  // Waiting stages further up start first; they are in stages_ already.
  std::vector<std::shared_ptr<Stage>> ready;
  for (auto& [id, each] : stages_) {
    if (!each->started && each->num_missing_parents == 0) { ready.push_back(each); }
  }
  for (auto& each : ready) {
    if (!each->started && stages_.contains(each->id)) { start(each); }
  }
  HS_CHECK(stage->started || stage->num_missing_parents > 0);
}

void DagScheduler::start(const std::shared_ptr<Stage>& stage) {
  stage->started = true;
  stage->start = Clock::now();
  auto& plan = *stage->plan;
  for (const auto& node : plan.nodes) {
    for (const auto id : node.shuffles) {
      if (std::find(plan.shuffles.begin(), plan.shuffles.end(), id) != plan.shuffles.end()) { continue; }
      plan.shuffles.push_back(id);
      plan.map_executors.push_back(shuffles_[id].executor_of_map);
    }
  }
  if (options_.event_log) {
    options_.event_log->write("stage_start", {{"stage", stage->id.value},
                                              {"job", plan.job.value},
                                              {"name", stage->name},
                                              {"tasks", stage->num_tasks},
                                              {"call_site", to_string(stage->last->call_site)}});
  }
  for (const auto partition : stage->partitions) { enqueue(*stage, partition, std::nullopt); }
  if (stage->num_tasks == 0) { finish_stage(stage); }
}

std::pair<std::uint32_t, bool> DagScheduler::choose_executor(const LineageNode& start, std::uint32_t partition) const {
  const LineageNode* node = &start;
  while (true) {
    if (node->storage_level) {
      const auto dataset = cached_.find(node->id);
      if (dataset != cached_.end()) {
        const auto found = dataset->second.find(partition);
        if (found != dataset->second.end()) { return {found->second, true}; }
      }
    }
    if (node->inputs.empty()) { break; }
    std::pair<std::size_t, std::uint32_t> next{0, partition};
    if (node->narrow_input) {
      const auto mapped = node->narrow_input(partition);
      if (!mapped) { break; }
      next = *mapped;
    }
    node = node->inputs[next.first].get();
    partition = next.second;
  }
  const auto num_executors = static_cast<std::uint32_t>(executors_.size());
  if (node->shuffles.empty() && node->num_partitions >= num_executors) {
    // Neighbouring partitions of a source to one executor, so that a file is read in long runs.
    return {static_cast<std::uint32_t>(std::uint64_t{partition} * num_executors / node->num_partitions), false};
  }
  return {partition % num_executors, false};
}

void DagScheduler::enqueue(Stage& stage, std::uint32_t partition, std::optional<std::uint32_t> avoid) {
  auto [executor, strictly] = choose_executor(*stage.last, partition);
  if (avoid && executor == *avoid && executors_.size() > 1) {
    executor = (executor + 1) % static_cast<std::uint32_t>(executors_.size());
    strictly = true;  // So that the executor where it failed does not take it back.
  }
  (strictly ? stage.pending_strictly : stage.pending)[executor].push_back(partition);
  ++stage.num_pending;
}

std::uint32_t DagScheduler::window(const ExecutorState& executor) const {
  // Enough waiting tasks to cover a round trip to the driver, few enough that the others can still take some.
  constexpr double kCoveredSeconds = 0.0005;
  constexpr double kMostWaiting = 256;
  const double waiting = std::clamp(kCoveredSeconds / std::max(executor.mean_task_seconds, 1e-7), 1.0, kMostWaiting);
  return executor.num_task_threads * (1 + static_cast<std::uint32_t>(waiting));
}

std::optional<std::uint32_t> DagScheduler::take_task(Stage& stage, std::uint32_t executor) {
  const auto pop = [&](std::deque<std::uint32_t>& queue) {
    const auto partition = queue.front();
    queue.pop_front();
    --stage.num_pending;
    return partition;
  };
  if (!stage.pending_strictly[executor].empty()) { return pop(stage.pending_strictly[executor]); }
  if (!stage.pending[executor].empty()) { return pop(stage.pending[executor]); }
  for (std::uint32_t other = 0; other < executors_.size(); ++other) {
    // What the other can start at once stays where its input is.
    if (stage.pending[other].size() > 0 && executors_[other].num_running >= executors_[other].num_task_threads) {
      return pop(stage.pending[other]);
    }
  }
  return std::nullopt;
}

bool DagScheduler::dispatch_to(std::uint32_t index) {
  auto& executor = executors_[index];
  bool any = false;
  for (auto& [id, stage] : stages_) {
    if (!stage->started || stage->num_pending == 0) { continue; }
    std::vector<TaskSpec> tasks;
    while (executor.num_running < window(executor)) {
      const auto partition = take_task(*stage, index);
      if (!partition) { break; }
      TaskSpec task;
      task.partition = *partition;
      if (const auto failures = stage->num_failures.find(*partition); failures != stage->num_failures.end()) {
        task.attempt = failures->second;
      }
      if (stage->has_payloads) {
        // A source may lie behind operators that renumber partitions, as union does.
        const LineageNode* node = stage->last.get();
        std::uint32_t p = *partition;
        std::vector<std::pair<const LineageNode*, std::uint32_t>> stack{{node, p}};
        while (!stack.empty()) {
          const auto [each, number] = stack.back();
          stack.pop_back();
          if (each->payload) { task.payloads.push_back({each->id, number, each->payload(number)}); }
          if (each->narrow_input) {
            if (each->all_narrow_inputs) {
              for (const auto& [input, input_partition] : each->all_narrow_inputs(number)) {
                stack.emplace_back(each->inputs[input].get(), input_partition);
              }
            } else if (const auto next = each->narrow_input(number)) {
              stack.emplace_back(each->inputs[next->first].get(), next->second);
            }
          } else {
            for (const auto& input : each->inputs) { stack.emplace_back(input.get(), number); }
          }
        }
      }
      tasks.push_back(std::move(task));
      ++executor.num_running;
    }
    if (tasks.empty()) { continue; }
    any = true;
    if (!stage->plan_sent[index]) {
      stage->plan_sent[index] = true;
      executor.endpoint->add_stage(stage->plan);
    }
    executor.endpoint->run_tasks(id, std::move(tasks));
    if (executor.num_running >= window(executor)) { break; }
  }
  return any;
}

void DagScheduler::dispatch() {
  for (std::uint32_t executor = 0; executor < executors_.size(); ++executor) {
    if (executors_[executor].num_running < window(executors_[executor])) { dispatch_to(executor); }
  }
}

void DagScheduler::tasks_ended(ExecutorId executor, std::vector<TaskEnd> ends) {
  const std::lock_guard lock(mutex_);
  for (auto& end : ends) { task_ended(executor.value, end); }
  dispatch();
}

void DagScheduler::task_ended(std::uint32_t executor, TaskEnd& end) {
  auto& state = executors_[executor];
  if (state.num_running > 0) { --state.num_running; }
  state.mean_task_seconds = 0.8 * state.mean_task_seconds + 0.2 * end.metrics.run_seconds;
  const auto found = stages_.find(end.stage);
  if (found == stages_.end()) { return; }  // Its jobs have ended.
  const auto stage = found->second;
  if (options_.event_log) {
    options_.event_log->write("task_end", {{"stage", end.stage.value},
                                           {"partition", end.partition},
                                           {"attempt", end.attempt},
                                           {"executor", executor},
                                           {"ok", !end.error},
                                           {"seconds", end.metrics.run_seconds},
                                           {"rows_read", end.metrics.rows_read},
                                           {"shuffle_bytes_written", end.metrics.shuffle_bytes_written},
                                           {"shuffle_bytes_read", end.metrics.shuffle_bytes_read},
                                           {"spill_bytes", end.metrics.spill_bytes},
                                           {"error", end.error ? end.error->report() : std::string()}});
  }
  if (stage->done[end.partition] != 0) { return; }
  if (end.error) {
    task_failed(stage, executor, end);
  } else {
    task_succeeded(stage, executor, end);
  }
}

void DagScheduler::task_succeeded(const std::shared_ptr<Stage>& stage, std::uint32_t executor, TaskEnd& end) {
  stage->done[end.partition] = 1;
  for (const auto& [dataset, partition] : end.cached) { cached_[dataset].try_emplace(partition, executor); }
  if (options_.on_accumulator) {
    for (const auto& [id, bytes] : end.accumulators) { options_.on_accumulator(id, bytes); }
  }
  if (stage->writes) {
    auto& shuffle = shuffles_[*stage->writes];
    shuffle.executor_of_map[end.partition] = executor;
    --shuffle.num_missing;
    for (std::uint32_t reader = 0; reader < executors_.size(); ++reader) {
      if (options_.node_of_executor[reader] == options_.node_of_executor[executor]) { continue; }
      executors_[reader].endpoint->map_output_ready(*stage->writes, ExecutorId(executor), end.partition,
                                                    shuffle.num_partitions);
    }
    if (--stage->num_missing == 0) { finish_stage(stage); }
    return;
  }
  const auto job = jobs_.at(*stage->jobs.begin());
  job->result_bytes += end.result.size();
  if (job->result_bytes > options_.max_result_bytes) {
    ErrorInfo info;
    try {
      throw_result_too_large(options_.max_result_bytes);
    } catch (const UserError& error) { info = error.info(); }
    info.call_site = to_string(job->request.call_site);
    end_job(job, std::move(info));
    return;
  }
  try {
    job->request.on_result(end.partition, std::move(end.result));
  } catch (...) {
    end_job(job, describe_exception(std::current_exception()));
    return;
  }
  --job->num_missing;
  if (--stage->num_missing == 0) { finish_stage(stage); }
}

void DagScheduler::task_failed(const std::shared_ptr<Stage>& stage, std::uint32_t executor, TaskEnd& end) {
  ErrorInfo& error = *end.error;
  if (error.code == ErrorCode::kMissingInput && stage->num_recomputes < options_.max_attempts) {
    recompute_parents(stage, end.partition);
    return;
  }
  const auto first = stage->first_error.try_emplace(end.partition, error).first;
  const auto failures = ++stage->num_failures[end.partition];
  const bool give_up = !is_worth_a_retry(error) || failures >= options_.max_attempts;
  HS_LOG_WARN("task.failed", {"stage", stage->id.value}, {"partition", end.partition}, {"attempt", end.attempt},
              {"executor", executor}, {"retry", !give_up}, {"error", error.report()});
  if (!give_up) {
    enqueue(*stage, end.partition, executor);
    return;
  }
  ErrorInfo cause = first->second;
  if (failures > 1) { cause.fields.emplace_back("attempts", std::to_string(failures)); }
  fail_jobs_of(stage, cause);
}

void DagScheduler::recompute_parents(const std::shared_ptr<Stage>& stage, std::uint32_t partition) {
  // A cached block behind which a shuffle was skipped has been dropped meanwhile. The stage goes back to waiting; the
  // tasks of it that still run meet the same error or end well.
  if (stage->started) {
    stage->started = false;
    ++stage->num_recomputes;
    stage->partitions.clear();
    for (std::uint32_t executor = 0; executor < executors_.size(); ++executor) {
      for (auto* queue : {&stage->pending[executor], &stage->pending_strictly[executor]}) {
        stage->partitions.insert(stage->partitions.end(), queue->begin(), queue->end());
        queue->clear();
      }
    }
    stage->num_pending = 0;
    stage->plan = std::make_shared<StagePlan>(*stage->plan);
    stage->plan->shuffles.clear();
    stage->plan->map_executors.clear();
    stage->plan_sent.assign(executors_.size(), false);
  }
  stage->partitions.push_back(partition);
  if (stage->num_missing_parents == 0) {
    add_parents(stage, jobs_.at(*stage->jobs.begin()));
    start_if_ready(stage);
  }
}

void DagScheduler::finish_stage(const std::shared_ptr<Stage>& stage) {
  if (options_.event_log) {
    options_.event_log->write("stage_end", {{"stage", stage->id.value}, {"seconds", seconds_since(stage->start)}});
  }
  remove_stage(stage);
  if (!stage->writes) {
    end_job(jobs_.at(*stage->jobs.begin()), std::nullopt);
    return;
  }
  auto& shuffle = shuffles_[*stage->writes];
  shuffle.complete = true;
  shuffle.running.reset();
  for (const auto& dependent : stage->dependents) {
    if (--dependent->num_missing_parents == 0 && !dependent->started && stages_.contains(dependent->id)) {
      start(dependent);
    }
  }
}

void DagScheduler::fail_jobs_of(const std::shared_ptr<Stage>& stage, const ErrorInfo& error) {
  const auto ids = stage->jobs;
  for (const auto id : ids) {
    if (const auto found = jobs_.find(id); found != jobs_.end()) { end_job(found->second, error); }
  }
}

void DagScheduler::end_job(std::shared_ptr<Job> job, std::optional<ErrorInfo> error) {
  if (job->ended) { return; }
  job->ended = true;
  job->error = std::move(error);
  jobs_.erase(job->id);
  if (options_.event_log) {
    options_.event_log->write("job_end", {{"job", job->id.value},
                                          {"ok", !job->error},
                                          {"seconds", seconds_since(job->start)},
                                          {"skipped_stages", job->num_skipped_stages},
                                          {"result_bytes", job->result_bytes},
                                          {"error", job->error ? job->error->report() : std::string()}});
  }
  std::vector<std::shared_ptr<Stage>> unneeded;
  for (auto& [id, stage] : stages_) {
    stage->jobs.erase(job->id);
    if (stage->jobs.empty()) { unneeded.push_back(stage); }
  }
  for (const auto& stage : unneeded) { abandon_stage(stage); }
  job->end.notify_all();
}

void DagScheduler::abandon_stage(const std::shared_ptr<Stage>& stage) {
  for (std::uint32_t executor = 0; executor < executors_.size(); ++executor) {
    if (stage->plan_sent[executor]) { executors_[executor].endpoint->cancel_stage(stage->id); }
  }
  if (stage->writes) {
    // What its tasks have written stays valid; a later job computes only the rest.
    shuffles_[*stage->writes].running.reset();
  }
  remove_stage(stage);
}

void DagScheduler::remove_stage(const std::shared_ptr<Stage>& stage) {
  stages_.erase(stage->id);
  for (std::uint32_t executor = 0; executor < executors_.size(); ++executor) {
    if (stage->plan_sent[executor]) { executors_[executor].endpoint->drop_stage(stage->id); }
  }
}

void DagScheduler::cancel_jobs(const std::string& group, const std::string& reason) {
  const std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Job>> chosen;
  for (auto& [id, job] : jobs_) {
    if (group.empty() || job->request.group == group) { chosen.push_back(job); }
  }
  for (const auto& job : chosen) {
    end_job(job, Cancelled(reason, {{"job", to_string(job->id)}, {"action", job->request.name}}).info());
  }
}

void DagScheduler::stop(const std::string& reason) {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = reason;
  }
  cancel_jobs("", reason);
}

void DagScheduler::blocks_dropped(ExecutorId executor, const std::vector<storage::BlockId>& blocks) {
  const std::lock_guard lock(mutex_);
  for (const auto& block : blocks) {
    const auto dataset = cached_.find(block.dataset);
    if (dataset == cached_.end()) { continue; }
    const auto found = dataset->second.find(block.partition);
    if (found != dataset->second.end() && found->second == executor.value) { dataset->second.erase(found); }
  }
}

void DagScheduler::drop_dataset(DatasetId dataset) {
  const std::lock_guard lock(mutex_);
  cached_.erase(dataset);
  for (auto& executor : executors_) { executor.endpoint->drop_dataset(dataset); }
}

void DagScheduler::drop_shuffle(ShuffleId shuffle) {
  const std::lock_guard lock(mutex_);
  if (shuffles_.erase(shuffle) == 0) { return; }
  for (auto& executor : executors_) { executor.endpoint->drop_shuffle(shuffle); }
}

std::optional<ExecutorId> DagScheduler::cached_on(DatasetId dataset, std::uint32_t partition) const {
  const std::lock_guard lock(mutex_);
  const auto found = cached_.find(dataset);
  if (found == cached_.end()) { return std::nullopt; }
  const auto executor = found->second.find(partition);
  if (executor == found->second.end()) { return std::nullopt; }
  return ExecutorId(executor->second);
}

std::optional<SchedulerProgress> DagScheduler::progress() const {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, stage] : stages_) {
    if (stage->started) {
      return SchedulerProgress{id, stage->name, stage->num_tasks - stage->num_missing, stage->num_tasks};
    }
  }
  return std::nullopt;
}

}  // namespace hammerscale::scheduler
