// Exact percentiles, the median and the mode: states keep every value (or every different one) of a group.
#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "sql/exec/cell_codec.hpp"
#include "sql/functions/array_bytes.hpp"
#include "sql/functions/families.hpp"
#include "sql/functions/object_state.hpp"
#include "sql/functions/percentages.hpp"
#include "sql/functions/registry.hpp"
#include "sql/vector/vector_compare.hpp"

namespace hammerscale::sql {

namespace {

constexpr std::string_view kGroup = "agg_funcs";

// ---- percentiles ----------------------------------------------------------------------------------------------------

/// How a percentile between two values is made.
enum class Interpolation : std::uint8_t { kLinear, kDiscrete };

struct PercentileCall {
  Percentages percentages;
  Interpolation interpolation = Interpolation::kLinear;
  bool is_descending = false;
  std::size_t value_argument = 0;
  bool has_frequency = false;  ///< Argument 2 tells how often a value counts.
  std::string frequency_sql;   ///< For messages.
  DataType value_type;         ///< Of the values that arrive: double, or an interval.
  DataType result_type;        ///< Of one percentile.
};

struct Counted {
  std::vector<double> values;
  std::vector<std::int64_t> counts;  ///< As many as values when the call has a frequency, else none.
};

/// Whether a comes before b: NaN behind all else.
bool is_before(double a, double b) { return a < b || (b != b && a == a); }

class PercentileState final : public ObjectState<Counted> {
 public:
  explicit PercentileState(PercentileCall call) : call_(std::move(call)) {}

  void update(const Arguments& arguments, std::byte* const* states) override {
    const Vector& column = arguments[call_.value_argument];
    switch (column.type().physical()) {
      case PhysicalType::kInt32: add_rows<std::int32_t>(column, arguments, states); break;
      case PhysicalType::kInt64: add_rows<std::int64_t>(column, arguments, states); break;
      default: add_rows<double>(column, arguments, states); break;
    }
  }

  void merge(std::byte* into, const std::byte* from) override {
    Counted& counted = at(into);
    const Counted& other = at(from);
    counted.values.insert(counted.values.end(), other.values.begin(), other.values.end());
    counted.counts.insert(counted.counts.end(), other.counts.begin(), other.counts.end());
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) {
      columns[0].append_string(bytes_of(at(state).values));
      columns[1].append_string(bytes_of(at(state).counts));
    }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<StringView> values(*columns[0]);
    const ColumnReader<StringView> counts(*columns[1]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      append_bytes(at(states[i]).values, values[row].view());
      append_bytes(at(states[i]).counts, counts[row].view());
    });
  }

  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      Counted sorted = sort(at(state));
      if (sorted.values.empty() || call_.percentages.values.empty()) {
        result.append_null();
      } else if (call_.percentages.is_array) {
        for (const double percentage : call_.percentages.values) {
          append(percentile(sorted, percentage), result.child(0));
        }
        result.finish_list();
      } else {
        append(percentile(sorted, call_.percentages.values[0]), result);
      }
    }
  }

 private:
  template <typename T>
  void add_rows(const Vector& column, const Arguments& arguments, std::byte* const* states) {
    const ColumnReader<T> values(column);
    if (!call_.has_frequency) {
      for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) {
        at(states[i]).values.push_back(static_cast<double>(values[row]));
      });
      return;
    }
    const ColumnReader<std::int64_t> counts(arguments[2]);
    for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) {
      const std::int64_t count = counts[row];
      if (count < 0) {
        throw SqlError("NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION",
                       {{"frequencyExpression", "\"" + call_.frequency_sql + "\""},
                        {"negativeValue", std::to_string(count) + "L"}});
      }
      if (count > 0) {
        at(states[i]).values.push_back(static_cast<double>(values[row]));
        at(states[i]).counts.push_back(count);
      }
    });
  }

  /// The values in the order that percentages count them, each with the number of values up to and with it.
  [[nodiscard]] Counted sort(const Counted& counted) const {
    Counted sorted;
    const auto comes_before = [&](double a, double b) {
      return call_.is_descending ? is_before(b, a) : is_before(a, b);
    };
    if (!call_.has_frequency) {
      sorted.values = counted.values;
      std::sort(sorted.values.begin(), sorted.values.end(), comes_before);
      return sorted;
    }
    std::vector<std::size_t> order(counted.values.size());
    for (std::size_t i = 0; i < order.size(); ++i) { order[i] = i; }
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return comes_before(counted.values[a], counted.values[b]); });
    std::int64_t total = 0;
    for (const std::size_t i : order) {
      total += counted.counts[i];
      sorted.values.push_back(counted.values[i]);
      sorted.counts.push_back(total);
    }
    return sorted;
  }

  [[nodiscard]] std::int64_t num_values(const Counted& sorted) const {
    return call_.has_frequency ? sorted.counts.back() : static_cast<std::int64_t>(sorted.values.size());
  }
  /// The value at a position from 0.
  [[nodiscard]] double value_at(const Counted& sorted, std::int64_t position) const {
    if (!call_.has_frequency) { return sorted.values[static_cast<std::size_t>(position)]; }
    const auto found = std::upper_bound(sorted.counts.begin(), sorted.counts.end(), position);
    return sorted.values[static_cast<std::size_t>(found - sorted.counts.begin())];
  }

  [[nodiscard]] double percentile(const Counted& sorted, double percentage) const {
    const std::int64_t total = num_values(sorted);
    if (call_.interpolation == Interpolation::kDiscrete) {
      const auto rank = static_cast<std::int64_t>(std::ceil(percentage * static_cast<double>(total)));
      return value_at(sorted, std::max<std::int64_t>(rank - 1, 0));
    }
    const double position = static_cast<double>(total - 1) * percentage;
    const double lower = std::floor(position);
    const double higher = std::ceil(position);
    const double low = value_at(sorted, static_cast<std::int64_t>(lower));
    if (lower == higher) { return low; }
    const double high = value_at(sorted, static_cast<std::int64_t>(higher));
    if (low == high) { return low; }
    return (higher - position) * low + (position - lower) * high;
  }

  void append(double value, VectorBuilder& result) const {
    switch (call_.result_type.physical()) {
      case PhysicalType::kInt32: result.append<std::int32_t>(static_cast<std::int32_t>(value)); break;
      case PhysicalType::kInt64: result.append<std::int64_t>(static_cast<std::int64_t>(value)); break;
      default: result.append<double>(value); break;
    }
  }

  PercentileCall call_;
};

