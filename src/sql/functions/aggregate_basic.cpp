// count, sum, avg, min, max, the boolean aggregates, first, last, min_by, max_by and the collecting aggregates.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "sql/exec/cell_codec.hpp"
#include "sql/exec/copy_rows.hpp"
#include "sql/functions/families.hpp"
#include "sql/functions/object_state.hpp"
#include "sql/functions/registry.hpp"
#include "sql/vector/vector_compare.hpp"

namespace hammerscale::sql {

namespace {

constexpr std::string_view kGroup = "agg_funcs";

// ---- count ----------------------------------------------------------------------------------------------------------

class CountState final : public ObjectState<std::int64_t> {
 public:
  void update(const Arguments& arguments, std::byte* const* states) override {
    for (std::int32_t i = 0; i < arguments.rows.size; ++i) { ++at(states[i]); }
  }
  void update_one(const Arguments& arguments, std::byte* state) override { at(state) += arguments.rows.size; }
  [[nodiscard]] bool can_remove() const override { return true; }
  void remove_one(const Arguments& arguments, std::byte* state) override { at(state) -= arguments.rows.size; }
  void merge(std::byte* into, const std::byte* from) override { at(into) += at(from); }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) { columns[0].append<std::int64_t>(at(state)); }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<std::int64_t> counts(*columns[0]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) { at(states[i]) += counts[row]; });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) { result.append<std::int64_t>(at(state)); }
  }
};

BoundAggregate bind_count(const AggregateInput& input) {
  check_num_arguments(input, 1, static_cast<std::size_t>(-1));
  BoundAggregate bound;
  bound.type = TypeId::kBigint;
  bound.nullable = false;
  bound.argument_types = input.types;
  bound.state_types = {TypeId::kBigint};
  bound.make_state = [](EvaluationContext&) { return std::make_unique<CountState>(); };
  return bound;
}

/// Counts rows where a condition is true.
class CountIfState final : public ObjectState<std::int64_t> {
 public:
  void update(const Arguments& arguments, std::byte* const* states) override {
    const ColumnReader<bool> values(arguments[0]);
    for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) { at(states[i]) += values[row] ? 1 : 0; });
  }
  void update_one(const Arguments& arguments, std::byte* state) override { at(state) += count(arguments); }
  [[nodiscard]] bool can_remove() const override { return true; }
  void remove_one(const Arguments& arguments, std::byte* state) override { at(state) -= count(arguments); }
  void merge(std::byte* into, const std::byte* from) override { at(into) += at(from); }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) { columns[0].append<std::int64_t>(at(state)); }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<std::int64_t> counts(*columns[0]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) { at(states[i]) += counts[row]; });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) { result.append<std::int64_t>(at(state)); }
  }

 private:
  static std::int64_t count(const Arguments& arguments) {
    const ColumnReader<bool> values(arguments[0]);
    std::int64_t sum = 0;
    arguments.rows.for_each([&](std::int32_t row) { sum += values[row] ? 1 : 0; });
    return sum;
  }
};

BoundAggregate bind_count_if(const AggregateInput& input) {
  check_num_arguments(input, 1, 1);
  if (input.types[0].id() != TypeId::kBoolean && !input.types[0].is_null()) {
    fail_argument_type(input, 0, "\"BOOLEAN\"");
  }
  BoundAggregate bound;
  bound.type = TypeId::kBigint;
  bound.nullable = false;
  bound.argument_types = {TypeId::kBoolean};
  bound.state_types = {TypeId::kBigint};
  bound.make_state = [](EvaluationContext&) { return std::make_unique<CountIfState>(); };
  return bound;
}

// ---- sum and avg ----------------------------------------------------------------------------------------------------

[[noreturn]] void fail_overflow(std::string message, std::string alternative) {
  throw SqlError("ARITHMETIC_OVERFLOW", {{"message", std::move(message)},
                                         {"alternative", std::move(alternative)},
                                         {"config", "\"spark.sql.ansi.enabled\""}});
}

constexpr std::string_view kTrySum = " Use 'try_sum' to tolerate overflow and return NULL instead.";

Int128 power_of_ten(int exponent) {
  Int128 result = 1;
  for (int i = 0; i < exponent; ++i) { result *= 10; }
  return result;
}

/// What an overflowing sum does.
enum class Overflow : std::uint8_t { kFail, kNull, kWrap };

template <typename Total>
struct SumOf {
  Total total = 0;
  std::int64_t num_values = 0;
  bool has_overflowed = false;
};

