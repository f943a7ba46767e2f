#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hammerscale::sql {

/// What decode_utf8 gives for bytes that are no UTF-8.
inline constexpr std::uint32_t kReplacementCharacter = 0xFFFD;

/// The code point's simple lower-case form; itself when it has none.
std::uint32_t to_lower(std::uint32_t code_point) noexcept;

/// The code point at text[at], which is moved behind it. Malformed bytes count as kReplacementCharacter, one at least.
std::uint32_t decode_utf8(std::string_view text, std::size_t& at) noexcept;
void append_utf8(std::string& out, std::uint32_t code_point);

/// Appends text with every code point in its simple lower-case form: what the collation UTF8_LCASE compares.
void append_lower(std::string& out, std::string_view text);

}  // namespace hammerscale::sql
