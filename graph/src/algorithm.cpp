#include "hammerscale/graph/algorithm.hpp"

#include <algorithm>
#include <charconv>

#include "hammerscale/base/error.hpp"
#include "hammerscale/graph/degrees.hpp"
#include "hammerscale/graph/ldbc_pagerank.hpp"
#include "hammerscale/graph/pagerank.hpp"

namespace hammerscale::graph {
namespace {

[[noreturn]] void fail_value(const std::string& name, const std::string& value, const char* wanted) {
  throw UserError(ErrorCode::kInvalidArgument, "a parameter has a value that it cannot have",
                  {{"name", name}, {"value", value}, {"wanted", wanted}});
}

template <typename Number>
std::optional<Number> parse(const std::map<std::string, std::string>& values, const std::string& name,
                            const char* wanted) {
  const auto found = values.find(name);
  if (found == values.end()) { return std::nullopt; }
  const auto& text = found->second;
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) { fail_value(name, text, wanted); }
  return value;
}

AlgorithmResult from_ranks(PageRankResult ranks, const CsrGraph& graph) {
  return {std::move(ranks.ranks), ranks.num_iterations, ranks.num_iterations * graph.num_arcs()};
}

PageRankOptions pagerank_options(const AlgorithmParameters& parameters) {
  PageRankOptions options;
  options.tolerance = parameters.number("tol");
  options.num_iterations = parameters.count("numIter");
  options.reset_probability = parameters.number("resetProb").value_or(options.reset_probability);
  options.normalized = parameters.flag("normalized").value_or(options.normalized);
  return options;
}

LdbcPageRankOptions ldbc_pagerank_options(const AlgorithmParameters& parameters) {
  LdbcPageRankOptions options;
  options.num_iterations = parameters.count("iterations").value_or(options.num_iterations);
  options.damping = parameters.number("damping").value_or(options.damping);
  return options;
}

std::string join_names(const auto& items, const auto& name_of) {
  std::string text;
  for (const auto& item : items) { text.append(text.empty() ? "" : " ").append(name_of(item)); }
  return text;
}

}  // namespace

std::optional<double> AlgorithmParameters::number(const std::string& name) const {
  return parse<double>(values_, name, "a number");
}

std::optional<std::uint32_t> AlgorithmParameters::count(const std::string& name) const {
  return parse<std::uint32_t>(values_, name, "a whole number of 0 or more");
}

std::optional<bool> AlgorithmParameters::flag(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) { return std::nullopt; }
  if (found->second != "true" && found->second != "false") { fail_value(name, found->second, "true or false"); }
  return found->second == "true";
}

std::span<const Algorithm> algorithms() {
  static const std::vector<Algorithm> all = {
      {"degrees",
       "ends of edges at each vertex: in + out, a loop counts 2",
       {},
       [](const AlgorithmParameters&) {},
       [](GangContext&, const LoadedGraph& graph, const AlgorithmParameters&) {
         return AlgorithmResult{degrees(graph.csr), 1, graph.csr.num_arcs()};
       }},
      {"pagerank",
       "PageRank of GraphX: unnormalised unless normalized=true",
       {"normalized", "numIter", "resetProb", "tol"},
       [](const AlgorithmParameters& parameters) { check_options(pagerank_options(parameters)); },
       [](GangContext& gang, const LoadedGraph& graph, const AlgorithmParameters& parameters) {
         return from_ranks(pagerank(gang, graph.csr, pagerank_options(parameters)), graph.csr);
       }},
      {"pr",
       "PageRank of LDBC Graphalytics: sums to 1",
       {"damping", "iterations"},
       [](const AlgorithmParameters& parameters) { check_options(ldbc_pagerank_options(parameters)); },
       [](GangContext& gang, const LoadedGraph& graph, const AlgorithmParameters& parameters) {
         return from_ranks(ldbc_pagerank(gang, graph.csr, ldbc_pagerank_options(parameters)), graph.csr);
       }},
  };
  return all;
}

const Algorithm& find_algorithm(std::string_view name, const AlgorithmParameters& parameters) {
  const auto all = algorithms();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Algorithm& one) { return one.name == name; });
  if (found == all.end()) {
    throw UserError(
        ErrorCode::kInvalidArgument, "there is no graph algorithm of this name",
        {{"name", std::string(name)}, {"known", join_names(all, [](const Algorithm& one) { return one.name; })}});
  }
  for (const auto& [parameter, value] : parameters.values()) {
    if (std::find(found->parameters.begin(), found->parameters.end(), parameter) == found->parameters.end()) {
      throw UserError(ErrorCode::kInvalidArgument, "the graph algorithm has no parameter of this name",
                      {{"name", parameter},
                       {"algorithm", std::string(name)},
                       {"known", join_names(found->parameters, [](std::string_view one) { return one; })}});
    }
  }
  found->check(parameters);
  return *found;
}

}  // namespace hammerscale::graph
