#include "sql/types/java_format.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "hammerscale/base/error.hpp"
#include "sql/types/text_scan.hpp"
#include "sql/types/unicode_case.hpp"

namespace hammerscale::sql {
namespace {

/// One "%...": its argument's number (from 1; 0: the next, -1: the last one again), flags, width and precision.
struct Conversion {
  int index = 0;
  bool left = false;
  bool alternate = false;
  bool plus = false;
  bool space = false;
  bool zero = false;
  bool comma = false;
  bool parentheses = false;
  int width = -1;
  int precision = -1;
  char letter = 0;
  std::string_view text;
};

[[noreturn]] void fail(std::string_view reason, std::string_view conversion) {
  throw UserError(ErrorCode::kInvalidArgument, "the format string does not fit its arguments",
                  {{"reason", std::string(reason)}, {"conversion", std::string(conversion)}});
}

Conversion read_conversion(std::string_view pattern, std::size_t& at) {
  Conversion result;
  const std::size_t start = at++;
  const auto next = [&] { return at < pattern.size() ? pattern[at] : '\0'; };
  const auto number = [&] {
    int value = 0;
    while (is_ascii_digit(next()) && value < 1'000'000) { value = value * 10 + (pattern[at++] - '0'); }
    return value;
  };
  // A number followed by $ is an index; else it is read again as flags and width.
  const std::size_t behind = at;
  if (is_ascii_digit(next()) && next() != '0') {
    const int value = number();
    if (next() == '$') {
      result.index = value;
      ++at;
    } else {
      at = behind;
    }
  } else if (next() == '<') {
    result.index = -1;
    ++at;
  }
  for (bool is_flag = true; is_flag;) {
    switch (next()) {
      case '-': result.left = true; break;
      case '#': result.alternate = true; break;
      case '+': result.plus = true; break;
      case ' ': result.space = true; break;
      case '0': result.zero = true; break;
      case ',': result.comma = true; break;
      case '(': result.parentheses = true; break;
      default: is_flag = false;
    }
    if (is_flag) { ++at; }
  }
  if (is_ascii_digit(next())) { result.width = number(); }
  if (next() == '.') {
    ++at;
    if (!is_ascii_digit(next())) { fail("no digits behind the point", pattern.substr(start, at - start)); }
    result.precision = number();
  }
  if (at >= pattern.size()) { fail("no conversion", pattern.substr(start)); }
  result.letter = pattern[at++];
  result.text = pattern.substr(start, at - start);
  if ((result.left || result.zero) && result.width < 0) { fail("a flag needs a width", result.text); }
  if ((result.left && result.zero) || (result.plus && result.space)) { fail("flags exclude each other", result.text); }
  return result;
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') { c = static_cast<char>(c - 32); }
  }
  return text;
}

std::size_t num_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void append_aligned(std::string& out, std::string_view text, const Conversion& conversion) {
  const auto width = static_cast<std::size_t>(std::max(conversion.width, 0));
  const std::size_t length = num_code_points(text);
  const std::size_t padding = width > length ? width - length : 0;
  if (!conversion.left) { out.append(padding, ' '); }
  out += text;
  if (conversion.left) { out.append(padding, ' '); }
}

/// Sign, grouping and zeros around the digits of a decimal number ("1234.5").
void append_number(std::string& out, std::string digits, bool is_negative, const Conversion& conversion) {
  if (conversion.comma) {
    const std::size_t end = std::min(digits.find('.'), digits.size());
    for (std::size_t at = end; at > 3; at -= 3) { digits.insert(at - 3, 1, ','); }
  }
  std::string_view head;
  std::string_view tail;
  if (is_negative) {
    head = conversion.parentheses ? "(" : "-";
    if (conversion.parentheses) { tail = ")"; }
  } else if (conversion.plus) {
    head = "+";
  } else if (conversion.space) {
    head = " ";
  }
  const std::size_t length = head.size() + digits.size() + tail.size();
  if (conversion.zero && length < static_cast<std::size_t>(conversion.width)) {
    digits.insert(0, static_cast<std::size_t>(conversion.width) - length, '0');
  }
  append_aligned(out, std::string(head).append(digits).append(tail), conversion);
}

/// The shortest decimal form of a positive number: 0.d1d2d3... * 10^exponent.
struct Digits {
  std::string digits;
  int exponent = 0;
};

Digits shortest_digits(double value) {
  char text[64];
  const auto end = std::to_chars(text, text + sizeof(text), value, std::chars_format::scientific);
  const std::string_view all(text, static_cast<std::size_t>(end.ptr - text));
  const std::size_t mark = all.find('e');
  Digits result;
  for (const char c : all.substr(0, mark)) {
    if (c != '.') { result.digits += c; }
  }
  const std::size_t number = mark + (all[mark + 1] == '+' ? 2 : 1);
  std::from_chars(all.data() + number, all.data() + all.size(), result.exponent);
  ++result.exponent;
  if (value == 0) { result.exponent = 1; }
  return result;
}

/// Keeps `count` digits (may be negative or 0), rounded half up.
void round_digits(Digits& value, int count) {
  if (count >= static_cast<int>(value.digits.size())) { return; }
  if (count < 0) {
    value.digits.assign(1, '0');
    value.exponent = 1;
    return;
  }
  const bool rounds_up = value.digits[static_cast<std::size_t>(count)] >= '5';
  value.digits.resize(static_cast<std::size_t>(count));
  if (rounds_up) {
    int at = count - 1;
    while (at >= 0 && value.digits[static_cast<std::size_t>(at)] == '9') {
      value.digits[static_cast<std::size_t>(at--)] = '0';
    }
    if (at >= 0) {
      ++value.digits[static_cast<std::size_t>(at)];
    } else {
      value.digits.insert(0, 1, '1');
      ++value.exponent;
    }
  }
  if (value.digits.empty()) {
    value.digits.assign(1, '0');
    value.exponent = 1;
  }
}

std::string fixed_notation(double value, int precision) {
  Digits digits = shortest_digits(value);
  round_digits(digits, digits.exponent + precision);
  std::string out;
  if (digits.exponent <= 0) {
    out.assign(1, '0');
  } else {
    out = digits.digits.substr(0, static_cast<std::size_t>(digits.exponent));
    out.resize(static_cast<std::size_t>(digits.exponent), '0');
  }
  std::string fraction;
  if (digits.exponent < 0) { fraction.append(static_cast<std::size_t>(-digits.exponent), '0'); }
  if (digits.exponent < static_cast<int>(digits.digits.size())) {
    fraction += digits.digits.substr(static_cast<std::size_t>(std::max(digits.exponent, 0)));
  }
  fraction.resize(static_cast<std::size_t>(precision), '0');
  return precision == 0 ? out : out.append(1, '.').append(fraction);
}

std::string scientific_notation(double value, int precision) {
  Digits digits = shortest_digits(value);
  round_digits(digits, precision + 1);
  const int exponent = value == 0 ? 0 : digits.exponent - 1;
  digits.digits.resize(static_cast<std::size_t>(precision) + 1, '0');
  std::string out = digits.digits.substr(0, 1);
  if (precision > 0) { out.append(".").append(digits.digits, 1); }
  out += exponent < 0 ? "e-" : "e+";
  if (std::abs(exponent) < 10) { out += '0'; }
  return out + std::to_string(std::abs(exponent));
}

std::string general_notation(double value, int precision) {
  if (precision == 0) { precision = 1; }
  if (value == 0) { return fixed_notation(0, precision - 1); }
  Digits rounded = shortest_digits(value);
  round_digits(rounded, precision);
  // Between 10^-4 and 10^precision without an exponent.
  if (rounded.exponent > -4 && rounded.exponent <= precision) {
    return fixed_notation(value, precision - rounded.exponent);
  }
  return scientific_notation(value, precision - 1);
}

/// "0x1.8p1", as Java's Double.toHexString.
std::string hexadecimal_notation(double value) {
  if (value == 0) { return "0x0.0p0"; }
  char text[64];
  const auto end = std::to_chars(text, text + sizeof(text), value, std::chars_format::hex);
  std::string out(text, end.ptr);
  const std::size_t mark = out.find('p');
  if (out.find('.') == out.npos) { out.insert(mark, ".0"); }
  if (const std::size_t plus = out.find('+'); plus != out.npos) { out.erase(plus, 1); }
  return std::string("0x").append(out);
}

void append_floating(std::string& out, double value, char letter, const Conversion& conversion) {
  if (!std::isfinite(value)) {
    Conversion plain = conversion;
    plain.zero = false;
    plain.comma = false;
    append_number(out, std::isnan(value) ? "NaN" : "Infinity", !std::isnan(value) && value < 0, plain);
    return;
  }
  const int precision = conversion.precision < 0 ? 6 : conversion.precision;
  const double absolute = std::abs(value);
  std::string digits;
  switch (letter) {
    case 'f': digits = fixed_notation(absolute, precision); break;
    case 'e': digits = scientific_notation(absolute, precision); break;
    case 'g': digits = general_notation(absolute, precision); break;
    default: digits = hexadecimal_notation(absolute);
  }
  append_number(out, std::move(digits), std::signbit(value), conversion);
}

void append_integer(std::string& out, const FormatArgument& argument, char letter, const Conversion& conversion) {
  if (conversion.precision >= 0) { fail("integers have no precision", conversion.text); }
  if (letter == 'd') {
    const std::uint64_t absolute = argument.integer < 0
                                       ? std::uint64_t{0} - static_cast<std::uint64_t>(argument.integer)
                                       : static_cast<std::uint64_t>(argument.integer);
    append_number(out, std::to_string(absolute), argument.integer < 0, conversion);
    return;
  }
  const std::uint64_t mask = argument.bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << argument.bits) - 1;
  char text[32];
  const auto end = std::to_chars(text, text + sizeof(text), static_cast<std::uint64_t>(argument.integer) & mask,
                                 letter == 'x' ? 16 : 8);
  std::string digits = conversion.alternate ? (letter == 'x' ? "0x" : "0") : "";
  digits.append(text, end.ptr);
  append_number(out, std::move(digits), false, conversion);
}

}  // namespace

