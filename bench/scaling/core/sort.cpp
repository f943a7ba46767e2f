#include <algorithm>
#include <span>

#include "hammerscale/shuffle/sort_kernel.hpp"
#include "workload.hpp"

namespace hammerscale::bench {
namespace {

/// The bare kernel: each thread scatters its half of the keys to the range they belong to, then sorts one range with
/// the best sort there is. Two threads, one exchange.
double bare_sort_seconds(std::uint64_t n) {
  std::vector<std::int64_t> keys(n);
  for (std::uint64_t i = 0; i < n; ++i) { keys[i] = static_cast<std::int64_t>(mixed(i)); }
  std::vector<std::int64_t> parts[2][2];
  for (auto& from : parts) {
    for (auto& to : from) { to.resize(n); }
  }
  std::vector<std::int64_t> sorted[2];
  for (auto& half : sorted) { half.resize(n); }
  return best_seconds(3, [&] {
    std::size_t counts[2][2] = {};
    on_two_threads([&](std::size_t t) {
      for (std::uint64_t i = n / 2 * t; i < (t == 0 ? n / 2 : n); ++i) {
        const std::size_t to = keys[i] < 0 ? 0 : 1;
        parts[t][to][counts[t][to]++] = keys[i];
      }
    });
    on_two_threads([&](std::size_t t) {
      auto end = std::copy_n(parts[0][t].begin(), counts[0][t], sorted[t].begin());
      end = std::copy_n(parts[1][t].begin(), counts[1][t], end);
      shuffle::sort_keys(std::span(sorted[t].data(), static_cast<std::size_t>(end - sorted[t].begin())));
    });
  });
}

}  // namespace

std::vector<Measurement> bench_sort(Session& session, const BenchOptions& options) {
  const auto n = static_cast<std::int64_t>(10e6 * options.scale);
  const auto threads = session.num_task_threads();
  const auto keys =
      session.range(0, n, 1, threads)
          .map([](std::int64_t i) { return static_cast<std::int64_t>(mixed(static_cast<std::uint64_t>(i))); })
          .cache();
  const auto sum = keys.map([](std::int64_t x) { return static_cast<std::uint64_t>(x); }).sum();
  // The answer of the sort: rows, their sum, and whether they ascend, from one pass over the sorted partitions.
  using Check = std::array<std::int64_t, 4>;  // rows, sum, first, last
  std::vector<Check> checks;
  const double seconds = best_seconds(3, [&] {
    checks = keys.sort(true, threads)
                 .map_partitions<Check>([](PartitionRows<std::int64_t>& rows, Emitter<Check>& emit) {
                   Check check{0, 0, INT64_MIN, INT64_MIN};
                   bool ascending = true;
                   rows.for_each([&](std::int64_t x) {
                     if (check[0]++ == 0) { check[2] = x; }
                     ascending = ascending && check[3] <= x;
                     check[1] = static_cast<std::int64_t>(static_cast<std::uint64_t>(check[1]) +
                                                          static_cast<std::uint64_t>(x));
                     check[3] = x;
                   });
                   if (!ascending) { check[0] = -1; }
                   emit(check);
                 })
                 .collect();
  });
  std::int64_t rows = 0;
  std::uint64_t sorted_sum = 0;
  std::int64_t last = INT64_MIN;
  for (const auto& check : checks) {
    if (check[0] == 0) { continue; }
    require(check[0] > 0 && check[2] >= last, "sort: keys do not ascend");
    rows += check[0];
    sorted_sum += static_cast<std::uint64_t>(check[1]);
    last = check[3];
  }
  require(rows == n && sorted_sum == sum, "sort: keys were lost or changed");
  Measurement result{"sort, 10 M int64",
                     seconds,
                     0,
                     "bare vqsort + one exchange, 2 threads",
                     std::to_string(static_cast<int>(static_cast<double>(n) / seconds / 1e6)) + " M keys/s",
                     "0.4 of it",
                     "0.13 s"};
  if (options.baselines) { result.limit = bare_sort_seconds(static_cast<std::uint64_t>(n)); }
  keys.unpersist();
  return {result};
}

}  // namespace hammerscale::bench
