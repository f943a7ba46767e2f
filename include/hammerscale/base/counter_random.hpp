#pragma once

#include <array>
#include <cstdint>
#include <limits>

namespace hammerscale {

/// Ten rounds of Philox 4x32: 128 random bits for each (counter, key). A bijection of the counter for each key.
/// Source: Salmon et al., Parallel Random Numbers: As Easy as 1, 2, 3, SC 2011.
constexpr std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                  std::array<std::uint32_t, 2> key) noexcept {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product0 = std::uint64_t{0xD2511F53u} * counter[0];
    const std::uint64_t product1 = std::uint64_t{0xCD9E8D57u} * counter[2];
    counter = {static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(product1),
               static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(product0)};
    key[0] += 0x9E3779B9u;
    key[1] += 0xBB67AE85u;
  }
  return counter;
}

/// The random numbers that belong to one element of a dataset: a stream named by (seed, element index).
///
/// Whoever computes the element, on whatever rank and after however many others, draws the same numbers; so answers do
/// not depend on the number of ranks or on retries. Nothing is drawn ahead, and making one costs nothing.
/// The draws use only arithmetic that rounds alike on every processor, no functions of the system's mathematics
/// library.
///
/// Also a std::uniform_random_bit_generator, but the distributions of the standard library differ between vendors.
class CounterRandom {
 public:
  using result_type = std::uint64_t;

  constexpr CounterRandom(std::uint64_t seed, std::uint64_t element_index) noexcept
      : seed_(seed), element_index_(element_index) {}

  static constexpr std::uint64_t min() noexcept { return 0; }
  static constexpr std::uint64_t max() noexcept { return std::numeric_limits<std::uint64_t>::max(); }
  constexpr std::uint64_t operator()() noexcept { return next_bits(); }

  /// 64 uniform bits. About 8 ns for the first.
  constexpr std::uint64_t next_bits() noexcept {
    if (has_spare_) {
      has_spare_ = false;
      return spare_;
    }
    const auto words =
        philox4x32({static_cast<std::uint32_t>(draw_), static_cast<std::uint32_t>(draw_ >> 32),
                    static_cast<std::uint32_t>(element_index_), static_cast<std::uint32_t>(element_index_ >> 32)},
                   {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)});
    ++draw_;
    spare_ = std::uint64_t{words[3]} << 32 | words[2];
    has_spare_ = true;
    return std::uint64_t{words[1]} << 32 | words[0];
  }

  /// Uniform in [0, 1): a multiple of 2^-53.
  constexpr double uniform() noexcept { return static_cast<double>(next_bits() >> 11) * 0x1.0p-53; }

  /// Uniform in 0 .. n - 1, without bias. @pre n > 0
  /// Source: Lemire, Fast Random Integer Generation in an Interval, TOMACS 29(1), 2019.
  constexpr std::uint64_t below(std::uint64_t n) noexcept {
    __extension__ using Wide = unsigned __int128;
    Wide product = static_cast<Wide>(next_bits()) * n;
    if (static_cast<std::uint64_t>(product) < n) {
      const std::uint64_t threshold = (0 - n) % n;
      while (static_cast<std::uint64_t>(product) < threshold) { product = static_cast<Wide>(next_bits()) * n; }
    }
    return static_cast<std::uint64_t>(product >> 64);
  }

  /// True with the given probability; never for 0 or less, always for 1 or more.
  constexpr bool bernoulli(double probability) noexcept { return uniform() < probability; }

  /// Exponential with mean 1.
  double exponential() noexcept;

  /// Normal with mean 0 and variance 1.
  /// Source: Marsaglia and Bray, A Convenient Method for Generating Normal Variables, SIAM Review 6(3), 1964.
  double gaussian() noexcept;

  /// Poisson with the given mean; 0 for a mean of 0 or less. Time grows with the mean up to 10 and not beyond.
  /// @throws UserError kNonFinite, kInvalidArgument  the mean is NaN or above 2^52.
  /// Source: inversion up to a mean of 10; above, PTRS of Hormann, The transformed rejection method for generating
  ///         Poisson random variables, Insurance: Mathematics and Economics 12(1), 1993.
  std::uint64_t poisson(double mean);

 private:
  std::uint64_t seed_;
  std::uint64_t element_index_;
  std::uint64_t draw_ = 0;
  std::uint64_t spare_ = 0;
  bool has_spare_ = false;
};

}  // namespace hammerscale
