#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "hammerscale/base/log.hpp"
#include "hammerscale/dataset/session.hpp"

namespace hammerscale {

enum class ProgressMode : std::uint8_t { kAuto, kOn, kOff };

/// What a program may set; everything left empty comes from the allocation.
struct RunOptions {
  std::string application = "hammerscale";        ///< Names the event log.
  std::optional<std::uint32_t> num_threads;       ///< Task threads of each executor.
  std::optional<std::uint64_t> memory_bytes;      ///< Memory of each executor: anonymous and shared.
  std::optional<std::string> scratch;             ///< Folder for what does not fit in memory.
  std::optional<std::uint32_t> num_partitions;    ///< Default of operators; 2 a task thread if empty.
  std::optional<std::uint64_t> max_result_bytes;  ///< Most that an action may bring to the driver; 1 GiB if empty.
  std::optional<std::string> event_log;           ///< Folder for the event log; none if empty.
  std::optional<LogLevel> log_level;
  std::uint64_t seed = 0;
  ProgressMode progress = ProgressMode::kAuto;
  bool spill_always = false;  ///< Test mode: operators are refused memory at every other chance.
  bool read_in_place = true;  ///< Executors of one node read each other's shuffle output where it lies.
  std::map<std::string, std::string> configuration;  ///< Spark's keys and any others, readable by Session.

  /// What HAMMERSCALE_THREADS, _MEMORY, _SCRATCH, _PARTITIONS, _SEED, _EVENT_LOG, _LOG_LEVEL, _PROGRESS and _CONF
  /// (KEY=VALUE, separated by commas) say.
  /// @throws UserError kInvalidArgument  naming the variable and its value.
  static RunOptions from_environment();
};

/// Runs a program on the ranks it was started with. On rank 0 it calls `driver_main` with a session; the other ranks
/// execute. One process does both. Every rank calls it with equal options, once, on its main thread, and leaves main
/// with the result.
///
/// @return 0; 2 when driver_main threw UserError; 1 for other errors; 75 when a signal stopped it after a checkpoint;
///         128 + n when signal n stopped it. The error is printed by rank 0 as one line "error: ..."; the same value on
///         all ranks.
int run(const RunOptions& options, const std::function<void(Session&)>& driver_main);
/// Options from the environment. argc and argv are the program's own; nothing is taken from them.
int run(int argc, char** argv, const std::function<void(Session&)>& driver_main);

}  // namespace hammerscale
