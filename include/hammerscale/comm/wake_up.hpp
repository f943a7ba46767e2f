#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>

namespace hammerscale::comm {

/// Lets any thread end another thread's sleep at once, without a lost wake-up.
///
/// The waiter takes a ticket, then looks whether there is work, then sleeps on the ticket; a notify after the ticket
/// was taken ends that sleep, however early it came. Notifying costs one atomic add while nobody sleeps.
class WakeUp {
 public:
  using Ticket = std::uint32_t;

  /// Taken before looking for work.
  [[nodiscard]] Ticket ticket() const noexcept { return epoch_.load(std::memory_order_seq_cst); }

  /// Ends current and future sleeps on tickets taken before this call. Any thread.
  void notify() noexcept;

  /// Sleeps until a notify that is newer than the ticket, or until the time is over.
  /// @return whether there was such a notify.
  bool sleep(Ticket ticket, std::chrono::nanoseconds at_most) noexcept;

 private:
  std::atomic<std::uint32_t> epoch_{0};
  std::atomic<std::uint32_t> num_sleepers_{0};
};

/// The WakeUp on which every wait of the calling thread sleeps. Hand it to threads that have news for this one.
const std::shared_ptr<WakeUp>& this_thread_wake_up();

}  // namespace hammerscale::comm
