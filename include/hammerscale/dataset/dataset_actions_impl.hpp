#pragma once

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <utility>
#include <vector>

#include "hammerscale/base/counter_random.hpp"
#include "hammerscale/closure/bind.hpp"
#include "hammerscale/closure/composite.hpp"
#include "hammerscale/dataset/actions.hpp"
#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/dataset/function_rules.hpp"
#include "hammerscale/dataset/gang_rows.hpp"
#include "hammerscale/dataset/make_node.hpp"
#include "hammerscale/dataset/shuffled_nodes.hpp"

namespace hammerscale {

template <typename T>
std::vector<T> Dataset<T>::collect(std::source_location where) const {
  auto parts = run_action<T, std::vector<T>>(engine_, node_, "collect", actions::FirstElements{UINT64_MAX},
                                             all_partitions(*node_), where);
  std::size_t total = 0;
  for (const auto& part : parts) { total += part.size(); }
  std::vector<T> all;
  all.reserve(total);
  for (auto& part : parts) {
    all.insert(all.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
    part = {};
  }
  return all;
}

template <typename T>
std::vector<T> Dataset<T>::take(std::uint64_t n, std::source_location where) const {
  std::vector<T> taken;
  std::uint32_t begin = 0;
  std::uint32_t count = 1;
  while (taken.size() < n && begin < node_->num_partitions) {
    std::vector<std::uint32_t> partitions;
    for (; begin < node_->num_partitions && partitions.size() < count; ++begin) { partitions.push_back(begin); }
    auto parts = run_action<T, std::vector<T>>(engine_, node_, "take", actions::FirstElements{n - taken.size()},
                                               std::move(partitions), where);
    for (auto& part : parts) {
      for (auto&& element : part) {
        if (taken.size() < n) { taken.push_back(std::move(element)); }
      }
    }
    count *= 4;
  }
  return taken;
}

template <typename T>
T Dataset<T>::first(std::source_location where) const {
  auto taken = take(1, where);
  if (taken.empty()) { throw UserError(ErrorCode::kInvalidArgument, "an empty dataset has no first element"); }
  return std::move(taken[0]);
}

template <typename T>
bool Dataset<T>::is_empty(std::source_location where) const {
  return take(1, where).empty();
}

template <typename T>
template <typename Less>
std::vector<T> Dataset<T>::take_ordered(std::uint64_t n, Less less, std::source_location where) const {
  require_shippable<Less>();
  const auto smallest = compose<actions::SmallestElements>(rules::bind_value(n), less);
  auto parts = run_action<T, std::vector<T>>(engine_, node_, "take_ordered", smallest, all_partitions(*node_), where);
  std::vector<T> all;
  for (auto& part : parts) {
    all.insert(all.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
  }
  std::stable_sort(all.begin(), all.end(), less);
  if (all.size() > n) { all.erase(all.begin() + static_cast<std::ptrdiff_t>(n), all.end()); }
  return all;
}

template <typename T>
template <typename Less>
std::vector<T> Dataset<T>::top(std::uint64_t n, Less less, std::source_location where) const {
  return take_ordered(n, rules::Reversed<Less>{less}, where);
}

template <typename T>
std::vector<T> Dataset<T>::take_sample(std::uint64_t n, std::uint64_t seed, std::source_location where) const {
  // The n elements with the smallest random numbers are a random choice in random order.
  const auto drawn = zip_with_index(where).map(
      [seed](std::pair<T, std::int64_t> row) {
        CounterRandom random(seed, static_cast<std::uint64_t>(row.second));
        return std::pair<std::pair<std::uint64_t, std::int64_t>, T>({random.next_bits(), row.second},
                                                                    std::move(row.first));
      },
      where);
  auto chosen = drawn.take_ordered(
      n, [](const auto& a, const auto& b) { return a.first < b.first; }, where);
  std::vector<T> elements;
  elements.reserve(chosen.size());
  for (auto& row : chosen) { elements.push_back(std::move(row.second)); }
  return elements;
}

template <typename T>
std::uint64_t Dataset<T>::count(std::source_location where) const {
  const auto counts =
      run_action<T, std::uint64_t>(engine_, node_, "count", actions::CountElements{}, all_partitions(*node_), where);
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

template <typename T>
template <typename F>
T Dataset<T>::reduce(F function, std::source_location where) const {
  require_shippable<F>();
  auto parts = run_action<T, std::optional<T>>(engine_, node_, "reduce", compose<actions::ReducePartition>(function),
                                               all_partitions(*node_), where);
  std::optional<T> total;
  for (auto& part : parts) {
    if (!part) { continue; }
    total = total ? std::optional<T>(function(std::move(*total), std::move(*part))) : std::move(part);
  }
  if (!total) { throw UserError(ErrorCode::kInvalidArgument, "an empty dataset cannot be reduced"); }
  return std::move(*total);
}

template <typename T>
template <typename F>
T Dataset<T>::fold(T zero, F function, std::source_location where) const {
  return aggregate(std::move(zero), function, function, where);
}

template <typename T>
template <typename U, typename Add, typename Merge>
U Dataset<T>::aggregate(U zero, Add add, Merge merge, std::source_location where) const {
  require_shippable<Add>();
  const auto fold = compose<actions::FoldPartition>(rules::bind_value(zero), std::move(add));
  auto parts = run_action<T, U>(engine_, node_, "aggregate", fold, all_partitions(*node_), where);
  U total = std::move(zero);
  for (auto& part : parts) { total = merge(std::move(total), std::move(part)); }
  return total;
}

template <typename T>
template <typename U, typename Add, typename Merge>
U Dataset<T>::tree_aggregate(U zero, Add add, Merge merge, std::uint32_t depth, std::source_location where) const {
  require_shippable<Add>();
  require_shippable<Merge>();
  if (depth == 0) { throw UserError(ErrorCode::kInvalidArgument, "the depth of tree_aggregate is 0"); }
  struct FoldRows {
    static void call(const Bound<rules::Return, U>& start, const Add& function, std::uint32_t partition,
                     PartitionRows<T>& rows, Emitter<std::pair<std::uint32_t, U>>& emit) {
      U total = start();
      rows.for_each([&](T element) { total = function(std::move(total), std::move(element)); });
      emit(std::pair<std::uint32_t, U>(partition, std::move(total)));
    }
  };
  struct MergeRows {
    static void call(const Merge& function, PartitionRows<std::pair<std::uint32_t, U>>& rows,
                     Emitter<std::pair<std::uint32_t, U>>& emit) {
      std::optional<std::pair<std::uint32_t, U>> total;
      rows.for_each([&](std::pair<std::uint32_t, U> row) {
        if (total) {
          total->second = function(std::move(total->second), std::move(row.second));
        } else {
          total = std::move(row);
        }
      });
      if (total) { emit(std::move(*total)); }
    }
  };
  using Row = std::pair<std::uint32_t, U>;
  auto level = map_partitions_with_index<Row>(compose<FoldRows>(rules::bind_value(zero), add), where);
  const auto scale = static_cast<std::uint32_t>(
      std::max(2.0, std::ceil(std::pow(static_cast<double>(std::max(num_partitions(), 1U)), 1.0 / depth))));
  auto remaining = num_partitions();
  while (remaining > scale + (remaining + scale - 1) / scale) {
    remaining = (remaining + scale - 1) / scale;
    // Neighbours meet: partition p holds rows p * scale .. p * scale + scale - 1 of the level before, in order.
    level = level.map([scale](Row row) { return Row(row.first / scale, std::move(row.second)); }, where)
                .partition_by(FunctionPartitioner(remaining, [](std::uint32_t key) { return key; }), where)
                .template map_partitions<Row>(compose<MergeRows>(merge), where);
  }
  const auto rows = level.collect(where);
  U total = std::move(zero);
  for (const auto& row : rows) { total = merge(std::move(total), row.second); }
  return total;
}

template <typename T>
template <typename P>
std::map<PairKey<P>, std::uint64_t> Dataset<T>::count_by_key(std::source_location where) const {
  const auto counts = map_values([](const auto&) { return std::uint64_t{1}; }, where)
                          .reduce_by_key(std::plus<>{}, {}, where)
                          .collect(where);
  return {counts.begin(), counts.end()};
}

template <typename T>
std::map<T, std::uint64_t> Dataset<T>::count_by_value(std::source_location where) const {
  return map(rules::WithNothing{}, where).count_by_key(where);
}

template <typename T>
template <typename P>
std::vector<PairValue<P>> Dataset<T>::lookup(const PairKey<P>& key, std::source_location where) const {
  const auto matches =
      hammerscale::bind(key, [](const PairKey<P>& wanted, const P& row) { return row.first == wanted; });
  const auto found = filter(matches, where).values(where);
  if (!node_->partitioning || *node_->partitioning != dataset_detail::hash_partitioning<PairKey<P>>(num_partitions())) {
    return found.collect(where);
  }
  auto parts = run_action<PairValue<P>, std::vector<PairValue<P>>>(engine_, found.node(), "lookup",
                                                                   actions::FirstElements{UINT64_MAX},
                                                                   {HashPartitioner(num_partitions())(key)}, where);
  return std::move(parts[0]);
}

template <typename T>
template <typename F>
void Dataset<T>::foreach (F function, std::source_location where) const {
  require_shippable<F>();
  run_action<T, Nothing>(engine_, node_, "foreach", compose<actions::ForEachElement>(std::move(function)),
                         all_partitions(*node_), where);
}

template <typename T>
template <typename F>
void Dataset<T>::foreach_partition(F function, std::source_location where) const {
  require_shippable<F>();
  run_action<T, Nothing>(engine_, node_, "foreach_partition", compose<actions::ForEachPartition>(std::move(function)),
                         all_partitions(*node_), where);
}

template <typename T>
template <typename F, typename R>
std::vector<R> Dataset<T>::gang(F function, std::function<void(ExecutorId, const std::string&, double)> on_progress,
                                std::source_location where) const {
  require_shippable<F>();
  using Body = dataset_detail::GangOnRows<T, R, F>;
  persist();
  const auto missing = [&] {
    std::vector<std::uint32_t> partitions;
    for (std::uint32_t p = 0; p < num_partitions(); ++p) {
      if (!engine_->cached_on(id(), p)) { partitions.push_back(p); }
    }
    return partitions;
  };
  auto wanted = missing();
  // A gang cannot compute a partition again, so what does not fit in memory is kept on disk from here on. Each round
  // may push out blocks that were stored as kMemoryOnly before, never those it stores itself.
  if (node_->storage_level == storage::StorageLevel::kMemoryOnly && !wanted.empty()) {
    node_->storage_level = storage::StorageLevel::kMemoryAndDisk;
  }
  constexpr int kRounds = 4;
  for (int round = 0; round < kRounds && !wanted.empty(); ++round) {
    run_action<T, std::uint64_t>(engine_, node_, "cache", actions::CountElements{}, wanted, where);
    wanted = missing();
  }
  if (!wanted.empty()) {
    throw ResourceError(ErrorCode::kOutOfMemory, "the partitions that a gang needs cannot be kept on the executors",
                        {{"partition", std::to_string(wanted.front())}, {"dataset", node_->name}});
  }
  GangRequest request;
  request.dataset = node_;
  request.body = to_function_ref(&Body::make);
  with_call_site(where, [&] { FunctorCodec<F>::append(request.body_params, function); });
  request.call_site = CallSite::of(where);
  request.on_progress = std::move(on_progress);
  return dataset_detail::decode_all<R>(engine_->run_gang(std::move(request)));
}

}  // namespace hammerscale
