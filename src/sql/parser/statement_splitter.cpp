#include "sql/parser/lexer.hpp"
#include "sql/parser/parser.hpp"

namespace hammerscale::sql {

namespace {

/// Follows the blocks of a script: BEGIN and CASE open one, END closes it, but END IF and the like close what no word
/// of the two opened.
class BlockDepth {
 public:
  void see(const Token& token, const Token& next, bool starts_statement) {
    if (token.kind != TokenKind::kWord) { return; }
    if (token.keyword == Keyword::kBegin && (depth_ > 0 || starts_statement)) {
      ++depth_;
    } else if (depth_ > 0 && token.keyword == Keyword::kCase) {
      // END CASE has counted its END already.
      if (!after_end_) { ++depth_; }
    } else if (depth_ > 0 && token.keyword == Keyword::kEnd) {
      const bool closes_other = next.keyword == Keyword::kIf || next.keyword == Keyword::kWhile ||
                                next.keyword == Keyword::kLoop || next.keyword == Keyword::kFor ||
                                next.keyword == Keyword::kRepeat;
      if (!closes_other) { --depth_; }
    }
    after_end_ = token.keyword == Keyword::kEnd;
  }
  [[nodiscard]] bool is_open() const noexcept { return depth_ > 0; }

 private:
  int depth_ = 0;
  bool after_end_ = false;
};

/// The lexer makes an unknown byte of a quote that nothing closes.
bool is_open_quote(std::string_view script, const Token& token) {
  if (token.kind != TokenKind::kUnknown) { return false; }
  const char c = script[token.start];
  return c == '\'' || c == '"' || c == '`';
}

}  // namespace

std::vector<Statement> split_statements(std::string_view script) {
  std::vector<Token> tokens;
  tokenize(script, tokens);
  std::vector<Statement> statements;
  BlockDepth block;
  std::size_t first = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (is_open_quote(script, token)) {
      // What follows is part of the text that was not closed, semicolons too.
      const std::size_t start = tokens[first].start;
      statements.push_back(Statement{script.substr(start), start, false});
      return statements;
    }
    const bool is_end = token.kind == TokenKind::kEnd;
    if (!is_end) { block.see(token, tokens[i + 1], i == first); }
    if (!is_end && (token.kind != TokenKind::kSemicolon || block.is_open())) { continue; }
    if (i > first) {
      const std::size_t start = tokens[first].start;
      statements.push_back(Statement{script.substr(start, tokens[i - 1].stop - start), start, !is_end});
    }
    first = i + 1;
    block = BlockDepth();
  }
  return statements;
}

bool is_complete_statement(std::string_view text) {
  if (ends_in_comment(text)) { return false; }
  const auto statements = split_statements(text);
  return statements.empty() || statements.back().has_end;
}

}  // namespace hammerscale::sql
