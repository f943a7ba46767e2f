#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "sql/functions/families.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/types/decimal.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::int64_t;

/// value / 10^digits, rounded.
Int128 divide_by_power(Int128 value, int digits, RoundingMode mode) {
  if (digits <= 0) { return value; }
  // Beyond 38 digits nothing of the value is left but its sign.
  if (digits > kMaxDecimalPrecision) {
    return mode == RoundingMode::kCeiling && value > 0 ? 1 : mode == RoundingMode::kFloor && value < 0 ? -1 : 0;
  }
  return divide_rounded(value, kPowersOfTen[static_cast<std::size_t>(digits)], mode);
}

Int128 power_of_ten(int exponent) { return kPowersOfTen[static_cast<std::size_t>(exponent)]; }

/// Rounds as decimal text does: through the shortest decimal that means this number, as Java's BigDecimal.valueOf.
double round_double(double value, int scale, RoundingMode direction, bool is_float) {
  if (!std::isfinite(value)) { return value; }
  if (scale > 350) { return value; }
  if (scale < -350) { return 0.0; }
  std::string text;
  if (is_float) {
    append_float(text, static_cast<float>(value));
  } else {
    append_double(text, value);
  }
  // digits * 10^exponent
  std::string digits;
  int exponent = 0;
  bool behind_point = false;
  std::size_t i = text[0] == '-' ? 1 : 0;
  for (; i < text.size() && text[i] != 'E'; ++i) {
    if (text[i] == '.') {
      behind_point = true;
    } else {
      digits += text[i];
      if (behind_point) { --exponent; }
    }
  }
  if (i < text.size()) { exponent += std::stoi(text.substr(i + 1)); }
  Int128 unscaled = 0;
  for (const char digit : digits) { unscaled = unscaled * 10 + (digit - '0'); }
  if (text[0] == '-') { unscaled = -unscaled; }
  if (-exponent <= scale) { return value; }
  const Int128 rounded = divide_by_power(unscaled, -exponent - scale, direction);
  std::string out;
  append_decimal(out, rounded, 0);
  out += "E" + std::to_string(-scale);
  return is_float ? static_cast<double>(std::strtof(out.c_str(), nullptr)) : std::strtod(out.c_str(), nullptr);
}

template <typename T>
Evaluate round_integers(const CallInput& input, int scale, RoundingMode direction) {
  return rowwise<T>([=, origin = input.origin, ansi = input.context->ansi](T value) -> T {
    if (scale >= 0) { return value; }
    const Int128 rounded = scale < -38 ? Int128{0} : divide_by_power(value, -scale, direction) * power_of_ten(-scale);
    if (ansi && (rounded > std::numeric_limits<T>::max() || rounded < std::numeric_limits<T>::min())) {
      throw SqlError("ARITHMETIC_OVERFLOW",
                     {{"message", "Overflow"}, {"alternative", ""}, {"config", "\"spark.sql.ansi.enabled\""}}, origin);
    }
    return static_cast<T>(rounded);
  });
}

template <typename From, typename To>
Evaluate round_decimal(int from_scale, int scale, int to_scale, RoundingMode direction) {
  return rowwise<From>([=](From value) {
    const Int128 rounded = divide_by_power(value, from_scale - scale, direction);
    return static_cast<To>(scale < to_scale ? rounded * power_of_ten(to_scale - scale) : rounded);
  });
}

Evaluate choose_decimal(const DataType& from, const DataType& to, int scale, RoundingMode direction) {
  const bool from_long = from.physical() == PhysicalType::kInt64;
  const bool to_long = to.physical() == PhysicalType::kInt64;
  if (from_long && to_long) { return round_decimal<int64_t, int64_t>(from.scale(), scale, to.scale(), direction); }
  if (from_long) { return round_decimal<int64_t, Int128>(from.scale(), scale, to.scale(), direction); }
  if (to_long) { return round_decimal<Int128, int64_t>(from.scale(), scale, to.scale(), direction); }
  return round_decimal<Int128, Int128>(from.scale(), scale, to.scale(), direction);
}

