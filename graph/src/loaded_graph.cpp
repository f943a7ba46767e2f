#include "hammerscale/graph/loaded_graph.hpp"

#include <utility>

namespace hammerscale::graph {

LoadedGraph load_graph(GangContext& gang, const EdgeInputPlan& plan) {
  LoadedGraph graph;
  NumberedEdges numbered;
  graph.index = VertexIndex::build(gang, read_edges(gang, plan), numbered);
  graph.csr = CsrGraph::build(gang, std::move(numbered), graph.index.num_vertices(), plan.input.directed);
  graph.index.move_to(gang, graph.csr.bounds());
  return graph;
}

}  // namespace hammerscale::graph
