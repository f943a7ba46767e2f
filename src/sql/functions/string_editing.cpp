#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "sql/functions/families.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/functions/utf8.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::string;
using std::string_view;

/// The part of `length` units from 1-based position `position` (0 counts as 1, negative from the end), of a sequence of
/// `size` units: first unit and number of units.
std::pair<std::int64_t, std::int64_t> substring_range(std::int64_t size, int32_t position, int32_t length) {
  // Spark's rule: a start before the beginning eats into the length.
  std::int64_t start = position > 0 ? position - 1 : position < 0 ? size + position : 0;
  const std::int64_t end = length < 0 ? start : std::min<std::int64_t>(size, start + length);
  start = std::max<std::int64_t>(start, 0);
  return {std::min(start, size), std::max<std::int64_t>(end - start, 0)};
}

string_view substring_of_text(string_view text, int32_t position, int32_t length) {
  if (position >= 0 && !text.empty()) {
    // No need to know the length.
    const auto first = static_cast<std::size_t>(position > 0 ? position - 1 : 0);
    return length <= 0 ? string_view{} : utf8::slice(text, first, static_cast<std::size_t>(length));
  }
  const auto [first, count] = substring_range(static_cast<std::int64_t>(utf8::length(text)), position, length);
  return utf8::slice(text, static_cast<std::size_t>(first), static_cast<std::size_t>(count));
}

string_view substring_of_bytes(string_view bytes, int32_t position, int32_t length) {
  const auto [first, count] = substring_range(static_cast<std::int64_t>(bytes.size()), position, length);
  return bytes.substr(static_cast<std::size_t>(first), static_cast<std::size_t>(count));
}

BoundFunction bind_substring(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  BoundFunction bound;
  const auto type = expect_argument(input, 0, TypeClass::kStringOrBinary);
  bound.type = type.id() == TypeId::kBinary ? type : DataType::string(type.collation());
  bound.nullable = any_nullable(input);
  bound.argument_types = {type, expect_argument(input, 1, TypeId::kInt)};
  const auto cut = type.id() == TypeId::kBinary ? substring_of_bytes : substring_of_text;
  if (input.types.size() == 3) {
    bound.argument_types.push_back(expect_argument(input, 2, TypeId::kInt));
    bound.evaluate = rowwise<string_view, int32_t, int32_t>(cut);
  } else {
    bound.evaluate = rowwise<string_view, int32_t>(
        [cut](string_view text, int32_t position) { return cut(text, position, std::numeric_limits<int32_t>::max()); });
  }
  return bound;
}

string pad(string_view text, int32_t length, string_view padding, bool on_left) {
  if (length <= 0) { return {}; }
  const auto wanted = static_cast<std::size_t>(length);
  const auto have = utf8::length(text);
  if (have >= wanted || padding.empty()) { return string(utf8::slice(text, 0, wanted)); }
  const auto unit = utf8::length(padding);
  string filler;
  for (std::size_t i = 0; i < (wanted - have) / unit; ++i) { filler += padding; }
  filler += utf8::slice(padding, 0, (wanted - have) % unit);
  return on_left ? filler + string(text) : string(text) + filler;
}

string pad_bytes(string_view bytes, int32_t length, string_view padding, bool on_left) {
  if (length <= 0) { return {}; }
  const auto wanted = static_cast<std::size_t>(length);
  if (bytes.size() >= wanted || padding.empty()) { return string(bytes.substr(0, wanted)); }
  string filler;
  while (filler.size() < wanted - bytes.size()) { filler += padding; }
  filler.resize(wanted - bytes.size());
  return on_left ? filler + string(bytes) : string(bytes) + filler;
}

