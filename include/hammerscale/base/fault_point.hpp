#pragma once

#include <atomic>
#include <string_view>

namespace hammerscale {

/// Arms the fault points that `faults` names: tests let one step on one rank go wrong so, and demand what is promised
/// for it. Replaces what was armed before; empty text disarms all. While no task runs.
///
/// A fault is NAME:RANK:PASS:ACTION; several are separated by commas. `task.reduce:2:1:kill` kills rank 2 when it
/// passes that point for the first time.
///   RANK    a rank of the world (0 for a process alone), or * for every rank
///   PASS    which pass of this process, from 1; or * for every pass
///   ACTION  throw          a ResourceError that is worth a retry
///           out_of_memory  std::bad_alloc
///           stall          two seconds of nothing
///           abort          the process ends by SIGABRT
///           kill           the process ends by SIGKILL
///
/// @throws UserError kInvalidArgument  no such form or action. Names are not checked: they stand where the points are.
void arm_fault_points(std::string_view faults);

/// arm_fault_points with the environment variable HAMMERSCALE_FAULT.
void arm_fault_points_from_environment();

namespace fault_detail {

extern std::atomic<bool> is_armed;
void pass(std::string_view name);

}  // namespace fault_detail

}  // namespace hammerscale

/// A place at which a test can let this rank fail. Costs one load and a branch while nothing is armed.
#define HS_FAULT_POINT(name)                                                          \
  do {                                                                                \
    if (::hammerscale::fault_detail::is_armed.load(std::memory_order_relaxed)) [[unlikely]] { \
      ::hammerscale::fault_detail::pass(name);                                        \
    }                                                                                 \
  } while (false)
