#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
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

[[noreturn]] void fail_overflow(string_view message, Origin origin, string_view hint = {}) {
  throw SqlError(
      "ARITHMETIC_OVERFLOW",
      {{"message", string(message)}, {"alternative", string(hint)}, {"config", "\"spark.sql.ansi.enabled\""}}, origin);
}

int64_t checked_add(int64_t a, int64_t b, Origin origin) {
  int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) { fail_overflow("long overflow", origin); }
  return sum;
}
int64_t checked_multiply(int64_t a, int64_t b, Origin origin) {
  int64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) { fail_overflow("long overflow", origin); }
  return product;
}

string upper_ascii(string_view text) {
  string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') { c = static_cast<char>(c - 32); }
  }
  return upper;
}

// ---- Days ----------------------------------------------------------------------------------------------------------

int32_t shift_days(int32_t days, int64_t by, Origin origin) {
  const int64_t shifted = days + by;
  if (shifted < std::numeric_limits<int32_t>::min() || shifted > std::numeric_limits<int32_t>::max()) {
    fail_overflow("integer overflow", origin);
  }
  return static_cast<int32_t>(shifted);
}

/// date_add(date, days) and date_sub.
BindFunction bind_shift_days(int sign) {
  return signature({TypeId::kDate, TypeId::kInt}, TypeId::kDate,
                   [sign](const CallInput& input) {
                     return rowwise<int32_t, int32_t>([sign, origin = input.origin](int32_t days, int32_t by) {
                       return shift_days(days, int64_t{by} * sign, origin);
                     });
                   },
                   {.can_fail = true});
}

/// Number of a day of the week from Monday = 0, by its English name or its first two or three letters.
std::optional<int32_t> weekday_of_name(string_view name) {
  static constexpr std::array<string_view, 7> kNames = {"MONDAY", "TUESDAY",  "WEDNESDAY", "THURSDAY",
                                                        "FRIDAY", "SATURDAY", "SUNDAY"};
  string upper = upper_ascii(name);
  const auto first = upper.find_first_not_of(' ');
  upper = first == string::npos ? string() : upper.substr(first, upper.find_last_not_of(' ') - first + 1);
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (upper == kNames[i] || upper == kNames[i].substr(0, 2) || upper == kNames[i].substr(0, 3)) {
      return static_cast<int32_t>(i);
    }
  }
  return std::nullopt;
}

BoundFunction bind_next_day(const CallInput& input) {
  return signature(
      {TypeId::kDate, TypeClass::kString}, TypeId::kDate,
      [](const CallInput& call) {
        return rowwise<int32_t, string_view>([origin = call.origin](EvaluationContext& context, int32_t days,
                                                                    string_view name) -> std::optional<int32_t> {
          const auto wanted = weekday_of_name(name);
          if (!wanted) {
            if (!context.ansi) { return std::nullopt; }
            throw SqlError("ILLEGAL_DAY_OF_WEEK", {{"string", string(name)}}, origin);
          }
          const int32_t today = iso_day_of_week(days) - 1;
          return shift_days(days, (*wanted - today + 6) % 7 + 1, origin);
        });
      },
      {.can_fail = true, .nullable = true})(input);
}

/// months_between(a, b[, round]): whole when both are the same day of the month or the last one.
double months_between(int64_t a, int64_t b, bool rounds) {
  const int64_t a_days = floor_div(a, kMicrosPerDay);
  const int64_t b_days = floor_div(b, kMicrosPerDay);
  const auto x = civil_from_days(a_days);
  const auto y = civil_from_days(b_days);
  const double months = static_cast<double>((x.year * 12 + x.month) - (y.year * 12 + y.month));
  const bool both_last = x.day == days_in_month(x.year, x.month) && y.day == days_in_month(y.year, y.month);
  if (x.day == y.day || both_last) { return months; }
  const int64_t seconds_a = floor_div(floor_mod(a, kMicrosPerDay), kMicrosPerSecond);
  const int64_t seconds_b = floor_div(floor_mod(b, kMicrosPerDay), kMicrosPerSecond);
  const double seconds = static_cast<double>((x.day - y.day) * kSecondsPerDay + seconds_a - seconds_b);
  const double difference = months + seconds / (31.0 * static_cast<double>(kSecondsPerDay));
  return rounds ? std::round(difference * 1e8) / 1e8 : difference;
}

BoundFunction bind_months_between(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  BoundFunction bound{.type = TypeId::kDouble, .nullable = any_nullable(input), .argument_types = {}, .evaluate = {}};
  bound.argument_types = {expect_argument(input, 0, TypeId::kTimestamp), expect_argument(input, 1, TypeId::kTimestamp)};
  if (input.types.size() == 3) {
    bound.argument_types.push_back(expect_argument(input, 2, TypeId::kBoolean));
    bound.evaluate = rowwise<int64_t, int64_t, bool>([](EvaluationContext& context, int64_t a, int64_t b, bool rounds) {
      return months_between(context.time_zone->to_local_micros(a), context.time_zone->to_local_micros(b), rounds);
    });
  } else {
    bound.evaluate = rowwise<int64_t, int64_t>([](EvaluationContext& context, int64_t a, int64_t b) {
      return months_between(context.time_zone->to_local_micros(a), context.time_zone->to_local_micros(b), true);
    });
  }
  return bound;
}

// ---- Truncation ----------------------------------------------------------------------------------------------------

