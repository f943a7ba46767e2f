#include "sql/types/decimal.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "hammerscale/base/check.hpp"

namespace hammerscale::sql {
namespace {

constexpr int kMinAdjustedScale = 6;
/// Digits behind the point at which a quotient is rounded first.
constexpr int kDivisionScale = 39;

UInt128 magnitude(Int128 value) noexcept {
  return value < 0 ? UInt128{0} - static_cast<UInt128>(value) : static_cast<UInt128>(value);
}

UInt128 power_of_ten(int n) noexcept { return static_cast<UInt128>(kPowersOfTen[static_cast<std::size_t>(n)]); }

/// Unsigned number of four 64-bit limbs, least significant first: room for the product of two 128-bit numbers.
struct Wide {
  std::array<std::uint64_t, 4> limbs{};

  Wide() = default;
  explicit Wide(UInt128 value)
      : limbs{static_cast<std::uint64_t>(value), static_cast<std::uint64_t>(value >> 64), 0, 0} {}
  [[nodiscard]] UInt128 low() const noexcept { return limbs[0] | (static_cast<UInt128>(limbs[1]) << 64); }
  [[nodiscard]] UInt128 high() const noexcept { return limbs[2] | (static_cast<UInt128>(limbs[3]) << 64); }
};

int compare(const Wide& a, const Wide& b) noexcept {
  for (int i = 3; i >= 0; --i) {
    const auto at = static_cast<std::size_t>(i);
    if (a.limbs[at] != b.limbs[at]) { return a.limbs[at] < b.limbs[at] ? -1 : 1; }
  }
  return 0;
}

Wide add(const Wide& a, const Wide& b) noexcept {
  Wide sum;
  UInt128 carry = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    carry += static_cast<UInt128>(a.limbs[i]) + b.limbs[i];
    sum.limbs[i] = static_cast<std::uint64_t>(carry);
    carry >>= 64;
  }
  return sum;
}

/// a - b for a >= b.
Wide subtract(const Wide& a, const Wide& b) noexcept {
  Wide difference;
  std::uint64_t borrow = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const UInt128 part = static_cast<UInt128>(a.limbs[i]) - b.limbs[i] - borrow;
    difference.limbs[i] = static_cast<std::uint64_t>(part);
    borrow = static_cast<std::uint64_t>(part >> 64) != 0 ? 1 : 0;
  }
  return difference;
}

Wide multiply(UInt128 a, UInt128 b) noexcept {
  const std::uint64_t x[2] = {static_cast<std::uint64_t>(a), static_cast<std::uint64_t>(a >> 64)};
  const std::uint64_t y[2] = {static_cast<std::uint64_t>(b), static_cast<std::uint64_t>(b >> 64)};
  Wide product;
  for (std::size_t i = 0; i < 2; ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < 2; ++j) {
      const UInt128 part = static_cast<UInt128>(x[i]) * y[j] + product.limbs[i + j] + carry;
      product.limbs[i + j] = static_cast<std::uint64_t>(part);
      carry = static_cast<std::uint64_t>(part >> 64);
    }
    product.limbs[i + 2] = carry;
  }
  return product;
}

int bit_width(const Wide& value) noexcept {
  for (int i = 3; i >= 0; --i) {
    const std::uint64_t limb = value.limbs[static_cast<std::size_t>(i)];
    if (limb != 0) { return 64 * i + std::bit_width(limb); }
  }
  return 0;
}

struct WideQuotient {
  Wide quotient;
  Wide remainder;
};

Wide shift_left(const Wide& value, int bits) noexcept {
  Wide result;
  const auto limbs = static_cast<std::size_t>(bits / 64);
  const int rest = bits % 64;
  for (std::size_t i = 3 + 1; i-- > limbs;) {
    result.limbs[i] = value.limbs[i - limbs] << rest;
    if (rest != 0 && i > limbs) { result.limbs[i] |= value.limbs[i - limbs - 1] >> (64 - rest); }
  }
  return result;
}

Wide shift_right_by_one(const Wide& value) noexcept {
  Wide result;
  for (std::size_t i = 0; i < 4; ++i) {
    result.limbs[i] = value.limbs[i] >> 1;
    if (i < 3) { result.limbs[i] |= value.limbs[i + 1] << 63; }
  }
  return result;
}