/// The constant number of digits behind the point; none when it is NULL.
std::optional<int> constant_scale(const CallInput& input, std::string name) {
  if (input.types.size() < 2) { return 0; }
  const Value& scale = expect_constant(input, 1, std::move(name));
  if (scale.is_null()) { return std::nullopt; }
  return static_cast<int>(scale.as_int64());
}

Evaluate all_null() {
  return [](const Arguments& arguments, Vector& result) {
    arguments.rows.for_each([&](int32_t row) { result.set_null(row); });
  };
}

/// The decimal type of a rounded decimal: all digits before the point and one for the carry.
DataType rounded_decimal(const DataType& from, int scale) {
  const int integral_digits = from.precision() - from.scale() + 1;
  if (scale < 0) { return DataType::decimal(std::min(std::max(integral_digits, -scale + 1), 38), 0); }
  const int new_scale = std::min(from.scale(), scale);
  return DataType::decimal(std::min(integral_digits + new_scale, 38), new_scale);
}

BindFunction bind_round(RoundingMode direction) {
  return [direction](const CallInput& input) {
    check_num_arguments(input, 1, 2);
    BoundFunction bound;
    bound.nullable = any_nullable(input);
    bound.can_fail = true;
    const auto type = expect_argument(input, 0, TypeClass::kNumeric);
    bound.argument_types = {type};
    if (input.types.size() == 2) { bound.argument_types.push_back(expect_argument(input, 1, TypeId::kInt)); }
    const auto scale = constant_scale(input, "scale");
    bound.type = type.is_decimal() ? rounded_decimal(type, scale.value_or(0)) : type;
    if (!scale) {
      bound.evaluate = all_null();
      bound.nullable = true;
      return bound;
    }
    const int digits = *scale;
    // The scale is known: drop its argument from what each row computes by ignoring it.
    Evaluate one;
    switch (type.id()) {
      case TypeId::kTinyint: one = round_integers<std::int8_t>(input, digits, direction); break;
      case TypeId::kSmallint: one = round_integers<std::int16_t>(input, digits, direction); break;
      case TypeId::kInt: one = round_integers<int32_t>(input, digits, direction); break;
      case TypeId::kBigint: one = round_integers<int64_t>(input, digits, direction); break;
      case TypeId::kFloat:
        one = rowwise<float>([=](float x) { return static_cast<float>(round_double(x, digits, direction, true)); });
        break;
      case TypeId::kDouble:
        one = rowwise<double>([=](double x) { return round_double(x, digits, direction, false); });
        break;
      default: one = choose_decimal(type, bound.type, std::min(digits, type.scale()), direction); break;
    }
    bound.evaluate = std::move(one);
    return bound;
  };
}

