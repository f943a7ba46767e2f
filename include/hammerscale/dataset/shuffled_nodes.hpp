#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <source_location>
#include <string>
#include <utility>

#include "hammerscale/dataset/dataset_traits.hpp"
#include "hammerscale/dataset/external_combiner.hpp"
#include "hammerscale/dataset/make_node.hpp"
#include "hammerscale/dataset/shuffle_read.hpp"
#include "hammerscale/dataset/shuffle_write.hpp"

namespace hammerscale {

namespace dataset_detail {

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

}  // namespace hammerscale
