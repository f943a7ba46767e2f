#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "hammerscale/base/error.hpp"
#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {

/// How this process was started, as far as the environment variables tell.
enum class LaunchKind : std::uint8_t {
  kSingle,    ///< By hand, or as the only task: one process, MPI is not needed.
  kMpiWorld,  ///< By mpirun or srun --mpi=pmix: one of several ranks, or the only one, with an MPI runtime around it.
};

/// What detect_launch found out.
struct Launch {
  LaunchKind kind = LaunchKind::kSingle;
  std::optional<std::int32_t> num_ranks;           ///< Ranks the launcher says it started.
  std::optional<std::int32_t> num_ranks_on_node;   ///< Of these, on this machine.
  [[nodiscard]] bool is_one_node() const { return num_ranks && num_ranks == num_ranks_on_node; }
};

/// Reads how the process was started. No MPI call.
/// @param variable  gives the value of an environment variable, nullopt when unset; the default asks the process.
/// @throws UserError kBadLaunch  several copies run beside each other that do not form one world; fields name the fix.
Launch detect_launch(const std::function<std::optional<std::string>(const std::string&)>& variable = {});

struct EnvironmentOptions {
  std::uint64_t piece_bytes = kDefaultPieceBytes;
};

/// The process's membership in the world of ranks, from start to end. One per process, made and destroyed on the
/// thread that will drive all communicators.
///
/// A process that was started by hand never initialises MPI (that would cost 0.4 s); its world is one rank on the
/// threads backend. An MPI that the program has initialised already is adopted, and not finalised.
class Environment {
 public:
  /// Joins the world. Collective over all processes that were launched together.
  /// @throws UserError kBadLaunch  see detect_launch; also when MPI formed another number of ranks than was launched.
  explicit Environment(const EnvironmentOptions& options = {});
  /// finalize() if that was not done. Does not throw.
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  /// All ranks.
  [[nodiscard]] Communicator& world() const noexcept { return *world_; }
  [[nodiscard]] const std::shared_ptr<Communicator>& world_pointer() const noexcept { return world_; }
  /// Whether the ranks are MPI processes.
  [[nodiscard]] bool uses_mpi() const noexcept { return uses_mpi_; }

  /// Leaves the world. Collective; every other communicator must be gone. Later calls do nothing.
  void finalize();

 private:
  struct Library;
  std::unique_ptr<Library> library_;  // what initialised MPI, if this object did
  std::shared_ptr<Communicator> world_;
  bool uses_mpi_ = false;
};

/// "Open MPI v4.1.4, ...": what the MPI library calls itself, first line. No MPI needs to be initialised.
std::string library_version();

/// The exit code that an error calls for: 2 when the user can mend it, else 1.
int exit_code(const ErrorInfo& error);

/// Ends all ranks at once: prints "error: ..." with cause and rank, then stops every process of the world. For errors
/// that the ranks cannot agree on any more. Any thread.
[[noreturn]] void abort_job(const ErrorInfo& error);

}  // namespace hammerscale::comm