/// Totals of one column: of integers and intervals in 64 bits, of decimals in 128, of floating point in double. The
/// order of additions is that of the rows.
template <typename Input, typename Total>
class TotalState : public ObjectState<SumOf<Total>> {
 protected:
  using Base = ObjectState<SumOf<Total>>;
  using Base::at;

 public:
  explicit TotalState(Overflow overflow) : overflow_(overflow) {}

  void update(const Arguments& arguments, std::byte* const* states) override {
    const ColumnReader<Input> values(arguments[0]);
    if (arguments.rows.is_all() && values.is_direct()) {
      const Input* data = values.data();
      for (std::int32_t i = 0; i < arguments.rows.size; ++i) { add(at(states[i]), static_cast<Total>(data[i]), 1); }
    } else {
      for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) {
        add(at(states[i]), static_cast<Total>(values[row]), 1);
      });
    }
  }

  void update_one(const Arguments& arguments, std::byte* state) override {
    const ColumnReader<Input> values(arguments[0]);
    SumOf<Total>& sum = at(state);
    if constexpr (std::is_same_v<Total, double>) {
      double total = sum.total;
      arguments.rows.for_each([&](std::int32_t row) { total += static_cast<double>(values[row]); });
      sum.total = total;
      sum.num_values += arguments.rows.size;
    } else if constexpr (sizeof(Input) < sizeof(Total)) {
      // A batch's total fits: only its addition is checked.
      Total total = 0;
      if (arguments.rows.is_all() && values.is_direct()) {
        const Input* data = values.data();
        for (std::int32_t i = 0; i < arguments.rows.size; ++i) { total += data[i]; }
      } else {
        arguments.rows.for_each([&](std::int32_t row) { total += values[row]; });
      }
      add(sum, total, arguments.rows.size);
    } else {
      arguments.rows.for_each([&](std::int32_t row) { add(sum, static_cast<Total>(values[row]), 1); });
    }
  }

  [[nodiscard]] bool can_remove() const override { return !std::is_same_v<Total, double>; }
  void remove_one(const Arguments& arguments, std::byte* state) override {
    const ColumnReader<Input> values(arguments[0]);
    arguments.rows.for_each([&](std::int32_t row) {
      at(state).total = static_cast<Total>(at(state).total - static_cast<Total>(values[row]));
      --at(state).num_values;
    });
  }

  void merge(std::byte* into, const std::byte* from) override {
    const SumOf<Total>& other = at(from);
    if (other.num_values == 0) { return; }
    add(at(into), other.total, other.num_values);
    at(into).has_overflowed = at(into).has_overflowed || other.has_overflowed;
  }

  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) {
      const SumOf<Total>& sum = at(state);
      columns[0].append<Total>(sum.total);
      columns[1].append<std::int64_t>(sum.num_values);
      columns[2].append_bool(sum.has_overflowed);
    }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<Total> totals(*columns[0]);
    const ColumnReader<std::int64_t> counts(*columns[1]);
    const ColumnReader<bool> overflows(*columns[2]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      if (counts[row] == 0) { return; }
      add(at(states[i]), totals[row], counts[row]);
      at(states[i]).has_overflowed = at(states[i]).has_overflowed || overflows[row];
    });
  }

 protected:
  void add(SumOf<Total>& sum, Total value, std::int64_t num_values) const {
    sum.num_values += num_values;
    if constexpr (std::is_same_v<Total, double>) {
      sum.total += value;
    } else {
      Total total;
      if (__builtin_add_overflow(sum.total, value, &total)) [[unlikely]] {
        if constexpr (std::is_same_v<Total, std::int64_t>) {
          if (overflow_ == Overflow::kFail) { fail_overflow("long overflow", std::string(kTrySum)); }
          if (overflow_ == Overflow::kWrap) {
            sum.total = total;
            return;
          }
        }
        sum.has_overflowed = true;
        return;
      }
      sum.total = total;
    }
  }

  Overflow overflow_;
};

