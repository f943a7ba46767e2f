#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "hammerscale/hammerscale.hpp"

namespace {

namespace hs = hammerscale;

/// Kills this process on the executor with the given number, from inside a task, once its shuffle output is written.
void die_in_a_task(hs::Session& session, int signal) {
  session.range(0, 1000000, 1, 8)
      .map([](std::int64_t i) { return std::pair<std::int64_t, std::int64_t>(i % 1000, i); })
      .reduce_by_key(std::plus<>{})
      .foreach ([signal](const std::pair<std::int64_t, std::int64_t>& row) {
        if (row.first == 7) { ::kill(::getpid(), signal); }
      });
}

/// Works until it is stopped, with data in memory and in scratch.
void work_for_ever(hs::Session& session) {
  const auto rows =
      session.range(0, 3000000, 1, 8).map([](std::int64_t i) { return std::pair<std::int64_t, std::int64_t>(i, i); });
  std::puts("working");
  std::fflush(stdout);
  while (true) { rows.sort_by_key().count(); }
}

}  // namespace

/// failing_program HOW: a job that goes wrong in the way named.
int main(int argc, char** argv) {
  const std::string_view how = argc > 1 ? argv[1] : "";
  return hs::run(argc, argv, [&](hs::Session& session) {
    if (how == "killed") { die_in_a_task(session, SIGKILL); }
    if (how == "crashed") { die_in_a_task(session, SIGSEGV); }
    if (how == "throws") {
      session.range(100).foreach ([](std::int64_t i) {
        if (i == 42) { throw std::runtime_error("the forty-second row is bad"); }
      });
    }
    if (how == "user_error") { session.read_text("no/such/file.txt").count(); }
    if (how == "driver_throws") { throw std::logic_error("the driver gave up"); }
    if (how == "out_of_memory") {
      session.range(0, 4, 1, 4)
          .map([](std::int64_t i) { return std::vector<double>(std::size_t{1} << 60, static_cast<double>(i)); })
          .count();
    }
    if (how == "gang_throws") {
      session.gang([](hs::GangContext& gang) {
        if (gang.comm().rank().value == 0) { throw std::runtime_error("the first executor leaves the gang"); }
        gang.comm().barrier();
        return 0;
      });
    }
    if (how == "gang_killed") {
      session.gang([](hs::GangContext& gang) {
        if (gang.comm().rank().value == 0) { ::kill(::getpid(), SIGKILL); }
        gang.comm().barrier();
        return 0;
      });
    }
    if (how == "works") { work_for_ever(session); }
  });
}
