#include "hammerscale/shuffle/partition_scatter.hpp"

#include <gtest/gtest.h>

#include <array>
#include <deque>
#include <memory>
#include <stdexcept>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/shuffle/key_hash.hpp"

namespace hammerscale::shuffle {
namespace {

template <std::size_t N>
struct TestRow {
  std::uint32_t key;
  std::array<unsigned char, N - 4> rest;
  friend bool operator==(const TestRow&, const TestRow&) = default;
};

template <typename T>
std::vector<T> make_rows(std::size_t num_rows) {
  std::vector<T> rows(num_rows);
  for (std::size_t i = 0; i < num_rows; ++i) {
    rows[i].key = static_cast<std::uint32_t>(i);
    for (std::size_t at = 0; at < rows[i].rest.size(); ++at) {
      rows[i].rest[at] = static_cast<unsigned char>(i * 7 + at);
    }
  }
  return rows;
}

/// Chains of buffers, of a size that rarely divides by the row size.
class Chains {
 public:
  Chains(std::size_t num_partitions, std::size_t buffer_bytes)
      : cursors(num_partitions), buffer_bytes_(buffer_bytes), chains_(num_partitions) {}

  void operator()(std::uint32_t partition, ScatterCursor& cursor, std::size_t num_bytes) {
    close(partition);
    const std::size_t bytes = std::max(buffer_bytes_, num_bytes);
    auto& buffer = chains_[partition].emplace_back();
    buffer.memory = std::make_unique<std::byte[]>(bytes + 64);
    const auto address = reinterpret_cast<std::uintptr_t>(buffer.memory.get());
    buffer.begin = buffer.memory.get() + (64 - address % 64) % 64;
    cursor = {buffer.begin, buffer.begin + bytes};
  }

  template <typename T>
  std::vector<T> rows_of(std::uint32_t partition) {
    close(partition);
    std::vector<T> rows;
    for (const auto& buffer : chains_[partition]) {
      EXPECT_EQ(buffer.num_bytes % sizeof(T), 0u);
      const std::size_t old_size = rows.size();
      rows.resize(old_size + buffer.num_bytes / sizeof(T));
      std::memcpy(rows.data() + old_size, buffer.begin, buffer.num_bytes);
    }
    return rows;
  }

  std::vector<ScatterCursor> cursors;

 private:
  struct Buffer {
    std::unique_ptr<std::byte[]> memory;
    std::byte* begin = nullptr;
    std::size_t num_bytes = 0;
  };
  void close(std::uint32_t partition) {
    if (!chains_[partition].empty()) {
      auto& buffer = chains_[partition].back();
      buffer.num_bytes = static_cast<std::size_t>(cursors[partition].next - buffer.begin);
    }
  }
  std::size_t buffer_bytes_;
  std::vector<std::vector<Buffer>> chains_;
};

template <typename T>
std::vector<std::vector<T>> expected_partitions(const std::vector<T>& rows, std::uint32_t num_partitions) {
  std::vector<std::vector<T>> partitions(num_partitions);
  for (const T& row : rows) { partitions[hash_to_partition(KeyHash{}(row.key), num_partitions)].push_back(row); }
  return partitions;
}

template <typename T>
void expect_both_scatters_agree(std::size_t num_rows, std::uint32_t num_partitions, std::size_t buffer_bytes) {
  const auto rows = make_rows<T>(num_rows);
  const auto expected = expected_partitions(rows, num_partitions);
  const auto partition_of = [&](const T& row) { return hash_to_partition(KeyHash{}(row.key), num_partitions); };

  Chains direct(num_partitions, buffer_bytes);
  scatter_rows(std::span<const T>(rows), partition_of, direct.cursors, direct);
  for (std::uint32_t p = 0; p < num_partitions; ++p) { ASSERT_EQ(direct.rows_of<T>(p), expected[p]); }

  if constexpr (sizeof(T) <= 64) {
    Chains combined(num_partitions, buffer_bytes);
    std::vector<std::byte> memory(CombiningScatter<T>::scratch_bytes(num_partitions) + 64);
    const std::size_t skew = (64 - reinterpret_cast<std::uintptr_t>(memory.data()) % 64) % 64;
    CombiningScatter<T> scatter(combined.cursors, std::span(memory).subspan(skew));
    const std::span<const T> all(rows);
    scatter.scatter(all.first(num_rows / 3), partition_of, combined);
    scatter.scatter(all.subspan(num_rows / 3), partition_of, combined);
    scatter.finish(combined);
    for (std::uint32_t p = 0; p < num_partitions; ++p) { ASSERT_EQ(combined.rows_of<T>(p), expected[p]); }
  }

  Chains bytes(num_partitions, buffer_bytes);
  std::vector<std::uint32_t> partitions;
  for (const T& row : rows) { partitions.push_back(partition_of(row)); }
  scatter_bytes(reinterpret_cast<const std::byte*>(rows.data()), sizeof(T), partitions, bytes.cursors, bytes);
  for (std::uint32_t p = 0; p < num_partitions; ++p) { ASSERT_EQ(bytes.rows_of<T>(p), expected[p]); }
}

TEST(PartitionScatterTest, EveryRowArrivesOnceAndInOrder) {
  for (const std::uint32_t num_partitions : {1u, 2u, 7u, 64u, 300u}) {
    for (const std::size_t num_rows : {0u, 1u, 513u, 20000u}) {
      for (const std::size_t buffer_bytes : {64u, 1000u, 65536u}) {
        expect_both_scatters_agree<TestRow<8>>(num_rows, num_partitions, buffer_bytes);
        expect_both_scatters_agree<TestRow<16>>(num_rows, num_partitions, buffer_bytes);
        expect_both_scatters_agree<TestRow<24>>(num_rows, num_partitions, buffer_bytes);
        expect_both_scatters_agree<TestRow<64>>(num_rows, num_partitions, buffer_bytes);
        expect_both_scatters_agree<TestRow<100>>(num_rows, num_partitions, buffer_bytes);
      }
    }
  }
}

TEST(PartitionScatterTest, RefillThatGivesTooLittleIsCaught) {
  std::array<ScatterCursor, 1> cursors;
  std::array<std::byte, 4> small;
  const std::array<std::uint64_t, 1> rows{1};
  EXPECT_THROW(scatter_rows(
                   std::span<const std::uint64_t>(rows), [](std::uint64_t) { return 0; }, cursors,
                   [&](std::uint32_t, ScatterCursor& cursor, std::size_t) {
                     cursor = {small.data(), small.data() + small.size()};
                   }),
               InternalError);
}

TEST(PartitionScatterTest, FailedRefillKeepsWhatWasStaged) {
  Chains chains(1, 64);
  std::vector<std::byte> memory(CombiningScatter<TestRow<16>>::scratch_bytes(1) + 64);
  const std::size_t skew = (64 - reinterpret_cast<std::uintptr_t>(memory.data()) % 64) % 64;
  CombiningScatter<TestRow<16>> scatter(chains.cursors, std::span(memory).subspan(skew));
  const auto rows = make_rows<TestRow<16>>(10);
  const auto to_zero = [](const TestRow<16>&) { return 0; };
  scatter.scatter(std::span<const TestRow<16>>(rows), to_zero, chains);
  const auto refuse = [](std::uint32_t, ScatterCursor&, std::size_t) { throw std::runtime_error("no memory"); };
  EXPECT_THROW(scatter.finish(refuse), std::runtime_error);
  scatter.finish(chains);
  EXPECT_EQ(chains.rows_of<TestRow<16>>(0), rows);
}

}  // namespace
}  // namespace hammerscale::shuffle
