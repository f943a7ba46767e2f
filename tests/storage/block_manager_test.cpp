#include "hammerscale/storage/block_manager.hpp"

#include <atomic>
#include <optional>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/error.hpp"
#include "storage/bytes.hpp"
#include "storage/file_size_limit.hpp"

namespace hammerscale::storage {
namespace {

using test::copy_of;
using test::random_bytes;

constexpr std::uint64_t kBlockBytes = 4 * kMiB;

BlockId id_of(std::uint64_t dataset, std::uint32_t partition) { return {DatasetId(dataset), partition}; }

class BlockManagerTest : public testing::Test {
 protected:
  static std::vector<std::byte> contents(const BlockId& id) {
    return random_bytes(kBlockBytes, id.dataset.value * 1000 + id.partition);
  }
  /// A block of one piece; takes kBlockBytes of the pool. None when the pool is full.
  std::optional<std::shared_ptr<const Block>> make_block(const BlockId& id) {
    auto buffer = pool_.try_allocate(kBlockBytes);
    if (!buffer) { return std::nullopt; }
    const auto bytes = contents(id);
    buffer->resize(bytes.size());
    std::copy(bytes.begin(), bytes.end(), buffer->data());
    BlockBuilder builder;
    builder.append(std::move(*buffer), 9);
    return builder.seal();
  }
  bool make_and_put(const BlockId& id, StorageLevel level) {
    const BlockManager::BuildScope scope(id.dataset, id.space);
    auto block = make_block(id);
    return block && manager_->put(id, std::move(*block), level);
  }
  void expect_contents(const BlockId& id) {
    const auto block = manager_->get(id);
    ASSERT_TRUE(block) << to_string(id);
    EXPECT_EQ((*block)->num_elements(), 9U);
    std::vector<std::byte> bytes;
    (*block)->for_each_piece([&](std::span<const std::byte> piece, std::uint64_t) {
      bytes.insert(bytes.end(), piece.begin(), piece.end());
      return true;
    });
    EXPECT_EQ(bytes, contents(id)) << to_string(id);
  }

