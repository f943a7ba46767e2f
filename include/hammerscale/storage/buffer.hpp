#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "hammerscale/base/check.hpp"
#include "hammerscale/storage/region.hpp"

namespace hammerscale::storage {

class PoolState;

/// One frame of a BufferPool; goes back to the pool when destroyed, on whatever thread that happens.
///
/// Invariant: size() <= capacity(). A new buffer has size() 0 and arbitrary contents, because frames are reused.
/// The memory stays valid when the pool handle is gone; it ends with the last buffer.
/// One thread at a time may change a buffer; any number may read it.
class Buffer {
 public:
  /// A buffer without memory: capacity() is 0.
  Buffer() = default;
  Buffer(Buffer&& other) noexcept;
  Buffer& operator=(Buffer&& other) noexcept;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer();

  /// Aligned to 4096 bytes at least; to 2 MiB from 2 MiB of capacity on, in the private region.
  [[nodiscard]] std::byte* data() noexcept { return data_; }
  [[nodiscard]] const std::byte* data() const noexcept { return data_; }
  /// Bytes in use, as set by resize.
  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
  /// Sets the number of bytes in use; writes nothing. InternalError when num_bytes exceeds capacity().
  void resize(std::size_t num_bytes) {
    HS_CHECK(num_bytes <= capacity_);
    size_ = num_bytes;
  }

  /// The size() bytes in use.
  [[nodiscard]] std::span<std::byte> span() noexcept { return {data_, size_}; }
  [[nodiscard]] std::span<const std::byte> span() const noexcept { return {data_, size_}; }
  /// All capacity() bytes, for a writer that calls resize afterwards.
  [[nodiscard]] std::span<std::byte> whole() noexcept { return {data_, capacity_}; }

  /// The region it truly lies in; a request for kShared is met from kPrivate where there is no arena or it is full.
  [[nodiscard]] Region region() const noexcept { return region_; }
  /// Distance of data() from the start of the shared arena; none in the private region.
  [[nodiscard]] std::optional<std::uint64_t> shared_offset() const noexcept;

 private:
  friend class PoolState;

  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  std::shared_ptr<PoolState> pool_;
  Region region_ = Region::kPrivate;
};

}  // namespace hammerscale::storage
