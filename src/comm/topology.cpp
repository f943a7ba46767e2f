#include "hammerscale/comm/topology.hpp"

#include <map>

namespace hammerscale::comm {

Topology make_topology(const std::vector<std::int32_t>& node_ids, Rank rank) {
  Topology topology;
  std::map<std::int32_t, std::int32_t> number_of_id;
  for (const std::int32_t id : node_ids) {
    const auto [place, is_new] = number_of_id.emplace(id, static_cast<std::int32_t>(number_of_id.size()));
    topology.node_of_rank.push_back(place->second);
  }
  topology.num_nodes = static_cast<std::int32_t>(number_of_id.size());
  topology.my_node = topology.node_of_rank.at(static_cast<std::size_t>(rank.value));
  for (std::size_t other = 0; other < node_ids.size(); ++other) {
    if (topology.node_of_rank[other] != topology.my_node) { continue; }
    const Rank other_rank(static_cast<std::int32_t>(other));
    if (other_rank == rank) { topology.my_index_on_node = static_cast<std::int32_t>(topology.ranks_on_my_node.size()); }
    topology.ranks_on_my_node.push_back(other_rank);
  }
  return topology;
}

std::string to_string(const Topology& topology) {
  std::string text = std::to_string(topology.node_of_rank.size()) + " ranks on " + std::to_string(topology.num_nodes) +
                     " nodes:";
  for (std::int32_t node = 0; node < topology.num_nodes; ++node) {
    text += " [";
    bool first = true;
    for (std::size_t rank = 0; rank < topology.node_of_rank.size(); ++rank) {
      if (topology.node_of_rank[rank] != node) { continue; }
      if (!first) { text += ' '; }
      first = false;
      text += std::to_string(rank);
    }
    text += ']';
  }
  return text;
}

}  // namespace hammerscale::comm
