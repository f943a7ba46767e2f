#include "sql/types/value_text.hpp"

#include <charconv>
#include <cmath>

#include "sql/functions/variant_value.hpp"
#include "sql/types/decimal.hpp"
#include "sql/types/interval_text.hpp"

namespace hammerscale::sql {
namespace {

/// From "d.ddde±x", as std::to_chars gives it, to Java's notation.
void append_java_notation(std::string& out, std::string_view scientific) {
  if (scientific[0] == '-') {
    out += '-';
    scientific.remove_prefix(1);
  }
  const std::size_t mark = scientific.find('e');
  char digits[32];
  std::size_t num_digits = 0;
  for (std::size_t i = 0; i < mark; ++i) {
    if (scientific[i] != '.') { digits[num_digits++] = scientific[i]; }
  }
  if (num_digits == 2 && digits[1] == '0') { num_digits = 1; }
  int exponent = 0;
  const std::size_t sign = scientific[mark + 1] == '+' ? 1 : 0;
  std::from_chars(scientific.data() + mark + 1 + sign, scientific.data() + scientific.size(), exponent);
  const std::string_view all(digits, num_digits);
  if (exponent >= 7 || exponent < -3) {
    out += all[0];
    out += '.';
    out += all.size() > 1 ? all.substr(1) : std::string_view("0");
    out += 'E';
    append_int64(out, exponent);
    return;
  }
  if (exponent < 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-exponent - 1), '0');
    out += all;
    return;
  }
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (all.size() <= whole) {
    out += all;
    out.append(whole - all.size(), '0');
    out += ".0";
  } else {
    out += all.substr(0, whole);
    out += '.';
    out += all.substr(whole);
  }
}

template <typename T>
void append_floating(std::string& out, T value) {
  if (std::isnan(value)) {
    out += "NaN";
  } else if (std::isinf(value)) {
    out += value < 0 ? "-Infinity" : "Infinity";
  } else if (value == 0) {
    out += std::signbit(value) ? "-0.0" : "0.0";
  } else {
    char text[64];
    auto end = std::to_chars(text, text + sizeof(text), value, std::chars_format::scientific);
    // Java shows two digits at the least, and then the nearest two: 4.9E-324, though 5E-324 would do.
    const std::size_t num_digits = std::string_view(text, end.ptr).find('e') - (value < 0 ? 1 : 0);
    if (num_digits == 1) { end = std::to_chars(text, text + sizeof(text), value, std::chars_format::scientific, 1); }
    append_java_notation(out, {text, static_cast<std::size_t>(end.ptr - text)});
  }
}

void append_two_digits(std::string& out, std::int32_t value) {
  out += static_cast<char>('0' + value / 10);
  out += static_cast<char>('0' + value % 10);
}

void append_hex(std::string& out, std::string_view bytes, std::string_view separator) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i != 0) { out += separator; }
    const auto byte = static_cast<unsigned char>(bytes[i]);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
}

/// A cell of a vector, as append_text sees values.
class VectorCell {
 public:
  VectorCell(const Vector& vector, std::int32_t row) : base_(vector.base()), at_(vector.position(row)) {}
  [[nodiscard]] bool is_null() const { return base_.is_null(at_); }
  [[nodiscard]] bool boolean() const { return bitmap::get(base_.bits(), at_); }
  [[nodiscard]] std::int64_t integer() const {
    switch (base_.type().physical()) {
      case PhysicalType::kInt8: return base_.values<std::int8_t>()[at_];
      case PhysicalType::kInt16: return base_.values<std::int16_t>()[at_];
      case PhysicalType::kInt32: return base_.values<std::int32_t>()[at_];
      default: return base_.values<std::int64_t>()[at_];
    }
  }
  [[nodiscard]] Int128 unscaled() const {
    return base_.type().physical() == PhysicalType::kInt64 ? Int128{base_.values<std::int64_t>()[at_]}
                                                           : base_.values<Int128>()[at_];
  }
  [[nodiscard]] float float32() const { return base_.values<float>()[at_]; }
  [[nodiscard]] double float64() const { return base_.values<double>()[at_]; }
  [[nodiscard]] CalendarInterval interval() const { return base_.values<CalendarInterval>()[at_]; }
  [[nodiscard]] std::string_view bytes() const { return base_.values<StringView>()[at_].view(); }
  [[nodiscard]] std::int32_t length() const { return base_.values<ListEntry>()[at_].length; }
  /// Element i of a list's child, and a struct's field.
  [[nodiscard]] VectorCell element(std::size_t child, std::int32_t i) const {
    return {base_.child(child), base_.values<ListEntry>()[at_].offset + i};
  }
  [[nodiscard]] VectorCell field(std::size_t i) const { return {base_.child(i), at_}; }

 private:
  const Vector& base_;
  std::int32_t at_;
};

