#include "sql/exec/group_table.hpp"

#include <algorithm>
#include <utility>

namespace hammerscale::sql {

namespace {

constexpr std::uint64_t kAddressMask = (std::uint64_t{1} << 48) - 1;
constexpr std::size_t kFirstSlots = 1024;
// Small tables are common: the first page holds few rows, later ones up to a quarter of a MiB.
constexpr std::size_t kFirstPageBytes = std::size_t{8} << 10;
constexpr std::size_t kLargestPageBytes = std::size_t{256} << 10;

}  // namespace

GroupTable::GroupTable(const KeyLayout& layout, std::size_t payload_bytes, VectorMemory memory, bool constant_hash)
    : layout_(&layout),
      memory_(std::move(memory)),
      constant_hash_(constant_hash),
      hash_offset_((payload_bytes + 15) / 16 * 16),
      key_offset_(hash_offset_ + 8),
      row_bytes_((key_offset_ + layout.num_bytes() + 15) / 16 * 16),
      strings_(std::make_unique<StringHeap>(memory_)),
      scratch_(std::make_unique<StringHeap>(memory_)) {
  grow(kFirstSlots);
}

std::size_t GroupTable::memory_bytes() const noexcept {
  std::size_t sum = num_slots_ * sizeof(std::uint64_t) + strings_->num_bytes();
  for (const Page& page : pages_) { sum += page.capacity * row_bytes_; }
  return sum;
}

std::byte* GroupTable::row(std::size_t i) noexcept {
  const auto page = std::upper_bound(pages_.begin(), pages_.end(), i,
                                     [](std::size_t number, const Page& p) { return number < p.first_row; }) -
                    1;
  return page->memory.get() + (i - page->first_row) * row_bytes_;
}

void GroupTable::clear() {
  pages_.clear();
  strings_ = std::make_unique<StringHeap>(memory_);
  num_rows_ = 0;
  std::fill_n(slots_, num_slots_, 0);
}

void GroupTable::prepare_records(std::span<const Vector* const> keys, RowSet rows) {
  const auto n = static_cast<std::size_t>(rows.size);
  const std::size_t width = layout_->num_bytes();
  record_words_.resize(std::max<std::size_t>(n * width / 8, 1));
  hashes_.resize(n);
  scratch_->clear();
  auto* records = reinterpret_cast<std::byte*>(record_words_.data());
  layout_->encode(keys, rows, records, *scratch_);
  if (constant_hash_) {
    std::fill(hashes_.begin(), hashes_.end(), 42);
  } else {
    for (std::size_t i = 0; i < n; ++i) { hashes_[i] = layout_->hash(records + i * width); }
  }
  // Two waves of prefetches, of slots and then of the rows they name: tables larger than the caches wait once for many
  // rows in place of once for each.
  if (num_rows_ * row_bytes_ > (std::size_t{1} << 18)) {
    const std::size_t mask = num_slots_ - 1;
    for (std::size_t i = 0; i < n; ++i) { __builtin_prefetch(slots_ + (hashes_[i] & mask)); }
    for (std::size_t i = 0; i < n; ++i) {
      __builtin_prefetch(reinterpret_cast<const std::byte*>(slots_[hashes_[i] & mask] & kAddressMask) + hash_offset_);
    }
  }
}

template <typename Missing>
std::byte* GroupTable::probe(const std::byte* record, std::uint64_t hash, Missing&& missing) {
  const std::size_t mask = num_slots_ - 1;
  const std::uint64_t tag = hash & ~kAddressMask;
  for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
    const std::uint64_t entry = slots_[slot];
    if (entry == 0) { return missing(slot, tag); }
    if ((entry & ~kAddressMask) == tag) {
      auto* row = reinterpret_cast<std::byte*>(entry & kAddressMask);
      if (layout_->equal(row + key_offset_, record)) { return row; }
    }
  }
}

void GroupTable::find_or_add(std::span<const Vector* const> keys, RowSet rows, std::byte** rows_out,
                             std::vector<std::byte*>& added) {
  const auto n = static_cast<std::size_t>(rows.size);
  std::size_t wanted = num_slots_;
  while (wanted < (num_rows_ + n) * 2) { wanted *= 2; }
  if (wanted != num_slots_) { grow(wanted); }
  prepare_records(keys, rows);
  const auto* records = reinterpret_cast<const std::byte*>(record_words_.data());
  const std::size_t width = layout_->num_bytes();
  for (std::size_t i = 0; i < n; ++i) {
    rows_out[i] = probe(records + i * width, hashes_[i], [&](std::size_t slot, std::uint64_t tag) {
      std::byte* row = add_row(records + i * width, hashes_[i]);
      slots_[slot] = tag | reinterpret_cast<std::uint64_t>(row);
      added.push_back(row);
      return row;
    });
  }
}

std::byte* GroupTable::find_or_add_row(const std::byte* row, bool& is_new) {
  if ((num_rows_ + 1) * 2 > num_slots_) { grow(num_slots_ * 2); }
  const std::uint64_t hash = hash_of(row);
  is_new = false;
  return probe(row + key_offset_, hash, [&](std::size_t slot, std::uint64_t tag) {
    std::byte* added = add_row(row + key_offset_, hash);
    slots_[slot] = tag | reinterpret_cast<std::uint64_t>(added);
    is_new = true;
    return added;
  });
}

void GroupTable::find(std::span<const Vector* const> keys, RowSet rows, std::byte** rows_out) {
  prepare_records(keys, rows);
  const auto* records = reinterpret_cast<const std::byte*>(record_words_.data());
  const std::size_t width = layout_->num_bytes();
  for (std::size_t i = 0; i < static_cast<std::size_t>(rows.size); ++i) {
    rows_out[i] =
        probe(records + i * width, hashes_[i], [](std::size_t, std::uint64_t) -> std::byte* { return nullptr; });
  }
}

std::byte* GroupTable::add_row(const std::byte* record, std::uint64_t hash) {
  if (pages_.empty() || pages_.back().num_rows == pages_.back().capacity) {
    std::size_t bytes = kFirstPageBytes;
    if (!pages_.empty()) { bytes = std::min(pages_.back().capacity * row_bytes_ * 2, kLargestPageBytes); }
    const std::size_t capacity = std::max<std::size_t>(bytes / row_bytes_, 1);
    pages_.push_back(Page{memory_.allocate(capacity * row_bytes_), 0, capacity, num_rows_});
  }
  Page& page = pages_.back();
  std::byte* row = page.memory.get() + page.num_rows * row_bytes_;
  ++page.num_rows;
  ++num_rows_;
  std::memset(row, 0, hash_offset_);
  std::memcpy(row + hash_offset_, &hash, sizeof(hash));
  std::memcpy(row + key_offset_, record, layout_->num_bytes());
  layout_->retain(row + key_offset_, *strings_);
  return row;
}

void GroupTable::grow(std::size_t num_slots) {
  directory_memory_ = memory_.allocate(num_slots * sizeof(std::uint64_t));
  slots_ = reinterpret_cast<std::uint64_t*>(directory_memory_.get());
  num_slots_ = num_slots;
  std::fill_n(slots_, num_slots_, 0);
  const std::size_t mask = num_slots_ - 1;
  for_each_row([&](std::byte* row) {
    const std::uint64_t hash = hash_of(row);
    std::size_t slot = hash & mask;
    while (slots_[slot] != 0) { slot = (slot + 1) & mask; }
    slots_[slot] = (hash & ~kAddressMask) | reinterpret_cast<std::uint64_t>(row);
  });
}

}  // namespace hammerscale::sql
