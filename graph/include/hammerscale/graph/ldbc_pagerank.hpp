#pragma once

#include <cstdint>

#include "hammerscale/graph/pagerank.hpp"

namespace hammerscale::graph {

struct LdbcPageRankOptions {
  std::uint32_t num_iterations = 10;
  double damping = 0.85;  ///< 0 to 1.
};

/// @throws UserError kInvalidArgument, kNonFinite  an option out of range. Local.
void check_options(const LdbcPageRankOptions& options);

/// PageRank as LDBC Graphalytics defines it: ranks start at 1 / N; a fixed number of iterations; what vertices without
/// out-arcs hold is dealt out to all vertices in equal parts. Ranks sum to 1.
///
/// Collective: every executor calls it with equal options. Reports "iteration" and "delta".
/// @throws UserError kInvalidArgument, kNonFinite  damping out of range. On every executor alike.
///
/// Work, Traffic, Repeats  as pagerank; the all-reduce carries 48 bytes. The sum over vertices without out-arcs is
/// exact. Source    LDBC Graphalytics specification, PR.
PageRankResult ldbc_pagerank(GangContext& gang, const CsrGraph& graph, const LdbcPageRankOptions& options);

}  // namespace hammerscale::graph
