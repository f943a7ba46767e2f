#include "machine_limits.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <utility>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/error.hpp"
#include "hammerscale/closure/bind.hpp"
#include "hammerscale/comm/reduction.hpp"
#include "hammerscale/storage/file_descriptor.hpp"
#include "hammerscale/storage/reservation.hpp"
#include "hammerscale/storage/scratch.hpp"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define HAMMERSCALE_EACH_INSTRUCTION_SET \
  __attribute__((target_clones("default", "arch=haswell", "arch=skylake-avx512")))
#else
#define HAMMERSCALE_EACH_INSTRUCTION_SET
#endif

namespace hammerscale::program {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kSecondsEach = 0.15;
constexpr double kDiskSeconds = 1.0;
constexpr std::uint64_t kBytesPerThread = 64 * kMiB;
constexpr std::uint64_t kDiskBytes = 128 * kMiB;
constexpr std::uint64_t kPieceBytes = 4 * kMiB;
constexpr std::uint64_t kAllReduceNumbers = kMiB;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Keeps a computed value, and so the loop that makes it, from being optimised away.
template <typename T>
void keep(const T& value) {
  asm volatile("" : : "g"(&value) : "memory");
}

/// Calls work() -> units until the time is over. @return units a second.
template <typename Work>
double rate_of(Work&& work) {
  const auto start = Clock::now();
  double units = 0;
  double seconds = 0;
  do {
    units += work();
    seconds = seconds_since(start);
  } while (seconds < kSecondsEach);
  return units / seconds;
}

/// 64 sums that do not depend on each other, so that as many multiply-adds are under way as the processor can hold.
HAMMERSCALE_EACH_INSTRUCTION_SET __attribute__((optimize("O3"))) double multiply_add(std::uint64_t rounds) {
  constexpr std::size_t kSums = 64;
  alignas(64) std::array<double, kSums> sums{};
  for (std::uint64_t round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < kSums; ++i) { sums[i] = sums[i] * 0.999999 + 1.0; }
  }
  double total = 0;
  for (const double sum : sums) { total += sum; }
  keep(total);
  return 2.0 * kSums * static_cast<double>(rounds);
}

HAMMERSCALE_EACH_INSTRUCTION_SET __attribute__((optimize("O3"))) std::uint64_t sum_of(const std::uint64_t* words,
                                                                                      std::size_t count) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < count; ++i) { sum += words[i]; }
  return sum;
}

double read_at_random(const std::vector<std::uint64_t>& words, std::uint64_t& state) {
  constexpr std::size_t kReads = 1 << 14;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < kReads; ++i) {
    // The next place does not wait for what was read.
    state = state * 6364136223846793005u + 1442695040888963407u;
    sum += words[static_cast<std::size_t>((state >> 32) * words.size() >> 32)];
  }
  keep(sum);
  return kReads;
}

/// Sum over threads 0 .. num_threads - 1 of body(thread), which gives a rate.
template <typename Body>
double rate_of_threads(GangContext& gang, std::uint32_t num_threads, Body&& body) {
  std::vector<double> rates(num_threads);
  gang.comm().barrier();
  gang.parallel_for(num_threads, [&](std::size_t thread) { rates[thread] = body(thread); });
  double total = 0;
  for (const double rate : rates) { total += rate; }
  return total;
}

ThreadRates measure_threads(GangContext& gang, std::vector<std::uint64_t>& words, std::uint32_t num_threads) {
  const std::size_t share = words.size() / gang.num_threads();
  const std::size_t half = share / 2;
  ThreadRates rates;
  rates.num_threads = num_threads;
  rates.read_bytes_per_second = rate_of_threads(gang, num_threads, [&](std::size_t thread) {
    return rate_of([&] {
      keep(sum_of(words.data() + thread * share, share));
      return static_cast<double>(share * sizeof(std::uint64_t));
    });
  });
  rates.copy_bytes_per_second = rate_of_threads(gang, num_threads, [&](std::size_t thread) {
    auto* const mine = words.data() + thread * share;
    return rate_of([&] {
      std::memcpy(mine, mine + half, half * sizeof(std::uint64_t));
      keep(*mine);
      return 2.0 * static_cast<double>(half * sizeof(std::uint64_t));
    });
  });
  rates.random_reads_per_second = rate_of_threads(gang, num_threads, [&](std::size_t thread) {
    std::uint64_t state = thread;
    return rate_of([&] { return read_at_random(words, state); });
  });
  rates.flops_per_second = rate_of_threads(
      gang, num_threads, [&](std::size_t /*thread*/) { return rate_of([&] { return multiply_add(10000); }); });
  return rates;
}

