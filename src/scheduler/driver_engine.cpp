#include "scheduler/driver_engine.hpp"

#include <chrono>
#include <numeric>
#include <utility>

#include "hammerscale/scheduler/broadcast_store.hpp"

namespace hammerscale::scheduler {

DriverEngine::DriverEngine(DriverEngineOptions options)
    : options_(std::move(options)),
      scheduler_([this] {
        DagSchedulerOptions made;
        made.executors = options_.executors;
        made.num_task_threads = options_.num_task_threads;
        made.node_of_executor = options_.node_of_executor;
        made.max_result_bytes = options_.max_result_bytes;
        made.event_log = options_.event_log;
        made.on_accumulator = [this](AccumulatorId id, std::span<const std::byte> update) {
          const std::lock_guard lock(accumulators_mutex_);
          if (const auto found = accumulators_.find(id); found != accumulators_.end()) { found->second(update); }
        };
        return made;
      }()) {}

std::uint32_t DriverEngine::num_task_threads() const {
  return std::accumulate(options_.num_task_threads.begin(), options_.num_task_threads.end(), 0U);
}

std::vector<std::vector<std::byte>> DriverEngine::run_gang(GangRequest request) {
  const std::lock_guard one_at_a_time(one_gang_);
  auto spec = std::make_shared<GangSpec>();
  spec->gang = GangId(next_id_++);
  spec->call_site = request.call_site;
  if (request.dataset) {
    spec->dataset = request.dataset->id;
    spec->num_partitions = request.dataset->num_partitions;
  }
  spec->body = request.body;
  spec->body_params = std::move(request.body_params);

  std::unique_lock lock(gang_mutex_);
  if (stopped_) { throw Cancelled(*stopped_); }
  gang_.emplace();
  gang_->id = spec->gang;
  gang_->num_missing = num_executors();
  gang_->results.resize(num_executors());
  gang_->on_progress = std::move(request.on_progress);
  const auto start = std::chrono::steady_clock::now();
  if (options_.event_log) {
    options_.event_log->write("gang_start", {{"gang", spec->gang.value}, {"call_site", to_string(spec->call_site)}});
  }
  lock.unlock();
  for (const auto& executor : options_.executors) { executor->start_gang(spec); }
  lock.lock();
  gang_ended_.wait(lock, [&] { return gang_->num_missing == 0; });
  auto ended = std::move(*gang_);
  gang_.reset();
  if (options_.event_log) {
    const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    options_.event_log->write("gang_end", {{"gang", spec->gang.value},
                                           {"ok", !ended.error},
                                           {"seconds", seconds},
                                           {"error", ended.error ? ended.error->report() : std::string()}});
  }
  if (ended.error) { throw_error(*ended.error); }
  return std::move(ended.results);
}

void DriverEngine::gang_ended(ExecutorId executor, GangId gang, std::optional<ErrorInfo> error, Bytes result) {
  std::optional<ErrorInfo> first;
  {
    const std::lock_guard lock(gang_mutex_);
    if (!gang_ || gang_->id != gang) { return; }
    gang_->results[executor.value] = std::move(result);
    if (error && !gang_->error) {
      gang_->error = error;
      first = error;
    }
    --gang_->num_missing;
    if (gang_->num_missing == 0) { gang_ended_.notify_all(); }
  }
  // The first error ends the gang on all other executors, which then report that same error.
  if (first) {
    for (const auto& each : options_.executors) { each->abort_gang(gang, *first); }
  }
}

void DriverEngine::gang_progress(ExecutorId executor, GangId gang, std::string name, double value) {
  std::function<void(ExecutorId, const std::string&, double)> on_progress;
  {
    const std::lock_guard lock(gang_mutex_);
    if (gang_ && gang_->id == gang) { on_progress = gang_->on_progress; }
  }
  if (options_.event_log) {
    options_.event_log->write("gang_progress",
                              {{"gang", gang.value}, {"executor", executor.value}, {"name", name}, {"value", value}});
  }
  if (on_progress) { on_progress(executor, name, value); }
}

void DriverEngine::stop_requested(ExecutorId /*executor*/, int signal) {
  if (options_.on_stop_requested) { options_.on_stop_requested(signal); }
}

void DriverEngine::stop(const std::string& reason) {
  const auto error = Cancelled(reason).info();
  std::optional<GangId> running;
  {
    const std::lock_guard lock(gang_mutex_);
    stopped_ = reason;
    if (gang_) {
      running = gang_->id;
      if (!gang_->error) { gang_->error = error; }
    }
  }
  if (running) {
    for (const auto& executor : options_.executors) { executor->abort_gang(*running, error); }
  }
  scheduler_.stop(reason);
}

BroadcastId DriverEngine::add_broadcast(std::shared_ptr<const void> value, std::vector<std::byte> encoded) {
  const BroadcastId id(next_id_++);
  BroadcastStore::instance().add_decoded(id, std::move(value));
  const auto shared = std::make_shared<const Bytes>(std::move(encoded));
  for (const auto& executor : options_.executors) { executor->add_broadcast(id, shared); }
  return id;
}

void DriverEngine::drop_broadcast(BroadcastId broadcast) {
  BroadcastStore::instance().drop(broadcast);
  for (const auto& executor : options_.executors) { executor->drop_broadcast(broadcast); }
}

AccumulatorId DriverEngine::add_accumulator(std::function<void(std::span<const std::byte>)> merge) {
  const AccumulatorId id(next_id_++);
  const std::lock_guard lock(accumulators_mutex_);
  accumulators_[id] = std::move(merge);
  return id;
}

void DriverEngine::drop_accumulator(AccumulatorId accumulator) {
  const std::lock_guard lock(accumulators_mutex_);
  accumulators_.erase(accumulator);
}

}  // namespace hammerscale::scheduler
