#include "scheduler/signal_watcher.hpp"

#include <csignal>
#include <ctime>
#include <utility>

#include <unistd.h>

namespace hammerscale::scheduler {
namespace {

sigset_t watched_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGUSR1);
  return signals;
}

}  // namespace

SignalWatcher::SignalWatcher(std::function<void(int)> on_signal) : on_signal_(std::move(on_signal)) {
  const auto signals = watched_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // A write beyond a file size limit, or to a reader that is gone, is an error of that write.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  thread_ = std::thread([this] { watch(); });
}

SignalWatcher::~SignalWatcher() {
  ending_ = true;
  // Wakes sigtimedwait at once; the thread sees ending_ and takes it for nothing.
  pthread_kill(thread_.native_handle(), SIGUSR1);
  thread_.join();
  const auto signals = watched_signals();
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

void SignalWatcher::watch() {
  const auto signals = watched_signals();
  std::timespec first{};
  while (true) {
    const timespec wait{1, 0};
    const int signal = sigtimedwait(&signals, nullptr, &wait);
    if (ending_) { return; }
    std::timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (signal_ != 0 && now.tv_sec - first.tv_sec >= kGraceSeconds) { ::_exit(128 + signal_); }
    if (signal <= 0 || signal_ != 0) { continue; }
    signal_ = signal;
    first = now;
    on_signal_(signal);
  }
}

}  // namespace hammerscale::scheduler
