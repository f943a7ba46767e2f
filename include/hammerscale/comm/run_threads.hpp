#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {

/// What a fault hook sees of a message. Ranks are those of the outermost communicator.
struct MessageInFlight {
  Rank from;
  Rank to;
  Tag tag;                    ///< Meaningless for messages of collectives.
  bool of_collective = false;
  std::uint64_t num_bytes = 0;
};

/// What becomes of a message: delivered after a delay (later messages between the two wait behind it), or lost.
struct MessageFate {
  bool dropped = false;
  std::chrono::nanoseconds delay{0};
};

struct RunThreadsOptions {
  std::uint64_t piece_bytes = kDefaultPieceBytes;
  /// A made-up machine number per rank; empty: all on one.
  std::vector<std::int32_t> node_of_rank{};
  /// Called for each piece that is sent, on the sender's thread; several threads call it at once. Empty: no faults.
  std::function<MessageFate(const MessageInFlight&)> fault_hook{};
};

/// Runs `body` on num_ranks threads, each with its rank of one communicator, and returns when all have ended.
/// When one throws, the others are poisoned, and the first exception is thrown again here.
void run_threads(std::int32_t num_ranks, const std::function<void(Communicator&)>& body,
                 const RunThreadsOptions& options = {});

/// A communicator of one rank for a process without MPI.
std::shared_ptr<Communicator> make_single_communicator(std::uint64_t piece_bytes = kDefaultPieceBytes);

}  // namespace hammerscale::comm
