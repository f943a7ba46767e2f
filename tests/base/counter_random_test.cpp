#include "hammerscale/base/counter_random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <vector>

#include "hammerscale/base/error.hpp"

namespace hammerscale {
namespace {

TEST(CounterRandomTest, PhiloxMatchesItsPublishedVectors) {
  // From the Random123 distribution's known-answer tests.
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}),
            (std::array<std::uint32_t, 4>{0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u}));
  EXPECT_EQ(philox4x32({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}),
            (std::array<std::uint32_t, 4>{0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu}));
  EXPECT_EQ(philox4x32({0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u}, {0xa4093822u, 0x299f31d0u}),
            (std::array<std::uint32_t, 4>{0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u}));
}

TEST(CounterRandomTest, StreamsDependOnSeedAndElementOnly) {
  CounterRandom a(1, 2);
  CounterRandom b(1, 2);
  for (int i = 0; i < 10; ++i) { EXPECT_EQ(a.next_bits(), b.next_bits()); }
  EXPECT_NE(CounterRandom(1, 2).next_bits(), CounterRandom(1, 3).next_bits());
  EXPECT_NE(CounterRandom(1, 2).next_bits(), CounterRandom(2, 2).next_bits());
}

struct Moments {
  double mean = 0.0;
  double variance = 0.0;
};

constexpr std::uint64_t kDraws = 200000;

Moments moments_of(const std::function<double(CounterRandom&)>& draw) {
  double sum = 0.0;
  double squares = 0.0;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    CounterRandom random(42, i);
    const double x = draw(random);
    sum += x;
    squares += x * x;
  }
  const double mean = sum / kDraws;
  return {mean, squares / kDraws - mean * mean};
}

/// Six standard errors of the mean, and of the variance for a distribution of the given kurtosis.
void expect_moments(const Moments& found, double mean, double variance, double kurtosis) {
  EXPECT_NEAR(found.mean, mean, 6.0 * std::sqrt(variance / kDraws));
  EXPECT_NEAR(found.variance, variance, 6.0 * variance * std::sqrt((kurtosis - 1.0) / kDraws));
}

TEST(CounterRandomTest, DrawsHaveTheirMoments) {
  expect_moments(moments_of([](CounterRandom& random) { return random.uniform(); }), 0.5, 1.0 / 12, 1.8);
  expect_moments(moments_of([](CounterRandom& random) { return random.gaussian(); }), 0.0, 1.0, 3.0);
  expect_moments(moments_of([](CounterRandom& random) { return random.exponential(); }), 1.0, 1.0, 9.0);
  for (const double mean : {0.01, 0.5, 1.0, 9.9, 10.0, 33.0, 1e6}) {
    const auto draw = [mean](CounterRandom& random) { return static_cast<double>(random.poisson(mean)); };
    expect_moments(moments_of(draw), mean, mean, 3.0 + 1.0 / mean);
  }
}

TEST(CounterRandomTest, PoissonFollowsItsProbabilities) {
  for (const double mean : {2.5, 12.0}) {
    std::vector<double> counts(60);
    for (std::uint64_t i = 0; i < kDraws; ++i) { counts.at(CounterRandom(9, i).poisson(mean)) += 1.0; }
    double probability = std::exp(-mean);
    for (std::size_t k = 0; k < counts.size(); ++k) {
      const double expected = kDraws * probability;
      EXPECT_NEAR(counts[k], expected, 6.0 * std::sqrt(expected) + 3.0) << "k " << k << ", mean " << mean;
      probability *= mean / static_cast<double>(k + 1);
    }
  }
}

TEST(CounterRandomTest, BelowIsEvenAndInRange) {
  std::vector<double> counts(7);
  for (std::uint64_t i = 0; i < 70000; ++i) { counts.at(CounterRandom(1, i).below(7)) += 1.0; }
  for (const double count : counts) { EXPECT_NEAR(count, 10000.0, 600.0); }
  EXPECT_EQ(CounterRandom(1, 1).below(1), 0u);
  constexpr std::uint64_t kLarge = (std::uint64_t{1} << 63) + 1;
  for (std::uint64_t i = 0; i < 1000; ++i) { EXPECT_LT(CounterRandom(1, i).below(kLarge), kLarge); }
}

TEST(CounterRandomTest, EdgesOfPoissonAndBernoulli) {
  CounterRandom random(1, 1);
  EXPECT_EQ(random.poisson(0.0), 0u);
  EXPECT_EQ(random.poisson(-1.0), 0u);
  EXPECT_THROW(static_cast<void>(random.poisson(std::nan(""))), UserError);
  EXPECT_THROW(static_cast<void>(random.poisson(INFINITY)), UserError);
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(random.bernoulli(0.0));
    EXPECT_TRUE(random.bernoulli(1.0));
  }
}

}  // namespace
}  // namespace hammerscale
