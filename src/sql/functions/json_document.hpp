#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hammerscale::sql {

enum class JsonKind : std::uint8_t { kNull, kFalse, kTrue, kInteger, kFraction, kString, kArray, kObject };

/// One value of a JSON text. Numbers keep their text, because their type is the reader's choice; "NaN" and the
/// infinities are kFraction.
struct JsonNode {
  JsonKind kind = JsonKind::kNull;
  std::string text;                 ///< Of a string, without quotes and escapes; of a number, as it was written.
  std::vector<std::string> names;   ///< Of an object's values; repeated names stay.
  std::vector<JsonNode> items;      ///< Of an array or object.

  [[nodiscard]] bool is_number() const noexcept { return kind == JsonKind::kInteger || kind == JsonKind::kFraction; }
};

/// What a reader puts up with beyond the standard; names and defaults of Spark's options.
struct JsonDialect {
  bool allow_comments = false;
  bool allow_unquoted_names = false;
  bool allow_single_quotes = true;
  bool allow_leading_zeros = false;
  bool allow_any_escape = false;
  bool allow_control_characters = false;
  bool allow_non_numeric_numbers = true;
};

/// Deepest nesting that is read.
inline constexpr int kMaxJsonDepth = 1000;

/// The value that a text starts with; what follows it is not looked at. None where the text is malformed or nests too
/// deeply. O(text).
std::optional<JsonNode> parse_json_text(std::string_view text, const JsonDialect& dialect);

/// Appends a string with quotes and escapes.
void append_json_string(std::string& out, std::string_view text);
/// Appends a value without spaces; fractions are written as doubles, as Spark does when it copies JSON.
void append_json(std::string& out, const JsonNode& node);

}  // namespace hammerscale::sql