/// ceil and floor: bigint of doubles, a decimal of decimals; with a scale, a decimal always.
BindFunction bind_whole(RoundingMode direction) {
  return [direction](const CallInput& input) {
    check_num_arguments(input, 1, 2);
    BoundFunction bound;
    bound.nullable = any_nullable(input);
    if (input.types.size() == 2) {
      const auto scale = constant_scale(input, "scale");
      auto type = expect_argument(input, 0, TypeClass::kNumeric);
      if (type.id() == TypeId::kTinyint) { type = DataType::decimal(3, 0); }
      if (type.id() == TypeId::kSmallint) { type = DataType::decimal(5, 0); }
      if (type.id() == TypeId::kInt) { type = DataType::decimal(10, 0); }
      if (type.id() == TypeId::kBigint) { type = DataType::decimal(20, 0); }
      if (type.id() == TypeId::kFloat) { type = DataType::decimal(14, 7); }
      if (type.id() == TypeId::kDouble) { type = DataType::decimal(30, 15); }
      bound.argument_types = {type, expect_argument(input, 1, TypeId::kInt)};
      bound.type = rounded_decimal(type, scale.value_or(0));
      bound.evaluate = scale ? choose_decimal(type, bound.type, std::min(*scale, type.scale()), direction) : all_null();
      bound.nullable |= !scale;
      return bound;
    }
    auto type = input.types[0];
    if (type.is_integral()) { type = TypeId::kBigint; }
    if (type.id() == TypeId::kFloat || type.is_string() || type.is_null()) { type = TypeId::kDouble; }
    if (!type.is_decimal()) { expect_argument(input, 0, TypeId::kDouble); }
    bound.argument_types = {type};
    if (type.id() == TypeId::kBigint) {
      bound.type = TypeId::kBigint;
      bound.evaluate = rowwise<int64_t>([](int64_t x) { return x; });
    } else if (type.is_decimal()) {
      bound.type = DataType::decimal(std::min(type.precision() - type.scale() + (type.scale() > 0 ? 1 : 0), 38), 0);
      if (type.precision() == type.scale()) { bound.type = DataType::decimal(1, 0); }
      bound.evaluate = choose_decimal(type, bound.type, 0, direction);
    } else {
      bound.type = TypeId::kBigint;
      bound.evaluate = rowwise<double>([direction](double x) {
        // As Java's (long): saturates, and NaN is 0.
        const double whole = direction == RoundingMode::kCeiling ? std::ceil(x) : std::floor(x);
        if (std::isnan(whole)) { return int64_t{0}; }
        if (whole >= 0x1p63) { return std::numeric_limits<int64_t>::max(); }
        if (whole < -0x1p63) { return std::numeric_limits<int64_t>::min(); }
        return static_cast<int64_t>(whole);
      });
    }
    return bound;
  };
}

}  // namespace

void add_rounding_functions(FunctionRegistry& registry) {
  registry.add(ScalarFunction{
      .name = "round",
      .bind = bind_round(RoundingMode::kHalfUp),
      .documentation =
          {.group = "math_funcs",
           .usage = "round(x[, d]) - Returns x rounded to d digits behind the point (0 unless given), halves away "
                    "from zero. A negative d rounds before the point.",
           .examples = {{"SELECT round(2.5, 0)", {"3"}}, {"SELECT round(25, -1)", {"30"}}},
           .since = "1.5.0"},
      .num_required = 1,
      .default_arguments = {{Value(std::int64_t{0}), TypeId::kInt}}});
  registry.add(ScalarFunction{
      .name = "bround",
      .bind = bind_round(RoundingMode::kHalfEven),
      .documentation =
          {.group = "math_funcs",
           .usage = "bround(x[, d]) - Returns x rounded to d digits behind the point (0 unless given), halves to "
                    "the even neighbour.",
           .examples = {{"SELECT bround(2.5, 0)", {"2"}}, {"SELECT bround(25, -1)", {"20"}}},
           .since = "2.0.0"},
      .num_required = 1,
      .default_arguments = {{Value(std::int64_t{0}), TypeId::kInt}}});
  registry.add(ScalarFunction{
      .name = "ceil",
      .bind = bind_whole(RoundingMode::kCeiling),
      .documentation = {.group = "math_funcs",
                        .usage =
                            "ceil(x[, d]) - Returns the smallest number of d digits behind the point (0 unless given) "
                            "that is not below x.",
                        .examples = {{"SELECT ceil(-0.1)", {"0"}},
                                     {"SELECT ceil(5)", {"5"}},
                                     {"SELECT ceil(3.1411, 3)", {"3.142"}},
                                     {"SELECT ceil(3.1411, -3)", {"1000"}}},
                        .since = "3.3.0"},
      .aliases = {"ceiling"}});
  registry.add(ScalarFunction{
      .name = "floor",
      .bind = bind_whole(RoundingMode::kFloor),
      .documentation = {
          .group = "math_funcs",
          .usage = "floor(x[, d]) - Returns the largest number of d digits behind the point (0 unless given) that "
                   "is not above x.",
          .examples = {{"SELECT floor(-0.1)", {"-1"}}, {"SELECT floor(3.1411, 3)", {"3.141"}}},
          .since = "3.3.0"}});
}

}  // namespace hammerscale::sql
