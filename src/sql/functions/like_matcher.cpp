#include "sql/functions/like_matcher.hpp"

#include <cstring>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/functions/utf8.hpp"

namespace hammerscale::sql {

LikeMatcher::LikeMatcher(std::string_view pattern, char32_t escape) {
  Segment segment;
  bool has_wildcard = false;
  const auto close = [&] {
    if (!has_wildcard) { segment.any_character.clear(); }
    segments_.push_back(std::move(segment));
    segment = {};
    has_wildcard = false;
  };
  for (std::size_t i = 0; i < pattern.size();) {
    char32_t character = utf8::next(pattern, i);
    bool is_literal = false;
    if (character == escape && escape != 0) {
      if (i >= pattern.size()) {
        throw SqlError("INVALID_FORMAT.ESC_AT_THE_END", {{"format", "'" + std::string(pattern) + "'"}});
      }
      character = utf8::next(pattern, i);
      if (character != escape && character != U'_' && character != U'%') {
        std::string shown;
        utf8::append(shown, character);
        throw SqlError("INVALID_FORMAT.ESC_IN_THE_MIDDLE",
                       {{"format", "'" + std::string(pattern) + "'"}, {"char", "'" + shown + "'"}});
      }
      is_literal = true;
    }
    if (!is_literal && character == U'%') {
      close();
      continue;
    }
    const bool is_wildcard = !is_literal && character == U'_';
    has_wildcard |= is_wildcard;
    segment.any_character.push_back(is_wildcard);
    ++segment.num_characters;
    utf8::append(segment.text, character);
  }
  close();
}

bool LikeMatcher::matches_at(const Segment& segment, std::string_view text, std::size_t& position) {
  if (segment.any_character.empty()) {
    if (text.size() - position < segment.text.size() ||
        std::memcmp(text.data() + position, segment.text.data(), segment.text.size()) != 0) {
      return false;
    }
    position += segment.text.size();
    return true;
  }
  std::size_t p = 0;
  std::size_t at = position;
  for (const bool any : segment.any_character) {
    if (at >= text.size()) { return false; }
    const char32_t wanted = utf8::next(segment.text, p);
    const char32_t found = utf8::next(text, at);
    if (!any && wanted != found) { return false; }
  }
  position = at;
  return true;
}

bool LikeMatcher::matches(std::string_view text) const {
  std::size_t position = 0;
  if (!matches_at(segments_.front(), text, position)) { return false; }
  if (segments_.size() == 1) { return position == text.size(); }
  // Between % each segment is found as early as possible; the last one must end the text.
  for (std::size_t s = 1; s + 1 < segments_.size(); ++s) {
    const Segment& segment = segments_[s];
    if (segment.any_character.empty()) {
      const auto found = text.find(segment.text, position);
      if (found == std::string_view::npos) { return false; }
      position = found + segment.text.size();
      continue;
    }
    for (;;) {
      std::size_t at = position;
      if (matches_at(segment, text, at)) {
        position = at;
        break;
      }
      if (position >= text.size()) { return false; }
      position += utf8::bytes_of_lead(static_cast<unsigned char>(text[position]));
    }
  }
  const Segment& last = segments_.back();
  if (last.any_character.empty()) { return text.size() - position >= last.text.size() && text.ends_with(last.text); }
  const auto rest = utf8::length(text.substr(position));
  if (rest < last.num_characters) { return false; }
  std::size_t at = position + utf8::offset_of(text.substr(position), rest - last.num_characters);
  return matches_at(last, text, at);
}

}  // namespace hammerscale::sql
