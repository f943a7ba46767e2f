#include "sql/types/datetime_pattern.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>

#include "hammerscale/sql/sql_error.hpp"
#include "hammerscale/sql/value.hpp"
#include "sql/types/text_scan.hpp"

namespace hammerscale::sql {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"January",   "February", "March",    "April",
                                                      "May",       "June",     "July",     "August",
                                                      "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> kDays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 4> kQuarters = {"1st quarter", "2nd quarter", "3rd quarter", "4th quarter"};
constexpr std::array<std::string_view, 2> kHalves = {"AM", "PM"};
constexpr std::array<std::string_view, 2> kEras = {"BC", "AD"};
constexpr std::array<std::string_view, 2> kLongEras = {"Before Christ", "Anno Domini"};

constexpr int kMaxDigits = 19;

/// Whether Java's older SimpleDateFormat takes the pattern: Spark names its setting only then.
bool is_legacy_pattern(std::string_view pattern) {
  constexpr std::string_view kLetters = "GyYMLwWDdFEuaHkKhmsSzZX";
  bool is_quoted = false;
  std::size_t offset_run = 0;
  for (const char c : pattern) {
    if (c == '\'') { is_quoted = !is_quoted; }
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    offset_run = !is_quoted && c == 'X' ? offset_run + 1 : 0;
    if (offset_run > 3 || (!is_quoted && is_letter && kLetters.find(c) == kLetters.npos)) { return false; }
  }
  return !is_quoted;
}

[[noreturn]] void throw_unrecognized(std::string_view pattern) {
  const std::string quoted = std::string("'").append(pattern).append("'");
  const std::string docroot = "https://spark.apache.org/docs/latest";
  if (!is_legacy_pattern(pattern)) {
    throw SqlError("INVALID_DATETIME_PATTERN.WITH_SUGGESTION", {{"pattern", quoted}, {"docroot", docroot}});
  }
  throw SqlError("INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION",
                 {{"pattern", quoted}, {"config", "\"spark.sql.legacy.timeParserPolicy\""}, {"docroot", docroot}});
}

[[noreturn]] void throw_illegal(std::string_view pattern, char letter) {
  throw SqlError("INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER",
                 {{"c", std::string(1, letter)}, {"pattern", std::string(pattern)}});
}

/// The longest run of each letter; 0 for letters that mean nothing.
int longest_run(char letter) {
  switch (letter) {
    case 'y': return 6;
    case 'G':
    case 'M':
    case 'L':
    case 'E':
    case 'Q':
    case 'q':
    case 'z':
    case 'O': return 4;
    case 'D': return 3;
    case 'd':
    case 'h':
    case 'H':
    case 'k':
    case 'K':
    case 'm':
    case 's':
    case 'V': return 2;
    case 'S': return 9;
    case 'a':
    case 'F': return 1;
    case 'X':
    case 'x':
    case 'Z': return 5;
    default: return 0;
  }
}

bool is_number(char letter, int count) {
  switch (letter) {
    case 'M':
    case 'L':
    case 'Q':
    case 'q': return count <= 2;
    case 'y':
    case 'd':
    case 'D':
    case 'F':
    case 'h':
    case 'H':
    case 'k':
    case 'K':
    case 'm':
    case 's':
    case 'S': return true;
    default: return false;
  }
}

/// Whether a number has that many digits always, so that a number before it can leave them.
bool is_fixed_number(char letter, int count) {
  return is_number(letter, count) && (letter == 'S' || (letter == 'y'   ? count == 2
                                                        : letter == 'D' ? count == 3
                                                                        : count == 2));
}

void append_padded(std::string& out, std::int64_t value, int width) {
  const std::string digits = std::to_string(std::abs(value));
  if (value < 0) { out += '-'; }
  if (digits.size() < static_cast<std::size_t>(width)) {
    out.append(static_cast<std::size_t>(width) - digits.size(), '0');
  }
  out += digits;
}

/// "+08:30" in the shape of n letters X or x; `colon` and so on follow from n.
void append_offset(std::string& out, std::int32_t offset, int count, std::string_view zero) {
  if (offset == 0 && !zero.empty()) {
    out += zero;
    return;
  }
  const std::int32_t absolute = std::abs(offset);
  const std::int32_t minutes = absolute / 60 % 60;
  const std::int32_t seconds = absolute % 60;
  const bool has_colons = count == 3 || count == 5;
  out += offset < 0 ? '-' : '+';
  append_padded(out, absolute / 3600, 2);
  if (count == 1 && minutes == 0) { return; }
  if (has_colons) { out += ':'; }
  append_padded(out, minutes, 2);
  if (count < 4 || seconds == 0) { return; }
  if (has_colons) { out += ':'; }
  append_padded(out, seconds, 2);
}

/// "GMT+8" or, in full, "GMT+08:00".
void append_localized_offset(std::string& out, std::int32_t offset, bool is_full) {
  out += "GMT";
  if (offset == 0) { return; }
  if (is_full) {
    append_offset(out, offset, 5, {});
    return;
  }
  const std::int32_t absolute = std::abs(offset);
  out += offset < 0 ? '-' : '+';
  out += std::to_string(absolute / 3600);
  if (absolute % 3600 == 0) { return; }
  out += ':';
  append_padded(out, absolute / 60 % 60, 2);
  if (absolute % 60 != 0) {
    out += ':';
    append_padded(out, absolute % 60, 2);
  }
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

/// Index of the name that the text goes on with, by its first `length` letters (0: all).
template <std::size_t N>
std::optional<int> read_name(std::string_view text, std::size_t& at, const std::array<std::string_view, N>& names,
                             std::size_t length) {
  for (std::size_t i = 0; i < N; ++i) {
    const std::string_view name = length == 0 ? names[i] : names[i].substr(0, length);
    if (starts_with_ignoring_case(text.substr(at), name)) {
      at += name.size();
      return static_cast<int>(i);
    }
  }
  return std::nullopt;
}

}  // namespace

/// What a text said.
struct DateTimePattern::Fields {
  std::optional<std::int64_t> year;
  std::optional<int> era;  ///< 0 BC, 1 AD.
  std::optional<std::int64_t> month;
  std::optional<std::int64_t> day;
  std::optional<std::int64_t> day_of_year;
  std::optional<std::int64_t> hour;          ///< 0 to 23.
  std::optional<std::int64_t> hour_of_half;  ///< 0 to 11.
  std::optional<int> half;
  std::optional<std::int64_t> minute;
  std::optional<std::int64_t> second;
  std::optional<std::int64_t> nanos;
  const TimeZone* zone = nullptr;