  BufferPool pool_{BufferPoolOptions{.budget_bytes = 4 * kBlockBytes}};  // room for four blocks
  std::vector<BlockId> dropped_;
  std::optional<BlockManager> manager_{
      std::in_place, BlockManagerOptions{pool_, Scratch(), [this](const BlockId& id) { dropped_.push_back(id); }}};
};

TEST_F(BlockManagerTest, GivesBackWhatWasPut) {
  EXPECT_FALSE(manager_->get(id_of(1, 0)));
  EXPECT_TRUE(make_and_put(id_of(1, 0), StorageLevel::kMemoryOnly));
  EXPECT_TRUE(manager_->contains(id_of(1, 0)));
  EXPECT_FALSE(manager_->contains(id_of(1, 1)));
  EXPECT_FALSE(manager_->contains({DatasetId(1), 0, 1})) << "another space";
  expect_contents(id_of(1, 0));
}

TEST_F(BlockManagerTest, TheFirstWriterWins) {
  const auto first = make_block(id_of(1, 0));
  const auto second = make_block(id_of(1, 0));
  EXPECT_TRUE(manager_->put(id_of(1, 0), *first));
  EXPECT_FALSE(manager_->put(id_of(1, 0), *second));
  EXPECT_FALSE(manager_->put(id_of(1, 0), *second, StorageLevel::kDiskOnly));
  EXPECT_EQ(*manager_->get(id_of(1, 0)), *first);
}

TEST_F(BlockManagerTest, RemovesBlocksAndDatasetsButHoldersKeepTheirs) {
  for (std::uint32_t p = 0; p < 2; ++p) { ASSERT_TRUE(make_and_put(id_of(1, p), StorageLevel::kMemoryOnly)); }
  ASSERT_TRUE(make_and_put(id_of(2, 0), StorageLevel::kDiskOnly));
  auto held = manager_->get(id_of(1, 0));
  EXPECT_TRUE(manager_->remove(id_of(1, 1)));
  EXPECT_FALSE(manager_->remove(id_of(1, 1)));
  EXPECT_EQ(manager_->remove(DatasetId(1)), 1U);
  EXPECT_EQ(manager_->remove(DatasetId(1)), 0U);
  EXPECT_FALSE(manager_->contains(id_of(1, 0)));
  EXPECT_TRUE(manager_->contains(id_of(2, 0)));
  EXPECT_EQ(pool_.used_bytes(), kBlockBytes);
  held.reset();
  EXPECT_EQ(pool_.used_bytes(), 0U);
  EXPECT_TRUE(dropped_.empty()) << "a removed block is not a dropped one";
}

TEST_F(BlockManagerTest, UsedLongestAgoLeavesFirst) {
  for (std::uint32_t p = 0; p < 4; ++p) { ASSERT_TRUE(make_and_put(id_of(1, p), StorageLevel::kMemoryOnly)); }
  (void)manager_->get(id_of(1, 0));  // now 1 is the oldest, then 2, 3, 0
  auto execution = pool_.try_allocate(kBlockBytes);
  ASSERT_TRUE(execution);
  EXPECT_EQ(dropped_, (std::vector{id_of(1, 1)}));
  auto more = pool_.try_allocate(2 * kBlockBytes);
  ASSERT_TRUE(more);
  EXPECT_EQ(dropped_, (std::vector{id_of(1, 1), id_of(1, 2), id_of(1, 3)}));
  EXPECT_FALSE(manager_->contains(id_of(1, 2)));
  expect_contents(id_of(1, 0));
  EXPECT_EQ(manager_->statistics(DatasetId(1)).num_dropped, 3U);
}

TEST_F(BlockManagerTest, SpilledBlocksComeBackWithTheSameContents) {
  for (std::uint32_t p = 0; p < 10; ++p) { ASSERT_TRUE(make_and_put(id_of(1, p), StorageLevel::kMemoryAndDisk)); }
  const auto statistics = manager_->statistics(DatasetId(1));
  EXPECT_EQ(statistics.num_memory_blocks, 4U);
  EXPECT_EQ(statistics.num_disk_blocks, 6U);
  EXPECT_EQ(statistics.num_spilled, 6U);
  EXPECT_EQ(statistics.memory_bytes, 4 * kBlockBytes);
  EXPECT_GE(statistics.disk_bytes, 6 * kBlockBytes);
  // Four blocks fill the budget, so a block read from disk has no buffer to stream through until one of them leaves.
  for (int round = 0; round < 2; ++round) {
    for (std::uint32_t p = 0; p < 10; ++p) { expect_contents(id_of(1, p)); }
  }
  EXPECT_TRUE(dropped_.empty());
}

TEST_F(BlockManagerTest, ABlockIsLoadedBackWhenThereIsRoom) {
  for (std::uint32_t p = 0; p < 6; ++p) { ASSERT_TRUE(make_and_put(id_of(1, p), StorageLevel::kMemoryAndDisk)); }
  ASSERT_TRUE(manager_->remove(id_of(1, 5)));
  const auto block = manager_->get(id_of(1, 0));
  ASSERT_TRUE(block);
  EXPECT_TRUE((*block)->is_in_memory());
  const auto statistics = manager_->statistics(DatasetId(1));
  EXPECT_EQ(statistics.num_memory_blocks, 4U);
  EXPECT_EQ(statistics.num_disk_blocks, 2U) << "the copy on disk stays, so that it need not be written again";
}

TEST_F(BlockManagerTest, LoadingBackPushesOutOtherDatasetsButNotItsOwn) {
  for (std::uint32_t p = 0; p < 5; ++p) { ASSERT_TRUE(make_and_put(id_of(1, p), StorageLevel::kMemoryAndDisk)); }
  const auto streamed = manager_->get(id_of(1, 0));
  ASSERT_TRUE(streamed);
  EXPECT_FALSE((*streamed)->is_in_memory());

  ASSERT_TRUE(make_and_put(id_of(2, 0), StorageLevel::kMemoryOnly));  // pushes out 1/1
  for (std::uint32_t p = 2; p < 5; ++p) { (void)manager_->get(id_of(1, p)); }
  const auto loaded = manager_->get(id_of(1, 1));
  ASSERT_TRUE(loaded);
  EXPECT_TRUE((*loaded)->is_in_memory());
  EXPECT_EQ(dropped_, (std::vector{id_of(2, 0)}));
}

TEST_F(BlockManagerTest, ASecondEvictionWritesNothing) {
  for (std::uint32_t p = 0; p < 4; ++p) { ASSERT_TRUE(make_and_put(id_of(1, p), StorageLevel::kMemoryAndDisk)); }
  for (int round = 0; round < 3; ++round) {
    { const Buffer all = pool_.allocate(4 * kBlockBytes); }
    for (std::uint32_t p = 0; p < 4; ++p) { expect_contents(id_of(1, p)); }
  }
  EXPECT_EQ(manager_->statistics(DatasetId(1)).num_spilled, 4U);
}

TEST_F(BlockManagerTest, PinnedBlocksStay) {
  for (const auto level : {StorageLevel::kMemoryOnly, StorageLevel::kMemoryAndDisk}) {
    const auto dataset = static_cast<std::uint64_t>(level) + 1;
    std::vector<std::shared_ptr<const Block>> pins;
    for (std::uint32_t p = 0; p < 4; ++p) {
      ASSERT_TRUE(make_and_put(id_of(dataset, p), level));
      pins.push_back(*manager_->get(id_of(dataset, p)));
    }
    EXPECT_FALSE(pool_.try_allocate(kBlockBytes));
    EXPECT_THROW((void)pool_.allocate(kBlockBytes), ResourceError);
    pins[2].reset();
    EXPECT_TRUE(pool_.try_allocate(kBlockBytes));
    EXPECT_FALSE(pool_.try_allocate(2 * kBlockBytes));
    pins.clear();
    manager_->remove(DatasetId(dataset));
  }
  EXPECT_EQ(dropped_, (std::vector{id_of(1, 2)}));
}

TEST_F(BlockManagerTest, AMemoryOnlyDatasetDoesNotPushItselfOut) {
  std::uint32_t num_stored = 0;
  for (std::uint32_t p = 0; p < 8; ++p) { num_stored += make_and_put(id_of(1, p), StorageLevel::kMemoryOnly) ? 1 : 0; }
  EXPECT_EQ(num_stored, 4U);
  EXPECT_TRUE(dropped_.empty());
  EXPECT_TRUE(make_and_put(id_of(2, 0), StorageLevel::kMemoryOnly)) << "another dataset may";
  EXPECT_EQ(dropped_, (std::vector{id_of(1, 0)}));
}

TEST_F(BlockManagerTest, DiskOnlyBlocksLieOnDiskAtOnce) {
  for (std::uint32_t p = 0; p < 6; ++p) { ASSERT_TRUE(make_and_put(id_of(1, p), StorageLevel::kDiskOnly)); }
  EXPECT_EQ(pool_.used_bytes(), 0U);
  const auto statistics = manager_->statistics(DatasetId(1));
  EXPECT_EQ(statistics.num_memory_blocks, 0U);
  EXPECT_EQ(statistics.num_disk_blocks, 6U);
  for (std::uint32_t p = 0; p < 6; ++p) { expect_contents(id_of(1, p)); }
  EXPECT_EQ(manager_->statistics(DatasetId(1)).num_memory_blocks, 0U);
}

TEST_F(BlockManagerTest, StatisticsListEveryDatasetOfSpaceZero) {
  ASSERT_TRUE(make_and_put(id_of(7, 0), StorageLevel::kMemoryOnly));
  ASSERT_TRUE(make_and_put(id_of(3, 0), StorageLevel::kDiskOnly));
  ASSERT_TRUE(make_and_put({DatasetId(3), 0, 5}, StorageLevel::kMemoryOnly));
  const auto all = manager_->statistics();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].first, DatasetId(3));
  EXPECT_EQ(all[0].second.num_disk_blocks, 1U);
  EXPECT_EQ(all[0].second.num_memory_blocks, 0U);
  EXPECT_EQ(all[1].first, DatasetId(7));
  EXPECT_EQ(manager_->statistics(DatasetId(3), 5).num_memory_blocks, 1U);
  manager_->remove(DatasetId(7));
  EXPECT_EQ(manager_->statistics().size(), 1U);
}

