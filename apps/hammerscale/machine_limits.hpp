#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hammerscale/dataset/session.hpp"

namespace hammerscale::program {

/// What a number of threads of an executor reach together while all executors measure at the same time.
struct ThreadRates {
  std::uint32_t num_threads = 0;
  double copy_bytes_per_second = 0;    ///< memcpy: bytes read plus bytes written.
  double read_bytes_per_second = 0;    ///< Summing an array.
  double random_reads_per_second = 0;  ///< Independent 8-byte loads from anywhere in the buffers.
  double flops_per_second = 0;         ///< Double precision, fused multiply-add counted as two.
};

/// The limits of one executor. Rates that could not be measured are 0.
struct ExecutorLimits {
  std::string host;
  std::uint64_t buffer_bytes = 0;  ///< Memory the rates were measured on.
  std::vector<ThreadRates> threads;
  double disk_write_bytes_per_second = 0;  ///< To the scratch folder, until it is on the device.
  double disk_read_bytes_per_second = 0;   ///< From the scratch folder, after its cache was dropped.
};

/// The limits of the network between executors, which only exist where there are two.
struct NetworkLimits {
  double all_reduce_seconds = 0;           ///< Of one number.
  double all_reduce_bytes_per_second = 0;  ///< Bytes of the vector an executor holds, 8 MiB.
  double all_to_all_bytes_per_second = 0;  ///< Bytes an executor sends, 4 MiB to each.
};

struct MachineLimits {
  std::vector<ExecutorLimits> executors;
  std::optional<NetworkLimits> network;
};

/// Measures in a gang, in about 10 seconds. Takes up to 64 MiB a task thread from the memory budget and writes 128 MiB
/// to the scratch folder of each executor.
MachineLimits measure_machine_limits(const Session& session);

}  // namespace hammerscale::program
