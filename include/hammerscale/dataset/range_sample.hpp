#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <source_location>
#include <utility>
#include <vector>

#include "hammerscale/base/counter_random.hpp"
#include "hammerscale/closure/composite.hpp"
#include "hammerscale/dataset/actions.hpp"
#include "hammerscale/shuffle/range_splitters.hpp"

namespace hammerscale {

namespace actions {

struct GiveLimit {
  std::uint64_t operator()(std::uint64_t limit) const { return limit; }
};

/// A uniform choice of up to `limit` keys of a partition, and how many elements the partition has.
///
/// Source  Li: Reservoir-Sampling Algorithms of Time Complexity O(n(1 + log(N/n))), TOMS 20(4), 1994, Algorithm L. It
///         knows how many elements it will pass over, so blocks without a chosen one are not even looked at.
struct SampleKeys {
  template <typename Limit, typename KeyOf, typename T>
  static auto call(const Limit& limit_value, const KeyOf& key_of, TaskContext& context, std::uint32_t partition,
                   const Operator<T>& input) {
    using K = std::remove_cvref_t<std::invoke_result_t<const KeyOf&, const T&>>;
    const std::uint64_t limit = limit_value();
    std::vector<K> keys;
    std::uint64_t num_seen = 0;
    CounterRandom random(0x73616d706c65, partition);
    double weight = 1;
    std::uint64_t next = limit;  // Number of the next element to be taken once the reservoir is full.
    const auto advance = [&] {
      weight *= std::exp(std::log(1 - random.uniform()) / static_cast<double>(limit));
      const double skip = std::floor(std::log(1 - random.uniform()) / std::log1p(-weight));
      next += skip < 1e18 ? static_cast<std::uint64_t>(skip) + 1 : UINT64_MAX / 2;
    };
    for_each_block(input, context, partition, [&](BlockSpan<T> elements) {
      std::uint64_t at = 0;
      for (; keys.size() < limit && at < elements.size(); ++at) {
        keys.push_back(std::invoke(key_of, std::as_const(elements[at])));
        if (keys.size() == limit) {
          next = num_seen + at;
          advance();
        }
      }
      while (keys.size() == limit && next < num_seen + elements.size()) {
        keys[random.below(limit)] = std::invoke(key_of, std::as_const(elements[next - num_seen]));
        advance();
      }
      num_seen += elements.size();
      return true;
    });
    return std::pair<std::uint64_t, std::vector<K>>(num_seen, std::move(keys));
  }
};

}  // namespace actions

/// Splitters that spread the elements of `input` evenly over num_partitions in the order of their keys. Runs a job that
/// samples the keys: about 100 for each partition to be, with a fixed seed, so that the result repeats.
template <typename T, typename K, typename KeyOf>
std::vector<K> sample_splitters(const std::shared_ptr<Engine>& engine, const std::shared_ptr<LineageNode>& input,
                                const KeyOf& key_of, shuffle::SortOrder order, std::uint32_t num_partitions,
                                const std::source_location& where) {
  constexpr std::uint64_t kKeysPerPartition = 100;
  const auto num_inputs = std::max<std::uint64_t>(input->num_partitions, 1);
  // Three times the share of an input partition of average size, as large ones want more.
  const std::uint64_t limit = std::max<std::uint64_t>(3 * kKeysPerPartition * num_partitions / num_inputs, 64);
  using Sampled = std::pair<std::uint64_t, std::vector<K>>;
  auto sampled = run_action<T, Sampled>(
      engine, input, "sample_keys",
      compose<actions::SampleKeys>(Bound<actions::GiveLimit, std::uint64_t>({limit}, actions::GiveLimit{}), key_of),
      all_partitions(*input), where);
  std::vector<shuffle::WeightedKey<K>> keys;
  for (auto& [num_elements, of_partition] : sampled) {
    const double weight =
        static_cast<double>(num_elements) / static_cast<double>(std::max<std::size_t>(of_partition.size(), 1));
    for (auto& key : of_partition) { keys.push_back({std::move(key), weight}); }
  }
  std::stable_sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) {
    return order == shuffle::SortOrder::kAscending ? shuffle::KeyLess{}(a.key, b.key)
                                                   : shuffle::KeyLess{}(b.key, a.key);
  });
  return shuffle::choose_splitters(std::span<const shuffle::WeightedKey<K>>(keys), num_partitions);
}

}  // namespace hammerscale
