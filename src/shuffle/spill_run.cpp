#include "hammerscale/shuffle/spill_run.hpp"

namespace hammerscale::shuffle {

void SpillRun::make_room(std::size_t num_bytes) {
  write_frame();
  if (buffer_.capacity() < std::max(num_bytes, frame_bytes_)) {
    buffer_ = {};
    buffer_ = pool_.allocate(std::max(num_bytes, frame_bytes_));
    buffer_.resize(0);
  }
}

void SpillRun::write_frame() {
  if (num_elements_ == 0) { return; }
  frames_.push_back({file_->append(std::as_const(buffer_).span()), num_elements_});
  num_bytes_ += buffer_.size();
  total_elements_ += std::exchange(num_elements_, 0);
  buffer_.resize(0);
}

void SpillRun::flush() {
  write_frame();
  buffer_ = {};
}

void SpillRun::release() noexcept {
  for (const auto& frame : frames_) { file_->release(frame.extent); }
  frames_.clear();
  total_elements_ = 0;
  num_bytes_ = 0;
}

std::optional<std::pair<std::span<std::byte>, std::uint64_t>> SpillRunReader::next() {
  if (next_frame_ == run_->frames().size()) {
    buffer_ = {};
    return std::nullopt;
  }
  const auto& frame = run_->frames()[next_frame_++];
  if (buffer_.capacity() < frame.extent.raw_bytes) {
    buffer_ = {};  // First, so that two are never held.
    buffer_ = storage::BufferPool(run_->pool()).allocate(frame.extent.raw_bytes);
  }
  buffer_.resize(frame.extent.raw_bytes);
  run_->file().read_into(frame.extent, buffer_.span());
  return std::pair{buffer_.span(), frame.num_elements};
}

}  // namespace hammerscale::shuffle
