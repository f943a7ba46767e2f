#include "sql/exec/task_threads.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace hammerscale::sql {

namespace {

/// Threads that wait for work. It grows when a call finds too few idle ones, so nested calls never wait for themselves.
class ThreadKeeper {
 public:
  static ThreadKeeper& instance() {
    static ThreadKeeper keeper;
    return keeper;
  }
  ThreadKeeper() = default;
  ThreadKeeper(const ThreadKeeper&) = delete;
  ThreadKeeper& operator=(const ThreadKeeper&) = delete;
  ~ThreadKeeper() {
    {
      const std::lock_guard lock(mutex_);
      is_ending_ = true;
    }
    has_work_.notify_all();
    for (auto& thread : threads_) { thread.join(); }
  }

  void submit(std::function<void()> work) {
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back(std::move(work));
      if (num_idle_ < queue_.size()) {
        threads_.emplace_back([this] { serve(); });
      }
    }
    has_work_.notify_one();
  }

 private:
  void serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
      ++num_idle_;
      has_work_.wait(lock, [this] { return is_ending_ || !queue_.empty(); });
      --num_idle_;
      if (queue_.empty()) { return; }
      const auto work = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      work();
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable has_work_;
  std::deque<std::function<void()>> queue_;
  std::size_t num_idle_ = 0;
  bool is_ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

void run_on_threads(int num_tasks, const std::function<void(int task)>& run) {
  if (num_tasks <= 1) {
    run(0);
    return;
  }
  std::mutex mutex;
  std::condition_variable all_ended;
  int num_running = num_tasks - 1;
  std::vector<std::exception_ptr> errors(static_cast<std::size_t>(num_tasks));
  const auto run_one = [&](int task) {
    try {
      run(task);
    } catch (...) { errors[static_cast<std::size_t>(task)] = std::current_exception(); }
  };
  for (int task = 1; task < num_tasks; ++task) {
    ThreadKeeper::instance().submit([&, task] {
      run_one(task);
      const std::lock_guard lock(mutex);
      // Notified under the lock: the waiter's variables end as soon as it sees 0.
      if (--num_running == 0) { all_ended.notify_one(); }
    });
  }
  run_one(0);
  std::unique_lock lock(mutex);
  all_ended.wait(lock, [&] { return num_running == 0; });
  for (const auto& error : errors) {
    if (error) { std::rethrow_exception(error); }
  }
}

}  // namespace hammerscale::sql
