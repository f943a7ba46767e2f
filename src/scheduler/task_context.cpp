#include "hammerscale/scheduler/task_context.hpp"

#include <algorithm>

#include "hammerscale/base/error.hpp"

namespace hammerscale {
namespace {

thread_local TaskContext* current_task = nullptr;

}  // namespace

void throw_result_too_large(std::uint64_t max_result_bytes) {
  throw UserError(ErrorCode::kResultTooLarge,
                  "the results of a job are larger than max_result_bytes; write them to files, or raise the limit with "
                  "--conf spark.driver.maxResultSize=SIZE",
                  {{"max_result_bytes", std::to_string(max_result_bytes)}});
}

TaskContext::TaskContext(ExecutorServices& services, const StagePlan& plan, const TaskSpec& task,
                         const std::atomic<bool>& cancelled)
    : services_(services), plan_(plan), task_(task), cancelled_(cancelled), outer_(current_task) {
  current_task = this;
}

TaskContext::~TaskContext() { current_task = outer_; }

TaskContext* TaskContext::current() noexcept { return current_task; }

void TaskContext::throw_if_cancelled() const {
  if (cancelled_.load(std::memory_order_relaxed)) { throw Cancelled("the stage was cancelled"); }
}

std::uint64_t TaskContext::memory_share() const noexcept {
  // Half of the budget is for what tasks hold while they run; a task may have an operator at either end of its stage.
  return std::max<std::uint64_t>(services_.pool.budget_bytes() / (std::uint64_t{4} * services_.num_task_threads), 1);
}

std::span<const std::byte> TaskContext::payload(DatasetId dataset, std::uint32_t partition) const {
  for (const auto& each : task_.payloads) {
    if (each.dataset == dataset && each.partition == partition) { return *each.bytes; }
  }
  throw InternalError("a task came without the payload of its source", {{"dataset", to_string(dataset)}});
}

shuffle::ShuffleInput TaskContext::open_shuffle(ShuffleId shuffle, std::uint32_t partition) const {
  const auto found = std::find(plan_.shuffles.begin(), plan_.shuffles.end(), shuffle);
  if (found == plan_.shuffles.end()) {
    throw InternalError("a stage reads a shuffle that its plan does not name", {{"shuffle", to_string(shuffle)}});
  }
  const auto& map_executors = plan_.map_executors[static_cast<std::size_t>(found - plan_.shuffles.begin())];
  return {services_.shuffle_store, services_.transport, services_.spill_file, services_.id, shuffle, partition,
          map_executors};
}

void TaskContext::note_cached(DatasetId dataset, std::uint32_t partition) { cached_.emplace_back(dataset, partition); }

AccumulatorUpdate& TaskContext::accumulator(AccumulatorId id, std::unique_ptr<AccumulatorUpdate> (*make)()) {
  auto& update = accumulators_[id];
  if (!update) { update = make(); }
  return *update;
}

}  // namespace hammerscale