TEST_F(BlockManagerTest, ViewsOfOtherMemoryAreNotWorthEvicting) {
  const auto outside = std::make_shared<const std::vector<std::byte>>(random_bytes(100, 1));
  BlockBuilder builder;
  builder.append_view(*outside, outside, 1);
  ASSERT_TRUE(manager_->put(id_of(1, 0), builder.seal(), StorageLevel::kMemoryOnly));
  EXPECT_EQ(manager_->evict(kMiB), 0U);
  EXPECT_TRUE(manager_->contains(id_of(1, 0)));
}

TEST_F(BlockManagerTest, WhenTheDiskIsFullBlocksStayInMemory) {
  for (std::uint32_t p = 0; p < 4; ++p) { ASSERT_TRUE(make_and_put(id_of(1, p), StorageLevel::kMemoryAndDisk)); }
  {
    const test::FileSizeLimit limit(kBlockBytes + kMiB);  // room for one block
    EXPECT_TRUE(pool_.try_allocate(kBlockBytes));
    EXPECT_FALSE(pool_.try_allocate(2 * kBlockBytes));
    const auto block = make_block(id_of(2, 0));
    ASSERT_TRUE(block);
    EXPECT_THROW(manager_->put(id_of(2, 0), *block, StorageLevel::kDiskOnly), ResourceError);
    EXPECT_FALSE(manager_->contains(id_of(2, 0)));
  }
  EXPECT_TRUE(pool_.try_allocate(2 * kBlockBytes)) << "tried again once there is room";
  for (std::uint32_t p = 0; p < 4; ++p) { expect_contents(id_of(1, p)); }
}

