#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hammerscale/dataset/dataset.hpp"
#include "hammerscale/mllib/table_row.hpp"

namespace hammerscale::program {

enum class RowFormat : std::uint8_t { kCsv, kTsv, kJson };

/// How rows become lines of a file.
struct RowLineOptions {
  RowFormat format = RowFormat::kCsv;
  char separator = ',';
  /// Whether lines of names come first: before the first row, or before each partition's.
  bool header = true;
  bool header_of_each_partition = false;
};

/// The format of a name such as "csv", in any case. @throws UserError kInvalidArgument  another one.
RowFormat parse_row_format(const std::string& name);

/// A line for each row, in order: separated values, quoted where they hold separators, quotes or line ends; or JSON
/// objects, in which cells of number columns are numbers and empty cells are null.
/// @param columns  names for the cells of each row.
Dataset<std::string> format_rows(const Dataset<mllib::TableRow>& rows,
                                 const std::vector<mllib::ColumnDescription>& columns, const RowLineOptions& options);

}  // namespace hammerscale::program
