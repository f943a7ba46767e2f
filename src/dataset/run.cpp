#include "hammerscale/dataset/run.hpp"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include "dataset/progress_line.hpp"
#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/fault_point.hpp"
#include "hammerscale/base/log.hpp"
#include "hammerscale/closure/function_ref.hpp"
#include "hammerscale/comm/environment.hpp"
#include "hammerscale/comm/shared_window.hpp"
#include "hammerscale/comm/wait_ladder.hpp"
#include "scheduler/control_port.hpp"
#include "scheduler/driver_engine.hpp"
#include "scheduler/executor.hpp"
#include "scheduler/remote_endpoints.hpp"
#include "scheduler/resources.hpp"
#include "scheduler/signal_watcher.hpp"
#include "shuffle/exchange_transport.hpp"

namespace hammerscale {
namespace {

using namespace scheduler;  // The runtime puts its parts together.

/// What each rank tells rank 0 at the start.
struct RankReport {
  std::string build_id;
  std::string options;  ///< Those that must be equal on all ranks.
  RankInfo info;
};

/// Memory of an executor that is not in the pool: code and data of the process, stacks, the heap's small change.
std::uint64_t pool_budget(std::uint64_t memory_bytes) {
  const std::uint64_t overhead =
      std::min<std::uint64_t>(std::max<std::uint64_t>(memory_bytes / 8, 16 * kMiB), 256 * kMiB);
  return std::max<std::uint64_t>(memory_bytes > 2 * overhead ? memory_bytes - overhead : memory_bytes / 2, 8 * kMiB);
}

std::string digest(const RunOptions& options) {
  std::string text = "threads=" + std::to_string(options.num_threads.value_or(0)) +
                     " memory=" + std::to_string(options.memory_bytes.value_or(0)) +
                     " partitions=" + std::to_string(options.num_partitions.value_or(0)) +
                     " seed=" + std::to_string(options.seed);
  for (const auto& [key, value] : options.configuration) { text += ' ' + key + '=' + value; }
  return text;
}

void check_options(const RunOptions& options) {
  if (options.num_threads && (*options.num_threads == 0 || *options.num_threads > 4096)) {
    throw UserError(ErrorCode::kInvalidArgument, "an executor has between 1 and 4096 task threads",
                    {{"threads", std::to_string(*options.num_threads)}});
  }
  if (options.num_partitions && (*options.num_partitions == 0 || *options.num_partitions > (1U << 20))) {
    throw UserError(ErrorCode::kInvalidArgument, "a dataset has between 1 and 1048576 partitions",
                    {{"partitions", std::to_string(*options.num_partitions)}});
  }
  if (options.memory_bytes && *options.memory_bytes < 32 * kMiB) {
    throw UserError(ErrorCode::kInvalidArgument, "an executor needs at least 32 MiB of memory",
                    {{"memory", format_byte_size(*options.memory_bytes)}});
  }
}

/// Gathers text of all ranks on all ranks.
std::vector<std::vector<std::byte>> gather_all(comm::Communicator& world, const std::vector<std::byte>& mine) {
  const auto gathered = world.all_gather_v(mine);
  std::vector<std::vector<std::byte>> all;
  std::size_t begin = 0;
  for (const auto count : gathered.counts) {
    all.emplace_back(gathered.values.begin() + static_cast<std::ptrdiff_t>(begin),
                     gathered.values.begin() + static_cast<std::ptrdiff_t>(begin + count));
    begin += count;
  }
  return all;
}

/// A driver endpoint that can be named before the driver exists.
class DriverLink final : public DriverEndpoint {
 public:
  void connect(DriverEndpoint& driver) { driver_ = &driver; }
  void tasks_ended(ExecutorId e, std::vector<TaskEnd> ends) override { driver_->tasks_ended(e, std::move(ends)); }
  void blocks_dropped(ExecutorId e, std::vector<storage::BlockId> blocks) override {
    driver_->blocks_dropped(e, std::move(blocks));
  }
  void gang_ended(ExecutorId e, GangId gang, std::optional<ErrorInfo> error, Bytes result) override {
    driver_->gang_ended(e, gang, std::move(error), std::move(result));
  }
  void gang_progress(ExecutorId e, GangId gang, std::string name, double value) override {
    driver_->gang_progress(e, gang, std::move(name), value);
  }
  void broadcast_placed(ExecutorId e, BroadcastId broadcast, std::optional<std::uint64_t> offset) override {
    driver_->broadcast_placed(e, broadcast, offset);
  }
  void stop_requested(ExecutorId e, int signal) override { driver_->stop_requested(e, signal); }