TEST_F(BlockManagerTest, ADamagedBlockIsReportedAndForgotten) {
  const auto file = std::make_shared<SpillFile>(Scratch());
  {
    const auto block = make_block(id_of(1, 0));
    ASSERT_TRUE(manager_->put(id_of(1, 0), (*block)->spill(file, pool_), StorageLevel::kMemoryAndDisk));
  }
  ASSERT_EQ(pwrite(file->native_handle(), "damage", 6, 100), 6);
  try {
    (void)manager_->get(id_of(1, 0));
    FAIL() << "the damage went unnoticed";
  } catch (const ResourceError& error) {
    EXPECT_EQ(error.code(), ErrorCode::kCorruptBlock);
  }
  EXPECT_FALSE(manager_->contains(id_of(1, 0)));
  EXPECT_EQ(pool_.used_bytes(), 0U);
}

TEST_F(BlockManagerTest, ThePoolForgetsADestroyedManager) {
  ASSERT_TRUE(make_and_put(id_of(1, 0), StorageLevel::kMemoryOnly));
  manager_.reset();
  EXPECT_EQ(pool_.used_bytes(), 0U);
  const Buffer all = pool_.allocate(4 * kBlockBytes);
  EXPECT_FALSE(pool_.try_allocate(1));
}

TEST(BlockManagerConcurrencyTest, ThreadsPutGetRemoveAndAllocateUnderPressure) {
  BufferPool pool(BufferPoolOptions{.budget_bytes = 8 * kMiB});
  std::atomic<std::uint64_t> num_dropped{0};
  BlockManager manager(BlockManagerOptions{pool, Scratch(), [&](const BlockId&) { ++num_dropped; }});
  std::atomic<std::uint64_t> num_wrong{0};
  std::atomic<std::uint64_t> num_hits{0};
  const auto work = [&](std::uint64_t seed) {
    std::mt19937_64 random(seed);
    for (int step = 0; step < 1500; ++step) {
      const BlockId id = id_of(1 + random() % 3, static_cast<std::uint32_t>(random() % 40));
      const auto mark = static_cast<std::byte>(id.dataset.value * 50 + id.partition);
      const auto level = static_cast<StorageLevel>(id.dataset.value - 1);
      switch (random() % 8) {
        case 0:
          manager.remove(id);
          break;
        case 1:
          (void)pool.try_allocate(kMiB);
          break;
        case 2:
        case 3: {
          const BlockManager::BuildScope scope(id.dataset);
          BlockBuilder builder;
          bool complete = true;
          for (int piece = 0; piece < 2 && complete; ++piece) {
            auto buffer = pool.try_allocate(200 * kKiB);
            complete = buffer.has_value();
            if (!complete) { break; }
            buffer->resize(200 * kKiB);
            std::fill(buffer->span().begin(), buffer->span().end(), mark);
            builder.append(std::move(*buffer), 1);
          }
          if (complete) { manager.put(id, builder.seal(), level); }
          break;
        }
        default:
          try {
            const auto block = manager.get(id);
            if (!block) { break; }
            std::uint64_t num_elements = 0;
            (*block)->for_each_piece([&](std::span<const std::byte> bytes, std::uint64_t n) {
              num_elements += n;
              if (bytes.size() != 200 * kKiB || bytes.front() != mark || bytes.back() != mark) { ++num_wrong; }
              return true;
            });
            if (num_elements != 2) { ++num_wrong; }
            ++num_hits;
          } catch (const ResourceError& error) {
            // Every other thread may pin its share just then; anything else is wrong.
            if (error.code() != ErrorCode::kOutOfMemory) { ++num_wrong; }
          }
      }
    }
  };
  std::vector<std::thread> threads;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) { threads.emplace_back(work, seed); }
  for (auto& thread : threads) { thread.join(); }
  EXPECT_EQ(num_wrong, 0U);
  EXPECT_GT(num_hits, 500U);
  EXPECT_GT(manager.statistics(DatasetId(2)).num_spilled, 0U);
  for (std::uint64_t dataset = 1; dataset <= 3; ++dataset) { manager.remove(DatasetId(dataset)); }
  EXPECT_EQ(pool.used_bytes(), 0U);
}

