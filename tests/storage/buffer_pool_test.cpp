#include "hammerscale/storage/buffer_pool.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <fstream>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale::storage {
namespace {

BufferPool make_pool(std::uint64_t budget_bytes) {
  BufferPoolOptions options;
  options.budget_bytes = budget_bytes;
  return BufferPool(std::move(options));
}

void fill(Buffer& buffer, int value) { std::memset(buffer.data(), value, buffer.capacity()); }

std::uint64_t resident_bytes() {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    if (word == "VmRSS:") {
      std::uint64_t kib = 0;
      status >> kib;
      return kib * kKiB;
    }
  }
  return 0;
}

TEST(BufferPoolTest, CapacityIsTheSmallestClassThatHoldsTheSize) {
  auto pool = make_pool(256 * kMiB);
  const std::pair<std::size_t, std::size_t> cases[] = {
      {0, 16 * kKiB},          {1, 16 * kKiB},   {16 * kKiB, 16 * kKiB},     {16 * kKiB + 1, 32 * kKiB},
      {1000000, 1 * kMiB},     {kMiB, kMiB},     {2 * kMiB - 1, 2 * kMiB},   {2 * kMiB + 1, 4 * kMiB},
      {100 * kMiB, 128 * kMiB}};
  for (const auto& [wanted, capacity] : cases) {
    auto buffer = pool.try_allocate(wanted);
    ASSERT_TRUE(buffer) << wanted;
    EXPECT_EQ(buffer->capacity(), capacity);
    EXPECT_EQ(buffer->size(), 0U);
    EXPECT_EQ(buffer->region(), Region::kPrivate);
    EXPECT_FALSE(buffer->shared_offset());
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer->data()) % 4096, 0U);
    fill(*buffer, 1);
  }
}

TEST(BufferPoolTest, SizeIsWhatResizeSaysAndNeverAboveCapacity) {
  auto pool = make_pool(64 * kMiB);
  Buffer buffer = pool.allocate(20000);
  buffer.resize(12345);
  EXPECT_EQ(buffer.size(), 12345U);
  EXPECT_EQ(buffer.span().size(), 12345U);
  EXPECT_EQ(buffer.whole().size(), 32 * kKiB);
  EXPECT_THROW(buffer.resize(buffer.capacity() + 1), InternalError);
}

TEST(BufferPoolTest, MovesLeaveAnEmptyBufferBehind) {
  auto pool = make_pool(64 * kMiB);
  Buffer first = pool.allocate(kMiB);
  std::byte* const place = first.data();
  Buffer second = std::move(first);
  EXPECT_EQ(second.data(), place);
  EXPECT_EQ(first.capacity(), 0U);  // NOLINT: the state after a move is part of the contract
  Buffer third = pool.allocate(kMiB);
  third = std::move(second);
  EXPECT_EQ(third.data(), place);
  EXPECT_EQ(pool.used_bytes(), kMiB);
}

TEST(BufferPoolTest, LiveBuffersNeverOverlap) {
  auto pool = make_pool(64 * kMiB);
  std::mt19937_64 random(5);
  std::vector<Buffer> live;
  for (int step = 0; step < 20000; ++step) {
    if (live.size() > 40 || (!live.empty() && random() % 3 == 0)) {
      const std::size_t i = random() % live.size();
      const auto bytes = live[i].span();
      ASSERT_EQ(std::memcmp(bytes.data(), bytes.data() + bytes.size() - 8, 8), 0) << "two live buffers overlap";
      std::swap(live[i], live.back());
      live.pop_back();
    } else if (auto buffer = pool.try_allocate(std::size_t{1} << (random() % 22))) {
      const auto mark = static_cast<std::uint64_t>(step);
      buffer->resize(buffer->capacity());
      std::memcpy(buffer->data(), &mark, 8);
      std::memcpy(buffer->data() + buffer->size() - 8, &mark, 8);
      live.push_back(std::move(*buffer));
    }
    ASSERT_LE(pool.used_bytes() + pool.cached_free_bytes(), pool.budget_bytes());
  }
}

