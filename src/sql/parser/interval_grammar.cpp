#include <array>
#include <optional>

#include "sql/parser/grammar.hpp"
#include "sql/types/interval_text.hpp"

namespace hammerscale::sql {

namespace {

struct Unit {
  Keyword keyword;
  std::string_view name;                 ///< Singular, lower case.
  std::optional<IntervalField> field;    ///< Where the unit is a field of interval types.
};

constexpr std::array kUnits{
    Unit{Keyword::kYear, "year", IntervalField::kYear}, Unit{Keyword::kYears, "year", IntervalField::kYear},
    Unit{Keyword::kMonth, "month", IntervalField::kMonth}, Unit{Keyword::kMonths, "month", IntervalField::kMonth},
    Unit{Keyword::kWeek, "week", std::nullopt}, Unit{Keyword::kWeeks, "week", std::nullopt},
    Unit{Keyword::kDay, "day", IntervalField::kDay}, Unit{Keyword::kDays, "day", IntervalField::kDay},
    Unit{Keyword::kHour, "hour", IntervalField::kHour}, Unit{Keyword::kHours, "hour", IntervalField::kHour},
    Unit{Keyword::kMinute, "minute", IntervalField::kMinute}, Unit{Keyword::kMinutes, "minute", IntervalField::kMinute},
    Unit{Keyword::kSecond, "second", IntervalField::kSecond}, Unit{Keyword::kSeconds, "second", IntervalField::kSecond},
    Unit{Keyword::kMillisecond, "millisecond", std::nullopt}, Unit{Keyword::kMilliseconds, "millisecond", std::nullopt},
    Unit{Keyword::kMicrosecond, "microsecond", std::nullopt}, Unit{Keyword::kMicroseconds, "microsecond", std::nullopt},
    Unit{Keyword::kNanosecond, "nanosecond", std::nullopt}, Unit{Keyword::kNanoseconds, "nanosecond", std::nullopt}};

const Unit* find_unit(Keyword keyword) {
  for (const auto& unit : kUnits) {
    if (unit.keyword == keyword) { return &unit; }
  }
  return nullptr;
}

/// Fields that a text of units names, "1 day 2 hours": coarsest and finest, or none where it mixes the two kinds.
struct FieldRange {
  bool any = false;
  bool months = false;
  bool days = false;
  IntervalField first = IntervalField::kSecond;
  IntervalField last = IntervalField::kYear;

  void add(const Unit& unit) {
    any = true;
    // A week is seven days; what is finer than a second is part of it.
    const IntervalField field = unit.field            ? *unit.field
                                : unit.name == "week" ? IntervalField::kDay
                                                      : IntervalField::kSecond;
    (field <= IntervalField::kMonth ? months : days) = true;
    if (field < first) { first = field; }
    if (field > last) { last = field; }
  }
};

FieldRange fields_of_text(std::string_view text) {
  FieldRange range;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto is_letter = [&](std::size_t i) {
      return i < text.size() && ((text[i] | 32) >= 'a' && (text[i] | 32) <= 'z');
    };
    if (!is_letter(at)) {
      ++at;
      continue;
    }
    const std::size_t start = at;
    while (is_letter(at)) { ++at; }
    if (const auto* unit = find_unit(find_keyword(text.substr(start, at - start)))) { range.add(*unit); }
  }
  return range;
}

ExpressionPtr literal_of(const CalendarInterval& interval, const FieldRange& range, Origin origin) {
  if (range.months && !range.days) {
    return make_literal(Value(static_cast<std::int64_t>(interval.months)),
                        DataType::year_month_interval(range.first, range.last), origin);
  }
  constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
  return make_literal(Value(interval.days * kMicrosPerDay + interval.microseconds),
                      DataType::day_time_interval(range.first, range.last), origin);
}

}  // namespace

/// INTERVAL begins a literal, and is no column: a text, a number or a signed one follows.
bool Grammar::starts_interval() const noexcept {
  if (!is(Keyword::kInterval)) { return false; }
  const auto is_value = [&](std::size_t ahead) {
    const auto kind = peek(ahead).kind;
    return is_string(ahead) || (kind >= TokenKind::kInteger && kind <= TokenKind::kBigDecimal);
  };
  if (is_value(1)) { return true; }
  const bool is_sign = is(TokenKind::kMinus, 1) || is(TokenKind::kPlus, 1);
  if (is_sign && is_value(2) && find_unit(peek(3).keyword) != nullptr) { return true; }
  // A column, but `INTERVAL a DAY` is meant to be more.
  return is_identifier(1) && find_unit(peek(2).keyword) != nullptr;
}

