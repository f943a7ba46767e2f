#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hammerscale/mllib/table_row.hpp"

namespace hammerscale::mllib {

/// Makes rows of lines in LIBSVM's format, `label index:value index:value ...`, with indices from 1 in ascending order,
/// blanks between, and a comment behind `#`. What a line does not name is 0. The columns of the table are the label and
/// then the features, all of them. Travels to the executors.
struct LibsvmLines {
  std::uint32_t num_features = 0;  ///< Largest index that is allowed.
  NumberColumns numbers;           ///< Positions count the label as 0, so that a feature's is its index.

  /// There is no header. As DelimitedLines::parse.
  LineStatus parse(std::string_view line, bool& expects_header, bool wants_cells, TableRow& row, BadCell& bad) const;
};

/// The largest index that a line names; 0 for none.
/// @return false  the line is not in the format; `bad` says why.
bool find_largest_index(std::string_view line, std::uint32_t& largest, BadCell& bad);

/// "label" for position 0, "f3" for feature 3.
std::string libsvm_column_name(std::uint32_t position);

}  // namespace hammerscale::mllib
