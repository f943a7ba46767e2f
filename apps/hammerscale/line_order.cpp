#include "line_order.hpp"

#include <algorithm>

namespace hammerscale::program {
namespace {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr unsigned char kZero = 0x80;
constexpr std::size_t kShortDigits = 100;  // Fewer integer digits than this are told by the first byte alone.

std::string_view take_digits(std::string_view& text) {
  const auto* const end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  return digits;
}

void append_digit_count(std::string& key, std::size_t count) {
  if (count < kShortDigits) {
    key.push_back(static_cast<char>(kZero + 1 + count));
    return;
  }
  key.push_back(static_cast<char>(0xFF));
  for (int shift = 56; shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>(static_cast<std::uint64_t>(count) >> shift & 0xFFU));
  }
}

/// Two digits a byte, plus 1, so that a digit string comes before all that it begins.
void append_digits(std::string& key, std::string_view integer, std::string_view fraction) {
  const auto count = integer.size() + fraction.size();
  const auto digit = [&](std::size_t i) {
    return i >= count ? 0 : (i < integer.size() ? integer[i] : fraction[i - integer.size()]) - '0';
  };
  for (std::size_t i = 0; i < count; i += 2) { key.push_back(static_cast<char>(10 * digit(i) + digit(i + 1) + 1)); }
}

std::string_view without_trailing_zeros(std::string_view digits) {
  return digits.substr(0, digits.find_last_not_of('0') + 1);
}

}  // namespace

std::string_view field_of(std::string_view line, const LineOrder& order) {
  if (order.field == 0) { return line; }
  for (std::uint32_t number = 1;; ++number) {
    std::size_t end = 0;
    if (order.has_separator) {
      end = line.find(order.separator);
      if (end == std::string_view::npos) { return number == order.field ? line : std::string_view(); }
    } else {
      while (end < line.size() && is_blank(line[end])) { ++end; }
      while (end < line.size() && !is_blank(line[end])) { ++end; }
    }
    if (number == order.field) { return line.substr(0, end); }
    line.remove_prefix(end + (order.has_separator ? 1 : 0));
    if (line.empty()) { return {}; }
  }
}

std::string numeric_key(std::string_view text) {
  const auto first = std::find_if_not(text.begin(), text.end(), is_blank);
  text.remove_prefix(static_cast<std::size_t>(first - text.begin()));
  const bool negative = text.starts_with('-');
  if (negative) { text.remove_prefix(1); }
  auto integer = take_digits(text);
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = without_trailing_zeros(take_digits(text));
  }
  integer.remove_prefix(std::min(integer.find_first_not_of('0'), integer.size()));
  const auto num_integer_digits = integer.size();
  if (fraction.empty()) { integer = without_trailing_zeros(integer); }

  std::string key;
  if (integer.empty() && fraction.empty()) {
    key.push_back(static_cast<char>(kZero));
    return key;
  }
  append_digit_count(key, num_integer_digits);
  append_digits(key, integer, fraction);
  if (negative) {
    for (char& byte : key) { byte = static_cast<char>(~byte); }
    key.push_back(static_cast<char>(0xFF));
  }
  return key;
}

std::string line_key(const std::string& line, const LineOrder& order) {
  const auto field = field_of(line, order);
  return order.numeric ? numeric_key(field) : std::string(field);
}

}  // namespace hammerscale::program
