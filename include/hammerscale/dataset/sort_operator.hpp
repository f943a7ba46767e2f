#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/dataset/shuffle_read.hpp"
#include "hammerscale/dataset/shuffle_write.hpp"
#include "hammerscale/shuffle/loser_tree.hpp"
#include "hammerscale/shuffle/sort_kernel.hpp"
#include "hammerscale/shuffle/spill_run.hpp"

namespace hammerscale::operators {

/// Elements of a sort in memory: an array in pool memory that grows, for bitwise and other elements alike.
template <typename T>
class SortArray {
 public:
  SortArray(storage::BufferPool pool, std::uint64_t limit_bytes) : memory_(std::move(pool), limit_bytes) {}
  ~SortArray() { release(); }
  SortArray(const SortArray&) = delete;
  SortArray& operator=(const SortArray&) = delete;

  /// Makes room for `count` elements in all. @return false when there is no memory for them.
  bool reserve(std::uint64_t count) {
    if (count <= capacity_) { return true; }
    auto* const grown = reinterpret_cast<T*>(memory_.allocate(count * sizeof(T)));
    if (grown == nullptr) { return false; }
    if constexpr (is_bitwise_v<T>) {
      std::memcpy(static_cast<void*>(grown), static_cast<const void*>(elements_), size_ * sizeof(T));
    } else {
      std::uninitialized_move_n(elements_, size_, grown);
      std::destroy_n(elements_, size_);
    }
    if (elements_ != nullptr) { memory_.deallocate(reinterpret_cast<std::byte*>(elements_), capacity_ * sizeof(T)); }
    elements_ = grown;
    capacity_ = count;
    return true;
  }

  /// Appends elements while there is room. @return how many.
  std::size_t append(BlockSpan<T> elements) {
    auto count = std::min<std::uint64_t>(elements.size(), capacity_ - size_);
    if (count < elements.size() && reserve(std::max<std::uint64_t>(2 * capacity_, size_ + elements.size()))) {
      count = elements.size();
    }
    if constexpr (is_bitwise_v<T>) {
      std::memcpy(static_cast<void*>(elements_ + size_), static_cast<const void*>(elements.data()), count * sizeof(T));
    } else {
      for (std::size_t i = 0; i < count; ++i) { std::construct_at(elements_ + size_ + i, std::move(elements[i])); }
    }
    size_ += count;
    return static_cast<std::size_t>(count);
  }

  [[nodiscard]] std::span<T> span() noexcept { return {elements_, size_}; }
  void clear() noexcept {
    std::destroy_n(elements_, size_);
    size_ = 0;
  }
  void release() noexcept {
    clear();
    if (elements_ != nullptr) { memory_.deallocate(reinterpret_cast<std::byte*>(elements_), capacity_ * sizeof(T)); }
    elements_ = nullptr;
    capacity_ = 0;
  }

