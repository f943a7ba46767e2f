// Vectors of embeddings: arrays of float.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/functions/array_bytes.hpp"
#include "sql/functions/families.hpp"
#include "sql/functions/object_state.hpp"
#include "sql/functions/registry.hpp"
#include "sql/functions/row_builder.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

namespace {

/// Adds term(i) of all i in groups of eight, as Spark does: float sums depend on the order.
template <typename Term>
float sum_terms(std::size_t size, Term&& term) {
  float sum = 0;
  std::size_t i = 0;
  for (; i + 8 <= size; i += 8) {
    sum += term(i) + term(i + 1) + term(i + 2) + term(i + 3) + term(i + 4) + term(i + 5) + term(i + 6) + term(i + 7);
  }
  for (; i < size; ++i) { sum += term(i); }
  return sum;
}

using Floats = std::span<const float>;

/// The elements of one row; none when one of them is NULL.
std::optional<Floats> floats_at(const Vector& column, std::int32_t row) {
  const ListCell list(column, row);
  const Vector& elements = list.elements();
  if (elements.may_have_nulls()) {
    for (std::int32_t i = list.begin(); i < list.end(); ++i) {
      if (elements.is_null(i)) { return std::nullopt; }
    }
  }
  return Floats(elements.values<float>() + list.begin(), static_cast<std::size_t>(list.size()));
}

[[noreturn]] void fail_dimensions(std::string_view name, std::size_t left, std::size_t right) {
  throw SqlError("VECTOR_DIMENSION_MISMATCH", {{"functionName", quote_identifier(name)},
                                               {"leftDim", std::to_string(left)},
                                               {"rightDim", std::to_string(right)}});
}

float inner_product(Floats a, Floats b) {
  return sum_terms(a.size(), [&](std::size_t i) { return a[i] * b[i]; });
}
std::optional<float> some_inner_product(Floats a, Floats b) { return inner_product(a, b); }

std::optional<float> l2_distance(Floats a, Floats b) {
  const float square = sum_terms(a.size(), [&](std::size_t i) { return (a[i] - b[i]) * (a[i] - b[i]); });
  return static_cast<float>(std::sqrt(static_cast<double>(square)));
}

std::optional<float> cosine_similarity(Floats a, Floats b) {
  const float product = inner_product(a, b);
  // In single precision from the root on, as Spark.
  const double squares = static_cast<double>(inner_product(a, a)) * static_cast<double>(inner_product(b, b));
  if (squares == 0) { return std::nullopt; }
  return product / static_cast<float>(std::sqrt(squares));
}

DataType vector_type() { return DataType::array(TypeId::kFloat); }

void require_vector(const CallInput& input, std::size_t i) {
  const DataType& type = input.types[i];
  if (type.id() != TypeId::kArray || type.element().id() != TypeId::kFloat) {
    fail_argument_type(input, i, "\"ARRAY<FLOAT>\"");
  }
}

/// A number of two vectors of one dimension.
BindFunction of_two_vectors(std::optional<float> (*compute)(Floats, Floats)) {
  return [compute](const CallInput& input) {
    check_num_arguments(input, 2, 2);
    require_vector(input, 0);
    require_vector(input, 1);
    return BoundFunction{
        .type = TypeId::kFloat,
        .nullable = true,
        .argument_types = input.types,
        .can_fail = true,
        .evaluate = [compute, name = std::string(input.name)](const Arguments& arguments, Vector& result) {
          arguments.rows.for_each([&](std::int32_t row) {
            const auto left = static_cast<std::size_t>(ListCell(arguments[0], row).size());
            const auto right = static_cast<std::size_t>(ListCell(arguments[1], row).size());
            if (left != right) { fail_dimensions(name, left, right); }
            const auto a = floats_at(arguments[0], row);
            const auto b = floats_at(arguments[1], row);
            rowwise_detail::write(result, row, a && b ? compute(*a, *b) : std::nullopt);
          });
        }};
  };
}

/// The norm of a degree: 1, 2 or infinity.
float norm(std::string_view name, Floats values, float degree) {
  if (degree == 2.0F) { return static_cast<float>(std::sqrt(static_cast<double>(inner_product(values, values)))); }
  if (degree == 1.0F) {
    return sum_terms(values.size(), [&](std::size_t i) { return std::fabs(values[i]); });
  }
  if (degree == std::numeric_limits<float>::infinity()) {
    float largest = 0;
    for (const float value : values) {
      if (value != value) { return value; }
      largest = std::max(largest, std::fabs(value));
    }
    return largest;
  }
  std::string text;
  append_float(text, degree);
  throw SqlError("INVALID_VECTOR_NORM_DEGREE", {{"functionName", quote_identifier(name)}, {"degree", text}});
}

/// The types of (vector[, degree]).
void check_norm_arguments(const CallInput& input) {
  check_num_arguments(input, 1, 2);
  require_vector(input, 0);
  if (input.types.size() == 2 && input.types[1].id() != TypeId::kFloat) { fail_argument_type(input, 1, "\"FLOAT\""); }
}

float degree_at(const Arguments& arguments, std::int32_t row) {
  return arguments.vectors.size() < 2 ? 2.0F : ColumnReader<float>(arguments[1])[row];
}

BoundFunction bind_norm(const CallInput& input) {
  check_norm_arguments(input);
  return BoundFunction{.type = TypeId::kFloat,
                       .nullable = true,
                       .argument_types = input.types,
                       .can_fail = true,
                       .evaluate = [name = std::string(input.name)](const Arguments& arguments, Vector& result) {
                         arguments.rows.for_each([&](std::int32_t row) {
                           std::optional<float> value;
                           if (const auto values = floats_at(arguments[0], row)) {
                             value = norm(name, *values, degree_at(arguments, row));
                           }
                           rowwise_detail::write(result, row, value);
                         });
                       }};
}

BoundFunction bind_normalize(const CallInput& input) {
  check_norm_arguments(input);
  return BoundFunction{.type = vector_type(),
                       .nullable = true,
                       .argument_types = input.types,
                       .can_fail = true,
                       .evaluate = building_rows([name = std::string(input.name)](
                                                     const Arguments& arguments, std::int32_t row, VectorBuilder& out) {
                         const auto values = floats_at(arguments[0], row);
                         const float length = values ? norm(name, *values, degree_at(arguments, row)) : 0;
                         // A vector without elements is its own unit vector; one of zeros has none.
                         if (!values || (length == 0 && !values->empty())) {
                           out.append_null();
                           return;
                         }
                         for (const float value : *values) { out.child(0).append<float>(value / length); }
                         out.finish_list();
                       })};
}

// ---- vector_sum, vector_avg -----------------------------------------------------------------------------------------

struct VectorTotal {
  std::vector<float> values;  ///< Sum or mean so far.
  std::int64_t num_vectors = 0;

