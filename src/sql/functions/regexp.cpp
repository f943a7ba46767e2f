#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sql/functions/families.hpp"
#include "sql/functions/java_regex.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/functions/utf8.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::string;
using std::string_view;

/// The compiled form of the last pattern: patterns are constants nearly always.
class RegexCache {
 public:
  explicit RegexCache(string function) : function_(std::move(function)) {}

  const JavaRegex& get(string_view pattern) {
    if (!regex_ || pattern != pattern_) {
      regex_.emplace(pattern, function_);
      pattern_ = pattern;
    }
    return *regex_;
  }

 private:
  string function_;
  string pattern_;
  std::optional<JavaRegex> regex_;
};

std::shared_ptr<RegexCache> make_cache(const CallInput& input) {
  return std::make_shared<RegexCache>(string(input.name));
}

void check_group(const JavaRegex& regex, int32_t group, const string& function, Origin origin) {
  if (group < 0 || static_cast<std::size_t>(group) > regex.num_groups()) {
    throw SqlError("INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX",
                   {{"functionName", "`" + function + "`"},
                    {"parameter", "`idx`"},
                    {"groupCount", std::to_string(regex.num_groups())},
                    {"groupIndex", std::to_string(group)}},
                   origin);
  }
}

string_view group_text(string_view text, const JavaRegex::Match& match, int32_t group) {
  const auto [start, end] = match.groups[static_cast<std::size_t>(group)];
  return start == string_view::npos ? string_view{} : text.substr(start, end - start);
}

BoundFunction bind_rlike(const CallInput& input) {
  return signature(
      {TypeClass::kString, TypeClass::kString}, TypeId::kBoolean,
      [](const CallInput& call) {
        return rowwise<string_view, string_view>([cache = make_cache(call)](string_view text, string_view pattern) {
          return cache->get(pattern).contains_match(text);
        });
      },
      {.can_fail = true})(input);
}

/// regexp_extract(str, regexp[, group]): '' where there is no match.
BoundFunction bind_extract(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  const bool has_group = input.types.size() == 3;
  std::vector<ParameterType> parameters{TypeClass::kString, TypeClass::kString};
  if (has_group) { parameters.emplace_back(TypeId::kInt); }
  return signature(std::move(parameters), DataType::string(),
                   [has_group](const CallInput& call) {
                     const auto extract = [cache = make_cache(call), name = string(call.name), origin = call.origin](
                                              string_view text, string_view pattern, int32_t group) -> string_view {
                       const auto& regex = cache->get(pattern);
                       check_group(regex, group, name, origin);
                       const auto match = regex.find(text);
                       return match ? group_text(text, *match, group) : string_view{};
                     };
                     if (has_group) { return rowwise<string_view, string_view, int32_t>(extract); }
                     return rowwise<string_view, string_view>(
                         [extract](string_view text, string_view pattern) { return extract(text, pattern, 1); });
                   },
                   {.can_fail = true})(input);
}

BoundFunction bind_extract_all(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  BoundFunction bound{.type = DataType::array(DataType::string()),
                      .nullable = any_nullable(input),
                      .argument_types = {},
                      .evaluate = {}};
  bound.argument_types = {expect_argument(input, 0, TypeClass::kString), expect_argument(input, 1, TypeClass::kString)};
  const bool has_group = input.types.size() == 3;
  if (has_group) { bound.argument_types.push_back(expect_argument(input, 2, TypeId::kInt)); }
  bound.can_fail = true;
  bound.evaluate = [cache = make_cache(input), has_group, name = string(input.name), origin = input.origin](
                       const Arguments& arguments, Vector& result) {
    const ColumnReader<StringView> texts(arguments[0]);
    const ColumnReader<StringView> patterns(arguments[1]);
    VectorBuilder found(DataType::string(), arguments.context.memory);
    arguments.rows.for_each([&](int32_t row) {
      const int32_t group = has_group ? ColumnReader<int32_t>(arguments[2])[row] : 1;
      const auto text = texts[row].view();
      const auto& regex = cache->get(patterns[row].view());
      check_group(regex, group, name, origin);
      const int32_t start = found.size();
      for (std::optional<std::size_t> at = 0; at;) {
        const auto match = regex.find(text, *at);
        if (!match) { break; }
        found.append_string(group_text(text, *match, group));
        at = JavaRegex::next_position(text, *match);
      }
      result.mutable_values<ListEntry>()[row] = {start, found.size() - start};
    });
    result.mutable_child(0) = found.finish();
  };
  return bound;
}