/// Writes and reads a file without a name. Leaves the rates at 0 where the folder does not allow it.
void measure_disk(const std::string& folder, ExecutorLimits& limits) {
  storage::FileDescriptor file;
  try {
    file = storage::Scratch(folder).open_unnamed();
  } catch (const Error&) {
    return;  // Calibration goes on without a disk: the other limits do not need one.
  }
  std::vector<char> piece(kPieceBytes);
  for (std::size_t i = 0; i < piece.size(); ++i) { piece[i] = static_cast<char>(i * 2654435761u >> 13); }
  std::uint64_t num_bytes = 0;
  auto start = Clock::now();
  while (num_bytes < kDiskBytes && seconds_since(start) < kDiskSeconds) {
    const ssize_t n = ::write(file.get(), piece.data(), piece.size());
    if (n <= 0) { return; }
    num_bytes += static_cast<std::uint64_t>(n);
  }
  if (::fsync(file.get()) != 0) { return; }
  limits.disk_write_bytes_per_second = static_cast<double>(num_bytes) / seconds_since(start);

  ::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED);
  ::lseek(file.get(), 0, SEEK_SET);
  start = Clock::now();
  std::uint64_t num_read = 0;
  while (num_read < num_bytes && seconds_since(start) < kDiskSeconds) {
    const ssize_t n = ::read(file.get(), piece.data(), piece.size());
    if (n <= 0) { return; }
    num_read += static_cast<std::uint64_t>(n);
  }
  limits.disk_read_bytes_per_second = static_cast<double>(num_read) / seconds_since(start);
}

/// Seconds of one call of `exchange`, a collective, as the slowest executor sees it. All executors make equally many
/// calls.
template <typename Exchange>
double seconds_of_collective(comm::Communicator& comm, Exchange&& exchange) {
  exchange();
  for (std::uint64_t calls = 1;; calls *= 2) {
    comm.barrier();
    const auto start = Clock::now();
    for (std::uint64_t i = 0; i < calls; ++i) { exchange(); }
    const double seconds = comm.all_reduce_max(seconds_since(start));
    if (seconds > kSecondsEach || calls >= (1U << 16)) { return seconds / static_cast<double>(calls); }
  }
}

NetworkLimits measure_network(comm::Communicator& comm) {
  NetworkLimits limits;
  limits.all_reduce_seconds = seconds_of_collective(comm, [&] { keep(comm.all_reduce_sum(1.0)); });
  std::vector<double> numbers(kAllReduceNumbers, 0.0);
  limits.all_reduce_bytes_per_second = static_cast<double>(numbers.size() * sizeof(double)) /
                                       seconds_of_collective(comm, [&] { comm.all_reduce(numbers, comm::Sum{}); });
  // Large clusters send less to each peer, so that the buffers stay within 64 MiB.
  const auto p = static_cast<std::uint64_t>(comm.size());
  const auto block_bytes = std::min<std::uint64_t>(kPieceBytes, 64 * kMiB / p);
  std::vector<std::byte> send(block_bytes * p);
  std::vector<std::byte> receive(send.size());
  limits.all_to_all_bytes_per_second = static_cast<double>(block_bytes * (p - 1)) /
                                       seconds_of_collective(comm, [&] { comm.all_to_all_bytes(send, receive); });
  return limits;
}

using Measured = std::pair<ExecutorLimits, NetworkLimits>;

constexpr auto measure_executor = [](const std::vector<RankInfo>& executors, GangContext& gang) -> Measured {
  Measured measured;
  auto& limits = measured.first;
  const auto& info = executors[static_cast<std::size_t>(gang.comm().rank().value)];
  limits.host = info.host;
  {
    const std::uint32_t num_threads = gang.num_threads();
    storage::Reservation reservation(gang.services().pool);
    limits.buffer_bytes = kBytesPerThread * num_threads;
    while (!reservation.try_grow(limits.buffer_bytes) && limits.buffer_bytes > kMiB) { limits.buffer_bytes /= 2; }
    std::vector<std::uint64_t> words(limits.buffer_bytes / sizeof(std::uint64_t), 1);
    // The same thread counts on all executors, as each step starts together.
    const auto most_threads = gang.comm().all_reduce_max(num_threads);
    for (std::uint32_t count = 1; count <= most_threads; count *= 2) {
      const auto wanted = count * 2 > most_threads ? most_threads : count;
      limits.threads.push_back(measure_threads(gang, words, std::min(wanted, num_threads)));
      if (wanted != count) { break; }
    }
  }
  gang.comm().barrier();
  measure_disk(info.scratch, limits);
  if (gang.comm().size() > 1) { measured.second = measure_network(gang.comm()); }
  return measured;
};

}  // namespace

MachineLimits measure_machine_limits(const Session& session) {
  std::vector<RankInfo> executors;
  for (const auto& rank : session.cluster().ranks) {
    if (rank.num_task_threads != 0) { executors.push_back(rank); }
  }
  auto measured = session.gang(hammerscale::bind(std::move(executors), measure_executor));
  MachineLimits limits;
  for (auto& [executor, network] : measured) { limits.executors.push_back(std::move(executor)); }
  if (measured.size() > 1) { limits.network = measured[0].second; }
  return limits;
}

}  // namespace hammerscale::program
