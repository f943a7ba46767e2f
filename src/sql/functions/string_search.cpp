#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/like_matcher.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/functions/utf8.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::string;
using std::string_view;

/// UTF8_LCASE compares lower-case forms.
bool is_lcase(const DataType& type) { return type.is_string() && type.collation() == Collation::kUtf8Lcase; }

/// A question about two strings, or two binaries; in lower case where the collation asks for it.
BindFunction bind_text_test(bool (*test)(string_view, string_view)) {
  return [test](const CallInput& input) {
    check_num_arguments(input, 2, 2);
    BoundFunction bound;
    const bool is_binary = input.types[0].id() == TypeId::kBinary && input.types[1].id() == TypeId::kBinary;
    const ParameterType parameter = is_binary ? ParameterType(TypeId::kBinary) : ParameterType(TypeClass::kString);
    bound.argument_types = {expect_argument(input, 0, parameter), expect_argument(input, 1, parameter)};
    bound.type = TypeId::kBoolean;
    bound.nullable = any_nullable(input);
    if (is_lcase(bound.argument_types[0]) || is_lcase(bound.argument_types[1])) {
      bound.evaluate = rowwise<string_view, string_view>(
          [test](string_view a, string_view b) { return test(utf8::to_lower(a), utf8::to_lower(b)); });
    } else {
      bound.evaluate = rowwise<string_view, string_view>(test);
    }
    return bound;
  };
}

/// Character number, from 1, of the first occurrence at or behind character `from`; 0 when there is none.
int32_t locate(string_view wanted, string_view text, int32_t from) {
  if (from < 1) { return 0; }
  const auto start = utf8::offset_of(text, static_cast<std::size_t>(from - 1));
  if (start == text.size() && static_cast<std::size_t>(from - 1) > utf8::length(text)) { return 0; }
  const auto found = text.find(wanted, start);
  if (found == string_view::npos) { return 0; }
  return from + static_cast<int32_t>(utf8::length(text.substr(start, found - start)));
}

BoundFunction bind_locate(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  BoundFunction bound{.type = TypeId::kInt, .nullable = any_nullable(input), .argument_types = {}, .evaluate = {}};
  bound.argument_types = {expect_argument(input, 0, TypeClass::kString), expect_argument(input, 1, TypeClass::kString)};
  if (input.types.size() == 2) {
    bound.evaluate =
        rowwise<string_view, string_view>([](string_view wanted, string_view text) { return locate(wanted, text, 1); });
    return bound;
  }
  bound.argument_types.push_back(expect_argument(input, 2, TypeId::kInt));
  bound.nulls = NullPolicy::kHandled;  // A NULL position gives 0.
  bound.evaluate = [](const Arguments& arguments, Vector& result) {
    const ColumnReader<StringView> wanted(arguments[0]);
    const ColumnReader<StringView> text(arguments[1]);
    const ColumnReader<int32_t> from(arguments[2]);
    arguments.rows.for_each([&](int32_t row) {
      if (arguments[2].is_null(row)) {
        result.mutable_values<int32_t>()[row] = 0;
      } else if (arguments[0].is_null(row) || arguments[1].is_null(row)) {
        result.set_null(row);
      } else {
        result.mutable_values<int32_t>()[row] = locate(wanted[row].view(), text[row].view(), from[row]);
      }
    });
  };
  return bound;
}

int32_t find_in_set(string_view word, string_view list) {
  if (word.find(',') != string_view::npos) { return 0; }
  int32_t index = 1;
  for (std::size_t start = 0;; ++index) {
    const auto comma = list.find(',', start);
    if (list.substr(start, comma - start) == word) { return index; }
    if (comma == string_view::npos) { return 0; }
    start = comma + 1;
  }
}

std::vector<char32_t> characters_of(string_view text) {
  std::vector<char32_t> characters;
  for (std::size_t i = 0; i < text.size();) { characters.push_back(utf8::next(text, i)); }
  return characters;
}

int32_t levenshtein(string_view left, string_view right) {
  const auto a = characters_of(left);
  const auto b = characters_of(right);
  std::vector<int32_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) { row[j] = static_cast<int32_t>(j); }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    int32_t diagonal = row[0];
    row[0] = static_cast<int32_t>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int32_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

