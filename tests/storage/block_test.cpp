#include "hammerscale/storage/block.hpp"

#include <cstring>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/error.hpp"
#include "storage/bytes.hpp"

namespace hammerscale::storage {
namespace {

using test::copy_of;
using test::random_bytes;

using Pieces = std::vector<std::pair<std::vector<std::byte>, std::uint64_t>>;

Pieces pieces_of(const Block& block) {
  Pieces pieces;
  block.for_each_piece([&](std::span<const std::byte> bytes, std::uint64_t num_elements) {
    pieces.emplace_back(copy_of(bytes), num_elements);
    return true;
  });
  return pieces;
}

class BlockTest : public testing::Test {
 protected:
  Buffer buffer_of(const std::vector<std::byte>& bytes) {
    Buffer buffer = pool_.allocate(bytes.size());
    buffer.resize(bytes.size());
    std::copy(bytes.begin(), bytes.end(), buffer.data());
    return buffer;
  }
  /// Two buffers, an empty one and a view, with 3, 5, 0 and 7 elements.
  std::shared_ptr<const Block> mixed_block() {
    BlockBuilder builder;
    builder.append(buffer_of(random_bytes(1000, 1)), 3);
    builder.append(buffer_of(random_bytes(3 * kMiB + 1, 2)), 5);
    builder.append(buffer_of({}), 0);
    const auto outside = std::make_shared<const std::vector<std::byte>>(random_bytes(777, 3));
    builder.append_view(*outside, outside, 7);
    return builder.seal();
  }
  static Pieces mixed_pieces() {
    return {{random_bytes(1000, 1), 3}, {random_bytes(3 * kMiB + 1, 2), 5}, {{}, 0}, {random_bytes(777, 3), 7}};
  }

