#pragma once

#include <string_view>

#include "sql/analyzer/analyzer.hpp"

namespace hammerscale::sql {

/// DATE + INT, INT + DATE and DATE - INT: the calls of date_add and date_sub that Spark means by them. Null for other
/// types, which the registry's operators bind by themselves.
/// @param arguments  two, resolved
ExpressionPtr bind_datetime_operator(std::string_view name, const Expressions& arguments, AnalyzerContext& context,
                                     Origin origin);

}  // namespace hammerscale::sql
