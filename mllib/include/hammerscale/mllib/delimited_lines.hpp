#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hammerscale/mllib/table_row.hpp"

namespace hammerscale::mllib {

/// How lines of separated values are written, with Spark's names of options in comments.
struct DelimitedOptions {
  char separator = ',';         // sep, delimiter
  char quote = '"';             // quote
  char escape = '\\';           // escape
  bool header = true;           // header
  bool infer_schema = true;     // inferSchema
  std::string null_value = {};  // nullValue
  bool drop_malformed = false;  // mode=DROPMALFORMED
};

/// Takes a line apart. A cell may stand in quotes and then hold separators, and quotes that are doubled or escaped.
///
/// @param cells    views of the line or of scratch, without the quotes; valid until either changes.
/// @param scratch  room for cells that hold escaped quotes.
/// @return false for a quote that does not close, or text behind one that does.
bool split_delimited_line(std::string_view line, const DelimitedOptions& options, std::vector<std::string_view>& cells,
                          std::string& scratch);

/// The names in a header line, as Spark takes them: an empty one is `_c` and its position, from 0; one that occurs
/// twice, in any case, gets its position appended.
std::vector<std::string> name_columns(const std::vector<std::string_view>& header);

/// Makes rows of lines of separated values. Travels to the executors.
struct DelimitedLines {
  DelimitedOptions options;
  std::vector<std::string> column_names;
  NumberColumns numbers;

  /// @param expects_header  whether the file's header has not been seen; it then is this line, unless it is blank.
  /// @param row  gets the numbers, and the cells if wanted.
  LineStatus parse(std::string_view line, bool& expects_header, bool wants_cells, TableRow& row, BadCell& bad) const;
};

}  // namespace hammerscale::mllib
