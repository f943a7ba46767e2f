#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "hammerscale/hammerscale.hpp"

namespace hammerscale::bench {

/// One measured line: best of several runs, and what it is held against.
struct Measurement {
  std::string workload;
  double value = 0;  ///< Less is better.
  double limit = 0;  ///< What a hand-written program needs, of the same run; 0: none.
  std::string limit_name;
  std::string detail;     ///< A rate or count for people.
  std::string must = {};  ///< What the value has to reach, as "0.4" of the limit or as a value with its unit.
  std::string aim = {};
  std::string unit = "s";
  bool scales = true;  ///< Whether more threads and executors should lower the value.
};

/// Options of a run of the benchmarks.
struct BenchOptions {
  std::string text_folder;  ///< Prose for word count; empty leaves word count out.
  double scale = 1;         ///< Of the input sizes.
  bool baselines = false;   ///< Measure the hand-written limits too; they need this process to have the cores.
};

using Workload = std::vector<Measurement> (*)(Session&, const BenchOptions&);

std::vector<Measurement> bench_word_count(Session& session, const BenchOptions& options);
std::vector<Measurement> bench_sort(Session& session, const BenchOptions& options);
std::vector<Measurement> bench_terasort(Session& session, const BenchOptions& options);
std::vector<Measurement> bench_shuffle(Session& session, const BenchOptions& options);
std::vector<Measurement> bench_reduce_by_key(Session& session, const BenchOptions& options);
std::vector<Measurement> bench_join(Session& session, const BenchOptions& options);
std::vector<Measurement> bench_scheduler(Session& session, const BenchOptions& options);
std::vector<Measurement> bench_cache(Session& session, const BenchOptions& options);
std::vector<Measurement> bench_idle(Session& session, const BenchOptions& options);

/// Ends the program with a message when an answer is wrong.
void require(bool right, const std::string& what);

/// Seconds of the fastest of `runs` calls; the first one, which pays for fresh memory, counts too.
template <typename F>
double best_seconds(int runs, F&& body) {
  double best = 1e300;
  for (int i = 0; i < runs; ++i) {
    const auto start = std::chrono::steady_clock::now();
    body();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

/// Runs body(0) and body(1) on a thread each: the hand-written limits are for two cores.
template <typename F>
void on_two_threads(F&& body) {
  std::thread second([&] { body(std::size_t{1}); });
  body(std::size_t{0});
  second.join();
}

/// A well mixed number for a row number, the same everywhere.
inline std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

}  // namespace hammerscale::bench
