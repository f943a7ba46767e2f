#include "workload.hpp"

namespace hammerscale::bench {

std::vector<Measurement> bench_join(Session& session, const BenchOptions& options) {
  const auto n = static_cast<std::int64_t>(5e6 * options.scale);
  using Row = std::pair<std::int64_t, std::int64_t>;
  const auto side = [&](std::uint64_t salt) {
    return session.range(0, n, 1, 2 * session.num_task_threads())
        .map([n, salt](std::int64_t i) {
          return Row(static_cast<std::int64_t>(mixed(static_cast<std::uint64_t>(i) ^ salt) % static_cast<std::uint64_t>(n)), i);
        })
        .cache();
  };
  const auto left = side(0);
  const auto right = side(0x5555555555555555ULL);
  require(left.count() + right.count() == 2 * static_cast<std::uint64_t>(n), "join: input");
  // The number of pairs from the numbers of rows a key has, by another way than the join.
  const auto ones = [](std::int64_t) { return std::int64_t{1}; };
  const auto counts_left = left.map_values(ones).reduce_by_key(std::plus<>{});
  const auto counts_right = right.map_values(ones).reduce_by_key(std::plus<>{});
  const auto expected = counts_left.cogroup(counts_right)
                            .map([](const auto& row) {
                              return row.second.first.empty() || row.second.second.empty()
                                         ? std::int64_t{0}
                                         : row.second.first[0] * row.second.second[0];
                            })
                            .sum();
  std::uint64_t num_pairs = 0;
  const double seconds = best_seconds(3, [&] { num_pairs = left.join(right).count(); });
  require(num_pairs == static_cast<std::uint64_t>(expected), "join: number of pairs");
  left.unpersist();
  right.unpersist();
  return {{"join, 5 M x 5 M int64 keys", seconds, 6.8, "Spark's RDD, measured on such a machine (6.8 s)",
           std::to_string(static_cast<int>(2 * static_cast<double>(n) / seconds / 1e6)) + " M rows/s"}};
}

}  // namespace hammerscale::bench
