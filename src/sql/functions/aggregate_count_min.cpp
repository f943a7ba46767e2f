// count_min_sketch: how often values occur, in a table of counters; bytes as Spark writes them.
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/functions/array_bytes.hpp"
#include "sql/functions/families.hpp"
#include "sql/functions/java_random.hpp"
#include "sql/functions/object_state.hpp"
#include "sql/functions/percentages.hpp"
#include "sql/functions/registry.hpp"
#include "sql/functions/spark_hash.hpp"
#include "sql/types/cast.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

namespace {

struct SketchShape {
  std::int32_t depth = 0;             ///< Rows of counters, each with a hash function of its own.
  std::int32_t width = 0;             ///< Counters of a row.
  std::vector<std::int64_t> factors;  ///< Of the hash functions of whole numbers.
};

/// The counters, row by row, and the number of values behind them.
using Counters = std::vector<std::int64_t>;

void append_big_endian(std::string& bytes, std::uint64_t value, int num_bytes) {
  for (int shift = 8 * (num_bytes - 1); shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<char>((value >> shift) & 0xFF));
  }
}

/// Source: Cormode and Muthukrishnan, An Improved Data Stream Summary: The Count-Min Sketch, J. Algorithms 55(1), 2005.
class CountMinState final : public ObjectState<std::unique_ptr<Counters>> {
 public:
  CountMinState(SketchShape shape, DataType type) : shape_(std::move(shape)), type_(std::move(type)) {}

  void update(const Arguments& arguments, std::byte* const* states) override {
    const Vector& column = arguments[0];
    switch (type_.physical()) {
      case PhysicalType::kInt8: add_integers<std::int8_t>(column, arguments.rows, states); break;
      case PhysicalType::kInt16: add_integers<std::int16_t>(column, arguments.rows, states); break;
      case PhysicalType::kInt32: add_integers<std::int32_t>(column, arguments.rows, states); break;
      case PhysicalType::kInt64: add_integers<std::int64_t>(column, arguments.rows, states); break;
      default: add_bytes(column, arguments.rows, states); break;
    }
  }
  void merge(std::byte* into, const std::byte* from) override {
    if (at(from)) { add(counters(into), *at(from)); }
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) { columns[0].append_string(at(state) ? bytes_of(*at(state)) : std::string_view()); }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<StringView> exported(*columns[0]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      if (exported[row].empty()) { return; }
      Counters other;
      append_bytes(other, exported[row].view());
      add(counters(states[i]), other);
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      result.append_string(to_bytes(at(state) ? *at(state) : Counters(num_counters())));
    }
  }

 private:
  /// One behind the table counts all values.
  [[nodiscard]] std::size_t num_counters() const {
    return static_cast<std::size_t>(shape_.depth) * static_cast<std::size_t>(shape_.width) + 1;
  }
  Counters& counters(std::byte* state) const {
    if (!at(state)) { at(state) = std::make_unique<Counters>(num_counters()); }
    return *at(state);
  }
  static void add(Counters& into, const Counters& other) {
    for (std::size_t i = 0; i < into.size() && i < other.size(); ++i) { into[i] += other[i]; }
  }
  void count(Counters& counters, std::int32_t level, std::int32_t column) const {
    ++counters[static_cast<std::size_t>(level) * static_cast<std::size_t>(shape_.width) +
               static_cast<std::size_t>(column)];
  }

  template <typename T>
  void add_integers(const Vector& column, RowSet rows, std::byte* const* states) {
    const ColumnReader<T> values(column);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      Counters& known = counters(states[i]);
      const auto value = static_cast<std::uint64_t>(static_cast<std::int64_t>(values[row]));
      for (std::int32_t level = 0; level < shape_.depth; ++level) {
        // Modulo the Mersenne prime 2^31 - 1, nearly.
        std::uint64_t hash = static_cast<std::uint64_t>(shape_.factors[static_cast<std::size_t>(level)]) * value;
        hash += static_cast<std::uint64_t>(static_cast<std::int64_t>(hash) >> 32);
        count(known, level, static_cast<std::int32_t>(hash & 0x7FFFFFFFU) % shape_.width);
      }
      ++known.back();
    });
  }
  void add_bytes(const Vector& column, RowSet rows, std::byte* const* states) {
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      Counters& known = counters(states[i]);
      const auto first = static_cast<std::uint32_t>(murmur3_cell(column, row, 0));
      const auto second = static_cast<std::uint32_t>(murmur3_cell(column, row, static_cast<std::int32_t>(first)));
      for (std::int32_t level = 0; level < shape_.depth; ++level) {
        const auto hash = static_cast<std::int32_t>(first + static_cast<std::uint32_t>(level) * second) % shape_.width;
        count(known, level, hash < 0 ? -hash : hash);
      }
      ++known.back();
    });
  }

  [[nodiscard]] std::string to_bytes(const Counters& counters) const {
    constexpr std::uint64_t kVersion = 1;
    std::string bytes;
    append_big_endian(bytes, kVersion, 4);
    append_big_endian(bytes, static_cast<std::uint64_t>(counters.back()), 8);
    append_big_endian(bytes, static_cast<std::uint64_t>(shape_.depth), 4);
    append_big_endian(bytes, static_cast<std::uint64_t>(shape_.width), 4);
    for (const std::int64_t factor : shape_.factors) {
      append_big_endian(bytes, static_cast<std::uint64_t>(factor), 8);
    }
    for (std::size_t i = 0; i + 1 < counters.size(); ++i) {
      append_big_endian(bytes, static_cast<std::uint64_t>(counters[i]), 8);
    }
    return bytes;
  }

  SketchShape shape_;
  DataType type_;
};

