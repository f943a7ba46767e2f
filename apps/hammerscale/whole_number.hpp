#pragma once

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdint>
#include <string>

namespace hammerscale::program {

/// Accepts the digits of a number of 64 bits, no smaller than `least`. (The parser itself would take -1 for 2^64 - 1.)
inline CLI::Validator whole_number_from(std::uint64_t least) {
  return CLI::Validator(
      [least](const std::string& text) -> std::string {
        std::uint64_t value = 0;
        const auto* const end = text.data() + text.size();
        const auto [stopped, status] = std::from_chars(text.data(), end, value);
        if (status == std::errc{} && stopped == end && value >= least) { return ""; }
        return "needs a whole number from " + std::to_string(least) + ", not " + text;
      },
      "");
}

}  // namespace hammerscale::program
