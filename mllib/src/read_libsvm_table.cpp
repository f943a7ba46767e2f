#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>

#include "hammerscale/mllib/feature_table.hpp"
#include "hammerscale/mllib/libsvm_lines.hpp"
#include "src/line_table.hpp"

namespace hammerscale::mllib {
namespace {

/// The largest index of a partition, or its first bad line.
std::pair<std::uint32_t, PartitionCheck> find_largest(TaskContext& context, std::uint32_t partition,
                                                      const Operator<std::string>& input) {
  std::pair<std::uint32_t, PartitionCheck> result{0, {}};
  auto& [largest, check] = result;
  for_each_block(input, context, partition, [&](BlockSpan<std::string> lines) {
    for (const auto& line : lines) {
      std::uint32_t of_line = 0;
      if (!check.is_bad && !find_largest_index(line, of_line, check.bad)) {
        check.is_bad = true;
        check.bad_line = check.num_lines;
      }
      largest = std::max(largest, of_line);
      ++check.num_lines;
    }
    return true;
  });
  return result;
}

/// The dimension of the data: the largest index over all input.
std::uint32_t find_num_features(const SplitLines& input) {
  const auto found = run_action<std::string, std::pair<std::uint32_t, PartitionCheck>>(
      input.lines.engine(), input.lines.node(), "find_dimension", &find_largest, all_partitions(*input.lines.node()),
      std::source_location::current());
  std::uint32_t largest = 0;
  std::vector<PartitionCheck> checks;
  for (const auto& [of_partition, check] : found) {
    largest = std::max(largest, of_partition);
    checks.push_back(check);
  }
  throw_first_bad_row(input.splits, checks);
  if (largest == 0) {
    throw UserError(ErrorCode::kInvalidArgument, "the input has no features", {{"path", input.splits[0].path}});
  }
  return largest;
}

/// The index in "f3".
std::optional<std::uint32_t> feature_index(const std::string& name) {
  std::uint32_t index = 0;
  const auto* const end = name.data() + name.size();
  if (!name.starts_with('f')) { return std::nullopt; }
  const auto [stopped, status] = std::from_chars(name.data() + 1, end, index);
  return status == std::errc{} && stopped == end && index >= 1 ? std::optional(index) : std::nullopt;
}

/// Whether the model's features are the indices in order: f1, f2, ...; or have names of another format.
bool takes_model_by_position(const FeatureTableRequest& request) {
  if (!request.weight.empty()) { return false; }
  bool in_order = true;
  bool named_alike = true;
  for (std::uint32_t i = 0; i < request.features.size(); ++i) {
    in_order &= request.features[i] == libsvm_column_name(i + 1);
    named_alike &= feature_index(request.features[i]).has_value();
  }
  return in_order || !named_alike;
}

}  // namespace

FeatureTable read_libsvm_table(const Session& session, const FeatureTableRequest& request,
                               const std::vector<std::string>& files) {
  auto input = read_split_lines(session, files, request.num_partitions);
  auto wanted = request;
  LibsvmLines parser;
  if (request.features_of_model && takes_model_by_position(request)) {
    parser.num_features = static_cast<std::uint32_t>(request.features.size());
    wanted.features.clear();
  } else {
    parser.num_features = find_num_features(input);
    // Features that only the model has are 0 in all rows.
    for (const auto& name : request.features_of_model ? request.features : std::vector<std::string>()) {
      parser.num_features = std::max(parser.num_features, feature_index(name).value_or(0));
    }
  }
  std::vector<ColumnDescription> columns;
  for (std::uint32_t i = 0; i <= parser.num_features; ++i) { columns.push_back({libsvm_column_name(i), true}); }
  if (wanted.label.empty()) { wanted.label = columns[0].name; }
  parser.numbers = find_number_columns(wanted, columns, files[0]);
  auto numbers = parser.numbers;
  auto source = std::make_shared<LineTable<LibsvmLines>>(std::move(input), std::move(parser));
  return {std::move(columns), std::move(numbers), std::move(source)};
}

}  // namespace hammerscale::mllib
