#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hammerscale {

inline constexpr std::uint64_t kKiB = 1024;
inline constexpr std::uint64_t kMiB = 1024 * kKiB;
inline constexpr std::uint64_t kGiB = 1024 * kMiB;

/// Reads "4096", "512k", "512m", "4g" or "1t" (also "512MB", "4GiB"; powers of 1024; case does not matter).
/// @throws UserError kInvalidArgument  the text is no size, is 0, or does not fit 63 bits.
std::uint64_t parse_byte_size(std::string_view text);

/// "1.5 GiB", for people.
std::string format_byte_size(std::uint64_t num_bytes);

}  // namespace hammerscale
