#pragma once

#include <memory>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/closure/function_ref.hpp"
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

}  // namespace hammerscale
