#pragma once

#include <cmath>
#include <typeinfo>

#include "hammerscale/base/counter_random.hpp"
#include "hammerscale/closure/composite.hpp"
#include "hammerscale/dataset/actions.hpp"
#include "hammerscale/dataset/checkpoint_files.hpp"
#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/dataset/even_split.hpp"
#include "hammerscale/dataset/external_combiner.hpp"
#include "hammerscale/dataset/gang_rows.hpp"
#include "hammerscale/dataset/hash_join.hpp"
#include "hammerscale/dataset/make_node.hpp"
#include "hammerscale/dataset/narrow_operators.hpp"
#include "hammerscale/dataset/range_sample.hpp"
#include "hammerscale/dataset/shuffle_read.hpp"
#include "hammerscale/dataset/shuffle_write.hpp"
#include "hammerscale/dataset/sort_operator.hpp"
#include "hammerscale/dataset/text_files.hpp"
#include "hammerscale/dataset/word_operator.hpp"
#include "hammerscale/dataset/words.hpp"

namespace hammerscale {

/// How users' functions are wrapped for operators: see Composite.
namespace rules {

struct KeyFirst {
  template <typename F, typename T>
  static auto call(const F& function, T&& element) {
    auto key = std::invoke(function, std::as_const(element));
    return std::pair<decltype(key), std::remove_cvref_t<T>>(std::move(key), std::forward<T>(element));
  }
};
struct OnValue {
  template <typename F, typename Row>
  static auto call(const F& function, Row&& row) {
    using K = std::remove_cvref_t<decltype(row.first)>;
    using U = std::remove_cvref_t<decltype(std::invoke(function, std::forward<Row>(row).second))>;
    return std::pair<K, U>(std::forward<Row>(row).first, std::invoke(function, std::forward<Row>(row).second));
  }
};
struct EachOfValue {
  template <typename F, typename Row, typename Out>
  static void call(const F& function, Row&& row, Out& emit) {
    auto&& range = std::invoke(function, std::as_const(row.second));
    using K = std::remove_cvref_t<decltype(row.first)>;
    using U = dataset_detail::RangeElement<decltype(range)>;
    for (auto&& made : range) {
      if (!emit(std::pair<K, U>(row.first, std::forward<decltype(made)>(made)))) { return; }
    }
  }
};
struct IgnoreIndex {
  template <typename F, typename Rows, typename Out>
  static void call(const F& function, std::uint32_t /*partition*/, Rows& rows, Out& emit) {
    std::invoke(function, rows, emit);
  }
};
/// f(C, V) -> C as an assignment.
struct FoldInto {
  template <typename F, typename C, typename V>
  static void call(const F& function, C& total, V&& value) {
    total = std::invoke(function, std::move(total), std::forward<V>(value));
  }
};
/// add(zero, value) for the first value of a key.
struct FoldFromZero {
  template <typename Zero, typename Add, typename V>
  static auto call(const Zero& zero, const Add& add, V&& value) {
    return std::invoke(add, zero(), std::forward<V>(value));
  }
};

struct First {
  template <typename Row>
  auto operator()(Row&& row) const {
    return std::forward<Row>(row).first;
  }
};
struct Second {
  template <typename Row>
  auto operator()(Row&& row) const {
    return std::forward<Row>(row).second;
  }
};
struct Keep {
  template <typename V>
  std::remove_cvref_t<V> operator()(V&& value) const {
    return std::forward<V>(value);
  }
};
/// A value as a function without arguments: bind_value(x)() is x.
struct Return {
  template <typename V>
  V operator()(const V& value) const {
    return value;
  }
};
template <typename V>
auto bind_value(V value) {
  return Bound<Return, V>({std::move(value)}, Return{});
}
struct ToVector {
  template <typename V>
  auto operator()(V&& value) const {
    std::vector<std::remove_cvref_t<V>> values;
    values.push_back(std::forward<V>(value));
    return values;
  }
};
struct PushBack {
  template <typename C, typename V>
  void operator()(C& values, V&& value) const {
    values.push_back(std::forward<V>(value));
  }
};
struct Extend {
  template <typename C>
  void operator()(C& values, const C& more) const {
    values.insert(values.end(), more.begin(), more.end());
  }
};
struct WithNothing {
  template <typename T>
  auto operator()(T&& element) const {
    return std::pair<std::remove_cvref_t<T>, Nothing>(std::forward<T>(element), Nothing{});
  }
};
struct KeepFirst {
  template <typename C>
  void operator()(C& /*kept*/, const C& /*dropped*/) const {}
};
template <typename Less>
struct Reversed {
  Less less;
  template <typename T>
  bool operator()(const T& a, const T& b) const {
    return less(b, a);
  }
};

}  // namespace rules

namespace dataset_detail {

/// A node with one input, read partition by partition, whose operator is made of one function.
template <typename Op, typename F>
std::shared_ptr<LineageNode> unary_node(const std::shared_ptr<Engine>& engine,
                                        const std::shared_ptr<LineageNode>& input, std::string name, const F& function,
                                        const std::source_location& where) {
  require_shippable<F>();
  auto node = make_node<Op>(engine, std::move(name), input->num_partitions, where);
  node->inputs = {input};
  with_call_site(where, [&] { FunctorCodec<F>::append(node->params, function); });
  return node;
}

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

template <typename K>
Partitioning hash_partitioning(std::uint32_t num_partitions) {
  // Hashes agree across integer widths and string types, and so does the placement of equal keys.
  return {1, num_partitions};
}

/// Calls the engine's partition count where the user gave none: that of the larger input, but at least one task thread
/// each has work.
inline std::uint32_t choose_partitions(const Engine& engine, const std::optional<std::uint32_t>& asked,
                                       std::uint32_t of_input) {
  if (asked) {
    if (*asked == 0) {
      throw UserError(ErrorCode::kInvalidArgument, "a dataset needs at least one partition", {{"num_partitions", "0"}});
    }
    return *asked;
  }
  return std::max(1U, std::min(std::max(of_input, 1U), engine.default_partitions()));
}

template <typename T, typename PartitionOf>
std::shared_ptr<LineageNode> shuffled_node(const std::shared_ptr<Engine>& engine,
                                           const std::shared_ptr<LineageNode>& input, std::string name,
                                           const PartitionOf& partition_of, const std::source_location& where) {
  auto shuffle = make_shuffle<operators::ShuffleWrite<T, PartitionOf>>(engine, input, partition_of.num_partitions());
  with_call_site(where, [&] { FunctorCodec<PartitionOf>::append(shuffle->writer_params, partition_of); });
  auto node = make_node<operators::ShuffleRead<T>>(engine, std::move(name), partition_of.num_partitions(), where);
  node->shuffles = {std::move(shuffle)};
  return node;
}

/// One side of a join: the input itself where it is partitioned so already, else a shuffle of it.
template <typename Row>
bool add_side(const std::shared_ptr<Engine>& engine, LineageNode& node, const std::shared_ptr<LineageNode>& input,
              const Partitioning& wanted) {
  if (input->partitioning == wanted) {
    node.inputs.push_back(input);
    return false;
  }
  using By = operators::ByKey<HashPartitioner>;
  auto shuffle = make_shuffle<operators::ShuffleWrite<Row, By>>(engine, input, wanted.num_partitions);
  FunctorCodec<By>::append(shuffle->writer_params, By(HashPartitioner(wanted.num_partitions)));
  node.shuffles.push_back(std::move(shuffle));
  return true;
}

template <typename Op, typename LeftRow, typename RightRow>
std::shared_ptr<LineageNode> two_sided_node(const std::shared_ptr<Engine>& engine,
                                            const std::shared_ptr<LineageNode>& left,
                                            const std::shared_ptr<LineageNode>& right, std::string name,
                                            std::optional<std::uint32_t> asked, const std::source_location& where) {
  using K = PairKey<LeftRow>;
  auto num_partitions = choose_partitions(*engine, asked, std::max(left->num_partitions, right->num_partitions));
  if (!asked) {
    // The side that is hash-partitioned already decides, so that only the other one moves.
    for (const auto& side : {left, right}) {
      if (side->partitioning && *side->partitioning == hash_partitioning<K>(side->num_partitions)) {
        num_partitions = side->num_partitions;
        break;
      }
    }
  }
  const auto wanted = hash_partitioning<K>(num_partitions);
  auto node = make_node<Op>(engine, std::move(name), num_partitions, where);
  const bool left_shuffled = add_side<LeftRow>(engine, *node, left, wanted);
  const bool right_shuffled = add_side<RightRow>(engine, *node, right, wanted);
  append_encoded(node->params, left_shuffled);
  append_encoded(node->params, right_shuffled);
  node->partitioning = wanted;
  return node;
}

template <typename K, typename V, typename C, typename Create, typename MergeValue, typename MergeCombiners>
std::shared_ptr<LineageNode> combined_node(const std::shared_ptr<Engine>& engine,
                                           const std::shared_ptr<LineageNode>& input, std::string name, Create create,
                                           MergeValue merge_value, MergeCombiners merge_combiners, bool combine_first,
                                           std::optional<std::uint32_t> asked, const std::source_location& where) {
  using Aggregation = operators::Aggregation<V, C, Create, MergeValue, MergeCombiners>;
  require_shippable<Create>();
  require_shippable<MergeValue>();
  require_shippable<MergeCombiners>();
  const Aggregation aggregation{create, merge_value, merge_combiners};
  const auto num_partitions =
      !asked && input->partitioning && *input->partitioning == hash_partitioning<K>(input->num_partitions)
          ? input->num_partitions
          : choose_partitions(*engine, asked, input->num_partitions);
  const auto wanted = hash_partitioning<K>(num_partitions);
  std::shared_ptr<LineageNode> node;
  if (input->partitioning == wanted) {
    node = make_node<operators::CombineInPlace<K, Aggregation>>(engine, std::move(name), num_partitions, where);
    node->inputs = {input};
    with_call_site(where, [&] { aggregation.append(node->params); });
  } else if (combine_first) {
    using Body = operators::CombineWrite<K, HashPartitioner, Aggregation>;
    auto shuffle = make_shuffle<Body>(engine, input, num_partitions);
    FunctorCodec<HashPartitioner>::append(shuffle->writer_params, HashPartitioner(num_partitions));
    with_call_site(where, [&] { aggregation.append(shuffle->writer_params); });
    node = make_node<operators::CombineRead<K, C, MergeCombiners>>(engine, std::move(name), num_partitions, where);
    node->shuffles = {std::move(shuffle)};
    with_call_site(where, [&] { FunctorCodec<MergeCombiners>::append(node->params, merge_combiners); });
  } else {
    const operators::ByKey<HashPartitioner> by{HashPartitioner(num_partitions)};
    auto moved = shuffled_node<std::pair<K, V>>(engine, input, "partition_by", by, where);
    moved->partitioning = wanted;
    node = make_node<operators::CombineInPlace<K, Aggregation>>(engine, std::move(name), num_partitions, where);
    node->inputs = {std::move(moved)};
    with_call_site(where, [&] { aggregation.append(node->params); });
  }
  node->partitioning = wanted;
  return node;
}

}  // namespace dataset_detail

// ---- Transformations of elements ---------------------------------------------------------------------------------

template <typename T>
template <typename F, typename U>
Dataset<U> Dataset<T>::map(F function, std::source_location where) const {
  return {engine_, dataset_detail::unary_node<operators::Map<T, U, F>>(engine_, node_, "map", function, where)};
}

template <typename T>
template <typename F>
Dataset<T> Dataset<T>::filter(F predicate, std::source_location where) const {
  auto node = dataset_detail::unary_node<operators::Filter<T, F>>(engine_, node_, "filter", predicate, where);
  node->partitioning = node_->partitioning;
  return {engine_, std::move(node)};
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
  return {engine_,
          dataset_detail::unary_node<operators::FlatMap<T, U, F>>(engine_, node_, "flat_map", function, where)};
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
  node->prepare = [engine = std::weak_ptr<Engine>(engine_), where](LineageNode& self) {
    append_encoded(self.params, dataset_detail::count_before_partitions<T>(engine.lock(), self.inputs[0], where));
  };
  return {engine_, std::move(node)};
}

template <typename T>
Dataset<std::pair<T, std::int64_t>> Dataset<T>::zip_with_index(std::source_location where) const {
  auto node = make_node<operators::ZipWithIndex<T>>(engine_, "zip_with_index", node_->num_partitions, where);
  node->inputs = {node_};
  node->prepare = [engine = std::weak_ptr<Engine>(engine_), where](LineageNode& self) {
    append_encoded(self.params, dataset_detail::count_before_partitions<T>(engine.lock(), self.inputs[0], where));
  };
  return {engine_, std::move(node)};
}

// ---- Partitions and order ----------------------------------------------------------------------------------------

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

// ---- Pairs -------------------------------------------------------------------------------------------------------

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
  using Row = std::pair<PairKey<P>, U>;
  using Op = operators::Map<T, Row, std::remove_const_t<decltype(wrapped)>>;
  auto node = dataset_detail::unary_node<Op>(engine_, node_, "map_values", wrapped, where);
  node->partitioning = node_->partitioning;
  return {engine_, std::move(node)};
}