  /// Local microseconds; none where the fields are no time.
  [[nodiscard]] std::optional<std::int64_t> local_micros() const;
};

/// What is printed.
struct DateTimePattern::Moment {
  CivilDate date;
  std::int64_t days;
  TimeOfDay time;
  std::int32_t offset;
  std::int64_t utc_seconds;
  const TimeZone& zone;
  bool has_era;
};

std::optional<std::int64_t> DateTimePattern::Fields::local_micros() const {
  std::int64_t full_year = year.value_or(1970);
  if (era) {
    if (full_year < 1) { return std::nullopt; }
    if (*era == 0) { full_year = 1 - full_year; }
  }
  std::int64_t days = 0;
  if (day_of_year && !month && !day) {
    if (*day_of_year < 1 || *day_of_year > (is_leap_year(full_year) ? 366 : 365)) { return std::nullopt; }
    days = days_from_civil(full_year, 1, 1) + *day_of_year - 1;
  } else {
    const std::int64_t m = month.value_or(1);
    const std::int64_t d = day.value_or(1);
    if (m < 1 || m > 12 || d < 1 || d > days_in_month(full_year, static_cast<std::int32_t>(m))) { return std::nullopt; }
    days = days_from_civil(full_year, static_cast<std::int32_t>(m), static_cast<std::int32_t>(d));
    if (day_of_year && days - days_from_civil(full_year, 1, 1) + 1 != *day_of_year) { return std::nullopt; }
  }
  std::int64_t hours = 0;
  if (hour) {
    hours = *hour;
  } else if (hour_of_half) {
    hours = *hour_of_half + 12 * half.value_or(0);
  } else if (half) {
    hours = 12 * *half;
  }
  const std::int64_t minutes = minute.value_or(0);
  const std::int64_t seconds = second.value_or(0);
  if (hours > 23 || minutes > 59 || seconds > 59) { return std::nullopt; }
  const auto total = static_cast<Int128>(days) * kMicrosPerDay +
                     micros_of(hours, minutes, seconds, nanos.value_or(0) / kNanosPerMicro);
  if (total > std::numeric_limits<std::int64_t>::max() || total < std::numeric_limits<std::int64_t>::min()) {
    return std::nullopt;
  }
  return static_cast<std::int64_t>(total);
}

DateTimePattern DateTimePattern::for_formatting(std::string_view pattern) { return compile(pattern, false); }

DateTimePattern DateTimePattern::for_parsing(std::string_view pattern) { return compile(pattern, true); }

void DateTimePattern::add_field(std::string_view pattern, char letter, int count, bool is_parsing) {
  if (letter == 'e' || letter == 'c') {
    throw SqlError("INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN", {{"c", std::string(1, letter)}});
  }
  const bool is_unsupported = letter == 'A' || letter == 'B' || letter == 'n' || letter == 'N' || letter == 'p';
  if (is_unsupported || (is_parsing && (letter == 'q' || letter == 'Q'))) { throw_illegal(pattern, letter); }
  if ((letter == 'q' || letter == 'Q') && count > 4) {
    throw SqlError("INVALID_DATETIME_PATTERN.LENGTH", {{"pattern", std::string(pattern)}});
  }
  if (count > longest_run(letter) || (letter == 'V' && count != 2) || (letter == 'O' && count != 1 && count != 4) ||
      (is_parsing && (letter == 'E' || letter == 'F'))) {
    throw_unrecognized(pattern);
  }
  parts_.push_back(Part{Kind::kField, letter, count, 0, 0, {}});
}

DateTimePattern DateTimePattern::compile(std::string_view pattern, bool is_parsing) {
  DateTimePattern result;
  std::vector<int> open;
  const auto add_literal = [&](std::string text) {
    result.parts_.push_back(Part{Kind::kLiteral, 0, 0, 0, 0, std::move(text)});
  };
  for (std::size_t at = 0; at < pattern.size();) {
    const char c = pattern[at];
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      std::size_t end = at;
      while (end < pattern.size() && pattern[end] == c) { ++end; }
      result.add_field(pattern, c, static_cast<int>(end - at), is_parsing);
      at = end;
    } else if (c == '\'') {
      std::string text;
      std::size_t end = at + 1;
      while (true) {
        if (end == pattern.size()) { throw_unrecognized(pattern); }
        if (pattern[end] != '\'') {
          text += pattern[end++];
        } else if (end + 1 < pattern.size() && pattern[end + 1] == '\'') {
          text += '\'';
          end += 2;
        } else {
          break;
        }
      }
      add_literal(end == at + 1 ? "'" : text);
      at = end + 1;
    } else if (c == '[') {
      open.push_back(static_cast<int>(result.parts_.size()));
      result.parts_.push_back(Part{Kind::kOptionalStart, 0, 0, 0, 0, {}});
      ++at;
    } else if (c == ']') {
      if (open.empty()) { throw_unrecognized(pattern); }
      result.parts_[static_cast<std::size_t>(open.back())].partner = static_cast<int>(result.parts_.size());
      open.pop_back();
      result.parts_.push_back(Part{Kind::kOptionalEnd, 0, 0, 0, 0, {}});
      ++at;
    } else if (c == '{' || c == '}' || c == '#') {
      throw_unrecognized(pattern);
    } else {
      add_literal(std::string(1, c));
      ++at;
    }
  }
  // Brackets that are not closed end with the pattern.
  for (; !open.empty(); open.pop_back()) {
    result.parts_[static_cast<std::size_t>(open.back())].partner = static_cast<int>(result.parts_.size());
    result.parts_.push_back(Part{Kind::kOptionalEnd, 0, 0, 0, 0, {}});
  }
  result.has_era_ = std::ranges::any_of(result.parts_, [](const Part& part) { return part.letter == 'G'; });
  for (std::size_t i = 0; i < result.parts_.size(); ++i) {
    Part& part = result.parts_[i];
    if (part.kind != Kind::kField || !is_number(part.letter, part.count) || is_fixed_number(part.letter, part.count)) {
      continue;
    }
    for (std::size_t next = i + 1; next < result.parts_.size(); ++next) {
      const Part& follower = result.parts_[next];
      // Fractions do not take part in Java's adjacent numbers.
      if (follower.kind != Kind::kField || follower.letter == 'S' ||
          !is_fixed_number(follower.letter, follower.count)) {
        break;
      }
      part.reserved += follower.count;
    }
  }
  return result;
}

