#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hammerscale::sql::utf8 {

/// Bytes of the character whose first byte this is; 1 for bytes that start none.
inline std::size_t bytes_of_lead(unsigned char lead) noexcept {
  if (lead < 0xC0) { return 1; }
  if (lead < 0xE0) { return 2; }
  if (lead < 0xF0) { return 3; }
  return lead < 0xF8 ? 4 : 1;
}

bool is_ascii(std::string_view text) noexcept;
/// Number of characters.
std::size_t length(std::string_view text) noexcept;
/// Byte position of character number `index`; the text's size when it has fewer.
std::size_t offset_of(std::string_view text, std::size_t index) noexcept;
/// `count` characters from character `first` on, as far as the text has them.
std::string_view slice(std::string_view text, std::size_t first, std::size_t count) noexcept;
/// The character at a byte position, and moves the position behind it. U+FFFD for bytes that are none.
char32_t next(std::string_view text, std::size_t& position) noexcept;
void append(std::string& out, char32_t character);
bool is_valid(std::string_view text) noexcept;
/// Each maximal ill-formed part replaced by U+FFFD.
std::string make_valid(std::string_view text);

/// Case mappings of Unicode, without regard to language.
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);
std::string to_title(char32_t character);

}  // namespace hammerscale::sql::utf8
