#pragma once

#include <cstdint>
#include <vector>

#include "hammerscale/graph/csr_graph.hpp"

namespace hammerscale::graph {

/// How many ends of edges each vertex here is: in-degree + out-degree, a loop counts 2, repeated edges count. The same
/// whether edges have directions or not. Local.
std::vector<std::int64_t> degrees(const CsrGraph& graph);

}  // namespace hammerscale::graph
