#include "scheduler/control_port.hpp"

#include <algorithm>
#include <span>

namespace hammerscale::scheduler {
namespace {

constexpr comm::Tag kControlTag{1};
// The last byte of a message says whether more pieces of it follow.
constexpr std::byte kLastPiece{0};
constexpr std::byte kMorePieces{1};

}  // namespace

ControlPort::ControlPort(std::shared_ptr<comm::Communicator> communicator, MainThreadQueue& main_thread,
                         Handler handler)
    : communicator_(std::move(communicator)), main_thread_(main_thread), handler_(std::move(handler)) {}

ControlPort::~ControlPort() = default;

void ControlPort::send(Rank to, std::vector<std::byte> message) {
  {
    const std::lock_guard lock(mutex_);
    outbox_.emplace_back(to, std::move(message));
  }
  main_thread_.wake();
}

bool ControlPort::start_sends() {
  std::vector<std::pair<Rank, std::vector<std::byte>>> ready;
  {
    const std::lock_guard lock(mutex_);
    ready.swap(outbox_);
  }
  const std::size_t piece = communicator_->piece_bytes() - 1;
  for (auto& [to, message] : ready) {
    std::size_t begin = 0;
    do {
      const auto count = std::min(piece, message.size() - begin);
      auto outgoing = std::make_unique<Outgoing>();
      const bool last = begin + count == message.size();
      if (begin == 0 && last) {
        outgoing->bytes = std::move(message);
      } else {
        outgoing->bytes.assign(message.begin() + static_cast<std::ptrdiff_t>(begin),
                               message.begin() + static_cast<std::ptrdiff_t>(begin + count));
      }
      outgoing->bytes.push_back(last ? kLastPiece : kMorePieces);
      outgoing->request = communicator_->isend_bytes(to, kControlTag, outgoing->bytes);
      sending_.push_back(std::move(outgoing));
      begin += count;
      if (last) { break; }
    } while (true);
  }
  return !ready.empty();
}

bool ControlPort::finish_sends() {
  bool any = false;
  while (!sending_.empty() && sending_.front()->request.test()) {
    sending_.pop_front();
    any = true;
  }
  return any;
}

bool ControlPort::receive() {
  bool any = false;
  while (auto envelope = communicator_->try_probe(std::nullopt, kControlTag)) {
    any = true;
    const Rank from = envelope->from();
    auto bytes = communicator_->recv(std::move(*envelope));
    const bool last = bytes.back() == kLastPiece;
    bytes.pop_back();
    auto& partial = partial_[from.value];
    if (partial.empty() && last) {
      handler_(from, std::move(bytes));
      continue;
    }
    partial.insert(partial.end(), bytes.begin(), bytes.end());
    if (last) { handler_(from, std::exchange(partial, {})); }
  }
  return any;
}

bool ControlPort::poll() {
  const bool sent = start_sends();
  const bool finished = finish_sends();
  const bool received = receive();
  return sent || finished || received;
}

bool ControlPort::drained() {
  const std::lock_guard lock(mutex_);
  return outbox_.empty() && sending_.empty();
}

}  // namespace hammerscale::scheduler
