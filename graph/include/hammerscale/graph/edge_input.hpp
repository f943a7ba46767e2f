#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hammerscale/dataset/text_files.hpp"

namespace hammerscale::graph {

/// Where the edges of a graph come from, as a caller says it.
///
/// A file is read by its extension, also under .gz, .zst and .bz2:
///   .mtx          Matrix Market coordinate format: pattern, real or integer; general or symmetric. The vertices are 1
///   to
///                 the matrix's size, all of them.
///   .csv, .tsv    with a header that names the columns `src` and `dst`, among others.
///   anything else lines `source target [weight]` separated by blanks, tabs or commas; lines that begin with # or % are
///                 comments. A weight must be a number; no algorithm so far reads it.
/// Vertex files hold one id a line, or, as .csv and .tsv, a column `id`.
struct EdgeInput {
  std::vector<std::string> edges;     ///< Files, folders, globs.
  std::vector<std::string> vertices;  ///< The same; ids that are vertices even if no edge has them.
  bool directed = true;               ///< Undirected: each edge that is no loop also counts from target to source.
};

/// An EdgeInput with its files found and cut into pieces. Travels to the executors.
struct EdgeInputPlan {
  EdgeInput input;
  std::vector<std::string> edge_files;
  std::vector<TextSplit> edge_splits;
  std::vector<TextSplit> vertex_splits;
};

/// Finds the files and cuts them so that num_tasks tasks have about four pieces each, none above 64 MiB unless it is
/// compressed. Driver side, or any one process.
/// @throws UserError kFileNotFound, kInput; kInvalidArgument  no edges are named, or a format that holds no edges.
EdgeInputPlan plan_edge_input(const EdgeInput& input, std::uint32_t num_tasks);

}  // namespace hammerscale::graph
