#include <cstring>

#include "hammerscale/shuffle/key_hash.hpp"
#include "workload.hpp"

namespace hammerscale::bench {
namespace {

using Row = std::pair<std::int64_t, std::int64_t>;
struct Value {
  std::array<std::uint64_t, 127> words;
};
using LargeRow = std::pair<std::int64_t, Value>;

/// The bare exchange: two threads scatter their rows by hash into two buffers each, then each reads its two buffers.
template <typename T>
double bare_exchange_seconds(std::uint64_t n) {
  std::vector<T> rows(n);
  for (std::uint64_t i = 0; i < n; ++i) { rows[i].first = static_cast<std::int64_t>(mixed(i)); }
  std::vector<T> parts[2][2];
  for (auto& from : parts) {
    for (auto& to : from) { to.resize(n * 3 / 4); }
  }
  volatile std::int64_t sink = 0;
  return best_seconds(3, [&] {
    std::size_t counts[2][2] = {};
    on_two_threads([&](std::size_t t) {
      for (std::uint64_t i = n / 2 * t; i < (t == 0 ? n / 2 : n); ++i) {
        const auto to = shuffle::hash_to_partition(shuffle::KeyHash{}(rows[i].first), 2);
        parts[t][to][counts[t][to]++] = rows[i];
      }
    });
    on_two_threads([&](std::size_t t) {
      std::int64_t sum = 0;
      for (const auto& from :
           {std::span(parts[0][t].data(), counts[0][t]), std::span(parts[1][t].data(), counts[1][t])}) {
        for (const auto& row : from) { sum += row.first; }
      }
      sink = sum;
    });
  });
}

template <typename T, typename Make>
Measurement bench_rows(Session& session, const BenchOptions& options, std::uint64_t n, const char* name, Make make) {
  const auto threads = session.num_task_threads();
  const auto rows = session.range(0, static_cast<std::int64_t>(n), 1, threads).map(make).cache();
  const auto sum_keys = [](const Dataset<T>& data) {
    return data.aggregate(
        std::uint64_t{0},
        [](std::uint64_t total, const T& row) { return total + static_cast<std::uint64_t>(row.first); }, std::plus<>{});
  };
  const auto expected = sum_keys(rows);
  std::uint64_t sum = 0;
  const double seconds = best_seconds(6, [&] { sum = sum_keys(rows.partition_by(HashPartitioner(threads))); });
  require(sum == expected, std::string("shuffle: ") + name);
  const double bytes = static_cast<double>(n * sizeof(T));
  Measurement result{name,
                     seconds,
                     0,
                     "bare partition + exchange in memory, 2 threads",
                     std::to_string(static_cast<int>(static_cast<double>(n) / seconds / 1e6)) + " M rows/s, " +
                         std::to_string(bytes / seconds / 1e9) + " GB/s",
                     "0.8 of it",
                     sizeof(T) > 100 ? "15 GB/s" : "260 M rows/s"};
  if (options.baselines) { result.limit = bare_exchange_seconds<T>(n); }
  rows.unpersist();
  return result;
}

}  // namespace

std::vector<Measurement> bench_shuffle(Session& session, const BenchOptions& options) {
  std::vector<Measurement> results;
  results.push_back(bench_rows<Row>(
      session, options, static_cast<std::uint64_t>(16e6 * options.scale), "shuffle, 16 M rows of 16 bytes",
      [](std::int64_t i) { return Row(static_cast<std::int64_t>(mixed(static_cast<std::uint64_t>(i))), i); }));
  results.push_back(bench_rows<LargeRow>(session, options, static_cast<std::uint64_t>(500e3 * options.scale),
                                         "shuffle, 500 k values of 1 KiB", [](std::int64_t i) {
                                           LargeRow row;
                                           row.first = static_cast<std::int64_t>(mixed(static_cast<std::uint64_t>(i)));
                                           row.second.words.fill(static_cast<std::uint64_t>(i));
                                           return row;
                                         }));
  return results;
}

}  // namespace hammerscale::bench
