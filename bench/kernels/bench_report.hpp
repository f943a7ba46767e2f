#pragma once

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace hammerscale::bench {

/// Shortest wall time of a number of runs, in seconds. Other work on the machine only ever lengthens a run.
template <typename Run>
double best_seconds(int num_runs, Run&& run) {
  double best = 1e300;
  for (int i = 0; i < num_runs; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    run();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    best = seconds < best ? seconds : best;
  }
  return best;
}

/// Ends the program with code 1 if a result is wrong: a time without a right answer means nothing.
inline void verify(bool right, std::string_view what) {
  if (!right) {
    std::fprintf(stderr, "wrong result: %.*s\n", static_cast<int>(what.size()), what.data());
    std::exit(1);
  }
}

/// Prints one line: what, the rate, and how many times as fast as the reference of the same run.
inline void report(std::string_view what, double amount, std::string_view unit, double seconds,
                   double reference_seconds = 0.0) {
  std::printf("%-44.*s %10.1f %.*s", static_cast<int>(what.size()), what.data(), amount / seconds,
              static_cast<int>(unit.size()), unit.data());
  if (reference_seconds > 0.0) { std::printf("  %6.2fx", reference_seconds / seconds); }
  std::printf("\n");
}

}  // namespace hammerscale::bench
