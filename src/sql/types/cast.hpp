#pragma once

#include <string_view>

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/sql_error.hpp"
#include "hammerscale/sql/value.hpp"
#include "sql/functions/function.hpp"
#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// The cast of one column, with types settled; NULLs stay NULL. Casts of char and varchar columns check lengths.
///
/// @param context  settings: time zone and the query's time are kept in what is returned.
/// @param sql      text of the whole expression, for messages: "CAST(a AS INT)".
/// @throws SqlError DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION, ..CAST_WITH_CONF_SUGGESTION, ..CAST_WITH_FUNC_SUGGESTION
///                  the types do not allow it. Evaluation throws CAST_INVALID_INPUT, CAST_OVERFLOW,
///                  NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION, INVALID_INTERVAL_FORMAT.*, EXCEED_LIMIT_LENGTH; with
///                  kTry and kLegacy the value becomes NULL instead, or wraps.
BoundFunction bind_cast(const DataType& from, const DataType& to, CastMode mode, const EvaluationContext& context,
                        std::string_view sql = {}, Origin origin = {});

/// The cast of one value; errors as bind_cast and its evaluation.
Value cast_value(const Value& value, const DataType& from, const DataType& to, CastMode mode,
                 const EvaluationContext& context, Origin origin = {});

/// Throws the DATATYPE_MISMATCH that fits when the cast is not allowed.
void check_cast(const DataType& from, const DataType& to, CastMode mode, std::string_view sql, Origin origin = {});

}  // namespace hammerscale::sql
