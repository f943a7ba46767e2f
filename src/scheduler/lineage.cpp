#include "hammerscale/scheduler/lineage.hpp"

#include <unordered_set>

namespace hammerscale {
namespace {

// Lineage of iterative programs is thousands of nodes deep: an own stack, not recursion.
template <typename Visit>
void visit_inputs_first(LineageNode& last, Visit visit) {
  std::unordered_set<LineageNode*> entered;
  std::vector<std::pair<LineageNode*, bool>> stack{{&last, false}};
  while (!stack.empty()) {
    const auto [node, inputs_done] = stack.back();
    stack.pop_back();
    if (inputs_done) {
      visit(*node);
      continue;
    }
    if (!entered.insert(node).second) { continue; }
    stack.emplace_back(node, true);
    for (const auto& input : node->inputs) { stack.emplace_back(input.get(), false); }
    for (const auto& shuffle : node->shuffles) { stack.emplace_back(shuffle->input.get(), false); }
  }
}

const char* level_name(storage::StorageLevel level) {
  switch (level) {
    case storage::StorageLevel::kMemoryOnly: return "memory_only";
    case storage::StorageLevel::kMemoryAndDisk: return "memory_and_disk";
    case storage::StorageLevel::kDiskOnly: return "disk_only";
  }
  return "unknown";
}

void append_tree(std::string& out, const LineageNode& node, int depth) {
  out.append(static_cast<std::size_t>(depth) * 2, ' ');
  out += '(' + std::to_string(node.num_partitions) + ") " + node.name + " at " + to_string(node.call_site);
  if (node.storage_level) { out += std::string(" [") + level_name(*node.storage_level) + "]"; }
  out += '\n';
  if (depth > 200) {
    out.append(static_cast<std::size_t>(depth) * 2, ' ');
    out += "...\n";
    return;
  }
  for (const auto& input : node.inputs) { append_tree(out, *input, depth + 1); }
  for (const auto& shuffle : node.shuffles) { append_tree(out, *shuffle->input, depth + 1); }
}

}  // namespace

void prepare_lineage(LineageNode& node) {
  visit_inputs_first(node, [](LineageNode& each) {
    if (each.prepare) {
      std::call_once(each.prepared, [&each] { each.prepare(each); });
    }
  });
}

std::string to_string(const LineageNode& node) {
  std::string out;
  append_tree(out, node, 0);
  return out;
}

}  // namespace hammerscale