/// By 64-bit limbs when the divisor has one, else bit by bit: wide divisors come with quotients of few bits, because
/// decimals of 38 digits have 127.
WideQuotient divide(const Wide& a, const Wide& b) noexcept {
  WideQuotient result;
  if (compare(a, b) < 0) {
    result.remainder = a;
    return result;
  }
  if (b.high() == 0 && b.limbs[1] == 0) {
    UInt128 rest = 0;
    for (std::size_t i = 4; i-- > 0;) {
      rest = (rest << 64) | a.limbs[i];
      result.quotient.limbs[i] = static_cast<std::uint64_t>(rest / b.limbs[0]);
      rest %= b.limbs[0];
    }
    result.remainder = Wide(rest);
    return result;
  }
  if (a.high() == 0) {
    result.quotient = Wide(a.low() / b.low());
    result.remainder = Wide(a.low() % b.low());
    return result;
  }
  int shift = bit_width(a) - bit_width(b);
  Wide divisor = shift_left(b, shift);
  Wide rest = a;
  for (; shift >= 0; --shift) {
    if (compare(rest, divisor) >= 0) {
      rest = subtract(rest, divisor);
      result.quotient.limbs[static_cast<std::size_t>(shift / 64)] |= std::uint64_t{1} << (shift % 64);
    }
    divisor = shift_right_by_one(divisor);
  }
  result.remainder = rest;
  return result;
}

/// Whether |quotient| grows by one for a remainder of that share.
/// @param twice   order of twice the remainder to the divisor.
bool rounds_away(RoundingMode mode, bool is_negative, bool is_exact, int twice, bool quotient_is_odd) noexcept {
  switch (mode) {
    case RoundingMode::kHalfUp: return twice >= 0;
    case RoundingMode::kHalfEven: return twice > 0 || (twice == 0 && quotient_is_odd);
    case RoundingMode::kDown: return false;
    case RoundingMode::kFloor: return is_negative && !is_exact;
    case RoundingMode::kCeiling: return !is_negative && !is_exact;
  }
  return false;
}

std::optional<Int128> with_sign(UInt128 value, bool is_negative, int precision) noexcept {
  if (value >= power_of_ten(precision)) { return std::nullopt; }
  return is_negative ? -static_cast<Int128>(value) : static_cast<Int128>(value);
}

/// A wide value divided by 10^digits, half up, as a decimal.
std::optional<Int128> shorten(const Wide& value, int digits, bool is_negative, int precision) noexcept {
  Wide quotient = value;
  if (digits > 0) {
    const Wide divisor =
        digits <= 38 ? Wide(power_of_ten(digits)) : multiply(power_of_ten(38), power_of_ten(digits - 38));
    const WideQuotient parts = divide(value, divisor);
    quotient = parts.quotient;
    if (compare(add(parts.remainder, parts.remainder), divisor) >= 0) { quotient = add(quotient, Wide(1)); }
  }
  if (quotient.high() != 0) { return std::nullopt; }
  return with_sign(quotient.low(), is_negative, precision);
}

int precision_of(const DataType& type) { return decimal_for(type).precision(); }
int scale_of(const DataType& type) { return decimal_for(type).scale(); }

/// Sum for different scales: the exact value has the larger scale and may need more than 128 bits.
std::optional<Int128> add_aligned(Int128 a, int scale_a, Int128 b, int scale_b, int precision, int scale) noexcept {
  const int common = std::max(scale_a, scale_b);
  Int128 x = 0;
  Int128 y = 0;
  Int128 sum = 0;
  const bool overflows = __builtin_mul_overflow(a, kPowersOfTen[static_cast<std::size_t>(common - scale_a)], &x) ||
                         __builtin_mul_overflow(b, kPowersOfTen[static_cast<std::size_t>(common - scale_b)], &y) ||
                         __builtin_add_overflow(x, y, &sum);
  if (!overflows) { return rescale(sum, common, scale, precision); }
  const Wide wide_a = multiply(magnitude(a), power_of_ten(common - scale_a));
  const Wide wide_b = multiply(magnitude(b), power_of_ten(common - scale_b));
  const bool equal_signs = (a < 0) == (b < 0);
  const bool a_is_larger = compare(wide_a, wide_b) >= 0;
  const Wide total = equal_signs   ? add(wide_a, wide_b)
                     : a_is_larger ? subtract(wide_a, wide_b)
                                   : subtract(wide_b, wide_a);
  const bool is_negative = equal_signs || a_is_larger ? a < 0 : b < 0;
  if (scale <= common) { return shorten(total, common - scale, is_negative, precision); }
  return std::nullopt;
}

