#include "dataset/progress_line.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <future>
#include <string>

#include "scheduler/fake_executor.hpp"
#include "scheduler/scheduler_world.hpp"

namespace hammerscale {
namespace {

using scheduler::testing::FakeExecutor;

/// What this process writes to standard error while it lives.
class CapturedErrors {
 public:
  CapturedErrors() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) { throw std::runtime_error("no pipe"); }
    std::fflush(stderr);
    before_ = ::dup(STDERR_FILENO);
    ::dup2(ends[1], STDERR_FILENO);
    ::close(ends[1]);
    reading_ = ends[0];
  }
  ~CapturedErrors() {
    restore();
    ::close(reading_);
  }
  CapturedErrors(const CapturedErrors&) = delete;
  CapturedErrors& operator=(const CapturedErrors&) = delete;

  /// Waits until the text has been written. @return false if it does not come within 10 seconds.
  bool wait_for(const std::string& text) {
    for (int i = 0; i < 10 && text_.find(text) == std::string::npos; ++i) {
      pollfd ready{reading_, POLLIN, 0};
      ::poll(&ready, 1, 1000);
      read_all();
    }
    return text_.find(text) != std::string::npos;
  }
  /// All that was written; ends the capture.
  std::string take_all() {
    restore();
    read_all();
    return text_;
  }

 private:
  void restore() {
    if (before_ < 0) { return; }
    std::fflush(stderr);
    ::dup2(before_, STDERR_FILENO);
    ::close(before_);
    before_ = -1;
  }
  void read_all() {
    std::array<char, 4096> bytes{};
    while (true) {
      const auto count = ::read(reading_, bytes.data(), bytes.size());
      if (count <= 0) { return; }
      text_.append(bytes.data(), static_cast<std::size_t>(count));
    }
  }

  int before_ = -1;
  int reading_ = -1;
  std::string text_;
};

class ProgressLineTest : public ::testing::Test {
 protected:
  ProgressLineTest() {
    scheduler::DriverEngineOptions options;
    options.executors = {executor_};
    options.num_task_threads = {2};
    options.node_of_executor = {0};
    engine_ = std::make_shared<scheduler::DriverEngine>(std::move(options));
  }

  std::shared_ptr<FakeExecutor> executor_ = std::make_shared<FakeExecutor>();
  std::shared_ptr<scheduler::DriverEngine> engine_;
};

TEST_F(ProgressLineTest, ShowsHowFarTheRunningStageIs) {
  JobRequest request;
  request.last = scheduler::testing::make_lineage_node(1, "range", 4);
  request.partitions = {0, 1, 2, 3};
  request.name = "collect";
  request.on_result = [](std::uint32_t, std::vector<std::byte>) {};
  auto job = std::async(std::launch::async, [&] { engine_->run_job(std::move(request)); });
  const auto end_task = [&] {
    engine_->tasks_ended(ExecutorId(0), {scheduler::testing::SchedulerWorld::end_of(executor_->take_task())});
  };
  end_task();
  CapturedErrors errors;
  {
    const ProgressLine line(*engine_, ProgressMode::kOn);
    EXPECT_TRUE(errors.wait_for("[stage 1 collect] [=======                       ] 1/4"));
    end_task();
    EXPECT_TRUE(errors.wait_for("2/4"));
  }
  const auto text = errors.take_all();
  EXPECT_TRUE(text.ends_with("\r\033[K")) << "the line is taken away at the end";
  EXPECT_EQ(text.find('\n'), std::string::npos);
  end_task();
  end_task();
  job.get();
}

TEST_F(ProgressLineTest, WritesNothingUnlessAskedOrOnATerminal) {
  CapturedErrors errors;
  {
    const ProgressLine off(*engine_, ProgressMode::kOff);
    const ProgressLine no_terminal(*engine_, ProgressMode::kAuto);
    const ProgressLine nothing_runs(*engine_, ProgressMode::kOn);
  }
  EXPECT_EQ(errors.take_all(), "");
}

}  // namespace
}  // namespace hammerscale
