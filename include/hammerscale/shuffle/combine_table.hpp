#pragma once

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>

#include "hammerscale/base/check.hpp"
#include "hammerscale/base/memory_source.hpp"
#include "hammerscale/shuffle/key_hash.hpp"

namespace hammerscale::shuffle {

namespace detail {

/// Slot of keys that are cheap to hash again when the table grows.
template <typename K, typename V>
struct PlainSlot {
  K key;
  V value;
};

/// Slot that keeps the hash: comparing it first spares most comparisons of long keys, and growth does not hash again.
template <typename K, typename V>
struct HashedSlot {
  std::uint64_t hash;
  K key;
  V value;
};

}  // namespace detail

/// Hash table of (key, accumulator), for combining by key on the map side and on the reduce side.
///
/// Open addressing with linear probing over 2^k slots; a byte per slot holds 7 bits of the hash (0: free). Memory comes
/// from a MemorySource, one allocation at a time; growing holds the old and the new array together for a moment. When
/// the source refuses, the table fills up to 7/8 and is then full(): known keys still combine, new ones are turned away
/// until drain() or clear(). A hash of few values gives right answers in quadratic time.
///
/// One thread at a time. The source must outlive the table. Entries move when the table grows, so a pointer to a value
/// lasts until the next insertion.
///
/// Cost: 16 + 1 bytes a slot for an 8-byte key and value; bench/kernels/combine_table_bench measures the rates.
template <typename K, typename V, typename Hash = KeyHash, typename Eq = KeyEqual>
class CombineTable {
 public:
  /// Allocates nothing before the first key.
  explicit CombineTable(MemorySource& memory, Hash hash = {}, Eq eq = {})
      : memory_(&memory), hash_(std::move(hash)), eq_(std::move(eq)) {}
  CombineTable(CombineTable&& other) noexcept
      : memory_(other.memory_), hash_(std::move(other.hash_)), eq_(std::move(other.eq_)) {
    take_slots(other);
  }
  CombineTable& operator=(CombineTable&& other) noexcept {
    if (this != &other) {
      release();
      memory_ = other.memory_;
      hash_ = std::move(other.hash_);
      eq_ = std::move(other.eq_);
      take_slots(other);
    }
    return *this;
  }
  ~CombineTable() { release(); }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
  [[nodiscard]] std::size_t num_slots() const noexcept { return capacity_; }
  /// Bytes held from the memory source. What keys and values own elsewhere is not in it.
  [[nodiscard]] std::size_t memory_bytes() const noexcept { return capacity_ == 0 ? 0 : bytes_for(capacity_); }
  /// Whether a new key was turned away since the last clear() or drain().
  [[nodiscard]] bool full() const noexcept { return full_; }
  /// Of a key or what compares with one, a view of a string say.
  template <typename Key>
  [[nodiscard]] std::uint64_t hash_of(const Key& key) const {
    if constexpr (std::is_same_v<Key, MovableKey>) {
      return static_cast<std::uint64_t>(hash_(*key.key));
    } else {
      return static_cast<std::uint64_t>(hash_(key));
    }
  }

  /// Makes room for num_keys keys, so that inserting them does not grow the table again.
  /// @return false if the memory was refused; the table is as before.
  [[nodiscard]] bool reserve(std::size_t num_keys) {
    std::size_t wanted = std::max(capacity_, kMinCapacity);
    while (growth_limit(wanted) < num_keys) { wanted *= 2; }
    return wanted == capacity_ || resize(wanted);
  }

  /// The value of the key, which is inserted with make_value() if it is new.
  /// @param hash  hash_of(key), computed by the caller.
  /// @return nullptr if the key is new and the table full().
  template <typename Key, std::invocable MakeValue>
  V* find_or_insert(Key&& key, std::uint64_t hash, MakeValue&& make_value) {
    return upsert(std::forward<Key>(key), hash, make_value, [](V&) {});
  }

  /// The value of the key, or nullptr.
  template <typename Key>
  [[nodiscard]] V* find(const Key& key, std::uint64_t hash) {
    if (size_ == 0) { return nullptr; }
    const std::size_t at = probe(key, hash);
    return tags_[at] == kFree ? nullptr : &slots_[at].value;
  }
  template <typename Key>
  [[nodiscard]] const V* find(const Key& key, std::uint64_t hash) const {
    return const_cast<CombineTable*>(this)->find(key, hash);
  }

  /// Brings the slot of a hash into the cache, for callers that look up many keys: prefetch some, then find them.
  void prefetch(std::uint64_t hash) const noexcept {
    if (capacity_ == 0) { return; }
    const std::size_t at = hash & (capacity_ - 1);
    __builtin_prefetch(tags_ + at, 1);
    __builtin_prefetch(slots_ + at, 1);
  }

