#include "scheduler/remote_endpoints.hpp"

#include <utility>

#include "hammerscale/serde/serde.hpp"

namespace hammerscale {

/// Payloads travel by value; where they arrive, nobody else holds them.
template <>
struct Serde<TaskPayload> {
  static std::size_t size(const TaskPayload& payload) { return Serde<std::vector<std::byte>>::size(*payload); }
  static std::byte* write(std::byte* out, const TaskPayload& payload) {
    return Serde<std::vector<std::byte>>::write(out, *payload);
  }
  static TaskPayload read(Reader& reader) {
    return std::make_shared<const std::vector<std::byte>>(Serde<std::vector<std::byte>>::read(reader));
  }
  static std::size_t heap_bytes(const TaskPayload& payload) { return payload->size(); }
};

namespace scheduler {
namespace {

enum class ToExecutor : std::uint8_t {
  kAddStage,
  kRunTasks,
  kCancelStage,
  kDropStage,
  kMapOutputReady,
  kDropShuffle,
  kDropDataset,
  kAddBroadcast,
  kAddSharedBroadcast,
  kDropBroadcast,
  kStartGang,
  kAbortGang,
  kShutDown,
};

enum class ToDriver : std::uint8_t {
  kTasksEnded,
  kBlocksDropped,
  kGangEnded,
  kGangProgress,
  kBroadcastPlaced,
  kStopRequested,
};

template <typename Kind, typename... Fields>
Bytes make_message(Kind kind, const Fields&... fields) {
  Bytes message(1 + (std::size_t{0} + ... + Serde<Fields>::size(fields)));
  message[0] = static_cast<std::byte>(kind);
  [[maybe_unused]] std::byte* out = message.data() + 1;
  ((out = Serde<Fields>::write(out, fields)), ...);
  return message;
}

template <typename T>
T next(Reader& reader) {
  return Serde<T>::read(reader);
}

}  // namespace

void RemoteExecutor::add_stage(std::shared_ptr<const StagePlan> plan) {
  port_.send(rank_, make_message(ToExecutor::kAddStage, *plan));
}
void RemoteExecutor::run_tasks(StageId stage, std::vector<TaskSpec> tasks) {
  port_.send(rank_, make_message(ToExecutor::kRunTasks, stage, tasks));
}
void RemoteExecutor::cancel_stage(StageId stage) { port_.send(rank_, make_message(ToExecutor::kCancelStage, stage)); }
void RemoteExecutor::drop_stage(StageId stage) { port_.send(rank_, make_message(ToExecutor::kDropStage, stage)); }
void RemoteExecutor::map_output_ready(ShuffleId shuffle, ExecutorId source, std::uint32_t map_partition,
                                      std::uint32_t num_partitions) {
  port_.send(rank_, make_message(ToExecutor::kMapOutputReady, shuffle, source, map_partition, num_partitions));
}
void RemoteExecutor::drop_shuffle(ShuffleId shuffle) {
  port_.send(rank_, make_message(ToExecutor::kDropShuffle, shuffle));
}
void RemoteExecutor::drop_dataset(DatasetId dataset) {
  port_.send(rank_, make_message(ToExecutor::kDropDataset, dataset));
}
void RemoteExecutor::add_broadcast(BroadcastId broadcast, SharedBytes value, BroadcastPlacement placement) {
  port_.send(rank_, make_message(ToExecutor::kAddBroadcast, broadcast, placement, *value));
}
void RemoteExecutor::add_shared_broadcast(BroadcastId broadcast, ExecutorId owner, std::uint64_t offset,
                                          std::uint64_t num_bytes) {
  port_.send(rank_, make_message(ToExecutor::kAddSharedBroadcast, broadcast, owner, offset, num_bytes));
}
void RemoteExecutor::drop_broadcast(BroadcastId broadcast) {
  port_.send(rank_, make_message(ToExecutor::kDropBroadcast, broadcast));
}
void RemoteExecutor::start_gang(std::shared_ptr<const GangSpec> gang) {
  port_.send(rank_, make_message(ToExecutor::kStartGang, *gang));
}
void RemoteExecutor::abort_gang(GangId gang, const ErrorInfo& error) {
  port_.send(rank_, make_message(ToExecutor::kAbortGang, gang, error));
}
void RemoteExecutor::shut_down() { port_.send(rank_, make_message(ToExecutor::kShutDown)); }

void deliver_to_executor(const std::vector<std::byte>& message, ExecutorEndpoint& executor) {
  Reader reader(message);
  switch (static_cast<ToExecutor>(next<std::byte>(reader))) {
    case ToExecutor::kAddStage:
      executor.add_stage(std::make_shared<const StagePlan>(next<StagePlan>(reader)));
      break;
    case ToExecutor::kRunTasks: {
      const auto stage = next<StageId>(reader);
      executor.run_tasks(stage, next<std::vector<TaskSpec>>(reader));
      break;
    }
    case ToExecutor::kCancelStage: executor.cancel_stage(next<StageId>(reader)); break;
    case ToExecutor::kDropStage: executor.drop_stage(next<StageId>(reader)); break;
    case ToExecutor::kMapOutputReady: {
      const auto shuffle = next<ShuffleId>(reader);
      const auto source = next<ExecutorId>(reader);
      const auto map_partition = next<std::uint32_t>(reader);
      executor.map_output_ready(shuffle, source, map_partition, next<std::uint32_t>(reader));
      break;
    }
    case ToExecutor::kDropShuffle: executor.drop_shuffle(next<ShuffleId>(reader)); break;
    case ToExecutor::kDropDataset: executor.drop_dataset(next<DatasetId>(reader)); break;
    case ToExecutor::kAddBroadcast: {
      const auto broadcast = next<BroadcastId>(reader);
      const auto placement = next<BroadcastPlacement>(reader);
      executor.add_broadcast(broadcast, std::make_shared<const Bytes>(next<Bytes>(reader)), placement);
      break;
    }
    case ToExecutor::kAddSharedBroadcast: {
      const auto broadcast = next<BroadcastId>(reader);
      const auto owner = next<ExecutorId>(reader);
      const auto offset = next<std::uint64_t>(reader);
      executor.add_shared_broadcast(broadcast, owner, offset, next<std::uint64_t>(reader));
      break;
    }
    case ToExecutor::kDropBroadcast: executor.drop_broadcast(next<BroadcastId>(reader)); break;
    case ToExecutor::kStartGang:
      executor.start_gang(std::make_shared<const GangSpec>(next<GangSpec>(reader)));
      break;
    case ToExecutor::kAbortGang: {
      const auto gang = next<GangId>(reader);
      executor.abort_gang(gang, next<ErrorInfo>(reader));
      break;
    }
    case ToExecutor::kShutDown: executor.shut_down(); break;
  }
}

bool RemoteDriver::flush() {
  std::vector<TaskEnd> ends;
  {
    const std::lock_guard lock(mutex_);
    ends.swap(ends_);
  }
  if (ends.empty()) { return false; }
  port_.send(rank_, make_message(ToDriver::kTasksEnded, self_, ends));
  return true;
}

void RemoteDriver::tasks_ended(ExecutorId /*executor*/, std::vector<TaskEnd> ends) {
  {
    const std::lock_guard lock(mutex_);
    for (auto& end : ends) { ends_.push_back(std::move(end)); }
  }
  if (main_thread_ != nullptr) { main_thread_->wake(); }
}

void RemoteDriver::blocks_dropped(ExecutorId executor, std::vector<storage::BlockId> blocks) {
  port_.send(rank_, make_message(ToDriver::kBlocksDropped, executor, blocks));
}
void RemoteDriver::gang_ended(ExecutorId executor, GangId gang, std::optional<ErrorInfo> error, Bytes result) {
  port_.send(rank_, make_message(ToDriver::kGangEnded, executor, gang, error, result));
}
void RemoteDriver::gang_progress(ExecutorId executor, GangId gang, std::string name, double value) {
  port_.send(rank_, make_message(ToDriver::kGangProgress, executor, gang, name, value));
}
void RemoteDriver::broadcast_placed(ExecutorId executor, BroadcastId broadcast,
                                    std::optional<std::uint64_t> offset) {
  port_.send(rank_, make_message(ToDriver::kBroadcastPlaced, executor, broadcast, offset));
}
void RemoteDriver::stop_requested(ExecutorId executor, int signal) {
  port_.send(rank_, make_message(ToDriver::kStopRequested, executor, signal));
}

void deliver_to_driver(const std::vector<std::byte>& message, DriverEndpoint& driver) {
  Reader reader(message);
  const auto kind = static_cast<ToDriver>(next<std::byte>(reader));
  const auto executor = next<ExecutorId>(reader);
  switch (kind) {
    case ToDriver::kTasksEnded: driver.tasks_ended(executor, next<std::vector<TaskEnd>>(reader)); break;
    case ToDriver::kBlocksDropped:
      driver.blocks_dropped(executor, next<std::vector<storage::BlockId>>(reader));
      break;
    case ToDriver::kGangEnded: {
      const auto gang = next<GangId>(reader);
      auto error = next<std::optional<ErrorInfo>>(reader);
      driver.gang_ended(executor, gang, std::move(error), next<Bytes>(reader));
      break;
    }
    case ToDriver::kGangProgress: {
      const auto gang = next<GangId>(reader);
      auto name = next<std::string>(reader);
      driver.gang_progress(executor, gang, std::move(name), next<double>(reader));
      break;
    }
    case ToDriver::kBroadcastPlaced: {
      const auto broadcast = next<BroadcastId>(reader);
      driver.broadcast_placed(executor, broadcast, next<std::optional<std::uint64_t>>(reader));
      break;
    }
    case ToDriver::kStopRequested: driver.stop_requested(executor, next<int>(reader)); break;
  }
}

}  // namespace scheduler
}  // namespace hammerscale
