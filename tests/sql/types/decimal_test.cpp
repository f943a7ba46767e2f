#include "sql/types/decimal.hpp"

#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace hammerscale::sql {
namespace {

Int128 unscaled(std::string_view digits) {
  Int128 value = 0;
  EXPECT_EQ(parse_decimal(digits, 38, 0, value), DecimalParse::kOk) << digits;
  return value;
}

std::string plain(std::optional<Int128> value, int scale) {
  if (!value) { return "none"; }
  std::string out;
  append_decimal(out, *value, scale);
  return out;
}

const Int128 kLargest = kPowersOfTen[38] - 1;

TEST(DecimalTest, ResultTypesAreSparks) {
  const DataType a = DataType::decimal(10, 2);
  const DataType b = DataType::decimal(5, 3);
  EXPECT_EQ(decimal_add_type(a, b), DataType::decimal(12, 3));
  EXPECT_EQ(decimal_multiply_type(a, b), DataType::decimal(16, 5));
  EXPECT_EQ(decimal_divide_type(a, b), DataType::decimal(19, 8));
  EXPECT_EQ(decimal_remainder_type(a, b), DataType::decimal(5, 3));
  EXPECT_EQ(decimal_whole_quotient_type(a, b), DataType::decimal(11, 0));
  const DataType wide = DataType::decimal(38, 18);
  EXPECT_EQ(decimal_add_type(wide, wide), DataType::decimal(38, 17));
  EXPECT_EQ(decimal_multiply_type(wide, wide), DataType::decimal(38, 6));
  EXPECT_EQ(decimal_divide_type(wide, wide), DataType::decimal(38, 6));
  EXPECT_EQ(decimal_add_type(wide, wide, false), DataType::decimal(38, 18));
  EXPECT_EQ(decimal_divide_type(wide, wide, false), DataType::decimal(38, 18));
  EXPECT_EQ(decimal_add_type(TypeId::kInt, b), DataType::decimal(14, 3));
}

TEST(DecimalTest, AddsAndSubtractsAcrossScales) {
  EXPECT_EQ(plain(decimal_add(150, 2, 1, 0, 12, 2), 2), "2.50");
  EXPECT_EQ(plain(decimal_subtract(150, 2, 2505, 3, 12, 3), 3), "-1.005");
  EXPECT_EQ(decimal_add(kLargest, 0, 1, 0, 38, 0), std::nullopt);
  EXPECT_EQ(plain(decimal_subtract(kLargest, 0, kLargest, 0, 38, 0), 0), "0");
  // 10^37 * 10^18 does not fit 128 bits on the way.
  EXPECT_EQ(plain(decimal_subtract(kPowersOfTen[37], 0, 1, 18, 38, 0), 0), "10000000000000000000000000000000000000");
  EXPECT_EQ(plain(decimal_add(kPowersOfTen[37], 0, -5 * kPowersOfTen[17], 18, 38, 0), 0),
            "10000000000000000000000000000000000000");
  EXPECT_EQ(plain(decimal_add(-kPowersOfTen[37], 0, 6 * kPowersOfTen[17], 18, 38, 0), 0),
            "-9999999999999999999999999999999999999");
}

TEST(DecimalTest, MultipliesThrough256Bits) {
  EXPECT_EQ(plain(decimal_multiply(150, 2, -250, 2, 20, 4), 4), "-3.7500");
  EXPECT_EQ(plain(decimal_multiply(kPowersOfTen[30], 18, kPowersOfTen[24], 18, 38, 6), 6),
            "1000000000000000000.000000");
  EXPECT_EQ(plain(decimal_multiply(unscaled("12345678901234567890123456789"), 18,
                                   unscaled("98765432109876543210987654321"), 18, 38, 6),
                  6),
            "1219326311370217952261.850327");
  EXPECT_EQ(decimal_multiply(kLargest, 0, 2, 0, 38, 0), std::nullopt);
  EXPECT_EQ(decimal_multiply(kLargest, 0, kLargest, 0, 38, 0), std::nullopt);
}

TEST(DecimalTest, DividesHalfUp) {
  EXPECT_EQ(plain(decimal_divide(1, 0, 3, 0, 17, 6), 6), "0.333333");
  EXPECT_EQ(plain(decimal_divide(2, 0, 3, 0, 17, 6), 6), "0.666667");
  EXPECT_EQ(plain(decimal_divide(-1, 0, 8, 0, 17, 2), 2), "-0.13");
  EXPECT_EQ(plain(decimal_divide(kLargest, 18, 3, 0, 38, 6), 6), "33333333333333333333.333333");
  EXPECT_EQ(plain(decimal_divide(1, 38, 1, 38, 38, 6), 6), "1.000000");
  EXPECT_EQ(plain(decimal_divide(1, 0, kLargest, 38, 38, 37), 37), "1.0000000000000000000000000000000000000");
  EXPECT_EQ(decimal_divide(kLargest, 0, 1, 6, 38, 6), std::nullopt);
  EXPECT_EQ(plain(decimal_divide(kLargest, 38, kLargest - 1, 0, 38, 6), 6), "0.000000");
}

TEST(DecimalTest, RemaindersHaveTheDividendsSign) {
  EXPECT_EQ(plain(decimal_remainder(1050, 2, 3, 0, 5, 2), 2), "1.50");
  EXPECT_EQ(plain(decimal_remainder(-1050, 2, 3, 0, 5, 2), 2), "-1.50");
  EXPECT_EQ(plain(decimal_remainder(kLargest, 0, 7, 3, 38, 3), 3), "0.006");
  EXPECT_EQ(plain(decimal_whole_quotient(-1050, 2, 3, 0), 0), "-3");
  EXPECT_EQ(decimal_whole_quotient(kLargest, 0, 1, 3), std::nullopt);
}

TEST(DecimalTest, RoundsInEveryMode) {
  const auto rounded = [](Int128 value, RoundingMode mode) {
    return static_cast<int>(*rescale(value, 1, 0, 10, mode));
  };
  EXPECT_EQ(rounded(25, RoundingMode::kHalfUp), 3);
  EXPECT_EQ(rounded(-25, RoundingMode::kHalfUp), -3);
  EXPECT_EQ(rounded(25, RoundingMode::kHalfEven), 2);
  EXPECT_EQ(rounded(35, RoundingMode::kHalfEven), 4);
  EXPECT_EQ(rounded(-29, RoundingMode::kDown), -2);
  EXPECT_EQ(rounded(-21, RoundingMode::kFloor), -3);
  EXPECT_EQ(rounded(21, RoundingMode::kCeiling), 3);
  EXPECT_EQ(rounded(-29, RoundingMode::kCeiling), -2);
  EXPECT_EQ(rescale(kLargest, 0, 1, 38), std::nullopt);
  EXPECT_EQ(rescale(5, 38, 0, 38), Int128{0});
}

TEST(DecimalTest, ParsesWhatJavaParses) {
  const auto parsed = [](std::string_view text, int precision, int scale) -> std::string {
    Int128 value = 0;
    switch (parse_decimal(text, precision, scale, value)) {
      case DecimalParse::kOk: return plain(value, scale);
      case DecimalParse::kMalformed: return "malformed";
      case DecimalParse::kOverflow: return "overflow";
    }
    return {};
  };
  EXPECT_EQ(parsed("1.005", 10, 2), "1.01");
  EXPECT_EQ(parsed("-1.005", 10, 2), "-1.01");
  EXPECT_EQ(parsed("1.", 10, 2), "1.00");
  EXPECT_EQ(parsed(".5", 10, 2), "0.50");
  EXPECT_EQ(parsed("1E+2", 10, 2), "100.00");
  EXPECT_EQ(parsed("1e-50", 10, 2), "0.00");
  EXPECT_EQ(parsed("0e100", 10, 2), "0.00");
  EXPECT_EQ(parsed("99999999.995", 10, 2), "overflow");
  EXPECT_EQ(parsed("1e1000000000", 10, 2), "overflow");
  EXPECT_EQ(parsed("1e2147483648", 10, 2), "malformed");
  EXPECT_EQ(parsed("12345678901234567890123456789012345678", 38, 0), "12345678901234567890123456789012345678");
  EXPECT_EQ(parsed("123456789012345678901234567890123456789", 38, 0), "overflow");
  for (const char* text : {"", "-", ".", "-.", "1e", "1e+", "e5", "1 2", "1d", "NaN", "0x1"}) {
    EXPECT_EQ(parsed(text, 10, 2), "malformed") << text;
  }
}

TEST(DecimalTest, PrintsBothNotations) {
  const auto scientific = [](Int128 value, int scale) {
    std::string out;
    append_decimal_scientific(out, value, scale);
    return out;
  };
  EXPECT_EQ(plain(Int128{-150}, 2), "-1.50");
  EXPECT_EQ(plain(Int128{5}, 38), "0.00000000000000000000000000000000000005");
  EXPECT_EQ(plain(-kLargest, 0), "-99999999999999999999999999999999999999");
  EXPECT_EQ(scientific(1, 7), "1E-7");
  EXPECT_EQ(scientific(1, 6), "0.000001");
  EXPECT_EQ(scientific(123, 10), "1.23E-8");
  EXPECT_EQ(scientific(0, 7), "0E-7");
}

TEST(DecimalTest, ConvertsFloatingPointThroughItsDigits) {
  EXPECT_EQ(plain(decimal_from_double(0.1 + 0.2, 20, 18), 18), "0.300000000000000040");
  EXPECT_EQ(plain(decimal_from_double(1e20, 38, 2), 2), "100000000000000000000.00");
  EXPECT_EQ(plain(decimal_from_float(3.14F, 20, 10), 10), "3.1400001049");
  EXPECT_EQ(plain(decimal_from_double(-2.5, 5, 0), 0), "-3");
  EXPECT_EQ(decimal_from_double(std::nan(""), 10, 2), std::nullopt);
  EXPECT_EQ(decimal_from_double(std::numeric_limits<double>::infinity(), 10, 2), std::nullopt);
  EXPECT_EQ(decimal_from_double(1e39, 38, 0), std::nullopt);
  EXPECT_EQ(decimal_to_double(unscaled("12345678901234567890123"), 3), 12345678901234567890.123);
  EXPECT_EQ(decimal_to_double(150, 2), 1.5);
  EXPECT_EQ(decimal_to_float(unscaled("12345678901234567890123"), 3), 12345678901234567890.123F);
  EXPECT_EQ(decimal_to_double(-1, 38), -1e-38);
}

TEST(DecimalTest, ComparesAcrossScales) {
  EXPECT_EQ(compare_decimals(15, 1, 150, 2), 0);
  EXPECT_LT(compare_decimals(kLargest, 38, kLargest, 0), 0);
  EXPECT_GT(compare_decimals(-kLargest, 38, -kLargest, 0), 0);
  EXPECT_EQ(num_digits(0), 1);
  EXPECT_EQ(num_digits(-999), 3);
  EXPECT_EQ(num_digits(kLargest), 38);
}

}  // namespace
}  // namespace hammerscale::sql
