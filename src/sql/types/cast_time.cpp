#include <cmath>
#include <limits>

#include "hammerscale/base/check.hpp"
#include "sql/types/cast_loop.hpp"
#include "sql/types/decimal.hpp"

namespace hammerscale::sql {
namespace {

constexpr std::int64_t kMaxInt64 = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMinInt64 = std::numeric_limits<std::int64_t>::min();

std::int64_t micros_per(IntervalField field) {
  switch (field) {
    case IntervalField::kDay: return kMicrosPerDay;
    case IntervalField::kHour: return kMicrosPerHour;
    case IntervalField::kMinute: return kMicrosPerMinute;
    default: return kMicrosPerSecond;
  }
}

template <typename To, typename Convert>
CastLoop plain(Convert convert) {
  return [convert](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    with_number_type(input.type().physical(), [&](auto zero) {
      using From = std::remove_cvref_t<decltype(zero)>;
      if constexpr (std::is_integral_v<From> && sizeof(From) >= 4 && sizeof(From) <= 8) {
        map_rows<From, To>(input, rows, result, [&](From value) { return static_cast<To>(convert(value)); });
      }
    });
  };
}

/// Days to microseconds, where the day exists on the time line of 64 bits.
template <typename Shift>
CastLoop from_date(const CastCase& cast, Shift shift) {
  return [cast, shift](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    try_map_rows<std::int32_t, std::int64_t>(
        input, rows, result,
        [&](std::int32_t days) -> std::optional<std::int64_t> {
          std::int64_t micros = 0;
          if (__builtin_mul_overflow(static_cast<std::int64_t>(days), kMicrosPerDay, &micros)) { return std::nullopt; }
          return shift(micros);
        },
        [&](std::int32_t row) { cast.overflow(input, row, result); });
  };
}

/// A whole number of some unit that the source stands for, into a number type.
template <typename Whole>
CastLoop whole_to_number(const CastCase& cast, Whole whole) {
  return [cast, whole](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    with_number_type(cast.to.physical(), [&](auto to_zero) {
      using To = std::remove_cvref_t<decltype(to_zero)>;
      with_number_type(cast.from.physical(), [&](auto from_zero) {
        using From = std::remove_cvref_t<decltype(from_zero)>;
        if constexpr (std::is_integral_v<From> && sizeof(From) <= 8 && std::is_integral_v<To> && sizeof(To) <= 8) {
          const auto fits = [](std::int64_t value) { return value == static_cast<To>(value); };
          const auto convert = [&](From value) -> std::optional<To> {
            const std::int64_t number = whole(value);
            return fits(number) ? std::optional<To>(static_cast<To>(number)) : std::nullopt;
          };
          try_map_rows<From, To>(input, rows, result, convert,
                                 [&](std::int32_t row) { cast.overflow(input, row, result); });
        }
      });
    });
  };
}

/// A number of units of 10^-scale that the source stands for, into a decimal.
template <typename Unscaled>
CastLoop to_decimal(const CastCase& cast, int scale, Unscaled unscaled) {
  return [cast, scale, unscaled](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    const bool is_short = cast.to.physical() == PhysicalType::kInt64;
    with_number_type(cast.from.physical(), [&](auto from_zero) {
      using From = std::remove_cvref_t<decltype(from_zero)>;
      const ColumnReader<From> reader(input);
      rows.for_each([&](std::int32_t row) {
        const Int128 value = unscaled(static_cast<std::int64_t>(reader[row]));
        const std::optional<Int128> rescaled = rescale(value, scale, cast.to.scale(), cast.to.precision());
        if (!rescaled) {
          std::string text;
          append_decimal(text, value, scale);
          cast.out_of_range(text, row, result);
        } else if (is_short) {
          result.mutable_values<std::int64_t>()[row] = static_cast<std::int64_t>(*rescaled);
        } else {
          result.mutable_values<Int128>()[row] = *rescaled;
        }
      });
    });
  };
}

/// Seconds, with a fraction where the number has one, to microseconds.
CastLoop number_to_timestamp(const CastCase& cast) {
  if (cast.from.id() == TypeId::kBoolean) {
    return [](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
      map_rows<bool, std::int64_t>(input, rows, result, [](bool value) { return value ? 1 : 0; });
    };
  }
  if (cast.from.is_decimal()) {
    return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
      const int scale = cast.from.scale();
      with_number_type(cast.from.physical(), [&](auto zero) {
        using From = std::remove_cvref_t<decltype(zero)>;
        map_rows<From, std::int64_t>(input, rows, result, [scale](From value) {
          // The low 64 bits of the microseconds, as Java narrows: all arithmetic is modulo 2^128.
          if (scale <= 6) {
            return static_cast<std::int64_t>(static_cast<UInt128>(static_cast<Int128>(value)) *
                                             static_cast<UInt128>(kPowersOfTen[static_cast<std::size_t>(6 - scale)]));
          }
          return static_cast<std::int64_t>(
              divide_rounded(value, kPowersOfTen[static_cast<std::size_t>(scale - 6)], RoundingMode::kDown));
        });
      });
    };
  }
  if (!cast.from.is_fractional()) {
    return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
      with_number_type(cast.from.physical(), [&](auto zero) {
        using From = std::remove_cvref_t<decltype(zero)>;
        if constexpr (std::is_integral_v<From> && sizeof(From) <= 8) {
          map_rows<From, std::int64_t>(input, rows, result, [](From value) {
            std::int64_t micros = 0;
            if (!__builtin_mul_overflow(static_cast<std::int64_t>(value), kMicrosPerSecond, &micros)) { return micros; }
            return value < 0 ? kMinInt64 : kMaxInt64;
          });
        }
      });
    };
  }
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    constexpr double kLimit = 9223372036854775808.0;
    const auto convert = [&](double seconds, std::int32_t row) {
      const double micros = seconds * static_cast<double>(kMicrosPerSecond);
      std::int64_t& out = result.mutable_values<std::int64_t>()[row];
      if (!std::isfinite(seconds)) {
        if (cast.is_ansi()) {
          cast.throw_malformed(value_in_message(Value(seconds), TypeId::kDouble, *cast.zone), "DOUBLE");
        }
        result.set_null(row);
      } else if (micros > -kLimit && micros < kLimit) {
        out = static_cast<std::int64_t>(micros);
      } else if (cast.is_legacy() || std::abs(micros) == kLimit) {
        out = micros < 0 ? kMinInt64 : kMaxInt64;
      } else {
        if (cast.is_ansi()) {
          cast.throw_overflow(value_in_message(Value(micros), TypeId::kDouble, *cast.zone), "DOUBLE", "BIGINT");
        }
        result.set_null(row);
      }
    };
    if (cast.from.id() == TypeId::kFloat) {
      const ColumnReader<float> reader(input);
      rows.for_each([&](std::int32_t row) { convert(static_cast<double>(reader[row]), row); });
    } else {
      const ColumnReader<double> reader(input);
      rows.for_each([&](std::int32_t row) { convert(reader[row], row); });
    }
  };
}

