#include "hammerscale/comm/communicator.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "comm/communicator_core.hpp"
#include "comm/piece_set.hpp"
#include "comm/request_state.hpp"

namespace hammerscale::comm {
namespace {

void check_peer(const CommunicatorCore& core, Rank peer) {
  if (peer.value < 0 || peer.value >= core.size) [[unlikely]] {
    throw UserError(ErrorCode::kInvalidArgument, "rank is not in the communicator",
                    {{"rank", to_string(peer)}, {"size", std::to_string(core.size)}});
  }
}

void check_tag(Tag tag) {
  const auto value = static_cast<std::int32_t>(tag);
  if (value < 0 || value > kMaxTag) [[unlikely]] {
    throw UserError(ErrorCode::kInvalidArgument, "tag is out of range",
                    {{"tag", std::to_string(value)}, {"largest", std::to_string(kMaxTag)}});
  }
}

std::optional<std::int32_t> raw(std::optional<Rank> rank) {
  return rank ? std::optional(rank->value) : std::nullopt;
}

std::optional<std::int32_t> raw(std::optional<Tag> tag) {
  return tag ? std::optional(static_cast<std::int32_t>(*tag)) : std::nullopt;
}

}  // namespace

Envelope::Envelope(std::shared_ptr<CommunicatorCore> core, Rank from, Tag tag, std::uint64_t num_bytes,
                   std::uintptr_t message)
    : core_(std::move(core)), from_(from), tag_(tag), num_bytes_(num_bytes), message_(message) {}

Envelope::Envelope(Envelope&& other) noexcept = default;

Envelope& Envelope::operator=(Envelope&& other) noexcept {
  if (this == &other) { return *this; }
  drop();
  core_ = std::move(other.core_);
  from_ = other.from_;
  tag_ = other.tag_;
  num_bytes_ = other.num_bytes_;
  message_ = other.message_;
  return *this;
}

Envelope::~Envelope() { drop(); }

void Envelope::drop() noexcept {
  if (core_ == nullptr) { return; }
  try {
    std::vector<std::byte> unread(num_bytes_);
    ProbedMessage message{from_.value, static_cast<std::int32_t>(tag_), num_bytes_, message_};
    PieceRequest request;
    core_->backend->start_receive_probed(request, message, unread);
    core_->backend->cancel(request);
  } catch (...) {
    // Nobody wanted the message; whatever kept it from being read will show again where it matters.
  }
  core_.reset();
}

Communicator::Communicator(std::shared_ptr<CommunicatorCore> core)
    : core_(std::move(core)), rank_(core_->rank), size_(core_->size) {}
Communicator::~Communicator() = default;

const Topology& Communicator::topology() const noexcept { return core_->topology; }
std::uint64_t Communicator::piece_bytes() const noexcept { return core_->piece_bytes; }

void Communicator::send_bytes(Rank to, Tag tag, std::span<const std::byte> bytes) {
  check_peer(*core_, to);
  check_tag(tag);
  ++core_->counter(OperationKind::kSend).num_calls;
  core_->poison->check();
  PieceSet pieces(*core_);
  pieces.send(OperationKind::kSend, Channel::kUser, to.value, static_cast<std::int32_t>(tag), bytes);
  pieces.wait(OperationKind::kSend);
}

Request Communicator::isend_bytes(Rank to, Tag tag, std::span<const std::byte> bytes) {
  check_peer(*core_, to);
  check_tag(tag);
  ++core_->counter(OperationKind::kSend).num_calls;
  core_->poison->check();
  auto state = std::make_unique<TransferState>(core_, OperationKind::kSend);
  state->pieces().send(OperationKind::kSend, Channel::kUser, to.value, static_cast<std::int32_t>(tag), bytes);
  return Request(std::move(state));
}

Request Communicator::irecv_bytes(Rank from, Tag tag, std::span<std::byte> buffer) {
  check_peer(*core_, from);
  check_tag(tag);
  OperationCounter& counter = core_->counter(OperationKind::kReceive);
  ++counter.num_calls;
  counter.num_bytes += buffer.size();
  core_->poison->check();
  auto state = std::make_unique<TransferState>(core_, OperationKind::kReceive);
  state->pieces().receive(Channel::kUser, from.value, static_cast<std::int32_t>(tag), buffer);
  return Request(std::move(state));
}

void Communicator::recv_bytes_into(Rank from, Tag tag, std::span<std::byte> buffer) {
  check_peer(*core_, from);
  check_tag(tag);
  OperationCounter& counter = core_->counter(OperationKind::kReceive);
  ++counter.num_calls;
  counter.num_bytes += buffer.size();
  PieceSet pieces(*core_);
  pieces.receive(Channel::kUser, from.value, static_cast<std::int32_t>(tag), buffer);
  pieces.wait(OperationKind::kReceive);
}

std::optional<Envelope> Communicator::try_probe(std::optional<Rank> from, std::optional<Tag> tag) {
  if (from) { check_peer(*core_, *from); }
  if (tag) { check_tag(*tag); }
  ++core_->counter(OperationKind::kProbe).num_calls;
  core_->poison->check();
  const auto message = core_->backend->try_probe(Channel::kUser, raw(from), raw(tag));
  if (!message) { return std::nullopt; }
  return Envelope(core_, Rank(message->from), Tag(message->tag), message->num_bytes, message->native);
}

Envelope Communicator::probe(std::optional<Rank> from, std::optional<Tag> tag) {
  std::optional<Envelope> envelope;
  core_->wait(
      OperationKind::kProbe,
      [&] {
        envelope = try_probe(from, tag);
        return envelope.has_value();
      },
      [&] { return from ? from->value : -1; });
  return std::move(*envelope);
}

std::vector<std::byte> Communicator::recv(Envelope envelope) {
  std::vector<std::byte> bytes(envelope.num_bytes());
  recv_bytes_into(std::move(envelope), bytes);
  return bytes;
}

void Communicator::recv_bytes_into(Envelope envelope, std::span<std::byte> buffer) {
  HS_CHECK(envelope.core_ == core_);
  HS_CHECK(buffer.size() == envelope.num_bytes_);
  OperationCounter& counter = core_->counter(OperationKind::kReceive);
  ++counter.num_calls;
  counter.num_bytes += buffer.size();
  core_->poison->check();
  ProbedMessage message{envelope.from_.value, static_cast<std::int32_t>(envelope.tag_), envelope.num_bytes_,
                        envelope.message_};
  envelope.core_.reset();
  PieceSet pieces(*core_);
  pieces.receive_probed(message, buffer);
  pieces.wait(OperationKind::kReceive);
}

void Communicator::require_multiple(std::uint64_t num_bytes, std::size_t element_bytes) {
  if (num_bytes % element_bytes == 0) { return; }
  throw ResourceError(ErrorCode::kCommunication, "a message is no whole number of elements",
                      {{"num_bytes", std::to_string(num_bytes)}, {"element_bytes", std::to_string(element_bytes)}});
}

std::vector<std::uint64_t> Communicator::in_bytes(std::span<const std::uint64_t> counts, std::size_t element_bytes) {
  std::vector<std::uint64_t> bytes(counts.begin(), counts.end());
  for (std::uint64_t& count : bytes) { count *= element_bytes; }
  return bytes;
}

std::shared_ptr<Communicator> Communicator::split(std::optional<std::int32_t> color, std::int32_t key) {
  struct Choice {
    std::int32_t joins;
    std::int32_t color;
    std::int32_t key;
  };
  if (color && *color < 0) {
    throw UserError(ErrorCode::kInvalidArgument, "color is negative", {{"color", std::to_string(*color)}});
  }
  const std::uint64_t sequence = core_->num_splits++;
  const std::vector<Choice> choices = all_gather_value(Choice{color ? 1 : 0, color.value_or(0), key});
  std::vector<std::int32_t> members;
  for (std::int32_t other = 0; other < size_; ++other) {
    const Choice& choice = choices[static_cast<std::size_t>(other)];
    if (color && choice.joins == 1 && choice.color == *color) { members.push_back(other); }
  }
  const auto key_of = [&](std::int32_t other) { return choices[static_cast<std::size_t>(other)].key; };
  std::ranges::stable_sort(members, {}, key_of);
  const auto my_place = std::ranges::find(members, rank_.value);
  const auto my_index = static_cast<std::int32_t>(my_place - members.begin());
  auto backend = core_->backend->make_group(members, my_index, color.value_or(0), sequence);
  if (backend == nullptr) { return nullptr; }

  std::vector<std::int32_t> node_ids;
  for (const std::int32_t member : members) {
    node_ids.push_back(core_->topology.node_of_rank[static_cast<std::size_t>(member)]);
  }
  auto group = std::make_shared<CommunicatorCore>(std::move(backend), make_topology(node_ids, Rank(my_index)), my_index,
                                                  core_->piece_bytes, core_->poison);
  group->timeout = core_->timeout;
  return std::make_shared<Communicator>(std::move(group));
}

std::shared_ptr<Communicator> Communicator::duplicate() { return split(0, rank_.value); }

void Communicator::set_timeout(std::optional<std::chrono::nanoseconds> timeout) { core_->timeout = timeout; }
void Communicator::poison(ErrorInfo error) { core_->poison->set(std::move(error)); }
Counters Communicator::counters() const { return core_->counters; }

}  // namespace hammerscale::comm
