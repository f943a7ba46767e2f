#include "hammerscale/mllib/feature_block.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <mutex>
#include <optional>
#include <string>

#include "hammerscale/dataset/global_rows.hpp"
#include "hammerscale/mllib/nearest_centers.hpp"

namespace hammerscale::mllib {
namespace {

/// Rows of a range: enough that handing it out costs nothing, few enough that threads end together.
constexpr std::size_t kRangeRows = 2048;

/// What is wrong with a row, so that all ranks report the first of all.
struct BadRow {
  enum Kind : std::uint64_t { kNone, kLength, kValue, kZero, kWeight };
  std::uint64_t row = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t kind = kNone;
  std::uint64_t column = 0;
  double value = 0;
};

void throw_bad_row(const BadRow& bad, std::size_t d) {
  if (bad.kind == BadRow::kLength) { throw_ragged_row(bad.row, bad.column, d); }
  if (bad.kind == BadRow::kZero) {
    throw UserError(ErrorCode::kInvalidArgument, "cosine distance is not defined for a row of zeros",
                    {{"row", std::to_string(bad.row)}});
  }
  if (bad.kind == BadRow::kWeight) {
    throw UserError(ErrorCode::kInvalidArgument, "a weight is negative, not finite, or too large",
                    {{"row", std::to_string(bad.row)},
                     {"value", std::to_string(bad.value)},
                     {"largest", std::to_string(FeatureBlock::kMaxWeight)}});
  }
  throw UserError(ErrorCode::kNonFinite, "a feature is not a finite number, or its square is not",
                  {{"row", std::to_string(bad.row)},
                   {"column", std::to_string(bad.column)},
                   {"value", std::to_string(bad.value)}});
}

// Squared distances of rows within this bound stay far below the largest double, also summed over all rows.
double largest_magnitude(std::size_t d) { return 0x1p400 / std::sqrt(static_cast<double>(d)); }

}  // namespace

FeatureBlock FeatureBlock::load(GangContext& gang, const GangRows<std::vector<double>>& rows, bool normalize,
                                bool weighted) {
  FeatureBlock block;
  auto& comm = gang.comm();
  std::vector<std::uint64_t> num_rows;
  for (std::size_t i = 0; i < rows.num_local_partitions(); ++i) { num_rows.push_back(rows.num_elements(i)); }
  const auto global = number_global_rows(comm, gang.partitions(), num_rows, gang.num_partitions());
  block.num_global_rows_ = global.num_rows;
  if (global.num_rows == 0) { throw UserError(ErrorCode::kInvalidArgument, "the dataset has no rows"); }

  for (std::size_t i = 0; i < num_rows.size(); ++i) {
    block.pieces_.push_back({nullptr, num_rows[i], block.num_local_rows_, global.first_row[i]});
    block.num_local_rows_ += num_rows[i];
  }
  block.squared_norms_.resize(block.num_local_rows_);
  block.weighted_ = weighted;
  block.weights_.resize(weighted ? block.num_local_rows_ : 0);
  const std::size_t num_weights = weighted ? 1 : 0;
  block.reservation_ = storage::Reservation(gang.services().pool);

  std::mutex mutex;
  BadRow first_bad;
  std::vector<std::optional<std::uint64_t>> lengths(num_rows.size());
  std::vector<std::vector<double>> max_abs(num_rows.size());
  gang.parallel_for(num_rows.size(), [&](std::size_t i) {
    auto& piece = block.pieces_[i];
    std::size_t row = 0;
    std::size_t d = 0;
    BadRow bad;
    double limit = 0;
    rows.for_each_block(i, [&](BlockSpan<std::vector<double>> elements) {
      for (const auto& element : elements) {
        if (row == 0) {
          lengths[i] = element.size();
          d = std::max(element.size(), num_weights) - num_weights;
          limit = largest_magnitude(std::max<std::size_t>(d, 1));
          {
            const std::lock_guard lock(mutex);
            if (!block.reservation_.try_grow(piece.num_rows * (d + 1 + num_weights) * sizeof(double))) {
              throw ResourceError(ErrorCode::kOutOfMemory, "the features do not fit the executor's memory",
                                  {{"rows", std::to_string(piece.num_rows)}, {"features", std::to_string(d)}});
            }
          }
          piece.rows = std::make_unique_for_overwrite<double[]>(piece.num_rows * d);
          max_abs[i].assign(d, 0.0);
        }
        if (bad.kind != BadRow::kNone) { return; }
        const std::uint64_t number = piece.first_global + row;
        if (element.size() != d + num_weights) {
          bad = {number, BadRow::kLength, element.size(), 0};
          return;
        }
        double* to = piece.rows.get() + row * d;
        double* largest = max_abs[i].data();
        bool finite = true;
        for (std::size_t j = 0; j < d; ++j) {
          const double magnitude = std::abs(element[j]);
          finite &= magnitude <= limit;
          largest[j] = std::max(largest[j], magnitude);
          to[j] = element[j];
        }
        if (!finite) {
          std::size_t j = 0;
          while (std::abs(element[j]) <= limit) { ++j; }
          bad = {number, BadRow::kValue, j, element[j]};
          return;
        }
        if (weighted) {
          const double weight = element[d];
          if (!(weight >= 0 && weight <= kMaxWeight)) {
            bad = {number, BadRow::kWeight, d, weight};
            return;
          }
          block.weights_[piece.first_local + row] = weight;
        }
        double norm = squared_norm({to, d});
        if (normalize) {
          if (norm == 0) {
            bad = {number, BadRow::kZero, 0, 0};
            return;
          }
          const double length = std::sqrt(norm);
          for (std::size_t j = 0; j < d; ++j) { to[j] /= length; }
          norm = squared_norm({to, d});
        }
        block.squared_norms_[piece.first_local + row] = norm;
        ++row;
      }
    });
    if (bad.kind != BadRow::kNone) {
      const std::lock_guard lock(mutex);
      if (bad.row < first_bad.row) { first_bad = bad; }
    }
  });

  // Rows of one partition agree with its first; now the partitions' first rows agree with row 0 of the dataset.
  BadRow first;
  for (const auto& bad : comm.all_gather_value(first_bad)) {
    if (bad.row < first.row) { first = bad; }
  }
  if (first.kind != BadRow::kNone && first.kind != BadRow::kLength) { throw_bad_row(first, 0); }
  if (first.kind == BadRow::kLength) {
    std::uint64_t expected = 0;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      const auto& piece = block.pieces_[i];
      if (lengths[i] && first.row >= piece.first_global && first.row < piece.first_global + piece.num_rows) {
        expected = *lengths[i];
      }
    }
    throw_bad_row(first, comm.all_reduce_max(expected));
  }
  const auto length = static_cast<std::size_t>(agree_on_row_length(comm, global.first_row, lengths));
  block.d_ = std::max(length, num_weights) - num_weights;
  if (block.d_ == 0) { throw UserError(ErrorCode::kInvalidArgument, "the rows have no features"); }

