#include "comm/threads_backend.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale::comm {
namespace {

// The eager limit of Open MPI's shared-memory transport, so that both backends wait for receivers alike.
constexpr std::size_t kEagerBytes = 4096;

using Clock = std::chrono::steady_clock;

// A message under way or a posted receive. Guarded by the mutex of the receiver's mailbox, except `done`.
struct Transfer {
  Channel channel = Channel::kUser;
  std::int32_t from = -1;
  std::int32_t to = -1;
  std::int32_t tag = 0;
  std::span<const std::byte> bytes;   // of a message
  std::vector<std::byte> copy;        // what bytes refers to when the message was copied
  Clock::time_point visible_at;       // of a message; the epoch when it was not delayed
  std::span<std::byte> buffer;        // of a receive
  std::uint64_t arrived_bytes = 0;    // of a receive, once done
  std::atomic<bool> done{false};      // message: its bytes are no longer needed; receive: the buffer is filled
};
using TransferPtr = std::shared_ptr<Transfer>;

// Each look through a mailbox uses one `now`: with a newer one for the next message, it could overtake the one before.
bool is_visible(const Transfer& message, Clock::time_point now) { return message.visible_at <= now; }

bool fits(const Transfer& message, const Transfer& receive) {
  return message.channel == receive.channel && message.from == receive.from && message.tag == receive.tag;
}

struct Mailbox {
  std::mutex mutex;
  std::list<TransferPtr> messages;   // in order of arrival
  std::list<TransferPtr> receives;   // in the order posted
  std::shared_ptr<WakeUp> wake_up;   // of the thread that last drove this rank
  std::atomic<bool> has_delayed{false};

  void notify_owner() {
    std::shared_ptr<WakeUp> owner;
    {
      const std::lock_guard lock(mutex);
      owner = wake_up;
    }
    if (owner) { owner->notify(); }
  }
};

void deliver(Transfer& message, Transfer& receive) {
  receive.arrived_bytes = message.bytes.size();
  if (message.bytes.size() == receive.buffer.size() && !receive.buffer.empty()) {
    std::memcpy(receive.buffer.data(), message.bytes.data(), message.bytes.size());
  }
  message.done.store(true, std::memory_order_release);
  receive.done.store(true, std::memory_order_release);
}

TransferPtr* pointer_of(std::uintptr_t native) { return reinterpret_cast<TransferPtr*>(native); }

std::uintptr_t native_of(TransferPtr transfer) {
  return reinterpret_cast<std::uintptr_t>(new TransferPtr(std::move(transfer)));
}

TransferPtr take(std::uintptr_t& native) {
  const std::unique_ptr<TransferPtr> owner(pointer_of(std::exchange(native, 0)));
  return std::move(*owner);
}

}  // namespace

struct ThreadsBackend::Group {
  explicit Group(std::size_t size) : mailboxes(size) {}

  std::vector<Mailbox> mailboxes;
  std::vector<std::int32_t> outermost_rank;
  std::function<MessageFate(const MessageInFlight&)> fault_hook;

  // Groups under construction, until each member has fetched it.
  struct Pending {
    std::shared_ptr<Group> group;
    std::size_t num_missing = 0;
  };
  std::mutex pending_mutex;
  std::map<std::pair<std::uint64_t, std::int32_t>, Pending> pending;

  Mailbox& mailbox(std::int32_t rank) { return mailboxes.at(static_cast<std::size_t>(rank)); }

  // Sender's messages stay in order: one that was sent behind a delayed one waits with it.
  static void queue(Mailbox& box, const TransferPtr& message, std::chrono::nanoseconds delay) {
    if (delay.count() > 0) { message->visible_at = Clock::now() + delay; }
    for (const TransferPtr& earlier : box.messages) {
      if (earlier->from == message->from) { message->visible_at = std::max(message->visible_at, earlier->visible_at); }
    }
    if (message->visible_at != Clock::time_point{}) { box.has_delayed.store(true, std::memory_order_release); }
    box.messages.push_back(message);
  }

  // Oldest visible message for the receive, removed from the box.
  static TransferPtr find_message(Mailbox& box, const Transfer& receive, Clock::time_point now) {
    for (auto it = box.messages.begin(); it != box.messages.end(); ++it) {
      if (!fits(**it, receive) || !is_visible(**it, now)) { continue; }
      TransferPtr message = *it;
      box.messages.erase(it);
      return message;
    }
    return nullptr;
  }

