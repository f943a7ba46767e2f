#include <unicode/brkiter.h>
#include <unicode/dcfmtsym.h>
#include <unicode/decimfmt.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/record_options.hpp"
#include "sql/functions/row_builder.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/types/coercion.hpp"
#include "sql/types/datetime_pattern.hpp"
#include "sql/types/decimal.hpp"
#include "sql/types/java_format.hpp"
#include "sql/types/number_pattern.hpp"
#include "sql/types/text_scan.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::string;
using std::string_view;

/// The constant format that argument 1 is; none for NULL.
std::optional<string> constant_format(const CallInput& input) {
  if (!input.types[1].is_string() && !input.types[1].is_null()) { fail_argument_type(input, 1, "\"STRING\""); }
  const Value& format = expect_constant(input, 1, "format");
  return format.is_null() ? std::nullopt : std::optional(format.as_string());
}

BoundFunction null_text_function(const CallInput& input) {
  return BoundFunction{.type = DataType::string(),
                       .argument_types = input.types,
                       .evaluate = [](const Arguments& arguments, Vector& result) {
                         arguments.rows.for_each([&](int32_t row) { result.set_null(row); });
                       }};
}

string encode_hex(string_view bytes) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  string out;
  for (const char c : bytes) {
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[c & 15];
  }
  return out;
}

/// to_char of binary: its text in base64, hex or UTF-8.
BoundFunction bind_to_char_binary(const CallInput& input, const string& format) {
  string (*encode)(string_view) = nullptr;
  if (equal_ignoring_case(format, "base64")) {
    encode = encode_base64;
  } else if (equal_ignoring_case(format, "hex")) {
    encode = encode_hex;
  } else if (equal_ignoring_case(format, "utf-8")) {
    encode = [](string_view bytes) { return string(bytes); };
  } else {
    throw SqlError("INVALID_PARAMETER_VALUE.BINARY_FORMAT",
                   {{"parameter", "`format`"},
                    {"functionName", "`" + string(input.name) + "`"},
                    {"invalidFormat", "'" + format + "'"}},
                   input.origin);
  }
  return BoundFunction{.type = DataType::string(),
                       .argument_types = {TypeId::kBinary, DataType::string()},
                       .evaluate = rowwise<string_view, string_view>(
                           [encode](string_view bytes, string_view) { return encode(bytes); })};
}

BoundFunction bind_to_char(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const auto format = constant_format(input);
  if (!format) { return null_text_function(input); }
  const DataType& from = input.types[0];
  if (from.id() == TypeId::kBinary) { return bind_to_char_binary(input, *format); }
  if (from.is_datetime()) {
    auto pattern = std::make_shared<DateTimePattern>(DateTimePattern::for_formatting(*format));
    return BoundFunction{.type = DataType::string(),
                         .argument_types = {from, DataType::string()},
                         .evaluate = [pattern, from](const Arguments& arguments, Vector& result) {
                           string text;
                           arguments.rows.for_each([&](int32_t row) {
                             text.clear();
                             const std::int64_t value = arguments[0].value(row).as_int64();
                             if (from.id() == TypeId::kTimestamp) {
                               pattern->format(text, value, *arguments.context.time_zone);
                             } else {
                               pattern->format_local(text, from.id() == TypeId::kDate ? value * kMicrosPerDay : value);
                             }
                             result.mutable_values<StringView>()[row] = result.string_heap().add(text);
                           });
                         }};
  }
  const DataType decimal = from.is_decimal()    ? from
                           : from.is_integral() ? decimal_for(from)
                                                : DataType::decimal(38, 18);
  if (!from.is_numeric() && !from.is_string() && !from.is_null()) { fail_argument_type(input, 0, "\"NUMERIC\""); }
  auto pattern = std::make_shared<NumberPattern>(NumberPattern::compile(*format));
  return BoundFunction{.type = DataType::string(),
                       .argument_types = {decimal, DataType::string()},
                       .evaluate = [pattern, decimal](const Arguments& arguments, Vector& result) {
                         string text;
                         arguments.rows.for_each([&](int32_t row) {
                           text.clear();
                           pattern->format(text, arguments[0].value(row).as_int128(), decimal.scale());
                           result.mutable_values<StringView>()[row] = result.string_heap().add(text);
                         });
                       }};
}

