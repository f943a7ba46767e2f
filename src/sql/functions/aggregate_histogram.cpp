// histogram_numeric: bins that follow the data.
#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sql/functions/array_bytes.hpp"
#include "sql/functions/families.hpp"
#include "sql/functions/java_random.hpp"
#include "sql/functions/object_state.hpp"
#include "sql/functions/percentages.hpp"
#include "sql/functions/registry.hpp"
#include "sql/types/cast.hpp"

namespace hammerscale::sql {

namespace {

struct Bin {
  double x = 0;  ///< Mean of its values.
  double y = 0;  ///< How many.
};

/// Source: Ben-Haim and Tom-Tov, A Streaming Parallel Decision Tree Algorithm, JMLR 11, 2010, Algorithms 1 and 2. Ties
/// between nearest neighbours are broken by random numbers of a fixed seed, Hive's, so that results repeat.
struct Histogram {
  std::vector<Bin> bins;  ///< Ascending x.
  JavaRandom random = JavaRandom::congruential(31183);

  Histogram() = default;
  void add(double value, std::size_t most_bins) {
    std::size_t bin = 0;
    for (std::size_t left = 0, right = bins.size(); left < right;) {
      bin = (left + right) / 2;
      if (bins[bin].x > value) {
        right = bin;
      } else if (bins[bin].x < value) {
        left = ++bin;
      } else {
        break;
      }
    }
    if (bin < bins.size() && bins[bin].x == value) {
      ++bins[bin].y;
    } else {
      bins.insert(bins.begin() + static_cast<std::ptrdiff_t>(bin), {value, 1});
      trim(most_bins);
    }
  }

  void merge(const std::vector<Bin>& other, std::size_t most_bins) {
    bins.insert(bins.end(), other.begin(), other.end());
    std::stable_sort(bins.begin(), bins.end(), [](const Bin& a, const Bin& b) { return a.x < b.x; });
    trim(most_bins);
  }

 private:
  /// Joins the two nearest bins until there are few enough.
  void trim(std::size_t most_bins) {
    while (bins.size() > most_bins) {
      double smallest = bins[1].x - bins[0].x;
      std::size_t at = 0;
      int num_smallest = 1;
      for (std::size_t i = 1; i + 1 < bins.size(); ++i) {
        const double difference = bins[i + 1].x - bins[i].x;
        if (difference < smallest) {
          smallest = difference;
          at = i;
          num_smallest = 1;
        } else if (difference == smallest && random.next_double() <= 1.0 / ++num_smallest) {
          at = i;
        }
      }
      const double total = bins[at].y + bins[at + 1].y;
      bins[at].x *= bins[at].y / total;
      bins[at].x += bins[at + 1].x / total * bins[at + 1].y;
      bins[at].y = total;
      bins.erase(bins.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
  }
};

class HistogramState final : public ObjectState<std::unique_ptr<Histogram>> {
 public:
  HistogramState(std::size_t most_bins, DataType type, EvaluationContext& context)
      : most_bins_(most_bins), type_(std::move(type)), context_(context) {}

  void update(const Arguments& arguments, std::byte* const* states) override {
    switch (arguments[0].type().physical()) {
      case PhysicalType::kInt32: add_rows<std::int32_t>(arguments, states); break;
      case PhysicalType::kInt64: add_rows<std::int64_t>(arguments, states); break;
      default: add_rows<double>(arguments, states); break;
    }
  }
  void merge(std::byte* into, const std::byte* from) override {
    if (at(from)) { histogram(into).merge(at(from)->bins, most_bins_); }
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) {
      columns[0].append_string(at(state) ? bytes_of(at(state)->bins) : std::string_view());
    }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<StringView> exported(*columns[0]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      if (exported[row].empty()) { return; }
      std::vector<Bin> bins;
      append_bytes(bins, exported[row].view());
      histogram(states[i]).merge(bins, most_bins_);
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      if (!at(state)) {
        result.append_null();
        continue;
      }
      VectorBuilder& bins = result.child(0);
      for (const Bin& bin : at(state)->bins) {
        append_centre(bin.x, bins.child(0));
        bins.child(1).append<double>(bin.y);
        bins.finish_struct();
      }
      result.finish_list();
    }
  }

 private:
  static Histogram& histogram(std::byte* state) {
    if (!at(state)) { at(state) = std::make_unique<Histogram>(); }
    return *at(state);
  }
  template <typename T>
  void add_rows(const Arguments& arguments, std::byte* const* states) {
    const ColumnReader<T> values(arguments[0]);
    for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) {
      histogram(states[i]).add(static_cast<double>(values[row]), most_bins_);
    });
  }
  void append_centre(double x, VectorBuilder& centres) const {
    switch (type_.physical()) {
      case PhysicalType::kInt8: centres.append<std::int8_t>(static_cast<std::int8_t>(x)); return;
      case PhysicalType::kInt16: centres.append<std::int16_t>(static_cast<std::int16_t>(x)); return;
      case PhysicalType::kInt32: centres.append<std::int32_t>(static_cast<std::int32_t>(x)); return;
      case PhysicalType::kFloat: centres.append<float>(static_cast<float>(x)); return;
      case PhysicalType::kDouble: centres.append<double>(x); return;
      default: break;
    }
    if (type_.is_decimal()) {
      centres.append_value(cast_value(Value(x), TypeId::kDouble, type_, CastMode::kTry, context_));
    } else {
      centres.append<std::int64_t>(static_cast<std::int64_t>(x));
    }
  }

