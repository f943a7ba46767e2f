#include "sql/types/text_parse.hpp"

#include <charconv>
#include <limits>
#include <string>

#include "hammerscale/sql/value.hpp"
#include "sql/types/text_scan.hpp"

namespace hammerscale::sql {
namespace {

/// Reads from min_digits to max_digits digits.
bool read_digits(TextScan& scan, int min_digits, int max_digits, std::int32_t& value) noexcept {
  int count = 0;
  value = 0;
  while (scan.next_is_digit()) {
    if (++count > max_digits) { return false; }
    value = value * 10 + (scan.take() - '0');
  }
  return count >= min_digits;
}

struct DateFields {
  std::int64_t year = 0;
  std::int32_t month = 1;
  std::int32_t day = 1;
  bool is_full = false;

  [[nodiscard]] bool is_valid() const noexcept {
    return month >= 1 && month <= 12 && day >= 1 && day <= days_in_month(year, month);
  }
  [[nodiscard]] std::int64_t days() const noexcept { return days_from_civil(year, month, day); }
};

/// "[+-]yyyy[-[m]m[-[d]d]]".
bool read_date(TextScan& scan, DateFields& date) noexcept {
  bool is_negative = false;
  if (scan.skip('-')) {
    is_negative = true;
  } else {
    scan.skip('+');
  }
  std::int32_t year = 0;
  if (!read_digits(scan, 4, 7, year)) { return false; }
  date.year = is_negative ? -static_cast<std::int64_t>(year) : year;
  if (!scan.skip('-')) { return true; }
  if (!read_digits(scan, 1, 2, date.month)) { return false; }
  if (!scan.skip('-')) { return date.is_valid(); }
  date.is_full = true;
  return read_digits(scan, 1, 2, date.day) && date.is_valid();
}

/// Digits behind a point, as microseconds; those beyond are dropped.
std::int32_t read_fraction(TextScan& scan) noexcept {
  std::int32_t micros = 0;
  int digits = 0;
  while (scan.next_is_digit()) {
    const int digit = scan.take() - '0';
    if (digits < 6) { micros = micros * 10 + digit; }
    ++digits;
  }
  for (; digits < 6; ++digits) { micros *= 10; }
  return micros;
}

/// "[h]h[:[m]m[:[s]s[.fraction]]]".
struct ClockFields {
  std::int32_t hour = 0;
  std::int32_t minute = 0;
  std::int32_t second = 0;
  std::int32_t micros = 0;
  int num_parts = 1;

  [[nodiscard]] bool is_valid() const noexcept { return hour <= 23 && minute <= 59 && second <= 59; }
  [[nodiscard]] std::int64_t total() const noexcept { return micros_of(hour, minute, second, micros); }
};

bool read_clock(TextScan& scan, ClockFields& clock) noexcept {
  if (!read_digits(scan, 1, 2, clock.hour)) { return false; }
  if (!scan.skip(':')) { return true; }
  clock.num_parts = 2;
  if (!read_digits(scan, 1, 2, clock.minute)) { return false; }
  if (!scan.skip(':')) { return true; }
  clock.num_parts = 3;
  if (!read_digits(scan, 1, 2, clock.second)) { return false; }
  if (scan.skip('.')) { clock.micros = read_fraction(scan); }
  return true;
}

template <typename T>
std::optional<T> parse_floating(std::string_view text) noexcept {
  text = trim_spaces(text);
  bool is_negative = false;
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
    is_negative = text[0] == '-';
    text.remove_prefix(1);
  }
  if (text.empty()) { return std::nullopt; }
  const auto with_sign = [&](T value) { return is_negative ? -value : value; };
  if (!is_ascii_digit(text[0]) && text[0] != '.') {
    if (equal_ignoring_case(text, "inf") || equal_ignoring_case(text, "infinity")) {
      return with_sign(std::numeric_limits<T>::infinity());
    }
    if (equal_ignoring_case(text, "nan")) { return std::numeric_limits<T>::quiet_NaN(); }
    return std::nullopt;
  }
  const bool is_hex = text.size() > 2 && text[0] == '0' && ascii_lower(text[1]) == 'x';
  // Java takes a type suffix, and hexadecimal numbers only with a binary exponent.
  const char last = ascii_lower(text.back());
  const bool has_exponent = !is_hex || text.find_first_of("pP") != text.npos;
  if ((last == 'd' || last == 'f') && has_exponent) { text.remove_suffix(1); }
  if (text.empty() || !has_exponent) { return std::nullopt; }
  const char* begin = text.data() + (is_hex ? 2 : 0);
  const char* end = text.data() + text.size();
  T value = 0;
  const auto result = std::from_chars(begin, end, value, is_hex ? std::chars_format::hex : std::chars_format::general);
  if (result.ptr != end || begin == end) { return std::nullopt; }
  if (result.ec == std::errc::result_out_of_range) {
    // Too large or too small: the exponent's sign tells, and where there is none the number of digits does.
    const std::size_t mark = text.find_first_of(is_hex ? "pP" : "eE");
    const bool is_tiny = mark != text.npos ? text[mark + 1] == '-' : text[0] == '0' || text[0] == '.';
    return with_sign(is_tiny ? T{0} : std::numeric_limits<T>::infinity());
  }
  return result.ec == std::errc() ? std::optional<T>(with_sign(value)) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> parse_int64(std::string_view text, bool allow_fraction) noexcept {
  text = trim_spaces(text);
  if (text.empty()) { return std::nullopt; }
  const bool is_negative = text[0] == '-';
  std::size_t at = is_negative || text[0] == '+' ? 1 : 0;
  if (at == text.size()) { return std::nullopt; }
  // Below zero there is room for one more.
  std::int64_t value = 0;
  for (; at < text.size() && is_ascii_digit(text[at]); ++at) {
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value) ||
        __builtin_sub_overflow(value, static_cast<std::int64_t>(text[at] - '0'), &value)) {
      return std::nullopt;
    }
  }
  if (at < text.size() && allow_fraction && text[at] == '.') {
    for (++at; at < text.size() && is_ascii_digit(text[at]); ++at) {}
  }
  if (at != text.size()) { return std::nullopt; }
  if (is_negative) { return value; }
  if (value == std::numeric_limits<std::int64_t>::min()) { return std::nullopt; }
  return -value;
}

