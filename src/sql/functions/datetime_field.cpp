#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "sql/functions/families.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/types/civil_time.hpp"
#include "sql/types/time_zone.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::int64_t;
using std::string;
using std::string_view;

/// A function of a day.
BindFunction of_date(int32_t (*field)(int32_t)) {
  return signature({TypeId::kDate}, TypeId::kInt, [field](const CallInput&) { return rowwise<int32_t>(field); });
}

int32_t year_of(int32_t days) { return civil_from_days(days).year; }
int32_t month_of(int32_t days) { return civil_from_days(days).month; }
int32_t day_of(int32_t days) { return civil_from_days(days).day; }
int32_t quarter_of(int32_t days) { return (month_of(days) - 1) / 3 + 1; }
int32_t week_of(int32_t days) { return iso_week(days).week; }
int32_t week_year_of(int32_t days) { return iso_week(days).year; }
int32_t day_of_year_of(int32_t days) { return day_of_year(days); }
int32_t day_of_week(int32_t days) { return iso_day_of_week(days) % 7 + 1; }  ///< 1 is Sunday.
int32_t weekday(int32_t days) { return iso_day_of_week(days) - 1; }          ///< 0 is Monday.
int32_t iso_weekday(int32_t days) { return iso_day_of_week(days); }

string_view day_name(int32_t days) {
  static constexpr std::array<string_view, 7> kNames = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  return kNames[static_cast<std::size_t>(weekday(days))];
}
string_view month_name(int32_t days) {
  static constexpr std::array<string_view, 12> kNames = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return kNames[static_cast<std::size_t>(month_of(days) - 1)];
}

int64_t hour_of(int64_t micros_of_day) { return micros_of_day / kMicrosPerHour; }
int64_t minute_of(int64_t micros_of_day) { return micros_of_day / kMicrosPerMinute % 60; }
int64_t second_of(int64_t micros_of_day) { return micros_of_day / kMicrosPerSecond % 60; }
/// Seconds with six digits behind the point, as an unscaled decimal(8,6).
int64_t precise_second_of(int64_t micros_of_day) { return micros_of_day % kMicrosPerMinute; }

/// Microseconds since local midnight of a timestamp, timestamp_ntz or time value.
int64_t micros_of_day(TypeId type, const TimeZone& zone, int64_t value) {
  if (type == TypeId::kTime) { return value / kNanosPerMicro; }
  return floor_mod(type == TypeId::kTimestamp ? zone.to_local_micros(value) : value, kMicrosPerDay);
}

DataType expect_clock(const CallInput& input, std::size_t i) {
  const auto& type = input.types[i];
  if (type.id() == TypeId::kTimestampNtz || type.id() == TypeId::kTime) { return type; }
  return expect_argument(input, i, TypeId::kTimestamp);
}

/// hour, minute, second.
BindFunction of_clock(int64_t (*field)(int64_t)) {
  return [field](const CallInput& input) {
    check_num_arguments(input, 1, 1);
    const auto type = expect_clock(input, 0);
    return BoundFunction{
        .type = TypeId::kInt,
        .nullable = any_nullable(input),
        .argument_types = {type},
        .evaluate = rowwise<int64_t>([field, id = type.id()](EvaluationContext& context, int64_t value) {
          return static_cast<int32_t>(field(micros_of_day(id, *context.time_zone, value)));
        })};
  };
}

/// What a field's name means in extract(): how to get it, from a day or from the time of day.
struct ExtractField {
  string_view names;  ///< Between blanks.
  int32_t (*of_day)(int32_t);
  int64_t (*of_time)(int64_t);
};

constexpr std::array<ExtractField, 13> kFields = {{
    {" YEAR Y YEARS YR YRS ", year_of, nullptr},
    {" YEAROFWEEK ", week_year_of, nullptr},
    {" QUARTER QTR ", quarter_of, nullptr},
    {" MONTH MON MONS MONTHS ", month_of, nullptr},
    {" WEEK W WEEKS ", week_of, nullptr},
    {" DAY D DAYS ", day_of, nullptr},
    {" DAYOFWEEK DOW ", day_of_week, nullptr},
    {" DAYOFWEEK_ISO DOW_ISO ", iso_weekday, nullptr},
    {" DOY ", day_of_year_of, nullptr},
    {" HOUR H HOURS HR HRS ", nullptr, hour_of},
    {" MINUTE M MIN MINS MINUTES ", nullptr, minute_of},
    {" SECOND S SEC SECONDS SECS ", nullptr, precise_second_of},
    {"", nullptr, nullptr},
}};

string upper_ascii(string_view text) {
  string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') { c = static_cast<char>(c - 32); }
  }
  return upper;
}

const ExtractField* find_field(const string& name) {
  for (const auto& field : kFields) {
    if (!name.empty() && field.names.find(" " + name + " ") != string_view::npos) { return &field; }
  }
  return nullptr;
}