template <typename T>
std::optional<Int128> from_floating(T value, int precision, int scale) noexcept {
  if (!std::isfinite(value)) { return std::nullopt; }
  // Whole numbers below 2^53 are the common case and exact.
  if (scale == 0 && value == std::trunc(value) && std::abs(value) < static_cast<T>(9007199254740992.0)) {
    const Int128 whole = static_cast<std::int64_t>(value);
    return fits_precision(whole, precision) ? std::optional<Int128>(whole) : std::nullopt;
  }
  char text[64];
  const auto end = std::to_chars(text, text + sizeof(text), value, std::chars_format::scientific);
  Int128 unscaled = 0;
  const std::string_view digits(text, static_cast<std::size_t>(end.ptr - text));
  if (parse_decimal(digits, precision, scale, unscaled) != DecimalParse::kOk) { return std::nullopt; }
  return unscaled;
}

/// Digits of |value|, most significant first.
std::string_view digits_of(UInt128 value, char (&buffer)[40]) noexcept {
  char* end = buffer + sizeof(buffer);
  char* at = end;
  while (value >= 10'000'000'000'000'000'000ULL) {
    std::uint64_t part = static_cast<std::uint64_t>(value % 10'000'000'000'000'000'000ULL);
    value /= 10'000'000'000'000'000'000ULL;
    for (int i = 0; i < 19; ++i) {
      *--at = static_cast<char>('0' + part % 10);
      part /= 10;
    }
  }
  auto part = static_cast<std::uint64_t>(value);
  do {
    *--at = static_cast<char>('0' + part % 10);
    part /= 10;
  } while (part != 0);
  return {at, static_cast<std::size_t>(end - at)};
}

