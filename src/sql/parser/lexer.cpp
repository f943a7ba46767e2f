#include "sql/parser/lexer.hpp"

#include <limits>

namespace hammerscale::sql {

namespace {

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) noexcept {
  // Bytes from 0x80 on belong to letters outside ASCII; the parser refuses those that stand unquoted.
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
constexpr bool is_word(char c) noexcept { return is_letter(c) || is_digit(c); }
constexpr bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Bytes of a space outside ASCII that begins at `at`, or 0.
std::size_t wide_space(std::string_view text, std::size_t at) noexcept {
  const std::string_view rest = text.substr(at, 3);
  if (rest.substr(0, 2) == "\xC2\xA0") { return 2; }
  if (rest.size() < 3) { return 0; }
  const auto last = static_cast<unsigned char>(rest[2]);
  if (rest.substr(0, 2) == "\xE2\x80" &&
      ((last >= 0x80 && last <= 0x8A) || last == 0xA8 || last == 0xA9 || last == 0xAF)) {
    return 3;
  }
  if (rest == "\xE2\x81\x9F" || rest == "\xE3\x80\x80" || rest == "\xE1\x9A\x80" || rest == "\xEF\xBB\xBF") {
    return 3;
  }
  return 0;
}

class Lexer {
 public:
  Lexer(std::string_view text, std::vector<Token>& tokens) : text_(text), tokens_(tokens) {}

  void run() {
    while (skip_space()) { lex_token(); }
    add(TokenKind::kEnd, text_.size());
  }

  /// Start of a comment that the text does not close; npos when there is none.
  [[nodiscard]] std::size_t open_comment() const noexcept { return open_comment_; }

 private:
  [[nodiscard]] char peek(std::size_t ahead = 0) const noexcept {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool has(std::size_t ahead) const noexcept { return at_ + ahead < text_.size(); }

  void add(TokenKind kind, std::size_t start) {
    tokens_.push_back(
        Token{kind, Keyword::kNoKeyword, static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(at_)});
  }

  void symbol(TokenKind kind, std::size_t size) {
    at_ += size;
    add(kind, at_ - size);
  }

  /// False at the end.
  bool skip_space() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (is_space(c)) {
        ++at_;
      } else if (c == '-' && peek(1) == '-') {
        skip_line();
      } else if (c == '/' && peek(1) == '*' && peek(2) != '+') {
        skip_comment();
      } else if (static_cast<unsigned char>(c) >= 0x80) {
        const std::size_t size = wide_space(text_, at_);
        if (size == 0) { return true; }
        at_ += size;
      } else {
        return true;
      }
    }
    return false;
  }

  void skip_line() {
    while (at_ < text_.size() && text_[at_] != '\n') {
      // A backslash at the end of the line carries the comment on.
      at_ += text_[at_] == '\\' && peek(1) == '\n' ? 2 : 1;
    }
  }

  void skip_comment() {
    const std::size_t start = at_;
    int depth = 0;
    while (at_ < text_.size()) {
      if (text_[at_] == '/' && peek(1) == '*') {
        ++depth;
        at_ += 2;
      } else if (text_[at_] == '*' && peek(1) == '/') {
        at_ += 2;
        if (--depth == 0) { return; }
      } else {
        ++at_;
      }
    }
    open_comment_ = start;
  }

  void lex_word() {
    const std::size_t start = at_;
    bool all_letters = true;
    while (at_ < text_.size() && is_word(text_[at_])) {
      if (static_cast<unsigned char>(text_[at_]) >= 0x80 && wide_space(text_, at_) != 0) { break; }
      all_letters = all_letters && is_letter(text_[at_]);
      ++at_;
    }
    if (all_letters && peek() == ':' && peek(1) == '/' && peek(2) == '/') {
      // A path with a scheme, s3://bucket/part-1, is one word.
      at_ += 3;
      constexpr std::string_view kPathSymbols = "/-.?=&#%";
      while (at_ < text_.size() && (is_word(text_[at_]) || kPathSymbols.find(text_[at_]) != std::string_view::npos)) {
        ++at_;
      }
    }
    add(TokenKind::kWord, start);
    tokens_.back().keyword = find_keyword(text_.substr(start, at_ - start));
  }

  /// A number, or a word that begins with digits.
  void lex_number() {
    const std::size_t start = at_;
    std::size_t end = at_;
    const auto digits = [&] { while (end < text_.size() && is_digit(text_[end])) { ++end; } };
    const auto word_at = [&](std::size_t position) { return position < text_.size() && is_word(text_[position]); };
    digits();
    TokenKind kind = TokenKind::kInteger;
    if (end < text_.size() && text_[end] == '.') {
      const std::size_t before_dot = end;
      ++end;
      digits();
      kind = TokenKind::kDecimal;
      std::size_t suffix_end = end;
      if (word_at(end) && !takes_exponent(end, suffix_end) && suffix_size(end, true) == 0) {
        // `1.a` and `.1a` are not numbers with a point.
        end = before_dot;
        kind = TokenKind::kInteger;
        if (end == start) {
          at_ = start + 1;
          add(TokenKind::kDot, start);
          return;
        }
      }
    }
    std::size_t exponent_end = end;
    bool has_exponent = false;
    if (takes_exponent(end, exponent_end)) {
      end = exponent_end;
      kind = TokenKind::kExponent;
      has_exponent = true;
    }
    if (const std::size_t size = suffix_size(end, kind != TokenKind::kInteger || has_exponent); size != 0) {
      kind = suffix_kind(end, size);
      end += size;
    } else if (word_at(end)) {
      // 123abc, 1_a: longer than the number, so it is a word.
      at_ = start;
      lex_word();
      return;
    }
    at_ = end;
    add(kind, start);
  }

  /// Whether e, E, e+ or e- and digits stand at a position, with no word behind them but a suffix.
  [[nodiscard]] bool takes_exponent(std::size_t position, std::size_t& end) const noexcept {
    if (position >= text_.size() || upper(text_[position]) != 'E') { return false; }
    std::size_t next = position + 1;
    if (next < text_.size() && (text_[next] == '+' || text_[next] == '-')) { ++next; }
    const std::size_t first = next;
    while (next < text_.size() && is_digit(text_[next])) { ++next; }
    if (next == first) { return false; }
    if (next < text_.size() && is_word(text_[next]) && suffix_size(next, true) == 0) { return false; }
    end = next;
    return true;
  }

  /// Length of a type suffix at a position that ends the word; L, S and Y only follow whole numbers.
  [[nodiscard]] std::size_t suffix_size(std::size_t position, bool is_fractional) const noexcept {
    if (position >= text_.size()) { return 0; }
    const auto ends = [&](std::size_t at) { return at >= text_.size() || !is_word(text_[at]); };
    const char c = upper(text_[position]);
    if (c == 'B' && position + 1 < text_.size() && upper(text_[position + 1]) == 'D') {
      return ends(position + 2) ? 2 : 0;
    }
    const bool known = c == 'D' || c == 'F' || (!is_fractional && (c == 'L' || c == 'S' || c == 'Y'));
    return known && ends(position + 1) ? 1 : 0;
  }

  [[nodiscard]] TokenKind suffix_kind(std::size_t position, std::size_t size) const noexcept {
    if (size == 2) { return TokenKind::kBigDecimal; }
    switch (upper(text_[position])) {
      case 'L': return TokenKind::kBigint;
      case 'S': return TokenKind::kSmallint;
      case 'Y': return TokenKind::kTinyint;
      case 'F': return TokenKind::kFloat;
      default: return TokenKind::kDouble;
    }
  }

  /// 'a\'b' and "a""b"; an open one is an unknown byte, as the quote begins no token.
  void lex_string(char quote, TokenKind kind, bool with_escapes, std::size_t prefix) {
    const std::size_t start = at_;
    std::size_t end = at_ + prefix + 1;
    while (end < text_.size()) {
      const char c = text_[end];
      if (with_escapes && c == '\\') {
        end += 2;
      } else if (c == quote) {
        if (kind != TokenKind::kRawString && end + 1 < text_.size() && text_[end + 1] == quote) {
          end += 2;
          continue;
        }
        at_ = end + 1;
        return add(kind, start);
      } else {
        ++end;
      }
    }
    at_ = start + prefix + 1;
    add(TokenKind::kUnknown, start + prefix);
  }

  void lex_token() {
    const char c = text_[at_];
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) { return lex_number(); }
    if ((c == 'r' || c == 'R') && (peek(1) == '\'' || peek(1) == '"')) {
      return lex_string(peek(1), TokenKind::kRawString, false, 1);
    }
    if (is_letter(c)) { return lex_word(); }
    const char next = peek(1);
    switch (c) {
      case '\'': return lex_string('\'', TokenKind::kString, true, 0);
      case '"': return lex_string('"', TokenKind::kDoubleQuoted, true, 0);
      case '`': return lex_string('`', TokenKind::kQuotedWord, false, 0);
      case '(': return symbol(TokenKind::kLeftParen, 1);
      case ')': return symbol(TokenKind::kRightParen, 1);
      case '[': return symbol(TokenKind::kLeftBracket, 1);
      case ']': return symbol(TokenKind::kRightBracket, 1);
      case ',': return symbol(TokenKind::kComma, 1);
      case '.': return symbol(TokenKind::kDot, 1);
      case ';': return symbol(TokenKind::kSemicolon, 1);
      case ':': return next == ':' ? symbol(TokenKind::kDoubleColon, 2) : symbol(TokenKind::kColon, 1);
      case '?': return symbol(TokenKind::kQuestion, 1);
      case '=':
        if (next == '=') { return symbol(TokenKind::kEqual, 2); }
        return next == '>' ? symbol(TokenKind::kFatArrow, 2) : symbol(TokenKind::kEqual, 1);
      case '<':
        if (next == '=') {
          return peek(2) == '>' ? symbol(TokenKind::kNullSafeEqual, 3) : symbol(TokenKind::kLessEqual, 2);
        }
        return next == '>' ? symbol(TokenKind::kNotEqual, 2) : symbol(TokenKind::kLess, 1);
      case '>': return next == '=' ? symbol(TokenKind::kGreaterEqual, 2) : symbol(TokenKind::kGreater, 1);
      case '!':
        if (next == '=') { return symbol(TokenKind::kNotEqual, 2); }
        if (next == '>') { return symbol(TokenKind::kLessEqual, 2); }
        return next == '<' ? symbol(TokenKind::kGreaterEqual, 2) : symbol(TokenKind::kBang, 1);
      case '+': return symbol(TokenKind::kPlus, 1);
      case '-': return next == '>' ? symbol(TokenKind::kArrow, 2) : symbol(TokenKind::kMinus, 1);
      case '*': return next == '/' ? symbol(TokenKind::kHintEnd, 2) : symbol(TokenKind::kStar, 1);
      case '/': return next == '*' ? symbol(TokenKind::kHintStart, 3) : symbol(TokenKind::kSlash, 1);
      case '%': return symbol(TokenKind::kPercent, 1);
      case '~': return symbol(TokenKind::kTilde, 1);
      case '&': return symbol(TokenKind::kAmpersand, 1);
      case '|':
        if (next == '|') { return symbol(TokenKind::kConcat, 2); }
        return next == '>' ? symbol(TokenKind::kPipeInto, 2) : symbol(TokenKind::kPipe, 1);
      case '^': return symbol(TokenKind::kHat, 1);
      default: return symbol(TokenKind::kUnknown, 1);
    }
  }

