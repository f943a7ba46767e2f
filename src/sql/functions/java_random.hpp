#pragma once

#include <cstdint>
#include <optional>

namespace hammerscale::sql {

/// The random numbers that Spark draws: java.util.Random's ways of making doubles and gaussians over Marsaglia's
/// xor-shift generator, or over java.util.Random's own congruential one. Equal seeds give Spark's numbers.
class JavaRandom {
 public:
  /// Spark's XORShiftRandom: the seed is hashed first.
  static JavaRandom xor_shift(std::int64_t seed);
  /// java.util.Random.
  static JavaRandom congruential(std::int64_t seed);

  /// The given number of random bits, 1 to 32.
  std::int32_t next_bits(int num_bits);
  std::int32_t next_int(std::int32_t bound);
  std::int64_t next_long();
  double next_double();
  double next_gaussian();

 private:
  enum class Kind : std::uint8_t { kXorShift, kCongruential };
  JavaRandom(Kind kind, std::int64_t state) : kind_(kind), state_(static_cast<std::uint64_t>(state)) {}

  Kind kind_;
  std::uint64_t state_;
  std::optional<double> next_gaussian_;
};

}  // namespace hammerscale::sql
