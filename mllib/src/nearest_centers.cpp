#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/nearest_centers.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include <algorithm>
#include <limits>

#include "hammerscale/base/check.hpp"
#include "hammerscale/mllib/nearest_centers.hpp"

#ifndef HAMMERSCALE_NEAREST_CENTERS_TASK
#define HAMMERSCALE_NEAREST_CENTERS_TASK
namespace hammerscale::mllib {

/// Centres of one packed panel: two AVX-512 vectors, and a multiple of two vectors of all narrower sets.
inline constexpr std::size_t kPanel = 16;
/// Rows whose scores are held at a time: with 32 features they fill a third of a 48 KiB L1 cache.
inline constexpr std::size_t kRowBlock = 64;

struct PackedCenters {
  std::size_t k;
  std::size_t d;
  std::size_t num_panels;
  const double* centers;
  const double* packed;
  const double* minus_half_norm;
  double tolerance_of_norm;  ///< Rounding error of a score's distance to another is at most this times |x|^2 ...
  double tolerance;          ///< ... plus this.
};

}  // namespace hammerscale::mllib
#endif

HWY_BEFORE_NAMESPACE();
namespace hammerscale::mllib::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using Tag = hn::CappedTag<double, 8>;
using Vector = hn::Vec<Tag>;

HWY_INLINE double squared_distance(const double* x, const double* c, std::size_t d) {
  const Tag tag;
  const std::size_t lanes = hn::Lanes(tag);
  Vector total = hn::Zero(tag);
  std::size_t j = 0;
  for (; j + lanes <= d; j += lanes) {
    const auto difference = hn::Sub(hn::LoadU(tag, x + j), hn::LoadU(tag, c + j));
    total = hn::MulAdd(difference, difference, total);
  }
  double sum = hn::GetLane(hn::SumOfLanes(tag, total));
  for (; j < d; ++j) { sum += (x[j] - c[j]) * (x[j] - c[j]); }
  return sum;
}

/// Scores of 4 rows against 2 vectors of centres; each is a chain over the features, so its bits do not depend on where
/// in a tile it is computed.
HWY_INLINE void score_tile(const double* x0, const double* x1, const double* x2, const double* x3, std::size_t d,
                           const double* panel, const double* start, double* scores, std::size_t score_stride) {
  const Tag tag;
  const std::size_t lanes = hn::Lanes(tag);
  const auto start0 = hn::LoadU(tag, start);
  const auto start1 = hn::LoadU(tag, start + lanes);
  Vector s00 = start0, s01 = start1, s10 = start0, s11 = start1;
  Vector s20 = start0, s21 = start1, s30 = start0, s31 = start1;
  for (std::size_t j = 0; j < d; ++j) {
    const auto c0 = hn::LoadU(tag, panel + j * kPanel);
    const auto c1 = hn::LoadU(tag, panel + j * kPanel + lanes);
    const auto v0 = hn::Set(tag, x0[j]);
    s00 = hn::MulAdd(v0, c0, s00);
    s01 = hn::MulAdd(v0, c1, s01);
    const auto v1 = hn::Set(tag, x1[j]);
    s10 = hn::MulAdd(v1, c0, s10);
    s11 = hn::MulAdd(v1, c1, s11);
    const auto v2 = hn::Set(tag, x2[j]);
    s20 = hn::MulAdd(v2, c0, s20);
    s21 = hn::MulAdd(v2, c1, s21);
    const auto v3 = hn::Set(tag, x3[j]);
    s30 = hn::MulAdd(v3, c0, s30);
    s31 = hn::MulAdd(v3, c1, s31);
  }
  hn::StoreU(s00, tag, scores);
  hn::StoreU(s01, tag, scores + lanes);
  hn::StoreU(s10, tag, scores + score_stride);
  hn::StoreU(s11, tag, scores + score_stride + lanes);
  hn::StoreU(s20, tag, scores + 2 * score_stride);
  hn::StoreU(s21, tag, scores + 2 * score_stride + lanes);
  hn::StoreU(s30, tag, scores + 3 * score_stride);
  hn::StoreU(s31, tag, scores + 3 * score_stride + lanes);
}

/// The centre with the best score, or of those that rounding cannot tell from it, the one with the least distance.
HWY_INLINE std::uint32_t choose(const PackedCenters& centers, const double* scores, const double* row, double norm) {
  const Tag tag;
  const std::size_t lanes = hn::Lanes(tag);
  const std::size_t width = centers.num_panels * kPanel;
  Vector best = hn::LoadU(tag, scores);
  for (std::size_t c = lanes; c < width; c += lanes) { best = hn::Max(best, hn::LoadU(tag, scores + c)); }
  const double bound = hn::GetLane(hn::MaxOfLanes(tag, best)) - (centers.tolerance_of_norm * norm + centers.tolerance);
  const auto bounds = hn::Set(tag, bound);
  std::size_t num_candidates = 0;
  std::size_t candidate = 0;
  for (std::size_t c = 0; c < width; c += lanes) {
    const auto close = hn::Ge(hn::LoadU(tag, scores + c), bounds);
    const auto count = hn::CountTrue(tag, close);
    if (count > 0) {
      if (num_candidates == 0) { candidate = c + static_cast<std::size_t>(hn::FindFirstTrue(tag, close)); }
      num_candidates += count;
    }
  }
  if (num_candidates == 1) { return static_cast<std::uint32_t>(candidate); }
  double least = squared_distance(row, centers.centers + candidate * centers.d, centers.d);
  for (std::size_t c = candidate + 1; c < centers.k; ++c) {
    if (scores[c] < bound) { continue; }
    const double distance = squared_distance(row, centers.centers + c * centers.d, centers.d);
    if (distance < least) {
      least = distance;
      candidate = c;
    }
  }
  return static_cast<std::uint32_t>(candidate);
}

