#include "scheduler/resources.hpp"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string_view>

#include "hammerscale/base/byte_size.hpp"

namespace hammerscale::scheduler {
namespace {

using Variable = std::function<std::optional<std::string>(const char*)>;

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status != std::errc{} || end != text.data() + text.size() || value == 0) { return std::nullopt; }
  return value;
}

/// value * factor, or the largest number where that is too large.
std::uint64_t saturating_product(std::uint64_t value, std::uint64_t factor) {
  std::uint64_t product = 0;
  return __builtin_mul_overflow(value, factor, &product) ? UINT64_MAX : product;
}

std::optional<std::uint64_t> read_number(const Variable& variable, const char* name) {
  const auto text = variable(name);
  return text ? parse_number(*text) : std::nullopt;
}

std::optional<std::uint64_t> read_number_file(const std::string& path) {
  std::ifstream file(path);
  std::string text;
  if (!(file >> text)) { return std::nullopt; }
  return parse_number(text);
}

/// Free memory as the kernel estimates it, which counts caches that it would give up.
std::uint64_t available_memory(const std::string& root) {
  std::ifstream file(root + "/proc/meminfo");
  std::string name;
  std::uint64_t kib = 0;
  for (std::string line; std::getline(file, line);) {  // Not all lines have a unit.
    std::istringstream words(line);
    if (words >> name >> kib && name == "MemAvailable:") { return saturating_product(kib, kKiB); }
  }
  return 2 * kGiB;
}

/// The tightest memory limit of this process's control group and those above it; version 2, then version 1.
std::optional<std::uint64_t> cgroup_memory(const std::string& root) {
  std::optional<std::uint64_t> tightest;
  const auto consider = [&](std::optional<std::uint64_t> limit) {
    // Version 1 says "no limit" with a number near 2^63.
    if (limit && *limit < (std::uint64_t{1} << 60)) { tightest = std::min(tightest.value_or(*limit), *limit); }
  };
  std::ifstream groups(root + "/proc/self/cgroup");
  std::string line;
  while (std::getline(groups, line)) {
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (second == std::string::npos) { continue; }
    const auto controllers = line.substr(first + 1, second - first - 1);
    auto path = line.substr(second + 1);
    const bool version2 = controllers.empty();
    if (!version2 && controllers.find("memory") == std::string::npos) { continue; }
    while (true) {
      const auto base = version2 ? root + "/sys/fs/cgroup" + path + "/memory.max"
                                 : root + "/sys/fs/cgroup/memory" + path + "/memory.limit_in_bytes";
      consider(read_number_file(base));
      if (path.empty() || path == "/") { break; }
      path.erase(path.rfind('/'));
    }
  }
  return tightest;
}

}  // namespace

std::uint32_t num_usable_cores() {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  if (::sched_getaffinity(0, sizeof(mask), &mask) == 0) {
    return static_cast<std::uint32_t>(std::max(CPU_COUNT(&mask), 1));
  }
  return static_cast<std::uint32_t>(std::max(::sysconf(_SC_NPROCESSORS_ONLN), 1L));
}

Resources detect_resources(std::uint32_t num_executors_on_node, const Variable& given, const std::string& root) {
  const Variable variable = given ? given : [](const char* name) -> std::optional<std::string> {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  const auto sharers = std::max(num_executors_on_node, 1U);
  Resources resources;

  const auto cores = num_usable_cores();
  if (const auto per_task = read_number(variable, "SLURM_CPUS_PER_TASK")) {
    resources.num_task_threads = static_cast<std::uint32_t>(std::min<std::uint64_t>(*per_task, 4096));
  } else {
    resources.num_task_threads = std::max(cores / sharers, 1U);
  }

  std::uint64_t of_node = available_memory(root);
  if (const auto limit = cgroup_memory(root)) { of_node = std::min(of_node, *limit); }
  std::uint64_t of_executor = of_node / sharers;
  if (const auto per_node = read_number(variable, "SLURM_MEM_PER_NODE")) {
    of_executor = std::min(of_executor, saturating_product(*per_node, kMiB) / sharers);
  } else if (const auto per_cpu = read_number(variable, "SLURM_MEM_PER_CPU")) {
    of_executor = std::min(of_executor, saturating_product(*per_cpu, kMiB * resources.num_task_threads));
  }
  resources.memory_bytes = std::max<std::uint64_t>(of_executor / 10 * 8, 64 * kMiB);
  return resources;
}

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

}  // namespace hammerscale::scheduler
