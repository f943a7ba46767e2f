#include "scheduler/event_log.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <limits>
#include <set>
#include <thread>

#include "hammerscale/base/error.hpp"
#include "scheduler/driver_engine.hpp"
#include "scheduler/log_folder.hpp"
#include "scheduler/scheduler_world.hpp"

namespace hammerscale::scheduler {
namespace {

using testing::LogFolder;
using testing::read_events;

TEST(EventLogTest, EachEventIsOneLineOfJson) {
  const LogFolder folder;
  EventLog log(folder.path() + "/made/on/demand", "my app");
  const double before = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  log.write("all_kinds", {{"text", "quote \" backslash \\ newline \n tab \t nul \x01"},
                          {"bytes", std::string("\xff\xfe no text", 10)},
                          {"int", -3},
                          {"big", std::numeric_limits<std::uint64_t>::max()},
                          {"small", std::numeric_limits<std::int64_t>::min()},
                          {"seconds", 0.25},
                          {"nan", std::nan("")},
                          {"flag", true},
                          {"empty", ""}});
  log.write("nothing", {});
  const auto events = read_events(log.path());
  ASSERT_EQ(events.size(), 2U);
  const auto& event = events[0];
  EXPECT_EQ(event["event"], "all_kinds");
  EXPECT_GE(event["time"].get<double>(), before);
  EXPECT_EQ(event["text"], "quote \" backslash \\ newline \n tab \t nul \x01");
  EXPECT_EQ(event["bytes"], "\xef\xbf\xbd\xef\xbf\xbd no text");
  EXPECT_EQ(event["int"], -3);
  EXPECT_EQ(event["big"], std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(event["small"], std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(event["seconds"], 0.25);
  EXPECT_TRUE(event["nan"].is_null());
  EXPECT_EQ(event["flag"], true);
  EXPECT_EQ(event["empty"], "");
  EXPECT_EQ(events[1].size(), 2U);
}

TEST(EventLogTest, ThreadsWriteWholeLines) {
  const LogFolder folder;
  EventLog log(folder.path(), "threads");
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&log, t] {
      for (int i = 0; i < 200; ++i) { log.write("line", {{"thread", t}, {"i", i}, {"text", std::string(300, 'x')}}); }
    });
  }
  for (auto& thread : threads) { thread.join(); }
  std::set<std::pair<int, int>> seen;
  for (const auto& event : read_events(log.path())) { seen.emplace(event["thread"], event["i"]); }
  EXPECT_EQ(seen.size(), 800U);
}

TEST(EventLogTest, AFolderThatCannotBeMadeIsNamed) {
  try {
    const EventLog log("/dev/null/events", "app");
    FAIL() << "no error";
  } catch (const UserError& error) {
    EXPECT_EQ(error.code(), ErrorCode::kOutput);
    EXPECT_NE(error.info().message().find("/dev/null/events/app.jsonl"), std::string::npos);
  }
}

TEST(EventLogTest, AJobTellsItsStagesAndTasks) {
  const LogFolder folder;
  const auto log = std::make_shared<EventLog>(folder.path(), "job");
  testing::SchedulerWorld world(1, 1, [&](DagSchedulerOptions& options) { options.event_log = log; });
  const auto reduced = testing::shuffle_of(testing::make_lineage_node(1, "range", 1), 2, "reduce_by_key", 1);
  auto job = world.start_job(reduced, "group");
  world.fail(0, world.executors[0]->take_task(), testing::retryable_error("flaky"));
  world.succeed(0, world.executors[0]->take_task());
  world.succeed(0, world.executors[0]->take_task(), "sum");
  job.end.get();
  std::vector<std::string> names;
  const auto events = read_events(log->path());
  for (const auto& event : events) { names.push_back(event["event"]); }
  EXPECT_EQ(names, (std::vector<std::string>{"job_start", "stage_start", "task_end", "task_end", "stage_end",
                                             "stage_start", "task_end", "stage_end", "job_end"}));
  EXPECT_EQ(events[0]["group"], "group");
  EXPECT_EQ(events[0]["call_site"], "job.cpp:99");
  EXPECT_EQ(events[1]["name"], "range");
  EXPECT_EQ(events[2]["ok"], false);
  EXPECT_NE(events[2]["error"].get<std::string>().find("flaky"), std::string::npos);
  EXPECT_EQ(events[3]["attempt"], 1);
  EXPECT_EQ(events[3]["ok"], true);
  EXPECT_EQ(events[8]["ok"], true);
  EXPECT_EQ(events[8]["result_bytes"], 3);

  auto again = world.start_job(reduced);
  world.succeed(0, world.executors[0]->take_task());
  again.end.get();
  EXPECT_EQ(read_events(log->path(), "job_end").back()["skipped_stages"], 1);
}

TEST(EventLogTest, AGangTellsItsStartProgressAndEnd) {
  const LogFolder folder;
  DriverEngineOptions options;
  options.event_log = std::make_shared<EventLog>(folder.path(), "gang");
  std::vector<std::shared_ptr<testing::FakeExecutor>> executors;
  for (int i = 0; i < 2; ++i) {
    executors.push_back(std::make_shared<testing::FakeExecutor>());
    options.executors.push_back(executors.back());
    options.num_task_threads.push_back(1);
    options.node_of_executor.push_back(0);
  }
  const auto path = options.event_log->path();
  DriverEngine engine(std::move(options));
  std::vector<std::pair<std::string, double>> reported;
  GangRequest request;
  request.call_site = {"gang.cpp", 5};
  request.on_progress = [&](ExecutorId, const std::string& name, double value) { reported.emplace_back(name, value); };
  auto gang = std::async(std::launch::async, [&] { return engine.run_gang(std::move(request)); });
  const auto id = executors[0]->take_gang()->gang;
  executors[1]->take_gang();
  engine.gang_progress(ExecutorId(1), id, "iteration", 3);
  engine.gang_ended(ExecutorId(0), id, std::nullopt, {std::byte{1}});
  engine.gang_ended(ExecutorId(1), id, std::nullopt, {std::byte{2}});
  EXPECT_EQ(gang.get(), (std::vector<Bytes>{{std::byte{1}}, {std::byte{2}}}));
  EXPECT_EQ(reported, (std::vector<std::pair<std::string, double>>{{"iteration", 3}}));

  // The first error is the gang's, and ends it on the other executor.
  auto failing = std::async(std::launch::async, [&] { return engine.run_gang({}); });
  const auto failing_id = executors[0]->take_gang()->gang;
  engine.gang_ended(ExecutorId(0), failing_id, testing::retryable_error("the cause"), {});
  EXPECT_EQ(executors[1]->take_aborted_gang().second.sentence, "the cause");
  engine.gang_ended(ExecutorId(1), failing_id, testing::retryable_error("a consequence"), {});
  try {
    failing.get();
    FAIL() << "no error";
  } catch (const Error& error) { EXPECT_EQ(error.info().sentence, "the cause"); }

  const auto events = read_events(path);
  ASSERT_EQ(events.size(), 5U);
  EXPECT_EQ(events[0]["event"], "gang_start");
  EXPECT_EQ(events[0]["call_site"], "gang.cpp:5");
  EXPECT_EQ(events[1]["event"], "gang_progress");
  EXPECT_EQ(events[1]["name"], "iteration");
  EXPECT_EQ(events[2]["event"], "gang_end");
  EXPECT_EQ(events[2]["ok"], true);
  EXPECT_EQ(events[4]["ok"], false);
}

}  // namespace
}  // namespace hammerscale::scheduler
