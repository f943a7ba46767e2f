#pragma once

#include <optional>
#include <string_view>

#include "sql/functions/function.hpp"

namespace hammerscale::sql {

/// Binds + - * / and div where an operand is a date, a time, a timestamp or an interval; none when Spark has no such
/// operation.
std::optional<BoundFunction> bind_time_arithmetic(const CallInput& input, std::string_view symbol, bool is_try);

/// -a of numbers and intervals.
BoundFunction bind_negative(const CallInput& input);
/// -a of a calendar interval.
BoundFunction bind_negative_interval(const CallInput& input);

}  // namespace hammerscale::sql
