// Sorting of numbers and of 100-byte records with a 10-byte key, against std::sort. Verified by order and sums.
#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "bench_report.hpp"
#include "hammerscale/shuffle/key_hash.hpp"
#include "hammerscale/shuffle/loser_tree.hpp"
#include "hammerscale/shuffle/sort_kernel.hpp"

namespace hs = hammerscale;
using namespace hs::shuffle;

namespace {

/// Gives the same memory again, as the pools of a running program do: fresh memory costs more than the sort.
class ReusingMemorySource final : public hs::MemorySource {
 public:
  ~ReusingMemorySource() override {
    for (const auto& [memory, num_bytes] : free_) { heap_.deallocate(memory, num_bytes); }
  }
  std::byte* allocate(std::size_t num_bytes) override {
    const auto found =
        std::find_if(free_.begin(), free_.end(), [&](const auto& block) { return block.second == num_bytes; });
    if (found == free_.end()) { return heap_.allocate(num_bytes); }
    std::byte* memory = found->first;
    free_.erase(found);
    return memory;
  }
  void deallocate(std::byte* memory, std::size_t num_bytes) noexcept override { free_.emplace_back(memory, num_bytes); }

 private:
  hs::HeapMemorySource heap_;
  std::vector<std::pair<std::byte*, std::size_t>> free_;
};

struct Record {
  std::array<std::uint8_t, 10> key;
  std::array<std::uint8_t, 90> payload;
};
static_assert(sizeof(Record) == 100);

template <typename T>
void bench_numbers(const char* name) {
  constexpr std::size_t kNumKeys = 10'000'000;
  std::vector<T> input(kNumKeys);
  for (std::size_t i = 0; i < kNumKeys; ++i) { input[i] = static_cast<T>(static_cast<std::int64_t>(mix_bits(i))); }
  auto expected = input;
  const double reference = hs::bench::best_seconds(1, [&] { std::sort(expected.begin(), expected.end()); });
  auto keys = input;
  double seconds = 1e300;
  for (int i = 0; i < 3; ++i) {
    keys = input;
    seconds = std::min(seconds, hs::bench::best_seconds(1, [&] { sort_keys(std::span(keys)); }));
  }
  hs::bench::verify(keys == expected, "sorted numbers");
  hs::bench::report(std::string("std::sort ") + name, kNumKeys / 1e6, "Mkeys/s", reference);
  hs::bench::report(std::string("sort_keys ") + name, kNumKeys / 1e6, "Mkeys/s", seconds, reference);
}

void bench_pairs() {
  using Row = std::pair<std::int64_t, std::int64_t>;
  constexpr std::size_t kNumRows = 10'000'000;
  std::vector<Row> input(kNumRows);
  for (std::size_t i = 0; i < kNumRows; ++i) {
    input[i] = {static_cast<std::int64_t>(mix_bits(i)), static_cast<std::int64_t>(i)};
  }
  auto expected = input;
  const auto less = [](const Row& a, const Row& b) { return a.first < b.first; };
  const double reference =
      hs::bench::best_seconds(1, [&] { std::stable_sort(expected.begin(), expected.end(), less); });
  ReusingMemorySource memory;
  auto rows = input;
  double seconds = 1e300;
  for (int i = 0; i < 3; ++i) {
    rows = input;
    seconds = std::min(seconds, hs::bench::best_seconds(1, [&] {
                         hs::bench::verify(sort_by_key(
                                               std::span(rows), [](const Row& row) { return row.first; },
                                               SortOrder::kAscending, memory),
                                           "memory");
                       }));
  }
  hs::bench::verify(rows == expected, "sorted pairs");
  hs::bench::report("std::stable_sort pairs", kNumRows / 1e6, "Mrows/s", reference);
  hs::bench::report("sort_by_key pairs", kNumRows / 1e6, "Mrows/s", seconds, reference);
}

void bench_records() {
  constexpr std::size_t kNumRecords = 5'000'000;
  hs::HeapMemorySource memory;
  const std::size_t num_bytes = kNumRecords * sizeof(Record);
  const std::span<Record> records(reinterpret_cast<Record*>(memory.allocate(num_bytes)), kNumRecords);
  const std::span<Record> output(reinterpret_cast<Record*>(memory.allocate(num_bytes)), kNumRecords);
  const std::size_t scratch_bytes = permutation_scratch_bytes(kNumRecords);
  const std::span<std::uint64_t> scratch(reinterpret_cast<std::uint64_t*>(memory.allocate(scratch_bytes)),
                                         2 * kNumRecords);
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < kNumRecords; ++i) {
    const std::array<std::uint64_t, 2> bits{mix_bits(i), mix_bits(~i)};
    std::memcpy(records[i].key.data(), bits.data(), 10);
    records[i].payload.fill(static_cast<std::uint8_t>(i));
    sum += bits[0] + static_cast<std::uint8_t>(i);
  }
  const double permutation = hs::bench::best_seconds(3, [&] {
    static_cast<void>(sort_permutation(
        kNumRecords, [&](std::size_t i) -> const auto& { return records[i].key; }, SortOrder::kAscending, scratch));
  });
  const double sorting = hs::bench::best_seconds(3, [&] {
    const auto order = sort_permutation(
        kNumRecords, [&](std::size_t i) -> const auto& { return records[i].key; }, SortOrder::kAscending, scratch);
    gather<Record>(records, order, output);
  });
  std::uint64_t sum_after = 0;
  for (std::size_t i = 0; i < kNumRecords; ++i) {
    std::uint64_t bits;
    std::memcpy(&bits, output[i].key.data(), 8);
    sum_after += bits + output[i].payload[17];
    hs::bench::verify(i == 0 || !(output[i].key < output[i - 1].key), "order of records");
  }
  hs::bench::verify(sum == sum_after, "records are a permutation");
  const double reference = hs::bench::best_seconds(1, [&] {
    std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.key < b.key; });
  });
  hs::bench::report("std::sort 100-byte records", num_bytes / 1e6, "MB/s", reference);
  hs::bench::report("permutation of 100-byte records", num_bytes / 1e6, "MB/s", permutation, reference);
  hs::bench::report("permutation + gather of 100-byte records", num_bytes / 1e6, "MB/s", sorting, reference);
  memory.deallocate(reinterpret_cast<std::byte*>(records.data()), num_bytes);
  memory.deallocate(reinterpret_cast<std::byte*>(output.data()), num_bytes);
  memory.deallocate(reinterpret_cast<std::byte*>(scratch.data()), scratch_bytes);
}

