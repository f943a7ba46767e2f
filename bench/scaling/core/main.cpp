#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "workload.hpp"

namespace hammerscale::bench {

void require(bool right, const std::string& what) {
  if (!right) { throw InternalError("a benchmark's answer is wrong", {{"what", what}}); }
}

}  // namespace hammerscale::bench

/// core_bench [--baselines] [--scale F] [--text FOLDER] [WORKLOAD...]: runs the workloads of the core on the ranks it
/// was started with, verifies each answer, and prints a line a measurement: workload, value, unit, limit, name of the
/// limit, must, aim, whether it scales, detail, with tabs between.
int main(int argc, char** argv) {
  namespace hs = hammerscale;
  hs::bench::BenchOptions bench;
  std::vector<std::string_view> chosen;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--baselines") {
      bench.baselines = true;
    } else if (argument == "--scale" && i + 1 < argc) {
      bench.scale = std::atof(argv[++i]);
    } else if (argument == "--text" && i + 1 < argc) {
      bench.text_folder = argv[++i];
    } else {
      chosen.push_back(argument);
    }
  }
  const std::vector<std::pair<std::string_view, hs::bench::Workload>> workloads = {
      {"scheduler", &hs::bench::bench_scheduler},
      {"sort", &hs::bench::bench_sort},
      {"shuffle", &hs::bench::bench_shuffle},
      {"reduce_by_key", &hs::bench::bench_reduce_by_key},
      {"join", &hs::bench::bench_join},
      {"terasort", &hs::bench::bench_terasort},
      {"word_count", &hs::bench::bench_word_count},
      {"cache", &hs::bench::bench_cache},
      {"idle", &hs::bench::bench_idle}};
  return hs::run(argc, argv, [&](hs::Session& session) {
    for (const auto& [name, workload] : workloads) {
      if (!chosen.empty() && std::find(chosen.begin(), chosen.end(), name) == chosen.end()) { continue; }
      for (const auto& m : workload(session, bench)) {
        std::printf("%s\t%.6g\t%s\t%.6g\t%s\t%s\t%s\t%d\t%s\n", m.workload.c_str(), m.value, m.unit.c_str(), m.limit,
                    m.limit_name.c_str(), m.must.c_str(), m.aim.c_str(), m.scales ? 1 : 0, m.detail.c_str());
        std::fflush(stdout);
      }
    }
  });
}
