#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "hammerscale/base/error.hpp"
#include "hammerscale/closure/bind.hpp"
#include "hammerscale/mllib/clustering_evaluation.hpp"
#include "hammerscale/mllib/estimator.hpp"
#include "hammerscale/mllib/kmeans.hpp"
#include "hammerscale/mllib/nearest_centers.hpp"
#include "hammerscale/mllib/number_text.hpp"

namespace hammerscale::mllib {
namespace {

constexpr std::array<ParameterDescription, 12> kParameters = {{
    {"k", ParameterType::kInteger, "2", "number of clusters"},
    {"maxIter", ParameterType::kInteger, "20", "iterations at the most"},
    {"tol", ParameterType::kNumber, "0.0001", "ends when no centre moves by more than this"},
    {"seed", ParameterType::kInteger, "0", "seed of the initial centres; --seed sets it too"},
    {"initMode", ParameterType::kText, "k-means||", "initial centres: k-means|| or random"},
    {"initSteps", ParameterType::kInteger, "2", "rounds of k-means||"},
    {"distanceMeasure", ParameterType::kText, "euclidean", "euclidean or cosine"},
    {"weightCol", ParameterType::kText, "", "column of weights; --weight sets it too"},
    {"featuresCol", ParameterType::kText, "features", "has no other value: --features names the columns"},
    {"predictionCol", ParameterType::kText, "prediction", "column that transform appends"},
    {"solver", ParameterType::kText, "auto", "auto, row or block; the answer is the same"},
    {"maxBlockSizeInMB", ParameterType::kNumber, "0", "0 or more; without influence on the answer"},
}};

KMeansOptions make_options(const EstimatorParameters& parameters) {
  KMeansOptions options;
  options.k = parameters.count("k", 1);
  options.max_iter = parameters.count("maxIter", 0);
  options.tol = parameters.number("tol");
  options.seed = static_cast<std::uint64_t>(parameters.integer("seed"));
  options.init_mode = parameters.text("initMode");
  options.init_steps = parameters.count("initSteps", 1);
  options.distance_measure = parameters.text("distanceMeasure");
  options.solver = parameters.text("solver");
  options.max_block_size_in_mb = parameters.number("maxBlockSizeInMB");
  return options;
}

void check(const EstimatorParameters& parameters) {
  make_options(parameters).validate();
  if (parameters.text("featuresCol") != "features") {
    throw UserError(ErrorCode::kInvalidArgument, "features are columns of the input: --features names them",
                    {{"parameter", "featuresCol"}, {"value", parameters.text("featuresCol")}});
  }
  if (parameters.text("predictionCol").empty()) {
    throw UserError(ErrorCode::kInvalidArgument, "a column needs a name", {{"parameter", "predictionCol"}});
  }
}

bool rejects_zero_rows(const EstimatorParameters& parameters) { return parameters.text("distanceMeasure") == "cosine"; }

/// Rows whose clusters are found together.
constexpr std::size_t kRowsAtOnce = 256;

/// Appends the number of its cluster to each row.
void append_predictions(const std::vector<double>& centers, std::uint64_t d, bool cosine, PartitionRows<TableRow>& rows,
                        Emitter<TableRow>& emit) {
  const NearestCenters nearest_centers(centers, centers.size() / d, d);
  std::vector<TableRow> held;
  std::vector<double> block;
  std::vector<double> norms;
  std::vector<std::uint32_t> nearest;
  std::vector<double> distances;
  const auto flush = [&] {
    nearest.resize(held.size());
    distances.resize(held.size());
    nearest_centers.find(block.data(), norms.data(), nearest, distances.data());
    bool open = true;
    for (std::size_t i = 0; i < held.size() && open; ++i) {
      held[i].cells.push_back(std::to_string(nearest[i]));
      open = emit(std::move(held[i]));
    }
    held.clear();
    block.clear();
    norms.clear();
    return open;
  };
  rows.for_each([&](TableRow row) {
    if (row.numbers.size() < d) {
      throw UserError(ErrorCode::kMalformedInput, "the model was made for another number of features",
                      {{"features", std::to_string(row.numbers.size())}, {"model", std::to_string(d)}});
    }
    const std::size_t begin = block.size();
    block.insert(block.end(), row.numbers.begin(), row.numbers.begin() + static_cast<std::ptrdiff_t>(d));
    const auto features = std::span(block).subspan(begin);
    if (cosine) { normalize_row(features); }
    norms.push_back(squared_norm(features));
    held.push_back(std::move(row));
    return held.size() < kRowsAtOnce || flush();
  });
  if (!held.empty()) { flush(); }
}

class FittedKMeans final : public FittedModel {
 public:
  explicit FittedKMeans(KMeansModel model) : model_(std::move(model)) {}

