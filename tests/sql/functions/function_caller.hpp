#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/functions/registry.hpp"
#include "sql/types/cast.hpp"
#include "sql/types/time_zone.hpp"
#include "sql/types/value_text.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

/// An argument of a call: a value a row, or one constant.
struct TestArgument {
  DataType type;
  std::vector<Value> values;
  bool is_constant = false;
};

inline Value as_value(int value) { return Value(static_cast<std::int64_t>(value)); }
inline Value as_value(std::int64_t value) { return Value(value); }
inline Value as_value(double value) { return Value(value); }
inline Value as_value(float value) { return Value(value); }
inline Value as_value(bool value) { return Value(value); }
inline Value as_value(const char* value) { return Value(std::string(value)); }
inline Value as_value(std::string value) { return Value(std::move(value)); }
inline Value as_value(Value value) { return value; }

template <typename... T>
std::vector<Value> values_of(T... values) {
  return {as_value(values)...};
}
template <typename... T>
TestArgument column(DataType type, T... values) {
  return {std::move(type), values_of(values...), false};
}
template <typename T>
TestArgument constant(DataType type, T value) {
  return {std::move(type), {as_value(value)}, true};
}

/// WITHIN GROUP's keys, and how an aggregate's rows travel.
struct AggregateOptions {
  std::vector<TestArgument> within_group;
  std::vector<bool> ascending;
  bool is_distinct = false;
};

enum class StatePath : std::uint8_t {
  kWhole,     ///< One state sees all rows.
  kMerged,    ///< Three states see a third each and are merged.
  kExported,  ///< They are exported, and a fourth state takes what they exported.
};

/// Binds built-in functions and calls them on a few rows.
class FunctionCaller {
 public:
  EvaluationContext& context() { return context_; }

  /// CAST AS STRING text of each of num_rows rows; "NULL".
  std::vector<std::string> scalar(std::string_view name, const std::vector<TestArgument>& arguments,
                                  std::int32_t num_rows = 1) {
    const ScalarFunction* function = builtin_functions().find_scalar(name);
    if (function == nullptr) { return {"no function " + std::string(name)}; }
    CallInput input;
    describe(name, arguments, input);
    BoundFunction bound = function->bind(input);
    type_ = bound.type;
    std::vector<Vector> columns = make_columns(arguments, bound.argument_types, num_rows);
    std::vector<const Vector*> pointers = pointers_to(columns);
    std::vector<std::int32_t> selected;
    std::vector<std::int32_t> null_rows;
    for (std::int32_t row = 0; row < num_rows; ++row) {
      (bound.nulls == NullPolicy::kPropagate && has_null(columns, row) ? null_rows : selected).push_back(row);
    }
    Vector result(bound.type, num_rows, context_.memory);
    bound.evaluate(
        Arguments{pointers, {}, RowSet{selected.data(), static_cast<std::int32_t>(selected.size())}, context_}, result);
    result.set_size(num_rows);
    for (const std::int32_t row : null_rows) { result.set_null(row); }
    std::vector<std::string> texts;
    for (std::int32_t row = 0; row < num_rows; ++row) { texts.push_back(text_of(result, row)); }
    return texts;
  }

