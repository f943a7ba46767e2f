#include <optional>

#include "sql/parser/grammar.hpp"

namespace hammerscale::sql {

namespace {

std::string to_upper(std::string_view text) {
  std::string out(text);
  for (auto& c : out) { c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
  return out;
}

std::optional<TypeId> plain_type(std::string_view name) {
  if (name == "BOOLEAN") { return TypeId::kBoolean; }
  if (name == "TINYINT" || name == "BYTE") { return TypeId::kTinyint; }
  if (name == "SMALLINT" || name == "SHORT") { return TypeId::kSmallint; }
  if (name == "INT" || name == "INTEGER") { return TypeId::kInt; }
  if (name == "BIGINT" || name == "LONG") { return TypeId::kBigint; }
  if (name == "FLOAT" || name == "REAL") { return TypeId::kFloat; }
  if (name == "DOUBLE") { return TypeId::kDouble; }
  if (name == "DATE") { return TypeId::kDate; }
  if (name == "TIMESTAMP_LTZ") { return TypeId::kTimestamp; }
  if (name == "TIMESTAMP_NTZ") { return TypeId::kTimestampNtz; }
  if (name == "BINARY") { return TypeId::kBinary; }
  if (name == "VOID") { return TypeId::kNull; }
  if (name == "VARIANT") { return TypeId::kVariant; }
  return std::nullopt;
}

std::optional<IntervalField> interval_field(Keyword keyword) {
  switch (keyword) {
    case Keyword::kYear: case Keyword::kYears: return IntervalField::kYear;
    case Keyword::kMonth: case Keyword::kMonths: return IntervalField::kMonth;
    case Keyword::kDay: case Keyword::kDays: return IntervalField::kDay;
    case Keyword::kHour: case Keyword::kHours: return IntervalField::kHour;
    case Keyword::kMinute: case Keyword::kMinutes: return IntervalField::kMinute;
    case Keyword::kSecond: case Keyword::kSeconds: return IntervalField::kSecond;
    default: return std::nullopt;
  }
}

}  // namespace

DataType Grammar::type() {
  const Nested nested(*this);
  if (!is_identifier()) { fail_here(); }
  const Token token = peek();
  const auto name = to_upper(is(TokenKind::kWord) ? text_of(token) : std::string_view("`"));
  take();
  if (is(TokenKind::kLess) && (name == "ARRAY" || name == "MAP" || name == "STRUCT")) {
    return nested_type(token.keyword);
  }
  if (is(TokenKind::kNotEqual) && name == "STRUCT" && text_of(peek()) == "<>") {
    take();
    return DataType::structure({});
  }
  if (name == "INTERVAL") { return interval_type(); }
  if (name == "STRING") { return accept(Keyword::kCollate) ? DataType::string(collation()) : DataType::string(); }
  if (is(TokenKind::kLeftParen)) { return type_with_numbers(name, token); }
  const Origin origin{static_cast<std::int32_t>(token.start), static_cast<std::int32_t>(token.stop)};
  if (name == "TIMESTAMP") {
    if (accept({Keyword::kWithout, Keyword::kTime, Keyword::kZone})) { return TypeId::kTimestampNtz; }
    return options_.timestamps_without_zone ? TypeId::kTimestampNtz : TypeId::kTimestamp;
  }
  if (name == "TIME") {
    accept({Keyword::kWithout, Keyword::kTime, Keyword::kZone});
    return DataType::time(6);
  }
  if (name == "DECIMAL" || name == "DEC" || name == "NUMERIC") { return DataType::decimal(10, 0); }
  if (name == "CHAR" || name == "CHARACTER" || name == "VARCHAR") {
    fail("DATATYPE_MISSING_SIZE", {{"type", "\"" + name + "\""}}, origin);
  }
  if (name == "ARRAY") { fail("INCOMPLETE_TYPE_DEFINITION.ARRAY", {{"elementType", "<INT>"}}, origin); }
  if (name == "MAP") { fail("INCOMPLETE_TYPE_DEFINITION.MAP", {}, origin); }
  if (name == "STRUCT") { fail("INCOMPLETE_TYPE_DEFINITION.STRUCT", {}, origin); }
  if (const auto id = plain_type(name)) { return *id; }
  fail("UNSUPPORTED_DATATYPE", {{"typeName", "\"" + to_upper(text_of(token)) + "\""}}, origin);
}

/// DECIMAL(p, s), CHAR(n), TIME(p), ...: the parenthesis is at hand.
DataType Grammar::type_with_numbers(std::string_view name, const Token& token) {
  const auto start = static_cast<std::size_t>(token.start);
  std::vector<std::int64_t> numbers;
  expect(TokenKind::kLeftParen);
  do { numbers.push_back(integer_value()); } while (accept(TokenKind::kComma));
  expect(TokenKind::kRightParen);
  const auto fail_unsupported = [&] {
    std::string list;
    for (const auto number : numbers) { list += (list.empty() ? "" : ",") + std::to_string(number); }
    fail("UNSUPPORTED_DATATYPE", {{"typeName", "\"" + std::string(name) + "(" + list + ")\""}}, origin_from(start));
  };
  const auto bounded = [](std::int64_t value) {
    return static_cast<int>(value > 1'000'000'000 ? 1'000'000'000 : value);
  };
  if (name == "DECIMAL" || name == "DEC" || name == "NUMERIC") {
    if (numbers.size() > 2) { fail_unsupported(); }
    const auto precision = numbers[0];
    const auto scale = numbers.size() > 1 ? numbers[1] : 0;
    if (precision > 38) {
      fail("DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
           {{"precision", std::to_string(precision)}, {"maxPrecision", "38"}}, origin_from(start));
    }
    if (scale > precision || precision < 1 || scale < 0) {
      fail("_LEGACY_ERROR_TEMP_1228", {{"scale", std::to_string(scale)}, {"precision", std::to_string(precision)}},
           origin_from(start));
    }
    return DataType::decimal(static_cast<int>(precision), static_cast<int>(scale));
  }
  if (numbers.size() != 1) { fail_unsupported(); }
  if (name == "CHAR" || name == "CHARACTER" || name == "VARCHAR") {
    if (numbers[0] < 1) { fail_unsupported(); }
    return name == "VARCHAR" ? DataType::varchar(bounded(numbers[0])) : DataType::char_of(bounded(numbers[0]));
  }
  if (name == "TIME") {
    if (numbers[0] < 0 || numbers[0] > 6) {
      fail("UNSUPPORTED_TIME_PRECISION", {{"precision", std::to_string(numbers[0])}}, origin_from(start));
    }
    accept({Keyword::kWithout, Keyword::kTime, Keyword::kZone});
    return DataType::time(static_cast<int>(numbers[0]));
  }
  fail_unsupported();
  return {};
}

DataType Grammar::interval_type() {
  const auto first = interval_field(peek().keyword);
  if (!first) { return TypeId::kCalendarInterval; }
  take();
  auto last = *first;
  if (is(Keyword::kTo)) {
    const auto to = interval_field(peek(1).keyword);
    const bool fits = to && *first < *to && (*first <= IntervalField::kMonth) == (*to <= IntervalField::kMonth);
    if (!fits) { fail_here(); }
    take();
    take();
    last = *to;
  }
  return *first <= IntervalField::kMonth ? DataType::year_month_interval(*first, last)
                                         : DataType::day_time_interval(*first, last);
}

/// > at the end of a nested type; what was read as >= gives its first sign.
void Grammar::close_angle() {
  if (is(TokenKind::kGreaterEqual)) {
    Token& token = tokens_[at_];
    token.kind = TokenKind::kEqual;
    ++token.start;
    return;
  }
  expect(TokenKind::kGreater);
}

DataType Grammar::nested_type(Keyword keyword) {
  expect(TokenKind::kLess);
  if (keyword == Keyword::kArray) {
    auto element = type();
    close_angle();
    return DataType::array(std::move(element));
  }
  if (keyword == Keyword::kMap) {
    auto key = type();
    expect(TokenKind::kComma);
    auto value = type();
    close_angle();
    return DataType::map(std::move(key), std::move(value));
  }
  std::vector<Field> fields;
  if (!is(TokenKind::kGreater) && !is(TokenKind::kGreaterEqual)) {
    do { fields.push_back(field(true)); } while (accept(TokenKind::kComma));
  }
  close_angle();
  return DataType::structure(std::move(fields));
}

/// name[:] type [NOT NULL] [COMMENT 'text'].
Field Grammar::field(bool with_colon) {
  Field result;
  result.name = object_identifier();
  if (with_colon) { accept(TokenKind::kColon); }
  result.type = type();
  while (true) {
    if (accept({Keyword::kNot, Keyword::kNull})) {
      result.nullable = false;
    } else if (accept(Keyword::kComment)) {
      result.comment = string_literal();
    } else {
      return result;
    }
  }
}

Collation Grammar::collation() {
  const std::size_t start = start_here();
  auto parts = multipart_name();
  const auto name = to_upper(parts.back());
  if (name == "UTF8_BINARY") { return Collation::kUtf8Binary; }
  if (name == "UTF8_LCASE") { return Collation::kUtf8Lcase; }
  fail("COLLATION_INVALID_NAME", {{"collationName", parts.back()}, {"proposals", "UTF8_BINARY, UTF8_LCASE"}},
       origin_from(start));
}

}  // namespace hammerscale::sql