 private:
  DriverEndpoint* driver_ = nullptr;
};

/// Waits that the main loops climb: busy for a moment after the last event, then idle.
class LoopWait {
 public:
  void event() {
    last_event_ = std::chrono::steady_clock::now();
    busy_.reset();
    idle_.reset();
  }
  void pause() {
    // An executor that just had work will soon have more; after a while it may as well save power.
    constexpr auto kBusyAfterEvent = std::chrono::milliseconds(20);
    if (std::chrono::steady_clock::now() - last_event_ < kBusyAfterEvent) {
      busy_.pause();
    } else {
      idle_.pause();
    }
  }

 private:
  comm::WaitLadder busy_{comm::WaitMood::kBusy};
  comm::WaitLadder idle_{comm::WaitMood::kIdle};
  std::chrono::steady_clock::time_point last_event_ = std::chrono::steady_clock::now();
};

/// One process's part of a run, from start to end.
class Process {
 public:
  Process(const RunOptions& options, const std::function<void(Session&)>& driver_main)
      : options_(options), driver_main_(driver_main), signals_([this](int signal) { on_signal(signal); }) {}

  int run() {
    try {
      environment_.emplace();
    } catch (const Error& error) { return report(error.info()); }
    auto& world = environment_->world();
    set_log_rank(world.size() > 1 ? world.rank().value : -1);
    int code = 0;
    if (const auto refused = meet_or_refuse(world)) {
      code = world.rank().value == 0 ? report(*refused) : comm::exit_code(*refused);
    } else {
      or_abort([&] {
        code = world.size() == 1 ? run_alone() : world.rank().value == 0 ? run_driver() : run_executor();
      });
    }
    executors_.reset();
    control_.reset();
    environment_->finalize();
    return code;
  }

 private:
  int report(const ErrorInfo& info) {
    std::fprintf(stderr, "error: %s\n", info.report().c_str());
    return comm::exit_code(info);
  }

  void on_signal(int signal) {
    const std::lock_guard lock(stop_mutex_);
    if (engine_) {
      engine_->stop("the program was stopped by signal " + std::to_string(signal));
    } else if (driver_endpoint_ != nullptr) {
      driver_endpoint_->stop_requested(self_, signal);
    }
    stop_signal_ = signal;
  }

  /// What leaves the runtime's own code on one rank, no other rank knows of: all of them end.
  template <typename Function>
  static void or_abort(Function&& function) {
    try {
      function();
    } catch (...) {
      auto error = describe_exception(std::current_exception());
      if (error.rank < 0) { error.rank = log_rank(); }
      comm::abort_job(error);
    }
  }

  /// @return why the ranks cannot work together; the same on all of them, so that nobody waits for another.
  std::optional<ErrorInfo> meet_or_refuse(comm::Communicator& world) {
    std::optional<ErrorInfo> refused;
    or_abort([&] {
      try {
        meet(world);
      } catch (const Error& error) { refused = error.info(); }
    });
    return refused;
  }

