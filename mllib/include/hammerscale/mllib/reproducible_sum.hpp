#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hammerscale::mllib {

/// Two constants that cut numbers so that sums of the pieces are exact, whatever the order.
///
/// (x + high) - high rounds x to a multiple of ulp(high); `high` is so large that n such multiples add up without any
/// rounding. The rest of x is cut once more by `low`. What is left after that is dropped: at most
/// max|x| 2^(2 ceil(log2 n) - 103) a number, so for n up to 2^25 less than a double's own rounding of max|x|.
/// So sums have the same bits for any order of the rows, any threads, partitions and ranks, and an all-reduce may add
/// the two parts as they are. Costs 7 operations a number instead of 1, all of them vector operations. Source    Demmel
/// and Nguyen, Parallel Reproducible Summation, IEEE Trans. Computers 64(7), 2015, with fixed bins.
struct SumCut {
  double high = 0;
  double low = 0;

  /// For n numbers of magnitude max_abs at the most, over all ranks. @pre max_abs is finite, below 2^900; n < 2^45.
  static SumCut of(double max_abs, std::uint64_t n) noexcept;
};

/// A sum whose bits do not depend on the order.
class ReproducibleSum {
 public:
  explicit ReproducibleSum(SumCut cut) noexcept : cut_(cut) {}
  void add(double x) noexcept {
    const double high = (x + cut_.high) - cut_.high;
    const double rest = x - high;
    high_ += high;
    low_ += (rest + cut_.low) - cut_.low;
  }
  [[nodiscard]] double high() const noexcept { return high_; }
  [[nodiscard]] double low() const noexcept { return low_; }

 private:
  SumCut cut_;
  double high_ = 0;
  double low_ = 0;
};

/// Adds each row to the sum of its group: high[g * d + j] and low[g * d + j] for row i with g = group_of[i].
///
/// @param rows   n x d, row-major.
/// @param cut_high, cut_low  SumCut of each column, d.
void add_rows_to_groups(const double* rows, std::span<const std::uint32_t> group_of, std::size_t d,
                        const double* cut_high, const double* cut_low, double* high, double* low);

/// Takes rows out of the sums of one group and adds them to those of another. Both are exact, so that the sums have the
/// bits of adding all rows to their last group at once.
///
/// @param which  numbers of the rows that move, below n.
/// @param from, to  group of each of them before and after.
void move_rows_between_groups(const double* rows, std::span<const std::uint32_t> which,
                              std::span<const std::uint32_t> from, std::span<const std::uint32_t> to, std::size_t d,
                              const double* cut_high, const double* cut_low, double* high, double* low);

}  // namespace hammerscale::mllib
