#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace hammerscale::storage::test {

/// Bytes that do not compress; equal for equal seeds.
inline std::vector<std::byte> random_bytes(std::size_t num_bytes, std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  std::vector<std::byte> bytes(num_bytes);
  for (auto& byte : bytes) { byte = static_cast<std::byte>(generator()); }
  return bytes;
}

/// Bytes that compress well; equal for equal seeds.
inline std::vector<std::byte> repetitive_bytes(std::size_t num_bytes, std::uint64_t seed) {
  std::vector<std::byte> bytes(num_bytes);
  for (std::size_t i = 0; i < num_bytes; ++i) { bytes[i] = static_cast<std::byte>((i / 97 + seed) % 11); }
  return bytes;
}

inline std::vector<std::byte> copy_of(std::span<const std::byte> bytes) { return {bytes.begin(), bytes.end()}; }

}  // namespace hammerscale::storage::test
