#include "sql/types/cast.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "sql/types/cast_string_cases.hpp"
#include "sql/types/decimal.hpp"
#include "sql/types/text_parse.hpp"
#include "sql/types/value_text.hpp"
#include "sql/vector/test_memory.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {
namespace {

using enum IntervalField;

Value text(std::string value) { return Value(std::move(value)); }
Value number(std::int64_t value) { return Value(value); }
Value decimal(Int128 value) { return Value(value); }
Value list(std::vector<Value> values) { return Value(std::move(values)); }

class CastTest : public ::testing::Test {
 protected:
  /// The result's text, "NULL", or "[CONDITION] " and one parameter's value.
  std::string cast(const Value& value, const DataType& from, const DataType& to, CastMode mode = CastMode::kAnsi) {
    try {
      const Value result = cast_value(value, from, to, mode, context_);
      return result.is_null() ? "NULL" : value_text(result, to, TextStyle::kCast, zone());
    } catch (const SqlError& error) {
      std::string what = error.condition();
      for (const char* name : {"value", "expression", "input", "sqlExpr", "limit"}) {
        if (!error.parameter(name).empty()) { what += " " + error.parameter(name); }
      }
      return what;
    }
  }
  std::string try_cast(const Value& value, const DataType& from, const DataType& to) {
    return cast(value, from, to, CastMode::kTry);
  }
  std::string legacy(const Value& value, const DataType& from, const DataType& to) {
    return cast(value, from, to, CastMode::kLegacy);
  }
  [[nodiscard]] const TimeZone& zone() const { return *context_.time_zone; }

  static EvaluationContext make_context() {
    EvaluationContext context{
        .memory = make_test_memory(), .user = {}, .current_catalog = {}, .current_database = {}, .input_file = {}};
    context.time_zone = &TimeZone::utc();
    return context;
  }

