#include "hammerscale/mllib/initial_centers.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "hammerscale/base/counter_random.hpp"
#include "hammerscale/mllib/nearest_centers.hpp"
#include "hammerscale/mllib/weighted_kmeans.hpp"

namespace hammerscale::mllib {
namespace {

/// Streams of different rounds share nothing; the odd constant is that of the golden ratio.
std::uint64_t seed_of_round(std::uint64_t seed, std::uint64_t round) {
  return seed ^ (0x9E3779B97F4A7C15ULL * (round + 1));
}

struct ChosenRow {
  std::uint64_t global = 0;
  const double* values = nullptr;
};

/// The rows that all ranks have chosen, by their number in the dataset, on every rank. Collective.
std::vector<double> gather_rows(GangContext& gang, std::vector<ChosenRow> mine, std::size_t d) {
  std::vector<std::uint64_t> numbers;
  std::vector<double> values;
  for (const auto& row : mine) {
    numbers.push_back(row.global);
    values.insert(values.end(), row.values, row.values + d);
  }
  const auto all_numbers = gang.comm().all_gather_v(numbers).values;
  const auto all_values = gang.comm().all_gather_v(values).values;
  std::vector<std::size_t> order(all_numbers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return all_numbers[a] < all_numbers[b]; });
  std::vector<double> sorted;
  sorted.reserve(all_values.size());
  for (const auto i : order) {
    const auto* row = all_values.data() + i * d;
    sorted.insert(sorted.end(), row, row + d);
  }
  return sorted;
}

/// One row of the dataset, by its number, on every rank. Collective.
std::vector<double> gather_row(GangContext& gang, const FeatureBlock& block, std::uint64_t number) {
  std::vector<ChosenRow> mine;
  for (const auto& piece : block.pieces()) {
    if (number >= piece.first_global && number < piece.first_global + piece.num_rows) {
      mine.push_back({number, piece.rows.get() + (number - piece.first_global) * block.num_features()});
    }
  }
  return gather_rows(gang, std::move(mine), block.num_features());
}

/// A key that makes the rows with the smallest keys a sample without replacement, by weight: exponential draws divided
/// by the weight race each other. Rows of one weight get uniform keys, as rows without weights do, so that equal
/// weights change nothing. Nothing for a row of weight 0.
/// Source    Efraimidis and Spirakis, Weighted random sampling with a reservoir, IPL 97(5), 2006.
std::optional<std::uint64_t> weighted_key(const FeatureBlock& block, const FeatureBlock::Range& range, std::size_t i,
                                          std::uint64_t seed) {
  CounterRandom random(seed, range.first_global + i);
  if (block.min_weight() == block.max_weight()) { return random.next_bits(); }
  const double weight = block.weights()[range.first_local + i];
  if (weight == 0) { return std::nullopt; }
  // The bits of numbers that are not negative are in the order of the numbers.
  return std::bit_cast<std::uint64_t>(random.exponential() / weight);
}

/// Number of one row, drawn by weight. Collective.
std::uint64_t draw_first_row(GangContext& gang, const FeatureBlock& block, std::uint64_t seed) {
  if (block.min_weight() == block.max_weight()) { return CounterRandom(seed, 0).below(block.num_global_rows()); }
  using Draw = std::pair<std::uint64_t, std::uint64_t>;
  constexpr auto kNever = std::numeric_limits<std::uint64_t>::max();
  std::vector<Draw> of_slot(FeatureBlock::num_slots(gang), {kNever, kNever});
  block.for_each_range(gang, [&](std::size_t slot, const FeatureBlock::Range& range) {
    for (std::size_t i = 0; i < range.num_rows; ++i) {
      if (const auto key = weighted_key(block, range, i, seed)) {
        of_slot[slot] = std::min(of_slot[slot], {*key, range.first_global + i});
      }
    }
  });
  const auto smallest = *std::min_element(of_slot.begin(), of_slot.end());
  const std::vector<std::uint64_t> mine = {smallest.first, smallest.second};
  const auto all = gang.comm().all_gather_v(mine).values;
  Draw first{kNever, kNever};
  for (std::size_t i = 0; i < all.size(); i += 2) { first = std::min(first, {all[i], all[i + 1]}); }
  return first.second;
}

/// Whether each row equals none before it.
std::vector<bool> first_of_equals(const std::vector<double>& rows, std::size_t d) {
  const std::size_t m = rows.size() / d;
  std::vector<std::size_t> order(m);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto row = [&](std::size_t i) { return std::span(rows).subspan(i * d, d); };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return std::ranges::lexicographical_compare(row(a), row(b)); });
  std::vector<bool> first(m, true);
  for (std::size_t i = 1; i < m; ++i) { first[order[i]] = !std::ranges::equal(row(order[i]), row(order[i - 1])); }
  return first;
}

