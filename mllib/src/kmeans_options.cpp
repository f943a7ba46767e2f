#include "hammerscale/mllib/kmeans_options.hpp"

#include <cmath>
#include <limits>

#include "hammerscale/base/error.hpp"

namespace hammerscale::mllib {
namespace {

void require(bool valid, const char* name, const std::string& value, const char* wanted) {
  if (valid) { return; }
  throw UserError(ErrorCode::kInvalidArgument, "parameter is out of range",
                  {{"parameter", name}, {"value", value}, {"wanted", wanted}});
}

}  // namespace

void KMeansOptions::validate() const {
  require(k >= 1 && k <= static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max()), "k", std::to_string(k),
          "at least 1");
  require(std::isfinite(tol) && tol >= 0, "tol", std::to_string(tol), "0 or more");
  require(init_mode == "k-means||" || init_mode == "random", "initMode", init_mode, "k-means|| or random");
  require(init_steps >= 1, "initSteps", std::to_string(init_steps), "at least 1");
  require(distance_measure == "euclidean" || distance_measure == "cosine", "distanceMeasure", distance_measure,
          "euclidean or cosine");
  require(solver == "auto" || solver == "row" || solver == "block", "solver", solver, "auto, row or block");
  require(std::isfinite(max_block_size_in_mb) && max_block_size_in_mb >= 0, "maxBlockSizeInMB",
          std::to_string(max_block_size_in_mb), "0 or more");
}

}  // namespace hammerscale::mllib