template <typename Input, typename Total>
class SumState final : public TotalState<Input, Total> {
 public:
  SumState(Overflow overflow, DataType type, bool is_interval)
      : TotalState<Input, Total>(overflow), type_(std::move(type)), is_interval_(is_interval) {}

  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      const SumOf<Total>& sum = this->at(state);
      if (sum.num_values == 0) {
        result.append_null();
      } else if constexpr (std::is_same_v<Total, double>) {
        result.append<double>(sum.total);
      } else if constexpr (std::is_same_v<Total, Int128>) {
        append_decimal(sum, result);
      } else {
        append_integer(sum, result);
      }
    }
  }

 private:
  void append_decimal(const SumOf<Total>& sum, VectorBuilder& result) const {
    const Int128 limit = power_of_ten(type_.precision());
    const Int128 total = static_cast<Int128>(sum.total);
    if (sum.has_overflowed || total >= limit || total <= -limit) {
      if (this->overflow_ == Overflow::kFail) { fail_overflow("Overflow in sum of decimals", std::string(kTrySum)); }
      result.append_null();
    } else if (type_.physical() == PhysicalType::kInt64) {
      result.append<std::int64_t>(static_cast<std::int64_t>(total));
    } else {
      result.append<Int128>(total);
    }
  }

  void append_integer(const SumOf<Total>& sum, VectorBuilder& result) const {
    const auto total = static_cast<std::int64_t>(sum.total);
    if (sum.has_overflowed) {
      result.append_null();
    } else if (type_.physical() == PhysicalType::kInt32) {
      if (total != static_cast<std::int32_t>(total)) {
        if (this->overflow_ == Overflow::kFail) {
          throw SqlError("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", {});
        }
        result.append_null();
      } else {
        result.append<std::int32_t>(static_cast<std::int32_t>(total));
      }
    } else {
      result.append<std::int64_t>(total);
    }
  }

  DataType type_;
  bool is_interval_;
};

/// numerator / denominator, half away from zero.
Int128 divide_half_up(Int128 numerator, Int128 denominator) {
  const Int128 quotient = numerator / denominator;
  Int128 rest = numerator % denominator;
  if (rest < 0) { rest = -rest; }
  if (rest * 2 < denominator) { return quotient; }
  return numerator < 0 ? quotient - 1 : quotient + 1;
}

template <typename Input, typename Total>
class AverageState final : public TotalState<Input, Total> {
 public:
  /// @param shift  power of ten that the result's scale has more than the argument's.
  AverageState(Overflow overflow, DataType type, int sum_precision, int shift)
      : TotalState<Input, Total>(overflow), type_(std::move(type)), sum_precision_(sum_precision), shift_(shift) {}

  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      const SumOf<Total>& sum = this->at(state);
      if (sum.num_values == 0) {
        result.append_null();
      } else if constexpr (std::is_same_v<Total, double>) {
        result.append<double>(sum.total / static_cast<double>(sum.num_values));
      } else if (type_.is_decimal()) {
        append_decimal(sum, result);
      } else if (sum.has_overflowed) {
        if (this->overflow_ == Overflow::kFail) {
          throw SqlError("INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", {});
        }
        result.append_null();
      } else {
        const auto mean = divide_half_up(static_cast<Int128>(sum.total), sum.num_values);
        if (type_.physical() == PhysicalType::kInt32) {
          result.append<std::int32_t>(static_cast<std::int32_t>(mean));
        } else {
          result.append<std::int64_t>(static_cast<std::int64_t>(mean));
        }
      }
    }
  }

 private:
  void append_decimal(const SumOf<Total>& sum, VectorBuilder& result) const {
    const Int128 limit = power_of_ten(sum_precision_);
    const Int128 total = static_cast<Int128>(sum.total);
    if (sum.has_overflowed || total >= limit || total <= -limit) {
      if (this->overflow_ == Overflow::kFail) {
        fail_overflow("Overflow in sum of decimals", " Use 'try_avg' to tolerate overflow and return NULL instead.");
      }
      result.append_null();
      return;
    }
    // Quotient and rest apart: the total times a power of ten may not fit.
    const Int128 count = sum.num_values;
    const Int128 factor = power_of_ten(shift_);
    const Int128 mean = total / count * factor + divide_half_up(total % count * factor, count);
    const Int128 result_limit = power_of_ten(type_.precision());
    if (mean >= result_limit || mean <= -result_limit) {
      if (this->overflow_ == Overflow::kFail) {
        fail_overflow("Overflow in sum of decimals", " Use 'try_avg' to tolerate overflow and return NULL instead.");
      }
      result.append_null();
    } else if (type_.physical() == PhysicalType::kInt64) {
      result.append<std::int64_t>(static_cast<std::int64_t>(mean));
    } else {
      result.append<Int128>(mean);
    }
  }

  DataType type_;
  int sum_precision_;
  int shift_;
};

/// The argument's type after implicit casts: strings and NULL are summed as double.
DataType summed_type(const AggregateInput& input) {
  check_num_arguments(input, 1, 1);
  const DataType& type = input.types[0];
  if (type.is_null() || type.is_string()) { return TypeId::kDouble; }
  if (type.is_numeric() || type.is_ansi_interval()) { return type; }
  fail_argument_type(input, 0, "(\"NUMERIC\" or \"ANSI INTERVAL\")");
}

