// A program as a user would write it, for environment_program_test.sh: its first argument says how it ends.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include <unistd.h>

#include "hammerscale/comm/environment.hpp"

int main(int argc, char** argv) {
  using namespace hammerscale;
  const std::string_view ending = argc > 1 ? argv[1] : "normal";
  try {
    comm::Environment environment;
    comm::Communicator& world = environment.world();
    const auto num_ranks = world.all_reduce_sum(1);
    if (world.rank() == Rank(0)) {
      const char* job = std::getenv("PMIX_NAMESPACE");
      std::printf("ranks=%d job=%llx\n", num_ranks, job == nullptr ? 0ULL : std::strtoull(job, nullptr, 10));
      std::fflush(stdout);
    }
    if (ending == "abort" && world.rank().value + 1 == world.size()) {
      comm::abort_job(UserError(ErrorCode::kNonFinite, "value is not finite", {{"row", "12"}}).info());
    }
    if (ending == "kill") {
      world.barrier();
      if (world.rank() == Rank(0)) { std::puts("ready"); }
      std::fflush(stdout);
      if (world.rank().value + 1 == world.size()) { ::kill(::getpid(), SIGKILL); }
    }
    if (ending != "normal") { world.recv(world.probe()); }
    environment.finalize();
    environment.finalize();
  } catch (const Error& error) {
    std::fprintf(stderr, "error: %s\n", error.info().report().c_str());
    return comm::exit_code(error.info());
  }
  return 0;
}