  EvaluationContext context_ = make_context();
};

DataType type_named(std::string_view name) {
  static const std::map<std::string_view, DataType> types = {
      {"tinyint", TypeId::kTinyint},
      {"smallint", TypeId::kSmallint},
      {"int", TypeId::kInt},
      {"bigint", TypeId::kBigint},
      {"float", TypeId::kFloat},
      {"double", TypeId::kDouble},
      {"boolean", TypeId::kBoolean},
      {"date", TypeId::kDate},
      {"timestamp", TypeId::kTimestamp},
      {"timestamp_ntz", TypeId::kTimestampNtz},
      {"time(6)", DataType::time(6)},
      {"time(0)", DataType::time(0)},
      {"decimal(10,2)", DataType::decimal(10, 2)},
      {"decimal(38,18)", DataType::decimal(38, 18)},
      {"decimal(38,0)", DataType::decimal(38, 0)},
      {"decimal(38,37)", DataType::decimal(38, 37)},
      {"decimal(5,5)", DataType::decimal(5, 5)},
      {"interval", TypeId::kCalendarInterval},
      {"interval year to month", DataType::year_month_interval(kYear, kMonth)},
      {"interval year", DataType::year_month_interval(kYear, kYear)},
      {"interval month", DataType::year_month_interval(kMonth, kMonth)},
      {"interval day to second", DataType::day_time_interval(kDay, kSecond)},
      {"interval day", DataType::day_time_interval(kDay, kDay)},
      {"interval hour to second", DataType::day_time_interval(kHour, kSecond)},
      {"interval second", DataType::day_time_interval(kSecond, kSecond)},
      {"interval day to hour", DataType::day_time_interval(kDay, kHour)},
      {"interval minute to second", DataType::day_time_interval(kMinute, kSecond)},
      {"interval hour", DataType::day_time_interval(kHour, kHour)},
      {"interval day to minute", DataType::day_time_interval(kDay, kMinute)},
      {"interval hour to minute", DataType::day_time_interval(kHour, kMinute)},
      {"interval minute", DataType::day_time_interval(kMinute, kMinute)},
  };
  return types.at(name);
}

TEST_F(CastTest, StringsReadAsInSpark) {
  for (const CastStringCase& known : kCastStringCases) {
    const DataType to = type_named(known.type);
    const Value value = text(std::string(known.text));
    EXPECT_EQ(try_cast(value, TypeId::kString, to), known.expected == nullptr ? "NULL" : known.expected)
        << "'" << known.text << "' as " << known.type;
    const std::string ansi = cast(value, TypeId::kString, to);
    if (known.expected != nullptr) {
      EXPECT_EQ(ansi, known.expected);
    } else if (to.id() != TypeId::kCalendarInterval) {
      EXPECT_TRUE(ansi.starts_with("CAST_INVALID_INPUT") || ansi.starts_with("NUMERIC_VALUE") ||
                  ansi.starts_with("INVALID_INTERVAL"))
          << "'" << known.text << "' as " << known.type << ": " << ansi;
    }
  }
}

TEST_F(CastTest, NumbersNarrow) {
  EXPECT_EQ(cast(number(300), TypeId::kInt, TypeId::kTinyint), "CAST_OVERFLOW 300");
  EXPECT_EQ(cast(number(300), TypeId::kBigint, TypeId::kTinyint), "CAST_OVERFLOW 300L");
  EXPECT_EQ(cast(number(300), TypeId::kSmallint, TypeId::kTinyint), "CAST_OVERFLOW 300S");
  EXPECT_EQ(legacy(number(300), TypeId::kInt, TypeId::kTinyint), "44");
  EXPECT_EQ(cast(Value(3e10), TypeId::kDouble, TypeId::kInt), "CAST_OVERFLOW 3.0E10D");
  EXPECT_EQ(cast(Value(std::nanf("")), TypeId::kFloat, TypeId::kInt), "CAST_OVERFLOW NaN");
  EXPECT_EQ(legacy(Value(std::nan("")), TypeId::kDouble, TypeId::kInt), "0");
  EXPECT_EQ(legacy(Value(3e10), TypeId::kDouble, TypeId::kInt), "2147483647");
  EXPECT_EQ(try_cast(Value(127.9), TypeId::kDouble, TypeId::kTinyint), "127");
  EXPECT_EQ(try_cast(Value(128.0), TypeId::kDouble, TypeId::kTinyint), "NULL");
  EXPECT_EQ(try_cast(Value(-128.9), TypeId::kDouble, TypeId::kTinyint), "-128");
  EXPECT_EQ(try_cast(Value(2147483647.9), TypeId::kDouble, TypeId::kInt), "2147483647");
  EXPECT_EQ(try_cast(Value(9.223372036854775807e18), TypeId::kDouble, TypeId::kBigint), "9223372036854775807");
  EXPECT_EQ(cast(decimal(3005), DataType::decimal(4, 1), TypeId::kTinyint), "CAST_OVERFLOW 300.5BD");
  EXPECT_EQ(cast(decimal(15), DataType::decimal(2, 1), TypeId::kTinyint), "1");
  EXPECT_EQ(cast(decimal(Int128{1} << 63), DataType::decimal(19, 0), TypeId::kBigint),
            "CAST_OVERFLOW 9223372036854775808BD");
  EXPECT_EQ(cast(number(16777217), TypeId::kInt, TypeId::kFloat), "1.6777216E7");
  EXPECT_EQ(cast(Value(1e300), TypeId::kDouble, TypeId::kFloat), "Infinity");
  EXPECT_EQ(cast(Value(true), TypeId::kBoolean, TypeId::kInt), "1");
  EXPECT_EQ(cast(Value(true), TypeId::kBoolean, DataType::decimal(1, 1)),
            "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION 1");
  EXPECT_EQ(cast(Value(std::nan("")), TypeId::kDouble, TypeId::kBoolean), "true");
  EXPECT_EQ(cast(decimal(0), DataType::decimal(2, 1), TypeId::kBoolean), "false");
}

TEST_F(CastTest, DecimalsRoundAndOverflow) {
  const DataType small = DataType::decimal(5, 2);
  const std::string failed = "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION ";
  EXPECT_EQ(cast(number(12345), TypeId::kInt, small), failed + "12345");
  EXPECT_EQ(cast(number(-999), TypeId::kInt, small), "-999.00");
  EXPECT_EQ(cast(Value(1e10), TypeId::kDouble, small), failed + "10000000000");
  EXPECT_EQ(cast(Value(1e39), TypeId::kDouble, DataType::decimal(38, 0)),
            failed + "1000000000000000000000000000000000000000");
  EXPECT_EQ(cast(decimal(123456), DataType::decimal(6, 1), small), failed + "12345.6");
  EXPECT_EQ(cast(text("12345"), TypeId::kString, small), failed + "12345");
  EXPECT_EQ(cast(Value(std::nanf("")), TypeId::kFloat, small), "NULL");
  EXPECT_EQ(cast(Value(123.456F), TypeId::kFloat, DataType::decimal(10, 2)), "123.46");
  EXPECT_EQ(cast(decimal(1005), DataType::decimal(4, 3), small), "1.01");
  EXPECT_EQ(cast(decimal(1005), DataType::decimal(4, 3), DataType::decimal(38, 20)), "1.00500000000000000000");
  EXPECT_EQ(cast(decimal(kPowersOfTen[20]), DataType::decimal(38, 18), small), "100.00");
  EXPECT_EQ(cast(number(std::numeric_limits<std::int64_t>::min()), TypeId::kBigint, DataType::decimal(38, 18)),
            "-9223372036854775808.000000000000000000");
  EXPECT_EQ(cast(number(std::numeric_limits<std::int64_t>::max()), TypeId::kBigint, DataType::decimal(18, 2)),
            failed + "9223372036854775807");
}

TEST_F(CastTest, TimesAndNumbers) {
  const std::int64_t moment = 1'577'836'800'600'000;
  const DataType timestamp = TypeId::kTimestamp;
  EXPECT_EQ(cast(number(moment), timestamp, TypeId::kBigint), "1577836800");
  EXPECT_EQ(cast(number(-500'000), timestamp, TypeId::kBigint), "-1");
  EXPECT_EQ(cast(number(moment), timestamp, TypeId::kSmallint), "CAST_OVERFLOW TIMESTAMP '2020-01-01 00:00:00.6'");
  EXPECT_EQ(cast(number(moment), timestamp, TypeId::kDouble), "1.5778368006E9");
  EXPECT_EQ(cast(number(moment), timestamp, DataType::decimal(20, 6)), "1577836800.600000");
  EXPECT_EQ(cast(number(moment), timestamp, DataType::decimal(5, 2)),
            "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION 1577836800.600000");
  EXPECT_EQ(cast(number(std::numeric_limits<std::int64_t>::max()), TypeId::kBigint, timestamp),
            "+294247-01-10 04:00:54.775807");
  EXPECT_EQ(cast(Value(-1.0000005), TypeId::kDouble, timestamp), "1969-12-31 23:59:59");
  EXPECT_EQ(cast(Value(1e20), TypeId::kDouble, timestamp), "CAST_OVERFLOW 1.0E26D");
  EXPECT_EQ(cast(Value(std::nanf("")), TypeId::kFloat, timestamp), "CAST_INVALID_INPUT NaN");
  EXPECT_EQ(cast(decimal(kPowersOfTen[20]), DataType::decimal(21, 0), timestamp), "-78449-06-15 02:58:04.596224");
  EXPECT_EQ(cast(number(18262), TypeId::kDate, timestamp), "2020-01-01 00:00:00");
  EXPECT_EQ(cast(number(std::numeric_limits<std::int32_t>::max()), TypeId::kDate, timestamp),
            "CAST_OVERFLOW DATE '+5881580-07-11'");
  EXPECT_EQ(legacy(number(18262), TypeId::kDate, TypeId::kInt), "NULL");
  const DataType time = DataType::time(6);
  const std::int64_t nanos = 3'723'999'999'000;
  EXPECT_EQ(cast(number(nanos), time, TypeId::kInt), "3723");
  EXPECT_EQ(cast(number(nanos), time, TypeId::kTinyint), "CAST_OVERFLOW TIME '01:02:03.999999'");
  EXPECT_EQ(cast(number(nanos), time, DataType::time(3)), "01:02:03.999");
  EXPECT_EQ(cast(number(nanos), time, DataType::decimal(10, 3)), "3724.000");
}

TEST_F(CastTest, ZonesMoveTimestamps) {
  context_.time_zone = &TimeZone::get("America/Los_Angeles");
  EXPECT_EQ(cast(number(0), TypeId::kTimestamp, TypeId::kString), "1969-12-31 16:00:00");
  EXPECT_EQ(cast(number(0), TypeId::kTimestamp, TypeId::kDate), "1969-12-31");
  EXPECT_EQ(cast(number(0), TypeId::kTimestamp, TypeId::kTimestampNtz), "1969-12-31 16:00:00");
  EXPECT_EQ(cast(text("2020-03-08 02:30:00"), TypeId::kString, TypeId::kTimestamp), "2020-03-08 03:30:00");
  EXPECT_EQ(cast(number(18262), TypeId::kDate, TypeId::kTimestamp), "2020-01-01 00:00:00");
}

TEST_F(CastTest, IntervalsAndNumbers) {
  const DataType days = DataType::day_time_interval(kDay, kDay);
  const DataType all = DataType::day_time_interval(kDay, kSecond);
  const DataType months = DataType::year_month_interval(kYear, kMonth);
  const DataType years = DataType::year_month_interval(kYear, kYear);
  const std::int64_t moment = 93'784'500'000;
  EXPECT_EQ(cast(number(moment), all, TypeId::kInt), "93784");
  EXPECT_EQ(cast(number(moment), all, DataType::decimal(20, 6)), "93784.500000");
  EXPECT_EQ(cast(number(moment), all, days), "INTERVAL '1' DAY");
  EXPECT_EQ(cast(number(-moment), all, DataType::day_time_interval(kMinute, kMinute)), "INTERVAL '-1563' MINUTE");
  EXPECT_EQ(cast(number(1000 * kMicrosPerDay), days, TypeId::kTinyint), "CAST_OVERFLOW INTERVAL '1000' DAY");
  EXPECT_EQ(cast(number(14), months, TypeId::kInt), "14");
  EXPECT_EQ(cast(number(120), years, TypeId::kInt), "10");
  EXPECT_EQ(cast(number(120), years, DataType::decimal(1, 0)), "NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION 10");
  EXPECT_EQ(cast(number(14), months, years), "INTERVAL '1' YEAR");
  EXPECT_EQ(cast(decimal(15), DataType::decimal(2, 1), months), "INTERVAL '0-2' YEAR TO MONTH");
  EXPECT_EQ(cast(decimal(15), DataType::decimal(2, 1), all), "INTERVAL '0 00:00:01.5' DAY TO SECOND");
  EXPECT_EQ(cast(number(100'000'000'000), TypeId::kBigint, days), "CAST_OVERFLOW 100000000000L");
  EXPECT_EQ(cast(number(3'000'000'000), TypeId::kBigint, months), "CAST_OVERFLOW 3000000000L");
  EXPECT_EQ(cast(text("1-20"), TypeId::kString, months), "INVALID_INTERVAL_FORMAT.INTERVAL_PARSING 1-20");
  EXPECT_EQ(cast(text("x"), TypeId::kString, days), "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE x");
}

TEST_F(CastTest, NestedTypesCastTheirParts) {
  const DataType strings = DataType::array(TypeId::kString);
  const DataType numbers = DataType::array(TypeId::kInt);
  EXPECT_EQ(cast(list({text("1"), Value(), text("3")}), strings, numbers), "[1, null, 3]");
  EXPECT_EQ(cast(list({text("1"), text("x")}), strings, numbers), "CAST_INVALID_INPUT 'x'");
  EXPECT_EQ(try_cast(list({text("1"), text("x")}), strings, numbers), "[1, null]");
  EXPECT_EQ(cast(list({number(1), text("a")}), DataType::map(TypeId::kInt, TypeId::kString),
                 DataType::map(TypeId::kString, TypeId::kString)),
            "{1 -> a}");
  const DataType from = DataType::structure({{"a", TypeId::kInt}, {"b", strings}});
  const DataType to = DataType::structure({{"x", TypeId::kString}, {"y", numbers}});
  EXPECT_EQ(cast(list({Value(), list({text("7")})}), from, to), "{null, [7]}");
  EXPECT_EQ(cast(list({number(5), Value()}), from, to), "{5, null}");
}

TEST_F(CastTest, LegacyModeWrapsOrGivesNull) {
  EXPECT_EQ(legacy(text("1.5"), TypeId::kString, TypeId::kInt), "1");
  EXPECT_EQ(legacy(text("."), TypeId::kString, TypeId::kInt), "0");
  EXPECT_EQ(legacy(text("1.x"), TypeId::kString, TypeId::kInt), "NULL");
  EXPECT_EQ(legacy(text("128"), TypeId::kString, TypeId::kTinyint), "NULL");
  EXPECT_EQ(legacy(Value(3e10), TypeId::kDouble, TypeId::kTinyint), "-1");
  EXPECT_EQ(legacy(Value(128.5), TypeId::kDouble, TypeId::kTinyint), "-128");
  EXPECT_EQ(legacy(Value(1e300), TypeId::kDouble, TypeId::kBigint), "9223372036854775807");
  EXPECT_EQ(legacy(decimal(123456), DataType::decimal(6, 1), TypeId::kTinyint), "57");
  EXPECT_EQ(legacy(decimal(kPowersOfTen[20]), DataType::decimal(21, 0), TypeId::kInt), "1661992960");
  EXPECT_EQ(legacy(Value(1e20), TypeId::kDouble, TypeId::kTimestamp), "+294247-01-10 04:00:54.775807");
  EXPECT_EQ(legacy(Value(true), TypeId::kBoolean, TypeId::kTimestamp), "1970-01-01 00:00:00.000001");
  EXPECT_EQ(legacy(number(1'577'836'800'000'000), TypeId::kTimestamp, TypeId::kTinyint), "NULL");
  EXPECT_EQ(legacy(number(1'577'836'800'000'000), TypeId::kTimestamp, TypeId::kBoolean), "true");
  EXPECT_EQ(legacy(decimal(1), DataType::decimal(7, 7), TypeId::kString), "1E-7");
  EXPECT_EQ(legacy(Value(1e10), TypeId::kDouble, DataType::decimal(5, 2)), "NULL");
  // Intervals are as strict as in ANSI mode.
  const DataType days = DataType::day_time_interval(kDay, kDay);
  EXPECT_EQ(legacy(number(1000 * kMicrosPerDay), days, TypeId::kTinyint), "CAST_OVERFLOW INTERVAL '1000' DAY");
  EXPECT_EQ(legacy(text("x"), TypeId::kString, days), "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE x");
  EXPECT_EQ(try_cast(text("x"), TypeId::kString, days), "NULL");
}

TEST_F(CastTest, TypesThatDoNotGoTogetherAreRefused) {
  EXPECT_EQ(cast(number(1), TypeId::kInt, TypeId::kDate),
            "DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION \"CAST(1 AS DATE)\"");
  EXPECT_EQ(cast(number(1), TypeId::kDate, TypeId::kInt),
            "DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION \"CAST(DATE '1970-01-02' AS INT)\"");
  EXPECT_EQ(cast(number(1), TypeId::kInt, TypeId::kBinary),
            "DATATYPE_MISMATCH.CAST_WITH_CONF_SUGGESTION \"CAST(1 AS BINARY)\"");
  EXPECT_EQ(cast(Value(true), TypeId::kBoolean, TypeId::kDate),
            "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION \"CAST(true AS DATE)\"");
  EXPECT_EQ(legacy(number(258), TypeId::kInt, TypeId::kBinary), std::string("\0\0\1\2", 4));
}

TEST_F(CastTest, BoundedStringsKeepTheirLength) {
  const DataType plain = TypeId::kString;
  EXPECT_EQ(cast(text("ab"), plain, DataType::char_of(4)), "ab  ");
  EXPECT_EQ(cast(text("ab   "), plain, DataType::varchar(3)), "ab ");
  EXPECT_EQ(cast(text("\xC3\xA9\xC3\xA9\xC3\xA9"), plain, DataType::varchar(3)), "\xC3\xA9\xC3\xA9\xC3\xA9");
  EXPECT_EQ(cast(text("abcd"), plain, DataType::varchar(3)), "EXCEED_LIMIT_LENGTH 3");
  EXPECT_EQ(cast(number(1234), TypeId::kInt, DataType::char_of(6)), "1234  ");
}

TEST_F(CastTest, ColumnsOfAnyEncodingCastTheWantedRows) {
  VectorBuilder builder(TypeId::kString, context_.memory);
  for (const char* item : {"1", "x", "3"}) { builder.append_string(item); }
  builder.append_null();
  const Vector flat = builder.finish();
  const std::vector<std::int32_t> order = {3, 2, 1, 0, 2};
  const Vector lazy = flat.gather(order, context_.memory);
  BoundFunction ansi = bind_cast(TypeId::kString, TypeId::kInt, CastMode::kAnsi, context_);
  EXPECT_TRUE(ansi.can_fail);
  Vector result;
  result.prepare(TypeId::kInt, 5, context_.memory);
  result.set_size(5);
  // Rows without the "x" succeed.
  const std::int32_t wanted[] = {1, 3, 4};
  const Vector* arguments[] = {&lazy};
  ansi.evaluate(Arguments{arguments, {}, RowSet{wanted, 3}, context_}, result);
  EXPECT_EQ(result.value(1), number(3));
  EXPECT_EQ(result.value(3), number(1));
  EXPECT_EQ(result.value(4), number(3));
  const std::int32_t bad[] = {1, 2};
  EXPECT_THROW(ansi.evaluate(Arguments{arguments, {}, RowSet{bad, 2}, context_}, result), SqlError);
}

TEST_F(CastTest, CheckedLoopsNullOnlyWhatFails) {
  VectorBuilder builder(TypeId::kBigint, context_.memory);
  for (std::int64_t i = 0; i < 1000; ++i) { builder.append<std::int64_t>(i % 10 == 0 ? std::int64_t{1} << 40 : i); }
  const Vector input = builder.finish();
  BoundFunction bound = bind_cast(TypeId::kBigint, TypeId::kInt, CastMode::kTry, context_);
  Vector result(TypeId::kInt, 1000, context_.memory);
  result.set_size(1000);
  const Vector* arguments[] = {&input};
  bound.evaluate(Arguments{arguments, {}, RowSet{nullptr, 1000}, context_}, result);
  for (std::int32_t i = 0; i < 1000; ++i) { EXPECT_EQ(result.value(i), i % 10 == 0 ? Value() : number(i)); }
}

TEST(ValueTextTest, PrintsBothStyles) {
  const TimeZone& zone = TimeZone::utc();
  const auto show = [&](const Value& value, const DataType& type) {
    return value_text(value, type, TextStyle::kShow, zone);
  };
  const auto plain = [&](const Value& value, const DataType& type) {
    return value_text(value, type, TextStyle::kCast, zone);
  };
  EXPECT_EQ(show(text("ab"), TypeId::kBinary), "[61 62]");
  EXPECT_EQ(plain(text("ab"), TypeId::kBinary), "ab");
  const DataType map = DataType::map(TypeId::kString, TypeId::kInt);
  EXPECT_EQ(show(list({text("a"), Value()}), map), "{a -> NULL}");
  EXPECT_EQ(plain(list({text("a"), Value()}), map), "{a -> null}");
  EXPECT_EQ(show(list({}), map), "{}");
  EXPECT_EQ(show(Value(), TypeId::kInt), "NULL");
  EXPECT_EQ(plain(Value(CalendarInterval{-14, -4, -500'000}), TypeId::kCalendarInterval),
            "-1 years -2 months -4 days -0.5 seconds");
  EXPECT_EQ(plain(Value(CalendarInterval{}), TypeId::kCalendarInterval), "0 seconds");
  for (const auto& [value, expected] :
       std::map<double, std::string>{{1e10, "1.0E10"},
                                     {1e7, "1.0E7"},
                                     {9999999, "9999999.0"},
                                     {1e-3, "0.001"},
                                     {0.00099, "9.9E-4"},
                                     {123456.789, "123456.789"},
                                     {-0.0, "-0.0"},
                                     {4.9e-324, "4.9E-324"},
                                     {100, "100.0"},
                                     {1.7976931348623157e308, "1.7976931348623157E308"}}) {
    EXPECT_EQ(plain(Value(value), TypeId::kDouble), expected);
  }
  EXPECT_EQ(plain(Value(123456.789F), TypeId::kFloat), "123456.79");
  EXPECT_EQ(plain(Value(1.4e-45F), TypeId::kFloat), "1.4E-45");
}

TEST(ValueTextTest, PrintsLiterals) {
  const TimeZone& zone = TimeZone::utc();
  EXPECT_EQ(value_sql(text("it's"), TypeId::kString, zone), "'it\\'s'");
  EXPECT_EQ(value_sql(number(5), TypeId::kTinyint, zone), "5Y");
  EXPECT_EQ(value_sql(Value(1.5), TypeId::kDouble, zone), "1.5D");
  EXPECT_EQ(value_sql(Value(), TypeId::kInt, zone), "CAST(NULL AS INT)");
  EXPECT_EQ(value_sql(list({number(1)}), DataType::array(TypeId::kInt), zone), "ARRAY(1)");
  EXPECT_EQ(value_sql(text("a\n"), TypeId::kBinary, zone), "X'610A'");
}

}  // namespace
}  // namespace hammerscale::sql
