#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/closure/bind.hpp"
#include "hammerscale/dataset/actions.hpp"
#include "hammerscale/dataset/dataset.hpp"

namespace hammerscale {

template <typename T>
auto Dataset<T>::sum(std::source_location where) const requires std::is_arithmetic_v<T> {
  using Total = std::conditional_t<std::is_floating_point_v<T>, double,
                                   std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>>;
  return aggregate(
      Total{0}, [](Total total, T value) { return static_cast<Total>(total + static_cast<Total>(value)); },
      std::plus<>{}, where);
}

template <typename T>
Statistics Dataset<T>::stats(std::source_location where) const requires std::is_arithmetic_v<T> {
  const auto parts =
      run_action<T, Statistics>(engine_, node_, "stats", actions::CollectStatistics{}, all_partitions(*node_), where);
  Statistics total;
  for (const auto& part : parts) { total.merge(part); }
  return total;
}

template <typename T>
double Dataset<T>::mean(std::source_location where) const requires std::is_arithmetic_v<T> {
  return stats(where).mean();
}

template <typename T>
T Dataset<T>::min(std::source_location where) const {
  return reduce([](T a, T b) { return b < a ? std::move(b) : std::move(a); }, where);
}

template <typename T>
T Dataset<T>::max(std::source_location where) const {
  return reduce([](T a, T b) { return a < b ? std::move(b) : std::move(a); }, where);
}

template <typename T>
std::vector<std::uint64_t> Dataset<T>::histogram(const std::vector<double>& bounds,
                                                 std::source_location where) const requires std::is_arithmetic_v<T> {
  if (bounds.size() < 2 || !std::is_sorted(bounds.begin(), bounds.end(), std::less_equal<>{})) {
    throw UserError(ErrorCode::kInvalidArgument, "a histogram needs at least two bounds, strictly ascending",
                    {{"num_bounds", std::to_string(bounds.size())}});
  }
  using Counts = std::vector<std::uint64_t>;
  const auto add = hammerscale::bind(bounds, [](const std::vector<double>& all, Counts counts, T value) {
    const auto x = static_cast<double>(value);
    if (x >= all.front() && x <= all.back()) {
      const auto above = std::upper_bound(all.begin(), all.end(), x) - all.begin();
      ++counts[std::min<std::size_t>(static_cast<std::size_t>(above), counts.size()) - 1];
    }
    return counts;
  });
  const auto merge = [](Counts a, const Counts& b) {
    for (std::size_t i = 0; i < a.size(); ++i) { a[i] += b[i]; }
    return a;
  };
  return aggregate(Counts(bounds.size() - 1, 0), add, merge, where);
}

template <typename T>
std::pair<std::vector<double>, std::vector<std::uint64_t>> Dataset<T>::histogram(
    std::uint32_t num_buckets, std::source_location where) const requires std::is_arithmetic_v<T> {
  if (num_buckets == 0) { throw UserError(ErrorCode::kInvalidArgument, "a histogram needs at least one bucket"); }
  const auto all = stats(where);
  if (all.count() == 0 || !std::isfinite(all.min()) || !std::isfinite(all.max())) {
    throw UserError(ErrorCode::kInvalidArgument, "a histogram needs finite numbers",
                    {{"count", std::to_string(all.count())}});
  }
  if (all.min() == all.max()) { return {{all.min(), all.max()}, {all.count()}}; }
  std::vector<double> bounds;
  for (std::uint32_t i = 0; i < num_buckets; ++i) {
    bounds.push_back(all.min() + (all.max() - all.min()) * i / num_buckets);
  }
  bounds.push_back(all.max());
  return {bounds, histogram(bounds, where)};
}

}  // namespace hammerscale