BoundFunction bind_levenshtein(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  BoundFunction bound{.type = TypeId::kInt, .nullable = any_nullable(input), .argument_types = {}, .evaluate = {}};
  bound.argument_types = {expect_argument(input, 0, TypeClass::kString), expect_argument(input, 1, TypeClass::kString)};
  if (input.types.size() == 2) {
    bound.evaluate = rowwise<string_view, string_view>(levenshtein);
  } else {
    bound.argument_types.push_back(expect_argument(input, 2, TypeId::kInt));
    bound.evaluate = rowwise<string_view, string_view, int32_t>([](string_view a, string_view b, int32_t threshold) {
      const int32_t distance = levenshtein(a, b);
      return distance <= threshold ? distance : -1;
    });
  }
  return bound;
}

/// American Soundex; text that does not begin with an ASCII letter is returned as it is.
string soundex(string_view text) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  if (text.empty() || upper(text[0]) < 'A' || upper(text[0]) > 'Z') { return string(text); }
  // '7' marks H and W, which do not separate equal codes; '0' the vowels, which do.
  static constexpr string_view kCodes = "01230127022455012623017202";
  string code(1, upper(text[0]));
  char last = kCodes[static_cast<std::size_t>(code[0] - 'A')];
  for (std::size_t i = 1; i < text.size() && code.size() < 4; ++i) {
    const char letter = upper(text[i]);
    if (letter < 'A' || letter > 'Z') {
      last = '0';
      continue;
    }
    const char digit = kCodes[static_cast<std::size_t>(letter - 'A')];
    if (digit == '7') { continue; }
    if (digit != '0' && digit != last) { code += digit; }
    last = digit;
  }
  code.resize(4, '0');
  return code;
}

int32_t first_code_point(string_view text) {
  if (text.empty()) { return 0; }
  std::size_t i = 0;
  return static_cast<int32_t>(utf8::next(text, i));
}

string character_of(std::int64_t code) {
  if (code < 0) { return {}; }
  string out;
  utf8::append(out, static_cast<char32_t>(code & 0xFF));
  return out;
}

/// The part-th part between delimiters, from the right when negative; empty where there is none.
string_view split_part(string_view text, string_view delimiter, int32_t part, Origin origin) {
  if (part == 0) { throw SqlError("INVALID_INDEX_OF_ZERO", {}, origin); }
  if (delimiter.empty()) { return part == 1 || part == -1 ? text : string_view{}; }
  std::vector<string_view> parts;
  for (std::size_t start = 0;;) {
    const auto at = text.find(delimiter, start);
    parts.push_back(text.substr(start, at == string_view::npos ? at : at - start));
    if (at == string_view::npos) { break; }
    start = at + delimiter.size();
  }
  const auto count = static_cast<int32_t>(parts.size());
  const int32_t index = part > 0 ? part - 1 : count + part;
  return index >= 0 && index < count ? parts[static_cast<std::size_t>(index)] : string_view{};
}

enum class LengthUnit : std::uint8_t { kCharacters, kBytes, kBits };

BindFunction bind_length(LengthUnit unit) {
  return [unit](const CallInput& input) {
    check_num_arguments(input, 1, 1);
    const auto type = expect_argument(input, 0, TypeClass::kStringOrBinary);
    BoundFunction bound{
        .type = TypeId::kInt, .nullable = any_nullable(input), .argument_types = {type}, .evaluate = {}};
    if (unit == LengthUnit::kCharacters && type.id() != TypeId::kBinary) {
      bound.evaluate = rowwise<string_view>([](string_view text) { return static_cast<int32_t>(utf8::length(text)); });
    } else {
      const int32_t factor = unit == LengthUnit::kBits ? 8 : 1;
      bound.evaluate =
          rowwise<string_view>([factor](string_view text) { return static_cast<int32_t>(text.size()) * factor; });
    }
    return bound;
  };
}

/// like(str, pattern[, escape]). A constant pattern is made into a matcher once, others when they change.
BindFunction bind_like(bool ignore_case) {
  return [ignore_case](const CallInput& input) {
    check_num_arguments(input, 2, 3);
    BoundFunction bound{
        .type = TypeId::kBoolean, .nullable = any_nullable(input), .argument_types = {}, .evaluate = {}};
    for (std::size_t i = 0; i < input.types.size(); ++i) {
      bound.argument_types.push_back(expect_argument(input, i, TypeClass::kString));
    }
    char32_t escape = U'\\';
    if (input.types.size() == 3) {
      const Value& constant = expect_constant(input, 2, "escapeChar");
      std::size_t at = 0;
      if (constant.is_null() || utf8::length(constant.as_string()) != 1) {
        throw SqlError("INVALID_ESCAPE_CHAR", {{"sqlExpr", "\"" + input.sql[2] + "\""}}, input.origin);
      }
      escape = utf8::next(constant.as_string(), at);
    }
    bound.can_fail = true;
    const bool fold = ignore_case || is_lcase(bound.argument_types[0]) || is_lcase(bound.argument_types[1]);
    struct Cache {
      string pattern;
      std::optional<LikeMatcher> matcher;
    };
    auto cache = std::make_shared<Cache>();
    const auto match = [cache, escape, fold](string_view text, string_view pattern) {
      if (!cache->matcher || cache->pattern != pattern) {
        cache->matcher.emplace(fold ? utf8::to_lower(pattern) : string(pattern), escape);
        cache->pattern = pattern;
      }
      return fold ? cache->matcher->matches(utf8::to_lower(text)) : cache->matcher->matches(text);
    };
    if (input.types.size() == 3) {
      bound.evaluate = rowwise<string_view, string_view, string_view>(
          [match](string_view text, string_view pattern, string_view) { return match(text, pattern); });
    } else {
      bound.evaluate = rowwise<string_view, string_view>(match);
    }
    return bound;
  };
}