enum class TruncLevel : std::uint8_t {
  kMicrosecond,
  kMillisecond,
  kSecond,
  kMinute,
  kHour,
  kDay,
  kWeek,
  kMonth,
  kQuarter,
  kYear
};

std::optional<TruncLevel> trunc_level(string_view name) {
  static constexpr std::array<std::pair<string_view, TruncLevel>, 14> kLevels = {
      {{"MICROSECOND", TruncLevel::kMicrosecond},
       {"MILLISECOND", TruncLevel::kMillisecond},
       {"SECOND", TruncLevel::kSecond},
       {"MINUTE", TruncLevel::kMinute},
       {"HOUR", TruncLevel::kHour},
       {"DAY", TruncLevel::kDay},
       {"DD", TruncLevel::kDay},
       {"WEEK", TruncLevel::kWeek},
       {"MON", TruncLevel::kMonth},
       {"MONTH", TruncLevel::kMonth},
       {"MM", TruncLevel::kMonth},
       {"QUARTER", TruncLevel::kQuarter},
       {"YEAR", TruncLevel::kYear},
       {"YYYY", TruncLevel::kYear}}};
  const string upper = upper_ascii(name);
  if (upper == "YY") { return TruncLevel::kYear; }
  for (const auto& [known, level] : kLevels) {
    if (known == upper) { return level; }
  }
  return std::nullopt;
}

int32_t trunc_date(int32_t days, TruncLevel level) {
  const auto date = civil_from_days(days);
  switch (level) {
    case TruncLevel::kWeek: return days - (iso_day_of_week(days) - 1);
    case TruncLevel::kMonth: return days - date.day + 1;
    case TruncLevel::kQuarter: return static_cast<int32_t>(days_from_civil(date.year, (date.month - 1) / 3 * 3 + 1, 1));
    case TruncLevel::kYear: return static_cast<int32_t>(days_from_civil(date.year, 1, 1));
    default: return days;
  }
}

int64_t trunc_local_micros(int64_t micros, TruncLevel level) {
  switch (level) {
    case TruncLevel::kMicrosecond: return micros;
    case TruncLevel::kMillisecond: return micros - floor_mod(micros, kMicrosPerMilli);
    case TruncLevel::kSecond: return micros - floor_mod(micros, kMicrosPerSecond);
    case TruncLevel::kMinute: return micros - floor_mod(micros, kMicrosPerMinute);
    case TruncLevel::kHour: return micros - floor_mod(micros, kMicrosPerHour);
    default: return trunc_date(static_cast<int32_t>(floor_div(micros, kMicrosPerDay)), level) * kMicrosPerDay;
  }
}

/// trunc(date, level): NULL for unknown levels and those below a week.
BoundFunction bind_trunc(const CallInput& input) {
  return signature({TypeId::kDate, TypeClass::kString}, TypeId::kDate,
                   [](const CallInput&) {
                     return rowwise<int32_t, string_view>([](int32_t days, string_view name) -> std::optional<int32_t> {
                       const auto level = trunc_level(name);
                       if (!level || *level < TruncLevel::kWeek) { return std::nullopt; }
                       return trunc_date(days, *level);
                     });
                   },
                   {.nullable = true})(input);
}

/// date_trunc(level, timestamp): NULL for unknown levels.
BoundFunction bind_date_trunc(const CallInput& input) {
  return signature({TypeClass::kString, TypeId::kTimestamp}, TypeId::kTimestamp,
                   [](const CallInput&) {
                     return rowwise<string_view, int64_t>(
                         [](EvaluationContext& context, string_view name, int64_t value) -> std::optional<int64_t> {
                           const auto level = trunc_level(name);
                           if (!level) { return std::nullopt; }
                           if (*level <= TruncLevel::kSecond) { return trunc_local_micros(value, *level); }
                           const int64_t local = context.time_zone->to_local_micros(value);
                           const int64_t truncated = trunc_local_micros(local, *level);
                           // Within a day the distance is kept, so that both hours of an overlap stay apart.
                           return *level <= TruncLevel::kHour ? value - (local - truncated)
                                                              : context.time_zone->to_utc_micros(truncated);
                         });
                   },
                   {.nullable = true})(input);
}

// ---- Units: timestampadd, timestampdiff ----------------------------------------------------------------------------

struct Unit {
  string_view name;
  int64_t months;
  int64_t micros;
};
constexpr std::array<Unit, 11> kUnits = {{{"MICROSECOND", 0, 1},
                                          {"MILLISECOND", 0, kMicrosPerMilli},
                                          {"SECOND", 0, kMicrosPerSecond},
                                          {"MINUTE", 0, kMicrosPerMinute},
                                          {"HOUR", 0, kMicrosPerHour},
                                          {"DAY", 0, kMicrosPerDay},
                                          {"DAYOFYEAR", 0, kMicrosPerDay},
                                          {"WEEK", 0, 7 * kMicrosPerDay},
                                          {"MONTH", 1, 0},
                                          {"QUARTER", 3, 0},
                                          {"YEAR", 12, 0}}};

const Unit& find_unit(const CallInput& input, string_view name) {
  const string upper = upper_ascii(name);
  for (const auto& unit : kUnits) {
    if (unit.name == upper) { return unit; }
  }
  throw SqlError("INVALID_PARAMETER_VALUE.DATETIME_UNIT",
                 {{"functionName", "`" + string(input.name) + "`"},
                  {"parameter", "`unit`"},
                  {"invalidValue", "'" + string(name) + "'"}},
                 input.origin);
}