BindFunction bind_pad(bool on_left) {
  return [on_left](const CallInput& input) {
    check_num_arguments(input, 2, 3);
    BoundFunction bound;
    bool is_binary = input.types[0].id() == TypeId::kBinary;
    if (input.types.size() == 3 && input.types[2].is_string()) { is_binary = false; }
    const DataType type = is_binary ? DataType(TypeId::kBinary) : expect_argument(input, 0, TypeClass::kString);
    bound.type = is_binary ? type : DataType::string(type.collation());
    bound.nullable = any_nullable(input);
    bound.argument_types = {type, expect_argument(input, 1, TypeId::kInt)};
    const auto fill = is_binary ? pad_bytes : pad;
    if (input.types.size() == 3) {
      bound.argument_types.push_back(is_binary ? expect_argument(input, 2, TypeId::kBinary)
                                               : expect_argument(input, 2, TypeClass::kString));
      bound.evaluate = rowwise<string_view, int32_t, string_view>(
          [=](string_view text, int32_t length, string_view padding) { return fill(text, length, padding, on_left); });
    } else {
      const string padding = is_binary ? string(1, '\0') : string(" ");
      bound.evaluate = rowwise<string_view, int32_t>(
          [=](string_view text, int32_t length) { return fill(text, length, padding, on_left); });
    }
    return bound;
  };
}

enum class Side : std::uint8_t { kBoth, kLeft, kRight };

bool contains_character(string_view set, string_view character) { return set.find(character) != string_view::npos; }

string_view trim(string_view text, string_view characters, Side side) {
  if (side != Side::kRight) {
    while (!text.empty()) {
      const auto bytes = std::min(utf8::bytes_of_lead(static_cast<unsigned char>(text[0])), text.size());
      if (!contains_character(characters, text.substr(0, bytes))) { break; }
      text.remove_prefix(bytes);
    }
  }
  if (side != Side::kLeft) {
    while (!text.empty()) {
      std::size_t start = text.size() - 1;
      while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U) { --start; }
      if (!contains_character(characters, text.substr(start))) { break; }
      text.remove_suffix(text.size() - start);
    }
  }
  return text;
}

/// @param characters_first  trim, ltrim and rtrim name the characters before the text, btrim behind it.
BindFunction bind_trim(Side side, bool characters_first) {
  return [=](const CallInput& input) {
    check_num_arguments(input, 1, 2);
    BoundFunction bound;
    const std::size_t text_at = input.types.size() == 2 && characters_first ? 1 : 0;
    for (std::size_t i = 0; i < input.types.size(); ++i) {
      bound.argument_types.push_back(expect_argument(input, i, TypeClass::kString));
    }
    bound.type = DataType::string(bound.argument_types[text_at].collation());
    bound.nullable = any_nullable(input);
    if (input.types.size() == 1) {
      bound.evaluate = rowwise<string_view>([side](string_view text) { return trim(text, " ", side); });
    } else if (characters_first) {
      bound.evaluate = rowwise<string_view, string_view>(
          [side](string_view characters, string_view text) { return trim(text, characters, side); });
    } else {
      bound.evaluate = rowwise<string_view, string_view>(
          [side](string_view text, string_view characters) { return trim(text, characters, side); });
    }
    return bound;
  };
}

string replace_all(string_view text, string_view from, string_view to) {
  if (from.empty()) { return string(text); }
  string out;
  std::size_t start = 0;
  for (auto at = text.find(from); at != string_view::npos; at = text.find(from, start)) {
    out.append(text, start, at - start).append(to);
    start = at + from.size();
  }
  return out.append(text.substr(start));
}

string translate(string_view text, string_view from, string_view to) {
  string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    const char32_t character = utf8::next(text, i);
    std::size_t f = 0;
    std::size_t t = 0;
    bool found = false;
    while (f < from.size() && !found) {
      const bool has_target = t < to.size();
      const std::size_t target_start = t;
      const char32_t candidate = utf8::next(from, f);
      if (has_target) { utf8::next(to, t); }
      if (candidate == character) {
        found = true;
        if (has_target) { out.append(to, target_start, t - target_start); }
      }
    }
    if (!found) { out.append(text, start, i - start); }
  }
  return out;
}

string overlay_text(string_view text, string_view replacement, int32_t position, int32_t length) {
  const auto replaced = length >= 0 ? length : static_cast<int32_t>(utf8::length(replacement));
  string out(substring_of_text(text, 1, position - 1));
  out += replacement;
  out += substring_of_text(text, position + replaced, std::numeric_limits<int32_t>::max());
  return out;
}

string overlay_bytes(string_view bytes, string_view replacement, int32_t position, int32_t length) {
  const auto replaced = length >= 0 ? length : static_cast<int32_t>(replacement.size());
  string out(substring_of_bytes(bytes, 1, position - 1));
  out += replacement;
  out += substring_of_bytes(bytes, position + replaced, std::numeric_limits<int32_t>::max());
  return out;
}