  /// Ranks learn what the others are, and agree that they can work together.
  void meet(comm::Communicator& world) {
    const auto& topology = world.topology();
    const bool alone = world.size() == 1;
    const bool is_driver = world.rank().value == 0;
    // The driver's node has one executor fewer, as the driver is one of its ranks.
    std::uint32_t num_executors_on_node = static_cast<std::uint32_t>(topology.ranks_on_my_node.size());
    if (!alone && topology.ranks_on_my_node.front().value == 0 && num_executors_on_node > 1) {
      --num_executors_on_node;
    }

    std::optional<ErrorInfo> problem;
    RankReport mine;
    try {
      check_options(options_);
      arm_fault_points_from_environment();
      const auto resources = detect_resources(num_executors_on_node);
      num_task_threads_ = options_.num_threads.value_or(resources.num_task_threads);
      memory_bytes_ = options_.memory_bytes.value_or(resources.memory_bytes);
      scratch_ = storage::Scratch(options_.scratch.value_or("")).path();
      mine.build_id = build_id();
      mine.options = digest(options_);
      mine.info = {world.rank().value,
                   alone       ? "driver+executor"
                   : is_driver ? "driver"
                               : "executor",
                   host_name(),
                   topology.my_node,
                   is_driver && !alone ? 0 : num_task_threads_,
                   is_driver && !alone ? 0 : memory_bytes_,
                   scratch_};
    } catch (...) {
      problem = describe_exception(std::current_exception());
      problem->rank = world.rank().value;
    }
    world.require_all_ok(problem, "start");

    auto cluster = std::make_shared<ClusterInfo>();
    cluster->build_id = mine.build_id;
    cluster->mpi_library = environment_->uses_mpi() ? comm::library_version() : "";
    cluster->launcher =
        environment_->uses_mpi() ? (std::getenv("SLURM_STEP_ID") != nullptr ? "srun" : "mpirun") : "none";
    for (const auto& bytes : gather_all(world, encode(mine))) {
      const auto theirs = decode<RankReport>(bytes);
      if (theirs.build_id != mine.build_id) {
        throw UserError(ErrorCode::kMixedBinaries, "the ranks run different programs; start one binary on all of them",
                        {{"rank", std::to_string(theirs.info.rank)}, {"host", theirs.info.host}});
      }
      if (theirs.options != mine.options) {
        throw UserError(
            ErrorCode::kBadLaunch, "the ranks were started with different options",
            {{"rank", std::to_string(theirs.info.rank)}, {"options", theirs.options}, {"options_here", mine.options}});
      }
      cluster->ranks.push_back(theirs.info);
    }
    cluster_ = cluster;
    for (const auto& rank : cluster->ranks) {
      if (rank.num_task_threads == 0) { continue; }
      num_threads_of_executor_.push_back(rank.num_task_threads);
      node_of_executor_.push_back(rank.node);
    }
    if (num_threads_of_executor_.empty()) {
      throw UserError(ErrorCode::kBadLaunch, "there is no executor; start at least one rank beside the driver");
    }
  }

  DriverEngineOptions engine_options() {
    DriverEngineOptions made;
    made.num_task_threads = num_threads_of_executor_;
    made.node_of_executor = node_of_executor_;
    std::uint32_t num_threads = 0;
    for (const auto threads : num_threads_of_executor_) { num_threads += threads; }
    made.default_partitions = options_.num_partitions.value_or(2 * num_threads);
    made.seed = options_.seed;
    made.max_result_bytes = options_.max_result_bytes.value_or(kGiB);
    if (const auto set = options_.configuration.find("spark.driver.maxResultSize");
        set != options_.configuration.end()) {
      made.max_result_bytes = parse_byte_size(set->second);
    }
    if (options_.event_log) {
      const auto now = std::chrono::system_clock::now().time_since_epoch();
      const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
      made.event_log =
          std::make_shared<EventLog>(*options_.event_log, options_.application + "-" + std::to_string(milliseconds) +
                                                              "-" + std::to_string(::getpid()));
      made.event_log->write("application_start", {{"name", options_.application},
                                                  {"build_id", cluster_->build_id},
                                                  {"ranks", static_cast<std::uint64_t>(cluster_->ranks.size())},
                                                  {"task_threads", num_threads}});
    }
    made.on_stop_requested = [this](int signal) { on_signal(signal); };
    return made;
  }

  std::unique_ptr<Executor> make_executor(DriverEndpoint& driver, MainThreadQueue& queue, comm::SharedWindow* window) {
    ExecutorOptions made;
    made.id = self_;
    made.num_task_threads = num_task_threads_;
    made.scratch = scratch_;
    made.window = window;
    made.pool.budget_bytes = pool_budget(memory_bytes_);
    made.pool.refuse_at_random = options_.spill_always;
    if (window != nullptr && window->base() != nullptr) {
      made.pool.shared_base = window->base();
      made.pool.shared_bytes = window->size();
      made.pool.release_shared = [window](std::uint64_t offset, std::uint64_t length) {
        window->release(offset, length);
      };
    }
    return std::make_unique<Executor>(std::move(made), driver, queue);
  }