/// text LIKE ANY (pattern, ...) and its kin. Three-valued: a NULL leaves the answer open unless another pattern
/// decides.
BindFunction bind_like_several(bool ignore_case, bool is_negated, bool is_all) {
  return [=](const CallInput& input) {
    BoundFunction bound{.type = TypeId::kBoolean,
                        .nullable = any_nullable(input),
                        .argument_types = {},
                        .nulls = NullPolicy::kHandled,
                        .evaluate = {}};
    for (std::size_t i = 0; i < input.types.size(); ++i) {
      bound.argument_types.push_back(expect_argument(input, i, TypeClass::kString));
    }
    bound.can_fail = true;
    const bool fold = ignore_case || is_lcase(bound.argument_types[0]);
    auto matchers = std::make_shared<std::vector<std::pair<string, std::optional<LikeMatcher>>>>(input.types.size());
    bound.evaluate = [=](const Arguments& arguments, Vector& result) {
      const ColumnReader<StringView> texts(arguments[0]);
      arguments.rows.for_each([&](int32_t row) {
        if (arguments[0].is_null(row)) { return result.set_null(row); }
        const string text = fold ? utf8::to_lower(texts[row].view()) : string(texts[row].view());
        bool has_null = false;
        bool decided = false;
        for (std::size_t i = 1; i < arguments.vectors.size() && !decided; ++i) {
          if (arguments[i].is_null(row)) {
            has_null = true;
            continue;
          }
          const string_view pattern = ColumnReader<StringView>(arguments[i])[row].view();
          auto& [known, matcher] = (*matchers)[i];
          if (!matcher || known != pattern) {
            matcher.emplace(fold ? utf8::to_lower(pattern) : string(pattern), U'\\');
            known = pattern;
          }
          // ANY is decided by one that holds, ALL by one that does not.
          decided = (matcher->matches(text) != is_negated) != is_all;
        }
        bitmap::assign(result.mutable_bits(), row, decided != is_all);
        if (!decided && has_null) { result.set_null(row); }
      });
    };
    return bound;
  };
}

/// Luhn's checksum over ASCII digits; false for text that holds anything else or nothing.
bool luhn_check(string_view digits) {
  int sum = 0;
  bool is_second = false;
  for (auto c = digits.rbegin(); c != digits.rend(); ++c, is_second = !is_second) {
    if (*c < '0' || *c > '9') { return false; }
    int digit = *c - '0';
    if (is_second) { digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2; }
    sum += digit;
  }
  return !digits.empty() && sum % 10 == 0;
}

}  // namespace

