#include "sql/functions/java_regex.hpp"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>
#include <cstdint>
#include <utility>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/functions/utf8.hpp"

namespace hammerscale::sql {

namespace {

/// Names of java.util.regex that PCRE2 spells otherwise; the second is for inside a class.
std::string_view posix_class(std::string_view name) {
  static constexpr std::pair<std::string_view, std::string_view> kNames[] = {{"Lower", "a-z"},
                                                                             {"Upper", "A-Z"},
                                                                             {"ASCII", "\\x00-\\x7F"},
                                                                             {"Alpha", "A-Za-z"},
                                                                             {"Digit", "0-9"},
                                                                             {"Alnum", "A-Za-z0-9"},
                                                                             {"Punct", "!-\\/:-@\\[-`{-~"},
                                                                             {"Graph", "!-~"},
                                                                             {"Print", " -~"},
                                                                             {"Blank", " \\t"},
                                                                             {"Cntrl", "\\x00-\\x1F\\x7F"},
                                                                             {"XDigit", "0-9a-fA-F"},
                                                                             {"Space", " \\t\\n\\x0B\\f\\r"},
                                                                             {"javaLowerCase", "\\p{Ll}"},
                                                                             {"javaUpperCase", "\\p{Lu}"},
                                                                             {"javaWhitespace", "\\s"},
                                                                             {"javaMirrored", "\\p{Bidi_M}"},
                                                                             {"IsAlphabetic", "\\p{L}\\p{Nl}"},
                                                                             {"IsLetter", "\\p{L}"},
                                                                             {"IsDigit", "\\p{Nd}"},
                                                                             {"IsUppercase", "\\p{Lu}"},
                                                                             {"IsLowercase", "\\p{Ll}"},
                                                                             {"IsPunctuation", "\\p{P}"},
                                                                             {"IsWhite_Space", "\\s"},
                                                                             {"L1", "\\x00-\\xFF"}};
  for (const auto& [java, pcre] : kNames) {
    if (java == name) { return pcre; }
  }
  return {};
}

class Translator {
 public:
  explicit Translator(std::string_view pattern) : pattern_(pattern) {}

  std::string run() {
    while (at_ < pattern_.size()) {
      if (pattern_[at_] == '\\') {
        out_ += escape(false);
      } else if (pattern_[at_] == '[') {
        out_ += character_class();
      } else {
        out_ += pattern_[at_++];
      }
    }
    return std::move(out_);
  }

 private:
  static std::string code_point(std::uint32_t code) {
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string hex;
    do {
      hex.insert(hex.begin(), kDigits[code % 16]);
      code /= 16;
    } while (code != 0);
    return "\\x{" + hex + "}";
  }

  /// What a backslash begins; positioned on it.
  std::string escape(bool in_class) {
    const std::size_t start = at_++;
    if (at_ >= pattern_.size()) { return "\\"; }
    const char kind = pattern_[at_++];
    if (kind == 'Q') {
      const auto end = pattern_.find("\\E", at_);
      const auto literal = pattern_.substr(at_, end == std::string_view::npos ? end : end - at_);
      at_ = end == std::string_view::npos ? pattern_.size() : end + 2;
      std::string quoted;
      for (const char c : literal) {
        if (std::string_view("\\^$.[]|()?*+{}-&#").find(c) != std::string_view::npos) { quoted += '\\'; }
        quoted += c;
      }
      return quoted;
    }
    if (kind == 'u' && at_ + 4 <= pattern_.size()) {
      auto code = static_cast<std::uint32_t>(std::stoul(std::string(pattern_.substr(at_, 4)), nullptr, 16));
      at_ += 4;
      if (code >= 0xD800 && code < 0xDC00 && pattern_.substr(at_, 2) == "\\u" && at_ + 6 <= pattern_.size()) {
        const auto low = static_cast<std::uint32_t>(std::stoul(std::string(pattern_.substr(at_ + 2, 4)), nullptr, 16));
        if (low >= 0xDC00 && low < 0xE000) {
          code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
          at_ += 6;
        }
      }
      return code_point(code);
    }
    if (kind == '0') {
      std::uint32_t code = 0;
      for (int i = 0; i < 3 && at_ < pattern_.size() && pattern_[at_] >= '0' && pattern_[at_] <= '7'; ++i) {
        if (code * 8 + static_cast<std::uint32_t>(pattern_[at_] - '0') > 0377) { break; }
        code = code * 8 + static_cast<std::uint32_t>(pattern_[at_++] - '0');
      }
      return code_point(code);
    }
    if ((kind == 'p' || kind == 'P') && at_ < pattern_.size()) {
      std::string name;
      if (pattern_[at_] == '{') {
        const auto end = pattern_.find('}', at_);
        if (end == std::string_view::npos) { return std::string(pattern_.substr(start, at_ - start)); }
        name = pattern_.substr(at_ + 1, end - at_ - 1);
        at_ = end + 1;
      } else {
        name = pattern_.substr(at_++, 1);
      }
      if (const auto inside = posix_class(name); !inside.empty()) {
        if (kind == 'p') { return in_class ? std::string(inside) : "[" + std::string(inside) + "]"; }
        return "[^" + std::string(inside) + "]";
      }
      for (const std::string_view prefix : {"Is", "In", "general_category=", "gc=", "script=", "sc="}) {
        if (name.starts_with(prefix)) {
          name.erase(0, prefix.size());
          break;
        }
      }
      return std::string("\\") + kind + "{" + name + "}";
    }
    if (kind == 'Z' && !in_class) { return "(?=\\R?\\z)"; }
    return std::string(pattern_.substr(start, at_ - start));
  }

