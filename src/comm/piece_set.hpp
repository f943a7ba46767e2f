#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include <boost/container/small_vector.hpp>

#include "comm/communicator_core.hpp"

namespace hammerscale::comm {

/// Transfers of any length that belong together, cut into pieces. Destroying it cancels what is not through, so an
/// exception out of a wait leaves no receive behind that would write into a dead buffer.
class PieceSet {
 public:
  explicit PieceSet(CommunicatorCore& core) : core_(core) {}
  PieceSet(const PieceSet&) = delete;
  PieceSet& operator=(const PieceSet&) = delete;
  ~PieceSet() { cancel(); }

  /// Starts all pieces at once: pieces of two transfers with one peer and tag must not mix, and there is no thread
  /// that could start later ones.
  void send(OperationKind kind, Channel channel, std::int32_t to, std::int32_t tag, std::span<const std::byte> bytes) {
    std::uint64_t offset = 0;
    do {
      const std::uint64_t length = std::min<std::uint64_t>(core_.piece_bytes, bytes.size() - offset);
      core_.start_send(pieces_.emplace_back(), kind, channel, to, tag, bytes.subspan(offset, length));
      offset += length;
    } while (offset < bytes.size());
  }

  void receive(Channel channel, std::int32_t from, std::int32_t tag, std::span<std::byte> buffer) {
    std::uint64_t offset = 0;
    do {
      const std::uint64_t length = std::min<std::uint64_t>(core_.piece_bytes, buffer.size() - offset);
      core_.backend->start_receive(pieces_.emplace_back(), channel, from, tag, buffer.subspan(offset, length));
      offset += length;
    } while (offset < buffer.size());
  }

  void receive_probed(ProbedMessage& message, std::span<std::byte> buffer) {
    core_.backend->start_receive_probed(pieces_.emplace_back(), message, buffer);
  }

  /// True once all pieces are through; the set is empty then and may be filled again.
  bool test() {
    // One unfinished piece is enough to look at: testing it makes progress on all.
    while (num_done_ < pieces_.size()) {
      if (!core_.backend->test(pieces_[num_done_])) { return false; }
      ++num_done_;
    }
    pieces_.clear();
    num_done_ = 0;
    return true;
  }

  /// Whom the set is waiting for; -1 when it is through.
  [[nodiscard]] std::int32_t peer() const { return num_done_ < pieces_.size() ? pieces_[num_done_].peer : -1; }

  void wait(OperationKind kind) {
    core_.wait(kind, [this] { return test(); }, [this] { return peer(); });
  }

  void cancel() noexcept {
    for (PieceRequest& piece : pieces_) {
      if (piece.native != 0) { core_.backend->cancel(piece); }
    }
    pieces_.clear();
    num_done_ = 0;
  }

 private:
  CommunicatorCore& core_;
  boost::container::small_vector<PieceRequest, 4> pieces_;
  std::size_t num_done_ = 0;
};

}  // namespace hammerscale::comm
