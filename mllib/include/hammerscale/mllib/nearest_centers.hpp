#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hammerscale::mllib {

/// Finds the nearest of k centres for rows of d numbers, by squared Euclidean distance; ties go to the smallest index.
///
/// argmin |x - c|^2 is argmax x.c - |c|^2 / 2, which is a matrix product. That cancels digits, so every centre whose
/// score lies within the rounding error of the best is compared again by its exact distance; a bound on that error
/// needs no centred data. A row's result has the same bits wherever it lies and whatever rows are beside it, on
/// processors with vectors of one width. Vector instructions are chosen at run time.
///
/// Constant after construction; any number of threads may call find.
/// Work      2 k d + 3 d flops a row; k padded to a multiple of 16.
class NearestCenters {
 public:
  /// @param centers  k x d, row-major; copied. @pre k > 0, finite values.
  NearestCenters(std::span<const double> centers, std::size_t k, std::size_t d);

  /// @param rows  n x d, row-major, with n = nearest.size().
  /// @param squared_norms  |x|^2 of each row, to some rounding.
  /// @param squared_distances  of each row to its nearest centre, summed from the differences: no cancellation.
  void find(const double* rows, const double* squared_norms, std::span<std::uint32_t> nearest,
            double* squared_distances) const;

  [[nodiscard]] std::size_t num_centers() const noexcept { return k_; }
  [[nodiscard]] std::size_t num_features() const noexcept { return d_; }
  [[nodiscard]] const std::vector<double>& centers() const noexcept { return centers_; }

 private:
  std::size_t k_;
  std::size_t d_;
  std::vector<double> centers_;
  std::vector<double> packed_;           ///< [panel of 16 centres][feature][centre], zero behind the last.
  std::vector<double> minus_half_norm_;  ///< -|c|^2 / 2, -infinity behind the last.
  double largest_squared_norm_ = 0;
};

/// |x|^2 of one row, in a fixed order.
double squared_norm(std::span<const double> row) noexcept;

}  // namespace hammerscale::mllib
