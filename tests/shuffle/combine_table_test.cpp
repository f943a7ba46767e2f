#include "hammerscale/shuffle/combine_table.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "hammerscale/base/counter_random.hpp"
#include "support/limited_memory_source.hpp"

namespace hammerscale::shuffle {
namespace {

using test::LimitedMemorySource;
using Row = std::pair<std::int64_t, std::int64_t>;

constexpr auto kAdd = [](auto& sum, const auto& value) { sum += value; };

struct ConstantHash {
  std::uint64_t operator()(const auto&) const { return 0x123456789u; }
};

std::vector<Row> random_rows(std::size_t num_rows, std::uint64_t num_keys) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < num_rows; ++i) {
    CounterRandom random(7, i);
    const auto key = static_cast<std::int64_t>(random.below(num_keys)) - 5;
    rows.emplace_back(key, static_cast<std::int64_t>(random.below(100)));
  }
  return rows;
}

template <typename K, typename V>
std::map<K, V> reference_sums(const std::vector<std::pair<K, V>>& rows) {
  std::map<K, V> sums;
  for (const auto& [key, value] : rows) { sums[key] += value; }
  return sums;
}

template <typename Table, typename K, typename V>
void drain_into(Table& table, std::map<K, V>& sums) {
  table.drain([&](K&& key, V&& value) {
    const bool is_new = !sums.contains(key);
    EXPECT_TRUE(is_new) << "a key was handed out twice";
    sums[std::move(key)] += std::move(value);
  });
}

TEST(CombineTableTest, SumsAgreeWithAnOrderedMap) {
  HeapMemorySource memory;
  for (const std::uint64_t num_keys : {1u, 2u, 1000u, 1000000u}) {
    const auto rows = random_rows(50000, num_keys);
    CombineTable<std::int64_t, std::int64_t> table(memory);
    ASSERT_EQ(table.upsert(std::span<const Row>(rows), kAdd), rows.size());
    std::map<std::int64_t, std::int64_t> sums;
    EXPECT_EQ(table.size(), reference_sums(rows).size());
    drain_into(table, sums);
    EXPECT_EQ(sums, reference_sums(rows));
    EXPECT_TRUE(table.empty());
  }
}

TEST(CombineTableTest, EmptyTableHoldsNothingAndNoMemory) {
  LimitedMemorySource memory(1 << 20);
  CombineTable<int, int> table(memory);
  EXPECT_EQ(table.upsert(std::span<const std::pair<int, int>>(), kAdd), 0u);
  EXPECT_EQ(table.find(1, table.hash_of(1)), nullptr);
  table.drain([](int&&, int&&) { FAIL(); });
  table.clear();
  EXPECT_EQ(memory.held_bytes(), 0u);
  EXPECT_EQ(table.memory_bytes(), 0u);
}

TEST(CombineTableTest, ReportsAndReturnsItsMemory) {
  LimitedMemorySource memory(1 << 24);
  {
    CombineTable<std::int64_t, std::int64_t> table(memory);
    const auto rows = random_rows(20000, 20000);
    table.upsert(std::span<const Row>(rows), kAdd);
    EXPECT_EQ(table.memory_bytes(), memory.held_bytes());
    CombineTable<std::int64_t, std::int64_t> moved(std::move(table));
    EXPECT_EQ(moved.memory_bytes(), memory.held_bytes());
    EXPECT_EQ(moved.size(), reference_sums(rows).size());
    moved.release();
    EXPECT_EQ(memory.held_bytes(), 0u);
  }
  EXPECT_EQ(memory.held_bytes(), 0u);
}

