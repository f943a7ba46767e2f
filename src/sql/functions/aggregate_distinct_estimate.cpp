// approx_count_distinct: HyperLogLog++ over xxHash64, answer for answer as Spark.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/hyper_log_log_bias.hpp"
#include "sql/functions/object_state.hpp"
#include "sql/functions/registry.hpp"
#include "sql/functions/spark_hash.hpp"
#include "sql/types/cast.hpp"

namespace hammerscale::sql {

namespace {

/// Up to where linear counting is the better estimate, for precisions 4 to 18: from the paper's appendix.
constexpr double kLinearCountingLimits[] = {10,   20,   40,    80,    220,   400,    900,   1800,
                                            3100, 6500, 11500, 20000, 50000, 120000, 350000};

/// The number of different values seen, estimated from the longest run of zero bits among the hashes of each register.
/// Source: Heule, Nunkesser, Hall: HyperLogLog in Practice, EDBT 2013; without the sparse form.
class DistinctEstimator {
 public:
  /// @param precision  m = 2^precision registers; from 4.
  explicit DistinctEstimator(int precision) : precision_(precision), num_registers_(std::size_t{1} << precision) {}

  [[nodiscard]] std::size_t num_registers() const noexcept { return num_registers_; }

  void add(std::vector<std::uint8_t>& registers, std::uint64_t hash) const noexcept {
    const std::size_t index = hash >> (64 - precision_);
    const std::uint64_t rest = (hash << precision_) | (std::uint64_t{1} << (precision_ - 1));
    const auto rank = static_cast<std::uint8_t>(std::countl_zero(rest) + 1);
    registers[index] = std::max(registers[index], rank);
  }

  [[nodiscard]] std::int64_t estimate(const std::vector<std::uint8_t>& registers) const {
    const auto m = static_cast<double>(num_registers_);
    double inverse_sum = 0;
    double num_zeros = 0;
    for (const std::uint8_t rank : registers) {
      inverse_sum += 1.0 / static_cast<double>(std::uint64_t{1} << rank);
      num_zeros += rank == 0 ? 1 : 0;
    }
    const double raw = alpha() * m * m / inverse_sum;
    double estimate = precision_ < 19 && raw < 5 * m ? raw - bias(raw) : raw;
    if (num_zeros > 0) {
      const double linear = m * std::log(m / num_zeros);
      const bool is_few = (precision_ < 19 && linear <= kLinearCountingLimits[precision_ - 4]) || raw <= 2.5 * m;
      if (is_few) { estimate = linear; }
    }
    return static_cast<std::int64_t>(std::floor(estimate + 0.5));
  }

 private:
  [[nodiscard]] double alpha() const noexcept {
    switch (precision_) {
      case 4: return 0.673;
      case 5: return 0.697;
      case 6: return 0.709;
      default: return 0.7213 / (1 + 1.079 / static_cast<double>(num_registers_));
    }
  }

  /// Mean bias of the six measured estimates nearest to `raw`.
  [[nodiscard]] double bias(double raw) const {
    constexpr std::size_t kNeighbours = 6;
    const HyperLogLogBias table = hyper_log_log_bias(precision_);
    const std::span<const double> estimates = table.estimates;
    const auto nearest =
        static_cast<std::size_t>(std::lower_bound(estimates.begin(), estimates.end(), raw) - estimates.begin());
    const auto distance = [&](std::size_t i) { return (raw - estimates[i]) * (raw - estimates[i]); };
    std::size_t low = nearest + 1 > kNeighbours ? nearest + 1 - kNeighbours : 0;
    std::size_t high = std::min(low + kNeighbours, estimates.size());
    while (high < estimates.size() && distance(high) < distance(low)) {
      ++low;
      ++high;
    }
    double sum = 0;
    for (std::size_t i = low; i < high; ++i) { sum += table.biases[i]; }
    return sum / static_cast<double>(high - low);
  }

  int precision_;
  std::size_t num_registers_;
};

using Registers = std::vector<std::uint8_t>;

class DistinctEstimateState final : public ObjectState<std::unique_ptr<Registers>> {
 public:
  explicit DistinctEstimateState(int precision) : estimator_(precision) {}