TEST(BufferPoolTest, TheFrameFreedLastIsHandedOutFirst) {
  auto pool = make_pool(64 * kMiB);
  for (const std::size_t size : {16 * kKiB, 64 * kKiB, 4 * kMiB}) {
    Buffer a = pool.allocate(size);
    Buffer b = pool.allocate(size);
    std::byte* const place_a = a.data();
    std::byte* const place_b = b.data();
    b = Buffer();
    a = Buffer();
    EXPECT_EQ(pool.allocate(size).data(), place_a);
    Buffer again = pool.allocate(size);
    EXPECT_EQ(again.data(), place_a);
    EXPECT_EQ(pool.allocate(size).data(), place_b);
  }
}

TEST(BufferPoolTest, AllocateNamesWhatWasWantedWhenTheBudgetIsShort) {
  auto pool = make_pool(8 * kMiB);
  Buffer held = pool.allocate(4 * kMiB);
  EXPECT_FALSE(pool.try_allocate(8 * kMiB));
  try {
    (void)pool.allocate(8 * kMiB);
    FAIL() << "must throw";
  } catch (const ResourceError& error) {
    EXPECT_EQ(error.code(), ErrorCode::kOutOfMemory);
    EXPECT_FALSE(error.retryable());
    const std::vector<ErrorField> expected = {{"wanted", "8.0 MiB"}, {"budget", "8.0 MiB"}, {"used", "4.0 MiB"}};
    EXPECT_EQ(error.info().fields, expected);
  }
}

TEST(BufferPoolTest, SizesAboveTheLargestFrameFailWhateverTheBudget) {
  auto pool = make_pool(16 * kGiB);
  EXPECT_FALSE(pool.try_allocate(kLargestFrameBytes + 1));
  EXPECT_THROW((void)pool.allocate(UINT64_MAX), ResourceError);
  auto largest = pool.try_allocate(kLargestFrameBytes);
  ASSERT_TRUE(largest);
  EXPECT_EQ(largest->capacity(), kLargestFrameBytes);
}

TEST(BufferPoolTest, RefusesABudgetBelowOneFrame) { EXPECT_THROW(make_pool(kSmallestFrameBytes - 1), UserError); }

TEST(BufferPoolTest, TheSmallestBudgetGivesOneFrame) {
  auto pool = make_pool(kSmallestFrameBytes);
  auto buffer = pool.try_allocate(1);
  ASSERT_TRUE(buffer);
  fill(*buffer, 3);
  EXPECT_FALSE(pool.try_allocate(1));
  buffer.reset();
  EXPECT_TRUE(pool.try_allocate(1));
}

TEST(BufferPoolTest, ABudgetOfAnySizeIsUsedToTheLastSlab) {
  for (const std::uint64_t budget : {100 * kKiB, 3 * kMiB + 5, 67 * kMiB + 4097}) {
    auto pool = make_pool(budget);
    std::vector<Buffer> buffers;
    while (auto buffer = pool.try_allocate(16 * kKiB)) {
      fill(*buffer, 7);
      buffers.push_back(std::move(*buffer));
    }
    EXPECT_LE(pool.used_bytes(), budget);
    EXPECT_GT(pool.used_bytes() + 2 * kMiB, budget);
  }
}

TEST(BufferPoolTest, IdleFramesOfOneSizeMakeRoomForAnother) {
  auto pool = make_pool(64 * kMiB);
  for (const std::size_t size : {16 * kKiB, 64 * kMiB, 2 * kMiB, 256 * kKiB, 32 * kMiB}) {
    std::vector<Buffer> buffers;
    while (auto buffer = pool.try_allocate(size)) { buffers.push_back(std::move(*buffer)); }
    EXPECT_EQ(pool.used_bytes(), 64 * kMiB) << size;
  }
}

TEST(BufferPoolTest, ASmallRequestTakesALargerFrameWhenOnlyThatHasRoom) {
  auto pool = make_pool(64 * kMiB);  // slabs of 2 MiB
  std::vector<Buffer> buffers;
  while (auto buffer = pool.try_allocate(kMiB)) { buffers.push_back(std::move(*buffer)); }
  ASSERT_EQ(buffers.size(), 64U);
  buffers.erase(buffers.begin());  // its slab stays half used, so it cannot be given back
  auto small = pool.try_allocate(16 * kKiB);
  ASSERT_TRUE(small);
  EXPECT_EQ(small->capacity(), kMiB);
}

