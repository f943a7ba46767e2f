#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hammerscale/dataset/session.hpp"
#include "hammerscale/graph/edge_input.hpp"

namespace hammerscale::graph {

/// How a vertex and its value are written as a line.
enum class ValueFormat : std::uint8_t {
  kText,  ///< `id value`
  kTsv,   ///< `id<TAB>value`
  kCsv,   ///< `id,value`, ids quoted where they must be
  kJson,  ///< `{"id": 7, "value": 0.5}`
};

/// A graph algorithm by name, run on files.
struct GraphJobRequest {
  EdgeInput input;
  std::string algorithm;
  std::map<std::string, std::string> parameters;
  ValueFormat format = ValueFormat::kText;
  std::optional<std::uint64_t> top;  ///< Only so many lines, of the largest values; ties by id.
  /// An existing folder where executors write part files instead of giving back lines. Whoever made it also makes it
  /// appear as a whole.
  std::optional<std::string> part_folder;
  std::string codec;  ///< Compression of part files; see TextWriter.
};

/// Sizes and times of a graph job.
struct GraphJobFigures {
  std::uint64_t num_vertices = 0;
  std::uint64_t num_edges = 0;
  double load_seconds = 0.0;
  double compute_seconds = 0.0;
  std::uint32_t num_iterations = 0;
  std::uint64_t num_arcs_traversed = 0;
};

/// What a graph job did and found.
struct GraphJobResult {
  std::vector<std::string> texts;  ///< Lines; those of one text come before those of the next.
  GraphJobFigures figures;
};

/// Reads a graph, runs the algorithm and writes a line for every vertex, by id ascending (or by value with `top`), in
/// one gang. Driver side. Floating-point values have 17 significant digits; what cannot be reached is "infinity".
/// @param on_progress  told "iteration" and "delta" while it runs, on a thread of the driver.
/// @throws UserError  unknown algorithm or parameter, and whatever reading the input throws.
GraphJobResult run_graph_job(const Session& session, const GraphJobRequest& request,
                             std::function<void(const std::string&, double)> on_progress = {});

}  // namespace hammerscale::graph
