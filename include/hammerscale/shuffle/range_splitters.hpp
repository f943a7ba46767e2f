#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "hammerscale/base/check.hpp"
#include "hammerscale/shuffle/normalized_key.hpp"
#include "hammerscale/shuffle/sort_kernel.hpp"

namespace hammerscale::shuffle {

/// A sampled key and how many rows it stands for.
template <typename K>
struct WeightedKey {
  K key;
  double weight = 1.0;
};

/// Chooses at most num_partitions - 1 distinct splitters, so that partitions carry even weight.
///
/// Partition i takes the keys in (splitter[i - 1], splitter[i]], so that all rows of one key meet in one partition. A
/// key heavier than a fair share gets a partition of its own, and the rest is shared out evenly again among what
/// remains.
///
/// @param sample  sorted by KeyLess, ascending, or descending for SortOrder::kDescending; duplicates are welcome;
///                weights are positive.
/// @return splitters in the order of the sample. Fewer than asked if there are too few distinct keys.
///
/// Work  O(sample)
template <typename K>
std::vector<K> choose_splitters(std::span<const WeightedKey<K>> sample, std::size_t num_partitions) {
  HS_CHECK(num_partitions > 0);
  const auto differ = [](const K& a, const K& b) { return KeyLess{}(a, b) || KeyLess{}(b, a); };
  double weight_left = 0.0;
  for (const auto& item : sample) { weight_left += item.weight; }
  std::vector<K> splitters;
  std::size_t partitions_left = num_partitions;
  double load = 0.0;
  for (std::size_t begin = 0; begin < sample.size() && partitions_left > 1;) {
    std::size_t end = begin;
    double weight = 0.0;
    for (; end < sample.size() && !differ(sample[begin].key, sample[end].key); ++end) { weight += sample[end].weight; }
    const double fair_share = weight_left / static_cast<double>(partitions_left);
    // Closing here is better as soon as half the next key lies beyond the fair share.
    if (load > 0.0 && load + weight / 2 > fair_share) {
      splitters.push_back(sample[begin - 1].key);
      weight_left -= load;
      load = 0.0;
      --partitions_left;
      continue;
    }
    load += weight;
    begin = end;
  }
  return splitters;
}

/// choose_splitters for keys of equal weight.
template <typename K>
std::vector<K> choose_splitters(std::span<const K> sample, std::size_t num_partitions) {
  std::vector<WeightedKey<K>> weighted;
  weighted.reserve(sample.size());
  for (const K& key : sample) { weighted.push_back({key, 1.0}); }
  return choose_splitters<K>(std::span<const WeightedKey<K>>(weighted), num_partitions);
}

/// Finds the range partition of keys: the number of splitters that lie before the key.
///
/// Numbers go through a search tree without branches, many at a time; other keys through binary search. Const members
/// may be called from several threads.
///
/// Example: splitters {10, 20}, ascending: 10 -> 0, 11 -> 1, 20 -> 1, 21 -> 2, NaN of a double -> 2.
template <typename K>
class RangeClassifier {
 public:
  /// @param splitters  strictly increasing under KeyLess; strictly decreasing for kDescending.
  explicit RangeClassifier(std::vector<K> splitters, SortOrder order = SortOrder::kAscending)
      : splitters_(std::move(splitters)), order_(order) {
    for (std::size_t i = 1; i < splitters_.size(); ++i) { HS_CHECK(before(splitters_[i - 1], splitters_[i])); }
    if constexpr (kUsesTree) { build_tree(); }
  }

  [[nodiscard]] std::uint32_t num_partitions() const noexcept {
    return static_cast<std::uint32_t>(splitters_.size()) + 1;
  }
  [[nodiscard]] const std::vector<K>& splitters() const noexcept { return splitters_; }

  [[nodiscard]] std::uint32_t partition_of(const K& key) const {
    if constexpr (kUsesTree) {
      return leaf_of(bits_of(key));
    } else {
      const auto at = std::lower_bound(splitters_.begin(), splitters_.end(), key,
                                       [this](const K& a, const K& b) { return before(a, b); });
      return static_cast<std::uint32_t>(at - splitters_.begin());
    }
  }

  /// partitions[i] = partition of key_at(i), i below n.
  template <typename KeyAt>
  void classify(std::size_t n, KeyAt&& key_at, std::uint32_t* partitions) const {
    if constexpr (kUsesTree) {
      const std::size_t num_in_lanes = n / kLanes * kLanes;
      for (std::size_t begin = 0; begin < num_in_lanes; begin += kLanes) {
        // Independent searches in step hide each other's latency.
        std::array<std::uint64_t, kLanes> bits;
        std::array<std::uint32_t, kLanes> nodes;
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
          bits[lane] = bits_of(key_at(begin + lane));
          nodes[lane] = 1;
        }
        for (int level = 0; level < num_levels_; ++level) {
          for (std::size_t lane = 0; lane < kLanes; ++lane) {
            nodes[lane] = 2 * nodes[lane] + static_cast<std::uint32_t>(tree_[nodes[lane]] < bits[lane]);
          }
        }
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
          partitions[begin + lane] = nodes[lane] - (std::uint32_t{1} << num_levels_);
        }
      }
      for (std::size_t i = num_in_lanes; i < n; ++i) { partitions[i] = partition_of(key_at(i)); }
    } else {
      for (std::size_t i = 0; i < n; ++i) { partitions[i] = partition_of(key_at(i)); }
    }
  }

  void classify(std::span<const K> keys, std::span<std::uint32_t> partitions) const {
    HS_CHECK(partitions.size() >= keys.size());
    classify(keys.size(), [keys](std::size_t i) -> const K& { return keys[i]; }, partitions.data());
  }

 private:
  static constexpr bool kUsesTree = normalized_key_is_exact<K>();
  static constexpr std::size_t kLanes = 8;

  [[nodiscard]] bool before(const K& a, const K& b) const {
    return order_ == SortOrder::kAscending ? KeyLess{}(a, b) : KeyLess{}(b, a);
  }
  [[nodiscard]] std::uint64_t bits_of(const K& key) const {
    const std::uint64_t bits = normalized_key(key);
    return order_ == SortOrder::kAscending ? bits : ~bits;
  }

  [[nodiscard]] std::uint32_t leaf_of(std::uint64_t bits) const {
    std::uint32_t node = 1;
    for (int level = 0; level < num_levels_; ++level) {
      node = 2 * node + static_cast<std::uint32_t>(tree_[node] < bits);
    }
    return node - (std::uint32_t{1} << num_levels_);
  }

  /// Lays the splitters out level by level (node i has children 2 i and 2 i + 1), padded to 2^levels - 1 with a value
  /// that no key exceeds.
  void build_tree() {
    num_levels_ = static_cast<int>(std::bit_width(splitters_.size()));
    const std::size_t num_leaves = std::size_t{1} << num_levels_;
    tree_.assign(num_leaves, ~std::uint64_t{0});
    for (std::size_t node = 1; node < num_leaves; ++node) {
      const int level = static_cast<int>(std::bit_width(node)) - 1;
      const std::size_t place_in_level = node - (std::size_t{1} << level);
      const std::size_t stride = num_leaves >> level;
      const std::size_t splitter = place_in_level * stride + stride / 2 - 1;
      if (splitter < splitters_.size()) { tree_[node] = bits_of(splitters_[splitter]); }
    }
  }

  std::vector<K> splitters_;
  SortOrder order_;
  std::vector<std::uint64_t> tree_;  // [1, 2^num_levels_)
  int num_levels_ = 0;
};

}  // namespace hammerscale::shuffle
