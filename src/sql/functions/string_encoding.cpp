#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hammerscale/base/error.hpp"
#include "sql/functions/families.hpp"
#include "sql/functions/row_builder.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/functions/utf8.hpp"
#include "sql/vector/vector_compare.hpp"

namespace hammerscale::sql {

namespace {

using std::int64_t;
using std::string;
using std::string_view;

constexpr string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

string to_base64(string_view bytes) {
  string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t j = 0; j < 3; ++j) {
      group = (group << 8) | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) { out += j <= count ? kBase64[(group >> (18 - 6 * j)) & 63] : '='; }
  }
  return out;
}

/// Characters outside the alphabet are skipped, as in Java's MIME decoder; none where the length cannot be.
std::optional<string> from_base64(string_view text, bool is_strict) {
  string out;
  std::uint32_t group = 0;
  int count = 0;
  std::size_t padding = 0;
  for (const char c : text) {
    if (c == '=') {
      ++padding;
      continue;
    }
    const auto value = kBase64.find(c);
    if (value == string_view::npos) {
      const bool is_blank = c == ' ' || (c >= '\t' && c <= '\r');
      if (is_strict && !is_blank) { return std::nullopt; }
      continue;
    }
    if (padding > 0) { return std::nullopt; }
    group = (group << 6) | static_cast<std::uint32_t>(value);
    if (++count == 4) {
      out += static_cast<char>(group >> 16);
      out += static_cast<char>(group >> 8);
      out += static_cast<char>(group);
      group = 0;
      count = 0;
    }
  }
  if (count == 1 || (count == 0 && padding > 0) || (padding > 0 && count + static_cast<int>(padding) != 4)) {
    return std::nullopt;
  }
  if (count == 2) { out += static_cast<char>(group >> 4); }
  if (count == 3) {
    out += static_cast<char>(group >> 10);
    out += static_cast<char>(group >> 2);
  }
  return out;
}

string to_hex(string_view bytes) {
  string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += "0123456789ABCDEF"[byte >> 4];
    out += "0123456789ABCDEF"[byte & 15];
  }
  return out;
}

string number_to_hex(int64_t number) {
  auto bits = static_cast<std::uint64_t>(number);
  string digits;
  do {
    digits += "0123456789ABCDEF"[bits & 15];
    bits >>= 4;
  } while (bits != 0);
  std::ranges::reverse(digits);
  return digits;
}

