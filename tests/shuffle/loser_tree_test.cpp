#include "hammerscale/shuffle/loser_tree.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "hammerscale/base/counter_random.hpp"

namespace hammerscale::shuffle {
namespace {

struct Item {
  int key;
  std::size_t source;
  friend bool operator==(const Item&, const Item&) = default;
};

TEST(LoserTreeTest, MergesStablyWhateverTheBlocks) {
  for (const std::size_t num_sources : {0u, 1u, 2u, 3u, 8u, 13u}) {
    for (const std::size_t block_size : {1u, 7u, 1000u}) {
      std::vector<std::vector<Item>> sources(num_sources);
      std::vector<Item> expected;
      for (std::size_t s = 0; s < num_sources; ++s) {
        CounterRandom random(11, s);
        // Every third source is empty.
        const std::size_t size = s % 3 == 2 ? 0 : random.below(200);
        for (std::size_t i = 0; i < size; ++i) { sources[s].push_back({static_cast<int>(random.below(20)), s}); }
        std::stable_sort(sources[s].begin(), sources[s].end(), [](auto& a, auto& b) { return a.key < b.key; });
        expected.insert(expected.end(), sources[s].begin(), sources[s].end());
      }
      std::stable_sort(expected.begin(), expected.end(), [](auto& a, auto& b) { return a.key < b.key; });

      std::vector<std::size_t> positions(num_sources);
      const auto next_block = [&](std::size_t s) {
        const std::span<const Item> rest = std::span<const Item>(sources[s]).subspan(positions[s]);
        const auto block = rest.first(std::min(block_size, rest.size()));
        positions[s] += block.size();
        return block;
      };
      const auto less = [](const Item& a, const Item& b) { return a.key < b.key; };
      LoserTree<const Item, decltype(less), decltype(next_block)> tree(num_sources, less, next_block);
      std::vector<Item> merged;
      std::vector<Item> output(33);
      for (std::size_t count = output.size(); count == output.size();) {
        count = tree.merge(output);
        merged.insert(merged.end(), output.begin(), output.begin() + static_cast<std::ptrdiff_t>(count));
      }
      EXPECT_TRUE(tree.done());
      EXPECT_EQ(merged, expected);
    }
  }
}

TEST(LoserTreeTest, MovesElementsOutOfSources) {
  std::vector<std::vector<std::unique_ptr<int>>> sources(2);
  for (int i = 0; i < 10; ++i) { sources[static_cast<std::size_t>(i % 2)].push_back(std::make_unique<int>(i)); }
  std::vector<bool> asked(2);
  const auto next_block = [&](std::size_t s) {
    const bool first = !asked[s];
    asked[s] = true;
    return first ? std::span(sources[s]) : std::span<std::unique_ptr<int>>();
  };
  const auto less = [](const std::unique_ptr<int>& a, const std::unique_ptr<int>& b) { return *a < *b; };
  LoserTree<std::unique_ptr<int>, decltype(less), decltype(next_block)> tree(2, less, next_block);
  std::vector<int> values;
  EXPECT_EQ(tree.merge_into(4, [&](const std::unique_ptr<int>& value) { values.push_back(*value); }), 4u);
  std::vector<std::unique_ptr<int>> output(100);
  EXPECT_EQ(tree.merge(output), 6u);
  for (int i = 0; i < 4; ++i) { EXPECT_EQ(values[static_cast<std::size_t>(i)], i); }
  for (int i = 0; i < 6; ++i) { EXPECT_EQ(*output[static_cast<std::size_t>(i)], i + 4); }
}

}  // namespace
}  // namespace hammerscale::shuffle
