#pragma once

#include <cstdint>

namespace hammerscale {

/// First element of part `part` when n elements are split into num_parts contiguous parts whose sizes differ by at most
/// one: part i is [even_split_begin(n, num_parts, i), even_split_begin(n, num_parts, i + 1)).
constexpr std::uint64_t even_split_begin(std::uint64_t n, std::uint32_t num_parts, std::uint32_t part) noexcept {
  return n / num_parts * part + (n % num_parts) * part / num_parts;
}

}  // namespace hammerscale