ExpressionPtr Grammar::interval() {
  const std::size_t start = start_here();
  expect(Keyword::kInterval);
  if (is_identifier()) {
    take();
    fail_here();
  }
  const auto fail_text = [&](const IntervalTextError& error, std::size_t at) {
    fail(error.condition, error.parameters, origin_from(at));
  };
  // INTERVAL '1 day 2 hours': all units are in the text.
  if (is_string() && find_unit(peek(1).keyword) == nullptr) {
    const auto text = string_literal();
    const auto range = fields_of_text(text);
    const auto value = parse_calendar_interval(text);
    if (!value || !range.any) {
      fail("INVALID_TYPED_LITERAL", {{"valueType", "\"INTERVAL\""}, {"value", "'" + text + "'"}}, origin_from(start));
    }
    if (range.months && range.days) {
      fail("_LEGACY_ERROR_TEMP_0029", {{"literal", text_from(start)}}, origin_from(start));
    }
    return literal_of(*value, range, origin_from(start));
  }
  std::string joined;
  FieldRange range;
  int num_parts = 0;
  while (true) {
    const std::size_t part_start = start_here();
    bool negative = false;
    if (is(TokenKind::kMinus) || is(TokenKind::kPlus)) { negative = take().kind == TokenKind::kMinus; }
    const bool is_text = is_string();
    const bool is_number = peek().kind >= TokenKind::kInteger && peek().kind <= TokenKind::kBigDecimal;
    if (!is_text && !is_number) { fail_here(); }
    std::string value = is_text ? string_literal() : std::string(text_of(take()));
    const auto* unit = find_unit(peek().keyword);
    if (unit == nullptr) { fail_here(); }
    take();
    if (is(Keyword::kTo) && find_unit(peek(1).keyword) != nullptr) {
      take();
      const auto* to = find_unit(take().keyword);
      if (!is_text || num_parts > 0) { fail("_LEGACY_ERROR_TEMP_0027", {}, origin_from(part_start)); }
      const bool fits = unit->field && to->field && *unit->field < *to->field &&
                        (*unit->field <= IntervalField::kMonth) == (*to->field <= IntervalField::kMonth);
      if (!fits) {
        fail("INVALID_INTERVAL_FORMAT.UNSUPPORTED_FROM_TO_EXPRESSION",
             {{"input", value}, {"from", std::string(unit->name)}, {"to", std::string(to->name)}},
             origin_from(part_start));
      }
      IntervalTextError error;
      if (*to->field == IntervalField::kMonth) {
        const auto months = parse_year_month_interval(value, *unit->field, *to->field, &error);
        if (!months) {
          fail("INVALID_INTERVAL_FORMAT.INTERVAL_PARSING", {{"input", value}, {"interval", "year-month"}},
               origin_from(part_start));
        }
        const auto signed_months = static_cast<std::int64_t>(negative ? -*months : *months);
        return make_literal(Value(signed_months), DataType::year_month_interval(*unit->field, *to->field),
                            origin_from(start));
      }
      const auto micros = parse_day_time_interval(value, *unit->field, *to->field, &error);
      if (!micros) { fail_text(error, part_start); }
      return make_literal(Value(negative ? -*micros : *micros), DataType::day_time_interval(*unit->field, *to->field),
                          origin_from(start));
    }
    if (is_text) {
      const auto begin = value.find_first_not_of(" \t\n\r");
      const auto end = value.find_last_not_of(" \t\n\r");
      value = begin == std::string::npos ? "" : value.substr(begin, end - begin + 1);
      const auto digits = value.find_first_not_of("+-");
      const bool is_signed_number = digits != std::string::npos && digits <= 1 &&
                                    value.find_first_not_of("0123456789.", digits) == std::string::npos;
      if (!is_signed_number) { fail("_LEGACY_ERROR_TEMP_0026", {{"value", value}}, origin_from(part_start)); }
    }
    if (negative) { value = value.front() == '-' ? value.substr(1) : "-" + value; }
    joined += (joined.empty() ? "" : " ") + value + " " + std::string(unit->name);
    range.add(*unit);
    ++num_parts;
    // Another part follows where a value and a unit do.
    const std::size_t sign = is(TokenKind::kMinus) || is(TokenKind::kPlus) ? 1 : 0;
    const bool more =
        (is_string(sign) || (peek(sign).kind >= TokenKind::kInteger && peek(sign).kind <= TokenKind::kBigDecimal)) &&
        find_unit(peek(sign + 1).keyword) != nullptr;
    if (!more || sign == 1) { break; }
  }
  if (range.months && range.days) {
    fail("_LEGACY_ERROR_TEMP_0029", {{"literal", text_from(start)}}, origin_from(start));
  }
  IntervalTextError error;
  const auto value = parse_calendar_interval(joined, &error);
  if (!value) { fail_text(error, start); }
  return literal_of(*value, range, origin_from(start));
}

}  // namespace hammerscale::sql
