#include "sql/vector/vector_memory.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "hammerscale/base/error.hpp"
#include "sql/vector/test_memory.hpp"

namespace hammerscale::sql {
namespace {

TEST(VectorMemoryTest, SmallBlocksCountAgainstTheBudgetAndComeBack) {
  const VectorMemory memory = make_test_memory(std::uint64_t{4} << 20);
  {
    std::vector<std::shared_ptr<std::byte[]>> blocks;
    while (auto block = memory.try_allocate(16 << 10)) {
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block.get()) % 64, 0U);
      blocks.push_back(std::move(block));
    }
    EXPECT_GE(blocks.size(), 3U * 64);
    EXPECT_LE(blocks.size(), 4U * 64);
    EXPECT_THROW((void)memory.allocate(16 << 10), ResourceError);
  }
  EXPECT_LE(memory.pool().used_bytes(), std::uint64_t{3} << 20);
  EXPECT_NE(memory.try_allocate(1 << 20), nullptr);
}

TEST(VectorMemoryTest, BudgetIsFreeOnceTheHandleIsGone) {
  const storage::BufferPool pool({.budget_bytes = std::uint64_t{8} << 20});
  {
    const VectorMemory memory(pool);
    const auto small = memory.allocate(100);
    const auto large = memory.allocate(100 << 10);
    EXPECT_GE(pool.used_bytes(), std::uint64_t{100} << 10);
  }
  EXPECT_EQ(pool.used_bytes(), 0U);
}

TEST(StringHeapTest, KeepsStringsInPlace) {
  StringHeap heap(make_test_memory());
  std::vector<StringView> views;
  for (int i = 0; i < 20000; ++i) { views.push_back(heap.add("a string of some length, number " + std::to_string(i))); }
  for (int i = 0; i < 20000; ++i) {
    EXPECT_EQ(views[static_cast<std::size_t>(i)].view(), "a string of some length, number " + std::to_string(i));
  }
  char* room = heap.reserve(40);
  std::memcpy(room, "short", 5);
  EXPECT_EQ(heap.commit(5).view(), "short");
  const std::size_t before = heap.num_bytes();
  heap.clear();
  EXPECT_LT(heap.num_bytes(), before);
  EXPECT_EQ(heap.add("once more a long string").view(), "once more a long string");
}

}  // namespace
}  // namespace hammerscale::sql
