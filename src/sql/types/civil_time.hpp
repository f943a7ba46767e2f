#pragma once

#include <cstdint>

namespace hammerscale::sql {

/// Dates are days since 1970-01-01 of the proleptic Gregorian calendar, with a year 0; times are microseconds.

inline constexpr std::int64_t kMicrosPerMilli = 1'000;
inline constexpr std::int64_t kMicrosPerSecond = 1'000'000;
inline constexpr std::int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;
inline constexpr std::int64_t kMicrosPerHour = 60 * kMicrosPerMinute;
inline constexpr std::int64_t kMicrosPerDay = 24 * kMicrosPerHour;
inline constexpr std::int64_t kSecondsPerDay = 86'400;
inline constexpr std::int64_t kNanosPerMicro = 1'000;
inline constexpr std::int32_t kMonthsPerYear = 12;

/// Division that rounds down, and its remainder, which has the divisor's sign.
constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) noexcept {
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0));
}
constexpr std::int64_t floor_mod(std::int64_t a, std::int64_t b) noexcept { return a - floor_div(a, b) * b; }

struct CivilDate {
  std::int32_t year = 1970;
  std::int32_t month = 1;  ///< 1 to 12.
  std::int32_t day = 1;    ///< 1 to 31.
  friend constexpr bool operator==(const CivilDate&, const CivilDate&) = default;
};

struct TimeOfDay {
  std::int32_t hour = 0;
  std::int32_t minute = 0;
  std::int32_t second = 0;
  std::int32_t microsecond = 0;
};

constexpr bool is_leap_year(std::int64_t year) noexcept {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

constexpr std::int32_t days_in_month(std::int64_t year, std::int32_t month) noexcept {
  constexpr std::int32_t kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : kDays[month - 1];
}

/// Any year of up to 10^10; the month 1 to 12; the day may lie outside its month.
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
constexpr std::int64_t days_from_civil(std::int64_t year, std::int32_t month, std::int32_t day) noexcept {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = floor_div(y, 400);
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

constexpr CivilDate civil_from_days(std::int64_t days) noexcept {
  const std::int64_t shifted = days + 719'468;
  const std::int64_t era = floor_div(shifted, 146'097);
  const auto day_of_era = static_cast<std::uint32_t>(shifted - era * 146'097);
  const std::uint32_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::uint32_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::uint32_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const std::uint32_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return CivilDate{static_cast<std::int32_t>(static_cast<std::int64_t>(year_of_era) + era * 400 + (month <= 2 ? 1 : 0)),
                   static_cast<std::int32_t>(month), static_cast<std::int32_t>(day)};
}

/// Of microseconds since midnight, 0 <= micros < kMicrosPerDay.
constexpr TimeOfDay time_of_day(std::int64_t micros) noexcept {
  const auto seconds = static_cast<std::int32_t>(micros / kMicrosPerSecond);
  return TimeOfDay{seconds / 3600, seconds / 60 % 60, seconds % 60,
                   static_cast<std::int32_t>(micros % kMicrosPerSecond)};
}

constexpr std::int64_t micros_of(std::int64_t hour, std::int64_t minute, std::int64_t second,
                                 std::int64_t microsecond) noexcept {
  return ((hour * 60 + minute) * 60 + second) * kMicrosPerSecond + microsecond;
}

/// 1 is Monday, 7 Sunday.
constexpr std::int32_t iso_day_of_week(std::int64_t days) noexcept {
  return static_cast<std::int32_t>(floor_mod(days + 3, 7)) + 1;
}

/// 1 to 366.
constexpr std::int32_t day_of_year(std::int64_t days) noexcept {
  return static_cast<std::int32_t>(days - days_from_civil(civil_from_days(days).year, 1, 1)) + 1;
}

/// Year that the ISO week of the day belongs to, and the week's number from 1.
struct IsoWeek {
  std::int32_t year = 1970;
  std::int32_t week = 1;
};
constexpr IsoWeek iso_week(std::int64_t days) noexcept {
  const std::int64_t thursday = days - iso_day_of_week(days) + 4;
  const std::int32_t year = civil_from_days(thursday).year;
  return IsoWeek{year, static_cast<std::int32_t>((thursday - days_from_civil(year, 1, 1)) / 7) + 1};
}

/// The day of the month is cut to the last one of the new month.
constexpr std::int64_t add_months(std::int64_t days, std::int64_t months) noexcept {
  const CivilDate date = civil_from_days(days);
  const std::int64_t total = static_cast<std::int64_t>(date.year) * 12 + date.month - 1 + months;
  const std::int64_t year = floor_div(total, 12);
  const auto month = static_cast<std::int32_t>(floor_mod(total, 12)) + 1;
  const std::int32_t last = days_in_month(year, month);
  return days_from_civil(year, month, date.day < last ? date.day : last);
}

}  // namespace hammerscale::sql