/// For each local row its nearest candidate so far, as candidates arrive.
class CandidateDistances {
 public:
  CandidateDistances(GangContext& gang, const FeatureBlock& block)
      : gang_(gang),
        block_(block),
        weighted_(block.weighted()),
        least_(block.num_local_rows(), std::numeric_limits<double>::infinity()),
        nearest_(block.num_local_rows(), 0) {}

  /// Takes further candidates in. @return the sum over all rows of the squared distance. Collective.
  double add(const std::vector<double>& candidates) {
    const std::size_t d = block_.num_features();
    const std::size_t m = candidates.size() / d;
    std::vector<ReproducibleSum> totals(FeatureBlock::num_slots(gang_),
                                        ReproducibleSum(cut_of_squared_distances(block_)));
    const NearestCenters centers(candidates, m, d);
    block_.for_each_range(gang_, [&](std::size_t slot, const FeatureBlock::Range& range) {
      std::vector<std::uint32_t> nearest(range.num_rows);
      std::vector<double> distances(range.num_rows);
      centers.find(range.rows, block_.squared_norms().data() + range.first_local, nearest, distances.data());
      for (std::size_t i = 0; i < range.num_rows; ++i) {
        auto& least = least_[range.first_local + i];
        if (distances[i] < least) {
          least = distances[i];
          nearest_[range.first_local + i] = num_candidates_ + nearest[i];
        }
        totals[slot].add(weighted_ ? block_.weights()[range.first_local + i] * least : least);
      }
    });
    num_candidates_ += static_cast<std::uint32_t>(m);
    double sums[2] = {0, 0};
    for (const auto& total : totals) {
      sums[0] += total.high();
      sums[1] += total.low();
    }
    gang_.comm().all_reduce(sums, comm::Sum{});
    return sums[0] + sums[1];
  }

  /// Local rows chosen with probability scale * distance, each by the draw of its number in the dataset. Local.
  std::vector<ChosenRow> choose(double scale, std::uint64_t seed) {
    std::vector<std::vector<ChosenRow>> chosen(FeatureBlock::num_slots(gang_));
    block_.for_each_range(gang_, [&](std::size_t slot, const FeatureBlock::Range& range) {
      for (std::size_t i = 0; i < range.num_rows; ++i) {
        const double weight = weighted_ ? block_.weights()[range.first_local + i] : 1.0;
        const double probability = scale * (weight * least_[range.first_local + i]);
        if (probability > 0 && CounterRandom(seed, range.first_global + i).bernoulli(probability)) {
          chosen[slot].push_back({range.first_global + i, range.rows + i * block_.num_features()});
        }
      }
    });
    std::vector<ChosenRow> all;
    for (const auto& of_slot : chosen) { all.insert(all.end(), of_slot.begin(), of_slot.end()); }
    return all;
  }

  /// Weight of the rows nearest to each candidate: their number where they have none. Collective.
  std::vector<double> weigh_nearest() {
    if (weighted_) { return sum_nearest_weights(); }
    std::vector<double> counts(num_candidates_, 0.0);
    for (const auto candidate : nearest_) { ++counts[candidate]; }
    gang_.comm().all_reduce(counts, comm::Sum{});
    return counts;
  }

 private:
  std::vector<double> sum_nearest_weights() {
    const auto cut = SumCut::of(block_.max_weight(), block_.num_global_rows());
    std::vector<double> parts(2 * std::size_t{num_candidates_}, 0.0);
    double* const low = parts.data() + num_candidates_;
    add_rows_to_groups(block_.weights().data(), nearest_, 1, &cut.high, &cut.low, parts.data(), low);
    gang_.comm().all_reduce(parts, comm::Sum{});
    for (std::uint32_t c = 0; c < num_candidates_; ++c) { parts[c] += low[c]; }
    parts.resize(num_candidates_);
    return parts;
  }

  GangContext& gang_;
  const FeatureBlock& block_;
  bool weighted_;
  std::vector<double> least_;
  std::vector<std::uint32_t> nearest_;
  std::uint32_t num_candidates_ = 0;
};

}  // namespace

