/// k-means on 1 M x 32, k = 16, 10 iterations: seconds, and the share of the machine's multiply-add limit, which the
/// program measures first. Checks the final cost with a plain loop on the driver before it prints a time.
/// Use: [mpirun -n N] kmeans_bench [ROWS]

#include <hammerscale/hammerscale.hpp>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "hammerscale/mllib/kmeans.hpp"
#include "hammerscale/mllib/nearest_centers.hpp"

namespace hs = hammerscale;

namespace {

constexpr std::size_t d = 32;
constexpr std::uint32_t k = 16;

std::vector<double> make_row(std::uint64_t seed, std::int64_t i) {
  hs::CounterRandom random(seed, static_cast<std::uint64_t>(i));
  std::vector<double> row(d);
  for (auto& x : row) { x = random.gaussian() + static_cast<double>(i % 23 * 7 % 5); }
  return row;
}

/// Multiply-adds a second of all executors: the scoring kernel itself on rows and centres that stay in the L1 cache,
/// with so many features that choosing and summing take no time.
double measure_flops(const hs::Session& session) {
  const auto rates = session.gang([](hs::GangContext& gang) {
    constexpr std::size_t num_features = 256;
    const std::size_t rows = 8;
    const std::vector<double> points(rows * num_features, 0.5);
    const std::vector<double> norms(rows, 1.0);
    std::vector<double> centers(k * num_features);
    for (std::size_t i = 0; i < centers.size(); ++i) { centers[i] = static_cast<double>(i % 7); }
    const hs::mllib::NearestCenters nearest(centers, k, num_features);
    constexpr int kRepeats = 20000;
    const auto begin = std::chrono::steady_clock::now();
    gang.parallel_for(gang.num_threads(), [&](std::size_t) {
      std::vector<std::uint32_t> found(rows);
      std::vector<double> distances(rows);
      for (int i = 0; i < kRepeats; ++i) { nearest.find(points.data(), norms.data(), found, distances.data()); }
    });
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return 2.0 * kRepeats * static_cast<double>(rows * num_features * k) * gang.num_threads() / seconds;
  });
  double total = 0;
  for (const double rate : rates) { total += rate; }
  return total;
}

double plain_cost(const hs::mllib::KMeansModel& model, std::uint64_t seed, std::int64_t n) {
  double cost = 0;
  for (std::int64_t i = 0; i < n; ++i) {
    const auto row = make_row(seed, i);
    double least = INFINITY;
    for (Eigen::Index c = 0; c < model.cluster_centers.rows(); ++c) {
      least = std::min(
          least, (model.cluster_centers.row(c) - Eigen::Map<const Eigen::RowVectorXd>(row.data(), d)).squaredNorm());
    }
    cost += least;
  }
  return cost;
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t n = argc > 1 ? std::atoll(argv[1]) : 1000000;
  return hs::run(argc, argv, [n](hs::Session& session) {
    constexpr std::uint64_t seed = 7;
    const auto points = session.range(n).map([](std::int64_t i) { return make_row(seed, i); }).cache();
    points.count();
    const double limit = measure_flops(session);
    hs::mllib::KMeansModel best;
    for (int repeat = 0; repeat < 5; ++repeat) {
      const auto model =
          hs::mllib::fit_kmeans(points, {.k = k, .max_iter = 10, .tol = 0, .init_mode = "random", .seed = 1});
      if (repeat == 0 || model.iterate_seconds < best.iterate_seconds) { best = model; }
    }
    const double expected = plain_cost(best, seed, n);
    if (std::abs(best.training_cost - expected) > 1e-9 * expected || best.num_iter != 10) {
      throw hs::InternalError("k-means has another cost than the plain loop");
    }
    const double flops = 2.0 * static_cast<double>(n) * d * k * best.num_iter / best.iterate_seconds;
    std::printf("kmeans rows=%lld d=%zu k=%u iterations=%u cost=%.17g\n", static_cast<long long>(n), d, k,
                best.num_iter, best.training_cost);
    std::printf("  iterate %.3f s (%.1f GFLOP/s, %.0f %% of %.1f), load %.3f s, initialize %.3f s\n",
                best.iterate_seconds, flops / 1e9, 100 * flops / limit, limit / 1e9, best.load_seconds,
                best.initialize_seconds);
  });
}
