#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

/// The type that all of these can be cast to implicitly; none where there is none.
std::optional<DataType> common_type_of(const std::vector<DataType>& types);
std::optional<DataType> common_type_of(const Expressions& expressions);

/// The plan with its columns cast to these types, one a column.
PlanPtr cast_columns(PlanPtr plan, const std::vector<DataType>& types);

/// "first", "second", ... as messages number parameters: 1 is "first".
std::string ordinal_word(std::size_t n);

}  // namespace hammerscale::sql
