#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/mllib/kmeans.hpp"

namespace hammerscale::mllib {

/// How silhouettes measure distance. Either way a row belongs to the cluster that the model predicts.
enum class SilhouetteDistance : std::uint8_t { kSquaredEuclidean, kCosine };

struct ClusteringEvaluation {
  /// Weighted mean over the rows of (b - a) / max(a, b), where a is the mean distance to the other rows of the row's
  /// cluster and b the least mean distance to the rows of another one; 0 for a row that is alone in its cluster.
  /// Nothing when not asked for, and when fewer than two clusters have rows.
  std::optional<double> silhouette;
  /// Weighted sum of squared distances to the nearest centres (for a cosine model, of 1 - cosine).
  double cost = 0;
  std::vector<std::int64_t> cluster_sizes;  ///< Rows.
};

/// How well a model's clusters fit rows, which need not be those it was trained on.
///
/// Called on the driver; runs one gang stage. The same bits for any number of ranks, threads and partitions.
///
/// @param points  n x d, or, if weighted, n x (d + 1) with the weight last.
/// @param silhouette  the distance of silhouettes, if they are wanted.
/// @throws UserError kMalformedInput  the rows have another length; and what FeatureBlock::load throws.
///
/// Work      2 k d flops a row for the clusters, 5 k d more for silhouettes.
/// Memory    n d / p doubles an executor beside the input, twice that where a cosine model or distance is involved.
/// Traffic   all-reduces of 2 k (d + 1), 2 k and 2 doubles: pairs of rows never meet.
/// Source    Rousseeuw 1987; closed forms of the mean distance as in Spark's ClusteringEvaluator, but around the
///           clusters' means instead of the origin, which cancels no digits.
ClusteringEvaluation evaluate_clustering(const Dataset<std::vector<double>>& points, const KMeansModel& model,
                                         bool weighted, std::optional<SilhouetteDistance> silhouette);

}  // namespace hammerscale::mllib