/// What values of a type are summed up as: numbers as double, intervals as they are.
DataType percentile_argument(const CallInput& input, const DataType& type, std::size_t i) {
  if (type.is_ansi_interval()) { return type; }
  if (type.is_null() || type.is_numeric() || type.is_string()) { return TypeId::kDouble; }
  fail_argument_type(input, i, "(\"NUMERIC\" or \"INTERVAL DAY TO SECOND\" or \"INTERVAL YEAR TO MONTH\")");
}

DataType widest(const DataType& type) {
  switch (type.id()) {
    case TypeId::kYearMonthInterval: return TypeId::kYearMonthInterval;
    case TypeId::kDayTimeInterval: return TypeId::kDayTimeInterval;
    default: return TypeId::kDouble;
  }
}

BoundAggregate bind_call(PercentileCall call, std::vector<DataType> argument_types) {
  call.result_type = widest(call.value_type);
  BoundAggregate bound;
  bound.type = percentile_result(call.percentages, call.result_type);
  bound.argument_types = std::move(argument_types);
  bound.state_types = {TypeId::kBinary, TypeId::kBinary};
  bound.make_state = [call = std::move(call)](EvaluationContext&) { return std::make_unique<PercentileState>(call); };
  return bound;
}

BoundAggregate bind_percentile(const AggregateInput& input) {
  check_num_arguments(input, 2, 3);
  PercentileCall call;
  call.value_type = percentile_argument(input, input.types[0], 0);
  call.percentages = expect_percentages(input, 1);
  std::vector<DataType> types = {call.value_type, input.types[1]};
  if (input.types.size() == 3) {
    expect_argument(input, 2, TypeClass::kIntegral);
    types.emplace_back(TypeId::kBigint);
    call.has_frequency = true;
    call.frequency_sql = input.sql[2];
  }
  return bind_call(std::move(call), std::move(types));
}

BoundAggregate bind_median(const AggregateInput& input) {
  check_num_arguments(input, 1, 1);
  PercentileCall call;
  call.value_type = percentile_argument(input, input.types[0], 0);
  call.percentages.values = {0.5};
  return bind_call(call, {call.value_type});
}

