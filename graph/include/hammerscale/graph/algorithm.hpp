#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "hammerscale/graph/loaded_graph.hpp"

namespace hammerscale::graph {

/// One value of each vertex of this executor, in order of number.
using VertexValues = std::variant<std::vector<std::int64_t>, std::vector<double>>;

struct AlgorithmResult {
  VertexValues values;
  std::uint32_t num_iterations = 0;
  std::uint64_t num_arcs_traversed = 0;  ///< Over all iterations and executors.
};

/// Parameters of an algorithm by name, as a command line gives them.
class AlgorithmParameters {
 public:
  AlgorithmParameters() = default;
  explicit AlgorithmParameters(std::map<std::string, std::string> values) : values_(std::move(values)) {}
  [[nodiscard]] const std::map<std::string, std::string>& values() const noexcept { return values_; }

  // The value under a name; nothing if it is not given.
  // @throws UserError kInvalidArgument  it is not of the type; fields name and value.
  [[nodiscard]] std::optional<double> number(const std::string& name) const;
  [[nodiscard]] std::optional<std::uint32_t> count(const std::string& name) const;
  [[nodiscard]] std::optional<bool> flag(const std::string& name) const;

 private:
  std::map<std::string, std::string> values_;
};

/// An algorithm that callers choose by name. docs/adding/graph_algorithm.md tells how to add one.
struct Algorithm {
  std::string_view name;
  std::string_view summary;                          ///< One line of help.
  std::vector<std::string_view> parameters;          ///< Names it knows.
  void (*check)(const AlgorithmParameters&);         ///< Throws UserError for values out of range. Local.
  AlgorithmResult (*run)(GangContext&, const LoadedGraph&, const AlgorithmParameters&);  ///< Collective.
};

/// All of them, by name.
std::span<const Algorithm> algorithms();

/// The algorithm of a name, after a check of its parameters. Local.
/// @throws UserError kInvalidArgument  no such algorithm, or no such parameter: the fields list those there are.
const Algorithm& find_algorithm(std::string_view name, const AlgorithmParameters& parameters);

}  // namespace hammerscale::graph