int bounded(int precision) { return std::min(precision, 38); }

/// Calls make.template operator()<Input, Total>() for a summed type.
template <typename Make>
std::unique_ptr<AggregateState> make_total(const DataType& type, Make&& make) {
  switch (type.id()) {
    case TypeId::kTinyint: return make.template operator()<std::int8_t, std::int64_t>();
    case TypeId::kSmallint: return make.template operator()<std::int16_t, std::int64_t>();
    case TypeId::kInt:
    case TypeId::kYearMonthInterval: return make.template operator()<std::int32_t, std::int64_t>();
    case TypeId::kFloat: return make.template operator()<float, double>();
    case TypeId::kDouble: return make.template operator()<double, double>();
    case TypeId::kDecimal:
      if (type.physical() == PhysicalType::kInt64) { return make.template operator()<std::int64_t, Int128>(); }
      return make.template operator()<Int128, Int128>();
    default: return make.template operator()<std::int64_t, std::int64_t>();
  }
}

DataType total_column(const DataType& type) {
  if (type.is_decimal()) { return DataType::decimal(38, type.scale()); }
  return type.is_fractional() ? TypeId::kDouble : TypeId::kBigint;
}

BoundAggregate bind_sum(const AggregateInput& input, bool is_try) {
  const DataType type = summed_type(input);
  BoundAggregate bound;
  bound.argument_types = {type};
  if (type.is_decimal()) {
    bound.type = DataType::decimal(bounded(type.precision() + 10), type.scale());
  } else if (type.is_integral()) {
    bound.type = TypeId::kBigint;
  } else if (type.is_fractional()) {
    bound.type = TypeId::kDouble;
  } else {
    bound.type = type;
  }
  bound.state_types = {total_column(type), TypeId::kBigint, TypeId::kBoolean};
  const bool fails = !is_try && (input.context->ansi || type.is_ansi_interval());
  const Overflow overflow = fails ? Overflow::kFail : is_try || type.is_decimal() ? Overflow::kNull : Overflow::kWrap;
  bound.make_state = [type, result = bound.type, overflow](EvaluationContext&) {
    return make_total(type, [&]<typename Input, typename Total>() -> std::unique_ptr<AggregateState> {
      return std::make_unique<SumState<Input, Total>>(overflow, result, type.is_ansi_interval());
    });
  };
  return bound;
}

BoundAggregate bind_average(const AggregateInput& input, bool is_try) {
  const DataType type = summed_type(input);
  BoundAggregate bound;
  bound.argument_types = {type};
  // Integers are added as double, as Spark does.
  const DataType added = type.is_integral() ? DataType(TypeId::kDouble) : type;
  if (type.is_integral()) { bound.argument_types = {DataType(TypeId::kDouble)}; }
  int sum_precision = 38;
  int shift = 0;
  if (type.is_decimal()) {
    bound.type = DataType::decimal(bounded(type.precision() + 4), bounded(type.scale() + 4));
    sum_precision = bounded(type.precision() + 10);
    shift = bound.type.scale() - type.scale();
  } else if (type.is_ansi_interval()) {
    bound.type = type;
  } else {
    bound.type = TypeId::kDouble;
  }
  bound.state_types = {total_column(added), TypeId::kBigint, TypeId::kBoolean};
  const Overflow overflow =
      !is_try && (input.context->ansi || type.is_ansi_interval()) ? Overflow::kFail : Overflow::kNull;
  bound.make_state = [added, result = bound.type, overflow, sum_precision, shift](EvaluationContext&) {
    return make_total(added, [&]<typename Input, typename Total>() -> std::unique_ptr<AggregateState> {
      return std::make_unique<AverageState<Input, Total>>(overflow, result, sum_precision, shift);
    });
  };
  return bound;
}

// ---- min and max ----------------------------------------------------------------------------------------------------

/// Whether a comes before b: NaN behind all else, zeros equal.
template <typename T>
bool is_less(const T& a, const T& b) {
  if constexpr (std::is_floating_point_v<T>) {
    return a < b || (b != b && a == a);
  } else {
    return a < b;
  }
}

template <typename T>
struct Extreme {
  T value{};
  bool is_set = false;
};

template <typename T, bool is_max>
class ExtremeState final : public ObjectState<Extreme<T>> {
  using Base = ObjectState<Extreme<T>>;
  using Base::at;

