#include "sql/functions/json_document.hpp"

#include <cstdlib>

#include "sql/functions/utf8.hpp"
#include "sql/types/text_parse.hpp"
#include "sql/types/text_scan.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_ascii_digit(c) || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class JsonReader {
 public:
  JsonReader(std::string_view text, const JsonDialect& dialect) : text_(text), dialect_(dialect) {}

  bool value(JsonNode& node, int depth) {
    skip_space();
    if (at_end() || depth > kMaxJsonDepth) { return false; }
    switch (const char c = text_[at_]) {
      case '{': return object(node, depth);
      case '[': return array(node, depth);
      case '"': node.kind = JsonKind::kString; return quoted(node.text, '"');
      case '\'':
        if (!dialect_.allow_single_quotes) { return false; }
        node.kind = JsonKind::kString;
        return quoted(node.text, '\'');
      case 't': node.kind = JsonKind::kTrue; return word("true");
      case 'f': node.kind = JsonKind::kFalse; return word("false");
      case 'n': node.kind = JsonKind::kNull; return word("null");
      default: return c == '-' || c == '+' || is_ascii_digit(c) ? number(node) : non_numeric(node);
    }
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] bool next_is(char c) const { return !at_end() && text_[at_] == c; }
  bool skip(char c) {
    if (!next_is(c)) { return false; }
    ++at_;
    return true;
  }

  void skip_space() {
    while (!at_end()) {
      const char c = text_[at_];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        ++at_;
      } else if (c == '/' && dialect_.allow_comments && at_ + 1 < text_.size() &&
                 (text_[at_ + 1] == '*' || text_[at_ + 1] == '/')) {
        const bool is_line = text_[at_ + 1] == '/';
        const auto end = text_.find(is_line ? "\n" : "*/", at_ + 2);
        at_ = end == std::string_view::npos ? text_.size() : end + (is_line ? 1 : 2);
      } else {
        return;
      }
    }
  }

  /// A bare word, which must not go on.
  bool word(std::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected) { return false; }
    at_ += expected.size();
    return at_end() || !is_name_character(text_[at_]);
  }

  bool object(JsonNode& node, int depth) {
    node.kind = JsonKind::kObject;
    ++at_;
    skip_space();
    if (skip('}')) { return true; }
    while (true) {
      skip_space();
      std::string name;
      if (!field_name(name)) { return false; }
      skip_space();
      if (!skip(':')) { return false; }
      node.names.push_back(std::move(name));
      if (!value(node.items.emplace_back(), depth + 1)) { return false; }
      skip_space();
      if (skip('}')) { return true; }
      if (!skip(',')) { return false; }
    }
  }

  bool field_name(std::string& name) {
    if (next_is('"')) { return quoted(name, '"'); }
    if (next_is('\'') && dialect_.allow_single_quotes) { return quoted(name, '\''); }
    if (!dialect_.allow_unquoted_names) { return false; }
    const std::size_t start = at_;
    while (!at_end() && is_name_character(text_[at_])) { ++at_; }
    name = text_.substr(start, at_ - start);
    return !name.empty() && !is_ascii_digit(name[0]);
  }

  bool array(JsonNode& node, int depth) {
    node.kind = JsonKind::kArray;
    ++at_;
    skip_space();
    if (skip(']')) { return true; }
    while (true) {
      if (!value(node.items.emplace_back(), depth + 1)) { return false; }
      skip_space();
      if (skip(']')) { return true; }
      if (!skip(',')) { return false; }
    }
  }

  bool quoted(std::string& out, char quote) {
    ++at_;
    while (!at_end()) {
      const std::size_t start = at_;
      while (!at_end() && text_[at_] != quote && text_[at_] != '\\' && static_cast<unsigned char>(text_[at_]) >= 0x20) {
        ++at_;
      }
      out += text_.substr(start, at_ - start);
      if (at_end()) { return false; }
      const char c = text_[at_++];
      if (c == quote) { return true; }
      if (c == '\\') {
        if (!escape(out)) { return false; }
      } else {
        if (!dialect_.allow_control_characters) { return false; }
        out += c;
      }
    }
    return false;
  }

  bool escape(std::string& out) {
    if (at_end()) { return false; }
    switch (const char c = text_[at_++]) {
      case 'b': out += '\b'; return true;
      case 'f': out += '\f'; return true;
      case 'n': out += '\n'; return true;
      case 'r': out += '\r'; return true;
      case 't': out += '\t'; return true;
      case '"':
      case '\\':
      case '/': out += c; return true;
      case 'u': return unicode_escape(out);
      default:
        if (!dialect_.allow_any_escape && !(c == '\'' && dialect_.allow_single_quotes)) { return false; }
        out += c;
        return true;
    }
  }

  bool hex4(char32_t& unit) {
    if (text_.size() - at_ < 4) { return false; }
    unit = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = ascii_lower(text_[at_++]);
      if (!is_ascii_digit(c) && !(c >= 'a' && c <= 'f')) { return false; }
      unit = unit * 16 + static_cast<char32_t>(is_ascii_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return true;
  }

  bool unicode_escape(std::string& out) {
    char32_t unit = 0;
    if (!hex4(unit)) { return false; }
    if (unit >= 0xD800 && unit < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      const std::size_t behind_first = at_;
      at_ += 2;
      char32_t second = 0;
      if (!hex4(second)) { return false; }
      if (second >= 0xDC00 && second < 0xE000) {
        utf8::append(out, 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00));
        return true;
      }
      at_ = behind_first;
    }
    // Half a pair has no UTF-8 form; Java writes a question mark.
    utf8::append(out, unit >= 0xD800 && unit < 0xE000 ? U'?' : unit);
    return true;
  }

  bool number(JsonNode& node) {
    const std::size_t start = at_;
    if (next_is('-') || next_is('+')) {
      const char sign = text_[at_++];
      if (!at_end() && text_[at_] == 'I') {
        at_ = start;
        return non_numeric(node);
      }
      if (sign == '+') { return false; }
    }
    const std::size_t digits = at_;
    while (!at_end() && is_ascii_digit(text_[at_])) { ++at_; }
    std::size_t num_digits = at_ - digits;
    if (num_digits == 0) { return false; }
    std::size_t first = digits;
    if (num_digits > 1 && text_[digits] == '0') {
      if (!dialect_.allow_leading_zeros) { return false; }
      while (num_digits > 1 && text_[first] == '0') {
        ++first;
        --num_digits;
      }
    }
    node.kind = JsonKind::kInteger;
    if (skip('.')) {
      node.kind = JsonKind::kFraction;
      const std::size_t fraction = at_;
      while (!at_end() && is_ascii_digit(text_[at_])) { ++at_; }
      if (at_ == fraction) { return false; }
    }
    if (next_is('e') || next_is('E')) {
      node.kind = JsonKind::kFraction;
      ++at_;
      if (next_is('-') || next_is('+')) { ++at_; }
      const std::size_t exponent = at_;
      while (!at_end() && is_ascii_digit(text_[at_])) { ++at_; }
      if (at_ == exponent) { return false; }
    }
    node.text = (text_[start] == '-' ? "-" : "") + std::string(text_.substr(first, at_ - first));
    return at_end() || !is_name_character(text_[at_]);
  }

  bool non_numeric(JsonNode& node) {
    if (!dialect_.allow_non_numeric_numbers) { return false; }
    node.kind = JsonKind::kFraction;
    for (const std::string_view name : {"NaN", "Infinity", "+Infinity", "-Infinity", "INF", "+INF", "-INF"}) {
      if (text_.substr(at_, name.size()) == name &&
          (at_ + name.size() == text_.size() || !is_name_character(text_[at_ + name.size()]))) {
        at_ += name.size();
        node.text = name == "NaN" ? "NaN" : name[0] == '-' ? "-Infinity" : "Infinity";
        return true;
      }
    }
    return false;
  }

  std::string_view text_;
  const JsonDialect& dialect_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<JsonNode> parse_json_text(std::string_view text, const JsonDialect& dialect) {
  JsonNode node;
  if (!JsonReader(text, dialect).value(node, 1)) { return std::nullopt; }
  return node;
}

void append_json_string(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += "\\u00";
          out += kHex[static_cast<unsigned char>(c) >> 4];
          out += kHex[c & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void append_json(std::string& out, const JsonNode& node) {
  switch (node.kind) {
    case JsonKind::kNull: out += "null"; break;
    case JsonKind::kFalse: out += "false"; break;
    case JsonKind::kTrue: out += "true"; break;
    case JsonKind::kInteger: out += node.text; break;
    case JsonKind::kFraction: {
      std::string number;
      append_double(number, parse_double(node.text).value_or(0));
      const bool is_finite = number != "NaN" && number.find("Infinity") == std::string::npos;
      if (is_finite) {
        out += number;
      } else {
        append_json_string(out, number);
      }
      break;
    }
    case JsonKind::kString: append_json_string(out, node.text); break;
    case JsonKind::kArray:
      out += '[';
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (i != 0) { out += ','; }
        append_json(out, node.items[i]);
      }
      out += ']';
      break;
    case JsonKind::kObject:
      out += '{';
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        if (i != 0) { out += ','; }
        append_json_string(out, node.names[i]);
        out += ':';
        append_json(out, node.items[i]);
      }
      out += '}';
      break;
  }
}

}  // namespace hammerscale::sql
