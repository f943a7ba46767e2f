#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/object_state.hpp"
#include "sql/functions/percentages.hpp"
#include "sql/functions/quantile_summary.hpp"
#include "sql/functions/registry.hpp"
#include "sql/types/cast.hpp"

namespace hammerscale::sql {

namespace {

struct ApproximateCall {
  Percentages percentages;
  double relative_error = 0;
  DataType value_type;  ///< Of one percentile.
};

class ApproximatePercentileState final : public ObjectState<std::unique_ptr<QuantileSummary>> {
 public:
  ApproximatePercentileState(ApproximateCall call, EvaluationContext& context)
      : call_(std::move(call)), context_(context) {}

  void update(const Arguments& arguments, std::byte* const* states) override {
    switch (arguments[0].type().physical()) {
      case PhysicalType::kInt32: add_rows<std::int32_t>(arguments, states); break;
      case PhysicalType::kInt64: add_rows<std::int64_t>(arguments, states); break;
      default: add_rows<double>(arguments, states); break;
    }
  }
  void merge(std::byte* into, const std::byte* from) override {
    if (at(from)) { summary(into).merge(*at(from)); }
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) { columns[0].append_string(at(state) ? at(state)->to_bytes() : std::string()); }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<StringView> summaries(*columns[0]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      if (!summaries[row].empty()) { summary(states[i]).merge_bytes(summaries[row].view()); }
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      const auto values = at(state) ? at(state)->query(call_.percentages.values) : std::vector<double>();
      if (values.empty()) {
        result.append_null();
      } else if (call_.percentages.is_array) {
        for (const double value : values) { append(value, result.child(0)); }
        result.finish_list();
      } else {
        append(values[0], result);
      }
    }
  }

 private:
  QuantileSummary& summary(std::byte* state) const {
    if (!at(state)) { at(state) = std::make_unique<QuantileSummary>(call_.relative_error); }
    return *at(state);
  }

  template <typename T>
  void add_rows(const Arguments& arguments, std::byte* const* states) {
    const ColumnReader<T> values(arguments[0]);
    for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) {
      summary(states[i]).insert(static_cast<double>(values[row]));
    });
  }

  void append(double value, VectorBuilder& result) const {
    switch (call_.value_type.id()) {
      case TypeId::kTinyint: result.append<std::int8_t>(static_cast<std::int8_t>(value)); return;
      case TypeId::kSmallint: result.append<std::int16_t>(static_cast<std::int16_t>(value)); return;
      case TypeId::kFloat: result.append<float>(static_cast<float>(value)); return;
      case TypeId::kDouble: result.append<double>(value); return;
      case TypeId::kDecimal:
        result.append_value(cast_value(Value(value), TypeId::kDouble, call_.value_type, CastMode::kTry, context_));
        return;
      default: break;
    }
    if (call_.value_type.physical() == PhysicalType::kInt32) {
      result.append<std::int32_t>(static_cast<std::int32_t>(value));
    } else {
      result.append<std::int64_t>(to_int64(value));
    }
  }

  /// As Java: the nearest that fits.
  static std::int64_t to_int64(double value) {
    if (value >= 0x1.0p63) { return INT64_MAX; }
    return value != value ? 0 : static_cast<std::int64_t>(value);
  }

  ApproximateCall call_;
  EvaluationContext& context_;
};

BoundAggregate bind_approximate_percentile(const AggregateInput& input) {
  check_num_arguments(input, 2, 3);
  ApproximateCall call;
  const DataType& type = input.types[0];
  call.value_type = type;
  DataType argument = type;
  if (type.is_null() || type.is_string()) {
    call.value_type = argument = TypeId::kDouble;
  } else if (type.is_numeric()) {
    argument = TypeId::kDouble;
  } else if (!type.is_datetime() && !type.is_ansi_interval()) {
    fail_argument_type(
        input, 0,
        "(\"NUMERIC\" or \"DATE\" or \"TIMESTAMP\" or \"TIMESTAMP_NTZ\" or \"INTERVAL YEAR TO MONTH\" or "
        "\"INTERVAL DAY TO SECOND\")");
  }
  std::vector<DataType> arguments = {argument, input.types[1]};
  std::int64_t accuracy = 10'000;
  if (input.types.size() == 3) {
    arguments.push_back(input.types[2]);
    expect_argument(input, 2, TypeClass::kIntegral);
    const Value& constant = expect_constant(input, 2, "accuracy");
    if (constant.is_null()) { fail_null_argument(input, "accuracy"); }
    accuracy =
        cast_value(constant, input.types[2], TypeId::kBigint, CastMode::kAnsi, *input.context, input.origin).as_int64();
    if (accuracy <= 0 || accuracy > INT32_MAX) {
      fail_out_of_range(input, "accuracy", "(0, 2147483647]", std::to_string(accuracy) + "L");
    }
  }
  call.percentages = expect_percentages(input, 1);
  call.relative_error = 1.0 / static_cast<double>(accuracy);
  BoundAggregate bound;
  bound.type = percentile_result(call.percentages, call.value_type);
  bound.argument_types = std::move(arguments);
  bound.state_types = {TypeId::kBinary};
  bound.make_state = [call = std::move(call)](EvaluationContext& context) {
    return std::make_unique<ApproximatePercentileState>(call, context);
  };
  return bound;
}

}  // namespace

void add_approximate_percentile_aggregates(FunctionRegistry& registry) {
  registry.add(AggregateFunction{
      .name = "percentile_approx",
      .bind = bind_approximate_percentile,
      .documentation =
          {.group = "agg_funcs",
           .usage =
               "percentile_approx(expr, percentage[, accuracy]) - Returns a value of the group whose rank is near the "
               "percentage, a number from 0 to 1 or an array of them; the rank is off by 1/accuracy of the values at "
               "most (accuracy: 10000 unless given).",
           .examples =
               {{"SELECT percentile_approx(c, array(0.5, 0.4, 0.1), 100) FROM VALUES (0), (1), (2), (10) AS t(c)",
                 {"[1, 1, 0]"}},
                {"SELECT percentile_approx(c, 0.3) FROM VALUES (0), (10) AS t(c)", {"0"}}},
           .since = "2.1.0"},
      .aliases = {"approx_percentile"}});
}

}  // namespace hammerscale::sql
