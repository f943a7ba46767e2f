#pragma once

#include <memory>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/closure/function_ref.hpp"
#include "hammerscale/closure/functor_codec.hpp"
#include "hammerscale/dataset/cached_operator.hpp"
#include "hammerscale/scheduler/engine.hpp"

namespace hammerscale {

/// A lineage node whose operator is Op; the caller fills in what is special.
template <typename Op>
std::shared_ptr<LineageNode> make_node(const std::shared_ptr<Engine>& engine, std::string name,
                                       std::uint32_t num_partitions, const std::source_location& where) {
  auto node = std::make_shared<LineageNode>();
  node->id = engine->new_dataset_id();
  node->name = std::move(name);
  node->call_site = CallSite::of(where);
  node->num_partitions = num_partitions;
  node->factory = to_function_ref(&make_operator<Op>);
  node->on_release = [weak = std::weak_ptr<Engine>(engine)](const LineageNode& released) {
    if (!released.storage_level) { return; }
    if (const auto alive = weak.lock()) { alive->drop_dataset(released.id); }
  };
  return node;
}

/// A shuffle of `input` into num_partitions; the caller gives the parameters of Body, the map side.
template <typename Body>
std::shared_ptr<ShuffleDependency> make_shuffle(const std::shared_ptr<Engine>& engine,
                                                std::shared_ptr<LineageNode> input, std::uint32_t num_partitions) {
  auto shuffle = std::make_shared<ShuffleDependency>();
  shuffle->id = engine->new_shuffle_id();
  shuffle->input = std::move(input);
  shuffle->num_partitions = num_partitions;
  shuffle->writer = to_function_ref(&Body::make);
  append_encoded(shuffle->writer_params, shuffle->id);
  shuffle->on_release = [weak = std::weak_ptr<Engine>(engine)](ShuffleId id) {
    if (const auto alive = weak.lock()) { alive->drop_shuffle(id); }
  };
  return shuffle;
}

/// Runs `append` and names the call site in the error if it refuses what a function captures.
template <typename Append>
void with_call_site(const std::source_location& where, Append&& append) {
  try {
    append();
  } catch (const Error& error) {
    ErrorInfo info = error.info();
    if (info.call_site.empty()) { info.call_site = to_string(CallSite::of(where)); }
    throw_error(std::move(info));
  }
}

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

/// unary_node of an operator that leaves every element, or its key, in its partition.
template <typename Op, typename F>
std::shared_ptr<LineageNode> partition_keeping_node(const std::shared_ptr<Engine>& engine,
                                                    const std::shared_ptr<LineageNode>& input, std::string name,
                                                    const F& function, const std::source_location& where) {
  auto node = unary_node<Op>(engine, input, std::move(name), function, where);
  node->partitioning = input->partitioning;
  return node;
}

}  // namespace dataset_detail

}  // namespace hammerscale
