#include <algorithm>
#include <array>

#include "sql/parser/grammar.hpp"

namespace hammerscale::sql {

namespace {

/// Words that introduce the next clause of a query, and so name nothing unless AS stands before them.
constexpr std::array kClauseWords{Keyword::kFrom,        Keyword::kWhere,     Keyword::kGroup,  Keyword::kHaving,
                                  Keyword::kQualify,     Keyword::kOrder,     Keyword::kSort,   Keyword::kDistribute,
                                  Keyword::kCluster,     Keyword::kLimit,     Keyword::kOffset, Keyword::kWindow,
                                  Keyword::kUnion,       Keyword::kIntersect, Keyword::kExcept, Keyword::kMinus,
                                  Keyword::kSetminus,    Keyword::kLateral,   Keyword::kPivot,  Keyword::kUnpivot,
                                  Keyword::kTablesample, Keyword::kInsert,    Keyword::kSelect};

/// Words that cannot name a relation without AS, as a join follows.
constexpr std::array kJoinWords{Keyword::kAnti, Keyword::kCross, Keyword::kExcept, Keyword::kFull, Keyword::kInner,
                                Keyword::kIntersect, Keyword::kJoin, Keyword::kLateral, Keyword::kLeft,
                                Keyword::kNatural, Keyword::kOn, Keyword::kRight, Keyword::kSemi, Keyword::kMinus,
                                Keyword::kSetminus, Keyword::kUnion, Keyword::kUsing};

template <typename Words>
bool is_among(const Words& words, Keyword keyword) noexcept {
  return std::find(words.begin(), words.end(), keyword) != words.end();
}

char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

/// Edits that turn one word into the other, transpositions counting once; anything above 2 is 3.
int distance(std::string_view a, std::string_view b) {
  if (a.size() > b.size() + 2 || b.size() > a.size() + 2) { return 3; }
  std::vector<int> before(b.size() + 1);
  std::vector<int> last(b.size() + 1);
  std::vector<int> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) { last[j] = static_cast<int>(j); }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = upper(a[i - 1]) == b[j - 1];
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
      if (i > 1 && j > 1 && upper(a[i - 1]) == b[j - 2] && upper(a[i - 2]) == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return std::min(last[b.size()], 3);
}

}  // namespace

Grammar::Grammar(std::string_view text, const ParserOptions& options) : text_(text), options_(options) {
  tokenize(text, tokens_);
  if (options.double_quoted_identifiers) {
    for (auto& token : tokens_) {
      if (token.kind == TokenKind::kDoubleQuoted) { token.kind = TokenKind::kQuotedWord; }
    }
  }
}

bool Grammar::is_any(std::initializer_list<Keyword> keywords, std::size_t ahead) const noexcept {
  const Keyword keyword = peek(ahead).keyword;
  return std::find(keywords.begin(), keywords.end(), keyword) != keywords.end();
}

bool Grammar::is_word(std::string_view word, std::size_t ahead) const noexcept {
  if (!is(TokenKind::kWord, ahead)) { return false; }
  const auto text = text_of(peek(ahead));
  return text.size() == word.size() &&
         std::equal(text.begin(), text.end(), word.begin(), [](char a, char b) { return upper(a) == b; });
}

bool Grammar::accept(TokenKind kind) noexcept {
  if (!is(kind)) { return false; }
  take();
  return true;
}

bool Grammar::accept(Keyword keyword) noexcept {
  if (!is(keyword)) { return false; }
  take();
  return true;
}

bool Grammar::accept(std::initializer_list<Keyword> keywords) noexcept {
  std::size_t ahead = 0;
  for (const auto keyword : keywords) {
    if (!is(keyword, ahead++)) { return false; }
  }
  at_ += keywords.size();
  return true;
}

bool Grammar::accept_word(std::string_view word) noexcept {
  if (!is_word(word)) { return false; }
  take();
  return true;
}

void Grammar::expect(TokenKind kind) {
  if (accept(kind)) { return; }
  std::string hint;
  if (kind == TokenKind::kRightParen) { hint = ": missing ')'"; }
  fail_at(peek(), hint);
}

void Grammar::expect(Keyword keyword) {
  if (accept(keyword)) { return; }
  fail_at(peek(), ": missing '" + std::string(keyword_text(keyword)) + "'");
}

void Grammar::expect(std::initializer_list<Keyword> keywords) {
  for (const auto keyword : keywords) { expect(keyword); }
}

Origin Grammar::origin_from(std::size_t start) const noexcept {
  const std::size_t stop = at_ == 0 ? start : std::max<std::size_t>(tokens_[at_ - 1].stop, start);
  return Origin{static_cast<std::int32_t>(start), static_cast<std::int32_t>(stop)};
}

std::string Grammar::text_from(std::size_t start) const {
  const std::size_t stop = at_ == 0 ? start : std::max<std::size_t>(tokens_[at_ - 1].stop, start);
  return std::string(text_.substr(start, stop - start));
}

std::string Grammar::suggestion_near(const Token& token) const {
  // The word itself, or the one before it: in `FROM t WHER a = 1` that was read as an alias.
  std::size_t index = static_cast<std::size_t>(&token - tokens_.data());
  for (int back = 0; back < 2; ++back) {
    const Token& candidate = tokens_[index];
    if (candidate.kind == TokenKind::kWord && candidate.keyword == Keyword::kNoKeyword) {
      const auto word = text_of(candidate);
      if (word.size() >= 3 && word.size() <= 20) {
        std::string_view best;
        // Of words equally near, one that begins a clause is the likelier.
        int best_score = word.size() <= 4 ? 4 : 6;
        for (const auto keyword : all_keywords()) {
          const int score = 2 * distance(word, keyword) - (is_among(kClauseWords, find_keyword(keyword)) ? 1 : 0);
          if (score < best_score - (best.empty() ? 1 : 0)) {
            best_score = score;
            best = keyword;
          }
        }
        if (!best.empty()) { return "; did you mean '" + std::string(best) + "'?"; }
      }
    }
    if (index == 0) { break; }
    --index;
  }
  return "";
}

void Grammar::fail_at(const Token& token, std::string hint) const {
  const bool is_end = token.kind == TokenKind::kEnd;
  if (hint.empty()) { hint = suggestion_near(token); }
  Origin origin{static_cast<std::int32_t>(token.start), static_cast<std::int32_t>(token.stop)};
  if (is_end) {
    // The end is behind the last character that counts, where one would go on to type.
    std::size_t end = text_.size();
    while (end > 0 && static_cast<unsigned char>(text_[end - 1]) <= ' ') { --end; }
    origin = Origin{static_cast<std::int32_t>(end), static_cast<std::int32_t>(end)};
  }
  fail("PARSE_SYNTAX_ERROR",
       {{"error", is_end ? "end of input" : "'" + std::string(text_of(token)) + "'"}, {"hint", std::move(hint)}},
       origin);
}

void Grammar::fail(std::string_view condition, ErrorParameters parameters, Origin origin) const {
  throw SqlError(condition, std::move(parameters), origin).with_text(text_);
}

void Grammar::fail_too_complex() const {
  // The text is left out of the message: it is as long as it is complex.
  throw SqlError("FAILED_TO_PARSE_TOO_COMPLEX", {});
}

void Grammar::fail_not_allowed(std::string message, std::size_t start) const {
  fail("_LEGACY_ERROR_TEMP_0035", {{"message", std::move(message)}}, origin_from(start));
}

void Grammar::expect_statement_end() {
  while (accept(TokenKind::kSemicolon)) {}
  if (!at_end()) {
    auto hint = suggestion_near(peek());
    fail_at(peek(), hint.empty() ? ": extra input '" + std::string(text_of(peek())) + "'" : std::move(hint));
  }
}

bool Grammar::is_identifier(std::size_t ahead) const noexcept {
  return is(TokenKind::kWord, ahead) || is(TokenKind::kQuotedWord, ahead);
}

bool Grammar::is_bare_alias(bool of_table) const noexcept {
  if (is(TokenKind::kQuotedWord)) { return true; }
  if (!is(TokenKind::kWord)) { return false; }
  const Keyword keyword = peek().keyword;
  if (keyword == Keyword::kNoKeyword) { return true; }
  if (of_table && is_among(kJoinWords, keyword)) { return false; }
  if (is_among(kClauseWords, keyword)) {
    // `FROM t order` and `SELECT a from FROM t`: nothing of the clause follows.
    return is(TokenKind::kEnd, 1) || is(TokenKind::kComma, 1) || is(TokenKind::kRightParen, 1) ||
           is(TokenKind::kSemicolon, 1) || (!of_table && keyword != Keyword::kFrom && is(Keyword::kFrom, 1)) ||
           (keyword == Keyword::kFrom && is(Keyword::kFrom, 1));
  }
  if (of_table && (keyword == Keyword::kWith || keyword == Keyword::kSet || keyword == Keyword::kWhen)) {
    return false;
  }
  return true;
}

std::string Grammar::identifier() {
  if (is(TokenKind::kQuotedWord)) {
    const auto quoted = text_of(take());
    const char quote = quoted.front();
    std::string name;
    for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
      name += quoted[i];
      if (quoted[i] == quote) { ++i; }
    }
    return name;
  }
  if (!is(TokenKind::kWord)) { fail_here(); }
  const Token& token = take();
  const auto word = text_of(token);
  const auto is_plain = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (!std::all_of(word.begin(), word.end(), is_plain)) {
    fail("INVALID_IDENTIFIER", {{"ident", std::string(word)}},
         Origin{static_cast<std::int32_t>(token.start), static_cast<std::int32_t>(token.stop)});
  }
  return std::string(word);
}

