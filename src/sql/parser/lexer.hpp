#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/parser/keywords.hpp"

namespace hammerscale::sql {

enum class TokenKind : std::uint8_t {
  kEnd,
  kWord,          ///< An unquoted identifier or keyword.
  kQuotedWord,    ///< `a b`
  kString,        ///< 'text' with escapes
  kDoubleQuoted,  ///< "text": a string too, by default
  kRawString,     ///< r'text' or r"text"
  kInteger,
  kDecimal,     ///< 1.5
  kExponent,    ///< 1e5
  kBigint,      ///< 1L
  kSmallint,    ///< 1S
  kTinyint,     ///< 1Y
  kDouble,      ///< 1D
  kFloat,       ///< 1F
  kBigDecimal,  ///< 1BD
  kHintStart,   ///< /*+
  kHintEnd,     ///< */ of a hint
  kUnknown,     ///< A byte that begins no token.
  kLeftParen,
  kRightParen,
  kLeftBracket,
  kRightBracket,
  kComma,
  kDot,
  kSemicolon,
  kColon,
  kDoubleColon,
  kQuestion,
  kEqual,          ///< = or ==
  kNullSafeEqual,  ///< <=>
  kNotEqual,       ///< <> or !=
  kLess,
  kLessEqual,      ///< <= or !>
  kGreater,
  kGreaterEqual,   ///< >= or !<
  kBang,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kPercent,
  kTilde,
  kAmpersand,
  kPipe,
  kConcat,    ///< ||
  kPipeInto,  ///< |>
  kHat,
  kArrow,     ///< ->
  kFatArrow,  ///< =>
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Keyword keyword = Keyword::kNoKeyword;  ///< Of a kWord.
  std::uint32_t start = 0;           ///< Bytes of the text.
  std::uint32_t stop = 0;            ///< Exclusive.
};

/// Cuts a text into tokens without copying from it. Comments (-- to the end of the line, nested /* */) are left out.
/// The last token is kEnd. Any bytes are fine: what begins no token is a kUnknown.
///
/// @throws SqlError UNCLOSED_BRACKETED_COMMENT, with the text
/// @throws SqlError FAILED_TO_PARSE_TOO_COMPLEX  the text has 2 GiB or more
void tokenize(std::string_view text, std::vector<Token>& tokens);

/// The value of a kString or kDoubleQuoted token: without its quotes, doubled ones made single, escapes replaced.
std::string unescape_string(std::string_view quoted);

/// Whether a text ends inside a bracketed comment. For shells that wait for the rest; never throws.
bool ends_in_comment(std::string_view text);

}  // namespace hammerscale::sql
