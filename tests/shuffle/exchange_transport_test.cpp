#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstring>
#include <optional>
#include <thread>
#include <tuple>

#include "hammerscale/base/fault_point.hpp"
#include "hammerscale/comm/run_threads.hpp"
#include "hammerscale/shuffle/map_output_writer.hpp"
#include "shuffle/exchange_cases.hpp"
#include "shuffle/parcel_plan.hpp"

namespace hammerscale::shuffle {
namespace {

using namespace std::chrono_literals;

// Two nodes: even ranks and odd ranks, so that from three ranks on both ways occur.
std::vector<std::int32_t> two_nodes(std::int32_t num_ranks) {
  std::vector<std::int32_t> nodes;
  for (std::int32_t rank = 0; rank < num_ranks; ++rank) { nodes.push_back(rank % 2); }
  return nodes;
}

std::vector<ExchangeCase> cases() {
  return {{.name = "plain"},
          {.name = "tiny_pieces", .options = {.piece_bytes = 100, .pieces_in_flight = 3}, .elements_per_map = 700},
          {.name = "one_piece_in_flight", .options = {.piece_bytes = 4096, .pieces_in_flight = 1}},
          {.name = "forced_streaming", .options = {.read_in_place = false}},
          {.name = "no_window", .elements_per_map = 30000, .use_window = false},
          {.name = "spilled", .spill = true},
          {.name = "giant_elements",
           .budget_bytes = std::uint64_t{256} << 20,
           .elements_per_map = 50,
           .giant_bytes = 3'000'000,
           .spill = true},
          {.name = "empty", .elements_per_map = 0},
          {.name = "tiny_pool",
           .options = {.read_in_place = false},
           .budget_bytes = std::uint64_t{8} << 20,
           .elements_per_map = 60000,
           .spill = true},
          {.name = "prefetched", .elements_per_map = 30000, .prefetch = true}};
}

class ExchangeThreads : public testing::TestWithParam<std::tuple<ExchangeCase, std::int32_t>> {};

TEST_P(ExchangeThreads, ReadsWhatWasWritten) {
  const auto& [test_case, num_ranks] = GetParam();
  comm::run_threads(
      num_ranks, [&](comm::Communicator& world) { run_exchange_case(world, test_case); },
      {.node_of_rank = two_nodes(num_ranks)});
}

TEST_P(ExchangeThreads, ReadsWhatWasWrittenWithSlowMessages) {
  const auto& [test_case, num_ranks] = GetParam();
  if (num_ranks > 3) { return; }
  std::atomic<std::uint32_t> num_messages{0};
  comm::RunThreadsOptions options{.node_of_rank = two_nodes(num_ranks)};
  options.fault_hook = [&](const comm::MessageInFlight&) {
    return comm::MessageFate{.delay = num_messages.fetch_add(1) % 7 == 0 ? 50us : 0us};
  };
  comm::run_threads(
      num_ranks, [&](comm::Communicator& world) { run_exchange_case(world, test_case); }, options);
}

INSTANTIATE_TEST_SUITE_P(All, ExchangeThreads,
                         testing::Combine(testing::ValuesIn(cases()), testing::Values(2, 3, 4, 7)),
                         [](const auto& instance) {
                           return std::get<0>(instance.param).name + "_on_" +
                                  std::to_string(std::get<1>(instance.param));
                         });

TEST(ExchangeTransport, ReadsInPlaceOnOneNodeAndStreamsBetweenNodes) {
  comm::run_threads(2, [](comm::Communicator& world) {
    const auto counters = run_exchange_case(world, {.name = "one node"});
    EXPECT_GT(counters.in_place_bytes, 0U);
    EXPECT_EQ(counters.streamed_bytes, 0U);
  });
  comm::run_threads(
      2,
      [](comm::Communicator& world) {
        const auto counters = run_exchange_case(world, {.name = "two nodes"});
        EXPECT_EQ(counters.in_place_bytes, 0U);
        EXPECT_GT(counters.streamed_bytes, 0U);
      },
      {.node_of_rank = {0, 1}});
}

// One rank writes, the others run `read` on a task thread.
void with_one_writer(std::int32_t num_ranks, const ExchangeOptions& options, std::uint64_t num_elements,
                     const std::function<void(ExchangeRank&)>& read, const comm::RunThreadsOptions& threads = {}) {
  const auto body = [&](comm::Communicator& world) {
    ExchangeRank rank(world, options, std::uint64_t{64} << 20, true);
    if (world.rank() == Rank(0)) {
      MapOutputWriter writer(*rank.pool, *rank.spill_file, 1, UINT64_MAX, 8);
      for (std::uint64_t i = 0; i < num_elements; ++i) { writer.append(0, i); }
      rank.store->add(ShuffleId(1), 0, writer.finish());
    }
    world.barrier();
    std::atomic<bool> done{world.rank() == Rank(0)};
    std::thread reader;
    if (!done) {
      reader = std::thread([&] {
        read(rank);
        done = true;
      });
    }
    rank.poll_until_all([&] { return done.load(); });
    if (reader.joinable()) { reader.join(); }
    expect_nothing_held(rank, ShuffleId(1));
  };
  comm::run_threads(num_ranks, body, threads);
}

TEST(ExchangeTransport, MissingOutputIsARetryableError) {
  with_one_writer(2, {}, 100, [](ExchangeRank& rank) {
    for (const std::uint32_t map : {1U, 0U}) {
      const auto input = rank.transport->open(ShuffleId(map == 1 ? 1 : 2), ExecutorId(0), 0, {map});
      try {
        static_cast<void>(input->num_bytes());
        ADD_FAILURE() << "nothing was thrown";
      } catch (const ResourceError& error) {
        EXPECT_EQ(error.code(), ErrorCode::kMissingInput);
        EXPECT_TRUE(error.retryable());
      }
      EXPECT_THROW(input->read_map(map, [](auto, auto) {}), ResourceError);
    }
  });
}

TEST(ExchangeTransport, AnInputThatIsGivenUpLeavesNothingBehind) {
  for (const bool in_place : {true, false}) {
    with_one_writer(3, {.piece_bytes = 1000, .pieces_in_flight = 4, .read_in_place = in_place}, 200'000,
                    [](ExchangeRank& rank) {
                      for (int i = 0; i < 20; ++i) {
                        const auto input = rank.transport->open(ShuffleId(1), ExecutorId(0), 0, {0});
                        if (i % 3 == 0) { continue; }
                        EXPECT_EQ(input->num_elements(), 200'000U);
                        if (i % 3 == 1) { continue; }
                        struct Enough {};
                        int num_segments = 0;
                        EXPECT_THROW(input->read_map(0,
                                                     [&](auto, auto) {
                                                       if (++num_segments == 3) { throw Enough(); }
                                                     }),
                                     Enough);
                      }
                    });
  }
}

TEST(ExchangeTransport, WhatWasPrefetchedIsUsedAndWhatIsDroppedIsForgotten) {
  with_one_writer(2, {.read_in_place = false}, 50'000, [](ExchangeRank& rank) {
    rank.transport->prefetch(ShuffleId(1), ExecutorId(0), 0, {0});
    const auto read_all = [&] {
      const auto input = rank.transport->open(ShuffleId(1), ExecutorId(0), 0, {0});
      std::uint64_t next = 0;
      input->read_map(0, [&](std::span<const std::byte> bytes, std::uint64_t num_elements) {
        ASSERT_EQ(bytes.size(), num_elements * 8);
        for (std::uint64_t i = 0; i < num_elements; ++i, ++next) {
          std::uint64_t value = 0;
          std::memcpy(&value, bytes.data() + i * 8, 8);
          ASSERT_EQ(value, next);
        }
      });
      EXPECT_EQ(next, 50'000U);
    };
    read_all();
    EXPECT_EQ(rank.transport->counters().prefetched_bytes, 400'000U);
    read_all();
    EXPECT_EQ(rank.transport->counters().streamed_bytes, 400'000U);
    // Twice, and for what does not exist.
    rank.transport->prefetch(ShuffleId(1), ExecutorId(0), 0, {0});
    rank.transport->prefetch(ShuffleId(1), ExecutorId(0), 0, {0});
    rank.transport->prefetch(ShuffleId(1), ExecutorId(0), 5, {0});
    rank.transport->prefetch(ShuffleId(9), ExecutorId(0), 0, {0});
    rank.transport->drop(ShuffleId(1));
    rank.transport->drop(ShuffleId(9));
    read_all();
    EXPECT_EQ(rank.transport->counters().prefetched_bytes, 400'000U);
  });
}

TEST(ExchangeTransport, PrefetchedMemoryIsGivenBackWhenOthersNeedIt) {
  with_one_writer(2, {.read_in_place = false}, 1'000'000, [](ExchangeRank& rank) {
    rank.transport->prefetch(ShuffleId(1), ExecutorId(0), 0, {0});
    while (rank.pool->used_bytes() < 8'000'000) { std::this_thread::yield(); }
    // The last pieces may still be under way; then this comes too early to be met, and is met a little later.
    std::optional<storage::Buffer> all;
    while (!(all = rank.pool->try_allocate(rank.pool->budget_bytes()))) { std::this_thread::yield(); }
    all.reset();
    std::uint64_t num_elements = 0;
    rank.transport->open(ShuffleId(1), ExecutorId(0), 0, {0})->read_map(0, [&](auto, std::uint64_t count) {
      num_elements += count;
    });
    EXPECT_EQ(num_elements, 1'000'000U);
    EXPECT_EQ(rank.transport->counters().prefetched_bytes, 0U);
  });
}

TEST(ExchangeTransport, FailureReachesEveryInput) {
  with_one_writer(2, {.read_in_place = false}, 1000, [](ExchangeRank& rank) {
    const auto early = rank.transport->open(ShuffleId(1), ExecutorId(0), 0, {0});
    EXPECT_EQ(early->num_elements(), 1000U);
    rank.transport->fail(ResourceError(ErrorCode::kLostRank, "an executor is lost").info());
    const auto late = rank.transport->open(ShuffleId(1), ExecutorId(0), 0, {0});
    for (const auto* const input : {&early, &late}) {
      try {
        (*input)->read_map(0, [](auto, auto) {});
        ADD_FAILURE() << "nothing was thrown";
      } catch (const ResourceError& error) {
        EXPECT_EQ(error.code(), ErrorCode::kLostRank);
      }
    }
  });
}

TEST(ExchangeTransport, DamagedSpillFileIsReportedToTheReader) {
  comm::run_threads(2, [](comm::Communicator& world) {
    ExchangeRank rank(world, {}, std::uint64_t{64} << 20, true);
    if (world.rank() == Rank(0)) {
      MapOutputWriter writer(*rank.pool, *rank.spill_file, 1, UINT64_MAX, 8);
      for (std::uint64_t i = 0; i < 10'000; ++i) { writer.append(0, i); }
      rank.store->add(ShuffleId(1), 0, writer.finish().spilled_to(*rank.spill_file));
      const std::string damage(64, 'x');
      ASSERT_EQ(::pwrite(rank.spill_file->native_handle(), damage.data(), damage.size(), 20), 64);
    }
    world.barrier();
    std::atomic<bool> done{world.rank() == Rank(0)};
    std::thread reader;
    if (!done) {
      reader = std::thread([&] {
        const auto input = rank.transport->open(ShuffleId(1), ExecutorId(0), 0, {0});
        try {
          input->read_map(0, [](auto, auto) {});
          ADD_FAILURE() << "nothing was thrown";
        } catch (const ResourceError& error) {
          EXPECT_EQ(error.code(), ErrorCode::kCorruptBlock);
          EXPECT_TRUE(error.retryable());
        }
        done = true;
      });
    }
    rank.poll_until_all([&] { return done.load(); });
    if (reader.joinable()) { reader.join(); }
  });
}

// The news of a failure travels slower than data: the reader must not take for rows what is sent in their stead.
TEST(ExchangeTransport, NoDataOvertakesTheNewsOfAFailure) {
  comm::RunThreadsOptions slow_control{.node_of_rank = {0, 1}};
  slow_control.fault_hook = [](const comm::MessageInFlight& message) {
    const bool is_data = !message.of_collective && message.tag == comm::Tag{2};
    return comm::MessageFate{.delay = is_data ? 0us : 2ms};
  };
  for (const std::uint64_t num_elements : {10U, 5000U}) {
    arm_fault_points("exchange.send:*:1:throw");
    with_one_writer(
        2, {.piece_bytes = 4096, .read_in_place = false}, num_elements,
        [&](ExchangeRank& rank) {
          std::uint64_t num_read = 0;
          const auto read_all = [&] {
            num_read = 0;
            const auto input = rank.transport->open(ShuffleId(1), ExecutorId(0), 0, {0});
            input->read_map(0, [&](std::span<const std::byte> bytes, std::uint64_t) {
              for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
                std::uint64_t value = 0;
                std::memcpy(&value, bytes.data() + at, sizeof(value));
                ASSERT_EQ(value, num_read++);
              }
            });
          };
          EXPECT_THROW(read_all(), ResourceError);
          read_all();
          EXPECT_EQ(num_read, num_elements);
        },
        slow_control);
    arm_fault_points("");
  }
}

TEST(ParcelPlan, PacksShortNeighboursAndLeavesLongOnesAlone) {
  constexpr std::uint64_t kKiB = 1024;
  const std::vector<std::uint64_t> sizes = {4 * kKiB, 8 * kKiB, 100 * kKiB, 5 * kKiB};
  const auto parcels = plan_parcels(sizes, 1024 * kKiB);
  ASSERT_EQ(parcels.size(), 3U);
  EXPECT_EQ(parcels[0].num_segments, 2U);
  EXPECT_EQ(parcels[0].num_bytes, 12 * kKiB);
  EXPECT_EQ(parcels[1].first_segment, 2U);
  EXPECT_EQ(parcels[2].first_segment, 3U);
  EXPECT_EQ(num_pieces(parcels[1], 30 * kKiB), 4U);
  // Nothing is packed beyond one piece.
  EXPECT_EQ(plan_parcels(sizes, kKiB).size(), 4U);
  EXPECT_TRUE(plan_parcels({}, kKiB).empty());
}

}  // namespace
}  // namespace hammerscale::shuffle
