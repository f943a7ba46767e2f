// bit_and, bit_or and bit_xor.
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "sql/functions/families.hpp"
#include "sql/functions/object_state.hpp"
#include "sql/functions/registry.hpp"

namespace hammerscale::sql {

namespace {

struct Bits {
  std::int64_t bits = 0;  ///< Sign-extended.
  bool is_set = false;
};

enum class BitOperation : std::uint8_t { kAnd, kOr, kXor };

template <typename T, BitOperation operation>
class BitState final : public ObjectState<Bits> {
 public:
  void update(const Arguments& arguments, std::byte* const* states) override {
    const ColumnReader<T> values(arguments[0]);
    for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) { add(at(states[i]), values[row]); });
  }
  void update_one(const Arguments& arguments, std::byte* state) override {
    const ColumnReader<T> values(arguments[0]);
    Bits bits = at(state);
    arguments.rows.for_each([&](std::int32_t row) { add(bits, values[row]); });
    at(state) = bits;
  }
  void merge(std::byte* into, const std::byte* from) override {
    if (at(from).is_set) { add(at(into), at(from).bits); }
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    finalize(states, columns[0]);
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<T> values(*columns[0]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      if (!values.is_null(row)) { add(at(states[i]), values[row]); }
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      if (at(state).is_set) {
        result.append<T>(static_cast<T>(at(state).bits));
      } else {
        result.append_null();
      }
    }
  }

 private:
  static void add(Bits& bits, std::int64_t value) {
    if (!bits.is_set) {
      bits = {value, true};
    } else if constexpr (operation == BitOperation::kAnd) {
      bits.bits &= value;
    } else if constexpr (operation == BitOperation::kOr) {
      bits.bits |= value;
    } else {
      bits.bits ^= value;
    }
  }
};

template <BitOperation operation>
BoundAggregate bind_bits(const AggregateInput& input) {
  check_num_arguments(input, 1, 1);
  DataType type = input.types[0];
  if (type.is_null()) { type = TypeId::kBigint; }
  if (!type.is_integral()) { fail_argument_type(input, 0, "\"INTEGRAL\""); }
  BoundAggregate bound;
  bound.type = type;
  bound.argument_types = {type};
  bound.state_types = {type};
  bound.ignores_distinct = operation != BitOperation::kXor;
  bound.make_state = [id = type.id()](EvaluationContext&) -> std::unique_ptr<AggregateState> {
    switch (id) {
      case TypeId::kTinyint: return std::make_unique<BitState<std::int8_t, operation>>();
      case TypeId::kSmallint: return std::make_unique<BitState<std::int16_t, operation>>();
      case TypeId::kInt: return std::make_unique<BitState<std::int32_t, operation>>();
      default: return std::make_unique<BitState<std::int64_t, operation>>();
    }
  };
  return bound;
}

}  // namespace

void add_bit_aggregates(FunctionRegistry& registry) {
  registry.add(AggregateFunction{
      .name = "bit_and",
      .bind = bind_bits<BitOperation::kAnd>,
      .documentation = {
          .group = "agg_funcs",
          .usage = "bit_and(expr) - Returns the bits that all integers of a group have; NULL without any.",
          .examples = {{"SELECT bit_and(c) FROM VALUES (3), (5) AS t(c)", {"1"}}},
          .since = "3.0.0"}});
  registry.add(AggregateFunction{
      .name = "bit_or",
      .bind = bind_bits<BitOperation::kOr>,
      .documentation = {.group = "agg_funcs",
                        .usage = "bit_or(expr) - Returns the bits that some integer of a group has; NULL without any.",
                        .examples = {{"SELECT bit_or(c) FROM VALUES (3), (5) AS t(c)", {"7"}}},
                        .since = "3.0.0"}});
  registry.add(AggregateFunction{
      .name = "bit_xor",
      .bind = bind_bits<BitOperation::kXor>,
      .documentation = {
          .group = "agg_funcs",
          .usage = "bit_xor(expr) - Returns the bits that an odd number of a group's integers have; NULL without any.",
          .examples = {{"SELECT bit_xor(c) FROM VALUES (3), (5) AS t(c)", {"6"}}},
          .since = "3.0.0"}});
}

}  // namespace hammerscale::sql