  /// Inserts make_value() under a new key, or calls combine(V&) on the value of a known one.
  /// @return the value; nullptr if the key is new and the table full(), and then nothing was called.
  template <typename Key, typename MakeValue, typename Combine>
  V* upsert(Key&& key, std::uint64_t hash, MakeValue&& make_value, Combine&& combine) {
    if (capacity_ == 0 && !grow()) {
      full_ = true;
      return nullptr;
    }
    std::size_t at = probe(key, hash);
    if (tags_[at] != kFree) {
      combine(slots_[at].value);
      return &slots_[at].value;
    }
    if (size_ >= limit_) [[unlikely]] {
      if (!make_room()) {
        full_ = true;
        return nullptr;
      }
      at = probe(key, hash);
    }
    if constexpr (kStoresHash) {
      ::new (static_cast<void*>(slots_ + at)) Slot{hash, make_key(std::forward<Key>(key)), make_value()};
    } else {
      ::new (static_cast<void*>(slots_ + at)) Slot{make_key(std::forward<Key>(key)), make_value()};
    }
    tags_[at] = tag_of(hash);
    ++size_;
    return &slots_[at].value;
  }

  /// Upserts num_rows rows with the memory latency hidden: hashes a block ahead and prefetches its slots. The functions
  /// are inlined. Rows are taken in order.
  ///
  /// @param key_at      key_at(i) gives row i's key; an rvalue is moved from only if the key is new. It is called again
  ///                    when row i is inserted, so it must be cheap.
  /// @param make_value  make_value(i) gives the first value of a new key.
  /// @param combine     combine(V& accumulator, i) adds row i to a known key.
  /// @return rows taken; fewer than num_rows only if the table is full() and row `result` holds a new key. Drain, then
  ///         go on from there, or combine the known ones among the rest with upsert().
  template <typename KeyAt, typename MakeValue, typename Combine>
  std::size_t upsert_block(std::size_t num_rows, KeyAt&& key_at, MakeValue&& make_value, Combine&& combine) {
    std::uint64_t hashes[kBlockRows];
    for (std::size_t begin = 0; begin < num_rows; begin += kBlockRows) {
      const std::size_t count = std::min(kBlockRows, num_rows - begin);
      for (std::size_t i = 0; i < count; ++i) { hashes[i] = hash_of(key_at(begin + i)); }
      const std::size_t lead = std::min(kPrefetchRows, count);
      for (std::size_t i = 0; i < lead; ++i) { prefetch(hashes[i]); }
      for (std::size_t i = 0; i < count; ++i) {
        if (i + kPrefetchRows < count) { prefetch(hashes[i + kPrefetchRows]); }
        const std::size_t row = begin + i;
        if (upsert(key_at(row), hashes[i], [&]() -> V { return make_value(row); },
                   [&](V& value) { combine(value, row); }) == nullptr) {
          return row;
        }
      }
    }
    return num_rows;
  }

  /// upsert_block over (key, value) pairs: a new key starts with its value, a known one gets combine(V&, const V&).
  template <typename Combine>
  std::size_t upsert(std::span<const std::pair<K, V>> rows, Combine&& combine) {
    return upsert_block(
        rows.size(), [rows](std::size_t i) -> const K& { return rows[i].first; },
        [rows](std::size_t i) -> V { return rows[i].second; },
        [rows, &combine](V& value, std::size_t i) { combine(value, rows[i].second); });
  }

  /// The same for rows that may be moved from: keys and values of new keys are moved; combine gets (V&, V&&).
  template <typename Combine>
  std::size_t upsert_moving(std::span<std::pair<K, V>> rows, Combine&& combine) {
    return upsert_block(
        rows.size(), [rows](std::size_t i) -> MovableKey { return MovableKey{&rows[i].first}; },
        [rows](std::size_t i) -> V { return std::move(rows[i].second); },
        [rows, &combine](V& value, std::size_t i) { combine(value, std::move(rows[i].second)); });
  }

  /// Calls visit(const K&, const V&) for every entry, in slot order.
  template <typename Visit>
  void for_each(Visit&& visit) const {
    for (std::size_t at = 0; at < capacity_; ++at) {
      if (tags_[at] != kFree) { visit(std::as_const(slots_[at].key), std::as_const(slots_[at].value)); }
    }
  }

