#include "sql/functions/interval_arithmetic.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "sql/functions/signature.hpp"
#include "sql/types/civil_time.hpp"
#include "sql/types/coercion.hpp"
#include "sql/types/decimal.hpp"
#include "sql/types/time_zone.hpp"

namespace hammerscale::sql {

namespace {

/// What a row without a result does.
struct OnFailure {
  bool is_try = false;
  bool ansi = true;
  Origin origin = {};

  [[noreturn]] void overflow(std::string_view try_name) const {
    if (try_name.empty()) { throw SqlError("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", {}, origin); }
    throw SqlError("INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION",
                   {{"functionName", "`" + std::string(try_name) + "`"}}, origin);
  }
  [[noreturn]] void datetime_overflow() const {
    throw SqlError("DATETIME_OVERFLOW", {{"operation", "add an interval to a date or timestamp"}}, origin);
  }
};

/// An Evaluate over two arguments. f(a, b, out, context) -> whether there is a result; fail() throws when there is none
/// and the call is no try_.
template <typename A, typename B, typename R, typename F, typename Fail>
Evaluate by_row(const OnFailure& on_failure, F f, Fail fail) {
  return [=](const Arguments& arguments, Vector& result) {
    const ColumnReader<A> a(arguments[0]);
    const ColumnReader<B> b(arguments[1]);
    R* out = result.mutable_values<R>();
    arguments.rows.for_each([&](std::int32_t row) {
      if (f(a[row], b[row], out[row], arguments.context)) { return; }
      if (!on_failure.is_try) { fail(on_failure); }
      result.set_null(row);
    });
  };
}

BoundFunction bound_of(const CallInput& input, DataType type, DataType a, DataType b, bool is_try, Evaluate evaluate) {
  BoundFunction bound;
  bound.type = std::move(type);
  bound.argument_types = {std::move(a), std::move(b)};
  bound.nullable = any_nullable(input) || is_try;
  bound.can_fail = !is_try;
  bound.evaluate = std::move(evaluate);
  return bound;
}

bool fits_int32(std::int64_t value) { return value == static_cast<std::int32_t>(value); }

bool add_micros(std::int64_t time, std::int64_t micros, std::int64_t& out) {
  return !__builtin_add_overflow(time, micros, &out);
}

/// A timestamp that many months, days and microseconds later. Months and days move the local clock of `zone`.
bool shift_timestamp(std::int64_t time, std::int64_t months, std::int64_t days, std::int64_t micros,
                     const TimeZone& zone, std::int64_t& out) {
  if (months != 0 || days != 0) {
    const std::int64_t local = zone.to_local_micros(time);
    const std::int64_t day = floor_div(local, kMicrosPerDay);
    const std::int64_t within = local - day * kMicrosPerDay;
    const std::int64_t shifted = (months != 0 ? add_months(day, months) : day) + days;
    std::int64_t at;
    if (__builtin_mul_overflow(shifted, kMicrosPerDay, &at) || __builtin_add_overflow(at, within, &at)) {
      return false;
    }
    time = zone.to_utc_micros(at);
  }
  return add_micros(time, micros, out);
}

const TimeZone& zone_of(const DataType& type, const EvaluationContext& context) {
  return type.id() == TypeId::kTimestamp && context.time_zone != nullptr ? *context.time_zone : TimeZone::utc();
}

DataType day_interval() { return DataType::day_time_interval(IntervalField::kDay, IntervalField::kDay); }
DataType day_time() { return DataType::day_time_interval(IntervalField::kDay, IntervalField::kSecond); }

/// The interval type with the fields of both.
DataType joined_interval(const DataType& a, const DataType& b) {
  const IntervalField start = std::min(a.start_field(), b.start_field());
  const IntervalField end = std::max(a.end_field(), b.end_field());
  return a.id() == TypeId::kYearMonthInterval ? DataType::year_month_interval(start, end)
                                              : DataType::day_time_interval(start, end);
}

bool is_day_only(const DataType& type) {
  return type.id() == TypeId::kDayTimeInterval && type.start_field() == IntervalField::kDay &&
         type.end_field() == IntervalField::kDay;
}

const auto kFailInterval = [](const OnFailure& on_failure) { on_failure.overflow(""); };
const auto kFailTime = [](const OnFailure& on_failure) { on_failure.datetime_overflow(); };

/// time + interval and time - interval; sign is 1 or -1.
std::optional<BoundFunction> bind_shift(const CallInput& input, std::size_t time_at, std::int64_t sign, bool is_try) {
  const DataType time = input.types[time_at];
  const DataType interval = input.types[1 - time_at];
  const OnFailure on_failure{is_try, input.context->ansi, input.origin};
  const bool flipped = time_at == 1;
  // Evaluated with the time first, whichever order it was written in.
  const auto in_order = [flipped](Evaluate evaluate) -> Evaluate {
    if (!flipped) { return evaluate; }
    return [evaluate = std::move(evaluate)](const Arguments& arguments, Vector& result) {
      const Vector* const swapped[] = {arguments.vectors[1], arguments.vectors[0]};
      evaluate(Arguments{swapped, {}, arguments.rows, arguments.context}, result);
    };
  };
  const auto finish = [&](DataType type, DataType time_type, DataType interval_type, Evaluate evaluate) {
    return bound_of(input, std::move(type), flipped ? interval_type : time_type, flipped ? time_type : interval_type,
                    is_try, in_order(std::move(evaluate)));
  };
  if (time.id() == TypeId::kDate) {
    if (interval.id() == TypeId::kYearMonthInterval) {
      return finish(time, time, interval,
                    by_row<std::int32_t, std::int32_t, std::int32_t>(
                        on_failure,
                        [sign](std::int32_t a, std::int32_t b, std::int32_t& out, EvaluationContext&) {
                          const std::int64_t day = add_months(a, sign * b);
                          out = static_cast<std::int32_t>(day);
                          return fits_int32(day);
                        },
                        kFailTime));
    }
    if (is_day_only(interval)) {
      return finish(time, time, interval,
                    by_row<std::int32_t, std::int64_t, std::int32_t>(
                        on_failure,
                        [sign](std::int32_t a, std::int64_t b, std::int32_t& out, EvaluationContext&) {
                          const std::int64_t day = a + sign * (b / kMicrosPerDay);
                          out = static_cast<std::int32_t>(day);
                          return fits_int32(day);
                        },
                        kFailTime));
    }
    if (interval.id() == TypeId::kCalendarInterval) {
      return finish(time, time, interval,
                    by_row<std::int32_t, CalendarInterval, std::int32_t>(
                        on_failure,
                        [sign](std::int32_t a, const CalendarInterval& b, std::int32_t& out, EvaluationContext&) {
                          // Whole days only: the rest of the day is cut off, as a date has none.
                          const std::int64_t day = add_months(a, sign * b.months) + sign * b.days +
                                                   floor_div(sign * b.microseconds, kMicrosPerDay);
                          out = static_cast<std::int32_t>(day);
                          return fits_int32(day);
                        },
                        kFailTime));
    }
    if (interval.id() == TypeId::kDayTimeInterval) {
      // The date becomes a timestamp first.
      const DataType timestamp = TypeId::kTimestamp;
      return finish(timestamp, timestamp, interval,
                    by_row<std::int64_t, std::int64_t, std::int64_t>(
                        on_failure,
                        [sign](std::int64_t a, std::int64_t b, std::int64_t& out, EvaluationContext&) {
                          std::int64_t shift;
                          return !__builtin_mul_overflow(b, sign, &shift) && add_micros(a, shift, out);
                        },
                        kFailTime));
    }
    if (interval.is_integral() && interval.id() != TypeId::kBigint) {
      return finish(time, time, TypeId::kInt,
                    by_row<std::int32_t, std::int32_t, std::int32_t>(
                        on_failure,
                        [sign](std::int32_t a, std::int32_t b, std::int32_t& out, EvaluationContext&) {
                          const std::int64_t day = a + sign * b;
                          out = static_cast<std::int32_t>(day);
                          return fits_int32(day);
                        },
                        kFailTime));
    }
    if (interval.is_null()) {
      return bind_shift(
          [&] {
            CallInput as_days = input;
            as_days.types[1 - time_at] = TypeId::kInt;
            return as_days;
          }(),
          time_at, sign, is_try);
    }
    return std::nullopt;
  }
  if (time.id() == TypeId::kTimestamp || time.id() == TypeId::kTimestampNtz) {
    if (interval.id() == TypeId::kYearMonthInterval) {
      return finish(time, time, interval,
                    by_row<std::int64_t, std::int32_t, std::int64_t>(
                        on_failure,
                        [=](std::int64_t a, std::int32_t b, std::int64_t& out, EvaluationContext& context) {
                          return shift_timestamp(a, sign * b, 0, 0, zone_of(time, context), out);
                        },
                        kFailTime));
    }
    if (interval.id() == TypeId::kDayTimeInterval) {
      return finish(time, time, interval,
                    by_row<std::int64_t, std::int64_t, std::int64_t>(
                        on_failure,
                        [=](std::int64_t a, std::int64_t b, std::int64_t& out, EvaluationContext& context) {
                          const std::int64_t days = b / kMicrosPerDay;
                          return shift_timestamp(a, 0, sign * days, sign * (b - days * kMicrosPerDay),
                                                 zone_of(time, context), out);
                        },
                        kFailTime));
    }
    if (interval.id() == TypeId::kCalendarInterval) {
      return finish(time, time, interval,
                    by_row<std::int64_t, CalendarInterval, std::int64_t>(
                        on_failure,
                        [=](std::int64_t a, const CalendarInterval& b, std::int64_t& out, EvaluationContext& context) {
                          return shift_timestamp(a, sign * b.months, sign * b.days, sign * b.microseconds,
                                                 zone_of(time, context), out);
                        },
                        kFailTime));
    }
    return std::nullopt;
  }
  if (time.id() == TypeId::kTime && interval.id() == TypeId::kDayTimeInterval) {
    constexpr std::int64_t kNanosPerDay = kMicrosPerDay * kNanosPerMicro;
    return finish(
        time, time, interval,
        by_row<std::int64_t, std::int64_t, std::int64_t>(
            on_failure,
            [sign](std::int64_t a, std::int64_t b, std::int64_t& out, EvaluationContext&) {
              std::int64_t nanos;
              if (__builtin_mul_overflow(b, sign * kNanosPerMicro, &nanos) || __builtin_add_overflow(a, nanos, &out)) {
                return false;
              }
              return out >= 0 && out < kNanosPerDay;
            },
            kFailTime));
  }
  return std::nullopt;
}

std::optional<BoundFunction> bind_difference(const CallInput& input, bool is_try) {
  const DataType& a = input.types[0];
  const DataType& b = input.types[1];
  const OnFailure on_failure{is_try, input.context->ansi, input.origin};
  const bool both_dates = (a.id() == TypeId::kDate || a.is_string() || a.is_null()) &&
                          (b.id() == TypeId::kDate || b.is_string() || b.is_null());
  if (both_dates) {
    return bound_of(input, day_interval(), TypeId::kDate, TypeId::kDate, is_try,
                    by_row<std::int32_t, std::int32_t, std::int64_t>(
                        on_failure,
                        [](std::int32_t x, std::int32_t y, std::int64_t& out, EvaluationContext&) {
                          return !__builtin_mul_overflow(static_cast<std::int64_t>(x) - y, kMicrosPerDay, &out);
                        },
                        kFailInterval));
  }
  if (a.id() == TypeId::kTime && b.id() == TypeId::kTime) {
    return bound_of(input, DataType::day_time_interval(IntervalField::kHour, IntervalField::kSecond), a, b, is_try,
                    by_row<std::int64_t, std::int64_t, std::int64_t>(
                        on_failure,
                        [](std::int64_t x, std::int64_t y, std::int64_t& out, EvaluationContext&) {
                          out = (x - y) / kNanosPerMicro;
                          return true;
                        },
                        kFailInterval));
  }
  const bool is_ntz = a.id() == TypeId::kTimestampNtz && b.id() == TypeId::kTimestampNtz;
  const auto may_be_time = [](const DataType& type) {
    return type.is_datetime() || type.is_string() || type.is_null();
  };
  if (!may_be_time(a) || !may_be_time(b)) { return std::nullopt; }
  const DataType timestamp = is_ntz ? TypeId::kTimestampNtz : TypeId::kTimestamp;
  return bound_of(input, day_time(), timestamp, timestamp, is_try,
                  by_row<std::int64_t, std::int64_t, std::int64_t>(
                      on_failure,
                      [timestamp](std::int64_t x, std::int64_t y, std::int64_t& out, EvaluationContext& context) {
                        // Between local clocks: a day with a change of the clock has 24 hours all the same.
                        const TimeZone& zone = zone_of(timestamp, context);
                        return !__builtin_sub_overflow(zone.to_local_micros(x), zone.to_local_micros(y), &out);
                      },
                      kFailInterval));
}

std::optional<BoundFunction> bind_interval_sum(const CallInput& input, std::int64_t sign, bool is_try) {
  const DataType& a = input.types[0];
  const DataType& b = input.types[1];
  const OnFailure on_failure{is_try, input.context->ansi, input.origin};
  const std::string_view try_name = sign > 0 ? "try_add" : "try_subtract";
  const auto fail = [try_name](const OnFailure& failure) { failure.overflow(try_name); };
  if (a.id() == TypeId::kCalendarInterval || b.id() == TypeId::kCalendarInterval) {
    const DataType type = TypeId::kCalendarInterval;
    return bound_of(
        input, type, type, type, is_try,
        by_row<CalendarInterval, CalendarInterval, CalendarInterval>(
            on_failure,
            [sign](const CalendarInterval& x, const CalendarInterval& y, CalendarInterval& out, EvaluationContext&) {
              const std::int64_t months = x.months + sign * y.months;
              const std::int64_t days = x.days + sign * y.days;
              out.months = static_cast<std::int32_t>(months);
              out.days = static_cast<std::int32_t>(days);
              const bool overflows = sign > 0
                                         ? __builtin_add_overflow(x.microseconds, y.microseconds, &out.microseconds)
                                         : __builtin_sub_overflow(x.microseconds, y.microseconds, &out.microseconds);
              return fits_int32(months) && fits_int32(days) && !overflows;
            },
            fail));
  }
  const DataType known = a.is_ansi_interval() ? a : b;
  const DataType left = a.is_ansi_interval() ? a : known;
  const DataType right = b.is_ansi_interval() ? b : known;
  if (left.id() != right.id()) { return std::nullopt; }
  const DataType type = joined_interval(left, right);
  if (known.id() == TypeId::kYearMonthInterval) {
    return bound_of(input, type, type, type, is_try,
                    by_row<std::int32_t, std::int32_t, std::int32_t>(
                        on_failure,
                        [sign](std::int32_t x, std::int32_t y, std::int32_t& out, EvaluationContext&) {
                          const std::int64_t sum = x + sign * y;
                          out = static_cast<std::int32_t>(sum);
                          return fits_int32(sum);
                        },
                        fail));
  }
  return bound_of(input, type, type, type, is_try,
                  by_row<std::int64_t, std::int64_t, std::int64_t>(
                      on_failure,
                      [sign](std::int64_t x, std::int64_t y, std::int64_t& out, EvaluationContext&) {
                        return sign > 0 ? !__builtin_add_overflow(x, y, &out) : !__builtin_sub_overflow(x, y, &out);
                      },
                      fail));
}

/// Rounds half away from zero into 64 bits.
bool round_to(double value, std::int64_t& out) {
  const double rounded = std::round(value);
  if (!(rounded >= -0x1.0p63 && rounded < 0x1.0p63)) { return false; }
  out = static_cast<std::int64_t>(rounded);
  return true;
}

template <typename I>
bool narrow(std::int64_t value, I& out) {
  out = static_cast<I>(value);
  return out == value;
}

/// interval * number and interval / number, for intervals of months (I = int32) or microseconds (int64).
template <typename I>
std::optional<BoundFunction> bind_scaled(const CallInput& input, std::size_t interval_at, bool divides, bool is_try) {
  const DataType interval = input.types[interval_at];
  DataType number = input.types[1 - interval_at];
  if (number.is_string() || number.is_null()) { number = TypeId::kDouble; }
  if (!number.is_numeric()) { return std::nullopt; }
  const OnFailure on_failure{is_try, input.context->ansi, input.origin};
  const DataType type = interval.id() == TypeId::kYearMonthInterval
                            ? DataType::year_month_interval(IntervalField::kYear, IntervalField::kMonth)
                            : day_time();
  // Integral numbers as bigint, decimals of 38 digits, others as double.
  const DataType operand = number.is_integral()  ? DataType(TypeId::kBigint)
                           : number.is_decimal() ? DataType::decimal(38, number.scale())
                                                 : DataType(TypeId::kDouble);
  const bool flipped = interval_at == 1;
  const std::string_view try_name = divides ? "try_divide" : "try_multiply";
  const int scale = number.is_decimal() ? number.scale() : 0;
  const Origin origin = input.origin;
  Evaluate evaluate = [=](const Arguments& arguments, Vector& result) {
    const ColumnReader<I> intervals(arguments[flipped ? 1 : 0]);
    const Vector& numbers = arguments[flipped ? 0 : 1];
    I* out = result.mutable_values<I>();
    const ColumnReader<std::int64_t> whole(numbers);
    const ColumnReader<double> real(numbers);
    const ColumnReader<Int128> exact(numbers);
    arguments.rows.for_each([&](std::int32_t row) {
      const auto value = static_cast<std::int64_t>(intervals[row]);
      bool is_zero = false;
      bool fits = false;
      std::int64_t scaled = 0;
      if (operand.is_decimal()) {
        is_zero = divides && exact[row] == 0;
        if (!is_zero) {
          const auto quotient = divides ? decimal_divide(value, 0, exact[row], scale, 38, 0)
                                        : decimal_multiply(value, 0, exact[row], scale, 38, 0);
          fits = quotient && *quotient == static_cast<std::int64_t>(*quotient);
          scaled = fits ? static_cast<std::int64_t>(*quotient) : 0;
        }
      } else if (operand.is_integral()) {
        is_zero = divides && whole[row] == 0;
        if (!is_zero) {
          if (divides) {
            Int128 divisor = whole[row];
            Int128 dividend = value;
            if (divisor < 0) {
              divisor = -divisor;
              dividend = -dividend;
            }
            const Int128 quotient = divide_rounded(dividend, divisor, RoundingMode::kHalfUp);
            scaled = static_cast<std::int64_t>(quotient);
            fits = quotient == scaled;
          } else {
            fits = !__builtin_mul_overflow(value, whole[row], &scaled);
          }
        }
      } else {
        is_zero = divides && real[row] == 0;
        if (!is_zero) {
          fits = round_to(divides ? static_cast<double>(value) / real[row] : static_cast<double>(value) * real[row],
                          scaled);
        }
      }
      if (is_zero) {
        if (!is_try) { throw SqlError("INTERVAL_DIVIDED_BY_ZERO", {}, origin); }
        return result.set_null(row);
      }
      if (fits && narrow(scaled, out[row])) { return; }
      if (!is_try) { on_failure.overflow(try_name); }
      result.set_null(row);
    });
  };
  return bound_of(input, type, flipped ? operand : interval, flipped ? interval : operand, is_try, std::move(evaluate));
}

/// Calendar interval * number and / number: parts alike, what months and days leave over is given to the next part.
std::optional<BoundFunction> bind_scaled_calendar(const CallInput& input, std::size_t interval_at, bool divides,
                                                  bool is_try) {
  const DataType& number = input.types[1 - interval_at];
  if (!number.is_numeric() && !number.is_string() && !number.is_null()) { return std::nullopt; }
  const bool flipped = interval_at == 1;
  const OnFailure on_failure{is_try, input.context->ansi, input.origin};
  Evaluate evaluate = [=](const Arguments& arguments, Vector& result) {
    const ColumnReader<CalendarInterval> intervals(arguments[flipped ? 1 : 0]);
    const ColumnReader<double> numbers(arguments[flipped ? 0 : 1]);
    auto* out = result.mutable_values<CalendarInterval>();
    arguments.rows.for_each([&](std::int32_t row) {
      const CalendarInterval& value = intervals[row];
      if (divides && numbers[row] == 0) {
        if (!is_try && on_failure.ansi) { throw SqlError("INTERVAL_DIVIDED_BY_ZERO", {}, on_failure.origin); }
        return result.set_null(row);
      }
      const double factor = divides ? 1.0 / numbers[row] : numbers[row];
      const auto part = [&](double x) { return divides ? x / numbers[row] : x * factor; };
      const double months = part(value.months);
      const double days = part(value.days);
      const double micros = part(static_cast<double>(value.microseconds)) +
                            (days - std::trunc(days)) * static_cast<double>(kMicrosPerDay);
      std::int64_t rounded = 0;
      if (!(std::abs(months) < 0x1.0p31 && std::abs(days) < 0x1.0p31) || !round_to(micros, rounded)) {
        if (!is_try) { on_failure.overflow(divides ? "try_divide" : "try_multiply"); }
        return result.set_null(row);
      }
      out[row] = CalendarInterval{static_cast<std::int32_t>(months), static_cast<std::int32_t>(days), rounded};
    });
  };
  const DataType interval = TypeId::kCalendarInterval;
  return bound_of(input, interval, flipped ? DataType(TypeId::kDouble) : interval,
                  flipped ? interval : DataType(TypeId::kDouble), is_try, std::move(evaluate));
}

std::optional<BoundFunction> bind_whole_quotient(const CallInput& input) {
  const DataType& a = input.types[0];
  const DataType& b = input.types[1];
  if (a.id() != b.id() || !a.is_ansi_interval()) { return std::nullopt; }
  const Origin origin = input.origin;
  const auto make = [&]<typename I>() -> Evaluate {
    return [origin](const Arguments& arguments, Vector& result) {
      const ColumnReader<I> x(arguments[0]);
      const ColumnReader<I> y(arguments[1]);
      auto* out = result.mutable_values<std::int64_t>();
      arguments.rows.for_each([&](std::int32_t row) {
        if (y[row] == 0) { throw SqlError("INTERVAL_DIVIDED_BY_ZERO", {}, origin); }
        const Int128 quotient = static_cast<Int128>(x[row]) / y[row];
        out[row] = static_cast<std::int64_t>(quotient);
        if (quotient != out[row]) {
          throw SqlError("ARITHMETIC_OVERFLOW",
                         {{"message", "Overflow in integral divide"},
                          {"alternative", " Use 'try_divide' to tolerate overflow and return NULL instead."},
                          {"config", "\"spark.sql.ansi.enabled\""}},
                         origin);
        }
      });
    };
  };
  return bound_of(input, TypeId::kBigint, a, b, false,
                  a.physical() == PhysicalType::kInt32 ? make.template operator()<std::int32_t>()
                                                       : make.template operator()<std::int64_t>());
}

}  // namespace

std::optional<BoundFunction> bind_time_arithmetic(const CallInput& input, std::string_view symbol, bool is_try) {
  const DataType& a = input.types[0];
  const DataType& b = input.types[1];
  const auto is_time = [](const DataType& type) { return type.is_datetime() || type.id() == TypeId::kTime; };
  const auto is_interval = [](const DataType& type) {
    return type.is_ansi_interval() || type.id() == TypeId::kCalendarInterval;
  };
  if (symbol == "+") {
    if (is_time(a) && !is_time(b)) { return bind_shift(input, 0, 1, is_try); }
    if (is_time(b) && !is_time(a)) { return bind_shift(input, 1, 1, is_try); }
    if (is_interval(a) && (is_interval(b) || b.is_null())) { return bind_interval_sum(input, 1, is_try); }
    if (is_interval(b) && a.is_null()) { return bind_interval_sum(input, 1, is_try); }
    return std::nullopt;
  }
  if (symbol == "-") {
    if (is_time(a) && (is_interval(b) || b.is_integral())) { return bind_shift(input, 0, -1, is_try); }
    if (is_time(a) || is_time(b)) { return bind_difference(input, is_try); }
    if ((is_interval(a) || a.is_null()) && (is_interval(b) || b.is_null())) {
      return bind_interval_sum(input, -1, is_try);
    }
    return std::nullopt;
  }
  if (symbol == "*" || symbol == "/") {
    const bool divides = symbol == "/";
    const std::size_t at = is_interval(a) ? 0 : 1;
    if (!is_interval(input.types[at]) || (divides && at == 1)) { return std::nullopt; }
    switch (input.types[at].id()) {
      case TypeId::kYearMonthInterval: return bind_scaled<std::int32_t>(input, at, divides, is_try);
      case TypeId::kDayTimeInterval: return bind_scaled<std::int64_t>(input, at, divides, is_try);
      default: return bind_scaled_calendar(input, at, divides, is_try);
    }
  }
  if (symbol == "div") { return bind_whole_quotient(input); }
  return std::nullopt;
}

BoundFunction bind_negative_interval(const CallInput& input) {
  BoundFunction bound;
  bound.type = TypeId::kCalendarInterval;
  bound.nullable = input.nullable[0];
  bound.argument_types = {bound.type};
  bound.can_fail = true;
  bound.evaluate = [origin = input.origin](const Arguments& arguments, Vector& result) {
    const ColumnReader<CalendarInterval> values(arguments[0]);
    auto* out = result.mutable_values<CalendarInterval>();
    arguments.rows.for_each([&](std::int32_t row) {
      const CalendarInterval& value = values[row];
      if (value.months == INT32_MIN || value.days == INT32_MIN || value.microseconds == INT64_MIN) {
        throw SqlError("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", {}, origin);
      }
      out[row] = CalendarInterval{-value.months, -value.days, -value.microseconds};
    });
  };
  return bound;
}

}  // namespace hammerscale::sql
