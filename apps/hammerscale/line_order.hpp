#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hammerscale::program {

/// What decides the order of two lines. Bitwise, so that functions may capture it.
struct LineOrder {
  std::uint32_t field = 0;     ///< Counts from 1; 0 is the whole line.
  bool has_separator = false;  ///< Whether fields end at `separator`; else they begin where blanks begin.
  char separator = '\0';
  bool numeric = false;
};

/// The K-th field of a line, as `sort -t C -k K,K` cuts it: between separators, without them. Without a separator as
/// `sort -k K,K` does: a field begins with the blanks (spaces and tabs) before it. Empty where the line has fewer.
std::string_view field_of(std::string_view line, const LineOrder& order);

/// A key whose order by bytes is the order of the numbers that texts begin with, as `LC_ALL=C sort -n` reads them:
/// blanks, an optional '-', digits, an optional point and digits, of any length; a text without a number counts as 0.
/// Equal numbers have equal keys, however they are written.
///
/// Layout: one byte that orders sign and number of integer digits n (0x81 + n; 0xFF and eight bytes of n from 100 on;
/// 0x80 is zero), then two digits a byte, plus 1, without trailing zeros. A negative number has all these bytes
/// inverted and 0xFF behind them. So 7 is 82 47, 70 is 83 47, 0.07 is 81 08, -7 is 7D B8 FF.
std::string numeric_key(std::string_view text);

/// The key of a line. Bytewise keys are the field itself.
std::string line_key(const std::string& line, const LineOrder& order);

}  // namespace hammerscale::program
