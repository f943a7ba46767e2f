#include "workload.hpp"

namespace hammerscale::bench {

std::vector<Measurement> bench_scheduler(Session& session, const BenchOptions& options) {
  std::vector<Measurement> results;
  const auto num_tasks = static_cast<std::uint32_t>(100000 * options.scale);
  const auto many = session.range(0, num_tasks, 1, num_tasks);
  std::uint64_t count = 0;
  const double tasks = best_seconds(3, [&] { count = many.count(); });
  require(count == num_tasks, "scheduler: tasks");
  results.push_back({"empty tasks, 100,000", tasks, num_tasks / 1850.0, "Spark (1,850 tasks/s)",
                     std::to_string(static_cast<int>(num_tasks / tasks)) + " tasks/s"});
  const auto few = session.range(0, 2, 1, 2);
  constexpr int kJobs = 500;
  const double jobs = best_seconds(5, [&] {
    for (int i = 0; i < kJobs; ++i) { require(few.count() == 2, "scheduler: job"); }
  });
  results.push_back({"empty two-task job", jobs / kJobs, 9.5e-3, "Spark (9.5 ms)",
                     std::to_string(static_cast<int>(jobs / kJobs * 1e6)) + " us"});

  // A gang iteration is an all-reduce and what the loop around it costs; the peer is the bare all-reduce.
  constexpr int kIterations = 20000;
  const auto seconds = session.gang([](GangContext& gang) {
    double value = 1;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < kIterations; ++i) { value = gang.comm().all_reduce_value(value, comm::Max{}); }
    const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return value == 1 ? elapsed / kIterations : -1.0;
  });
  require(seconds[0] >= 0, "scheduler: all-reduce");
  results.push_back({"gang iteration (all-reduce of 1 double)", seconds[0], 0, "bare MPI_Allreduce: see all_reduce_latency",
                     std::to_string(seconds[0] * 1e6) + " us"});
  return results;
}

}  // namespace hammerscale::bench
