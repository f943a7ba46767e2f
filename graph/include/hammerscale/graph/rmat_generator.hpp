#pragma once

#include <cstdint>

#include "hammerscale/graph/vertex_index.hpp"

namespace hammerscale::graph {

/// A random graph whose degrees follow a power law. Edge i is drawn by halving the adjacency matrix `scale` times and
/// going into one of the quarters each time, with probabilities a, b, c and 1 - a - b - c. The defaults are Graph500's.
struct RmatOptions {
  std::uint32_t scale = 16;        ///< 2^scale vertices, at most 2^40.
  std::uint64_t edge_factor = 16;  ///< Edges a vertex.
  double a = 0.57;
  double b = 0.19;
  double c = 0.19;
  std::uint64_t seed = 0;
  bool scramble = true;  ///< Permute the vertices, so that hubs do not lie side by side at 0.
};

/// Edges first .. last - 1 of the 2^scale * edge_factor edges of the graph: loops and repeated ones included. Each edge
/// depends on (seed, its number) alone, so any split over executors gives the same graph. Local.
/// @throws UserError kInvalidArgument  scale above 40, probabilities below 0 or above 1 together, or a bad range.
NumberedEdges generate_rmat_edges(const RmatOptions& options, std::uint64_t first, std::uint64_t last);

}  // namespace hammerscale::graph
