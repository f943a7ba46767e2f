#include "hammerscale/graph/csr_graph.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/error.hpp"
#include "hammerscale/graph/rank_bitmap.hpp"
#include "hammerscale/shuffle/sort_kernel.hpp"

namespace hammerscale::graph {
namespace {

/// What a vertex weighs against an arc when ranges are balanced: a pull pass moves about 32 bytes a vertex, 4 an arc.
constexpr std::uint64_t kVertexWeight = 8;
/// Buckets of vertices whose weights are counted to choose the ranges; so many counts are all-reduced.
constexpr std::uint64_t kMaxBuckets = std::uint64_t{1} << 16;
/// Bytes an arc while the graph is built: as received, as sorted row, as local index.
constexpr std::uint64_t kBuildBytesPerArc = 24;
constexpr std::uint64_t kBytesPerVertex = 24;
constexpr std::uint32_t kRowsPerTask = 4096;

struct Arc {
  std::uint64_t source;
  std::uint64_t target;
};

void claim(storage::Reservation& memory, std::uint64_t num_bytes) {
  if (memory.try_grow(num_bytes)) { return; }
  throw ResourceError(ErrorCode::kOutOfMemory, "the graph does not fit into the executor's memory budget",
                      {{"needed_bytes", std::to_string(num_bytes)}});
}

template <typename Function>
void for_each_arc(const NumberedEdges& edges, bool directed, const Function& function) {
  for (std::size_t i = 0; i < edges.sources.size(); ++i) {
    function(Arc{edges.sources[i], edges.targets[i]});
    if (!directed && edges.sources[i] != edges.targets[i]) { function(Arc{edges.targets[i], edges.sources[i]}); }
  }
}

/// Ranges of about equal weight. The cuts depend on the number of executors, no answer depends on the cuts.
std::vector<std::uint64_t> choose_ranges(comm::Communicator& comm, const NumberedEdges& edges,
                                         std::uint64_t num_vertices, bool directed) {
  const auto num_ranges = static_cast<std::uint64_t>(comm.size());
  std::vector<std::uint64_t> bounds(num_ranges + 1, num_vertices);
  bounds[0] = 0;
  if (num_ranges == 1) { return bounds; }
  std::uint64_t bucket_size = 1;
  while (num_vertices / bucket_size >= kMaxBuckets) { bucket_size *= 2; }
  std::vector<std::uint64_t> weights(num_vertices / bucket_size + 1);
  for_each_arc(edges, directed, [&](const Arc& arc) { ++weights[arc.target / bucket_size]; });
  comm.all_reduce(weights, comm::Sum{});
  std::uint64_t total = 0;
  for (std::size_t bucket = 0; bucket < weights.size(); ++bucket) {
    const auto size = std::min(bucket_size, num_vertices - bucket * bucket_size);
    total += weights[bucket] += size * kVertexWeight;
  }
  std::uint64_t passed = 0;
  std::uint64_t range = 1;
  for (std::size_t bucket = 0; bucket < weights.size(); ++bucket) {
    // The cut lies before the bucket that carries the weight over the middle of itself.
    while (range < num_ranges && passed + weights[bucket] / 2 >= total / num_ranges * range) {
      bounds[range++] = std::min(bucket * bucket_size, num_vertices);
    }
    passed += weights[bucket];
  }
  return bounds;
}

/// Arcs whose targets are this executor's, from all executors, in no order that matters.
std::vector<Arc> send_to_targets(GangContext& gang, NumberedEdges edges, std::span<const std::uint64_t> bounds,
                                 bool directed, storage::Reservation& memory) {
  std::vector<Arc> arcs;
  std::vector<std::uint64_t> counts(static_cast<std::size_t>(gang.comm().size()));
  const auto owner = [&](std::uint64_t vertex) {
    return static_cast<std::size_t>(std::upper_bound(bounds.begin() + 1, bounds.end() - 1, vertex) - bounds.begin() -
                                    1);
  };
  for_each_arc(edges, directed, [&](const Arc& arc) { ++counts[owner(arc.target)]; });
  std::vector<std::uint64_t> next(counts.size() + 1);
  for (std::size_t i = 0; i < counts.size(); ++i) { next[i + 1] = next[i] + counts[i]; }
  claim(memory, next.back() * kBuildBytesPerArc);
  arcs.resize(next.back());
  for_each_arc(edges, directed, [&](const Arc& arc) { arcs[next[owner(arc.target)]++] = arc; });
  edges = {};
  if (gang.comm().size() == 1) { return arcs; }
  return gang.comm().all_to_all_v(arcs, counts).values;
}

}  // namespace

CsrGraph CsrGraph::build(GangContext& gang, NumberedEdges edges, std::uint64_t num_vertices, bool directed) {
  auto& comm = gang.comm();
  CsrGraph graph;
  graph.directed_ = directed;
  graph.memory_ = storage::Reservation(gang.services().pool);
  graph.num_edges_ = comm.all_reduce_sum(static_cast<std::uint64_t>(edges.sources.size()));
  graph.bounds_ = choose_ranges(comm, edges, num_vertices, directed);
  const auto me = static_cast<std::size_t>(comm.rank().value);
  graph.begin_ = graph.bounds_[me];
  const auto num_own = graph.bounds_[me + 1] - graph.begin_;
  claim(graph.memory_, num_own * kBytesPerVertex);
  auto arcs = send_to_targets(gang, std::move(edges), graph.bounds_, directed, graph.memory_);
  graph.num_arcs_ = comm.all_reduce_sum(static_cast<std::uint64_t>(arcs.size()));

  // Rows by counting, then each row sorted by the source's number.
  const auto begin = graph.begin_;
  graph.offsets_.assign(num_own + 1, 0);
  for (const auto& arc : arcs) { ++graph.offsets_[arc.target - begin + 1]; }
  for (std::uint64_t v = 0; v < num_own; ++v) { graph.offsets_[v + 1] += graph.offsets_[v]; }
  std::vector<std::uint64_t> rows(arcs.size());
  std::vector<std::uint64_t> next(graph.offsets_.begin(), graph.offsets_.end() - 1);
  RankBitmap remote(num_vertices);
  for (const auto& arc : arcs) {
    rows[next[arc.target - begin]++] = arc.source;
    if (arc.source - begin >= num_own) { remote.insert(arc.source); }
  }
  arcs = {};
  next = {};
  remote.build();
  const auto num_local = num_own + remote.num_members();
  if (num_local > std::numeric_limits<std::uint32_t>::max()) {
    throw ResourceError(ErrorCode::kOutOfMemory,
                        "an executor has more than 2^32 vertices and ghosts; use more executors",
                        {{"vertices", std::to_string(num_own)}, {"ghosts", std::to_string(remote.num_members())}});
  }
  graph.sources_.resize(rows.size());
  gang.parallel_for((num_own + kRowsPerTask - 1) / kRowsPerTask, [&](std::size_t block) {
    const auto last = std::min<std::uint64_t>((block + 1) * kRowsPerTask, num_own);
    for (auto v = block * kRowsPerTask; v < last; ++v) {
      const auto row = std::span(rows).subspan(graph.offsets_[v], graph.offsets_[v + 1] - graph.offsets_[v]);
      shuffle::sort_keys(row);
      for (std::size_t i = 0; i < row.size(); ++i) {
        const auto local = row[i] - begin < num_own ? row[i] - begin : num_own + remote.rank(row[i]);
        graph.sources_[graph.offsets_[v] + i] = static_cast<std::uint32_t>(local);
      }
    }
  });
  rows = {};

  std::vector<std::uint64_t> ghosts;
  ghosts.reserve(remote.num_members());
  remote.for_each([&](std::uint64_t number) { ghosts.push_back(number); });
  graph.ghosts_ = GhostExchange(comm, graph.bounds_, ghosts);
  graph.out_degrees_.assign(num_local, 0);
  for (const auto source : graph.sources_) { ++graph.out_degrees_[source]; }
  graph.ghosts_.add_to_owners(comm, graph.out_degrees_);
  graph.out_degrees_.resize(num_own);
  graph.memory_.shrink_to(graph.sources_.size() * sizeof(std::uint32_t) + num_own * kBytesPerVertex +
                          ghosts.size() * sizeof(std::uint64_t));
  return graph;
}

std::string to_string(const CsrGraph& graph) {
  return "csr " + std::to_string(graph.num_vertices()) + " vertices, " + std::to_string(graph.num_arcs()) +
         " arcs; here vertices " + std::to_string(graph.begin()) + ".." +
         std::to_string(graph.begin() + graph.num_local_vertices()) + " (last excluded), " +
         std::to_string(graph.num_local_arcs()) + " arcs, " + std::to_string(graph.num_ghosts()) + " ghosts";
}

}  // namespace hammerscale::graph
