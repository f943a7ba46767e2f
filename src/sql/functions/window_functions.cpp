// row_number, rank, dense_rank, percent_rank, cume_dist, ntile, lag, lead, nth_value.
#include <algorithm>
#include <string>
#include <utility>

#include "sql/functions/families.hpp"
#include "sql/functions/registry.hpp"
#include "sql/functions/signature.hpp"
#include "sql/types/coercion.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

namespace {

using EvaluateWindow = std::function<void(const WindowPartition& partition, VectorBuilder& result)>;

/// A function of a row's place alone.
std::function<BoundWindowFunction(const CallInput&)> ranking(DataType type, EvaluateWindow evaluate) {
  return [type = std::move(type), evaluate = std::move(evaluate)](const CallInput& input) {
    // rank() and its like take the order's columns as arguments in some dialects of plans: they are not looked at.
    BoundWindowFunction bound;
    bound.type = type;
    bound.nullable = false;
    bound.argument_types = input.types;
    bound.evaluate = evaluate;
    return bound;
  };
}

void row_number(const WindowPartition& partition, VectorBuilder& result) {
  for (std::int32_t row = 0; row < partition.num_rows; ++row) { result.append<std::int32_t>(row + 1); }
}

void rank(const WindowPartition& partition, VectorBuilder& result) {
  for (const std::int32_t start : partition.peer_group_start) { result.append<std::int32_t>(start + 1); }
}

void dense_rank(const WindowPartition& partition, VectorBuilder& result) {
  std::int32_t groups = 0;
  for (std::int32_t row = 0; row < partition.num_rows; ++row) {
    if (partition.peer_group_start[static_cast<std::size_t>(row)] == row) { ++groups; }
    result.append<std::int32_t>(groups);
  }
}

void percent_rank(const WindowPartition& partition, VectorBuilder& result) {
  const double others = partition.num_rows - 1;
  for (const std::int32_t start : partition.peer_group_start) {
    result.append<double>(others > 0 ? start / others : 0.0);
  }
}

void cume_dist(const WindowPartition& partition, VectorBuilder& result) {
  for (const std::int32_t end : partition.peer_group_end) {
    result.append<double>(static_cast<double>(end) / partition.num_rows);
  }
}

BoundWindowFunction bind_ntile(const CallInput& input) {
  check_num_arguments(input, 0, 1);
  std::int64_t num_buckets = 1;
  if (!input.types.empty()) {
    if (!input.types[0].is_integral()) { fail_argument_type(input, 0, "\"INT\""); }
    const Value& buckets = expect_constant(input, 0, "buckets");
    num_buckets = buckets.is_null() ? 0 : buckets.as_int64();
  }
  if (num_buckets <= 0) {
    throw SqlError("DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"exprName", "buckets"},
                    {"valueRange", "(0, 2147483647]"},
                    {"currentValue", std::to_string(num_buckets) + "L"}},
                   input.origin);
  }
  BoundWindowFunction bound;
  bound.type = TypeId::kInt;
  bound.nullable = false;
  bound.argument_types = input.types;
  bound.evaluate = [num_buckets](const WindowPartition& partition, VectorBuilder& result) {
    // The first `rest` buckets have one row more than the others.
    const std::int64_t size = partition.num_rows / num_buckets;
    const std::int64_t rest = partition.num_rows % num_buckets;
    for (std::int64_t row = 0; row < partition.num_rows; ++row) {
      const std::int64_t in_large = rest * (size + 1);
      const std::int64_t bucket = row < in_large ? row / (size + 1) : rest + (row - in_large) / size;
      result.append<std::int32_t>(static_cast<std::int32_t>(bucket + 1));
    }
  };
  return bound;
}

/// lag and lead: (value[, offset[, default]]). `sign` is -1 for lag.
BoundWindowFunction bind_offset(const CallInput& input, std::int64_t sign) {
  check_num_arguments(input, 1, 3);
  std::int64_t offset = 1;
  if (input.types.size() > 1) {
    if (!input.types[1].is_integral()) { fail_argument_type(input, 1, "\"INT\""); }
    const Value& value = expect_constant(input, 1, "offset");
    offset = value.is_null() ? 0 : value.as_int64();
  }
  BoundWindowFunction bound;
  bound.type = input.types[0];
  bound.argument_types = input.types;
  if (input.types.size() == 3) {
    const auto type =
        input.types[2].is_null() ? input.types[0] : wider_type(input.types[0], input.types[2]).value_or(input.types[0]);
    bound.type = type;
    bound.argument_types[0] = type;
    bound.argument_types[2] = type;
  }
  const std::int64_t step = sign * offset;
  bound.evaluate = [step](const WindowPartition& partition, VectorBuilder& result) {
    const Vector& values = partition.arguments[0];
    const Vector* otherwise = partition.arguments.size() > 2 ? &partition.arguments[2] : nullptr;
    const auto append_default = [&](std::int32_t row) {
      if (otherwise != nullptr && !otherwise->is_null(row)) {
        result.append_from(*otherwise, row);
      } else {
        result.append_null();
      }
    };
    // IGNORE NULLS counts only rows with a value: their numbers, and for each row how many stand before it.
    std::vector<std::int32_t> known;
    std::vector<std::int32_t> known_before;
    if (partition.ignore_nulls) {
      for (std::int32_t row = 0; row < partition.num_rows; ++row) {
        known_before.push_back(static_cast<std::int32_t>(known.size()));
        if (!values.is_null(row)) { known.push_back(row); }
      }
    }
    for (std::int32_t row = 0; row < partition.num_rows; ++row) {
      if (!partition.ignore_nulls || step == 0) {
        const std::int64_t from = row + step;
        if (from < 0 || from >= partition.num_rows) {
          append_default(row);
        } else {
          result.append_from(values, static_cast<std::int32_t>(from));
        }
        continue;
      }
      const std::int32_t before = known_before[static_cast<std::size_t>(row)];
      const bool is_known = !values.is_null(row);
      const std::int64_t from = step < 0 ? before + step : before + (is_known ? step : step - 1);
      if (from < 0 || from >= static_cast<std::int64_t>(known.size())) {
        append_default(row);
      } else {
        result.append_from(values, known[static_cast<std::size_t>(from)]);
      }
    }
  };
  return bound;
}

