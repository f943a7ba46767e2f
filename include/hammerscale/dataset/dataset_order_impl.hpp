#pragma once

#include <utility>
#include <vector>

#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/dataset/even_split.hpp"
#include "hammerscale/dataset/make_node.hpp"
#include "hammerscale/dataset/narrow_operators.hpp"
#include "hammerscale/dataset/range_sample.hpp"
#include "hammerscale/dataset/shuffled_nodes.hpp"
#include "hammerscale/dataset/sort_operator.hpp"

namespace hammerscale {

template <typename T>
Dataset<T> Dataset<T>::repartition(std::uint32_t num_partitions, std::source_location where) const {
  const auto count = dataset_detail::choose_partitions(*engine_, num_partitions, 1);
  return {engine_,
          dataset_detail::shuffled_node<T>(engine_, node_, "repartition", operators::RoundRobin(count), where)};
}

template <typename T>
Dataset<T> Dataset<T>::coalesce(std::uint32_t num_partitions, std::source_location where) const {
  const auto count = dataset_detail::choose_partitions(*engine_, num_partitions, 1);
  if (count >= node_->num_partitions) { return *this; }
  std::vector<std::uint32_t> begin;
  for (std::uint32_t p = 0; p <= count; ++p) {
    begin.push_back(static_cast<std::uint32_t>(even_split_begin(node_->num_partitions, count, p)));
  }
  auto node = make_node<operators::Coalesce<T>>(engine_, "coalesce", count, where);
  node->inputs = {node_};
  append_encoded(node->params, begin);
  node->narrow_input = [begin](std::uint32_t p) -> std::optional<std::pair<std::size_t, std::uint32_t>> {
    return std::pair{std::size_t{0}, begin[p]};
  };
  node->all_narrow_inputs = [begin](std::uint32_t p) {
    std::vector<std::pair<std::size_t, std::uint32_t>> all;
    for (auto q = begin[p]; q < begin[p + 1]; ++q) { all.emplace_back(0, q); }
    return all;
  };
  return {engine_, std::move(node)};
}

template <typename T>
template <typename F>
Dataset<T> Dataset<T>::sort_by(F key, bool ascending, std::optional<std::uint32_t> num_partitions,
                               std::source_location where) const {
  require_shippable<F>();
  using K = std::remove_cvref_t<std::invoke_result_t<F&, const T&>>;
  using By = operators::ByRange<K, F>;
  const auto order = ascending ? shuffle::SortOrder::kAscending : shuffle::SortOrder::kDescending;
  const auto count = dataset_detail::choose_partitions(*engine_, num_partitions, node_->num_partitions);
  auto node = make_node<operators::Sort<T, K, F>>(engine_, "sort_by", count, where);
  auto shuffle = make_shuffle<operators::ShuffleWrite<T, By>>(engine_, node_, count);
  append_encoded(node->params, order);
  with_call_site(where, [&] { FunctorCodec<F>::append(node->params, key); });
  node->shuffles = {std::move(shuffle)};
  node->prepare = [engine = std::weak_ptr<Engine>(engine_), key, order, count, where](LineageNode& self) {
    auto& dependency = *self.shuffles[0];
    std::vector<K> splitters;
    if (count > 1) { splitters = sample_splitters<T, K>(engine.lock(), dependency.input, key, order, count, where); }
    FunctorCodec<By>::append(dependency.writer_params,
                             By(RangePartitioner<K>(std::move(splitters), count, order), key));
  };
  return {engine_, std::move(node)};
}

}  // namespace hammerscale
