#include "dataset/progress_line.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>

namespace hammerscale {
namespace {

constexpr auto kBetweenLines = std::chrono::milliseconds(200);
constexpr int kBarWidth = 30;

}  // namespace

ProgressLine::ProgressLine(const scheduler::DriverEngine& engine, ProgressMode mode) : engine_(engine) {
  if (mode == ProgressMode::kOff || (mode == ProgressMode::kAuto && ::isatty(STDERR_FILENO) == 0)) { return; }
  thread_ = std::thread([this] { show(); });
}

ProgressLine::~ProgressLine() {
  if (!thread_.joinable()) { return; }
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void ProgressLine::show() {
  bool shown = false;
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, kBetweenLines, [this] { return ending_; })) {
    const auto progress = engine_.progress();
    if (!progress) { continue; }
    const auto done =
        static_cast<int>(std::uint64_t{kBarWidth} * progress->num_done / std::max(progress->num_tasks, 1U));
    const std::string bar =
        std::string(static_cast<std::size_t>(done), '=') + std::string(kBarWidth - static_cast<std::size_t>(done), ' ');
    std::fprintf(stderr, "\r[stage %s %s] [%s] %u/%u\033[K", to_string(progress->stage).c_str(), progress->name.c_str(),
                 bar.c_str(), progress->num_done, progress->num_tasks);
    shown = true;
  }
  if (shown) { std::fputs("\r\033[K", stderr); }
}

}  // namespace hammerscale
