#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "hammerscale/graph/csr_graph.hpp"
#include "hammerscale/graph/pagerank.hpp"
#include "hammerscale/scheduler/gang_context.hpp"

namespace hammerscale::graph {

/// Sums values over the rows of a graph on the task threads, in an order that depends on the graph alone: a row in
/// ascending order of source; a row longer than kRankSegmentArcs, a hub's, in segments of that many arcs, then the
/// segments' sums in order. Work is cut into blocks of about equal arcs, and hubs into segments.
class PullPass {
 public:
  /// Local.
  PullPass(GangContext& gang, const CsrGraph& graph) : gang_(gang), graph_(graph) {
    const auto total = graph.num_local_arcs() + std::uint64_t{graph.num_local_vertices()} * kVertexWeight;
    const auto block_weight = std::max<std::uint64_t>(total / (std::uint64_t{gang.num_threads()} * kBlocksPerThread),
                                                      kMinBlockWeight);
    std::uint64_t weight = 0;
    std::uint32_t first = 0;
    const auto close = [&](std::uint32_t last) {
      if (last > first) { blocks_.push_back({first, last}); }
      first = last;
      weight = 0;
    };
    for (std::uint32_t v = 0; v < graph.num_local_vertices(); ++v) {
      if (graph.in_degree(v) > kRankSegmentArcs) {
        close(v);
        hubs_.push_back({v, segments_.size()});
        for (auto arc = graph.offsets()[v]; arc < graph.offsets()[v + 1]; arc += kRankSegmentArcs) {
          segments_.push_back({arc, std::min(arc + kRankSegmentArcs, graph.offsets()[v + 1])});
        }
        first = v + 1;
        continue;
      }
      weight += graph.in_degree(v) + kVertexWeight;
      if (weight >= block_weight) { close(v + 1); }
    }
    close(graph.num_local_vertices());
    segment_sums_.resize(segments_.size());
  }

  /// Different values of `block` that run gives to finish.
  [[nodiscard]] std::size_t num_blocks() const noexcept { return blocks_.size() + 1; }

  /// finish(block, v, sum of values[u] over the sources u of v) for every vertex here. Calls with one `block` come one
  /// after another in ascending v, others at the same time on other threads.
  /// @param values  one per own vertex, then one per ghost.
  template <typename Finish>
  void run(std::span<const double> values, const Finish& finish) {
    gang_.parallel_for(segments_.size() + blocks_.size(), [&](std::size_t task) {
      if (task < segments_.size()) {
        segment_sums_[task] = sum(values, segments_[task].first, segments_[task].last);
        return;
      }
      const auto block = task - segments_.size();
      const auto offsets = graph_.offsets();
      for (auto v = blocks_[block].first; v < blocks_[block].last; ++v) {
        finish(block, v, sum(values, offsets[v], offsets[v + 1]));
      }
    });
    for (std::size_t i = 0; i < hubs_.size(); ++i) {
      const auto last = i + 1 < hubs_.size() ? hubs_[i + 1].first_segment : segments_.size();
      double total = 0.0;
      for (auto segment = hubs_[i].first_segment; segment < last; ++segment) { total += segment_sums_[segment]; }
      finish(blocks_.size(), hubs_[i].vertex, total);
    }
  }

 private:
  struct Block {
    std::uint32_t first;
    std::uint32_t last;
  };
  struct Segment {
    std::uint64_t first;
    std::uint64_t last;
  };
  struct Hub {
    std::uint32_t vertex;
    std::size_t first_segment;
  };
  /// Enough blocks that the last one to end does not matter; blocks so large that starting one does not either.
  static constexpr std::uint64_t kBlocksPerThread = 16;
  static constexpr std::uint64_t kMinBlockWeight = std::uint64_t{1} << 14;
  static constexpr std::uint64_t kVertexWeight = 8;

  double sum(std::span<const double> values, std::uint64_t first, std::uint64_t last) const {
    const auto* const value = values.data();
    double total = 0.0;
    for (const auto source : graph_.sources().subspan(first, last - first)) { total += value[source]; }
    return total;
  }

  GangContext& gang_;
  const CsrGraph& graph_;
  std::vector<Block> blocks_;
  std::vector<Segment> segments_;
  std::vector<Hub> hubs_;
  std::vector<double> segment_sums_;
};

}  // namespace hammerscale::graph