void find_nearest(const PackedCenters& centers, const double* rows, const double* norms, std::size_t num_rows,
                  double* scores, std::uint32_t* nearest, double* distances) {
  const std::size_t d = centers.d;
  const std::size_t stride = centers.num_panels * kPanel;
  const std::size_t step = 2 * hn::Lanes(Tag());
  for (std::size_t begin = 0; begin < num_rows; begin += kRowBlock) {
    const std::size_t end = std::min(num_rows, begin + kRowBlock);
    for (std::size_t panel = 0; panel < centers.num_panels; ++panel) {
      for (std::size_t part = 0; part < kPanel; part += step) {
        const std::size_t first_center = panel * kPanel + part;
        const double* packed = centers.packed + panel * d * kPanel + part;
        for (std::size_t row = begin; row < end; row += 4) {
          // A last tile with fewer rows repeats its last one.
          const auto at = [&](std::size_t i) { return rows + std::min(row + i, end - 1) * d; };
          score_tile(at(0), at(1), at(2), at(3), d, packed, centers.minus_half_norm + first_center,
                     scores + (row - begin) * stride + first_center, stride);
        }
      }
    }
    for (std::size_t row = begin; row < end; ++row) {
      nearest[row] = choose(centers, scores + (row - begin) * stride, rows + row * d, norms[row]);
      distances[row] = squared_distance(rows + row * d, centers.centers + std::size_t{nearest[row]} * d, d);
    }
  }
}

}  // namespace hammerscale::mllib::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace hammerscale::mllib {

HWY_EXPORT(find_nearest);

double squared_norm(std::span<const double> row) noexcept {
  // Four chains, because one would wait for each addition.
  double totals[4] = {0, 0, 0, 0};
  std::size_t j = 0;
  for (; j + 4 <= row.size(); j += 4) {
    for (std::size_t i = 0; i < 4; ++i) { totals[i] += row[j + i] * row[j + i]; }
  }
  for (; j < row.size(); ++j) { totals[0] += row[j] * row[j]; }
  return (totals[0] + totals[1]) + (totals[2] + totals[3]);
}

NearestCenters::NearestCenters(std::span<const double> centers, std::size_t k, std::size_t d)
    : k_(k), d_(d), centers_(centers.begin(), centers.end()) {
  HS_CHECK(k > 0 && centers.size() == k * d);
  const std::size_t num_panels = (k + kPanel - 1) / kPanel;
  packed_.assign(num_panels * kPanel * d, 0.0);
  minus_half_norm_.assign(num_panels * kPanel, -std::numeric_limits<double>::infinity());
  for (std::size_t c = 0; c < k; ++c) {
    const double norm = squared_norm(centers.subspan(c * d, d));
    minus_half_norm_[c] = -0.5 * norm;
    largest_squared_norm_ = std::max(largest_squared_norm_, norm);
    for (std::size_t j = 0; j < d; ++j) { packed_[((c / kPanel) * d + j) * kPanel + c % kPanel] = centers[c * d + j]; }
  }
}

void NearestCenters::find(const double* rows, const double* squared_norms, std::span<std::uint32_t> nearest,
                          double* squared_distances) const {
  const std::size_t num_panels = minus_half_norm_.size() / kPanel;
  // A score is a chain of d + 1 roundings of terms that add up to |x| |c| + |c|^2 / 2 <= |x|^2 / 2 + |c|^2 in
  // magnitude, and two scores are compared: 2 (d + 4) u (|x|^2 / 2 + |c|^2), with u = 2^-53; twice that to be safe.
  const double unit = static_cast<double>(d_ + 4) * std::numeric_limits<double>::epsilon();
  const PackedCenters centers{k_,
                              d_,
                              num_panels,
                              centers_.data(),
                              packed_.data(),
                              minus_half_norm_.data(),
                              unit,
                              2 * unit * largest_squared_norm_};
  thread_local std::vector<double> scores;
  scores.resize(kRowBlock * num_panels * kPanel);
  HWY_DYNAMIC_DISPATCH(find_nearest)
  (centers, rows, squared_norms, nearest.size(), scores.data(), nearest.data(), squared_distances);
}

}  // namespace hammerscale::mllib

#endif
