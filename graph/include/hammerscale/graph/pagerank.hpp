#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hammerscale/graph/csr_graph.hpp"
#include "hammerscale/scheduler/gang_context.hpp"

namespace hammerscale::graph {

/// GraphX's parameters of PageRank. With num_iterations alone it is GraphX's staticPageRank, with tolerance its
/// pageRank; with both, the latter ends after num_iterations at the latest.
struct PageRankOptions {
  std::optional<double> tolerance;              ///< kDefaultTolerance if num_iterations is not given either.
  std::optional<std::uint32_t> num_iterations;  ///< At least 1.
  double reset_probability = 0.15;              ///< 0 to 1.
  bool normalized = false;                      ///< Scale the ranks so that they sum to the number of vertices.

  static constexpr double kDefaultTolerance = 1e-6;
};

/// @throws UserError kInvalidArgument, kNonFinite  an option out of range. Local.
void check_options(const PageRankOptions& options);

/// Ranks of this executor's vertices.
struct PageRankResult {
  std::vector<double> ranks;
  std::uint32_t num_iterations = 0;
  double delta = 0.0;  ///< Largest change of a rank in the last iteration, over all vertices.
};

/// PageRank as GraphX defines it. A vertex passes its rank on in equal parts along its out-arcs, repeated ones
/// included; rank = reset + (1 - reset) * sum of what comes in. What vertices without out-arcs hold is lost, so that
/// ranks sum to less than N unless normalized.
///
/// Static: all ranks start at 1 and each iteration replaces all of them. With a tolerance: ranks start at `reset`, and
/// a vertex passes on what its rank has grown by, as long as that is more than the tolerance; it ends when no growth
/// is.
///
/// Collective: every executor calls it with equal options. Reports "iteration" and "delta".
/// @throws UserError kInvalidArgument, kNonFinite  an option out of range. On every executor alike.
///
/// Work      an iteration: one gather of 8 bytes an arc, four passes over the vertices.
/// Traffic   an iteration: 8 bytes a ghost, one all-reduce of 16 bytes.
/// Repeats   bitwise equal for any number of executors and threads: a row is summed in ascending order of source, in
///           segments of kRankSegmentArcs.
/// Source    Page et al., 1999; GraphX, lib/PageRank.scala.
PageRankResult pagerank(GangContext& gang, const CsrGraph& graph, const PageRankOptions& options);

/// A row longer than this is summed in segments of this many arcs, whose sums are added in order, so that threads share
/// the work of a hub.
inline constexpr std::uint64_t kRankSegmentArcs = std::uint64_t{1} << 14;

}  // namespace hammerscale::graph
