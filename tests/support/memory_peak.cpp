#include "support/memory_peak.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>

namespace hammerscale::testing {
namespace {

/// Sum of the named counts, in KiB, of a /proc file with lines `Name:  123 kB`.
std::uint64_t sum_of_kib(const char* path, const std::string& first, const std::string& second, bool& found) {
  std::ifstream file(path);
  std::string line;
  std::uint64_t total = 0;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string name;
    std::uint64_t kib = 0;
    if (words >> name >> kib && (name == first || name == second)) {
      found = true;
      total += kib;
    }
  }
  return total;
}

}  // namespace

std::uint64_t anonymous_and_shared_bytes() {
  bool found = false;
  auto kib = sum_of_kib("/proc/self/smaps_rollup", "Pss_Anon:", "Pss_Shmem:", found);
  // Kernels before 5.5 do not tell shares; then memory of neighbours counts in full.
  if (!found) { kib = sum_of_kib("/proc/self/status", "RssAnon:", "RssShmem:", found); }
  return kib * 1024;
}

struct MemoryPeak::State {
  std::atomic<bool> ended{false};
  std::atomic<std::uint64_t> peak{0};
  std::thread thread;

  void sample() {
    const auto now = anonymous_and_shared_bytes();
    auto before = peak.load();
    while (before < now && !peak.compare_exchange_weak(before, now)) {}
  }
};

MemoryPeak::MemoryPeak() : state_(new State) {
  state_->thread = std::thread([this] {
    while (!state_->ended) {
      state_->sample();
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
}

MemoryPeak::~MemoryPeak() {
  state_->ended = true;
  state_->thread.join();
  delete state_;
}

std::uint64_t MemoryPeak::bytes() const {
  state_->sample();
  return state_->peak;
}

}  // namespace hammerscale::testing
