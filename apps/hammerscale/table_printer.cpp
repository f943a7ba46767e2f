#include "table_printer.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "hammerscale/base/error.hpp"

namespace hammerscale::program {
namespace {

using Row = std::vector<TableCell>;

constexpr std::array<std::pair<std::string_view, TableFormat>, 7> kFormats = {{{"table", TableFormat::kTable},
                                                                               {"csv", TableFormat::kCsv},
                                                                               {"tsv", TableFormat::kTsv},
                                                                               {"json", TableFormat::kJson},
                                                                               {"markdown", TableFormat::kMarkdown},
                                                                               {"vertical", TableFormat::kVertical},
                                                                               {"none", TableFormat::kNone}}};

/// Characters, not bytes: the continuation bytes of UTF-8 take no room.
std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string shown(const TableCell& cell, const TableOptions& options) {
  return cell ? *cell : options.null_text.value_or("NULL");
}

void append_padded(std::string& out, const std::string& text, std::size_t width) {
  out.append(width - std::min(width, width_of(text)), ' ');
  out += text;
}

std::string bordered_table(const std::vector<TableColumn>& columns, const std::vector<Row>& rows, std::size_t count,
                           const TableOptions& options) {
  std::vector<std::size_t> widths;
  for (const auto& column : columns) { widths.push_back(width_of(column.name)); }
  for (std::size_t r = 0; r < count; ++r) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      widths[c] = std::max(widths[c], width_of(shown(rows[r][c], options)));
    }
  }
  std::string rule = "+";
  for (const auto width : widths) { rule.append(width, '-').push_back('+'); }
  rule += '\n';
  std::string out = rule + "|";
  for (std::size_t c = 0; c < columns.size(); ++c) {
    append_padded(out, columns[c].name, widths[c]);
    out += '|';
  }
  out += '\n' + rule;
  for (std::size_t r = 0; r < count; ++r) {
    out += '|';
    for (std::size_t c = 0; c < columns.size(); ++c) {
      append_padded(out, shown(rows[r][c], options), widths[c]);
      out += '|';
    }
    out += '\n';
  }
  return out + rule;
}

void append_csv_field(std::string& out, const std::string& text, char separator) {
  const bool quoted = separator == ',' && text.find_first_of(",\"\r\n") != std::string::npos;
  if (!quoted && separator == ',') {
    out += text;
    return;
  }
  if (quoted) { out += '"'; }
  for (const char c : text) {
    if (quoted && c == '"') {
      out += "\"\"";
    } else if (!quoted && (c == '\t' || c == '\n' || c == '\r' || c == '\\')) {
      // Tab-separated values have no quotes: a line stays a line by escapes.
      out += '\\';
      out += c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : '\\';
    } else {
      out += c;
    }
  }
  if (quoted) { out += '"'; }
}

std::string separated_values(const std::vector<TableColumn>& columns, const std::vector<Row>& rows, std::size_t count,
                             char separator, const TableOptions& options) {
  std::string out;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    if (c != 0) { out += separator; }
    append_csv_field(out, columns[c].name, separator);
  }
  out += '\n';
  for (std::size_t r = 0; r < count; ++r) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c != 0) { out += separator; }
      append_csv_field(out, rows[r][c] ? *rows[r][c] : options.null_text.value_or(""), separator);
    }
    out += '\n';
  }
  return out;
}

std::string json_string(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_lines(const std::vector<TableColumn>& columns, const std::vector<Row>& rows, std::size_t count) {
  std::string out;
  for (std::size_t r = 0; r < count; ++r) {
    out += '{';
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c != 0) { out += ','; }
      out += json_string(columns[c].name) + ':';
      const auto& cell = rows[r][c];
      // JSON has no word for NaN and infinity; as in Spark they become strings.
      const bool literal = cell && columns[c].is_literal && nlohmann::json::accept(*cell);
      out += !cell ? "null" : literal ? *cell : json_string(*cell);
    }
    out += "}\n";
  }
  return out;
}

