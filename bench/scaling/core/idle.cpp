#include <sys/resource.h>

#include <algorithm>
#include <thread>

#include "workload.hpp"

namespace hammerscale::bench {
namespace {

/// CPU time of this process so far, in seconds.
double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

std::vector<Measurement> bench_idle(Session& session, const BenchOptions& /*options*/) {
  constexpr double kIdleSeconds = 10;
  const auto of_executors = [&] { return session.gang([](GangContext&) { return cpu_seconds(); }); };
  const auto executors_before = of_executors();
  const double driver_before = cpu_seconds();
  std::this_thread::sleep_for(std::chrono::duration<double>(kIdleSeconds));
  const double driver = (cpu_seconds() - driver_before) / kIdleSeconds * 100;
  const auto executors_after = of_executors();
  double busiest = driver;
  for (std::size_t i = 0; i < executors_after.size(); ++i) {
    busiest = std::max(busiest, (executors_after[i] - executors_before[i]) / kIdleSeconds * 100);
  }
  return {{"CPU of the busiest idle process, 10 s", busiest, 0, "", "driver " + std::to_string(driver) + " %", "2 %",
           "0 %", "%", false}};
}

}  // namespace hammerscale::bench
