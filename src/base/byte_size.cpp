#include "hammerscale/base/byte_size.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "hammerscale/base/error.hpp"

namespace hammerscale {

std::uint64_t parse_byte_size(std::string_view text) {
  const auto fail = [&]() -> std::uint64_t {
    throw UserError(ErrorCode::kInvalidArgument, "not a size of memory such as 512m or 4g",
                    {{"value", std::string(text)}});
  };
  double number = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (status != std::errc{} || !(number > 0)) { return fail(); }
  std::string unit;
  for (const char* c = end; c != text.data() + text.size(); ++c) {
    unit += static_cast<char>(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
  }
  if (unit.size() > 1 && unit.back() == 'b') { unit.pop_back(); }
  if (unit.size() > 1 && unit.back() == 'i') { unit.pop_back(); }
  constexpr std::string_view kUnits = "kmgt";
  if (unit == "b") { unit.clear(); }
  double factor = 1;
  if (!unit.empty()) {
    const auto power = kUnits.find(unit);
    if (unit.size() != 1 || power == std::string_view::npos) { return fail(); }
    factor = std::pow(1024.0, static_cast<double>(power + 1));
  }
  const double num_bytes = number * factor;
  if (!(num_bytes >= 1) || num_bytes > 9.2e18) { return fail(); }
  return static_cast<std::uint64_t>(num_bytes);
}

std::string format_byte_size(std::uint64_t num_bytes) {
  constexpr std::array<const char*, 5> kUnits = {"B", "KiB", "MiB", "GiB", "TiB"};
  auto value = static_cast<double>(num_bytes);
  std::size_t unit = 0;
  while (value >= 1024 && unit + 1 < kUnits.size()) {
    value /= 1024;
    ++unit;
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.1f %s", value, kUnits[unit]);
  return text.data();
}

}  // namespace hammerscale