  std::string_view text_;
  std::vector<Token>& tokens_;
  std::size_t at_ = 0;
  std::size_t open_comment_ = std::string_view::npos;
};

void append_utf8(std::string& out, std::uint32_t code) {
  if (code >= 0xD800 && code < 0xE000) { code = 0xFFFD; }
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

/// Reads exactly `count` hexadecimal digits.
bool read_hex(std::string_view text, std::size_t at, std::size_t count, std::uint32_t& code) {
  if (at + count > text.size()) { return false; }
  code = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    const char c = upper(text[i]);
    if (!is_digit(c) && (c < 'A' || c > 'F')) { return false; }
    code = code * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : c - 'A' + 10);
  }
  return true;
}

bool is_octal(std::string_view text, std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '7'; }

}  // namespace

void tokenize(std::string_view text, std::vector<Token>& tokens) {
  if (text.size() >= static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) {
    throw SqlError("FAILED_TO_PARSE_TOO_COMPLEX", {});
  }
  tokens.clear();
  tokens.reserve(text.size() / 4 + 16);
  Lexer lexer(text, tokens);
  lexer.run();
  if (lexer.open_comment() != std::string_view::npos) {
    const auto start = static_cast<std::int32_t>(lexer.open_comment());
    throw SqlError("UNCLOSED_BRACKETED_COMMENT", {}, Origin{start, start + 2}).with_text(text);
  }
}

