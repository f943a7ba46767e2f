#include "sql/vector/vector_memory.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <new>
#include <utility>

#include "hammerscale/base/error.hpp"

namespace hammerscale::sql {
namespace {

constexpr std::size_t kAlignment = 64;
constexpr std::size_t kLargestHeapBlock = std::size_t{16} << 10;
constexpr std::uint64_t kReserveStep = std::uint64_t{1} << 20;

}  // namespace

/// No lock is held while the pool is asked: its reclaimers may free, and even allocate, vectors on the same thread.
struct VectorMemory::State {
  explicit State(storage::BufferPool from) : pool(std::move(from)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { pool.release(reserved_bytes.load()); }

  /// Counts a block of the heap; false when the budget has no room for another step.
  bool take(std::size_t num_bytes) {
    const std::uint64_t used = heap_bytes.fetch_add(num_bytes, std::memory_order_relaxed) + num_bytes;
    if (used <= reserved_bytes.load(std::memory_order_relaxed)) { return true; }
    if (!pool.try_reserve(kReserveStep)) {
      heap_bytes.fetch_sub(num_bytes, std::memory_order_relaxed);
      return false;
    }
    reserved_bytes.fetch_add(kReserveStep, std::memory_order_relaxed);
    return true;
  }

  void give_back(std::size_t num_bytes) noexcept {
    const std::uint64_t used = heap_bytes.fetch_sub(num_bytes, std::memory_order_relaxed) - num_bytes;
    // Two steps of slack, so that a block that comes and goes does not move the reservation each time.
    std::uint64_t reserved = reserved_bytes.load(std::memory_order_relaxed);
    while (used + 3 * kReserveStep <= reserved) {
      if (reserved_bytes.compare_exchange_weak(reserved, reserved - kReserveStep, std::memory_order_relaxed)) {
        pool.release(kReserveStep);
        return;
      }
    }
  }

  storage::BufferPool pool;
  std::atomic<std::uint64_t> heap_bytes{0};
  std::atomic<std::uint64_t> reserved_bytes{0};
};

VectorMemory::VectorMemory(storage::BufferPool pool) : state_(std::make_shared<State>(std::move(pool))) {}

std::shared_ptr<std::byte[]> VectorMemory::try_allocate(std::size_t num_bytes) const {
  if (num_bytes > kLargestHeapBlock) {
    std::optional<storage::Buffer> buffer = state_->pool.try_allocate(num_bytes);
    if (!buffer) { return nullptr; }
    auto holder = std::make_shared<storage::Buffer>(std::move(*buffer));
    std::byte* data = holder->data();
    return std::shared_ptr<std::byte[]>(std::move(holder), data);
  }
  const std::size_t rounded = std::max((num_bytes + kAlignment - 1) / kAlignment * kAlignment, kAlignment);
  if (!state_->take(rounded)) { return nullptr; }
  auto* data = static_cast<std::byte*>(std::aligned_alloc(kAlignment, rounded));
  if (data == nullptr) {
    state_->give_back(rounded);
    throw std::bad_alloc();
  }
  return std::shared_ptr<std::byte[]>(data, [state = state_, rounded](std::byte* block) {
    std::free(block);  // NOLINT: aligned_alloc's counterpart
    state->give_back(rounded);
  });
}

std::shared_ptr<std::byte[]> VectorMemory::allocate(std::size_t num_bytes) const {
  std::shared_ptr<std::byte[]> memory = try_allocate(num_bytes);
  if (memory == nullptr) {
    throw ResourceError(ErrorCode::kOutOfMemory, "the memory budget has no room for a vector",
                        {{"wanted_bytes", std::to_string(num_bytes)},
                         {"budget_bytes", std::to_string(state_->pool.budget_bytes())},
                         {"used_bytes", std::to_string(state_->pool.used_bytes())}});
  }
  return memory;
}

const storage::BufferPool& VectorMemory::pool() const noexcept { return state_->pool; }

void StringHeap::clear() {
  if (blocks_.size() > 1) { blocks_.erase(blocks_.begin(), blocks_.end() - 1); }
  used_ = 0;
  total_ = capacity_;
}

void StringHeap::add_block(std::size_t num_bytes) {
  // Blocks double up to 256 KiB: few blocks for many strings, little waste for few.
  constexpr std::size_t kSmallest = std::size_t{4} << 10;
  constexpr std::size_t kLargest = std::size_t{256} << 10;
  const std::size_t wanted = std::max(num_bytes, std::clamp(total_, kSmallest, kLargest));
  std::shared_ptr<std::byte[]> block = memory_.allocate(wanted);
  block_ = reinterpret_cast<char*>(block.get());
  blocks_.push_back(std::move(block));
  used_ = 0;
  capacity_ = wanted;
  total_ += wanted;
}

}  // namespace hammerscale::sql
