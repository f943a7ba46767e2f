// pagerank_bench [SCALE [RUNS]]: 20 iterations of PageRank on a Kronecker graph of 2^SCALE vertices (Graph500's
// parameters, 16 edges a vertex, simple and undirected, isolated vertices dropped), under any number of ranks. The
// ranks are compared bitwise with a serial reference; then the rate is printed beside that of a plain loop over the
// same rows on one thread of the same machine in the same run.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>
#include <vector>

#include "hammerscale/closure/bind.hpp"
#include "hammerscale/dataset/run.hpp"
#include "hammerscale/graph/pagerank.hpp"
#include "hammerscale/graph/rmat_generator.hpp"
#include "kernels/bench_report.hpp"
#include "support/reference/serial_pagerank.hpp"

namespace {

using namespace hammerscale;
using graph::NumberedEdges;

constexpr std::uint32_t kNumIterations = 20;

struct KroneckerGraph {
  NumberedEdges edges;  // both directions
  std::uint64_t num_vertices = 0;
};

/// Loops, repeats and isolated vertices removed; the same on every rank.
KroneckerGraph make_kronecker_graph(std::uint32_t scale) {
  const graph::RmatOptions options{.scale = scale, .edge_factor = 16, .seed = 27491095};
  const auto raw = graph::generate_rmat_edges(options, 0, std::uint64_t{16} << scale);
  std::vector<std::uint64_t> arcs;  // source in the high half
  for (std::size_t i = 0; i < raw.sources.size(); ++i) {
    if (raw.sources[i] == raw.targets[i]) { continue; }
    arcs.push_back(raw.sources[i] << 32 | raw.targets[i]);
    arcs.push_back(raw.targets[i] << 32 | raw.sources[i]);
  }
  std::sort(arcs.begin(), arcs.end());
  arcs.erase(std::unique(arcs.begin(), arcs.end()), arcs.end());
  std::vector<std::uint64_t> number_of(std::size_t{1} << scale);
  for (const auto arc : arcs) { number_of[arc >> 32] = 1; }
  KroneckerGraph result;
  for (auto& number : number_of) { number = number == 1 ? result.num_vertices++ : 0; }
  for (const auto arc : arcs) {
    result.edges.sources.push_back(number_of[arc >> 32]);
    result.edges.targets.push_back(number_of[arc & 0xFFFFFFFF]);
  }
  return result;
}

struct Timing {
  double build_seconds = 0.0;
  double best_seconds = 0.0;
  std::vector<double> ranks;
};

Timing run_on_executor(std::uint32_t scale, int num_runs, GangContext& gang) {
  using Clock = std::chrono::steady_clock;
  const auto seconds_since = [](Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
  };
  // Every executor makes the whole graph and keeps the arcs with its remainder.
  auto whole = make_kronecker_graph(scale);
  NumberedEdges mine;
  const auto p = static_cast<std::size_t>(gang.comm().size());
  for (auto i = static_cast<std::size_t>(gang.comm().rank().value); i < whole.edges.sources.size(); i += p) {
    mine.sources.push_back(whole.edges.sources[i]);
    mine.targets.push_back(whole.edges.targets[i]);
  }
  whole.edges = {};
  gang.comm().barrier();
  auto begin = Clock::now();
  const auto graph = graph::CsrGraph::build(gang, std::move(mine), whole.num_vertices, true);
  Timing timing;
  timing.build_seconds = gang.comm().all_reduce_max(seconds_since(begin));
  timing.best_seconds = 1e300;
  graph::PageRankOptions options;
  options.num_iterations = kNumIterations;
  for (int run = 0; run < num_runs; ++run) {
    gang.comm().barrier();
    begin = Clock::now();
    timing.ranks = graph::pagerank(gang, graph, options).ranks;
    timing.best_seconds = std::min(timing.best_seconds, gang.comm().all_reduce_max(seconds_since(begin)));
  }
  return timing;
}

/// The plain loop: one thread, the whole graph in compressed rows, no runtime.
double best_plain_seconds(const testing::SerialGraph& serial, int num_runs) {
  std::vector<std::uint64_t> offsets(1);
  std::vector<std::uint32_t> sources;
  for (const auto& row : serial.sources) {
    for (const auto source : row) { sources.push_back(static_cast<std::uint32_t>(source)); }
    offsets.push_back(sources.size());
  }
  const auto n = serial.sources.size();
  std::vector<double> ranks;
  std::vector<double> passed(n);
  return bench::best_seconds(num_runs, [&] {
    ranks.assign(n, 1.0);
    for (std::uint32_t iteration = 0; iteration < kNumIterations; ++iteration) {
      for (std::size_t v = 0; v < n; ++v) { passed[v] = ranks[v] / static_cast<double>(serial.out_degrees[v]); }
      for (std::size_t v = 0; v < n; ++v) {
        double sum = 0.0;
        for (auto arc = offsets[v]; arc < offsets[v + 1]; ++arc) { sum += passed[sources[arc]]; }
        ranks[v] = 0.15 + 0.85 * sum;
      }
    }
  });
}

}  // namespace

int main(int argc, char** argv) {
  const auto scale = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 18);
  const int num_runs = argc > 2 ? std::atoi(argv[2]) : 5;
  return hammerscale::run(argc, argv, [&](Session& session) {
    auto timings = session.gang(hammerscale::bind(
        scale, num_runs, [](std::uint32_t s, int runs, GangContext& gang) { return run_on_executor(s, runs, gang); }));
    std::vector<double> ranks;
    for (const auto& timing : timings) { ranks.insert(ranks.end(), timing.ranks.begin(), timing.ranks.end()); }

    const auto whole = make_kronecker_graph(scale);
    testing::SerialGraph serial(whole.num_vertices);
    for (std::size_t i = 0; i < whole.edges.sources.size(); ++i) {
      serial.sources[whole.edges.targets[i]].push_back(whole.edges.sources[i]);
      ++serial.out_degrees[whole.edges.sources[i]];
    }
    for (auto& row : serial.sources) { std::sort(row.begin(), row.end()); }
    bench::verify(ranks == testing::serial_static_pagerank(serial, kNumIterations), "ranks differ from the reference");

    const auto num_arcs = static_cast<double>(whole.edges.sources.size());
    const double plain = best_plain_seconds(serial, num_runs);
    std::printf("Kronecker 2^%u: %llu vertices, %.0f arcs; %u executors, %u threads\n", scale,
                static_cast<unsigned long long>(whole.num_vertices), num_arcs, session.num_executors(),
                session.num_task_threads());
    bench::report("build from edges in memory", num_arcs / 1e6, "M arcs/s", timings.front().build_seconds);
    bench::report("pagerank, plain loop, one thread", num_arcs * kNumIterations / 1e6, "M arcs/s", plain);
    bench::report("pagerank", num_arcs * kNumIterations / 1e6, "M arcs/s", timings.front().best_seconds, plain);
  });
}
