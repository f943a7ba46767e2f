#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "scheduler/driver_engine.hpp"

namespace hammerscale::scheduler {
namespace {

/// What all executors of a test were sent.
struct Sent {
  std::uint64_t num_bytes = 0;
  std::vector<std::uint32_t> with_bytes;                            ///< Executors that got the bytes themselves.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> with_place;  ///< Executor, and the owner it was pointed to.
};

/// Answers at once, on the calling thread, as an executor that can or cannot share memory with its node.
class FakeExecutor final : public ExecutorEndpoint {
 public:
  FakeExecutor(std::uint32_t number, bool can_share, Sent& sent) : self_(number), can_share_(can_share), sent_(sent) {}
  void connect(DriverEngine& driver) { driver_ = &driver; }

  void add_broadcast(BroadcastId broadcast, SharedBytes value, BroadcastPlacement placement) override {
    sent_.num_bytes += value->size();
    sent_.with_bytes.push_back(self_.value);
    if (placement == BroadcastPlacement::kShared) { answer(broadcast); }
  }
  void add_shared_broadcast(BroadcastId broadcast, ExecutorId owner, std::uint64_t offset,
                            std::uint64_t num_bytes) override {
    EXPECT_EQ(offset, 4096U * (owner.value + 1));
    EXPECT_EQ(num_bytes, 1000U);
    sent_.with_place.emplace_back(self_.value, owner.value);
    answer(broadcast);
  }

  void add_stage(std::shared_ptr<const StagePlan>) override {}
  void run_tasks(StageId, std::vector<TaskSpec>) override {}
  void cancel_stage(StageId) override {}
  void drop_stage(StageId) override {}
  void map_output_ready(ShuffleId, ExecutorId, std::uint32_t, std::uint32_t) override {}
  void drop_shuffle(ShuffleId) override {}
  void drop_dataset(DatasetId) override {}
  void drop_broadcast(BroadcastId) override {}
  void start_gang(std::shared_ptr<const GangSpec>) override {}
  void abort_gang(GangId, const ErrorInfo&) override {}
  void shut_down() override {}

 private:
  void answer(BroadcastId broadcast) {
    if (driver_ == nullptr) { return; }
    driver_->broadcast_placed(self_, broadcast,
                              can_share_ ? std::optional<std::uint64_t>(4096 * (self_.value + 1)) : std::nullopt);
  }

  ExecutorId self_;
  bool can_share_;
  Sent& sent_;
  DriverEngine* driver_ = nullptr;
};

/// Executors on the given nodes; those named cannot share memory.
struct Cluster {
  explicit Cluster(std::vector<std::int32_t> nodes, const std::set<std::uint32_t>& cannot_share = {},
                   bool answering = true) {
    DriverEngineOptions options;
    std::vector<std::shared_ptr<FakeExecutor>> executors;
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
      executors.push_back(std::make_shared<FakeExecutor>(i, !cannot_share.contains(i), sent));
      options.executors.push_back(executors.back());
      options.num_task_threads.push_back(1);
    }
    options.node_of_executor = std::move(nodes);
    engine = std::make_unique<DriverEngine>(std::move(options));
    if (!answering) { return; }
    for (const auto& executor : executors) { executor->connect(*engine); }
  }

  void broadcast() { engine->add_broadcast(std::make_shared<const int>(7), Bytes(1000)); }

  Sent sent;
  std::unique_ptr<DriverEngine> engine;
};

using Numbers = std::vector<std::uint32_t>;
using Places = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

TEST(BroadcastPlacementTest, BytesTravelOnceToEachNode) {
  Cluster cluster({0, 0, 1, 1, 1, 2});
  cluster.broadcast();
  EXPECT_EQ(std::set<std::uint32_t>(cluster.sent.with_bytes.begin(), cluster.sent.with_bytes.end()),
            (std::set<std::uint32_t>{0, 2, 5}));
  EXPECT_EQ(cluster.sent.num_bytes, 3000U);
  EXPECT_EQ(cluster.sent.with_place, (Places{{1, 0}, {3, 2}, {4, 2}}));
}

TEST(BroadcastPlacementTest, WithoutSharedMemoryEveryExecutorGetsTheBytes) {
  Cluster cluster({0, 0, 0}, {0});
  cluster.broadcast();
  EXPECT_EQ(cluster.sent.with_bytes, (Numbers{0, 1, 2}));
  EXPECT_TRUE(cluster.sent.with_place.empty());
}

TEST(BroadcastPlacementTest, OneThatCannotReadSharedMemoryGetsTheBytes) {
  Cluster cluster({0, 0, 0}, {2});
  cluster.broadcast();
  EXPECT_EQ(cluster.sent.with_bytes, (Numbers{0, 2}));
  EXPECT_EQ(cluster.sent.with_place, (Places{{1, 0}, {2, 0}}));
}

TEST(BroadcastPlacementTest, OneExecutorANodeIsNotAskedForAnAnswer) {
  Cluster cluster({0, 1}, {}, false);
  cluster.broadcast();
  EXPECT_EQ(cluster.sent.with_bytes, (Numbers{0, 1}));
}

TEST(BroadcastPlacementTest, AStopEndsTheWaitForAnswers) {
  Cluster cluster({0, 0}, {}, false);
  std::thread stopper([&] { cluster.engine->stop("enough"); });
  EXPECT_THROW(cluster.broadcast(), Cancelled);
  stopper.join();
}

}  // namespace
}  // namespace hammerscale::scheduler