void append_java_format(std::string& out, std::string_view pattern, std::span<const FormatArgument> arguments) {
  std::size_t next_argument = 0;
  std::optional<std::size_t> last_argument;
  for (std::size_t at = 0; at < pattern.size();) {
    if (pattern[at] != '%') {
      out += pattern[at++];
      continue;
    }
    const Conversion conversion = read_conversion(pattern, at);
    const bool is_upper = conversion.letter >= 'A' && conversion.letter <= 'Z';
    const char letter = ascii_lower(conversion.letter);
    if (conversion.letter == 'n') {
      out += '\n';
      continue;
    }
    if (conversion.letter == '%') {
      append_aligned(out, "%", conversion);
      continue;
    }
    if (std::string_view("bcdoxefgas").find(letter) == std::string_view::npos ||
        (is_upper && (letter == 'd' || letter == 'o' || letter == 'f'))) {
      fail("unknown conversion", conversion.text);
    }
    std::size_t index = 0;
    if (conversion.index == -1) {
      if (!last_argument) { fail("no argument before this one", conversion.text); }
      index = *last_argument;
    } else {
      index = conversion.index > 0 ? static_cast<std::size_t>(conversion.index) - 1 : next_argument++;
    }
    if (index >= arguments.size()) { fail("missing argument", conversion.text); }
    last_argument = index;
    const FormatArgument& argument = arguments[index];
    using Kind = FormatArgument::Kind;
    std::string text;
    if (letter == 'b') {
      text = argument.kind == Kind::kBoolean ? (argument.boolean ? "true" : "false")
             : argument.kind == Kind::kNull  ? "false"
                                             : "true";
    } else if (argument.kind == Kind::kNull) {
      text = "null";
    } else if (letter == 's') {
      switch (argument.kind) {
        case Kind::kBoolean: text = argument.boolean ? "true" : "false"; break;
        case Kind::kInteger: text = std::to_string(argument.integer); break;
        default: text = argument.text;
      }
    } else if (letter == 'c') {
      if (argument.kind != Kind::kInteger || argument.integer < 0 || argument.integer > 0x10FFFF) {
        fail("no character", conversion.text);
      }
      append_utf8(text, static_cast<std::uint32_t>(argument.integer));
    } else {
      const bool wants_integer = letter == 'd' || letter == 'o' || letter == 'x';
      if (argument.kind != (wants_integer ? Kind::kInteger : Kind::kFloating)) {
        fail("argument of another type", conversion.text);
      }
      std::string number;
      if (wants_integer) {
        append_integer(number, argument, letter, conversion);
      } else {
        append_floating(number, argument.floating, letter, conversion);
      }
      out += is_upper ? upper(std::move(number)) : number;
      continue;
    }
    if ((letter == 's' || letter == 'b') && conversion.precision >= 0) {
      std::size_t end = 0;
      for (int i = 0; i < conversion.precision && end < text.size(); ++i) { static_cast<void>(decode_utf8(text, end)); }
      text.resize(end);
    }
    append_aligned(out, is_upper ? upper(std::move(text)) : text, conversion);
  }
}

}  // namespace hammerscale::sql
