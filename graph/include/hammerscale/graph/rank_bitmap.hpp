#pragma once

#include <atomic>
#include <bit>
#include <cstdint>
#include <vector>

namespace hammerscale::graph {

/// A set of numbers below a bound that tells of each member how many smaller members there are.
///
/// One bit and a half a number of the range. insert, then build, then rank and for_each. insert may be called by
/// several threads at once. Example: members {1, 4, 5} of 0..7: rank(1) is 0, rank(4) is 1, rank(5) is 2.
class RankBitmap {
 public:
  explicit RankBitmap(std::uint64_t bound) : words_(bound / 64 + 1), before_(words_.size() + 1) {}

  void insert(std::uint64_t number) {
    std::atomic_ref<std::uint64_t> word(words_[number / 64]);
    const auto bit = std::uint64_t{1} << (number % 64);
    // Most numbers come many times; a plain read keeps the cache line shared.
    if ((word.load(std::memory_order_relaxed) & bit) == 0) { word.fetch_or(bit, std::memory_order_relaxed); }
  }
  /// Counts the members; afterwards rank may be asked.
  void build() {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      before_[i + 1] = before_[i] + static_cast<std::uint64_t>(std::popcount(words_[i]));
    }
  }
  [[nodiscard]] std::uint64_t num_members() const noexcept { return before_.back(); }
  /// Members smaller than number, which must be a member.
  [[nodiscard]] std::uint64_t rank(std::uint64_t number) const {
    const auto below = (std::uint64_t{1} << (number % 64)) - 1;
    return before_[number / 64] + static_cast<std::uint64_t>(std::popcount(words_[number / 64] & below));
  }
  /// function(member) in ascending order.
  template <typename Function>
  void for_each(Function&& function) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (auto rest = words_[i]; rest != 0; rest &= rest - 1) {
        function(i * 64 + static_cast<std::uint64_t>(std::countr_zero(rest)));
      }
    }
  }

 private:
  std::vector<std::uint64_t> words_;
  std::vector<std::uint64_t> before_;
};

}  // namespace hammerscale::graph