  /// Text of the one result over all rows.
  std::string aggregate(std::string_view name, const std::vector<TestArgument>& arguments,
                        const AggregateOptions& options = {}, StatePath path = StatePath::kWhole) {
    const AggregateFunction* function = builtin_functions().find_aggregate(name);
    if (function == nullptr) { return "no aggregate " + std::string(name); }
    AggregateInput input;
    describe(name, arguments, input);
    std::vector<TestArgument> all = arguments;
    for (const TestArgument& key : options.within_group) {
      input.within_group.push_back(key.type);
      all.push_back(key);
    }
    input.within_group_ascending = options.ascending;
    input.is_distinct = options.is_distinct;
    const BoundAggregate bound = function->bind(input);
    type_ = bound.type;
    std::int32_t num_rows = 0;
    for (const TestArgument& argument : all) {
      if (!argument.is_constant) { num_rows = static_cast<std::int32_t>(argument.values.size()); }
    }
    std::vector<Vector> columns = make_columns(all, bound.argument_types, num_rows);
    const std::vector<const Vector*> pointers = pointers_to(columns);
    std::vector<std::int32_t> rows;
    for (std::int32_t row = 0; row < num_rows; ++row) {
      if (!bound.skips_nulls || !has_null(columns, row)) { rows.push_back(row); }
    }

    const auto state = bound.make_state(context_);
    const std::size_t stride = (state->state_bytes() + 15) / 16 * 16;
    std::vector<std::byte> memory(stride * 4 + 16);
    const std::size_t offset = (16 - reinterpret_cast<std::uintptr_t>(memory.data()) % 16) % 16;
    std::array<std::byte*, 4> states{};
    for (std::size_t i = 0; i < states.size(); ++i) {
      states[i] = memory.data() + offset + i * stride;
      state->initialize(states[i]);
    }
    const std::size_t num_parts = path == StatePath::kWhole ? 1 : 3;
    for (std::size_t part = 0; part < num_parts; ++part) {
      const std::size_t first = rows.size() * part / num_parts;
      const std::size_t last = rows.size() * (part + 1) / num_parts;
      state->update_one(
          Arguments{pointers, {}, RowSet{rows.data() + first, static_cast<std::int32_t>(last - first)}, context_},
          states[part]);
    }
    std::byte* final_state = states[0];
    if (path == StatePath::kMerged) {
      state->merge(states[0], states[1]);
      state->merge(states[0], states[2]);
    } else if (path == StatePath::kExported) {
      std::vector<VectorBuilder> builders;
      for (const DataType& type : bound.state_types) { builders.emplace_back(type, context_.memory); }
      state->export_states(std::span(states).first(3), builders);
      std::vector<Vector> exported;
      for (VectorBuilder& builder : builders) { exported.push_back(builder.finish()); }
      const std::array<std::byte*, 3> targets = {states[3], states[3], states[3]};
      state->merge_exported(pointers_to(exported), RowSet{nullptr, 3}, targets.data());
      final_state = states[3];
    }
    VectorBuilder result(bound.type, context_.memory);
    state->finalize(std::array{final_state}, result);
    if (state->needs_destroy()) {
      for (std::byte* each : states) { state->destroy(each); }
    }
    return text_of(result.finish(), 0);
  }

  /// Type of the last call's result.
  [[nodiscard]] std::string type() const { return type_.to_string(); }

 private:
  void describe(std::string_view name, const std::vector<TestArgument>& arguments, CallInput& input) {
    input.name = name;
    input.context = &context_;
    for (const TestArgument& argument : arguments) {
      input.types.push_back(argument.type);
      input.nullable.push_back(true);
      input.constants.push_back(argument.is_constant ? &argument.values[0] : nullptr);
      input.sql.emplace_back("c");
    }
  }

  std::vector<Vector> make_columns(const std::vector<TestArgument>& arguments, const std::vector<DataType>& types,
                                   std::int32_t num_rows) {
    std::vector<Vector> columns;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const DataType& type = i < types.size() ? types[i] : arguments[i].type;
      VectorBuilder builder(type, context_.memory);
      for (std::int32_t row = 0; row < num_rows; ++row) {
        const Value& value = arguments[i].values[arguments[i].is_constant ? 0 : static_cast<std::size_t>(row)];
        const bool is_cast = !(type == arguments[i].type) && !value.is_null();
        builder.append_value(is_cast ? cast_value(value, arguments[i].type, type, CastMode::kAnsi, context_) : value);
      }
      columns.push_back(builder.finish());
    }
    return columns;
  }

  static std::vector<const Vector*> pointers_to(const std::vector<Vector>& columns) {
    std::vector<const Vector*> pointers;
    for (const Vector& each : columns) { pointers.push_back(&each); }
    return pointers;
  }
  static bool has_null(const std::vector<Vector>& columns, std::int32_t row) {
    for (const Vector& each : columns) {
      if (each.is_null(row)) { return true; }
    }
    return false;
  }
  std::string text_of(const Vector& vector, std::int32_t row) {
    if (vector.is_null(row)) { return "NULL"; }
    std::string text;
    append_cell_text(text, vector, row, TextStyle::kCast, *context_.time_zone);
    return text;
  }

  EvaluationContext context_{.memory = VectorMemory(storage::BufferPool({.budget_bytes = std::uint64_t{256} << 20})),
                             .time_zone = &TimeZone::utc(),
                             .user = {},
                             .current_catalog = {},
                             .current_database = {},
                             .input_file = {}};
  DataType type_;
};

/// The condition that a call fails with; "" when it does not.
template <typename F>
std::string condition_of_failure(F&& call) {
  try {
    call();
  } catch (const SqlError& error) { return error.condition(); }
  return "";
}

}  // namespace hammerscale::sql
