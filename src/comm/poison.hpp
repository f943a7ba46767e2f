#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "hammerscale/base/error.hpp"

namespace hammerscale::comm {

/// Whether waits on a communicator must throw, and what. A communicator is poisoned with any of its ancestors.
class Poison {
 public:
  explicit Poison(std::shared_ptr<const Poison> parent) : parent_(std::move(parent)) {}

  /// The first call wins. Any thread.
  void set(ErrorInfo error) {
    const std::lock_guard lock(mutex_);
    if (is_set_.load(std::memory_order_relaxed)) { return; }
    error_ = std::move(error);
    is_set_.store(true, std::memory_order_release);
  }

  /// @throws what was set here or on an ancestor.
  void check() const {
    for (const Poison* poison = this; poison != nullptr; poison = poison->parent_.get()) {
      // The error is never written again once is_set_ is true, so it may be read without the lock.
      if (poison->is_set_.load(std::memory_order_acquire)) [[unlikely]] { throw_error(poison->error_); }
    }
  }

 private:
  std::shared_ptr<const Poison> parent_;
  std::atomic<bool> is_set_{false};
  std::mutex mutex_;
  ErrorInfo error_;
};

}  // namespace hammerscale::comm
