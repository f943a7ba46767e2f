#include "sql/analyzer/identifier.hpp"

#include <string>
#include <utility>

namespace hammerscale::sql {

namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

NameParts split_identifier(std::string_view text) {
  NameParts parts;
  std::size_t i = 0;
  while (true) {
    std::string part;
    if (i < text.size() && text[i] == '`') {
      for (++i;; ++i) {
        if (i == text.size()) { return {}; }
        if (text[i] != '`') {
          part += text[i];
        } else if (i + 1 < text.size() && text[i + 1] == '`') {
          part += text[i++];
        } else {
          ++i;
          break;
        }
      }
    } else {
      while (i < text.size() && is_word(text[i])) { part += text[i++]; }
    }
    if (part.empty()) { return {}; }
    parts.push_back(std::move(part));
    if (i == text.size()) { return parts; }
    if (text[i++] != '.') { return {}; }
  }
}

NameParts parse_identifier(const Value& value, const Expression& expression, Origin origin) {
  const auto fail = [&](std::string_view condition) {
    throw SqlError(condition, {{"name", "IDENTIFIER"}, {"expr", "\"" + to_sql(expression) + "\""}}, origin);
  };
  if (value.is_null()) { fail("NOT_A_CONSTANT_STRING.NULL"); }
  const auto* text = std::get_if<std::string>(&value.holder());
  if (text == nullptr) { fail("NOT_A_CONSTANT_STRING.WRONG_TYPE"); }
  NameParts parts = split_identifier(*text);
  if (parts.empty()) { throw SqlError("PARSE_SYNTAX_ERROR", {{"error", "'" + *text + "'"}, {"hint", ""}}, origin); }
  return parts;
}

}  // namespace hammerscale::sql