 public:
  void update(const Arguments& arguments, std::byte* const* states) override {
    const ColumnReader<T> values(arguments[0]);
    for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) { offer(at(states[i]), values[row]); });
  }
  void update_one(const Arguments& arguments, std::byte* state) override {
    const ColumnReader<T> values(arguments[0]);
    Extreme<T> best = at(state);
    arguments.rows.for_each([&](std::int32_t row) { offer(best, values[row]); });
    at(state) = best;
  }
  void merge(std::byte* into, const std::byte* from) override {
    if (at(from).is_set) { offer(at(into), at(from).value); }
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    finalize(states, columns[0]);
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<T> values(*columns[0]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      if (!values.is_null(row)) { offer(at(states[i]), values[row]); }
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      if (!at(state).is_set) {
        result.append_null();
      } else if constexpr (std::is_same_v<T, bool>) {
        result.append_bool(at(state).value);
      } else {
        result.append<T>(at(state).value);
      }
    }
  }

 private:
  static void offer(Extreme<T>& best, const T& value) {
    if (!best.is_set || (is_max ? is_less(best.value, value) : is_less(value, best.value))) {
      best.value = value;
      best.is_set = true;
    }
  }
};

/// One cell of any type that a state keeps.
struct KeptCell {
  std::unique_ptr<Vector> cell;

  void keep(const Vector& from, std::int32_t row, const VectorMemory& memory) {
    VectorBuilder builder(from.type(), memory);
    builder.append_from(from, row);
    cell = std::make_unique<Vector>(builder.finish());
  }
};

/// min and max of strings and nested values.
template <bool is_max>
class ExtremeCellState final : public ObjectState<KeptCell> {
 public:
  explicit ExtremeCellState(VectorMemory memory) : memory_(std::move(memory)) {}
  void update(const Arguments& arguments, std::byte* const* states) override {
    for_each_numbered(arguments.rows,
                      [&](std::int32_t row, std::int32_t i) { offer(at(states[i]), arguments[0], row); });
  }
  void merge(std::byte* into, const std::byte* from) override {
    if (at(from).cell) { offer(at(into), *at(from).cell, 0); }
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    finalize(states, columns[0]);
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      if (!columns[0]->is_null(row)) { offer(at(states[i]), *columns[0], row); }
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      if (at(state).cell) {
        result.append_from(*at(state).cell, 0);
      } else {
        result.append_null();
      }
    }
  }

 private:
  void offer(KeptCell& best, const Vector& from, std::int32_t row) {
    if (best.cell) {
      const int order = compare_cells(from, row, *best.cell, 0);
      if (is_max ? order <= 0 : order >= 0) { return; }
    }
    best.keep(from, row, memory_);
  }

  VectorMemory memory_;
};

bool needs_kept_cell(const DataType& type) {
  const PhysicalType physical = type.physical();
  return physical == PhysicalType::kString || physical == PhysicalType::kList || physical == PhysicalType::kStruct ||
         physical == PhysicalType::kNone || physical == PhysicalType::kInterval;
}

template <bool is_max>
BoundAggregate bind_extreme(const AggregateInput& input) {
  check_num_arguments(input, 1, 1);
  const DataType type = input.types[0];
  if (!type.is_orderable()) {
    throw SqlError("DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"functionName", quote_identifier(is_max ? "max" : "min")},
                    {"dataType", "\"" + type.to_sql() + "\""}},
                   input.origin);
  }
  BoundAggregate bound;
  bound.type = type;
  bound.argument_types = {type};
  bound.state_types = {type};
  bound.ignores_distinct = true;
  bound.make_state = [type](EvaluationContext& context) -> std::unique_ptr<AggregateState> {
    if (needs_kept_cell(type)) { return std::make_unique<ExtremeCellState<is_max>>(context.memory); }
    return with_physical_type(type.physical(), [&]<typename T>() -> std::unique_ptr<AggregateState> {
      if constexpr (std::is_same_v<T, StringView> || std::is_same_v<T, CalendarInterval>) {
        return nullptr;
      } else {
        return std::make_unique<ExtremeState<T, is_max>>();
      }
    });
  };
  return bound;
}

template <bool is_and>
BoundAggregate bind_bool(const AggregateInput& input) {
  check_num_arguments(input, 1, 1);
  if (input.types[0].id() != TypeId::kBoolean && !input.types[0].is_null()) {
    fail_argument_type(input, 0, "\"BOOLEAN\"");
  }
  BoundAggregate bound;
  bound.type = TypeId::kBoolean;
  bound.argument_types = {TypeId::kBoolean};
  bound.state_types = {TypeId::kBoolean};
  bound.ignores_distinct = true;
  // false < true: and is min, or is max.
  bound.make_state = [](EvaluationContext&) { return std::make_unique<ExtremeState<bool, !is_and>>(); };
  return bound;
}