int64_t add_unit(int64_t local, const Unit& unit, int64_t count, Origin origin) {
  if (unit.months != 0) {
    const int64_t days = add_months(floor_div(local, kMicrosPerDay), checked_multiply(unit.months, count, origin));
    return checked_add(checked_multiply(days, kMicrosPerDay, origin), floor_mod(local, kMicrosPerDay), origin);
  }
  return checked_add(local, checked_multiply(unit.micros, count, origin), origin);
}

/// timestampadd(unit, count, timestamp): days and longer on the local clock.
BoundFunction bind_timestampadd(const CallInput& input) {
  check_num_arguments(input, 3, 3);
  const Value& name = expect_constant(input, 0, "unit");
  const Unit& unit = find_unit(input, name.as_string());
  const bool is_ntz = input.types[2].id() == TypeId::kTimestampNtz;
  const DataType type = is_ntz ? input.types[2] : expect_argument(input, 2, TypeId::kTimestamp);
  const DataType count =
      input.types[1].id() == TypeId::kBigint ? input.types[1] : expect_argument(input, 1, TypeId::kBigint);
  return BoundFunction{
      .type = type,
      .nullable = any_nullable(input),
      .argument_types = {input.types[0], count, type},
      .can_fail = true,
      .evaluate = rowwise<string_view, int64_t, int64_t>(
          [&unit, is_ntz, origin = input.origin](EvaluationContext& context, string_view, int64_t n, int64_t value) {
            if (is_ntz || (unit.months == 0 && unit.micros < kMicrosPerDay)) {
              return add_unit(value, unit, n, origin);
            }
            return context.time_zone->to_utc_micros(
                add_unit(context.time_zone->to_local_micros(value), unit, n, origin));
          })};
}

int64_t whole_months_between(int64_t from, int64_t to) {
  const auto a = civil_from_days(floor_div(from, kMicrosPerDay));
  const auto b = civil_from_days(floor_div(to, kMicrosPerDay));
  int64_t months = int64_t{b.year - a.year} * 12 + b.month - a.month;
  // As java.time: a month is over when the day and time of day are reached again.
  const auto at_a = std::pair(a.day, floor_mod(from, kMicrosPerDay));
  const auto at_b = std::pair(b.day, floor_mod(to, kMicrosPerDay));
  if (months > 0 && at_b < at_a) { --months; }
  if (months < 0 && at_b > at_a) { ++months; }
  return months;
}

BoundFunction bind_timestampdiff(const CallInput& input) {
  check_num_arguments(input, 3, 3);
  const Value& name = expect_constant(input, 0, "unit");
  const Unit& unit = find_unit(input, name.as_string());
  const bool is_ntz = input.types[1].id() == TypeId::kTimestampNtz && input.types[2].id() == TypeId::kTimestampNtz;
  const DataType type = is_ntz ? input.types[1] : DataType(TypeId::kTimestamp);
  if (!is_ntz) {
    expect_argument(input, 1, TypeId::kTimestamp);
    expect_argument(input, 2, TypeId::kTimestamp);
  }
  return BoundFunction{
      .type = TypeId::kBigint,
      .nullable = any_nullable(input),
      .argument_types = {input.types[0], type, type},
      .evaluate = rowwise<string_view, int64_t, int64_t>(
          [&unit, is_ntz](EvaluationContext& context, string_view, int64_t from, int64_t to) -> int64_t {
            if (!is_ntz && (unit.months != 0 || unit.micros >= kMicrosPerDay)) {
              from = context.time_zone->to_local_micros(from);
              to = context.time_zone->to_local_micros(to);
            }
            return unit.months != 0 ? whole_months_between(from, to) / unit.months : (to - from) / unit.micros;
          })};
}

// ---- Making dates, times and intervals -----------------------------------------------------------------------------

[[noreturn]] void fail_date(string_view reason, Origin origin) {
  throw SqlError("DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION",
                 {{"rangeMessage", string(reason)}, {"ansiConfig", "\"spark.sql.ansi.enabled\""}}, origin);
}

std::optional<int64_t> checked_days(int32_t year, int32_t month, int32_t day, bool fails, Origin origin) {
  string reason;
  if (month < 1 || month > 12) {
    reason = "Invalid value for MonthOfYear (valid values 1 - 12): " + std::to_string(month);
  } else if (day < 1 || day > 31) {
    reason = "Invalid value for DayOfMonth (valid values 1 - 28/31): " + std::to_string(day);
  } else if (day > days_in_month(year, month)) {
    static constexpr std::array<string_view, 12> kMonths = {"JANUARY",   "FEBRUARY", "MARCH",    "APRIL",
                                                            "MAY",       "JUNE",     "JULY",     "AUGUST",
                                                            "SEPTEMBER", "OCTOBER",  "NOVEMBER", "DECEMBER"};
    reason = day == 29 ? "Invalid date 'February 29' as '" + std::to_string(year) + "' is not a leap year"
                       : "Invalid date '" + string(kMonths[static_cast<std::size_t>(month - 1)]) + " " +
                             std::to_string(day) + "'";
  }
  if (reason.empty()) { return days_from_civil(year, month, day); }
  if (fails) { fail_date(reason, origin); }
  return std::nullopt;
}