  VectorTotal() = default;
};

template <bool is_mean>
class VectorTotalState final : public ObjectState<VectorTotal> {
 public:
  explicit VectorTotalState(std::string name) : name_(std::move(name)) {}

  void update(const Arguments& arguments, std::byte* const* states) override {
    for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) {
      if (const auto values = floats_at(arguments[0], row)) { add(at(states[i]), *values, 1); }
    });
  }
  void merge(std::byte* into, const std::byte* from) override { add(at(into), at(from).values, at(from).num_vectors); }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) {
      columns[0].append_string(bytes_of(at(state).values));
      columns[1].append<std::int64_t>(at(state).num_vectors);
    }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<StringView> bytes(*columns[0]);
    const ColumnReader<std::int64_t> counts(*columns[1]);
    std::vector<float> values;
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      values.clear();
      append_bytes(values, bytes[row].view());
      add(at(states[i]), values, counts[row]);
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      if (at(state).num_vectors == 0) {
        result.append_null();
        continue;
      }
      for (const float value : at(state).values) { result.child(0).append<float>(value); }
      result.finish_list();
    }
  }

 private:
  void add(VectorTotal& total, Floats values, std::int64_t num_vectors) const {
    if (num_vectors == 0) { return; }
    if (total.num_vectors == 0) {
      total.values.assign(values.begin(), values.end());
      total.num_vectors = num_vectors;
      return;
    }
    if (total.values.size() != values.size()) { fail_dimensions(name_, total.values.size(), values.size()); }
    total.num_vectors += num_vectors;
    if constexpr (is_mean) {
      const float part = static_cast<float>(num_vectors) / static_cast<float>(total.num_vectors);
      for (std::size_t i = 0; i < values.size(); ++i) { total.values[i] += (values[i] - total.values[i]) * part; }
    } else {
      for (std::size_t i = 0; i < values.size(); ++i) { total.values[i] += values[i]; }
    }
  }

  std::string name_;
};

