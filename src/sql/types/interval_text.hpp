#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/sql_error.hpp"
#include "hammerscale/sql/value.hpp"

namespace hammerscale::sql {

/// Appends "INTERVAL '1-2' YEAR TO MONTH" for 14 months.
void append_year_month_interval(std::string& out, std::int64_t months, IntervalField start, IntervalField end);
/// Appends "INTERVAL '1 02:03:04.5' DAY TO SECOND".
void append_day_time_interval(std::string& out, std::int64_t micros, IntervalField start, IntervalField end);
/// Appends "1 years 2 months 3 days 4 hours 5 minutes 6.5 seconds"; parts that are 0 are left out.
void append_calendar_interval(std::string& out, const CalendarInterval& interval);

/// Why a text is no interval: an INVALID_INTERVAL_FORMAT condition and its parameters.
struct IntervalTextError {
  std::string condition;
  ErrorParameters parameters;
};

/// Reads "1-2", "-1-2" or the whole literal "INTERVAL '1-2' YEAR TO MONTH", of exactly the fields given; in months.
/// White space around it is skipped. None, and *error filled when given, for other texts.
std::optional<std::int32_t> parse_year_month_interval(std::string_view text, IntervalField start, IntervalField end,
                                                      IntervalTextError* error = nullptr);
/// Reads "1 02:03:04.5" or the whole literal; in microseconds. Digits beyond those of microseconds are dropped.
std::optional<std::int64_t> parse_day_time_interval(std::string_view text, IntervalField start, IntervalField end,
                                                    IntervalTextError* error = nullptr);
/// Reads "1 year 2 months -3 days 4.5 seconds", with or without "interval" in front.
std::optional<CalendarInterval> parse_calendar_interval(std::string_view text, IntervalTextError* error = nullptr);

}  // namespace hammerscale::sql
