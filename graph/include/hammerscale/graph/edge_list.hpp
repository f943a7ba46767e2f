#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hammerscale/graph/edge_input.hpp"
#include "hammerscale/scheduler/gang_context.hpp"

namespace hammerscale::graph {

/// The edges that one executor has read, with ids as in the input.
///
/// If every id of the whole input is a 64-bit integer, ids are integers ("07" and "7" are one vertex); else all ids are
/// their bytes. Integer ids stand in sources, targets and vertices themselves; of text ids those hold the position in
/// names. Example of text ids: edges a->b, b->b are names {a, b}, sources {0, 1}, targets {1, 1}.
struct EdgeList {
  bool text_ids = false;              ///< Equal on all executors.
  std::vector<std::string> names;     ///< Distinct text ids that occur here.
  std::vector<std::int64_t> sources;  ///< One per edge.
  std::vector<std::int64_t> targets;  ///< One per edge.
  std::vector<std::int64_t> vertices; ///< Vertices named apart from edges.
};

/// Reads this executor's share of the input on its task threads.
///
/// Collective: every executor calls it with an equal plan.
/// @throws UserError kMalformedInput  fields: path, byte offset of the line in the (decompressed) file, text. On every
///         executor alike.
/// @throws UserError kUnknownColumn, kInput, kFileNotFound.
/// Memory  16 bytes an edge, and one piece of text a thread. Text ids: besides, each distinct id once.
EdgeList read_edges(GangContext& gang, const EdgeInputPlan& plan);

}  // namespace hammerscale::graph
