#include "sql/functions/utf8.hpp"

#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include <array>
#include <cstring>

#include "hammerscale/base/error.hpp"

namespace hammerscale::sql::utf8 {

bool is_ascii(std::string_view text) noexcept {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + i, 8);
    if ((word & 0x8080808080808080U) != 0) { return false; }
  }
  for (; i < text.size(); ++i) {
    if ((text[i] & 0x80) != 0) { return false; }
  }
  return true;
}

std::size_t length(std::string_view text) noexcept {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); i += bytes_of_lead(static_cast<unsigned char>(text[i]))) { ++count; }
  return count;
}

std::size_t offset_of(std::string_view text, std::size_t index) noexcept {
  std::size_t position = 0;
  while (index > 0 && position < text.size()) {
    position += bytes_of_lead(static_cast<unsigned char>(text[position]));
    --index;
  }
  return position < text.size() ? position : text.size();
}

std::string_view slice(std::string_view text, std::size_t first, std::size_t count) noexcept {
  const auto rest = text.substr(offset_of(text, first));
  return rest.substr(0, offset_of(rest, count));
}

char32_t next(std::string_view text, std::size_t& position) noexcept {
  UChar32 character = 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int64_t>(position);
  U8_NEXT_OR_FFFD(bytes, i, static_cast<std::int64_t>(text.size()), character);
  position = static_cast<std::size_t>(i);
  return static_cast<char32_t>(character);
}

void append(std::string& out, char32_t character) {
  std::array<char, 4> bytes{};
  std::int32_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, static_cast<UChar32>(character));
  out.append(bytes.data(), static_cast<std::size_t>(size));
}

bool is_valid(std::string_view text) noexcept {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int64_t>(text.size());
  for (std::int64_t i = 0; i < size;) {
    UChar32 character = 0;
    U8_NEXT(bytes, i, size, character);
    if (character < 0) { return false; }
  }
  return true;
}

std::string make_valid(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) { append(valid, next(text, i)); }
  return valid;
}

namespace {

using MapCase = std::int32_t (*)(const UCaseMap*, char*, std::int32_t, const char*, std::int32_t, UErrorCode*);

const UCaseMap* root_case_map() {
  static UCaseMap* const map = [] {
    UErrorCode status = U_ZERO_ERROR;
    UCaseMap* opened = ucasemap_open("", 0, &status);
    if (U_FAILURE(status) != 0) { throw InternalError("ICU has no case map", {{"status", u_errorName(status)}}); }
    return opened;
  }();
  return map;
}

std::string map_case(MapCase map, std::string_view text) {
  std::string out(text.size() + 8, '\0');
  for (;;) {
    UErrorCode status = U_ZERO_ERROR;
    const auto size = map(root_case_map(), out.data(), static_cast<std::int32_t>(out.size()), text.data(),
                          static_cast<std::int32_t>(text.size()), &status);
    out.resize(static_cast<std::size_t>(size));
    if (status != U_BUFFER_OVERFLOW_ERROR) { return out; }
  }
}

std::string map_ascii(std::string_view text, char first, char last) {
  std::string out(text);
  for (char& c : out) {
    if (c >= first && c <= last) { c = static_cast<char>(c ^ 0x20); }
  }
  return out;
}

}  // namespace

std::string to_upper(std::string_view text) {
  return is_ascii(text) ? map_ascii(text, 'a', 'z') : map_case(ucasemap_utf8ToUpper, text);
}

std::string to_lower(std::string_view text) {
  return is_ascii(text) ? map_ascii(text, 'A', 'Z') : map_case(ucasemap_utf8ToLower, text);
}

std::string to_title(char32_t character) {
  std::string out;
  append(out, static_cast<char32_t>(u_totitle(static_cast<UChar32>(character))));
  return out;
}

}  // namespace hammerscale::sql::utf8
