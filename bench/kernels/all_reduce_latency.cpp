// Latency of a small all-reduce: ours beside MPI_Allreduce, in turns in one run. Start it with mpirun -n P.
#include <mpi.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <vector>

#include "hammerscale/comm/environment.hpp"

namespace {

constexpr int kNumRepeats = 20'000;
constexpr int kNumRounds = 9;

template <typename AllReduce>
double measure_microseconds(hammerscale::comm::Communicator& world, AllReduce all_reduce) {
  world.barrier();
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < kNumRepeats; ++i) {
    const double sum = all_reduce(1.0 + i);
    if (sum != (1.0 + i) * world.size()) {
      std::fprintf(stderr, "error: wrong sum %g in repeat %d\n", sum, i);
      MPI_Abort(MPI_COMM_WORLD, 1);
    }
  }
  const std::chrono::duration<double, std::micro> elapsed = std::chrono::steady_clock::now() - start;
  return world.all_reduce_max(elapsed.count()) / kNumRepeats;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

int main() {
  using namespace hammerscale;
  comm::Environment environment;
  comm::Communicator& world = environment.world();
  if (!environment.uses_mpi()) {
    std::fputs("error: start it with mpirun\n", stderr);
    return 2;
  }
  std::vector<double> ours;
  std::vector<double> theirs;
  for (int round = 0; round < kNumRounds; ++round) {
    ours.push_back(measure_microseconds(world, [&](double x) { return world.all_reduce_sum(x); }));
    theirs.push_back(measure_microseconds(world, [](double x) {
      double sum = 0.0;
      MPI_Allreduce(&x, &sum, 1, MPI_DOUBLE, MPI_SUM, MPI_COMM_WORLD);
      return sum;
    }));
  }
  if (world.rank() == Rank(0)) {
    std::printf("all_reduce of 1 double, %d ranks on %d nodes, median of %d rounds of %d (us)\n", world.size(),
                world.topology().num_nodes, kNumRounds, kNumRepeats);
    std::printf("hammerscale   %8.3f\nMPI_Allreduce %8.3f\nratio         %8.3f\n", median(ours), median(theirs),
                median(ours) / median(theirs));
  }
  environment.finalize();
  return 0;
}
