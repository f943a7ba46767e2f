#include "sql/types/interval_text.hpp"

#include <array>
#include <limits>

#include "sql/types/civil_time.hpp"
#include "sql/types/text_scan.hpp"

namespace hammerscale::sql {
namespace {

constexpr std::array<std::string_view, 6> kFieldNames = {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"};
constexpr std::array<std::int64_t, 6> kFieldMicros = {
    0, 0, kMicrosPerDay, kMicrosPerHour, kMicrosPerMinute, kMicrosPerSecond};

std::string_view name_of(IntervalField field) { return kFieldNames[static_cast<std::size_t>(field)]; }

void append_fields(std::string& out, IntervalField start, IntervalField end) {
  out += ' ';
  out += name_of(start);
  if (start != end) {
    out += " TO ";
    out += name_of(end);
  }
}

void append_two_digits(std::string& out, std::uint64_t value) {
  if (value < 10) { out += '0'; }
  out += std::to_string(value);
}

/// ".5" for 500000; nothing for 0.
void append_fraction(std::string& out, std::uint64_t micros) {
  if (micros == 0) { return; }
  char digits[6];
  for (int i = 5; i >= 0; --i) {
    digits[i] = static_cast<char>('0' + micros % 10);
    micros /= 10;
  }
  std::size_t length = 6;
  while (digits[length - 1] == '0') { --length; }
  out += '.';
  out.append(digits, length);
}

std::uint64_t magnitude(std::int64_t value) {
  return value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
}

/// "[+|-]y-m" and the like, as error messages list them.
std::string_view format_of(IntervalField start, IntervalField end) {
  constexpr std::string_view kFormats[6][6] = {
      {"[+|-]y", "[+|-]y-m", "", "", "", ""},
      {"", "[+|-]m", "", "", "", ""},
      {"", "", "[+|-]d", "[+|-]d h", "[+|-]d h:m", "[+|-]d h:m:s.n"},
      {"", "", "", "[+|-]h", "[+|-]h:m", "[+|-]h:m:s.n"},
      {"", "", "", "", "[+|-]m", "[+|-]m:s.n"},
      {"", "", "", "", "", "[+|-]s.n"},
  };
  return kFormats[static_cast<std::size_t>(start)][static_cast<std::size_t>(end)];
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) { c = ascii_lower(c); }
  return out;
}

/// Takes "INTERVAL [+-]'...' FIELDS" apart.
/// @return the text between the quotes and whether a minus stood before them; the text itself when it is no literal;
///         none when it is one of other fields.
struct Unwrapped {
  std::string_view text;
  bool is_negated = false;
};
std::optional<Unwrapped> unwrap_literal(std::string_view text, IntervalField start, IntervalField end) {
  TextScan scan(text);
  if (!scan.skip_word("INTERVAL")) { return Unwrapped{text, false}; }
  if (!scan.skip_spaces()) { return std::nullopt; }
  Unwrapped result;
  if (scan.skip('-')) {
    result.is_negated = true;
  } else {
    scan.skip('+');
  }
  if (!scan.skip('\'')) { return std::nullopt; }
  const std::size_t open = scan.position();
  const std::size_t close = text.find('\'', open);
  if (close == text.npos) { return std::nullopt; }
  result.text = text.substr(open, close - open);
  scan.move_to(close + 1);
  if (!scan.skip_spaces() || !scan.skip_word(name_of(start))) { return std::nullopt; }
  if (start != end) {
    if (!scan.skip_spaces() || !scan.skip_word("TO") || !scan.skip_spaces() || !scan.skip_word(name_of(end))) {
      return std::nullopt;
    }
  }
  return scan.at_end() ? std::optional<Unwrapped>(result) : std::nullopt;
}

void set_unmatched(IntervalTextError* error, std::string_view text, bool is_year_month, IntervalField start,
                   IntervalField end) {
  if (error == nullptr) { return; }
  const std::string_view format = format_of(start, end);
  std::string fields;
  append_fields(fields, start, end);
  std::string supported = "`";
  supported += format;
  supported += "`, `INTERVAL [+|-]'";
  supported += format;
  supported.append("'").append(fields).append("`");
  error->condition = is_year_month ? "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING"
                                   : "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE";
  error->parameters = {{"input", std::string(text)},
                       {"intervalStr", is_year_month ? "year-month" : "day-time"},
                       {"supportedFormat", supported},
                       {"typeName", lower(std::string("interval").append(fields))}};
}

void set_invalid(IntervalTextError* error, std::string_view text, bool is_year_month, std::string_view message) {
  if (error == nullptr) { return; }
  if (is_year_month) {
    error->condition = "INVALID_INTERVAL_FORMAT.INTERVAL_PARSING";
    error->parameters = {{"input", std::string(text)}, {"interval", "year-month"}};
  } else {
    error->condition = "INVALID_INTERVAL_FORMAT.DAY_TIME_PARSING";
    error->parameters = {{"input", std::string(text)}, {"msg", std::string(message)}};
  }
}

/// The units of a calendar interval.
enum class Unit : std::uint8_t { kYear, kMonth, kWeek, kDay, kHour, kMinute, kSecond, kMillisecond, kMicrosecond };

std::optional<Unit> find_unit(std::string_view word) {
  constexpr std::array<std::string_view, 9> kUnits = {"year",   "month",  "week",        "day",        "hour",
                                                      "minute", "second", "millisecond", "microsecond"};
  for (std::size_t i = 0; i < kUnits.size(); ++i) {
    const bool is_plural = word.size() == kUnits[i].size() + 1 && ascii_lower(word.back()) == 's';
    if (equal_ignoring_case(word.substr(0, word.size() - (is_plural ? 1 : 0)), kUnits[i])) {
      return static_cast<Unit>(i);
    }
  }
  return std::nullopt;
}

/// Adds value * factor to `total`; false on overflow.
template <typename T>
bool add_product(T& total, std::int64_t value, std::int64_t factor) {
  std::int64_t product = 0;
  std::int64_t sum = 0;
  if (__builtin_mul_overflow(value, factor, &product) ||
      __builtin_add_overflow(static_cast<std::int64_t>(total), product, &sum)) {
    return false;
  }
  if (sum > std::numeric_limits<T>::max() || sum < std::numeric_limits<T>::min()) { return false; }
  total = static_cast<T>(sum);
  return true;
}

}  // namespace

void append_year_month_interval(std::string& out, std::int64_t months, IntervalField start, IntervalField end) {
  const std::uint64_t absolute = magnitude(months);
  out += "INTERVAL '";
  if (months < 0) { out += '-'; }
  if (start == IntervalField::kMonth) {
    out += std::to_string(absolute);
  } else {
    out += std::to_string(absolute / 12);
    if (end == IntervalField::kMonth) {
      out += '-';
      out += std::to_string(absolute % 12);
    }
  }
  out += '\'';
  append_fields(out, start, end);
}

void append_day_time_interval(std::string& out, std::int64_t micros, IntervalField start, IntervalField end) {
  std::uint64_t rest = magnitude(micros);
  out += "INTERVAL '";
  if (micros < 0) { out += '-'; }
  for (auto at = static_cast<std::size_t>(start); at <= static_cast<std::size_t>(end); ++at) {
    const auto field = static_cast<IntervalField>(at);
    const auto unit = static_cast<std::uint64_t>(kFieldMicros[at]);
    if (field == IntervalField::kDay) {
      out += std::to_string(rest / unit);
    } else {
      if (field != start) { out += field == IntervalField::kHour ? ' ' : ':'; }
      append_two_digits(out, rest / unit);
    }
    rest %= unit;
  }
  if (end == IntervalField::kSecond) { append_fraction(out, rest); }
  out += '\'';
  append_fields(out, start, end);
}

void append_calendar_interval(std::string& out, const CalendarInterval& interval) {
  const std::size_t begin = out.size();
  const auto append_part = [&](std::int64_t value, std::string_view unit) {
    if (value == 0) { return; }
    if (out.size() != begin) { out += ' '; }
    out += std::to_string(value);
    out += unit;
  };
  append_part(interval.months / 12, " years");
  append_part(interval.months % 12, " months");
  append_part(interval.days, " days");
  append_part(interval.microseconds / kMicrosPerHour, " hours");
  append_part(interval.microseconds % kMicrosPerHour / kMicrosPerMinute, " minutes");
  if (const std::int64_t rest = interval.microseconds % kMicrosPerMinute; rest != 0) {
    if (out.size() != begin) { out += ' '; }
    if (rest < 0) { out += '-'; }
    const std::uint64_t absolute = magnitude(rest);
    out += std::to_string(absolute / 1'000'000);
    append_fraction(out, absolute % 1'000'000);
    out += " seconds";
  }
  if (out.size() == begin) { out += "0 seconds"; }
}

std::optional<std::int32_t> parse_year_month_interval(std::string_view text, IntervalField start, IntervalField end,
                                                      IntervalTextError* error) {
  const std::optional<Unwrapped> inner = unwrap_literal(trim_spaces(text), start, end);
  const auto unmatched = [&]() -> std::optional<std::int32_t> {
    set_unmatched(error, text, true, start, end);
    return std::nullopt;
  };
  if (!inner) { return unmatched(); }
  TextScan scan(inner->text);
  bool is_negative = inner->is_negated;
  if (scan.skip('-')) {
    is_negative = !is_negative;
  } else {
    scan.skip('+');
  }
  std::uint64_t first = 0;
  std::uint64_t second = 0;
  const bool has_first = scan.number(first);
  const bool is_pair = start != end;
  if (!has_first || (is_pair && (!scan.skip('-') || !scan.number(second))) || !scan.at_end()) { return unmatched(); }
  std::int64_t months = 0;
  const bool in_range = first <= std::numeric_limits<std::int32_t>::max() && (!is_pair || second < 12);
  if (in_range) {
    months = start == IntervalField::kYear ? static_cast<std::int64_t>(first) * 12 + static_cast<std::int64_t>(second)
                                           : static_cast<std::int64_t>(first);
    if (is_negative) { months = -months; }
  }
  if (!in_range || months > std::numeric_limits<std::int32_t>::max() ||
      months < std::numeric_limits<std::int32_t>::min()) {
    set_invalid(error, text, true, {});
    return std::nullopt;
  }
  return static_cast<std::int32_t>(months);
}

std::optional<std::int64_t> parse_day_time_interval(std::string_view text, IntervalField start, IntervalField end,
                                                    IntervalTextError* error) {
  const std::optional<Unwrapped> inner = unwrap_literal(trim_spaces(text), start, end);
  const auto unmatched = [&]() -> std::optional<std::int64_t> {
    set_unmatched(error, text, false, start, end);
    return std::nullopt;
  };
  if (!inner) { return unmatched(); }
  TextScan scan(inner->text);
  bool is_negative = inner->is_negated;
  if (scan.skip('-')) {
    is_negative = !is_negative;
  } else {
    scan.skip('+');
  }
  // Summed up below zero, where there is room for one more.
  std::int64_t total = 0;
  bool overflows = false;
  std::string out_of_range;
  for (auto at = static_cast<std::size_t>(start); at <= static_cast<std::size_t>(end); ++at) {
    const auto field = static_cast<IntervalField>(at);
    if (field != start && !scan.skip(field == IntervalField::kHour ? ' ' : ':')) { return unmatched(); }
    std::uint64_t value = 0;
    const std::size_t from = scan.position();
    if (!scan.number(value)) { return unmatched(); }
    if (field != start && scan.position() - from > 2) { return unmatched(); }
    if (field != start && value > (field == IntervalField::kHour ? 23U : 59U) && out_of_range.empty()) {
      out_of_range = "requirement failed: " + lower(name_of(field)) + " " + std::to_string(value) +
                     " outside range [0, " + (field == IntervalField::kHour ? "23" : "59") + "]";
    }
    overflows = overflows || value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) ||
                !add_product(total, -static_cast<std::int64_t>(value), kFieldMicros[at]);
  }
  if (end == IntervalField::kSecond && scan.skip('.')) {
    std::int64_t micros = 0;
    int digits = 0;
    while (scan.next_is_digit()) {
      const int digit = scan.take() - '0';
      if (digits < 6) { micros = micros * 10 + digit; }
      ++digits;
    }
    if (digits == 0 || digits > 9) { return unmatched(); }
    for (; digits < 6; ++digits) { micros *= 10; }
    overflows = overflows || !add_product(total, -micros, 1);
  }
  if (!scan.at_end()) { return unmatched(); }
  if (!out_of_range.empty() || overflows || (!is_negative && total == std::numeric_limits<std::int64_t>::min())) {
    set_invalid(error, text, false, out_of_range.empty() ? "long overflow" : out_of_range);
    return std::nullopt;
  }
  return is_negative ? total : -total;
}

