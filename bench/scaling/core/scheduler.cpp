#include <mpi.h>

#include <algorithm>
#include <numeric>

#include "workload.hpp"

namespace hammerscale::bench {

std::vector<Measurement> bench_scheduler(Session& session, const BenchOptions& options) {
  std::vector<Measurement> results;
  const auto num_tasks = static_cast<std::uint32_t>(100000 * options.scale);
  const auto many = session.range(0, num_tasks, 1, num_tasks);
  std::uint64_t count = 0;
  const double tasks = best_seconds(3, [&] { count = many.count(); });
  require(count == num_tasks, "scheduler: tasks");
  results.push_back({"empty tasks, 100,000", tasks, 0, "",
                     std::to_string(static_cast<int>(num_tasks / tasks)) + " tasks/s", "50,000/s", "400,000/s", "s",
                     false});
  const auto few = session.range(0, 2, 1, 2);
  constexpr int kJobs = 500;
  const double jobs = best_seconds(5, [&] {
    for (int i = 0; i < kJobs; ++i) { require(few.count() == 2, "scheduler: job"); }
  });
  results.push_back({"empty two-task job", jobs / kJobs * 1e6, 0, "", "", "200 us", "15 us", "us", false});

  // A gang iteration is an all-reduce and what the loop around it costs; the peer is the bare all-reduce among the same
  // ranks, in turns in the same run.
  struct Latency {
    double ours = 0;
    double bare = 0;
  };
  const auto latencies = session.gang([](GangContext& gang) {
    constexpr int kIterations = 5000;
    constexpr int kRounds = 9;
    MPI_Comm raw = MPI_COMM_NULL;
    if (gang.comm().size() > 1) {
      // Executors are the ranks behind the driver.
      std::vector<int> ranks(static_cast<std::size_t>(gang.comm().size()));
      std::iota(ranks.begin(), ranks.end(), 1);
      MPI_Group world;
      MPI_Group executors;
      MPI_Comm_group(MPI_COMM_WORLD, &world);
      MPI_Group_incl(world, gang.comm().size(), ranks.data(), &executors);
      MPI_Comm_create_group(MPI_COMM_WORLD, executors, 7, &raw);
      MPI_Group_free(&executors);
      MPI_Group_free(&world);
    }
    double value = 1;
    const auto measure = [&](auto all_reduce) {
      gang.comm().barrier();
      const auto start = std::chrono::steady_clock::now();
      for (int i = 0; i < kIterations; ++i) { value = all_reduce(value); }
      const std::chrono::duration<double, std::micro> elapsed = std::chrono::steady_clock::now() - start;
      return elapsed.count() / kIterations;
    };
    Latency best{1e300, raw == MPI_COMM_NULL ? 0 : 1e300};
    for (int round = 0; round < kRounds; ++round) {
      best.ours = std::min(best.ours, measure([&](double x) { return gang.comm().all_reduce_value(x, comm::Max{}); }));
      if (raw == MPI_COMM_NULL) { continue; }
      best.bare = std::min(best.bare, measure([&](double x) {
                             double largest = 0;
                             MPI_Allreduce(&x, &largest, 1, MPI_DOUBLE, MPI_MAX, raw);
                             return largest;
                           }));
    }
    if (raw != MPI_COMM_NULL) { MPI_Comm_free(&raw); }
    if (value != 1) { best.ours = -1; }
    return best;
  });
  require(latencies[0].ours >= 0, "scheduler: all-reduce");
  results.push_back({"gang iteration, all-reduce of 1 double", latencies[0].ours, latencies[0].bare,
                     "bare MPI_Allreduce", std::to_string(latencies[0].ours - latencies[0].bare) + " us over it",
                     "20 us over it", "5 us over it", "us", false});
  return results;
}

}  // namespace hammerscale::bench
