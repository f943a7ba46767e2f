#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/types/time_zone.hpp"

namespace hammerscale::sql {

/// A pattern of date_format, to_timestamp and their kin: Java's DateTimeFormatter letters as Spark allows them, English
/// names, strict parsing without regard to letter case. Immutable once made; any thread.
///
/// Letters: G era, y year, M L month, d day, D day of the year, Q q quarter, E day of the week, F week of the month;
/// a half of the day, h K hours of it, k H hours, m minutes, s seconds, S fraction; V zone id, z zone name, O X x Z
/// offsets; 'text' and '' for a quote, [ ] around optional parts. E, F, Q, q only print.
///
/// zzzz prints a zone's full name for UTC only, else its short one.
class DateTimePattern {
 public:
  /// @throws SqlError INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER, .LENGTH, .WITH_SUGGESTION,
  ///                  INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION, .DATETIME_WEEK_BASED_PATTERN
  static DateTimePattern for_formatting(std::string_view pattern);
  static DateTimePattern for_parsing(std::string_view pattern);

  /// The text of an instant on the zone's clocks.
  void format(std::string& out, std::int64_t utc_micros, const TimeZone& zone) const;
  /// The text of a local time; zone letters print UTC.
  void format_local(std::string& out, std::int64_t local_micros) const;

  /// Reads a whole text as an instant; a zone in the text goes before `zone`. What the pattern has not is 1970,
  /// January, the 1st, midnight. None for other texts.
  [[nodiscard]] std::optional<std::int64_t> parse_timestamp(std::string_view text, const TimeZone& zone) const;
  /// Reads local microseconds; a zone in the text does not count.
  [[nodiscard]] std::optional<std::int64_t> parse_local(std::string_view text) const;
  [[nodiscard]] std::optional<std::int32_t> parse_date(std::string_view text) const;

 private:
  enum class Kind : std::uint8_t { kField, kLiteral, kOptionalStart, kOptionalEnd };
  /// One run of a letter, one literal, or one bracket.
  struct Part {
    Kind kind = Kind::kLiteral;
    char letter = 0;
    int count = 0;
    int partner = 0;   ///< Of kOptionalStart: index of its end.
    int reserved = 0;  ///< Digits of the fixed numbers that follow directly.
    std::string literal;
  };
  struct Fields;
  struct Moment;

  static DateTimePattern compile(std::string_view pattern, bool is_parsing);
  void add_field(std::string_view pattern, char letter, int count, bool is_parsing);
  static void print(std::string& out, const Part& part, const Moment& moment);
  void print_all(std::string& out, const Moment& moment) const;
  [[nodiscard]] bool read_range(std::string_view text, std::size_t& at, std::size_t first, std::size_t last,
                                Fields& fields) const;
  [[nodiscard]] static bool read(std::string_view text, std::size_t& at, const Part& part, Fields& fields);
  [[nodiscard]] bool read_all(std::string_view text, Fields& fields) const;

  std::vector<Part> parts_;
  bool has_era_ = false;
};

}  // namespace hammerscale::sql