 private:
  shuffle::PoolMemorySource memory_;
  T* elements_ = nullptr;
  std::uint64_t size_ = 0;
  std::uint64_t capacity_ = 0;
};

/// Reduce side of a sort: sorts what the range shuffle brought to a partition, stably by (key, place in the input).
/// What does not fit is sorted in runs, which are written to the spill file and merged.
template <typename T, typename K, typename KeyOf>
class Sort final : public Operator<T> {
 public:
  using Element = T;
  explicit Sort(const OperatorInit& init)
      : shuffle_(init.node.shuffles.at(0)),
        order_(Serde<shuffle::SortOrder>::read(init.params)),
        key_of_(FunctorCodec<KeyOf>::read(init.params)) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<T>& out) const override {
    auto input = context.open_shuffle(shuffle_, partition);
    const auto& pool = context.services().pool;
    // Besides the elements a sort holds their permutation and, for bitwise ones, a second copy to gather into.
    const std::uint64_t share = context.memory_share();
    SortArray<T> elements(pool, kSortsInPlace ? share : share / 2);
    storage::Reservation heap(pool);
    std::uint64_t heap_bytes = 0;
    std::vector<SortedRun> runs;

    const auto spill = [&] {
      sort(context, elements.span());
      runs.emplace_back(new_run(context));
      for (const T& element : elements.span()) { runs.back().append(element); }
      runs.back().run.flush();
      context.metrics().spill_bytes += runs.back().run.num_bytes();
      elements.clear();
      heap_bytes = 0;
      heap.shrink_to(0);
    };

    // Exactly what is needed, where it fits; a quarter of the share else, which then grows as far as it goes.
    if (!elements.reserve(input.num_elements())) {
      elements.reserve(std::max<std::uint64_t>(share / 8 / sizeof(T), block_elements<T>));
    }
    for_each_shuffled<T>(input, context, [&](BlockSpan<T> block) {
      while (!block.empty()) {
        const auto taken = elements.append(block);
        if constexpr (!is_bitwise_v<T>) {
          const auto all = elements.span();
          for (const T& element : all.subspan(all.size() - taken)) { heap_bytes += Serde<T>::heap_bytes(element); }
        }
        block = block.subspan(taken);
        if (taken == 0 && elements.span().empty()) { fail_too_small(share); }
        if (!block.empty() || !reserve_heap(heap, heap_bytes, share)) { spill(); }
      }
      return true;
    });

    if (runs.empty()) {
      sort(context, elements.span());
      push(elements.span(), context, out);
      return;
    }
    if (!elements.span().empty()) { spill(); }
    elements.release();
    merge_all(std::move(runs), context, out);
  }

 private:
  /// A run on disk, and what its elements take in memory once they are decoded.
  struct SortedRun {
    shuffle::SpillRun run;
    std::uint64_t decoded_bytes = 0;

    void append(const T& element) {
      if constexpr (!is_bitwise_v<T>) { decoded_bytes += sizeof(T) + Serde<T>::heap_bytes(element); }
      run.append(element);
    }
    /// Of one frame: its encoded bytes and, unless they serve as elements themselves, its decoded elements, twice
    /// because the vector of them grows by doubling.
    [[nodiscard]] std::uint64_t bytes_to_read() const {
      const auto num_frames = std::max<std::uint64_t>(run.frames().size(), 1);
      return run.num_bytes() / num_frames + 2 * (decoded_bytes / num_frames);
    }
  };

  // Frames small enough that a share of 4 MiB merges dozens of runs, large enough that the disk is read in strides.
  static constexpr std::size_t kSmallestFrameBytes = std::size_t{1} << 15;
  static constexpr std::size_t kLargestFrameBytes = std::size_t{1} << 17;

  static SortedRun new_run(TaskContext& context) {
    const auto frame_bytes =
        std::clamp<std::uint64_t>(context.memory_share() / 128, kSmallestFrameBytes, kLargestFrameBytes);
    return {shuffle::SpillRun(context.services().pool, context.services().spill_file, frame_bytes)};
  }
  // Numbers in their own order carry nothing beside the key, so their order among equals cannot be seen.
  static constexpr bool kSortsInPlace = std::is_same_v<KeyOf, std::identity> && std::is_arithmetic_v<T>;

  void sort(TaskContext& context, std::span<T> elements) const {
    if constexpr (kSortsInPlace) {
      shuffle::sort_keys(elements, order_);
    } else {
      auto key_of = key_of_;
      shuffle::PoolMemorySource memory(context.services().pool, 2 * context.memory_share());
      if (shuffle::sort_by_key(elements, key_of, order_, memory)) { return; }
      // No room for a permutation: in place, at the price of full comparisons.
      const auto less = [&](const T& a, const T& b) {
        return order_ == shuffle::SortOrder::kAscending
                   ? shuffle::KeyLess{}(std::invoke(key_of, a), std::invoke(key_of, b))
                   : shuffle::KeyLess{}(std::invoke(key_of, b), std::invoke(key_of, a));
      };
      std::stable_sort(elements.begin(), elements.end(), less);
    }
  }

  static void push(std::span<T> elements, TaskContext& context, Sink<T>& out) {
    for (std::size_t begin = 0; begin < elements.size(); begin += block_elements<T>) {
      context.throw_if_cancelled();
      if (!out.push(BlockSpan<T>(elements.subspan(begin, std::min(block_elements<T>, elements.size() - begin))))) {
        return;
      }
    }
  }