void require_one_order(const AggregateInput& input) {
  if (input.within_group.size() == 1) { return; }
  if (input.within_group.empty()) {
    throw SqlError("INVALID_WITHIN_GROUP_EXPRESSION.WITHIN_GROUP_MISSING", {{"funcName", quote_identifier(input.name)}},
                   input.origin);
  }
  throw SqlError("INVALID_WITHIN_GROUP_EXPRESSION.WRONG_NUM_ORDERINGS",
                 {{"funcName", quote_identifier(input.name)},
                  {"expectedNum", "1"},
                  {"actualNum", std::to_string(input.within_group.size())}},
                 input.origin);
}

/// percentile_cont and percentile_disc: the percentage is argument 0, WITHIN GROUP's key argument 1.
template <Interpolation interpolation>
BoundAggregate bind_ordered_percentile(const AggregateInput& input) {
  require_one_order(input);
  check_num_arguments(input, 1, 1);
  PercentileCall call;
  call.percentages = expect_percentages(input, 0);
  const DataType& key = input.within_group[0];
  if (!key.is_ansi_interval() && !key.is_null() && !key.is_numeric() && !key.is_string()) {
    CallInput named = input;
    named.types = {key};
    named.sql = {"expr"};
    percentile_argument(named, key, 0);
  }
  call.value_type = key.is_ansi_interval() ? key : DataType(TypeId::kDouble);
  call.interpolation = interpolation;
  call.is_descending = !input.within_group_ascending.empty() && !input.within_group_ascending[0];
  call.value_argument = 1;
  return bind_call(call, {input.types[0], call.value_type});
}

// ---- mode -----------------------------------------------------------------------------------------------------------

struct CellCounts {
  std::unordered_map<std::string, std::int64_t> counts;  ///< By encode_cell.

  CellCounts() = default;
};

class ModeState final : public ObjectState<std::unique_ptr<CellCounts>> {
 public:
  /// @param takes_largest  of equally frequent values; else the smallest.
  ModeState(DataType type, bool takes_largest, VectorMemory memory)
      : type_(std::move(type)), takes_largest_(takes_largest), memory_(std::move(memory)) {}

  void update(const Arguments& arguments, std::byte* const* states) override {
    const Vector& column = arguments[0];
    std::string cell;
    for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) {
      cell.clear();
      encode_cell(column, row, CellForm::kNormalised, cell);
      ++counts(states[i])[cell];
    });
  }
  void merge(std::byte* into, const std::byte* from) override {
    if (!at(from)) { return; }
    for (const auto& [cell, count] : at(from)->counts) { counts(into)[cell] += count; }
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) {
      // One map a state: cells as keys, their counts as values.
      if (at(state)) {
        for (const auto& [cell, count] : at(state)->counts) {
          columns[0].child(0).append_string(cell);
          columns[0].child(1).append<std::int64_t>(count);
        }
      }
      columns[0].finish_list();
    }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const Vector& maps = columns[0]->base();
    const ColumnReader<ListEntry> entries(*columns[0]);
    const ColumnReader<StringView> cells(maps.child(0));
    const ColumnReader<std::int64_t> numbers(maps.child(1));
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      const ListEntry entry = entries[row];
      for (std::int32_t k = entry.offset; k < entry.offset + entry.length; ++k) {
        counts(states[i])[std::string(cells[k].view())] += numbers[k];
      }
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) { append_mode(at(state).get(), result); }
  }

 private:
  static std::unordered_map<std::string, std::int64_t>& counts(std::byte* state) {
    if (!at(state)) { at(state) = std::make_unique<CellCounts>(); }
    return at(state)->counts;
  }

  void append_mode(const CellCounts* cells, VectorBuilder& result) const {
    if (cells == nullptr || cells->counts.empty()) {
      result.append_null();
      return;
    }
    std::int64_t most = 0;
    for (const auto& [cell, count] : cells->counts) { most = std::max(most, count); }
    VectorBuilder builder(type_, memory_);
    for (const auto& [cell, count] : cells->counts) {
      if (count == most) { decode_cell(std::as_bytes(std::span(cell)), type_, builder); }
    }
    const std::int32_t num_candidates = builder.size();
    const Vector candidates = builder.finish();
    std::int32_t best = 0;
    if (type_.is_orderable()) {
      for (std::int32_t i = 1; i < num_candidates; ++i) {
        const int order = compare_cells(candidates, i, candidates, best);
        if (takes_largest_ ? order > 0 : order < 0) { best = i; }
      }
    }
    result.append_from(candidates, best);
  }

  DataType type_;
  bool takes_largest_;
  VectorMemory memory_;
};