template <bool is_mean>
BoundAggregate bind_vector_total(const AggregateInput& input) {
  check_num_arguments(input, 1, 1);
  require_vector(input, 0);
  BoundAggregate bound;
  bound.type = vector_type();
  bound.argument_types = input.types;
  bound.state_types = {TypeId::kBinary, TypeId::kBigint};
  bound.make_state = [name = std::string(input.name)](EvaluationContext&) {
    return std::make_unique<VectorTotalState<is_mean>>(name);
  };
  return bound;
}

}  // namespace

void add_vector_math_functions(FunctionRegistry& registry) {
  const auto document = [](std::string_view usage, FunctionExample example) {
    return FunctionDocumentation{
        .group = "vector_funcs", .usage = usage, .examples = {std::move(example)}, .since = "4.2.0"};
  };
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage, FunctionExample example) {
    registry.add(
        ScalarFunction{.name = name, .bind = std::move(bind), .documentation = document(usage, std::move(example))});
  };
  add("vector_inner_product", of_two_vectors(some_inner_product),
      "vector_inner_product(a, b) - Returns the inner product of two arrays of float of one size; NULL with a NULL "
      "element.",
      {"SELECT vector_inner_product(array(1.0F, 2.0F, 3.0F), array(4.0F, 5.0F, 6.0F))", {"32.0"}});
  add("vector_l2_distance", of_two_vectors(l2_distance),
      "vector_l2_distance(a, b) - Returns the Euclidean distance of two arrays of float of one size; NULL with a NULL "
      "element.",
      {"SELECT vector_l2_distance(array(1.0F, 2.0F, 3.0F), array(4.0F, 5.0F, 6.0F))", {"5.196152"}});
  add("vector_cosine_similarity", of_two_vectors(cosine_similarity),
      "vector_cosine_similarity(a, b) - Returns the cosine of the angle between two arrays of float of one size; NULL "
      "with a "
      "NULL element and for a vector of zeros.",
      {"SELECT vector_cosine_similarity(array(3.0F, 4.0F), array(3.0F, 4.0F))", {"1.0"}});
  add("vector_norm", bind_norm,
      "vector_norm(vector[, degree]) - Returns the norm of an array of float: Euclidean, or of degree 1.0F, 2.0F or "
      "float('inf').",
      {"SELECT vector_norm(array(3.0F, 4.0F))", {"5.0"}});
  add("vector_normalize", bind_normalize,
      "vector_normalize(vector[, degree]) - Returns an array of float divided by its vector_norm; NULL where that is "
      "0.",
      {"SELECT vector_normalize(array(3.0F, 4.0F))", {"[0.6, 0.8]"}});
  registry.add(AggregateFunction{
      .name = "vector_sum",
      .bind = bind_vector_total<false>,
      .documentation = document(
          "vector_sum(vector) - Returns the sums, element by element, of a group's arrays of float; arrays "
          "with a NULL element are left out.",
          {"SELECT vector_sum(c) FROM VALUES (array(1.0F, 2.0F)), (array(3.0F, 4.0F)) AS t(c)", {"[4.0, 6.0]"}})});
  registry.add(AggregateFunction{
      .name = "vector_avg",
      .bind = bind_vector_total<true>,
      .documentation = document(
          "vector_avg(vector) - Returns the means, element by element, of a group's arrays of float; arrays "
          "with a NULL element are left out.",
          {"SELECT vector_avg(c) FROM VALUES (array(1.0F, 2.0F)), (array(3.0F, 4.0F)) AS t(c)", {"[2.0, 3.0]"}})});
}

}  // namespace hammerscale::sql