std::string Grammar::object_identifier() {
  const std::size_t start = start_here();
  auto name = identifier();
  if (is(TokenKind::kMinus) && (is(TokenKind::kWord, 1) || is(TokenKind::kInteger, 1)) &&
      peek().start == tokens_[at_ - 1].stop) {
    const auto at = static_cast<std::int32_t>(peek().start);
    while (is(TokenKind::kMinus) && (is(TokenKind::kWord, 1) || is(TokenKind::kInteger, 1))) {
      take();
      take();
    }
    fail("INVALID_IDENTIFIER", {{"ident", text_from(start)}},
         Origin{at, static_cast<std::int32_t>(tokens_[at_ - 1].stop)});
  }
  return name;
}

NameParts Grammar::multipart_name() {
  NameParts parts{object_identifier()};
  while (is(TokenKind::kDot) && is_identifier(1)) {
    take();
    parts.push_back(object_identifier());
  }
  if (is(TokenKind::kDot)) {
    take();
    fail_here();
  }
  return parts;
}

ObjectName Grammar::object_name() {
  ObjectName name;
  if (is(Keyword::kIdentifier) && is(TokenKind::kLeftParen, 1)) {
    take();
    take();
    name.identifier = expression();
    expect(TokenKind::kRightParen);
    while (accept(TokenKind::kDot)) { name.parts.push_back(object_identifier()); }
    return name;
  }
  name.parts = multipart_name();
  return name;
}

std::vector<std::string> Grammar::identifier_list_in_parens() {
  std::vector<std::string> names;
  expect(TokenKind::kLeftParen);
  do { names.push_back(identifier()); } while (accept(TokenKind::kComma));
  expect(TokenKind::kRightParen);
  return names;
}

bool Grammar::is_string(std::size_t ahead) const noexcept {
  return is(TokenKind::kString, ahead) || is(TokenKind::kDoubleQuoted, ahead) || is(TokenKind::kRawString, ahead);
}

std::string Grammar::string_literal() {
  if (!is_string()) { fail_here(); }
  const Token& token = take();
  const auto text = text_of(token);
  if (token.kind == TokenKind::kRawString) { return std::string(text.substr(2, text.size() - 3)); }
  return unescape_string(text);
}

}  // namespace hammerscale::sql
