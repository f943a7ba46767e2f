#include "sql/types/number_pattern.hpp"

#include <algorithm>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/types/decimal.hpp"
#include "sql/types/text_scan.hpp"

namespace hammerscale::sql {
namespace {

bool is_place(char c) { return c == '0' || c == '9'; }

std::size_t num_places(std::string_view format) {
  return static_cast<std::size_t>(std::ranges::count_if(format, is_place));
}

[[noreturn]] void throw_invalid(std::string_view kind, std::string_view format, std::string_view token = {}) {
  ErrorParameters parameters = {{"format", std::string("'").append(format).append("'")}};
  if (!token.empty()) { parameters.emplace_back("token", token); }
  throw SqlError(std::string("INVALID_FORMAT.").append(kind), std::move(parameters));
}

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + what.size())) { ++count; }
  return count;
}

/// Commas need digits on both sides.
bool commas_stand_between_digits(std::string_view places) {
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i] == ',' &&
        (i == 0 || i + 1 == places.size() || !is_place(places[i - 1]) || !is_place(places[i + 1]))) {
      return false;
    }
  }
  return true;
}

/// Moves a sign in front of spaces behind them.
void move_sign_to_digits(std::string& text, std::size_t start) {
  std::size_t at = start;
  while (at + 1 < text.size() && text[at + 1] == ' ') {
    std::swap(text[at], text[at + 1]);
    ++at;
  }
}

}  // namespace

NumberPattern NumberPattern::compile(std::string_view format) {
  std::string text(format);
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') { c = static_cast<char>(c - 32); }
    if (c == 'G') { c = ','; }
    if (c == 'D') { c = '.'; }
  }
  if (text.empty()) { throw_invalid("EMPTY", text); }
  // Messages show the format in capitals, but with the letters it was written with.
  std::string shown(format);
  for (char& c : shown) {
    if (c >= 'a' && c <= 'z') { c = static_cast<char>(c - 32); }
  }
  const std::size_t first_digit = text.find_first_of("09");
  if (first_digit == text.npos) { throw_invalid("WRONG_NUM_DIGIT", shown); }
  const std::size_t point = text.find('.');
  const std::size_t dollar = text.find('$');
  if (dollar != text.npos && dollar > first_digit) { throw_invalid("CUR_MUST_BEFORE_DIGIT", shown); }
  if (dollar != text.npos && point != text.npos && dollar > point) { throw_invalid("CUR_MUST_BEFORE_DEC", shown); }
  if (point != text.npos && text.find(',', point) != text.npos) {
    throw_invalid("THOUSANDS_SEPS_MUST_BEFORE_DEC", shown);
  }
  for (const auto& [token, name] : {std::pair<std::string_view, std::string_view>{".", ". or D"},
                                    {"$", "$"},
                                    {"MI", "MI"},
                                    {"S", "S"},
                                    {"PR", "PR"}}) {
    if (count_of(text, token) > 1) { throw_invalid("WRONG_NUM_TOKEN", shown, name); }
  }
  NumberPattern result;
  TextScan scan(text);
  if (scan.skip_word("MI")) {
    result.sign_ = Sign::kLeadingMinus;
  } else if (scan.skip('S')) {
    result.sign_ = Sign::kLeadingS;
  }
  result.has_dollar_ = scan.skip('$');
  while (!scan.at_end() && (is_place(text[scan.position()]) || scan.next_is(','))) { result.whole_ += scan.take(); }
  if (!commas_stand_between_digits(result.whole_)) { throw_invalid("CONT_THOUSANDS_SEPS", shown); }
  result.has_point_ = scan.skip('.');
  while (result.has_point_ && !scan.at_end() && is_place(text[scan.position()])) { result.fraction_ += scan.take(); }
  if (result.sign_ == Sign::kNone) {
    if (scan.skip_word("PR")) {
      result.sign_ = Sign::kBrackets;
    } else if (scan.skip_word("MI")) {
      result.sign_ = Sign::kTrailingMinus;
    } else if (scan.skip('S')) {
      result.sign_ = Sign::kTrailingS;
    }
  }
  if (!scan.at_end()) {
    const char next = text[scan.position()];
    const std::string_view rest = std::string_view(text).substr(scan.position());
    if (is_place(next)) { throw_invalid("UNEXPECTED_TOKEN", shown, "digit sequence"); }
    for (const std::string_view token : {"PR", "MI", "S", "$", ",", "."}) {
      if (rest.starts_with(token)) { throw_invalid("UNEXPECTED_TOKEN", shown, token); }
    }
    // The lone quote behind the character is Spark's.
    throw_invalid("UNEXPECTED_TOKEN", shown, std::string("character '") + next + "''");
  }
  return result;
}

DataType NumberPattern::type() const {
  const auto scale = static_cast<int>(fraction_.size());
  const auto precision = static_cast<int>(num_places(whole_)) + scale;
  return DataType::decimal(std::min(std::max(precision, 1), kMaxDecimalPrecision),
                           std::min(scale, kMaxDecimalPrecision));
}

