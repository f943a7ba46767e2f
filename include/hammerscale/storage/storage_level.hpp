#pragma once

#include <cstdint>

namespace hammerscale::storage {

/// Where the block manager may keep a block.
enum class StorageLevel : std::uint8_t {
  kMemoryOnly,     ///< Dropped when memory is short; its reader recomputes it.
  kMemoryAndDisk,  ///< Spilled to scratch when memory is short.
  kDiskOnly,       ///< Always read from scratch.
};

}  // namespace hammerscale::storage
