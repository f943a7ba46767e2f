#include "hammerscale/comm/wait_ladder.hpp"

#include <algorithm>
#include <utility>

#include <sched.h>
#include <sys/prctl.h>

namespace hammerscale::comm {
namespace {

using namespace std::chrono_literals;

// The hook usually probes for messages, about 0.1 us; in these first steps it would double what a short message costs.
constexpr int kNumPausesWithoutHook = 16;
constexpr int kNumYields = 50;
constexpr std::chrono::nanoseconds kShortestSleep = 2us;
constexpr std::chrono::nanoseconds kLongestBusySleep = 200us;
constexpr std::chrono::nanoseconds kLongestIdleSleep = 1ms;
// A poll and a sleep cost about 20 us of CPU time, so a thread without work for half a second sleeps longer: 0.4 % of a
// core instead of 2 %. The first message after that waits for up to so long.
constexpr std::chrono::nanoseconds kLongestDormantSleep = 5ms;
constexpr int kNumPausesBeforeDormant = 600;

struct ThreadHook {
  std::function<void()> function;
  bool running = false;
};

ThreadHook& thread_hook() {
  thread_local ThreadHook hook;
  return hook;
}

void call_hook() {
  ThreadHook& hook = thread_hook();
  if (!hook.function || hook.running) { return; }
  struct Reset {
    bool& running;
    ~Reset() { running = false; }
  } const reset{hook.running};
  hook.running = true;
  // A copy, because the hook may replace itself.
  const auto function = hook.function;
  function();
}

// The kernel rounds sleeps of a normal thread up by 50 us, 25 times what the first rungs ask for.
void ask_for_short_sleeps() {
  thread_local const bool asked = ::prctl(PR_SET_TIMERSLACK, 1000UL, 0UL, 0UL, 0UL) == 0;
  static_cast<void>(asked);
}

void spin_once() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

}  // namespace

WaitLadder::WaitLadder(WaitMood mood)
    : wake_up_(*this_thread_wake_up()),
      ticket_(wake_up_.ticket()),
      next_sleep_(kShortestSleep),
      longest_sleep_(mood == WaitMood::kBusy ? kLongestBusySleep : kLongestIdleSleep) {}

void WaitLadder::pause() {
  // Counts no further than it is looked at: an idle program pauses for months.
  if (num_pauses_ <= kNumPausesBeforeDormant) { ++num_pauses_; }
  if (num_pauses_ > kNumPausesWithoutHook) { call_hook(); }
  if (num_pauses_ <= kNumSpins) {
    spin_once();
  } else if (num_pauses_ <= kNumSpins + kNumYields) {
    ::sched_yield();
  } else {
    ask_for_short_sleeps();
    if (wake_up_.sleep(ticket_, next_sleep_)) {
      next_sleep_ = kShortestSleep;
    } else {
      const bool is_dormant = num_pauses_ > kNumPausesBeforeDormant && longest_sleep_ == kLongestIdleSleep;
      next_sleep_ = std::min(next_sleep_ * 2, is_dormant ? kLongestDormantSleep : longest_sleep_);
    }
  }
  // Taken before the caller's next poll: news after it ends the next sleep.
  ticket_ = wake_up_.ticket();
}

void WaitLadder::reset() {
  num_pauses_ = 0;
  next_sleep_ = kShortestSleep;
}

std::function<void()> set_wait_hook(std::function<void()> hook) {
  return std::exchange(thread_hook().function, std::move(hook));
}

}  // namespace hammerscale::comm
