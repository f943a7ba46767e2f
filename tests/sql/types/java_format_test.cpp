#include "sql/types/java_format.hpp"

#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "hammerscale/base/error.hpp"

namespace hammerscale::sql {
namespace {

using Kind = FormatArgument::Kind;

FormatArgument of(int value) { return {.kind = Kind::kInteger, .bits = 32, .integer = value}; }
FormatArgument of(std::int64_t value) { return {.kind = Kind::kInteger, .integer = value}; }
FormatArgument of(double value) { return {.kind = Kind::kFloating, .floating = value}; }
FormatArgument of(bool value) { return {.kind = Kind::kBoolean, .boolean = value}; }
FormatArgument of(const char* value) {
  return value == nullptr ? FormatArgument{} : FormatArgument{.kind = Kind::kText, .text = value};
}

template <typename... Values>
std::string format(std::string_view pattern, Values... values) {
  const std::vector<FormatArgument> arguments = {of(values)...};
  std::string out;
  append_java_format(out, pattern, arguments);
  return out;
}

TEST(JavaFormatTest, PrintsAsSpark) {
  EXPECT_EQ(format("%s %d", "a", 1), "a 1");
  EXPECT_EQ(format("%5d|%-5d|%05d", 1, 2, 3), "    1|2    |00003");
  EXPECT_EQ(format("%,d", 1234567), "1,234,567");
  EXPECT_EQ(format("%x %X %o", 255, 255, 8), "ff FF 10");
  EXPECT_EQ(format("%.2f", 3.14159), "3.14");
  EXPECT_EQ(format("%10.3f|", 2.5), "     2.500|");
  EXPECT_EQ(format("%e", 12345.678), "1.234568e+04");
  EXPECT_EQ(format("%E", 0.00012), "1.200000E-04");
  EXPECT_EQ(format("%g", 0.00012), "0.000120000");
  EXPECT_EQ(format("%g", 123456789.0), "1.23457e+08");
  EXPECT_EQ(format("%.3g", 1234.5), "1.23e+03");
  EXPECT_EQ(format("%e %g", 0.0, 0.0), "0.000000e+00 0.00000");
  EXPECT_EQ(format("%b %B|%-5b|", true, false, true), "true FALSE|true |");
  EXPECT_EQ(format("%c|%5c|", 65, 97), "A|    a|");
  EXPECT_EQ(format("%%%n%5%|"), "%\n    %|");
  EXPECT_EQ(format("%s", static_cast<const char*>(nullptr)), "null");
  EXPECT_EQ(format("%10s|%-10s|", "a", "b"), "         a|b         |");
  EXPECT_EQ(format("%.1s %S", "abc", "abc"), "a ABC");
  EXPECT_EQ(format("%2$s %1$s %<s", "a", "b"), "b a a");
  EXPECT_EQ(format("%+d % d %(d %#x", 5, 5, -5, 255), "+5  5 (5) 0xff");
  EXPECT_EQ(format("%,.2f", 1234567.891), "1,234,567.89");
  EXPECT_EQ(format("%010.2f", -3.14159), "-000003.14");
  EXPECT_EQ(format("%f %f", std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()),
            "NaN Infinity");
  EXPECT_EQ(format("%x %x", -1, std::int64_t{-1}), "ffffffff ffffffffffffffff");
  EXPECT_EQ(format("%a", 1.0), "0x1.0p0");
  EXPECT_EQ(format("%.0f %.0f %.2f %.1f", 2.5, 0.5, 1.005, 0.25), "3 1 1.01 0.3");
  EXPECT_EQ(format("%.2f %.1f %.3f", 9.999, 0.04, 1e20), "10.00 0.0 100000000000000000000.000");
}

TEST(JavaFormatTest, RefusesWhatJavaRefuses) {
  EXPECT_THROW(format("%d", "a"), UserError);
  EXPECT_THROW(format("%d", 1.5), UserError);
  EXPECT_THROW(format("%s %s", "a"), UserError);
  EXPECT_THROW(format("%q", 1), UserError);
  EXPECT_THROW(format("%<s", 1), UserError);
  EXPECT_THROW(format("%-d", 1), UserError);
  EXPECT_THROW(format("%d", true), UserError);
  EXPECT_THROW(format("%", 1), UserError);
  EXPECT_THROW(format("%.d", 1), UserError);
}

}  // namespace
}  // namespace hammerscale::sql