  /// A class with Java's unions and intersections; positioned on '['. Each operand becomes a plain class; an
  /// intersection becomes look-aheads before the last operand.
  std::string character_class() {
    ++at_;
    bool negated = false;
    if (at_ < pattern_.size() && pattern_[at_] == '^') {
      negated = true;
      ++at_;
    }
    std::vector<std::string> operands;  // Complete expressions that match one character.
    std::string items;                  // Of the plain class being read.
    std::vector<std::string> nested;    // Unions that cannot be spelled inside a plain class.
    const auto close_operand = [&] {
      std::string operand = items.empty() ? std::string() : "[" + items + "]";
      for (const auto& part : nested) { operand += (operand.empty() ? "" : "|") + part; }
      if (!nested.empty()) { operand = "(?:" + operand + ")"; }
      if (!operand.empty()) { operands.push_back(operand); }
      items.clear();
      nested.clear();
    };
    bool is_first = true;
    while (at_ < pattern_.size() && (pattern_[at_] != ']' || is_first)) {
      is_first = false;
      const char c = pattern_[at_];
      if (c == '[') {
        auto inner = character_class();
        if (inner.size() > 2 && inner.front() == '[' && inner[1] != '^') {
          items += inner.substr(1, inner.size() - 2);
        } else {
          nested.push_back(std::move(inner));
        }
      } else if (c == '&' && pattern_.substr(at_, 2) == "&&") {
        at_ += 2;
        close_operand();
      } else if (c == '\\') {
        auto text = escape(true);
        if (text.front() == '[') {
          nested.push_back(std::move(text));
        } else {
          items += text;
        }
      } else {
        items += c;
        ++at_;
      }
    }
    if (at_ < pattern_.size()) { ++at_; }
    close_operand();
    if (operands.empty()) { return negated ? "[\\s\\S]" : "[]"; }
    if (operands.size() == 1 && operands[0].front() == '[' && operands[0].compare(0, 2, "[^") != 0) {
      return negated ? "[^" + operands[0].substr(1) : operands[0];
    }
    std::string all;
    for (std::size_t i = 0; i + 1 < operands.size(); ++i) { all += "(?=" + operands[i] + ")"; }
    all += operands.back();
    return negated ? "(?!" + all + ")(?s:.)" : "(?:" + all + ")";
  }

  std::string_view pattern_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string translate_java_regex(std::string_view pattern) { return Translator(pattern).run(); }

struct JavaRegex::Compiled {
  pcre2_code* code = nullptr;
  pcre2_match_data* match = nullptr;
  ~Compiled() {
    pcre2_match_data_free(match);
    pcre2_code_free(code);
  }
};

JavaRegex::JavaRegex(std::string_view pattern, std::string_view function) : compiled_(std::make_unique<Compiled>()) {
  const auto fail = [&] {
    throw SqlError("INVALID_PARAMETER_VALUE.PATTERN", {{"functionName", "`" + std::string(function) + "`"},
                                                       {"parameter", "`regexp`"},
                                                       {"value", "'" + std::string(pattern) + "'"}});
  };
  std::string translated;
  try {
    translated = translate_java_regex(pattern);
  } catch (const std::logic_error&) {  // \u without four hexadecimal digits
    fail();
  }
  int error = 0;
  PCRE2_SIZE where = 0;
  pcre2_compile_context* context = pcre2_compile_context_create(nullptr);
  pcre2_set_newline(context, PCRE2_NEWLINE_ANYCRLF);
  compiled_->code =
      pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated.data()), translated.size(),
                    PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_ALLOW_EMPTY_CLASS, &error, &where, context);
  pcre2_compile_context_free(context);
  if (compiled_->code == nullptr) { fail(); }
  pcre2_jit_compile(compiled_->code, PCRE2_JIT_COMPLETE);  // Matching works without it too.
  compiled_->match = pcre2_match_data_create_from_pattern(compiled_->code, nullptr);
}

JavaRegex::~JavaRegex() = default;
JavaRegex::JavaRegex(JavaRegex&&) noexcept = default;
JavaRegex& JavaRegex::operator=(JavaRegex&&) noexcept = default;

std::optional<JavaRegex::Match> JavaRegex::find(std::string_view text, std::size_t from) const {
  const int found = pcre2_match(compiled_->code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from, 0,
                                compiled_->match, nullptr);
  if (found == PCRE2_ERROR_NOMATCH) { return std::nullopt; }
  if (found < 0) {
    std::array<PCRE2_UCHAR, 256> reason{};
    pcre2_get_error_message(found, reason.data(), reason.size());
    throw UserError(ErrorCode::kInvalidArgument, "regular expression gave up on a text",
                    {{"reason", reinterpret_cast<const char*>(reason.data())}});
  }
  const PCRE2_SIZE* ovector = pcre2_get_ovector_pointer(compiled_->match);
  Match match;
  const std::size_t groups = num_groups() + 1;
  match.groups.reserve(groups);
  for (std::size_t g = 0; g < groups; ++g) {
    // Groups behind the last one that took part are not set in the vector.
    if (g < static_cast<std::size_t>(found) && ovector[2 * g] != PCRE2_UNSET) {
      match.groups.emplace_back(ovector[2 * g], ovector[2 * g + 1]);
    } else {
      match.groups.emplace_back(std::string_view::npos, 0);
    }
  }
  return match;
}

bool JavaRegex::contains_match(std::string_view text) const {
  return pcre2_match(compiled_->code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), 0, 0, compiled_->match,
                     nullptr) >= 0;
}

