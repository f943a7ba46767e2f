#include "sql/functions/signature.hpp"

#include <array>
#include <limits>
#include <utility>

namespace hammerscale::sql {

namespace {

std::string ordinal(std::size_t i) {
  static constexpr std::array kWords = {"first", "second",  "third",  "fourth", "fifth",
                                        "sixth", "seventh", "eighth", "ninth",  "tenth"};
  return i < kWords.size() ? kWords[i] : std::to_string(i + 1) + "th";
}

/// As messages name a class of types.
std::string text_of(TypeClass type_class) {
  switch (type_class) {
    case TypeClass::kAny: return "\"ANY\"";
    case TypeClass::kNumeric: return "\"NUMERIC\"";
    case TypeClass::kNumericOrInterval:
      return "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\")";
    case TypeClass::kIntegral: return "\"INTEGRAL\"";
    case TypeClass::kFractional: return "(\"DOUBLE\" or \"FLOAT\")";
    case TypeClass::kDecimal: return "\"DECIMAL\"";
    case TypeClass::kString: return "\"STRING\"";
    case TypeClass::kBinary: return "\"BINARY\"";
    case TypeClass::kStringOrBinary: return "(\"STRING\" or \"BINARY\")";
    case TypeClass::kBoolean: return "\"BOOLEAN\"";
    case TypeClass::kDate: return "\"DATE\"";
    case TypeClass::kTime: return "\"TIME\"";
    case TypeClass::kTimestampAny: return "(\"TIMESTAMP\" or \"TIMESTAMP_NTZ\")";
    case TypeClass::kDatetime: return "(\"DATE\" or \"TIMESTAMP\" or \"TIMESTAMP_NTZ\")";
    case TypeClass::kAnsiInterval: return "(\"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\")";
    case TypeClass::kInterval: return "(\"INTERVAL\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\")";
    case TypeClass::kArray: return "\"ARRAY\"";
    case TypeClass::kMap: return "\"MAP\"";
    case TypeClass::kArrayOrMap: return "(\"ARRAY\" or \"MAP\")";
    case TypeClass::kStruct: return "\"STRUCT\"";
    case TypeClass::kVariant: return "\"VARIANT\"";
    case TypeClass::kOrdered: return "\"ORDERED\"";
  }
  return "\"ANY\"";
}

}  // namespace

void check_num_arguments(const CallInput& input, std::size_t least, std::size_t most) {
  const std::size_t actual = input.types.size();
  if (least <= actual && actual <= most) { return; }
  std::string expected = std::to_string(least);
  if (most == std::numeric_limits<std::size_t>::max()) {
    expected = "> " + std::to_string(least - 1);
  } else if (most > least) {
    expected = "[";
    for (std::size_t n = least; n <= most; ++n) { expected += (n > least ? ", " : "") + std::to_string(n); }
    expected += "]";
  }
  throw SqlError("WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                 {{"functionName", "`" + std::string(input.name) + "`"},
                  {"expectedNum", expected},
                  {"actualNum", std::to_string(actual)},
                  {"docroot", "https://spark.apache.org/docs/latest"}},
                 input.origin);
}

std::string call_text(const CallInput& input) {
  std::string text(input.name);
  text += '(';
  for (std::size_t i = 0; i < input.sql.size(); ++i) { text += (i > 0 ? ", " : "") + input.sql[i]; }
  return text + ')';
}

void fail_argument_type(const CallInput& input, std::size_t i, std::string required) {
  throw SqlError("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                 {{"sqlExpr", "\"" + call_text(input) + "\""},
                  {"paramIndex", ordinal(i)},
                  {"requiredType", std::move(required)},
                  {"inputSql", "\"" + input.sql[i] + "\""},
                  {"inputType", "\"" + input.types[i].to_sql() + "\""}},
                 input.origin);
}

DataType expect_argument(const CallInput& input, std::size_t i, const ParameterType& expected) {
  const auto type = expected.type ? implicit_cast(input.types[i], *expected.type)
                                  : implicit_cast(input.types[i], expected.type_class);
  if (!type) {
    fail_argument_type(input, i, expected.type ? "\"" + expected.type->to_sql() + "\"" : text_of(expected.type_class));
  }
  return *type;
}

const Value& expect_constant(const CallInput& input, std::size_t i, std::string name) {
  if (input.constants[i] == nullptr) {
    throw SqlError("DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"inputName", "`" + name + "`"},
                    {"inputType", "\"" + input.types[i].to_sql() + "\""},
                    {"inputExpr", "\"" + input.sql[i] + "\""}},
                   input.origin);
  }
  return *input.constants[i];
}

bool any_nullable(const CallInput& input) {
  for (const bool nullable : input.nullable) {
    if (nullable) { return true; }
  }
  return false;
}

BindFunction signature(std::vector<ParameterType> parameters, DataType result, MakeEvaluate make,
                       SignatureOptions options) {
  return [parameters = std::move(parameters), result = std::move(result), make = std::move(make),
          options](const CallInput& input) {
    check_num_arguments(input, parameters.size() - options.num_optional, parameters.size());
    BoundFunction bound{.type = result,
                        .nullable = options.nullable || any_nullable(input),
                        .argument_types = {},
                        .nulls = options.nulls,
                        .can_fail = options.can_fail,
                        .evaluate = make(input)};
    for (std::size_t i = 0; i < input.types.size(); ++i) {
      bound.argument_types.push_back(expect_argument(input, i, parameters[i]));
    }
    return bound;
  };
}

}  // namespace hammerscale::sql
