#include "hammerscale/mllib/clustering_evaluation.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "hammerscale/closure/bind.hpp"
#include "hammerscale/dataset/gang_rows.hpp"
#include "hammerscale/mllib/feature_block.hpp"
#include "hammerscale/mllib/initial_centers.hpp"
#include "hammerscale/mllib/nearest_centers.hpp"
#include "hammerscale/mllib/reproducible_sum.hpp"

namespace hammerscale::mllib {
namespace {

/// What the executors are sent.
struct EvaluationRequest {
  std::vector<double> centers;
  std::uint64_t num_features = 0;
  bool cosine_model = false;
  bool weighted = false;
  std::optional<SilhouetteDistance> silhouette;
};

/// The cluster of each local row, and what all ranks found about the clusters.
struct Assigned {
  std::vector<std::uint32_t> cluster;
  std::vector<std::int64_t> sizes;
  double cost = 0;
};

double weight_of(const FeatureBlock& block, std::size_t local_row) {
  return block.weighted() ? block.weights()[local_row] : 1.0;
}

/// Adds up the parts that the slots have summed, over all ranks: parts[i] + parts[half + i]. Collective.
std::vector<double> join_parts(GangContext& gang, const std::vector<std::vector<double>>& of_slot, std::size_t half) {
  std::vector<double> parts(2 * half, 0.0);
  for (const auto& some : of_slot) {
    for (std::size_t i = 0; i < some.size(); ++i) { parts[i] += some[i]; }
  }
  gang.comm().all_reduce(parts, comm::Sum{});
  for (std::size_t i = 0; i < half; ++i) { parts[i] += parts[half + i]; }
  parts.resize(half);
  return parts;
}

/// Gives each row to its nearest centre. Collective.
Assigned assign_rows(GangContext& gang, const FeatureBlock& block, const EvaluationRequest& request) {
  const std::size_t d = block.num_features();
  const std::size_t k = request.centers.size() / d;
  const NearestCenters centers(request.centers, k, d);
  const auto cut = cut_of_squared_distances(block);
  Assigned result;
  result.cluster.resize(block.num_local_rows());
  // Of each slot: the cost's two parts, k counts of rows.
  std::vector<std::vector<double>> of_slot(FeatureBlock::num_slots(gang), std::vector<double>(k + 2, 0.0));
  block.for_each_range(gang, [&](std::size_t slot, const FeatureBlock::Range& range) {
    std::vector<double> distances(range.num_rows);
    const std::span<std::uint32_t> nearest(result.cluster.data() + range.first_local, range.num_rows);
    centers.find(range.rows, block.squared_norms().data() + range.first_local, nearest, distances.data());
    ReproducibleSum total(cut);
    for (std::size_t i = 0; i < range.num_rows; ++i) {
      ++of_slot[slot][2 + nearest[i]];
      total.add(weight_of(block, range.first_local + i) * distances[i]);
    }
    of_slot[slot][0] += total.high();
    of_slot[slot][1] += total.low();
  });
  std::vector<double> all(k + 2, 0.0);
  for (const auto& some : of_slot) {
    for (std::size_t i = 0; i < all.size(); ++i) { all[i] += some[i]; }
  }
  gang.comm().all_reduce(all, comm::Sum{});
  result.cost = (all[0] + all[1]) * (request.cosine_model ? 0.5 : 1.0);
  for (std::size_t c = 0; c < k; ++c) { result.sizes.push_back(static_cast<std::int64_t>(all[2 + c])); }
  return result;
}

/// The clusters as silhouettes see them.
struct ClusterMoments {
  std::vector<double> weights;  ///< k
  std::vector<double> means;    ///< k x d
  std::vector<double> spreads;  ///< k: mean squared distance to the mean.
};

double squared_distance(const double* x, const double* y, std::size_t d) {
  double sum = 0;
  for (std::size_t j = 0; j < d; ++j) { sum += (x[j] - y[j]) * (x[j] - y[j]); }
  return sum;
}

/// Weight, mean and spread of each cluster. Collective.
ClusterMoments measure_clusters(GangContext& gang, const FeatureBlock& block, const std::vector<std::uint32_t>& cluster,
                                std::size_t k) {
  const std::size_t d = block.num_features();
  const std::size_t half = k * (d + 1);
  std::vector<SumCut> cuts;
  for (const double largest : block.max_abs()) {
    cuts.push_back(SumCut::of(largest * block.max_weight(), block.num_global_rows()));
  }
  cuts.push_back(SumCut::of(block.max_weight(), block.num_global_rows()));
  // Of each slot: for each cluster its d sums and its weight, high parts and then low parts.
  std::vector<std::vector<double>> of_slot(FeatureBlock::num_slots(gang));
  const auto add = [](std::vector<double>& parts, std::size_t at, std::size_t size, double x, const SumCut& cut) {
    ReproducibleSum sum(cut);
    sum.add(x);
    parts[at] += sum.high();
    parts[size + at] += sum.low();
  };
  block.for_each_range(gang, [&](std::size_t slot, const FeatureBlock::Range& range) {
    auto& parts = of_slot[slot];
    parts.resize(2 * half, 0.0);
    for (std::size_t i = 0; i < range.num_rows; ++i) {
      const std::size_t at = cluster[range.first_local + i] * (d + 1);
      const double weight = weight_of(block, range.first_local + i);
      for (std::size_t j = 0; j < d; ++j) { add(parts, at + j, half, weight * range.rows[i * d + j], cuts[j]); }
      add(parts, at + d, half, weight, cuts[d]);
    }
  });
  const auto sums = join_parts(gang, of_slot, half);
  ClusterMoments moments;
  for (std::size_t c = 0; c < k; ++c) {
    const double weight = sums[c * (d + 1) + d];
    moments.weights.push_back(weight);
    for (std::size_t j = 0; j < d; ++j) { moments.means.push_back(weight > 0 ? sums[c * (d + 1) + j] / weight : 0.0); }
  }

  const auto cut = cut_of_squared_distances(block);
  of_slot.assign(of_slot.size(), std::vector<double>(2 * k, 0.0));
  block.for_each_range(gang, [&](std::size_t slot, const FeatureBlock::Range& range) {
    for (std::size_t i = 0; i < range.num_rows; ++i) {
      const std::size_t c = cluster[range.first_local + i];
      const double distance = squared_distance(range.rows + i * d, moments.means.data() + c * d, d);
      add(of_slot[slot], c, k, weight_of(block, range.first_local + i) * distance, cut);
    }
  });
  moments.spreads = join_parts(gang, of_slot, k);
  for (std::size_t c = 0; c < k; ++c) { moments.spreads[c] /= moments.weights[c] > 0 ? moments.weights[c] : 1.0; }
  return moments;
}

/// Silhouette of one row.
double silhouette_of(const double* row, std::size_t own, double weight, const ClusterMoments& moments, std::size_t d) {
  // Rows without weight in their cluster have no neighbours to be compared with, nor has a row that is alone.
  const double others = moments.weights[own] - weight;
  if (!(others > 0)) { return 0; }
  double within = 0;
  double between = std::numeric_limits<double>::infinity();
  for (std::size_t c = 0; c < moments.weights.size(); ++c) {
    if (moments.weights[c] == 0) { continue; }
    // The mean of |x - y|^2 over a cluster's y is |x - mean|^2 plus the cluster's spread.
    const double mean = squared_distance(row, moments.means.data() + c * d, d) + moments.spreads[c];
    if (c == own) {
      within = mean * moments.weights[own] / others;
    } else {
      between = std::min(between, mean);
    }
  }
  if (within < between) { return 1 - within / between; }
  return within > between ? between / within - 1 : 0;
}

/// Collective.
std::optional<double> measure_silhouette(GangContext& gang, const FeatureBlock& block, const Assigned& assigned) {
  const std::size_t d = block.num_features();
  const auto moments = measure_clusters(gang, block, assigned.cluster, assigned.sizes.size());
  const auto num_clusters =
      std::count_if(moments.weights.begin(), moments.weights.end(), [](double weight) { return weight > 0; });
  if (num_clusters < 2) { return std::nullopt; }
  const auto cut = SumCut::of(block.max_weight(), block.num_global_rows());
  std::vector<std::vector<double>> of_slot(FeatureBlock::num_slots(gang), std::vector<double>(4, 0.0));
  block.for_each_range(gang, [&](std::size_t slot, const FeatureBlock::Range& range) {
    ReproducibleSum total(cut);
    ReproducibleSum weights(cut);
    for (std::size_t i = 0; i < range.num_rows; ++i) {
      const double weight = weight_of(block, range.first_local + i);
      total.add(weight *
                silhouette_of(range.rows + i * d, assigned.cluster[range.first_local + i], weight, moments, d));
      weights.add(weight);
    }
    const double parts[4] = {total.high(), weights.high(), total.low(), weights.low()};
    for (std::size_t i = 0; i < 4; ++i) { of_slot[slot][i] += parts[i]; }
  });
  const auto sums = join_parts(gang, of_slot, 2);
  return sums[0] / sums[1];
}

ClusteringEvaluation evaluate_on_executor(const EvaluationRequest& request, GangContext& gang,
                                          GangRows<std::vector<double>>& rows) {
  ClusteringEvaluation result;
  const bool cosine_silhouette = request.silhouette == SilhouetteDistance::kCosine;
  Assigned assigned;
  {
    const auto block = FeatureBlock::load(gang, rows, request.cosine_model, request.weighted);
    if (block.num_features() != request.num_features) {
      throw UserError(
          ErrorCode::kMalformedInput, "the model was made for another number of features",
          {{"features", std::to_string(block.num_features())}, {"model", std::to_string(request.num_features)}});
    }
    assigned = assign_rows(gang, block, request);
    if (request.silhouette && cosine_silhouette == request.cosine_model) {
      result.silhouette = measure_silhouette(gang, block, assigned);
    }
  }
  if (request.silhouette && cosine_silhouette != request.cosine_model) {
    // On rows of length 1 the cosine distance is half the squared one, and a silhouette is a ratio of distances.
    const auto block = FeatureBlock::load(gang, rows, cosine_silhouette, request.weighted);
    result.silhouette = measure_silhouette(gang, block, assigned);
  }
  result.cost = assigned.cost;
  result.cluster_sizes = std::move(assigned.sizes);
  return result;
}

}  // namespace

ClusteringEvaluation evaluate_clustering(const Dataset<std::vector<double>>& points, const KMeansModel& model,
                                         bool weighted, std::optional<SilhouetteDistance> silhouette) {
  EvaluationRequest request;
  request.centers.assign(model.cluster_centers.data(), model.cluster_centers.data() + model.cluster_centers.size());
  request.num_features = model.num_features();
  request.cosine_model = model.options.distance_measure == "cosine";
  request.weighted = weighted;
  request.silhouette = silhouette;
  auto results = points.gang(hammerscale::bind(
      std::move(request), [](const EvaluationRequest& wanted, GangContext& gang, GangRows<std::vector<double>>& rows) {
        return evaluate_on_executor(wanted, gang, rows);
      }));
  return std::move(results.at(0));
}

}  // namespace hammerscale::mllib
