#include "hammerscale/graph/pagerank.hpp"

#include <cmath>
#include <limits>
#include <string>

#include "rank_state.hpp"

namespace hammerscale::graph {
namespace {

PageRankResult static_pagerank(GangContext& gang, const CsrGraph& graph, const PageRankOptions& options) {
  RankState state(gang, graph, 1.0);
  PageRankResult result;
  const double reset = options.reset_probability;
  while (result.num_iterations < *options.num_iterations) {
    const auto all = state.iterate([&](std::uint32_t v, double sum, RankSummary& summary) {
      const double rank = reset + (1.0 - reset) * sum;
      summary.delta = std::max(summary.delta, std::abs(rank - state.ranks[v]));
      state.ranks[v] = rank;
      return rank * state.inverse_out_degrees[v];
    });
    result.delta = all.delta;
    report_iteration(gang, ++result.num_iterations, result.delta);
  }
  result.ranks = std::move(state.ranks);
  return result;
}

PageRankResult converging_pagerank(GangContext& gang, const CsrGraph& graph, const PageRankOptions& options) {
  const double reset = options.reset_probability;
  const double tolerance = options.tolerance.value_or(PageRankOptions::kDefaultTolerance);
  const auto most = options.num_iterations.value_or(std::numeric_limits<std::uint32_t>::max());
  RankState state(gang, graph, reset);
  PageRankResult result;
  result.delta = reset;
  // The first growth, of all vertices, is their reset; it is not passed on if the tolerance covers it.
  bool active = reset > tolerance && graph.num_arcs() > 0;
  while (active && result.num_iterations < most) {
    const auto all = state.iterate([&](std::uint32_t v, double sum, RankSummary& summary) {
      const double growth = (1.0 - reset) * sum;
      state.ranks[v] += growth;
      summary.delta = std::max(summary.delta, growth);
      if (!(growth > tolerance)) { return 0.0; }
      summary.num_active += state.inverse_out_degrees[v] > 0.0 ? 1 : 0;
      return growth * state.inverse_out_degrees[v];
    });
    result.delta = all.delta;
    active = all.num_active > 0;
    report_iteration(gang, ++result.num_iterations, result.delta);
  }
  result.ranks = std::move(state.ranks);
  return result;
}

/// Scales ranks so that those of all executors sum to the number of vertices. Collective.
void normalize(GangContext& gang, const CsrGraph& graph, std::vector<double>& ranks) {
  // Ranks sum to no more than the number of vertices, which is below 2^63.
  FixedPointSum sum(64);
  for (const auto rank : ranks) { sum.add(rank); }
  sum = gang.comm().all_reduce_value(sum, [](FixedPointSum a, const FixedPointSum& b) {
    a.add(b);
    return a;
  });
  if (!(sum.value() > 0.0)) { return; }
  const double factor = static_cast<double>(graph.num_vertices()) / sum.value();
  for (auto& rank : ranks) { rank *= factor; }
}

}  // namespace

void check_options(const PageRankOptions& options) {
  require_between_0_and_1("resetProb", options.reset_probability);
  if (options.tolerance && !(*options.tolerance >= 0.0 && std::isfinite(*options.tolerance))) {
    throw UserError(ErrorCode::kInvalidArgument, "a parameter must be 0 or more",
                    {{"name", "tol"}, {"value", std::to_string(*options.tolerance)}});
  }
  if (options.num_iterations == 0U) {
    throw UserError(ErrorCode::kInvalidArgument, "a parameter must be at least 1",
                    {{"name", "numIter"}, {"value", "0"}});
  }
}

PageRankResult pagerank(GangContext& gang, const CsrGraph& graph, const PageRankOptions& options) {
  check_options(options);
  const bool is_static = options.num_iterations && !options.tolerance;
  auto result = is_static ? static_pagerank(gang, graph, options) : converging_pagerank(gang, graph, options);
  if (options.normalized) { normalize(gang, graph, result.ranks); }
  return result;
}

}  // namespace hammerscale::graph
