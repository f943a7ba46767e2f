#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// Insertions, deletions and replacements that turn a into b, letter case counted.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// Up to five of the names, in back quotes, nearest to what was written first; "`a`, `b`". Qualifiers that all share
/// are left out, as Spark does.
std::string suggest_names(const NameParts& written, std::vector<NameParts> known);

/// The columns as candidates of suggest_names, qualifiers included.
std::vector<NameParts> names_of(const Expressions& attributes);

}  // namespace hammerscale::sql
