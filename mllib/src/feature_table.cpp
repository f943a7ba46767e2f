#include "hammerscale/mllib/feature_table.hpp"

#include <algorithm>
#include <filesystem>

#include "hammerscale/dataset/text_files.hpp"
#include "hammerscale/mllib/number_text.hpp"
#include "src/line_table.hpp"

namespace hammerscale::mllib {
namespace {

namespace fs = std::filesystem;

/// Names of columns in an error.
constexpr std::size_t kMaxListed = 20;

/// "a.h5:/x" without the name of the dataset.
std::string file_part(const std::string& input) {
  const auto colon = input.find(":/");
  return colon == std::string::npos || colon == 0 ? input : input.substr(0, colon);
}

std::optional<InputFormat> format_of_name(const std::string& path) {
  fs::path name = fs::path(path).filename();
  if (is_compressed_name(name.string())) { name = name.stem(); }
  const auto extension = name.extension().string();
  if (extension == ".csv") { return InputFormat::kCsv; }
  if (extension == ".tsv") { return InputFormat::kTsv; }
  if (extension == ".libsvm" || extension == ".svm") { return InputFormat::kLibsvm; }
  if (extension == ".h5" || extension == ".hdf5") { return InputFormat::kHdf5; }
  return std::nullopt;
}

/// Position of a column; an exact name before one in another case.
std::optional<std::uint32_t> find_column(const std::vector<ColumnDescription>& columns, const std::string& name) {
  std::optional<std::uint32_t> found;
  for (std::uint32_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) { return i; }
    if (!found && equal_ignoring_case(columns[i].name, name)) { found = i; }
  }
  return found;
}

std::uint32_t require_column(const FeatureTableRequest& request, const std::vector<ColumnDescription>& columns,
                             const std::string& name, const std::string& path) {
  if (const auto found = find_column(columns, name)) { return *found; }
  std::string known;
  for (std::size_t i = 0; i < std::min(columns.size(), kMaxListed); ++i) {
    known.append(i == 0 ? "" : " ").append(columns[i].name);
  }
  if (columns.size() > kMaxListed) { known += " ..."; }
  throw UserError(ErrorCode::kUnknownColumn,
                  request.features_of_model && name != request.weight && name != request.label
                      ? "the model was made for other features: the input has no such column"
                      : "the input has no such column",
                  {{"column", name}, {"path", path}, {"columns", known}});
}

}  // namespace

InputFormat parse_input_format(const std::string& name) {
  if (equal_ignoring_case(name, "csv")) { return InputFormat::kCsv; }
  if (equal_ignoring_case(name, "tsv")) { return InputFormat::kTsv; }
  if (equal_ignoring_case(name, "libsvm") || equal_ignoring_case(name, "svm")) { return InputFormat::kLibsvm; }
  if (equal_ignoring_case(name, "hdf5") || equal_ignoring_case(name, "h5")) { return InputFormat::kHdf5; }
  throw UserError(ErrorCode::kInvalidArgument, "this format is not read for machine learning",
                  {{"format", name}, {"known", "csv tsv libsvm hdf5"}});
}

std::vector<std::string> FeatureTable::feature_names() const {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < number_columns_.num_features; ++i) {
    names.push_back(columns_[number_columns_.positions[i]].name);
  }
  return names;
}

bool FeatureTable::names_place(const UserError& error) {
  const auto& fields = error.info().fields;
  return std::any_of(fields.begin(), fields.end(), [](const ErrorField& field) { return field.first == kPlaceField; });
}

NumberColumns find_number_columns(const FeatureTableRequest& request, const std::vector<ColumnDescription>& columns,
                                  const std::string& path) {
  NumberColumns result;
  result.rejects_zero_rows = request.rejects_zero_rows;
  std::optional<std::uint32_t> label;
  std::optional<std::uint32_t> weight;
  if (!request.label.empty()) { label = require_column(request, columns, request.label, path); }
  if (!request.weight.empty()) { weight = require_column(request, columns, request.weight, path); }
  for (const auto& name : request.features) {
    const auto position = require_column(request, columns, name, path);
    if (std::find(result.positions.begin(), result.positions.end(), position) != result.positions.end()) {
      throw UserError(ErrorCode::kInvalidArgument, "a feature is named twice", {{"column", name}});
    }
    result.positions.push_back(position);
  }
  if (request.features.empty()) {
    for (std::uint32_t i = 0; i < columns.size(); ++i) {
      if (columns[i].is_number && i != label && i != weight) { result.positions.push_back(i); }
    }
  }
  if (result.positions.empty()) {
    throw UserError(ErrorCode::kInvalidArgument, "no column of the input holds numbers; --features names some",
                    {{"path", path}});
  }
  result.num_features = static_cast<std::uint32_t>(result.positions.size());
  if (label && request.reads_label) {
    result.has_label = true;
    result.positions.push_back(*label);
  }
  if (weight) {
    result.has_weight = true;
    result.positions.push_back(*weight);
  }
  return result;
}

FeatureTable read_feature_table(const Session& session, const FeatureTableRequest& request) {
  std::vector<std::string> files;
  std::optional<InputFormat> format = request.format;
  for (const auto& input : request.inputs) {
    const auto part = file_part(input);
    for (const auto& file : expand_inputs({part})) {
      files.push_back(file + input.substr(part.size()));
      auto found = request.format ? request.format : format_of_name(file);
      if (!found) { found = format_of_name(part); }
      if (!found) {
        throw UserError(ErrorCode::kInvalidArgument,
                        "the input's name does not tell its format; --input-format csv, tsv, libsvm or hdf5 does",
                        {{"path", file}});
      }
      if (format && *format != *found) {
        throw UserError(ErrorCode::kInvalidArgument, "the inputs are of different formats", {{"path", file}});
      }
      format = found;
    }
  }
  if (files.empty()) {
    throw UserError(ErrorCode::kFileNotFound, "the input holds no files",
                    {{"path", request.inputs.empty() ? "" : request.inputs[0]}});
  }
  auto wanted = request;
  if (wanted.delimited.separator == '\0') { wanted.delimited.separator = *format == InputFormat::kTsv ? '\t' : ','; }
  switch (*format) {
    case InputFormat::kCsv:
    case InputFormat::kTsv: return read_delimited_table(session, wanted, files);
    case InputFormat::kLibsvm: return read_libsvm_table(session, wanted, files);
    case InputFormat::kHdf5: return read_hdf5_table(session, wanted, files);
  }
  throw InternalError("unknown format of inputs");
}

}  // namespace hammerscale::mllib