[[noreturn]] void fail_field(const CallInput& input, const string& field) {
  throw SqlError("INVALID_EXTRACT_FIELD", {{"field", "'" + field + "'"}, {"expr", "\"" + input.sql[1] + "\""}},
                 input.origin);
}

/// extract(field FROM interval): parts of the interval, with its sign.
BoundFunction extract_from_interval(const CallInput& input, const string& field) {
  const DataType type = input.types[1];
  BoundFunction bound{
      .type = TypeId::kInt, .nullable = any_nullable(input), .argument_types = {input.types[0], type}, .evaluate = {}};
  const auto* known = find_field(field);
  const bool is_year = known != nullptr && known->of_day == year_of;
  const bool is_month = known != nullptr && known->of_day == month_of;
  const bool is_day = known != nullptr && known->of_day == day_of;
  const bool is_time = known != nullptr && known->of_time != nullptr;
  if (type.id() == TypeId::kYearMonthInterval && (is_year || is_month)) {
    bound.type = is_year ? DataType(TypeId::kInt) : DataType(TypeId::kTinyint);
    if (is_year) {
      bound.evaluate = rowwise<string_view, int32_t>([](string_view, int32_t months) { return months / 12; });
    } else {
      bound.evaluate = rowwise<string_view, int32_t>(
          [](string_view, int32_t months) { return static_cast<std::int8_t>(months % 12); });
    }
    return bound;
  }
  if (type.id() == TypeId::kDayTimeInterval && (is_day || is_time)) {
    if (is_day) {
      bound.type = TypeId::kInt;
      bound.evaluate = rowwise<string_view, int64_t>(
          [](string_view, int64_t micros) { return static_cast<int32_t>(micros / kMicrosPerDay); });
    } else if (known->of_time == precise_second_of) {
      bound.type = DataType::decimal(8, 6);
      bound.evaluate =
          rowwise<string_view, int64_t>([](string_view, int64_t micros) { return micros % kMicrosPerMinute; });
    } else {
      bound.type = TypeId::kTinyint;
      const int64_t unit = known->of_time == hour_of ? kMicrosPerHour : kMicrosPerMinute;
      const int64_t modulus = known->of_time == hour_of ? 24 : 60;
      bound.evaluate = rowwise<string_view, int64_t>(
          [=](string_view, int64_t micros) { return static_cast<std::int8_t>(micros / unit % modulus); });
    }
    return bound;
  }
  if (type.id() == TypeId::kCalendarInterval && (is_year || is_month || is_day || is_time)) {
    if (is_time && known->of_time == precise_second_of) {
      bound.type = DataType::decimal(8, 6);
      bound.evaluate = rowwise<string_view, CalendarInterval>(
          [](string_view, CalendarInterval value) { return value.microseconds % kMicrosPerMinute; });
    } else if (is_month) {
      bound.type = TypeId::kTinyint;
      bound.evaluate = rowwise<string_view, CalendarInterval>(
          [](string_view, CalendarInterval value) { return static_cast<std::int8_t>(value.months % 12); });
    } else if (is_time && known->of_time == hour_of) {
      bound.type = TypeId::kBigint;
      bound.evaluate = rowwise<string_view, CalendarInterval>(
          [](string_view, CalendarInterval value) { return value.microseconds / kMicrosPerHour; });
    } else if (is_time) {
      bound.type = TypeId::kTinyint;
      bound.evaluate = rowwise<string_view, CalendarInterval>([](string_view, CalendarInterval value) {
        return static_cast<std::int8_t>(value.microseconds / kMicrosPerMinute % 60);
      });
    } else {
      bound.evaluate = rowwise<string_view, CalendarInterval>(
          [is_year](string_view, CalendarInterval value) { return is_year ? value.months / 12 : value.days; });
    }
    return bound;
  }
  fail_field(input, field);
}

BoundFunction bind_extract(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const Value& name = expect_constant(input, 0, "field");
  if (name.is_null()) {
    return BoundFunction{.type = TypeId::kDouble,
                         .nullable = true,
                         .argument_types = input.types,
                         .evaluate = [](const Arguments&, Vector&) {}};
  }
  const string field = upper_ascii(name.as_string());
  const auto& source = input.types[1];
  if (source.is_ansi_interval() || source.id() == TypeId::kCalendarInterval) {
    return extract_from_interval(input, field);
  }
  const auto* known = find_field(field);
  if (known == nullptr) { fail_field(input, field); }
  BoundFunction bound{
      .type = TypeId::kInt, .nullable = any_nullable(input), .argument_types = {input.types[0]}, .evaluate = {}};
  if (known->of_day != nullptr) {
    if (source.id() == TypeId::kTime) { fail_field(input, field); }
    bound.argument_types.push_back(expect_argument(input, 1, TypeId::kDate));
    bound.evaluate =
        rowwise<string_view, int32_t>([of_day = known->of_day](string_view, int32_t days) { return of_day(days); });
    return bound;
  }
  const auto type = expect_clock(input, 1);
  bound.argument_types.push_back(type);
  const auto of_time = known->of_time;
  if (of_time == precise_second_of) {
    bound.type = DataType::decimal(8, 6);
    bound.evaluate = rowwise<string_view, int64_t>(
        [of_time, id = type.id()](EvaluationContext& context, string_view, int64_t value) {
          return of_time(micros_of_day(id, *context.time_zone, value));
        });
  } else {
    bound.evaluate = rowwise<string_view, int64_t>(
        [of_time, id = type.id()](EvaluationContext& context, string_view, int64_t value) {
          return static_cast<int32_t>(of_time(micros_of_day(id, *context.time_zone, value)));
        });
  }
  return bound;
}

}  // namespace

