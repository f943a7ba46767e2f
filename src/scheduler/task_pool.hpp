#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace hammerscale::scheduler {

/// The task threads of an executor: runs functions in the order given. A thread without work looks for some for about
/// 20 us before it sleeps, so that a stage of short tasks pays no wake-ups.
class TaskPool {
 public:
  explicit TaskPool(std::uint32_t num_threads);
  ~TaskPool() { stop(); }
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  [[nodiscard]] std::uint32_t num_threads() const noexcept { return static_cast<std::uint32_t>(threads_.size()); }
  /// Waits for the functions that run; those that wait are dropped. Nothing runs afterwards. Not on a task thread.
  void stop();
  /// Any thread. Functions must not throw.
  void submit(std::vector<std::function<void()>> functions);

 private:
  void work();
  bool take(std::function<void()>& function);

  std::mutex mutex_;
  std::condition_variable not_empty_;
  std::deque<std::function<void()>> queue_;
  std::atomic<std::size_t> queue_size_{0};
  std::uint32_t num_sleeping_ = 0;
  std::atomic<bool> ending_{false};
  std::vector<std::thread> threads_;
};

}  // namespace hammerscale::scheduler
