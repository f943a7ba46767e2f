#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/functions/json_document.hpp"

namespace hammerscale::sql {

/// One step of a path such as $.a[0]['b'].*[*].
struct JsonPathStep {
  enum class Kind : std::uint8_t { kName, kAnyName, kIndex, kAnyIndex };
  Kind kind = Kind::kName;
  std::string name;
  std::size_t index = 0;
};

/// None for texts that are no path.
std::optional<std::vector<JsonPathStep>> parse_json_path(std::string_view path);

/// What get_json_object gives for the path: strings without quotes where one is the whole result, several matches of
/// [*] as an array, one match bare. None where nothing matches.
std::optional<std::string> extract_json(const JsonNode& root, const std::vector<JsonPathStep>& path);

}  // namespace hammerscale::sql