CastLoop timestamp_to_number(const CastCase& cast) {
  switch (cast.to.id()) {
    case TypeId::kFloat: return plain<float>([](std::int64_t micros) { return static_cast<double>(micros) / 1e6; });
    case TypeId::kDouble: return plain<double>([](std::int64_t micros) { return static_cast<double>(micros) / 1e6; });
    case TypeId::kDecimal: return to_decimal(cast, 6, [](std::int64_t micros) { return Int128{micros}; });
    case TypeId::kBoolean:
      return [](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
        const ColumnReader<std::int64_t> reader(input);
        std::uint64_t* out = result.mutable_bits();
        rows.for_each([&](std::int32_t row) { bitmap::assign(out, row, reader[row] != 0); });
      };
    default: return whole_to_number(cast, [](std::int64_t micros) { return floor_div(micros, kMicrosPerSecond); });
  }
}

CastLoop interval_to_number(const CastCase& cast) {
  const IntervalField end = cast.from.end_field();
  const std::int64_t unit = cast.from.id() == TypeId::kDayTimeInterval ? micros_per(end)
                            : end == IntervalField::kYear              ? 12
                                                                       : 1;
  if (!cast.to.is_decimal()) {
    return whole_to_number(cast, [unit](std::int64_t value) { return value / unit; });
  }
  if (cast.from.id() == TypeId::kDayTimeInterval && end == IntervalField::kSecond) {
    return to_decimal(cast, 6, [](std::int64_t micros) { return Int128{micros}; });
  }
  return to_decimal(cast, 0, [unit](std::int64_t value) { return Int128{value / unit}; });
}

