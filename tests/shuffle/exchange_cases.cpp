#include "shuffle/exchange_cases.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <functional>
#include <thread>
#include <vector>

#include "hammerscale/comm/wait_ladder.hpp"
#include "hammerscale/shuffle/map_output_writer.hpp"
#include "hammerscale/shuffle/shuffle_input.hpp"
#include "hammerscale/storage/scratch.hpp"

namespace hammerscale::shuffle {
namespace {

constexpr ShuffleId kShuffle{7};

// Element number i of a map partition; its partition follows from i.
std::uint64_t value_of(std::uint32_t map, std::uint64_t i) { return (std::uint64_t{map} << 40) + i; }

// Awkward on purpose: partition 0 gets most, the last one of odd maps nothing.
std::uint32_t partition_of(const ExchangeCase& test_case, std::uint32_t map, std::uint64_t i) {
  const std::uint32_t num = test_case.num_partitions - (map % 2 == 1 && test_case.num_partitions > 1 ? 1 : 0);
  return i % 3 == 0 ? static_cast<std::uint32_t>(i / 3 % num) : 0;
}

std::string giant_of(const ExchangeCase& test_case, std::uint32_t map, std::uint32_t partition) {
  std::string giant(test_case.giant_bytes, '\0');
  const std::size_t start = map * 13 + partition;
  for (std::size_t i = 0; i < giant.size(); ++i) { giant[i] = static_cast<char>(i * 7 + i / 251 + start); }
  return giant;
}

template <typename T>
void append(std::vector<std::byte>& bytes, const T& value) {
  const std::size_t end = bytes.size();
  bytes.resize(end + Serde<T>::size(value));
  Serde<T>::write(bytes.data() + end, value);
}

std::vector<std::byte> expected_bytes(const ExchangeCase& test_case, std::uint32_t partition,
                                      std::uint64_t& num_elements) {
  std::vector<std::byte> bytes;
  for (std::uint32_t map = 0; map < test_case.num_maps; ++map) {
    for (std::uint64_t i = 0; i < test_case.elements_per_map; ++i) {
      if (partition_of(test_case, map, i) != partition) { continue; }
      append(bytes, value_of(map, i));
      ++num_elements;
    }
    if (test_case.giant_bytes != 0) {
      append(bytes, giant_of(test_case, map, partition));
      ++num_elements;
    }
  }
  return bytes;
}

MapOutput write_output(ExchangeRank& rank, const ExchangeCase& test_case, std::uint32_t map) {
  MapOutputWriter writer(*rank.pool, *rank.spill_file, test_case.num_partitions, UINT64_MAX, 0);
  for (std::uint64_t i = 0; i < test_case.elements_per_map; ++i) {
    writer.append(partition_of(test_case, map, i), value_of(map, i));
  }
  for (std::uint32_t partition = 0; test_case.giant_bytes != 0 && partition < test_case.num_partitions; ++partition) {
    writer.append(partition, giant_of(test_case, map, partition));
  }
  auto output = writer.finish();
  return test_case.spill && map % 2 == 1 ? output.spilled_to(*rank.spill_file) : std::move(output);
}

// Reads the partitions that are `first` modulo two.
void read_partitions(ExchangeRank& rank, const ExchangeCase& test_case, std::uint32_t first) {
  const auto num_ranks = static_cast<std::uint32_t>(rank.world.size());
  std::vector<std::uint32_t> executor_of_map;
  for (std::uint32_t map = 0; map < test_case.num_maps; ++map) { executor_of_map.push_back(map % num_ranks); }
  for (std::uint32_t partition = first; partition < test_case.num_partitions; partition += 2) {
    ShuffleInput input(*rank.store, rank.transport.get(), *rank.spill_file,
                       ExecutorId(static_cast<std::uint32_t>(rank.world.rank().value)), kShuffle, partition,
                       executor_of_map);
    std::uint64_t num_elements = 0;
    const auto expected = expected_bytes(test_case, partition, num_elements);
    EXPECT_EQ(input.num_bytes(), expected.size());
    EXPECT_EQ(input.num_elements(), num_elements);
    std::vector<std::byte> got;
    std::uint64_t got_elements = 0;
    input.for_each([&](std::span<const std::byte> bytes, std::uint64_t count) {
      got.insert(got.end(), bytes.begin(), bytes.end());
      got_elements += count;
    });
    EXPECT_EQ(got_elements, num_elements);
    EXPECT_TRUE(got == expected) << "partition " << partition << ", " << got.size() << " bytes of " << expected.size();
  }
}

}  // namespace

ExchangeRank::ExchangeRank(comm::Communicator& world_in, const ExchangeOptions& options, std::uint64_t budget_bytes,
                           bool use_window)
    : world(world_in) {
  storage::BufferPoolOptions pool_options{.budget_bytes = budget_bytes};
  if (use_window) {
    window = std::make_unique<comm::SharedWindow>(world, storage::BufferPool::shared_bytes_wanted(budget_bytes));
    pool_options.shared_base = window->base();
    pool_options.shared_bytes = window->size();
  }
  pool = std::make_unique<storage::BufferPool>(pool_options);
  scratch = std::make_unique<storage::Scratch>();
  spill_file = std::make_unique<storage::SpillFile>(*scratch);
  store = std::make_unique<ShuffleStore>(*pool, *spill_file);
  const auto wake_up = comm::this_thread_wake_up();
  transport = std::make_unique<ExchangeTransport>(
      world.duplicate(), *store, *spill_file, *pool, window.get(),
      ExecutorId(static_cast<std::uint32_t>(world.rank().value)), [wake_up] { wake_up->notify(); }, options);
}

void ExchangeRank::poll_until_all(const std::function<bool()>& done) {
  comm::WaitLadder ladder;
  const auto step = [&] {
    if (transport->poll()) {
      ladder.reset();
    } else {
      ladder.pause();
    }
  };
  while (!done()) { step(); }
  auto all = world.ibarrier();
  while (!all.test()) { step(); }
}

void expect_nothing_held(ExchangeRank& rank, ShuffleId shuffle) {
  rank.store->drop(shuffle);
  // What tells the sources that inputs have gone is still under way.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  rank.poll_until_all([&] {
    return rank.pool->used_bytes() == 0 || std::chrono::steady_clock::now() > deadline;
  });
  EXPECT_EQ(rank.pool->used_bytes(), 0U);
}

