#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace hammerscale::scheduler {

/// What the allocation gives one executor.
struct Resources {
  std::uint32_t num_task_threads = 1;
  std::uint64_t memory_bytes = 0;
};

/// Task threads and memory of one executor, from the allocation: SLURM_CPUS_PER_TASK, else the affinity mask shared
/// among the executors of the node; SLURM_MEM_PER_NODE or SLURM_MEM_PER_CPU, the cgroup's limit, or the memory that is
/// free, shared likewise, 80 % of it.
///
/// @param num_executors_on_node  of this node.
/// @param variable               gives an environment variable; the default asks the process. What is no number above
///                               zero counts as not set: `SLURM_MEM_PER_NODE=0` means all memory.
/// @param root                   folder in which /proc and /sys lie.
Resources detect_resources(std::uint32_t num_executors_on_node,
                           const std::function<std::optional<std::string>(const char*)>& variable = {},
                           const std::string& root = "");

/// Cores in this process's affinity mask.
std::uint32_t num_usable_cores();

std::string host_name();

}  // namespace hammerscale::scheduler
