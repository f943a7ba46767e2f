#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace hammerscale::testing {

using Rows = std::vector<std::vector<double>>;

/// Index of the nearest centre; the first of equals. Adds its squared distance to cost.
inline std::size_t nearest_center(const Rows& centers, const std::vector<double>& row, double& cost) {
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < centers.size(); ++c) {
    double distance = 0;
    for (std::size_t j = 0; j < row.size(); ++j) { distance += (row[j] - centers[c][j]) * (row[j] - centers[c][j]); }
    if (distance < least) {
      least = distance;
      best = c;
    }
  }
  cost += least;
  return best;
}

/// One iteration of Lloyd, from the definition. @param weights  of the rows; none: 1. @return the cost with which it
/// began.
inline double lloyd_iteration(const Rows& rows, Rows& centers, const std::vector<double>& weights = {}) {
  Rows sums(centers.size(), std::vector<double>(rows[0].size(), 0.0));
  std::vector<double> counts(centers.size(), 0.0);
  double cost = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const double weight = weights.empty() ? 1.0 : weights[i];
    double distance = 0;
    const auto c = nearest_center(centers, row, distance);
    cost += weight * distance;
    counts[c] += weight;
    for (std::size_t j = 0; j < row.size(); ++j) { sums[c][j] += weight * row[j]; }
  }
  for (std::size_t c = 0; c < centers.size(); ++c) {
    for (std::size_t j = 0; counts[c] > 0 && j < sums[c].size(); ++j) { centers[c][j] = sums[c][j] / counts[c]; }
  }
  return cost;
}

}  // namespace hammerscale::testing