TEST(BlockManagerRefusalTest, WorksWhenThePoolRefusesAtRandom) {
  BufferPoolOptions options;
  options.budget_bytes = 64 * kMiB;
  options.refuse_at_random = true;
  BufferPool pool(std::move(options));
  BlockManager manager(BlockManagerOptions{pool, Scratch(), {}});
  for (std::uint32_t p = 0; p < 20; ++p) {
    Buffer buffer = pool.allocate(kMiB);
    buffer.resize(1000);
    std::fill(buffer.span().begin(), buffer.span().end(), static_cast<std::byte>(p));
    BlockBuilder builder;
    builder.append(std::move(buffer), 1);
    ASSERT_TRUE(manager.put(id_of(1, p), builder.seal()));
  }
  EXPECT_GT(manager.evict(64 * kMiB), 0U);
  int num_in_memory = 0;
  for (std::uint32_t p = 0; p < 20; ++p) {
    const auto block = manager.get(id_of(1, p));
    ASSERT_TRUE(block);
    num_in_memory += (*block)->is_in_memory() ? 1 : 0;
    (*block)->for_each_piece([&](std::span<const std::byte> bytes, std::uint64_t) {
      EXPECT_EQ(copy_of(bytes), std::vector<std::byte>(1000, static_cast<std::byte>(p)));
      return true;
    });
  }
  EXPECT_GT(num_in_memory, 0);
  EXPECT_LT(num_in_memory, 20);
}

}  // namespace
}  // namespace hammerscale::storage
