// Sum by key over random 64-bit keys, against std::unordered_map. Verified by the sums of all values and keys.
#include <unordered_map>
#include <vector>

#include "bench_report.hpp"
#include "hammerscale/shuffle/combine_table.hpp"

namespace hs = hammerscale;
using hs::shuffle::CombineTable;
using Row = std::pair<std::int64_t, std::int64_t>;

namespace {

void run(std::size_t num_rows, std::uint64_t num_keys, bool with_reference) {
  std::vector<Row> rows(num_rows);
  std::int64_t total = 0;
  for (std::size_t i = 0; i < num_rows; ++i) {
    const auto key = static_cast<std::int64_t>(hs::shuffle::mix_bits(hs::shuffle::mix_bits(i) % num_keys));
    rows[i] = {key, static_cast<std::int64_t>(i % 1000)};
    total += rows[i].second;
  }
  double reference = 0.0;
  std::size_t num_groups = 0;
  if (with_reference) {
    reference = hs::bench::best_seconds(1, [&] {
      std::unordered_map<std::int64_t, std::int64_t> sums;
      for (const auto& [key, value] : rows) { sums[key] += value; }
      num_groups = sums.size();
    });
    hs::bench::report("std::unordered_map", static_cast<double>(num_rows) / 1e6, "Mrows/s", reference);
  }
  hs::HeapMemorySource memory;
  CombineTable<std::int64_t, std::int64_t> table(memory);
  const auto add = [](std::int64_t& sum, std::int64_t value) { sum += value; };
  const auto fill = [&] { static_cast<void>(table.upsert(std::span<const Row>(rows), add)); };
  const auto check = [&] {
    std::int64_t sum = 0;
    table.for_each([&](const std::int64_t&, const std::int64_t& value) { sum += value; });
    hs::bench::verify(sum == total && (!with_reference || table.size() == num_groups), "sums by key");
  };
  const double growing = hs::bench::best_seconds(3, [&] {
    table.release();
    fill();
  });
  check();
  const double reusing = hs::bench::best_seconds(5, [&] {
    table.clear();
    fill();
  });
  check();
  std::printf("%zu rows, %zu groups\n", num_rows, table.size());
  hs::bench::report("CombineTable, fresh memory, growing", static_cast<double>(num_rows) / 1e6, "Mrows/s", growing,
                    reference);
  hs::bench::report("CombineTable, reused slots", static_cast<double>(num_rows) / 1e6, "Mrows/s", reusing, reference);
}

}  // namespace

int main() {
  run(10'000'000, 100, true);
  run(10'000'000, 10'000, true);
  run(10'000'000, 1'000'000, true);
  run(10'000'000, 10'000'000'000, true);
}
