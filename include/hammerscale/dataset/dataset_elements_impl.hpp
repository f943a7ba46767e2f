#pragma once

#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "hammerscale/closure/composite.hpp"
#include "hammerscale/dataset/actions.hpp"
#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/dataset/function_rules.hpp"
#include "hammerscale/dataset/make_node.hpp"
#include "hammerscale/dataset/narrow_operators.hpp"
#include "hammerscale/dataset/shuffled_nodes.hpp"
#include "hammerscale/dataset/word_operator.hpp"
#include "hammerscale/dataset/words.hpp"

namespace hammerscale {

namespace dataset_detail {

/// Elements in each partition before the first of a partition: where its numbering begins. Runs a counting job.
template <typename T>
std::vector<std::uint64_t> count_before_partitions(const std::shared_ptr<Engine>& engine,
                                                   const std::shared_ptr<LineageNode>& input,
                                                   const std::source_location& where) {
  auto partitions = all_partitions(*input);
  if (!partitions.empty()) { partitions.pop_back(); }  // The last partition's count is nobody's beginning.
  const auto counts =
      run_action<T, std::uint64_t>(engine, input, "count_partitions", actions::CountElements{}, partitions, where);
  std::vector<std::uint64_t> before(input->num_partitions, 0);
  for (std::size_t p = 0; p < counts.size(); ++p) { before[p + 1] = before[p] + counts[p]; }
  return before;
}

/// LineageNode::prepare of operators that number the elements of their input.
template <typename T>
std::function<void(LineageNode&)> give_first_indices(const std::shared_ptr<Engine>& engine,
                                                     const std::source_location& where) {
  return [weak = std::weak_ptr<Engine>(engine), where](LineageNode& self) {
    append_encoded(self.params, count_before_partitions<T>(weak.lock(), self.inputs[0], where));
  };
}

}  // namespace dataset_detail

template <typename T>
template <typename F, typename U>
Dataset<U> Dataset<T>::map(F function, std::source_location where) const {
  return {engine_, dataset_detail::unary_node<operators::Map<T, U, F>>(engine_, node_, "map", function, where)};
}

template <typename T>
template <typename F>
Dataset<T> Dataset<T>::filter(F predicate, std::source_location where) const {
  using Op = operators::Filter<T, F>;
  return {engine_, dataset_detail::partition_keeping_node<Op>(engine_, node_, "filter", predicate, where)};
}

template <typename T>
template <typename F, typename U>
Dataset<U> Dataset<T>::flat_map(F function, std::source_location where) const {
  using Op = std::conditional_t<std::is_same_v<T, std::string> && std::is_same_v<F, SplitWords>, operators::Words,
                                operators::FlatMap<T, U, F>>;
  return {engine_, dataset_detail::unary_node<Op>(engine_, node_, "flat_map", function, where)};
}

template <typename T>
template <typename U, typename F>
  requires std::invocable<F&, T, Emitter<U>&>
Dataset<U> Dataset<T>::flat_map(F function, std::source_location where) const {
  using Op = std::conditional_t<std::is_same_v<T, std::string> && std::is_same_v<F, SplitWords>, operators::Words,
                                operators::FlatMap<T, U, F>>;
  return {engine_, dataset_detail::unary_node<Op>(engine_, node_, "flat_map", function, where)};
}

template <typename T>
template <typename U, typename F>
Dataset<U> Dataset<T>::map_partitions(F function, std::source_location where) const {
  require_shippable<F>();
  const auto wrapped = compose<rules::IgnoreIndex>(std::move(function));
  using Op = operators::MapPartitionsWithIndex<T, U, std::remove_const_t<decltype(wrapped)>>;
  return {engine_, dataset_detail::unary_node<Op>(engine_, node_, "map_partitions", wrapped, where)};
}

template <typename T>
template <typename U, typename F>
Dataset<U> Dataset<T>::map_partitions_with_index(F function, std::source_location where) const {
  using Op = operators::MapPartitionsWithIndex<T, U, F>;
  return {engine_, dataset_detail::unary_node<Op>(engine_, node_, "map_partitions_with_index", function, where)};
}

template <typename T>
Dataset<std::vector<T>> Dataset<T>::glom(std::source_location where) const {
  return map_partitions<std::vector<T>>(
      [](PartitionRows<T>& rows, Emitter<std::vector<T>>& emit) {
        std::vector<T> elements;
        rows.for_each([&](T element) { elements.push_back(std::move(element)); });
        emit(std::move(elements));
      },
      where);
}

template <typename T>
template <typename F, typename K>
Dataset<std::pair<K, T>> Dataset<T>::key_by(F function, std::source_location where) const {
  require_shippable<F>();
  return map(compose<rules::KeyFirst>(std::move(function)), where);
}

template <typename T>
Dataset<T> Dataset<T>::union_with(const Dataset<T>& other, std::source_location where) const {
  const std::vector<std::uint32_t> first_partition = {0, node_->num_partitions};
  auto node = make_node<operators::Union<T>>(engine_, "union", node_->num_partitions + other.num_partitions(), where);
  node->inputs = {node_, other.node_};
  append_encoded(node->params, first_partition);
  node->narrow_input =
      [split = node_->num_partitions](std::uint32_t p) -> std::optional<std::pair<std::size_t, std::uint32_t>> {
    if (p < split) { return std::pair{std::size_t{0}, p}; }
    return std::pair{std::size_t{1}, p - split};
  };
  return {engine_, std::move(node)};
}

template <typename T>
Dataset<T> Dataset<T>::distinct(std::optional<std::uint32_t> num_partitions, std::source_location where) const {
  const auto pairs = map(rules::WithNothing{}, where);
  auto node = dataset_detail::combined_node<T, Nothing, Nothing>(engine_, pairs.node(), "distinct", rules::Keep{},
                                                                 rules::KeepFirst{}, rules::KeepFirst{}, true,
                                                                 num_partitions, where);
  return Dataset<std::pair<T, Nothing>>(engine_, std::move(node)).keys(where);
}

template <typename T>
Dataset<T> Dataset<T>::intersection(const Dataset<T>& other, std::optional<std::uint32_t> num_partitions,
                                    std::source_location where) const {
  return map(rules::WithNothing{}, where)
      .cogroup(other.map(rules::WithNothing{}, where), num_partitions, where)
      .filter([](const auto& row) { return !row.second.first.empty() && !row.second.second.empty(); }, where)
      .keys(where);
}

template <typename T>
Dataset<T> Dataset<T>::subtract(const Dataset<T>& other, std::optional<std::uint32_t> num_partitions,
                                std::source_location where) const {
  return map(rules::WithNothing{}, where)
      .subtract_by_key(other.map(rules::WithNothing{}, where), num_partitions, where)
      .keys(where);
}

template <typename T>
template <typename U>
Dataset<std::pair<T, U>> Dataset<T>::cartesian(const Dataset<U>& other, std::source_location where) const {
  // Every element of this side becomes a key that all elements of the other side have: one partition of the other side
  // a time would need a second kind of dependency, and the other side has to be small either way.
  const auto right = other.collect(where);
  const auto pair_up =
      hammerscale::bind(right, [](const std::vector<U>& all, T element, Emitter<std::pair<T, U>>& emit) {
        for (const U& each : all) {
          if (!emit(std::pair<T, U>(element, each))) { return; }
        }
      });
  return flat_map<std::pair<T, U>>(pair_up, where);
}

template <typename T>
Dataset<T> Dataset<T>::sample(double fraction, std::uint64_t seed, bool with_replacement,
                              std::source_location where) const {
  if (!(fraction >= 0) || !std::isfinite(fraction) || (!with_replacement && fraction > 1)) {
    throw UserError(ErrorCode::kInvalidArgument, "the fraction of a sample is out of range",
                    {{"fraction", std::to_string(fraction)}});
  }
  using Op = operators::Sample<T>;
  auto node = make_node<Op>(engine_, "sample", node_->num_partitions, where);
  node->inputs = {node_};
  append_encoded(node->params, typename Op::Options{fraction, seed, with_replacement});
  node->partitioning = node_->partitioning;
  node->prepare = dataset_detail::give_first_indices<T>(engine_, where);
  return {engine_, std::move(node)};
}

template <typename T>
Dataset<std::pair<T, std::int64_t>> Dataset<T>::zip_with_index(std::source_location where) const {
  auto node = make_node<operators::ZipWithIndex<T>>(engine_, "zip_with_index", node_->num_partitions, where);
  node->inputs = {node_};
  node->prepare = dataset_detail::give_first_indices<T>(engine_, where);
  return {engine_, std::move(node)};
}

}  // namespace hammerscale