BindFunction bind_to_number(bool fails) {
  return [fails](const CallInput& input) {
    check_num_arguments(input, 2, 2);
    const auto format = constant_format(input);
    // A NULL format never meets a row: any type does.
    const NumberPattern pattern = NumberPattern::compile(format.value_or("9"));
    BoundFunction bound{.type = pattern.type(),
                        .nullable = true,
                        .argument_types = {expect_argument(input, 0, TypeClass::kString), DataType::string()},
                        .can_fail = fails,
                        .evaluate = {}};
    bound.evaluate = building_rows([=, shown = format.value_or(""), origin = input.origin](
                                       const Arguments& arguments, int32_t row, VectorBuilder& out) {
      if (arguments[0].is_null(row) || arguments[1].is_null(row)) {
        out.append_null();
        return;
      }
      const ColumnReader<StringView> texts(arguments[0]);
      const string_view text = texts[row].view();
      const auto number = pattern.parse(text);
      if (!number && fails) {
        throw SqlError("INVALID_FORMAT.MISMATCH_INPUT",
                       {{"format", shown}, {"inputType", "\"STRING\""}, {"input", string(text)}}, origin);
      }
      if (number) {
        out.append_value(Value(*number));
      } else {
        out.append_null();
      }
    });
    return bound;
  };
}

/// The number in plain decimal digits with `places` behind the point, rounded half to even, and commas between
/// thousands.
string grouped(bool is_negative, string digits, std::size_t scale, std::size_t places) {
  // `digits` has `scale` digits behind the point and at least one in front.
  if (scale > places) {
    const std::size_t keep = digits.size() - (scale - places);
    const string_view cut = string_view(digits).substr(keep);
    const bool is_tie = cut[0] == '5' && cut.find_first_not_of('0', 1) == string_view::npos;
    const bool is_odd = keep > 0 && (digits[keep - 1] - '0') % 2 == 1;
    const bool rounds_up = is_tie ? is_odd : cut[0] >= '5';
    digits.resize(keep);
    std::size_t i = keep;
    while (rounds_up && i > 0 && digits[i - 1] == '9') { digits[--i] = '0'; }
    if (rounds_up) {
      if (i == 0) {
        digits.insert(0, 1, '1');
      } else {
        ++digits[i - 1];
      }
    }
  } else {
    digits.append(places - scale, '0');
  }
  if (digits.size() <= places) { digits.insert(0, places + 1 - digits.size(), '0'); }
  string out = is_negative ? "-" : "";
  const std::size_t whole = digits.size() - places;
  for (std::size_t i = 0; i < whole; ++i) {
    if (i != 0 && (whole - i) % 3 == 0) { out += ','; }
    out += digits[i];
  }
  if (places != 0) { out += "." + digits.substr(whole); }
  return out;
}

/// Digits and scale of the shortest text of a number.
string format_plain(const Value& value, const DataType& type, std::size_t places) {
  if (type.is_fractional()) {
    const double number = type.id() == TypeId::kFloat ? static_cast<double>(value.as_float()) : value.as_double();
    if (std::isnan(number)) { return "NaN"; }
    if (std::isinf(number)) { return number < 0 ? "-\u221E" : "\u221E"; }
  }
  string text = value_text(value, type, TextStyle::kCast, TimeZone::utc());
  const bool is_negative = text[0] == '-';
  if (is_negative) { text.erase(0, 1); }
  int exponent = 0;
  if (const auto mark = text.find('E'); mark != string::npos) {
    exponent = std::stoi(text.substr(mark + 1));
    text.resize(mark);
  }
  const auto point = text.find('.');
  int scale = point == string::npos ? 0 : static_cast<int>(text.size() - point - 1);
  if (point != string::npos) { text.erase(point, 1); }
  scale -= exponent;
  if (scale < 0) {
    text.append(static_cast<std::size_t>(-scale), '0');
    scale = 0;
  }
  if (text.size() <= static_cast<std::size_t>(scale)) {
    text.insert(0, static_cast<std::size_t>(scale) + 1 - text.size(), '0');
  }
  const auto first = std::min(text.find_first_not_of('0'), text.size() - static_cast<std::size_t>(scale) - 1);
  return grouped(is_negative, text.substr(first), static_cast<std::size_t>(scale), places);
}

/// A pattern of Java's DecimalFormat, which ICU reads the same way.
string format_by_pattern(const Value& value, const DataType& type, string_view pattern, Origin origin) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::DecimalFormat format(
      icu::UnicodeString::fromUTF8(
          pattern.empty() ? "#,###" : icu::StringPiece(pattern.data(), static_cast<int32_t>(pattern.size()))),
      icu::DecimalFormatSymbols(icu::Locale::getUS(), status), status);
  icu::UnicodeString text;
  const string number = value_text(value, type, TextStyle::kCast, TimeZone::utc());
  const bool is_finite = number.find_first_of("NI") == string::npos;
  if (is_finite) {
    format.format(icu::StringPiece(number), text, nullptr, status);
  } else {
    return format_plain(value, type, 0);
  }
  if (U_FAILURE(status) != 0) {
    throw SqlError(
        "INVALID_PARAMETER_VALUE.PATTERN",
        {{"parameter", "`format`"}, {"functionName", "`format_number`"}, {"value", "'" + string(pattern) + "'"}},
        origin);
  }
  string out;
  text.toUTF8String(out);
  return out;
}

