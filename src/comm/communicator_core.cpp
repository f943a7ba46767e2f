#include "comm/communicator_core.hpp"

#include <string>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale::comm {

CommunicatorCore::CommunicatorCore(std::shared_ptr<Backend> backend_in, Topology topology_in, std::int32_t rank_in,
                                   std::uint64_t piece_bytes_in, std::shared_ptr<const Poison> parent_poison)
    : backend(std::move(backend_in)),
      topology(std::move(topology_in)),
      rank(rank_in),
      size(static_cast<std::int32_t>(topology.node_of_rank.size())),
      piece_bytes(piece_bytes_in),
      poison(std::make_shared<Poison>(std::move(parent_poison))) {
  // A piece must fit the int of an MPI count and hold the header of a neighbour exchange.
  HS_CHECK(piece_bytes >= 64 && piece_bytes <= (1ULL << 30));
}

void CommunicatorCore::throw_timeout(OperationKind kind, std::int32_t peer) const {
  const double seconds = std::chrono::duration<double>(*timeout).count();
  throw ResourceError(ErrorCode::kTimeout, "a wait for other ranks took too long",
                      {{"operation", std::string(to_string(kind))},
                       {"peer", peer < 0 ? "any" : std::to_string(peer)},
                       {"rank", std::to_string(rank)},
                       {"timeout_seconds", std::to_string(seconds)}},
                      true);
}

}  // namespace hammerscale::comm
