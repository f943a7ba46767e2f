#pragma once

#include <cstdint>

#include "hammerscale/base/id.hpp"

namespace hammerscale {

/// Number of one member of a communicator, 0 .. size - 1.
using Rank = Id<struct RankTag, std::int32_t>;

}  // namespace hammerscale

namespace hammerscale::comm {

/// Sorts point-to-point messages by purpose. Values 0 .. kMaxTag are valid; layers define their own names for them.
enum class Tag : std::int32_t {};

inline constexpr std::int32_t kMaxTag = 30000;

}  // namespace hammerscale::comm
