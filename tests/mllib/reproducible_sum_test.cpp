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

TEST(ReproducibleSumTest, MovingRowsHasTheBitsOfAddingThemAnew) {
  constexpr std::size_t d = 13;
  constexpr std::size_t n = 500;
  constexpr std::uint32_t num_groups = 4;
  std::mt19937 random(8);
  std::normal_distribution<double> normal;
  std::vector<double> rows(n * d);
  for (auto& x : rows) { x = normal(random) * 1e3; }
  const std::vector<double> cut_high(d, SumCut::of(1e4, n).high);
  const std::vector<double> cut_low(d, SumCut::of(1e4, n).low);
  const auto add_all = [&](const std::vector<std::uint32_t>& group) {
    std::pair<std::vector<double>, std::vector<double>> sums(std::vector<double>(num_groups * d, 0.0),
                                                             std::vector<double>(num_groups * d, 0.0));
    add_rows_to_groups(rows.data(), group, d, cut_high.data(), cut_low.data(), sums.first.data(), sums.second.data());
    return sums;
  };
  std::vector<std::uint32_t> group(n);
  for (auto& g : group) { g = random() % num_groups; }
  auto sums = add_all(group);
  for (int step = 0; step < 20; ++step) {
    std::vector<std::uint32_t> which;
    std::vector<std::uint32_t> from;
    std::vector<std::uint32_t> to;
    for (std::uint32_t i = 0; i < n; ++i) {
      if (random() % 3 != 0) { continue; }
      which.push_back(i);
      from.push_back(group[i]);
      group[i] = random() % num_groups;
      to.push_back(group[i]);
    }
    move_rows_between_groups(rows.data(), which, from, to, d, cut_high.data(), cut_low.data(), sums.first.data(),
                             sums.second.data());
    EXPECT_EQ(sums, add_all(group)) << step;
  }
}

}  // namespace
}  // namespace hammerscale::mllib
