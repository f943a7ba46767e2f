#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "hammerscale/graph/edge_list.hpp"
#include "hammerscale/scheduler/gang_context.hpp"

namespace hammerscale::graph {

/// Edges between numbered vertices; the share of one executor. Edge i goes from sources[i] to targets[i].
struct NumberedEdges {
  std::vector<std::uint64_t> sources;
  std::vector<std::uint64_t> targets;
};

/// The ids of the vertices, which are numbered 0 .. N - 1 in ascending order of id: integers by value, text bytewise.
/// So a vertex has the same number on any number of executors, and order by number is order by id.
///
/// Distributed: each executor holds the ids of one contiguous range of numbers, executor 0 the lowest. Three executors
/// and the ids -5, 2, 3, 9, 40 may be spread as {-5, 2 | 3 | 9, 40}: numbers 0, 1 | 2 | 3, 4.
///
/// Memory  8 bytes, or the text of the id, a vertex, over all executors together.
class VertexIndex {
 public:
  using Ids = std::variant<std::vector<std::int64_t>, std::vector<std::string>>;

  /// Numbers the vertices of all executors' edges, and gives the edges by number. Collective.
  ///
  /// Work     sorts the distinct ids, or marks them in a bitmap where integers lie close together.
  /// Traffic  each executor's distinct ids once to their owner, and 8 bytes each back.
  /// @return the index, and the edges in `numbered`, in the order of `edges`.
  static VertexIndex build(GangContext& gang, EdgeList edges, NumberedEdges& numbered);

  /// Moves the ids so that executor i has numbers bounds[i] .. bounds[i + 1] - 1. Collective.
  void move_to(GangContext& gang, std::span<const std::uint64_t> bounds);

  [[nodiscard]] std::uint64_t num_vertices() const noexcept { return num_vertices_; }
  /// Number of the first vertex here.
  [[nodiscard]] std::uint64_t begin() const noexcept { return begin_; }
  [[nodiscard]] std::uint64_t num_local_vertices() const noexcept;
  [[nodiscard]] bool text_ids() const noexcept { return std::holds_alternative<std::vector<std::string>>(ids_); }
  /// Appends the id of the i-th vertex here.
  void append_id(std::string& text, std::uint64_t i) const;

 private:
  Ids ids_;
  std::uint64_t begin_ = 0;
  std::uint64_t num_vertices_ = 0;
};

}  // namespace hammerscale::graph
