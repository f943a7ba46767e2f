#include "sql/functions/java_random.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <span>

namespace hammerscale::sql {

namespace {

/// MurmurHash3 (x86, 32 bits) of whole words, read little-endian.
std::uint32_t murmur3(std::span<const std::uint8_t, 8> bytes, std::uint32_t seed) {
  std::uint32_t hash = seed;
  for (std::size_t i = 0; i < 8; i += 4) {
    std::uint32_t word = bytes[i] | (std::uint32_t{bytes[i + 1]} << 8) | (std::uint32_t{bytes[i + 2]} << 16) |
                         (std::uint32_t{bytes[i + 3]} << 24);
    word = std::rotl(word * 0xcc9e2d51U, 15) * 0x1b873593U;
    hash = std::rotl(hash ^ word, 13) * 5 + 0xe6546b64U;
  }
  hash ^= 8;
  hash = (hash ^ (hash >> 16)) * 0x85ebca6bU;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35U;
  return hash ^ (hash >> 16);
}

constexpr std::uint64_t kMultiplier = 0x5DEECE66DU;
constexpr std::uint64_t kMask48 = (std::uint64_t{1} << 48) - 1;

}  // namespace

JavaRandom JavaRandom::xor_shift(std::int64_t seed) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(seed) >> (56 - 8 * i));
  }
  constexpr std::uint32_t kArraySeed = 0x3c074a61U;
  const std::uint32_t low = murmur3(bytes, kArraySeed);
  const std::uint32_t high = murmur3(bytes, low);
  return {Kind::kXorShift, static_cast<std::int64_t>((std::uint64_t{high} << 32) | low)};
}

JavaRandom JavaRandom::congruential(std::int64_t seed) {
  return {Kind::kCongruential, static_cast<std::int64_t>((static_cast<std::uint64_t>(seed) ^ kMultiplier) & kMask48)};
}

std::int32_t JavaRandom::next_bits(int num_bits) {
  if (kind_ == Kind::kXorShift) {
    state_ ^= state_ << 21;
    state_ ^= state_ >> 35;
    state_ ^= state_ << 4;
    return static_cast<std::int32_t>(state_ & ((std::uint64_t{1} << num_bits) - 1));
  }
  state_ = (state_ * kMultiplier + 0xB) & kMask48;
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(state_ >> (48 - num_bits)));
}

std::int32_t JavaRandom::next_int(std::int32_t bound) {
  std::int32_t drawn = next_bits(31);
  const std::int32_t last = bound - 1;
  if ((bound & last) == 0) { return static_cast<std::int32_t>((static_cast<std::int64_t>(bound) * drawn) >> 31); }
  for (std::int32_t u = drawn;; u = next_bits(31)) {
    drawn = u % bound;
    if (static_cast<std::int64_t>(u) - drawn + last <= INT32_MAX) { return drawn; }
  }
}

std::int64_t JavaRandom::next_long() {
  const auto high = static_cast<std::uint64_t>(static_cast<std::int64_t>(next_bits(32))) << 32;
  return static_cast<std::int64_t>(high + static_cast<std::uint64_t>(static_cast<std::int64_t>(next_bits(32))));
}

double JavaRandom::next_double() {
  const auto high = static_cast<std::int64_t>(next_bits(26)) << 27;
  return static_cast<double>(high + next_bits(27)) * 0x1.0p-53;
}

double JavaRandom::next_gaussian() {
  // Marsaglia's polar method, which gives two at a time.
  if (next_gaussian_) {
    const double drawn = *next_gaussian_;
    next_gaussian_.reset();
    return drawn;
  }
  for (;;) {
    const double a = 2 * next_double() - 1;
    const double b = 2 * next_double() - 1;
    const double square = a * a + b * b;
    if (square < 1 && square != 0) {
      const double factor = std::sqrt(-2 * std::log(square) / square);
      next_gaussian_ = b * factor;
      return a * factor;
    }
  }
}

}  // namespace hammerscale::sql
