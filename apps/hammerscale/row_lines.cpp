#include "row_lines.hpp"

#include <string_view>

#include <nlohmann/json.hpp>

#include "hammerscale/base/error.hpp"
#include "hammerscale/closure/bind.hpp"
#include "hammerscale/mllib/json_text.hpp"
#include "hammerscale/mllib/number_text.hpp"

namespace hammerscale::program {
namespace {

using mllib::ColumnDescription;
using mllib::TableRow;

void append_separated(std::string& line, std::string_view cell, char separator) {
  const char special[] = {separator, '"', '\n', '\r', '\0'};
  if (cell.find_first_of(special) == std::string_view::npos) {
    line += cell;
    return;
  }
  line += '"';
  for (const char c : cell) { line.append(c == '"' ? 2 : 1, c); }
  line += '"';
}

template <typename Cells, typename TextOf>
std::string separated_line(const Cells& cells, char separator, const TextOf& text_of) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) { line += separator; }
    append_separated(line, text_of(cells[i]), separator);
  }
  return line;
}

/// A number cell as JSON: as it is where that is JSON, for "+1" or ".5" the number.
std::string json_number(const std::string& cell) {
  if (nlohmann::json::accept(cell)) { return cell; }
  const auto number = mllib::parse_number(cell);
  const auto text = number ? mllib::format_number(*number) : std::string();
  return nlohmann::json::accept(text) ? text : mllib::JsonText::quote(cell);
}

std::string json_line(const std::vector<std::string>& cells, const std::vector<ColumnDescription>& columns) {
  mllib::JsonText json;
  json.begin_object();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    json.key(columns[i].name);
    if (cells[i].empty()) {
      json.null();
    } else if (columns[i].is_number) {
      json.literal(json_number(cells[i]));
    } else {
      json.text(cells[i]);
    }
  }
  json.end_object();
  return json.str();
}

void format_partition(const std::vector<ColumnDescription>& columns, const RowLineOptions& options,
                      std::uint32_t partition, PartitionRows<TableRow>& rows, Emitter<std::string>& emit) {
  const bool is_json = options.format == RowFormat::kJson;
  if (!is_json && options.header && (partition == 0 || options.header_of_each_partition)) {
    emit(separated_line(columns, options.separator,
                        [](const ColumnDescription& column) -> const std::string& { return column.name; }));
  }
  rows.for_each([&](const TableRow& row) {
    return emit(is_json ? json_line(row.cells, columns)
                        : separated_line(row.cells, options.separator,
                                         [](const std::string& cell) -> const std::string& { return cell; }));
  });
}

}  // namespace

RowFormat parse_row_format(const std::string& name) {
  if (mllib::equal_ignoring_case(name, "csv")) { return RowFormat::kCsv; }
  if (mllib::equal_ignoring_case(name, "tsv")) { return RowFormat::kTsv; }
  if (mllib::equal_ignoring_case(name, "json")) { return RowFormat::kJson; }
  throw UserError(ErrorCode::kInvalidArgument, "rows are not written in this format",
                  {{"format", name}, {"known", "csv tsv json"}});
}

Dataset<std::string> format_rows(const Dataset<TableRow>& rows, const std::vector<ColumnDescription>& columns,
                                 const RowLineOptions& options) {
  return rows.map_partitions_with_index<std::string>(
      hammerscale::bind(columns, options,
                        [](const std::vector<ColumnDescription>& names, const RowLineOptions& wanted,
                           std::uint32_t partition, PartitionRows<TableRow>& some,
                           Emitter<std::string>& emit) { format_partition(names, wanted, partition, some, emit); }));
}

}  // namespace hammerscale::program
