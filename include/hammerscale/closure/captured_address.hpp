#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace hammerscale {

/// Looks for a word among captured bytes that is an address of this process: heap, stack, globals, code. Such a
/// capture (a reference, a pointer, a `this`) is trivially copyable, so its type cannot tell, but on another rank it
/// points into nothing.
///
/// Every 8-byte word at a multiple of 8 is compared with the ranges in /proc/self/maps; words that cannot be user
/// addresses, as small integers and most doubles, cost one comparison. An integer that happens to equal a mapped
/// address is reported too; pass such a value by hs::bind.
///
/// @return offset of the first such word in bytes; empty when there is none.
std::optional<std::size_t> find_captured_address(std::span<const std::byte> captures);

}  // namespace hammerscale
