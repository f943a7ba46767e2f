#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace hammerscale::testing {

/// A graph as the incoming sources of each vertex, ascending, for serial references.
struct SerialGraph {
  explicit SerialGraph(std::uint64_t n) : sources(n), out_degrees(n) {}
  SerialGraph(std::uint64_t n, const std::vector<std::pair<std::uint64_t, std::uint64_t>>& arcs) : SerialGraph(n) {
    for (const auto& [source, target] : arcs) {
      sources[target].push_back(source);
      ++out_degrees[source];
    }
    for (auto& row : sources) { std::sort(row.begin(), row.end()); }
  }
  std::vector<std::vector<std::uint64_t>> sources;
  std::vector<std::uint64_t> out_degrees;
};

/// The sum that pagerank promises: ascending sources, in segments whose sums are added in order.
inline double sum_row(const std::vector<std::uint64_t>& row, const std::vector<double>& passed,
                      std::size_t segment = std::size_t{1} << 14) {
  double total = 0.0;
  for (std::size_t begin = 0; begin < row.size(); begin += segment) {
    double part = 0.0;
    for (std::size_t i = begin; i < std::min(begin + segment, row.size()); ++i) { part += passed[row[i]]; }
    total = begin == 0 ? part : total + part;
  }
  return total;
}

inline std::vector<double> pass_on(const SerialGraph& graph, const std::vector<double>& ranks) {
  std::vector<double> passed(ranks.size());
  for (std::size_t v = 0; v < ranks.size(); ++v) {
    passed[v] = graph.out_degrees[v] == 0 ? 0.0 : ranks[v] * (1.0 / static_cast<double>(graph.out_degrees[v]));
  }
  return passed;
}

/// GraphX's staticPageRank without normalisation.
inline std::vector<double> serial_static_pagerank(const SerialGraph& graph, int num_iterations, double reset = 0.15) {
  std::vector<double> ranks(graph.sources.size(), 1.0);
  for (int i = 0; i < num_iterations; ++i) {
    const auto passed = pass_on(graph, ranks);
    for (std::size_t v = 0; v < ranks.size(); ++v) {
      ranks[v] = reset + (1.0 - reset) * sum_row(graph.sources[v], passed);
    }
  }
  return ranks;
}

/// GraphX's pageRank until no vertex grows by more than the tolerance, without normalisation.
inline std::vector<double> serial_converging_pagerank(const SerialGraph& graph, double tolerance, double reset = 0.15) {
  std::vector<double> ranks(graph.sources.size(), reset);
  std::vector<double> growth(ranks);
  while (true) {
    bool active = false;
    auto sent = growth;
    for (std::size_t v = 0; v < ranks.size(); ++v) {
      if (!(sent[v] > tolerance)) { sent[v] = 0.0; }
      active = active || (sent[v] > 0.0 && graph.out_degrees[v] > 0);
    }
    if (!active) { return ranks; }
    const auto passed = pass_on(graph, sent);
    for (std::size_t v = 0; v < ranks.size(); ++v) {
      growth[v] = (1.0 - reset) * sum_row(graph.sources[v], passed);
      ranks[v] += growth[v];
    }
  }
}

/// LDBC Graphalytics PR. What vertices without out-arcs hold is added with 113 bits, so that its order does not matter.
inline std::vector<double> serial_ldbc_pagerank(const SerialGraph& graph, int num_iterations, double damping = 0.85) {
  __extension__ using Wide = __float128;
  const auto n = static_cast<double>(graph.sources.size());
  std::vector<double> ranks(graph.sources.size(), 1.0 / n);
  for (int i = 0; i < num_iterations; ++i) {
    Wide dangling = 0;
    for (std::size_t v = 0; v < ranks.size(); ++v) {
      if (graph.out_degrees[v] == 0) { dangling += ranks[v]; }
    }
    const auto passed = pass_on(graph, ranks);
    const double base = (1.0 - damping) / n + damping * static_cast<double>(dangling) / n;
    for (std::size_t v = 0; v < ranks.size(); ++v) { ranks[v] = base + damping * sum_row(graph.sources[v], passed); }
  }
  return ranks;
}

}  // namespace hammerscale::testing