void DateTimePattern::print(std::string& out, const Part& part, const Moment& moment) {
  const int count = part.count;
  const CivilDate& date = moment.date;
  const TimeOfDay& time = moment.time;
  const auto month = static_cast<std::size_t>(date.month - 1);
  const int quarter = (date.month - 1) / 3;
  switch (part.letter) {
    case 'G': out += (count == 4 ? kLongEras : kEras)[date.year > 0 ? 1 : 0]; break;
    case 'y': {
      // Beside an era years count from 1; alone there is a year 0, and those before it are negative.
      const bool counts_back = moment.has_era && date.year <= 0;
      const std::int64_t year = counts_back ? 1 - static_cast<std::int64_t>(date.year) : date.year;
      if (count == 2) {
        append_padded(out, std::abs(year) % 100, 2);
        break;
      }
      // From four digits on, years that need more have a sign.
      if (count >= 4 && year > 0 && std::to_string(year).size() > static_cast<std::size_t>(count)) { out += '+'; }
      append_padded(out, year, count);
      break;
    }
    case 'M':
    case 'L':
      if (count <= 2) {
        append_padded(out, date.month, count);
      } else {
        out += count == 3 ? kMonths[month].substr(0, 3) : kMonths[month];
      }
      break;
    case 'd': append_padded(out, date.day, count); break;
    case 'D': append_padded(out, day_of_year(moment.days), count); break;
    case 'Q':
    case 'q':
      if (count <= 2) {
        append_padded(out, quarter + 1, count);
      } else if (count == 3) {
        out += 'Q';
        out += static_cast<char>('1' + quarter);
      } else {
        out += kQuarters[static_cast<std::size_t>(quarter)];
      }
      break;
    case 'E': {
      const std::string_view name = kDays[static_cast<std::size_t>(iso_day_of_week(moment.days) - 1)];
      out += count <= 3 ? name.substr(0, 3) : name;
      break;
    }
    case 'F': append_padded(out, (date.day - 1) % 7 + 1, 1); break;
    case 'a': out += kHalves[time.hour >= 12 ? 1 : 0]; break;
    case 'h': append_padded(out, (time.hour + 11) % 12 + 1, count); break;
    case 'K': append_padded(out, time.hour % 12, count); break;
    case 'k': append_padded(out, time.hour == 0 ? 24 : time.hour, count); break;
    case 'H': append_padded(out, time.hour, count); break;
    case 'm': append_padded(out, time.minute, count); break;
    case 's': append_padded(out, time.second, count); break;
    case 'S': {
      std::string digits;
      append_padded(digits, time.microsecond * kNanosPerMicro, 9);
      out.append(digits, 0, static_cast<std::size_t>(count));
      break;
    }
    case 'V': out += moment.zone.id(); break;
    case 'z':
      if (count == 4 && moment.zone.is_fixed() && moment.offset == 0) {
        out += moment.zone.id() == "GMT" ? "Greenwich Mean Time" : "Coordinated Universal Time";
      } else {
        out += moment.zone.abbreviation(moment.utc_seconds);
      }
      break;
    case 'O': append_localized_offset(out, moment.offset, count == 4); break;
    case 'X': append_offset(out, moment.offset, count, "Z"); break;
    case 'x':
      append_offset(out, moment.offset, count, count == 1 ? "+00" : count == 3 || count == 5 ? "+00:00" : "+0000");
      break;
    case 'Z':
      if (count == 4) {
        append_localized_offset(out, moment.offset, true);
      } else {
        append_offset(out, moment.offset, count == 5 ? 5 : 2, count == 5 ? "Z" : "+0000");
      }
      break;
    default: break;
  }
}