  BufferPool pool_{BufferPoolOptions{.budget_bytes = 64 * kMiB}};
  std::shared_ptr<SpillFile> file_ = std::make_shared<SpillFile>(Scratch());
};

TEST_F(BlockTest, ShowsItsPiecesAndSums) {
  const auto block = mixed_block();
  EXPECT_TRUE(block->is_in_memory());
  EXPECT_EQ(block->num_pieces(), 4U);
  EXPECT_EQ(block->num_elements(), 15U);
  EXPECT_EQ(block->num_bytes(), 1000 + 3 * kMiB + 1 + 777);
  EXPECT_EQ(block->pool_bytes(), 16 * kKiB + 4 * kMiB + 16 * kKiB);
  EXPECT_EQ(block->disk_bytes(), 0U);
  EXPECT_EQ(pieces_of(*block), mixed_pieces());
}

TEST_F(BlockTest, AnEmptyBlockIsABlock) {
  BlockBuilder builder;
  const auto block = builder.seal();
  EXPECT_EQ(block->num_elements(), 0U);
  EXPECT_TRUE(pieces_of(*block).empty());
  const auto spilled = block->spill(file_, pool_);
  EXPECT_TRUE(pieces_of(*spilled).empty());
  ASSERT_TRUE(spilled->load(pool_));
}

TEST_F(BlockTest, ABuilderStartsAfreshAfterSealing) {
  BlockBuilder builder;
  builder.append(buffer_of(random_bytes(10, 1)), 2);
  EXPECT_EQ(builder.num_elements(), 2U);
  EXPECT_EQ(builder.num_bytes(), 10U);
  const auto first = builder.seal();
  EXPECT_EQ(builder.num_elements(), 0U);
  EXPECT_EQ(builder.seal()->num_pieces(), 0U);
  EXPECT_EQ(first->num_pieces(), 1U);
}

TEST_F(BlockTest, ForEachPieceStopsWhenTold) {
  const auto block = mixed_block();
  int num_visits = 0;
  block->for_each_piece([&](std::span<const std::byte>, std::uint64_t) { return ++num_visits < 2; });
  EXPECT_EQ(num_visits, 2);
}

TEST_F(BlockTest, ASpilledBlockReadsAlikeAndHoldsNoMemory) {
  auto block = mixed_block();
  const auto spilled = block->spill(file_, pool_);
  block.reset();
  EXPECT_EQ(pool_.used_bytes(), 0U);
  EXPECT_FALSE(spilled->is_in_memory());
  EXPECT_EQ(spilled->num_elements(), 15U);
  EXPECT_EQ(spilled->pool_bytes(), 0U);
  EXPECT_GT(spilled->disk_bytes(), 3 * kMiB);
  EXPECT_EQ(pieces_of(*spilled), mixed_pieces());
  EXPECT_EQ(pool_.used_bytes(), 0U);
}

TEST_F(BlockTest, ALoadedBlockHasTheSamePieces) {
  const auto spilled = mixed_block()->spill(file_, pool_);
  const auto loaded = spilled->load(pool_);
  ASSERT_TRUE(loaded);
  EXPECT_TRUE((*loaded)->is_in_memory());
  EXPECT_EQ((*loaded)->num_elements(), 15U);
  EXPECT_EQ(pieces_of(**loaded), mixed_pieces());
}

TEST_F(BlockTest, LoadingGivesUpCleanlyWhenMemoryIsShort) {
  const auto spilled = mixed_block()->spill(file_, pool_);
  const Buffer hog = pool_.allocate(32 * kMiB);
  const Buffer second_hog = pool_.allocate(16 * kMiB);
  const Buffer third_hog = pool_.allocate(8 * kMiB);
  const Buffer fourth_hog = pool_.allocate(4 * kMiB);
  const auto used_before = pool_.used_bytes();
  EXPECT_FALSE(spilled->load(pool_));
  EXPECT_EQ(pool_.used_bytes(), used_before);
}

TEST_F(BlockTest, AReaderKeepsTheBlockAlive) {
  for (const bool on_disk : {false, true}) {
    auto block = mixed_block();
    if (on_disk) { block = block->spill(file_, pool_); }
    BlockReader reader = block->reader();
    block.reset();
    Pieces pieces;
    while (const auto piece = reader.next()) { pieces.emplace_back(copy_of(piece->bytes), piece->num_elements); }
    EXPECT_EQ(pieces, mixed_pieces());
    EXPECT_FALSE(reader.next());
  }
}

TEST_F(BlockTest, AViewKeepsItsOwnerAlive) {
  auto outside = std::make_shared<const std::vector<std::byte>>(random_bytes(100, 3));
  const std::weak_ptr<const std::vector<std::byte>> watch = outside;
  BlockBuilder builder;
  builder.append_view(*outside, outside, 1);
  auto block = builder.seal();
  outside.reset();
  EXPECT_FALSE(watch.expired());
  EXPECT_EQ(pieces_of(*block), (Pieces{{random_bytes(100, 3), 1}}));
  block.reset();
  EXPECT_TRUE(watch.expired());
}

TEST_F(BlockTest, TheEndOfASpilledBlockFreesItsDiskSpace) {
  auto spilled = mixed_block()->spill(file_, pool_);
  EXPECT_EQ(file_->stored_bytes(), spilled->disk_bytes());
  spilled.reset();
  EXPECT_EQ(file_->stored_bytes(), 0U);
}

TEST_F(BlockTest, StreamingABlockThatFitsNotEvenPieceByPieceIsAnError) {
  const auto spilled = mixed_block()->spill(file_, pool_);
  BufferPool tiny(BufferPoolOptions{.budget_bytes = kMiB});
  BlockBuilder builder;
  builder.append(buffer_of(random_bytes(2 * kMiB, 1)), 1);
  const auto streamed = builder.seal()->spill(file_, tiny);
  EXPECT_THROW(pieces_of(*streamed), ResourceError);
}

}  // namespace
}  // namespace hammerscale::storage
