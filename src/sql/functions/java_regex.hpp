#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hammerscale::sql {

/// A regular expression in Java's syntax, compiled once (by PCRE2, with its just-in-time compiler where there is one).
/// Java's own forms are rewritten: nested and intersected character classes, \p{Alpha} and its kin, \uXXXX, \0nn.
/// One thread.
class JavaRegex {
 public:
  /// @throws SqlError INVALID_PARAMETER_VALUE.PATTERN  it is none. `function` is named in the message.
  JavaRegex(std::string_view pattern, std::string_view function);
  ~JavaRegex();
  JavaRegex(JavaRegex&&) noexcept;
  JavaRegex& operator=(JavaRegex&&) noexcept;

  /// Byte ranges of a match: group 0, then the others; start npos for one that took no part.
  struct Match {
    std::vector<std::pair<std::size_t, std::size_t>> groups;
  };
  /// The first match at or behind a byte position.
  [[nodiscard]] std::optional<Match> find(std::string_view text, std::size_t from = 0) const;
  /// As find, without groups: faster.
  [[nodiscard]] bool contains_match(std::string_view text) const;
  [[nodiscard]] std::size_t num_groups() const;
  /// Number of the group with that name.
  [[nodiscard]] std::optional<std::size_t> group_of(std::string_view name) const;

  /// Every match from byte `from` on replaced. `replacement` is Java's: $1, ${name}, and \ before a literal.
  /// @throws UserError kInvalidArgument  a group that does not exist.
  [[nodiscard]] std::string replace_all(std::string_view text, std::string_view replacement,
                                        std::size_t from = 0) const;
  /// Where to look for the next match behind one: past an empty one by a character. None at the end.
  [[nodiscard]] static std::optional<std::size_t> next_position(std::string_view text, const Match& match);

 private:
  struct Compiled;
  std::unique_ptr<Compiled> compiled_;
};

/// Java's pattern as one for PCRE2.
std::string translate_java_regex(std::string_view pattern);

}  // namespace hammerscale::sql
