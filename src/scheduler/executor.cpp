#include "scheduler/executor.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <utility>

#include "hammerscale/base/fault_point.hpp"
#include "hammerscale/base/log.hpp"
#include "hammerscale/closure/function_ref.hpp"
#include "hammerscale/comm/wait_ladder.hpp"
#include "hammerscale/scheduler/broadcast_store.hpp"
#include "hammerscale/scheduler/gang_context.hpp"

namespace hammerscale::scheduler {

/// A stage's operators and body, made from the plan when the first task of it starts.
struct Executor::Stage {
  std::shared_ptr<const StagePlan> plan;
  std::atomic<bool> cancelled{false};
  std::atomic<std::uint64_t> result_bytes{0};  // Of all tasks here that ended well.
  std::mutex building;
  std::vector<std::unique_ptr<OperatorBase>> operators;
  std::unique_ptr<TaskBody> body;

  void build() {
    const std::lock_guard lock(building);
    if (body) { return; }
    std::vector<std::unique_ptr<OperatorBase>> made;
    for (const auto& node : plan->nodes) {
      std::vector<OperatorBase*> inputs;
      for (const auto input : node.inputs) { inputs.push_back(made[input].get()); }
      Reader params(node.params);
      made.push_back(resolve_as<OperatorFactory>(node.factory)(OperatorInit{params, inputs, node}));
    }
    Reader params(plan->body_params);
    auto last = resolve_as<TaskBodyFactory>(plan->body)(params, *made.back());
    operators = std::move(made);
    body = std::move(last);
  }
};

Executor::Executor(ExecutorOptions options, DriverEndpoint& driver, MainThreadQueue& main_thread)
    : options_(std::move(options)),
      driver_(driver),
      main_thread_(main_thread),
      pool_(options_.pool),
      scratch_(options_.scratch),
      spill_file_(scratch_),
      blocks_({pool_, scratch_, [this](const storage::BlockId& id) { driver_.blocks_dropped(options_.id, {id}); }}),
      shuffle_store_(pool_, spill_file_),
      services_{options_.id, options_.num_task_threads, pool_, blocks_, spill_file_, shuffle_store_, nullptr},
      task_pool_(options_.num_task_threads) {}

Executor::~Executor() {
  // The store outlives the window.
  for (const auto broadcast : shared_broadcasts_) { BroadcastStore::instance().drop(broadcast); }
}

void Executor::set_communicator(std::shared_ptr<comm::Communicator> executors) { communicator_ = std::move(executors); }

void Executor::add_stage(std::shared_ptr<const StagePlan> plan) {
  auto stage = std::make_shared<Stage>();
  const auto id = plan->stage;
  stage->plan = std::move(plan);
  const std::lock_guard lock(mutex_);
  stages_[id] = std::move(stage);
}

void Executor::run_tasks(StageId id, std::vector<TaskSpec> tasks) {
  std::shared_ptr<Stage> stage;
  {
    const std::lock_guard lock(mutex_);
    stage = stages_.at(id);
  }
  std::vector<std::function<void()>> functions;
  functions.reserve(tasks.size());
  for (auto& task : tasks) {
    functions.emplace_back([this, stage, task = std::move(task)] { run_task(stage, task); });
  }
  task_pool_.submit(std::move(functions));
}

void Executor::run_task(const std::shared_ptr<Stage>& stage, const TaskSpec& task) {
  const auto start = std::chrono::steady_clock::now();
  TaskEnd end = attempt(*stage, task);
  end.metrics.run_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::vector<TaskEnd> ends;
  ends.push_back(std::move(end));
  driver_.tasks_ended(options_.id, std::move(ends));
}

TaskEnd Executor::attempt(Stage& stage, const TaskSpec& task) {
  TaskEnd end;
  end.stage = stage.plan->stage;
  end.partition = task.partition;
  end.attempt = task.attempt;
  try {
    TaskContext context(services_, *stage.plan, task, stage.cancelled);
    context.throw_if_cancelled();
    stage.build();
    end.result = stage.body->run(context, task.partition);
    HS_FAULT_POINT(stage.plan->shuffles.empty() ? "task.map" : "task.reduce");
    // The driver adds up what all executors send, but only once it is there; what one sends alone is bounded here.
    const auto sent = stage.result_bytes.fetch_add(end.result.size()) + end.result.size();
    if (sent > stage.plan->max_result_bytes) { throw_result_too_large(stage.plan->max_result_bytes); }
    for (const auto& [id, update] : context.accumulators()) { end.accumulators.emplace_back(id, update->encoded()); }
    end.cached = context.cached();
    end.metrics = context.metrics();
  } catch (...) {
    ErrorInfo error = describe_exception(std::current_exception());
    if (error.rank < 0) { error.rank = log_rank(); }
    if (error.call_site.empty() && !stage.plan->nodes.empty()) {
      error.call_site = to_string(stage.plan->nodes.back().call_site);
    }
    end.result.clear();
    end.accumulators.clear();
    end.error = std::move(error);
  }
  return end;
}

void Executor::cancel_stage(StageId id) {
  const std::lock_guard lock(mutex_);
  if (const auto found = stages_.find(id); found != stages_.end()) { found->second->cancelled = true; }
}

void Executor::drop_stage(StageId id) {
  std::shared_ptr<Stage> dropped;  // Destroyed outside of the lock.
  const std::lock_guard lock(mutex_);
  const auto found = stages_.find(id);
  if (found == stages_.end()) { return; }
  dropped = std::move(found->second);
  stages_.erase(found);
}

void Executor::map_output_ready(ShuffleId shuffle, ExecutorId source, std::uint32_t map_partition,
                                std::uint32_t num_partitions) {
  if (exchange_ == nullptr) { return; }
  // The home of a reduce partition, where the scheduler will place its task.
  std::vector<std::uint32_t> at_home;
  for (std::uint32_t p = options_.id.value; p < num_partitions; p += num_executors_) { at_home.push_back(p); }
  exchange_->prefetch(shuffle, source, map_partition, at_home);
}

void Executor::drop_shuffle(ShuffleId shuffle) {
  shuffle_store_.drop(shuffle);
  if (exchange_ != nullptr) { exchange_->drop(shuffle); }
}
void Executor::drop_dataset(DatasetId dataset) { blocks_.remove(dataset); }

void Executor::add_broadcast(BroadcastId broadcast, SharedBytes value, BroadcastPlacement placement) {
  HS_FAULT_POINT("broadcast.store");
  if (placement == BroadcastPlacement::kOwn) {
    BroadcastStore::instance().add(broadcast, std::move(value));
    return;
  }
  auto buffer = pool_.try_allocate(value->size(), storage::Region::kShared);
  const auto offset = buffer ? buffer->shared_offset() : std::nullopt;
  if (offset) {
    buffer->resize(value->size());
    std::ranges::copy(*value, buffer->data());
    const auto owner = std::make_shared<const storage::Buffer>(std::move(*buffer));
    BroadcastStore::instance().add_shared(broadcast, owner->span(), owner);
    shared_broadcasts_.insert(broadcast);
  } else {
    BroadcastStore::instance().add(broadcast, std::move(value));
  }
  driver_.broadcast_placed(options_.id, broadcast, offset);
}

void Executor::add_shared_broadcast(BroadcastId broadcast, ExecutorId owner, std::uint64_t offset,
                                    std::uint64_t num_bytes) {
  const Rank rank(static_cast<std::int32_t>(owner.value));
  if (options_.window == nullptr || !options_.window->has_peer(rank)) {
    driver_.broadcast_placed(options_.id, broadcast, std::nullopt);
    return;
  }
  BroadcastStore::instance().add_shared(broadcast, {options_.window->base_of(rank) + offset, num_bytes}, nullptr);
  shared_broadcasts_.insert(broadcast);
  driver_.broadcast_placed(options_.id, broadcast, offset);
}

void Executor::drop_broadcast(BroadcastId broadcast) {
  BroadcastStore::instance().drop(broadcast);
  shared_broadcasts_.erase(broadcast);
}

void Executor::shut_down() {
  shutting_down_ = true;
  main_thread_.wake();
}

/// The gang that runs now.
class Executor::Gang final : public GangContext {
 public:
  Gang(Executor& executor, const GangSpec& spec, comm::Communicator& communicator)
      : executor_(executor), spec_(spec), communicator_(communicator) {
    if (spec_.dataset == DatasetId()) { return; }
    for (std::uint32_t partition = 0; partition < spec_.num_partitions; ++partition) {
      if (executor_.blocks_.contains({spec_.dataset, partition})) { partitions_.push_back(partition); }
    }
  }

