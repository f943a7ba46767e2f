#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace hammerscale::shuffle {

/// Merges k sorted sources, block by block. Stable: of equal elements that of the lower source comes first.
///
/// A tournament tree: each output costs log2 k comparisons. T may be const; otherwise elements are moved out.
///
/// @tparam Less       less(const T&, const T&), a strict weak order (KeyLess for floating point).
/// @tparam NextBlock  next_block(std::size_t source) -> std::span<T>: the next sorted block of the source, empty at its
///                    end. The block before it is finished with then, so a source may reuse one buffer.
template <typename T, typename Less, typename NextBlock>
class LoserTree {
 public:
  using Element = std::remove_const_t<T>;

  /// Asks every source for its first block.
  LoserTree(std::size_t num_sources, Less less, NextBlock next_block)
      : less_(std::move(less)), next_block_(std::move(next_block)), sources_(num_sources) {
    for (std::size_t source = 0; source < num_sources; ++source) { load(source); }
    num_leaves_ = std::bit_ceil(std::max<std::size_t>(num_sources, 1));
    losers_.assign(num_leaves_, kNone);
    winner_ = play(1);
  }

  /// Whether everything was merged.
  [[nodiscard]] bool done() const noexcept { return winner_ == kNone || sources_[winner_].empty(); }

  /// Fills output from its begin with the next elements.
  /// @return how many; fewer than output.size() only at the end of all sources.
  std::size_t merge(std::span<Element> output) {
    std::size_t count = 0;
    while (count < output.size() && !done()) {
      output[count++] = std::move(*sources_[winner_].next);
      advance();
    }
    return count;
  }

  /// Hands the next at most max_elements to take(T&) one by one.
  /// @return how many.
  template <typename Take>
  std::size_t merge_into(std::size_t max_elements, Take&& take) {
    std::size_t count = 0;
    for (; count < max_elements && !done(); ++count) {
      take(*sources_[winner_].next);
      advance();
    }
    return count;
  }

 private:
  struct Source {
    T* next = nullptr;
    T* end = nullptr;
    [[nodiscard]] bool empty() const noexcept { return next == end; }
  };

  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  void load(std::size_t source) {
    const std::span<T> block = next_block_(source);
    sources_[source] = Source{block.data(), block.data() + block.size()};
  }

  /// Whether the head of a comes before the head of b.
  [[nodiscard]] bool beats(std::uint32_t a, std::uint32_t b) const {
    if (a == kNone || sources_[a].empty()) { return false; }
    if (b == kNone || sources_[b].empty()) { return true; }
    // Of two equal heads the one of the lower source wins.
    return a < b ? !less_(*sources_[b].next, *sources_[a].next) : less_(*sources_[a].next, *sources_[b].next);
  }

  /// Plays the first tournament below a node; the loser stays there, the winner goes up.
  std::uint32_t play(std::size_t node) {
    if (node >= num_leaves_) {
      const std::size_t source = node - num_leaves_;
      return source < sources_.size() ? static_cast<std::uint32_t>(source) : kNone;
    }
    const std::uint32_t left = play(2 * node);
    const std::uint32_t right = play(2 * node + 1);
    const bool right_wins = beats(right, left);
    losers_[node] = right_wins ? left : right;
    return right_wins ? right : left;
  }

  /// Removes the winner's head and replays its path.
  void advance() {
    Source& source = sources_[winner_];
    if (++source.next == source.end) { load(winner_); }
    std::uint32_t challenger = winner_;
    for (std::size_t node = (num_leaves_ + winner_) / 2; node > 0; node /= 2) {
      if (beats(losers_[node], challenger)) { std::swap(losers_[node], challenger); }
    }
    winner_ = challenger;
  }

  Less less_;
  NextBlock next_block_;
  std::vector<Source> sources_;
  std::vector<std::uint32_t> losers_;  // [1, num_leaves_): the loser of each inner node, as a heap is laid out.
  std::size_t num_leaves_ = 1;
  std::uint32_t winner_ = kNone;
};

}  // namespace hammerscale::shuffle
