#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hammerscale::sql {

/// A LIKE pattern, made once: % is any text, _ one character, the escape character takes the next literally.
class LikeMatcher {
 public:
  /// @param escape  0 for none.
  /// @throws SqlError INVALID_FORMAT.ESC_AT_THE_END, .ESC_IN_THE_MIDDLE  as Spark.
  LikeMatcher(std::string_view pattern, char32_t escape);

  [[nodiscard]] bool matches(std::string_view text) const;

 private:
  /// Text between two %, with some character where a _ stands.
  struct Segment {
    std::string text;
    std::vector<bool> any_character;  ///< One a character; empty when no _ stands in it.
    std::size_t num_characters = 0;
  };
  [[nodiscard]] static bool matches_at(const Segment& segment, std::string_view text, std::size_t& position);

  std::vector<Segment> segments_;  ///< Between %s: n % give n + 1 segments, empty ones among them.
};

}  // namespace hammerscale::sql
