#include "sql/plan/literal_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace hammerscale::sql {

namespace {

constexpr std::int64_t kMicrosPerSecond = 1'000'000;
constexpr std::int64_t kMicrosPerDay = 86'400 * kMicrosPerSecond;

std::string pad(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

/// Shortest digits that read back as the value, laid out as Java does: 1.0, 1.5E10, 1.0E-4.
template <typename T>
std::string floating_text(T value) {
  if (std::isnan(value)) { return "NaN"; }
  if (std::isinf(value)) { return value < 0 ? "-Infinity" : "Infinity"; }
  std::array<char, 64> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific).ptr;
  std::string text(buffer.data(), end);
  const auto at = text.find('e');
  const int exponent = std::atoi(text.c_str() + at + 1);
  std::string digits;
  std::string sign;
  for (const char c : text.substr(0, at)) {
    if (c == '-') { sign = "-"; } else if (c != '.') { digits += c; }
  }
  if (exponent >= -3 && exponent < 7) {
    if (exponent < 0) { return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits; }
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole) { digits.append(whole + 1 - digits.size(), '0'); }
    return sign + digits.substr(0, whole) + "." + digits.substr(whole);
  }
  if (digits.size() == 1) { digits += '0'; }
  return sign + digits.substr(0, 1) + "." + digits.substr(1) + "E" + std::to_string(exponent);
}

std::string decimal_text(Int128 unscaled, int scale) {
  __extension__ using Unsigned = unsigned __int128;
  Unsigned magnitude = unscaled < 0 ? -static_cast<Unsigned>(unscaled) : static_cast<Unsigned>(unscaled);
  std::string digits;
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(magnitude % 10)));
    magnitude /= 10;
  } while (magnitude != 0);
  if (scale < 0) { digits.append(static_cast<std::size_t>(-scale), '0'); }
  if (scale > 0) {
    const auto places = static_cast<std::size_t>(scale);
    if (digits.size() <= places) { digits.insert(0, places + 1 - digits.size(), '0'); }
    digits.insert(digits.size() - places, ".");
  }
  return unscaled < 0 ? "-" + digits : digits;
}

std::string date_text(std::int64_t days) {
  // Civil date from a day count; eras of 400 years begin on 1 March 0000.
  const std::int64_t shifted = days + 719468;
  const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const std::int64_t day_of_era = shifted - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const std::int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const std::string sign = year < 0 ? "-" : year > 9999 ? "+" : "";
  return sign + pad(std::abs(year), 4) + "-" + pad(month, 2) + "-" + pad(day, 2);
}

/// ".5" for half a second of `digits` places; nothing for none.
std::string fraction_text(std::int64_t fraction, std::size_t digits) {
  if (fraction == 0) { return ""; }
  std::string text = pad(fraction, digits);
  text.erase(text.find_last_not_of('0') + 1);
  return "." + text;
}

std::string clock_text(std::int64_t seconds) {
  return pad(seconds / 3600, 2) + ":" + pad(seconds / 60 % 60, 2) + ":" + pad(seconds % 60, 2);
}

std::string timestamp_text(std::int64_t micros) {
  std::int64_t days = micros / kMicrosPerDay;
  std::int64_t rest = micros % kMicrosPerDay;
  if (rest < 0) {
    rest += kMicrosPerDay;
    --days;
  }
  return date_text(days) + " " + clock_text(rest / kMicrosPerSecond) + fraction_text(rest % kMicrosPerSecond, 6);
}

std::string field_name(IntervalField field) {
  constexpr std::array<const char*, 6> kNames{"YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"};
  return kNames[static_cast<std::size_t>(field)];
}

std::string year_month_text(std::int64_t months, IntervalField start, IntervalField end) {
  const std::string sign = months < 0 ? "-" : "";
  const std::int64_t magnitude = std::abs(months);
  if (start == end) {
    return sign + std::to_string(start == IntervalField::kYear ? magnitude / 12 : magnitude);
  }
  return sign + std::to_string(magnitude / 12) + "-" + std::to_string(magnitude % 12);
}

std::string day_time_text(std::int64_t micros, IntervalField start, IntervalField end) {
  const bool negative = micros < 0;
  std::uint64_t rest = negative ? 0 - static_cast<std::uint64_t>(micros) : static_cast<std::uint64_t>(micros);
  constexpr std::array<std::uint64_t, 4> kUnits{86'400'000'000ULL, 3'600'000'000ULL, 60'000'000ULL, 1'000'000ULL};
  std::string text;
  for (auto field = static_cast<int>(start); field <= static_cast<int>(end); ++field) {
    const auto unit = kUnits[static_cast<std::size_t>(field) - 2];
    const auto count = static_cast<std::int64_t>(rest / unit);
    rest %= unit;
    if (field > static_cast<int>(start)) { text += field == 3 ? " " : ":"; }
    text += field == 2 ? std::to_string(count) : pad(count, 2);
    if (field == 5) { text += fraction_text(static_cast<std::int64_t>(rest), 6); }
  }
  return negative ? "-" + text : text;
}