BoundFunction bind_make_date(const CallInput& input) {
  return signature(
      {TypeId::kInt, TypeId::kInt, TypeId::kInt}, TypeId::kDate,
      [](const CallInput& call) {
        return rowwise<int32_t, int32_t, int32_t>([ansi = call.context->ansi, origin = call.origin](
                                                      int32_t y, int32_t m, int32_t d) -> std::optional<int32_t> {
          const auto days = checked_days(y, m, d, ansi, origin);
          return days ? std::optional(static_cast<int32_t>(*days)) : std::nullopt;
        });
      },
      {.can_fail = true, .nullable = true})(input);
}

/// Local microseconds of six fields; seconds are an unscaled decimal(16,6), of which 60 exactly is the next minute.
std::optional<int64_t> make_local_micros(int32_t year, int32_t month, int32_t day, int32_t hour, int32_t minute,
                                         int64_t seconds, bool fails, Origin origin) {
  const auto days = checked_days(year, month, day, fails, origin);
  if (!days) { return std::nullopt; }
  const int64_t whole = floor_div(seconds, kMicrosPerSecond);
  const int64_t fraction = floor_mod(seconds, kMicrosPerSecond);
  string reason;
  if (hour < 0 || hour > 23) {
    reason = "Invalid value for HourOfDay (valid values 0 - 23): " + std::to_string(hour);
  } else if (minute < 0 || minute > 59) {
    reason = "Invalid value for MinuteOfHour (valid values 0 - 59): " + std::to_string(minute);
  } else if (whole == 60 && fraction != 0) {
    if (!fails) { return std::nullopt; }
    throw SqlError("INVALID_FRACTION_OF_SECOND",
                   {{"secAndMicros", std::to_string(whole) + "." + std::to_string(fraction)},
                    {"ansiConfig", "\"spark.sql.ansi.enabled\""}},
                   origin);
  } else if (whole < 0 || whole > 60) {
    reason = "Invalid value for SecondOfMinute (valid values 0 - 59): " + std::to_string(whole);
  }
  if (!reason.empty()) {
    if (fails) { fail_date(reason, origin); }
    return std::nullopt;
  }
  return checked_add(checked_multiply(*days, kMicrosPerDay, origin), micros_of(hour, minute, 0, 0) + seconds, origin);
}

enum class Kind : std::uint8_t { kSession, kLtz, kNtz };

/// make_timestamp and its kin: six fields, and a time zone behind them for those with one.
BindFunction bind_make_timestamp(Kind kind, bool is_try) {
  return [=](const CallInput& input) {
    const bool is_ntz = kind == Kind::kNtz;
    check_num_arguments(input, 6, is_ntz ? 6 : 7);
    BoundFunction bound{.type = is_ntz ? TypeId::kTimestampNtz : TypeId::kTimestamp,
                        .nullable = true,
                        .argument_types = {},
                        .can_fail = true,
                        .evaluate = {}};
    for (std::size_t i = 0; i < 5; ++i) { bound.argument_types.push_back(expect_argument(input, i, TypeId::kInt)); }
    bound.argument_types.push_back(expect_argument(input, 5, DataType::decimal(16, 6)));
    const bool has_zone = input.types.size() == 7;
    if (has_zone) { bound.argument_types.push_back(expect_argument(input, 6, TypeClass::kString)); }
    const bool fails = input.context->ansi && !is_try;
    const auto make = [=, origin = input.origin](const TimeZone* zone, int32_t y, int32_t mo, int32_t d, int32_t h,
                                                 int32_t mi, int64_t s) -> std::optional<int64_t> {
      const auto local = make_local_micros(y, mo, d, h, mi, s, fails, origin);
      if (!local) { return std::nullopt; }
      return zone == nullptr ? *local : zone->to_utc_micros(*local);
    };
    if (has_zone) {
      bound.evaluate = rowwise<int32_t, int32_t, int32_t, int32_t, int32_t, int64_t, string_view>(
          [make](int32_t y, int32_t mo, int32_t d, int32_t h, int32_t mi, int64_t s, string_view zone) {
            return make(&TimeZone::get(zone), y, mo, d, h, mi, s);
          });
    } else {
      bound.evaluate = rowwise<int32_t, int32_t, int32_t, int32_t, int32_t, int64_t>(
          [make, is_ntz](EvaluationContext& context, int32_t y, int32_t mo, int32_t d, int32_t h, int32_t mi,
                         int64_t s) { return make(is_ntz ? nullptr : context.time_zone, y, mo, d, h, mi, s); });
    }
    return bound;
  };
}

/// Any number of leading arguments may be given; the others are 0.
template <typename T>
T argument_or_zero(const Arguments& arguments, std::size_t i, int32_t row) {
  return i < arguments.vectors.size() ? ColumnReader<T>(arguments[i])[row] : T{0};
}

