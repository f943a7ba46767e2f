#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hammerscale/comm/rank.hpp"

namespace hammerscale::comm {

/// Which ranks of a communicator share a physical machine.
///
/// Example: ranks 0, 1 on one machine and 2 on another. node_of_rank is {0, 0, 1}; on rank 1 ranks_on_my_node is
/// {0, 1} and my_index_on_node is 1.
struct Topology {
  std::vector<std::int32_t> node_of_rank;  ///< Node of each rank; nodes are numbered by their lowest rank.
  std::vector<Rank> ranks_on_my_node;      ///< Ascending, this rank included.
  std::int32_t num_nodes = 1;
  std::int32_t my_node = 0;
  std::int32_t my_index_on_node = 0;       ///< Place of this rank in ranks_on_my_node.
};

/// Builds the topology that `rank` sees. `node_ids` holds any number per rank that is equal on the same machine.
Topology make_topology(const std::vector<std::int32_t>& node_ids, Rank rank);

/// "3 ranks on 2 nodes: [0 1] [2]".
std::string to_string(const Topology& topology);

}  // namespace hammerscale::comm