  void update(const Arguments& arguments, std::byte* const* states) override {
    const Vector& column = arguments[0];
    for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) {
      estimator_.add(registers(states[i]), static_cast<std::uint64_t>(hash(column, row)));
    });
  }
  void merge(std::byte* into, const std::byte* from) override {
    if (at(from)) { combine(registers(into), {reinterpret_cast<const char*>(at(from)->data()), at(from)->size()}); }
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) {
      const auto* known = at(state).get();
      columns[0].append_string(known == nullptr
                                   ? std::string_view()
                                   : std::string_view(reinterpret_cast<const char*>(known->data()), known->size()));
    }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<StringView> exported(*columns[0]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      if (!exported[row].empty()) { combine(registers(states[i]), exported[row].view()); }
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) { result.append<std::int64_t>(at(state) ? estimator_.estimate(*at(state)) : 0); }
  }

 private:
  Registers& registers(std::byte* state) const {
    if (!at(state)) { at(state) = std::make_unique<Registers>(estimator_.num_registers()); }
    return *at(state);
  }
  static void combine(Registers& registers, std::string_view other) {
    for (std::size_t i = 0; i < registers.size() && i < other.size(); ++i) {
      registers[i] = std::max(registers[i], static_cast<std::uint8_t>(other[i]));
    }
  }
  /// Zeros are one value, and so are NaNs.
  std::int64_t hash(const Vector& column, std::int32_t row) {
    constexpr std::int64_t kSeed = 42;
    if (column.type().id() == TypeId::kDouble) { return hash_normalised<double>(column, row, kSeed); }
    if (column.type().id() == TypeId::kFloat) { return hash_normalised<float>(column, row, kSeed); }
    return xxhash64_cell(column, row, kSeed);
  }
  template <typename T>
  static std::int64_t hash_normalised(const Vector& column, std::int32_t row, std::int64_t seed) {
    const T value = ColumnReader<T>(column)[row];
    const T normalised = value != value ? std::numeric_limits<T>::quiet_NaN() : value + T{0};
    const Vector one = Vector::wrap(column.type(), 1, &normalised, nullptr, {}, nullptr);
    return xxhash64_cell(one, 0, seed);
  }

  DistinctEstimator estimator_;
};

BoundAggregate bind_approx_count_distinct(const AggregateInput& input) {
  check_num_arguments(input, 1, 2);
  double deviation = 0.05;
  if (input.types.size() == 2) {
    const Value* constant = input.constants[1];
    const bool is_number =
        constant != nullptr && !constant->is_null() && (input.types[1].is_fractional() || input.types[1].is_decimal());
    if (!is_number) { throw SqlError("_LEGACY_ERROR_TEMP_1104", {}, input.origin); }
    deviation = cast_value(*constant, input.types[1], TypeId::kDouble, CastMode::kAnsi, *input.context, input.origin)
                    .as_double();
  }
  // The relative standard deviation of m registers is 1.106 / sqrt(m).
  const double precision = std::ceil(2.0 * std::log(1.106 / deviation) / std::log(2.0));
  // More than 2^24 registers would be 16 MiB a group.
  if (!(precision >= 4 && precision <= 24)) {
    throw SqlError("FAILED_FUNCTION_CALL", {{"funcName", quote_identifier(input.name)}}, input.origin);
  }
  BoundAggregate bound;
  bound.type = TypeId::kBigint;
  bound.nullable = false;
  bound.argument_types = input.types;
  bound.state_types = {TypeId::kBinary};
  bound.ignores_distinct = true;
  bound.make_state = [precision = static_cast<int>(precision)](EvaluationContext&) {
    return std::make_unique<DistinctEstimateState>(precision);
  };
  return bound;
}

}  // namespace

void add_distinct_estimate_aggregates(FunctionRegistry& registry) {
  registry.add(AggregateFunction{
      .name = "approx_count_distinct",
      .bind = bind_approx_count_distinct,
      .documentation = {
          .group = "agg_funcs",
          .usage =
              "approx_count_distinct(expr[, relativeSD]) - Returns about how many different values a group has; the "
              "estimate's relative standard deviation is at most relativeSD (0.05 unless given).",
          .examples = {{"SELECT approx_count_distinct(c) FROM VALUES (1), (1), (2), (2), (3) AS t(c)", {"3"}}},
          .since = "1.6.0"}});
}

}  // namespace hammerscale::sql
