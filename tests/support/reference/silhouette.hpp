#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

#include "support/reference/kmeans.hpp"

namespace hammerscale::testing {

/// The weighted mean silhouette by squared Euclidean distance, from the definition: all pairs of rows meet.
inline double mean_silhouette(const Rows& rows, const std::vector<std::size_t>& cluster, std::size_t k,
                              const std::vector<double>& weights) {
  double total = 0;
  double total_weight = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::vector<double> sums(k, 0.0);
    std::vector<double> masses(k, 0.0);
    for (std::size_t other = 0; other < rows.size(); ++other) {
      double distance = 0;
      for (std::size_t j = 0; j < rows[i].size(); ++j) {
        distance += (rows[i][j] - rows[other][j]) * (rows[i][j] - rows[other][j]);
      }
      sums[cluster[other]] += weights[other] * distance;
      masses[cluster[other]] += weights[other];
    }
    const double others = masses[cluster[i]] - weights[i];
    double between = std::numeric_limits<double>::infinity();
    for (std::size_t c = 0; c < k; ++c) {
      if (c != cluster[i] && masses[c] > 0) { between = std::min(between, sums[c] / masses[c]); }
    }
    const double within = others > 0 ? sums[cluster[i]] / others : 0;
    const double silhouette = others > 0 ? (between - within) / std::max(between, within) : 0;
    total += weights[i] * silhouette;
    total_weight += weights[i];
  }
  return total / total_weight;
}

}  // namespace hammerscale::testing
