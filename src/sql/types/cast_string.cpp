#include <algorithm>
#include <string>

#include "hammerscale/base/check.hpp"
#include "sql/types/cast_loop.hpp"
#include "sql/types/decimal.hpp"
#include "sql/types/interval_text.hpp"
#include "sql/types/text_parse.hpp"
#include "sql/types/text_scan.hpp"

namespace hammerscale::sql {
namespace {

/// The text of a decimal that does not fit, without sign and exponent where that is simple.
std::string plain_number(std::string_view text) {
  text = trim_spaces(text);
  if (text.starts_with('+')) { text.remove_prefix(1); }
  const std::size_t mark = text.find_first_of("eE");
  if (mark == text.npos) { return std::string(text); }
  // Up to 38 digits are read as they are and moved by the exponent; longer ones stay as written.
  std::string digits(text.substr(0, mark));
  const std::optional<std::int64_t> exponent = parse_int64(text.substr(mark + 1));
  if (!exponent || *exponent < 0 || *exponent > 1000) { return std::string(text); }
  const std::size_t point = digits.find('.');
  std::size_t fraction = 0;
  if (point != digits.npos) {
    fraction = digits.size() - point - 1;
    digits.erase(point, 1);
  }
  const auto shift = static_cast<std::size_t>(*exponent);
  if (shift >= fraction) { return digits.append(shift - fraction, '0'); }
  return digits.insert(digits.size() - (fraction - shift), ".");
}

template <typename To, typename Parse>
CastLoop parse_each(const CastCase& cast, Parse parse) {
  return [cast, parse](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    try_map_rows<StringView, To>(
        input, rows, result, [&](const StringView& text) { return parse(text.view()); },
        [&](std::int32_t row) { cast.malformed(input, row, result); });
  };
}

template <typename To>
CastLoop to_integral(const CastCase& cast) {
  return parse_each<To>(cast, [allow_fraction = cast.is_legacy()](std::string_view text) -> std::optional<To> {
    const std::optional<std::int64_t> value = parse_int64(text, allow_fraction);
    return value && *value == static_cast<To>(*value) ? std::optional<To>(static_cast<To>(*value)) : std::nullopt;
  });
}

CastLoop to_boolean(const CastCase& cast) {
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    const ColumnReader<StringView> reader(input);
    std::uint64_t* out = result.mutable_bits();
    rows.for_each([&](std::int32_t row) {
      if (const auto value = parse_boolean(reader[row].view())) {
        bitmap::assign(out, row, *value);
      } else {
        cast.malformed(input, row, result);
      }
    });
  };
}

CastLoop to_decimal(const CastCase& cast) {
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    const ColumnReader<StringView> reader(input);
    const bool is_short = result.type().physical() == PhysicalType::kInt64;
    rows.for_each([&](std::int32_t row) {
      Int128 value = 0;
      const std::string_view text = reader[row].view();
      switch (parse_decimal(trim_spaces(text), cast.to.precision(), cast.to.scale(), value)) {
        case DecimalParse::kOk:
          if (is_short) {
            result.mutable_values<std::int64_t>()[row] = static_cast<std::int64_t>(value);
          } else {
            result.mutable_values<Int128>()[row] = value;
          }
          break;
        case DecimalParse::kMalformed: cast.malformed(input, row, result); break;
        case DecimalParse::kOverflow: cast.out_of_range(plain_number(text), row, result); break;
      }
    });
  };
}

/// Intervals have errors of their own.
template <typename To, typename Parse>
CastLoop to_interval(const CastCase& cast, Parse parse) {
  return [cast, parse](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    const ColumnReader<StringView> reader(input);
    To* out = result.mutable_values<To>();
    rows.for_each([&](std::int32_t row) {
      IntervalTextError error;
      if (const auto value = parse(reader[row].view(), cast.is_ansi() ? &error : nullptr)) {
        out[row] = *value;
      } else if (cast.is_ansi()) {
        throw SqlError(error.condition, error.parameters, cast.origin);
      } else {
        result.set_null(row);
      }
    });
  };
}

/// Strings that cannot be read as calendar intervals are NULL in every mode.
CastLoop to_calendar_interval() {
  return [](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    try_map_rows<StringView, CalendarInterval>(
        input, rows, result, [](const StringView& text) { return parse_calendar_interval(text.view()); },
        [&](std::int32_t row) { result.set_null(row); });
  };
}

CastLoop share() {
  return [](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    map_rows<StringView, StringView>(input, rows, result, [](const StringView& text) { return text; });
    result.share_strings(input);
  };
}

