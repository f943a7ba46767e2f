#include "hammerscale/storage/spill_file.hpp"

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/error.hpp"
#include "storage/bytes.hpp"
#include "storage/file_size_limit.hpp"

namespace hammerscale::storage {
namespace {

using test::copy_of;
using test::random_bytes;
using test::repetitive_bytes;

class SpillFileTest : public testing::Test {
 protected:
  /// Changes one byte of the file.
  void flip(std::uint64_t offset) const {
    char byte = 0;
    ASSERT_EQ(pread(file_.native_handle(), &byte, 1, static_cast<off_t>(offset)), 1);
    byte = static_cast<char>(byte ^ 0x10);
    ASSERT_EQ(pwrite(file_.native_handle(), &byte, 1, static_cast<off_t>(offset)), 1);
  }

  /// Blocks of 512 bytes that the file takes on the disk.
  [[nodiscard]] std::int64_t disk_blocks() const {
    fsync(file_.native_handle());  // some file systems count blocks only when they write them
    struct stat status {};
    EXPECT_EQ(fstat(file_.native_handle(), &status), 0);
    return status.st_blocks;
  }

  Scratch scratch_;
  SpillFile file_{scratch_};
};

TEST_F(SpillFileTest, GivesBackWhatWasAppendedAtAwkwardSizes) {
  std::vector<std::pair<SpillExtent, std::vector<std::byte>>> written;
  std::uint64_t seed = 0;
  const std::size_t mebibyte = kMaxSpillFrameBytes;
  const std::vector<std::size_t> sizes = {0,        1,            15,          4096, 100001, mebibyte - 1,
                                          mebibyte, mebibyte + 1, 3 * mebibyte + 17};
  for (const std::size_t size : sizes) {
    for (auto& bytes : {random_bytes(size, ++seed), repetitive_bytes(size, ++seed)}) {
      const SpillExtent extent = file_.append(bytes);
      EXPECT_EQ(extent.raw_bytes, size);
      written.emplace_back(extent, bytes);
    }
  }
  for (const auto& [extent, bytes] : written) { EXPECT_EQ(file_.read_all(extent), bytes) << bytes.size(); }
}

TEST_F(SpillFileTest, CompressesWhatCompressesAndStoresTheRestRaw) {
  EXPECT_LT(file_.append(repetitive_bytes(500000, 1)).stored_bytes, 100000U);
  EXPECT_EQ(file_.append(random_bytes(500000, 1)).stored_bytes, 500016U);
}

TEST_F(SpillFileTest, FramesKeepTheBoundsOfAppends) {
  std::vector<SpillExtent> extents;
  for (const std::size_t size : {10, 70000, 3}) { extents.push_back(file_.append(random_bytes(size, size))); }
  for (const auto& extent : extents) {
    SpillReader reader = file_.reader(extent);
    const auto frame = reader.next();
    ASSERT_TRUE(frame);
    EXPECT_EQ(copy_of(*frame), random_bytes(extent.raw_bytes, extent.raw_bytes));
    EXPECT_FALSE(reader.next());
    EXPECT_FALSE(reader.next());
  }
}

TEST_F(SpillFileTest, LongAppendsAreCutAtEveryMebibyte) {
  const auto bytes = repetitive_bytes(2 * kMaxSpillFrameBytes + 5, 3);
  SpillReader reader = file_.reader(file_.append(bytes));
  EXPECT_EQ(reader.next_frame_bytes(), kMaxSpillFrameBytes);
  EXPECT_EQ(reader.next()->size(), kMaxSpillFrameBytes);
  EXPECT_EQ(reader.next()->size(), kMaxSpillFrameBytes);
  EXPECT_EQ(reader.next_frame_bytes(), 5U);
  std::byte tail[5];
  EXPECT_EQ(reader.next_into(tail), 5U);
  EXPECT_EQ(copy_of(tail), copy_of(std::span(bytes).last(5)));
  EXPECT_FALSE(reader.next_into(tail));
}

TEST_F(SpillFileTest, AReaderOutlivesTheFile) {
  std::optional<SpillFile> file(std::in_place, scratch_);
  const auto bytes = random_bytes(5000, 8);
  SpillReader reader = file->reader(file->append(bytes));
  file.reset();
  EXPECT_EQ(copy_of(*reader.next()), bytes);
}

TEST_F(SpillFileTest, ADamagedByteAnywhereIsFound) {
  for (const auto& bytes : {random_bytes(3000, 1), repetitive_bytes(3000, 2)}) {
    const SpillExtent extent = file_.append(bytes);
    for (std::uint64_t i = 0; i < extent.stored_bytes; i += i < 20 ? 1 : 13) {
      flip(extent.offset + i);
      try {
        (void)file_.read_all(extent);
        ADD_FAILURE() << "byte " << i << " was changed and nobody noticed";
      } catch (const ResourceError& error) {
        EXPECT_EQ(error.code(), ErrorCode::kCorruptBlock);
        EXPECT_TRUE(error.retryable());
        EXPECT_EQ(error.info().fields[1], (ErrorField{"offset", std::to_string(extent.offset)}));
      }
      flip(extent.offset + i);
    }
    EXPECT_EQ(file_.read_all(extent), bytes);
  }
}

TEST_F(SpillFileTest, AFrameAtTheWrongPlaceIsFound) {
  const auto bytes = random_bytes(1000, 4);
  const SpillExtent first = file_.append(bytes);
  const SpillExtent second = file_.append(bytes);
  std::vector<char> frame(first.stored_bytes);
  ASSERT_EQ(pread(file_.native_handle(), frame.data(), frame.size(), static_cast<off_t>(first.offset)),
            static_cast<ssize_t>(frame.size()));
  ASSERT_EQ(pwrite(file_.native_handle(), frame.data(), frame.size(), static_cast<off_t>(second.offset)),
            static_cast<ssize_t>(frame.size()));
  EXPECT_THROW((void)file_.read_all(second), ResourceError);
}

TEST_F(SpillFileTest, ATruncatedFileIsFound) {
  const SpillExtent extent = file_.append(random_bytes(3 * kMaxSpillFrameBytes, 4));
  ASSERT_EQ(ftruncate(file_.native_handle(), static_cast<off_t>(extent.offset + extent.stored_bytes - 1)), 0);
  SpillReader reader = file_.reader(extent);
  EXPECT_TRUE(reader.next());
  EXPECT_TRUE(reader.next());
  EXPECT_THROW((void)reader.next(), ResourceError);
}

TEST_F(SpillFileTest, AnExtentThatWasNeverWrittenIsFound) {
  const SpillExtent extent = file_.append(random_bytes(1000, 4));
  for (const SpillExtent& wrong :
       {SpillExtent{extent.offset, extent.stored_bytes, extent.raw_bytes + 1},
        SpillExtent{extent.offset, extent.stored_bytes - 1, extent.raw_bytes},
        SpillExtent{extent.offset + 1, extent.stored_bytes, extent.raw_bytes}, SpillExtent{extent.offset, 10, 5},
        SpillExtent{1 << 20, 100, 80}}) {
    EXPECT_THROW((void)file_.read_all(wrong), ResourceError);
  }
}

TEST_F(SpillFileTest, AFailedAppendLeavesNothingOnTheDisk) {
  {
    const test::FileSizeLimit limit(4 * kMiB);
    EXPECT_THROW((void)file_.append(random_bytes(8 * kMiB, 1)), ResourceError);
  }
  EXPECT_EQ(file_.stored_bytes(), 0U);
  EXPECT_LT(disk_blocks(), 64);
}

TEST_F(SpillFileTest, ReleasedExtentsGiveTheirDiskSpaceBack) {
  const SpillExtent big = file_.append(random_bytes(4 * kMiB, 1));
  const auto kept_bytes = random_bytes(1000, 2);
  const SpillExtent kept = file_.append(kept_bytes);
  EXPECT_EQ(file_.stored_bytes(), big.stored_bytes + kept.stored_bytes);
  const auto before = disk_blocks();
  file_.release(big);
  EXPECT_EQ(file_.stored_bytes(), kept.stored_bytes);
  EXPECT_LT(disk_blocks(), before / 4);
  EXPECT_EQ(file_.read_all(kept), kept_bytes);
}

TEST_F(SpillFileTest, AFullDiskIsAnErrorThatNamesThePathAndBytes) {
  const auto first_bytes = random_bytes(100000, 1);
  const SpillExtent first = file_.append(first_bytes);
  {
    const test::FileSizeLimit limit(200000);
    try {
      (void)file_.append(random_bytes(150000, 2));
      FAIL() << "the limit did not hold";
    } catch (const ResourceError& error) {
      EXPECT_EQ(error.code(), ErrorCode::kDiskFull);
      ASSERT_GE(error.info().fields.size(), 2U);
      EXPECT_EQ(error.info().fields[0].first, "path");
      EXPECT_NE(error.info().fields[0].second.find(scratch_.path()), std::string::npos);
      EXPECT_EQ(error.info().fields[1].first, "bytes");
    }
  }
  EXPECT_EQ(file_.read_all(first), first_bytes);
  const auto later = random_bytes(100, 3);
  EXPECT_EQ(file_.read_all(file_.append(later)), later);
  EXPECT_EQ(file_.stored_bytes(), first.stored_bytes + 116);
}

TEST_F(SpillFileTest, ThreadsAppendAndReadAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> num_wrong{0};
  for (std::uint64_t thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      std::vector<SpillExtent> extents;
      for (std::uint64_t i = 0; i < 60; ++i) {
        const std::size_t size = (i * 7919 * (thread + 1)) % 150000;
        extents.push_back(file_.append(i % 2 == 0 ? random_bytes(size, thread * 1000 + i)
                                                  : repetitive_bytes(size, thread * 1000 + i)));
        const std::uint64_t back = i / 2;
        const auto expected = back % 2 == 0 ? random_bytes(extents[back].raw_bytes, thread * 1000 + back)
                                            : repetitive_bytes(extents[back].raw_bytes, thread * 1000 + back);
        if (file_.read_all(extents[back]) != expected) { ++num_wrong; }
      }
    });
  }
  for (auto& thread : threads) { thread.join(); }
  EXPECT_EQ(num_wrong, 0);
}

}  // namespace
}  // namespace hammerscale::storage
