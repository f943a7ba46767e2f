#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <source_location>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "hammerscale/closure/composite.hpp"
#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/dataset/external_combiner.hpp"
#include "hammerscale/dataset/function_rules.hpp"
#include "hammerscale/dataset/hash_join.hpp"
#include "hammerscale/dataset/make_node.hpp"
#include "hammerscale/dataset/narrow_operators.hpp"
#include "hammerscale/dataset/shuffled_nodes.hpp"

namespace hammerscale {

namespace dataset_detail {

/// A dataset of Op, which reads rows of two sides that are partitioned alike by key.
template <typename Op, typename LeftRow, typename RightRow>
Dataset<typename Op::Element> two_sided(const Dataset<LeftRow>& left, const Dataset<RightRow>& right, std::string name,
                                        std::optional<std::uint32_t> num_partitions,
                                        const std::source_location& where) {
  return {left.engine(), two_sided_node<Op, LeftRow, RightRow>(left.engine(), left.node(), right.node(),
                                                               std::move(name), num_partitions, where)};
}

}  // namespace dataset_detail

template <typename T>
template <typename P, typename K>
Dataset<K> Dataset<T>::keys(std::source_location where) const {
  return map(rules::First{}, where);
}

template <typename T>
template <typename P, typename V>
Dataset<V> Dataset<T>::values(std::source_location where) const {
  return map(rules::Second{}, where);
}

template <typename T>
template <typename F, typename P, typename U>
Dataset<std::pair<PairKey<P>, U>> Dataset<T>::map_values(F function, std::source_location where) const {
  require_shippable<F>();
  const auto wrapped = compose<rules::OnValue>(std::move(function));
  using Op = operators::Map<T, std::pair<PairKey<P>, U>, std::remove_const_t<decltype(wrapped)>>;
  return {engine_, dataset_detail::partition_keeping_node<Op>(engine_, node_, "map_values", wrapped, where)};
}

template <typename T>
template <typename F, typename P, typename U>
Dataset<std::pair<PairKey<P>, U>> Dataset<T>::flat_map_values(F function, std::source_location where) const {
  require_shippable<F>();
  const auto wrapped = compose<rules::EachOfValue>(std::move(function));
  using Op = operators::FlatMap<T, std::pair<PairKey<P>, U>, std::remove_const_t<decltype(wrapped)>>;
  return {engine_, dataset_detail::partition_keeping_node<Op>(engine_, node_, "flat_map_values", wrapped, where)};
}

template <typename T>
template <typename F, typename P>
Dataset<P> Dataset<T>::reduce_by_key(F function, std::optional<std::uint32_t> num_partitions,
                                     std::source_location where) const requires IsPair<P> {
  using V = PairValue<P>;
  require_shippable<F>();
  const auto fold = compose<rules::FoldInto>(std::move(function));
  return {engine_, dataset_detail::combined_node<PairKey<P>, V, V>(engine_, node_, "reduce_by_key", rules::Keep{}, fold,
                                                                   fold, true, num_partitions, where)};
}

template <typename T>
Dataset<std::pair<T, std::int64_t>> Dataset<T>::count_each(std::optional<std::uint32_t> asked,
                                                           std::source_location where) const {
  const auto fold = compose<rules::FoldInto>(std::plus<>{});
  using Fold = std::remove_const_t<decltype(fold)>;
  using Aggregation = operators::Aggregation<std::int64_t, std::int64_t, rules::Keep, Fold, Fold>;
  using Body = operators::CombineWrite<T, HashPartitioner, Aggregation, operators::CountedElements<T>>;
  const auto num_partitions = dataset_detail::choose_partitions(*engine_, asked, node_->num_partitions);
  auto shuffle = make_shuffle<Body>(engine_, node_, num_partitions);
  FunctorCodec<HashPartitioner>::append(shuffle->writer_params, HashPartitioner(num_partitions));
  Aggregation{rules::Keep{}, fold, fold}.append(shuffle->writer_params);
  using Op = operators::CombineRead<T, std::int64_t, Fold>;
  auto node = make_node<Op>(engine_, "count_each", num_partitions, where);
  node->shuffles = {std::move(shuffle)};
  FunctorCodec<Fold>::append(node->params, fold);
  node->partitioning = dataset_detail::hash_partitioning<T>(num_partitions);
  return {engine_, std::move(node)};
}

template <typename T>
template <typename F, typename P>
Dataset<P> Dataset<T>::fold_by_key(PairValue<P> zero, F function, std::optional<std::uint32_t> num_partitions,
                                   std::source_location where) const {
  return aggregate_by_key(std::move(zero), function, function, num_partitions, where);
}

template <typename T>
template <typename U, typename Add, typename Merge, typename P>
Dataset<std::pair<PairKey<P>, U>> Dataset<T>::aggregate_by_key(U zero, Add add, Merge merge,
                                                               std::optional<std::uint32_t> num_partitions,
                                                               std::source_location where) const {
  require_shippable<Add>();
  require_shippable<Merge>();
  return {engine_,
          dataset_detail::combined_node<PairKey<P>, PairValue<P>, U>(
              engine_, node_, "aggregate_by_key", compose<rules::FoldFromZero>(rules::bind_value(std::move(zero)), add),
              compose<rules::FoldInto>(add), compose<rules::FoldInto>(std::move(merge)), true, num_partitions, where)};
}

template <typename T>
template <typename Create, typename MergeValue, typename MergeCombiners, typename P, typename C>
Dataset<std::pair<PairKey<P>, C>> Dataset<T>::combine_by_key(Create create, MergeValue merge_value,
                                                             MergeCombiners merge_combiners,
                                                             std::optional<std::uint32_t> num_partitions,
                                                             std::source_location where) const {
  require_shippable<Create>();
  require_shippable<MergeValue>();
  require_shippable<MergeCombiners>();
  return {engine_,
          dataset_detail::combined_node<PairKey<P>, PairValue<P>, C>(
              engine_, node_, "combine_by_key", std::move(create), compose<rules::FoldInto>(std::move(merge_value)),
              compose<rules::FoldInto>(std::move(merge_combiners)), true, num_partitions, where)};
}

template <typename T>
template <typename P>
Dataset<std::pair<PairKey<P>, std::vector<PairValue<P>>>> Dataset<T>::group_by_key(
    std::optional<std::uint32_t> num_partitions, std::source_location where) const {
  using V = PairValue<P>;
  return {engine_, dataset_detail::combined_node<PairKey<P>, V, std::vector<V>>(
                       engine_, node_, "group_by_key", rules::ToVector{}, rules::PushBack{}, rules::Extend{}, false,
                       num_partitions, where)};
}

template <typename T>
template <typename F, typename K>
Dataset<std::pair<K, std::vector<T>>> Dataset<T>::group_by(F function, std::optional<std::uint32_t> num_partitions,
                                                           std::source_location where) const {
  return key_by(std::move(function), where).group_by_key(num_partitions, where);
}

template <typename T>
template <typename W, typename P>
Dataset<std::pair<PairKey<P>, std::pair<PairValue<P>, W>>> Dataset<T>::join(
    const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions,
    std::source_location where) const {
  using Op = operators::HashJoin<PairKey<P>, PairValue<P>, W, JoinKind::kInner>;
  return dataset_detail::two_sided<Op>(*this, other, "join", num_partitions, where);
}

template <typename T>
template <typename W, typename P>
Dataset<std::pair<PairKey<P>, std::pair<PairValue<P>, std::optional<W>>>> Dataset<T>::left_outer_join(
    const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions,
    std::source_location where) const {
  using Op = operators::HashJoin<PairKey<P>, PairValue<P>, W, JoinKind::kLeftOuter>;
  return dataset_detail::two_sided<Op>(*this, other, "left_outer_join", num_partitions, where);
}

template <typename T>
template <typename W, typename P>
Dataset<std::pair<PairKey<P>, std::pair<std::optional<PairValue<P>>, W>>> Dataset<T>::right_outer_join(
    const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions,
    std::source_location where) const {
  using Op = operators::HashJoin<PairKey<P>, PairValue<P>, W, JoinKind::kRightOuter>;
  return dataset_detail::two_sided<Op>(*this, other, "right_outer_join", num_partitions, where);
}

template <typename T>
template <typename W, typename P>
Dataset<std::pair<PairKey<P>, std::pair<std::optional<PairValue<P>>, std::optional<W>>>> Dataset<T>::full_outer_join(
    const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions,
    std::source_location where) const {
  using Op = operators::HashJoin<PairKey<P>, PairValue<P>, W, JoinKind::kFullOuter>;
  return dataset_detail::two_sided<Op>(*this, other, "full_outer_join", num_partitions, where);
}

template <typename T>
template <typename W, typename P>
Dataset<std::pair<PairKey<P>, std::pair<std::vector<PairValue<P>>, std::vector<W>>>> Dataset<T>::cogroup(
    const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions,
    std::source_location where) const {
  using Op = operators::CoGroup<PairKey<P>, PairValue<P>, W>;
  return dataset_detail::two_sided<Op>(*this, other, "cogroup", num_partitions, where);
}

template <typename T>
template <typename W, typename P>
Dataset<P> Dataset<T>::subtract_by_key(const Dataset<std::pair<PairKey<P>, W>>& other,
                                       std::optional<std::uint32_t> num_partitions, std::source_location where) const {
  using K = PairKey<P>;
  const auto other_keys = other.keys(where).distinct(num_partitions, where).map(rules::WithNothing{}, where);
  return left_outer_join(other_keys, num_partitions, where)
      .filter([](const auto& row) { return !row.second.second.has_value(); }, where)
      .map([](auto row) { return std::pair<K, PairValue<P>>(std::move(row.first), std::move(row.second.first)); },
           where);
}

template <typename T>
template <typename PartitionerType, typename P>
requires Partitioner<PartitionerType, PairKey<P>> Dataset<P> Dataset<T>::partition_by(PartitionerType partitioner,
                                                                                      std::source_location where)
const {
  require_shippable<PartitionerType>();
  const auto num_partitions = dataset_detail::choose_partitions(*engine_, partitioner.num_partitions(), 1);
  Partitioning partitioning{0, num_partitions};
  if constexpr (std::is_same_v<PartitionerType, HashPartitioner>) {
    partitioning = dataset_detail::hash_partitioning<PairKey<P>>(num_partitions);
    if (node_->partitioning == partitioning) { return *this; }
  }
  auto node = dataset_detail::shuffled_node<P>(engine_, node_, "partition_by",
                                               operators::ByKey<PartitionerType>(std::move(partitioner)), where);
  // The number of the node itself: no other partitioner is known to place keys alike.
  if (partitioning.function == 0) { partitioning.function = 2 + node->id.value; }
  node->partitioning = partitioning;
  return {engine_, std::move(node)};
}

template <typename T>
template <typename P>
Dataset<P> Dataset<T>::sort_by_key(bool ascending, std::optional<std::uint32_t> num_partitions,
                                   std::source_location where) const requires IsPair<P> {
  return sort_by(rules::First{}, ascending, num_partitions, where);
}

}  // namespace hammerscale
