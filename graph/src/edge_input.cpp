#include "hammerscale/graph/edge_input.hpp"

#include <algorithm>
#include <filesystem>

#include "edge_file.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale::graph {
namespace {

constexpr std::uint64_t kMaxSplitBytes = std::uint64_t{64} << 20;
constexpr std::uint32_t kSplitsPerTask = 4;

std::vector<TextSplit> cut(const std::vector<std::string>& files, std::uint32_t num_tasks) {
  std::uint64_t total = 0;
  for (const auto& file : files) {
    std::error_code ignored;
    const auto size = std::filesystem::file_size(file, ignored);
    if (!ignored) { total += size; }
  }
  const auto for_size = total / kMaxSplitBytes + 1;
  // A piece of a few kilobytes costs more to open than to read.
  const auto for_tasks = std::min<std::uint64_t>(std::uint64_t{num_tasks} * kSplitsPerTask, total / 4096 + 1);
  return split_text_files(files, static_cast<std::uint32_t>(std::max(for_size, for_tasks)));
}

}  // namespace

EdgeInputPlan plan_edge_input(const EdgeInput& input, std::uint32_t num_tasks) {
  if (input.edges.empty()) { throw UserError(ErrorCode::kInvalidArgument, "no input of edges is named"); }
  EdgeInputPlan plan;
  plan.input = input;
  plan.edge_files = expand_inputs(input.edges);
  const auto vertex_files = expand_inputs(input.vertices);
  for (const auto& file : plan.edge_files) { edge_file_format(file); }
  for (const auto& file : vertex_files) {
    if (edge_file_format(file) == EdgeFileFormat::kMatrixMarket) {
      throw UserError(ErrorCode::kInvalidArgument, "a file of this format holds no list of vertices", {{"path", file}});
    }
  }
  plan.edge_splits = cut(plan.edge_files, num_tasks);
  plan.vertex_splits = cut(vertex_files, num_tasks);
  return plan;
}

}  // namespace hammerscale::graph
