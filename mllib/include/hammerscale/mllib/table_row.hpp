#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hammerscale/base/error.hpp"

namespace hammerscale::mllib {

/// One row of a table that is read for its numbers.
struct TableRow {
  std::vector<std::string> cells;  ///< Text of each column, in order; empty when only numbers are wanted.
  std::vector<double> numbers;     ///< The features, then the label, then the weight, if these are read.
};

/// A column of a table, of its input or of its output.
struct ColumnDescription {
  std::string name;
  bool is_number = false;  ///< Cells are numbers.
};

/// Where the numbers of a row come from.
struct NumberColumns {
  std::vector<std::uint32_t> positions;  ///< Columns of the features, then of the label, then of the weight, from 0.
  std::uint32_t num_features = 0;
  bool has_label = false;
  bool has_weight = false;
  bool rejects_zero_rows = false;  ///< A row whose features are all 0 is an error, because it has no direction.
};

/// What is wrong with a row.
struct BadCell {
  ErrorCode code = ErrorCode::kMalformedInput;
  std::string sentence;
  std::vector<ErrorField> fields;
};

/// What a line of text is to a table.
enum class LineStatus : std::uint8_t { kRow, kNoRow, kBad };

/// Looks at the numbers of one row: features are finite, labels too, weights not negative.
/// @param column_name  function(position) -> std::string
/// @return whether they are good; else `bad` says why.
template <typename ColumnName>
bool check_numbers(const NumberColumns& columns, const std::vector<double>& numbers, const ColumnName& column_name,
                   BadCell& bad);

/// A feature, label or weight that is not good, described.
BadCell describe_bad_number(const NumberColumns& columns, const std::vector<double>& numbers, std::size_t index,
                            std::string column);
/// Index of the first number that is not good; numbers.size() if all are.
std::size_t find_bad_number(const NumberColumns& columns, const std::vector<double>& numbers) noexcept;
/// Whether the row is one of zeros and must not be.
bool lacks_direction(const NumberColumns& columns, const std::vector<double>& numbers) noexcept;
BadCell describe_zero_row();

template <typename ColumnName>
bool check_numbers(const NumberColumns& columns, const std::vector<double>& numbers, const ColumnName& column_name,
                   BadCell& bad) {
  const auto index = find_bad_number(columns, numbers);
  if (index < numbers.size()) {
    bad = describe_bad_number(columns, numbers, index, column_name(columns.positions[index]));
    return false;
  }
  if (lacks_direction(columns, numbers)) {
    bad = describe_zero_row();
    return false;
  }
  return true;
}

}  // namespace hammerscale::mllib
