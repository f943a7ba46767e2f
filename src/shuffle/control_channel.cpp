#include "shuffle/control_channel.hpp"

#include <algorithm>
#include <utility>

#include "hammerscale/base/check.hpp"

namespace hammerscale::shuffle {
namespace {

constexpr int kKindShift = 56;
constexpr std::uint64_t kLengthMask = (std::uint64_t{1} << kKindShift) - 1;
// Messages above the rendezvous limit gain nothing from being longer, and a receiver takes one in one go.
constexpr std::uint64_t kLongestMessageBytes = std::uint64_t{1} << 20;

}  // namespace

ControlChannel::ControlChannel(comm::Communicator& comm, comm::Tag tag)
    : comm_(comm),
      tag_(tag),
      message_bytes_(std::min(comm.piece_bytes(), kLongestMessageBytes) / sizeof(std::uint64_t) *
                     sizeof(std::uint64_t)),
      outgoing_(static_cast<std::size_t>(comm.size())),
      incoming_(static_cast<std::size_t>(comm.size())) {
  HS_CHECK(message_bytes_ != 0);
}

void ControlChannel::write(Rank to, RecordKind kind, Words words) {
  auto& stream = outgoing_[static_cast<std::size_t>(to.value)];
  stream.push_back(std::uint64_t{static_cast<std::uint8_t>(kind)} << kKindShift | words.size());
  stream.insert(stream.end(), words.begin(), words.end());
}

bool ControlChannel::send() {
  bool any = std::erase_if(sending_, [](Message& message) {
               return std::ranges::all_of(message.requests, [](comm::Request& request) { return request.test(); });
             }) != 0;
  for (std::int32_t to = 0; to < comm_.size(); ++to) {
    auto& stream = outgoing_[static_cast<std::size_t>(to)];
    if (stream.empty()) { continue; }
    any = true;
    Message& message = sending_.emplace_back();
    message.words = std::exchange(stream, {});
    auto rest = std::as_bytes(std::span(message.words));
    while (!rest.empty()) {
      const auto part = rest.first(std::min<std::size_t>(rest.size(), message_bytes_));
      message.requests.push_back(comm_.isend_bytes(Rank(to), tag_, part));
      rest = rest.subspan(part.size());
    }
  }
  return any;
}

bool ControlChannel::receive(const std::function<void(Rank from, RecordKind kind, Words words)>& take) {
  bool any = false;
  while (auto envelope = comm_.try_probe(std::nullopt, tag_)) {
    any = true;
    const Rank from = envelope->from();
    auto arrived = comm_.recv_values<std::uint64_t>(std::move(*envelope));
    auto& stream = incoming_[static_cast<std::size_t>(from.value)];
    if (stream.empty()) {
      stream = std::move(arrived);
    } else {
      stream.insert(stream.end(), arrived.begin(), arrived.end());
    }
    Words rest = stream;
    while (!rest.empty()) {
      const auto length = static_cast<std::size_t>(rest[0] & kLengthMask);
      if (rest.size() - 1 < length) { break; }
      take(from, static_cast<RecordKind>(rest[0] >> kKindShift), rest.subspan(1, length));
      rest = rest.subspan(1 + length);
    }
    stream.erase(stream.begin(), stream.end() - static_cast<std::ptrdiff_t>(rest.size()));
  }
  return any;
}

}  // namespace hammerscale::shuffle