  /// Runs the user's function on a thread of its own and calls `serve` in a loop here until it has ended.
  template <typename Serve>
  int drive(MainThreadQueue& queue, Serve&& serve) {
    std::atomic<bool> ended{false};
    int code = 0;
    std::thread driver([&] {
      code = call_driver_main();
      ended = true;
      queue.wake();
    });
    const ProgressLine progress(*engine_, options_.progress);
    or_abort([&] {
      while (!ended) { serve(); }
    });
    driver.join();
    return code;
  }

  std::shared_ptr<const LocalResources> local_resources() const {
    if (local_pool_) {
      return std::make_shared<const LocalResources>(LocalResources{*local_pool_, num_task_threads_, scratch_});
    }
    storage::BufferPoolOptions pool;
    pool.budget_bytes = pool_budget(memory_bytes_);
    pool.refuse_at_random = options_.spill_always;
    return std::make_shared<const LocalResources>(
        LocalResources{storage::BufferPool(std::move(pool)), num_task_threads_, scratch_});
  }

  int call_driver_main() {
    std::optional<ErrorInfo> error;
    try {
      Session session(engine_, cluster_, options_.configuration, local_resources());
      driver_main_(session);
    } catch (...) {
      error = describe_exception(std::current_exception());
      // What escapes the driver's own code is not a task's failure.
      if (error->code == ErrorCode::kUserCode && error->call_site.empty()) { error->kind = ErrorKind::kInternal; }
    }
    const int signal = stop_signal_;
    if (signal != 0) {
      std::fprintf(stderr, "error: stopped by signal %d\n", signal);
      return engine_->has_checkpoint() ? 75 : 128 + signal;
    }
    return error ? report(*error) : 0;
  }

  int run_alone() {
    MainThreadQueue queue;
    DriverLink link;
    auto executor = std::shared_ptr<Executor>(make_executor(link, queue, nullptr));
    local_pool_ = executor->services().pool;
    executor->set_communicator(environment_->world_pointer());
    auto made = engine_options();
    made.executors = {executor};
    set_engine(std::make_shared<DriverEngine>(std::move(made)));
    link.connect(*engine_);
    const auto wake_up = comm::this_thread_wake_up();
    const int code = drive(queue, [&] {
      const auto ticket = wake_up->ticket();
      if (!queue.run_posted()) { wake_up->sleep(ticket, std::chrono::seconds(1)); }
    });
    // Tasks of cancelled jobs may still run, and tell the engine when they end.
    executor->stop_tasks();
    set_engine(nullptr);
    return code;
  }

  int run_driver() {
    auto& world = environment_->world();
    MainThreadQueue queue;
    executors_ = world.split(std::nullopt, 0);
    control_ = world.duplicate();
    DriverLink link;
    int code = 0;
    {
      ControlPort port(control_, queue,
                       [&](Rank /*from*/, std::vector<std::byte> message) { deliver_to_driver(message, link); });
      auto made = engine_options();
      for (std::int32_t rank = 1; rank < world.size(); ++rank) {
        made.executors.push_back(std::make_shared<RemoteExecutor>(port, Rank(rank)));
      }
      const auto executors = made.executors;
      set_engine(std::make_shared<DriverEngine>(std::move(made)));
      link.connect(*engine_);
      LoopWait wait;
      const auto serve = [&] {
        HS_FAULT_POINT("driver.poll");
        const bool posted = queue.run_posted();
        if (port.poll() || posted) {
          wait.event();
        } else {
          wait.pause();
        }
      };
      code = drive(queue, serve);
      for (const auto& executor : executors) { executor->shut_down(); }
      while (!port.drained()) { serve(); }
      // The engine may still be held by handles of the user; from here on it has nobody to talk to.
      set_engine(nullptr);
      std::int32_t shared_code = code;
      world.broadcast(Rank(0), std::span(&shared_code, 1));
      world.barrier();
    }
    return code;
  }

