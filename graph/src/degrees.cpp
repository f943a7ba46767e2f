#include "hammerscale/graph/degrees.hpp"

#include <algorithm>

namespace hammerscale::graph {

std::vector<std::int64_t> degrees(const CsrGraph& graph) {
  std::vector<std::int64_t> result(graph.num_local_vertices());
  for (std::uint32_t v = 0; v < graph.num_local_vertices(); ++v) {
    result[v] = static_cast<std::int64_t>(graph.in_degree(v));
    if (graph.directed()) {
      result[v] += static_cast<std::int64_t>(graph.out_degree(v));
      continue;
    }
    // Undirected, a row lists each neighbour; a loop stands in it once and has two ends.
    const auto row = graph.sources().subspan(graph.offsets()[v], graph.in_degree(v));
    result[v] += std::count(row.begin(), row.end(), v);
  }
  return result;
}

}  // namespace hammerscale::graph