std::optional<Int128> NumberPattern::parse(std::string_view text) const {
  TextScan scan(trim_spaces(text));
  const std::string_view trimmed = trim_spaces(text);
  bool is_negative = false;
  const bool has_bracket = sign_ == Sign::kBrackets && scan.skip('<');
  if (sign_ == Sign::kLeadingS || sign_ == Sign::kLeadingMinus) {
    if (scan.skip('-')) {
      is_negative = true;
    } else if (sign_ == Sign::kLeadingS) {
      scan.skip('+');
    }
  }
  if (has_dollar_ && !scan.skip('$')) { return std::nullopt; }
  const std::size_t whole_start = scan.position();
  while (scan.next_is_digit() || scan.next_is(',')) { static_cast<void>(scan.take()); }
  const std::string_view whole = trimmed.substr(whole_start, scan.position() - whole_start);
  std::string_view fraction;
  if (has_point_ && scan.skip('.')) {
    const std::size_t start = scan.position();
    while (scan.next_is_digit()) { static_cast<void>(scan.take()); }
    fraction = trimmed.substr(start, scan.position() - start);
  }
  if (whole.size() + fraction.size() == 0 || fraction.size() > fraction_.size()) { return std::nullopt; }
  if (sign_ == Sign::kTrailingS || sign_ == Sign::kTrailingMinus) {
    if (scan.skip('-')) {
      is_negative = true;
    } else if (sign_ == Sign::kTrailingS) {
      scan.skip('+');
    }
  }
  if (has_bracket) {
    if (!scan.skip('>')) { return std::nullopt; }
    is_negative = true;
  }
  if (!scan.at_end() || whole.size() > whole_.size()) { return std::nullopt; }
  // From the right, place by place.
  const std::size_t missing = whole_.size() - whole.size();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if ((whole_[missing + i] == ',') != (whole[i] == ',')) { return std::nullopt; }
  }
  if (!whole.empty() && whole[0] == ',') { return std::nullopt; }
  // A group of places that begins with 0 wants all its digits.
  for (std::size_t i = 0; i < missing; ++i) {
    const bool begins_group = i == 0 || whole_[i - 1] == ',';
    if (begins_group && whole_[i] == '0') { return std::nullopt; }
  }
  std::string digits;
  std::ranges::copy_if(whole, std::back_inserter(digits), is_ascii_digit);
  digits += fraction;
  digits.append(fraction_.size() - fraction.size(), '0');
  Int128 value = 0;
  if (parse_decimal(digits, kMaxDecimalPrecision, 0, value) != DecimalParse::kOk) { return std::nullopt; }
  return is_negative ? -value : value;
}

void NumberPattern::format(std::string& out, Int128 unscaled, int scale) const {
  std::string plain;
  append_decimal(plain, unscaled < 0 ? -unscaled : unscaled, scale);
  const std::size_t point = std::min(plain.find('.'), plain.size());
  std::string whole = plain.substr(0, point);
  std::string fraction = point == plain.size() ? "" : plain.substr(point + 1);
  if (whole == "0") { whole.clear(); }
  while (fraction.size() > fraction_.size() && fraction.back() == '0') { fraction.pop_back(); }
  const bool overflows = whole.size() > num_places(whole_) || fraction.size() > fraction_.size();
  fraction.resize(std::max(fraction.size(), fraction_.size()), '0');
  const bool is_negative = unscaled < 0;
  const std::size_t start = out.size();
  switch (sign_) {
    case Sign::kLeadingS: out += is_negative ? '-' : '+'; break;
    case Sign::kLeadingMinus: out += is_negative ? '-' : ' '; break;
    case Sign::kBrackets:
      if (is_negative) { out += '<'; }
      break;
    default: break;
  }
  const bool has_leading_sign = out.size() != start;
  if (has_dollar_) { out += '$'; }
  // Leading places without a digit are spaces, up to the first 0 of the format.
  std::size_t places_left = num_places(whole_);
  bool has_begun = false;
  for (const char place : whole_) {
    if (place == ',') {
      out += has_begun || overflows ? ',' : ' ';
      continue;
    }
    const bool has_digit = places_left <= whole.size();
    has_begun = has_begun || has_digit || place == '0';
    out += overflows ? '#' : has_digit ? whole[whole.size() - places_left] : has_begun ? '0' : ' ';
    --places_left;
  }
  if (has_leading_sign) { move_sign_to_digits(out, start); }
  if (has_point_) {
    if (out.size() > start && out.back() == ' ') { out.back() = '0'; }
    out += '.';
    if (overflows) {
      out.append(fraction_.size(), '#');
    } else {
      out += fraction;
    }
  }
  switch (sign_) {
    case Sign::kTrailingS: out += is_negative ? '-' : '+'; break;
    case Sign::kTrailingMinus: out += is_negative ? '-' : ' '; break;
    case Sign::kBrackets: out += is_negative ? ">" : "  "; break;
    default: break;
  }
}

}  // namespace hammerscale::sql
