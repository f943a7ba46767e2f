#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "hammerscale/dataset/run.hpp"
#include "scheduler/driver_engine.hpp"

namespace hammerscale {

/// Shows on standard error how far the running stage is, while it lives; on a terminal only, unless asked for.
class ProgressLine {
 public:
  ProgressLine(const scheduler::DriverEngine& engine, ProgressMode mode);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

 private:
  void show();

  const scheduler::DriverEngine& engine_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool ending_ = false;
  std::thread thread_;
};

}  // namespace hammerscale
