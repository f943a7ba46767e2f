#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "comm/backend.hpp"
#include "hammerscale/comm/run_threads.hpp"
#include "hammerscale/comm/wake_up.hpp"

namespace hammerscale::comm {

/// Ranks as threads of one process. A message goes straight into a waiting receive's buffer, or is queued at its
/// receiver: short ones copied, long ones as a reference to the sender's bytes, so that a program that would deadlock
/// over MPI deadlocks here, too.
class ThreadsBackend : public Backend {
 public:
  struct Group;

  ThreadsBackend(std::shared_ptr<Group> group, std::int32_t rank) : group_(std::move(group)), rank_(rank) {}

  /// A group of `size` ranks.
  static std::shared_ptr<Group> make_outermost_group(
      std::int32_t size, std::function<MessageFate(const MessageInFlight&)> fault_hook);

  void start_send(PieceRequest& request, Channel channel, std::int32_t to, std::int32_t tag,
                  std::span<const std::byte> bytes) override;
  void start_receive(PieceRequest& request, Channel channel, std::int32_t from, std::int32_t tag,
                     std::span<std::byte> buffer) override;
  bool test(PieceRequest& request) override;
  void cancel(PieceRequest& request) noexcept override;
  std::optional<ProbedMessage> try_probe(Channel channel, std::optional<std::int32_t> from,
                                         std::optional<std::int32_t> tag) override;
  void start_receive_probed(PieceRequest& request, ProbedMessage& message, std::span<std::byte> buffer) override;
  std::shared_ptr<Backend> make_group(std::span<const std::int32_t> members, std::int32_t my_index, std::int32_t color,
                                      std::uint64_t sequence) override;
  [[nodiscard]] bool shares_address_space() const noexcept override { return true; }

 private:
  std::shared_ptr<Group> group_;
  std::int32_t rank_;
};

}  // namespace hammerscale::comm
