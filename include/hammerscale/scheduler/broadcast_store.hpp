#pragma once

#include <span>
#include <cstddef>
#include <memory>
#include <vector>

#include "hammerscale/base/id.hpp"

namespace hammerscale {

/// The broadcast values of this process. Encoded bytes arrive once; the first use decodes them for all threads.
/// Process-wide, because the handles that functions capture are plain numbers. Any thread.
class BroadcastStore {
 public:
  using Bytes = std::shared_ptr<const std::vector<std::byte>>;
  using Decode = std::shared_ptr<const void> (*)(std::span<const std::byte>);

  static BroadcastStore& instance();

  void add(BroadcastId id, Bytes bytes);
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
