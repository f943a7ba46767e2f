#include "sql/parser/keywords.hpp"

#include <array>
#include <cstddef>

namespace hammerscale::sql {

namespace {

constexpr std::array kTexts{
    std::string_view{},
#define HS_KEYWORD(enumerator, text) std::string_view{text},
#include "sql/parser/keywords.inc"
#undef HS_KEYWORD
};

constexpr std::size_t kLongest = 20;
// Four slots a keyword keep probe chains at one or two steps.
constexpr std::size_t kTableSize = 2048;

constexpr char upper(char c) noexcept { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

constexpr std::size_t slot_of(std::string_view word) noexcept {
  std::uint32_t hash = 2166136261U;
  for (const char c : word) { hash = (hash ^ static_cast<unsigned char>(upper(c))) * 16777619U; }
  return (hash ^ (hash >> 15)) % kTableSize;
}

constexpr std::array<std::uint16_t, kTableSize> make_table() {
  std::array<std::uint16_t, kTableSize> table{};
  for (std::size_t i = 1; i < kTexts.size(); ++i) {
    std::size_t slot = slot_of(kTexts[i]);
    while (table[slot] != 0) { slot = (slot + 1) % kTableSize; }
    table[slot] = static_cast<std::uint16_t>(i);
  }
  return table;
}

constexpr auto kTable = make_table();

constexpr bool equal_without_case(std::string_view text, std::string_view word) noexcept {
  if (text.size() != word.size()) { return false; }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != upper(word[i])) { return false; }
  }
  return true;
}

}  // namespace

Keyword find_keyword(std::string_view word) noexcept {
  if (word.size() > kLongest) { return Keyword::kNoKeyword; }
  for (std::size_t slot = slot_of(word); kTable[slot] != 0; slot = (slot + 1) % kTableSize) {
    if (equal_without_case(kTexts[kTable[slot]], word)) { return static_cast<Keyword>(kTable[slot]); }
  }
  return Keyword::kNoKeyword;
}

std::string_view keyword_text(Keyword keyword) noexcept { return kTexts[static_cast<std::size_t>(keyword)]; }

const std::vector<std::string_view>& all_keywords() {
  static const std::vector<std::string_view> words(kTexts.begin() + 1, kTexts.end());
  return words;
}

}  // namespace hammerscale::sql
