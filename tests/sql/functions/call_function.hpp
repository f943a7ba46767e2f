#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/functions/registry.hpp"
#include "sql/types/value_text.hpp"
#include "sql/vector/test_memory.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

/// A constant argument of a function under test.
struct TestArgument {
  TestArgument(std::string_view text)
      : type(DataType::string()), value(std::string(text)) {}               // NOLINT(google-explicit-constructor)
  TestArgument(const char* text) : TestArgument(std::string_view(text)) {}  // NOLINT(google-explicit-constructor)
  TestArgument(DataType its_type, Value its_value) : type(std::move(its_type)), value(std::move(its_value)) {}
  DataType type;
  Value value;
};

inline TestArgument null_text() { return {DataType::string(), Value()}; }

/// map('a', 'b', ...): an options map.
inline TestArgument text_map(const std::vector<std::string>& entries) {
  Value::List list;
  for (const std::string& entry : entries) { list.emplace_back(entry); }
  return {DataType::map(DataType::string(), DataType::string(), false), Value(std::move(list))};
}

/// Binds and evaluates functions of the registry for one row of constants, in UTC.
class FunctionCaller {
 public:
  FunctionCaller() { context_.time_zone = &TimeZone::utc(); }

  /// The result as an argument of the next call.
  TestArgument value(std::string_view name, const std::vector<TestArgument>& arguments) {
    const ScalarFunction* function = builtin_functions().find_scalar(name);
    if (function == nullptr) { throw std::invalid_argument("no function " + std::string(name)); }
    const BoundFunction bound = function->bind(input_of(name, arguments));
    const std::vector<Vector> vectors = vectors_of(arguments);
    std::vector<const Vector*> pointers;
    bool has_null = false;
    for (const Vector& vector : vectors) {
      pointers.push_back(&vector);
      has_null = has_null || vector.is_null(0);
    }
    if (has_null && bound.nulls == NullPolicy::kPropagate) { return {bound.type, Value()}; }
    Vector result(bound.type, 1, context_.memory);
    result.set_size(1);
    bound.evaluate(Arguments{pointers, {}, RowSet{nullptr, 1}, context_}, result);
    return {bound.type, result.value(0)};
  }

  /// The result's text as CAST AS STRING prints it; "NULL".
  std::string text(std::string_view name, const std::vector<TestArgument>& arguments) {
    const TestArgument result = value(name, arguments);
    return result.value.is_null() ? "NULL" : value_text(result.value, result.type, TextStyle::kCast, TimeZone::utc());
  }

  /// The condition of the error that binding or evaluation throws; empty without one.
  std::string error(std::string_view name, const std::vector<TestArgument>& arguments) {
    try {
      value(name, arguments);
      return {};
    } catch (const SqlError& error) { return error.condition(); }
  }

  /// A generator's rows, columns joined by tabs.
  std::vector<std::string> rows(std::string_view name, const std::vector<TestArgument>& arguments) {
    const BoundGenerator bound = builtin_functions().find_scalar(name)->bind_generator(input_of(name, arguments));
    const std::vector<Vector> vectors = vectors_of(arguments);
    std::vector<const Vector*> pointers;
    for (const Vector& vector : vectors) { pointers.push_back(&vector); }
    std::vector<VectorBuilder> builders;
    for (const Field& field : bound.output) { builders.emplace_back(field.type, context_.memory); }
    std::vector<std::int32_t> counts(1);
    bound.generate(Arguments{pointers, {}, RowSet{nullptr, 1}, context_}, builders, counts);
    std::vector<std::string> out(static_cast<std::size_t>(counts[0]));
    for (VectorBuilder& builder : builders) {
      const Vector column = builder.finish();
      for (std::int32_t row = 0; row < counts[0]; ++row) {
        std::string& line = out[static_cast<std::size_t>(row)];
        if (&builder != &builders[0]) { line += '\t'; }
        line += column.is_null(row) ? "NULL"
                                    : value_text(column.value(row), column.type(), TextStyle::kCast, TimeZone::utc());
      }
    }
    return out;
  }

  EvaluationContext& context() { return context_; }

 private:
  CallInput input_of(std::string_view name, const std::vector<TestArgument>& arguments) {
    CallInput input;
    input.name = name;
    input.context = &context_;
    for (const TestArgument& argument : arguments) {
      input.types.push_back(argument.type);
      input.nullable.push_back(argument.value.is_null());
      input.constants.push_back(&argument.value);
      // Variants may be damaged on purpose, and have no text then.
      const bool has_text = !argument.value.is_null() && argument.type.id() != TypeId::kVariant;
      input.sql.push_back(has_text ? value_text(argument.value, argument.type, TextStyle::kCast, TimeZone::utc())
                                   : "NULL");
    }
    return input;
  }
  std::vector<Vector> vectors_of(const std::vector<TestArgument>& arguments) {
    std::vector<Vector> vectors;
    for (const TestArgument& argument : arguments) {
      vectors.push_back(Vector::constant(argument.value, argument.type, 1, context_.memory));
    }
    return vectors;
  }

  EvaluationContext context_{.memory = make_test_memory(),
                             .time_zone = nullptr,
                             .user = {},
                             .current_catalog = {},
                             .current_database = {},
                             .input_file = {}};
};

}  // namespace hammerscale::sql