TEST(CombineTableTest, LongAndShortStringsCombine) {
  HeapMemorySource memory;
  std::vector<std::pair<std::string, std::string>> rows;
  for (int i = 0; i < 3000; ++i) {
    rows.emplace_back(std::string(static_cast<std::size_t>(i % 40), 'k') + std::to_string(i % 700), std::to_string(i));
  }
  const auto expected = reference_sums(rows);
  CombineTable<std::string, std::string> table(memory);
  ASSERT_EQ(table.upsert(std::span<const std::pair<std::string, std::string>>(rows), kAdd), rows.size());
  const std::string_view first = rows[39].first;
  ASSERT_NE(table.find(first, KeyHash{}(first)), nullptr);
  EXPECT_EQ(*table.find(first, KeyHash{}(first)), expected.at(rows[39].first));
  std::map<std::string, std::string> sums;
  drain_into(table, sums);
  EXPECT_EQ(sums, expected);

  ASSERT_EQ(table.upsert_moving(std::span(rows), [](std::string& sum, std::string&& value) { sum += value; }),
            rows.size());
  sums.clear();
  drain_into(table, sums);
  EXPECT_EQ(sums, expected);
}

TEST(CombineTableTest, EveryValueIsDestroyedOnce) {
  HeapMemorySource memory;
  const auto witness = std::make_shared<int>(1);
  {
    CombineTable<std::string, std::shared_ptr<int>> table(memory);
    for (int i = 0; i < 1000; ++i) {
      const std::string key = std::to_string(i % 600);
      ASSERT_NE(table.find_or_insert(key, table.hash_of(key), [&] { return witness; }), nullptr);
    }
    EXPECT_EQ(witness.use_count(), 601);
    table.clear();
    EXPECT_EQ(witness.use_count(), 1);
    const std::string key = "again";
    static_cast<void>(table.find_or_insert(key, table.hash_of(key), [&] { return witness; }));
    EXPECT_EQ(witness.use_count(), 2);
  }
  EXPECT_EQ(witness.use_count(), 1);
}

TEST(CombineTableTest, RefusedGrowthTurnsAwayNewKeysOnly) {
  LimitedMemorySource memory(64 * 17 + 128 * 17);
  CombineTable<std::int64_t, std::int64_t> table(memory);
  std::int64_t key = 0;
  while (table.find_or_insert(key, table.hash_of(key), [] { return std::int64_t{1}; }) != nullptr) { ++key; }
  EXPECT_TRUE(table.full());
  EXPECT_EQ(table.num_slots(), 128u);
  EXPECT_EQ(key, 112) << "refused growth fills the slots up to 7/8";
  EXPECT_GT(memory.num_refused(), 0u);
  for (std::int64_t known = 0; known < key; ++known) {
    auto* value = table.find_or_insert(known, table.hash_of(known), [] { return std::int64_t{0}; });
    ASSERT_NE(value, nullptr);
    *value += 1;
  }
  std::size_t num_drained = 0;
  table.drain([&](std::int64_t&&, std::int64_t&& value) {
    EXPECT_EQ(value, 2);
    ++num_drained;
  });
  EXPECT_EQ(num_drained, 112u);
  EXPECT_FALSE(table.full());
  EXPECT_NE(table.find_or_insert(key, table.hash_of(key), [] { return std::int64_t{1}; }), nullptr);
}

TEST(CombineTableTest, DrainingWheneverFullGivesTheSameSums) {
  LimitedMemorySource memory(3 * 1024 * 17);
  const auto rows = random_rows(50000, 5000);
  CombineTable<std::int64_t, std::int64_t> table(memory);
  std::map<std::int64_t, std::int64_t> sums;
  const auto spill = [&] { table.drain([&](std::int64_t&& key, std::int64_t&& value) { sums[key] += value; }); };
  std::size_t num_spills = 0;
  for (std::span<const Row> rest(rows); !rest.empty();) {
    rest = rest.subspan(table.upsert(rest, kAdd));
    if (!rest.empty()) {
      ASSERT_TRUE(table.full());
      spill();
      ++num_spills;
    }
  }
  spill();
  EXPECT_GT(num_spills, 3u);
  EXPECT_EQ(sums, reference_sums(rows));
}