template <typename T>
template <typename F, typename P, typename U>
Dataset<std::pair<PairKey<P>, U>> Dataset<T>::flat_map_values(F function, std::source_location where) const {
  require_shippable<F>();
  const auto wrapped = compose<rules::EachOfValue>(std::move(function));
  using Row = std::pair<PairKey<P>, U>;
  using Op = operators::FlatMap<T, Row, std::remove_const_t<decltype(wrapped)>>;
  auto node = dataset_detail::unary_node<Op>(engine_, node_, "flat_map_values", wrapped, where);
  node->partitioning = node_->partitioning;
  return {engine_, std::move(node)};
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
  return {engine_, dataset_detail::two_sided_node<Op, P, std::pair<PairKey<P>, W>>(engine_, node_, other.node(), "join",
                                                                                   num_partitions, where)};
}

template <typename T>
template <typename W, typename P>
Dataset<std::pair<PairKey<P>, std::pair<PairValue<P>, std::optional<W>>>> Dataset<T>::left_outer_join(
    const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions,
    std::source_location where) const {
  using Op = operators::HashJoin<PairKey<P>, PairValue<P>, W, JoinKind::kLeftOuter>;
  return {engine_, dataset_detail::two_sided_node<Op, P, std::pair<PairKey<P>, W>>(
                       engine_, node_, other.node(), "left_outer_join", num_partitions, where)};
}

