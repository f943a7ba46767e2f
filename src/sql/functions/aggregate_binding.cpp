#include "sql/functions/aggregate_binding.hpp"

namespace hammerscale::sql {

std::string call_text(const CallInput& input) {
  std::string text(input.name);
  text += '(';
  for (std::size_t i = 0; i < input.sql.size(); ++i) {
    if (i > 0) { text += ", "; }
    text += input.sql[i];
  }
  return text + ')';
}

void require_num_arguments(const CallInput& input, std::size_t fewest, std::size_t most) {
  const std::size_t actual = input.types.size();
  if (actual >= fewest && actual <= most) { return; }
  std::string expected;
  if (most == static_cast<std::size_t>(-1)) {
    expected = "> " + std::to_string(fewest - 1);
  } else if (fewest == most) {
    expected = std::to_string(fewest);
  } else {
    expected = "[";
    for (std::size_t n = fewest; n <= most; ++n) { expected += (n > fewest ? ", " : "") + std::to_string(n); }
    expected += "]";
  }
  throw SqlError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                 {{"functionName", quote_identifier(input.name)},
                  {"expectedNum", expected},
                  {"actualNum", std::to_string(actual)},
                  {"docroot", "https://spark.apache.org/docs/latest"}},
                 input.origin);
}

void fail_unexpected_type(const CallInput& input, std::size_t i, std::string required) {
  static constexpr std::string_view kOrdinals[] = {"first", "second", "third", "fourth", "fifth"};
  throw SqlError("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                 {{"sqlExpr", "\"" + call_text(input) + "\""},
                  {"paramIndex", std::string(i < 5 ? kOrdinals[i] : "next")},
                  {"requiredType", std::move(required)},
                  {"inputSql", "\"" + (i < input.sql.size() ? input.sql[i] : std::string()) + "\""},
                  {"inputType", "\"" + input.types[i].to_sql() + "\""}},
                 input.origin);
}

}  // namespace hammerscale::sql