std::optional<CalendarInterval> parse_calendar_interval(std::string_view text, IntervalTextError* error) {
  const auto fail = [&](std::string_view kind, std::string_view name = {},
                        std::string_view value = {}) -> std::optional<CalendarInterval> {
    if (error != nullptr) {
      error->condition = std::string("INVALID_INTERVAL_FORMAT.").append(kind);
      error->parameters = {{"input", std::string(text)}};
      if (!name.empty()) { error->parameters.emplace_back(name, std::string("'").append(value).append("'")); }
    }
    return std::nullopt;
  };
  const std::string_view trimmed = trim_spaces(text);
  if (trimmed.empty()) { return fail("INPUT_IS_EMPTY"); }
  TextScan scan(trimmed);
  if (scan.skip_word("interval")) {
    if (scan.at_end()) { return fail("INPUT_IS_EMPTY"); }
    if (!scan.skip_spaces()) { return fail("INVALID_PREFIX", "prefix", scan.word_at(0)); }
  }
  CalendarInterval result;
  while (!scan.at_end()) {
    const std::size_t word_start = scan.position();
    bool is_negative = false;
    if (scan.skip('-')) {
      is_negative = true;
    } else {
      scan.skip('+');
    }
    scan.skip_spaces();
    if (scan.at_end()) { return fail("MISSING_NUMBER", "word", scan.word_at(word_start)); }
    std::int64_t value = 0;
    std::int64_t fraction = 0;
    int fraction_digits = -1;
    if (!scan.next_is_digit() && !scan.next_is('.')) {
      return fail("UNRECOGNIZED_NUMBER", "number", scan.word_at(scan.position()));
    }
    bool overflows = false;
    while (scan.next_is_digit()) {
      const std::int64_t digit = scan.take() - '0';
      overflows = overflows || __builtin_mul_overflow(value, std::int64_t{10}, &value) ||
                  __builtin_add_overflow(value, digit, &value);
    }
    if (overflows) { return fail("UNRECOGNIZED_NUMBER", "number", scan.word_at(word_start)); }
    if (scan.skip('.')) {
      fraction_digits = 0;
      while (scan.next_is_digit()) {
        const int digit = scan.take() - '0';
        if (fraction_digits < 9) { fraction = fraction * 10 + digit; }
        ++fraction_digits;
      }
      if (fraction_digits > 9) { return fail("INVALID_PRECISION", "value", scan.word_at(word_start)); }
      for (int i = fraction_digits; i < 9; ++i) { fraction *= 10; }
      fraction /= kNanosPerMicro;
    }
    if (scan.at_end()) { return fail("MISSING_UNIT", "word", scan.word_at(word_start)); }
    if (!scan.skip_spaces()) { return fail("INVALID_VALUE", "value", scan.word_at(word_start)); }
    if (scan.at_end()) { return fail("MISSING_UNIT", "word", scan.word_at(word_start)); }
    const std::string_view word = scan.take_word();
    const std::optional<Unit> unit = find_unit(word);
    if (!unit) { return fail("INVALID_UNIT", "unit", word); }
    if (fraction_digits >= 0 && *unit != Unit::kSecond) { return fail("INVALID_FRACTION", "unit", word); }
    if (is_negative) {
      value = -value;
      fraction = -fraction;
    }
    bool fits = true;
    switch (*unit) {
      case Unit::kYear: fits = add_product(result.months, value, 12); break;
      case Unit::kMonth: fits = add_product(result.months, value, 1); break;
      case Unit::kWeek: fits = add_product(result.days, value, 7); break;
      case Unit::kDay: fits = add_product(result.days, value, 1); break;
      case Unit::kHour: fits = add_product(result.microseconds, value, kMicrosPerHour); break;
      case Unit::kMinute: fits = add_product(result.microseconds, value, kMicrosPerMinute); break;
      case Unit::kSecond:
        fits =
            add_product(result.microseconds, value, kMicrosPerSecond) && add_product(result.microseconds, fraction, 1);
        break;
      case Unit::kMillisecond: fits = add_product(result.microseconds, value, kMicrosPerMilli); break;
      case Unit::kMicrosecond: fits = add_product(result.microseconds, value, 1); break;
    }
    if (!fits) { return fail("ARITHMETIC_EXCEPTION"); }
    scan.skip_spaces();
  }
  return result;
}

}  // namespace hammerscale::sql
