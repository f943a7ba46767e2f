#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/dataset/session.hpp"
#include "hammerscale/mllib/delimited_lines.hpp"
#include "hammerscale/mllib/table_row.hpp"

namespace hammerscale::mllib {

enum class InputFormat : std::uint8_t { kCsv, kTsv, kLibsvm, kHdf5 };

/// "csv", "tsv", "libsvm" or "hdf5", in any case; also "svm" and "h5".
/// @throws UserError kInvalidArgument  another name.
InputFormat parse_input_format(const std::string& name);

/// What is to be read.
struct FeatureTableRequest {
  /// Files, folders and globs, all of one format; for HDF5 also "file.h5:/path/of/dataset".
  std::vector<std::string> inputs;
  /// Empty: what the names of the files end in, below a compression: .csv, .tsv, .libsvm, .svm, .h5, .hdf5.
  std::optional<InputFormat> format;
  /// For csv and tsv; a separator of 0 is that of the format.
  DelimitedOptions delimited = {.separator = '\0'};
  /// Names of the features. Empty: every column of numbers but label and weight, in the order of the file. A column
  /// holds numbers if its first cell that is not empty, among the first 1000 rows, is one.
  std::vector<std::string> features;
  /// Whether the features are those of a model. Columns without names (LIBSVM, HDF5) then need not be called as they
  /// are in the model, if their number is right.
  bool features_of_model = false;
  std::string label;         ///< Column that is no feature; for LIBSVM the label is none anyway. Empty: none.
  std::string weight;        ///< Column of weights. Empty: none.
  bool reads_label = false;  ///< Whether the rows' numbers hold the label.
  bool rejects_zero_rows = false;
  std::optional<std::uint32_t> num_partitions;
};

/// What a reader makes of the inputs in its format.
class TableSource {
 public:
  TableSource() = default;
  TableSource(const TableSource&) = delete;
  TableSource& operator=(const TableSource&) = delete;
  virtual ~TableSource() = default;

  [[nodiscard]] virtual Dataset<std::vector<double>> numbers() const = 0;
  [[nodiscard]] virtual Dataset<TableRow> rows() const = 0;
  /// Looks for the first bad row, in a job of its own, and throws what is wrong with it, and where.
  virtual void explain() const = 0;
};

/// A table on files, read for its numbers: a handle on the driver.
class FeatureTable {
 public:
  /// Columns of the table, all of them, and which of them are read as numbers.
  FeatureTable(std::vector<ColumnDescription> columns, NumberColumns numbers, std::shared_ptr<const TableSource> source)
      : columns_(std::move(columns)), number_columns_(std::move(numbers)), source_(std::move(source)) {}

  [[nodiscard]] const std::vector<ColumnDescription>& columns() const noexcept { return columns_; }
  [[nodiscard]] const NumberColumns& number_columns() const noexcept { return number_columns_; }
  [[nodiscard]] std::vector<std::string> feature_names() const;

  /// n x (d + label + weight): the numbers of each row, in order. Lazy. A bad row fails the job that reads it; run()
  /// then says which row it is.
  [[nodiscard]] Dataset<std::vector<double>> numbers() const { return source_->numbers(); }
  /// The same with the text of all cells.
  [[nodiscard]] Dataset<TableRow> rows() const { return source_->rows(); }

  /// Calls job(), which runs jobs on the table's datasets. If one fails for a bad row, throws that row's error, which
  /// is the first of the table whatever the ranks: with path, row (of a text file its line, from 1; of HDF5 from 0),
  /// column and value.
  template <typename Job>
  decltype(auto) run(Job&& job) const {
    try {
      return job();
    } catch (const UserError& error) {
      if (names_place(error)) { source_->explain(); }
      throw;
    }
  }

 private:
  static bool names_place(const UserError& error);

  std::vector<ColumnDescription> columns_;
  NumberColumns number_columns_;
  std::shared_ptr<const TableSource> source_;
};

/// Looks at the inputs' names and first rows, and makes the table.
///
/// Called on the driver; runs small jobs, for LIBSVM one that reads all lines to find the largest index, unless the
/// features are a model's.
/// @throws UserError kFileNotFound, kInput; kInvalidArgument  formats that are unknown or differ, or no column is a
///         feature; kUnknownColumn  naming path and column; kMalformedInput.
FeatureTable read_feature_table(const Session& session, const FeatureTableRequest& request);

// ---- One reader a format: read_NAME_table.cpp. `files` are what the request's inputs name, in order. ---------------

FeatureTable read_delimited_table(const Session& session, const FeatureTableRequest& request,
                                  const std::vector<std::string>& files);
FeatureTable read_libsvm_table(const Session& session, const FeatureTableRequest& request,
                               const std::vector<std::string>& files);
FeatureTable read_hdf5_table(const Session& session, const FeatureTableRequest& request,
                             const std::vector<std::string>& files);

/// The columns that the request names, found among the table's.
/// @param path  for errors.
NumberColumns find_number_columns(const FeatureTableRequest& request, const std::vector<ColumnDescription>& columns,
                                  const std::string& path);

}  // namespace hammerscale::mllib
