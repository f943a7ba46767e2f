#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "hammerscale/base/id.hpp"

namespace hammerscale {

/// The broadcast values of this process. Encoded bytes arrive once, or lie in memory that executors of a node share;
/// the first use decodes them for all threads.
/// Process-wide, because the handles that functions capture are plain numbers. Any thread.
class BroadcastStore {
 public:
  using Bytes = std::shared_ptr<const std::vector<std::byte>>;
  using Decode = std::shared_ptr<const void> (*)(std::span<const std::byte>);

  static BroadcastStore& instance();

  /// Keeps the bytes until they are decoded.
  void add(BroadcastId id, Bytes bytes);
  /// Bytes in memory that others of this node decode too. `owner` is held until drop(); nullptr where the memory
  /// belongs to another process, which keeps it as long.
  void add_shared(BroadcastId id, std::span<const std::byte> bytes, std::shared_ptr<const void> owner);
  /// The driver's own value, which needs no decoding.
  void add_decoded(BroadcastId id, std::shared_ptr<const void> value);
  void drop(BroadcastId id);
  /// The decoded value. The caller knows its type.
  /// @throws UserError kInvalidArgument  the broadcast was destroyed, or never reached this process.
  std::shared_ptr<const void> get(BroadcastId id, Decode decode);

 private:
  struct State;
  BroadcastStore();
  ~BroadcastStore();
  std::unique_ptr<State> state_;
};

}  // namespace hammerscale
