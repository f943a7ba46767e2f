// Scatter of 16-byte rows by the hash of their key, against memcpy of the same bytes. Verified by counts and sums.
#include <cstring>
#include <vector>

#include "bench_report.hpp"
#include "hammerscale/base/memory_source.hpp"
#include "hammerscale/shuffle/key_hash.hpp"
#include "hammerscale/shuffle/partition_scatter.hpp"

namespace hs = hammerscale;
using namespace hs::shuffle;

namespace {

struct Row {
  std::uint64_t key;
  std::uint64_t value;
};

constexpr std::size_t kNumRows = 8'000'000;
constexpr std::size_t kBufferBytes = 256 << 10;

void run(std::uint32_t num_partitions, std::span<const Row> rows, std::span<std::byte> arena, double copy_seconds) {
  std::vector<ScatterCursor> cursors(num_partitions);
  std::vector<std::vector<std::pair<std::byte*, std::byte*>>> filled(num_partitions);
  std::vector<std::byte*> begins(num_partitions);
  std::byte* free = arena.data();
  const std::size_t buffer_bytes = num_partitions > 256 ? kBufferBytes / 16 : kBufferBytes;
  const auto refill = [&](std::uint32_t partition, ScatterCursor& cursor, std::size_t) {
    if (cursor.next != nullptr) { filled[partition].emplace_back(begins[partition], cursor.next); }
    hs::bench::verify(free + buffer_bytes <= arena.data() + arena.size(), "arena is large enough");
    begins[partition] = free;
    cursor = {free, free + buffer_bytes};
    free += buffer_bytes;
  };
  const auto reset = [&] {
    free = arena.data();
    std::fill(cursors.begin(), cursors.end(), ScatterCursor{});
    for (auto& list : filled) { list.clear(); }
  };
  const auto check = [&] {
    std::uint64_t sum = 0;
    std::size_t count = 0;
    for (std::uint32_t p = 0; p < num_partitions; ++p) {
      if (cursors[p].next != nullptr) { filled[p].emplace_back(begins[p], cursors[p].next); }
      for (const auto& [begin, end] : filled[p]) {
        for (const std::byte* at = begin; at < end; at += sizeof(Row)) {
          Row row;
          std::memcpy(&row, at, sizeof(row));
          hs::bench::verify(hash_to_partition(KeyHash{}(row.key), num_partitions) == p, "partition of a row");
          sum += row.value;
          ++count;
        }
      }
    }
    hs::bench::verify(count == rows.size() && sum == rows.size() * (rows.size() - 1) / 2, "rows after scatter");
  };
  const auto partition_of = [=](const Row& row) { return hash_to_partition(KeyHash{}(row.key), num_partitions); };
  const double direct = hs::bench::best_seconds(5, [&] {
    reset();
    scatter_rows(rows, partition_of, cursors, refill);
  });
  check();
  alignas(64) static std::byte scratch[CombiningScatter<Row>::scratch_bytes(4096)];
  const double combining = hs::bench::best_seconds(5, [&] {
    reset();
    CombiningScatter<Row> scatter(cursors, scratch);
    scatter.scatter(rows, partition_of, refill);
    scatter.finish(refill);
  });
  check();
  std::printf("%u partitions\n", num_partitions);
  hs::bench::report("scatter_rows (ratio to memcpy)", kNumRows / 1e6, "Mrows/s", direct, copy_seconds);
  hs::bench::report("CombiningScatter (ratio to memcpy)", kNumRows / 1e6, "Mrows/s", combining, copy_seconds);
}

}  // namespace

int main() {
  hs::HeapMemorySource memory;
  const std::size_t arena_bytes = kNumRows * sizeof(Row) + 4096 * (kBufferBytes / 16) + 256 * kBufferBytes;
  auto* rows = reinterpret_cast<Row*>(memory.allocate(kNumRows * sizeof(Row)));
  std::byte* arena = memory.allocate(arena_bytes);
  for (std::size_t i = 0; i < kNumRows; ++i) { rows[i] = {mix_bits(i), i}; }
  std::memset(arena, 1, arena_bytes);
  const double copy = hs::bench::best_seconds(5, [&] { std::memcpy(arena, rows, kNumRows * sizeof(Row)); });
  hs::bench::report("memcpy of the rows", kNumRows / 1e6, "Mrows/s", copy);
  for (const std::uint32_t p : {2u, 4u, 8u, 64u, 256u, 1024u, 4096u}) {
    run(p, std::span<const Row>(rows, kNumRows), std::span(arena, arena_bytes), copy);
  }
}