std::string calendar_interval_text(const CalendarInterval& interval) {
  std::string text;
  const auto add = [&text](std::int64_t count, const char* unit) {
    if (count != 0) { text += (text.empty() ? "" : " ") + std::to_string(count) + " " + unit; }
  };
  add(interval.months / 12, "years");
  add(interval.months % 12, "months");
  add(interval.days, "days");
  add(interval.microseconds / 3'600'000'000, "hours");
  add(interval.microseconds / 60'000'000 % 60, "minutes");
  const std::int64_t rest = interval.microseconds % 60'000'000;
  if (rest != 0) {
    text += (text.empty() ? "" : " ") + std::string(rest < 0 ? "-" : "") + std::to_string(std::abs(rest) / kMicrosPerSecond) +
            fraction_text(std::abs(rest) % kMicrosPerSecond, 6) + " seconds";
  }
  return text.empty() ? "0 seconds" : text;
}

std::string hex_text(const std::string& bytes) {
  constexpr const char* kDigits = "0123456789ABCDEF";
  std::string text;
  for (const char c : bytes) {
    text += kDigits[static_cast<unsigned char>(c) >> 4];
    text += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') { out += '\\'; }
    out += c;
  }
  return out + "'";
}

/// INTERVAL '1-2' YEAR TO MONTH around a text.
std::string interval_with_fields(const std::string& text, const DataType& type) {
  std::string out = "INTERVAL '" + text + "' " + field_name(type.start_field());
  if (type.start_field() != type.end_field()) { out += " TO " + field_name(type.end_field()); }
  return out;
}

enum class Style { kSql, kName, kText };

std::string value_text(const Value& value, const DataType& type, Style style);

std::string nested_text(const Value& value, const DataType& type, Style style) {
  const auto& list = value.as_list();
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  switch (type.id()) {
    case TypeId::kArray:
      for (const auto& element : list) { add(value_text(element, type.element(), style)); }
      return style == Style::kText ? "[" + text + "]" : "ARRAY(" + text + ")";
    case TypeId::kMap:
      for (std::size_t i = 0; i + 1 < list.size(); i += 2) {
        const auto key = value_text(list[i], type.key(), style);
        const auto held = value_text(list[i + 1], type.value(), style);
        add(style == Style::kText ? key + " -> " + held : key + ", " + held);
      }
      return style == Style::kText ? "{" + text + "}" : "MAP(" + text + ")";
    default:
      for (std::size_t i = 0; i < list.size() && i < type.fields().size(); ++i) {
        const auto held = value_text(list[i], type.fields()[i].type, style);
        add(style == Style::kText ? held : quoted(type.fields()[i].name) + ", " + held);
      }
      return style == Style::kText ? "{" + text + "}" : "NAMED_STRUCT(" + text + ")";
  }
}

std::string value_text(const Value& value, const DataType& type, Style style) {
  const bool bare = style != Style::kSql;
  const bool plain = style == Style::kText;
  if (value.is_null()) {
    if (style == Style::kSql && !type.is_null()) { return "CAST(NULL AS " + type.to_sql() + ")"; }
    return plain ? "null" : "NULL";
  }
  switch (type.id()) {
    case TypeId::kNull: return plain ? "null" : "NULL";
    case TypeId::kBoolean: return value.as_bool() ? "true" : "false";
    case TypeId::kTinyint: return std::to_string(value.as_int64()) + (bare ? "" : "Y");
    case TypeId::kSmallint: return std::to_string(value.as_int64()) + (bare ? "" : "S");
    case TypeId::kInt: return std::to_string(value.as_int64());
    case TypeId::kBigint: return std::to_string(value.as_int64()) + (bare ? "" : "L");
    case TypeId::kFloat: {
      const auto text = floating_text(value.as_float());
      return bare ? text : "CAST(" + (std::isfinite(value.as_float()) ? text : quoted(text)) + " AS FLOAT)";
    }
    case TypeId::kDouble: {
      const auto text = floating_text(value.as_double());
      if (bare) { return text; }
      return std::isfinite(value.as_double()) ? text + "D" : "CAST(" + quoted(text) + " AS DOUBLE)";
    }
    case TypeId::kDecimal: return decimal_text(value.as_int128(), type.scale()) + (bare ? "" : "BD");
    case TypeId::kString: return bare ? value.as_string() : quoted(value.as_string());
    case TypeId::kBinary: return plain ? "0x" + hex_text(value.as_string()) : "X'" + hex_text(value.as_string()) + "'";
    case TypeId::kDate: return plain ? date_text(value.as_int64()) : "DATE '" + date_text(value.as_int64()) + "'";
    case TypeId::kTime: {
      const auto nanos = value.as_int64();
      const auto text = clock_text(nanos / 1'000'000'000) + fraction_text(nanos % 1'000'000'000, 9);
      return plain ? text : "TIME '" + text + "'";
    }
    case TypeId::kTimestamp:
      return plain ? timestamp_text(value.as_int64()) : "TIMESTAMP '" + timestamp_text(value.as_int64()) + "'";
    case TypeId::kTimestampNtz:
      return plain ? timestamp_text(value.as_int64()) : "TIMESTAMP_NTZ '" + timestamp_text(value.as_int64()) + "'";
    case TypeId::kYearMonthInterval:
      return interval_with_fields(year_month_text(value.as_int64(), type.start_field(), type.end_field()), type);
    case TypeId::kDayTimeInterval:
      return interval_with_fields(day_time_text(value.as_int64(), type.start_field(), type.end_field()), type);
    case TypeId::kCalendarInterval: {
      const auto text = calendar_interval_text(value.as_interval());
      return plain ? text : "INTERVAL '" + text + "'";
    }
    case TypeId::kVariant: return "X'" + hex_text(value.as_string()) + "'";
    case TypeId::kArray:
    case TypeId::kMap:
    case TypeId::kStruct: return nested_text(value, type, style);
  }
  return "";
}

}  // namespace

std::string literal_to_sql(const Literal& literal) { return value_text(literal.value, literal.type, Style::kSql); }

std::string literal_to_name(const Literal& literal) { return value_text(literal.value, literal.type, Style::kName); }

std::string literal_to_text(const Literal& literal) { return value_text(literal.value, literal.type, Style::kText); }

}  // namespace hammerscale::sql