std::string unescape_string(std::string_view quoted) {
  const char quote = quoted.front();
  const std::string_view body = quoted.substr(1, quoted.size() - 2);
  std::string out;
  out.reserve(body.size());
  for (std::size_t at = 0; at < body.size();) {
    const char c = body[at];
    if (c == quote) {
      // A quote inside stands doubled, or it would have ended the string.
      out += c;
      at += 2;
      continue;
    }
    if (c != '\\' || at + 1 >= body.size()) {
      out += c;
      ++at;
      continue;
    }
    const char escaped = body[at + 1];
    std::uint32_t code = 0;
    if (escaped == 'u' && read_hex(body, at + 2, 4, code)) {
      // Two surrogates stand for one character.
      std::uint32_t low = 0;
      if (code >= 0xD800 && code < 0xDC00 && body.substr(at + 6, 2) == "\\u" && read_hex(body, at + 8, 4, low) &&
          low >= 0xDC00 && low < 0xE000) {
        append_utf8(out, 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00));
        at += 12;
      } else {
        append_utf8(out, code);
        at += 6;
      }
    } else if (escaped == 'U' && read_hex(body, at + 2, 8, code) && code <= 0x10FFFF) {
      append_utf8(out, code);
      at += 10;
    } else if ((escaped == '0' || escaped == '1') && is_octal(body, at + 2) && is_octal(body, at + 3)) {
      append_utf8(out,
                  static_cast<std::uint32_t>((escaped - '0') * 64 + (body[at + 2] - '0') * 8 + (body[at + 3] - '0')));
      at += 4;
    } else {
      switch (escaped) {
        case '0': out += '\0'; break;
        case 'b': out += '\b'; break;
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case 'Z': out += '\x1A'; break;
        // LIKE reads these two itself.
        case '%': out += "\\%"; break;
        case '_': out += "\\_"; break;
        default: out += escaped; break;
      }
      at += 2;
    }
  }
  return out;
}

bool ends_in_comment(std::string_view text) {
  std::vector<Token> tokens;
  Lexer lexer(text, tokens);
  lexer.run();
  return lexer.open_comment() != std::string_view::npos;
}

}  // namespace hammerscale::sql
