#include <cstring>

#include "hammerscale/shuffle/sort_kernel.hpp"
#include "workload.hpp"

namespace hammerscale::bench {
namespace {

struct Record {
  std::array<std::uint8_t, 10> key;
  std::array<std::uint8_t, 90> rest;
};
static_assert(sizeof(Record) == 100);

Record make_record(std::int64_t i) {
  Record record;
  const auto a = mixed(static_cast<std::uint64_t>(i));
  const auto b = mixed(static_cast<std::uint64_t>(i) + (std::uint64_t{1} << 40));
  std::memcpy(record.key.data(), &a, 8);
  std::memcpy(record.key.data() + 8, &b, 2);
  record.rest.fill(static_cast<std::uint8_t>(i));
  return record;
}

/// What a checksum adds for a record.
std::uint64_t sum_of(const Record& record) {
  std::uint64_t word = 0;
  std::memcpy(&word, record.key.data(), 8);
  return word ^ record.rest[7];
}

/// The bare kernel: each of two threads takes the records of its key range from the input and sorts them.
double bare_terasort_seconds(std::uint64_t n) {
  std::vector<Record> records(n);
  for (std::uint64_t i = 0; i < n; ++i) { records[i] = make_record(static_cast<std::int64_t>(i)); }
  std::vector<Record> halves[2];
  for (auto& half : halves) { half.reserve(n); }
  return best_seconds(2, [&] {
    on_two_threads([&](std::size_t t) {
      halves[t].clear();
      for (const auto& record : records) {
        if ((record.key[0] >= 128) == (t == 1)) { halves[t].push_back(record); }
      }
      HeapMemorySource memory;
      require(shuffle::sort_by_key(
                  std::span(halves[t]), [](const Record& r) -> const auto& { return r.key; },
                  shuffle::SortOrder::kAscending, memory),
              "terasort: bare");
    });
  });
}

}  // namespace

std::vector<Measurement> bench_terasort(Session& session, const BenchOptions& options) {
  const auto n = static_cast<std::int64_t>(5e6 * options.scale);
  const auto threads = session.num_task_threads();
  const auto records = session.range(0, n, 1, threads).map([](std::int64_t i) { return make_record(i); }).cache();
  require(records.count() == static_cast<std::uint64_t>(n), "terasort: input");
  struct Check {
    std::int64_t rows = 0;
    std::uint64_t sum = 0;
    bool ascending = true;
    std::array<std::uint8_t, 10> first{};
    std::array<std::uint8_t, 10> last{};
  };
  const auto check = [](const Dataset<Record>& data) {
    return data
        .map_partitions<Check>([](PartitionRows<Record>& rows, Emitter<Check>& emit) {
          Check result;
          rows.for_each([&](const Record& record) {
            if (result.rows++ == 0) { result.first = record.key; }
            result.ascending = result.ascending && result.last <= record.key;
            result.sum += sum_of(record);
            result.last = record.key;
          });
          emit(result);
        })
        .collect();
  };
  std::uint64_t expected = 0;
  for (const auto& part : check(records)) { expected += part.sum; }
  std::vector<Check> checks;
  const double seconds = best_seconds(
      3, [&] { checks = check(records.sort_by([](const Record& record) { return record.key; }, true, threads)); });
  std::int64_t rows = 0;
  std::uint64_t sum = 0;
  std::array<std::uint8_t, 10> last{};
  for (const auto& part : checks) {
    if (part.rows == 0) { continue; }
    require(part.ascending && part.first >= last, "terasort: keys do not ascend");
    rows += part.rows;
    sum += part.sum;
    last = part.last;
  }
  require(rows == n && sum == expected, "terasort: records were lost or changed");
  Measurement result{"TeraSort, 5 M x 100 B in memory",
                     seconds,
                     0,
                     "bare partition + sort, 2 threads",
                     std::to_string(static_cast<double>(n) * 100 / seconds / 1e9) + " GB/s",
                     "0.4 of it",
                     "0.45 s"};
  if (options.baselines) { result.limit = bare_terasort_seconds(static_cast<std::uint64_t>(n)); }
  records.unpersist();
  return {result};
}

}  // namespace hammerscale::bench
