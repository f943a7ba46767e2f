#include <fstream>

#include "workload.hpp"

namespace hammerscale::bench {
namespace {

std::uint64_t status_kib(const std::string& wanted) {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with(wanted)) { return std::stoull(line.substr(wanted.size() + 1)); }
  }
  return 0;
}

}  // namespace

std::vector<Measurement> bench_cache(Session& session, const BenchOptions& options) {
  const auto n = static_cast<std::int64_t>(100e6 * options.scale);
  // Anonymous and shared memory of all executors before and after; mapped programs do not count.
  const auto resident = [&] {
    std::uint64_t total = 0;
    for (const auto kib : session.gang([](GangContext&) { return status_kib("RssAnon:") + status_kib("RssShmem:"); })) {
      total += kib * 1024;
    }
    return total;
  };
  const auto before = resident();
  const auto data = session.range(0, n, 1, 4 * session.num_task_threads()).cache();
  const double seconds =
      best_seconds(1, [&] { require(data.count() == static_cast<std::uint64_t>(n), "cache: count"); });
  const auto after = resident();
  require(data.sum() == n / 2 * (n - 1), "cache: sum");
  const double ratio = static_cast<double>(after - std::min(before, after)) / (8.0 * static_cast<double>(n));
  data.unpersist();
  return {{"memory of cached 100 M int64 over its bytes", ratio, 0, "", "cached in " + std::to_string(seconds) + " s",
           "1.15", "1.05", "x", false}};
}

}  // namespace hammerscale::bench
