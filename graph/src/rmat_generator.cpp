#include "hammerscale/graph/rmat_generator.hpp"

#include "hammerscale/base/counter_random.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale::graph {
namespace {

/// A permutation of 0 .. 2^scale - 1: multiplication by an odd number and folding of high bits, both invertible.
std::uint64_t scramble(std::uint64_t vertex, std::uint32_t scale, std::uint64_t seed) {
  const auto mask = (std::uint64_t{1} << scale) - 1;
  const auto fold = scale / 2 + 1;
  for (std::uint64_t round = 0; round < 3; ++round) {
    vertex = (vertex * 0x9E3779B97F4A7C15ULL + seed + round) & mask;
    vertex ^= vertex >> fold;
  }
  return vertex;
}

}  // namespace

NumberedEdges generate_rmat_edges(const RmatOptions& options, std::uint64_t first, std::uint64_t last) {
  if (options.scale > 40) {
    throw UserError(ErrorCode::kInvalidArgument, "scale is above 40", {{"scale", std::to_string(options.scale)}});
  }
  const bool fits = options.a >= 0 && options.b >= 0 && options.c >= 0 && options.a + options.b + options.c <= 1.0;
  if (!fits || first > last || last > (options.edge_factor << options.scale)) {
    throw UserError(ErrorCode::kInvalidArgument,
                    "quarters need probabilities that sum to 1, and edges lie in the graph",
                    {{"first", std::to_string(first)}, {"last", std::to_string(last)}});
  }
  NumberedEdges edges;
  edges.sources.reserve(last - first);
  edges.targets.reserve(last - first);
  for (auto edge = first; edge < last; ++edge) {
    CounterRandom random(options.seed, edge);
    std::uint64_t source = 0;
    std::uint64_t target = 0;
    for (std::uint32_t level = 0; level < options.scale; ++level) {
      const double draw = random.uniform();
      const bool down = draw >= options.a + options.b;
      const bool right = down ? draw >= options.a + options.b + options.c : draw >= options.a;
      source = source * 2 + (down ? 1 : 0);
      target = target * 2 + (right ? 1 : 0);
    }
    edges.sources.push_back(options.scramble ? scramble(source, options.scale, options.seed) : source);
    edges.targets.push_back(options.scramble ? scramble(target, options.scale, options.seed) : target);
  }
  return edges;
}

}  // namespace hammerscale::graph
