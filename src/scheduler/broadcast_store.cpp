#include "hammerscale/scheduler/broadcast_store.hpp"

#include <mutex>
#include <unordered_map>

#include "hammerscale/base/error.hpp"

namespace hammerscale {

struct BroadcastStore::State {
  struct Entry {
    std::span<const std::byte> bytes;
    std::shared_ptr<const void> owner;  // Of the bytes.
    bool is_shared = false;
    std::shared_ptr<const void> value;
    std::mutex decoding;
  };
  std::mutex mutex;
  std::unordered_map<BroadcastId, std::shared_ptr<Entry>> entries;
};

BroadcastStore::BroadcastStore() : state_(std::make_unique<State>()) {}
BroadcastStore::~BroadcastStore() = default;

BroadcastStore& BroadcastStore::instance() {
  static BroadcastStore store;
  return store;
}

void BroadcastStore::add(BroadcastId id, Bytes bytes) {
  auto entry = std::make_shared<State::Entry>();
  entry->bytes = *bytes;
  entry->owner = std::move(bytes);
  const std::lock_guard lock(state_->mutex);
  state_->entries.try_emplace(id, std::move(entry));
}

void BroadcastStore::add_shared(BroadcastId id, std::span<const std::byte> bytes, std::shared_ptr<const void> owner) {
  auto entry = std::make_shared<State::Entry>();
  entry->bytes = bytes;
  entry->owner = std::move(owner);
  entry->is_shared = true;
  const std::lock_guard lock(state_->mutex);
  state_->entries.try_emplace(id, std::move(entry));
}

void BroadcastStore::add_decoded(BroadcastId id, std::shared_ptr<const void> value) {
  auto entry = std::make_shared<State::Entry>();
  entry->value = std::move(value);
  const std::lock_guard lock(state_->mutex);
  state_->entries[id] = std::move(entry);
}

void BroadcastStore::drop(BroadcastId id) {
  const std::lock_guard lock(state_->mutex);
  state_->entries.erase(id);
}

std::shared_ptr<const void> BroadcastStore::get(BroadcastId id, Decode decode) {
  std::shared_ptr<State::Entry> entry;
  {
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->entries.find(id);
    if (found != state_->entries.end()) { entry = found->second; }
  }
  if (!entry) {
    throw UserError(ErrorCode::kInvalidArgument, "a broadcast value was used after it was destroyed",
                    {{"broadcast", to_string(id)}});
  }
  const std::lock_guard lock(entry->decoding);
  if (!entry->value) {
    entry->value = decode(entry->bytes);
    if (!entry->is_shared) { entry->owner.reset(); }
  }
  return entry->value;
}

}  // namespace hammerscale
