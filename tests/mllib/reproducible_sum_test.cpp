#include "hammerscale/mllib/reproducible_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace hammerscale::mllib {
namespace {

TEST(ReproducibleSumTest, AnyOrderHasTheSameBitsAndIsAccurate) {
  std::mt19937 random(5);
  std::uniform_real_distribution<double> uniform(-1, 1);
  std::vector<double> values;
  for (int i = 0; i < 20000; ++i) { values.push_back(uniform(random) * std::pow(10.0, i % 9 - 4)); }
  const double largest = std::abs(*std::max_element(values.begin(), values.end(), [](double a, double b) {
    return std::abs(a) < std::abs(b);
  }));
  const auto cut = SumCut::of(largest, values.size());
  const auto sum = [&] {
    // In two halves that are added: as ranks do.
    ReproducibleSum first(cut);
    ReproducibleSum second(cut);
    for (std::size_t i = 0; i < values.size(); ++i) { (i % 3 == 0 ? first : second).add(values[i]); }
    return (first.high() + second.high()) + (first.low() + second.low());
  };
  const double expected = sum();
  long double exact = 0;
  for (const double x : values) { exact += x; }
  // Each number loses less than 2^-70 of the largest, and the last addition rounds once.
  EXPECT_NEAR(expected, static_cast<double>(exact), largest * 20000 * 0x1p-64 + std::abs(expected) * 0x1p-52);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(values.begin(), values.end(), random);
    EXPECT_EQ(sum(), expected);
  }
}

TEST(ReproducibleSumTest, RowsOfGroupsAddAsSingleNumbersDo) {
  constexpr std::size_t d = 11;
  std::mt19937 random(6);
  std::normal_distribution<double> normal;
  std::vector<double> rows(300 * d);
  for (auto& x : rows) { x = normal(random); }
  std::vector<std::uint32_t> group(300);
  for (auto& g : group) { g = static_cast<std::uint32_t>(random() % 3); }
  const auto cut = SumCut::of(10, 300);
  std::vector<double> cut_high(d, cut.high);
  std::vector<double> cut_low(d, cut.low);
  std::vector<double> high(3 * d, 0);
  std::vector<double> low(3 * d, 0);
  add_rows_to_groups(rows.data(), group, d, cut_high.data(), cut_low.data(), high.data(), low.data());
  for (std::size_t g = 0; g < 3; ++g) {
    for (std::size_t j = 0; j < d; ++j) {
      ReproducibleSum sum(cut);
      for (std::size_t i = 300; i-- > 0;) {
        if (group[i] == g) { sum.add(rows[i * d + j]); }
      }
      EXPECT_EQ(high[g * d + j], sum.high());
      EXPECT_EQ(low[g * d + j], sum.low());
    }
  }
}

}  // namespace
}  // namespace hammerscale::mllib
