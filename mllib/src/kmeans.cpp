#include "hammerscale/mllib/kmeans.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <nlohmann/json.hpp>

#include "hammerscale/closure/bind.hpp"
#include "hammerscale/dataset/gang_rows.hpp"
#include "hammerscale/dataset/hdf5_arrays.hpp"
#include "hammerscale/mllib/feature_block.hpp"
#include "hammerscale/mllib/initial_centers.hpp"
#include "hammerscale/mllib/nearest_centers.hpp"
#include "hammerscale/mllib/reproducible_sum.hpp"
#include "hammerscale/storage/reservation.hpp"

namespace hammerscale::mllib {

/// What the executors find; filled in on the first only.
struct KMeansFit {
  std::vector<double> centers;
  double cost = 0;
  std::uint32_t num_iter = 0;
  std::vector<double> cost_history;
  std::vector<std::int64_t> sizes;
  double load_seconds = 0;
  double initialize_seconds = 0;
  double iterate_seconds = 0;
};

bool normalize_row(std::span<double> row) {
  const double length = std::sqrt(squared_norm(row));
  if (length == 0) { return false; }
  for (double& x : row) { x /= length; }
  return true;
}

namespace {

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

/// What one pass over the rows finds for given centres, over all ranks.
struct Assignment {
  std::vector<double> sums;     ///< k x d, of the weighted rows nearest to each centre.
  std::vector<double> counts;   ///< k, of the rows.
  std::vector<double> weights;  ///< k, of the weights; the counts where rows have none.
  double cost = 0;              ///< Sum of weighted squared distances.
};

class Lloyd {
 public:
  Lloyd(GangContext& gang, const FeatureBlock& block)
      : gang_(gang),
        block_(block),
        weighted_(block.weighted()),
        cost_cut_(cut_of_squared_distances(block)),
        weight_cut_(SumCut::of(block.max_weight(), block.num_global_rows())),
        reservation_(gang.services().pool),
        keeps_nearest_(!weighted_ && reservation_.try_grow(block.num_local_rows() * sizeof(std::uint32_t))) {
    for (const double largest : block.max_abs()) {
      const auto cut = SumCut::of(largest * block.max_weight(), block.num_global_rows());
      cut_high_.push_back(cut.high);
      cut_low_.push_back(cut.low);
    }
  }

