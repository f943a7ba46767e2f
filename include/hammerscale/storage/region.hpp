#pragma once

#include <cstdint>

namespace hammerscale::storage {

/// Where the memory of a buffer lies.
enum class Region : std::uint8_t {
  kPrivate,  ///< Anonymous memory with huge pages; only this process sees it.
  kShared,   ///< Inside the shared arena, which other executors of the node may map and read in place.
};

}  // namespace hammerscale::storage
