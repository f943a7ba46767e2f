#pragma once

#include <span>
#include <string_view>

namespace hammerscale::sql {

/// One kind of user error.
struct ErrorCondition {
  std::string_view name;       ///< "DIVIDE_BY_ZERO"; sub-conditions as "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE".
  std::string_view sql_state;  ///< Five characters.
  std::string_view message;    ///< With a <name> for each parameter.
};

/// Null when there is no condition of that name.
const ErrorCondition* find_condition(std::string_view name);

/// Every condition, sorted by name.
std::span<const ErrorCondition> all_conditions();

}  // namespace hammerscale::sql
