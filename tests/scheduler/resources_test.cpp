#include "scheduler/resources.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "hammerscale/base/byte_size.hpp"

namespace hammerscale::scheduler {
namespace {

/// A made-up machine: files below a folder of its own, and environment variables.
class Machine {
 public:
  Machine() {
    static int number = 0;
    root_ = std::filesystem::temp_directory_path() /
            ("hammerscale-machine-" + std::to_string(::getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(root_);
  }
  ~Machine() { std::filesystem::remove_all(root_); }
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  void write(const std::string& path, const std::string& text) const {
    const auto file = root_.string() + path;
    std::filesystem::create_directories(std::filesystem::path(file).parent_path());
    std::ofstream(file) << text;
  }
  void set_available(std::uint64_t bytes) const {
    write("/proc/meminfo", "MemTotal:  999 kB\nHugePages_Total:       0\nMemAvailable:   " +
                               std::to_string(bytes / kKiB) + " kB\nBuffers: 1 kB\n");
  }
  [[nodiscard]] Resources detect(std::uint32_t num_executors = 1) const {
    return detect_resources(
        num_executors,
        [this](const char* name) -> std::optional<std::string> {
          const auto found = variables.find(name);
          return found == variables.end() ? std::nullopt : std::optional(found->second);
        },
        root_.string());
  }

  std::map<std::string, std::string> variables;

 private:
  std::filesystem::path root_;
};

constexpr std::uint64_t share_of(std::uint64_t bytes) { return bytes / 10 * 8; }

TEST(ResourcesTest, FreeMemoryIsSharedByTheExecutorsOfANode) {
  Machine machine;
  machine.set_available(10 * kGiB);
  EXPECT_EQ(machine.detect().memory_bytes, share_of(10 * kGiB));
  EXPECT_EQ(machine.detect(4).memory_bytes, share_of(10 * kGiB / 4));
  EXPECT_EQ(machine.detect(0).memory_bytes, share_of(10 * kGiB));
}

TEST(ResourcesTest, SlurmSaysThreadsAndMemory) {
  Machine machine;
  machine.set_available(100 * kGiB);
  machine.variables = {{"SLURM_CPUS_PER_TASK", "6"}, {"SLURM_MEM_PER_NODE", "8192"}};
  EXPECT_EQ(machine.detect(2).num_task_threads, 6U);
  EXPECT_EQ(machine.detect(2).memory_bytes, share_of(4 * kGiB));
  machine.variables = {{"SLURM_CPUS_PER_TASK", "6"}, {"SLURM_MEM_PER_CPU", "1024"}};
  EXPECT_EQ(machine.detect(2).memory_bytes, share_of(6 * kGiB));
  machine.variables = {{"SLURM_CPUS_PER_TASK", "1000000"}};
  EXPECT_EQ(machine.detect().num_task_threads, 4096U);
}

TEST(ResourcesTest, SlurmCannotGiveMoreThanThereIs) {
  Machine machine;
  machine.set_available(2 * kGiB);
  machine.variables = {{"SLURM_MEM_PER_NODE", "8192"}};
  EXPECT_EQ(machine.detect().memory_bytes, share_of(2 * kGiB));
  machine.variables = {{"SLURM_MEM_PER_NODE", "18446744073709551615"}};
  EXPECT_EQ(machine.detect().memory_bytes, share_of(2 * kGiB));
  machine.variables = {{"SLURM_CPUS_PER_TASK", "3"}, {"SLURM_MEM_PER_CPU", "6148914691236517206"}};
  EXPECT_EQ(machine.detect().memory_bytes, share_of(2 * kGiB));
}

TEST(ResourcesTest, WhatIsNoNumberCountsAsNotSet) {
  Machine machine;
  machine.set_available(4 * kGiB);
  const auto plain = machine.detect();
  for (const std::string bad : {"", "0", "-4", "many", "4x", " 4", "1e3", "99999999999999999999999"}) {
    machine.variables = {{"SLURM_CPUS_PER_TASK", bad}, {"SLURM_MEM_PER_NODE", bad}, {"SLURM_MEM_PER_CPU", bad}};
    EXPECT_EQ(machine.detect().num_task_threads, plain.num_task_threads) << bad;
    EXPECT_EQ(machine.detect().memory_bytes, plain.memory_bytes) << bad;
  }
}

TEST(ResourcesTest, TheTightestGroupAboveTheProcessLimits) {
  Machine machine;
  machine.set_available(100 * kGiB);
  machine.write("/proc/self/cgroup", "0::/slurm/job_7/step_0\n");
  machine.write("/sys/fs/cgroup/slurm/job_7/step_0/memory.max", "max\n");
  machine.write("/sys/fs/cgroup/slurm/job_7/memory.max", std::to_string(3 * kGiB) + "\n");
  machine.write("/sys/fs/cgroup/slurm/memory.max", std::to_string(50 * kGiB) + "\n");
  EXPECT_EQ(machine.detect().memory_bytes, share_of(3 * kGiB));
  EXPECT_EQ(machine.detect(3).memory_bytes, share_of(1 * kGiB));
}

TEST(ResourcesTest, VersionOneGroupsCountToo) {
  Machine machine;
  machine.set_available(100 * kGiB);
  machine.write("/proc/self/cgroup", "5:cpu,cpuacct:/a\n4:memory:/slurm/job_7\nnonsense\n");
  machine.write("/sys/fs/cgroup/memory/slurm/job_7/memory.limit_in_bytes", std::to_string(2 * kGiB));
  machine.write("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");  // How it says "no limit".
  EXPECT_EQ(machine.detect().memory_bytes, share_of(2 * kGiB));
}

TEST(ResourcesTest, AMachineThatTellsNothingStillRuns) {
  const Machine machine;
  EXPECT_EQ(machine.detect().memory_bytes, share_of(2 * kGiB));
  EXPECT_EQ(machine.detect(1000).memory_bytes, 64 * kMiB);
  EXPECT_EQ(machine.detect(100000).num_task_threads, 1U);
}

TEST(ResourcesTest, ThisProcessHasCoresAndAHost) {
  EXPECT_GE(num_usable_cores(), 1U);
  EXPECT_EQ(detect_resources(1).num_task_threads >= 1, true);
  EXPECT_FALSE(host_name().empty());
}

}  // namespace
}  // namespace hammerscale::scheduler
