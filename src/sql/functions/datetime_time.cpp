// Functions of the TIME type, nanoseconds of a day, and time_bucket.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sql/functions/families.hpp"
#include "sql/functions/percentages.hpp"
#include "sql/functions/registry.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/types/cast.hpp"
#include "sql/types/civil_time.hpp"
#include "sql/types/decimal.hpp"
#include "sql/types/time_zone.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::int64_t;
using std::string;
using std::string_view;

constexpr int64_t kNanosPerMilli = kMicrosPerMilli * kNanosPerMicro;
constexpr int64_t kNanosPerSecond = kMicrosPerSecond * kNanosPerMicro;
constexpr int64_t kNanosPerDay = kMicrosPerDay * kNanosPerMicro;
constexpr int kTimePrecision = 6;
constexpr string_view kSince = "4.1.0";

[[noreturn]] void fail_range(string message) {
  throw SqlError("DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION", {{"rangeMessage", std::move(message)}});
}

void require_field(string_view name, int64_t most, int64_t value) {
  if (value < 0 || value > most) {
    fail_range("Invalid value for " + string(name) + " (valid values 0 - " + std::to_string(most) +
               "): " + std::to_string(value));
  }
}

/// A time of hours, minutes and microseconds within the minute.
int64_t make_time(int32_t hour, int32_t minute, int64_t micros) {
  require_field("HourOfDay", 23, hour);
  require_field("MinuteOfHour", 59, minute);
  require_field("SecondOfMinute", 59, floor_div(micros, kMicrosPerSecond));
  return (hour * kMicrosPerHour + minute * kMicrosPerMinute + micros) * kNanosPerMicro;
}