  /// Gives each row to its nearest centre. Collective. Without weights, calls after the first with as many centres only
  /// add up the rows that changed their centre: sums are exact, so they have the same bits either way.
  Assignment assign(const std::vector<double>& centers) {
    const std::size_t d = block_.num_features();
    const std::size_t k = centers.size() / d;
    const NearestCenters nearest_centers(centers, k, d);
    // Parts of all sums, in one vector for one all-reduce: high k d, low k d, counts k, cost high, cost low; and, if
    // there are weights, their sums: high k, low k.
    const std::size_t low = k * d;
    const std::size_t counts = 2 * k * d;
    const std::size_t cost = counts + k;
    const std::size_t weights = cost + 2;
    const std::size_t num_parts = weights + (weighted_ ? 2 * k : 0);
    const bool adds_all = !keeps_nearest_ || local_.size() != cost;
    if (adds_all) {
      local_.assign(cost, 0.0);
      if (keeps_nearest_) { nearest_.resize(block_.num_local_rows()); }
    }
    std::vector<std::vector<double>> of_slot(FeatureBlock::num_slots(gang_));
    block_.for_each_range(gang_, [&](std::size_t slot, const FeatureBlock::Range& range) {
      auto& sums = of_slot[slot];
      if (sums.empty()) { sums.assign(num_parts, 0.0); }
      thread_local std::vector<std::uint32_t> nearest;
      thread_local std::vector<double> distances;
      nearest.resize(range.num_rows);
      distances.resize(range.num_rows);
      nearest_centers.find(range.rows, block_.squared_norms().data() + range.first_local, nearest, distances.data());
      const double* const weight_of = weighted_ ? block_.weights().data() + range.first_local : nullptr;
      if (adds_all) {
        const double* const rows = weighted_ ? scale_rows(range, weight_of) : range.rows;
        add_rows_to_groups(rows, nearest, d, cut_high_.data(), cut_low_.data(), sums.data(), sums.data() + low);
        for (const auto center : nearest) { ++sums[counts + center]; }
      } else {
        move_changed_rows(range, nearest, sums.data(), sums.data() + low, sums.data() + counts);
      }
      if (keeps_nearest_) {
        std::copy(nearest.begin(), nearest.end(), nearest_.begin() + static_cast<std::ptrdiff_t>(range.first_local));
      }
      if (weighted_) {
        add_rows_to_groups(weight_of, nearest, 1, &weight_cut_.high, &weight_cut_.low, sums.data() + weights,
                           sums.data() + weights + k);
      }
      ReproducibleSum total(cost_cut_);
      for (std::size_t i = 0; i < range.num_rows; ++i) {
        total.add(weighted_ ? weight_of[i] * distances[i] : distances[i]);
      }
      sums[cost] += total.high();
      sums[cost + 1] += total.low();
    });
    std::vector<double> all(local_);
    all.resize(num_parts, 0.0);
    for (const auto& sums : of_slot) {
      for (std::size_t i = 0; i < sums.size(); ++i) { all[i] += sums[i]; }
    }
    if (keeps_nearest_) { std::copy_n(all.begin(), cost, local_.begin()); }
    gang_.comm().all_reduce(all, comm::Sum{});
    Assignment result;
    for (std::size_t i = 0; i < low; ++i) { result.sums.push_back(all[i] + all[low + i]); }
    result.counts.assign(all.begin() + static_cast<std::ptrdiff_t>(counts),
                         all.begin() + static_cast<std::ptrdiff_t>(cost));
    result.cost = all[cost] + all[cost + 1];
    result.weights = result.counts;
    for (std::size_t c = 0; weighted_ && c < k; ++c) { result.weights[c] = all[weights + c] + all[weights + k + c]; }
    return result;
  }

 private:
  /// Moves the rows of a range whose centre is another than in the last call.
  void move_changed_rows(const FeatureBlock::Range& range, const std::vector<std::uint32_t>& nearest, double* high,
                         double* low, double* counts) const {
    thread_local std::vector<std::uint32_t> which;
    thread_local std::vector<std::uint32_t> from;
    thread_local std::vector<std::uint32_t> to;
    which.clear();
    from.clear();
    to.clear();
    const std::uint32_t* const before = nearest_.data() + range.first_local;
    for (std::uint32_t i = 0; i < range.num_rows; ++i) {
      if (before[i] == nearest[i]) { continue; }
      which.push_back(i);
      from.push_back(before[i]);
      to.push_back(nearest[i]);
      --counts[before[i]];
      ++counts[nearest[i]];
    }
    move_rows_between_groups(range.rows, which, from, to, block_.num_features(), cut_high_.data(), cut_low_.data(),
                             high, low);
  }

  /// The rows of a range times their weights, until the next call of this thread.
  const double* scale_rows(const FeatureBlock::Range& range, const double* weight_of) const {
    const std::size_t d = block_.num_features();
    thread_local std::vector<double> scaled;
    scaled.resize(range.num_rows * d);
    for (std::size_t i = 0; i < range.num_rows; ++i) {
      for (std::size_t j = 0; j < d; ++j) { scaled[i * d + j] = weight_of[i] * range.rows[i * d + j]; }
    }
    return scaled.data();
  }