BoundFunction bind_format_number(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  DataType type = input.types[0];
  if (!type.is_numeric()) { type = expect_argument(input, 0, TypeClass::kNumeric); }
  if (input.types[1].is_string()) {
    return BoundFunction{.type = DataType::string(),
                         .argument_types = {type, input.types[1]},
                         .can_fail = true,
                         .evaluate = [type, origin = input.origin](const Arguments& arguments, Vector& result) {
                           const ColumnReader<StringView> patterns(arguments[1]);
                           arguments.rows.for_each([&](int32_t row) {
                             result.mutable_values<StringView>()[row] = result.string_heap().add(
                                 format_by_pattern(arguments[0].value(row), type, patterns[row].view(), origin));
                           });
                         }};
  }
  const DataType places_type = expect_argument(input, 1, TypeId::kInt);
  return BoundFunction{.type = DataType::string(),
                       .argument_types = {type, places_type},
                       .evaluate = [type](const Arguments& arguments, Vector& result) {
                         const ColumnReader<int32_t> places(arguments[1]);
                         arguments.rows.for_each([&](int32_t row) {
                           if (places[row] < 0) {
                             result.set_null(row);
                             return;
                           }
                           result.mutable_values<StringView>()[row] = result.string_heap().add(
                               format_plain(arguments[0].value(row), type, static_cast<std::size_t>(places[row])));
                         });
                       }};
}

/// The argument of a format, as Java's Formatter would get it. `text` keeps what %s prints.
FormatArgument format_argument(const Vector& column, int32_t row, string& text) {
  FormatArgument out;
  if (column.is_null(row)) { return out; }
  const Value value = column.value(row);
  const auto integer = [&](int bits) {
    out.kind = FormatArgument::Kind::kInteger;
    out.bits = bits;
    out.integer = value.as_int64();
  };
  switch (column.type().id()) {
    case TypeId::kBoolean:
      out.kind = FormatArgument::Kind::kBoolean;
      out.boolean = value.as_bool();
      break;
    case TypeId::kTinyint: integer(8); break;
    case TypeId::kSmallint: integer(16); break;
    case TypeId::kInt:
    case TypeId::kDate:
    case TypeId::kYearMonthInterval: integer(32); break;  // Dates and intervals reach the formatter as what they count.
    case TypeId::kBigint:
    case TypeId::kTime:
    case TypeId::kTimestamp:
    case TypeId::kTimestampNtz:
    case TypeId::kDayTimeInterval: integer(64); break;
    case TypeId::kFloat:
    case TypeId::kDouble:
      out.kind = FormatArgument::Kind::kFloating;
      out.floating = column.type().id() == TypeId::kFloat ? static_cast<double>(value.as_float()) : value.as_double();
      break;
    default:
      out.kind = FormatArgument::Kind::kText;
      text = value_text(value, column.type(), TextStyle::kCast, TimeZone::utc());
      out.text = text;
  }
  return out;
}

BoundFunction bind_format_string(const CallInput& input) {
  check_num_arguments(input, 1, static_cast<std::size_t>(-1));
  BoundFunction bound{.type = DataType::string(),
                      .argument_types = input.types,
                      .nulls = NullPolicy::kHandled,
                      .can_fail = true,
                      .evaluate = {}};
  bound.argument_types[0] = expect_argument(input, 0, TypeClass::kString);
  const auto check_zero = [name = string(input.name), origin = input.origin](string_view pattern) {
    if (pattern.find("%0$") != string_view::npos) {
      throw SqlError("INVALID_PARAMETER_VALUE.ZERO_INDEX",
                     {{"parameter", "`strfmt`"}, {"functionName", "`format_string`"}}, origin);
    }
  };
  if (input.constants[0] != nullptr && !input.constants[0]->is_null() && input.types[0].is_string()) {
    check_zero(input.constants[0]->as_string());
  }
  bound.evaluate = [check_zero, origin = input.origin](const Arguments& arguments, Vector& result) {
    const ColumnReader<StringView> patterns(arguments[0]);
    const std::size_t count = arguments.vectors.size() - 1;
    std::vector<string> texts(count);
    std::vector<FormatArgument> values(count);
    string out;
    arguments.rows.for_each([&](int32_t row) {
      if (arguments[0].is_null(row)) {
        result.set_null(row);
        return;
      }
      for (std::size_t i = 0; i < count; ++i) { values[i] = format_argument(arguments[i + 1], row, texts[i]); }
      out.clear();
      const string_view pattern = patterns[row].view();
      check_zero(pattern);
      try {
        append_java_format(out, pattern, values);
      } catch (const SqlError&) { throw; } catch (const UserError& error) {
        throw SqlError(
            "INVALID_PARAMETER_VALUE.PATTERN",
            {{"parameter", "`strfmt`"}, {"functionName", "`format_string`"}, {"value", "'" + string(pattern) + "'"}},
            origin);
      }
      result.mutable_values<StringView>()[row] = result.string_heap().add(out);
    });
  };
  return bound;
}