ExchangeCounters run_exchange_case(comm::Communicator& world, const ExchangeCase& test_case) {
  ExchangeRank rank(world, test_case.options, test_case.budget_bytes, test_case.use_window);
  const auto num_ranks = static_cast<std::uint32_t>(world.size());
  const auto self = static_cast<std::uint32_t>(world.rank().value);
  for (std::uint32_t map = self; map < test_case.num_maps; map += num_ranks) {
    rank.store->add(kShuffle, map, write_output(rank, test_case, map));
  }
  world.barrier();

  if (test_case.prefetch) {
    std::vector<std::uint32_t> partitions;
    for (std::uint32_t partition = 0; partition < test_case.num_partitions; ++partition) {
      partitions.push_back(partition);
    }
    for (std::uint32_t map = 0; map < test_case.num_maps; map += 2) {
      rank.transport->prefetch(kShuffle, ExecutorId(map % num_ranks), map, partitions);
    }
  }
  std::atomic<int> num_running{2};
  std::vector<std::thread> threads;
  for (std::uint32_t first = 0; first < 2; ++first) {
    threads.emplace_back([&, first] {
      try {
        read_partitions(rank, test_case, first);
      } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
      }
      --num_running;
    });
  }
  rank.poll_until_all([&] { return num_running == 0; });
  for (auto& thread : threads) { thread.join(); }
  rank.transport->drop(kShuffle);
  const auto counters = rank.transport->counters();
  expect_nothing_held(rank, kShuffle);
  return counters;
}

}  // namespace hammerscale::shuffle
