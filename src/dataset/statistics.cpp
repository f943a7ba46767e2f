#include "hammerscale/dataset/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace hammerscale {

void Statistics::merge(const Statistics& other) noexcept {
  if (other.count_ == 0) { return; }
  if (count_ == 0) {
    *this = other;
    return;
  }
  const auto n = static_cast<double>(count_);
  const auto m = static_cast<double>(other.count_);
  const double delta = other.mean_ - mean_;
  mean_ += delta * m / (n + m);
  squares_ += other.squares_ + delta * delta * n * m / (n + m);
  count_ += other.count_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
}

double Statistics::variance() const noexcept { return count_ == 0 ? kNaN : squares_ / static_cast<double>(count_); }
double Statistics::sample_variance() const noexcept {
  return count_ < 2 ? kNaN : squares_ / static_cast<double>(count_ - 1);
}
double Statistics::stdev() const noexcept { return std::sqrt(variance()); }
double Statistics::sample_stdev() const noexcept { return std::sqrt(sample_variance()); }

}  // namespace hammerscale
