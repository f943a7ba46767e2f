#pragma once

#include <bit>
#include <cstdint>
#include <optional>

namespace hammerscale::comm {

/// The largest power of two of ranks, after the surplus has been folded in: of the first 2 s ranks (s the surplus),
/// each even one hands its values to the odd one behind it. Members keep the order of ranks, so blocks of members
/// stand for consecutive ranks and values can be combined in rank order.
///
/// Example, p = 5: s = 1, rank 0 folds into 1, members are ranks 1 2 3 4 with indices 0 1 2 3, and the combining tree
/// is ((0 1) 2) (3 4).
class FoldedGroup {
 public:
  explicit FoldedGroup(std::int32_t num_ranks)
      : num_members_(static_cast<std::int32_t>(std::bit_floor(static_cast<std::uint32_t>(num_ranks)))),
        surplus_(num_ranks - num_members_) {}

  [[nodiscard]] std::int32_t num_members() const noexcept { return num_members_; }
  [[nodiscard]] std::int32_t rank_of(std::int32_t index) const noexcept {
    return index < surplus_ ? 2 * index + 1 : index + surplus_;
  }
  /// nullopt for a rank that is folded into its successor.
  [[nodiscard]] std::optional<std::int32_t> index_of(std::int32_t rank) const noexcept {
    if (rank >= 2 * surplus_) { return rank - surplus_; }
    return rank % 2 == 1 ? std::optional(rank / 2) : std::nullopt;
  }
  /// Whether this member took in the values of the rank before it.
  [[nodiscard]] bool took_in(std::int32_t index) const noexcept { return index < surplus_; }

 private:
  std::int32_t num_members_;
  std::int32_t surplus_;
};

}  // namespace hammerscale::comm