TEST(CombineTableTest, NoMemoryAtAllIsFullAtOnce) {
  LimitedMemorySource memory(0);
  CombineTable<int, int> table(memory);
  EXPECT_EQ(table.find_or_insert(1, table.hash_of(1), [] { return 1; }), nullptr);
  EXPECT_TRUE(table.full());
  EXPECT_FALSE(table.reserve(10));
}

TEST(CombineTableTest, ReserveSparesGrowth) {
  LimitedMemorySource memory(1 << 22);
  CombineTable<std::int64_t, std::int64_t> table(memory);
  ASSERT_TRUE(table.reserve(10000));
  const std::size_t held = memory.held_bytes();
  const auto rows = random_rows(20000, 10000);
  EXPECT_EQ(table.upsert(std::span<const Row>(rows), kAdd), rows.size());
  EXPECT_EQ(memory.held_bytes(), held);
}

TEST(CombineTableTest, ConstantHashIsSlowButRight) {
  HeapMemorySource memory;
  const auto rows = random_rows(5000, 600);
  CombineTable<std::int64_t, std::int64_t, ConstantHash> table(memory);
  ASSERT_EQ(table.upsert(std::span<const Row>(rows), kAdd), rows.size());
  std::map<std::int64_t, std::int64_t> sums;
  drain_into(table, sums);
  EXPECT_EQ(sums, reference_sums(rows));
}

TEST(CombineTableTest, SubPartitionsSplitTheEntries) {
  HeapMemorySource memory;
  const auto rows = random_rows(20000, 5000);
  CombineTable<std::int64_t, std::int64_t> table(memory);
  table.upsert(std::span<const Row>(rows), kAdd);
  std::map<std::int64_t, std::int64_t> sums;
  for (std::uint32_t sub = 0; sub < 8; ++sub) {
    std::size_t share = 0;
    table.for_each_in_sub_partition(sub, 1, 3, [&](const std::int64_t& key, const std::int64_t& value) {
      EXPECT_TRUE(sums.emplace(key, value).second);
      ++share;
    });
    EXPECT_GT(share, table.size() / 16);
  }
  EXPECT_EQ(sums, reference_sums(rows));
  table.drain_with_hash([&](std::uint64_t hash, std::int64_t&& key, std::int64_t&&) {
    EXPECT_EQ(hash, KeyHash{}(key));
  });
}

template <typename Hash>
void expect_rest_survives_a_throwing_drain() {
  HeapMemorySource memory;
  CombineTable<std::string, int, Hash> table(memory);
  for (int i = 0; i < 500; ++i) {
    const std::string key = std::to_string(i);
    static_cast<void>(table.find_or_insert(key, table.hash_of(key), [&] { return i; }));
  }
  int num_taken = 0;
  EXPECT_THROW(table.drain([&](std::string&&, int&&) {
    if (++num_taken == 200) { throw std::runtime_error("disk is full"); }
  }),
               std::runtime_error);
  EXPECT_EQ(table.size(), 300u);
  std::size_t num_found = 0;
  for (int i = 0; i < 500; ++i) {
    const std::string key = std::to_string(i);
    if (const int* value = table.find(key, table.hash_of(key)); value != nullptr) {
      EXPECT_EQ(*value, i);
      ++num_found;
    }
  }
  EXPECT_EQ(num_found, 300u);
}

TEST(CombineTableTest, EntriesNotDrainedStayReachable) {
  expect_rest_survives_a_throwing_drain<KeyHash>();
  expect_rest_survives_a_throwing_drain<ConstantHash>();
}

TEST(CombineTableTest, ThrowingValueLeavesTheTableAsBefore) {
  HeapMemorySource memory;
  CombineTable<std::string, int> table(memory);
  const std::string key = "key";
  EXPECT_THROW(static_cast<void>(
                   table.find_or_insert(key, table.hash_of(key), []() -> int { throw std::runtime_error("no"); })),
               std::runtime_error);
  EXPECT_EQ(table.size(), 0u);
  EXPECT_EQ(table.find(key, table.hash_of(key)), nullptr);
}

}  // namespace
}  // namespace hammerscale::shuffle