void DateTimePattern::print_all(std::string& out, const Moment& moment) const {
  for (const Part& part : parts_) {
    if (part.kind == Kind::kLiteral) {
      out += part.literal;
    } else if (part.kind == Kind::kField) {
      print(out, part, moment);
    }
  }
}

void DateTimePattern::format(std::string& out, std::int64_t utc_micros, const TimeZone& zone) const {
  const std::int64_t utc_seconds = floor_div(utc_micros, kMicrosPerSecond);
  const std::int32_t offset = zone.offset_at(utc_seconds);
  const std::int64_t local = utc_micros + offset * kMicrosPerSecond;
  const std::int64_t days = floor_div(local, kMicrosPerDay);
  print_all(out, Moment{civil_from_days(days), days, time_of_day(local - days * kMicrosPerDay), offset, utc_seconds,
                        zone, has_era_});
}

void DateTimePattern::format_local(std::string& out, std::int64_t local_micros) const {
  format(out, local_micros, TimeZone::utc());
}

bool DateTimePattern::read(std::string_view text, std::size_t& at, const Part& part, Fields& fields) {
  const int count = part.count;
  /// Reads a number the way Java does: fixed widths without a sign, others with a minus, and from four year digits on
  /// a plus sign exactly where there are more digits than asked.
  const auto read_number = [&](int min_digits, int max_digits, bool may_have_sign, bool exceeds_pad,
                               std::int64_t& value) {
    bool is_negative = false;
    bool is_positive = false;
    if (may_have_sign && at < text.size() && (text[at] == '-' || (exceeds_pad && text[at] == '+'))) {
      is_negative = text[at] == '-';
      is_positive = !is_negative;
      ++at;
    }
    std::size_t available = 0;
    while (at + available < text.size() && is_ascii_digit(text[at + available])) { ++available; }
    std::size_t wanted = std::min(available, static_cast<std::size_t>(max_digits));
    if (part.reserved > 0 && available > static_cast<std::size_t>(part.reserved)) {
      wanted = std::min(
          wanted, std::max(available - static_cast<std::size_t>(part.reserved), static_cast<std::size_t>(min_digits)));
    }
    if (wanted < static_cast<std::size_t>(min_digits) || wanted > 18) { return false; }
    value = 0;
    for (std::size_t i = 0; i < wanted; ++i) { value = value * 10 + (text[at + i] - '0'); }
    at += wanted;
    if (exceeds_pad && !is_negative && is_positive != (wanted > static_cast<std::size_t>(min_digits))) { return false; }
    if (is_negative) {
      if (value == 0) { return false; }
      value = -value;
    }
    return true;
  };
  /// One or two digits, as the letter's run says, within limits.
  const auto read_clock = [&](std::int64_t low, std::int64_t high, std::optional<std::int64_t>& field) {
    std::int64_t value = 0;
    const bool is_fixed = count == 2;
    if (!read_number(count, is_fixed ? 2 : kMaxDigits, !is_fixed, false, value) || value < low || value > high) {
      return false;
    }
    // The same field twice must agree with itself.
    if (field && *field != value) { return false; }
    field = value;
    return true;
  };
  switch (part.letter) {
    case 'G': {
      const auto era = count == 4 ? read_name(text, at, kLongEras, 0) : read_name(text, at, kEras, 0);
      fields.era = era;
      return era.has_value();
    }
    case 'y': {
      std::int64_t year = 0;
      if (count == 2) {
        if (!read_number(2, 2, false, false, year)) { return false; }
        year += 2000;
      } else if (!read_number(count, kMaxDigits, true, count >= 4, year)) {
        return false;
      }
      constexpr std::int64_t kMaxYear = 999'999'999;
      if (year < -kMaxYear || year > kMaxYear) { return false; }
      fields.year = year;
      return true;
    }
    case 'M':
    case 'L': {
      if (count <= 2) { return read_clock(1, 12, fields.month); }
      const auto month = read_name(text, at, kMonths, count == 3 ? 3 : 0);
      if (!month) { return false; }
      fields.month = *month + 1;
      return true;
    }
    case 'd': return read_clock(1, 31, fields.day);
    case 'D': {
      std::int64_t value = 0;
      if (!read_number(count, 3, count != 3, false, value)) { return false; }
      fields.day_of_year = value;
      return value >= 1 && value <= 366;
    }
    case 'a': {
      fields.half = read_name(text, at, kHalves, 0);
      return fields.half.has_value();
    }
    case 'h': {
      std::optional<std::int64_t> value;
      if (!read_clock(1, 12, value)) { return false; }
      fields.hour_of_half = *value % 12;
      return true;
    }
    case 'K': return read_clock(0, 11, fields.hour_of_half);
    case 'k': {
      std::optional<std::int64_t> value;
      if (!read_clock(1, 24, value)) { return false; }
      fields.hour = *value % 24;
      return true;
    }
    case 'H': return read_clock(0, 23, fields.hour);
    case 'm': return read_clock(0, 59, fields.minute);
    case 's': return read_clock(0, 59, fields.second);
    case 'S': {
      // Fewer digits than letters are fine, none are not.
      std::int64_t nanos = 0;
      int digits = 0;
      while (digits < count && at < text.size() && is_ascii_digit(text[at])) {
        nanos = nanos * 10 + (text[at++] - '0');
        ++digits;
      }
      if (digits == 0) { return false; }
      for (; digits < 9; ++digits) { nanos *= 10; }
      fields.nanos = nanos;
      return true;
    }
    case 'V':
    case 'z': {
      // The longest text that names a zone.
      std::size_t end = at;
      while (end < text.size() && !is_space(text[end]) && text[end] != '[' && text[end] != ']') { ++end; }
      for (; end > at; --end) {
        fields.zone = TimeZone::find(text.substr(at, end - at));
        if (fields.zone != nullptr) {
          at = end;
          return true;
        }
      }
      return false;
    }
    default: break;
  }
  // Offsets.
  std::size_t end = at;
  if (part.letter == 'O' || (part.letter == 'Z' && count == 4)) {
    if (!starts_with_ignoring_case(text.substr(at), "GMT")) { return false; }
    end += 3;
  } else if ((part.letter == 'X' || (part.letter == 'Z' && count == 5)) && end < text.size() &&
             ascii_lower(text[end]) == 'z') {
    fields.zone = &TimeZone::utc();
    at = end + 1;
    return true;
  }
  const std::size_t sign = end;
  const bool has_sign = end < text.size() && (text[end] == '+' || text[end] == '-');
  if (!has_sign) {
    if (end == at) { return false; }
    fields.zone = &TimeZone::utc();
    at = end;
    return true;
  }
  ++end;
  const bool is_localized = part.letter == 'O' || (part.letter == 'Z' && count == 4);
  const bool has_colons = is_localized || count == 5 || (count == 3 && part.letter != 'Z');
  const bool is_short = (part.letter == 'X' || part.letter == 'x') && count == 1;
  const auto digits_at = [&](std::size_t from, std::size_t wanted) {
    for (std::size_t i = 0; i < wanted; ++i) {
      if (from + i >= text.size() || !is_ascii_digit(text[from + i])) { return false; }
    }
    return true;
  };
  if (part.letter == 'O' && count == 1 && digits_at(end, 1) && !digits_at(end, 2)) {
    end += 1;
  } else if (digits_at(end, 2)) {
    end += 2;
  } else {
    return false;
  }
  const std::size_t separator = has_colons ? 1 : 0;
  const auto read_two = [&] {
    if ((has_colons && (end >= text.size() || text[end] != ':')) || !digits_at(end + separator, 2)) { return false; }
    end += separator + 2;
    return true;
  };
  const bool has_minutes = read_two();
  if (!has_minutes && !is_short && !is_localized) { return false; }
  const bool may_have_seconds = count >= 4 || is_localized;
  if (has_minutes && may_have_seconds) { static_cast<void>(read_two()); }
  fields.zone = TimeZone::find(text.substr(sign, end - sign));
  if (fields.zone == nullptr) { return false; }
  at = end;
  return true;
}

