#include "workload.hpp"

namespace hammerscale::bench {

std::vector<Measurement> bench_reduce_by_key(Session& session, const BenchOptions& options) {
  const auto n = static_cast<std::int64_t>(20e6 * options.scale);
  const auto num_keys = static_cast<std::int32_t>(1e6 * options.scale);
  using Row = std::pair<std::int32_t, std::int64_t>;
  const auto rows = session.range(0, n, 1, 2 * session.num_task_threads())
                        .map([num_keys](std::int64_t i) {
                          return Row(static_cast<std::int32_t>(mixed(static_cast<std::uint64_t>(i)) % static_cast<std::uint64_t>(num_keys)), i);
                        })
                        .cache();
  require(rows.count() == static_cast<std::uint64_t>(n), "reduce_by_key: input");
  std::pair<std::int64_t, std::int64_t> answer;
  const double seconds = best_seconds(3, [&] {
    answer = rows.reduce_by_key(std::plus<>{})
                 .aggregate(std::pair<std::int64_t, std::int64_t>{0, 0},
                            [](std::pair<std::int64_t, std::int64_t> total, const Row& row) {
                              return std::pair<std::int64_t, std::int64_t>(total.first + 1, total.second + row.second);
                            },
                            [](std::pair<std::int64_t, std::int64_t> a, const std::pair<std::int64_t, std::int64_t>& b) {
                              return std::pair<std::int64_t, std::int64_t>(a.first + b.first, a.second + b.second);
                            });
  });
  require(answer.second == n / 2 * (n - 1) + (n % 2) * (n - 1) / 2, "reduce_by_key: sum");
  require(answer.first > num_keys * 9L / 10 && answer.first <= num_keys, "reduce_by_key: number of keys");
  rows.unpersist();
  return {{"reduce_by_key, 20 M rows, 1 M keys", seconds, 10.4, "Spark's RDD, measured on such a machine (10.4 s)",
           std::to_string(static_cast<int>(static_cast<double>(n) / seconds / 1e6)) + " M rows/s"}};
}

}  // namespace hammerscale::bench