BindFunction bind_make_interval(bool is_try) {
  return [is_try](const CallInput& input) {
    check_num_arguments(input, 0, 7);
    BoundFunction bound{.type = TypeId::kCalendarInterval,
                        .nullable = is_try || any_nullable(input),
                        .argument_types = {},
                        .can_fail = true,
                        .evaluate = {}};
    for (std::size_t i = 0; i < input.types.size(); ++i) {
      bound.argument_types.push_back(i < 6 ? expect_argument(input, i, TypeId::kInt)
                                           : expect_argument(input, i, DataType::decimal(18, 6)));
    }
    bound.evaluate = [is_try, origin = input.origin](const Arguments& arguments, Vector& result) {
      arguments.rows.for_each([&](int32_t row) {
        const auto field = [&](std::size_t i) { return int64_t{argument_or_zero<int32_t>(arguments, i, row)}; };
        const int64_t months = field(0) * 12 + field(1);
        const int64_t days = field(2) * 7 + field(3);
        const Int128 micros = Int128{field(4)} * kMicrosPerHour + Int128{field(5)} * kMicrosPerMinute +
                              argument_or_zero<int64_t>(arguments, 6, row);
        const auto fits32 = [](int64_t value) { return value == static_cast<int32_t>(value); };
        if (!fits32(months) || !fits32(days) || micros != static_cast<int64_t>(micros)) {
          if (is_try || !arguments.context.ansi) { return result.set_null(row); }
          throw SqlError("INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION", {{"functionName", "`try_make_interval`"}},
                         origin);
        }
        result.mutable_values<CalendarInterval>()[row] = {static_cast<int32_t>(months), static_cast<int32_t>(days),
                                                          static_cast<int64_t>(micros)};
      });
    };
    return bound;
  };
}

BoundFunction bind_make_dt_interval(const CallInput& input) {
  check_num_arguments(input, 0, 4);
  BoundFunction bound{.type = DataType::day_time_interval(IntervalField::kDay, IntervalField::kSecond),
                      .nullable = any_nullable(input),
                      .argument_types = {},
                      .can_fail = true,
                      .evaluate = {}};
  for (std::size_t i = 0; i < input.types.size(); ++i) {
    bound.argument_types.push_back(i < 3 ? expect_argument(input, i, TypeId::kInt)
                                         : expect_argument(input, i, DataType::decimal(18, 6)));
  }
  bound.evaluate = [origin = input.origin](const Arguments& arguments, Vector& result) {
    arguments.rows.for_each([&](int32_t row) {
      const Int128 micros = Int128{argument_or_zero<int32_t>(arguments, 0, row)} * kMicrosPerDay +
                            Int128{argument_or_zero<int32_t>(arguments, 1, row)} * kMicrosPerHour +
                            Int128{argument_or_zero<int32_t>(arguments, 2, row)} * kMicrosPerMinute +
                            argument_or_zero<int64_t>(arguments, 3, row);
      if (micros != static_cast<int64_t>(micros)) {
        throw SqlError("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", {}, origin);
      }
      result.mutable_values<int64_t>()[row] = static_cast<int64_t>(micros);
    });
  };
  return bound;
}

BoundFunction bind_make_ym_interval(const CallInput& input) {
  check_num_arguments(input, 0, 2);
  BoundFunction bound{.type = DataType::year_month_interval(IntervalField::kYear, IntervalField::kMonth),
                      .nullable = any_nullable(input),
                      .argument_types = {},
                      .can_fail = true,
                      .evaluate = {}};
  for (std::size_t i = 0; i < input.types.size(); ++i) {
    bound.argument_types.push_back(expect_argument(input, i, TypeId::kInt));
  }
  bound.evaluate = [origin = input.origin](const Arguments& arguments, Vector& result) {
    arguments.rows.for_each([&](int32_t row) {
      const int64_t months =
          int64_t{argument_or_zero<int32_t>(arguments, 0, row)} * 12 + argument_or_zero<int32_t>(arguments, 1, row);
      if (months != static_cast<int32_t>(months)) {
        throw SqlError("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", {}, origin);
      }
      result.mutable_values<int32_t>()[row] = static_cast<int32_t>(months);
    });
  };
  return bound;
}

// ---- Counting from 1970 ---------------------------------------------------------------------------------------------

/// timestamp_millis and the like: whole numbers of a unit.
BindFunction from_unit(int64_t micros) {
  return signature({TypeId::kBigint}, TypeId::kTimestamp,
                   [micros](const CallInput& input) {
                     return rowwise<int64_t>([micros, origin = input.origin](int64_t count) {
                       return checked_multiply(count, micros, origin);
                     });
                   },
                   {.can_fail = true});
}

BoundFunction bind_timestamp_seconds(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  const auto& type = input.types[0];
  if (type.is_fractional()) {
    return BoundFunction{.type = TypeId::kTimestamp,
                         .nullable = true,
                         .argument_types = {TypeId::kDouble},
                         .evaluate = rowwise<double>([](double seconds) -> std::optional<int64_t> {
                           if (!std::isfinite(seconds)) { return std::nullopt; }
                           return static_cast<int64_t>(seconds * static_cast<double>(kMicrosPerSecond));
                         })};
  }
  if (type.is_decimal()) {
    const DataType wide = DataType::decimal(38, 6);
    if (type.scale() > 6) {
      throw SqlError("ARITHMETIC_OVERFLOW",
                     {{"message", "Rounding necessary"}, {"alternative", ""}, {"config", "\"spark.sql.ansi.enabled\""}},
                     input.origin);
    }
    return BoundFunction{.type = TypeId::kTimestamp,
                         .nullable = any_nullable(input),
                         .argument_types = {wide},
                         .can_fail = true,
                         .evaluate = rowwise<Int128>([origin = input.origin](Int128 micros) {
                           if (micros != static_cast<int64_t>(micros)) { fail_overflow("Overflow", origin); }
                           return static_cast<int64_t>(micros);
                         })};
  }
  return from_unit(kMicrosPerSecond)(input);
}

