#include <cstring>
#include <vector>

#include <gtest/gtest.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/error.hpp"
#include "hammerscale/storage/buffer_pool.hpp"
#include "hammerscale/storage/file_descriptor.hpp"

namespace hammerscale::storage {
namespace {

/// A sparse memfd, mapped twice as two processes would.
class Arena {
 public:
  explicit Arena(std::uint64_t num_bytes) : num_bytes_(num_bytes), file_(memfd_create("arena", MFD_CLOEXEC)) {
    EXPECT_EQ(ftruncate(file_.get(), static_cast<off_t>(num_bytes)), 0);
    writer_ = map(PROT_READ | PROT_WRITE);
    reader_ = map(PROT_READ);
  }
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() {
    munmap(writer_, num_bytes_);
    munmap(reader_, num_bytes_);
  }
  [[nodiscard]] std::byte* writer() const { return writer_; }
  [[nodiscard]] const std::byte* reader() const { return reader_; }
  [[nodiscard]] std::uint64_t num_bytes() const { return num_bytes_; }
  [[nodiscard]] int descriptor() const { return file_.get(); }
  [[nodiscard]] std::uint64_t resident_bytes() const {
    struct stat status {};
    EXPECT_EQ(fstat(file_.get(), &status), 0);
    return static_cast<std::uint64_t>(status.st_blocks) * 512;
  }

 private:
  std::byte* map(int access) const {
    return static_cast<std::byte*>(mmap(nullptr, num_bytes_, access, MAP_SHARED | MAP_NORESERVE, file_.get(), 0));
  }

  std::uint64_t num_bytes_;
  FileDescriptor file_;
  std::byte* writer_ = nullptr;
  std::byte* reader_ = nullptr;
};

constexpr std::uint64_t kBudget = 64 * kMiB;

BufferPoolOptions options_on(const Arena& arena) {
  BufferPoolOptions options;
  options.budget_bytes = kBudget;
  options.shared_base = arena.writer();
  options.shared_bytes = arena.num_bytes();
  return options;
}

TEST(SharedRegionTest, AnotherMappingReadsTheBufferInPlace) {
  const Arena arena(BufferPool::shared_bytes_wanted(kBudget));
  BufferPool pool(options_on(arena));
  for (const std::size_t size : {16 * kKiB, kMiB, 32 * kMiB}) {
    Buffer buffer = pool.allocate(size, Region::kShared);
    ASSERT_EQ(buffer.region(), Region::kShared);
    ASSERT_TRUE(buffer.shared_offset());
    std::memset(buffer.data(), 42, size);
    const std::byte* seen = arena.reader() + *buffer.shared_offset();
    EXPECT_EQ(seen[0], std::byte{42});
    EXPECT_EQ(seen[size - 1], std::byte{42});
  }
}

TEST(SharedRegionTest, BothRegionsShareOneBudget) {
  const Arena arena(BufferPool::shared_bytes_wanted(kBudget));
  BufferPool pool(options_on(arena));
  Buffer shared = pool.allocate(32 * kMiB, Region::kShared);
  Buffer own = pool.allocate(32 * kMiB);
  EXPECT_FALSE(pool.try_allocate(1, Region::kShared));
  EXPECT_FALSE(pool.try_allocate(1, Region::kPrivate));
}

TEST(SharedRegionTest, FreedPagesGoBackThroughTheCallback) {
  const Arena arena(BufferPool::shared_bytes_wanted(kBudget));
  auto options = options_on(arena);
  std::uint64_t released_bytes = 0;
  options.release_shared = [&](std::uint64_t offset, std::uint64_t length) {
    released_bytes += length;
    EXPECT_EQ(fallocate(arena.descriptor(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(offset),
                        static_cast<off_t>(length)),
              0);
  };
  BufferPool pool(std::move(options));
  {
    Buffer buffer = pool.allocate(64 * kMiB, Region::kShared);
    std::memset(buffer.data(), 1, buffer.capacity());
  }
  EXPECT_EQ(arena.resident_bytes(), 64 * kMiB);
  Buffer own = pool.allocate(64 * kMiB);
  EXPECT_EQ(released_bytes, 64 * kMiB);
  EXPECT_EQ(arena.resident_bytes(), 0U);
}

TEST(SharedRegionTest, WithoutACallbackThePagesAreRemoved) {
  const Arena arena(BufferPool::shared_bytes_wanted(kBudget));
  {
    BufferPool pool(options_on(arena));
    for (const std::size_t size : {16 * kKiB, 256 * kKiB, 4 * kMiB, 64 * kMiB}) {
      std::vector<Buffer> buffers;
      while (auto buffer = pool.try_allocate(size, Region::kShared)) {
        std::memset(buffer->data(), 1, buffer->capacity());
        EXPECT_EQ(buffer->region(), Region::kShared);
        buffers.push_back(std::move(*buffer));
      }
      EXPECT_EQ(arena.resident_bytes(), kBudget);
    }
  }
  EXPECT_EQ(arena.resident_bytes(), 0U) << "the end of the pool gives the arena back clean";
}

TEST(SharedRegionTest, FallsBackToPrivateWithoutAnArena) {
  BufferPool pool(BufferPoolOptions{.budget_bytes = kBudget});
  const Buffer buffer = pool.allocate(kMiB, Region::kShared);
  EXPECT_EQ(buffer.region(), Region::kPrivate);
  EXPECT_FALSE(buffer.shared_offset());
}

TEST(SharedRegionTest, FallsBackToPrivateWhenTheArenaIsFull) {
  const Arena arena(kBudget);  // far below what is wanted: each size of frame has a small range
  BufferPool pool(options_on(arena));
  std::uint64_t num_shared = 0;
  std::uint64_t num_private = 0;
  std::vector<Buffer> buffers;
  while (auto buffer = pool.try_allocate(kMiB, Region::kShared)) {
    (buffer->region() == Region::kShared ? num_shared : num_private) += 1;
    std::memset(buffer->data(), 1, buffer->capacity());
    buffers.push_back(std::move(*buffer));
  }
  EXPECT_GT(num_shared, 0U);
  EXPECT_GT(num_private, 0U);
  EXPECT_EQ(num_shared + num_private, 64U);
}

TEST(SharedRegionTest, RefusesAnArenaThatStartsInsideAPage) {
  const Arena arena(kBudget);
  auto options = options_on(arena);
  options.shared_base += 1;
  EXPECT_THROW(BufferPool{std::move(options)}, UserError);
}

}  // namespace
}  // namespace hammerscale::storage
