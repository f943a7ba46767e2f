#include <array>
#include <cstring>
#include <optional>
#include <vector>

#include "comm/communicator_core.hpp"
#include "comm/piece_set.hpp"
#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {
namespace {

constexpr auto kKind = OperationKind::kAllToAll;

// Enough to keep the links busy while one peer is late, few enough that a rank's inbox does not fill up.
constexpr std::size_t kPeersInFlight = 4;

std::vector<std::uint64_t> offsets_of(std::span<const std::uint64_t> sizes) {
  std::vector<std::uint64_t> offsets(sizes.size() + 1);
  for (std::size_t i = 0; i < sizes.size(); ++i) { offsets[i + 1] = offsets[i] + sizes[i]; }
  return offsets;
}

// In hop h a rank sends to rank + h and receives from rank - h, so no rank is everybody's target at once. A few hops
// run at a time; the lowest unfinished hop has been started by all, so one of them always advances.
class ShiftedExchange {
 public:
  ShiftedExchange(CommunicatorCore& core, std::span<const std::byte> send, std::span<const std::uint64_t> send_bytes,
                  std::span<std::byte> receive, std::span<const std::uint64_t> receive_bytes)
      : core_(core),
        send_(send),
        receive_(receive),
        send_offsets_(offsets_of(send_bytes)),
        receive_offsets_(offsets_of(receive_bytes)),
        tag_(core.take_collective_tag()) {
    HS_CHECK(send_offsets_.size() == static_cast<std::size_t>(core.size) + 1 && send_offsets_.back() == send.size());
    HS_CHECK(receive_offsets_.size() == static_cast<std::size_t>(core.size) + 1 &&
             receive_offsets_.back() == receive.size());
    HS_CHECK(outgoing(core.rank).size() == incoming(core.rank).size());
    for (auto& hop : hops_) { hop.emplace(core); }
  }

  void run() {
    if (const auto mine = outgoing(core_.rank); !mine.empty()) {
      std::memcpy(incoming(core_.rank).data(), mine.data(), mine.size());
    }
    core_.wait(
        kKind, [this] { return progress(); }, [this] { return peer(); });
  }

 private:
  [[nodiscard]] std::span<const std::byte> outgoing(std::int32_t rank) const {
    const auto r = static_cast<std::size_t>(rank);
    return send_.subspan(send_offsets_[r], send_offsets_[r + 1] - send_offsets_[r]);
  }
  [[nodiscard]] std::span<std::byte> incoming(std::int32_t rank) const {
    const auto r = static_cast<std::size_t>(rank);
    return receive_.subspan(receive_offsets_[r], receive_offsets_[r + 1] - receive_offsets_[r]);
  }

  void start(PieceSet& pieces, std::int32_t hop) {
    const std::int32_t to = (core_.rank + hop) % core_.size;
    const std::int32_t from = (core_.rank - hop + core_.size) % core_.size;
    // Both sides know the sizes, so nothing is no message.
    if (!incoming(from).empty()) { pieces.receive(Channel::kCollective, from, tag_, incoming(from)); }
    if (!outgoing(to).empty()) { pieces.send(kKind, Channel::kCollective, to, tag_, outgoing(to)); }
  }

  bool progress() {
    bool is_idle = true;
    for (auto& pieces : hops_) {
      bool is_free = pieces->test();
      while (is_free && next_hop_ < core_.size) {
        start(*pieces, next_hop_++);
        is_free = pieces->test();
      }
      is_idle = is_idle && is_free;
    }
    return is_idle && next_hop_ >= core_.size;
  }

  [[nodiscard]] std::int32_t peer() const {
    for (const auto& pieces : hops_) {
      if (pieces->peer() >= 0) { return pieces->peer(); }
    }
    return -1;
  }

  CommunicatorCore& core_;
  std::span<const std::byte> send_;
  std::span<std::byte> receive_;
  std::vector<std::uint64_t> send_offsets_;
  std::vector<std::uint64_t> receive_offsets_;
  std::int32_t tag_;
  std::int32_t next_hop_ = 1;
  std::array<std::optional<PieceSet>, kPeersInFlight> hops_;
};

}  // namespace

void Communicator::all_to_all_bytes(std::span<const std::byte> send, std::span<std::byte> receive) {
  const auto p = static_cast<std::size_t>(size_);
  HS_CHECK(send.size() == receive.size() && send.size() % p == 0);
  const std::vector<std::uint64_t> sizes(p, send.size() / p);
  all_to_all_v_bytes(send, sizes, receive, sizes);
}

void Communicator::all_to_all_v_bytes(std::span<const std::byte> send, std::span<const std::uint64_t> send_bytes,
                                      std::span<std::byte> receive, std::span<const std::uint64_t> receive_bytes) {
  ++core_->counter(kKind).num_calls;
  core_->poison->check();
  ShiftedExchange(*core_, send, send_bytes, receive, receive_bytes).run();
}

}  // namespace hammerscale::comm