void add_string_search_functions(FunctionRegistry& registry) {
  registry.add(ScalarFunction{
      .name = "length",
      .bind = bind_length(LengthUnit::kCharacters),
      .documentation = {.group = "string_funcs",
                        .usage =
                            "length(expr) - Returns the number of characters of a string, blanks at its end too, or of "
                            "bytes of a binary.",
                        .examples = {{"SELECT length('Straße ')", {"7"}}, {"SELECT length(x'0a0b')", {"2"}}},
                        .since = "1.5.0"},
      .aliases = {"char_length", "character_length", "len"}});
  registry.add(ScalarFunction{
      .name = "octet_length",
      .bind = bind_length(LengthUnit::kBytes),
      .documentation = {.group = "string_funcs",
                        .usage = "octet_length(expr) - Returns the number of bytes of a string or binary.",
                        .examples = {{"SELECT octet_length('Straße')", {"7"}}},
                        .since = "2.3.0"}});
  registry.add(
      ScalarFunction{.name = "bit_length",
                     .bind = bind_length(LengthUnit::kBits),
                     .documentation = {.group = "string_funcs",
                                       .usage = "bit_length(expr) - Returns the number of bits of a string or binary.",
                                       .examples = {{"SELECT bit_length('mpi')", {"24"}}},
                                       .since = "2.3.0"}});
  registry.add(ScalarFunction{
      .name = "contains",
      .bind = bind_text_test([](string_view text, string_view part) { return text.find(part) != string_view::npos; }),
      .documentation = {.group = "string_funcs",
                        .usage = "contains(left, right) - Whether right stands somewhere in left; both strings or both "
                                 "binaries.",
                        .examples = {{"SELECT contains('hammerscale', 'ersc')", {"true"}}},
                        .since = "3.3.0"}});
  registry.add(ScalarFunction{
      .name = "startswith",
      .bind = bind_text_test([](string_view text, string_view part) { return text.starts_with(part); }),
      .documentation = {
          .group = "string_funcs",
          .usage = "startswith(left, right) - Whether left begins with right; both strings or both binaries.",
          .examples = {{"SELECT startswith('hammerscale', 'ham')", {"true"}}},
          .since = "3.3.0"}});
  registry.add(ScalarFunction{
      .name = "endswith",
      .bind = bind_text_test([](string_view text, string_view part) { return text.ends_with(part); }),
      .documentation = {.group = "string_funcs",
                        .usage = "endswith(left, right) - Whether left ends with right; both strings or both binaries.",
                        .examples = {{"SELECT endswith('hammerscale', 'ham')", {"false"}}},
                        .since = "3.3.0"}});
  registry.add(ScalarFunction{
      .name = "instr",
      .bind = signature({TypeClass::kString, TypeClass::kString}, TypeId::kInt,
                        [](const CallInput&) {
                          return rowwise<string_view, string_view>(
                              [](string_view text, string_view wanted) { return locate(wanted, text, 1); });
                        }),
      .documentation = {.group = "string_funcs",
                        .usage =
                            "instr(str, substr) - Returns the place, from 1, of the first substr in str; 0 when there "
                            "is none.",
                        .examples = {{"SELECT instr('hammerscale', 'e')", {"5"}}},
                        .since = "1.5.0"}});
  registry.add(ScalarFunction{
      .name = "locate",
      .bind = bind_locate,
      .documentation = {.group = "string_funcs",
                        .usage =
                            "locate(substr, str[, pos]) - Returns the place, from 1, of the first substr in str at or "
                            "behind pos; 0 when there is none.\nposition(substr IN str) - The same.",
                        .examples = {{"SELECT locate('a', 'hammerscale', 3)", {"9"}},
                                     {"SELECT position('scale' IN 'hammerscale')", {"7"}}},
                        .since = "1.5.0"},
      .aliases = {"position"},
      .num_required = 2,
      .default_arguments = {{Value(std::int64_t{1}), TypeId::kInt}}});
  registry.add(ScalarFunction{
      .name = "find_in_set",
      .bind = signature({TypeClass::kString, TypeClass::kString}, TypeId::kInt,
                        [](const CallInput&) { return rowwise<string_view, string_view>(find_in_set); }),
      .documentation = {.group = "string_funcs",
                        .usage =
                            "find_in_set(str, list) - Returns the place, from 1, of str in a list separated by commas; "
                            "0 when it is not there or holds a comma itself.",
                        .examples = {{"SELECT find_in_set('b', 'a,b,c')", {"2"}}},
                        .since = "1.5.0"}});
  registry.add(ScalarFunction{
      .name = "split_part",
      .bind = signature({TypeClass::kString, TypeClass::kString, TypeId::kInt}, DataType::string(),
                        [](const CallInput& input) {
                          return rowwise<string_view, string_view, int32_t>(
                              [origin = input.origin](string_view text, string_view delimiter, int32_t part) {
                                return split_part(text, delimiter, part, origin);
                              });
                        },
                        {.can_fail = true}),
      .documentation = {
          .group = "string_funcs",
          .usage = "split_part(str, delimiter, n) - Returns the n-th part of str between delimiters, counted "
                   "from the right when n is negative; empty when there is none. n must not be 0.",
          .examples = {{"SELECT split_part('a.b.c', '.', 3)", {"c"}}, {"SELECT split_part('a.b.c', '.', -2)", {"b"}}},
          .since = "3.3.0"}});
  registry.add(ScalarFunction{
      .name = "ascii",
      .bind = signature({TypeClass::kString}, TypeId::kInt,
                        [](const CallInput&) { return rowwise<string_view>(first_code_point); }),
      .documentation = {.group = "string_funcs",
                        .usage = "ascii(str) - Returns the code of the first character of str; 0 when it is empty.",
                        .examples = {{"SELECT ascii('A')", {"65"}}, {"SELECT ascii(2)", {"50"}}},
                        .since = "1.5.0"}});
  registry.add(ScalarFunction{
      .name = "char",
      .bind = signature({TypeId::kBigint}, DataType::string(),
                        [](const CallInput&) { return rowwise<std::int64_t>(character_of); }),
      .documentation = {.group = "string_funcs",
                        .usage =
                            "char(code) - Returns the character with that code, modulo 256; empty for negative codes.",
                        .examples = {{"SELECT char(65)", {"A"}}},
                        .since = "2.3.0"},
      .aliases = {"chr"}});
  registry.add(ScalarFunction{
      .name = "levenshtein",
      .bind = bind_levenshtein,
      .documentation = {.group = "string_funcs",
                        .usage =
                            "levenshtein(a, b[, threshold]) - Returns how many characters must be put in, taken out or "
                            "replaced to make b of a; -1 when that is more than threshold.",
                        .examples = {{"SELECT levenshtein('kitten', 'sitting')", {"3"}},
                                     {"SELECT levenshtein('kitten', 'sitting', 2)", {"-1"}}},
                        .since = "1.5.0"}});
  registry.add(ScalarFunction{.name = "soundex",
                              .bind = signature({TypeClass::kString}, DataType::string(),
                                                [](const CallInput&) { return rowwise<string_view>(soundex); }),
                              .documentation = {.group = "string_funcs",
                                                .usage = "soundex(str) - Returns the Soundex code of str.",
                                                .examples = {{"SELECT soundex('Miller')", {"M460"}}},
                                                .since = "1.5.0"}});
  registry.add(ScalarFunction{
      .name = "luhn_check",
      .bind = signature({TypeClass::kString}, TypeId::kBoolean,
                        [](const CallInput&) { return rowwise<string_view>(luhn_check); }),
      .documentation = {
          .group = "string_funcs",
          .usage = "luhn_check(str) - Whether the digits of str pass Luhn's check; false for anything but "
                   "digits.",
          .examples = {{"SELECT luhn_check('8112189876')", {"true"}}, {"SELECT luhn_check('79927398714')", {"false"}}},
          .since = "3.5.0"}});
  registry.add(ScalarFunction{
      .name = "like",
      .bind = bind_like(false),
      .documentation = {.group = "predicate_funcs",
                        .usage =
                            "str like pattern[ ESCAPE escape] - Whether all of str matches the pattern: _ is one "
                            "character, % any number of them; the escape character, \\ unless given, takes the next "
                            "one literally.",
                        .examples = {{"SELECT 'hammerscale' LIKE 'ham%'", {"true"}},
                                     {"SELECT '50%' LIKE '__/%' ESCAPE '/'", {"true"}}},
                        .since = "1.0.0"}});
  registry.add(
      ScalarFunction{.name = "ilike",
                     .bind = bind_like(true),
                     .documentation = {.group = "predicate_funcs",
                                       .usage = "str ilike pattern[ ESCAPE escape] - As like, without regard to case.",
                                       .examples = {{"SELECT 'HammerScale' ILIKE 'ham%'", {"true"}}},
                                       .since = "3.3.0"}});
  for (const bool ignore_case : {false, true}) {
    for (const bool is_negated : {false, true}) {
      for (const bool is_all : {false, true}) {
        // Names as the parser gives them; static, since the registry keeps views of names.
        static constexpr std::string_view kNames[] = {"like_any",  "like_all",  "not_like_any",  "not_like_all",
                                                      "ilike_any", "ilike_all", "not_ilike_any", "not_ilike_all"};
        registry.add(ScalarFunction{
            .name = kNames[(ignore_case ? 4 : 0) + (is_negated ? 2 : 0) + (is_all ? 1 : 0)],
            .bind = bind_like_several(ignore_case, is_negated, is_all),
            .documentation = {
                .group = "predicate_funcs",
                .usage =
                    "str [NOT] [I]LIKE ANY|ALL (pattern, ...) - Whether any or all of the patterns match, or do not.",
                .examples = {{"SELECT 'Spark' LIKE ANY ('x%', 'S%'), 'Spark' NOT LIKE ALL ('x%', 'y%')",
                              {"true\ttrue"}}},
                .since = "3.0.0"}});
      }
    }
  }
}

}  // namespace hammerscale::sql
