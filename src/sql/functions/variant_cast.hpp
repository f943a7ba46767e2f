#pragma once

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/value.hpp"
#include "sql/functions/evaluation_context.hpp"
#include "sql/functions/function.hpp"
#include "sql/functions/variant_value.hpp"
#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// A variant as a value of a type. Objects become structs (by name) and maps, arrays arrays; the variant NULL is NULL.
/// @param fails  whether parts that cannot be cast throw; else they are NULL.
/// @throws SqlError INVALID_VARIANT_CAST
Value value_of_variant(const VariantView& variant, const DataType& type, bool fails, const EvaluationContext& context,
                       Origin origin);

/// The cast of one value between types that contain variants; called by cast_value.
Value cast_variant_value(const Value& value, const DataType& from, const DataType& to, CastMode mode,
                         const EvaluationContext& context, Origin origin);

/// The cast of a column between types that contain variants; called by bind_cast, which has checked that it is allowed.
Evaluate make_variant_cast(const DataType& from, const DataType& to, CastMode mode, Origin origin);

}  // namespace hammerscale::sql