// ---- first, last, min_by, max_by ------------------------------------------------------------------------------------

struct PickedCell {
  KeptCell value;
  KeptCell order;
  bool is_set = false;

  PickedCell() = default;
};

/// first and last: the value may be NULL.
template <bool is_last>
class PositionState final : public ObjectState<PickedCell> {
 public:
  PositionState(DataType type, bool ignore_nulls, VectorMemory memory)
      : type_(std::move(type)), ignore_nulls_(ignore_nulls), memory_(std::move(memory)) {}
  void update(const Arguments& arguments, std::byte* const* states) override {
    for_each_numbered(arguments.rows,
                      [&](std::int32_t row, std::int32_t i) { offer(at(states[i]), arguments[0], row); });
  }
  void merge(std::byte* into, const std::byte* from) override {
    const PickedCell& other = at(from);
    if (!other.is_set || (!is_last && at(into).is_set)) { return; }
    at(into).is_set = true;
    at(into).value.cell = other.value.cell ? std::make_unique<Vector>(*other.value.cell) : nullptr;
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    finalize(states, columns[0]);
    for (std::byte* state : states) { columns[1].append_bool(at(state).is_set); }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<bool> is_set(*columns[1]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      if (is_set[row]) { offer(at(states[i]), *columns[0], row); }
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      if (at(state).value.cell) {
        result.append_from(*at(state).value.cell, 0);
      } else {
        result.append_null();
      }
    }
  }

 private:
  void offer(PickedCell& picked, const Vector& from, std::int32_t row) {
    if (!is_last && picked.is_set) { return; }
    if (from.is_null(row)) {
      if (ignore_nulls_) { return; }
      picked.value.cell.reset();
    } else {
      picked.value.keep(from, row, memory_);
    }
    picked.is_set = true;
  }

  DataType type_;
  bool ignore_nulls_;
  VectorMemory memory_;
};

template <bool is_last>
BoundAggregate bind_position(const AggregateInput& input) {
  check_num_arguments(input, 1, 2);
  bool ignore_nulls = input.ignore_nulls;
  if (input.types.size() == 2) {
    if (input.types[1].id() != TypeId::kBoolean || input.constants[1] == nullptr) {
      fail_argument_type(input, 1, "\"BOOLEAN\"");
    }
    ignore_nulls = ignore_nulls || (!input.constants[1]->is_null() && input.constants[1]->as_bool());
  }
  BoundAggregate bound;
  bound.type = input.types[0];
  bound.argument_types = input.types;
  bound.state_types = {input.types[0], TypeId::kBoolean};
  bound.skips_nulls = false;
  bound.depends_on_order = true;
  bound.make_state = [type = input.types[0], ignore_nulls](EvaluationContext& context) {
    return std::make_unique<PositionState<is_last>>(type, ignore_nulls, context.memory);
  };
  return bound;
}

/// min_by and max_by: of rows with equal order the last one wins.
template <bool is_max>
class PickState final : public ObjectState<PickedCell> {
 public:
  explicit PickState(VectorMemory memory) : memory_(std::move(memory)) {}
  void update(const Arguments& arguments, std::byte* const* states) override {
    for_each_numbered(arguments.rows,
                      [&](std::int32_t row, std::int32_t i) { offer(at(states[i]), arguments[0], arguments[1], row); });
  }
  void merge(std::byte* into, const std::byte* from) override {
    const PickedCell& other = at(from);
    if (!other.is_set) { return; }
    PickedCell& picked = at(into);
    if (picked.is_set && !takes(*other.order.cell, 0, picked)) { return; }
    picked.is_set = true;
    picked.order.cell = std::make_unique<Vector>(*other.order.cell);
    picked.value.cell = other.value.cell ? std::make_unique<Vector>(*other.value.cell) : nullptr;
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    finalize(states, columns[0]);
    for (std::byte* state : states) {
      if (at(state).is_set) {
        columns[1].append_from(*at(state).order.cell, 0);
      } else {
        columns[1].append_null();
      }
    }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    for_each_numbered(rows,
                      [&](std::int32_t row, std::int32_t i) { offer(at(states[i]), *columns[0], *columns[1], row); });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      if (at(state).value.cell) {
        result.append_from(*at(state).value.cell, 0);
      } else {
        result.append_null();
      }
    }
  }

 private:
  static bool takes(const Vector& order, std::int32_t row, const PickedCell& picked) {
    const int sign = compare_cells(order, row, *picked.order.cell, 0);
    return is_max ? sign >= 0 : sign <= 0;
  }
  void offer(PickedCell& picked, const Vector& value, const Vector& order, std::int32_t row) {
    if (order.is_null(row) || (picked.is_set && !takes(order, row, picked))) { return; }
    picked.is_set = true;
    picked.order.keep(order, row, memory_);
    if (value.is_null(row)) {
      picked.value.cell.reset();
    } else {
      picked.value.keep(value, row, memory_);
    }
  }

  VectorMemory memory_;
};

