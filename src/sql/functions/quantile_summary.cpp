#include "sql/functions/quantile_summary.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <utility>

namespace hammerscale::sql {

namespace {

// Spark's numbers: equal answers need equal moments of sorting in and compressing.
constexpr std::size_t kPendingValues = 50'000;
constexpr std::size_t kCompressThreshold = 10'000;

/// Java's order of doubles: NaN last.
bool is_before(double a, double b) { return a < b || (b != b && a == a); }

}  // namespace

void QuantileSummary::insert(double value) {
  pending_.push_back(value);
  is_compressed_ = false;
  if (pending_.size() >= kPendingValues) {
    insert_pending();
    if (samples_.size() >= kCompressThreshold) { compress(); }
  }
}

void QuantileSummary::insert_pending() {
  if (pending_.empty()) { return; }
  std::sort(pending_.begin(), pending_.end(), is_before);
  std::vector<Sample> merged;
  merged.reserve(samples_.size() + pending_.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < pending_.size(); ++i) {
    const double value = pending_[i];
    while (next < samples_.size() && samples_[next].value <= value) { merged.push_back(samples_[next++]); }
    ++num_values_;
    // The smallest and the largest value have exact ranks.
    const bool is_extreme = merged.empty() || (next == samples_.size() && i + 1 == pending_.size());
    const double bound = std::floor(2 * relative_error_ * static_cast<double>(num_values_));
    merged.push_back({value, 1, is_extreme ? 0 : static_cast<std::int64_t>(bound)});
  }
  merged.insert(merged.end(), samples_.begin() + static_cast<std::ptrdiff_t>(next), samples_.end());
  samples_ = std::move(merged);
  pending_.clear();
}

void QuantileSummary::compress() {
  if (is_compressed_) { return; }
  insert_pending();
  samples_ = compressed(samples_, 2 * relative_error_ * static_cast<double>(num_values_));
  is_compressed_ = true;
}

std::vector<QuantileSummary::Sample> QuantileSummary::compressed(const std::vector<Sample>& samples,
                                                                 double merge_threshold) {
  std::vector<Sample> kept;  // From the last to the first.
  if (samples.empty()) { return kept; }
  Sample head = samples.back();
  for (std::size_t i = samples.size() - 1; i-- > 1;) {
    const Sample& sample = samples[i];
    if (static_cast<double>(sample.gap + head.gap + head.delta) < merge_threshold) {
      head.gap += sample.gap;
    } else {
      kept.push_back(head);
      head = sample;
    }
  }
  kept.push_back(head);
  if (samples.size() > 1 && samples.front().value <= head.value) { kept.push_back(samples.front()); }
  std::reverse(kept.begin(), kept.end());
  return kept;
}

void QuantileSummary::merge(QuantileSummary other) {
  compress();
  other.compress();
  if (other.num_values_ == 0) { return; }
  if (num_values_ == 0) {
    *this = std::move(other);
    return;
  }
  // A sample may have stood anywhere among those of the other side around it: its rank is less certain by their bound.
  const auto more_here =
      static_cast<std::int64_t>(std::floor(2 * other.relative_error_ * static_cast<double>(other.num_values_)));
  const auto more_there = static_cast<std::int64_t>(std::floor(2 * relative_error_ * static_cast<double>(num_values_)));
  std::vector<Sample> merged;
  merged.reserve(samples_.size() + other.samples_.size());
  std::size_t here = 0;
  std::size_t there = 0;
  while (here < samples_.size() && there < other.samples_.size()) {
    if (samples_[here].value < other.samples_[there].value) {
      merged.push_back(samples_[here++]);
      merged.back().delta += there > 0 ? more_here : 0;
    } else {
      merged.push_back(other.samples_[there++]);
      merged.back().delta += here > 0 ? more_there : 0;
    }
  }
  merged.insert(merged.end(), samples_.begin() + static_cast<std::ptrdiff_t>(here), samples_.end());
  merged.insert(merged.end(), other.samples_.begin() + static_cast<std::ptrdiff_t>(there), other.samples_.end());
  relative_error_ = std::max(relative_error_, other.relative_error_);
  num_values_ += other.num_values_;
  samples_ = compressed(merged, 2 * relative_error_ * static_cast<double>(num_values_));
}

std::vector<double> QuantileSummary::query(std::span<const double> percentages) {
  compress();
  if (samples_.empty()) { return {}; }
  std::int64_t widest = std::numeric_limits<std::int64_t>::min();
  for (const Sample& sample : samples_) { widest = std::max(widest, sample.delta + sample.gap); }
  const double target_error = static_cast<double>(widest) / 2;

  std::vector<std::size_t> order(percentages.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return percentages[a] < percentages[b]; });
  std::vector<double> values(percentages.size());
  std::size_t index = 0;
  std::int64_t min_rank = samples_.front().gap;
  for (const std::size_t i : order) {
    const double percentage = percentages[i];
    if (percentage <= relative_error_ || samples_.size() == 1) {
      values[i] = samples_.front().value;
    } else if (percentage >= 1 - relative_error_) {
      values[i] = samples_.back().value;
    } else {
      const auto rank = std::ceil(percentage * static_cast<double>(num_values_));
      bool is_found = false;
      while (!is_found && index + 1 < samples_.size()) {
        const auto max_rank = static_cast<double>(min_rank + samples_[index].delta);
        is_found = max_rank - target_error <= rank && rank <= static_cast<double>(min_rank) + target_error;
        if (!is_found) { min_rank += samples_[++index].gap; }
      }
      values[i] = samples_[index].value;
      if (!is_found) { min_rank = 0; }
    }
  }
  return values;
}

std::string QuantileSummary::to_bytes() {
  compress();
  std::string bytes(sizeof num_values_ + samples_.size() * sizeof(Sample), '\0');
  std::memcpy(bytes.data(), &num_values_, sizeof num_values_);
  if (!samples_.empty()) {
    std::memcpy(bytes.data() + sizeof num_values_, samples_.data(), samples_.size() * sizeof(Sample));
  }
  return bytes;
}

void QuantileSummary::merge_bytes(std::string_view bytes) {
  QuantileSummary other(relative_error_);
  if (bytes.size() < sizeof num_values_) { return; }
  std::memcpy(&other.num_values_, bytes.data(), sizeof num_values_);
  bytes.remove_prefix(sizeof num_values_);
  other.samples_.resize(bytes.size() / sizeof(Sample));
  if (!other.samples_.empty()) {
    std::memcpy(other.samples_.data(), bytes.data(), other.samples_.size() * sizeof(Sample));
  }
  merge(std::move(other));
}

}  // namespace hammerscale::sql
