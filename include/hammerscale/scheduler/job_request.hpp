#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hammerscale/base/call_site.hpp"
#include "hammerscale/closure/function_ref.hpp"
#include "hammerscale/scheduler/lineage.hpp"

namespace hammerscale {

/// An action: what to compute for which partitions of a dataset, and who gets the results.
struct JobRequest {
  std::shared_ptr<LineageNode> last;
  std::vector<std::uint32_t> partitions;
  FunctionRef body;  ///< TaskBodyFactory
  std::vector<std::byte> body_params;
  /// Called once for each partition, in any order, one call at a time. Must not start jobs. What it throws fails the
  /// job.
  std::function<void(std::uint32_t partition, std::vector<std::byte> result)> on_result;
  std::string name;  ///< "collect", "count", ...
  CallSite call_site;
  std::string group;
};

}  // namespace hammerscale
