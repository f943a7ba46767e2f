#include <algorithm>
#include <cstring>
#include <list>

#include "comm/communicator_core.hpp"
#include "comm/piece_set.hpp"
#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {
namespace {

constexpr auto kKind = OperationKind::kNeighbourExchange;

// A payload of at most this size travels behind its header in one message; a longer one follows by itself.
constexpr std::uint64_t kLongestInlinePayload = 1024;

struct Header {
  std::uint64_t num_bytes;
};

bool is_inline(const CommunicatorCore& core, std::uint64_t num_bytes) {
  return num_bytes <= std::min(kLongestInlinePayload, core.piece_bytes - sizeof(Header));
}

std::vector<std::byte> make_first_message(const CommunicatorCore& core, std::span<const std::byte> payload) {
  const Header header{payload.size()};
  std::vector<std::byte> message(sizeof(header) + (is_inline(core, payload.size()) ? payload.size() : 0));
  std::memcpy(message.data(), &header, sizeof(header));
  if (message.size() > sizeof(header)) {
    std::memcpy(message.data() + sizeof(header), payload.data(), payload.size());
  }
  return message;
}

// Takes first messages from anyone; payloads that follow have a tag of their own, so that they are not taken for one.
class Inbox {
 public:
  Inbox(CommunicatorCore& core, std::uint64_t num_expected, std::int32_t first_tag, std::int32_t payload_tag)
      : core_(core), num_missing_(num_expected), first_tag_(first_tag), payload_tag_(payload_tag), payloads_(core) {}

  bool progress() {
    while (num_missing_ > 0) {
      auto probed = core_.backend->try_probe(Channel::kCollective, std::nullopt, first_tag_);
      if (!probed) { return false; }
      take(*probed);
      --num_missing_;
    }
    return payloads_.test();
  }

  [[nodiscard]] std::int32_t peer() const { return payloads_.peer(); }

  // Moved out once progress() was true.
  std::list<IncomingMessage> messages;

 private:
  void take(ProbedMessage& probed) {
    std::vector<std::byte> bytes(probed.num_bytes);
    const std::int32_t from = probed.from;
    PieceSet first(core_);
    first.receive_probed(probed, bytes);
    first.wait(kKind);
    HS_CHECK(bytes.size() >= sizeof(Header));
    Header header{};
    std::memcpy(&header, bytes.data(), sizeof(header));
    if (is_inline(core_, header.num_bytes)) {
      bytes.erase(bytes.begin(), bytes.begin() + sizeof(header));
      HS_CHECK(bytes.size() == header.num_bytes);
      messages.push_back({Rank(from), std::move(bytes)});
      return;
    }
    // A list, because the payload is received in place while later messages are added.
    auto& message = messages.emplace_back(Rank(from), std::vector<std::byte>(header.num_bytes));
    payloads_.receive(Channel::kCollective, from, payload_tag_, message.bytes);
  }

  CommunicatorCore& core_;
  std::uint64_t num_missing_;
  std::int32_t first_tag_;
  std::int32_t payload_tag_;
  PieceSet payloads_;  // last: it writes into the messages
};

}  // namespace

std::vector<IncomingMessage> Communicator::neighbour_exchange(std::span<const OutgoingMessage> outgoing) {
  ++core_->counter(kKind).num_calls;
  std::vector<std::uint32_t> num_messages_to(static_cast<std::size_t>(size_));
  for (const OutgoingMessage& message : outgoing) {
    HS_CHECK(message.to.value >= 0 && message.to.value < size_);
    if (message.to != rank_) { ++num_messages_to[static_cast<std::size_t>(message.to.value)]; }
  }
  // Each rank learns how many messages it will get, so it knows when it is through.
  all_reduce(num_messages_to, Sum{});

  const std::int32_t first_tag = core_->take_collective_tag();
  const std::int32_t payload_tag = core_->take_collective_tag();
  Inbox inbox(*core_, num_messages_to[static_cast<std::size_t>(rank_.value)], first_tag, payload_tag);
  std::vector<std::vector<std::byte>> first_messages;
  first_messages.reserve(outgoing.size());
  PieceSet sends(*core_);
  for (const OutgoingMessage& message : outgoing) {
    if (message.to == rank_) {
      inbox.messages.push_back({rank_, {message.bytes.begin(), message.bytes.end()}});
      continue;
    }
    first_messages.push_back(make_first_message(*core_, message.bytes));
    sends.send(kKind, Channel::kCollective, message.to.value, first_tag, first_messages.back());
    if (!is_inline(*core_, message.bytes.size())) {
      sends.send(kKind, Channel::kCollective, message.to.value, payload_tag, message.bytes);
    }
  }
  core_->wait(
      kKind,
      [&] {
        const bool all_arrived = inbox.progress();
        return sends.test() && all_arrived;
      },
      [&] { return inbox.peer() >= 0 ? inbox.peer() : sends.peer(); });

  std::vector<IncomingMessage> result(std::make_move_iterator(inbox.messages.begin()),
                                      std::make_move_iterator(inbox.messages.end()));
  std::ranges::stable_sort(result, {}, &IncomingMessage::from);
  return result;
}

}  // namespace hammerscale::comm