class ValueCell {
 public:
  ValueCell(const Value& value, std::size_t parts) : value_(value), parts_(parts) {}
  [[nodiscard]] bool is_null() const { return value_.is_null(); }
  [[nodiscard]] bool boolean() const { return value_.as_bool(); }
  [[nodiscard]] std::int64_t integer() const { return value_.as_int64(); }
  [[nodiscard]] Int128 unscaled() const { return value_.as_int128(); }
  [[nodiscard]] float float32() const { return value_.as_float(); }
  [[nodiscard]] double float64() const { return value_.as_double(); }
  [[nodiscard]] CalendarInterval interval() const { return value_.as_interval(); }
  [[nodiscard]] std::string_view bytes() const { return value_.as_string(); }
  [[nodiscard]] std::int32_t length() const { return static_cast<std::int32_t>(value_.as_list().size() / parts_); }
  [[nodiscard]] const Value& item(std::size_t i) const { return value_.as_list()[i]; }

 private:
  const Value& value_;
  std::size_t parts_;
};

std::size_t parts_of(const DataType& type) { return type.id() == TypeId::kMap ? 2 : 1; }

VectorCell element_of(const VectorCell& cell, const DataType&, std::size_t child, std::int32_t i) {
  return cell.element(child, i);
}
VectorCell field_of(const VectorCell& cell, const DataType&, std::size_t i) { return cell.field(i); }
ValueCell element_of(const ValueCell& cell, const DataType& type, std::size_t child, std::int32_t i) {
  const DataType& part = type.id() == TypeId::kArray ? type.element() : child == 0 ? type.key() : type.value();
  return {cell.item(static_cast<std::size_t>(i) * parts_of(type) + child), parts_of(part)};
}
ValueCell field_of(const ValueCell& cell, const DataType& type, std::size_t i) {
  return {cell.item(i), parts_of(type.fields()[i].type)};
}

template <typename Cell>
void append_text(std::string& out, const DataType& type, const Cell& cell, TextStyle style, const TimeZone& zone) {
  if (type.is_null() || cell.is_null()) {
    out += style == TextStyle::kCast ? "null" : "NULL";
    return;
  }
  switch (type.id()) {
    case TypeId::kNull: break;
    case TypeId::kBoolean: out += cell.boolean() ? "true" : "false"; break;
    case TypeId::kTinyint:
    case TypeId::kSmallint:
    case TypeId::kInt:
    case TypeId::kBigint: append_int64(out, cell.integer()); break;
    case TypeId::kFloat: append_float(out, cell.float32()); break;
    case TypeId::kDouble: append_double(out, cell.float64()); break;
    case TypeId::kDecimal: append_decimal(out, cell.unscaled(), type.scale()); break;
    case TypeId::kString: out += cell.bytes(); break;
    case TypeId::kVariant: append_variant_json(out, VariantView(cell.bytes()), zone); break;
    case TypeId::kBinary:
      if (style == TextStyle::kCast) {
        out += cell.bytes();
      } else {
        out += '[';
        append_hex(out, cell.bytes(), " ");
        out += ']';
      }
      break;
    case TypeId::kDate: append_date(out, static_cast<std::int32_t>(cell.integer())); break;
    case TypeId::kTime: append_time_of_day(out, cell.integer() / kNanosPerMicro); break;
    case TypeId::kTimestamp: append_timestamp(out, zone.to_local_micros(cell.integer())); break;
    case TypeId::kTimestampNtz: append_timestamp(out, cell.integer()); break;
    case TypeId::kYearMonthInterval:
      append_year_month_interval(out, cell.integer(), type.start_field(), type.end_field());
      break;
    case TypeId::kDayTimeInterval:
      append_day_time_interval(out, cell.integer(), type.start_field(), type.end_field());
      break;
    case TypeId::kCalendarInterval: append_calendar_interval(out, cell.interval()); break;
    case TypeId::kArray:
      out += '[';
      for (std::int32_t i = 0; i < cell.length(); ++i) {
        if (i != 0) { out += ", "; }
        append_text(out, type.element(), element_of(cell, type, 0, i), style, zone);
      }
      out += ']';
      break;
    case TypeId::kMap:
      out += '{';
      for (std::int32_t i = 0; i < cell.length(); ++i) {
        if (i != 0) { out += ", "; }
        append_text(out, type.key(), element_of(cell, type, 0, i), style, zone);
        out += " -> ";
        append_text(out, type.value(), element_of(cell, type, 1, i), style, zone);
      }
      out += '}';
      break;
    case TypeId::kStruct:
      out += '{';
      for (std::size_t i = 0; i < type.fields().size(); ++i) {
        if (i != 0) { out += ", "; }
        append_text(out, type.fields()[i].type, field_of(cell, type, i), style, zone);
      }
      out += '}';
      break;
  }
}

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') { out += '\\'; }
    out += c;
  }
  return out + "'";
}

