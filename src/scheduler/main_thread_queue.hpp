#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "hammerscale/comm/wake_up.hpp"

namespace hammerscale::scheduler {

/// Work that other threads hand to the main thread, which owns MPI. Posting ends the main thread's sleep.
class MainThreadQueue {
 public:
  /// Made on the main thread.
  MainThreadQueue() : wake_up_(comm::this_thread_wake_up()) {}

  /// Any thread.
  void post(std::function<void()> work) {
    {
      const std::lock_guard lock(mutex_);
      work_.push_back(std::move(work));
    }
    wake_up_->notify();
  }

  /// Runs what was posted, in order. Main thread. @return whether there was any.
  bool run_posted() {
    std::vector<std::function<void()>> work;
    {
      const std::lock_guard lock(mutex_);
      work.swap(work_);
    }
    for (auto& each : work) { each(); }
    return !work.empty();
  }

  void wake() { wake_up_->notify(); }

 private:
  std::shared_ptr<comm::WakeUp> wake_up_;
  std::mutex mutex_;
  std::vector<std::function<void()>> work_;
};

}  // namespace hammerscale::scheduler
