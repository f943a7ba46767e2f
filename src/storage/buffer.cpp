#include "hammerscale/storage/buffer.hpp"

#include "storage/pool_state.hpp"

namespace hammerscale::storage {

Buffer::Buffer(Buffer&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)),
      pool_(std::move(other.pool_)),
      region_(other.region_) {}

Buffer& Buffer::operator=(Buffer&& other) noexcept {
  Buffer incoming(std::move(other));
  std::swap(data_, incoming.data_);
  std::swap(size_, incoming.size_);
  std::swap(capacity_, incoming.capacity_);
  std::swap(pool_, incoming.pool_);
  std::swap(region_, incoming.region_);
  return *this;
}

Buffer::~Buffer() {
  if (pool_) { pool_->put(*this); }
}

std::optional<std::uint64_t> Buffer::shared_offset() const noexcept {
  if (!pool_ || region_ != Region::kShared) { return std::nullopt; }
  return pool_->shared_offset(data_);
}

}  // namespace hammerscale::storage
