#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "hammerscale/serde/serde.hpp"
#include "hammerscale/storage/buffer.hpp"
#include "hammerscale/storage/buffer_pool.hpp"
#include "hammerscale/storage/spill_file.hpp"

namespace hammerscale::shuffle {

/// Encoded elements in the order they came, written to the spill file a frame at a time. What operators put aside when
/// their memory is full. Its disk space is freed when it ends. One thread at a time.
class SpillRun {
 public:
  struct Frame {
    storage::SpillExtent extent;
    std::uint64_t num_elements = 0;
  };

  /// @param frame_bytes  memory it holds while it is written; a frame of 64 KiB keeps reading efficient.
  SpillRun(storage::BufferPool pool, storage::SpillFile& file, std::size_t frame_bytes)
      : pool_(std::move(pool)), file_(&file), frame_bytes_(frame_bytes) {}
  SpillRun(SpillRun&&) noexcept = default;
  SpillRun& operator=(SpillRun&&) = delete;
  ~SpillRun() { release(); }

  template <typename T>
  void append(const T& element) {
    const std::size_t num_bytes = Serde<T>::size(element);
    if (buffer_.capacity() - buffer_.size() < num_bytes) [[unlikely]] { make_room(num_bytes); }
    Serde<T>::write(buffer_.data() + buffer_.size(), element);
    buffer_.resize(buffer_.size() + num_bytes);
    ++num_elements_;
  }

  /// Writes what is in memory and gives the memory back.
  void flush();

  [[nodiscard]] const std::vector<Frame>& frames() const noexcept { return frames_; }
  [[nodiscard]] std::uint64_t total_elements() const noexcept { return total_elements_; }
  /// Encoded bytes written.
  [[nodiscard]] std::uint64_t num_bytes() const noexcept { return num_bytes_; }
  [[nodiscard]] const storage::SpillFile& file() const noexcept { return *file_; }
  [[nodiscard]] const storage::BufferPool& pool() const noexcept { return pool_; }
  /// Frees the disk space; the run is empty afterwards.
  void release() noexcept;

 private:
  void make_room(std::size_t num_bytes);
  void write_frame();

  storage::BufferPool pool_;
  storage::SpillFile* file_;
  std::size_t frame_bytes_;
  storage::Buffer buffer_;
  std::uint64_t num_elements_ = 0;
  std::vector<Frame> frames_;
  std::uint64_t total_elements_ = 0;
  std::uint64_t num_bytes_ = 0;
};

/// Reads the frames of a run one after the other through one buffer of the run's pool.
class SpillRunReader {
 public:
  explicit SpillRunReader(const SpillRun& run) : run_(&run) {}
  /// Bytes of the next frame, which the caller may change, and how many elements it holds; none at the end. Valid until
  /// the next call.
  /// @throws ResourceError kOutOfMemory   the budget has no room for one frame.
  /// @throws ResourceError kCorruptBlock, kInput  as SpillFile::read_into.
  std::optional<std::pair<std::span<std::byte>, std::uint64_t>> next();

 private:
  const SpillRun* run_;
  std::size_t next_frame_ = 0;
  storage::Buffer buffer_;
};

}  // namespace hammerscale::shuffle