std::string markdown_table(const std::vector<TableColumn>& columns, const std::vector<Row>& rows, std::size_t count,
                           const TableOptions& options) {
  const auto append_cell = [](std::string& out, const std::string& text) {
    out += ' ';
    for (const char c : text) {
      if (c == '|') { out += '\\'; }
      if (c == '\n') {
        out += "<br>";
      } else {
        out += c;
      }
    }
    out += " |";
  };
  std::string out = "|";
  for (const auto& column : columns) { append_cell(out, column.name); }
  out += "\n|";
  for (const auto& column : columns) { out += column.is_literal ? " ---: |" : " --- |"; }
  out += '\n';
  for (std::size_t r = 0; r < count; ++r) {
    out += '|';
    for (const auto& cell : rows[r]) { append_cell(out, shown(cell, options)); }
    out += '\n';
  }
  return out;
}

std::string vertical_rows(const std::vector<TableColumn>& columns, const std::vector<Row>& rows, std::size_t count,
                          const TableOptions& options) {
  std::size_t name_width = 0;
  for (const auto& column : columns) { name_width = std::max(name_width, width_of(column.name)); }
  std::string out;
  for (std::size_t r = 0; r < count; ++r) {
    out += "-RECORD " + std::to_string(r) + std::string(name_width, '-') + '\n';
    for (std::size_t c = 0; c < columns.size(); ++c) {
      out += ' ' + columns[c].name + std::string(name_width - width_of(columns[c].name), ' ') + " | " +
             shown(rows[r][c], options) + '\n';
    }
  }
  return out;
}

}  // namespace

void TableOptions::add_to(CLI::App& command) {
  command.add_option("--format", format, "How rows are shown: table, csv, tsv, json, markdown, vertical or none")
      ->type_name("FORMAT")
      ->capture_default_str();
  command.add_option("--rows", rows, "Rows that a table shows at the most, or all")
      ->type_name("N")
      ->capture_default_str();
  command.add_option("--null", null_text, "Text of a NULL cell; NULL in tables and empty in csv by default")
      ->type_name("TEXT");
}

void TableOptions::check() const {
  static_cast<void>(table_format());
  static_cast<void>(max_rows());
}

TableFormat TableOptions::table_format() const {
  const auto* const found =
      std::find_if(kFormats.begin(), kFormats.end(), [&](const auto& known) { return known.first == format; });
  if (found == kFormats.end()) {
    throw UserError(ErrorCode::kInvalidArgument, "--format is one of table, csv, tsv, json, markdown, vertical, none",
                    {{"format", format}});
  }
  return found->second;
}

std::uint64_t TableOptions::max_rows() const {
  std::uint64_t count = UINT64_MAX;
  if (rows != "all") {
    const auto [end, status] = std::from_chars(rows.data(), rows.data() + rows.size(), count);
    if (status != std::errc{} || end != rows.data() + rows.size()) {
      throw UserError(ErrorCode::kInvalidArgument, "--rows is a number or all", {{"rows", rows}});
    }
  }
  const auto wanted = table_format();
  const bool for_people =
      wanted == TableFormat::kTable || wanted == TableFormat::kMarkdown || wanted == TableFormat::kVertical;
  return for_people ? count : UINT64_MAX;
}

std::string format_table(const std::vector<TableColumn>& columns, const std::vector<std::vector<TableCell>>& rows,
                         const TableOptions& options) {
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(rows.size(), options.max_rows()));
  std::string out;
  switch (options.table_format()) {
    case TableFormat::kTable: out = bordered_table(columns, rows, count, options); break;
    case TableFormat::kCsv: return separated_values(columns, rows, count, ',', options);
    case TableFormat::kTsv: return separated_values(columns, rows, count, '\t', options);
    case TableFormat::kJson: return json_lines(columns, rows, count);
    case TableFormat::kMarkdown: out = markdown_table(columns, rows, count, options); break;
    case TableFormat::kVertical: out = vertical_rows(columns, rows, count, options); break;
    case TableFormat::kNone: return "";
  }
  if (count < rows.size()) { out += "only showing top " + std::to_string(count) + (count == 1 ? " row\n" : " rows\n"); }
  return out;
}

}  // namespace hammerscale::program
