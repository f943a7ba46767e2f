#pragma once

#include <cstdint>
#include <limits>

namespace hammerscale {

/// Count, mean, variance, minimum and maximum of numbers, in a form that merges. A NaN makes mean and variance NaN and
/// is neither minimum nor maximum.
///
/// Source  Chan, Golub, LeVeque: Updating Formulae and a Pairwise Algorithm for Computing Sample Variances, 1979.
class Statistics {
 public:
  void add(double value) noexcept {
    ++count_;
    const double delta = value - mean_;
    mean_ += delta / static_cast<double>(count_);
    squares_ += delta * (value - mean_);
    if (value < min_) { min_ = value; }
    if (value > max_) { max_ = value; }
  }
  void merge(const Statistics& other) noexcept;

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  /// NaN for no numbers; so are the others but sum.
  [[nodiscard]] double mean() const noexcept { return count_ == 0 ? kNaN : mean_; }
  [[nodiscard]] double sum() const noexcept { return mean_ * static_cast<double>(count_); }
  [[nodiscard]] double min() const noexcept { return count_ == 0 ? kNaN : min_; }
  [[nodiscard]] double max() const noexcept { return count_ == 0 ? kNaN : max_; }
  /// Divided by count.
  [[nodiscard]] double variance() const noexcept;
  /// Divided by count - 1.
  [[nodiscard]] double sample_variance() const noexcept;
  [[nodiscard]] double stdev() const noexcept;
  [[nodiscard]] double sample_stdev() const noexcept;

 private:
  static constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

  std::uint64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;  // Sum of squared distances from the mean.
  double min_ = std::numeric_limits<double>::infinity();
  double max_ = -std::numeric_limits<double>::infinity();
};

}  // namespace hammerscale
