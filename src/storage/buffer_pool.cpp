#include "hammerscale/storage/buffer_pool.hpp"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/error.hpp"
#include "storage/pool_state.hpp"

namespace hammerscale::storage {

BufferPool::BufferPool(BufferPoolOptions options) : state_(std::make_shared<PoolState>(std::move(options))) {}

std::uint64_t BufferPool::shared_bytes_wanted(std::uint64_t budget_bytes) {
  std::uint64_t total = 0;
  for (int i = 0; i < PoolState::kNumClasses; ++i) {
    if (PoolState::slab_bytes(i, budget_bytes) <= budget_bytes) { total += budget_bytes; }
  }
  return total;
}

std::optional<Buffer> BufferPool::try_allocate(std::size_t min_bytes, Region region) {
  if (state_->refuse_next()) { return std::nullopt; }
  return state_->take(min_bytes, region);
}

Buffer BufferPool::allocate(std::size_t min_bytes, Region region) {
  // Others give memory back all the time: messages arrive, tasks end or spill. One that cannot do with less waits for
  // that before it gives up.
  constexpr auto kFirstPause = std::chrono::microseconds(100);
  constexpr int kNumPauses = 12;  // Each twice as long as the one before: 0.4 s in all.
  auto pause = std::chrono::microseconds(kFirstPause);
  for (int i = 0; i <= kNumPauses; ++i) {
    if (auto buffer = state_->take(min_bytes, region)) { return std::move(*buffer); }
    if (min_bytes > budget_bytes() || i == kNumPauses) { break; }
    std::this_thread::sleep_for(pause);
    pause *= 2;
  }
  throw ResourceError(ErrorCode::kOutOfMemory,
                      min_bytes > kLargestFrameBytes ? "a buffer larger than the largest frame was asked for"
                                                     : "the memory budget has no room for a buffer",
                      {{"wanted", format_byte_size(min_bytes)},
                       {"budget", format_byte_size(budget_bytes())},
                       {"used", format_byte_size(used_bytes())}});
}

bool BufferPool::try_reserve(std::uint64_t num_bytes) {
  return !state_->refuse_next() && state_->reserve(num_bytes);
}

void BufferPool::release(std::uint64_t num_bytes) { state_->unreserve(num_bytes); }

ReclaimerHandle BufferPool::add_reclaimer(std::function<std::uint64_t(std::uint64_t)> reclaimer) {
  return ReclaimerHandle(state_->add_reclaimer(std::move(reclaimer)));
}

std::uint64_t BufferPool::used_bytes() const noexcept { return state_->used(); }
std::uint64_t BufferPool::cached_free_bytes() const noexcept { return state_->cached_free(); }
std::uint64_t BufferPool::peak_bytes() const noexcept { return state_->peak(); }
std::uint64_t BufferPool::budget_bytes() const noexcept { return state_->budget(); }
void BufferPool::trim() { state_->trim(); }

std::uint64_t BufferPool::fair_share(int num_active_tasks) const noexcept {
  return state_->budget() / static_cast<std::uint64_t>(std::max(1, num_active_tasks));
}

}  // namespace hammerscale::storage
