#include "hammerscale/graph/fixed_point_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "hammerscale/base/counter_random.hpp"

namespace hammerscale::graph {
namespace {

TEST(FixedPointSumTest, AnyOrderAndGroupingGivesTheSameBits) {
  std::vector<double> values;
  CounterRandom random(7, 0);
  for (int i = 0; i < 10000; ++i) {
    values.push_back(std::ldexp(random.uniform(), -static_cast<int>(random.below(40))));
  }
  const auto sum_of = [](auto begin, auto end) {
    FixedPointSum sum(100);
    for (; begin != end; ++begin) { sum.add(*begin); }
    return sum;
  };
  const auto forward = sum_of(values.begin(), values.end());
  auto grouped = sum_of(values.begin() + 3000, values.end());
  grouped.add(sum_of(values.begin(), values.begin() + 3000));
  std::sort(values.begin(), values.end());
  EXPECT_EQ(forward.value(), sum_of(values.begin(), values.end()).value());
  EXPECT_EQ(forward.value(), grouped.value());
  // Ascending order loses least; n * eps * sum bounds what it loses.
  double plain = 0.0;
  for (const auto value : values) { plain += value; }
  EXPECT_NEAR(forward.value(), plain, 10000 * 2.3e-16 * plain);
}

TEST(FixedPointSumTest, WholeNumbersAndHalvesAreExact) {
  FixedPointSum sum(64);
  sum.add(1e15);
  sum.add(0.5);
  sum.add(0.0);
  EXPECT_EQ(sum.value(), 1e15 + 0.5);
}

}  // namespace
}  // namespace hammerscale::graph
