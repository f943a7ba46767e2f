#include "storage/pool_state.hpp"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <string>
#include <utility>

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale::storage {
namespace {

constexpr std::uint64_t kHugePageBytes = 2 * kMiB;

// Set while this thread runs a reclaimer, whose own allocations must not ask reclaimers again.
thread_local bool in_reclaimer = false;

std::uint64_t mix(std::uint64_t value) noexcept {  // the finalizer of SplitMix64
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31);
}

constexpr std::uint64_t round_up(std::uint64_t value, std::uint64_t multiple) {
  return (value + multiple - 1) / multiple * multiple;
}

}  // namespace

std::uint64_t PoolState::slab_bytes(int class_index, std::uint64_t budget_bytes) noexcept {
  // A slab holds frames of one size, so up to seven half-empty ones can be around; a 32nd of a small budget each keeps
  // that affordable.
  const std::uint64_t small = std::clamp(std::bit_floor(budget_bytes / 32), kSmallestFrameBytes, kHugePageBytes);
  return std::max(class_bytes(class_index), small);
}

PoolState::PoolState(BufferPoolOptions options) : options_(std::move(options)) {
  if (options_.budget_bytes < kSmallestFrameBytes) {
    throw UserError(ErrorCode::kInvalidArgument, "the memory budget is too small",
                    {{"budget", format_byte_size(options_.budget_bytes)},
                     {"smallest", format_byte_size(kSmallestFrameBytes)}});
  }
  const auto page_bytes = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  if (reinterpret_cast<std::uintptr_t>(options_.shared_base) % page_bytes != 0) {
    throw UserError(ErrorCode::kInvalidArgument, "the shared arena does not start at a page");
  }
  reserve_private_range();
  if (options_.shared_base != nullptr) { lay_out_shared_range(); }
}

PoolState::~PoolState() {
  trim();  // the arena belongs to someone else, so its pages are given back one by one
  munmap(private_mapping_, private_mapping_bytes_);
}