BindFunction to_unit(int64_t micros) {
  return signature({TypeId::kTimestamp}, TypeId::kBigint, [micros](const CallInput&) {
    return rowwise<int64_t>([micros](int64_t value) { return floor_div(value, micros); });
  });
}

/// from_utc_timestamp and to_utc_timestamp shift a clock's reading between UTC and a zone.
BindFunction bind_shift_zone(bool from_utc) {
  return signature({TypeId::kTimestamp, TypeClass::kString}, TypeId::kTimestamp,
                   [from_utc](const CallInput&) {
                     return rowwise<int64_t, string_view>([from_utc](int64_t value, string_view zone) {
                       const TimeZone& there = TimeZone::get(zone);
                       return from_utc ? there.to_local_micros(value) : there.to_utc_micros(value);
                     });
                   },
                   {.can_fail = true});
}

BoundFunction bind_convert_timezone(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  const bool has_source = input.types.size() == 3;
  std::vector<ParameterType> parameters;
  for (std::size_t i = 0; i + 1 < input.types.size(); ++i) { parameters.emplace_back(TypeClass::kString); }
  parameters.emplace_back(TypeId::kTimestampNtz);
  return signature(
      std::move(parameters), TypeId::kTimestampNtz,
      [has_source](const CallInput&) {
        const auto convert = [](const TimeZone& from, const TimeZone& to, int64_t value) {
          return to.to_local_micros(from.to_utc_micros(value));
        };
        if (has_source) {
          return rowwise<string_view, string_view, int64_t>([convert](string_view from, string_view to, int64_t value) {
            return convert(TimeZone::get(from), TimeZone::get(to), value);
          });
        }
        return rowwise<string_view, int64_t>([convert](EvaluationContext& context, string_view to, int64_t value) {
          return convert(*context.time_zone, TimeZone::get(to), value);
        });
      },
      {.can_fail = true})(input);
}

// ---- Now ------------------------------------------------------------------------------------------------------------

template <typename T>
BindFunction of_now(TypeId type, T (*value)(const EvaluationContext&)) {
  return signature({}, type, [value](const CallInput&) -> Evaluate {
    return [value](const Arguments& arguments, Vector& result) {
      const T now = value(arguments.context);
      arguments.rows.for_each([&](int32_t row) { result.mutable_values<T>()[row] = now; });
    };
  });
}

}  // namespace

