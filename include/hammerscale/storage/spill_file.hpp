#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hammerscale/storage/file_descriptor.hpp"
#include "hammerscale/storage/scratch.hpp"

namespace hammerscale::storage {

/// Most raw bytes in one frame of a spill file.
inline constexpr std::size_t kMaxSpillFrameBytes = std::size_t{1} << 20;

/// Where one append lies in its spill file.
struct SpillExtent {
  std::uint64_t offset = 0;        ///< From the start of the file.
  std::uint64_t stored_bytes = 0;  ///< On disk, with frame headers.
  std::uint64_t raw_bytes = 0;     ///< As appended.
  friend bool operator==(const SpillExtent&, const SpillExtent&) = default;
};

/// Reads one extent from its first frame to its last. It keeps the file open, also when the SpillFile is gone. One
/// thread at a time; readers of one file are independent. Holds the raw bytes of one frame, on the heap, once next()
/// was called.
class SpillReader {
 public:
  /// Raw bytes of the next frame; empty at the end. Reads 16 bytes at the most.
  /// @throws ResourceError kCorruptBlock  retryable; the frame's header is impossible; fields: path, offset.
  [[nodiscard]] std::optional<std::size_t> next_frame_bytes();

  /// The next frame; none at the end. The span is valid until the next call.
  /// @throws ResourceError kCorruptBlock  retryable; the frame does not match its checksum, or the file ends inside it;
  ///                                      fields: path, offset of the frame.
  /// @throws ResourceError kInput         retryable; the system cannot read.
  [[nodiscard]] std::optional<std::span<const std::byte>> next();

  /// As next(), into the front of `out`, which must hold next_frame_bytes(); returns the bytes written there.
  [[nodiscard]] std::optional<std::size_t> next_into(std::span<std::byte> out);

 private:
  friend class SpillFile;
  struct File {
    FileDescriptor descriptor;
    std::string path;
  };
  struct FrameHeader {
    std::uint32_t stored_bytes = 0;
    std::uint32_t raw_bytes = 0;
    std::uint64_t checksum = 0;
  };

  SpillReader(std::shared_ptr<const File> file, const SpillExtent& extent);
  [[noreturn]] void fail_corrupt(const char* reason) const;
  void read_at(std::uint64_t offset, std::span<std::byte> out) const;

  std::shared_ptr<const File> file_;
  std::uint64_t offset_ = 0;  ///< Of the next frame.
  std::uint64_t end_ = 0;
  std::uint64_t raw_left_ = 0;
  std::optional<FrameHeader> header_;  ///< Of the next frame, once read.
  std::vector<std::byte> frame_;
};

/// An append-only file without a name for data that does not fit in memory. Any thread may call any method.
///
/// Layout: frames of 16 bytes of header (stored bytes, raw bytes, xxh3-64 checksum) and the stored bytes, which are LZ4
/// or, when that does not shrink them, the raw bytes. Spill files never leave the node, so numbers are in its byte
/// order. An append of at most 1 MiB is one frame; a longer one is cut every 1 MiB. Example, appends of 3 bytes and of
/// 1.5 MiB: [16 + 3] [16 + <= 1 MiB] [16 + <= 0.5 MiB].
class SpillFile {
 public:
  /// @throws ResourceError kDiskFull, kOutput  as Scratch::open_unnamed.
  explicit SpillFile(const Scratch& scratch);
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;

  /// Compresses and writes on the calling thread; threads do not wait for each other.
  /// @throws ResourceError kDiskFull  retryable; fields: path, bytes. A file size limit (RLIMIT_FSIZE) counts as full
  ///                                  where SIGXFSZ is ignored.
  /// @throws ResourceError kOutput    retryable; the system cannot write.
  SpillExtent append(std::span<const std::byte> bytes);

  [[nodiscard]] SpillReader reader(const SpillExtent& extent) const;
  /// The whole extent at once. @throws as SpillReader::next.
  [[nodiscard]] std::vector<std::byte> read_all(const SpillExtent& extent) const;
  /// As read_all, into `out`, whose size is extent.raw_bytes.
  void read_into(const SpillExtent& extent, std::span<std::byte> out) const;

  /// Frees the disk space of an extent that nobody reads again, where the file system can punch holes.
  void release(const SpillExtent& extent) noexcept;

  /// Stored bytes of all extents that were not released.
  [[nodiscard]] std::uint64_t stored_bytes() const noexcept { return stored_bytes_.load(std::memory_order_relaxed); }
  /// For tests that damage the file.
  [[nodiscard]] int native_handle() const noexcept { return file_->descriptor.get(); }

 private:
  void write_at(std::uint64_t offset, std::span<const std::byte> bytes);
  /// Writes frames one behind the other from offset on; returns their stored bytes.
  std::uint64_t write_frames(std::uint64_t offset, std::span<const std::byte> bytes);
  void punch_hole(std::uint64_t offset, std::uint64_t num_bytes) noexcept;

  std::shared_ptr<const SpillReader::File> file_;
  std::atomic<std::uint64_t> end_{0};
  std::atomic<std::uint64_t> stored_bytes_{0};
};

}  // namespace hammerscale::storage