BoundFunction bind_replace(const CallInput& input) {
  check_num_arguments(input, 3, 4);
  const bool has_position = input.types.size() == 4;
  std::vector<ParameterType> parameters{TypeClass::kString, TypeClass::kString, TypeClass::kString};
  if (has_position) { parameters.emplace_back(TypeId::kInt); }
  return signature(std::move(parameters), DataType::string(),
                   [has_position](const CallInput& call) {
                     const auto replace = [cache = make_cache(call), name = string(call.name), origin = call.origin,
                                           sql = call_text(call)](string_view text, string_view pattern,
                                                                  string_view replacement, int32_t position) -> string {
                       if (position < 1) {
                         throw SqlError("DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                                        {{"sqlExpr", "\"" + sql + "\""},
                                         {"exprName", "`position`"},
                                         {"valueRange", "(0, 2147483647]"},
                                         {"currentValue", std::to_string(position)}},
                                        origin);
                       }
                       const auto from = utf8::offset_of(text, static_cast<std::size_t>(position - 1));
                       if (from >= text.size() && position > 1) { return string(text); }
                       return cache->get(pattern).replace_all(text, replacement, from);
                     };
                     if (has_position) { return rowwise<string_view, string_view, string_view, int32_t>(replace); }
                     return rowwise<string_view, string_view, string_view>(
                         [replace](string_view text, string_view pattern, string_view replacement) {
                           return replace(text, pattern, replacement, 1);
                         });
                   },
                   {.can_fail = true})(input);
}

BoundFunction bind_count(const CallInput& input) {
  return signature(
      {TypeClass::kString, TypeClass::kString}, TypeId::kInt,
      [](const CallInput& call) {
        return rowwise<string_view, string_view>([cache = make_cache(call)](string_view text, string_view pattern) {
          int32_t count = 0;
          for (std::optional<std::size_t> at = 0; at;) {
            const auto match = cache->get(pattern).find(text, *at);
            if (!match) { break; }
            ++count;
            at = JavaRegex::next_position(text, *match);
          }
          return count;
        });
      },
      {.can_fail = true})(input);
}

BoundFunction bind_substr(const CallInput& input) {
  return signature(
      {TypeClass::kString, TypeClass::kString}, DataType::string(),
      [](const CallInput& call) {
        return rowwise<string_view, string_view>(
            [cache = make_cache(call)](string_view text, string_view pattern) -> std::optional<string_view> {
              const auto match = cache->get(pattern).find(text);
              // As Spark, which asks for nullif(regexp_extract(...), ''): an empty match is NULL too.
              if (!match || match->groups[0].first == match->groups[0].second) { return std::nullopt; }
              return group_text(text, *match, 0);
            });
      },
      {.can_fail = true, .nullable = true})(input);
}

BoundFunction bind_instr(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  const bool has_group = input.types.size() == 3;
  std::vector<ParameterType> parameters{TypeClass::kString, TypeClass::kString};
  if (has_group) { parameters.emplace_back(TypeId::kInt); }
  return signature(std::move(parameters), TypeId::kInt,
                   [has_group](const CallInput& call) {
                     const auto find = [cache = make_cache(call)](string_view text, string_view pattern) -> int32_t {
                       const auto match = cache->get(pattern).find(text);
                       return match ? static_cast<int32_t>(utf8::length(text.substr(0, match->groups[0].first))) + 1
                                    : 0;
                     };
                     if (has_group) {
                       return rowwise<string_view, string_view, int32_t>(
                           [find](string_view text, string_view pattern, int32_t) { return find(text, pattern); });
                     }
                     return rowwise<string_view, string_view>(find);
                   },
                   {.can_fail = true})(input);
}

/// split(str, regexp[, limit]): as Java's, except that empty parts at the end stay.
BoundFunction bind_split(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  BoundFunction bound{.type = DataType::array(DataType::string(), false),
                      .nullable = any_nullable(input),
                      .argument_types = {},
                      .evaluate = {}};
  bound.argument_types = {expect_argument(input, 0, TypeClass::kString), expect_argument(input, 1, TypeClass::kString)};
  const bool has_limit = input.types.size() == 3;
  if (has_limit) { bound.argument_types.push_back(expect_argument(input, 2, TypeId::kInt)); }
  bound.can_fail = true;
  bound.evaluate = [cache = make_cache(input), has_limit](const Arguments& arguments, Vector& result) {
    const ColumnReader<StringView> texts(arguments[0]);
    const ColumnReader<StringView> patterns(arguments[1]);
    VectorBuilder parts(DataType::string(), arguments.context.memory);
    arguments.rows.for_each([&](int32_t row) {
      const int32_t limit = has_limit ? ColumnReader<int32_t>(arguments[2])[row] : -1;
      const auto text = texts[row].view();
      const auto pattern = patterns[row].view();
      const int32_t start = parts.size();
      std::size_t copied = 0;
      if (pattern.empty()) {
        // Between all characters, and nothing behind the last one.
        while (copied < text.size() && (limit <= 0 || parts.size() - start < limit - 1)) {
          const auto bytes =
              std::min(utf8::bytes_of_lead(static_cast<unsigned char>(text[copied])), text.size() - copied);
          if (copied + bytes >= text.size()) { break; }
          parts.append_string(text.substr(copied, bytes));
          copied += bytes;
        }
        parts.append_string(text.substr(copied));
      } else {
        const auto& regex = cache->get(pattern);
        for (std::optional<std::size_t> at = 0; at && (limit <= 0 || parts.size() - start < limit - 1);) {
          const auto match = regex.find(text, *at);
          if (!match) { break; }
          const auto [from, to] = match->groups[0];
          at = JavaRegex::next_position(text, *match);
          if (to == 0 || (from == to && from >= text.size())) {
            continue;
          }  // Empty at the start or end splits nothing.
          parts.append_string(text.substr(copied, from - copied));
          copied = to;
        }
        parts.append_string(text.substr(copied));
      }
      result.mutable_values<ListEntry>()[row] = {start, parts.size() - start};
    });
    result.mutable_child(0) = parts.finish();
  };
  return bound;
}

}  // namespace

