#include <memory>
#include <utility>

#include "hammerscale/mllib/feature_table.hpp"
#include "hammerscale/mllib/number_text.hpp"
#include "src/line_table.hpp"

namespace hammerscale::mllib {
namespace {

/// Rows whose first cells tell which columns hold numbers.
constexpr std::size_t kSampleRows = 1000;

/// The first lines of the first file that has any but blank ones.
std::pair<std::string, std::vector<std::string>> take_first_lines(const Session& session,
                                                                  const std::vector<std::string>& files) {
  for (const auto& file : files) {
    auto lines = session.read_text({file}, 1).take(kSampleRows + 1);
    std::erase_if(lines, [](const std::string& line) { return line.find_first_not_of(" \t\r\v\f") == line.npos; });
    if (!lines.empty()) { return {file, std::move(lines)}; }
  }
  throw UserError(ErrorCode::kInvalidArgument, "the input has no rows", {{"path", files[0]}});
}

/// Columns with their names, and whether they hold numbers.
std::vector<ColumnDescription> describe_columns(const std::string& path, const std::vector<std::string>& lines,
                                                const DelimitedOptions& options) {
  std::vector<std::string_view> cells;
  std::string scratch;
  std::string_view head = lines[0];
  if (head.starts_with("\xEF\xBB\xBF")) { head.remove_prefix(3); }
  if (!split_delimited_line(head, options, cells, scratch)) {
    throw UserError(ErrorCode::kMalformedInput, "a quoted cell does not end where its column ends",
                    {{"path", path}, {"row", "1"}});
  }
  if (!options.header) { std::fill(cells.begin(), cells.end(), std::string_view()); }
  std::vector<ColumnDescription> columns;
  for (auto& name : name_columns(cells)) { columns.push_back({std::move(name), false}); }
  if (!options.infer_schema) { return columns; }
  std::vector<bool> known(columns.size(), false);
  for (std::size_t i = options.header ? 1 : 0; i < lines.size(); ++i) {
    if (!split_delimited_line(i == 0 ? head : std::string_view(lines[i]), options, cells, scratch)) { continue; }
    for (std::size_t c = 0; c < std::min(cells.size(), columns.size()); ++c) {
      if (known[c] || cells[c].empty() || cells[c] == options.null_value) { continue; }
      known[c] = true;
      columns[c].is_number = parse_number(cells[c]).has_value();
    }
  }
  return columns;
}

}  // namespace

FeatureTable read_delimited_table(const Session& session, const FeatureTableRequest& request,
                                  const std::vector<std::string>& files) {
  const auto [path, lines] = take_first_lines(session, files);
  auto columns = describe_columns(path, lines, request.delimited);
  DelimitedLines parser{request.delimited, {}, find_number_columns(request, columns, path)};
  for (const auto& column : columns) { parser.column_names.push_back(column.name); }
  auto numbers = parser.numbers;
  auto source = std::make_shared<LineTable<DelimitedLines>>(read_split_lines(session, files, request.num_partitions),
                                                            std::move(parser));
  return {std::move(columns), std::move(numbers), std::move(source)};
}

}  // namespace hammerscale::mllib