SumCut cut_of_squared_distances(const FeatureBlock& block) {
  // (|x| + |c|)^2 with |c| <= max |x|, and as much again for rounding.
  return SumCut::of(8 * block.max_squared_norm() * block.max_weight(), block.num_global_rows());
}

std::vector<double> choose_initial_centers(GangContext& gang, const FeatureBlock& block, const KMeansOptions& options) {
  const std::size_t d = block.num_features();
  const std::size_t k = options.k;
  const auto first = draw_first_row(gang, block, seed_of_round(options.seed, 0));
  auto fresh = gather_row(gang, block, first);
  auto candidates = fresh;
  CandidateDistances distances(gang, block);
  for (std::uint32_t round = 0; round < options.init_steps && !fresh.empty(); ++round) {
    const double cost = distances.add(fresh);
    fresh.clear();
    if (cost <= 0) { break; }
    const double scale = 2.0 * static_cast<double>(k) / cost;
    fresh = gather_rows(gang, distances.choose(scale, seed_of_round(options.seed, round + 1)), d);
    candidates.insert(candidates.end(), fresh.begin(), fresh.end());
  }
  if (!fresh.empty()) { distances.add(fresh); }

  // Of equal candidates the first has all the rows.
  const auto weights = distances.weigh_nearest();
  const auto is_first = first_of_equals(candidates, d);
  std::vector<double> distinct;
  std::vector<double> weights_of_distinct;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!is_first[i]) { continue; }
    distinct.insert(distinct.end(), candidates.begin() + static_cast<std::ptrdiff_t>(i * d),
                    candidates.begin() + static_cast<std::ptrdiff_t>((i + 1) * d));
    weights_of_distinct.push_back(weights[i]);
  }
  return cluster_weighted_sample(distinct, weights_of_distinct, d, k, options.seed);
}

std::vector<double> choose_random_centers(GangContext& gang, const FeatureBlock& block, const KMeansOptions& options) {
  const std::size_t d = block.num_features();
  // The k rows with the smallest draws; their number in the dataset breaks ties.
  using Draw = std::pair<std::uint64_t, std::uint64_t>;
  const auto seed = seed_of_round(options.seed, 0);
  const auto keep_smallest = [&](std::vector<Draw>& draws) {
    if (draws.size() <= options.k) { return; }
    std::nth_element(draws.begin(), draws.begin() + options.k, draws.end());
    draws.resize(options.k);
  };
  std::vector<std::vector<Draw>> of_slot(FeatureBlock::num_slots(gang));
  block.for_each_range(gang, [&](std::size_t slot, const FeatureBlock::Range& range) {
    for (std::size_t i = 0; i < range.num_rows; ++i) {
      if (const auto key = weighted_key(block, range, i, seed)) {
        of_slot[slot].emplace_back(*key, range.first_global + i);
      }
    }
    keep_smallest(of_slot[slot]);
  });
  std::vector<Draw> draws;
  for (const auto& some : of_slot) { draws.insert(draws.end(), some.begin(), some.end()); }
  keep_smallest(draws);
  std::vector<std::uint64_t> flat;
  for (const auto& [draw, row] : draws) { flat.insert(flat.end(), {draw, row}); }
  const auto gathered = gang.comm().all_gather_v(flat).values;
  draws.clear();
  for (std::size_t i = 0; i < gathered.size(); i += 2) { draws.emplace_back(gathered[i], gathered[i + 1]); }
  keep_smallest(draws);

  std::vector<ChosenRow> mine;
  for (const auto& piece : block.pieces()) {
    for (const auto& [draw, row] : draws) {
      if (row >= piece.first_global && row < piece.first_global + piece.num_rows) {
        mine.push_back({row, piece.rows.get() + (row - piece.first_global) * d});
      }
    }
  }
  const auto rows = gather_rows(gang, std::move(mine), d);
  const auto is_first = first_of_equals(rows, d);
  std::vector<double> centers;
  for (std::size_t i = 0; i < is_first.size(); ++i) {
    if (is_first[i]) {
      centers.insert(centers.end(), rows.begin() + static_cast<std::ptrdiff_t>(i * d),
                     rows.begin() + static_cast<std::ptrdiff_t>((i + 1) * d));
    }
  }
  return centers;
}

}  // namespace hammerscale::mllib
