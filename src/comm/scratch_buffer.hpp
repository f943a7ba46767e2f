#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>

namespace hammerscale::comm {

/// Uninitialised memory, aligned to cache lines, in which collectives keep what has arrived.
class ScratchBuffer {
 public:
  explicit ScratchBuffer(std::size_t num_bytes)
      : data_(static_cast<std::byte*>(::operator new(num_bytes, kAlignment))), num_bytes_(num_bytes) {}

  [[nodiscard]] std::span<std::byte> bytes() const noexcept { return {data_.get(), num_bytes_}; }

 private:
  static constexpr std::align_val_t kAlignment{64};
  struct Release {
    void operator()(std::byte* data) const noexcept { ::operator delete(data, kAlignment); }
  };
  std::unique_ptr<std::byte, Release> data_;
  std::size_t num_bytes_;
};

}  // namespace hammerscale::comm
