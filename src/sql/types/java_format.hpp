#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace hammerscale::sql {

/// One argument of format_string.
struct FormatArgument {
  enum class Kind : std::uint8_t { kNull, kBoolean, kInteger, kFloating, kText };
  Kind kind = Kind::kNull;
  bool boolean = false;
  int bits = 64;  ///< Of an integer: 8, 16, 32 or 64; negative ones print in hexadecimal by it.
  std::int64_t integer = 0;
  double floating = 0;
  std::string_view text = {};  ///< What %s prints of a value of any other type. Must outlive the call.
};

/// Appends what Java's Formatter makes of a pattern with %[index$][flags][width][.precision]conversion, in the locale
/// US: conversions b B c d o x X e E f g G a A s S % n. Digits of floating-point numbers are rounded half up from their
/// shortest decimal form.
/// @throws UserError kInvalidArgument  a conversion is unknown, does not fit its argument, or has none.
void append_java_format(std::string& out, std::string_view pattern, std::span<const FormatArgument> arguments);

}  // namespace hammerscale::sql
