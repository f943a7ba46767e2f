#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hammerscale/comm/communicator.hpp"
#include "hammerscale/scheduler/executor_services.hpp"
#include "hammerscale/serde/reader.hpp"

namespace hammerscale {

/// What a gang function gets: a communicator of all executors, this executor's resident partitions, its task threads,
/// and a line to the driver. Used by the thread that runs the gang function, which is the one that owns MPI; while it
/// waits, here or in the communicator, control messages are served.
class GangContext {
 public:
  virtual ~GangContext() = default;

  /// All executors; rank i is executor i. Collectives are entered by all alike.
  [[nodiscard]] virtual comm::Communicator& comm() = 0;
  [[nodiscard]] virtual ExecutorServices& services() = 0;
  /// Partitions of the gang's dataset whose blocks lie on this executor, ascending; over all executors, each once.
  [[nodiscard]] virtual const std::vector<std::uint32_t>& partitions() const = 0;
  /// Partitions of the gang's dataset on all executors.
  [[nodiscard]] virtual std::uint32_t num_partitions() const = 0;
  [[nodiscard]] virtual DatasetId dataset() const = 0;

  /// Calls body(i) for 0 <= i < n on the task threads and returns when all calls have ended. The first exception is
  /// thrown again. body must not communicate. Local.
  virtual void parallel_for(std::size_t n, const std::function<void(std::size_t)>& body) = 0;
  [[nodiscard]] std::uint32_t num_threads() { return services().num_task_threads; }

  /// Tells the driver how far the gang is, for example report("iteration", 7). Local; does not wait.
  virtual void report(const std::string& name, double value) = 0;
};

/// The function of a gang as it lives on an executor.
class GangBody {
 public:
  GangBody() = default;
  GangBody(const GangBody&) = delete;
  GangBody& operator=(const GangBody&) = delete;
  virtual ~GangBody() = default;
  /// @return this executor's encoded result.
  virtual std::vector<std::byte> run(GangContext& context) const = 0;
};

using GangBodyFactory = std::unique_ptr<GangBody> (*)(Reader& params);

}  // namespace hammerscale
