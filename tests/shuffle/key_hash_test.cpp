#include "hammerscale/shuffle/key_hash.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_set>

namespace user {

struct Point {
  int x;
  int y;
};
std::uint64_t hash_value(const Point& point) { return static_cast<std::uint64_t>(point.x * 31 + point.y); }

struct Tagged {
  std::uint64_t value;
};

}  // namespace user

template <>
struct std::hash<user::Tagged> {
  std::size_t operator()(const user::Tagged& tagged) const { return tagged.value; }
};

namespace hammerscale::shuffle {
namespace {

constexpr KeyHash kHash;

TEST(KeyHashTest, ValuesAreTheSameInEveryRun) {
  // Written down once, on a little-endian machine: a change would send keys of old checkpoints to other partitions.
  EXPECT_EQ(kHash(0), 0xB70FB2CC55AF013Fu);
  EXPECT_EQ(kHash(42), 0xC95AB96FC060FDBFu);
  EXPECT_EQ(kHash(1.5), 0xA91CD86A35EFBCE6u);
  EXPECT_EQ(kHash(std::string("hammer")), 0x401AF8B3C2508577u);
  EXPECT_EQ(kHash(std::string("hammerscale on HPC")), 0x695DCA9C98C6F91Au);
  EXPECT_EQ(kHash(std::pair(1, std::string("x"))), 0xCE2EE05CE92575A5u);
  EXPECT_EQ(kHash(std::vector{1, 2, 3}), 0xA8CBF953C767E605u);
}

TEST(KeyHashTest, EqualKeysOfDifferentTypesHashAlike) {
  EXPECT_EQ(kHash(std::int8_t{-5}), kHash(std::int64_t{-5}));
  EXPECT_EQ(kHash(1.5f), kHash(1.5));
  EXPECT_EQ(kHash(0.0), kHash(-0.0));
  EXPECT_EQ(kHash(std::numeric_limits<double>::quiet_NaN()), kHash(-std::nan("7")));
  for (std::size_t length = 0; length < 70; ++length) {
    const std::string text(length, 'x');
    EXPECT_EQ(kHash(text), kHash(std::string_view(text)));
    EXPECT_EQ(kHash(text), kHash(text.c_str()));
  }
}

TEST(KeyHashTest, NearbyKeysHashDifferently) {
  std::unordered_set<std::uint64_t> hashes;
  std::size_t num_keys = 0;
  const auto add = [&](const auto& key) {
    hashes.insert(kHash(key));
    ++num_keys;
  };
  for (std::size_t length = 0; length < 40; ++length) {
    add(std::string(length, '\0'));
    for (std::size_t at = 0; at < length; ++at) {
      for (int bit = 0; bit < 8; ++bit) {
        std::string text(length, '\0');
        text[at] = static_cast<char>(1 << bit);
        add(text);
      }
    }
  }
  EXPECT_EQ(hashes.size(), num_keys);
  EXPECT_NE(kHash(std::pair(1, 2)), kHash(std::pair(2, 1)));
  EXPECT_NE(kHash(std::vector{1, 2}), kHash(std::vector{1, 2, 0}));
  EXPECT_NE(kHash(std::vector{0.0}), kHash(std::vector{0.0, 0.0}));
  EXPECT_NE(kHash(std::optional<int>()), kHash(std::optional<int>(0)));
  EXPECT_NE(kHash(std::tuple("ab", "c")), kHash(std::tuple("a", "bc")));
  EXPECT_NE(kHash(std::vector<bool>{true, false}), kHash(std::vector<bool>{false, true}));
  EXPECT_EQ(kHash(std::array<double, 1>{-0.0}), kHash(std::array<double, 1>{0.0}));
}

TEST(KeyHashTest, UserTypesAreMixedAgain) {
  EXPECT_EQ(kHash(user::Point{1, 2}), mix_bits(33));
  EXPECT_EQ(kHash(user::Tagged{7}), mix_bits(7));
}

/// Largest deviation of a bucket from its expected load, in standard deviations.
template <typename BucketOf>
double worst_bucket(std::size_t num_keys, std::size_t num_buckets, BucketOf bucket_of) {
  std::vector<double> loads(num_buckets);
  for (std::size_t i = 0; i < num_keys; ++i) { loads[bucket_of(i)] += 1.0; }
  const double expected = static_cast<double>(num_keys) / static_cast<double>(num_buckets);
  double worst = 0.0;
  for (const double load : loads) { worst = std::max(worst, std::abs(load - expected) / std::sqrt(expected)); }
  return worst;
}

TEST(KeyHashTest, PartitionsSlotsAndSubPartitionsAreEven) {
  // Of 1000 Poisson loads hardly ever one lies 6 deviations off; a weak mixer lies hundreds off.
  for (const std::uint64_t stride : {std::uint64_t{1}, std::uint64_t{1} << 20, std::uint64_t{1} << 44}) {
    const auto hash = [&](std::size_t i) { return kHash(static_cast<std::int64_t>(i * stride)); };
    EXPECT_LT(worst_bucket(200000, 1000, [&](std::size_t i) { return hash_to_partition(hash(i), 1000); }), 6.0);
    EXPECT_LT(worst_bucket(200000, 1024, [&](std::size_t i) { return hash(i) & 1023; }), 6.0);
    EXPECT_LT(worst_bucket(200000, 128, [&](std::size_t i) { return hash(i) >> 40 & 127; }), 6.0);
  }
  EXPECT_LT(worst_bucket(200000, 1000,
                         [&](std::size_t i) { return hash_to_partition(kHash(std::to_string(i)), 1000); }),
            6.0);
  EXPECT_LT(worst_bucket(200000, 1000,
                         [&](std::size_t i) { return hash_to_partition(kHash(0.25 * static_cast<double>(i)), 1000); }),
            6.0);
}

TEST(KeyHashTest, SubPartitionsOfOnePartitionAreEven) {
  std::vector<std::uint64_t> hashes;
  for (std::int64_t key = 0; hashes.size() < 20000; ++key) {
    if (hash_to_partition(kHash(key), 16) == 3) { hashes.push_back(kHash(key)); }
  }
  for (std::uint32_t level = 0; level < 3; ++level) {
    EXPECT_LT(worst_bucket(hashes.size(), 64,
                           [&](std::size_t i) { return hash_to_sub_partition(hashes[i], level, 6); }),
              6.0);
  }
  EXPECT_EQ(hash_to_sub_partition(hashes[0], 0, 0), 0u);
}

TEST(KeyHashTest, PartitionIndicesStayInRange) {
  for (const std::uint32_t num_partitions : {1u, 2u, 3u, 1000u, ~0u}) {
    EXPECT_EQ(hash_to_partition(0, num_partitions), 0u);
    EXPECT_EQ(hash_to_partition(~std::uint64_t{0}, num_partitions), num_partitions - 1);
  }
}

}  // namespace
}  // namespace hammerscale::shuffle