void PoolState::reserve_private_range() {
  std::array<FrameClassLayout, kNumClasses> layouts;
  std::uint64_t total = 0;
  for (int i = 0; i < kNumClasses; ++i) {
    const std::uint64_t slab = slab_bytes(i, budget());
    layouts[i] = {nullptr, class_bytes(i), slab, budget() / slab};
    total += round_up(layouts[i].num_slabs * slab, kHugePageBytes);
  }
  private_mapping_bytes_ = total + kHugePageBytes;
  // Without access rights the range costs no commit charge, even where overcommit is forbidden; slabs get their rights
  // when they are first used.
  void* mapping = mmap(nullptr, private_mapping_bytes_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (mapping == MAP_FAILED) {
    throw ResourceError(ErrorCode::kOutOfMemory, "the system refuses the address space of the buffer pool",
                        {{"bytes", format_byte_size(private_mapping_bytes_)},
                         {"errno", std::to_string(errno)},
                         {"hint", "raise ulimit -v or lower the memory budget"}});
  }
  private_mapping_ = static_cast<std::byte*>(mapping);
  // Fails on kernels without transparent huge pages; then pages are small and everything still works.
  madvise(mapping, private_mapping_bytes_, slab_bytes(0, budget()) == kHugePageBytes ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
  // A child that forks and executes a program must not copy the tables of terabytes.
  madvise(mapping, private_mapping_bytes_, MADV_DONTFORK);

  const auto address = reinterpret_cast<std::uintptr_t>(mapping);
  std::byte* base = private_mapping_ + (round_up(address, kHugePageBytes) - address);
  for (int i = 0; i < kNumClasses; ++i) {
    layouts[i].base = base;
    private_[i].configure(
        layouts[i],
        [](std::byte* slab, std::uint64_t length) { return mprotect(slab, length, PROT_READ | PROT_WRITE) == 0; },
        [](std::byte* slab, std::uint64_t length) { madvise(slab, length, MADV_DONTNEED); });
    base += round_up(layouts[i].num_slabs * layouts[i].slab_bytes, kHugePageBytes);
  }
}

void PoolState::lay_out_shared_range() {
  std::uint64_t num_usable = 0;
  for (int i = 0; i < kNumClasses; ++i) { num_usable += slab_bytes(i, budget()) <= budget() ? 1 : 0; }
  const std::uint64_t share = options_.shared_bytes / num_usable;
  std::byte* base = options_.shared_base;
  for (int i = 0; i < kNumClasses; ++i) {
    const std::uint64_t slab = slab_bytes(i, budget());
    const std::uint64_t num_slabs = std::min(budget(), share) / slab;
    shared_[i].configure(
        {base, class_bytes(i), slab, num_slabs}, [](std::byte*, std::uint64_t) { return true; },
        [this](std::byte* start, std::uint64_t length) {
          if (options_.release_shared) {
            options_.release_shared(shared_offset(start), length);
          } else {
            madvise(start, length, MADV_REMOVE);
          }
        });
    base += num_slabs * slab;
  }
}

bool PoolState::try_charge(std::uint64_t num_bytes) noexcept {
  std::uint64_t charged = charged_.load(std::memory_order_relaxed);
  do {
    if (num_bytes > budget() - charged) { return false; }
  } while (!charged_.compare_exchange_weak(charged, charged + num_bytes, std::memory_order_relaxed));
  return true;
}

void PoolState::uncharge(std::uint64_t num_bytes) noexcept { charged_.fetch_sub(num_bytes, std::memory_order_relaxed); }

std::uint64_t PoolState::give_back_heap() noexcept {
  if (freed_heap_.load(std::memory_order_relaxed) == 0) { return 0; }
  // What is freed from here on is for the next call. Freed objects stay resident in malloc's arenas until they are
  // trimmed, which takes about a millisecond, so it is done only when the budget is short.
  const std::uint64_t freed = freed_heap_.exchange(0, std::memory_order_relaxed);
  malloc_trim(0);
  uncharge(freed);
  return freed;
}

bool PoolState::take_freed_heap(std::uint64_t num_bytes) noexcept {
  std::uint64_t freed = freed_heap_.load(std::memory_order_relaxed);
  while (freed >= num_bytes) {
    if (freed_heap_.compare_exchange_weak(freed, freed - num_bytes, std::memory_order_relaxed)) { return true; }
  }
  return false;
}

std::uint64_t PoolState::give_back_idle(std::uint64_t wanted) noexcept {
  std::uint64_t given = 0;
  // Large frames first: fewest calls, and the small ones are the likeliest to be wanted again.
  for (int i = kNumClasses - 1; i >= 0 && given < wanted; --i) {
    for (const Region region : {Region::kPrivate, Region::kShared}) {
      if (given >= wanted) { break; }
      const std::uint64_t part = classes(region)[i].give_back(wanted - given);
      uncharge(part);
      given += part;
    }
  }
  return given < wanted ? given + give_back_heap() : given;
}

bool PoolState::charge(std::uint64_t num_bytes) {
  if (num_bytes > budget()) { return false; }
  if (try_charge(num_bytes)) { return true; }
  const std::scoped_lock lock(room_mutex_);
  // Threads on the fast path may take what is given back here, so ask again until nothing idle is left.
  while (!try_charge(num_bytes)) {
    const std::uint64_t available = budget() - charged_.load(std::memory_order_relaxed);
    if (available >= num_bytes) { continue; }
    if (give_back_idle(num_bytes - available) == 0) { return try_charge(num_bytes); }
  }
  return true;
}

std::uint64_t PoolState::ask_reclaimers(std::uint64_t wanted) {
  if (in_reclaimer) { return 0; }
  std::vector<std::shared_ptr<Reclaimer>> present;
  {
    const std::scoped_lock lock(reclaimers_mutex_);
    std::erase_if(reclaimers_, [](const auto& entry) { return entry.expired(); });
    for (const auto& entry : reclaimers_) {
      if (auto reclaimer = entry.lock()) { present.push_back(std::move(reclaimer)); }
    }
  }
  struct Mark {
    Mark() { in_reclaimer = true; }
    ~Mark() { in_reclaimer = false; }
  } const mark;
  std::uint64_t freed = 0;
  for (const auto& reclaimer : present) {
    if (freed >= wanted) { break; }
    const std::shared_lock lock(reclaimer->mutex);
    if (reclaimer->function) { freed += reclaimer->function(wanted - freed); }
  }
  return freed;
}

std::shared_ptr<void> PoolState::add_reclaimer(std::function<std::uint64_t(std::uint64_t)> function) {
  auto reclaimer = std::make_shared<Reclaimer>();
  reclaimer->function = std::move(function);
  {
    const std::scoped_lock lock(reclaimers_mutex_);
    reclaimers_.push_back(reclaimer);
  }
  // The handle's own count, apart from that of the threads that run it: when it falls to 0 the function is emptied,
  // which waits for them.
  Reclaimer* raw = reclaimer.get();
  return {raw, [reclaimer](void*) {
            const std::unique_lock lock(reclaimer->mutex);
            reclaimer->function = nullptr;
          }};
}

void PoolState::add_used(std::uint64_t num_bytes) noexcept {
  const std::uint64_t now = used_.fetch_add(num_bytes, std::memory_order_relaxed) + num_bytes;
  std::uint64_t peak = peak_.load(std::memory_order_relaxed);
  while (peak < now && !peak_.compare_exchange_weak(peak, now, std::memory_order_relaxed)) {}
}

Buffer PoolState::wrap(std::byte* frame, std::uint64_t frame_bytes, Region region) {
  add_used(frame_bytes);
  Buffer buffer;
  buffer.data_ = frame;
  buffer.capacity_ = frame_bytes;
  buffer.region_ = region;
  buffer.pool_ = shared_from_this();
  return buffer;
}

std::optional<Buffer> PoolState::take_from_class(int index, Region region) {
  FrameClass& frames = classes(region)[index];
  const FrameClassLayout& layout = frames.layout();
  if (const auto frame = frames.take_touched()) { return wrap(*frame, layout.frame_bytes, region); }
  if (!charge(layout.slab_bytes)) { return std::nullopt; }
  const auto fresh = frames.take_untouched();
  if (!fresh || !fresh->opened_slab) { uncharge(layout.slab_bytes); }
  if (!fresh) { return std::nullopt; }
  return wrap(fresh->frame, layout.frame_bytes, region);
}

std::optional<Buffer> PoolState::take_left_over(int index, Region region) {
  // Only small classes can have free frames that giving back did not reach: those in partial slabs.
  for (int larger = index; larger < kNumClasses && class_bytes(larger) < kHugePageBytes; ++larger) {
    if (const auto frame = classes(region)[larger].take_touched()) {
      return wrap(*frame, class_bytes(larger), region);
    }
  }
  return std::nullopt;
}

std::optional<Buffer> PoolState::take(std::uint64_t min_bytes, Region region) {
  if (min_bytes > kLargestFrameBytes) { return std::nullopt; }
  const std::uint64_t frame_bytes = std::bit_ceil(std::max(min_bytes, kSmallestFrameBytes));
  const int index = std::countr_zero(frame_bytes / kSmallestFrameBytes);
  const std::uint64_t slab = slab_bytes(index, budget());
  while (true) {
    if (region == Region::kShared) {
      if (auto buffer = take_from_class(index, Region::kShared)) { return buffer; }
    }
    // Also the way out of an arena whose address range of this class is used up.
    if (region == Region::kPrivate || charged_.load(std::memory_order_relaxed) + slab <= budget()) {
      if (auto buffer = take_from_class(index, Region::kPrivate)) { return buffer; }
    }
    if (slab > budget() || ask_reclaimers(slab) == 0) { break; }
  }
  if (auto buffer = take_left_over(index, region)) { return buffer; }
  return region == Region::kShared ? take_left_over(index, Region::kPrivate) : std::nullopt;
}

void PoolState::put(const Buffer& buffer) noexcept {
  const int index = std::countr_zero(buffer.capacity_ / kSmallestFrameBytes);
  used_.fetch_sub(buffer.capacity_, std::memory_order_relaxed);
  classes(buffer.region_)[index].put(buffer.data_);
}

bool PoolState::reserve(std::uint64_t num_bytes) {
  while (!take_freed_heap(num_bytes) && !charge(num_bytes)) {
    if (num_bytes > budget() || ask_reclaimers(num_bytes) == 0) { return false; }
  }
  reserved_.fetch_add(num_bytes, std::memory_order_relaxed);
  add_used(num_bytes);
  return true;
}

void PoolState::unreserve(std::uint64_t num_bytes) noexcept {
  reserved_.fetch_sub(num_bytes, std::memory_order_relaxed);
  used_.fetch_sub(num_bytes, std::memory_order_relaxed);
  freed_heap_.fetch_add(num_bytes, std::memory_order_relaxed);
}

bool PoolState::refuse_next() noexcept {
  if (!options_.refuse_at_random) { return false; }
  return (mix(num_refusable_calls_.fetch_add(1, std::memory_order_relaxed) + 1) & 1) == 0;
}

void PoolState::trim() noexcept {
  const std::scoped_lock lock(room_mutex_);
  give_back_idle(UINT64_MAX);
}

std::uint64_t PoolState::cached_free() const noexcept {
  const std::uint64_t charged = charged_.load(std::memory_order_relaxed);
  const std::uint64_t used = used_.load(std::memory_order_relaxed);
  return charged > used ? charged - used : 0;
}

}  // namespace hammerscale::storage
