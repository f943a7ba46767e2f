#include "scheduler/dag_scheduler.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <set>
#include <thread>

#include "hammerscale/base/log.hpp"
#include "scheduler/log_folder.hpp"
#include "scheduler/scheduler_world.hpp"

namespace hammerscale::scheduler {
namespace {

using testing::error_of;
using testing::make_lineage_node;
using testing::retryable_error;
using testing::SchedulerWorld;
using testing::shuffle_of;

std::vector<std::uint32_t> partitions_of(const std::vector<testing::FakeExecutor::Task>& tasks) {
  std::vector<std::uint32_t> partitions;
  for (const auto& task : tasks) { partitions.push_back(task.spec.partition); }
  return partitions;
}

TEST(DagSchedulerTest, OneStageGivesEachPartitionsResultOnce) {
  SchedulerWorld world(2);
  auto job = world.start_job(make_lineage_node(1, "range", 4));
  // Two for each thread, neighbours together.
  const std::vector first = {world.executors[0]->take_task(), world.executors[0]->take_task()};
  const std::vector second = {world.executors[1]->take_task(), world.executors[1]->take_task()};
  EXPECT_EQ(partitions_of(first), (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(partitions_of(second), (std::vector<std::uint32_t>{2, 3}));
  for (const auto& task : first) { world.succeed(0, task, "a" + std::to_string(task.spec.partition)); }
  for (const auto& task : second) { world.succeed(1, task, "b" + std::to_string(task.spec.partition)); }
  job.end.get();
  EXPECT_EQ(*job.results, (std::map<std::uint32_t, std::string>{{0, "a0"}, {1, "a1"}, {2, "b2"}, {3, "b3"}}));
  const auto stage = first[0].stage;
  EXPECT_EQ(world.executors[0]->dropped(), std::vector<StageId>{stage});
  EXPECT_TRUE(world.executors[0]->cancelled().empty());
  EXPECT_FALSE(world.scheduler->progress().has_value());
}

TEST(DagSchedulerTest, AJobWithoutPartitionsEndsAtOnce) {
  SchedulerWorld world(1);
  auto job = world.start_job(make_lineage_node(1, "parallelize", 0));
  job.end.get();
  EXPECT_TRUE(job.results->empty());
}

TEST(DagSchedulerTest, StagesAreCutAtShufflesAndWaitForThem) {
  SchedulerWorld world(2);
  const auto source = make_lineage_node(1, "range", 2);
  auto mapped = make_lineage_node(2, "map", 2);
  mapped->inputs = {source};
  const auto reduced = shuffle_of(mapped, 3, "reduce_by_key", 3);
  const auto sorted = shuffle_of(reduced, 4, "sort_by", 2);
  auto job = world.start_job(sorted);

  const auto map0 = world.executors[0]->take_task();
  const auto map1 = world.executors[1]->take_task();
  EXPECT_EQ(map0.stage, map1.stage);
  const auto map_plan = world.executors[0]->plan(map0.stage);
  ASSERT_EQ(map_plan->nodes.size(), 2U);
  EXPECT_EQ(map_plan->nodes[0].name, "range");
  EXPECT_EQ(map_plan->nodes[1].name, "map");
  EXPECT_EQ(map_plan->nodes[1].inputs, std::vector<std::uint32_t>{0});
  EXPECT_TRUE(map_plan->shuffles.empty());

  world.succeed(0, map0);
  EXPECT_EQ(world.executors[0]->num_waiting_tasks(), 0U);  // The other map is still missing.
  EXPECT_EQ(world.executors[1]->map_outputs(),
            (std::vector<testing::FakeExecutor::MapOutput>{{ShuffleId(3), ExecutorId(0), 0}}));
  world.succeed(1, map1);

  std::vector<testing::FakeExecutor::Task> reduces;
  for (const auto& executor : world.executors) {
    while (auto task = executor->try_take_task()) { reduces.push_back(*task); }
  }
  ASSERT_EQ(reduces.size(), 3U);
  const auto reduce_plan = world.executors[0]->plan(reduces[0].stage);
  ASSERT_EQ(reduce_plan->nodes.size(), 1U);
  EXPECT_EQ(reduce_plan->nodes[0].name, "reduce_by_key");
  EXPECT_EQ(reduce_plan->shuffles, std::vector<ShuffleId>{ShuffleId(3)});
  EXPECT_EQ(reduce_plan->map_executors, (std::vector<std::vector<std::uint32_t>>{{0, 1}}));
  for (const auto& task : reduces) { world.succeed(task.spec.partition % 2, task); }

  const auto sort0 = world.executors[0]->take_task();
  EXPECT_EQ(world.executors[0]->plan(sort0.stage)->map_executors, (std::vector<std::vector<std::uint32_t>>{{0, 1, 0}}));
  world.succeed(0, sort0, "x");
  world.succeed(1, world.executors[1]->take_task(), "y");
  job.end.get();
  EXPECT_EQ(job.results->size(), 2U);
}

TEST(DagSchedulerTest, ACompleteShuffleIsSkippedTheSecondTime) {
  SchedulerWorld world(2);
  const auto reduced = shuffle_of(make_lineage_node(1, "range", 4), 2, "reduce_by_key", 3);
  auto first = world.start_job(reduced);
  world.succeed(0, world.executors[0]->take_task());
  EXPECT_EQ(world.run_until_idle(), 6U);  // 3 maps more and 3 reduces.
  first.end.get();
  auto second = world.start_job(reduced);
  const auto reduce = world.executors[0]->take_task();
  EXPECT_EQ(world.executors[0]->plan(reduce.stage)->nodes.back().name, "reduce_by_key");
  world.succeed(0, reduce, "0");
  EXPECT_EQ(world.run_until_idle(), 2U);
  second.end.get();
  EXPECT_EQ(second.results->size(), 3U);

  world.scheduler->drop_shuffle(ShuffleId(2));
  EXPECT_EQ(world.executors[1]->dropped_shuffles(), std::vector<ShuffleId>{ShuffleId(2)});
  auto third = world.start_job(reduced);
  world.succeed(0, world.executors[0]->take_task());
  EXPECT_EQ(world.run_until_idle(), 6U);
  third.end.get();
}

TEST(DagSchedulerTest, AFailedTaskIsTriedElsewhereUpToFourTimesAndTheFirstCauseIsTold) {
  SchedulerWorld world(2);
  auto job = world.start_job(make_lineage_node(1, "range", 1));
  for (std::uint32_t attempt = 0; attempt < 4; ++attempt) {
    const auto executor = attempt % 2;  // It begins at home, and then never runs where it has just failed.
    const auto task = world.executors[executor]->take_task();
    EXPECT_EQ(world.executors[1 - executor]->num_waiting_tasks(), 0U);
    EXPECT_EQ(task.spec.attempt, attempt);
    world.fail(executor, task, retryable_error("cause " + std::to_string(attempt)));
  }
  const auto error = error_of(job.end);
  EXPECT_EQ(error.sentence, "cause 0");
  EXPECT_EQ(error.fields, (std::vector<ErrorField>{{"attempts", "4"}}));
  EXPECT_EQ(world.run_until_idle(), 0U);
}

TEST(DagSchedulerTest, AThirdAttemptThatSucceedsEndsTheJobWell) {
  SchedulerWorld world(1);  // With a single executor, elsewhere is here.
  auto job = world.start_job(make_lineage_node(1, "range", 1));
  world.fail(0, world.executors[0]->take_task(), retryable_error("once"));
  world.fail(0, world.executors[0]->take_task(), retryable_error("twice"));
  const auto third = world.executors[0]->take_task();
  EXPECT_EQ(third.spec.attempt, 2U);
  world.succeed(0, third, "right");
  job.end.get();
  EXPECT_EQ(job.results->at(0), "right");
}

TEST(DagSchedulerTest, BadInputFailsTheJobAtOnce) {
  SchedulerWorld world(2);
  auto job = world.start_job(make_lineage_node(1, "read_text", 4));
  const auto task = world.executors[0]->take_task();
  world.fail(0, task, UserError(ErrorCode::kMalformedInput, "row is malformed", {{"row", "7"}}).info());
  const auto error = error_of(job.end);
  EXPECT_EQ(error.code, ErrorCode::kMalformedInput);
  EXPECT_EQ(error.fields, (std::vector<ErrorField>{{"row", "7"}}));
  EXPECT_EQ(world.executors[1]->cancelled(), std::vector<StageId>{task.stage});
  // The ends of tasks that still ran change nothing, and free the executor for the next job.
  world.run_until_idle();
  auto next = world.start_job(make_lineage_node(2, "range", 1));
  world.succeed(0, world.executors[0]->take_task(), "ok");
  next.end.get();
}

TEST(DagSchedulerTest, CancelEndsTheJobsOfAGroupOnly) {
  SchedulerWorld world(1, 4);
  auto slow = world.start_job(make_lineage_node(1, "range", 1), "slow");
  const auto slow_task = world.executors[0]->take_task();
  auto other = world.start_job(make_lineage_node(2, "range", 1), "other");
  const auto other_task = world.executors[0]->take_task();
  world.scheduler->cancel_jobs("slow", "no longer wanted");
  const auto error = error_of(slow.end);
  EXPECT_EQ(error.kind, ErrorKind::kCancelled);
  EXPECT_EQ(error.sentence, "no longer wanted");
  EXPECT_EQ(world.executors[0]->cancelled(), std::vector<StageId>{slow_task.stage});
  world.succeed(0, slow_task, "too late");
  EXPECT_TRUE(slow.results->empty());
  world.succeed(0, other_task, "in time");
  other.end.get();
  EXPECT_EQ(other.results->at(0), "in time");
}

TEST(DagSchedulerTest, StopEndsAllJobsAndRefusesNewOnes) {
  SchedulerWorld world(1);
  auto job = world.start_job(make_lineage_node(1, "range", 1));
  world.executors[0]->take_task();
  world.scheduler->stop("the program was stopped");
  EXPECT_EQ(error_of(job.end).kind, ErrorKind::kCancelled);
  auto refused = world.start_job(make_lineage_node(2, "range", 1));
  EXPECT_EQ(error_of(refused.end).sentence, "the program was stopped");
}

TEST(DagSchedulerTest, TwoJobsShareTheMapStageAndOneMayLeave) {
  const testing::LogFolder folder;
  const auto log = std::make_shared<EventLog>(folder.path(), "shared");
  SchedulerWorld world(1, 2, [&](DagSchedulerOptions& options) { options.event_log = log; });
  const auto reduced = shuffle_of(make_lineage_node(1, "range", 1), 2, "reduce_by_key", 1);
  auto first = world.start_job(reduced, "first");
  const auto map = world.executors[0]->take_task();
  auto second = world.start_job(reduced, "second");
  while (testing::read_events(log->path(), "job_start").size() < 2) { std::this_thread::yield(); }
  // Whoever gets the scheduler's lock now finds the second job, too.
  world.scheduler->cancel_jobs("first", "changed my mind");
  EXPECT_EQ(error_of(first.end).kind, ErrorKind::kCancelled);
  EXPECT_TRUE(world.executors[0]->cancelled().empty());
  EXPECT_EQ(world.executors[0]->num_waiting_tasks(), 0U);
  world.succeed(0, map);
  world.succeed(0, world.executors[0]->take_task(), "sum");
  second.end.get();
  EXPECT_EQ(second.results->at(0), "sum");
}

TEST(DagSchedulerTest, TasksGoToTheCachedBlockAndStayThere) {
  SchedulerWorld world(3);
  const auto data = make_lineage_node(1, "range", 3);
  data->storage_level = storage::StorageLevel::kMemoryOnly;
  auto fill = world.start_job(data);
  // Whoever computes them, all three partitions become blocks of executor 2.
  for (std::uint32_t e = 0; e < 3; ++e) {
    const auto task = world.executors[e]->take_task();
    auto end = SchedulerWorld::end_of(task);
    end.cached = {{data->id, task.spec.partition}};
    world.scheduler->tasks_ended(ExecutorId(2), {std::move(end)});
  }
  fill.end.get();
  EXPECT_EQ(world.scheduler->cached_on(data->id, 1), std::optional(ExecutorId(2)));
  EXPECT_EQ(world.scheduler->cached_on(data->id, 7), std::nullopt);

  auto mapped = make_lineage_node(2, "map", 3);
  mapped->inputs = {data};
  auto job = world.start_job(mapped);
  const auto first = world.executors[2]->take_task();
  EXPECT_EQ(world.executors[0]->num_waiting_tasks() + world.executors[1]->num_waiting_tasks(), 0U);
  world.succeed(2, first);
  world.succeed(2, world.executors[2]->take_task());
  world.succeed(2, world.executors[2]->take_task());
  job.end.get();

  // A block that its executor dropped no longer binds.
  world.scheduler->blocks_dropped(ExecutorId(2), {{data->id, 0}});
  world.scheduler->blocks_dropped(ExecutorId(0), {{data->id, 1}});  // Not the one that has it: nothing changes.
  EXPECT_EQ(world.scheduler->cached_on(data->id, 0), std::nullopt);
  EXPECT_EQ(world.scheduler->cached_on(data->id, 1), std::optional(ExecutorId(2)));
  world.scheduler->drop_dataset(data->id);
  EXPECT_EQ(world.scheduler->cached_on(data->id, 2), std::nullopt);
  EXPECT_EQ(world.executors[0]->dropped_datasets(), std::vector<DatasetId>{data->id});
}

TEST(DagSchedulerTest, WhatIsCachedWholeNeedsNothingBehindIt) {
  SchedulerWorld world(1);
  const auto reduced = shuffle_of(make_lineage_node(1, "range", 2), 2, "reduce_by_key", 1);
  reduced->storage_level = storage::StorageLevel::kMemoryOnly;
  auto first = world.start_job(reduced);
  world.succeed(0, world.executors[0]->take_task());
  world.succeed(0, world.executors[0]->take_task());
  const auto reduce = world.executors[0]->take_task();
  auto end = SchedulerWorld::end_of(reduce);
  end.cached = {{reduced->id, 0}};
  world.scheduler->tasks_ended(ExecutorId(0), {std::move(end)});
  first.end.get();
  world.scheduler->drop_shuffle(ShuffleId(2));

  auto second = world.start_job(reduced);
  const auto from_cache = world.executors[0]->take_task();
  EXPECT_EQ(world.executors[0]->plan(from_cache.stage)->nodes.back().name, "reduce_by_key");
  // The block is gone after all: the maps run again, and then the same task.
  world.scheduler->blocks_dropped(ExecutorId(0), {{reduced->id, 0}});
  world.fail(0, from_cache, ResourceError(ErrorCode::kMissingInput, "no map output", {}, true).info());
  for (int i = 0; i < 2; ++i) {
    const auto map = world.executors[0]->take_task();
    EXPECT_EQ(world.executors[0]->plan(map.stage)->nodes.back().name, "range");
    world.succeed(0, map);
  }
  const auto again = world.executors[0]->take_task();
  EXPECT_EQ(again.stage, from_cache.stage);
  EXPECT_EQ(world.executors[0]->plan(again.stage)->map_executors, (std::vector<std::vector<std::uint32_t>>{{0, 0}}));
  world.succeed(0, again, "sum");
  second.end.get();
  EXPECT_EQ(second.results->at(0), "sum");
}

TEST(DagSchedulerTest, AnIdleExecutorTakesTasksThatWaitForABusyOne) {
  SchedulerWorld world(2);
  auto job = world.start_job(make_lineage_node(1, "range", 12));
  // Executor 1 does all it was given while executor 0 ends nothing: it also gets tasks at home on executor 0.
  const std::vector kept = {world.executors[0]->take_task(), world.executors[0]->take_task()};
  std::set<std::uint32_t> done_by_one;
  for (std::optional task = world.executors[1]->take_task(); task; task = world.executors[1]->try_take_task()) {
    done_by_one.insert(task->spec.partition);
    world.succeed(1, *task);
  }
  EXPECT_EQ(world.executors[0]->num_waiting_tasks(), 0U);
  EXPECT_EQ(done_by_one.size(), 10U);
  for (const auto& task : kept) {
    EXPECT_FALSE(done_by_one.contains(task.spec.partition));
    world.succeed(0, task);
  }
  job.end.get();
  EXPECT_EQ(job.results->size(), 12U);
}

TEST(DagSchedulerTest, ResultsOfAllTasksTogetherAreGuarded) {
  SchedulerWorld world(1, 4, [](DagSchedulerOptions& options) { options.max_result_bytes = 10; });
  auto job = world.start_job(make_lineage_node(1, "range", 3));
  world.succeed(0, world.executors[0]->take_task(), "12345");
  world.succeed(0, world.executors[0]->take_task(), "12345");  // Just at the limit.
  world.succeed(0, world.executors[0]->take_task(), "1");
  const auto error = error_of(job.end);
  EXPECT_EQ(error.code, ErrorCode::kResultTooLarge);
  EXPECT_EQ(error.call_site, "job.cpp:99");
}

TEST(DagSchedulerTest, WhatOnResultThrowsFailsTheJob) {
  SchedulerWorld world(1);
  JobRequest request;
  request.last = make_lineage_node(1, "range", 1);
  request.partitions = {0};
  request.name = "collect";
  request.on_result = [](std::uint32_t, std::vector<std::byte>) { throw std::runtime_error("cannot decode"); };
  auto end = std::async(std::launch::async, [&] { world.scheduler->run_job(std::move(request)); });
  world.succeed(0, world.executors[0]->take_task());
  EXPECT_EQ(error_of(end).code, ErrorCode::kUserCode);
}

TEST(DagSchedulerTest, AccumulatorsCountEachTaskOnce) {
  std::atomic<int> num_updates{0};
  SchedulerWorld world(1, 1, [&](DagSchedulerOptions& options) {
    options.on_accumulator = [&](AccumulatorId, std::span<const std::byte>) { ++num_updates; };
  });
  auto job = world.start_job(make_lineage_node(1, "range", 2));
  const auto first = world.executors[0]->take_task();
  auto end = SchedulerWorld::end_of(first);
  end.accumulators = {{AccumulatorId(1), {}}};
  world.scheduler->tasks_ended(ExecutorId(0), {end, end});  // The second end is of another attempt of the same task.
  EXPECT_EQ(num_updates, 1);
  world.succeed(0, world.executors[0]->take_task());
  job.end.get();
}

TEST(DagSchedulerTest, PayloadsTravelWithTheirTask) {
  SchedulerWorld world(1);
  auto left = make_lineage_node(1, "parallelize", 1);
  auto right = make_lineage_node(2, "parallelize", 1);
  for (const auto& side : {left, right}) {
    side->payload = [id = side->id.value](std::uint32_t p) {
      return std::make_shared<const std::vector<std::byte>>(id, static_cast<std::byte>(p));
    };
  }
  auto both = make_lineage_node(3, "union", 2);
  both->inputs = {left, right};
  both->narrow_input = [](std::uint32_t p) -> std::optional<std::pair<std::size_t, std::uint32_t>> {
    return std::pair{std::size_t{p}, std::uint32_t{0}};
  };
  auto job = world.start_job(both);
  for (std::uint32_t p = 0; p < 2; ++p) {
    const auto task = world.executors[0]->take_task();
    ASSERT_EQ(task.spec.payloads.size(), 1U);
    EXPECT_EQ(task.spec.payloads[0].dataset, DatasetId(task.spec.partition + 1));
    EXPECT_EQ(task.spec.payloads[0].bytes->size(), task.spec.partition + 1);
    world.succeed(0, task);
  }
  job.end.get();
}

// Any order of ends and failures leads to every result exactly once, or to the job's failure with a task's first cause.
TEST(DagSchedulerTest, RandomSchedulesEndWithTheRightResults) {
  const auto level = log_level();
  set_log_level(LogLevel::kOff);  // Of thousands of failures that are meant.
  int num_failed = 0;
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const auto draw = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random() % n); };
    SchedulerWorld world(1 + draw(4), 1 + draw(3));
    auto last = make_lineage_node(1, "range", 1 + draw(7));
    for (std::uint64_t id = 2; id < 2 + draw(4); ++id) { last = shuffle_of(last, id, "reduce_by_key", 1 + draw(6)); }
    const bool harsh = seed % 3 == 0;
    auto job = world.start_job(last);
    std::vector<std::pair<std::uint32_t, testing::FakeExecutor::Task>> out;
    while (job.end.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
      for (std::uint32_t e = 0; e < world.executors.size(); ++e) {
        while (auto task = world.executors[e]->try_take_task()) { out.emplace_back(e, std::move(*task)); }
      }
      if (out.empty()) {
        std::this_thread::yield();
        continue;
      }
      const auto chosen = out.begin() + draw(static_cast<std::uint32_t>(out.size()));
      const auto [executor, task] = *chosen;
      out.erase(chosen);
      if (draw(harsh ? 2 : 10) == 0) {
        world.fail(executor, task, retryable_error("attempt " + std::to_string(task.spec.attempt)));
      } else {
        world.succeed(executor, task, std::to_string(task.spec.partition));
      }
    }
    const auto error = error_of(job.end);
    if (!error.sentence.empty()) {
      EXPECT_EQ(error.sentence, "attempt 0") << seed;
      EXPECT_EQ(error.fields.back().second, "4") << seed;
      ++num_failed;
      continue;
    }
    ASSERT_EQ(job.results->size(), last->num_partitions) << seed;
    for (const auto& [partition, result] : *job.results) { EXPECT_EQ(result, std::to_string(partition)) << seed; }
  }
  EXPECT_GT(num_failed, 0);
  EXPECT_LT(num_failed, 200);
  set_log_level(level);
}

}  // namespace
}  // namespace hammerscale::scheduler
