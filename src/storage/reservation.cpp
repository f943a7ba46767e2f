#include "hammerscale/storage/reservation.hpp"

#include <utility>

#include "storage/pool_state.hpp"

namespace hammerscale::storage {

Reservation::Reservation(Reservation&& other) noexcept
    : state_(std::move(other.state_)), num_bytes_(std::exchange(other.num_bytes_, 0)) {}

Reservation& Reservation::operator=(Reservation&& other) noexcept {
  Reservation incoming(std::move(other));
  std::swap(state_, incoming.state_);
  std::swap(num_bytes_, incoming.num_bytes_);
  return *this;
}

Reservation::~Reservation() { shrink_to(0); }

bool Reservation::try_grow(std::uint64_t num_bytes) {
  if (!state_ || state_->refuse_next() || !state_->reserve(num_bytes)) { return false; }
  num_bytes_ += num_bytes;
  return true;
}

void Reservation::shrink_to(std::uint64_t num_bytes) noexcept {
  if (num_bytes >= num_bytes_) { return; }
  state_->unreserve(num_bytes_ - num_bytes);
  num_bytes_ = num_bytes;
}

}  // namespace hammerscale::storage
