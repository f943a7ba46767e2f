#include "hammerscale/comm/wait_ladder.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace hammerscale::comm {
namespace {

using namespace std::chrono_literals;

TEST(WakeUp, ANotifyAfterTheTicketEndsTheSleep) {
  WakeUp wake_up;
  const auto ticket = wake_up.ticket();
  wake_up.notify();
  EXPECT_TRUE(wake_up.sleep(ticket, 1h));
  EXPECT_FALSE(wake_up.sleep(wake_up.ticket(), 1ms));
}

TEST(WakeUp, ANotifyFromAnotherThreadEndsTheSleep) {
  const std::shared_ptr<WakeUp> wake_up = this_thread_wake_up();
  std::atomic<bool> has_news{false};
  const auto ticket = wake_up->ticket();
  const std::jthread other([&] {
    has_news = true;
    wake_up->notify();
  });
  EXPECT_TRUE(wake_up->sleep(ticket, 1h));
  EXPECT_TRUE(has_news);
}

TEST(WakeUp, EachThreadHasItsOwn) {
  const WakeUp* mine = this_thread_wake_up().get();
  EXPECT_EQ(mine, this_thread_wake_up().get());
  std::jthread([&] { EXPECT_NE(mine, this_thread_wake_up().get()); }).join();
}

TEST(WaitLadder, ClimbsFromSpinningToSleeping) {
  WaitLadder ladder;
  EXPECT_FALSE(ladder.past_spinning());
  for (int i = 0; i < 51; ++i) { ladder.pause(); }
  EXPECT_TRUE(ladder.past_spinning());
  ladder.reset();
  EXPECT_FALSE(ladder.past_spinning());
}

TEST(WaitLadder, SleepsGrowToTheLimitOfTheMood) {
  const auto time_of_ten_pauses = [](WaitMood mood) {
    WaitLadder ladder(mood);
    for (int i = 0; i < 150; ++i) { ladder.pause(); }
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 10; ++i) { ladder.pause(); }
    return std::chrono::steady_clock::now() - start;
  };
  EXPECT_GE(time_of_ten_pauses(WaitMood::kBusy), 2ms);
  EXPECT_GE(time_of_ten_pauses(WaitMood::kIdle), 10ms);
}

TEST(WaitHook, IsReplacedAndRemoved) {
  int num_calls = 0;
  EXPECT_FALSE(set_wait_hook([&] { ++num_calls; }));
  WaitLadder ladder;
  for (int i = 0; i < 60; ++i) { ladder.pause(); }
  EXPECT_GT(num_calls, 0);
  EXPECT_TRUE(set_wait_hook(nullptr));
  const int before = num_calls;
  ladder.pause();
  EXPECT_EQ(num_calls, before);
}

}  // namespace
}  // namespace hammerscale::comm
