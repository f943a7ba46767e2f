#include "sql/functions/json_path.hpp"

#include <charconv>

#include "sql/types/text_scan.hpp"

namespace hammerscale::sql {

namespace {

/// How a match is written.
enum class Style : std::uint8_t {
  kRaw,      ///< Strings without quotes.
  kQuoted,   ///< As JSON.
  kFlatten,  ///< The elements of an array instead of the array.
};

/// Matches so far, in the array that is being written.
class MatchWriter {
 public:
  void add(std::string_view json) {
    if (needs_comma_) { text_ += ','; }
    text_ += json;
    needs_comma_ = true;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  bool needs_comma_ = false;
};

using Steps = std::vector<JsonPathStep>;
using Kind = JsonPathStep::Kind;

/// Writes what matches steps from `at` on. Whether something did.
bool match(const JsonNode& node, const Steps& steps, std::size_t at, Style style, MatchWriter& out) {
  if (at == steps.size()) {
    if (node.kind == JsonKind::kString && style == Style::kRaw) {
      out.add(node.text);
      return true;
    }
    if (node.kind == JsonKind::kArray && style == Style::kFlatten) {
      bool found = false;
      for (const JsonNode& item : node.items) { found = match(item, steps, at, style, out) || found; }
      return found;
    }
    std::string json;
    append_json(json, node);
    out.add(json);
    return true;
  }
  const JsonPathStep& step = steps[at];
  if (node.kind == JsonKind::kObject && step.kind == Kind::kName) {
    // Of a repeated name the first value that matches counts.
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      if (node.names[i] == step.name && node.items[i].kind != JsonKind::kNull &&
          match(node.items[i], steps, at + 1, style, out)) {
        return true;
      }
    }
    return false;
  }
  if (node.kind != JsonKind::kArray) { return false; }
  if (step.kind == Kind::kIndex) {
    const bool is_before_any = at + 1 < steps.size() && steps[at + 1].kind == Kind::kAnyIndex;
    return step.index < node.items.size() &&
           match(node.items[step.index], steps, at + 1, is_before_any ? Style::kQuoted : style, out);
  }
  if (step.kind != Kind::kAnyIndex) { return false; }
  MatchWriter inner;
  int num_matches = 0;
  if (at + 1 < steps.size() && steps[at + 1].kind == Kind::kAnyIndex) {
    for (const JsonNode& item : node.items) {
      num_matches += match(item, steps, at + 2, Style::kFlatten, inner) ? 1 : 0;
    }
    out.add("[" + inner.text() + "]");
    return num_matches > 0;
  }
  const Style next = style == Style::kRaw ? Style::kQuoted : style;
  for (const JsonNode& item : node.items) { num_matches += match(item, steps, at + 1, next, inner) ? 1 : 0; }
  if (style == Style::kQuoted || num_matches > 1) {
    out.add("[" + inner.text() + "]");
  } else if (num_matches == 1) {
    out.add(inner.text());
  }
  return num_matches > 0;
}

}  // namespace

std::optional<Steps> parse_json_path(std::string_view path) {
  if (path.empty() || path[0] != '$') { return std::nullopt; }
  Steps steps;
  std::size_t at = 1;
  while (at < path.size()) {
    if (path[at] == '.') {
      std::size_t end = at + 1;
      while (end < path.size() && path[end] != '.' && path[end] != '[') { ++end; }
      const auto name = path.substr(at + 1, end - at - 1);
      if (name.empty()) { return std::nullopt; }
      steps.push_back(name == "*" ? JsonPathStep{.kind = Kind::kAnyName, .name = {}}
                                  : JsonPathStep{.kind = Kind::kName, .name = std::string(name)});
      at = end;
      continue;
    }
    if (path[at] != '[' || at + 1 == path.size()) { return std::nullopt; }
    if (path[at + 1] == '\'') {
      const auto end = path.find("']", at + 2);
      if (end == std::string_view::npos || end == at + 2) { return std::nullopt; }
      const auto name = path.substr(at + 2, end - at - 2);
      if (name.find_first_of("'?") != std::string_view::npos) { return std::nullopt; }
      steps.push_back(name == "*" ? JsonPathStep{.kind = Kind::kAnyName, .name = {}}
                                  : JsonPathStep{.kind = Kind::kName, .name = std::string(name)});
      at = end + 2;
      continue;
    }
    const auto end = path.find(']', at);
    if (end == std::string_view::npos) { return std::nullopt; }
    const auto inside = path.substr(at + 1, end - at - 1);
    if (inside == "*") {
      steps.push_back({.kind = Kind::kAnyIndex, .name = {}});
    } else {
      JsonPathStep step{.kind = Kind::kIndex, .name = {}};
      const auto read = std::from_chars(inside.data(), inside.data() + inside.size(), step.index);
      if (inside.empty() || read.ec != std::errc() || read.ptr != inside.data() + inside.size()) {
        return std::nullopt;
      }
      steps.push_back(std::move(step));
    }
    at = end + 1;
  }
  return steps;
}

std::optional<std::string> extract_json(const JsonNode& root, const Steps& path) {
  MatchWriter out;
  if (!match(root, path, 0, Style::kRaw, out)) { return std::nullopt; }
  return out.text();
}

}  // namespace hammerscale::sql
