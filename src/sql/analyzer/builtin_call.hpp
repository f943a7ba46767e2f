#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sql/analyzer/analyzer.hpp"
#include "sql/functions/aggregate_function.hpp"
#include "sql/functions/function.hpp"

namespace hammerscale::sql {

// Names of the registry's functions that a.b, a[i] and m[k] become.
inline constexpr std::string_view kGetStructField = "get_struct_field";               ///< (struct, 'field')
inline constexpr std::string_view kGetArrayStructFields = "get_array_struct_fields";  ///< (array of structs, 'field')
inline constexpr std::string_view kGetArrayItem = "get_array_item";                   ///< (array, index from 0)
inline constexpr std::string_view kGetMapValue = "get_map_value";                     ///< (map, key)

/// A CallInput together with the values it points at.
class CallInputHolder {
 public:
  CallInputHolder() = default;
  CallInputHolder(const CallInputHolder&) = delete;
  CallInputHolder& operator=(const CallInputHolder&) = delete;

  /// Describes resolved arguments. Text of arguments that are not short is left empty until fill_texts.
  void describe(std::string_view name, const Expressions& arguments, AnalyzerContext& context, Origin origin,
                CallInput& input);
  /// Writes every argument's text: before a message is made.
  static void fill_texts(const Expressions& arguments, CallInput& input);

 private:
  std::vector<Value> values_;
};

/// The argument under an implicit cast to the type, where it has another one.
ExpressionPtr cast_implicitly(const ExpressionPtr& argument, const DataType& type);

/// Binds a scalar function or generator to resolved arguments (lambdas are LambdaFunctions with resolved bodies) and
/// casts them as it asks.
/// @throws SqlError what the function's bind throws, with the call's place
ExpressionPtr bind_call(const ScalarFunction& function, std::string name, Expressions arguments,
                        AnalyzerContext& context, Origin origin);

/// bind_call of the built-in function of that name.
ExpressionPtr call_builtin(std::string_view name, Expressions arguments, AnalyzerContext& context, Origin origin = {});

/// Binds an aggregate call whose parts are resolved, and casts its arguments and WITHIN GROUP keys.
ExpressionPtr bind_aggregate(const AggregateFunction& function, AggregateCall call, AnalyzerContext& context,
                             Origin origin);

/// The aggregate function of that name over resolved arguments.
ExpressionPtr call_aggregate(std::string_view name, Expressions arguments, AnalyzerContext& context,
                             Origin origin = {});

/// a AND b; either may be null.
ExpressionPtr conjunction(const ExpressionPtr& a, const ExpressionPtr& b);
/// The operands of a chain of ANDs, left to right.
Expressions split_conjunction(const ExpressionPtr& condition);
/// One expression of all; null when there are none.
ExpressionPtr join_conjunction(const Expressions& conditions);

}  // namespace hammerscale::sql