template <typename T>
T to_floating(Int128 unscaled, int scale) noexcept {
  std::string text;
  append_decimal_scientific(text, unscaled, scale);
  if (const std::size_t plus = text.find('+'); plus != text.npos) { text.erase(plus, 1); }
  T value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

int num_digits(Int128 value) noexcept {
  const UInt128 absolute = magnitude(value);
  int digits = 1;
  while (digits < 39 && absolute >= power_of_ten(digits)) {
    if (digits == 38) { return 39; }
    ++digits;
  }
  return digits;
}

Int128 divide_rounded(Int128 value, Int128 divisor, RoundingMode mode) noexcept {
  Int128 quotient;
  Int128 rest;
  constexpr std::int64_t kLimit = std::int64_t{1} << 62;
  if (value < kLimit && value > -kLimit && divisor < kLimit) {
    // The compiler's 128-bit division is a call of some 30 ns.
    quotient = static_cast<std::int64_t>(value) / static_cast<std::int64_t>(divisor);
    rest = static_cast<std::int64_t>(value) % static_cast<std::int64_t>(divisor);
  } else {
    quotient = value / divisor;
    rest = value % divisor;
  }
  if (rest == 0) { return quotient; }
  const UInt128 twice = magnitude(rest) * 2;
  const auto limit = static_cast<UInt128>(divisor);
  const int order = twice < limit ? -1 : static_cast<int>(twice > limit);
  if (rounds_away(mode, value < 0, false, order, (quotient & 1) != 0)) { quotient += value < 0 ? -1 : 1; }
  return quotient;
}

std::optional<Int128> rescale(Int128 unscaled, int from_scale, int to_scale, int precision,
                              RoundingMode mode) noexcept {
  if (to_scale < from_scale) {
    const int digits = from_scale - to_scale;
    Int128 rounded = 0;
    if (digits <= 38) {
      rounded = divide_rounded(unscaled, kPowersOfTen[static_cast<std::size_t>(digits)], mode);
    } else if (unscaled != 0 && rounds_away(mode, unscaled < 0, false, -1, false)) {
      rounded = unscaled < 0 ? -1 : 1;
    }
    return fits_precision(rounded, precision) ? std::optional<Int128>(rounded) : std::nullopt;
  }
  Int128 result = unscaled;
  if (to_scale > from_scale) {
    if (to_scale - from_scale > 38) { return unscaled == 0 ? std::optional<Int128>(0) : std::nullopt; }
    if (__builtin_mul_overflow(unscaled, kPowersOfTen[static_cast<std::size_t>(to_scale - from_scale)], &result)) {
      return std::nullopt;
    }
  }
  return fits_precision(result, precision) ? std::optional<Int128>(result) : std::nullopt;
}

DataType adjusted_decimal(int precision, int scale, bool allow_precision_loss) {
  if (!allow_precision_loss || precision <= kMaxDecimalPrecision) {
    return DataType::decimal(std::min(precision, kMaxDecimalPrecision), std::min(scale, kMaxDecimalPrecision));
  }
  if (scale < 0) { return DataType::decimal(kMaxDecimalPrecision, scale); }
  const int whole_digits = precision - scale;
  const int least_scale = std::min(scale, kMinAdjustedScale);
  return DataType::decimal(kMaxDecimalPrecision, std::max(kMaxDecimalPrecision - whole_digits, least_scale));
}

DataType decimal_add_type(const DataType& a, const DataType& b, bool allow_precision_loss) {
  const int scale = std::max(scale_of(a), scale_of(b));
  const int whole = std::max(precision_of(a) - scale_of(a), precision_of(b) - scale_of(b));
  return adjusted_decimal(whole + scale + 1, scale, allow_precision_loss);
}

DataType decimal_multiply_type(const DataType& a, const DataType& b, bool allow_precision_loss) {
  return adjusted_decimal(precision_of(a) + precision_of(b) + 1, scale_of(a) + scale_of(b), allow_precision_loss);
}

DataType decimal_divide_type(const DataType& a, const DataType& b, bool allow_precision_loss) {
  if (allow_precision_loss) {
    const int whole = precision_of(a) - scale_of(a) + scale_of(b);
    const int scale = std::max(kMinAdjustedScale, scale_of(a) + precision_of(b) + 1);
    return adjusted_decimal(whole + scale, scale, true);
  }
  int whole = std::min(kMaxDecimalPrecision, precision_of(a) - scale_of(a) + scale_of(b));
  int fraction = std::min(kMaxDecimalPrecision, std::max(kMinAdjustedScale, scale_of(a) + precision_of(b) + 1));
  if (const int excess = whole + fraction - kMaxDecimalPrecision; excess > 0) {
    fraction -= excess / 2 + 1;
    whole = kMaxDecimalPrecision - fraction;
  }
  return adjusted_decimal(whole + fraction, fraction, false);
}

DataType decimal_remainder_type(const DataType& a, const DataType& b, bool allow_precision_loss) {
  const int scale = std::max(scale_of(a), scale_of(b));
  const int whole = std::min(precision_of(a) - scale_of(a), precision_of(b) - scale_of(b));
  return adjusted_decimal(std::max(whole + scale, 1), scale, allow_precision_loss);
}

DataType decimal_whole_quotient_type(const DataType& a, const DataType& b, bool allow_precision_loss) {
  const int whole = precision_of(a) - scale_of(a) + scale_of(b);
  return adjusted_decimal(whole == 0 ? 1 : whole, 0, allow_precision_loss);
}

DataType wider_decimal(const DataType& a, const DataType& b) {
  const int scale = std::max(scale_of(a), scale_of(b));
  const int whole = std::max(precision_of(a) - scale_of(a), precision_of(b) - scale_of(b));
  return DataType::decimal(std::min(whole + scale, kMaxDecimalPrecision), std::min(scale, kMaxDecimalPrecision));
}

DataType decimal_for(const DataType& numeric) {
  switch (numeric.id()) {
    case TypeId::kTinyint: return DataType::decimal(3, 0);
    case TypeId::kSmallint: return DataType::decimal(5, 0);
    case TypeId::kInt: return DataType::decimal(10, 0);
    case TypeId::kBigint: return DataType::decimal(20, 0);
    case TypeId::kFloat: return DataType::decimal(14, 7);
    case TypeId::kDouble: return DataType::decimal(30, 15);
    default: HS_CHECK(numeric.is_decimal()); return numeric;
  }
}

DataType decimal_for_literal(Int128 unscaled, int scale) {
  return DataType::decimal(std::clamp(std::max(num_digits(unscaled), scale), 1, kMaxDecimalPrecision), scale);
}

std::optional<Int128> decimal_add(Int128 a, int scale_a, Int128 b, int scale_b, int precision, int scale) noexcept {
  return add_aligned(a, scale_a, b, scale_b, precision, scale);
}

std::optional<Int128> decimal_subtract(Int128 a, int scale_a, Int128 b, int scale_b, int precision,
                                       int scale) noexcept {
  return add_aligned(a, scale_a, -b, scale_b, precision, scale);
}

std::optional<Int128> decimal_multiply(Int128 a, int scale_a, Int128 b, int scale_b, int precision,
                                       int scale) noexcept {
  Int128 product = 0;
  if (!__builtin_mul_overflow(a, b, &product)) { return rescale(product, scale_a + scale_b, scale, precision); }
  const int digits = scale_a + scale_b - scale;
  if (digits < 0) { return std::nullopt; }
  return shorten(multiply(magnitude(a), magnitude(b)), digits, (a < 0) != (b < 0), precision);
}

std::optional<Int128> decimal_divide(Int128 a, int scale_a, Int128 b, int scale_b, int precision, int scale) noexcept {
  const bool is_negative = (a < 0) != (b < 0);
  const int shift = scale - scale_a + scale_b;
  const Wide divisor_value(magnitude(b));
  Wide dividend(magnitude(a));
  Wide divisor = divisor_value;
  if (shift > 38) {
    // 10^shift alone would fill the limbs: such a quotient fits only where the dividend is small.
    const Wide head = multiply(magnitude(a), power_of_ten(shift - 38));
    if (head.high() != 0) { return std::nullopt; }
    dividend = multiply(head.low(), power_of_ten(38));
  } else if (shift >= 0) {
    dividend = multiply(magnitude(a), power_of_ten(shift));
  } else {
    divisor = multiply(magnitude(b), power_of_ten(std::min(-shift, 38)));
  }
  const WideQuotient parts = divide(dividend, divisor);
  Wide quotient = parts.quotient;
  const Wide twice = add(parts.remainder, parts.remainder);
  bool rounds_up = compare(twice, divisor) >= 0;
  if (!rounds_up && scale < kDivisionScale && divisor.high() == 0) {
    // Rounding at 39 digits first lifts remainders just below a half onto it.
    const int digits = kDivisionScale - scale;
    const Wide gap = subtract(divisor, twice);
    if (digits <= 38 && gap.high() == 0) {
      rounds_up = compare(multiply(gap.low(), power_of_ten(digits)), divisor) <= 0;
    }
  }
  if (rounds_up) { quotient = add(quotient, Wide(1)); }
  if (quotient.high() != 0) { return std::nullopt; }
  return with_sign(quotient.low(), is_negative, precision);
}

std::optional<Int128> decimal_remainder(Int128 a, int scale_a, Int128 b, int scale_b, int precision,
                                        int scale) noexcept {
  const int common = std::max(scale_a, scale_b);
  const Wide dividend = multiply(magnitude(a), power_of_ten(common - scale_a));
  const Wide divisor = multiply(magnitude(b), power_of_ten(common - scale_b));
  const Wide rest = divide(dividend, divisor).remainder;
  return scale <= common    ? shorten(rest, common - scale, a < 0, precision)
         : rest.high() == 0 ? rescale(a < 0 ? -static_cast<Int128>(rest.low()) : static_cast<Int128>(rest.low()),
                                      common, scale, precision)
                            : std::nullopt;
}

std::optional<Int128> decimal_whole_quotient(Int128 a, int scale_a, Int128 b, int scale_b) noexcept {
  const int common = std::max(scale_a, scale_b);
  const Wide quotient = divide(multiply(magnitude(a), power_of_ten(common - scale_a)),
                               multiply(magnitude(b), power_of_ten(common - scale_b)))
                            .quotient;
  if (quotient.high() != 0) { return std::nullopt; }
  return with_sign(quotient.low(), (a < 0) != (b < 0), kMaxDecimalPrecision);
}

int compare_decimals(Int128 a, int scale_a, Int128 b, int scale_b) noexcept {
  if (scale_a == scale_b || (a < 0) != (b < 0)) { return a < b ? -1 : static_cast<int>(a > b); }
  const int common = std::max(scale_a, scale_b);
  const int order = compare(multiply(magnitude(a), power_of_ten(common - scale_a)),
                            multiply(magnitude(b), power_of_ten(common - scale_b)));
  return a < 0 ? -order : order;
}

void append_decimal(std::string& out, Int128 unscaled, int scale) {
  char buffer[40];
  const std::string_view digits = digits_of(magnitude(unscaled), buffer);
  if (unscaled < 0) { out += '-'; }
  if (scale <= 0) {
    out += digits;
    if (unscaled != 0) { out.append(static_cast<std::size_t>(-scale), '0'); }
    return;
  }
  const auto fraction = static_cast<std::size_t>(scale);
  if (digits.size() > fraction) {
    out += digits.substr(0, digits.size() - fraction);
    out += '.';
    out += digits.substr(digits.size() - fraction);
  } else {
    out += "0.";
    out.append(fraction - digits.size(), '0');
    out += digits;
  }
}

void append_decimal_scientific(std::string& out, Int128 unscaled, int scale) {
  char buffer[40];
  const std::string_view digits = digits_of(magnitude(unscaled), buffer);
  const int exponent = static_cast<int>(digits.size()) - 1 - scale;
  // Java writes an exponent for negative scales and for values below 10^-6.
  if (scale >= 0 && exponent >= -6) {
    append_decimal(out, unscaled, scale);
    return;
  }
  if (unscaled < 0) { out += '-'; }
  out += digits[0];
  if (digits.size() > 1) {
    out += '.';
    out += digits.substr(1);
  }
  if (exponent != 0) {
    out += exponent > 0 ? "E+" : "E-";
    out += std::to_string(std::abs(exponent));
  }
}

DecimalParse parse_decimal(std::string_view text, int precision, int scale, Int128& unscaled) noexcept {
  std::size_t at = 0;
  const bool is_negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) { ++at; }
  const std::size_t digits_start = at;
  std::size_t point = text.npos;
  std::size_t num_digit_chars = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && point == text.npos) {
      point = at;
    } else if (text[at] >= '0' && text[at] <= '9') {
      ++num_digit_chars;
    } else {
      break;
    }
  }
  if (num_digit_chars == 0) { return DecimalParse::kMalformed; }
  const std::size_t digits_end = at;
  std::int64_t exponent = 0;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') { return DecimalParse::kMalformed; }
    ++at;
    bool exponent_is_negative = false;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) { exponent_is_negative = text[at++] == '-'; }
    if (at == text.size()) { return DecimalParse::kMalformed; }
    for (; at < text.size(); ++at) {
      if (text[at] < '0' || text[at] > '9') { return DecimalParse::kMalformed; }
      exponent = exponent * 10 + (text[at] - '0');
      // Java refuses exponents beyond 32 bits.
      if (exponent > 2'147'483'647) { return DecimalParse::kMalformed; }
    }
    if (exponent_is_negative) { exponent = -exponent; }
  }
  // Digits that count: those of 10^-scale and above, and one more to round by.
  const std::int64_t whole_digits =
      static_cast<std::int64_t>((point == text.npos ? digits_end : point) - digits_start) + exponent;
  std::int64_t wanted = whole_digits + scale;
  UInt128 value = 0;
  bool rounds_up = false;
  std::size_t i = digits_start;
  for (; i < digits_end; ++i) {
    if (text[i] == '.') { continue; }
    const auto digit = static_cast<unsigned>(text[i] - '0');
    if (wanted <= 0) {
      rounds_up = wanted == 0 && digit >= 5;
      break;
    }
    value = value * 10 + digit;
    if (value >= power_of_ten(38)) { return DecimalParse::kOverflow; }
    --wanted;
  }
  if (i == digits_end) {
    for (; wanted > 0 && value != 0; --wanted) {
      value *= 10;
      if (value >= power_of_ten(38)) { return DecimalParse::kOverflow; }
    }
  }
  if (rounds_up) { ++value; }
  if (value >= power_of_ten(precision)) { return DecimalParse::kOverflow; }
  unscaled = is_negative ? -static_cast<Int128>(value) : static_cast<Int128>(value);
  return DecimalParse::kOk;
}