  void note_driver(std::int32_t rank) {
    Mailbox& box = mailbox(rank);
    const auto& wake_up = this_thread_wake_up();
    if (box.wake_up != wake_up) { box.wake_up = wake_up; }
  }
};

std::shared_ptr<ThreadsBackend::Group> ThreadsBackend::make_outermost_group(
    std::int32_t size, std::function<MessageFate(const MessageInFlight&)> fault_hook) {
  auto group = std::make_shared<Group>(static_cast<std::size_t>(size));
  for (std::int32_t rank = 0; rank < size; ++rank) { group->outermost_rank.push_back(rank); }
  group->fault_hook = std::move(fault_hook);
  return group;
}

void ThreadsBackend::start_send(PieceRequest& request, Channel channel, std::int32_t to, std::int32_t tag,
                                std::span<const std::byte> bytes) {
  request = {.native = 0, .num_bytes = bytes.size(), .peer = to, .is_send = true};
  MessageFate fate;
  if (group_->fault_hook) {
    fate = group_->fault_hook({.from = Rank(group_->outermost_rank.at(static_cast<std::size_t>(rank_))),
                               .to = Rank(group_->outermost_rank.at(static_cast<std::size_t>(to))),
                               .tag = Tag(tag),
                               .of_collective = channel == Channel::kCollective,
                               .num_bytes = bytes.size()});
    if (fate.dropped) { return; }
  }
  auto message = std::make_shared<Transfer>();
  message->channel = channel;
  message->from = rank_;
  message->to = to;
  message->tag = tag;
  message->bytes = bytes;

  Mailbox& box = group_->mailbox(to);
  std::shared_ptr<WakeUp> receiver;
  {
    const std::lock_guard lock(box.mutex);
    if (to == rank_) { group_->note_driver(rank_); }
    receiver = box.wake_up;
    const bool must_queue = fate.delay.count() > 0 || box.has_delayed.load(std::memory_order_relaxed);
    auto posted = must_queue ? box.receives.end()
                             : std::find_if(box.receives.begin(), box.receives.end(),
                                            [&](const TransferPtr& receive) { return fits(*message, *receive); });
    if (posted != box.receives.end()) {
      deliver(*message, **posted);
      box.receives.erase(posted);
    } else {
      if (bytes.size() <= kEagerBytes) {
        message->copy.assign(bytes.begin(), bytes.end());
        message->bytes = message->copy;
      } else {
        request.native = native_of(message);
      }
      Group::queue(box, message, fate.delay);
    }
  }
  if (receiver) { receiver->notify(); }
}

void ThreadsBackend::start_receive(PieceRequest& request, Channel channel, std::int32_t from, std::int32_t tag,
                                   std::span<std::byte> buffer) {
  request = {.native = 0, .num_bytes = buffer.size(), .peer = from, .is_send = false};
  auto receive = std::make_shared<Transfer>();
  receive->channel = channel;
  receive->from = from;
  receive->to = rank_;
  receive->tag = tag;
  receive->buffer = buffer;
  request.native = native_of(receive);

  Mailbox& box = group_->mailbox(rank_);
  TransferPtr message;
  {
    const std::lock_guard lock(box.mutex);
    group_->note_driver(rank_);
    // An earlier receive of the same kind may still wait for a delayed message; this one then queues behind it.
    const bool behind = std::any_of(box.receives.begin(), box.receives.end(), [&](const TransferPtr& earlier) {
      return earlier->channel == channel && earlier->from == from && earlier->tag == tag;
    });
    if (!behind) { message = Group::find_message(box, *receive, Clock::now()); }
    if (message) {
      deliver(*message, *receive);
    } else {
      box.receives.push_back(receive);
    }
  }
  if (message) { group_->mailbox(from).notify_owner(); }
}

