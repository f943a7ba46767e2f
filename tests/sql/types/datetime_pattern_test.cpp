#include "sql/types/datetime_pattern.hpp"

#include <array>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/types/text_parse.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {
namespace {

// What Apache Spark 4.2 answers; errors by their condition.

struct FormatCase {
  std::string_view timestamp;
  std::string_view pattern;
  std::string_view zone;
  std::string_view expected;
};

constexpr auto kFormatCases = std::to_array<FormatCase>({
    {"2021-03-05 13:04:05.678901", "y", "UTC", "2021"},
    {"2021-03-05 13:04:05.678901", "yy", "UTC", "21"},
    {"2021-03-05 13:04:05.678901", "yyy", "UTC", "2021"},
    {"2021-03-05 13:04:05.678901", "yyyy", "UTC", "2021"},
    {"2021-03-05 13:04:05.678901", "yyyyy", "UTC", "02021"},
    {"2021-03-05 13:04:05.678901", "yyyyyy", "UTC", "002021"},
    {"2021-03-05 13:04:05.678901", "yyyyyyy", "UTC",
     "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "yyyyyyyyyyy", "UTC",
     "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "M", "UTC", "3"},
    {"2021-03-05 13:04:05.678901", "MM", "UTC", "03"},
    {"2021-03-05 13:04:05.678901", "MMM", "UTC", "Mar"},
    {"2021-03-05 13:04:05.678901", "MMMM", "UTC", "March"},
    {"2021-03-05 13:04:05.678901", "MMMMM", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "L", "UTC", "3"},
    {"2021-03-05 13:04:05.678901", "LL", "UTC", "03"},
    {"2021-03-05 13:04:05.678901", "LLL", "UTC", "Mar"},
    {"2021-03-05 13:04:05.678901", "LLLL", "UTC", "March"},
    {"2021-03-05 13:04:05.678901", "LLLLL", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "d", "UTC", "5"},
    {"2021-03-05 13:04:05.678901", "dd", "UTC", "05"},
    {"2021-03-05 13:04:05.678901", "ddd", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "D", "UTC", "64"},
    {"2021-03-05 13:04:05.678901", "DD", "UTC", "64"},
    {"2021-03-05 13:04:05.678901", "DDD", "UTC", "064"},
    {"2021-03-05 13:04:05.678901", "DDDD", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "E", "UTC", "Fri"},
    {"2021-03-05 13:04:05.678901", "EE", "UTC", "Fri"},
    {"2021-03-05 13:04:05.678901", "EEE", "UTC", "Fri"},
    {"2021-03-05 13:04:05.678901", "EEEE", "UTC", "Friday"},
    {"2021-03-05 13:04:05.678901", "EEEEE", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "F", "UTC", "5"},
    {"2021-03-05 13:04:05.678901", "FF", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "a", "UTC", "PM"},
    {"2021-03-05 13:04:05.678901", "aa", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "h", "UTC", "1"},
    {"2021-03-05 13:04:05.678901", "hh", "UTC", "01"},
    {"2021-03-05 13:04:05.678901", "hhh", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "K", "UTC", "1"},
    {"2021-03-05 13:04:05.678901", "KK", "UTC", "01"},
    {"2021-03-05 13:04:05.678901", "k", "UTC", "13"},
    {"2021-03-05 13:04:05.678901", "kk", "UTC", "13"},
    {"2021-03-05 13:04:05.678901", "H", "UTC", "13"},
    {"2021-03-05 13:04:05.678901", "HH", "UTC", "13"},
    {"2021-03-05 13:04:05.678901", "HHH", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "m", "UTC", "4"},
    {"2021-03-05 13:04:05.678901", "mm", "UTC", "04"},
    {"2021-03-05 13:04:05.678901", "mmm", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "s", "UTC", "5"},
    {"2021-03-05 13:04:05.678901", "ss", "UTC", "05"},
    {"2021-03-05 13:04:05.678901", "sss", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "S", "UTC", "6"},
    {"2021-03-05 13:04:05.678901", "SS", "UTC", "67"},
    {"2021-03-05 13:04:05.678901", "SSS", "UTC", "678"},
    {"2021-03-05 13:04:05.678901", "SSSSSS", "UTC", "678901"},
    {"2021-03-05 13:04:05.678901", "SSSSSSSSS", "UTC", "678901000"},
    {"2021-03-05 13:04:05.678901", "SSSSSSSSSS", "UTC",
     "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "G", "UTC", "AD"},
    {"2021-03-05 13:04:05.678901", "GG", "UTC", "AD"},
    {"2021-03-05 13:04:05.678901", "GGG", "UTC", "AD"},
    {"2021-03-05 13:04:05.678901", "GGGG", "UTC", "Anno Domini"},
    {"2021-03-05 13:04:05.678901", "GGGGG", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "Q", "UTC", "1"},
    {"2021-03-05 13:04:05.678901", "QQ", "UTC", "01"},
    {"2021-03-05 13:04:05.678901", "QQQ", "UTC", "Q1"},
    {"2021-03-05 13:04:05.678901", "QQQQ", "UTC", "1st quarter"},
    {"2021-03-05 13:04:05.678901", "QQQQQ", "UTC", "INVALID_DATETIME_PATTERN.LENGTH"},
    {"2021-03-05 13:04:05.678901", "q", "UTC", "1"},
    {"2021-03-05 13:04:05.678901", "qqq", "UTC", "Q1"},
    {"2021-03-05 13:04:05.678901", "qqqq", "UTC", "1st quarter"},
    {"2021-03-05 13:04:05.678901", "V", "UTC", "INVALID_DATETIME_PATTERN.WITH_SUGGESTION"},
    {"2021-03-05 13:04:05.678901", "VV", "UTC", "UTC"},
    {"2021-03-05 13:04:05.678901", "VVV", "UTC", "INVALID_DATETIME_PATTERN.WITH_SUGGESTION"},
    {"2021-03-05 13:04:05.678901", "z", "UTC", "UTC"},
    {"2021-03-05 13:04:05.678901", "zz", "UTC", "UTC"},
    {"2021-03-05 13:04:05.678901", "zzz", "UTC", "UTC"},
    {"2021-03-05 13:04:05.678901", "zzzz", "UTC", "Coordinated Universal Time"},
    {"2021-03-05 13:04:05.678901", "zzzzz", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "O", "UTC", "GMT"},
    {"2021-03-05 13:04:05.678901", "OO", "UTC", "INVALID_DATETIME_PATTERN.WITH_SUGGESTION"},
    {"2021-03-05 13:04:05.678901", "OOOO", "UTC", "GMT"},
    {"2021-03-05 13:04:05.678901", "X", "UTC", "Z"},
    {"2021-03-05 13:04:05.678901", "XX", "UTC", "Z"},
    {"2021-03-05 13:04:05.678901", "XXX", "UTC", "Z"},
    {"2021-03-05 13:04:05.678901", "XXXX", "UTC", "Z"},
    {"2021-03-05 13:04:05.678901", "XXXXX", "UTC", "Z"},
    {"2021-03-05 13:04:05.678901", "XXXXXX", "UTC", "INVALID_DATETIME_PATTERN.WITH_SUGGESTION"},
    {"2021-03-05 13:04:05.678901", "x", "UTC", "+00"},
    {"2021-03-05 13:04:05.678901", "xx", "UTC", "+0000"},
    {"2021-03-05 13:04:05.678901", "xxx", "UTC", "+00:00"},
    {"2021-03-05 13:04:05.678901", "xxxx", "UTC", "+0000"},
    {"2021-03-05 13:04:05.678901", "xxxxx", "UTC", "+00:00"},
    {"2021-03-05 13:04:05.678901", "Z", "UTC", "+0000"},
    {"2021-03-05 13:04:05.678901", "ZZ", "UTC", "+0000"},
    {"2021-03-05 13:04:05.678901", "ZZZ", "UTC", "+0000"},
    {"2021-03-05 13:04:05.678901", "ZZZZ", "UTC", "GMT"},
    {"2021-03-05 13:04:05.678901", "ZZZZZ", "UTC", "Z"},
    {"2021-03-05 13:04:05.678901", "ZZZZZZ", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "Y", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "w", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "W", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "u", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "e", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN"},
    {"2021-03-05 13:04:05.678901", "c", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN"},
    {"2021-03-05 13:04:05.678901", "A", "UTC", "INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER"},
    {"2021-03-05 13:04:05.678901", "B", "UTC", "INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER"},
    {"2021-03-05 13:04:05.678901", "n", "UTC", "INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER"},
    {"2021-03-05 13:04:05.678901", "N", "UTC", "INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER"},
    {"2021-03-05 13:04:05.678901", "p", "UTC", "INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER"},
    {"2021-03-05 13:04:05.678901", "b", "UTC", "INVALID_DATETIME_PATTERN.WITH_SUGGESTION"},
    {"2021-03-05 13:04:05.678901", "C", "UTC", "INVALID_DATETIME_PATTERN.WITH_SUGGESTION"},
    {"2021-03-05 13:04:05.678901", "'abc'", "UTC", "abc"},
    {"2021-03-05 13:04:05.678901", "''", "UTC", "'"},
    {"2021-03-05 13:04:05.678901", "'a''b'", "UTC", "a'b"},
    {"2021-03-05 13:04:05.678901", "[yyyy]", "UTC", "2021"},
    {"2021-03-05 13:04:05.678901", "yyyy[ HH]", "UTC", "2021 13"},
    {"2021-03-05 13:04:05.678901", "yyyy'T'HH", "UTC", "2021T13"},
    {"2021-03-05 13:04:05.678901", "yyyy#", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "yyyy{", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "'abc", "UTC", "INVALID_DATETIME_PATTERN.WITH_SUGGESTION"},
    {"2021-03-05 13:04:05.678901", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "UTC", "2021-03-05T13:04:05.678Z"},
    {"2021-03-05 13:04:05.678901", "[yyyy", "UTC", "2021"},
    {"2021-03-05 13:04:05.678901", "yyyy]", "UTC", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {"2021-03-05 13:04:05.678901", "I", "UTC", "INVALID_DATETIME_PATTERN.WITH_SUGGESTION"},
    {"2021-03-05 13:04:05.678901", "P", "UTC", "INVALID_DATETIME_PATTERN.WITH_SUGGESTION"},
    {"2021-03-05 13:04:05.678901", "f", "UTC", "INVALID_DATETIME_PATTERN.WITH_SUGGESTION"},
    {"2021-03-05 13:04:05.678901", "VV", "America/Los_Angeles", "America/Los_Angeles"},
    {"2021-03-05 13:04:05.678901", "z", "America/Los_Angeles", "PST"},
    {"2021-03-05 13:04:05.678901", "O", "America/Los_Angeles", "GMT-8"},
    {"2021-03-05 13:04:05.678901", "OOOO", "America/Los_Angeles", "GMT-08:00"},
    {"2021-03-05 13:04:05.678901", "X", "America/Los_Angeles", "-08"},
    {"2021-03-05 13:04:05.678901", "XX", "America/Los_Angeles", "-0800"},
    {"2021-03-05 13:04:05.678901", "XXX", "America/Los_Angeles", "-08:00"},
    {"2021-03-05 13:04:05.678901", "XXXX", "America/Los_Angeles", "-0800"},
    {"2021-03-05 13:04:05.678901", "XXXXX", "America/Los_Angeles", "-08:00"},
    {"2021-03-05 13:04:05.678901", "x", "America/Los_Angeles", "-08"},
    {"2021-03-05 13:04:05.678901", "xxx", "America/Los_Angeles", "-08:00"},
    {"2021-03-05 13:04:05.678901", "Z", "America/Los_Angeles", "-0800"},
    {"2021-03-05 13:04:05.678901", "ZZZZ", "America/Los_Angeles", "GMT-08:00"},
    {"2021-03-05 13:04:05.678901", "ZZZZZ", "America/Los_Angeles", "-08:00"},
    {"0001-01-01 00:00:00", "y", "UTC", "1"},
    {"0001-01-01 00:00:00", "yy", "UTC", "01"},
    {"0001-01-01 00:00:00", "yyyy", "UTC", "0001"},
    {"0001-01-01 00:00:00", "G yyyy", "UTC", "AD 0001"},
    {"0001-01-01 00:00:00", "h a", "UTC", "12 AM"},
    {"0001-01-01 00:00:00", "k", "UTC", "24"},
    {"0001-01-01 00:00:00", "K", "UTC", "0"},
    {"-0001-01-01 12:00:00", "y", "UTC", "-1"},
    {"-0001-01-01 12:00:00", "yy", "UTC", "01"},
    {"-0001-01-01 12:00:00", "yyyy", "UTC", "-0001"},
    {"-0001-01-01 12:00:00", "G yyyy", "UTC", "BC 0002"},
    {"-0001-01-01 12:00:00", "h a", "UTC", "12 PM"},
    {"-0001-01-01 12:00:00", "k", "UTC", "12"},
    {"-0001-01-01 12:00:00", "K", "UTC", "0"},
    {"+12345-01-01 00:00:00", "y", "UTC", "12345"},
    {"+12345-01-01 00:00:00", "yy", "UTC", "45"},
    {"+12345-01-01 00:00:00", "yyyy", "UTC", "+12345"},
    {"+12345-01-01 00:00:00", "G yyyy", "UTC", "AD +12345"},
    {"+12345-01-01 00:00:00", "h a", "UTC", "12 AM"},
    {"+12345-01-01 00:00:00", "k", "UTC", "24"},
    {"+12345-01-01 00:00:00", "K", "UTC", "0"},
});

struct ParseCase {
  std::string_view text;
  std::string_view pattern;
  const char* expected;
};

constexpr auto kParseCases = std::to_array<ParseCase>({
    {"2021-03-05", "yyyy-MM-dd", "2021-03-05 00:00:00"},
    {"2021-3-5", "yyyy-MM-dd", nullptr},
    {"2021-3-5", "yyyy-M-d", "2021-03-05 00:00:00"},
    {"20210305", "yyyyMMdd", "2021-03-05 00:00:00"},
    {"20210305131415", "yyyyMMddHHmmss", "2021-03-05 13:14:15"},
    {"2021-03-05 13", "yyyy-MM-dd", nullptr},
    {"05/03/21", "dd/MM/yy", "2021-03-05 00:00:00"},
    {"Mar 5, 2021", "MMM d, yyyy", "2021-03-05 00:00:00"},
    {"march 5 2021", "MMMM d yyyy", "2021-03-05 00:00:00"},
    {"2021", "yyyy", "2021-01-01 00:00:00"},
    {"12:30", "HH:mm", "1970-01-01 12:30:00"},
    {"12:30 PM", "hh:mm a", "1970-01-01 12:30:00"},
    {"12:30 am", "hh:mm a", "1970-01-01 00:30:00"},
    {"01:30", "hh:mm", "1970-01-01 01:30:00"},
    {"12:30", "hh:mm", "1970-01-01 00:30:00"},
    {"24:00", "kk:mm", "1970-01-01 00:00:00"},
    {"24:00", "HH:mm", nullptr},
    {"2021-060", "yyyy-DDD", "2021-03-01 00:00:00"},
    {"2021-366", "yyyy-DDD", nullptr},
    {"2021-02-30", "yyyy-MM-dd", nullptr},
    {"2021-03-05T13:04:05Z", "yyyy-MM-dd'T'HH:mm:ssX", "2021-03-05 13:04:05"},
    {"2021-03-05 13:04:05 +0100", "yyyy-MM-dd HH:mm:ss Z", "2021-03-05 12:04:05"},
    {"2021-03-05 13:04:05 +01:00", "yyyy-MM-dd HH:mm:ss XXX", "2021-03-05 12:04:05"},
    {"2021-03-05 13:04:05 Europe/Paris", "yyyy-MM-dd HH:mm:ss VV", "2021-03-05 12:04:05"},
    {"2021-03-05 13:04:05 PST", "yyyy-MM-dd HH:mm:ss z", "2021-03-05 21:04:05"},
    {"2021-03-05 13:04:05 GMT+8", "yyyy-MM-dd HH:mm:ss O", "2021-03-05 05:04:05"},
    {"2021-03-05 13:04:05.123", "yyyy-MM-dd HH:mm:ss.SSS", "2021-03-05 13:04:05.123"},
    {"2021-03-05 13:04:05.12", "yyyy-MM-dd HH:mm:ss.SSS", "2021-03-05 13:04:05.12"},
    {"2021-03-05 13:04:05.1234", "yyyy-MM-dd HH:mm:ss.SSS", nullptr},
    {"2021-03-05 13:04:05.1234567", "yyyy-MM-dd HH:mm:ss.SSSSSSS", "2021-03-05 13:04:05.123456"},
    {"2021-03-05", "yyyy-MM-dd[ HH:mm]", "2021-03-05 00:00:00"},
    {"2021-03-05 13:04", "yyyy-MM-dd[ HH:mm]", "2021-03-05 13:04:00"},
    {"12345-01-01", "yyyy-MM-dd", nullptr},
    {"+12345-01-01", "yyyy-MM-dd", "+12345-01-01 00:00:00"},
    {"-0001-01-01", "yyyy-MM-dd", "-0001-01-01 00:00:00"},
    {"0001-01-01 BC", "yyyy-MM-dd G", "0000-01-01 00:00:00"},
    {"2021-03-05", "y-M-d", "2021-03-05 00:00:00"},
    {"21-3-5", "y-M-d", "0021-03-05 00:00:00"},
    {"2021-Q1", "yyyy-'Q'q", "INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER"},
    {"Fri 2021", "E yyyy", "INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION"},
    {" 2021-03-05", "yyyy-MM-dd", nullptr},
    {"2021-03-05 ", "yyyy-MM-dd", nullptr},
    {"2021-13-05", "yyyy-MM-dd", nullptr},
    {"0000-01-01", "yyyy-MM-dd", "0000-01-01 00:00:00"},
    {"1,5", "d,M", "1970-05-01 00:00:00"},
    {"13", "HH", "1970-01-01 13:00:00"},
    {"PM", "a", "1970-01-01 12:00:00"},
    {"2021-03-05 1:2:3", "yyyy-MM-dd H:m:s", "2021-03-05 01:02:03"},
    {"1613", "yyMM", nullptr},
    {"99-01-01", "yy-MM-dd", "2099-01-01 00:00:00"},
    {"2021-03-05T13", "yyyy-MM-dd't'HH", "2021-03-05 13:00:00"},
    {"29.02", "dd.MM", nullptr},
    {"99 2021", "D yyyy", "2021-04-09 00:00:00"},
    {"2021-3-05", "yyyy-M-dd", "2021-03-05 00:00:00"},
    {"2021305", "yyyyMdd", nullptr},
    {"202135", "yyyyMd", nullptr},
});

TEST(DateTimePatternTest, FormatsAsSpark) {
  for (const FormatCase& known : kFormatCases) {
    const TimeZone& zone = TimeZone::get(known.zone);
    // The oracle's literal was read in the session's zone.
    const auto micros = parse_timestamp(known.timestamp, zone, 0);
    ASSERT_TRUE(micros.has_value()) << known.timestamp;
    std::string actual;
    try {
      DateTimePattern::for_formatting(known.pattern).format(actual, *micros, zone);
    } catch (const SqlError& error) { actual = error.condition(); }
    EXPECT_EQ(actual, known.expected) << known.timestamp << " by " << known.pattern;
  }
}

TEST(DateTimePatternTest, ParsesAsSpark) {
  for (const ParseCase& known : kParseCases) {
    std::string actual = "none";
    try {
      const auto micros = DateTimePattern::for_parsing(known.pattern).parse_timestamp(known.text, TimeZone::utc());
      if (micros) {
        actual.clear();
        append_timestamp(actual, *micros);
      }
    } catch (const SqlError& error) { actual = error.condition(); }
    EXPECT_EQ(actual, known.expected == nullptr ? "none" : known.expected) << known.text << " by " << known.pattern;
  }
}

TEST(DateTimePatternTest, ZoneOfTheTextGoesFirst) {
  const DateTimePattern pattern = DateTimePattern::for_parsing("yyyy-MM-dd HH[ VV]");
  const TimeZone& paris = TimeZone::get("Europe/Paris");
  EXPECT_EQ(pattern.parse_timestamp("1970-01-01 01", paris), 0);
  EXPECT_EQ(pattern.parse_timestamp("1970-01-01 01 UTC", paris), kMicrosPerHour);
  EXPECT_EQ(pattern.parse_local("1970-01-01 01 America/New_York"), kMicrosPerHour);
  EXPECT_EQ(pattern.parse_date("1970-01-02 23"), 1);
  EXPECT_EQ(pattern.parse_date("1970-01-02 23 Nowhere"), std::nullopt);
}

}  // namespace
}  // namespace hammerscale::sql
