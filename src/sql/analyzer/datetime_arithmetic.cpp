#include "sql/analyzer/datetime_arithmetic.hpp"

#include "sql/analyzer/builtin_call.hpp"

namespace hammerscale::sql {

ExpressionPtr bind_datetime_operator(std::string_view name, const Expressions& arguments, AnalyzerContext& context,
                                     Origin origin) {
  if (name != "+" && name != "-") { return nullptr; }
  const DataType left = type_of(*arguments[0]);
  const DataType right = type_of(*arguments[1]);
  const auto counts_days = [](const DataType& type) { return type.is_integral() && type.id() != TypeId::kBigint; };
  if (left.id() == TypeId::kDate && counts_days(right)) {
    return call_builtin(name == "+" ? "date_add" : "date_sub", arguments, context, origin);
  }
  if (name == "+" && counts_days(left) && right.id() == TypeId::kDate) {
    return call_builtin("date_add", {arguments[1], arguments[0]}, context, origin);
  }
  return nullptr;
}

}  // namespace hammerscale::sql