std::optional<string> from_hex(string_view digits) {
  const auto value = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
  };
  string out;
  std::size_t i = 0;
  if (digits.size() % 2 == 1) {
    if (value(digits[0]) < 0) { return std::nullopt; }
    out += static_cast<char>(value(digits[0]));
    i = 1;
  }
  for (; i < digits.size(); i += 2) {
    const int high = value(digits[i]);
    const int low = value(digits[i + 1]);
    if (high < 0 || low < 0) { return std::nullopt; }
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

BoundFunction bind_hex(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  BoundFunction bound{
      .type = DataType::string(), .nullable = any_nullable(input), .argument_types = {}, .evaluate = {}};
  if (input.types[0].id() == TypeId::kBinary || input.types[0].is_string()) {
    bound.argument_types = {input.types[0]};
    bound.evaluate = rowwise<string_view>(to_hex);
  } else {
    bound.argument_types = {expect_argument(input, 0, TypeId::kBigint)};
    bound.evaluate = rowwise<int64_t>(number_to_hex);
  }
  return bound;
}

/// The character sets that Spark knows; ICU does the work.
bool is_known_charset(string_view upper_name) {
  static constexpr string_view kKnown[] = {"US-ASCII", "ISO-8859-1", "UTF-8", "UTF-16BE",
                                           "UTF-16LE", "UTF-16",     "UTF-32"};
  return std::ranges::find(kKnown, upper_name) != std::end(kKnown);
}

class Converter {
 public:
  explicit Converter(const string& charset) {
    UErrorCode status = U_ZERO_ERROR;
    // Java's UTF-16 and UTF-32 write big-endian; UTF-16 with a mark before it.
    converter_ = ucnv_open(charset == "UTF-32"   ? "UTF-32BE"
                           : charset == "UTF-16" ? "UTF-16BE"
                                                 : charset.c_str(),
                           &status);
    if (U_FAILURE(status) != 0) { throw InternalError("ICU lacks a character set", {{"charset", charset}}); }
    ucnv_setToUCallBack(converter_, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    ucnv_setFromUCallBack(converter_, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  }
  ~Converter() { ucnv_close(converter_); }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  std::optional<string> from_utf8(string_view text) { return convert(text, true); }
  std::optional<string> to_utf8(string_view bytes) { return convert(bytes, false); }

 private:
  std::optional<string> convert(string_view in, bool from_utf8) {
    UErrorCode status = U_ZERO_ERROR;
    UConverter* utf8 = ucnv_open("UTF-8", &status);
    string out(in.size() * 4 + 16, '\0');
    char* target = out.data();
    const char* source = in.data();
    ucnv_setToUCallBack(utf8, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    std::array<UChar, 1024> pivot{};
    UChar* pivot_source = pivot.data();
    UChar* pivot_target = pivot.data();
    ucnv_convertEx(from_utf8 ? converter_ : utf8, from_utf8 ? utf8 : converter_, &target, out.data() + out.size(),
                   &source, in.data() + in.size(), pivot.data(), &pivot_source, &pivot_target,
                   pivot.data() + pivot.size(), 1, 1, &status);
    ucnv_close(utf8);
    if (U_FAILURE(status) != 0) { return std::nullopt; }
    out.resize(static_cast<std::size_t>(target - out.data()));
    return out;
  }

  UConverter* converter_ = nullptr;
};

string upper_ascii(string_view text) {
  string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') { c = static_cast<char>(c - 32); }
  }
  return upper;
}

/// encode and decode share all but the direction.
string convert_charset(string_view in, string_view charset, bool encodes, const string& function, Origin origin) {
  const string name = upper_ascii(charset);
  if (!is_known_charset(name)) {
    throw SqlError("INVALID_PARAMETER_VALUE.CHARSET",
                   {{"functionName", "`" + function + "`"},
                    {"parameter", "`charset`"},
                    {"charsets", "`ISO-8859-1`, `US-ASCII`, `UTF-16`, `UTF-16BE`, `UTF-16LE`, `UTF-32`, `UTF-8`"},
                    {"charset", string(charset)}},
                   origin);
  }
  const auto fail = [&]() -> string {
    throw SqlError("MALFORMED_CHARACTER_CODING", {{"function", "`" + function + "`"}, {"charset", name}}, origin);
  };
  if (name == "UTF-8") { return utf8::is_valid(in) ? string(in) : fail(); }
  if (name == "UTF-16") {
    if (encodes) {
      auto out = Converter(name).from_utf8(in);
      return out ? (out->empty() ? string() : "\xFE\xFF" + *out) : fail();
    }
    const bool is_little = in.starts_with("\xFF\xFE");
    const bool has_mark = is_little || in.starts_with("\xFE\xFF");
    auto out = Converter(is_little ? "UTF-16LE" : "UTF-16BE").to_utf8(has_mark ? in.substr(2) : in);
    return out ? *out : fail();
  }
  Converter converter(name);
  auto out = encodes ? converter.from_utf8(in) : converter.to_utf8(in);
  return out ? *out : fail();
}

/// decode(value, search, result, ...[, default]): the result behind the first search that equals the value, NULLs being
/// equal.
BoundFunction bind_decode_cases(const CallInput& input) {
  const std::size_t num_cases = (input.types.size() - 1) / 2;
  const bool has_default = input.types.size() % 2 == 0;
  DataType searched = input.types[0];
  DataType result = input.types[2];
  for (std::size_t i = 1; i < input.types.size(); ++i) {
    const bool is_default = has_default && i + 1 == input.types.size();
    DataType& common = i % 2 == 0 || is_default ? result : searched;
    const auto wider = wider_type(common, input.types[i]);
    if (!wider) { fail_argument_type(input, i, "\"" + common.to_sql() + "\""); }
    common = *wider;
  }
  BoundFunction bound{
      .type = result, .nullable = true, .argument_types = {searched}, .nulls = NullPolicy::kHandled, .evaluate = {}};
  for (std::size_t i = 0; i < num_cases; ++i) {
    bound.argument_types.push_back(searched);
    bound.argument_types.push_back(result);
  }
  if (has_default) { bound.argument_types.push_back(result); }
  bound.evaluate =
      building_rows([num_cases, has_default](const Arguments& arguments, std::int32_t row, VectorBuilder& out) {
        for (std::size_t i = 0; i < num_cases; ++i) {
          if (same_cells(arguments[0], row, arguments[1 + 2 * i], row)) {
            return out.append_from(arguments[2 + 2 * i], row);
          }
        }
        if (has_default) { return out.append_from(arguments[arguments.vectors.size() - 1], row); }
        out.append_null();
      });
  return bound;
}

BoundFunction bind_decode(const CallInput& input) {
  if (input.types.size() > 2) { return bind_decode_cases(input); }
  return signature(
      {TypeId::kBinary, TypeClass::kString}, DataType::string(),
      [](const CallInput& call) {
        return rowwise<string_view, string_view>([origin = call.origin](string_view bytes, string_view charset) {
          return convert_charset(bytes, charset, false, "decode", origin);
        });
      },
      {.can_fail = true})(input);
}

/// to_binary(str[, format]): hex (the default), utf-8, base64.
BindFunction bind_to_binary(bool is_try) {
  return [is_try](const CallInput& input) {
    check_num_arguments(input, 1, 2);
    BoundFunction bound{
        .type = TypeId::kBinary, .nullable = is_try || any_nullable(input), .argument_types = {}, .evaluate = {}};
    bound.argument_types.push_back(expect_argument(input, 0, TypeClass::kString));
    string format = "hex";
    if (input.types.size() == 2) {
      bound.argument_types.push_back(expect_argument(input, 1, TypeClass::kString));
      const Value& constant = expect_constant(input, 1, "fmt");
      if (constant.is_null()) {
        bound.nullable = true;
      } else {
        format = upper_ascii(constant.as_string());
        std::ranges::transform(format, format.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        if (format != "hex" && format != "utf-8" && format != "utf8" && format != "base64") {
          throw SqlError("DATATYPE_MISMATCH.INVALID_ARG_VALUE",
                         {{"inputName", "`fmt`"},
                          {"requireType", "case-insensitive \"STRING\""},
                          {"validValues", "'hex', 'utf-8', 'utf8', or 'base64'"},
                          {"inputValue", "'" + format + "'"},
                          {"sqlExpr", "\"" + call_text(input) + "\""}},
                         input.origin);
        }
      }
    }
    bound.can_fail = !is_try;
    bound.evaluate = rowwise<string_view>([=, origin = input.origin](string_view text) -> std::optional<string> {
      std::optional<string> bytes;
      if (format == "hex") { bytes = from_hex(text); }
      if (format == "base64") { bytes = from_base64(text, true); }
      if (format == "utf-8" || format == "utf8") { bytes = string(text); }
      if (!bytes && !is_try) {
        throw SqlError("CONVERSION_INVALID_INPUT",
                       {{"str", "'" + string(text) + "'"},
                        {"fmt", "'" + upper_ascii(format) + "'"},
                        {"targetType", "\"BINARY\""},
                        {"suggestion", "`try_to_binary`"}},
                       origin);
      }
      return bytes;
    });
    return bound;
  };
}

}  // namespace

void add_string_encoding_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since,
                       std::string_view group = "string_funcs") {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = group, .usage = usage, .examples = std::move(examples), .since = since}});
  };
  add("base64",
      signature({TypeId::kBinary}, DataType::string(),
                [](const CallInput&) { return rowwise<string_view>(to_base64); }),
      "base64(bytes) - Returns bytes as base 64 text.", {{"SELECT base64('MPI')", {"TVBJ"}}}, "1.5.0");
  add("unbase64",
      signature({TypeClass::kString}, TypeId::kBinary,
                [](const CallInput& call) {
                  return rowwise<string_view>([origin = call.origin](string_view text) {
                    auto bytes = from_base64(text, false);
                    if (!bytes) {
                      throw SqlError("CONVERSION_INVALID_INPUT",
                                     {{"str", "'" + string(text) + "'"},
                                      {"fmt", "'BASE64'"},
                                      {"targetType", "\"BINARY\""},
                                      {"suggestion", "`try_to_binary`"}},
                                     origin);
                    }
                    return *bytes;
                  });
                },
                {.can_fail = true}),
      "unbase64(str) - Returns the bytes that base 64 text stands for.", {{"SELECT unbase64('TVBJ')", {"MPI"}}},
      "1.5.0");
  add("hex", bind_hex, "hex(expr) - Returns a number, binary or string in hexadecimal digits.",
      {{"SELECT hex(255)", {"FF"}}, {"SELECT hex('MPI')", {"4D5049"}}}, "1.5.0", "math_funcs");
  add("unhex",
      signature({TypeClass::kString}, TypeId::kBinary, [](const CallInput&) { return rowwise<string_view>(from_hex); },
                {.nullable = true}),
      "unhex(str) - Returns the bytes that hexadecimal digits stand for; NULL for other text.",
      {{"SELECT decode(unhex('4D5049'), 'UTF-8')", {"MPI"}}, {"SELECT unhex('xy')", {"NULL"}}}, "1.5.0", "math_funcs");
  add("encode",
      signature({TypeClass::kString, TypeClass::kString}, TypeId::kBinary,
                [](const CallInput& call) {
                  return rowwise<string_view, string_view>(
                      [origin = call.origin](string_view text, string_view charset) {
                        return convert_charset(text, charset, true, "encode", origin);
                      });
                },
                {.can_fail = true}),
      "encode(str, charset) - Returns the bytes of str in a character set: US-ASCII, ISO-8859-1, UTF-8, UTF-16BE, "
      "UTF-16LE, UTF-16 or "
      "UTF-32.",
      {{"SELECT hex(encode('MPI', 'utf-8'))", {"4D5049"}}}, "1.5.0");
  add("decode", bind_decode,
      "decode(bytes, charset) - Returns the text that bytes stand for in a character set.\ndecode(expr, search, "
      "result, ...[, default]) "
      "- Returns the result behind the first search that equals expr, NULLs being equal; else the default, or NULL.",
      {{"SELECT decode(encode('abc', 'utf-16'), 'utf-16')", {"abc"}},
       {"SELECT decode(2, 1, 'one', 2, 'two')", {"two"}}},
      "1.5.0");
  add("to_binary", bind_to_binary(false),
      "to_binary(str[, fmt]) - Returns the bytes that str stands for: hexadecimal digits unless fmt is 'utf-8' or "
      "'base64'.",
      {{"SELECT to_binary('abc', 'utf-8')", {"abc"}}}, "3.3.0");
  add("try_to_binary", bind_to_binary(true),
      "try_to_binary(str[, fmt]) - As to_binary, but NULL for text it cannot convert.",
      {{"SELECT try_to_binary('a!', 'base64')", {"NULL"}}}, "3.3.0");
  add("is_valid_utf8",
      signature({TypeClass::kString}, TypeId::kBoolean,
                [](const CallInput&) { return rowwise<string_view>(utf8::is_valid); }),
      "is_valid_utf8(str) - Whether the bytes of str are UTF-8.", {{"SELECT is_valid_utf8('abc')", {"true"}}}, "4.0.0");
  add("make_valid_utf8",
      signature({TypeClass::kString}, DataType::string(),
                [](const CallInput&) { return rowwise<string_view>(utf8::make_valid); }),
      "make_valid_utf8(str) - Returns str with bytes that are no UTF-8 replaced by U+FFFD.",
      {{"SELECT make_valid_utf8('abc')", {"abc"}}}, "4.0.0");
  add("validate_utf8",
      signature({TypeClass::kString}, DataType::string(),
                [](const CallInput& call) {
                  return rowwise<string_view>([origin = call.origin](string_view text) {
                    if (!utf8::is_valid(text)) {
                      throw SqlError("INVALID_UTF8_STRING", {{"str", "\\x" + to_hex(text)}}, origin);
                    }
                    return text;
                  });
                },
                {.can_fail = true}),
      "validate_utf8(str) - Returns str; an error when its bytes are no UTF-8.",
      {{"SELECT validate_utf8('abc')", {"abc"}}}, "4.0.0");
  add("try_validate_utf8",
      signature({TypeClass::kString}, DataType::string(),
                [](const CallInput&) {
                  return rowwise<string_view>([](string_view text) -> std::optional<string_view> {
                    return utf8::is_valid(text) ? std::optional(text) : std::nullopt;
                  });
                },
                {.nullable = true}),
      "try_validate_utf8(str) - Returns str; NULL when its bytes are no UTF-8.",
      {{"SELECT try_validate_utf8('abc')", {"abc"}}}, "4.0.0");
}

}  // namespace hammerscale::sql