void bench_merge() {
  constexpr std::size_t kNumSources = 16;
  constexpr std::size_t kSourceSize = 500'000;
  std::vector<std::vector<std::int64_t>> sources(kNumSources);
  for (std::size_t s = 0; s < kNumSources; ++s) {
    for (std::size_t i = 0; i < kSourceSize; ++i) {
      sources[s].push_back(static_cast<std::int64_t>(mix_bits(s * kSourceSize + i)));
    }
    sort_keys(std::span(sources[s]));
  }
  std::vector<std::int64_t> output(kNumSources * kSourceSize);
  const double seconds = hs::bench::best_seconds(3, [&] {
    std::vector<bool> asked(kNumSources);
    const auto next_block = [&](std::size_t s) {
      const bool first = !asked[s];
      asked[s] = true;
      return first ? std::span<const std::int64_t>(sources[s]) : std::span<const std::int64_t>();
    };
    LoserTree<const std::int64_t, std::less<>, decltype(next_block)> tree(kNumSources, {}, next_block);
    hs::bench::verify(tree.merge(output) == output.size(), "number of merged keys");
  });
  hs::bench::verify(std::is_sorted(output.begin(), output.end()), "merged order");
  hs::bench::report("LoserTree, 16 sources of int64", static_cast<double>(output.size()) / 1e6, "Mkeys/s", seconds);
}

}  // namespace

int main() {
  bench_numbers<std::uint64_t>("uint64");
  bench_numbers<double>("double");
  bench_numbers<std::int32_t>("int32");
  bench_pairs();
  bench_records();
  bench_merge();
}