BoundFunction bind_overlay(const CallInput& input) {
  check_num_arguments(input, 3, 4);
  BoundFunction bound;
  const bool is_binary = input.types[0].id() == TypeId::kBinary && input.types[1].id() == TypeId::kBinary;
  const ParameterType text = is_binary ? ParameterType(TypeId::kBinary) : ParameterType(TypeClass::kString);
  bound.argument_types = {expect_argument(input, 0, text), expect_argument(input, 1, text),
                          expect_argument(input, 2, TypeId::kInt)};
  bound.type = is_binary ? DataType(TypeId::kBinary) : DataType::string(bound.argument_types[0].collation());
  bound.nullable = any_nullable(input);
  const auto put = is_binary ? overlay_bytes : overlay_text;
  if (input.types.size() == 4) {
    bound.argument_types.push_back(expect_argument(input, 3, TypeId::kInt));
    bound.evaluate = rowwise<string_view, string_view, int32_t, int32_t>(put);
  } else {
    bound.evaluate =
        rowwise<string_view, string_view, int32_t>([put](string_view into, string_view replacement, int32_t position) {
          return put(into, replacement, position, -1);
        });
  }
  return bound;
}

/// Text before the count-th delimiter, from the right when count is negative.
string_view substring_index(string_view text, string_view delimiter, int32_t count) {
  if (delimiter.empty() || count == 0) { return {}; }
  if (count > 0) {
    std::size_t at = 0;
    for (std::size_t from = 0;; from = at + delimiter.size()) {
      at = text.find(delimiter, from);
      if (at == string_view::npos) { return text; }
      if (--count == 0) { return text.substr(0, at); }
    }
  }
  std::size_t from = string_view::npos;
  for (;;) {
    const auto at = text.rfind(delimiter, from);
    if (at == string_view::npos) { return text; }
    if (++count == 0) { return text.substr(at + delimiter.size()); }
    if (at == 0) { return text; }
    from = at - 1;
  }
}

string repeat(string_view text, int32_t times) {
  string out;
  if (times > 0) { out.reserve(text.size() * static_cast<std::size_t>(times)); }
  for (int32_t i = 0; i < times; ++i) { out += text; }
  return out;
}

/// concat_ws: strings and arrays of strings, NULLs left out.
BoundFunction bind_concat_ws(const CallInput& input) {
  if (input.types.empty()) { check_num_arguments(input, 1, std::numeric_limits<std::size_t>::max()); }
  BoundFunction bound;
  bound.type = DataType::string();
  bound.nullable = input.nullable[0];
  bound.nulls = NullPolicy::kHandled;
  bound.argument_types.push_back(expect_argument(input, 0, TypeClass::kString));
  for (std::size_t i = 1; i < input.types.size(); ++i) {
    bound.argument_types.push_back(input.types[i].id() == TypeId::kArray
                                       ? DataType::array(DataType::string())
                                       : expect_argument(input, i, TypeClass::kString));
  }
  bound.evaluate = [](const Arguments& arguments, Vector& result) {
    const ColumnReader<StringView> separators(arguments[0]);
    string text;
    arguments.rows.for_each([&](int32_t row) {
      if (arguments[0].is_null(row)) { return result.set_null(row); }
      text.clear();
      bool is_first = true;
      const auto add = [&](string_view part) {
        if (!is_first) { text += separators[row].view(); }
        text += part;
        is_first = false;
      };
      for (std::size_t i = 1; i < arguments.vectors.size(); ++i) {
        const Vector& argument = arguments[i];
        if (argument.is_null(row)) { continue; }
        if (argument.type().id() == TypeId::kArray) {
          const auto entry = ColumnReader<ListEntry>(argument)[row];
          const Vector& elements = argument.base().child(0);
          const ColumnReader<StringView> strings(elements);
          for (int32_t e = entry.offset; e < entry.offset + entry.length; ++e) {
            if (!elements.is_null(e)) { add(strings[e].view()); }
          }
        } else {
          add(ColumnReader<StringView>(argument)[row].view());
        }
      }
      result.mutable_values<StringView>()[row] = result.string_heap().add(text);
    });
  };
  return bound;
}

