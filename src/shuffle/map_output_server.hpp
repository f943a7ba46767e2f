#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "hammerscale/comm/communicator.hpp"
#include "hammerscale/shuffle/shuffle_store.hpp"
#include "hammerscale/storage/spill_file.hpp"
#include "shuffle/control_channel.hpp"
#include "shuffle/parcel_plan.hpp"
#include "shuffle/pinned_outputs.hpp"

namespace hammerscale::shuffle {

/// What a directory says of the place of a segment, unless it is an offset in the source's shared window.
inline constexpr std::uint64_t kStreamedPlace = ~std::uint64_t{0};
inline constexpr std::uint64_t kEmptyPlace = kStreamedPlace - 1;
/// Instead of the number of map partitions: an output is missing; its map partition follows.
inline constexpr std::uint64_t kMissingOutput = ~std::uint64_t{0};

/// What a source may hold for its readers, beside what is on the wire.
struct ServerLimits {
  /// Memory of outputs that are kept from being spilled because they are read in place. What is above is streamed.
  std::uint64_t pinned_bytes = UINT64_MAX;
  /// Heap memory for packed and decompressed pieces, give or take one piece.
  std::uint64_t staged_bytes = UINT64_MAX;
};

/// The source's end of the shuffle exchange: answers requests of other executors with directories, keeps what they read
/// in place from being spilled, and sends pieces of the rest as they are granted. What is streamed is looked up parcel
/// by parcel, so that it may be spilled until its turn comes.
///
/// Pieces go to a reader in the order of its grants, because it has posted its receives in that order. Readers are
/// served in turn. Driven by the thread that owns MPI.
class MapOutputServer {
 public:
  MapOutputServer(comm::Communicator& comm, comm::Tag data_tag, ControlChannel& control, const ShuffleStore& store,
                  const storage::SpillFile& spill_file, ServerLimits limits);

  void take_request(Rank reader, ControlChannel::Words words);
  void take_grant(Rank reader, ControlChannel::Words words);
  void take_release(Rank reader, ControlChannel::Words words);
  void take_failure_seen(Rank reader, ControlChannel::Words words);

  /// Sends what was granted, as far as messages may be under way. True if anything happened.
  bool progress();
  /// Gives up all messages under way.
  void cancel() noexcept;

 private:
  struct Request;
  struct Message {
    std::shared_ptr<const MapOutput> output;  // Holds what is sent, or
    std::vector<std::byte> staging;           // this does, when it was packed or spilled.
    comm::Request send;
  };
  struct Peer {
    std::deque<std::shared_ptr<Request>> granted;  // One entry per piece.
    std::deque<Message> sending;
  };

  /// @return false if nothing can be sent to the reader before it has learnt of a failure.
  bool send_piece(Rank reader, Peer& peer);
  std::span<const std::byte> next_bytes(Request& request, Message& message, std::uint64_t num_bytes);
  void pack(Request& request, const Parcel& parcel, std::span<std::byte> out);
  void report_failure(Rank reader, Request& request);
  [[nodiscard]] std::shared_ptr<const MapOutput> find(const Request& request, std::uint32_t map_partition) const;
  bool finish_sends(Peer& peer);
  void keep_staging(std::vector<std::byte> staging);

  comm::Communicator& comm_;
  comm::Tag data_tag_;
  ControlChannel& control_;
  const ShuffleStore& store_;
  const storage::SpillFile& spill_file_;
  std::map<std::pair<Rank, std::uint64_t>, std::shared_ptr<Request>> requests_;
  std::vector<Peer> peers_;  // By rank.
  std::size_t next_peer_ = 0;
  std::size_t num_sending_ = 0;
  const ServerLimits limits_;
  PinnedOutputs pinned_;
  std::uint64_t staged_bytes_ = 0;  // Of messages under way.
  std::vector<std::vector<std::byte>> free_staging_;
  std::uint64_t free_staging_bytes_ = 0;
};

}  // namespace hammerscale::shuffle
