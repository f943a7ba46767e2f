#include "sql/types/number_pattern.hpp"

#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/types/decimal.hpp"

namespace hammerscale::sql {
namespace {

// What Apache Spark 4.2 answers; errors by their condition.

struct NumberCase {
  std::string_view text;
  std::string_view format;
  const char* expected;
};

constexpr auto kParseCases = std::to_array<NumberCase>({
    {"12454", "99999", "12454"},
    {"12454", "9999", nullptr},
    {"454", "999", "454"},
    {"454.00", "000.00", "454.00"},
    {"454", "000D00", "454.00"},
    {"12,454", "99,999", "12454"},
    {"12,454.8", "99,999.9", "12454.8"},
    {"$78.12", "$99.99", "78.12"},
    {"$78.12", "L99.99", "INVALID_FORMAT.UNEXPECTED_TOKEN"},
    {"-12,454.8-", "99,999.9S", nullptr},
    {"12,454.8-", "99,999.9S", "-12454.8"},
    {"12,454.8-", "99,999.9MI", "-12454.8"},
    {"-12,454.8", "S99,999.9", "-12454.8"},
    {"+12,454.8", "S99,999.9", "12454.8"},
    {"<12,454.8>", "99,999.9PR", "-12454.8"},
    {"12,454.8", "99G999D9", "12454.8"},
    {"45", "99999", "45"},
    {"", "999", nullptr},
    {"abc", "999", nullptr},
    {"0045", "0000", "45"},
    {"45", "0000", nullptr},
    {" 45", "999", "45"},
    {"1,2,3", "9,9,9", "123"},
    {"12.", "99.9", "12.0"},
    {"12.5", "99", nullptr},
    {"$45", "S$999,099.99", nullptr},
    {"-$45", "S$99", "-45"},
    {"1e5", "9999", nullptr},
    {"45", "$99", nullptr},
    {"45", "S99", "45"},
    {"45", "99S", "45"},
    {"45", "99PR", "45"},
    {"45", "MI99", "45"},
});

constexpr auto kFormatCases = std::to_array<NumberCase>({
    {"454", "999", "454"},
    {"454.00", "000D00", "454.00"},
    {"12454", "99,999", "12,454"},
    {"78.12", "$99.99", "$78.12"},
    {"-12454.8", "99,999.9S", "12,454.8-"},
    {"12454.8", "99,999.9S", "12,454.8+"},
    {"-12454.8", "99,999.9MI", "12,454.8-"},
    {"12454.8", "S99,999.9", "+12,454.8"},
    {"-12454.8", "S99,999.9", "-12,454.8"},
    {"-12454.8", "99,999.9PR", "<12,454.8>"},
    {"12454.8", "99,999.9PR", "12,454.8  "},
    {"0", "999", "   "},
    {"0", "000", "000"},
    {"0.5", "9.9", "0.5"},
    {"0.5", "0.9", "0.5"},
    {"45", "00000", "00045"},
    {"45", "99999", "   45"},
    {"45", "99,999", "    45"},
    {"12345", "999", "###"},
    {"1.55", "9.9", "#.#"},
    {"1.5", "9.99", "1.50"},
    {"-1.5", "9.99", "1.50"},
    {"-5", "$99", "$ 5"},
    {"5", "S$99", "+$ 5"},
    {"-5", "S$99", "-$ 5"},
    {"5", "$99MI", "$ 5 "},
    {"1234567", "9,999,999", "1,234,567"},
    {"0.05", "999.99", "  0.05"},
    {"0", "9", " "},
    {"-0.5", "S9.9", " -.5"},
    {"1.50", "9.9", "1.5"},
    {"-5", "MI99", " -5"},
    {"-5", "99PR", " <5>"},
    {"5", "99PR", " 5  "},
    {"-12345", "99PR", "<##>"},
    {"0.123", ".999", ".123"},
    {"5", "0,000", "0,005"},
    {"5", "9,000", "  005"},
});

struct InvalidCase {
  std::string_view format;
  std::string_view condition;
};

constexpr auto kInvalidCases = std::to_array<InvalidCase>({
    {"", "INVALID_FORMAT.EMPTY"},
    {"9$", "INVALID_FORMAT.CUR_MUST_BEFORE_DIGIT"},
    {"99S9", "INVALID_FORMAT.UNEXPECTED_TOKEN"},
    {"9,", "INVALID_FORMAT.CONT_THOUSANDS_SEPS"},
    {"a", "INVALID_FORMAT.WRONG_NUM_DIGIT"},
    {"9.9.9", "INVALID_FORMAT.WRONG_NUM_TOKEN"},
    {"S9S", "INVALID_FORMAT.WRONG_NUM_TOKEN"},
    {"9MIPR", "INVALID_FORMAT.UNEXPECTED_TOKEN"},
    {"$$9", "INVALID_FORMAT.WRONG_NUM_TOKEN"},
    {",9", "INVALID_FORMAT.CONT_THOUSANDS_SEPS"},
    {"9..9", "INVALID_FORMAT.WRONG_NUM_TOKEN"},
    {"$", "INVALID_FORMAT.WRONG_NUM_DIGIT"},
    {"S", "INVALID_FORMAT.WRONG_NUM_DIGIT"},
    {"PR", "INVALID_FORMAT.WRONG_NUM_DIGIT"},
    {"9PR9", "INVALID_FORMAT.UNEXPECTED_TOKEN"},
    {"99.9,9", "INVALID_FORMAT.THOUSANDS_SEPS_MUST_BEFORE_DEC"},
    {"9D9D9", "INVALID_FORMAT.WRONG_NUM_TOKEN"},
    {"L$9", "INVALID_FORMAT.UNEXPECTED_TOKEN"},
});

TEST(NumberPatternTest, ReadsAsSpark) {
  for (const NumberCase& known : kParseCases) {
    std::string actual = "none";
    try {
      const NumberPattern pattern = NumberPattern::compile(known.format);
      if (const auto value = pattern.parse(known.text)) {
        actual.clear();
        append_decimal(actual, *value, pattern.type().scale());
      }
    } catch (const SqlError& error) { actual = error.condition(); }
    EXPECT_EQ(actual, known.expected == nullptr ? "none" : known.expected) << known.text << " by " << known.format;
  }
}

TEST(NumberPatternTest, PrintsAsSpark) {
  for (const NumberCase& known : kFormatCases) {
    const std::size_t point = known.text.find('.');
    const int scale = point == known.text.npos ? 0 : static_cast<int>(known.text.size() - point - 1);
    Int128 value = 0;
    ASSERT_EQ(parse_decimal(known.text, 38, scale, value), DecimalParse::kOk);
    std::string actual;
    NumberPattern::compile(known.format).format(actual, value, scale);
    EXPECT_EQ(actual, known.expected) << known.text << " by " << known.format;
  }
}

TEST(NumberPatternTest, RefusesFormatsAsSpark) {
  for (const InvalidCase& known : kInvalidCases) {
    std::string actual = "none";
    try {
      static_cast<void>(NumberPattern::compile(known.format));
    } catch (const SqlError& error) { actual = error.condition(); }
    EXPECT_EQ(actual, known.condition) << known.format;
  }
}

}  // namespace
}  // namespace hammerscale::sql
