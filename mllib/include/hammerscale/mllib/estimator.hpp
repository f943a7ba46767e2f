#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/mllib/estimator_parameters.hpp"
#include "hammerscale/mllib/json_text.hpp"
#include "hammerscale/mllib/table_row.hpp"

namespace hammerscale::mllib {

/// A number that tells how good a model is, by name.
using Metric = std::pair<std::string, double>;

/// The rows of an evaluation.
struct EvaluationRows {
  Dataset<std::vector<double>> numbers;  ///< Features, then the label, then the weight, if there are such.
  bool has_label = false;
  bool has_weight = false;
};

/// What an estimator found, for callers that choose estimators by name. A value on the driver.
class FittedModel {
 public:
  FittedModel() = default;
  FittedModel(const FittedModel&) = delete;
  FittedModel& operator=(const FittedModel&) = delete;
  virtual ~FittedModel() = default;

  // ---- What it is ------------------------------------------------------------------------------------------------

  /// Name of its estimator.
  [[nodiscard]] virtual std::string_view estimator() const = 0;
  [[nodiscard]] virtual const std::vector<std::string>& feature_names() const = 0;
  /// Column of weights with which it was trained; empty: none.
  [[nodiscard]] virtual const std::string& weight_column() const = 0;
  /// Whether rows whose features are all 0 have no answer.
  [[nodiscard]] virtual bool rejects_zero_rows() const { return false; }
  [[nodiscard]] virtual EstimatorParameters parameters() const = 0;
  /// The keys and values of what it has learnt, with Spark's names of attributes, into an open object.
  virtual void write_attributes(JsonText& json) const = 0;
  /// The same for people: lines that end with "\n".
  [[nodiscard]] virtual std::string describe() const = 0;
  /// Measured while it was trained.
  [[nodiscard]] virtual std::vector<Metric> training_metrics() const = 0;
  /// The objective, iteration by iteration.
  [[nodiscard]] virtual std::vector<double> history() const = 0;

  // ---- What it does ----------------------------------------------------------------------------------------------

  /// Columns that transform appends.
  [[nodiscard]] virtual std::vector<ColumnDescription> output_columns() const = 0;
  /// Appends a cell for each output column to each row, whose numbers are the features. Lazy and narrow; keeps the
  /// order.
  [[nodiscard]] virtual Dataset<TableRow> transform(const Dataset<TableRow>& rows) const = 0;
  /// Names of all metrics; the first `num_default_metrics` are those that are shown unasked.
  [[nodiscard]] virtual std::vector<std::string_view> metric_names() const = 0;
  [[nodiscard]] virtual std::size_t num_default_metrics() const = 0;
  /// Measures metrics, by their names in any case; none asked for: the default ones that the rows allow.
  /// @return in the order asked for, under the names of metric_names().
  /// @throws UserError kInvalidArgument  no such metric, or the rows do not allow it.
  [[nodiscard]] virtual std::vector<Metric> evaluate(const EvaluationRows& rows,
                                                     const std::vector<std::string>& names) const = 0;

  /// Writes an HDF5 file that load_model reads.
  /// @throws UserError kFileExists, kOutput
  virtual void save(const std::string& path, bool overwrite) const = 0;
};

/// What an estimator is given.
struct FitInput {
  EvaluationRows rows;
  std::vector<std::string> feature_names;
  std::string label_column;   ///< Empty: none.
  std::string weight_column;  ///< Empty: none.
};

/// An estimator that callers choose by name. docs/adding/estimator.md tells how to add one.
struct Estimator {
  std::string_view name;     ///< Spark's.
  std::string_view summary;  ///< One line.
  std::span<const ParameterDescription> parameters;
  bool reads_label = false;  ///< Whether it learns from labels; else a label is only no feature.
  /// Throws UserError for values out of range. Local; any rank.
  void (*check)(const EstimatorParameters&);
  /// Whether, with these parameters, rows whose features are all 0 are refused.
  bool (*rejects_zero_rows)(const EstimatorParameters&);
  /// Trains. Driver only; runs gang stages.
  std::unique_ptr<FittedModel> (*fit)(const FitInput&, const EstimatorParameters&);
  /// Reads a model file. @throws UserError kInput  it is damaged.
  std::unique_ptr<FittedModel> (*load)(const std::string& path);
};

/// All of them, by name.
std::span<const Estimator* const> estimators();

/// The estimator of a name, in any case.
/// @throws UserError kInvalidArgument  no such estimator: the field lists those there are.
const Estimator& find_estimator(std::string_view name);

/// Reads the model of any estimator from its HDF5 file.
/// @throws UserError kFileNotFound, kPermission; kInput  no file of a model, or a damaged one; naming the path.
std::unique_ptr<FittedModel> load_model(const std::string& path);

// ---- One entry an estimator, defined in NAME_estimator.cpp ---------------------------------------------------------

const Estimator& kmeans_estimator();

}  // namespace hammerscale::mllib
