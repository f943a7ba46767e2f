#include "sql/functions/percentages.hpp"

#include <string>

#include "sql/functions/signature.hpp"
#include "sql/types/cast.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

void fail_null_argument(const CallInput& input, const char* name) {
  throw SqlError("DATATYPE_MISMATCH.UNEXPECTED_NULL", {{"sqlExpr", "\"" + call_text(input) + "\""}, {"exprName", name}},
                 input.origin);
}

void fail_out_of_range(const CallInput& input, const char* name, const char* range, const std::string& value) {
  throw SqlError(
      "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
      {{"sqlExpr", "\"" + call_text(input) + "\""}, {"exprName", name}, {"valueRange", range}, {"currentValue", value}},
      input.origin);
}

Percentages expect_percentages(const CallInput& input, std::size_t i) {
  const Value& constant = expect_constant(input, i, "percentage");
  if (constant.is_null()) { fail_null_argument(input, "percentage"); }
  Percentages percentages;
  const DataType& type = input.types[i];
  percentages.is_array = type.id() == TypeId::kArray;
  const DataType wanted = percentages.is_array ? DataType::array(TypeId::kDouble) : DataType(TypeId::kDouble);
  const Value value = cast_value(constant, type, wanted, CastMode::kAnsi, *input.context, input.origin);
  const auto add = [&](const Value& percentage) {
    if (percentage.is_null()) { fail_null_argument(input, "percentage"); }
    const double number = percentage.as_double();
    if (!(number >= 0 && number <= 1)) {
      std::string text;
      append_double(text, number);
      fail_out_of_range(input, "percentage", "[0.0, 1.0]", text + "D");
    }
    percentages.values.push_back(number);
  };
  if (percentages.is_array) {
    for (const Value& percentage : value.as_list()) { add(percentage); }
  } else {
    add(value);
  }
  return percentages;
}

DataType percentile_result(const Percentages& percentages, const DataType& type) {
  return percentages.is_array ? DataType::array(type, false) : type;
}

}  // namespace hammerscale::sql
