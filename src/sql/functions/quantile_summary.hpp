#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hammerscale::sql {

/// Approximate quantiles of a stream of numbers in little memory, answer for answer as Spark gives them.
///
/// Each sample stands for the values between the sample before it and itself. Invariant once compressed: a rank asked
/// for is met within relative_error * num_values. Source: Greenwald and Khanna, Space-efficient Online Computation of
/// Quantile Summaries, SIGMOD 2001, with new values sorted in by blocks.
class QuantileSummary {
 public:
  explicit QuantileSummary(double relative_error) : relative_error_(relative_error) {}

  void insert(double value);
  /// Adds what another summary of equal relative error has seen.
  void merge(QuantileSummary other);
  /// One value for each percentage, 0 to 1; none when nothing was inserted. Compresses first.
  [[nodiscard]] std::vector<double> query(std::span<const double> percentages);
  /// Compresses, and gives the bytes of what it keeps; append_exported adds them to another summary.
  [[nodiscard]] std::string to_bytes();
  void merge_bytes(std::string_view bytes);

 private:
  struct Sample {
    double value = 0;
    std::int64_t gap = 0;    ///< g: fewest values between the sample before and this one, with this one.
    std::int64_t delta = 0;  ///< How far its rank may lie above the sum of gaps.
  };

  void insert_pending();
  void compress();
  static std::vector<Sample> compressed(const std::vector<Sample>& samples, double merge_threshold);

  double relative_error_;
  std::vector<Sample> samples_;
  std::int64_t num_values_ = 0;  ///< Of samples_, without pending_.
  std::vector<double> pending_;
  bool is_compressed_ = true;
};

}  // namespace hammerscale::sql
