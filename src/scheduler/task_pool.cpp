#include "scheduler/task_pool.hpp"

#include <utility>

namespace hammerscale::scheduler {
namespace {

// About 20 us of looking at one cache line; a wake-up through the kernel costs 5 to 50 us.
constexpr int kNumSpins = 1000;

void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

TaskPool::TaskPool(std::uint32_t num_threads) {
  threads_.reserve(num_threads);
  for (std::uint32_t i = 0; i < num_threads; ++i) {
    threads_.emplace_back([this] { work(); });
  }
}

void TaskPool::stop() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    queue_.clear();
    queue_size_ = 0;
  }
  not_empty_.notify_all();
  for (auto& thread : threads_) {
    if (thread.joinable()) { thread.join(); }
  }
}

void TaskPool::submit(std::vector<std::function<void()>> functions) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    for (auto& function : functions) { queue_.push_back(std::move(function)); }
    queue_size_.store(queue_.size(), std::memory_order_release);
    wake = num_sleeping_ != 0;
  }
  if (!wake) { return; }
  if (functions.size() == 1) {
    not_empty_.notify_one();
  } else {
    not_empty_.notify_all();
  }
}

bool TaskPool::take(std::function<void()>& function) {
  for (int spin = 0; spin < kNumSpins; ++spin) {
    if (queue_size_.load(std::memory_order_acquire) != 0) { break; }
    if (ending_.load(std::memory_order_relaxed)) { return false; }
    relax();
  }
  std::unique_lock lock(mutex_);
  ++num_sleeping_;
  not_empty_.wait(lock, [&] { return ending_ || !queue_.empty(); });
  --num_sleeping_;
  if (queue_.empty()) { return false; }
  function = std::move(queue_.front());
  queue_.pop_front();
  queue_size_.store(queue_.size(), std::memory_order_release);
  return true;
}

void TaskPool::work() {
  std::function<void()> function;
  while (take(function)) {
    function();
    function = nullptr;
  }
}

}  // namespace hammerscale::scheduler