TEST(BufferPoolTest, ResidentMemoryStaysWithinTheBudget) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the sanitizer's own tables count as resident";
#endif
  constexpr std::uint64_t kBudget = 128 * kMiB;
  auto pool = make_pool(kBudget);
  const std::uint64_t before = resident_bytes();
  for (const std::size_t size : {48 * kKiB, 64 * kMiB, kMiB, 2 * kMiB, 16 * kKiB, 128 * kMiB, 8 * kMiB}) {
    std::vector<Buffer> buffers;
    while (auto buffer = pool.try_allocate(size)) {
      fill(*buffer, 1);
      buffers.push_back(std::move(*buffer));
    }
    const std::uint64_t now = resident_bytes();
    EXPECT_LE(now, before + kBudget + 4 * kMiB) << size;  // 4 MiB: the tables of the pool and of this test
    EXPECT_GE(now, before + kBudget / 2) << size;
  }
  EXPECT_EQ(pool.cached_free_bytes(), kBudget);
  pool.trim();
  EXPECT_EQ(pool.cached_free_bytes(), 0U);
  EXPECT_LE(resident_bytes(), before + 4 * kMiB);
}

TEST(BufferPoolTest, CountsUsedFreeAndPeak) {
  auto pool = make_pool(64 * kMiB);
  EXPECT_EQ(pool.budget_bytes(), 64 * kMiB);
  {
    Buffer buffer = pool.allocate(8 * kMiB);
    EXPECT_EQ(pool.used_bytes(), 8 * kMiB);
    ASSERT_TRUE(pool.try_reserve(3));
    EXPECT_EQ(pool.used_bytes(), 8 * kMiB + 3);
  }
  EXPECT_EQ(pool.used_bytes(), 3U);
  EXPECT_EQ(pool.cached_free_bytes(), 8 * kMiB);
  pool.release(3);
  EXPECT_EQ(pool.used_bytes(), 0U);
  EXPECT_EQ(pool.peak_bytes(), 8 * kMiB + 3);
}

TEST(BufferPoolTest, FairShareDividesTheBudget) {
  const auto pool = make_pool(64 * kMiB);
  EXPECT_EQ(pool.fair_share(4), 16 * kMiB);
  EXPECT_EQ(pool.fair_share(0), 64 * kMiB);
  EXPECT_EQ(pool.fair_share(-1), 64 * kMiB);
}

TEST(BufferPoolTest, BuffersOutliveThePool) {
  std::optional<BufferPool> pool = make_pool(64 * kMiB);
  Buffer buffer = pool->allocate(kMiB);
  pool.reset();
  fill(buffer, 9);
  EXPECT_EQ(buffer.data()[kMiB - 1], std::byte{9});
}

TEST(BufferPoolTest, ReclaimersAreAskedInOrderUntilThereIsRoom) {
  auto pool = make_pool(16 * kMiB);
  std::vector<Buffer> first_cache;
  std::vector<Buffer> second_cache;
  for (int i = 0; i < 2; ++i) { first_cache.push_back(pool.allocate(4 * kMiB)); }
  for (int i = 0; i < 2; ++i) { second_cache.push_back(pool.allocate(4 * kMiB)); }
  std::vector<int> calls;
  const auto make_reclaimer = [&calls](int name, std::vector<Buffer>& cache) {
    return [&calls, name, &cache](std::uint64_t) -> std::uint64_t {
      calls.push_back(name);
      if (cache.empty()) { return 0; }
      cache.pop_back();
      return 4 * kMiB;
    };
  };
  const auto first_handle = pool.add_reclaimer(make_reclaimer(1, first_cache));
  auto second_handle = pool.add_reclaimer(make_reclaimer(2, second_cache));
  auto four = pool.try_allocate(4 * kMiB);
  ASSERT_TRUE(four);
  EXPECT_EQ(calls, (std::vector<int>{1}));
  calls.clear();
  auto eight = pool.try_allocate(8 * kMiB);
  ASSERT_TRUE(eight);
  EXPECT_EQ(calls, (std::vector<int>{1, 2}));
  EXPECT_EQ(second_cache.size(), 1U);

  second_handle = ReclaimerHandle();
  EXPECT_FALSE(pool.try_allocate(4 * kMiB));
  EXPECT_EQ(second_cache.size(), 1U) << "a removed reclaimer was asked";
}