/// Nanoseconds of one of the units that time_diff and time_trunc take.
int64_t nanos_of_unit(string_view function, string_view unit) {
  string upper(unit);
  for (char& c : upper) { c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
  if (upper == "HOUR") { return kMicrosPerHour * kNanosPerMicro; }
  if (upper == "MINUTE") { return kMicrosPerMinute * kNanosPerMicro; }
  if (upper == "SECOND") { return kNanosPerSecond; }
  if (upper == "MILLISECOND") { return kNanosPerMilli; }
  if (upper == "MICROSECOND") { return kNanosPerMicro; }
  throw SqlError("INVALID_PARAMETER_VALUE.TIME_UNIT", {{"parameter", "`unit`"},
                                                       {"functionName", quote_identifier(function)},
                                                       {"invalidValue", "'" + string(unit) + "'"}});
}

int64_t checked_time(Int128 nanos) {
  if (nanos < 0 || nanos >= kNanosPerDay) {
    const bool fits = nanos >= INT64_MIN && nanos <= INT64_MAX;
    fail_range("Invalid TIME value: must be between 00:00:00 and 23:59:59.999999999, but got " +
               std::to_string(fits        ? static_cast<int64_t>(nanos)
                              : nanos < 0 ? INT64_MIN
                                          : INT64_MAX) +
               " nanoseconds");
  }
  return static_cast<int64_t>(nanos);
}

/// time_from_seconds: whole numbers, decimals and floating point.
BoundFunction bind_time_from_seconds(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  const DataType& type = input.types[0];
  BoundFunction bound;
  bound.type = DataType::time(kTimePrecision);
  bound.nullable = any_nullable(input);
  bound.can_fail = true;
  if (type.is_fractional()) {
    bound.argument_types = {TypeId::kDouble};
    bound.evaluate = rowwise<double>([](double seconds) {
      const double nanos = seconds * static_cast<double>(kNanosPerSecond);
      constexpr double kLimit = 1e18;
      if (!(nanos > -kLimit && nanos < kLimit)) {
        fail_range("Invalid TIME value: must be between 00:00:00 and 23:59:59.999999999");
      }
      return checked_time(static_cast<Int128>(nanos));
    });
  } else if (type.is_decimal()) {
    // Nine digits behind the point are nanoseconds; more are cut off.
    const int scale = type.scale();
    bound.argument_types = {type};
    const auto to_nanos = [scale](Int128 unscaled) {
      const auto nanos = rescale(unscaled, scale, 9, kMaxDecimalPrecision, RoundingMode::kDown);
      return checked_time(nanos.value_or(unscaled < 0 ? -1 : INT64_MAX));
    };
    if (type.physical() == PhysicalType::kInt64) {
      bound.evaluate = rowwise<int64_t>([to_nanos](int64_t unscaled) { return to_nanos(unscaled); });
    } else {
      bound.evaluate = rowwise<Int128>([to_nanos](Int128 unscaled) { return to_nanos(unscaled); });
    }
  } else if (type.is_integral() || type.is_null()) {
    bound.argument_types = {TypeId::kBigint};
    bound.evaluate = rowwise<int64_t>([](int64_t seconds) { return checked_time(Int128{seconds} * kNanosPerSecond); });
  } else {
    fail_argument_type(input, 0, "\"NUMERIC\"");
  }
  return bound;
}

BindFunction time_from(int64_t nanos_per_unit) {
  return [nanos_per_unit](const CallInput& input) {
    check_num_arguments(input, 1, 1);
    if (!input.types[0].is_integral() && !input.types[0].is_null()) { fail_argument_type(input, 0, "\"INTEGRAL\""); }
    BoundFunction bound;
    bound.type = DataType::time(kTimePrecision);
    bound.nullable = any_nullable(input);
    bound.argument_types = {TypeId::kBigint};
    bound.can_fail = true;
    bound.evaluate =
        rowwise<int64_t>([nanos_per_unit](int64_t value) { return checked_time(Int128{value} * nanos_per_unit); });
    return bound;
  };
}

DataType expect_time(const CallInput& input, std::size_t i) {
  if (input.types[i].id() == TypeId::kTime) { return input.types[i]; }
  if (input.types[i].is_null() || input.types[i].is_string()) { return DataType::time(kTimePrecision); }
  fail_argument_type(input, i, "\"TIME\"");
}

/// A number of a time.
template <typename F>
BindFunction of_time(DataType result, F f) {
  return [=](const CallInput& input) {
    check_num_arguments(input, 1, 1);
    BoundFunction bound;
    bound.type = result;
    bound.nullable = any_nullable(input);
    bound.argument_types = {expect_time(input, 0)};
    bound.evaluate = rowwise<int64_t>(f);
    return bound;
  };
}

BoundFunction bind_time_diff(const CallInput& input) {
  check_num_arguments(input, 3, 3);
  BoundFunction bound;
  bound.type = TypeId::kBigint;
  bound.nullable = any_nullable(input);
  bound.argument_types = {expect_argument(input, 0, TypeClass::kString), expect_time(input, 1), expect_time(input, 2)};
  bound.can_fail = true;
  bound.evaluate =
      rowwise<string_view, int64_t, int64_t>([name = string(input.name)](string_view unit, int64_t start, int64_t end) {
        return (end - start) / nanos_of_unit(name, unit);
      });
  return bound;
}

BoundFunction bind_time_trunc(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  BoundFunction bound;
  bound.nullable = any_nullable(input);
  bound.argument_types = {expect_argument(input, 0, TypeClass::kString), expect_time(input, 1)};
  bound.type = bound.argument_types[1];
  bound.can_fail = true;
  bound.evaluate = rowwise<string_view, int64_t>([name = string(input.name)](string_view unit, int64_t time) {
    const int64_t nanos = nanos_of_unit(name, unit);
    return time / nanos * nanos;
  });
  return bound;
}

BoundFunction bind_current_time(const CallInput& input) {
  check_num_arguments(input, 0, 1);
  int64_t precision = kTimePrecision;
  if (!input.types.empty()) {
    const Value& constant = expect_constant(input, 0, "precision");
    expect_argument(input, 0, TypeId::kInt);
    if (constant.is_null()) { fail_null_argument(input, "`precision`"); }
    precision =
        cast_value(constant, input.types[0], TypeId::kInt, CastMode::kAnsi, *input.context, input.origin).as_int64();
    if (precision < 0 || precision > kTimePrecision) {
      fail_out_of_range(input, "`precision`", "[0, 6]", std::to_string(precision));
    }
  }
  int64_t unit = kNanosPerSecond;
  for (int64_t digit = 0; digit < precision; ++digit) { unit /= 10; }
  BoundFunction bound;
  bound.type = DataType::time(static_cast<int>(precision));
  bound.nullable = false;
  bound.argument_types = input.types;
  bound.nulls = NullPolicy::kHandled;
  bound.evaluate = [unit](const Arguments& arguments, Vector& result) {
    const int64_t local = arguments.context.time_zone->to_local_micros(arguments.context.query_start_micros);
    const int64_t now = floor_mod(local, kMicrosPerDay) * kNanosPerMicro / unit * unit;
    arguments.rows.for_each([&](int32_t row) { result.mutable_values<int64_t>()[row] = now; });
  };
  return bound;
}

// ---- time_bucket ----------------------------------------------------------------------------------------------------

/// Months since year 0 of a local time, and the microseconds since that month began.
int64_t month_number(int64_t local_micros) {
  const CivilDate date = civil_from_days(floor_div(local_micros, kMicrosPerDay));
  return int64_t{date.year} * kMonthsPerYear + date.month - 1;
}
int64_t plus_months(int64_t local_micros, int64_t months) {
  const int64_t days = add_months(floor_div(local_micros, kMicrosPerDay), months);
  return days * kMicrosPerDay + floor_mod(local_micros, kMicrosPerDay);
}

int64_t month_bucket(int64_t local, int64_t local_origin, int64_t months) {
  int64_t buckets = floor_div(month_number(local) - month_number(local_origin), months);
  if (plus_months(local_origin, buckets * months) > local) { --buckets; }
  return plus_months(local_origin, buckets * months);
}

BoundFunction bind_time_bucket(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  const DataType& size_type = input.types[0];
  if (!size_type.is_ansi_interval()) {
    fail_argument_type(input, 0, "(\"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\")");
  }
  const Value& size_constant = expect_constant(input, 0, "bucketSize");
  if (size_constant.is_null()) { fail_null_argument(input, "`bucketSize`"); }
  const int64_t size = size_constant.as_int64();
  if (size <= 0) {
    fail_out_of_range(input, "`bucketSize`", "(0, inf)",
                      value_sql(size_constant, size_type, *input.context->time_zone));
  }
  const DataType& type = input.types[1];
  if (type.id() != TypeId::kTimestamp && type.id() != TypeId::kTimestampNtz) {
    fail_argument_type(input, 1, "\"(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)\"");
  }
  const bool is_ntz = type.id() == TypeId::kTimestampNtz;
  // Without an origin, buckets are counted from the local epoch.
  int64_t origin = is_ntz ? 0 : input.context->time_zone->to_utc_micros(0);
  if (input.types.size() == 3) {
    if (!(input.types[2] == type)) { fail_argument_type(input, 2, "\"" + type.to_sql() + "\""); }
    const Value& constant = expect_constant(input, 2, "origin");
    if (constant.is_null()) { fail_null_argument(input, "`origin`"); }
    origin = constant.as_int64();
  }
  BoundFunction bound;
  bound.type = type;
  bound.nullable = input.nullable[1];
  bound.argument_types = input.types;
  const bool is_months = size_type.id() == TypeId::kYearMonthInterval;
  // Days and months are those of local clocks; shorter buckets are equally long.
  const bool is_local = !is_ntz && (is_months || size % kMicrosPerDay == 0);
  bound.evaluate = [=](const Arguments& arguments, Vector& result) {
    const TimeZone& zone = *arguments.context.time_zone;
    const ColumnReader<int64_t> times(arguments[1]);
    const int64_t from = is_local ? zone.to_local_micros(origin) : origin;
    arguments.rows.for_each([&](int32_t row) {
      const int64_t time = is_local ? zone.to_local_micros(times[row]) : times[row];
      const int64_t start = is_months ? month_bucket(time, from, size) : from + floor_div(time - from, size) * size;
      result.mutable_values<int64_t>()[row] = is_local ? zone.to_utc_micros(start) : start;
    });
  };
  return bound;
}

}  // namespace