template <typename To>
CastLoop number_to_interval(const CastCase& cast) {
  const IntervalField end = cast.to.end_field();
  const std::int64_t unit = cast.to.id() == TypeId::kDayTimeInterval ? micros_per(end)
                            : end == IntervalField::kYear            ? 12
                                                                     : 1;
  return [cast, unit](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    with_number_type(cast.from.physical(), [&](auto zero) {
      using From = std::remove_cvref_t<decltype(zero)>;
      if constexpr (!std::is_floating_point_v<From>) {
        const int scale = cast.from.is_decimal() ? cast.from.scale() : 0;
        try_map_rows<From, To>(
            input, rows, result,
            [&](From value) -> std::optional<To> {
              Int128 product = 0;
              if (__builtin_mul_overflow(static_cast<Int128>(value), static_cast<Int128>(unit), &product)) {
                return std::nullopt;
              }
              const Int128 whole =
                  divide_rounded(product, kPowersOfTen[static_cast<std::size_t>(scale)], RoundingMode::kHalfUp);
              return whole == static_cast<To>(whole) ? std::optional<To>(static_cast<To>(whole)) : std::nullopt;
            },
            [&](std::int32_t row) { cast.overflow(input, row, result); });
      }
    });
  };
}

CastLoop to_null() {
  return [](const Vector&, RowSet rows, Vector& result, const VectorMemory&) {
    rows.for_each([&](std::int32_t row) { result.set_null(row); });
  };
}

}  // namespace

CastLoop make_cast_of_times(const CastCase& cast) {
  const TimeZone* zone = cast.zone;
  const TypeId from = cast.from.id();
  const TypeId to = cast.to.id();
  switch (to) {
    case TypeId::kDate:
      if (from == TypeId::kTimestamp) {
        return plain<std::int32_t>([zone](std::int64_t micros) { return zone->local_date(micros); });
      }
      return plain<std::int32_t>([](std::int64_t micros) { return floor_div(micros, kMicrosPerDay); });
    case TypeId::kTimestamp:
      if (from == TypeId::kDate) {
        return from_date(cast, [zone](std::int64_t local) { return zone->to_utc_micros(local); });
      }
      if (from == TypeId::kTimestampNtz) {
        return plain<std::int64_t>([zone](std::int64_t local) { return zone->to_utc_micros(local); });
      }
      return number_to_timestamp(cast);
    case TypeId::kTimestampNtz:
      if (from == TypeId::kDate) {
        return from_date(cast, [](std::int64_t local) { return local; });
      }
      return plain<std::int64_t>([zone](std::int64_t micros) { return zone->to_local_micros(micros); });
    case TypeId::kTime: {
      const auto step = static_cast<std::int64_t>(kPowersOfTen[static_cast<std::size_t>(9 - cast.to.precision())]);
      return plain<std::int64_t>([step](std::int64_t nanos) { return nanos - nanos % step; });
    }
    case TypeId::kYearMonthInterval:
      if (from == TypeId::kYearMonthInterval) {
        const std::int64_t unit = cast.to.end_field() == IntervalField::kYear ? 12 : 1;
        return plain<std::int32_t>([unit](std::int64_t months) { return months - months % unit; });
      }
      return number_to_interval<std::int32_t>(cast);
    case TypeId::kDayTimeInterval:
      if (from == TypeId::kDayTimeInterval) {
        // Seconds keep their fraction; coarser fields drop what is finer.
        const std::int64_t unit = cast.to.end_field() == IntervalField::kSecond ? 1 : micros_per(cast.to.end_field());
        return plain<std::int64_t>([unit](std::int64_t micros) { return micros - micros % unit; });
      }
      return number_to_interval<std::int64_t>(cast);
    default: break;
  }
  constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
  switch (from) {
    case TypeId::kDate: return to_null();
    case TypeId::kTimestamp: return timestamp_to_number(cast);
    case TypeId::kTime:
      if (cast.to.is_decimal()) {
        return to_decimal(cast, 9, [](std::int64_t nanos) { return Int128{nanos}; });
      }
      return whole_to_number(cast, [](std::int64_t nanos) { return nanos / kNanosPerSecond; });
    default: return interval_to_number(cast);
  }
}

}  // namespace hammerscale::sql