  comm::Communicator& comm() override { return communicator_; }
  ExecutorServices& services() override { return executor_.services_; }
  const std::vector<std::uint32_t>& partitions() const override { return partitions_; }
  std::uint32_t num_partitions() const override { return spec_.num_partitions; }
  DatasetId dataset() const override { return spec_.dataset; }

  void parallel_for(std::size_t n, const std::function<void(std::size_t)>& body) override {
    if (n == 0) { return; }
    struct Shared {
      std::atomic<std::size_t> next{0};
      std::atomic<std::size_t> num_running{0};
      std::atomic<bool> failed{false};
      std::mutex mutex;
      std::exception_ptr error;
    };
    const auto shared = std::make_shared<Shared>();
    const std::size_t num_helpers = std::min<std::size_t>(n, executor_.task_pool_.num_threads());
    shared->num_running = num_helpers;
    const auto wake_up = comm::this_thread_wake_up();
    const auto work = [shared, &body, n, wake_up] {
      try {
        for (auto i = shared->next++; i < n && !shared->failed; i = shared->next++) { body(i); }
      } catch (...) {
        const std::lock_guard lock(shared->mutex);
        if (!shared->error) { shared->error = std::current_exception(); }
        shared->failed = true;
      }
      if (--shared->num_running == 0) { wake_up->notify(); }
    };
    executor_.task_pool_.submit(std::vector<std::function<void()>>(num_helpers, work));
    // The helpers use `body` of the caller, so nothing, not even an abort of the gang, ends the wait before them.
    std::exception_ptr hook_error;
    comm::WaitLadder ladder;
    while (shared->num_running != 0) {
      try {
        ladder.pause();
      } catch (...) {
        hook_error = std::current_exception();
        shared->failed = true;
      }
    }
    if (shared->error) { std::rethrow_exception(shared->error); }
    if (hook_error) { std::rethrow_exception(hook_error); }
  }

