#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hammerscale::comm {

/// What a communicator counts apart.
enum class OperationKind : std::uint8_t {
  kSend,
  kReceive,
  kProbe,
  kBarrier,
  kBroadcast,
  kReduce,
  kAllReduce,
  kGather,
  kAllGather,
  kScatter,
  kAllToAll,
  kReduceScatter,
  kScan,
  kNeighbourExchange,
};
inline constexpr std::size_t kNumOperationKinds = 14;

/// The kind's spelling in logs and errors, for example "all_reduce".
std::string_view to_string(OperationKind kind);

/// Totals of one operation kind on this rank since the communicator was made.
struct OperationCounter {
  std::uint64_t num_calls = 0;
  std::uint64_t num_messages = 0;  ///< Messages this rank sent to others or to itself, pieces counted singly.
  std::uint64_t num_bytes = 0;     ///< Bytes in these messages; for kReceive, bytes that arrived.
};

/// Snapshot of all counters of one communicator on one rank.
struct Counters {
  std::array<OperationCounter, kNumOperationKinds> by_kind{};

  [[nodiscard]] const OperationCounter& of(OperationKind kind) const {
    return by_kind[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] OperationCounter total() const;
};

/// One line per kind that was used: "all_reduce: 3 calls, 6 messages, 48 bytes".
std::string to_string(const Counters& counters);

}  // namespace hammerscale::comm
