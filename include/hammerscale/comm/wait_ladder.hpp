#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "hammerscale/comm/wake_up.hpp"

namespace hammerscale::comm {

/// Whether work is known to be under way (sleeps stay below 200 us) or not (below 1 ms, after half a second 5 ms).
enum class WaitMood : std::uint8_t { kBusy, kIdle };

/// How a thread waits for something it must poll: spins about 50 polls, then yields, then sleeps 2 us growing to
/// 200 us (1 to 5 ms when idle). A notify on this_thread_wake_up() ends the sleep. Used by one thread.
///
///     WaitLadder ladder;
///     while (!poll()) { ladder.pause(); }
class WaitLadder {
 public:
  explicit WaitLadder(WaitMood mood = WaitMood::kBusy);

  /// Waits one step and calls the thread's wait hook, except in the first few steps, which last well below 1 us.
  /// Throws what the hook throws.
  void pause();

  /// Back to the lowest rung, after progress.
  void reset();

  /// Whether the spinning rung is behind; only then is a look at the clock cheap against the wait itself.
  [[nodiscard]] bool past_spinning() const noexcept { return num_pauses_ > kNumSpins; }

 private:
  static constexpr int kNumSpins = 50;

  WakeUp& wake_up_;
  WakeUp::Ticket ticket_;
  int num_pauses_ = 0;
  std::chrono::nanoseconds next_sleep_;
  std::chrono::nanoseconds longest_sleep_;
};

/// Sets what the calling thread does between polls while it waits, for example serving control messages while it
/// sits in a collective. An empty function removes it. The hook may communicate; it is not called again from waits
/// inside itself. What it throws leaves the wait.
/// @return the hook that was set before.
std::function<void()> set_wait_hook(std::function<void()> hook);

}  // namespace hammerscale::comm
