#pragma once

#include <string>

#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// A literal as SQL that reads back as the same value: 'it\'s', 1L, 1.5D, DATE '2020-01-02', X'1C', CAST(NULL AS INT).
std::string literal_to_sql(const Literal& literal);

/// A literal as it stands in column names: strings and numbers bare, NULL for null, other types as literal_to_sql.
std::string literal_to_name(const Literal& literal);

/// A literal as it stands in plan trees: every type bare.
std::string literal_to_text(const Literal& literal);

}  // namespace hammerscale::sql