bool ThreadsBackend::test(PieceRequest& request) {
  if (request.native == 0) { return true; }
  Transfer& transfer = **pointer_of(request.native);
  if (!transfer.done.load(std::memory_order_acquire)) {
    // As over MPI, any test makes progress on all receives of this rank.
    Mailbox& box = group_->mailbox(rank_);
    if (!box.has_delayed.load(std::memory_order_acquire)) { return false; }
    const std::lock_guard lock(box.mutex);
    const auto now = Clock::now();
    for (auto it = box.receives.begin(); it != box.receives.end();) {
      const TransferPtr message = Group::find_message(box, **it, now);
      if (!message) {
        ++it;
        continue;
      }
      deliver(*message, **it);
      it = box.receives.erase(it);
    }
    box.has_delayed.store(std::any_of(box.messages.begin(), box.messages.end(),
                                      [](const TransferPtr& m) { return m->visible_at != Clock::time_point{}; }),
                          std::memory_order_release);
    if (!transfer.done.load(std::memory_order_acquire)) { return false; }
  }
  const TransferPtr finished = take(request.native);
  if (!request.is_send && finished->arrived_bytes != request.num_bytes) {
    throw ResourceError(ErrorCode::kCommunication, "a message has another size than its receiver expects",
                        {{"from", std::to_string(request.peer)},
                         {"expected_bytes", std::to_string(request.num_bytes)},
                         {"arrived_bytes", std::to_string(finished->arrived_bytes)}});
  }
  return true;
}

void ThreadsBackend::cancel(PieceRequest& request) noexcept {
  if (request.native == 0) { return; }
  const TransferPtr transfer = take(request.native);
  Mailbox& box = group_->mailbox(transfer->to);
  const std::lock_guard lock(box.mutex);
  if (!request.is_send) {
    box.receives.remove(transfer);
    return;
  }
  box.messages.remove(transfer);
  if (!transfer->done.load(std::memory_order_acquire)) {
    // A probe may have taken it without having read it yet; the sender's bytes are about to go away.
    transfer->copy.assign(transfer->bytes.begin(), transfer->bytes.end());
    transfer->bytes = transfer->copy;
  }
}

std::optional<ProbedMessage> ThreadsBackend::try_probe(Channel channel, std::optional<std::int32_t> from,
                                                       std::optional<std::int32_t> tag) {
  Mailbox& box = group_->mailbox(rank_);
  const std::lock_guard lock(box.mutex);
  group_->note_driver(rank_);
  const auto now = Clock::now();
  for (auto it = box.messages.begin(); it != box.messages.end(); ++it) {
    const Transfer& message = **it;
    if (message.channel != channel || (from && *from != message.from) || (tag && *tag != message.tag) ||
        !is_visible(message, now)) {
      continue;
    }
    ProbedMessage probed{message.from, message.tag, message.bytes.size(), native_of(*it)};
    box.messages.erase(it);
    return probed;
  }
  return std::nullopt;
}

void ThreadsBackend::start_receive_probed(PieceRequest& request, ProbedMessage& message, std::span<std::byte> buffer) {
  HS_CHECK(buffer.size() == message.num_bytes);
  request = {.native = 0, .num_bytes = buffer.size(), .peer = message.from, .is_send = false};
  const TransferPtr taken = take(message.native);
  {
    const std::lock_guard lock(group_->mailbox(rank_).mutex);
    if (!buffer.empty()) { std::memcpy(buffer.data(), taken->bytes.data(), buffer.size()); }
    taken->done.store(true, std::memory_order_release);
  }
  group_->mailbox(taken->from).notify_owner();
}

std::shared_ptr<Backend> ThreadsBackend::make_group(std::span<const std::int32_t> members, std::int32_t my_index,
                                                    std::int32_t color, std::uint64_t sequence) {
  if (members.empty()) { return nullptr; }
  const std::lock_guard lock(group_->pending_mutex);
  const std::pair key(sequence, color);
  auto& pending = group_->pending[key];
  if (!pending.group) {
    pending.group = std::make_shared<Group>(members.size());
    for (const std::int32_t member : members) {
      pending.group->outermost_rank.push_back(group_->outermost_rank.at(static_cast<std::size_t>(member)));
    }
    pending.group->fault_hook = group_->fault_hook;
    pending.num_missing = members.size();
  }
  auto backend = std::make_shared<ThreadsBackend>(pending.group, my_index);
  if (--pending.num_missing == 0) { group_->pending.erase(key); }
  return backend;
}

}  // namespace hammerscale::comm