double expect_double(const CallInput& input, std::size_t i, const char* name) {
  const Value& constant = expect_constant(input, i, name);
  if (constant.is_null()) { fail_null_argument(input, name); }
  return cast_value(constant, input.types[i], TypeId::kDouble, CastMode::kAnsi, *input.context, input.origin)
      .as_double();
}

std::string double_sql(double value) {
  std::string text;
  append_double(text, value);
  return text + "D";
}

BoundAggregate bind_count_min(const AggregateInput& input) {
  check_num_arguments(input, 4, 4);
  const DataType& type = input.types[0];
  if (!type.is_integral() && !type.is_string() && type.id() != TypeId::kBinary) {
    fail_argument_type(input, 0, "(\"INTEGRAL\" or \"STRING\" or \"BINARY\")");
  }
  const double eps = expect_double(input, 1, "eps");
  const double confidence = expect_double(input, 2, "confidence");
  const Value& seed_constant = expect_constant(input, 3, "seed");
  if (seed_constant.is_null()) { fail_null_argument(input, "seed"); }
  if (!(eps > 0)) { fail_out_of_range(input, "eps", "(0.0, 1.7976931348623157E308]", double_sql(eps)); }
  if (!(confidence > 0 && confidence <= 1)) {
    fail_out_of_range(input, "confidence", "(0.0, 1.0]", double_sql(confidence));
  }
  const auto seed =
      cast_value(seed_constant, input.types[3], TypeId::kInt, CastMode::kAnsi, *input.context, input.origin).as_int64();

  const double width = std::ceil(2 / eps);
  const double depth = std::ceil(-std::log1p(-confidence) / std::log(2.0));
  constexpr double kMostCounters = 1 << 28;
  if (!(width >= 1 && depth >= 1 && width * depth <= kMostCounters)) {
    throw SqlError("FAILED_FUNCTION_CALL", {{"funcName", quote_identifier(input.name)}}, input.origin);
  }
  SketchShape shape;
  shape.width = static_cast<std::int32_t>(width);
  shape.depth = static_cast<std::int32_t>(depth);
  JavaRandom random = JavaRandom::congruential(seed);
  for (std::int32_t i = 0; i < shape.depth; ++i) {
    shape.factors.push_back(random.next_int(std::numeric_limits<std::int32_t>::max()));
  }
  BoundAggregate bound;
  bound.type = TypeId::kBinary;
  bound.nullable = false;
  bound.argument_types = input.types;
  bound.state_types = {TypeId::kBinary};
  bound.make_state = [shape = std::move(shape), type](EvaluationContext&) {
    return std::make_unique<CountMinState>(shape, type);
  };
  return bound;
}

}  // namespace

void add_count_min_aggregates(FunctionRegistry& registry) {
  registry.add(AggregateFunction{
      .name = "count_min_sketch",
      .bind = bind_count_min,
      .documentation = {
          .group = "agg_funcs",
          .usage = "count_min_sketch(expr, eps, confidence, seed) - Returns the bytes of a sketch that tells how often "
                   "a value "
                   "occurs: too often by eps times the number of values at most, with the confidence given.",
          .examples = {{"SELECT hex(count_min_sketch(c, 0.5d, 0.5d, 1)) FROM VALUES (1), (2), (1) AS t(c)",
                        {"0000000100000000000000030000000100000004000000005D8D6AB90000000000000000000000000000000200000"
                         "00000000001"
                         "0000000000000000"}}},
          .since = "2.2.0"}});
}

}  // namespace hammerscale::sql
