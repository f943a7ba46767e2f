#include <array>
#include <span>

#include "hammerscale/shuffle/combine_table.hpp"
#include "workload.hpp"

namespace hammerscale::bench {
namespace {

using Row = std::pair<std::int64_t, std::int64_t>;
constexpr std::uint64_t kRightSalt = 0x5555555555555555ULL;

Row make_row(std::int64_t i, std::int64_t n, std::uint64_t salt) {
  return {static_cast<std::int64_t>(mixed(static_cast<std::uint64_t>(i) ^ salt) % static_cast<std::uint64_t>(n)), i};
}

/// What one would write by hand: each of two threads scatters its half of both sides, then builds a table of chains
/// over its share of one side and walks the chains for each row of the other.
double bare_join_seconds(std::int64_t n, std::uint64_t expected) {
  const auto size = static_cast<std::size_t>(n);
  std::vector<Row> sides[2] = {std::vector<Row>(size), std::vector<Row>(size)};
  for (std::size_t i = 0; i < size; ++i) {
    sides[0][i] = make_row(static_cast<std::int64_t>(i), n, 0);
    sides[1][i] = make_row(static_cast<std::int64_t>(i), n, kRightSalt);
  }
  std::vector<Row> parts[2][2][2];  // side, from, to
  for (auto& side : parts) {
    for (auto& from : side) {
      for (auto& to : from) { to.resize(size); }
    }
  }
  std::array<std::uint64_t, 2> pairs{};
  const double seconds = best_seconds(3, [&] {
    std::size_t counts[2][2][2] = {};
    on_two_threads([&](std::size_t t) {
      for (std::size_t side = 0; side < 2; ++side) {
        for (std::size_t i = size / 2 * t; i < (t == 0 ? size / 2 : size); ++i) {
          const auto to = shuffle::hash_to_partition(shuffle::KeyHash{}(sides[side][i].first), 2);
          parts[side][t][to][counts[side][t][to]++] = sides[side][i];
        }
      }
    });
    on_two_threads([&](std::size_t t) {
      HeapMemorySource memory;
      shuffle::CombineTable<std::int64_t, std::uint32_t> heads(memory);
      std::vector<std::pair<std::int64_t, std::uint32_t>> chained;  // value, next
      for (std::size_t from = 0; from < 2; ++from) {
        const auto* rows = parts[0][from][t].data();
        heads.upsert_block(
            counts[0][from][t], [&](std::size_t i) { return rows[i].first; },
            [&](std::size_t i) {
              chained.emplace_back(rows[i].second, UINT32_MAX);
              return static_cast<std::uint32_t>(chained.size() - 1);
            },
            [&](std::uint32_t& head, std::size_t i) {
              chained.emplace_back(rows[i].second, head);
              head = static_cast<std::uint32_t>(chained.size() - 1);
            });
      }
      std::uint64_t found = 0;
      std::int64_t sum = 0;
      constexpr std::size_t kAhead = 16;
      for (std::size_t from = 0; from < 2; ++from) {
        const std::span<const Row> rows(parts[1][from][t].data(), counts[1][from][t]);
        std::array<std::uint64_t, kAhead> hashes{};
        for (std::size_t i = 0; i < rows.size() + kAhead; ++i) {
          if (i >= kAhead) {
            const auto& row = rows[i - kAhead];
            const auto* head = heads.find(row.first, hashes[i % kAhead]);
            for (auto at = head == nullptr ? UINT32_MAX : *head; at != UINT32_MAX; at = chained[at].second) {
              ++found;
              sum += chained[at].first ^ row.second;
            }
          }
          if (i < rows.size()) {
            hashes[i % kAhead] = heads.hash_of(rows[i].first);
            heads.prefetch(hashes[i % kAhead]);
          }
        }
      }
      volatile std::int64_t sink = sum;
      static_cast<void>(sink);
      pairs[t] = found;
    });
  });
  require(pairs[0] + pairs[1] == expected, "join: bare");
  return seconds;
}

}  // namespace

std::vector<Measurement> bench_join(Session& session, const BenchOptions& options) {
  const auto n = static_cast<std::int64_t>(5e6 * options.scale);
  const auto side = [&](std::uint64_t salt) {
    return session.range(0, n, 1, 2 * session.num_task_threads())
        .map([n, salt](std::int64_t i) { return make_row(i, n, salt); })
        .cache();
  };
  const auto left = side(0);
  const auto right = side(kRightSalt);
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
  Measurement result{"join, 5 M x 5 M int64 keys",
                     seconds,
                     0,
                     "bare partition + build + probe, 2 threads",
                     std::to_string(static_cast<int>(2 * static_cast<double>(n) / seconds / 1e6)) + " M rows/s",
                     "0.7 s",
                     "0.36 s"};
  if (options.baselines) { result.limit = bare_join_seconds(n, num_pairs); }
  return {result};
}

}  // namespace hammerscale::bench
