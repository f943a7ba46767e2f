#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "sql/parser/grammar.hpp"
#include "sql/types/text_parse.hpp"
#include "sql/types/time_zone.hpp"

namespace hammerscale::sql {

namespace {

constexpr int kMaxPrecision = 38;

std::string to_upper(std::string_view text) {
  std::string out(text);
  for (auto& c : out) { c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
  return out;
}

struct DecimalText {
  Int128 unscaled = 0;
  int precision = 1;
  int scale = 0;
  bool fits = true;
};

/// Digits with an optional point and exponent.
DecimalText read_decimal(std::string_view text) {
  DecimalText out;
  int num_digits = 0;
  bool after_point = false;
  std::size_t at = 0;
  for (; at < text.size() && text[at] != 'e' && text[at] != 'E'; ++at) {
    if (text[at] == '.') {
      after_point = true;
      continue;
    }
    if (num_digits > 0 || text[at] != '0') { ++num_digits; }
    if (num_digits <= kMaxPrecision) { out.unscaled = out.unscaled * 10 + (text[at] - '0'); }
    if (after_point) { ++out.scale; }
  }
  int exponent = 0;
  if (at < text.size()) {
    const char* first = text.data() + at + 1;
    if (*first == '+') { ++first; }
    if (std::from_chars(first, text.data() + text.size(), exponent).ec != std::errc()) { exponent = 1'000'000; }
  }
  exponent = exponent > 1'000'000 ? 1'000'000 : exponent < -1'000'000 ? -1'000'000 : exponent;
  out.scale -= exponent;
  if (out.scale < 0) {
    for (int zeros = out.scale; zeros < 0 && num_digits <= kMaxPrecision; ++zeros) {
      out.unscaled *= 10;
      if (out.unscaled != 0) { ++num_digits; }
      if (out.unscaled == 0) { break; }
    }
    out.scale = 0;
  }
  out.precision = num_digits > out.scale ? num_digits : out.scale;
  if (out.precision == 0) { out.precision = 1; }
  out.fits = num_digits <= kMaxPrecision && out.precision <= kMaxPrecision;
  return out;
}

}  // namespace

/// A number at hand; its sign has been read.
ExpressionPtr Grammar::number(bool negative, std::size_t start) {
  const Token& token = take();
  const auto origin = origin_from(start);
  auto text = text_of(token);
  const auto sign = std::string(negative ? "-" : "");
  const auto fail_range = [&](std::string_view digits, std::string low, std::string high, std::string name) {
    fail("INVALID_NUMERIC_LITERAL_RANGE",
         {{"rawStrippedQualifier", sign + std::string(digits)},
          {"minValue", std::move(low)},
          {"maxValue", std::move(high)},
          {"typeName", std::move(name)}},
         origin);
  };
  const auto decimal = [&](std::string_view digits) {
    const auto value = read_decimal(digits);
    if (!value.fits) {
      fail("DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
           {{"precision", std::to_string(value.precision)}, {"maxPrecision", std::to_string(kMaxPrecision)}}, origin);
    }
    return make_literal(Value(negative ? -value.unscaled : value.unscaled),
                        DataType::decimal(value.precision, value.scale), origin);
  };
  const auto integer = [&](std::string_view digits, Int128 low, Int128 high, const char* name, TypeId type) {
    const auto value = read_decimal(digits);
    const Int128 whole = negative ? -value.unscaled : value.unscaled;
    if (!value.fits || whole < low || whole > high) {
      fail_range(digits, std::to_string(static_cast<std::int64_t>(low)),
                 std::to_string(static_cast<std::int64_t>(high)), name);
    }
    return make_literal(Value(static_cast<std::int64_t>(whole)), type, origin);
  };
  const auto without_suffix = text.substr(0, text.size() - 1);
  switch (token.kind) {
    case TokenKind::kInteger: {
      const auto value = read_decimal(text);
      const Int128 whole = negative ? -value.unscaled : value.unscaled;
      using Int = std::numeric_limits<std::int32_t>;
      using Bigint = std::numeric_limits<std::int64_t>;
      if (value.fits && whole >= Int::min() && whole <= Int::max()) {
        return make_literal(Value(static_cast<std::int64_t>(whole)), TypeId::kInt, origin);
      }
      if (value.fits && whole >= Bigint::min() && whole <= Bigint::max()) {
        return make_literal(Value(static_cast<std::int64_t>(whole)), TypeId::kBigint, origin);
      }
      return decimal(text);
    }
    case TokenKind::kDecimal: return decimal(text);
    case TokenKind::kBigDecimal: return decimal(text.substr(0, text.size() - 2));
    case TokenKind::kBigint:
      return integer(without_suffix, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
                     "bigint", TypeId::kBigint);
    case TokenKind::kSmallint: return integer(without_suffix, -32768, 32767, "smallint", TypeId::kSmallint);
    case TokenKind::kTinyint: return integer(without_suffix, -128, 127, "tinyint", TypeId::kTinyint);
    case TokenKind::kFloat: {
      const auto parsed = parse_double(without_suffix);
      if (!parsed || *parsed > std::numeric_limits<float>::max()) {
        fail_range(without_suffix, "-3.4028234663852886E+38", "3.4028234663852886E+38", "float");
      }
      const auto value = parse_float(without_suffix).value_or(0.0F);
      return make_literal(Value(negative ? -value : value), TypeId::kFloat, origin);
    }
    default: {
      if (token.kind == TokenKind::kDouble) { text = without_suffix; }
      const auto value = parse_double(text);
      if (!value || std::isinf(*value)) {
        fail_range(text, "-1.7976931348623157E+308", "1.7976931348623157E+308", "double");
      }
      return make_literal(Value(negative ? -*value : *value), TypeId::kDouble, origin);
    }
  }
}

std::int64_t Grammar::integer_value() {
  const bool negative = accept(TokenKind::kMinus);
  if (!is(TokenKind::kInteger)) { fail_here(); }
  const std::size_t start = start_here();
  const auto literal = number(negative, start);
  const auto& node = *literal->get_if<Literal>();
  if (node.type.is_decimal()) {
    fail("INVALID_NUMERIC_LITERAL_RANGE",
         {{"rawStrippedQualifier", text_from(start)}, {"minValue", "-9223372036854775808"},
          {"maxValue", "9223372036854775807"}, {"typeName", "bigint"}}, origin_from(start));
  }
  return node.value.as_int64();
}

/// Strings that stand side by side are one.
ExpressionPtr Grammar::string() {
  const std::size_t start = start_here();
  std::string text = string_literal();
  while (is_string()) { text += string_literal(); }
  return make_literal(Value(std::move(text)), TypeId::kString, origin_from(start));
}

/// WORD 'text'.
bool Grammar::starts_typed_literal() const noexcept {
  if (!is(TokenKind::kWord) || !is_string(1)) { return false; }
  // `INTERVAL '1' DAY` has more to say.
  return peek().keyword != Keyword::kInterval;
}

ExpressionPtr Grammar::typed_literal() {
  const std::size_t start = start_here();
  const auto name = to_upper(text_of(take()));
  const std::size_t text_start = start_here();
  auto text = string_literal();
  const auto written = text_from(text_start);
  const auto origin = origin_from(start);
  const auto fail_value = [&] {
    fail("INVALID_TYPED_LITERAL", {{"valueType", "\"" + name + "\""}, {"value", "'" + text + "'"}}, origin);
  };
  const auto trimmed = [&] {
    std::string_view view = text;
    while (!view.empty() && static_cast<unsigned char>(view.front()) <= ' ') { view.remove_prefix(1); }
    while (!view.empty() && static_cast<unsigned char>(view.back()) <= ' ') { view.remove_suffix(1); }
    return to_upper(view);
  };
  // Calls that are named by a text: their value changes from day to day, so it is a call that stays.
  const auto special = [&](DataType type) -> ExpressionPtr {
    const auto word = trimmed();
    if (word == "EPOCH") {
      if (type.id() == TypeId::kTimestamp) { return make_literal(Value(std::int64_t{0}), type, origin); }
      return make_literal(Value(std::int64_t{0}), type, origin);
    }
    if (word != "NOW" && word != "TODAY" && word != "TOMORROW" && word != "YESTERDAY") { return nullptr; }
    ExpressionPtr result;
    if (word == "NOW" && type.id() != TypeId::kDate) {
      result = make_call("current_timestamp", {}, origin);
    } else {
      result = make_call("current_date", {}, origin);
      if (word == "TOMORROW") { result = make_call("date_add", {result, make_int_literal(1)}, origin); }
      if (word == "YESTERDAY") { result = make_call("date_sub", {result, make_int_literal(1)}, origin); }
    }
    return make_expression(Cast{std::move(result), std::move(type)}, origin);
  };
  if (name == "DATE") {
    if (auto value = special(TypeId::kDate)) { return value; }
    const auto days = parse_date(text);
    if (!days) { fail_value(); }
    return make_literal(Value(static_cast<std::int64_t>(*days)), TypeId::kDate, origin);
  }
  if (name == "TIMESTAMP_NTZ") {
    if (auto value = special(TypeId::kTimestampNtz)) { return value; }
    const auto micros = parse_timestamp_ntz(text);
    if (!micros) { fail_value(); }
    return make_literal(Value(*micros), TypeId::kTimestampNtz, origin);
  }
  if (name == "TIMESTAMP" || name == "TIMESTAMP_LTZ") {
    const auto fields = parse_timestamp_fields(text);
    const bool without_zone =
        name == "TIMESTAMP" && options_.timestamps_without_zone && fields && fields->zone == nullptr;
    if (without_zone) {
      const auto micros = parse_timestamp_ntz(text);
      if (!micros) { fail_value(); }
      return make_literal(Value(*micros), TypeId::kTimestampNtz, origin);
    }
    if (auto value = special(TypeId::kTimestamp)) { return value; }
    if (!fields || !fields->has_date) { fail_value(); }
    const auto micros = parse_timestamp(text, TimeZone::get(options_.time_zone), 0);
    if (!micros) { fail_value(); }
    return make_literal(Value(*micros), TypeId::kTimestamp, origin);
  }
  if (name == "TIME") {
    const auto micros = parse_time_of_day(text);
    if (!micros) { fail_value(); }
    return make_literal(Value(*micros * 1000), DataType::time(6), origin);
  }
  if (name == "X") {
    const auto digit = [](char c) {
      return c >= '0' && c <= '9'   ? c - '0'
             : c >= 'a' && c <= 'f' ? c - 'a' + 10
             : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                    : -1;
    };
    const std::string padded = text.size() % 2 == 1 ? "0" + text : text;
    std::string bytes;
    for (std::size_t i = 0; i < padded.size(); i += 2) {
      const int high = digit(padded[i]);
      const int low = digit(padded[i + 1]);
      if (high < 0 || low < 0) { fail_value(); }
      bytes += static_cast<char>(high * 16 + low);
    }
    return make_literal(Value(std::move(bytes)), TypeId::kBinary, origin);
  }
  fail("UNSUPPORTED_TYPED_LITERAL",
       {{"unsupportedType", "\"" + name + "\""},
        {"supportedTypes", R"("DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP", "INTERVAL", "X", "TIME")"}},
       origin);
}

}  // namespace hammerscale::sql