  GangContext& gang_;
  const FeatureBlock& block_;
  bool weighted_;
  SumCut cost_cut_;
  SumCut weight_cut_;
  std::vector<double> cut_high_;
  std::vector<double> cut_low_;
  std::vector<double> local_;  ///< Sums and counts of the rows here after the last call, if it kept them; else zeros.
  storage::Reservation reservation_;
  bool keeps_nearest_;                  ///< Whether the budget has room for the next member.
  std::vector<std::uint32_t> nearest_;  ///< Centre of each local row after the last call.
};

/// Moves each centre that has rows of any weight to their mean. @return the largest squared distance that one moved.
double move_centers(std::vector<double>& centers, const Assignment& assignment, std::size_t d, bool cosine) {
  double largest = 0;
  std::vector<double> mean(d);
  for (std::size_t c = 0; c < assignment.counts.size(); ++c) {
    if (assignment.weights[c] == 0) { continue; }
    double moved = 0;
    for (std::size_t j = 0; j < d; ++j) { mean[j] = assignment.sums[c * d + j] / assignment.weights[c]; }
    // Rows that cancel out have no direction; their centre keeps its own.
    if (cosine && !normalize_row(mean)) { continue; }
    for (std::size_t j = 0; j < d; ++j) {
      const double step = mean[j] - centers[c * d + j];
      moved += step * step;
      centers[c * d + j] = mean[j];
    }
    largest = std::max(largest, moved);
  }
  return largest;
}

KMeansFit fit_on_executor(const KMeansOptions& options, GangContext& gang, GangRows<std::vector<double>>& rows) {
  const bool cosine = options.distance_measure == "cosine";
  // On rows of length 1 the squared distance is 2 (1 - cosine).
  const double cost_of_distance = cosine ? 0.5 : 1.0;
  KMeansFit fit;
  auto begin = Clock::now();
  const auto block = FeatureBlock::load(gang, rows, cosine, options.weighted);
  const std::size_t d = block.num_features();
  if (options.k > block.num_global_rows()) {
    throw UserError(ErrorCode::kInvalidArgument, "k is more than the number of rows",
                    {{"k", std::to_string(options.k)}, {"rows", std::to_string(block.num_global_rows())}});
  }
  fit.load_seconds = seconds_since(begin);

  begin = Clock::now();
  auto centers = options.init_mode == "random" ? choose_random_centers(gang, block, options)
                                               : choose_initial_centers(gang, block, options);
  for (std::size_t c = 0; cosine && c < centers.size(); c += d) { normalize_row(std::span(centers).subspan(c, d)); }
  fit.initialize_seconds = seconds_since(begin);

  begin = Clock::now();
  Lloyd lloyd(gang, block);
  const bool reports = gang.comm().rank().value == 0;
  for (bool converged = false; fit.num_iter < options.max_iter && !converged; ++fit.num_iter) {
    const auto assignment = lloyd.assign(centers);
    const double moved = move_centers(centers, assignment, d, cosine);
    converged = cosine ? moved / 2 <= options.tol : moved <= options.tol * options.tol;
    fit.cost_history.push_back(assignment.cost * cost_of_distance);
    if (reports) {
      gang.report("iteration", fit.num_iter + 1);
      gang.report("cost", fit.cost_history.back());
    }
  }
  fit.iterate_seconds = seconds_since(begin);
  const auto last = lloyd.assign(centers);
  if (!reports) { return {}; }
  fit.cost = last.cost * cost_of_distance;
  for (const double count : last.counts) { fit.sizes.push_back(static_cast<std::int64_t>(count)); }
  fit.centers = std::move(centers);
  return fit;
}

std::span<const double> as_span(const RowMatrix& matrix) {
  return {matrix.data(), static_cast<std::size_t>(matrix.size())};
}

/// Rows that predict looks at together.
constexpr std::size_t kPredictRows = 256;

void predict_rows(const std::vector<double>& centers, std::uint64_t d, bool cosine,
                  PartitionRows<std::vector<double>>& rows, Emitter<std::int32_t>& emit) {
  const NearestCenters nearest_centers(centers, centers.size() / d, d);
  std::vector<double> block;
  std::vector<double> norms;
  std::vector<double> distances(kPredictRows);
  std::vector<std::uint32_t> nearest(kPredictRows);
  const auto flush = [&] {
    const std::span<std::uint32_t> found(nearest.data(), norms.size());
    nearest_centers.find(block.data(), norms.data(), found, distances.data());
    for (const auto center : found) { emit(static_cast<std::int32_t>(center)); }
    block.clear();
    norms.clear();
  };
  rows.for_each([&](std::vector<double> row) {
    if (row.size() != d) {
      throw UserError(ErrorCode::kMalformedInput, "the model was made for another number of features",
                      {{"features", std::to_string(row.size())}, {"model", std::to_string(d)}});
    }
    for (std::size_t j = 0; j < d; ++j) {
      if (!std::isfinite(row[j])) {
        throw UserError(ErrorCode::kNonFinite, "a feature is not a finite number",
                        {{"column", std::to_string(j)}, {"value", std::to_string(row[j])}});
      }
    }
    if (cosine && !normalize_row(row)) {
      throw UserError(ErrorCode::kInvalidArgument, "cosine distance is not defined for a row of zeros");
    }
    block.insert(block.end(), row.begin(), row.end());
    norms.push_back(squared_norm(row));
    if (norms.size() == kPredictRows) { flush(); }
  });
  if (!norms.empty()) { flush(); }
}

}  // namespace

KMeansModel fit_kmeans(const Dataset<std::vector<double>>& points, const KMeansOptions& options) {
  options.validate();
  auto fits = points.gang(hammerscale::bind(
      options, [](const KMeansOptions& wanted, GangContext& gang, GangRows<std::vector<double>>& rows) {
        return fit_on_executor(wanted, gang, rows);
      }));
  auto& fit = fits.at(0);
  KMeansModel model;
  const auto k = static_cast<Eigen::Index>(fit.sizes.size());
  model.cluster_centers =
      Eigen::Map<const RowMatrix>(fit.centers.data(), k, static_cast<Eigen::Index>(fit.centers.size()) / k);
  model.options = options;
  model.training_cost = fit.cost;
  model.num_iter = fit.num_iter;
  model.cost_history = std::move(fit.cost_history);
  model.cluster_sizes = std::move(fit.sizes);
  model.load_seconds = fit.load_seconds;
  model.initialize_seconds = fit.initialize_seconds;
  model.iterate_seconds = fit.iterate_seconds;
  return model;
}

Dataset<std::int32_t> KMeansModel::predict(const Dataset<std::vector<double>>& points) const {
  const auto centers = as_span(cluster_centers);
  return points.map_partitions<std::int32_t>(hammerscale::bind(
      std::vector<double>(centers.begin(), centers.end()), static_cast<std::uint64_t>(num_features()),
      options.distance_measure == "cosine",
      [](const std::vector<double>& all, std::uint64_t d, bool cosine, PartitionRows<std::vector<double>>& rows,
         Emitter<std::int32_t>& emit) { predict_rows(all, d, cosine, rows, emit); }));
}

double KMeansModel::compute_global_cost(const Dataset<std::vector<double>>& points) const {
  const auto centers = as_span(cluster_centers);
  return points
      .gang(hammerscale::bind(
          std::vector<double>(centers.begin(), centers.end()), static_cast<std::uint64_t>(num_features()),
          options.distance_measure == "cosine",
          [](const std::vector<double>& all, std::uint64_t d, bool cosine, GangContext& gang,
             GangRows<std::vector<double>>& rows) {
            const auto block = FeatureBlock::load(gang, rows, cosine);
            if (block.num_features() != d) {
              throw UserError(ErrorCode::kMalformedInput, "the model was made for another number of features",
                              {{"features", std::to_string(block.num_features())}, {"model", std::to_string(d)}});
            }
            return Lloyd(gang, block).assign(all).cost * (cosine ? 0.5 : 1.0);
          }))
      .at(0);
}

void KMeansModel::save(const std::string& path, bool overwrite) const {
  Hdf5ArrayWriter writer(path, overwrite);
  writer.put_text("/estimator", "KMeans");
  const auto& name_of_weights = options.weighted && weight_column.empty() ? "weight" : weight_column;
  const nlohmann::ordered_json parameters = {{"k", options.k},
                                             {"maxIter", options.max_iter},
                                             {"tol", options.tol},
                                             {"initMode", options.init_mode},
                                             {"initSteps", options.init_steps},
                                             {"seed", options.seed},
                                             {"distanceMeasure", options.distance_measure},
                                             {"weightCol", name_of_weights},
                                             {"predictionCol", prediction_column},
                                             {"solver", options.solver},
                                             {"maxBlockSizeInMB", options.max_block_size_in_mb}};
  writer.put_text("/parameters", parameters.dump());
  writer.put_text("/features", nlohmann::json(feature_names).dump());
  writer.put("/model/clusterCenters", as_span(cluster_centers),
             {static_cast<std::uint64_t>(cluster_centers.rows()), static_cast<std::uint64_t>(cluster_centers.cols())});
  writer.put("/summary/clusterSizes", cluster_sizes, {cluster_sizes.size()});
  writer.put_number("/summary/trainingCost", training_cost);
  writer.put("/summary/costHistory", cost_history, {cost_history.size()});
  writer.commit();
}

KMeansModel KMeansModel::load(const std::string& path) {
  const Hdf5ArrayReader reader(path);
  if (!reader.has("/estimator") || reader.text("/estimator") != "KMeans") {
    throw UserError(ErrorCode::kInput, "file is not a KMeans model", {{"path", path}});
  }
  KMeansModel model;
  try {
    const auto parameters = nlohmann::json::parse(reader.text("/parameters"));
    model.options.k = parameters.at("k");
    model.options.max_iter = parameters.at("maxIter");
    model.options.tol = parameters.at("tol");
    model.options.init_mode = parameters.at("initMode");
    model.options.init_steps = parameters.at("initSteps");
    model.options.seed = parameters.at("seed");
    model.options.distance_measure = parameters.at("distanceMeasure");
    model.weight_column = parameters.at("weightCol");
    model.options.weighted = !model.weight_column.empty();
    model.prediction_column = parameters.at("predictionCol");
    model.options.solver = parameters.at("solver");
    model.options.max_block_size_in_mb = parameters.at("maxBlockSizeInMB");
    model.feature_names = nlohmann::json::parse(reader.text("/features"));
  } catch (const nlohmann::json::exception& error) {
    throw UserError(ErrorCode::kInput, "the model's parameters cannot be read",
                    {{"path", path}, {"reason", error.what()}});
  }
  const auto centers = reader.doubles("/model/clusterCenters");
  if (centers.extents.size() != 2 || centers.values.empty()) {
    throw UserError(ErrorCode::kInput, "the model has no cluster centres", {{"path", path}});
  }
  const auto num_columns = static_cast<std::size_t>(centers.extents[1]);
  if (!model.feature_names.empty() && model.feature_names.size() != num_columns) {
    throw UserError(ErrorCode::kInput, "the model's centres and names of features differ in number", {{"path", path}});
  }
  if (!std::ranges::all_of(centers.values, [](double x) { return std::isfinite(x); })) {
    throw UserError(ErrorCode::kInput, "the model's cluster centres are not finite", {{"path", path}});
  }
  model.cluster_centers =
      Eigen::Map<const RowMatrix>(centers.values.data(), static_cast<Eigen::Index>(centers.extents[0]),
                                  static_cast<Eigen::Index>(centers.extents[1]));
  model.cluster_sizes = reader.integers("/summary/clusterSizes").values;
  model.training_cost = reader.number("/summary/trainingCost");
  model.cost_history = reader.doubles("/summary/costHistory").values;
  model.num_iter = static_cast<std::uint32_t>(model.cost_history.size());
  return model;
}

}  // namespace hammerscale::mllib