/// sentences(text[, language[, country]]): words by sentence, as ICU breaks text.
BoundFunction bind_sentences(const CallInput& input) {
  check_num_arguments(input, 1, 3);
  BoundFunction bound{.type = DataType::array(DataType::array(DataType::string(), false), false),
                      .nullable = any_nullable(input),
                      .argument_types = {},
                      .nulls = NullPolicy::kHandled,
                      .evaluate = {}};
  for (std::size_t i = 0; i < input.types.size(); ++i) {
    bound.argument_types.push_back(expect_argument(input, i, TypeClass::kString));
  }
  bound.evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
    if (arguments[0].is_null(row)) {
      out.append_null();
      return;
    }
    const auto part = [&](std::size_t i) {
      return i < arguments.vectors.size() && !arguments[i].is_null(row)
                 ? string(ColumnReader<StringView>(arguments[i])[row].view())
                 : string();
    };
    const string language = part(1);
    const icu::Locale locale = language.empty() ? icu::Locale::getUS() : icu::Locale(language.c_str(), part(2).c_str());
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(part(0));
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> sentences(icu::BreakIterator::createSentenceInstance(locale, status));
    const std::unique_ptr<icu::BreakIterator> words(icu::BreakIterator::createWordInstance(locale, status));
    if (U_FAILURE(status) != 0) { throw InternalError("the library of Unicode has no rules to break text"); }
    sentences->setText(text);
    for (int32_t start = sentences->first(), end = sentences->next(); end != icu::BreakIterator::DONE;
         start = end, end = sentences->next()) {
      const icu::UnicodeString sentence(text, start, end - start);
      words->setText(sentence);
      for (int32_t from = words->first(), to = words->next(); to != icu::BreakIterator::DONE;
           from = to, to = words->next()) {
        if (u_isalnum(sentence.char32At(from)) == 0) { continue; }
        string word;
        sentence.tempSubStringBetween(from, to).toUTF8String(word);
        out.child(0).child(0).append_string(word);
      }
      out.child(0).finish_list();
    }
    out.finish_list();
  });
  return bound;
}

}  // namespace

void add_string_format_functions(FunctionRegistry& registry) {
  const auto add = [&](string_view name, BindFunction bind, string_view usage, std::vector<FunctionExample> examples,
                       string_view since, std::vector<string_view> aliases = {}) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "string_funcs", .usage = usage, .examples = std::move(examples), .since = since},
        .aliases = std::move(aliases)});
  };
  add("to_char", bind_to_char,
      "to_char(value, format) - Returns a number in a format of 9, 0, . or D, comma or G, $, S, MI and PR; a date or "
      "timestamp by its pattern; binary as "
      "base64, hex or utf-8.",
      {{"SELECT to_char(454, '999')", {"454"}},
       {"SELECT to_char(-12454.8, '99G999D9S')", {"12,454.8-"}},
       {"SELECT to_char(date'2016-04-08', 'y')", {"2016"}}},
      "3.4.0", {"to_varchar"});
  add("to_number", bind_to_number(true),
      "to_number(text, format) - Returns the number that the text stands for in the format; an error where it does not "
      "fit.",
      {{"SELECT to_number('12,454', '99,999')", {"12454"}}, {"SELECT to_number('$78.12', '$99.99')", {"78.12"}}},
      "3.3.0");
  add("try_to_number", bind_to_number(false),
      "try_to_number(text, format) - As to_number, but NULL where the text does not fit.",
      {{"SELECT try_to_number('x', '999')", {"NULL"}}}, "3.3.0");
  add("format_number", bind_format_number,
      "format_number(number, places) - Returns the number with commas between thousands and that many digits behind "
      "the point, or in a pattern such as "
      "'#,##0.00' instead of places.",
      {{"SELECT format_number(12332.123456, 4)", {"12,332.1235"}},
       {"SELECT format_number(12332.123456, '#,##0.00')", {"12,332.12"}}},
      "1.5.0");
  add("format_string", bind_format_string,
      "format_string(format, value, ...) - Returns the format with its % conversions, those of printf, filled in.",
      {{"SELECT format_string('Hello World %d %s', 100, 'days')", {"Hello World 100 days"}}}, "1.5.0", {"printf"});
  add("sentences", bind_sentences,
      "sentences(text[, language[, country]]) - Returns the words of each sentence of the text.",
      {{"SELECT sentences('Hi there! Good morning.')", {"[[Hi, there], [Good, morning]]"}}}, "2.0.0");
}

}  // namespace hammerscale::sql