std::optional<double> parse_double(std::string_view text) noexcept { return parse_floating<double>(text); }

std::optional<float> parse_float(std::string_view text) noexcept { return parse_floating<float>(text); }

std::optional<bool> parse_boolean(std::string_view text) noexcept {
  text = trim_spaces(text);
  for (const std::string_view yes : {"t", "true", "y", "yes", "1"}) {
    if (equal_ignoring_case(text, yes)) { return true; }
  }
  for (const std::string_view no : {"f", "false", "n", "no", "0"}) {
    if (equal_ignoring_case(text, no)) { return false; }
  }
  return std::nullopt;
}

std::optional<std::int32_t> parse_date(std::string_view text) noexcept {
  TextScan scan(trim_spaces(text));
  DateFields date;
  if (!read_date(scan, date)) { return std::nullopt; }
  if (!scan.at_end() && !(date.is_full && (scan.next_is(' ') || scan.next_is('T')))) { return std::nullopt; }
  const std::int64_t days = date.days();
  if (days > std::numeric_limits<std::int32_t>::max() || days < std::numeric_limits<std::int32_t>::min()) {
    return std::nullopt;
  }
  return static_cast<std::int32_t>(days);
}

std::optional<ParsedTimestamp> parse_timestamp_fields(std::string_view text) noexcept {
  const std::string_view trimmed = trim_spaces(text);
  TextScan scan(trimmed);
  if (scan.at_end()) { return std::nullopt; }
  ParsedTimestamp result;
  const std::size_t colon = trimmed.find(':');
  const bool starts_with_t = scan.skip('T');
  result.has_date = !starts_with_t && !(colon == 1 || colon == 2);
  std::int64_t days = 0;
  if (result.has_date) {
    DateFields date;
    if (!read_date(scan, date)) { return std::nullopt; }
    days = date.days();
    if (!scan.at_end() && !(date.is_full && (scan.skip(' ') || scan.skip('T')))) { return std::nullopt; }
    if (scan.at_end() && trimmed.back() == 'T') { return std::nullopt; }
  }
  ClockFields clock;
  if (!scan.at_end()) {
    if (!read_clock(scan, clock) || !clock.is_valid()) { return std::nullopt; }
    if (!scan.at_end()) {
      // A zone may stand behind seconds only.
      if (clock.num_parts != 3) { return std::nullopt; }
      result.zone = TimeZone::find(trim_spaces(trimmed.substr(scan.position())));
      if (result.zone == nullptr) { return std::nullopt; }
    }
  }
  // Summed wide: the first day of all time begins before 64 bits do.
  const auto total = static_cast<Int128>(days) * kMicrosPerDay + clock.total();
  if (total > std::numeric_limits<std::int64_t>::max() || total < std::numeric_limits<std::int64_t>::min()) {
    return std::nullopt;
  }
  result.local_micros = static_cast<std::int64_t>(total);
  return result;
}

std::optional<std::int64_t> parse_timestamp(std::string_view text, const TimeZone& zone,
                                            std::int64_t now_micros) noexcept {
  const std::optional<ParsedTimestamp> fields = parse_timestamp_fields(text);
  if (!fields) { return std::nullopt; }
  const TimeZone& own = fields->zone != nullptr ? *fields->zone : zone;
  const std::int64_t date = fields->has_date ? 0 : own.local_date(now_micros) * kMicrosPerDay;
  const std::int64_t local = date + fields->local_micros;
  const std::int64_t offset = own.offset_of_local(floor_div(local, kMicrosPerSecond)) * kMicrosPerSecond;
  std::int64_t utc = 0;
  return __builtin_sub_overflow(local, offset, &utc) ? std::nullopt : std::optional<std::int64_t>(utc);
}

std::optional<std::int64_t> parse_timestamp_ntz(std::string_view text) noexcept {
  const std::optional<ParsedTimestamp> fields = parse_timestamp_fields(text);
  return fields && fields->has_date ? std::optional<std::int64_t>(fields->local_micros) : std::nullopt;
}

std::optional<std::int64_t> parse_time_of_day(std::string_view text) noexcept {
  std::string_view trimmed = trim_spaces(text);
  bool has_half = false;
  bool is_afternoon = false;
  if (trimmed.size() > 2 && ascii_lower(trimmed.back()) == 'm') {
    const char half = ascii_lower(trimmed[trimmed.size() - 2]);
    has_half = half == 'a' || half == 'p';
    is_afternoon = half == 'p';
    if (has_half) { trimmed = trim_spaces(trimmed.substr(0, trimmed.size() - 2)); }
  }
  TextScan scan(trimmed);
  scan.skip('T');
  ClockFields clock;
  if (!read_clock(scan, clock) || clock.num_parts < 2 || !scan.at_end()) { return std::nullopt; }
  if (has_half) {
    if (clock.hour < 1 || clock.hour > 12) { return std::nullopt; }
    clock.hour = clock.hour % 12 + (is_afternoon ? 12 : 0);
  }
  return clock.is_valid() ? std::optional<std::int64_t>(clock.total()) : std::nullopt;
}

}  // namespace hammerscale::sql
