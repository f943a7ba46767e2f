// counting_job STATE: an MPI program that can be stopped and resumed, for the tests of slurm/launch.
// Counts steps on all ranks together and saves each count to STATE. The first run counts until SIGUSR1 and leaves with
// 75; a run that finds a saved count goes on from it for five steps and leaves with 0.
#include <mpi.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

namespace {

std::atomic<int> stop_requested{0};
static_assert(std::atomic<int>::is_always_lock_free);

void save_count(const std::string& path, long count) {
  const std::string unfinished = path + ".unfinished";
  std::ofstream(unfinished) << count << '\n';
  std::filesystem::rename(unfinished, path);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) { return 2; }
  const std::string state = argv[1];
  std::signal(SIGUSR1, [](int) { stop_requested = 1; });
  MPI_Init(&argc, &argv);
  int rank = 0;
  int num_ranks = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &num_ranks);

  long count = -1;
  if (rank == 0) { std::ifstream(state) >> count; }
  MPI_Bcast(&count, 1, MPI_LONG, 0, MPI_COMM_WORLD);
  const bool resumed = count > 0;
  if (!resumed) { count = 0; }
  const long last = resumed ? count + 5 : -1;
  if (rank == 0) {
    std::printf("counting from %ld on %d ranks\n", count, num_ranks);
    std::fflush(stdout);
  }
  int stop_anywhere = 0;
  while (stop_anywhere == 0 && count != last) {
    const int stop_here = stop_requested;
    MPI_Allreduce(&stop_here, &stop_anywhere, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
    ++count;
    if (rank == 0) { save_count(state, count); }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));  // The pace of the work, which nothing depends on.
  }
  if (rank == 0) { std::printf("%s at %ld\n", stop_anywhere != 0 ? "stopped" : "finished", count); }
  MPI_Finalize();
  return stop_anywhere != 0 ? 75 : 0;
}
