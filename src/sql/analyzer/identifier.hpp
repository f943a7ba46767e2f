#pragma once

#include <string_view>

#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// The parts of a name such as a.`b c`.d; none where the text is no such name.
NameParts split_identifier(std::string_view text);

/// The name that the value of IDENTIFIER(expression) stands for.
/// @throws SqlError NOT_A_CONSTANT_STRING.*, or PARSE_SYNTAX_ERROR where the text is no name
NameParts parse_identifier(const Value& value, const Expression& expression, Origin origin);

}  // namespace hammerscale::sql