BoundFunction bind_elt(const CallInput& input) {
  check_num_arguments(input, 2, std::numeric_limits<std::size_t>::max());
  BoundFunction bound;
  const bool is_binary = std::all_of(input.types.begin() + 1, input.types.end(),
                                     [](const DataType& type) { return type.id() == TypeId::kBinary; });
  bound.type = is_binary ? DataType(TypeId::kBinary) : DataType::string();
  bound.nullable = true;
  bound.nulls = NullPolicy::kHandled;
  bound.can_fail = true;
  bound.argument_types.push_back(expect_argument(input, 0, TypeId::kInt));
  for (std::size_t i = 1; i < input.types.size(); ++i) {
    bound.argument_types.push_back(
        expect_argument(input, i, is_binary ? ParameterType(TypeId::kBinary) : ParameterType(TypeClass::kString)));
  }
  bound.evaluate = [origin = input.origin](const Arguments& arguments, Vector& result) {
    const ColumnReader<int32_t> numbers(arguments[0]);
    const auto count = static_cast<int32_t>(arguments.vectors.size()) - 1;
    arguments.rows.for_each([&](int32_t row) {
      if (arguments[0].is_null(row)) { return result.set_null(row); }
      const int32_t number = numbers[row];
      if (number < 1 || number > count) {
        if (!arguments.context.ansi) { return result.set_null(row); }
        throw SqlError("INVALID_ARRAY_INDEX",
                       {{"indexValue", std::to_string(number)},
                        {"arraySize", std::to_string(count)},
                        {"ansiConfig", "\"spark.sql.ansi.enabled\""}},
                       origin);
      }
      const Vector& chosen = arguments[static_cast<std::size_t>(number)];
      if (chosen.is_null(row)) { return result.set_null(row); }
      const StringView value = ColumnReader<StringView>(chosen)[row];
      result.mutable_values<StringView>()[row] = result.string_heap().add(value.view());
    });
  };
  return bound;
}

string mask(string_view text, std::optional<char32_t> upper, std::optional<char32_t> lower,
            std::optional<char32_t> digit, std::optional<char32_t> other) {
  string out;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t character = utf8::next(text, i);
    std::optional<char32_t> replacement = other;
    if (character >= U'A' && character <= U'Z') {
      replacement = upper;
    } else if (character >= U'a' && character <= U'z') {
      replacement = lower;
    } else if (character >= U'0' && character <= U'9') {
      replacement = digit;
    } else if (character > 127) {
      string one;
      utf8::append(one, character);
      const bool is_upper = utf8::to_lower(one) != one;
      const bool is_lower = utf8::to_upper(one) != one;
      replacement = is_upper ? upper : is_lower ? lower : other;
    }
    utf8::append(out, replacement.value_or(character));
  }
  return out;
}

BoundFunction bind_mask(const CallInput& input) {
  check_num_arguments(input, 1, 5);
  static constexpr std::string_view kNames[] = {"str", "upperChar", "lowerChar", "digitChar", "otherChar"};
  BoundFunction bound;
  std::array<std::optional<char32_t>, 4> replacements{U'X', U'x', U'n', std::nullopt};
  bound.argument_types.push_back(expect_argument(input, 0, TypeClass::kString));
  for (std::size_t i = 1; i < input.types.size(); ++i) {
    bound.argument_types.push_back(expect_argument(input, i, TypeClass::kString));
    const Value& constant = expect_constant(input, i, string(kNames[i]));
    if (constant.is_null()) {
      replacements[i - 1].reset();
      continue;
    }
    const string& character = constant.as_string();
    if (utf8::length(character) != 1) {
      throw SqlError("DATATYPE_MISMATCH.INPUT_SIZE_NOT_ONE",
                     {{"sqlExpr", "\"" + call_text(input) + "\""}, {"exprName", string(kNames[i])}}, input.origin);
    }
    std::size_t at = 0;
    replacements[i - 1] = utf8::next(character, at);
  }
  bound.type = DataType::string(bound.argument_types[0].collation());
  bound.nullable = input.nullable[0];
  bound.nulls = NullPolicy::kHandled;  // A NULL replacement keeps the character.
  bound.evaluate = [replacements](const Arguments& arguments, Vector& result) {
    const ColumnReader<StringView> texts(arguments[0]);
    arguments.rows.for_each([&](int32_t row) {
      if (arguments[0].is_null(row)) { return result.set_null(row); }
      result.mutable_values<StringView>()[row] = result.string_heap().add(
          mask(texts[row].view(), replacements[0], replacements[1], replacements[2], replacements[3]));
    });
  };
  return bound;
}