  std::size_t most_bins_;
  DataType type_;
  EvaluationContext& context_;
};

BoundAggregate bind_histogram(const AggregateInput& input) {
  check_num_arguments(input, 2, 2);
  DataType type = input.types[0];
  DataType argument = type;
  if (type.is_null() || type.is_string()) {
    type = argument = TypeId::kDouble;
  } else if (type.is_numeric()) {
    argument = TypeId::kDouble;
  } else if (!type.is_datetime() && !type.is_ansi_interval()) {
    fail_argument_type(
        input, 0,
        "(\"NUMERIC\" or \"DATE\" or \"TIMESTAMP\" or \"TIMESTAMP_NTZ\" or \"INTERVAL YEAR TO MONTH\" or "
        "\"INTERVAL DAY TO SECOND\")");
  }
  expect_argument(input, 1, TypeId::kInt);
  const Value& constant = expect_constant(input, 1, "nb");
  if (constant.is_null()) { fail_null_argument(input, "nb"); }
  const auto most_bins =
      cast_value(constant, input.types[1], TypeId::kInt, CastMode::kAnsi, *input.context, input.origin).as_int64();
  if (most_bins < 2) { fail_out_of_range(input, "nb", "[2, 2147483647]", std::to_string(most_bins)); }
  BoundAggregate bound;
  bound.type =
      DataType::array(DataType::structure({{.name = "x", .type = type}, {.name = "y", .type = TypeId::kDouble}}));
  bound.argument_types = {argument, input.types[1]};
  bound.state_types = {TypeId::kBinary};
  bound.make_state = [most_bins, type](EvaluationContext& context) {
    return std::make_unique<HistogramState>(static_cast<std::size_t>(most_bins), type, context);
  };
  return bound;
}

}  // namespace

void add_histogram_aggregates(FunctionRegistry& registry) {
  registry.add(AggregateFunction{
      .name = "histogram_numeric",
      .bind = bind_histogram,
      .documentation = {
          .group = "agg_funcs",
          .usage =
              "histogram_numeric(expr, nb) - Returns a histogram of up to nb bins of uneven width, as structs of a "
              "bin's centre x and the number y of values near it.",
          .examples = {{"SELECT histogram_numeric(c, 3) FROM VALUES (0), (1), (2), (10), (11), (5) AS t(c)",
                        {"[{1, 3.0}, {5, 1.0}, {10, 2.0}]"}}},
          .since = "3.3.0"}});
}

}  // namespace hammerscale::sql
