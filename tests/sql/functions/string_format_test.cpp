#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "sql/functions/call_function.hpp"
#include "sql/types/decimal.hpp"

namespace hammerscale::sql {
namespace {

// Expected values are those of Spark 4.2.1.

TestArgument number(std::int64_t value) { return {TypeId::kInt, Value(value)}; }
TestArgument number(double value) { return {TypeId::kDouble, Value(value)}; }
TestArgument decimal(Int128 unscaled, int precision, int scale) {
  return {DataType::decimal(precision, scale), Value(unscaled)};
}

TEST(ToChar, FormatsNumbersDatesAndBinary) {
  FunctionCaller call;
  EXPECT_EQ(call.text("to_char", {decimal(454, 3, 0), "999"}), "454");
  EXPECT_EQ(call.text("to_char", {decimal(-124548, 6, 1), "99G999D9S"}), "12,454.8-");
  EXPECT_EQ(call.text("to_varchar", {decimal(7812, 4, 2), "$99.99"}), "$78.12");
  EXPECT_EQ(call.text("to_char", {decimal(1234, 4, 0), "99"}), "##");
  EXPECT_EQ(call.text("to_char", {{TypeId::kDate, Value(std::int64_t{16899})}, "y"}), "2016");
  EXPECT_EQ(call.text("to_char", {{TypeId::kBinary, Value(std::string("Spark SQL"))}, "base64"}), "U3BhcmsgU1FM");
  EXPECT_EQ(call.text("to_char", {{TypeId::kBinary, Value(std::string("Spark SQL"))}, "hex"}), "537061726B2053514C");
  EXPECT_EQ(call.error("to_char", {decimal(12, 2, 0), ""}), "INVALID_FORMAT.EMPTY");
}

TEST(ToNumber, ReadsFormats) {
  FunctionCaller call;
  EXPECT_EQ(call.text("to_number", {"12,454", "99,999"}), "12454");
  EXPECT_EQ(call.text("to_number", {"$78.12", "$99.99"}), "78.12");
  EXPECT_EQ(call.text("to_number", {"12,454.8-", "99,999.9S"}), "-12454.8");
  EXPECT_EQ(call.text("to_number", {"<5>", "9PR"}), "-5");
  EXPECT_EQ(call.text("try_to_number", {"4444", "999"}), "NULL");
  EXPECT_EQ(call.error("to_number", {"4444", "999"}), "INVALID_FORMAT.MISMATCH_INPUT");
  EXPECT_EQ(call.error("to_number", {"1", "S"}), "INVALID_FORMAT.WRONG_NUM_DIGIT");
}

TEST(FormatNumber, GroupsAndRounds) {
  FunctionCaller call;
  const auto format = [&](const TestArgument& value, std::int64_t places) {
    return call.text("format_number", {value, number(places)});
  };
  EXPECT_EQ(format(decimal(12332123456, 11, 6), 4), "12,332.1235");
  EXPECT_EQ(format(number(std::int64_t{5}), 2), "5.00");
  EXPECT_EQ(format(decimal(-12345, 5, 1), 0), "-1,234");
  EXPECT_EQ(format(number(1234567.891), 1), "1,234,567.9");
  EXPECT_EQ(format(decimal(5, 1, 1), 0), "0");
  EXPECT_EQ(format(decimal(15, 2, 1), 0), "2");
  EXPECT_EQ(format(decimal(25, 2, 1), 0), "2");
  EXPECT_EQ(format(decimal(995, 3, 1), 0), "100");
  EXPECT_EQ(format(number(1e21), 0), "1,000,000,000,000,000,000,000");
  EXPECT_EQ(format(number(1.5e-7), 3), "0.000");
  EXPECT_EQ(format(number(std::numeric_limits<double>::quiet_NaN()), 2), "NaN");
  EXPECT_EQ(format(number(std::numeric_limits<double>::infinity()), 2), "∞");
  EXPECT_EQ(format(number(std::int64_t{5}), -1), "NULL");
  EXPECT_EQ(call.text("format_number", {decimal(12332123456, 11, 6), "##################.###"}), "12332.123");
  EXPECT_EQ(call.text("format_number", {decimal(12332123456, 11, 6), "#,##0.00"}), "12,332.12");
  EXPECT_EQ(call.text("format_number", {decimal(15, 2, 2), "0.0%"}), "15.0%");
  EXPECT_EQ(call.text("format_number", {decimal(125, 3, 1), "00000"}), "00012");
}

TEST(FormatString, FillsConversionsIn) {
  FunctionCaller call;
  EXPECT_EQ(call.text("format_string", {"Hello World %d %s", number(std::int64_t{100}), "days"}),
            "Hello World 100 days");
  EXPECT_EQ(call.text("printf", {"%s", {DataType::string(), Value()}}), "null");
  EXPECT_EQ(call.error("format_string", {"%0$s", "Hello"}), "INVALID_PARAMETER_VALUE.ZERO_INDEX");
  EXPECT_EQ(call.error("format_string", {"%d", "x"}), "INVALID_PARAMETER_VALUE.PATTERN");
}

TEST(Sentences, SplitsTexts) {
  FunctionCaller call;
  EXPECT_EQ(call.text("sentences", {"Hi there! Good morning."}), "[[Hi, there], [Good, morning]]");
  EXPECT_EQ(call.text("sentences", {"Mr. X said 3.5 \"ok\". Right? yes", "en"}),
            "[[Mr], [X, said, 3.5, ok], [Right], [yes]]");
  EXPECT_EQ(call.text("sentences", {""}), "[]");
}

}  // namespace
}  // namespace hammerscale::sql