  int run_executor() {
    auto& world = environment_->world();
    MainThreadQueue queue;
    self_ = ExecutorId(static_cast<std::uint32_t>(world.rank().value - 1));
    executors_ = world.split(0, world.rank().value);
    control_ = world.duplicate();
    Executor* target = nullptr;
    std::int32_t code = 0;
    {
      ControlPort port(control_, queue,
                       [&](Rank /*from*/, std::vector<std::byte> message) { deliver_to_executor(message, *target); });
      RemoteDriver driver(port, Rank(0), self_);
      driver.set_main_thread(queue);
      {
        const std::lock_guard lock(stop_mutex_);
        driver_endpoint_ = &driver;
      }
      // Collective, so the reason for it is one that all ranks see alike: some node has several executors.
      std::unique_ptr<comm::SharedWindow> window;
      if (executors_->topology().num_nodes < executors_->size() && options_.read_in_place) {
        window = std::make_unique<comm::SharedWindow>(
            *executors_, storage::BufferPool::shared_bytes_wanted(pool_budget(memory_bytes_)));
      }
      const auto executor = make_executor(driver, queue, window.get());
      executor->set_communicator(executors_);
      target = executor.get();
      std::optional<shuffle::ExchangeTransport> exchange;
      if (executors_->size() > 1) {
        shuffle::ExchangeOptions made;
        made.read_in_place = options_.read_in_place;
        exchange.emplace(
            executors_->duplicate(), executor->shuffle_store(), executor->spill_file(), executor->services().pool,
            window.get(), self_, [&queue] { queue.wake(); }, made);
        executor->set_exchange(*exchange, static_cast<std::uint32_t>(executors_->size()));
      }
      const auto poll = [&] {
        HS_FAULT_POINT("executor.poll");
        const bool flushed = driver.flush();
        const bool exchanged = exchange && exchange->poll();
        return port.poll() || flushed || exchanged;
      };
      // While a gang waits in a collective, control messages are served between its polls.
      comm::set_wait_hook([&] { poll(); });
      LoopWait wait;
      while (!executor->shutting_down()) {
        const bool posted = queue.run_posted();
        if (poll() || posted) {
          wait.event();
        } else {
          wait.pause();
        }
      }
      if (exchange) { exchange->fail(Cancelled("the program has ended").info()); }
      executor->stop_tasks();
      comm::set_wait_hook({});
      while (!port.drained()) {
        poll();
        wait.pause();
      }
      world.broadcast(Rank(0), std::span(&code, 1));
      world.barrier();
      {
        const std::lock_guard lock(stop_mutex_);
        driver_endpoint_ = nullptr;
      }
    }
    return code;
  }

  void set_engine(std::shared_ptr<DriverEngine> engine) {
    const std::lock_guard lock(stop_mutex_);
    engine_ = std::move(engine);
    if (engine_ && stop_signal_ != 0) { engine_->stop("the program was stopped by a signal"); }
  }

  const RunOptions& options_;
  const std::function<void(Session&)>& driver_main_;
  std::mutex stop_mutex_;
  std::atomic<int> stop_signal_{0};
  SignalWatcher signals_;
  std::optional<comm::Environment> environment_;
  std::shared_ptr<comm::Communicator> executors_;
  std::shared_ptr<comm::Communicator> control_;
  std::shared_ptr<const ClusterInfo> cluster_;
  std::vector<std::uint32_t> num_threads_of_executor_;
  std::vector<std::int32_t> node_of_executor_;
  ExecutorId self_;
  std::uint32_t num_task_threads_ = 1;
  std::uint64_t memory_bytes_ = 0;
  std::string scratch_;
  std::optional<storage::BufferPool> local_pool_;  ///< The executor's, in a world of one.
  std::shared_ptr<DriverEngine> engine_;
  DriverEndpoint* driver_endpoint_ = nullptr;
};

}  // namespace

int run(const RunOptions& options, const std::function<void(Session&)>& driver_main) {
  if (options.log_level) { set_log_level(*options.log_level); }
  Process process(options, driver_main);
  return process.run();
}

int run(int /*argc*/, char** /*argv*/, const std::function<void(Session&)>& driver_main) {
  RunOptions options;
  try {
    options = RunOptions::from_environment();
  } catch (const Error& error) {
    // Before the ranks have met; all of them see the same variables, and one line is enough.
    const char* const rank = std::getenv("PMIX_RANK");
    if (rank == nullptr || std::string_view(rank) == "0") { std::fprintf(stderr, "error: %s\n", error.what()); }
    return 2;
  }
  return run(options, driver_main);
}

}  // namespace hammerscale