template <bool is_max>
BoundAggregate bind_pick(const AggregateInput& input) {
  check_num_arguments(input, 2, 2);
  if (!input.types[1].is_orderable()) {
    throw SqlError("DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"functionName", quote_identifier(is_max ? "max_by" : "min_by")},
                    {"dataType", "\"" + input.types[1].to_sql() + "\""}},
                   input.origin);
  }
  BoundAggregate bound;
  bound.type = input.types[0];
  bound.argument_types = input.types;
  bound.state_types = input.types;
  bound.skips_nulls = false;
  bound.make_state = [](EvaluationContext& context) { return std::make_unique<PickState<is_max>>(context.memory); };
  return bound;
}

// ---- collect_list, collect_set --------------------------------------------------------------------------------------

struct Collected {
  std::string cells;  ///< encode_cell of each, one behind the other.
  std::int64_t num_cells = 0;
};

void append_collected(const std::string& cells, std::int64_t num_cells, const DataType& element,
                      VectorBuilder& result) {
  std::span<const std::byte> rest = std::as_bytes(std::span(cells));
  for (std::int64_t i = 0; i < num_cells; ++i) { rest = rest.subspan(decode_cell(rest, element, result.child(0))); }
  result.finish_list();
}

class CollectListState final : public ObjectState<Collected> {
 public:
  explicit CollectListState(DataType element) : element_(std::move(element)) {}
  void update(const Arguments& arguments, std::byte* const* states) override {
    for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) {
      encode_cell(arguments[0], row, CellForm::kExact, at(states[i]).cells);
      ++at(states[i]).num_cells;
    });
  }
  void merge(std::byte* into, const std::byte* from) override {
    at(into).cells += at(from).cells;
    at(into).num_cells += at(from).num_cells;
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) {
      columns[0].append_string(at(state).cells);
      columns[1].append<std::int64_t>(at(state).num_cells);
    }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<StringView> cells(*columns[0]);
    const ColumnReader<std::int64_t> counts(*columns[1]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      at(states[i]).cells += cells[row].view();
      at(states[i]).num_cells += counts[row];
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) { append_collected(at(state).cells, at(state).num_cells, element_, result); }
  }

 private:
  DataType element_;
};

struct CollectedSet {
  std::unordered_set<std::string> known;
  std::vector<const std::string*> in_order;  ///< Of arrival.

  CollectedSet() = default;
  void add(std::string cell) {
    const auto [place, is_new] = known.insert(std::move(cell));
    if (is_new) { in_order.push_back(&*place); }
  }
};

class CollectSetState final : public ObjectState<std::unique_ptr<CollectedSet>> {
 public:
  explicit CollectSetState(DataType element) : element_(std::move(element)) {}
  void update(const Arguments& arguments, std::byte* const* states) override {
    for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) {
      std::string cell;
      encode_cell(arguments[0], row, CellForm::kNormalised, cell);
      set_at(states[i]).add(std::move(cell));
    });
  }
  void merge(std::byte* into, const std::byte* from) override {
    if (!at(from)) { return; }
    for (const std::string* cell : at(from)->in_order) { set_at(into).add(*cell); }
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) {
      // Each cell behind its length.
      std::string bytes;
      if (at(state)) {
        for (const std::string* cell : at(state)->in_order) {
          const auto size = static_cast<std::uint32_t>(cell->size());
          bytes.append(reinterpret_cast<const char*>(&size), sizeof(size));
          bytes += *cell;
        }
      }
      columns[0].append_string(bytes);
    }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<StringView> sets(*columns[0]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      const StringView view = sets[row];
      std::string_view rest = view.view();
      while (!rest.empty()) {
        std::uint32_t size;
        std::memcpy(&size, rest.data(), sizeof(size));
        set_at(states[i]).add(std::string(rest.substr(sizeof(size), size)));
        rest.remove_prefix(sizeof(size) + size);
      }
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      if (at(state)) {
        for (const std::string* cell : at(state)->in_order) {
          decode_cell(std::as_bytes(std::span(*cell)), element_, result.child(0));
        }
      }
      result.finish_list();
    }
  }

 private:
  static CollectedSet& set_at(std::byte* state) {
    auto& set = at(state);
    if (!set) { set = std::make_unique<CollectedSet>(); }
    return *set;
  }

  DataType element_;
};

