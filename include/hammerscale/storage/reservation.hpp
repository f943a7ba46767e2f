#pragma once

#include <cstdint>
#include <memory>

#include "hammerscale/storage/buffer_pool.hpp"

namespace hammerscale::storage {

/// Bytes of the pool's budget held for heap memory; given back when destroyed. One thread at a time.
class Reservation {
 public:
  /// Holds nothing, and grows never.
  Reservation() = default;
  /// Holds nothing yet.
  explicit Reservation(const BufferPool& pool) : state_(pool.state_) {}
  Reservation(Reservation&& other) noexcept;
  Reservation& operator=(Reservation&& other) noexcept;
  Reservation(const Reservation&) = delete;
  Reservation& operator=(const Reservation&) = delete;
  ~Reservation();

  /// Takes num_bytes more, or nothing when the budget is short: then the caller spills.
  [[nodiscard]] bool try_grow(std::uint64_t num_bytes);
  /// Gives back all above num_bytes; does nothing when it holds no more than that.
  void shrink_to(std::uint64_t num_bytes) noexcept;
  [[nodiscard]] std::uint64_t bytes() const noexcept { return num_bytes_; }

 private:
  std::shared_ptr<PoolState> state_;
  std::uint64_t num_bytes_ = 0;
};

}  // namespace hammerscale::storage