std::size_t num_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Cuts trailing spaces down to the length; pads char(n).
CastLoop to_bounded_string(const CastCase& cast) {
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory&) {
    const ColumnReader<StringView> reader(input);
    StringView* out = result.mutable_values<StringView>();
    const auto limit = static_cast<std::size_t>(cast.to.length());
    std::string padded;
    rows.for_each([&](std::int32_t row) {
      const StringView& view = reader[row];
      std::string_view text = view.view();
      std::size_t length = num_code_points(text);
      if (length == limit || (length < limit && cast.to.string_kind() == StringKind::kVarchar)) {
        out[row] = view;
        return;
      }
      while (length > limit && text.back() == ' ') {
        text.remove_suffix(1);
        --length;
      }
      if (length > limit) { throw SqlError("EXCEED_LIMIT_LENGTH", {{"limit", std::to_string(limit)}}, cast.origin); }
      padded.assign(text);
      padded.append(limit - length, ' ');
      out[row] = result.string_heap().add(cast.to.string_kind() == StringKind::kChar ? std::string_view(padded) : text);
    });
    result.share_strings(input);
  };
}

}  // namespace

CastLoop make_cast_to_string(const CastCase& cast) {
  const PhysicalType physical = cast.from.physical();
  if (physical == PhysicalType::kString && cast.from.id() != TypeId::kVariant) {
    const bool is_bounded = cast.to.is_string() && cast.to.string_kind() != StringKind::kString && cast.to != cast.from;
    return is_bounded ? to_bounded_string(cast) : share();
  }
  return [cast](const Vector& input, RowSet rows, Vector& result, const VectorMemory& memory) {
    std::string text;
    StringHeap& heap = result.string_heap();
    StringView* out = result.mutable_values<StringView>();
    rows.for_each([&](std::int32_t row) {
      text.clear();
      if (cast.is_legacy() && cast.from.is_decimal()) {
        append_decimal_scientific(text, input.value(row).as_int128(), cast.from.scale());
      } else {
        append_cell_text(text, input, row, TextStyle::kCast, *cast.zone);
      }
      out[row] = heap.add(text);
    });
    if (cast.to.string_kind() == StringKind::kString) { return; }
    // The text once more through the check of its length.
    CastCase bounded = cast;
    bounded.from = DataType::string();
    const Vector unbounded = result;
    Vector checked(cast.to, result.size(), memory);
    checked.set_size(result.size());
    to_bounded_string(bounded)(unbounded, rows, checked, memory);
    result = std::move(checked);
  };
}

CastLoop make_cast_from_string(const CastCase& cast) {
  const TimeZone* zone = cast.zone;
  const IntervalField start = cast.to.start_field();
  const IntervalField end = cast.to.end_field();
  switch (cast.to.id()) {
    case TypeId::kBoolean: return to_boolean(cast);
    case TypeId::kTinyint: return to_integral<std::int8_t>(cast);
    case TypeId::kSmallint: return to_integral<std::int16_t>(cast);
    case TypeId::kInt: return to_integral<std::int32_t>(cast);
    case TypeId::kBigint: return to_integral<std::int64_t>(cast);
    case TypeId::kFloat: return parse_each<float>(cast, [](std::string_view text) { return parse_float(text); });
    case TypeId::kDouble: return parse_each<double>(cast, [](std::string_view text) { return parse_double(text); });
    case TypeId::kDecimal: return to_decimal(cast);
    case TypeId::kBinary: return share();
    case TypeId::kDate: return parse_each<std::int32_t>(cast, [](std::string_view text) { return parse_date(text); });
    case TypeId::kTime:
      // Spark keeps digits beyond the type's precision here, other than when it casts from time to time.
      return parse_each<std::int64_t>(cast, [](std::string_view text) -> std::optional<std::int64_t> {
        const std::optional<std::int64_t> micros = parse_time_of_day(text);
        return micros ? std::optional<std::int64_t>(*micros * kNanosPerMicro) : std::nullopt;
      });
    case TypeId::kTimestamp:
      return parse_each<std::int64_t>(
          cast, [zone, now = cast.now_micros](std::string_view text) { return parse_timestamp(text, *zone, now); });
    case TypeId::kTimestampNtz:
      return parse_each<std::int64_t>(cast, [](std::string_view text) { return parse_timestamp_ntz(text); });
    case TypeId::kYearMonthInterval:
      return to_interval<std::int32_t>(cast, [start, end](std::string_view text, IntervalTextError* error) {
        return parse_year_month_interval(text, start, end, error);
      });
    case TypeId::kDayTimeInterval:
      return to_interval<std::int64_t>(cast, [start, end](std::string_view text, IntervalTextError* error) {
        return parse_day_time_interval(text, start, end, error);
      });
    case TypeId::kCalendarInterval: return to_calendar_interval();
    default: HS_CHECK(false); return {};
  }
}

}  // namespace hammerscale::sql
