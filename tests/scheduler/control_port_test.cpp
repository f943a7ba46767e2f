#include "scheduler/control_port.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <thread>

#include "hammerscale/comm/run_threads.hpp"
#include "hammerscale/comm/wait_ladder.hpp"
#include "scheduler/fake_executor.hpp"
#include "scheduler/remote_endpoints.hpp"

namespace hammerscale::scheduler {
namespace {

using comm::Communicator;

std::vector<std::byte> message_of(std::size_t size, std::size_t number) {
  std::vector<std::byte> message(size);
  for (std::size_t i = 0; i < size; ++i) { message[i] = static_cast<std::byte>((i * 31 + number) % 251); }
  return message;
}

// Pieces of 64 bytes: most messages are longer than one, and those around its limits are among them.
TEST(ControlPortTest, MessagesOfAnySizeArriveWholeAndInOrder) {
  const std::vector<std::size_t> sizes = {0, 1, 62, 63, 64, 65, 126, 127, 128, 1000, 3, 6400, 0, 63};
  comm::run_threads(3,
                    [&](Communicator& world) {
                      MainThreadQueue queue;
                      std::map<std::int32_t, std::size_t> num_received;
                      ControlPort port(world.duplicate(), queue, [&](Rank from, std::vector<std::byte> message) {
                        const auto number = num_received[from.value]++;
                        ASSERT_LT(number, sizes.size());
                        EXPECT_EQ(message, message_of(sizes[number], number))
                            << "from " << from.value << " number " << number;
                      });
                      // Any thread may send.
                      std::thread sender([&] {
                        for (std::size_t number = 0; number < sizes.size(); ++number) {
                          for (std::int32_t to = 0; to < world.size(); ++to) {
                            if (to != world.rank().value) { port.send(Rank(to), message_of(sizes[number], number)); }
                          }
                        }
                      });
                      comm::WaitLadder ladder;
                      const auto all_are_here = [&] {
                        std::size_t total = 0;
                        for (const auto& [from, count] : num_received) { total += count; }
                        return total == 2 * sizes.size();
                      };
                      while (!all_are_here()) {
                        if (!port.poll()) { ladder.pause(); }
                      }
                      sender.join();
                      while (!port.drained()) { port.poll(); }
                      EXPECT_FALSE(port.poll());
                      world.barrier();
                    },
                    {.piece_bytes = 64});
}

// What a RemoteExecutor is told arrives at an executor, and the other way round, through messages of several pieces.
TEST(ControlPortTest, EndpointsSayTheSameOverMessages) {
  comm::run_threads(
      2,
      [&](Communicator& world) {
        MainThreadQueue queue;
        auto control = world.duplicate();
        if (world.rank().value == 0) {
          struct Heard final : DriverEndpoint {
            std::vector<TaskEnd> ends;
            std::vector<storage::BlockId> dropped;
            std::optional<ErrorInfo> gang_error;
            Bytes gang_result;
            std::string progress;
            int signal = 0;
            void tasks_ended(ExecutorId executor, std::vector<TaskEnd> more) override {
              EXPECT_EQ(executor, ExecutorId(7));
              for (auto& end : more) { ends.push_back(std::move(end)); }
            }
            void blocks_dropped(ExecutorId, std::vector<storage::BlockId> blocks) override { dropped = blocks; }
            void gang_ended(ExecutorId, GangId gang, std::optional<ErrorInfo> error, Bytes result) override {
              EXPECT_EQ(gang, GangId(5));
              gang_error = std::move(error);
              gang_result = std::move(result);
            }
            void gang_progress(ExecutorId, GangId, std::string name, double value) override {
              progress = name + "=" + std::to_string(static_cast<int>(value));
            }
            void broadcast_placed(ExecutorId, BroadcastId, std::optional<std::uint64_t>) override {}
            void stop_requested(ExecutorId, int s) override { signal = s; }
          } heard;
          ControlPort port(control, queue, [&](Rank, std::vector<std::byte> m) { deliver_to_driver(m, heard); });
          RemoteExecutor remote(port, Rank(1));
          auto plan = std::make_shared<StagePlan>();
          plan->stage = StageId(3);
          plan->nodes.resize(2);
          plan->nodes[1].name = "map";
          plan->nodes[1].params = message_of(500, 1);
          plan->nodes[1].storage_level = storage::StorageLevel::kMemoryOnly;
          plan->map_executors = {{0, 1, 0}};
          remote.add_stage(plan);
          TaskSpec task;
          task.partition = 4;
          task.attempt = 2;
          task.payloads = {{DatasetId(8), 4, std::make_shared<const std::vector<std::byte>>(message_of(200, 2))}};
          remote.run_tasks(StageId(3), {task});
          remote.cancel_stage(StageId(3));
          remote.drop_stage(StageId(3));
          remote.map_output_ready(ShuffleId(6), ExecutorId(1), 9, 12);
          remote.drop_shuffle(ShuffleId(6));
          remote.drop_dataset(DatasetId(8));
          remote.add_broadcast(BroadcastId(2), std::make_shared<const Bytes>(message_of(300, 3)),
                               BroadcastPlacement::kOwn);
          auto gang = std::make_shared<GangSpec>();
          gang->gang = GangId(5);
          gang->call_site = {"gang.cpp", 1};
          remote.start_gang(gang);
          remote.abort_gang(GangId(5), Cancelled("enough").info());
          remote.shut_down();
          comm::WaitLadder ladder;
          while (heard.signal == 0) {
            if (!port.poll()) { ladder.pause(); }
          }
          ASSERT_EQ(heard.ends.size(), 2U);
          EXPECT_EQ(heard.ends[0].result, message_of(1000, 4));
          EXPECT_EQ(heard.ends[0].cached, (std::vector<std::pair<DatasetId, std::uint32_t>>{{DatasetId(8), 4}}));
          ASSERT_TRUE(heard.ends[1].error.has_value());
          EXPECT_EQ(heard.ends[1].error->report(), Cancelled("task", {{"a", "b"}}).info().report());
          EXPECT_EQ(heard.dropped.size(), 1U);
          EXPECT_TRUE(heard.gang_error.has_value());
          EXPECT_EQ(heard.gang_result, message_of(70, 5));
          EXPECT_EQ(heard.progress, "iteration=11");
          EXPECT_EQ(heard.signal, 15);
          world.barrier();
          return;
        }
        testing::FakeExecutor executor;
        ControlPort port(control, queue, [&](Rank, std::vector<std::byte> m) { deliver_to_executor(m, executor); });
        comm::WaitLadder ladder;
        while (!executor.was_shut_down()) {
          if (!port.poll()) { ladder.pause(); }
        }
        const auto plan = executor.plan(StageId(3));
        EXPECT_EQ(plan->nodes.at(1).params, message_of(500, 1));
        EXPECT_EQ(plan->nodes.at(1).storage_level, storage::StorageLevel::kMemoryOnly);
        EXPECT_EQ(plan->map_executors, (std::vector<std::vector<std::uint32_t>>{{0, 1, 0}}));
        const auto task = executor.take_task();
        EXPECT_EQ(task.spec.attempt, 2U);
        EXPECT_EQ(*task.spec.payloads.at(0).bytes, message_of(200, 2));
        EXPECT_EQ(executor.cancelled(), std::vector<StageId>{StageId(3)});
        EXPECT_EQ(executor.dropped(), std::vector<StageId>{StageId(3)});
        EXPECT_EQ(executor.map_outputs().at(0), (testing::FakeExecutor::MapOutput{ShuffleId(6), ExecutorId(1), 9}));
        EXPECT_EQ(executor.dropped_shuffles(), std::vector<ShuffleId>{ShuffleId(6)});
        EXPECT_EQ(executor.dropped_datasets(), std::vector<DatasetId>{DatasetId(8)});
        EXPECT_EQ(*executor.broadcasts().at(BroadcastId(2)), message_of(300, 3));
        EXPECT_EQ(executor.take_gang()->call_site.file, "gang.cpp");
        EXPECT_EQ(executor.take_aborted_gang().second.sentence, "enough");

        RemoteDriver driver(port, Rank(0), ExecutorId(7));
        TaskEnd good;
        good.result = message_of(1000, 4);
        good.cached = {{DatasetId(8), 4}};
        TaskEnd bad;
        bad.error = Cancelled("task", {{"a", "b"}}).info();
        driver.tasks_ended(ExecutorId(7), {good});
        driver.tasks_ended(ExecutorId(7), {bad});
        EXPECT_TRUE(driver.flush());
        EXPECT_FALSE(driver.flush());
        driver.blocks_dropped(ExecutorId(7), {{DatasetId(8), 4}});
        driver.gang_ended(ExecutorId(7), GangId(5), Cancelled("enough").info(), message_of(70, 5));
        driver.gang_progress(ExecutorId(7), GangId(5), "iteration", 11);
        driver.stop_requested(ExecutorId(7), 15);
        while (!port.drained()) {
          if (!port.poll()) { ladder.pause(); }
        }
        world.barrier();
      },
      {.piece_bytes = 64});
}

TEST(ControlPortTest, ACutMessageIsAnErrorAndNoTask) {
  struct Deaf final : DriverEndpoint {
    void tasks_ended(ExecutorId, std::vector<TaskEnd>) override { FAIL() << "delivered"; }
    void blocks_dropped(ExecutorId, std::vector<storage::BlockId>) override { FAIL() << "delivered"; }
    void gang_ended(ExecutorId, GangId, std::optional<ErrorInfo>, Bytes) override { FAIL() << "delivered"; }
    void gang_progress(ExecutorId, GangId, std::string, double) override { FAIL() << "delivered"; }
    void broadcast_placed(ExecutorId, BroadcastId, std::optional<std::uint64_t>) override { FAIL() << "delivered"; }
    void stop_requested(ExecutorId, int) override { FAIL() << "delivered"; }
  } deaf;
  for (int kind = 0; kind < 5; ++kind) {
    EXPECT_THROW(deliver_to_driver({static_cast<std::byte>(kind)}, deaf), ResourceError) << kind;
  }
  testing::FakeExecutor executor;
  EXPECT_THROW(deliver_to_executor({}, executor), ResourceError);
}

}  // namespace
}  // namespace hammerscale::scheduler
