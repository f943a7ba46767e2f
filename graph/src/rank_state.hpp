#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/graph/csr_graph.hpp"
#include "hammerscale/graph/fixed_point_sum.hpp"
#include "pull_pass.hpp"

namespace hammerscale::graph {

/// What an iteration of a ranking must know of all vertices: combined over blocks, then over executors.
struct RankSummary {
  double delta = 0.0;                     ///< Largest change of a rank.
  std::uint64_t num_active = 0;           ///< Vertices that still pass something on.
  FixedPointSum dangling{kFractionBits};  ///< Ranks of vertices without out-arcs, where they sum to no more than 1.

  /// Leaves room for sums below 2^17 and keeps all bits of ranks above 2^-57.
  static constexpr int kFractionBits = 110;
};

struct CombineRankSummaries {
  RankSummary operator()(RankSummary a, const RankSummary& b) const {
    a.delta = std::max(a.delta, b.delta);
    a.num_active += b.num_active;
    a.dangling.add(b.dangling);
    return a;
  }
};

/// Ranks of this executor's vertices, and what each passes along an out-arc, for ghosts too; replaced as a whole by
/// each iteration (Jacobi's way).
class RankState {
 public:
  /// Local.
  RankState(GangContext& gang, const CsrGraph& graph, double first_rank)
      : gang_(gang), ghosts_(graph.ghosts()), pull_(gang, graph), summaries_(pull_.num_blocks()) {
    const auto num_own = graph.num_local_vertices();
    ranks.assign(num_own, first_rank);
    inverse_out_degrees.resize(num_own);
    for (std::uint32_t v = 0; v < num_own; ++v) {
      const auto degree = graph.out_degree(v);
      inverse_out_degrees[v] = degree == 0 ? 0.0 : 1.0 / static_cast<double>(degree);
    }
    passed_.resize(num_own + ghosts_.num_ghosts());
    next_passed_.resize(passed_.size());
    for (std::uint32_t v = 0; v < num_own; ++v) { passed_[v] = first_rank * inverse_out_degrees[v]; }
  }

  /// One iteration: replace(v, sum of what comes in, summary) -> what v passes along each out-arc from now on. replace
  /// updates ranks[v]. Collective. @return the summary over all executors.
  template <typename Replace>
  RankSummary iterate(const Replace& replace) {
    ghosts_.update(gang_.comm(), passed_);
    std::fill(summaries_.begin(), summaries_.end(), RankSummary());
    pull_.run(passed_, [&](std::size_t block, std::uint32_t v, double sum) {
      next_passed_[v] = replace(v, sum, summaries_[block]);
    });
    passed_.swap(next_passed_);
    RankSummary all;
    for (const auto& summary : summaries_) { all = CombineRankSummaries()(all, summary); }
    return gang_.comm().all_reduce_value(all, CombineRankSummaries());
  }

  std::vector<double> ranks;
  std::vector<double> inverse_out_degrees;  ///< 0 where there are no out-arcs.

 private:
  GangContext& gang_;
  GhostExchange ghosts_;
  PullPass pull_;
  std::vector<double> passed_;
  std::vector<double> next_passed_;
  std::vector<RankSummary> summaries_;
};

/// Tells the driver, once for all executors.
inline void report_iteration(GangContext& gang, std::uint32_t iteration, double delta) {
  if (gang.comm().rank() != Rank(0)) { return; }
  gang.report("iteration", iteration);
  gang.report("delta", delta);
}

/// @throws UserError kNonFinite, kInvalidArgument
inline void require_between_0_and_1(const char* name, double value) {
  if (!std::isfinite(value)) { throw UserError(ErrorCode::kNonFinite, "a parameter is not finite", {{"name", name}}); }
  if (value < 0.0 || value > 1.0) {
    throw UserError(ErrorCode::kInvalidArgument, "a parameter must be between 0 and 1",
                    {{"name", name}, {"value", std::to_string(value)}});
  }
}

}  // namespace hammerscale::graph
