#include <array>
#include <span>

#include "hammerscale/shuffle/combine_table.hpp"
#include "workload.hpp"

namespace hammerscale::bench {
namespace {

using Row = std::pair<std::int32_t, std::int64_t>;

Row make_row(std::int64_t i, std::int32_t num_keys) {
  return {static_cast<std::int32_t>(mixed(static_cast<std::uint64_t>(i)) % static_cast<std::uint64_t>(num_keys)), i};
}

/// What one would write by hand: each of two threads combines its half of the rows in a table, hands the entries of the
/// other's keys over, and combines those it gets.
double bare_reduce_seconds(std::int64_t n, std::int32_t num_keys) {
  std::vector<Row> rows(static_cast<std::size_t>(n));
  for (std::int64_t i = 0; i < n; ++i) { rows[static_cast<std::size_t>(i)] = make_row(i, num_keys); }
  std::array<std::int64_t, 2> sums{};
  const double seconds = best_seconds(3, [&] {
    using Table = shuffle::CombineTable<std::int32_t, std::int64_t>;
    HeapMemorySource memory[4];
    Table tables[4] = {Table(memory[0]), Table(memory[1]), Table(memory[2]), Table(memory[3])};
    std::vector<Row> parts[2][2];
    const auto add = [](std::int64_t& total, std::int64_t value) { total += value; };
    on_two_threads([&](std::size_t t) {
      const auto half = rows.size() / 2;
      tables[t].upsert(std::span<const Row>(rows).subspan(t * half, t == 0 ? half : rows.size() - half), add);
      tables[t].drain_with_hash([&](std::uint64_t hash, std::int32_t key, std::int64_t value) {
        parts[t][shuffle::hash_to_partition(hash, 2)].emplace_back(key, value);
      });
    });
    on_two_threads([&](std::size_t t) {
      for (const auto& from : {std::span<const Row>(parts[0][t]), std::span<const Row>(parts[1][t])}) {
        tables[2 + t].upsert(from, add);
      }
      std::int64_t sum = 0;
      tables[2 + t].for_each([&](std::int32_t, std::int64_t value) { sum += value; });
      sums[t] = sum;
    });
  });
  require(sums[0] + sums[1] == n / 2 * (n - 1) + (n % 2) * (n - 1) / 2, "reduce_by_key: bare");
  return seconds;
}

}  // namespace

std::vector<Measurement> bench_reduce_by_key(Session& session, const BenchOptions& options) {
  const auto n = static_cast<std::int64_t>(20e6 * options.scale);
  const auto num_keys = static_cast<std::int32_t>(1e6 * options.scale);
  const auto rows = session.range(0, n, 1, 2 * session.num_task_threads())
                        .map([num_keys](std::int64_t i) { return make_row(i, num_keys); })
                        .cache();
  require(rows.count() == static_cast<std::uint64_t>(n), "reduce_by_key: input");
  std::pair<std::int64_t, std::int64_t> answer;
  const double seconds = best_seconds(3, [&] {
    answer = rows.reduce_by_key(std::plus<>{})
                 .aggregate(
                     std::pair<std::int64_t, std::int64_t>{0, 0},
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
  Measurement result{"reduce_by_key, 20 M rows, 1 M keys",
                     seconds,
                     0,
                     "bare combine + exchange + combine, 2 threads",
                     std::to_string(static_cast<int>(static_cast<double>(n) / seconds / 1e6)) + " M rows/s",
                     "1.0 s",
                     "0.45 s"};
  if (options.baselines) { result.limit = bare_reduce_seconds(n, num_keys); }
  return {result};
}

}  // namespace hammerscale::bench
