#include "hammerscale/mllib/weighted_kmeans.hpp"

#include <algorithm>
#include <limits>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/counter_random.hpp"
#include "hammerscale/mllib/nearest_centers.hpp"

namespace hammerscale::mllib {
namespace {

constexpr int kMaxIterations = 30;

/// Index drawn with probability proportional to its mass; the last with any when rounding leads past the end.
std::size_t draw(std::span<const double> mass, double uniform) {
  double total = 0;
  for (const double x : mass) { total += x; }
  double left = uniform * total;
  std::size_t last = 0;
  for (std::size_t i = 0; i < mass.size(); ++i) {
    if (mass[i] <= 0) { continue; }
    last = i;
    left -= mass[i];
    if (left < 0) { return i; }
  }
  return last;
}

std::vector<double> plus_plus(std::span<const double> points, std::span<const double> weights,
                              std::span<const double> norms, std::size_t d, std::size_t k, std::uint64_t seed) {
  const std::size_t m = weights.size();
  CounterRandom random(seed, 0);
  std::vector<double> centers;
  std::vector<double> mass(weights.begin(), weights.end());
  std::vector<double> least(m, std::numeric_limits<double>::infinity());
  std::vector<double> distances(m);
  std::vector<std::uint32_t> nearest(m);
  while (centers.size() < k * d) {
    const std::size_t chosen = draw(mass, random.uniform());
    const auto center = points.subspan(chosen * d, d);
    centers.insert(centers.end(), center.begin(), center.end());
    NearestCenters(center, 1, d).find(points.data(), norms.data(), nearest, distances.data());
    for (std::size_t i = 0; i < m; ++i) {
      least[i] = std::min(least[i], distances[i]);
      mass[i] = weights[i] * least[i];
    }
    if (std::all_of(mass.begin(), mass.end(), [](double x) { return x <= 0; })) {
      // Only points without weight are left.
      for (std::size_t i = 0; i < m; ++i) { mass[i] = least[i]; }
    }
  }
  return centers;
}

}  // namespace

std::vector<double> cluster_weighted_sample(std::span<const double> points, std::span<const double> weights,
                                            std::size_t d, std::size_t k, std::uint64_t seed) {
  const std::size_t m = weights.size();
  HS_CHECK(points.size() == m * d);
  if (m <= k) { return {points.begin(), points.end()}; }
  std::vector<double> norms(m);
  for (std::size_t i = 0; i < m; ++i) { norms[i] = squared_norm(points.subspan(i * d, d)); }
  auto centers = plus_plus(points, weights, norms, d, k, seed);

  std::vector<std::uint32_t> before;
  std::vector<std::uint32_t> nearest(m);
  std::vector<double> distances(m);
  for (int iteration = 0; iteration < kMaxIterations; ++iteration) {
    NearestCenters(centers, k, d).find(points.data(), norms.data(), nearest, distances.data());
    if (nearest == before) { break; }
    before = nearest;
    std::vector<double> sums(k * d, 0.0);
    std::vector<double> mass(k, 0.0);
    for (std::size_t i = 0; i < m; ++i) {
      mass[nearest[i]] += weights[i];
      for (std::size_t j = 0; j < d; ++j) { sums[nearest[i] * d + j] += weights[i] * points[i * d + j]; }
    }
    for (std::size_t c = 0; c < k; ++c) {
      if (mass[c] <= 0) { continue; }
      for (std::size_t j = 0; j < d; ++j) { centers[c * d + j] = sums[c * d + j] / mass[c]; }
    }
  }
  return centers;
}

}  // namespace hammerscale::mllib
