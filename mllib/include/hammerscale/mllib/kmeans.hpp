#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/mllib/kmeans_options.hpp"

namespace hammerscale::mllib {

/// Row-major, as rows of features lie in memory.
using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// k cluster centres, and how they were found.
///
/// A value on the driver; any number of threads may use it.
struct KMeansModel {
  /// k x d, in the order in which the initial centres were chosen. There are fewer than options.k rows when the data
  /// have fewer distinct rows, as in Spark.
  RowMatrix cluster_centers;
  KMeansOptions options;
  /// Names of the d features, empty where rows had none: what a model's file remembers of the table it was made of.
  std::vector<std::string> feature_names;
  std::string weight_column;                     ///< Name of the column of weights; empty: none.
  std::string prediction_column = "prediction";  ///< Name of the column that a transformed table gains.
  /// Sum over all rows of the (weighted) squared distance to the nearest of cluster_centers (cosine: of 1 - cosine).
  double training_cost = 0;
  std::uint32_t num_iter = 0;
  /// The cost with which each iteration began, so num_iter numbers; training_cost would be the next.
  std::vector<double> cost_history;
  /// Rows nearest to each centre.
  std::vector<std::int64_t> cluster_sizes;
  double load_seconds = 0;        ///< To bring the rows into dense blocks.
  double initialize_seconds = 0;  ///< To choose the initial centres.
  double iterate_seconds = 0;     ///< All iterations, without the cost of the final centres.

  [[nodiscard]] std::size_t num_features() const noexcept { return static_cast<std::size_t>(cluster_centers.cols()); }

  /// Index of the nearest centre of each row; ties go to the smallest. Lazy and narrow; keeps the order.
  /// @throws UserError (from the action) kMalformedInput  a row has another length; kNonFinite.
  [[nodiscard]] Dataset<std::int32_t> predict(const Dataset<std::vector<double>>& points) const;

  /// Sum of squared distances of the rows to their nearest centres, in one gang stage.
  /// @throws UserError kMalformedInput  the rows have another length.
  [[nodiscard]] double compute_global_cost(const Dataset<std::vector<double>>& points) const;

  /// Writes an HDF5 file: /estimator, /parameters, /features, /model/clusterCenters and the training summary.
  /// @throws UserError kFileExists, ...
  void save(const std::string& path, bool overwrite = false) const;
  /// @throws UserError kFileNotFound, kInput  not such a file.
  static KMeansModel load(const std::string& path);
};

/// Clusters rows by k-means: k-means|| or random initial centres, then Lloyd's iterations until no centre moves by more
/// than tol or max_iter is reached. A centre that loses all its rows stays where it is.
///
/// Called on the driver; runs one gang stage, on all executors' task threads. The dataset is cached, and copied densely
/// once more for the length of the call. Progress: "iteration" and "cost".
///
/// @param points   n x d: a vector of d features for each row, with options.weighted n x (d + 1): the weight, which is
///                 0 or more, comes last. A row of weight w counts as w equal rows would; weights of 1 change no bit.
///                 Sizes of clusters count rows.
/// @return the model, with the same bits for any number of ranks, threads and partitions, on processors with vectors of
///         one width: random draws are keyed by (seed, round, number of the row), sums by ReproducibleSum.
/// @throws UserError kInvalidArgument  an option is out of range, there are no rows, or k is more than n;
///         kNonFinite, kMalformedInput  with the number of the row, and column, from 0.
///
/// Work      a row and iteration: 2 k d + 10 d flops; d more with weights.
/// Memory    n d / p doubles an executor beside the input; 2 k (d + 2) a thread.
/// Traffic   an iteration: one all-reduce of k (2 d + 1) + 2 doubles. Start: init_steps all-gathers of about 2 k rows.
/// Source    Lloyd 1982; Bahmani et al., Scalable K-Means++, PVLDB 5(7), 2012.
KMeansModel fit_kmeans(const Dataset<std::vector<double>>& points, const KMeansOptions& options);

/// Scales a row to length 1, as cosine distances want it. @return whether it has a length.
bool normalize_row(std::span<double> row);

}  // namespace hammerscale::mllib