  /// Calls visit(const K&, const V&) for the entries of one of 2^num_bits sub-partitions (hash_to_sub_partition).
  template <typename Visit>
  void for_each_in_sub_partition(std::uint32_t sub_partition, std::uint32_t level, std::uint32_t num_bits,
                                 Visit&& visit) const {
    for (std::size_t at = 0; at < capacity_; ++at) {
      if (tags_[at] != kFree && hash_to_sub_partition(slot_hash(slots_[at]), level, num_bits) == sub_partition) {
        visit(std::as_const(slots_[at].key), std::as_const(slots_[at].value));
      }
    }
  }

  /// Hands out every entry as visit(K&&, V&&) in slot order and leaves the table empty with its slots kept.
  /// If visit throws, the entries not yet handed out stay in the table.
  template <typename Visit>
  void drain(Visit&& visit) {
    drain_slots([&](Slot& slot) { visit(std::move(slot.key), std::move(slot.value)); });
  }

  /// Like drain, with each entry's hash first: visit(hash, K&&, V&&). What spilling uses, with hash_to_sub_partition.
  template <typename Visit>
  void drain_with_hash(Visit&& visit) {
    drain_slots([&](Slot& slot) { visit(slot_hash(slot), std::move(slot.key), std::move(slot.value)); });
  }

  /// Destroys all entries and keeps the slots for reuse.
  void clear() noexcept {
    destroy_entries();
    if (capacity_ != 0) { std::memset(tags_, kFree, capacity_); }
    size_ = 0;
    reopen();
  }

  /// Destroys all entries and returns the memory to the source.
  void release() noexcept {
    destroy_entries();
    if (capacity_ != 0) { memory_->deallocate(reinterpret_cast<std::byte*>(slots_), bytes_for(capacity_)); }
    slots_ = nullptr;
    tags_ = nullptr;
    capacity_ = size_ = limit_ = 0;
    full_ = false;
  }

 private:
  static constexpr bool kStoresHash = !(std::is_trivially_copyable_v<K> && sizeof(K) <= 16);
  static constexpr bool kIsPlain = std::is_trivially_copyable_v<K> && std::is_trivially_copyable_v<V>;
  using Slot = std::conditional_t<kStoresHash, detail::HashedSlot<K, V>, detail::PlainSlot<K, V>>;
  static_assert(alignof(Slot) <= 64, "memory sources align to 64 bytes");
  static_assert(std::is_nothrow_move_constructible_v<K> && std::is_nothrow_move_constructible_v<V>,
                "growing moves keys and values and could not undo half a move");

  /// A key that hashes and compares in place and is moved from only when it is inserted.
  struct MovableKey {
    K* key;
    operator const K&() const noexcept { return *key; }
  };

  template <typename Key>
  static K make_key(Key&& key) {
    if constexpr (std::is_same_v<std::remove_cvref_t<Key>, MovableKey>) {
      return std::move(*key.key);
    } else {
      return K(std::forward<Key>(key));
    }
  }

  static constexpr std::uint8_t kFree = 0;
  static constexpr std::size_t kMinCapacity = 64;
  // With 16-byte slots such a table fills half of a 2 MiB second-level cache.
  static constexpr std::size_t kSparseCapacity = 65536;
  // A block of hashes fills 2 KiB of the first-level cache.
  static constexpr std::size_t kBlockRows = 256;
  // Memory answers in 145 ns and a row takes about 10 ns; the core keeps some 16 lines in flight.
  static constexpr std::size_t kPrefetchRows = 16;

  // Partitions consume the highest bits and slots the lowest, so the tag comes from between.
  static std::uint8_t tag_of(std::uint64_t hash) noexcept { return static_cast<std::uint8_t>(hash >> 40 | 0x80u); }
  // Small tables stay sparse: their memory does not count, and a first probe that hits keeps the branches predictable.
  static std::size_t growth_limit(std::size_t capacity) noexcept {
    return capacity <= kSparseCapacity ? capacity / 4 : capacity / 8 * 5;
  }
  static std::size_t refusal_limit(std::size_t capacity) noexcept { return capacity / 8 * 7; }
  static std::size_t bytes_for(std::size_t capacity) noexcept { return capacity * (sizeof(Slot) + 1); }

  [[nodiscard]] std::uint64_t slot_hash(const Slot& slot) const {
    if constexpr (kStoresHash) {
      return slot.hash;
    } else {
      return hash_of(slot.key);
    }
  }

  template <typename Key>
  [[nodiscard]] bool matches(const Slot& slot, const Key& key, [[maybe_unused]] std::uint64_t hash) const {
    if constexpr (kStoresHash) {
      if (slot.hash != hash) { return false; }
    }
    if constexpr (std::is_same_v<Key, MovableKey>) {
      return eq_(slot.key, static_cast<const K&>(key));
    } else {
      return eq_(slot.key, key);
    }
  }

