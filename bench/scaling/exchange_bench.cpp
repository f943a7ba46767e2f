// How fast one executor reads map output of another beside a bare exchange in messages of 1 MiB that does nothing else:
// in place, as within a node; streamed, as between nodes with one executor each; and streamed out of shared memory,
// whose small pages cost more where MPI copies through the kernel. Both ranks read 64 MiB of each other at once. Start
// it with mpirun -n 2; an argument is the number of rounds, of which the best counts.
#include <mpi.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "hammerscale/comm/environment.hpp"
#include "hammerscale/comm/wait_ladder.hpp"
#include "hammerscale/shuffle/map_output_writer.hpp"
#include "kernels/bench_report.hpp"
#include "shuffle/exchange_transport.hpp"

namespace {

using namespace hammerscale;

constexpr std::uint64_t kOutputBytes = std::uint64_t{64} << 20;
constexpr std::uint32_t kNumPartitions = 8;
constexpr std::uint64_t kBudgetBytes = 4 * kOutputBytes;
int num_rounds = 7;
constexpr ShuffleId kShuffle{1};

// Four streams at once: one alone does not use the memory's bandwidth.
std::uint64_t sum_words(std::span<const std::byte> bytes) {
  std::uint64_t sums[4] = {};
  const auto* words = reinterpret_cast<const std::uint64_t*>(bytes.data());
  const std::size_t quarter = bytes.size() / sizeof(std::uint64_t) / 4;
  for (std::size_t i = 0; i < quarter; ++i) {
    for (std::size_t stream = 0; stream < 4; ++stream) { sums[stream] += words[stream * quarter + i]; }
  }
  for (std::size_t i = 4 * quarter; i < bytes.size() / sizeof(std::uint64_t); ++i) { sums[0] += words[i]; }
  return sums[0] + sums[1] + sums[2] + sums[3];
}

/// Writes rows of `row_bytes`, row i to partition i modulo all, whose first word is its number and the rest zero.
shuffle::MapOutput write_rows(const storage::BufferPool& pool, storage::SpillFile& spill_file, std::size_t row_bytes,
                              std::uint64_t& sum) {
  shuffle::MapOutputWriter writer(pool, spill_file, kNumPartitions, UINT64_MAX, row_bytes);
  const std::uint64_t num_rows = kOutputBytes / row_bytes;
  sum = 0;
  for (std::uint64_t i = 0; i < num_rows; ++i) {
    const auto partition = static_cast<std::uint32_t>(i % kNumPartitions);
    auto& cursor = writer.cursors()[partition];
    if (static_cast<std::size_t>(cursor.end - cursor.next) < row_bytes) { writer.refill(partition, cursor, row_bytes); }
    std::memset(cursor.next, 0, row_bytes);
    std::memcpy(cursor.next, &i, sizeof(i));
    cursor.next += row_bytes;
    sum += i;
  }
  return writer.finish();
}

/// Seconds to read the other rank's output on one task thread while this thread serves; the slower rank's.
double read_remote(comm::Communicator& world, shuffle::ExchangeTransport& transport, std::uint64_t expected_sum) {
  const ExecutorId peer(world.rank() == Rank(0) ? 1 : 0);
  std::atomic<bool> done{false};
  std::uint64_t sum = 0;
  world.barrier();
  const auto begin = std::chrono::steady_clock::now();
  const auto wake_up = comm::this_thread_wake_up();
  std::thread reader([&] {
    std::vector<std::unique_ptr<shuffle::RemoteInput>> inputs;
    for (std::uint32_t partition = 0; partition < kNumPartitions; ++partition) {
      inputs.push_back(transport.open(kShuffle, peer, partition, {0}));
    }
    for (auto& input : inputs) {
      input->read_map(0, [&](std::span<const std::byte> bytes, std::uint64_t) { sum += sum_words(bytes); });
      input.reset();
    }
    done = true;
    wake_up->notify();
  });
  comm::WaitLadder ladder;
  const auto step = [&] {
    if (transport.poll()) {
      ladder.reset();
    } else {
      ladder.pause();
    }
  };
  while (!done) { step(); }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  reader.join();
  auto all = world.ibarrier();
  while (!all.test()) { step(); }
  bench::verify(sum == expected_sum, "sum of the other rank's rows");
  return world.all_reduce_max(elapsed.count());
}

/// Seconds to swap outputs by MPI_Sendrecv of 1 MiB into one buffer that is reused, reading each message once.
double bare_exchange(comm::Communicator& world, const std::vector<std::byte>& mine, std::uint64_t expected_sum) {
  constexpr std::size_t kMessageBytes = std::size_t{1} << 20;
  static std::vector<std::byte> buffer(kMessageBytes);
  const int peer = world.rank() == Rank(0) ? 1 : 0;
  std::uint64_t sum = 0;
  world.barrier();
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t offset = 0; offset < mine.size(); offset += kMessageBytes) {
    MPI_Sendrecv(mine.data() + offset, kMessageBytes, MPI_BYTE, peer, 0, buffer.data(), kMessageBytes, MPI_BYTE, peer,
                 0, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    sum += sum_words(buffer);
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  bench::verify(sum == expected_sum, "sum of what was exchanged bare");
  return world.all_reduce_max(elapsed.count());
}

/// One executor: its map output and the transport that serves and reads. Without a window the output lies in memory of
/// its own, as on a node with one executor.
class Executor {
 public:
  Executor(comm::Communicator& world, const comm::SharedWindow* window, bool in_place, std::size_t row_bytes)
      : pool_({.budget_bytes = kBudgetBytes,
               .shared_base = window == nullptr ? nullptr : window->base(),
               .shared_bytes = window == nullptr ? 0 : window->size()}),
        spill_file_(scratch_),
        store_(pool_, spill_file_) {
    store_.add(kShuffle, 0, write_rows(pool_, spill_file_, row_bytes, sum_));
    const auto wake_up = comm::this_thread_wake_up();
    transport_.emplace(
        world.duplicate(), store_, spill_file_, pool_, window,
        ExecutorId(static_cast<std::uint32_t>(world.rank().value)), [wake_up] { wake_up->notify(); },
        shuffle::ExchangeOptions{.read_in_place = in_place});
  }

  [[nodiscard]] std::uint64_t sum() const { return sum_; }  ///< The same on both ranks.
  shuffle::ExchangeTransport& transport() { return *transport_; }
  /// The output's bytes in one piece.
  [[nodiscard]] std::vector<std::byte> packed() const {
    std::vector<std::byte> bytes;
    const auto output = store_.find(kShuffle, 0);
    for (std::uint32_t partition = 0; partition < kNumPartitions; ++partition) {
      for (const auto& segment : output->segments(partition)) {
        bytes.insert(bytes.end(), segment.data, segment.data + segment.num_bytes);
      }
    }
    return bytes;
  }

 private:
  storage::BufferPool pool_;
  storage::Scratch scratch_;
  storage::SpillFile spill_file_;
  shuffle::ShuffleStore store_;
  std::uint64_t sum_ = 0;
  std::optional<shuffle::ExchangeTransport> transport_;
};

void measure(comm::Communicator& world, std::size_t row_bytes) {
  const comm::SharedWindow window(world, storage::BufferPool::shared_bytes_wanted(kBudgetBytes));
  const comm::SharedWindow other_window(world, storage::BufferPool::shared_bytes_wanted(kBudgetBytes));
  Executor in_place(world, &window, true, row_bytes);
  Executor from_shared(world, &other_window, false, row_bytes);
  Executor streamed(world, nullptr, false, row_bytes);
  const auto packed = streamed.packed();
  double best_in_place = 1e300;
  double best_from_shared = 1e300;
  double best_streamed = 1e300;
  double best_bare = 1e300;
  for (int round = 0; round < num_rounds; ++round) {
    best_in_place = std::min(best_in_place, read_remote(world, in_place.transport(), in_place.sum()));
    best_from_shared = std::min(best_from_shared, read_remote(world, from_shared.transport(), from_shared.sum()));
    best_streamed = std::min(best_streamed, read_remote(world, streamed.transport(), streamed.sum()));
    best_bare = std::min(best_bare, bare_exchange(world, packed, streamed.sum()));
  }
  if (world.rank() != Rank(0)) { return; }
  const double gigabytes = 2.0 * static_cast<double>(packed.size()) / 1e9;
  const std::string rows = "rows of " + std::to_string(row_bytes) + " B, ";
  bench::report(rows + "bare Sendrecv of 1 MiB", gigabytes, "GB/s", best_bare);
  bench::report(rows + "streamed", gigabytes, "GB/s", best_streamed, best_bare);
  bench::report(rows + "streamed from shared memory", gigabytes, "GB/s", best_from_shared, best_bare);
  bench::report(rows + "read in place", gigabytes, "GB/s", best_in_place, best_bare);
}

}  // namespace

int main(int argc, char** argv) {
  comm::Environment environment;
  comm::Communicator& world = environment.world();
  if (!environment.uses_mpi() || world.size() != 2) {
    std::fputs("error: start it with mpirun -n 2\n", stderr);
    return 2;
  }
  if (argc > 1) { num_rounds = std::max(1, std::atoi(argv[1])); }
  if (world.rank() == Rank(0)) { std::printf("remote bytes read, both ranks summed, best of %d rounds\n", num_rounds); }
  measure(world, 16);
  measure(world, 1024);
  return 0;
}
