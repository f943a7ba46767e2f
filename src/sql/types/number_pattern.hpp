#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/value.hpp"

namespace hammerscale::sql {

/// A format of to_number and to_char: `[MI|S][$][0|9|G|,]*[.|D][0|9]*[PR|MI|S]`, letters in any case.
/// Example: "S$99,999.9" reads "-$1,234.5" and prints "-$ 1,234.5".
class NumberPattern {
 public:
  /// @throws SqlError INVALID_FORMAT.*  the format is none.
  static NumberPattern compile(std::string_view format);

  /// decimal(digits, digits behind the point): what to_number gives.
  [[nodiscard]] DataType type() const;
  /// The number a text stands for, as a value of type(); none when the text does not fit the format.
  [[nodiscard]] std::optional<Int128> parse(std::string_view text) const;
  /// Appends the number; digits that the format has no place for make all of them "#".
  void format(std::string& out, Int128 unscaled, int scale) const;

 private:
  enum class Sign : unsigned char { kNone, kLeadingS, kLeadingMinus, kTrailingS, kTrailingMinus, kBrackets };
  Sign sign_ = Sign::kNone;
  bool has_dollar_ = false;
  bool has_point_ = false;
  std::string whole_;     ///< 0, 9 and commas in front of the point.
  std::string fraction_;  ///< 0 and 9 behind it.
};

}  // namespace hammerscale::sql
