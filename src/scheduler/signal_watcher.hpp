#pragma once

#include <atomic>
#include <functional>
#include <thread>

namespace hammerscale::scheduler {

/// Turns SIGTERM, SIGINT and SIGUSR1 (Slurm's early warning) into calls of a function on a thread of its own, where
/// locks and messages are allowed. If the process has not ended kGraceSeconds after the first signal, it is ended. Made
/// before any other thread, so that all threads leave these signals to it. One per process.
class SignalWatcher {
 public:
  static constexpr int kGraceSeconds = 8;

  explicit SignalWatcher(std::function<void(int signal)> on_signal);
  ~SignalWatcher();
  SignalWatcher(const SignalWatcher&) = delete;
  SignalWatcher& operator=(const SignalWatcher&) = delete;

  /// The first signal that came; 0 for none.
  [[nodiscard]] int signal() const noexcept { return signal_.load(); }

 private:
  void watch();

  std::function<void(int)> on_signal_;
  std::atomic<int> signal_{0};
  std::atomic<bool> ending_{false};
  std::thread thread_;
};

}  // namespace hammerscale::scheduler