bool DateTimePattern::read_range(std::string_view text, std::size_t& at, std::size_t first, std::size_t last,
                                 Fields& fields) const {
  for (std::size_t i = first; i < last; ++i) {
    const Part& part = parts_[i];
    switch (part.kind) {
      case Kind::kLiteral:
        if (!starts_with_ignoring_case(text.substr(at), part.literal)) { return false; }
        at += part.literal.size();
        break;
      case Kind::kField:
        if (!read(text, at, part, fields)) { return false; }
        break;
      case Kind::kOptionalStart: {
        const auto end = static_cast<std::size_t>(part.partner);
        std::size_t behind = at;
        Fields attempt = fields;
        if (read_range(text, behind, i + 1, end, attempt)) {
          at = behind;
          fields = attempt;
        }
        i = end;
        break;
      }
      case Kind::kOptionalEnd: break;
    }
  }
  return true;
}

bool DateTimePattern::read_all(std::string_view text, Fields& fields) const {
  std::size_t at = 0;
  return read_range(text, at, 0, parts_.size(), fields) && at == text.size();
}

std::optional<std::int64_t> DateTimePattern::parse_timestamp(std::string_view text, const TimeZone& zone) const {
  Fields fields;
  if (!read_all(text, fields)) { return std::nullopt; }
  const std::optional<std::int64_t> local = fields.local_micros();
  if (!local) { return std::nullopt; }
  const TimeZone& own = fields.zone != nullptr ? *fields.zone : zone;
  const std::int64_t offset = own.offset_of_local(floor_div(*local, kMicrosPerSecond)) * kMicrosPerSecond;
  std::int64_t utc = 0;
  return __builtin_sub_overflow(*local, offset, &utc) ? std::nullopt : std::optional<std::int64_t>(utc);
}

std::optional<std::int64_t> DateTimePattern::parse_local(std::string_view text) const {
  Fields fields;
  return read_all(text, fields) ? fields.local_micros() : std::nullopt;
}

std::optional<std::int32_t> DateTimePattern::parse_date(std::string_view text) const {
  const std::optional<std::int64_t> local = parse_local(text);
  return local ? std::optional<std::int32_t>(static_cast<std::int32_t>(floor_div(*local, kMicrosPerDay)))
               : std::nullopt;
}

}  // namespace hammerscale::sql