  std::vector<double> largest(block.d_ + 1, 0.0);
  for (const auto& of_piece : max_abs) {
    for (std::size_t j = 0; j < of_piece.size(); ++j) { largest[j] = std::max(largest[j], of_piece[j]); }
  }
  for (const double norm : block.squared_norms_) { largest[block.d_] = std::max(largest[block.d_], norm); }
  comm.all_reduce(largest, comm::Max{});
  block.max_squared_norm_ = largest[block.d_];
  largest.pop_back();
  // A normalized coordinate is at most 1, and rounding may add to that.
  block.max_abs_ = normalize ? std::vector<double>(block.d_, 1.5) : std::move(largest);

  if (weighted) {
    double extremes[2] = {0, -std::numeric_limits<double>::infinity()};
    for (const double weight : block.weights_) {
      extremes[0] = std::max(extremes[0], weight);
      extremes[1] = std::max(extremes[1], -weight);
    }
    comm.all_reduce(extremes, comm::Max{});
    block.max_weight_ = extremes[0];
    block.min_weight_ = -extremes[1];
    if (block.max_weight_ == 0) { throw UserError(ErrorCode::kInvalidArgument, "no row has a weight above 0"); }
  }

  for (const auto& piece : block.pieces_) {
    for (std::size_t begin = 0; begin < piece.num_rows; begin += kRangeRows) {
      block.ranges_.push_back({piece.rows.get() + begin * block.d_, std::min(kRangeRows, piece.num_rows - begin),
                               piece.first_local + begin, piece.first_global + begin});
    }
  }
  return block;
}

void FeatureBlock::for_each_range(
    GangContext& gang, const std::function<void(std::size_t slot, const Range& range)>& function) const {
  std::atomic<std::size_t> next{0};
  gang.parallel_for(num_slots(gang), [&](std::size_t slot) {
    for (auto i = next++; i < ranges_.size(); i = next++) { function(slot, ranges_[i]); }
  });
}

}  // namespace hammerscale::mllib