template <typename T>
template <typename W, typename P>
Dataset<std::pair<PairKey<P>, std::pair<std::optional<PairValue<P>>, W>>> Dataset<T>::right_outer_join(
    const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions,
    std::source_location where) const {
  using Op = operators::HashJoin<PairKey<P>, PairValue<P>, W, JoinKind::kRightOuter>;
  return {engine_, dataset_detail::two_sided_node<Op, P, std::pair<PairKey<P>, W>>(
                       engine_, node_, other.node(), "right_outer_join", num_partitions, where)};
}

template <typename T>
template <typename W, typename P>
Dataset<std::pair<PairKey<P>, std::pair<std::optional<PairValue<P>>, std::optional<W>>>> Dataset<T>::full_outer_join(
    const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions,
    std::source_location where) const {
  using Op = operators::HashJoin<PairKey<P>, PairValue<P>, W, JoinKind::kFullOuter>;
  return {engine_, dataset_detail::two_sided_node<Op, P, std::pair<PairKey<P>, W>>(
                       engine_, node_, other.node(), "full_outer_join", num_partitions, where)};
}

template <typename T>
template <typename W, typename P>
Dataset<std::pair<PairKey<P>, std::pair<std::vector<PairValue<P>>, std::vector<W>>>> Dataset<T>::cogroup(
    const Dataset<std::pair<PairKey<P>, W>>& other, std::optional<std::uint32_t> num_partitions,
    std::source_location where) const {
  using Op = operators::CoGroup<PairKey<P>, PairValue<P>, W>;
  return {engine_, dataset_detail::two_sided_node<Op, P, std::pair<PairKey<P>, W>>(engine_, node_, other.node(),
                                                                                   "cogroup", num_partitions, where)};
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

// ---- Keeping -----------------------------------------------------------------------------------------------------

template <typename T>
Dataset<T> Dataset<T>::persist(storage::StorageLevel level) const {
  if (!node_->storage_level) { node_->storage_level = level; }
  return *this;
}

template <typename T>
Dataset<T> Dataset<T>::unpersist() const {
  if (node_->storage_level) {
    node_->storage_level.reset();
    engine_->drop_dataset(node_->id);
  }
  return *this;
}

template <typename T>
Dataset<T> Dataset<T>::checkpoint(const std::string& directory, std::source_location where) const {
  const std::string element_type = typeid(T).name();
  auto manifest = read_manifest(directory);
  if (manifest && (manifest->element_type != element_type || manifest->num_elements.size() != num_partitions())) {
    throw UserError(ErrorCode::kFileExists, "the directory holds the checkpoint of another dataset",
                    {{"path", directory}, {"partitions_there", std::to_string(manifest->num_elements.size())}});
  }
  if (!manifest) {
    prepare_checkpoint(directory);
    const Bound<actions::GiveString, std::string> target({directory}, actions::GiveString{});
    manifest.emplace();
    manifest->element_type = element_type;
    manifest->num_elements = run_action<T, std::uint64_t>(
        engine_, node_, "checkpoint", compose<actions::WriteCheckpoint>(target), all_partitions(*node_), where);
    write_manifest(directory, *manifest);
  }
  engine_->note_checkpoint();
  auto node = make_node<operators::ReadCheckpoint<T>>(engine_, "checkpoint", num_partitions(), where);
  append_encoded(node->params, directory);
  node->partitioning = node_->partitioning;
  return {engine_, std::move(node)};
}

// ---- Actions -----------------------------------------------------------------------------------------------------

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
auto Dataset<T>::sum(std::source_location where) const requires std::is_arithmetic_v<T> {
  using Total = std::conditional_t<std::is_floating_point_v<T>, double,
                                   std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>>;
  return aggregate(
      Total{0}, [](Total total, T value) { return static_cast<Total>(total + static_cast<Total>(value)); },
      std::plus<>{}, where);
}

template <typename T>
Statistics Dataset<T>::stats(std::source_location where) const requires std::is_arithmetic_v<T> {
  const auto parts =
      run_action<T, Statistics>(engine_, node_, "stats", actions::CollectStatistics{}, all_partitions(*node_), where);
  Statistics total;
  for (const auto& part : parts) { total.merge(part); }
  return total;
}

template <typename T>
double Dataset<T>::mean(std::source_location where) const requires std::is_arithmetic_v<T> {
  return stats(where).mean();
}

template <typename T>
T Dataset<T>::min(std::source_location where) const {
  return reduce([](T a, T b) { return b < a ? std::move(b) : std::move(a); }, where);
}

template <typename T>
T Dataset<T>::max(std::source_location where) const {
  return reduce([](T a, T b) { return a < b ? std::move(b) : std::move(a); }, where);
}

template <typename T>
std::vector<std::uint64_t> Dataset<T>::histogram(const std::vector<double>& bounds,
                                                 std::source_location where) const requires std::is_arithmetic_v<T> {
  if (bounds.size() < 2 || !std::is_sorted(bounds.begin(), bounds.end(), std::less_equal<>{})) {
    throw UserError(ErrorCode::kInvalidArgument, "a histogram needs at least two bounds, strictly ascending",
                    {{"num_bounds", std::to_string(bounds.size())}});
  }
  using Counts = std::vector<std::uint64_t>;
  const auto add = hammerscale::bind(bounds, [](const std::vector<double>& all, Counts counts, T value) {
    const auto x = static_cast<double>(value);
    if (x >= all.front() && x <= all.back()) {
      const auto above = std::upper_bound(all.begin(), all.end(), x) - all.begin();
      ++counts[std::min<std::size_t>(static_cast<std::size_t>(above), counts.size()) - 1];
    }
    return counts;
  });
  const auto merge = [](Counts a, const Counts& b) {
    for (std::size_t i = 0; i < a.size(); ++i) { a[i] += b[i]; }
    return a;
  };
  return aggregate(Counts(bounds.size() - 1, 0), add, merge, where);
}

template <typename T>
std::pair<std::vector<double>, std::vector<std::uint64_t>> Dataset<T>::histogram(
    std::uint32_t num_buckets, std::source_location where) const requires std::is_arithmetic_v<T> {
  if (num_buckets == 0) { throw UserError(ErrorCode::kInvalidArgument, "a histogram needs at least one bucket"); }
  const auto all = stats(where);
  if (all.count() == 0 || !std::isfinite(all.min()) || !std::isfinite(all.max())) {
    throw UserError(ErrorCode::kInvalidArgument, "a histogram needs finite numbers",
                    {{"count", std::to_string(all.count())}});
  }
  if (all.min() == all.max()) { return {{all.min(), all.max()}, {all.count()}}; }
  std::vector<double> bounds;
  for (std::uint32_t i = 0; i < num_buckets; ++i) {
    bounds.push_back(all.min() + (all.max() - all.min()) * i / num_buckets);
  }
  bounds.push_back(all.max());
  return {bounds, histogram(bounds, where)};
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
  std::vector<std::uint32_t> missing;
  for (std::uint32_t p = 0; p < num_partitions(); ++p) {
    if (!engine_->cached_on(id(), p)) { missing.push_back(p); }
  }
  run_action<T, std::uint64_t>(engine_, node_, "cache", actions::CountElements{}, missing, where);
  for (std::uint32_t p = 0; p < num_partitions(); ++p) {
    if (!engine_->cached_on(id(), p)) {
      throw ResourceError(ErrorCode::kOutOfMemory, "a dataset does not fit the executors' memory, which a gang needs",
                          {{"partition", std::to_string(p)}, {"dataset", node_->name}});
    }
  }
  GangRequest request;
  request.dataset = node_;
  request.body = to_function_ref(&Body::make);
  with_call_site(where, [&] { FunctorCodec<F>::append(request.body_params, function); });
  request.call_site = CallSite::of(where);
  request.on_progress = std::move(on_progress);
  return dataset_detail::decode_all<R>(engine_->run_gang(std::move(request)));
}

template <typename T>
void Dataset<T>::save_as_text(const std::string& directory, const std::string& codec,
                              std::source_location where) const {
  const TextOutput output(directory, codec);
  run_action<T, Nothing>(engine_, node_, "save_as_text",
                         compose<actions::WriteText>(actions::text_target(directory, codec)), all_partitions(*node_),
                         where);
  output.commit();
}

}  // namespace hammerscale