  [[nodiscard]] std::string_view estimator() const override { return "KMeans"; }
  [[nodiscard]] const std::vector<std::string>& feature_names() const override { return model_.feature_names; }
  [[nodiscard]] const std::string& weight_column() const override { return model_.weight_column; }
  [[nodiscard]] bool rejects_zero_rows() const override { return is_cosine(); }

  [[nodiscard]] EstimatorParameters parameters() const override {
    EstimatorParameters parameters(kParameters);
    const auto& options = model_.options;
    parameters.set("k", std::to_string(options.k));
    parameters.set("maxIter", std::to_string(options.max_iter));
    parameters.set("tol", format_number(options.tol));
    parameters.set("seed", std::to_string(static_cast<std::int64_t>(options.seed)));
    parameters.set("initMode", options.init_mode);
    parameters.set("initSteps", std::to_string(options.init_steps));
    parameters.set("distanceMeasure", options.distance_measure);
    parameters.set("weightCol", model_.weight_column);
    parameters.set("predictionCol", model_.prediction_column);
    parameters.set("solver", options.solver);
    parameters.set("maxBlockSizeInMB", format_number(options.max_block_size_in_mb));
    return parameters;
  }

  void write_attributes(JsonText& json) const override {
    json.key("clusterCenters");
    json.begin_array();
    for (Eigen::Index c = 0; c < model_.cluster_centers.rows(); ++c) { json.numbers(center(c)); }
    json.end_array();
    json.key("clusterSizes");
    json.integers(model_.cluster_sizes);
    json.key("numIter");
    json.integer(model_.num_iter);
  }

  [[nodiscard]] std::string describe() const override {
    std::string text;
    for (Eigen::Index c = 0; c < model_.cluster_centers.rows(); ++c) {
      const auto at = static_cast<std::size_t>(c);
      const auto size = at < model_.cluster_sizes.size() ? model_.cluster_sizes[at] : 0;
      text.append("cluster ")
          .append(std::to_string(c))
          .append(": ")
          .append(std::to_string(size))
          .append(" rows, centre");
      for (const double x : center(c)) {
        char digits[32];
        std::snprintf(digits, sizeof(digits), " %.6g", x);
        text += digits;
      }
      text += '\n';
    }
    return text;
  }

  [[nodiscard]] std::vector<Metric> training_metrics() const override {
    return {{"trainingCost", model_.training_cost}, {"numIter", static_cast<double>(model_.num_iter)}};
  }
  [[nodiscard]] std::vector<double> history() const override { return model_.cost_history; }

  [[nodiscard]] std::vector<ColumnDescription> output_columns() const override {
    return {{model_.prediction_column, true}};
  }

  [[nodiscard]] Dataset<TableRow> transform(const Dataset<TableRow>& rows) const override {
    const auto& centers = model_.cluster_centers;
    return rows.map_partitions<TableRow>(hammerscale::bind(
        std::vector<double>(centers.data(), centers.data() + centers.size()),
        static_cast<std::uint64_t>(model_.num_features()), is_cosine(),
        [](const std::vector<double>& all, std::uint64_t d, bool cosine, PartitionRows<TableRow>& some,
           Emitter<TableRow>& emit) { append_predictions(all, d, cosine, some, emit); }));
  }