TEST(BufferPoolTest, ReclaimersServeReservationsToo) {
  auto pool = make_pool(16 * kMiB);
  Buffer cached = pool.allocate(16 * kMiB);
  const auto handle = pool.add_reclaimer([&](std::uint64_t wanted) -> std::uint64_t {
    EXPECT_GT(wanted, 0U);
    const auto freed = cached.capacity();
    cached = Buffer();
    return freed;
  });
  EXPECT_TRUE(pool.try_reserve(10 * kMiB));
  EXPECT_FALSE(pool.try_reserve(10 * kMiB));
  EXPECT_FALSE(pool.try_reserve(UINT64_MAX));
  pool.release(10 * kMiB);
}

TEST(BufferPoolTest, AnAllocationInsideAReclaimerAsksNoReclaimer) {
  auto pool = make_pool(kMiB);
  Buffer held = pool.allocate(kMiB);
  int depth = 0;
  const auto handle = pool.add_reclaimer([&](std::uint64_t) -> std::uint64_t {
    EXPECT_EQ(depth, 0);
    ++depth;
    EXPECT_FALSE(pool.try_allocate(kMiB));
    --depth;
    return 0;
  });
  EXPECT_FALSE(pool.try_allocate(kMiB));
}

TEST(BufferPoolTest, RefuseAtRandomRefusesOftenAndTheSameCallsEachTime) {
  const auto pattern = [] {
    BufferPoolOptions options;
    options.budget_bytes = 64 * kMiB;
    options.refuse_at_random = true;
    BufferPool pool(std::move(options));
    std::vector<bool> granted;
    for (int i = 0; i < 200; ++i) {
      if (i % 2 == 0) {
        granted.push_back(pool.try_allocate(kMiB).has_value());
      } else {
        granted.push_back(pool.try_reserve(100));
        if (granted.back()) { pool.release(100); }
      }
      EXPECT_NO_THROW((void)pool.allocate(kMiB));  // never refused
    }
    return granted;
  };
  const auto first = pattern();
  const auto num_granted = std::count(first.begin(), first.end(), true);
  EXPECT_GT(num_granted, 60);
  EXPECT_LT(num_granted, 140);
  EXPECT_EQ(first, pattern());
}

TEST(BufferPoolTest, ManyThreadsShareTheBudget) {
  auto pool = make_pool(64 * kMiB);
  std::atomic<std::uint64_t> live_bytes{0};
  std::atomic<bool> went_over{false};
  std::atomic<std::uint64_t> num_granted{0};
  const auto work = [&](std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<Buffer> mine;
    for (int step = 0; step < 4000; ++step) {
      if (!mine.empty() && random() % 2 == 0) {
        Buffer& buffer = mine[random() % mine.size()];
        const auto mark = static_cast<std::byte>(seed);
        if (buffer.data()[0] != mark || buffer.data()[buffer.capacity() - 1] != mark) { went_over = true; }
        std::swap(buffer, mine.back());
        live_bytes -= mine.back().capacity();
        mine.pop_back();
      } else if (auto buffer = pool.try_allocate(std::size_t{1} << (10 + random() % 14))) {
        const std::uint64_t now = live_bytes += buffer->capacity();
        if (now > pool.budget_bytes()) { went_over = true; }
        buffer->data()[0] = buffer->data()[buffer->capacity() - 1] = static_cast<std::byte>(seed);
        mine.push_back(std::move(*buffer));
        ++num_granted;
      } else if (!mine.empty()) {
        live_bytes -= mine.back().capacity();
        mine.pop_back();
      }
    }
    for (const auto& buffer : mine) { live_bytes -= buffer.capacity(); }
  };
  std::vector<std::thread> threads;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) { threads.emplace_back(work, seed); }
  for (auto& thread : threads) { thread.join(); }
  EXPECT_FALSE(went_over);
  EXPECT_GT(num_granted, 1000U);
  EXPECT_EQ(pool.used_bytes(), 0U);
  EXPECT_LE(pool.peak_bytes(), pool.budget_bytes());
  pool.trim();
  EXPECT_EQ(pool.cached_free_bytes(), 0U);
  EXPECT_TRUE(pool.try_allocate(64 * kMiB)) << "some slab was lost";
}

}  // namespace
}  // namespace hammerscale::storage
