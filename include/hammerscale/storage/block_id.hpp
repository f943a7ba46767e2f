#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "hammerscale/base/id.hpp"

namespace hammerscale::storage {

/// Names a block: partition `partition` of `dataset`. `space` sets other uses of the block manager apart, such as
/// broadcasts, whose numbers may equal those of datasets; datasets use space 0.
struct BlockId {
  DatasetId dataset;
  std::uint32_t partition = 0;
  std::uint64_t space = 0;
  friend auto operator<=>(const BlockId&, const BlockId&) = default;
};

/// "dataset 3 partition 7", for logs; other spaces are named.
inline std::string to_string(const BlockId& id) {
  std::string text;
  if (id.space != 0) { text.append("space ").append(std::to_string(id.space)).append(" "); }
  return text.append("dataset ").append(to_string(id.dataset)).append(" partition ").append(
      std::to_string(id.partition));
}

}  // namespace hammerscale::storage

template <>
struct std::hash<hammerscale::storage::BlockId> {
  std::size_t operator()(const hammerscale::storage::BlockId& id) const noexcept {
    // Odd constants spread the three numbers; neighbours in one dataset stay apart in any power-of-two table.
    std::uint64_t value = id.dataset.value * 0x9e3779b97f4a7c15ULL + id.space * 0xc2b2ae3d27d4eb4fULL + id.partition;
    value = (value ^ (value >> 32)) * 0xd6e8feb86659fd93ULL;
    return static_cast<std::size_t>(value ^ (value >> 32));
  }
};
