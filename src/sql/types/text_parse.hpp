#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sql/types/time_zone.hpp"

namespace hammerscale::sql {

/// What CAST makes of strings. White space and control characters around a text are skipped. None for texts that are no
/// value of the type.

/// "[+-]digits"; with allow_fraction, as before ANSI mode, also ".digits" behind, which is dropped.
std::optional<std::int64_t> parse_int64(std::string_view text, bool allow_fraction = false) noexcept;
/// What Java's Double.parseDouble reads, and inf, infinity and nan in any letter case.
std::optional<double> parse_double(std::string_view text) noexcept;
std::optional<float> parse_float(std::string_view text) noexcept;
/// t, true, y, yes, 1 and f, false, n, no, 0 in any letter case.
std::optional<bool> parse_boolean(std::string_view text) noexcept;
/// "[+-]yyyy[-[m]m[-[d]d]]", the full form also with anything behind a space or T. Years have four to seven digits.
std::optional<std::int32_t> parse_date(std::string_view text) noexcept;

/// "date[( |T)[h]h[:[m]m[:[s]s[.fraction][zone]]]]". Digits beyond microseconds are dropped; zone is an id of TimeZone,
/// with a space in front or without.
struct ParsedTimestamp {
  std::int64_t local_micros = 0;   ///< Without regard to the zone; since midnight when there is no date.
  const TimeZone* zone = nullptr;  ///< Null when none was written.
  bool has_date = true;            ///< False for "T03:04:05" and "03:04:05".
};
std::optional<ParsedTimestamp> parse_timestamp_fields(std::string_view text) noexcept;
/// Microseconds since 1970-01-01 UTC; texts without a zone are of `zone`, those without a date of the day that
/// now_micros lies in.
std::optional<std::int64_t> parse_timestamp(std::string_view text, const TimeZone& zone,
                                            std::int64_t now_micros) noexcept;
/// Local microseconds; a zone is ignored, and a date required.
std::optional<std::int64_t> parse_timestamp_ntz(std::string_view text) noexcept;
/// "[T][h]h:[m]m[:[s]s[.fraction]][[ ]AM|PM]" in microseconds since midnight.
std::optional<std::int64_t> parse_time_of_day(std::string_view text) noexcept;

}  // namespace hammerscale::sql
