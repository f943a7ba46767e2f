#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <span>
#include <vector>

#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::shuffle {

/// What a record of the shuffle exchange says. `id` is the reader's number of its request.
enum class RecordKind : std::uint8_t {
  kRequest,      ///< reader -> source: id, shuffle, partition, piece bytes, 1 if in place is possible, map partitions.
  kDirectory,    ///< source -> reader: id, maps, segments of each map; then per segment bytes, elements, place.
  kGrant,        ///< reader -> source: id. A receive is posted for the next piece.
  kRelease,      ///< reader -> source: id. Nothing more is wanted.
  kFailure,      ///< source -> reader: id, then an encoded ErrorInfo: its length in bytes, its bytes.
  kFailureSeen,  ///< reader -> source: id. Pieces without meaning may now be sent for the receives that are posted.
};

/// Short records between the ranks of a communicator: all that are written to one rank between two sends travel in one
/// packed message. Records of one sender arrive in the order written. Driven by the thread that owns MPI.
///
/// A record is a word with kind (8 bits) and number of words (56 bits), then its words. Messages cut the stream of
/// words anywhere.
class ControlChannel {
 public:
  using Words = std::span<const std::uint64_t>;

  ControlChannel(comm::Communicator& comm, comm::Tag tag);

  /// Writes one record; it leaves with the next send().
  void write(Rank to, RecordKind kind, Words words);
  /// Starts to send what was written. True if there was anything, or an earlier message has gone.
  bool send();
  /// Takes what has arrived. True if there was anything.
  bool receive(const std::function<void(Rank from, RecordKind kind, Words words)>& take);
  /// Gives up all messages under way.
  void cancel() noexcept { sending_.clear(); }

 private:
  struct Message {
    std::vector<std::uint64_t> words;
    std::vector<comm::Request> requests;  // After the words that they send.
  };

  comm::Communicator& comm_;
  comm::Tag tag_;
  std::uint64_t message_bytes_;
  std::vector<std::vector<std::uint64_t>> outgoing_;  // By rank.
  std::vector<std::vector<std::uint64_t>> incoming_;  // By rank: the start of a record whose rest is to come.
  std::list<Message> sending_;
};

}  // namespace hammerscale::shuffle