void add_datetime_time_functions(FunctionRegistry& registry) {
  const auto add = [&](string_view name, BindFunction bind, string_view usage, std::vector<FunctionExample> examples,
                       string_view since = kSince) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "datetime_funcs", .usage = usage, .examples = std::move(examples), .since = since}});
  };
  add("make_time",
      signature({TypeId::kInt, TypeId::kInt, DataType::decimal(16, 6)}, DataType::time(kTimePrecision),
                [](const CallInput&) { return rowwise<int32_t, int32_t, int64_t>(make_time); }, {.can_fail = true}),
      "make_time(hour, minute, second) - Returns a time of its fields; seconds may have a fraction.",
      {{"SELECT make_time(6, 30, 45.887)", {"06:30:45.887"}}});
  add("time_diff", bind_time_diff,
      "time_diff(unit, start, end) - Returns how many whole units lie between two times: 'HOUR', 'MINUTE', 'SECOND', "
      "'MILLISECOND' or 'MICROSECOND'.",
      {{"SELECT time_diff('HOUR', TIME'20:30:29', TIME'21:30:28')", {"0"}}});
  add("time_trunc", bind_time_trunc,
      "time_trunc(unit, time) - Returns the time cut off to a unit: 'HOUR', 'MINUTE', 'SECOND', 'MILLISECOND' or "
      "'MICROSECOND'.",
      {{"SELECT time_trunc('HOUR', TIME'09:32:05.359')", {"09:00:00"}}});
  add("current_time", bind_current_time,
      "current_time([precision]) - Returns the time of day at which the query began, with up to 6 digits behind the "
      "seconds.",
      {});
  add("time_from_seconds", bind_time_from_seconds,
      "time_from_seconds(seconds) - Returns the time so many seconds after midnight.",
      {{"SELECT time_from_seconds(52200.5)", {"14:30:00.5"}}}, "4.2.0");
  add("time_from_millis", time_from(kNanosPerMilli),
      "time_from_millis(millis) - Returns the time so many milliseconds after midnight.",
      {{"SELECT time_from_millis(52200500)", {"14:30:00.5"}}}, "4.2.0");
  add("time_from_micros", time_from(kNanosPerMicro),
      "time_from_micros(micros) - Returns the time so many microseconds after midnight.",
      {{"SELECT time_from_micros(52200500000)", {"14:30:00.5"}}}, "4.2.0");
  add("time_to_seconds", of_time(DataType::decimal(14, 6), [](int64_t time) { return time / kNanosPerMicro; }),
      "time_to_seconds(time) - Returns the seconds since midnight as a decimal.",
      {{"SELECT time_to_seconds(TIME'14:30:00.5')", {"52200.500000"}}}, "4.2.0");
  add("time_to_millis", of_time(TypeId::kBigint, [](int64_t time) { return time / kNanosPerMilli; }),
      "time_to_millis(time) - Returns the whole milliseconds since midnight.",
      {{"SELECT time_to_millis(TIME'14:30:00.5')", {"52200500"}}}, "4.2.0");
  add("time_to_micros", of_time(TypeId::kBigint, [](int64_t time) { return time / kNanosPerMicro; }),
      "time_to_micros(time) - Returns the whole microseconds since midnight.",
      {{"SELECT time_to_micros(TIME'14:30:00.5')", {"52200500000"}}}, "4.2.0");
  add("time_bucket", bind_time_bucket,
      "time_bucket(bucketSize, ts[, origin]) - Returns when the bucket begins that a timestamp lies in; buckets are "
      "bucketSize "
      "long and counted from origin (1970-01-01 00:00:00 unless given).",
      {{"SELECT time_bucket(INTERVAL '15' MINUTE, TIMESTAMP'2024-01-01 11:27:00')", {"2024-01-01 11:15:00"}}}, "4.2.0");
}

}  // namespace hammerscale::sql
