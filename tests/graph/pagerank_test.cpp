#include "hammerscale/graph/pagerank.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "graph_files.hpp"
#include "hammerscale/closure/bind.hpp"
#include "hammerscale/graph/ldbc_pagerank.hpp"
#include "hammerscale/graph/rmat_generator.hpp"
#include "support/reference/serial_pagerank.hpp"

namespace hammerscale::graph {
namespace {

using hammerscale::testing::serial_converging_pagerank;
using hammerscale::testing::serial_ldbc_pagerank;
using hammerscale::testing::serial_static_pagerank;
using hammerscale::testing::SerialGraph;
using hammerscale::testing::session;
using Arcs = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

enum class Kind : std::uint8_t { kStatic, kConverging, kLdbc };

/// Ranks of all vertices; the arcs come from all executors in turn.
std::vector<double> ranks_of(const Arcs& arcs, std::uint64_t num_vertices, Kind kind, bool normalized = false) {
  const auto parts = session().gang(
      hammerscale::bind(arcs, num_vertices, kind, normalized,
                        [](const Arcs& all, std::uint64_t n, Kind what, bool normalize, GangContext& gang) {
                          NumberedEdges mine;
                          const auto p = static_cast<std::size_t>(gang.comm().size());
                          for (auto i = static_cast<std::size_t>(gang.comm().rank().value); i < all.size(); i += p) {
                            mine.sources.push_back(all[i].first);
                            mine.targets.push_back(all[i].second);
                          }
                          const auto graph = CsrGraph::build(gang, std::move(mine), n, true);
                          if (what == Kind::kLdbc) { return ldbc_pagerank(gang, graph, {}).ranks; }
                          PageRankOptions options;
                          options.normalized = normalize;
                          if (what == Kind::kStatic) { options.num_iterations = 15; }
                          if (what == Kind::kConverging) { options.tolerance = 1e-8; }
                          return pagerank(gang, graph, options).ranks;
                        }));
  std::vector<double> all;
  for (const auto& part : parts) { all.insert(all.end(), part.begin(), part.end()); }
  return all;
}

// Equal to the last bit on whatever ranks and threads this entry runs with: that is the promise.
void expect_reference(const Arcs& arcs, std::uint64_t num_vertices) {
  const SerialGraph serial(num_vertices, arcs);
  EXPECT_EQ(ranks_of(arcs, num_vertices, Kind::kStatic), serial_static_pagerank(serial, 15));
  EXPECT_EQ(ranks_of(arcs, num_vertices, Kind::kConverging), serial_converging_pagerank(serial, 1e-8));
  const auto ldbc = ranks_of(arcs, num_vertices, Kind::kLdbc);
  EXPECT_EQ(ldbc, serial_ldbc_pagerank(serial, 10));
  if (num_vertices > 0) {
    // Each of 10 iterations rounds n times, by half an ulp of 1 together at the most, on top of as many in this sum.
    EXPECT_NEAR(std::accumulate(ldbc.begin(), ldbc.end(), 0.0), 1.0,
                11.0 * static_cast<double>(num_vertices) * 2.3e-16);
  }
}

TEST(PageRankTest, ARandomGraphEqualsTheReferenceBitwise) {
  const RmatOptions options{.scale = 11, .edge_factor = 8, .seed = 5};
  const auto edges = generate_rmat_edges(options, 0, 8U << 11);
  Arcs arcs;
  for (std::size_t i = 0; i < edges.sources.size(); ++i) { arcs.emplace_back(edges.sources[i], edges.targets[i]); }
  expect_reference(arcs, 1U << 11);
}

TEST(PageRankTest, AwkwardGraphs) {
  expect_reference({}, 0);
  expect_reference({}, 1);
  expect_reference({}, 5);
  expect_reference({{0, 0}}, 1);
  expect_reference({{0, 1}}, 2);
  expect_reference({{0, 1}, {0, 1}, {0, 2}, {1, 1}}, 4);
}

TEST(PageRankTest, AHubLongerThanASegment) {
  Arcs star;
  for (std::uint64_t leaf = 1; leaf < 40000; ++leaf) {
    star.emplace_back(leaf, 0);
    if (leaf % 3 == 0) { star.emplace_back(0, leaf); }
    if (leaf % 5 == 0) { star.emplace_back(leaf, leaf - 1); }
  }
  expect_reference(star, 40000);
}

TEST(PageRankTest, NormalizedRanksSumToTheNumberOfVertices) {
  const Arcs arcs = {{0, 1}, {1, 2}, {2, 0}, {2, 3}, {4, 3}};
  const auto ranks = ranks_of(arcs, 6, Kind::kConverging, true);
  EXPECT_NEAR(std::accumulate(ranks.begin(), ranks.end(), 0.0), 6.0, 1e-14);
  const auto raw = ranks_of(arcs, 6, Kind::kConverging, false);
  EXPECT_LT(std::accumulate(raw.begin(), raw.end(), 0.0), 5.0);  // vertices 3 and 5 keep what they get
  for (std::size_t v = 0; v < 6; ++v) { EXPECT_NEAR(ranks[v] / raw[v], ranks[0] / raw[0], 1e-14); }
}

TEST(PageRankTest, ARingKeepsRankOne) {
  Arcs ring;
  for (std::uint64_t v = 0; v < 100; ++v) { ring.emplace_back(v, (v + 1) % 100); }
  for (const auto rank : ranks_of(ring, 100, Kind::kStatic)) { EXPECT_EQ(rank, 0.15 + (1.0 - 0.15) * 1.0); }
}

TEST(PageRankTest, ByNameWithSeventeenDigits) {
  const testing::GraphFiles files;
  const auto edges = files.write("e", "a b\na c\nb c\n");
  EXPECT_EQ(testing::run_lines(testing::request_of("pagerank", edges, {{"numIter", "2"}})),
            "a 0.14999999999999999\nb 0.21375\nc 0.7024999999999999\n");
  std::map<std::string, double> progress;
  run_graph_job(session(), testing::request_of("pr", edges, {{"iterations", "3"}}),
                [&](const std::string& name, double value) { progress[name] = value; });
  EXPECT_EQ(progress["iteration"], 3.0);
}

TEST(PageRankTest, UnknownNamesAndBadValuesAreTheUsersErrors) {
  const testing::GraphFiles files;
  const auto edges = files.write("e", "1 2\n");
  const auto message_of = [&](const std::string& algorithm, std::map<std::string, std::string> parameters) {
    try {
      testing::run_lines(testing::request_of(algorithm, edges, std::move(parameters)));
    } catch (const UserError& error) { return error.info().message(); }
    return std::string("no error");
  };
  EXPECT_NE(message_of("pagerange", {}).find("known=degrees pagerank pr"), std::string::npos);
  EXPECT_NE(message_of("pr", {{"tol", "1"}}).find("known=damping iterations"), std::string::npos);
  EXPECT_NE(message_of("pagerank", {{"resetProb", "1.5"}}).find("name=resetProb"), std::string::npos);
  EXPECT_NE(message_of("pagerank", {{"resetProb", "nan"}}).find("name=resetProb"), std::string::npos);
  EXPECT_NE(message_of("pagerank", {{"numIter", "0"}}).find("name=numIter"), std::string::npos);
  EXPECT_NE(message_of("pagerank", {{"tol", "-1"}}).find("name=tol"), std::string::npos);
  EXPECT_NE(message_of("pagerank", {{"normalized", "yes"}}).find("value=yes"), std::string::npos);
}

}  // namespace
}  // namespace hammerscale::graph
