#pragma once

#include <cstddef>

#include "hammerscale/base/memory_source.hpp"

namespace hammerscale::test {

/// The heap up to a limit of bytes at a time; beyond, it refuses. Knows what is still held.
class LimitedMemorySource final : public MemorySource {
 public:
  explicit LimitedMemorySource(std::size_t limit_bytes) : limit_bytes_(limit_bytes) {}

  std::byte* allocate(std::size_t num_bytes) override {
    if (num_bytes > limit_bytes_ - held_bytes_) {
      ++num_refused_;
      return nullptr;
    }
    std::byte* memory = heap_.allocate(num_bytes);
    if (memory != nullptr) { held_bytes_ += num_bytes; }
    return memory;
  }
  void deallocate(std::byte* memory, std::size_t num_bytes) noexcept override {
    held_bytes_ -= num_bytes;
    heap_.deallocate(memory, num_bytes);
  }

  [[nodiscard]] std::size_t held_bytes() const { return held_bytes_; }
  [[nodiscard]] std::size_t num_refused() const { return num_refused_; }

 private:
  HeapMemorySource heap_;
  std::size_t limit_bytes_;
  std::size_t held_bytes_ = 0;
  std::size_t num_refused_ = 0;
};

}  // namespace hammerscale::test