void add_regexp_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, std::string_view group, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since,
                       std::vector<std::string_view> aliases = {}, std::size_t num_required = 0,
                       std::vector<std::pair<Value, DataType>> defaults = {}) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = group, .usage = usage, .examples = std::move(examples), .since = since},
        .aliases = std::move(aliases),
        .num_required = num_required,
        .default_arguments = std::move(defaults)});
  };
  add("rlike", "predicate_funcs", bind_rlike,
      "str rlike regexp - Whether a part of str matches the regular expression, in Java's syntax.",
      {{"SELECT 'node-17' RLIKE '^node-[0-9]+$'", {"true"}}, {"SELECT rlike('abc', 'b(?=c)')", {"true"}}}, "1.0.0",
      {"regexp", "regexp_like"});
  add("regexp_extract", "string_funcs", bind_extract,
      "regexp_extract(str, regexp[, idx]) - Returns group idx (1 unless given, 0 is all) of the first match; empty "
      "when there is none.",
      {{"SELECT regexp_extract('100-200', '([0-9]+)-([0-9]+)', 2)", {"200"}}}, "1.5.0", {}, 2,
      {{Value(std::int64_t{1}), TypeId::kInt}});
  add("regexp_extract_all", "string_funcs", bind_extract_all,
      "regexp_extract_all(str, regexp[, idx]) - Returns group idx (1 unless given) of every match.",
      {{"SELECT regexp_extract_all('1-2, 3-4', '([0-9])-([0-9])', 1)", {"[1, 3]"}}}, "3.1.0", {}, 2,
      {{Value(std::int64_t{1}), TypeId::kInt}});
  add("regexp_replace", "string_funcs", bind_replace,
      "regexp_replace(str, regexp, replacement[, position]) - Returns str with every match, from character position "
      "on, replaced; "
      "$1 stands for the first group.",
      {{"SELECT regexp_replace('100-200', '([0-9]+)', 'n')", {"n-n"}},
       {"SELECT regexp_replace('a1', '([a-z])([0-9])', '$2$1')", {"1a"}}},
      "1.5.0", {}, 3, {{Value(std::int64_t{1}), TypeId::kInt}});
  add("regexp_count", "string_funcs", bind_count, "regexp_count(str, regexp) - Returns the number of matches.",
      {{"SELECT regexp_count('a1b22', '[0-9]+')", {"2"}}}, "3.4.0");
  add("regexp_substr", "string_funcs", bind_substr,
      "regexp_substr(str, regexp) - Returns the first match; NULL when there is none.",
      {{"SELECT regexp_substr('rank 12', '[0-9]+')", {"12"}}, {"SELECT regexp_substr('rank', '[0-9]+')", {"NULL"}}},
      "3.4.0");
  add("regexp_instr", "string_funcs", bind_instr,
      "regexp_instr(str, regexp) - Returns the place, from 1, of the first match; 0 when there is none.",
      {{"SELECT regexp_instr('rank 12', '[0-9]+')", {"6"}}}, "3.4.0", {}, 2, {{Value(std::int64_t{0}), TypeId::kInt}});
  add("split", "string_funcs", bind_split,
      "split(str, regexp[, limit]) - Returns what stands between matches; with a limit above 0, so many parts at the "
      "most.",
      {{"SELECT split('a1b2c', '[12]')", {"[a, b, c]"}}, {"SELECT split('a1b2c', '[12]', 2)", {"[a, b2c]"}}}, "1.5.0",
      {}, 2, {{Value(std::int64_t{-1}), TypeId::kInt}});
}

}  // namespace hammerscale::sql
