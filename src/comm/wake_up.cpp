#include "hammerscale/comm/wake_up.hpp"

#include <climits>
#include <ctime>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace hammerscale::comm {

void WakeUp::notify() noexcept {
  epoch_.fetch_add(1, std::memory_order_seq_cst);
  if (num_sleepers_.load(std::memory_order_seq_cst) == 0) { return; }
  static_assert(sizeof(epoch_) == sizeof(std::uint32_t));
  ::syscall(SYS_futex, reinterpret_cast<std::uint32_t*>(&epoch_), FUTEX_WAKE_PRIVATE, INT_MAX, nullptr, nullptr, 0);
}

bool WakeUp::sleep(Ticket ticket, std::chrono::nanoseconds at_most) noexcept {
  // Announced before the kernel compares epoch and ticket, so a notify either sees the sleeper or changes the epoch
  // before that comparison.
  num_sleepers_.fetch_add(1, std::memory_order_seq_cst);
  timespec duration{};
  duration.tv_sec = static_cast<std::time_t>(at_most.count() / 1'000'000'000);
  duration.tv_nsec = static_cast<long>(at_most.count() % 1'000'000'000);
  ::syscall(SYS_futex, reinterpret_cast<std::uint32_t*>(&epoch_), FUTEX_WAIT_PRIVATE, ticket, &duration, nullptr, 0);
  num_sleepers_.fetch_sub(1, std::memory_order_seq_cst);
  return epoch_.load(std::memory_order_seq_cst) != ticket;
}

const std::shared_ptr<WakeUp>& this_thread_wake_up() {
  thread_local const auto wake_up = std::make_shared<WakeUp>();
  return wake_up;
}

}  // namespace hammerscale::comm
