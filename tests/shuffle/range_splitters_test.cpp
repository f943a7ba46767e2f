#include "hammerscale/shuffle/range_splitters.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <string>

#include "hammerscale/base/counter_random.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale::shuffle {
namespace {

TEST(ChooseSplittersTest, DistinctKeysSplitEvenly) {
  std::vector<int> sample(1000);
  std::iota(sample.begin(), sample.end(), 0);
  for (const std::size_t num_partitions : {1u, 2u, 7u, 1000u}) {
    const auto splitters = choose_splitters<int>(std::span<const int>(sample), num_partitions);
    ASSERT_EQ(splitters.size(), num_partitions - 1);
    const RangeClassifier<int> classifier(splitters);
    std::vector<int> loads(num_partitions);
    for (const int key : sample) { ++loads[classifier.partition_of(key)]; }
    const auto [least, most] = std::minmax_element(loads.begin(), loads.end());
    EXPECT_LE(*most - *least, 1);
  }
}

TEST(ChooseSplittersTest, HeavyKeyGetsAPartitionOfItsOwn) {
  std::vector<int> sample;
  for (int i = 0; i < 100; ++i) { sample.push_back(i); }
  sample.insert(sample.end(), 800, 100);
  for (int i = 101; i < 201; ++i) { sample.push_back(i); }
  const auto splitters = choose_splitters<int>(std::span<const int>(sample), 5);
  const RangeClassifier<int> classifier(splitters);
  const auto heavy = classifier.partition_of(100);
  EXPECT_NE(classifier.partition_of(99), heavy);
  EXPECT_NE(classifier.partition_of(101), heavy);
  EXPECT_EQ(splitters.size(), 4u) << "the rest is shared out among the other partitions";
}

TEST(ChooseSplittersTest, FewDistinctKeysGiveFewSplitters) {
  EXPECT_TRUE(choose_splitters<int>(std::span<const int>(), 4).empty());
  const std::vector<int> same(50, 3);
  EXPECT_TRUE(choose_splitters<int>(std::span<const int>(same), 4).empty());
  const std::vector<double> not_numbers(10, std::nan(""));
  EXPECT_TRUE(choose_splitters<double>(std::span<const double>(not_numbers), 4).empty());
}

TEST(ChooseSplittersTest, WeightsCount) {
  const std::vector<WeightedKey<int>> sample{{1, 1.0}, {2, 1.0}, {3, 1.0}, {4, 3.0}};
  EXPECT_EQ(choose_splitters<int>(std::span<const WeightedKey<int>>(sample), 2), std::vector<int>{3});
}

template <typename K>
void expect_counts_of_splitters_before(std::vector<K> keys, std::vector<K> splitters, SortOrder order) {
  const auto before = [&](const K& a, const K& b) {
    return order == SortOrder::kAscending ? KeyLess{}(a, b) : KeyLess{}(b, a);
  };
  std::sort(splitters.begin(), splitters.end(), before);
  splitters.erase(std::unique(splitters.begin(), splitters.end(),
                              [&](const K& a, const K& b) { return !before(a, b) && !before(b, a); }),
                  splitters.end());
  const RangeClassifier<K> classifier(splitters, order);
  EXPECT_EQ(classifier.num_partitions(), splitters.size() + 1);
  keys.insert(keys.end(), splitters.begin(), splitters.end());
  std::vector<std::uint32_t> partitions(keys.size());
  classifier.classify(std::span<const K>(keys), partitions);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto expected =
        std::count_if(splitters.begin(), splitters.end(), [&](const K& splitter) { return before(splitter, keys[i]); });
    ASSERT_EQ(partitions[i], static_cast<std::uint32_t>(expected));
    ASSERT_EQ(classifier.partition_of(keys[i]), partitions[i]);
  }
}

TEST(RangeClassifierTest, CountsTheSplittersBeforeAKey) {
  for (const SortOrder order : {SortOrder::kAscending, SortOrder::kDescending}) {
    for (const std::size_t num_splitters : {0u, 1u, 2u, 3u, 4u, 7u, 100u, 3000u}) {
      using Limits = std::numeric_limits<std::int64_t>;
      std::vector<std::int64_t> keys{Limits::min(), Limits::max()};
      std::vector<std::int64_t> splitters;
      std::vector<double> real_keys{std::nan(""), -0.0, 0.0, INFINITY, -INFINITY};
      std::vector<double> real_splitters;
      std::vector<std::string> texts;
      std::vector<std::string> text_splitters;
      CounterRandom random(5, num_splitters);
      for (std::size_t i = 0; i < 300; ++i) {
        keys.push_back(static_cast<std::int64_t>(random.next_bits()));
        real_keys.push_back(random.uniform() - 0.5);
        texts.push_back(std::to_string(random.below(5000)));
      }
      for (std::size_t i = 0; i < num_splitters; ++i) {
        splitters.push_back(static_cast<std::int64_t>(random.next_bits()));
        real_splitters.push_back(i == 0 ? 0.0 : random.uniform() - 0.5);
        text_splitters.push_back(std::to_string(random.below(5000)));
      }
      expect_counts_of_splitters_before(keys, splitters, order);
      expect_counts_of_splitters_before(real_keys, real_splitters, order);
      expect_counts_of_splitters_before(texts, text_splitters, order);
    }
  }
}

TEST(RangeClassifierTest, SplittersOutOfOrderAreCaught) {
  EXPECT_THROW(RangeClassifier<int>({2, 1}), InternalError);
  EXPECT_THROW(RangeClassifier<int>({1, 1}), InternalError);
  EXPECT_NO_THROW(RangeClassifier<int>({2, 1}, SortOrder::kDescending));
}

}  // namespace
}  // namespace hammerscale::shuffle