std::optional<Int128> decimal_from_double(double value, int precision, int scale) noexcept {
  return from_floating(value, precision, scale);
}

std::optional<Int128> decimal_from_float(float value, int precision, int scale) noexcept {
  // Java widens a float before it prints it.
  return from_floating(static_cast<double>(value), precision, scale);
}

double decimal_to_double(Int128 unscaled, int scale) noexcept {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  static constexpr double kPowers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  if (unscaled <= kExact && unscaled >= -kExact && scale >= 0 && scale <= 22) {
    // Both are exact doubles, so the quotient is rounded once.
    return static_cast<double>(static_cast<std::int64_t>(unscaled)) / kPowers[scale];
  }
  return to_floating<double>(unscaled, scale);
}

float decimal_to_float(Int128 unscaled, int scale) noexcept {
  constexpr std::int64_t kExact = std::int64_t{1} << 24;
  static constexpr float kPowers[] = {1e0F, 1e1F, 1e2F, 1e3F, 1e4F, 1e5F, 1e6F, 1e7F, 1e8F, 1e9F, 1e10F};
  if (unscaled <= kExact && unscaled >= -kExact && scale >= 0 && scale <= 10) {
    return static_cast<float>(static_cast<std::int64_t>(unscaled)) / kPowers[scale];
  }
  return to_floating<float>(unscaled, scale);
}

}  // namespace hammerscale::sql