string quote(string_view text) {
  string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') { out += '\\'; }
    out += c;
  }
  return out += "'";
}

}  // namespace

void add_string_editing_functions(FunctionRegistry& registry) {
  registry.add(ScalarFunction{
      .name = "substring",
      .bind = bind_substring,
      .documentation = {.group = "string_funcs",
                        .usage =
                            "substring(str, pos[, len]) - Returns the part of str, or of the bytes of a binary, that "
                            "starts at pos and is len long (to the end without len).\n"
                            "substring(str FROM pos[ FOR len]) - The same.",
                        .arguments = "pos counts from 1; a negative one counts from the end, and 0 is the first.",
                        .examples = {{"SELECT substring('Hammerscale', 7)", {"scale"}},
                                     {"SELECT substring('Hammerscale', -5, 2)", {"sc"}},
                                     {"SELECT substring('Hammerscale' FROM 1 FOR 6)", {"Hammer"}}},
                        .since = "1.0.1"},
      .aliases = {"substr"},
      .num_required = 2,
      .default_arguments = {{Value(std::int64_t{2147483647}), TypeId::kInt}}});
  registry.add(ScalarFunction{
      .name = "left",
      .bind =
          [](const CallInput& input) {
            check_num_arguments(input, 2, 2);
            const auto type = expect_argument(input, 0, TypeClass::kStringOrBinary);
            const bool is_binary = type.id() == TypeId::kBinary;
            const auto cut = is_binary ? substring_of_bytes : substring_of_text;
            return BoundFunction{.type = is_binary ? type : DataType::string(type.collation()),
                                 .nullable = any_nullable(input),
                                 .argument_types = {type, expect_argument(input, 1, TypeId::kInt)},
                                 .evaluate = rowwise<string_view, int32_t>([cut](string_view text, int32_t count) {
                                   return cut(text, 1, std::max(count, 0));
                                 })};
          },
      .documentation = {
          .group = "string_funcs",
          .usage = "left(str, len) - Returns the first len characters of str, none when len is 0 or less.",
          .examples = {{"SELECT left('Hammerscale', 6)", {"Hammer"}}},
          .since = "2.3.0"}});
  registry.add(ScalarFunction{
      .name = "right",
      .bind =
          [](const CallInput& input) {
            check_num_arguments(input, 2, 2);
            const auto type = expect_argument(input, 0, TypeClass::kString);
            return BoundFunction{
                .type = DataType::string(type.collation()),
                .nullable = any_nullable(input),
                .argument_types = {type, expect_argument(input, 1, TypeId::kInt)},
                .evaluate = rowwise<string_view, int32_t>([](string_view text, int32_t count) -> string_view {
                  return count <= 0 ? string_view{}
                                    : substring_of_text(text, -count, std::numeric_limits<int32_t>::max());
                })};
          },
      .documentation = {
          .group = "string_funcs",
          .usage = "right(str, len) - Returns the last len characters of str, none when len is 0 or less.",
          .examples = {{"SELECT right('Hammerscale', 5)", {"scale"}}},
          .since = "2.3.0"}});
  registry.add(ScalarFunction{
      .name = "lpad",
      .bind = bind_pad(true),
      .documentation = {.group = "string_funcs",
                        .usage =
                            "lpad(str, len[, pad]) - Returns str filled up on the left with pad to len characters, "
                            "or cut to them. pad is a blank, for binaries a zero byte, unless given.",
                        .examples = {{"SELECT lpad('7', 3, '0')", {"007"}}, {"SELECT lpad('abcdef', 3)", {"abc"}}},
                        .since = "1.5.0"}});
  registry.add(ScalarFunction{
      .name = "rpad",
      .bind = bind_pad(false),
      .documentation = {.group = "string_funcs",
                        .usage =
                            "rpad(str, len[, pad]) - Returns str filled up on the right with pad to len characters, "
                            "or cut to them. pad is a blank, for binaries a zero byte, unless given.",
                        .examples = {{"SELECT rpad('ab', 5, 'xyz')", {"abxyz"}}, {"SELECT rpad('abcdef', 3)", {"abc"}}},
                        .since = "1.5.0"}});
  registry.add(ScalarFunction{
      .name = "trim",
      .bind = bind_trim(Side::kBoth, true),
      .documentation = {.group = "string_funcs",
                        .usage = "trim(str) - Removes blanks from both ends of str.\n"
                                 "trim([BOTH | LEADING | TRAILING] [chars] FROM str) - Removes any of the characters.",
                        .examples = {{"SELECT trim('  spark ')", {"spark"}},
                                     {"SELECT trim(BOTH 'xy' FROM 'xyspryx')", {"spr"}},
                                     {"SELECT trim(LEADING 'x' FROM 'xxax')", {"ax"}}},
                        .since = "1.5.0"}});
  registry.add(ScalarFunction{.name = "ltrim",
                              .bind = bind_trim(Side::kLeft, true),
                              .documentation = {.group = "string_funcs",
                                                .usage = "ltrim(str) - Removes blanks from the left end of str.",
                                                .examples = {{"SELECT ltrim('  spark')", {"spark"}}},
                                                .since = "1.5.0"}});
  registry.add(ScalarFunction{.name = "rtrim",
                              .bind = bind_trim(Side::kRight, true),
                              .documentation = {.group = "string_funcs",
                                                .usage = "rtrim(str) - Removes blanks from the right end of str.",
                                                .examples = {{"SELECT rtrim('spark  ')", {"spark"}}},
                                                .since = "1.5.0"}});
  registry.add(ScalarFunction{
      .name = "btrim",
      .bind = bind_trim(Side::kBoth, false),
      .documentation = {.group = "string_funcs",
                        .usage =
                            "btrim(str[, chars]) - Removes any of the characters (blanks unless given) from both ends "
                            "of str.",
                        .examples = {{"SELECT btrim('  spark ')", {"spark"}}, {"SELECT btrim('--a--', '-')", {"a"}}},
                        .since = "3.2.0"}});
  registry.add(ScalarFunction{
      .name = "replace",
      .bind =
          [](const CallInput& input) {
            check_num_arguments(input, 2, 3);
            BoundFunction bound;
            for (std::size_t i = 0; i < input.types.size(); ++i) {
              bound.argument_types.push_back(expect_argument(input, i, TypeClass::kString));
            }
            bound.type = DataType::string(bound.argument_types[0].collation());
            bound.nullable = any_nullable(input);
            if (input.types.size() == 3) {
              bound.evaluate = rowwise<string_view, string_view, string_view>(replace_all);
            } else {
              bound.evaluate = rowwise<string_view, string_view>(
                  [](string_view text, string_view from) { return replace_all(text, from, {}); });
            }
            return bound;
          },
      .documentation = {.group = "string_funcs",
                        .usage =
                            "replace(str, search[, replacement]) - Returns str with every search replaced; without a "
                            "replacement they are removed.",
                        .examples = {{"SELECT replace('a-b-c', '-', '+')", {"a+b+c"}},
                                     {"SELECT replace('a-b', '-')", {"ab"}}},
                        .since = "2.3.0"},
      .num_required = 2,
      .default_arguments = {{Value(std::string("")), DataType::string()}}});
  registry.add(ScalarFunction{
      .name = "translate",
      .bind = signature({TypeClass::kString, TypeClass::kString, TypeClass::kString}, DataType::string(),
                        [](const CallInput&) { return rowwise<string_view, string_view, string_view>(translate); }),
      .documentation = {.group = "string_funcs",
                        .usage =
                            "translate(str, from, to) - Returns str with each character of from replaced by the one at "
                            "the same place in to, or removed when to is shorter.",
                        .examples = {{"SELECT translate('hammer', 'hm', 'st')", {"satter"}},
                                     {"SELECT translate('1,234', ',', '')", {"1234"}}},
                        .since = "1.5.0"}});
  registry.add(ScalarFunction{
      .name = "overlay",
      .bind = bind_overlay,
      .documentation = {.group = "string_funcs",
                        .usage = "overlay(str, replacement, pos[, len]) - Returns str with len characters from pos on "
                                 "replaced; len is the replacement's length unless given.\n"
                                 "overlay(str PLACING replacement FROM pos[ FOR len]) - The same.",
                        .examples = {{"SELECT overlay('Spark SQL' PLACING 'HPC' FROM 7)", {"Spark HPC"}},
                                     {"SELECT overlay('Spark SQL', 'tructured ', 2, 5)", {"Structured SQL"}}},
                        .since = "3.0.0"},
      .num_required = 3,
      .default_arguments = {{Value(std::int64_t{-1}), TypeId::kInt}}});
  registry.add(ScalarFunction{
      .name = "substring_index",
      .bind = signature({TypeClass::kString, TypeClass::kString, TypeId::kInt}, DataType::string(),
                        [](const CallInput&) { return rowwise<string_view, string_view, int32_t>(substring_index); }),
      .documentation = {
          .group = "string_funcs",
          .usage = "substring_index(str, delim, count) - Returns what stands before the count-th delim; with a "
                   "negative count, what stands behind the count-th from the right.",
          .examples = {{"SELECT substring_index('node.rack.site', '.', 2)", {"node.rack"}},
                       {"SELECT substring_index('node.rack.site', '.', -1)", {"site"}}},
          .since = "1.5.0"}});
  registry.add(ScalarFunction{.name = "repeat",
                              .bind = signature({TypeClass::kString, TypeId::kInt}, DataType::string(),
                                                [](const CallInput&) { return rowwise<string_view, int32_t>(repeat); }),
                              .documentation = {.group = "string_funcs",
                                                .usage = "repeat(str, n) - Returns n copies of str in a row.",
                                                .examples = {{"SELECT repeat('ab', 3)", {"ababab"}}},
                                                .since = "1.5.0"}});
  registry.add(ScalarFunction{
      .name = "space",
      .bind = signature({TypeId::kInt}, DataType::string(),
                        [](const CallInput&) { return rowwise<int32_t>([](int32_t n) { return repeat(" ", n); }); }),
      .documentation = {.group = "string_funcs",
                        .usage = "space(n) - Returns n blanks.",
                        .examples = {{"SELECT concat('[', space(2), ']')", {"[  ]"}}},
                        .since = "1.5.0"}});
  registry.add(ScalarFunction{
      .name = "concat_ws",
      .bind = bind_concat_ws,
      .documentation = {.group = "string_funcs",
                        .usage =
                            "concat_ws(sep, value, ...) - Returns the strings, and the strings of arrays, with sep "
                            "between them. NULLs are left out.",
                        .examples = {{"SELECT concat_ws('-', 'a', NULL, array('b', 'c'))", {"a-b-c"}},
                                     {"SELECT concat_ws(',')", {""}}},
                        .since = "1.5.0"}});
  registry.add(ScalarFunction{
      .name = "elt",
      .bind = bind_elt,
      .documentation = {.group = "string_funcs",
                        .usage = "elt(n, value1, value2, ...) - Returns the n-th value; an error when there is none.",
                        .examples = {{"SELECT elt(2, 'gold', 'silver')", {"silver"}}},
                        .since = "2.0.0"}});
  registry.add(ScalarFunction{
      .name = "mask",
      .bind = bind_mask,
      .documentation = {.group = "string_funcs",
                        .usage =
                            "mask(str[, upperChar[, lowerChar[, digitChar[, otherChar]]]]) - Returns str with letters "
                            "and digits replaced: X, x and n unless given. A NULL keeps such characters.",
                        .examples = {{"SELECT mask('Ab-12')", {"Xx-nn"}},
                                     {"SELECT mask('Ab-12', 'Q', 'q', 'd', 'o')", {"Qqodd"}}},
                        .since = "3.4.0"},
      .parameter_names = {"str", "upperChar", "lowerChar", "digitChar", "otherChar"},
      .num_required = 1,
      .default_arguments = {{Value(std::string("X")), DataType::string()},
                            {Value(std::string("x")), DataType::string()},
                            {Value(std::string("n")), DataType::string()},
                            {Value(), DataType()}}});
  registry.add(ScalarFunction{
      .name = "quote",
      .bind = signature({TypeClass::kString}, DataType::string(),
                        [](const CallInput&) { return rowwise<string_view>(quote); }),
      .documentation = {.group = "string_funcs",
                        .usage =
                            "quote(str) - Returns str as an SQL literal: in single quotes, with quotes and backslashes "
                            "escaped.",
                        .examples = {{"SELECT quote('ab')", {"'ab'"}}},
                        .since = "4.1.0"}});
}

}  // namespace hammerscale::sql
