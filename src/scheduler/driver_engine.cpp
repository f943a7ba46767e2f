#include "scheduler/driver_engine.hpp"

#include <algorithm>
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
  broadcast_placed_.notify_all();
  scheduler_.stop(reason);
}

BroadcastId DriverEngine::add_broadcast(std::shared_ptr<const void> value, std::vector<std::byte> encoded) {
  const BroadcastId id(next_id_++);
  BroadcastStore::instance().add_decoded(id, std::move(value));
  const auto bytes = std::make_shared<const Bytes>(std::move(encoded));
  std::uint32_t num_copies = 0;
  const auto send_to = [&](ExecutorId executor, BroadcastPlacement placement) {
    ++num_copies;
    options_.executors[executor.value]->add_broadcast(id, bytes, placement);
  };

  // The first executor of each node gets the bytes and shares them with the others, which are told where they lie. The
  // handle leaves this function when everybody has the value, so no function can use it sooner.
  std::map<std::int32_t, ExecutorId> first_on_node;
  std::vector<ExecutorId> owners;
  std::vector<ExecutorId> readers;
  const auto owner_for = [&](ExecutorId executor) {
    return first_on_node.at(options_.node_of_executor[executor.value]);
  };
  for (std::uint32_t i = 0; i < num_executors(); ++i) {
    const ExecutorId executor(i);
    if (first_on_node.emplace(options_.node_of_executor[i], executor).second) { continue; }
    if (std::ranges::find(owners, owner_for(executor)) == owners.end()) { owners.push_back(owner_for(executor)); }
    readers.push_back(executor);
  }
  for (const auto& [node, executor] : first_on_node) {
    if (std::ranges::find(owners, executor) == owners.end()) { send_to(executor, BroadcastPlacement::kOwn); }
  }
  const auto places = place_broadcast(
      id, owners, [&](ExecutorId executor) { send_to(executor, BroadcastPlacement::kShared); });
  std::vector<ExecutorId> told;
  for (const auto reader : readers) {
    if (places.at(owner_for(reader))) {
      told.push_back(reader);
    } else {
      send_to(reader, BroadcastPlacement::kOwn);
    }
  }
  const auto seen = place_broadcast(id, told, [&](ExecutorId executor) {
    const auto owner = owner_for(executor);
    options_.executors[executor.value]->add_shared_broadcast(id, owner, *places.at(owner), bytes->size());
  });
  for (const auto& [executor, place] : seen) {
    if (!place) { send_to(executor, BroadcastPlacement::kOwn); }
  }
  if (options_.event_log) {
    options_.event_log->write("broadcast", {{"broadcast", id.value},
                                            {"bytes", static_cast<std::uint64_t>(bytes->size())},
                                            {"copies_sent", num_copies}});
  }
  return id;
}

DriverEngine::Places DriverEngine::place_broadcast(BroadcastId broadcast, const std::vector<ExecutorId>& executors,
                                                   const std::function<void(ExecutorId)>& ask) {
  if (executors.empty()) { return {}; }
  {
    const std::lock_guard lock(gang_mutex_);
    placing_[broadcast].num_missing = executors.size();
  }
  for (const auto executor : executors) { ask(executor); }
  std::unique_lock lock(gang_mutex_);
  broadcast_placed_.wait(lock, [&] { return stopped_ || placing_[broadcast].num_missing == 0; });
  auto places = std::move(placing_[broadcast].places);
  placing_.erase(broadcast);
  if (stopped_) { throw Cancelled(*stopped_); }
  return places;
}

void DriverEngine::broadcast_placed(ExecutorId executor, BroadcastId broadcast, std::optional<std::uint64_t> offset) {
  const std::lock_guard lock(gang_mutex_);
  const auto found = placing_.find(broadcast);
  if (found == placing_.end()) { return; }
  found->second.places[executor] = offset;
  --found->second.num_missing;
  broadcast_placed_.notify_all();
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
