#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace hammerscale::sql {

/// Words with a meaning in the grammar. All of them may also name columns and tables.
enum class Keyword : std::uint16_t {
  kNoKeyword,  ///< An ordinary word.
#define HS_KEYWORD(enumerator, text) enumerator,
#include "sql/parser/keywords.inc"
#undef HS_KEYWORD
};

/// kNoKeyword where the word, in any letter case, is no keyword. Does not allocate.
Keyword find_keyword(std::string_view word) noexcept;

/// "SELECT"; empty for kNoKeyword.
std::string_view keyword_text(Keyword keyword) noexcept;

/// All keywords in upper case, sorted: for completion and SHOW-like listings.
const std::vector<std::string_view>& all_keywords();

}  // namespace hammerscale::sql
