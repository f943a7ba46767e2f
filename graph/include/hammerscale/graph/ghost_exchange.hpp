#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::graph {

/// Brings values of remote vertices, the ghosts, again and again to the executors that need them. Who needs what is
/// agreed once, when it is made; after that a round is one message a peer and carries values only.
///
/// Local indices: own vertices first, then ghosts in ascending number. Three executors with vertices 0-3 | 4-6 | 7-9;
/// if the middle one needs 1, 3 and 8, its indices are: 4, 5, 6 -> 0, 1, 2 (own), and 1, 3, 8 -> 3, 4, 5 (ghosts). In a
/// round executor 0 sends it the values of 1 and 3, executor 2 that of 8.
class GhostExchange {
 public:
  GhostExchange() = default;
  /// Collective.
  /// @param bounds  executor i owns bounds[i] .. bounds[i + 1] - 1.
  /// @param ghosts  numbers of the remote vertices that this executor needs, ascending.
  GhostExchange(comm::Communicator& comm, std::span<const std::uint64_t> bounds, std::span<const std::uint64_t> ghosts);

  /// Fills values[num_own ...] from the owners' values[0 .. num_own). Collective.
  /// Traffic  8 bytes a ghost.
  void update(comm::Communicator& comm, std::span<double> values);
  /// The other way: adds what executors hold for their ghosts to the owners' counts. Collective.
  void add_to_owners(comm::Communicator& comm, std::span<std::uint64_t> counts);

  [[nodiscard]] std::uint64_t num_ghosts() const noexcept { return num_ghosts_; }
  /// Values that this executor sends in a round.
  [[nodiscard]] std::uint64_t num_sent() const noexcept { return sent_.size(); }

 private:
  std::uint64_t num_own_ = 0;
  std::uint64_t num_ghosts_ = 0;
  std::vector<std::uint32_t> sent_;           // own vertices whose values go out, by receiver
  std::vector<std::uint64_t> send_bytes_;     // one per executor
  std::vector<std::uint64_t> receive_bytes_;  // one per executor
  std::vector<double> outbox_;
};

}  // namespace hammerscale::graph
