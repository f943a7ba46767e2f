#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <utility>

#include "hammerscale/shuffle/map_output.hpp"

namespace hammerscale::shuffle {

/// Map outputs that readers of other executors see in place, which therefore cannot be spilled. Several readers may
/// hold one output; its memory counts once. One thread at a time.
class PinnedOutputs {
 public:
  explicit PinnedOutputs(std::uint64_t max_bytes) : max_bytes_(max_bytes) {}

  /// Holds the output once more. @return false when that would hold more memory than allowed.
  [[nodiscard]] bool pin(const std::shared_ptr<const MapOutput>& output) {
    const auto found = pins_.find(output.get());
    if (found != pins_.end()) {
      ++found->second.count;
      return true;
    }
    if (num_bytes_ + output->memory_bytes() > max_bytes_) { return false; }
    num_bytes_ += output->memory_bytes();
    pins_.emplace(output.get(), Pin{output, 1});
    return true;
  }

  /// Undoes one pin.
  void unpin(const MapOutput* output) {
    const auto found = pins_.find(output);
    if (found == pins_.end() || --found->second.count != 0) { return; }
    num_bytes_ -= output->memory_bytes();
    pins_.erase(found);
  }

  [[nodiscard]] std::uint64_t num_bytes() const noexcept { return num_bytes_; }

 private:
  struct Pin {
    std::shared_ptr<const MapOutput> output;
    std::size_t count = 0;
  };

  std::uint64_t max_bytes_;
  std::uint64_t num_bytes_ = 0;
  std::unordered_map<const MapOutput*, Pin> pins_;
};

}  // namespace hammerscale::shuffle