  /// Merges runs, as many at a time as the task's share can read, until one merge remains, whose elements go out.
  /// Neighbours are merged into one run in their place, which keeps the order of equal elements.
  void merge_all(std::vector<SortedRun> runs, TaskContext& context, Sink<T>& out) const {
    const std::uint64_t share = context.memory_share();
    while (true) {
      std::uint64_t most_bytes = 1;
      for (const auto& each : runs) { most_bytes = std::max(most_bytes, each.bytes_to_read()); }
      const auto fan_in = std::max<std::uint64_t>(share / most_bytes, 2);
      if (runs.size() <= fan_in) { break; }
      std::vector<SortedRun> merged;
      for (std::size_t begin = 0; begin < runs.size(); begin += fan_in) {
        const auto group = std::span(runs).subspan(begin, std::min<std::size_t>(fan_in, runs.size() - begin));
        auto& target = merged.emplace_back(new_run(context));
        merge(group, context, [&](T& element) {
          target.append(element);
          return true;
        });
        target.run.flush();
        context.metrics().spill_bytes += target.run.num_bytes();
        for (auto& each : group) { each.run.release(); }
      }
      runs = std::move(merged);
    }
    OutputBlock<T> block(out);
    merge(std::span(runs), context, [&](T& element) { return block.emplace(std::move(element)); });
    block.flush();
  }

  /// Calls `bool(T&)` for the elements of sorted runs in order, until it returns false.
  template <typename Take>
  void merge(std::span<SortedRun> runs, TaskContext& context, Take take) const {
    auto key_of = key_of_;
    struct Source {
      shuffle::SpillRunReader reader;
      std::vector<T> elements;
    };
    std::vector<Source> sources;
    storage::Reservation decoded(context.services().pool);
    std::uint64_t decoded_bytes = 0;
    for (const auto& each : runs) {
      sources.push_back({shuffle::SpillRunReader(each.run), {}});
      if constexpr (!is_bitwise_v<T>) { decoded_bytes += each.bytes_to_read(); }
    }
    // Within the task's share, so it is refused only where others hold more than theirs; the merge goes on then, as it
    // cannot do with less.
    static_cast<void>(decoded.try_grow(decoded_bytes));
    const auto less = [&](const T& a, const T& b) {
      return order_ == shuffle::SortOrder::kAscending
                 ? shuffle::KeyLess{}(std::invoke(key_of, a), std::invoke(key_of, b))
                 : shuffle::KeyLess{}(std::invoke(key_of, b), std::invoke(key_of, a));
    };
    const auto next_block = [&](std::size_t i) -> std::span<T> {
      context.throw_if_cancelled();
      auto& source = sources[i];
      const auto frame = source.reader.next();
      if constexpr (is_bitwise_v<T>) {
        if (!frame) { return {}; }
        return {reinterpret_cast<T*>(frame->first.data()), frame->second};
      } else {
        source.elements.clear();
        if (!frame) { return {}; }
        decode_blocks<T>(frame->first, frame->second, [&](BlockSpan<T> block) {
          for (auto& element : block) { source.elements.push_back(take_element(element)); }
          return true;
        });
        return source.elements;
      }
    };
    shuffle::LoserTree<T, decltype(less), decltype(next_block)> tree(sources.size(), less, next_block);
    bool open = true;
    while (open && !tree.done()) {
      tree.merge_into(block_elements<T>, [&](T& element) { open = open && take(element); });
    }
  }

  [[noreturn]] static void fail_too_small(std::uint64_t share) {
    throw ResourceError(ErrorCode::kOutOfMemory, "not even one block of a sort fits the memory budget",
                        {{"share_bytes", std::to_string(share)}, {"element_bytes", std::to_string(sizeof(T))}});
  }

  ShuffleId shuffle_;
  shuffle::SortOrder order_;
  KeyOf key_of_;
};

}  // namespace hammerscale::operators