void add_datetime_field_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since,
                       std::vector<std::string_view> aliases = {}) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "datetime_funcs", .usage = usage, .examples = std::move(examples), .since = since},
        .aliases = std::move(aliases)});
  };
  add("year", of_date(year_of), "year(date) - Returns the year.", {{"SELECT year(DATE'2024-07-30')", {"2024"}}},
      "1.5.0");
  add("quarter", of_date(quarter_of), "quarter(date) - Returns the quarter of the year, 1 to 4.",
      {{"SELECT quarter(DATE'2024-08-31')", {"3"}}}, "1.5.0");
  add("month", of_date(month_of), "month(date) - Returns the month, 1 to 12.",
      {{"SELECT month(DATE'2024-07-30')", {"7"}}}, "1.5.0");
  add("day", of_date(day_of), "day(date) - Returns the day of the month, 1 to 31.",
      {{"SELECT day(DATE'2024-07-30')", {"30"}}}, "1.5.0", {"dayofmonth"});
  add("dayofyear", of_date(day_of_year_of), "dayofyear(date) - Returns the day of the year, 1 to 366.",
      {{"SELECT dayofyear(DATE'2024-04-09')", {"100"}}}, "1.5.0");
  add("dayofweek", of_date(day_of_week),
      "dayofweek(date) - Returns the day of the week, 1 for Sunday to 7 for Saturday.",
      {{"SELECT dayofweek(DATE'2009-07-30')", {"5"}}}, "2.3.0");
  add("weekday", of_date(weekday), "weekday(date) - Returns the day of the week, 0 for Monday to 6 for Sunday.",
      {{"SELECT weekday(DATE'2009-07-30')", {"3"}}}, "2.4.0");
  add("weekofyear", of_date(week_of), "weekofyear(date) - Returns the ISO week of the year, 1 to 53.",
      {{"SELECT weekofyear(DATE'2008-02-20')", {"8"}}}, "1.5.0");
  add("dayname",
      signature({TypeId::kDate}, DataType::string(), [](const CallInput&) { return rowwise<int32_t>(day_name); }),
      "dayname(date) - Returns the first three letters of the day's name.",
      {{"SELECT dayname(DATE'2008-02-20')", {"Wed"}}}, "4.0.0");
  add("monthname",
      signature({TypeId::kDate}, DataType::string(), [](const CallInput&) { return rowwise<int32_t>(month_name); }),
      "monthname(date) - Returns the first three letters of the month's name.",
      {{"SELECT monthname(DATE'2008-02-20')", {"Feb"}}}, "4.0.0");
  add("hour", of_clock(hour_of), "hour(time) - Returns the hour of a timestamp or time, 0 to 23.",
      {{"SELECT hour(TIMESTAMP'2018-02-14 12:58:59')", {"12"}}}, "1.5.0");
  add("minute", of_clock(minute_of), "minute(time) - Returns the minute of a timestamp or time, 0 to 59.",
      {{"SELECT minute(TIMESTAMP'2018-02-14 12:58:59')", {"58"}}}, "1.5.0");
  add("second", of_clock(second_of), "second(time) - Returns the second of a timestamp or time, 0 to 59.",
      {{"SELECT second(TIMESTAMP'2018-02-14 12:58:59')", {"59"}}}, "1.5.0");
  add("extract", bind_extract,
      "extract(field FROM source) - Returns a part of a date, timestamp, time or interval: YEAR, YEAROFWEEK, QUARTER, "
      "MONTH, "
      "WEEK, DAY, DAYOFWEEK, DAYOFWEEK_ISO, DOY, HOUR, MINUTE or SECOND (with its fraction).",
      {{"SELECT extract(YEAR FROM TIMESTAMP'2019-08-12 01:00:00.123456')", {"2019"}},
       {"SELECT extract(SECONDS FROM TIMESTAMP'2019-10-01 00:00:01.000001')", {"1.000001"}},
       {"SELECT extract(HOUR FROM INTERVAL '5 12:00' DAY TO MINUTE)", {"12"}}},
      "3.0.0", {"date_part", "datepart"});
}

}  // namespace hammerscale::sql