std::string to_sql(const Value& value, const DataType& type, const TimeZone& zone, bool is_message) {
  if (value.is_null()) { return type.is_null() || is_message ? "NULL" : "CAST(NULL AS " + type.to_sql() + ")"; }
  const std::string text = type.is_nested() || type.id() == TypeId::kBinary
                               ? std::string()
                               : value_text(value, type, TextStyle::kCast, zone);
  const auto list = [&](std::string_view name, auto type_of_item) {
    std::string out(name);
    out += '(';
    const Value::List& items = value.as_list();
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i != 0) { out += ", "; }
      out += to_sql(items[i], type_of_item(i), zone, is_message);
    }
    return out + ")";
  };
  switch (type.id()) {
    case TypeId::kTinyint: return text + "Y";
    case TypeId::kSmallint: return text + "S";
    case TypeId::kBigint: return text + "L";
    case TypeId::kFloat:
      if (!std::isfinite(value.as_float())) { return is_message ? text : "CAST('" + text + "' AS FLOAT)"; }
      return is_message ? text : "CAST(" + text + " AS FLOAT)";
    case TypeId::kDouble:
      if (!std::isfinite(value.as_double())) { return is_message ? text : "CAST('" + text + "' AS DOUBLE)"; }
      return text + "D";
    case TypeId::kDecimal: return text + "BD";
    case TypeId::kString: return quoted(text);
    case TypeId::kBinary: {
      std::string out = "X'";
      append_hex(out, value.as_string(), "");
      return out + "'";
    }
    case TypeId::kDate: return "DATE '" + text + "'";
    case TypeId::kTime: return "TIME '" + text + "'";
    case TypeId::kTimestamp: return "TIMESTAMP '" + text + "'";
    case TypeId::kTimestampNtz: return "TIMESTAMP_NTZ '" + text + "'";
    case TypeId::kArray: return list("ARRAY", [&](std::size_t) { return type.element(); });
    case TypeId::kMap: return list("MAP", [&](std::size_t i) { return i % 2 == 0 ? type.key() : type.value(); });
    case TypeId::kStruct: {
      std::string out = "NAMED_STRUCT(";
      const std::vector<Field>& fields = type.fields();
      for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i != 0) { out += ", "; }
        out += quoted(fields[i].name) + ", " + to_sql(value.as_list()[i], fields[i].type, zone, is_message);
      }
      return out + ")";
    }
    default: return text;
  }
}

}  // namespace

void append_int64(std::string& out, std::int64_t value) {
  char text[24];
  const auto end = std::to_chars(text, text + sizeof(text), value);
  out.append(text, end.ptr);
}

void append_double(std::string& out, double value) { append_floating(out, value); }

void append_float(std::string& out, float value) { append_floating(out, value); }

void append_date(std::string& out, std::int32_t days) {
  const CivilDate date = civil_from_days(days);
  if (date.year >= 0 && date.year <= 9999) {
    append_two_digits(out, date.year / 100);
    append_two_digits(out, date.year % 100);
  } else {
    out += date.year < 0 ? '-' : '+';
    const std::string year = std::to_string(std::abs(static_cast<std::int64_t>(date.year)));
    if (year.size() < 4) { out.append(4 - year.size(), '0'); }
    out += year;
  }
  out += '-';
  append_two_digits(out, date.month);
  out += '-';
  append_two_digits(out, date.day);
}

void append_time_of_day(std::string& out, std::int64_t micros) {
  const TimeOfDay time = time_of_day(micros);
  append_two_digits(out, time.hour);
  out += ':';
  append_two_digits(out, time.minute);
  out += ':';
  append_two_digits(out, time.second);
  if (time.microsecond == 0) { return; }
  char digits[7] = {'.'};
  std::int32_t rest = time.microsecond;
  for (std::size_t i = 6; i > 0; --i) {
    digits[i] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  }
  std::size_t length = 7;
  while (digits[length - 1] == '0') { --length; }
  out.append(digits, length);
}

void append_timestamp(std::string& out, std::int64_t local_micros) {
  const std::int64_t days = floor_div(local_micros, kMicrosPerDay);
  append_date(out, static_cast<std::int32_t>(days));
  out += ' ';
  append_time_of_day(out, local_micros - days * kMicrosPerDay);
}

void append_cell_text(std::string& out, const Vector& vector, std::int32_t row, TextStyle style, const TimeZone& zone) {
  append_text(out, vector.type(), VectorCell(vector, row), style, zone);
}

std::string value_text(const Value& value, const DataType& type, TextStyle style, const TimeZone& zone) {
  std::string out;
  append_text(out, type, ValueCell(value, parts_of(type)), style, zone);
  return out;
}

std::string value_sql(const Value& value, const DataType& type, const TimeZone& zone) {
  return to_sql(value, type, zone, false);
}

std::string value_in_message(const Value& value, const DataType& type, const TimeZone& zone) {
  return to_sql(value, type, zone, true);
}

}  // namespace hammerscale::sql
