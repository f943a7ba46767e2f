#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "hammerscale/dataset/gang_rows.hpp"
#include "hammerscale/scheduler/gang_context.hpp"
#include "hammerscale/storage/reservation.hpp"

namespace hammerscale::mllib {

/// The rows of features that lie on one executor, dense and row-major, a piece for each partition, and their numbers in
/// the whole dataset. Example, d = 2, partitions of 3, 0, 4 and 3 rows, of which this executor has 2 and 3:
///
///   pieces()[0]  rows 4 x 2, first_local 0, first_global 3      pieces()[1]  rows 3 x 2, first_local 4, first_global 7
///
/// Made inside a gang. The memory is reserved from the executor's budget.
class FeatureBlock {
 public:
  struct Piece {
    std::unique_ptr<double[]> rows;
    std::size_t num_rows = 0;
    std::size_t first_local = 0;
    std::uint64_t first_global = 0;
  };

  /// Copies the gang's rows. Collective.
  ///
  /// @param normalize  scales each row to length 1, for distances by angle.
  /// @param weighted   the last number of each row is its weight and no feature.
  /// @throws UserError kInvalidArgument  there are no rows, or rows without features, or a row of length 0 is
  ///         normalized, or a weight is negative, not finite, or above kMaxWeight, or all are 0;
  ///         kMalformedInput  a row has another length; kNonFinite  NaN, infinite, or so large that squares overflow.
  ///         On every rank alike, with the smallest offending row of the dataset and its column, from 0.
  /// @throws ResourceError kOutOfMemory
  static FeatureBlock load(GangContext& gang, const GangRows<std::vector<double>>& rows, bool normalize = false,
                           bool weighted = false);
  /// Weights up to here leave room for sums of weighted squared distances.
  static constexpr double kMaxWeight = 0x1p80;

  [[nodiscard]] std::size_t num_features() const noexcept { return d_; }
  [[nodiscard]] std::size_t num_local_rows() const noexcept { return num_local_rows_; }
  [[nodiscard]] std::uint64_t num_global_rows() const noexcept { return num_global_rows_; }
  [[nodiscard]] const std::vector<Piece>& pieces() const noexcept { return pieces_; }
  /// max |x_j| over all rows of all ranks, d.
  [[nodiscard]] const std::vector<double>& max_abs() const noexcept { return max_abs_; }
  /// max |x|^2 over all rows of all ranks.
  [[nodiscard]] double max_squared_norm() const noexcept { return max_squared_norm_; }
  /// |x|^2 of each local row.
  [[nodiscard]] const std::vector<double>& squared_norms() const noexcept { return squared_norms_; }
  /// Whether rows have weights; alike on all ranks, also on one without rows.
  [[nodiscard]] bool weighted() const noexcept { return weighted_; }
  /// Weight of each local row; empty when rows have none.
  [[nodiscard]] const std::vector<double>& weights() const noexcept { return weights_; }
  /// Largest and smallest weight over all rows of all ranks; 1 when rows have none.
  [[nodiscard]] double max_weight() const noexcept { return max_weight_; }
  [[nodiscard]] double min_weight() const noexcept { return min_weight_; }

  /// Part of a piece: rows that one call handles.
  struct Range {
    const double* rows;  ///< num_rows x d
    std::size_t num_rows;
    std::size_t first_local;
    std::uint64_t first_global;
  };
  /// Calls function(slot, range) for all local rows, a few thousand at a time, on the task threads; calls of one slot
  /// follow each other, so that it may own sums. Which ranges a slot gets is up to chance. Local.
  void for_each_range(GangContext& gang,
                      const std::function<void(std::size_t slot, const Range& range)>& function) const;
  /// Slots of for_each_range.
  static std::size_t num_slots(GangContext& gang) { return gang.num_threads(); }

 private:
  std::size_t d_ = 0;
  std::size_t num_local_rows_ = 0;
  std::uint64_t num_global_rows_ = 0;
  std::vector<Piece> pieces_;
  std::vector<Range> ranges_;
  std::vector<double> max_abs_;
  std::vector<double> squared_norms_;
  bool weighted_ = false;
  std::vector<double> weights_;
  double max_squared_norm_ = 0;
  double max_weight_ = 1;
  double min_weight_ = 1;
  storage::Reservation reservation_;
};

}  // namespace hammerscale::mllib