void add_datetime_arithmetic_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since,
                       std::vector<std::string_view> aliases = {}, std::size_t num_required = 0,
                       std::vector<std::pair<Value, DataType>> defaults = {}) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "datetime_funcs", .usage = usage, .examples = std::move(examples), .since = since},
        .aliases = std::move(aliases),
        .num_required = num_required,
        .default_arguments = std::move(defaults)});
  };
  add("date_add", bind_shift_days(1), "date_add(date, n) - Returns the date n days later.",
      {{"SELECT date_add('2016-07-30', 1)", {"2016-07-31"}}}, "1.5.0", {"dateadd"});
  add("date_sub", bind_shift_days(-1), "date_sub(date, n) - Returns the date n days earlier.",
      {{"SELECT date_sub('2016-07-30', 1)", {"2016-07-29"}}}, "1.5.0");
  add("datediff",
      signature({TypeId::kDate, TypeId::kDate}, TypeId::kInt,
                [](const CallInput&) {
                  return rowwise<int32_t, int32_t>([](int32_t end, int32_t start) { return end - start; });
                }),
      "datediff(end, start) - Returns the number of days from start to end.",
      {{"SELECT datediff('2009-07-31', '2009-07-30')", {"1"}}}, "1.5.0", {"date_diff"});
  add("add_months",
      signature({TypeId::kDate, TypeId::kInt}, TypeId::kDate,
                [](const CallInput&) {
                  return rowwise<int32_t, int32_t>(
                      [](int32_t days, int32_t months) { return static_cast<int32_t>(add_months(days, months)); });
                }),
      "add_months(date, n) - Returns the date n months later, on the last day of a month that is too short.",
      {{"SELECT add_months('2016-08-31', 1)", {"2016-09-30"}}}, "1.5.0");
  add("months_between", bind_months_between,
      "months_between(a, b[, round]) - Returns the months from b to a, with a fraction of 31 days, rounded to 8 digits "
      "unless round is false.",
      {{"SELECT months_between('1997-02-28 10:30:00', '1996-10-30')", {"3.94959677"}}}, "1.5.0", {}, 2,
      {{Value(true), TypeId::kBoolean}});
  ;
  add("last_day",
      signature({TypeId::kDate}, TypeId::kDate,
                [](const CallInput&) {
                  return rowwise<int32_t>([](int32_t days) {
                    const auto date = civil_from_days(days);
                    return days - date.day + days_in_month(date.year, date.month);
                  });
                }),
      "last_day(date) - Returns the last day of the date's month.", {{"SELECT last_day('2009-01-12')", {"2009-01-31"}}},
      "1.5.0");
  add("next_day", bind_next_day,
      "next_day(date, day) - Returns the first date after date that falls on a day of the week, such as 'TU'.",
      {{"SELECT next_day('2015-01-14', 'TU')", {"2015-01-20"}}}, "1.5.0");
  add("trunc", bind_trunc,
      "trunc(date, level) - Returns the first day of the date's 'YEAR', 'QUARTER', 'MONTH' or 'WEEK'.",
      {{"SELECT trunc('2019-08-04', 'week')", {"2019-07-29"}}, {"SELECT trunc('2009-02-12', 'MM')", {"2009-02-01"}}},
      "1.5.0");
  add("date_trunc", bind_date_trunc,
      "date_trunc(level, timestamp) - Returns the start of the timestamp's 'YEAR', 'QUARTER', 'MONTH', 'WEEK', 'DAY', "
      "'HOUR', 'MINUTE', "
      "'SECOND', 'MILLISECOND' or 'MICROSECOND'.",
      {{"SELECT date_trunc('HOUR', '2015-03-05T09:32:05.359')", {"2015-03-05 09:00:00"}}}, "2.3.0");
  add("timestampadd", bind_timestampadd, "timestampadd(unit, n, timestamp) - Returns the time n units later.",
      {{"SELECT timestampadd(MONTH, -1, TIMESTAMP'2022-03-31 00:00:00')", {"2022-02-28 00:00:00"}}}, "3.3.0");
  add("timestampdiff", bind_timestampdiff,
      "timestampdiff(unit, start, end) - Returns the whole units from start to end.",
      {{"SELECT timestampdiff(DAY, TIMESTAMP'2022-03-01 00:00:00', TIMESTAMP'2022-03-03 23:00:00')", {"2"}}}, "3.3.0");
  add("make_date", bind_make_date, "make_date(year, month, day) - Returns a date.",
      {{"SELECT make_date(2013, 7, 15)", {"2013-07-15"}}}, "3.0.0");
  add("make_timestamp", bind_make_timestamp(Kind::kSession, false),
      "make_timestamp(year, month, day, hour, min, sec[, timezone]) - Returns a timestamp.",
      {{"SELECT make_timestamp(2014, 12, 28, 6, 30, 45.887)", {"2014-12-28 06:30:45.887"}}}, "3.0.0");
  add("make_timestamp_ltz", bind_make_timestamp(Kind::kLtz, false),
      "make_timestamp_ltz(year, month, day, hour, min, sec[, timezone]) - Returns a timestamp.",
      {{"SELECT make_timestamp_ltz(2014, 12, 28, 6, 30, 45.887)", {"2014-12-28 06:30:45.887"}}}, "3.4.0");
  add("make_timestamp_ntz", bind_make_timestamp(Kind::kNtz, false),
      "make_timestamp_ntz(year, month, day, hour, min, sec) - Returns a timestamp without time zone.",
      {{"SELECT make_timestamp_ntz(2014, 12, 28, 6, 30, 45.887)", {"2014-12-28 06:30:45.887"}}}, "3.4.0");
  add("try_make_timestamp", bind_make_timestamp(Kind::kSession, true),
      "try_make_timestamp(year, month, day, hour, min, sec[, timezone]) - As make_timestamp, but NULL for "
      "fields out of bounds.",
      {{"SELECT try_make_timestamp(2014, 13, 28, 6, 30, 45)", {"NULL"}}}, "4.0.0");
  add("try_make_timestamp_ltz", bind_make_timestamp(Kind::kLtz, true),
      "try_make_timestamp_ltz(year, month, day, hour, min, sec[, timezone]) - As make_timestamp_ltz, but NULL for "
      "fields out of bounds.",
      {{"SELECT try_make_timestamp_ltz(2014, 13, 28, 6, 30, 45)", {"NULL"}}}, "4.0.0");
  add("try_make_timestamp_ntz", bind_make_timestamp(Kind::kNtz, true),
      "try_make_timestamp_ntz(year, month, day, hour, min, sec) - As make_timestamp_ntz, but NULL for fields out "
      "of bounds.",
      {{"SELECT try_make_timestamp_ntz(2014, 13, 28, 6, 30, 45)", {"NULL"}}}, "4.0.0");
  add("make_interval", bind_make_interval(false),
      "make_interval([years[, months[, weeks[, days[, hours[, mins[, secs]]]]]]]) - Returns a calendar interval.",
      {{"SELECT make_interval(100, 11, 1, 1, 12, 30, 01.001001)",
        {"100 years 11 months 8 days 12 hours 30 minutes 1.001001 seconds"}}},
      "3.0.0", {}, 0,
      {{Value(std::int64_t{0}), TypeId::kInt},
       {Value(std::int64_t{0}), TypeId::kInt},
       {Value(std::int64_t{0}), TypeId::kInt},
       {Value(std::int64_t{0}), TypeId::kInt},
       {Value(std::int64_t{0}), TypeId::kInt},
       {Value(std::int64_t{0}), TypeId::kInt},
       {Value(Int128{0}), DataType::decimal(18, 6)}});
  ;
  add("try_make_interval", bind_make_interval(true),
      "try_make_interval([years, ...]) - As make_interval, but NULL on overflow.",
      {{"SELECT try_make_interval(2147483647)", {"NULL"}}}, "4.0.0");
  add("make_dt_interval", bind_make_dt_interval,
      "make_dt_interval([days[, hours[, mins[, secs]]]]) - Returns a day-time interval.",
      {{"SELECT make_dt_interval(1, 12, 30, 01.001001)", {"INTERVAL '1 12:30:01.001001' DAY TO SECOND"}}}, "3.2.0");
  add("make_ym_interval", bind_make_ym_interval, "make_ym_interval([years[, months]]) - Returns a year-month interval.",
      {{"SELECT make_ym_interval(1, 2)", {"INTERVAL '1-2' YEAR TO MONTH"}}}, "3.2.0");
  add("date_from_unix_date",
      signature({TypeId::kInt}, TypeId::kDate,
                [](const CallInput&) { return rowwise<int32_t>([](int32_t days) { return days; }); }),
      "date_from_unix_date(days) - Returns the date that many days after 1970-01-01.",
      {{"SELECT date_from_unix_date(1)", {"1970-01-02"}}}, "3.1.0");
  add("unix_date",
      signature({TypeId::kDate}, TypeId::kInt,
                [](const CallInput&) { return rowwise<int32_t>([](int32_t days) { return days; }); }),
      "unix_date(date) - Returns the number of days since 1970-01-01.", {{"SELECT unix_date(DATE'1970-01-02')", {"1"}}},
      "3.1.0");
  add("timestamp_seconds", bind_timestamp_seconds,
      "timestamp_seconds(n) - Returns the time n seconds after 1970-01-01 00:00:00 UTC.",
      {{"SELECT timestamp_seconds(1.5)", {"1970-01-01 00:00:01.5"}}}, "3.1.0");
  add("timestamp_millis", from_unit(kMicrosPerMilli),
      "timestamp_millis(n) - Returns the time n milliseconds after 1970-01-01 00:00:00 UTC.",
      {{"SELECT timestamp_millis(1500)", {"1970-01-01 00:00:01.5"}}}, "3.1.0");
  add("timestamp_micros", from_unit(1),
      "timestamp_micros(n) - Returns the time n microseconds after 1970-01-01 00:00:00 UTC.",
      {{"SELECT timestamp_micros(1500000)", {"1970-01-01 00:00:01.5"}}}, "3.1.0");
  add("unix_seconds", to_unit(kMicrosPerSecond),
      "unix_seconds(timestamp) - Returns whole seconds since 1970-01-01 00:00:00 UTC.",
      {{"SELECT unix_seconds(TIMESTAMP'1970-01-01 00:00:01Z')", {"1"}}}, "3.1.0");
  add("unix_millis", to_unit(kMicrosPerMilli),
      "unix_millis(timestamp) - Returns whole milliseconds since 1970-01-01 00:00:00 UTC.",
      {{"SELECT unix_millis(TIMESTAMP'1970-01-01 00:00:01Z')", {"1000"}}}, "3.1.0");
  add("unix_micros", to_unit(1), "unix_micros(timestamp) - Returns microseconds since 1970-01-01 00:00:00 UTC.",
      {{"SELECT unix_micros(TIMESTAMP'1970-01-01 00:00:01Z')", {"1000000"}}}, "3.1.0");
  add("from_utc_timestamp", bind_shift_zone(true),
      "from_utc_timestamp(timestamp, timezone) - Reads a timestamp as UTC and returns what a clock in the zone shows "
      "then.",
      {{"SELECT from_utc_timestamp('2016-08-31', 'Asia/Seoul')", {"2016-08-31 09:00:00"}}}, "1.5.0");
  add("to_utc_timestamp", bind_shift_zone(false),
      "to_utc_timestamp(timestamp, timezone) - Reads a timestamp as a clock in the zone and returns what a clock in "
      "UTC shows then.",
      {{"SELECT to_utc_timestamp('2016-08-31', 'Asia/Seoul')", {"2016-08-30 15:00:00"}}}, "1.5.0");
  add("convert_timezone", bind_convert_timezone,
      "convert_timezone([from, ]to, timestamp_ntz) - Converts what a clock shows from one zone (the session's unless "
      "given) to another.",
      {{"SELECT convert_timezone('Europe/Brussels', 'America/Los_Angeles', TIMESTAMP_NTZ'2021-12-06 00:00:00')",
        {"2021-12-05 15:00:00"}}},
      "3.4.0");
  add("current_timestamp",
      of_now<int64_t>(TypeId::kTimestamp, [](const EvaluationContext& context) { return context.query_start_micros; }),
      "current_timestamp() - Returns the time at which the query began.", {}, "1.5.0", {"now"});
  add("current_date",
      of_now<int32_t>(
          TypeId::kDate,
          [](const EvaluationContext& context) { return context.time_zone->local_date(context.query_start_micros); }),
      "current_date() - Returns the date at which the query began.", {}, "1.5.0", {"curdate"});
  add("localtimestamp",
      of_now<int64_t>(TypeId::kTimestampNtz,
                      [](const EvaluationContext& context) {
                        return context.time_zone->to_local_micros(context.query_start_micros);
                      }),
      "localtimestamp() - Returns what a clock in the session's zone showed when the query began.", {}, "3.4.0");
  add("current_timezone",
      signature({}, DataType::string(),
                [](const CallInput&) -> Evaluate {
                  return [](const Arguments& arguments, Vector& result) {
                    arguments.rows.for_each([&](int32_t row) {
                      result.mutable_values<StringView>()[row] =
                          result.string_heap().add(arguments.context.time_zone->id());
                    });
                  };
                }),
      "current_timezone() - Returns the session's time zone.", {}, "3.1.0");
}

}  // namespace hammerscale::sql
