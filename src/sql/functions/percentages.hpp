#pragma once

#include <cstddef>
#include <vector>

#include "sql/functions/function.hpp"

namespace hammerscale::sql {

/// The percentages that a call of percentile and its like asks for.
struct Percentages {
  std::vector<double> values;  ///< From 0 to 1.
  bool is_array = false;       ///< Written as an array: the result is one too.
};

/// Argument i, which must be a constant number or array of numbers.
/// @throws SqlError DATATYPE_MISMATCH.NON_FOLDABLE_INPUT, .UNEXPECTED_NULL, .VALUE_OUT_OF_RANGE
Percentages expect_percentages(const CallInput& input, std::size_t i);

/// @throws SqlError DATATYPE_MISMATCH.UNEXPECTED_NULL  for the argument named.
[[noreturn]] void fail_null_argument(const CallInput& input, const char* name);
/// @throws SqlError DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE  `value` as it is written in SQL: "1.5D".
[[noreturn]] void fail_out_of_range(const CallInput& input, const char* name, const char* range,
                                    const std::string& value);

/// The type of result for values of a type: an array of them when the percentages are one.
DataType percentile_result(const Percentages& percentages, const DataType& type);

}  // namespace hammerscale::sql