  [[nodiscard]] std::vector<std::string_view> metric_names() const override {
    return {"silhouette", "trainingCost", "wssse", "silhouetteCosine"};
  }
  [[nodiscard]] std::size_t num_default_metrics() const override { return 2; }

  [[nodiscard]] std::vector<Metric> evaluate(const EvaluationRows& rows,
                                             const std::vector<std::string>& names) const override;

  void save(const std::string& path, bool overwrite) const override { model_.save(path, overwrite); }

 private:
  [[nodiscard]] bool is_cosine() const { return model_.options.distance_measure == "cosine"; }
  [[nodiscard]] std::span<const double> center(Eigen::Index c) const {
    return {model_.cluster_centers.data() + c * model_.cluster_centers.cols(), model_.num_features()};
  }

  KMeansModel model_;
};

std::vector<Metric> FittedKMeans::evaluate(const EvaluationRows& rows, const std::vector<std::string>& names) const {
  const auto known = metric_names();
  std::vector<std::string_view> wanted;
  for (const auto& name : names) {
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](std::string_view metric) { return equal_ignoring_case(metric, name); });
    if (found == known.end()) {
      std::string list;
      for (const auto metric : known) { list.append(list.empty() ? "" : " ").append(metric); }
      throw UserError(ErrorCode::kInvalidArgument, "there is no such metric of this model",
                      {{"metric", name}, {"known", list}});
    }
    wanted.push_back(*found);
  }
  const bool unasked = wanted.empty();
  if (unasked) { wanted.assign(known.begin(), known.begin() + static_cast<std::ptrdiff_t>(num_default_metrics())); }
  std::optional<double> cost;
  std::optional<ClusteringEvaluation> plain;
  std::optional<ClusteringEvaluation> cosine;
  const auto evaluate_once = [&](std::optional<ClusteringEvaluation> & result, SilhouetteDistance distance) -> auto& {
    if (!result) {
      result = evaluate_clustering(rows.numbers, model_, rows.has_weight, distance);
      cost = result->cost;
    }
    return *result;
  };
  std::vector<Metric> metrics;
  for (const auto name : wanted) {
    if (name == "trainingCost" || name == "wssse") {
      // Usually a silhouette was measured before, and the cost beside it.
      if (!cost) { cost = evaluate_clustering(rows.numbers, model_, rows.has_weight, std::nullopt).cost; }
      metrics.emplace_back(name, *cost);
      continue;
    }
    const auto& result = name == "silhouette" ? evaluate_once(plain, SilhouetteDistance::kSquaredEuclidean)
                                              : evaluate_once(cosine, SilhouetteDistance::kCosine);
    if (result.silhouette) {
      metrics.emplace_back(name, *result.silhouette);
    } else if (!unasked) {
      throw UserError(ErrorCode::kInvalidArgument, "a silhouette needs rows in two clusters at least",
                      {{"metric", std::string(name)}});
    }
  }
  return metrics;
}

std::unique_ptr<FittedModel> fit(const FitInput& input, const EstimatorParameters& parameters) {
  auto options = make_options(parameters);
  options.weighted = input.rows.has_weight;
  auto model = fit_kmeans(input.rows.numbers, options);
  model.feature_names = input.feature_names;
  model.weight_column = input.weight_column;
  model.prediction_column = parameters.text("predictionCol");
  return std::make_unique<FittedKMeans>(std::move(model));
}

std::unique_ptr<FittedModel> load(const std::string& path) {
  return std::make_unique<FittedKMeans>(KMeansModel::load(path));
}

}  // namespace

const Estimator& kmeans_estimator() {
  static const Estimator estimator = {
      .name = "KMeans",
      .summary = "clusters of rows around k centres, by k-means|| and Lloyd's iterations",
      .parameters = kParameters,
      .reads_label = false,
      .check = &check,
      .rejects_zero_rows = &rejects_zero_rows,
      .fit = &fit,
      .load = &load};
  return estimator;
}

}  // namespace hammerscale::mllib
