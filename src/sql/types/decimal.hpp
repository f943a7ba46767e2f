#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/value.hpp"

namespace hammerscale::sql {

/// Decimals are Int128 unscaled values beside a scale that their type tells: 1.50 of decimal(10,2) is 150. The
/// functions here do arithmetic on such values; those that can overflow give none then, and the caller raises
/// NUMERIC_VALUE_OUT_OF_RANGE or sets NULL.

inline constexpr int kMaxDecimalPrecision = 38;

__extension__ using UInt128 = unsigned __int128;

/// 10^0 to 10^38.
inline constexpr std::array<Int128, 39> kPowersOfTen = [] {
  std::array<Int128, 39> powers{};
  powers[0] = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) { powers[i] = powers[i - 1] * 10; }
  return powers;
}();

/// Whether a value of as many digits has at most `precision` of them.
inline bool fits_precision(Int128 unscaled, int precision) noexcept {
  const Int128 limit = kPowersOfTen[static_cast<std::size_t>(precision)];
  return unscaled < limit && unscaled > -limit;
}

/// Decimal digits of the absolute value; 1 for 0.
int num_digits(Int128 value) noexcept;

enum class RoundingMode : std::uint8_t {
  kHalfUp,    ///< Ties away from zero: round(), casts, arithmetic.
  kHalfEven,  ///< bround().
  kDown,      ///< Toward zero.
  kFloor,
  kCeiling,
};

/// value / divisor, rounded; divisor > 0.
Int128 divide_rounded(Int128 value, Int128 divisor, RoundingMode mode) noexcept;

/// The value with another scale; none when it does not fit `precision` digits.
std::optional<Int128> rescale(Int128 unscaled, int from_scale, int to_scale, int precision,
                              RoundingMode mode = RoundingMode::kHalfUp) noexcept;

/// Result types of arithmetic. When the exact type needs more than 38 digits, scale is given up first, but not below 6
/// (allow_precision_loss, Spark's default), or the digits are cut off on the right side without regard to that.
DataType decimal_add_type(const DataType& a, const DataType& b, bool allow_precision_loss = true);
DataType decimal_multiply_type(const DataType& a, const DataType& b, bool allow_precision_loss = true);
DataType decimal_divide_type(const DataType& a, const DataType& b, bool allow_precision_loss = true);
DataType decimal_remainder_type(const DataType& a, const DataType& b, bool allow_precision_loss = true);
/// Of `div`: the quotient's whole part as a decimal, before it becomes a bigint.
DataType decimal_whole_quotient_type(const DataType& a, const DataType& b, bool allow_precision_loss = true);
/// decimal(p, s) for p and s that may be too large, as the result of arithmetic.
DataType adjusted_decimal(int precision, int scale, bool allow_precision_loss = true);
/// The smallest decimal that holds every value of both.
DataType wider_decimal(const DataType& a, const DataType& b);
/// The decimal that holds every value of an integral type, or about every digit of float and double: tinyint (3,0),
/// smallint (5,0), int (10,0), bigint (20,0), float (14,7), double (30,15). Decimals as they are.
DataType decimal_for(const DataType& numeric);
/// The smallest decimal that holds a literal.
DataType decimal_for_literal(Int128 unscaled, int scale);

/// Exact sum (difference) of values of scales a and b, rounded half up to `scale`; none beyond `precision` digits.
std::optional<Int128> decimal_add(Int128 a, int scale_a, Int128 b, int scale_b, int precision, int scale) noexcept;
std::optional<Int128> decimal_subtract(Int128 a, int scale_a, Int128 b, int scale_b, int precision, int scale) noexcept;
std::optional<Int128> decimal_multiply(Int128 a, int scale_a, Int128 b, int scale_b, int precision, int scale) noexcept;
/// b is not 0. Rounds at 39 digits behind the point and then at `scale`, both half up, as Spark does.
std::optional<Int128> decimal_divide(Int128 a, int scale_a, Int128 b, int scale_b, int precision, int scale) noexcept;
/// a - b * trunc(a / b); b is not 0.
std::optional<Int128> decimal_remainder(Int128 a, int scale_a, Int128 b, int scale_b, int precision,
                                        int scale) noexcept;
/// trunc(a / b); b is not 0; none when it needs more than 38 digits.
std::optional<Int128> decimal_whole_quotient(Int128 a, int scale_a, Int128 b, int scale_b) noexcept;
/// Order of values of different scales.
int compare_decimals(Int128 a, int scale_a, Int128 b, int scale_b) noexcept;

/// "-1.50". The plain notation of CAST AS STRING in ANSI mode.
void append_decimal(std::string& out, Int128 unscaled, int scale);
/// Java's BigDecimal.toString: with an exponent for small values, such as "1E-7".
void append_decimal_scientific(std::string& out, Int128 unscaled, int scale);

/// What became of a text.
enum class DecimalParse : std::uint8_t { kOk, kMalformed, kOverflow };
/// Reads "[+-]digits[.digits][e[+-]digits]" as a value of that scale, rounded half up. No space is skipped.
DecimalParse parse_decimal(std::string_view text, int precision, int scale, Int128& unscaled) noexcept;

/// The digits that Java prints for the double, rounded half up; none for NaN, infinity and what does not fit.
std::optional<Int128> decimal_from_double(double value, int precision, int scale) noexcept;
std::optional<Int128> decimal_from_float(float value, int precision, int scale) noexcept;
/// The nearest double or float.
double decimal_to_double(Int128 unscaled, int scale) noexcept;
float decimal_to_float(Int128 unscaled, int scale) noexcept;

}  // namespace hammerscale::sql