  /// Slot of the key, or the free slot where it belongs. At least one slot is free, so it ends.
  template <typename Key>
  [[nodiscard]] std::size_t probe(const Key& key, std::uint64_t hash) const {
    const std::size_t mask = capacity_ - 1;
    const std::uint8_t tag = tag_of(hash);
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
      if (tags_[at] == kFree || (tags_[at] == tag && matches(slots_[at], key, hash))) { return at; }
    }
  }

  /// Called at the fill limit: grows, or goes on in the old slots up to 7/8 when refused.
  bool make_room() {
    if (grow()) { return true; }
    limit_ = refusal_limit(capacity_);
    return size_ < limit_;
  }

  bool grow() { return resize(capacity_ == 0 ? kMinCapacity : capacity_ * 2); }

  bool resize(std::size_t new_capacity) {
    if (new_capacity > (~std::size_t{0} >> 1) / (sizeof(Slot) + 1)) { return false; }
    std::byte* block = memory_->allocate(bytes_for(new_capacity));
    if (block == nullptr) { return false; }
    Slot* new_slots = reinterpret_cast<Slot*>(block);
    auto* new_tags = reinterpret_cast<std::uint8_t*>(block + new_capacity * sizeof(Slot));
    std::memset(new_tags, kFree, new_capacity);
    const std::size_t mask = new_capacity - 1;
    for (std::size_t at = 0; at < capacity_; ++at) {
      if (tags_[at] == kFree) { continue; }
      std::size_t to = slot_hash(slots_[at]) & mask;
      while (new_tags[to] != kFree) { to = (to + 1) & mask; }
      new_tags[to] = tags_[at];
      ::new (static_cast<void*>(new_slots + to)) Slot(std::move(slots_[at]));
      std::destroy_at(slots_ + at);
    }
    if (capacity_ != 0) { memory_->deallocate(reinterpret_cast<std::byte*>(slots_), bytes_for(capacity_)); }
    slots_ = new_slots;
    tags_ = new_tags;
    capacity_ = new_capacity;
    limit_ = growth_limit(capacity_);
    return true;
  }

  template <typename Take>
  void drain_slots(Take&& take) {
    std::size_t at = 0;
    try {
      for (; at < capacity_; ++at) {
        if (tags_[at] == kFree) { continue; }
        take(slots_[at]);
        std::destroy_at(slots_ + at);
        tags_[at] = kFree;
        --size_;
      }
    } catch (...) {
      // Holes in front of the remaining entries would cut their probe chains.
      std::destroy_at(slots_ + at);
      tags_[at] = kFree;
      --size_;
      rebuild_chains();
      throw;
    }
    reopen();
  }

  /// Puts every entry where probing finds it, after entries in front of it were removed.
  void rebuild_chains() noexcept {
    const std::size_t mask = capacity_ - 1;
    // Entries settle in at most as many rounds as the longest chain wraps; one round is the usual number.
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t at = 0; at < capacity_; ++at) {
        if (tags_[at] == kFree) { continue; }
        std::size_t to = slot_hash(slots_[at]) & mask;
        while (to != at && tags_[to] != kFree) { to = (to + 1) & mask; }
        if (to == at) { continue; }
        ::new (static_cast<void*>(slots_ + to)) Slot(std::move(slots_[at]));
        std::destroy_at(slots_ + at);
        tags_[to] = tags_[at];
        tags_[at] = kFree;
        moved = true;
      }
    }
  }

  void destroy_entries() noexcept {
    if constexpr (!kIsPlain) {
      for (std::size_t at = 0; at < capacity_; ++at) {
        if (tags_[at] != kFree) { std::destroy_at(slots_ + at); }
      }
    }
  }

  void reopen() noexcept {
    limit_ = growth_limit(capacity_);
    full_ = false;
  }

  void take_slots(CombineTable& other) noexcept {
    slots_ = std::exchange(other.slots_, nullptr);
    tags_ = std::exchange(other.tags_, nullptr);
    capacity_ = std::exchange(other.capacity_, 0);
    size_ = std::exchange(other.size_, 0);
    limit_ = std::exchange(other.limit_, 0);
    full_ = std::exchange(other.full_, false);
  }

  MemorySource* memory_;
  Slot* slots_ = nullptr;
  std::uint8_t* tags_ = nullptr;  // Behind the slots, in the same allocation.
  std::size_t capacity_ = 0;      // 0 or a power of two.
  std::size_t size_ = 0;
  std::size_t limit_ = 0;         // Entries beyond which it tries to grow.
  bool full_ = false;
  [[no_unique_address]] Hash hash_;
  [[no_unique_address]] Eq eq_;
};

}  // namespace hammerscale::shuffle