BoundAggregate bind_mode(const AggregateInput& input) {
  bool takes_largest = false;
  DataType type;
  std::vector<DataType> arguments;
  if (!input.within_group.empty()) {
    require_one_order(input);
    check_num_arguments(input, 0, 0);
    type = input.within_group[0];
    takes_largest = !input.within_group_ascending.empty() && !input.within_group_ascending[0];
    arguments = {type};
  } else {
    check_num_arguments(input, 1, 2);
    type = input.types[0];
    arguments = input.types;
    if (input.types.size() == 2) {
      const Value& deterministic = expect_constant(input, 1, "deterministic");
      if (input.types[1].id() != TypeId::kBoolean) {
        throw SqlError("UNEXPECTED_INPUT_TYPE",
                       {{"paramIndex", "second"},
                        {"functionName", quote_identifier(input.name)},
                        {"requiredType", "\"BOOLEAN\""},
                        {"inputSql", "\"" + input.sql[1] + "\""},
                        {"inputType", "\"" + input.types[1].to_sql() + "\""}},
                       input.origin);
      }
      if (deterministic.is_null()) { fail_null_argument(input, "deterministic"); }
    }
  }
  BoundAggregate bound;
  bound.type = type;
  bound.argument_types = std::move(arguments);
  bound.state_types = {DataType::map(TypeId::kBinary, TypeId::kBigint, false)};
  bound.make_state = [type, takes_largest](EvaluationContext& context) {
    return std::make_unique<ModeState>(type, takes_largest, context.memory);
  };
  return bound;
}

}  // namespace

void add_percentile_aggregates(FunctionRegistry& registry) {
  const auto document = [](std::string_view usage, std::vector<FunctionExample> examples, std::string_view since) {
    return FunctionDocumentation{.group = kGroup, .usage = usage, .examples = std::move(examples), .since = since};
  };
  registry.add(AggregateFunction{
      .name = "percentile",
      .bind = bind_percentile,
      .documentation = document(
          "percentile(expr, percentage[, frequency]) - Returns the exact percentile of the values of a group, "
          "interpolated "
          "between neighbours; percentage is a number from 0 to 1 or an array of them; a value counts frequency times.",
          {{"SELECT percentile(c, 0.3) FROM VALUES (0), (10) AS t(c)", {"3.0"}},
           {"SELECT percentile(c, array(0.25, 0.75)) FROM VALUES (0), (10), (20) AS t(c)", {"[5.0, 15.0]"}}},
          "2.1.0")});
  registry.add(AggregateFunction{
      .name = "median",
      .bind = bind_median,
      .documentation = document("median(expr) - Returns the middle of the values of a group: percentile(expr, 0.5).",
                                {{"SELECT median(c) FROM VALUES (0), (10) AS t(c)", {"5.0"}}}, "3.4.0")});
  registry.add(AggregateFunction{
      .name = "percentile_cont",
      .bind = bind_ordered_percentile<Interpolation::kLinear>,
      .documentation = document(
          "percentile_cont(percentage) WITHIN GROUP (ORDER BY expr) - Returns the percentile of expr, interpolated "
          "between "
          "neighbours in that order.",
          {{"SELECT percentile_cont(0.25) WITHIN GROUP (ORDER BY c DESC) FROM VALUES (0), (10) AS t(c)", {"7.5"}}},
          "4.0.0"),
      .takes_within_group = true});
  registry.add(AggregateFunction{
      .name = "percentile_disc",
      .bind = bind_ordered_percentile<Interpolation::kDiscrete>,
      .documentation = document(
          "percentile_disc(percentage) WITHIN GROUP (ORDER BY expr) - Returns the first value in that order that at "
          "least "
          "the given part of the values lie at or before.",
          {{"SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY c) FROM VALUES (0), (1), (2), (4) AS t(c)", {"1.0"}}},
          "4.0.0"),
      .takes_within_group = true});
  registry.add(AggregateFunction{
      .name = "mode",
      .bind = bind_mode,
      .documentation = document(
          "mode(expr[, deterministic]) - Returns the most frequent value of a group; the smallest where several are.\n"
          "mode() WITHIN GROUP (ORDER BY expr) - Returns the most frequent value; the first in that order where "
          "several are.",
          {{"SELECT mode(c) FROM VALUES (0), (10), (10) AS t(c)", {"10"}},
           {"SELECT mode() WITHIN GROUP (ORDER BY c DESC) FROM VALUES (0), (10), (10), (20), (20) AS t(c)", {"20"}}},
          "3.4.0"),
      .takes_within_group = true});
}

}  // namespace hammerscale::sql
