#include "hammerscale/graph/csr_graph.hpp"

#include <gtest/gtest.h>

#include <map>

#include "hammerscale/closure/bind.hpp"
#include "support/session_test.hpp"

namespace hammerscale::graph {
namespace {

using hammerscale::testing::session;
using Arcs = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

struct LocalRows {
  std::uint64_t begin = 0;
  std::vector<std::vector<std::uint64_t>> rows;  // sources by number, as they stand in the row
  std::vector<std::uint64_t> out_degrees;
  std::uint64_t num_arcs = 0;
  std::uint64_t num_ghosts = 0;
};

/// Builds a graph of arcs that lie scattered over the executors, and reads back each row: ghosts are asked for their
/// numbers by way of an exchange.
std::vector<LocalRows> build(const Arcs& arcs, std::uint64_t num_vertices, bool directed) {
  return session().gang(hammerscale::bind(
      arcs, num_vertices, directed, [](const Arcs& all, std::uint64_t n, bool is_directed, GangContext& gang) {
        NumberedEdges mine;
        const auto p = static_cast<std::size_t>(gang.comm().size());
        for (auto i = static_cast<std::size_t>(gang.comm().rank().value); i < all.size(); i += p) {
          mine.sources.push_back(all[i].first);
          mine.targets.push_back(all[i].second);
        }
        const auto graph = CsrGraph::build(gang, std::move(mine), n, is_directed);
        auto ghosts = graph.ghosts();
        std::vector<double> numbers(graph.num_local_vertices() + graph.num_ghosts());
        for (std::uint32_t v = 0; v < graph.num_local_vertices(); ++v) {
          numbers[v] = static_cast<double>(graph.begin() + v);
        }
        ghosts.update(gang.comm(), numbers);
        LocalRows result{graph.begin(), {}, {}, graph.num_arcs(), graph.num_ghosts()};
        for (std::uint32_t v = 0; v < graph.num_local_vertices(); ++v) {
          auto& row = result.rows.emplace_back();
          for (auto arc = graph.offsets()[v]; arc < graph.offsets()[v + 1]; ++arc) {
            row.push_back(static_cast<std::uint64_t>(numbers[graph.sources()[arc]]));
          }
          result.out_degrees.push_back(graph.out_degree(v));
        }
        return result;
      }));
}

void expect_graph(const Arcs& arcs, std::uint64_t num_vertices, bool directed) {
  std::vector<std::vector<std::uint64_t>> rows(num_vertices);
  std::vector<std::uint64_t> out_degrees(num_vertices);
  std::uint64_t num_arcs = 0;
  const auto add = [&](std::uint64_t source, std::uint64_t target) {
    rows[target].push_back(source);
    ++out_degrees[source];
    ++num_arcs;
  };
  for (const auto& [source, target] : arcs) {
    add(source, target);
    if (!directed && source != target) { add(target, source); }
  }
  for (auto& row : rows) { std::sort(row.begin(), row.end()); }
  std::uint64_t next = 0;
  for (const auto& local : build(arcs, num_vertices, directed)) {
    EXPECT_EQ(local.begin, next);
    EXPECT_EQ(local.num_arcs, num_arcs);
    for (std::size_t v = 0; v < local.rows.size(); ++v) {
      EXPECT_EQ(local.rows[v], rows[next + v]) << "row " << next + v;
      EXPECT_EQ(local.out_degrees[v], out_degrees[next + v]) << "vertex " << next + v;
    }
    next += local.rows.size();
  }
  EXPECT_EQ(next, num_vertices);
}

TEST(CsrGraphTest, TheWorkedExample) { expect_graph({{0, 1}, {2, 1}, {2, 1}, {3, 2}, {4, 0}, {1, 4}}, 5, true); }

TEST(CsrGraphTest, NoVerticesNoArcsOneVertex) {
  expect_graph({}, 0, true);
  expect_graph({}, 3, true);
  expect_graph({{0, 0}, {0, 0}}, 1, true);
  expect_graph({{0, 0}, {0, 0}}, 1, false);
}

TEST(CsrGraphTest, OneHub) {
  Arcs star;
  for (std::uint64_t leaf = 1; leaf < 500; ++leaf) { star.emplace_back(leaf, 0); }
  expect_graph(star, 500, true);
  expect_graph(star, 500, false);
}

TEST(CsrGraphTest, RangesShareTheArcs) {
  Arcs ring;
  for (std::uint64_t v = 0; v < 3000; ++v) { ring.emplace_back(v, (v + 1) % 3000); }
  expect_graph(ring, 3000, true);
  for (const auto& local : build(ring, 3000, true)) {
    EXPECT_NEAR(static_cast<double>(local.rows.size()), 3000.0 / session().num_executors(), 2.0);
    EXPECT_LE(local.num_ghosts, 1U);
  }
}

}  // namespace
}  // namespace hammerscale::graph
