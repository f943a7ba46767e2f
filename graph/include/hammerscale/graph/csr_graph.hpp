#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "hammerscale/graph/ghost_exchange.hpp"
#include "hammerscale/graph/vertex_index.hpp"
#include "hammerscale/scheduler/gang_context.hpp"
#include "hammerscale/storage/reservation.hpp"

namespace hammerscale::graph {

/// A graph in compressed rows, spread over the executors: each has a contiguous range of vertices with all arcs that
/// come *into* them, for algorithms that pull. Ranges are balanced by arcs and vertices. A loop is one arc; a repeated
/// edge is as many arcs.
///
/// Sources are 32-bit local indices (own vertices, then ghosts; see GhostExchange); in a row they ascend by vertex
/// number, equal ones side by side. So the order in which a row is summed depends on the graph alone.
///
/// Worked example: 0->1, 2->1, 2->1, 3->2, 4->0, 1->4, on three executors with the ranges 0-1 | 2-3 | 4.
///   executor 0: ghosts {2, 4}; row 0 = {4} = indices {3}, row 1 = {0, 2, 2} = {0, 2, 2}; offsets {0, 1, 4}
///   executor 1: ghosts {};     row 2 = {3} = {1}, row 3 = {};                        offsets {0, 1, 1}
///   executor 2: ghosts {1};    row 4 = {1} = {1};                                        offsets {0, 1}
///   out-degrees: {1, 1} | {2, 1} | {1}.
///
/// Read-only after build, except that a round of ghosts() uses its outbox. Any thread may read.
/// Memory  4 bytes an arc; 24 a vertex; 8 a ghost. While building, 24 bytes an arc. Taken from the executor's budget.
class CsrGraph {
 public:
  /// Collective.
  /// @param edges         this executor's edges, anywhere between 0 and num_vertices - 1.
  /// @param num_vertices  equal on all executors.
  /// @param directed      false: each edge that is no loop is two arcs.
  /// @throws ResourceError kOutOfMemory  the budget is too small; or own vertices and ghosts pass 2^32.
  /// Traffic  16 bytes an arc once; 8 bytes a ghost twice; two all-reduces.
  static CsrGraph build(GangContext& gang, NumberedEdges edges, std::uint64_t num_vertices, bool directed);

  [[nodiscard]] bool directed() const noexcept { return directed_; }
  /// On all executors.
  [[nodiscard]] std::uint64_t num_vertices() const noexcept { return bounds_.back(); }
  /// Arcs on all executors.
  [[nodiscard]] std::uint64_t num_arcs() const noexcept { return num_arcs_; }
  /// Edges of the input on all executors.
  [[nodiscard]] std::uint64_t num_edges() const noexcept { return num_edges_; }
  /// Executor i owns bounds()[i] .. bounds()[i + 1] - 1.
  [[nodiscard]] const std::vector<std::uint64_t>& bounds() const noexcept { return bounds_; }
  /// Number of the first vertex here.
  [[nodiscard]] std::uint64_t begin() const noexcept { return begin_; }
  [[nodiscard]] std::uint32_t num_local_vertices() const noexcept {
    return static_cast<std::uint32_t>(offsets_.size() - 1);
  }
  [[nodiscard]] std::uint64_t num_local_arcs() const noexcept { return sources_.size(); }
  [[nodiscard]] std::uint64_t num_ghosts() const noexcept { return ghosts_.num_ghosts(); }
  /// Row v is sources()[offsets()[v] .. offsets()[v + 1]).
  [[nodiscard]] std::span<const std::uint64_t> offsets() const noexcept { return offsets_; }
  [[nodiscard]] std::span<const std::uint32_t> sources() const noexcept { return sources_; }
  [[nodiscard]] std::uint64_t in_degree(std::uint32_t v) const { return offsets_[v + 1] - offsets_[v]; }
  /// Arcs that leave vertex v, counted over all executors.
  [[nodiscard]] std::uint64_t out_degree(std::uint32_t v) const { return out_degrees_[v]; }
  /// The round that fetches ghosts' values. An object of its own for each algorithm that runs.
  [[nodiscard]] GhostExchange ghosts() const { return ghosts_; }

 private:
  std::vector<std::uint64_t> bounds_{0};
  std::uint64_t begin_ = 0;
  std::uint64_t num_arcs_ = 0;
  std::uint64_t num_edges_ = 0;
  bool directed_ = true;
  std::vector<std::uint64_t> offsets_{0};
  std::vector<std::uint32_t> sources_;
  std::vector<std::uint64_t> out_degrees_;
  GhostExchange ghosts_;
  storage::Reservation memory_;
};

/// "csr 5 vertices, 6 arcs; here vertices 2..4 (last excluded), 1 arcs, 0 ghosts".
std::string to_string(const CsrGraph& graph);

}  // namespace hammerscale::graph
