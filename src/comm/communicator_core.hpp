#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "comm/backend.hpp"
#include "comm/poison.hpp"
#include "hammerscale/comm/counters.hpp"
#include "hammerscale/comm/topology.hpp"
#include "hammerscale/comm/wait_ladder.hpp"

namespace hammerscale::comm {

/// What a Communicator, its requests and its envelopes share. Driven by one thread; poison may come from any.
class CommunicatorCore {
 public:
  CommunicatorCore(std::shared_ptr<Backend> backend_in, Topology topology_in, std::int32_t rank_in,
                   std::uint64_t piece_bytes_in, std::shared_ptr<const Poison> parent_poison = nullptr);

  /// The tag of the next collective. All ranks start collectives in the same order, so they agree on it.
  std::int32_t take_collective_tag() noexcept { return static_cast<std::int32_t>(num_collectives++ % kNumTags); }

  OperationCounter& counter(OperationKind kind) noexcept { return counters.by_kind[static_cast<std::size_t>(kind)]; }

  void start_send(PieceRequest& request, OperationKind kind, Channel channel, std::int32_t to, std::int32_t tag,
                  std::span<const std::byte> bytes) {
    OperationCounter& count = counter(kind);
    ++count.num_messages;
    count.num_bytes += bytes.size();
    backend->start_send(request, channel, to, tag, bytes);
  }

  /// Climbs the wait ladder until poll() is true. peer() names the rank waited for, -1 for any.
  template <typename Poll, typename Peer>
  void wait(OperationKind kind, Poll&& poll, Peer&& peer) {
    poison->check();
    if (poll()) { return; }
    WaitLadder ladder;
    std::optional<std::chrono::steady_clock::time_point> deadline;
    while (true) {
      poison->check();
      if (poll()) { return; }
      if (timeout && ladder.past_spinning()) {
        const auto now = std::chrono::steady_clock::now();
        if (!deadline) { deadline = now + *timeout; }
        if (now >= *deadline) { throw_timeout(kind, peer()); }
      }
      ladder.pause();
    }
  }

  // MPI promises tags up to 32767. A tag comes round again after this many collectives, long after its messages.
  static constexpr std::uint64_t kNumTags = 32768;

  const std::shared_ptr<Backend> backend;
  const Topology topology;
  const std::int32_t rank;
  const std::int32_t size;
  const std::uint64_t piece_bytes;
  const std::shared_ptr<Poison> poison;
  std::optional<std::chrono::nanoseconds> timeout;
  Counters counters;
  std::uint64_t num_collectives = 0;
  std::uint64_t num_splits = 0;

 private:
  [[noreturn]] void throw_timeout(OperationKind kind, std::int32_t peer) const;
};

}  // namespace hammerscale::comm
