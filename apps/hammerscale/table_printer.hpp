#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace hammerscale::program {

enum class TableFormat : std::uint8_t { kTable, kCsv, kTsv, kJson, kMarkdown, kVertical, kNone };

/// How rows are shown on standard output: `--format`, `--rows`, `--null`.
struct TableOptions {
  std::string format = "table";
  std::string rows = "20";
  std::optional<std::string> null_text;

  void add_to(CLI::App& command);
  /// @throws UserError kInvalidArgument  an unknown format, or rows that are no number.
  void check() const;
  [[nodiscard]] TableFormat table_format() const;
  /// Rows to show at the most: `--rows` for tables, all for the formats that programs read.
  [[nodiscard]] std::uint64_t max_rows() const;
};

/// A column of a table to print.
struct TableColumn {
  std::string name;
  bool is_literal = false;  ///< Cells are numbers, true, false or nested JSON: printed in JSON without quotes.
};

/// A cell's text; nothing for NULL.
using TableCell = std::optional<std::string>;

/// The rows as text in the wanted format. Rows behind max_rows() are left out, and a table then says so, like Spark's
/// show(). Each row has a cell a column.
std::string format_table(const std::vector<TableColumn>& columns, const std::vector<std::vector<TableCell>>& rows,
                         const TableOptions& options);

}  // namespace hammerscale::program
