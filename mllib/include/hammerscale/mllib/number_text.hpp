#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hammerscale::mllib {

/// The number that a text is, in full, blanks around it aside: decimal digits, a sign, a point, an exponent; `nan`,
/// `inf` and `infinity` in any case. What is too large is infinite, what is too small is 0. Nothing for other text.
std::optional<double> parse_number(std::string_view text);

/// 17 significant digits, from which the same number is read again; `NaN`, `Infinity`, `-Infinity`.
std::string format_number(double value);

/// Whether two texts are the same but for the case of ASCII letters.
bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;

}  // namespace hammerscale::mllib
