#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/base/call_site.hpp"
#include "hammerscale/base/id.hpp"
#include "hammerscale/closure/function_ref.hpp"
#include "hammerscale/storage/storage_level.hpp"

namespace hammerscale {

struct LineageNode;

/// Which keys lie in which partition. Two datasets of equal partitioning hold equal keys in partitions of equal number,
/// so joining them needs no shuffle.
struct Partitioning {
  std::uint64_t function = 0;  ///< Identifies the partitioner: equal numbers place every key alike.
  std::uint32_t num_partitions = 0;
  friend bool operator==(const Partitioning&, const Partitioning&) = default;
};

/// The edge of the lineage at which rows change their partition. The stage before it writes, the stage after it reads.
struct ShuffleDependency {
  ShuffleId id;
  std::shared_ptr<LineageNode> input;
  std::uint32_t num_partitions = 0;      ///< Reduce partitions.
  FunctionRef writer;                    ///< TaskBodyFactory of the map side.
  std::vector<std::byte> writer_params;  ///< Complete once the reading node is prepared.
  /// Told when the last dataset that reads the shuffle is gone.
  std::function<void(ShuffleId)> on_release;

  ShuffleDependency() = default;
  ShuffleDependency(const ShuffleDependency&) = delete;
  ShuffleDependency& operator=(const ShuffleDependency&) = delete;
  ~ShuffleDependency() {
    if (on_release) { on_release(id); }
  }
};

/// Bytes that only one task needs, such as its slice of a parallelized vector. Travel with the task.
using TaskPayload = std::shared_ptr<const std::vector<std::byte>>;

/// One dataset as the driver sees it: how to make it from others. Made by a transformation and never changed, except
/// for its storage level and what prepare fills in.
struct LineageNode {
  DatasetId id;
  std::string name;  ///< "map", "reduce_by_key", ...
  CallSite call_site;
  std::uint32_t num_partitions = 0;
  FunctionRef factory;  ///< OperatorFactory
  std::vector<std::byte> params;
  std::vector<std::shared_ptr<LineageNode>> inputs;  ///< Read partition by partition, inside the stage.
  std::vector<std::shared_ptr<ShuffleDependency>> shuffles;
  std::optional<Partitioning> partitioning;
  std::optional<storage::StorageLevel> storage_level;

  /// The one input and its partition on which a partition depends; empty function: input 0, the same partition.
  std::function<std::optional<std::pair<std::size_t, std::uint32_t>>(std::uint32_t)> narrow_input;
  /// All inputs and their partitions on which a partition depends, where narrow_input names only the preferred one.
  std::function<std::vector<std::pair<std::size_t, std::uint32_t>>(std::uint32_t)> all_narrow_inputs;
  /// What the task of a partition needs beside params; empty function: nothing.
  std::function<TaskPayload(std::uint32_t)> payload;
  /// Work of the driver before the first job that needs the node, such as sampling for a range partitioner. Runs once,
  /// after that of its inputs. May run jobs itself.
  std::function<void(LineageNode&)> prepare;
  std::once_flag prepared;
  /// Told when the last handle is gone.
  std::function<void(const LineageNode&)> on_release;

  LineageNode() = default;
  LineageNode(const LineageNode&) = delete;
  LineageNode& operator=(const LineageNode&) = delete;
  ~LineageNode() {
    if (on_release) { on_release(*this); }
  }
};

/// Prepares the node and all it depends on, inputs first.
void prepare_lineage(LineageNode& node);

/// The lineage as an indented tree, one dataset a line: "(4) reduce_by_key at job.cpp:12 [memory_only]".
std::string to_string(const LineageNode& node);

}  // namespace hammerscale
