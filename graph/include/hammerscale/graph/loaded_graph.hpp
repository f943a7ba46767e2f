#pragma once

#include "hammerscale/graph/csr_graph.hpp"
#include "hammerscale/graph/edge_input.hpp"
#include "hammerscale/graph/vertex_index.hpp"

namespace hammerscale::graph {

/// A graph with the ids of its vertices. index and csr give each executor the same range of vertices.
struct LoadedGraph {
  VertexIndex index;
  CsrGraph csr;
};

/// Reads edges and builds the graph, inside a gang. Collective.
/// @param plan  of plan_edge_input, equal on all executors.
/// @throws what read_edges and CsrGraph::build throw.
LoadedGraph load_graph(GangContext& gang, const EdgeInputPlan& plan);

}  // namespace hammerscale::graph