BoundAggregate bind_collect(const AggregateInput& input, bool is_set) {
  check_num_arguments(input, 1, 1);
  const DataType element = input.types[0];
  BoundAggregate bound;
  bound.type = DataType::array(element, false);
  bound.nullable = false;
  bound.argument_types = {element};
  bound.depends_on_order = true;
  bound.ignores_distinct = is_set;
  if (is_set) {
    bound.state_types = {TypeId::kBinary};
    bound.make_state = [element](EvaluationContext&) { return std::make_unique<CollectSetState>(element); };
  } else {
    bound.state_types = {TypeId::kBinary, TypeId::kBigint};
    bound.make_state = [element](EvaluationContext&) { return std::make_unique<CollectListState>(element); };
  }
  return bound;
}

FunctionDocumentation document(std::string_view usage) { return FunctionDocumentation{kGroup, usage}; }

}  // namespace

void AggregateState::update_one(const Arguments& arguments, std::byte* state) {
  const std::vector<std::byte*> states(static_cast<std::size_t>(arguments.rows.size), state);
  update(arguments, states.data());
}

void add_basic_aggregates(FunctionRegistry& registry) {
  const auto add = [&](AggregateFunction function) { registry.add(std::move(function)); };
  add({"count", bind_count,
       document("count(*) - Returns the number of rows.\n"
                "count(expr[, expr...]) - Returns the number of rows in which no expression is NULL.\n"
                "count(DISTINCT expr[, expr...]) - Returns the number of different rows without NULL.")});
  add({"count_if", bind_count_if, document("count_if(expr) - Returns the number of rows in which expr is true.")});
  add({"sum", [](const AggregateInput& input) { return bind_sum(input, false); },
       document("sum(expr) - Returns the sum of the values of a group.")});
  add({"try_sum", [](const AggregateInput& input) { return bind_sum(input, true); },
       document("try_sum(expr) - Returns the sum of the values of a group, or NULL where it overflows.")});
  add({"avg",
       [](const AggregateInput& input) { return bind_average(input, false); },
       document("avg(expr) - Returns the mean of the values of a group."),
       {"mean"}});
  add({"try_avg", [](const AggregateInput& input) { return bind_average(input, true); },
       document("try_avg(expr) - Returns the mean of the values of a group, or NULL where it overflows.")});
  add({"min", bind_extreme<false>, document("min(expr) - Returns the smallest value of a group.")});
  add({"max", bind_extreme<true>, document("max(expr) - Returns the largest value of a group.")});
  add({"bool_and",
       bind_bool<true>,
       document("bool_and(expr) - Returns whether all values of a group are true."),
       {"every"}});
  add({"bool_or",
       bind_bool<false>,
       document("bool_or(expr) - Returns whether a value of a group is true."),
       {"some", "any"}});
  add({"first",
       bind_position<false>,
       document("first(expr[, ignoreNulls]) - Returns the first value of a group, not NULL if ignoreNulls is true."),
       {"first_value"}});
  add({"any_value", bind_position<false>,
       document("any_value(expr[, ignoreNulls]) - Returns some value of a group, not NULL if ignoreNulls is true.")});
  add({"last",
       bind_position<true>,
       document("last(expr[, ignoreNulls]) - Returns the last value of a group, not NULL if ignoreNulls is true."),
       {"last_value"}});
  add({"max_by", bind_pick<true>, document("max_by(x, y) - Returns the x of the row with the largest y.")});
  add({"min_by", bind_pick<false>, document("min_by(x, y) - Returns the x of the row with the smallest y.")});
  add({"collect_list",
       [](const AggregateInput& input) { return bind_collect(input, false); },
       document("collect_list(expr) - Returns an array of the values of a group that are not NULL."),
       {"array_agg"}});
  add({"collect_set", [](const AggregateInput& input) { return bind_collect(input, true); },
       document("collect_set(expr) - Returns an array of the different values of a group that are not NULL.")});
}

}  // namespace hammerscale::sql