BoundWindowFunction bind_nth_value(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  if (!input.types[1].is_integral()) { fail_argument_type(input, 1, "\"INT\""); }
  const Value& value = expect_constant(input, 1, "offset");
  const std::int64_t n = value.is_null() ? 0 : value.as_int64();
  if (n <= 0) {
    throw SqlError("DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"exprName", "offset"},
                    {"valueRange", "(0, 9223372036854775807]"},
                    {"currentValue", std::to_string(n) + "L"}},
                   input.origin);
  }
  const bool ignore = input.types.size() == 3 && input.constants[2] != nullptr && !input.constants[2]->is_null() &&
                      input.constants[2]->as_bool();
  BoundWindowFunction bound;
  bound.type = input.types[0];
  bound.argument_types = input.types;
  bound.uses_frame = true;
  bound.evaluate = [n, ignore](const WindowPartition& partition, VectorBuilder& result) {
    const Vector& values = partition.arguments[0];
    std::vector<std::int32_t> known;
    const bool ignore_nulls = ignore || partition.ignore_nulls;
    if (ignore_nulls) {
      for (std::int32_t row = 0; row < partition.num_rows; ++row) {
        if (!values.is_null(row)) { known.push_back(row); }
      }
    }
    for (std::size_t row = 0; row < static_cast<std::size_t>(partition.num_rows); ++row) {
      const std::int32_t start = partition.frame_start[row];
      const std::int32_t end = partition.frame_end[row];
      std::int64_t from = start + n - 1;
      if (ignore_nulls) {
        const auto first = std::lower_bound(known.begin(), known.end(), start);
        from = known.end() - first >= n ? *(first + (n - 1)) : end;
      }
      if (from < end) {
        result.append_from(values, static_cast<std::int32_t>(from));
      } else {
        result.append_null();
      }
    }
  };
  return bound;
}

}  // namespace

void add_window_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, std::function<BoundWindowFunction(const CallInput&)> bind,
                       std::string_view usage, std::vector<FunctionExample> examples, std::string_view since = "2.0.0",
                       bool needs_order = true) {
    registry.add(WindowFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "window_funcs", .usage = usage, .examples = std::move(examples), .since = since},
        .needs_order = needs_order});
  };
  add("row_number", ranking(TypeId::kInt, row_number),
      "row_number() - Returns the row's number in its partition, from 1.",
      {{"SELECT row_number() OVER (ORDER BY a) FROM VALUES (2), (1) t(a)", {"1", "2"}}});
  add("rank", ranking(TypeId::kInt, rank), "rank() - Returns one more than the number of rows before the row's peers.",
      {{"SELECT rank() OVER (ORDER BY a) FROM VALUES (1), (1), (2) t(a)", {"1", "1", "3"}}});
  add("dense_rank", ranking(TypeId::kInt, dense_rank),
      "dense_rank() - Returns the number of the row's peer group, from 1.",
      {{"SELECT dense_rank() OVER (ORDER BY a) FROM VALUES (1), (1), (2) t(a)", {"1", "1", "2"}}});
  add("percent_rank", ranking(TypeId::kDouble, percent_rank),
      "percent_rank() - Returns (rank - 1) / (rows - 1), or 0 in a partition of one row.",
      {{"SELECT percent_rank() OVER (ORDER BY a) FROM VALUES (1), (1), (2) t(a)", {"0.0", "0.0", "1.0"}}});
  add("cume_dist", ranking(TypeId::kDouble, cume_dist),
      "cume_dist() - Returns the share of the partition's rows that do not come behind the row.",
      {{"SELECT cume_dist() OVER (ORDER BY a) FROM VALUES (1), (2) t(a)", {"0.5", "1.0"}}});
  add("ntile", bind_ntile,
      "ntile(n) - Divides the partition in n buckets of nearly equal size; returns the row's, from 1.",
      {{"SELECT ntile(2) OVER (ORDER BY a) FROM VALUES (1), (2), (3) t(a)", {"1", "1", "2"}}});
  add("lag", [](const CallInput& input) { return bind_offset(input, -1); },
      "lag(value[, offset[, default]]) - Returns the value of the row that stands offset rows before, else the "
      "default.",
      {{"SELECT lag(a) OVER (ORDER BY a) FROM VALUES (1), (2) t(a)", {"NULL", "1"}}});
  add("lead", [](const CallInput& input) { return bind_offset(input, 1); },
      "lead(value[, offset[, default]]) - Returns the value of the row that stands offset rows behind, else the "
      "default.",
      {{"SELECT lead(a) OVER (ORDER BY a) FROM VALUES (1), (2) t(a)", {"2", "NULL"}}});
  add("nth_value", bind_nth_value, "nth_value(value, n) - Returns the value of the n-th row of the frame, or NULL.",
      {{"SELECT nth_value(a, 2) OVER (ORDER BY a) FROM VALUES (1), (2) t(a)", {"NULL", "2"}}}, "3.1.0");
}

}  // namespace hammerscale::sql
