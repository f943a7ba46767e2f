#include "hammerscale/mllib/number_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "hammerscale/base/text_scan.hpp"

namespace hammerscale::mllib {
namespace {

char to_lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  while (!text.empty() && is_ascii_space(text.front())) { text.remove_prefix(1); }
  while (!text.empty() && is_ascii_space(text.back())) { text.remove_suffix(1); }
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') { text.remove_prefix(1); }
  double value = 0;
  const auto* const end = text.data() + text.size();
  const auto [stopped, status] = std::from_chars(text.data(), end, value);
  if (stopped != end || status == std::errc::invalid_argument) { return std::nullopt; }
  // from_chars does not say whether the number is too large or too small.
  if (status == std::errc::result_out_of_range) { return std::strtod(std::string(text).c_str(), nullptr); }
  return value;
}

std::string format_number(double value) {
  if (std::isnan(value)) { return "NaN"; }
  if (std::isinf(value)) { return value > 0 ? "Infinity" : "-Infinity"; }
  char digits[40];
  const int length = std::snprintf(digits, sizeof(digits), "%.17g", value);
  return {digits, static_cast<std::size_t>(length)};
}

bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return to_lower(x) == to_lower(y); });
}

}  // namespace hammerscale::mllib
