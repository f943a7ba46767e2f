#pragma once

#include <memory>

#include "hammerscale/scheduler/broadcast_store.hpp"
#include "hammerscale/serde/serde.hpp"

namespace hammerscale {

/// A handle on a read-only value that was sent to every node once. Functions capture it; copies are the same value.
/// Made by Session::broadcast.
template <typename T>
class Broadcast {
 public:
  explicit Broadcast(BroadcastId id) : id_(id) {}

  /// The value, on the driver and in tasks. The first use in a process decodes it.
  /// @throws UserError kInvalidArgument  Session::destroy was called for it.
  const T& operator*() const { return *value(); }
  const T* operator->() const { return value(); }
  [[nodiscard]] BroadcastId id() const noexcept { return id_; }

 private:
  const T* value() const {
    // The store keeps the value for as long as the broadcast is not destroyed, so the pointer outlives this one.
    return static_cast<const T*>(BroadcastStore::instance()
                                     .get(id_, [](std::span<const std::byte> bytes) -> std::shared_ptr<const void> {
                                       return std::make_shared<const T>(decode<T>(bytes));
                                     })
                                     .get());
  }

  BroadcastId id_;
};

}  // namespace hammerscale
