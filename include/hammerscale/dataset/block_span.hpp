#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>

#include "hammerscale/base/bitwise.hpp"

namespace hammerscale {

/// A few thousand elements that operators hand on together. Bitwise elements may be shown in place, wherever they lie,
/// so they are const; all others belong to the receiver, who may move from them.
template <typename T>
using BlockSpan = std::span<std::conditional_t<is_bitwise_v<T>, const T, T>>;

/// Elements of a block: what fits 64 KiB, so that the blocks of a short pipeline stay in the L2 cache, but 256 at the
/// least and 4096 at the most.
template <typename T>
inline constexpr std::size_t block_elements = std::clamp<std::size_t>(64 * 1024 / sizeof(T), 256, 4096);

/// The element as an argument for a user's function: moved from where the block owns it.
template <typename T>
constexpr decltype(auto) take_element(T& element) noexcept {
  if constexpr (std::is_const_v<T>) {
    return element;
  } else {
    return std::move(element);
  }
}

}  // namespace hammerscale