std::size_t JavaRegex::num_groups() const {
  std::uint32_t count = 0;
  pcre2_pattern_info(compiled_->code, PCRE2_INFO_CAPTURECOUNT, &count);
  return count;
}

std::optional<std::size_t> JavaRegex::group_of(std::string_view name) const {
  const std::string terminated(name);
  const int number =
      pcre2_substring_number_from_name(compiled_->code, reinterpret_cast<PCRE2_SPTR>(terminated.c_str()));
  if (number < 0) { return std::nullopt; }
  return static_cast<std::size_t>(number);
}

std::optional<std::size_t> JavaRegex::next_position(std::string_view text, const Match& match) {
  const auto [start, end] = match.groups[0];
  if (end > start) { return end <= text.size() ? std::optional(end) : std::nullopt; }
  if (end >= text.size()) { return std::nullopt; }
  return end + utf8::bytes_of_lead(static_cast<unsigned char>(text[end]));
}

std::string JavaRegex::replace_all(std::string_view text, std::string_view replacement, std::size_t from) const {
  std::string out;
  std::size_t copied = 0;
  const auto append_group = [&](const Match& match, std::size_t group) {
    if (group >= match.groups.size()) {
      throw UserError(ErrorCode::kInvalidArgument, "replacement names a group that the pattern does not have",
                      {{"group", std::to_string(group)}});
    }
    const auto [start, end] = match.groups[group];
    if (start != std::string_view::npos) { out.append(text, start, end - start); }
  };
  std::optional<std::size_t> position = from;
  while (position) {
    const auto match = find(text, *position);
    if (!match) { break; }
    out.append(text, copied, match->groups[0].first - copied);
    for (std::size_t i = 0; i < replacement.size(); ++i) {
      const char c = replacement[i];
      if (c == '\\' && i + 1 < replacement.size()) {
        out += replacement[++i];
      } else if (c == '$' && i + 1 < replacement.size() && replacement[i + 1] == '{') {
        const auto end = replacement.find('}', i);
        const auto name = replacement.substr(i + 2, end == std::string_view::npos ? end : end - i - 2);
        const auto group = group_of(name);
        append_group(*match, group ? *group : match->groups.size());
        i = end == std::string_view::npos ? replacement.size() : end;
      } else if (c == '$' && i + 1 < replacement.size() && replacement[i + 1] >= '0' && replacement[i + 1] <= '9') {
        std::size_t group = static_cast<std::size_t>(replacement[++i] - '0');
        // More digits count as long as there is such a group.
        while (i + 1 < replacement.size() && replacement[i + 1] >= '0' && replacement[i + 1] <= '9' &&
               group * 10 + static_cast<std::size_t>(replacement[i + 1] - '0') < match->groups.size()) {
          group = group * 10 + static_cast<std::size_t>(replacement[++i] - '0');
        }
        append_group(*match, group);
      } else if (c == '$') {
        throw UserError(ErrorCode::kInvalidArgument, "replacement has a $ without a group",
                        {{"replacement", std::string(replacement)}});
      } else {
        out += c;
      }
    }
    copied = match->groups[0].second;
    position = next_position(text, *match);
  }
  return out.append(text.substr(copied));
}

}  // namespace hammerscale::sql
