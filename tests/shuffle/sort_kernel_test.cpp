#include "hammerscale/shuffle/sort_kernel.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "hammerscale/base/counter_random.hpp"
#include "hammerscale/base/error.hpp"
#include "support/limited_memory_source.hpp"

namespace hammerscale::shuffle {
namespace {

using test::LimitedMemorySource;

constexpr SortOrder kOrders[] = {SortOrder::kAscending, SortOrder::kDescending};

/// Spreads small numbers over all bits.
std::uint64_t spread(std::uint64_t x) { return x * 0x9E3779B97F4A7C15u; }

template <typename T>
T random_key(std::uint64_t index, std::uint64_t num_distinct) {
  CounterRandom random(3, index);
  const std::uint64_t bits = num_distinct == 0 ? random.next_bits() : spread(random.below(num_distinct));
  if constexpr (std::is_floating_point_v<T>) {
    switch (bits % 16) {
      case 0: return std::numeric_limits<T>::quiet_NaN();
      case 1: return -std::numeric_limits<T>::quiet_NaN();
      case 2: return T{-0.0};
      case 3: return T{0.0};
      case 4: return std::numeric_limits<T>::infinity();
      case 5: return -std::numeric_limits<T>::infinity();
      case 6: return std::numeric_limits<T>::denorm_min();
      default: return static_cast<T>(static_cast<std::int64_t>(bits)) * T{1e-9};
    }
  } else {
    return static_cast<T>(bits);
  }
}

template <typename T>
class SortKeysTest : public testing::Test {};
using KeyTypes = testing::Types<std::int8_t, std::uint8_t, char, std::int16_t, std::uint16_t, std::int32_t,
                                std::uint32_t, std::int64_t, std::uint64_t, long long, float, double>;
TYPED_TEST_SUITE(SortKeysTest, KeyTypes);

/// Bits of each key, sorted: two multisets of keys are equal if these are, NaN and signed zeros included.
template <typename T>
std::vector<std::string> bit_patterns(const std::vector<T>& keys) {
  std::vector<std::string> patterns;
  for (const T& key : keys) { patterns.emplace_back(reinterpret_cast<const char*>(&key), sizeof(T)); }
  std::sort(patterns.begin(), patterns.end());
  return patterns;
}

TYPED_TEST(SortKeysTest, OutputIsASortedPermutation) {
  for (const SortOrder order : kOrders) {
    for (const std::size_t n : {0u, 1u, 2u, 15u, 64u, 1000u, 30000u}) {
      for (const std::uint64_t num_distinct : {0u, 1u, 5u}) {
        std::vector<TypeParam> keys(n);
        for (std::size_t i = 0; i < n; ++i) { keys[i] = random_key<TypeParam>(i, num_distinct); }
        const auto before = bit_patterns(keys);
        sort_keys(std::span(keys), order);
        EXPECT_EQ(bit_patterns(keys), before);
        for (std::size_t i = 1; i < n; ++i) {
          const auto& lower = order == SortOrder::kAscending ? keys[i - 1] : keys[i];
          const auto& upper = order == SortOrder::kAscending ? keys[i] : keys[i - 1];
          ASSERT_FALSE(KeyLess{}(upper, lower)) << "at " << i << " of " << n;
        }
      }
    }
  }
}

TEST(SortKeysEdgeTest, BooleansAndExtremes) {
  bool flags[] = {true, false, true, false};
  sort_keys(std::span<bool>(flags));
  EXPECT_TRUE(!flags[0] && !flags[1] && flags[2] && flags[3]);
  double numbers[] = {std::nan(""), 1.0, -0.0, 0.0, -std::nan(""), -1.0};
  sort_keys(std::span<double>(numbers), SortOrder::kDescending);
  EXPECT_TRUE(std::isnan(numbers[0]) && std::isnan(numbers[1]));
  EXPECT_EQ(numbers[2], 1.0);
  EXPECT_FALSE(std::signbit(numbers[3]));
  EXPECT_TRUE(std::signbit(numbers[4]));
}

TEST(NormalizedKeyTest, IsMonotone) {
  const double numbers[] = {-INFINITY, -1e300, -1.0, -1e-310, -0.0, 0.0, 1e-310, 1.0, 1e300, INFINITY, std::nan("")};
  for (std::size_t i = 0; i < std::size(numbers); ++i) {
    for (std::size_t j = 0; j < std::size(numbers); ++j) {
      EXPECT_EQ(normalized_key(numbers[i]) < normalized_key(numbers[j]), KeyLess{}(numbers[i], numbers[j]));
    }
  }
  const std::int32_t integers[] = {std::numeric_limits<std::int32_t>::min(), -1, 0, 1,
                                   std::numeric_limits<std::int32_t>::max()};
  for (std::size_t i = 1; i < std::size(integers); ++i) {
    EXPECT_LT(normalized_key(integers[i - 1]), normalized_key(integers[i]));
  }
  const std::string strings[] = {"", "a", std::string("a\0", 2), "ab", "abcdefgh", "abcdefghi", "b", "\x80", "\xff"};
  for (std::size_t i = 1; i < std::size(strings); ++i) {
    ASSERT_LT(strings[i - 1], strings[i]);
    EXPECT_LE(normalized_key(strings[i - 1]), normalized_key(strings[i]));
  }
  const std::array<signed char, 2> low{-1, 0};
  const std::array<signed char, 2> high{1, 0};
  EXPECT_LT(normalized_key(low), normalized_key(high));
  EXPECT_LT(normalized_key(std::pair(1, 2.0)), normalized_key(std::pair(2, 1.0)));
  static_assert(normalized_key_is_exact<double>() && !normalized_key_is_exact<std::string>());
  static_assert(!has_normalized_key<std::vector<int>>());
}

template <typename K>
struct Row {
  K key;
  std::size_t place;
};

/// Sorts copies of the keys by every route and compares with std::stable_sort.
template <typename K>
void expect_stable_sort(const std::vector<K>& keys) {
  for (const SortOrder order : kOrders) {
    std::vector<Row<K>> rows;
    for (std::size_t i = 0; i < keys.size(); ++i) { rows.push_back({keys[i], i}); }
    auto expected = rows;
    std::stable_sort(expected.begin(), expected.end(), [&](const Row<K>& a, const Row<K>& b) {
      return order == SortOrder::kAscending ? KeyLess{}(a.key, b.key) : KeyLess{}(b.key, a.key);
    });
    const auto key_of = [](const Row<K>& row) -> const K& { return row.key; };
    const std::size_t n = rows.size();
    // Memory for everything; and only for the permutation, which forces the moves to happen in place.
    for (const std::size_t limit : {sort_scratch_bytes<Row<K>>(n), permutation_scratch_bytes(n)}) {
      auto sorted = rows;
      LimitedMemorySource memory(limit);
      ASSERT_TRUE(sort_by_key(std::span(sorted), key_of, order, memory));
      EXPECT_EQ(memory.held_bytes(), 0u);
      for (std::size_t i = 0; i < n; ++i) {
        ASSERT_EQ(sorted[i].place, expected[i].place) << "at " << i << " of " << n;
        const bool same = !KeyLess{}(sorted[i].key, expected[i].key) && !KeyLess{}(expected[i].key, sorted[i].key);
        ASSERT_TRUE(same);
      }
    }
  }
}

template <typename K, typename MakeKey>
void expect_stable_sorts(MakeKey make_key) {
  for (const std::size_t n : {0u, 1u, 2u, 16u, 17u, 100u, 5000u}) {
    std::vector<K> keys;
    for (std::size_t i = 0; i < n; ++i) { keys.push_back(make_key(i, n)); }
    expect_stable_sort(keys);
  }
}

TEST(SortByKeyTest, Integers) {
  expect_stable_sorts<std::int64_t>([](std::size_t i, std::size_t) { return random_key<std::int64_t>(i, 0); });
  expect_stable_sorts<std::int64_t>([](std::size_t i, std::size_t) { return static_cast<std::int64_t>(i % 3) - 1; });
  expect_stable_sorts<std::int32_t>([](std::size_t, std::size_t) { return 7; });
  expect_stable_sorts<std::int32_t>([](std::size_t i, std::size_t n) { return static_cast<std::int32_t>(n - i); });
  expect_stable_sorts<std::uint8_t>([](std::size_t i, std::size_t) { return random_key<std::uint8_t>(i, 0); });
  expect_stable_sorts<bool>([](std::size_t i, std::size_t) { return i % 3 == 0; });
}

TEST(SortByKeyTest, LowBitsCutOffForTheIndexStillDecide) {
  // The far keys stretch the range to 64 bits, so the dense ones agree in all bits that stand beside the index.
  expect_stable_sorts<std::uint64_t>([](std::size_t i, std::size_t) {
    if (i == 0) { return ~std::uint64_t{0}; }
    return i == 1 ? std::uint64_t{0} : (std::uint64_t{1} << 40) + random_key<std::uint64_t>(i, 0) % 4000;
  });
}

TEST(SortByKeyTest, FloatingPointWithNaNAndZeros) {
  expect_stable_sorts<double>([](std::size_t i, std::size_t) { return random_key<double>(i, 0); });
  expect_stable_sorts<float>([](std::size_t i, std::size_t) { return random_key<float>(i, 0); });
  expect_stable_sorts<std::pair<double, double>>([](std::size_t i, std::size_t) {
    return std::pair(random_key<double>(i, 20), random_key<double>(i + 100000, 0));
  });
}

TEST(SortByKeyTest, StringsWithEqualPrefixesAndNulBytes) {
  expect_stable_sorts<std::string>([](std::size_t i, std::size_t) {
    return "https://www.example.org/" + std::to_string(random_key<std::uint32_t>(i, 0) % 1000);
  });
  expect_stable_sorts<std::string>(
      [](std::size_t i, std::size_t) { return std::string(random_key<std::uint32_t>(i, 0) % 12, '\0'); });
  expect_stable_sorts<std::string>([](std::size_t i, std::size_t) {
    return std::string(1, static_cast<char>(random_key<std::uint32_t>(i, 0))) + (i % 2 == 0 ? "" : "x");
  });
}

TEST(SortByKeyTest, ByteArraysOfTenBytes) {
  expect_stable_sorts<std::array<std::uint8_t, 10>>([](std::size_t i, std::size_t) {
    std::array<std::uint8_t, 10> key{};
    const auto bits = random_key<std::uint64_t>(i, 0);
    std::memcpy(key.data() + 2, &bits, 8);
    key[0] = static_cast<std::uint8_t>(i % 2);
    return key;
  });
}

struct OnlyLess {
  int value;
  friend bool operator<(const OnlyLess& a, const OnlyLess& b) { return a.value < b.value; }
};

TEST(SortByKeyTest, KeysThatOnlyHaveLess) {
  expect_stable_sorts<OnlyLess>([](std::size_t i, std::size_t) { return OnlyLess{static_cast<int>(i * 37 % 50)}; });
  expect_stable_sorts<std::vector<int>>(
      [](std::size_t i, std::size_t) { return std::vector<int>(i % 4, static_cast<int>(i * 31 % 7)); });
}

TEST(SortByKeyTest, ElementsThatOnlyMove) {
  std::vector<std::unique_ptr<int>> elements;
  for (int i = 0; i < 1000; ++i) { elements.push_back(std::make_unique<int>(i * 7919 % 1000)); }
  HeapMemorySource memory;
  ASSERT_TRUE(sort_by_key(
      std::span(elements), [](const std::unique_ptr<int>& element) { return *element; }, SortOrder::kAscending,
      memory));
  for (int i = 0; i < 1000; ++i) { ASSERT_EQ(*elements[static_cast<std::size_t>(i)], i); }
}

TEST(SortByKeyTest, RefusedMemoryLeavesTheElementsAlone) {
  std::vector<int> elements(100);
  std::iota(elements.rbegin(), elements.rend(), 0);
  const auto before = elements;
  LimitedMemorySource memory(0);
  EXPECT_FALSE(sort_by_key(std::span(elements), [](int element) { return element; }, SortOrder::kAscending, memory));
  EXPECT_EQ(elements, before);
}

TEST(SortPermutationTest, WantsItsScratch) {
  std::vector<std::uint64_t> scratch(5);
  EXPECT_THROW(sort_permutation(3, [](std::size_t i) { return i; }, SortOrder::kAscending, scratch), InternalError);
}

TEST(GatherTest, ReadsInTheGivenOrder) {
  const std::vector<std::array<char, 100>> rows = [] {
    std::vector<std::array<char, 100>> made(300);
    for (std::size_t i = 0; i < made.size(); ++i) { made[i].fill(static_cast<char>(i)); }
    return made;
  }();
  std::vector<std::uint64_t> order(rows.size());
  for (std::size_t i = 0; i < order.size(); ++i) { order[i] = i * 7 % rows.size(); }
  std::vector<std::array<char, 100>> output(rows.size());
  gather<std::array<char, 100>>(rows, order, output);
  for (std::size_t i = 0; i < order.size(); ++i) { ASSERT_EQ(output[i], rows[order[i]]); }
}

}  // namespace
}  // namespace hammerscale::shuffle