  void report(const std::string& name, double value) override {
    executor_.driver_.gang_progress(executor_.options_.id, spec_.gang, name, value);
  }

 private:
  Executor& executor_;
  const GangSpec& spec_;
  comm::Communicator& communicator_;
  std::vector<std::uint32_t> partitions_;
};

void Executor::start_gang(std::shared_ptr<const GangSpec> gang) {
  main_thread_.post([this, gang = std::move(gang)] { run_gang(*gang); });
}

void Executor::run_gang(const GangSpec& spec) {
  std::optional<ErrorInfo> error;
  Bytes result;
  try {
    {
      // A communicator for this gang alone: one that broke off leaves messages behind in its own.
      auto fresh = communicator_->duplicate();
      const std::lock_guard lock(gang_mutex_);
      gang_communicator_ = std::move(fresh);
      running_gang_ = spec.gang;
    }
    Reader params(spec.body_params);
    const auto body = resolve_as<GangBodyFactory>(spec.body)(params);
    Gang context(*this, spec, *gang_communicator_);
    HS_FAULT_POINT("gang.run");
    result = body->run(context);
  } catch (...) {
    error = describe_exception(std::current_exception());
    if (error->rank < 0) { error->rank = log_rank(); }
    if (error->call_site.empty()) { error->call_site = to_string(spec.call_site); }
  }
  {
    const std::lock_guard lock(gang_mutex_);
    // Messages that nobody received are still on their way in it. MPI gives the number of a freed communicator to the
    // next one, which would then take them for its own; while one rank keeps the communicator, its number stays taken.
    if (error && gang_communicator_) { broken_communicators_.push_back(gang_communicator_); }
    gang_communicator_.reset();
    running_gang_ = GangId();
  }
  driver_.gang_ended(options_.id, spec.gang, std::move(error), std::move(result));
}

void Executor::abort_gang(GangId gang, const ErrorInfo& error) {
  const std::lock_guard lock(gang_mutex_);
  if (running_gang_ == gang && gang_communicator_) { gang_communicator_->poison(error); }
}

}  // namespace hammerscale::scheduler
