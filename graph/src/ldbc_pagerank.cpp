#include "hammerscale/graph/ldbc_pagerank.hpp"

#include <cmath>

#include "rank_state.hpp"

namespace hammerscale::graph {

void check_options(const LdbcPageRankOptions& options) { require_between_0_and_1("damping", options.damping); }

PageRankResult ldbc_pagerank(GangContext& gang, const CsrGraph& graph, const LdbcPageRankOptions& options) {
  check_options(options);
  const double damping = options.damping;
  const auto n = static_cast<double>(graph.num_vertices());
  RankState state(gang, graph, 1.0 / n);
  PageRankResult result;
  FixedPointSum dangling(RankSummary::kFractionBits);
  for (std::uint32_t v = 0; v < graph.num_local_vertices(); ++v) {
    if (graph.out_degree(v) == 0) { dangling.add(state.ranks[v]); }
  }
  dangling = gang.comm().all_reduce_value(dangling, [](FixedPointSum a, const FixedPointSum& b) {
    a.add(b);
    return a;
  });
  while (result.num_iterations < options.num_iterations) {
    const double base = (1.0 - damping) / n + damping * dangling.value() / n;
    const auto all = state.iterate([&](std::uint32_t v, double sum, RankSummary& summary) {
      const double rank = base + damping * sum;
      summary.delta = std::max(summary.delta, std::abs(rank - state.ranks[v]));
      state.ranks[v] = rank;
      if (state.inverse_out_degrees[v] == 0.0) { summary.dangling.add(rank); }
      return rank * state.inverse_out_degrees[v];
    });
    dangling = all.dangling;
    result.delta = all.delta;
    report_iteration(gang, ++result.num_iterations, result.delta);
  }
  result.ranks = std::move(state.ranks);
  return result;
}

}  // namespace hammerscale::graph
