// listagg: texts of a group behind one another.
#include <algorithm>
#include <cstring>
#include <memory>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sql/exec/cell_codec.hpp"
#include "sql/functions/families.hpp"
#include "sql/functions/object_state.hpp"
#include "sql/functions/registry.hpp"
#include "sql/types/cast.hpp"
#include "sql/vector/vector_compare.hpp"

namespace hammerscale::sql {

namespace {

struct OrderKey {
  DataType type;
  bool is_ascending = true;
  bool nulls_first = true;
};

struct ListCall {
  std::string delimiter;
  DataType type;  ///< string or binary.
  std::size_t num_arguments = 1;
  std::vector<OrderKey> order;  ///< WITHIN GROUP's keys; their values are the arguments behind the others.
};

struct Listed {
  std::string cells;  ///< encode_cell of the text and of each key, row by row.
  std::int64_t num_rows = 0;
};

class ListState final : public ObjectState<Listed> {
 public:
  ListState(ListCall call, VectorMemory memory) : call_(std::move(call)), memory_(std::move(memory)) {}

  void update(const Arguments& arguments, std::byte* const* states) override {
    for_each_numbered(arguments.rows, [&](std::int32_t row, std::int32_t i) {
      if (arguments[0].is_null(row)) { return; }
      Listed& listed = at(states[i]);
      encode_cell(arguments[0], row, CellForm::kExact, listed.cells);
      for (std::size_t k = 0; k < call_.order.size(); ++k) {
        encode_cell(arguments[call_.num_arguments + k], row, CellForm::kExact, listed.cells);
      }
      ++listed.num_rows;
    });
  }
  void merge(std::byte* into, const std::byte* from) override {
    at(into).cells += at(from).cells;
    at(into).num_rows += at(from).num_rows;
  }
  void export_states(std::span<std::byte* const> states, std::vector<VectorBuilder>& columns) const override {
    for (std::byte* state : states) {
      columns[0].append_string(at(state).cells);
      columns[1].append<std::int64_t>(at(state).num_rows);
    }
  }
  void merge_exported(std::span<const Vector* const> columns, RowSet rows, std::byte* const* states) override {
    const ColumnReader<StringView> cells(*columns[0]);
    const ColumnReader<std::int64_t> counts(*columns[1]);
    for_each_numbered(rows, [&](std::int32_t row, std::int32_t i) {
      at(states[i]).cells += cells[row].view();
      at(states[i]).num_rows += counts[row];
    });
  }
  void finalize(std::span<std::byte* const> states, VectorBuilder& result) const override {
    for (std::byte* state : states) {
      if (at(state).num_rows == 0) {
        result.append_null();
      } else {
        result.append_string(join(at(state)));
      }
    }
  }

 private:
  [[nodiscard]] std::string join(const Listed& listed) const {
    std::vector<VectorBuilder> builders;
    builders.emplace_back(call_.type, memory_);
    for (const OrderKey& key : call_.order) { builders.emplace_back(key.type, memory_); }
    std::span<const std::byte> rest = std::as_bytes(std::span(listed.cells));
    for (std::int64_t i = 0; i < listed.num_rows; ++i) {
      for (VectorBuilder& builder : builders) { rest = rest.subspan(decode_cell(rest, builder.type(), builder)); }
    }
    std::vector<Vector> columns;
    for (VectorBuilder& builder : builders) { columns.push_back(builder.finish()); }

    std::vector<std::int32_t> order(static_cast<std::size_t>(listed.num_rows));
    std::iota(order.begin(), order.end(), 0);
    if (!call_.order.empty()) {
      std::stable_sort(order.begin(), order.end(),
                       [&](std::int32_t a, std::int32_t b) { return is_before(columns, a, b); });
    }
    const ColumnReader<StringView> texts(columns[0]);
    std::string joined;
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i > 0) { joined += call_.delimiter; }
      joined += texts[order[i]].view();
    }
    return joined;
  }

  [[nodiscard]] bool is_before(const std::vector<Vector>& columns, std::int32_t a, std::int32_t b) const {
    for (std::size_t k = 0; k < call_.order.size(); ++k) {
      const OrderKey& key = call_.order[k];
      const Vector& column = columns[k + 1];
      const bool is_null_a = column.is_null(a);
      const bool is_null_b = column.is_null(b);
      if (is_null_a || is_null_b) {
        if (is_null_a == is_null_b) { continue; }
        return is_null_a == key.nulls_first;
      }
      const int sign = compare_cells(column, a, column, b);
      if (sign != 0) { return key.is_ascending ? sign < 0 : sign > 0; }
    }
    return false;
  }

  ListCall call_;
  VectorMemory memory_;
};

BoundAggregate bind_listagg(const AggregateInput& input) {
  check_num_arguments(input, 1, 2);
  ListCall call;
  call.num_arguments = input.types.size();
  const DataType& type = input.types[0];
  if (type.id() == TypeId::kBinary || type.is_string()) {
    call.type = type;
  } else if (type.is_null()) {
    call.type = DataType::string();
  } else {
    const auto cast = implicit_cast(type, TypeClass::kString);
    if (!cast) { fail_argument_type(input, 0, "(\"STRING\" or \"BINARY\")"); }
    call.type = *cast;
  }
  // varchar(n) values are joined to a string of any length.
  if (call.type.is_string()) { call.type = DataType::string(call.type.collation()); }
  BoundAggregate bound;
  bound.argument_types = {call.type};
  if (input.types.size() == 2) {
    const Value& delimiter = expect_constant(input, 1, "delimiter");
    if (!delimiter.is_null()) {
      if (!input.types[1].is_string() && input.types[1].id() != TypeId::kBinary) {
        fail_argument_type(input, 1, "\"" + call.type.to_sql() + "\"");
      }
      call.delimiter = delimiter.as_string();
    }
    bound.argument_types.push_back(input.types[1]);
  }
  for (std::size_t i = 0; i < input.within_group.size(); ++i) {
    const bool is_ascending = i >= input.within_group_ascending.size() || input.within_group_ascending[i];
    const bool nulls_first =
        i < input.within_group_nulls_first.size() ? input.within_group_nulls_first[i] : is_ascending;
    call.order.push_back({input.within_group[i], is_ascending, nulls_first});
    bound.argument_types.push_back(input.within_group[i]);
  }
  bound.type = call.type;
  bound.state_types = {TypeId::kBinary, TypeId::kBigint};
  bound.skips_nulls = false;  // A key may be NULL.
  bound.depends_on_order = true;
  bound.make_state = [call = std::move(call)](EvaluationContext& context) {
    return std::make_unique<ListState>(call, context.memory);
  };
  return bound;
}

}  // namespace

void add_text_aggregates(FunctionRegistry& registry) {
  registry.add(AggregateFunction{
      .name = "listagg",
      .bind = bind_listagg,
      .documentation =
          {.group = "agg_funcs",
           .usage =
               "listagg(expr[, delimiter]) [WITHIN GROUP (ORDER BY key[, ...])] - Returns the texts of a group that "
               "are "
               "not NULL behind one another, the delimiter between them, in the order asked for; NULL without any.",
           .examples =
               {{"SELECT listagg(c, ', ') FROM VALUES ('a'), ('b'), ('c') AS t(c)", {"a, b, c"}},
                {"SELECT listagg(DISTINCT c, '|') WITHIN GROUP (ORDER BY c) FROM VALUES ('b'), ('a'), ('b') AS t(c)",
                 {"a|b"}}},
           .since = "4.0.0"},
      .aliases = {"string_agg"},
      .takes_within_group = true});
}

}  // namespace hammerscale::sql
