#include "hammerscale/mllib/nearest_centers.hpp"

#include <gtest/gtest.h>

#include <random>

#include "support/reference/kmeans.hpp"

namespace hammerscale::mllib {
namespace {

struct Sample {
  std::vector<double> flat;
  testing::Rows rows;
  std::vector<double> norms;
};

Sample make_sample(std::size_t n, std::size_t d, double offset, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal(offset, 1.0);
  Sample sample;
  for (std::size_t i = 0; i < n; ++i) {
    auto& row = sample.rows.emplace_back();
    for (std::size_t j = 0; j < d; ++j) { row.push_back(normal(random)); }
    sample.flat.insert(sample.flat.end(), row.begin(), row.end());
    sample.norms.push_back(squared_norm(row));
  }
  return sample;
}

TEST(NearestCentersTest, AgreesWithTheDefinitionForAllShapes) {
  for (const std::size_t d : {1U, 2U, 7U, 8U, 9U, 33U}) {
    for (const std::size_t k : {1U, 2U, 15U, 16U, 17U, 50U}) {
      // An offset of 1000 leaves only 10 digits of the products; distances that differ less are compared exactly.
      for (const double offset : {0.0, 1000.0}) {
        const auto points = make_sample(131, d, offset, 1);
        const auto centers = make_sample(k, d, offset, 2);
        std::vector<std::uint32_t> nearest(131);
        std::vector<double> distances(131);
        NearestCenters(centers.flat, k, d).find(points.flat.data(), points.norms.data(), nearest, distances.data());
        for (std::size_t i = 0; i < nearest.size(); ++i) {
          double expected = 0;
          EXPECT_EQ(nearest[i], testing::nearest_center(centers.rows, points.rows[i], expected))
              << d << ' ' << k << ' ' << i;
          // d squares of numbers that are exact but for one rounding, added in another order.
          EXPECT_NEAR(distances[i], expected, expected * static_cast<double>(d + 3) * 0x1p-52);
        }
      }
    }
  }
}

TEST(NearestCentersTest, TiesGoToTheSmallestIndex) {
  const std::vector<double> centers = {5, 5, 1, 0, -1, 0, 0, 1, 1, 0};
  const std::vector<double> point = {0, 0};
  const double norm = 0;
  std::uint32_t nearest = 9;
  double distance = -1;
  NearestCenters(centers, 5, 2).find(point.data(), &norm, {&nearest, 1}, &distance);
  EXPECT_EQ(nearest, 1U);
  EXPECT_EQ(distance, 1.0);
}

TEST(NearestCentersTest, ARowsResultDoesNotDependOnItsNeighbours) {
  const auto points = make_sample(200, 13, 0, 3);
  const auto centers = make_sample(20, 13, 0, 4);
  const NearestCenters nearest_centers(centers.flat, 20, 13);
  std::vector<std::uint32_t> all(200);
  std::vector<double> distances(200);
  nearest_centers.find(points.flat.data(), points.norms.data(), all, distances.data());
  for (std::size_t i = 0; i < 200; ++i) {
    std::uint32_t alone = 0;
    double distance = 0;
    nearest_centers.find(points.rows[i].data(), &points.norms[i], {&alone, 1}, &distance);
    EXPECT_EQ(alone, all[i]);
    EXPECT_EQ(distance, distances[i]);
  }
}

}  // namespace
}  // namespace hammerscale::mllib
