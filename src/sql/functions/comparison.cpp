// = <=> <> < <= > >=, between, in, isnull, isnotnull, isnan, equal_null, greatest, least.
#include <algorithm>
#include <memory>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <utility>

#include "sql/exec/copy_rows.hpp"
#include "sql/functions/families.hpp"
#include "sql/functions/operand_loops.hpp"
#include "sql/functions/registry.hpp"
#include "sql/functions/signature.hpp"
#include "sql/types/coercion.hpp"
#include "sql/vector/vector_compare.hpp"

namespace hammerscale::sql {

namespace {

enum class Comparison : std::uint8_t { kEqual, kNotEqual, kLess, kLessEqual, kGreater, kGreaterEqual };

/// Equality and order of numbers: NaN equals NaN and is larger than all else. Without branches.
struct Equal {
  template <typename T>
  bool operator()(const T& a, const T& b) const noexcept {
    if constexpr (std::is_floating_point_v<T>) {
      return static_cast<bool>((a == b) | ((a != a) & (b != b)));
    } else {
      return a == b;
    }
  }
};
struct Less {
  template <typename T>
  bool operator()(const T& a, const T& b) const noexcept {
    if constexpr (std::is_floating_point_v<T>) {
      return static_cast<bool>((a < b) | ((b != b) & (a == a)));
    } else if constexpr (std::is_same_v<T, StringView>) {
      return compare(a, b) < 0;
    } else {
      return a < b;
    }
  }
};

template <typename T>
void compare_values(Comparison comparison, const Arguments& arguments, Vector& result) {
  switch (comparison) {
    case Comparison::kEqual:
      return test_operands<T, T>(arguments, result, [](const T& a, const T& b) { return Equal{}(a, b); });
    case Comparison::kNotEqual:
      return test_operands<T, T>(arguments, result, [](const T& a, const T& b) { return !Equal{}(a, b); });
    case Comparison::kLess:
      return test_operands<T, T>(arguments, result, [](const T& a, const T& b) { return Less{}(a, b); });
    case Comparison::kLessEqual:
      return test_operands<T, T>(arguments, result, [](const T& a, const T& b) { return !Less{}(b, a); });
    case Comparison::kGreater:
      return test_operands<T, T>(arguments, result, [](const T& a, const T& b) { return Less{}(b, a); });
    case Comparison::kGreaterEqual:
      return test_operands<T, T>(arguments, result, [](const T& a, const T& b) { return !Less{}(a, b); });
  }
}

bool holds(Comparison comparison, int order) {
  switch (comparison) {
    case Comparison::kEqual: return order == 0;
    case Comparison::kNotEqual: return order != 0;
    case Comparison::kLess: return order < 0;
    case Comparison::kLessEqual: return order <= 0;
    case Comparison::kGreater: return order > 0;
    case Comparison::kGreaterEqual: return order >= 0;
  }
  return false;
}

void compare_any(Comparison comparison, const Arguments& arguments, Vector& result) {
  std::uint64_t* out = result.mutable_bits();
  const bool is_equality = comparison == Comparison::kEqual || comparison == Comparison::kNotEqual;
  arguments.rows.for_each([&](std::int32_t row) {
    if (is_equality) {
      bitmap::assign(out, row, equal_cells(arguments[0], row, arguments[1], row) == (comparison == Comparison::kEqual));
    } else {
      bitmap::assign(out, row, holds(comparison, compare_cells(arguments[0], row, arguments[1], row)));
    }
  });
}

/// Chosen once, by the operands' type.
Evaluate comparison_of(Comparison comparison, const DataType& type) {
  const auto make = [&]<typename T>() -> Evaluate {
    return
        [comparison](const Arguments& arguments, Vector& result) { compare_values<T>(comparison, arguments, result); };
  };
  switch (type.physical()) {
    case PhysicalType::kInt8: return make.template operator()<std::int8_t>();
    case PhysicalType::kInt16: return make.template operator()<std::int16_t>();
    case PhysicalType::kInt32: return make.template operator()<std::int32_t>();
    case PhysicalType::kInt64: return make.template operator()<std::int64_t>();
    case PhysicalType::kInt128: return make.template operator()<Int128>();
    case PhysicalType::kFloat: return make.template operator()<float>();
    case PhysicalType::kDouble: return make.template operator()<double>();
    case PhysicalType::kString:
      if (type.collation() == Collation::kUtf8Binary && type.id() != TypeId::kVariant) {
        return make.template operator()<StringView>();
      }
      break;
    default: break;
  }
  return [comparison](const Arguments& arguments, Vector& result) { compare_any(comparison, arguments, result); };
}

/// The type both operands are compared in.
/// @throws SqlError DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES, DATATYPE_MISMATCH.INVALID_ORDERING_TYPE
DataType compared_type(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const auto type = wider_type(input.types[0], input.types[1]);
  if (!type) {
    throw SqlError("DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"left", "\"" + input.types[0].to_sql() + "\""},
                    {"right", "\"" + input.types[1].to_sql() + "\""}},
                   input.origin);
  }
  if (!type->is_orderable() && !type->is_null() && type->id() != TypeId::kCalendarInterval) {
    throw SqlError("DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"functionName", quote_identifier(input.name)},
                    {"dataType", "\"" + type->to_sql() + "\""}},
                   input.origin);
  }
  return *type;
}

BindFunction bind_comparison(Comparison comparison) {
  return [comparison](const CallInput& input) {
    const DataType type = compared_type(input);
    BoundFunction bound;
    bound.type = TypeId::kBoolean;
    bound.nullable = any_nullable(input);
    bound.argument_types = {type, type};
    bound.evaluate = comparison_of(comparison, type);
    return bound;
  };
}

/// <=>: NULLs are equal to each other.
BoundFunction bind_null_safe_equal(const CallInput& input) {
  const DataType type = compared_type(input);
  BoundFunction bound;
  bound.type = TypeId::kBoolean;
  bound.nullable = false;
  bound.argument_types = {type, type};
  bound.nulls = NullPolicy::kHandled;
  bound.evaluate = [](const Arguments& arguments, Vector& result) {
    std::uint64_t* out = result.mutable_bits();
    arguments.rows.for_each(
        [&](std::int32_t row) { bitmap::assign(out, row, same_cells(arguments[0], row, arguments[1], row)); });
  };
  return bound;
}

BoundFunction bind_null_test(const CallInput& input, bool is_null) {
  check_num_arguments(input, 1, 1);
  BoundFunction bound;
  bound.type = TypeId::kBoolean;
  bound.nullable = false;
  bound.argument_types = input.types;
  bound.nulls = NullPolicy::kHandled;
  bound.evaluate = [is_null](const Arguments& arguments, Vector& result) {
    std::uint64_t* out = result.mutable_bits();
    const Vector& values = arguments[0];
    if (!values.may_have_nulls() || (values.encoding() == Encoding::kFlat && values.validity() != nullptr)) {
      const std::int32_t end = arguments.rows.is_all()    ? arguments.rows.size
                               : arguments.rows.size == 0 ? 0
                                                          : arguments.rows.indices[arguments.rows.size - 1] + 1;
      for (std::int32_t i = 0; i < bitmap::words(end); ++i) {
        const std::uint64_t valid = values.may_have_nulls() ? values.validity()[i] : ~std::uint64_t{0};
        out[i] = is_null ? ~valid : valid;
      }
      return;
    }
    arguments.rows.for_each([&](std::int32_t row) { bitmap::assign(out, row, values.is_null(row) == is_null); });
  };
  return bound;
}

BoundFunction bind_between(const CallInput& input) {
  check_num_arguments(input, 3, 3);
  const auto type = wider_type(std::span(input.types));
  if (!type || (!type->is_orderable() && !type->is_null())) {
    throw SqlError("DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"functionName", quote_identifier(input.name)},
                    {"dataType", "(\"" + input.types[0].to_sql() + "\" or \"" + input.types[1].to_sql() + "\" or \"" +
                                     input.types[2].to_sql() + "\")"}},
                   input.origin);
  }
  BoundFunction bound;
  bound.type = TypeId::kBoolean;
  bound.nullable = any_nullable(input);
  bound.argument_types = {*type, *type, *type};
  bound.nulls = NullPolicy::kHandled;
  bound.evaluate = [](const Arguments& arguments, Vector& result) {
    std::uint64_t* out = result.mutable_bits();
    const Vector& value = arguments[0];
    arguments.rows.for_each([&](std::int32_t row) {
      if (value.is_null(row)) { return result.set_null(row); }
      const bool low_null = arguments[1].is_null(row);
      const bool high_null = arguments[2].is_null(row);
      const bool fails = (!low_null && compare_cells(value, row, arguments[1], row) < 0) ||
                         (!high_null && compare_cells(value, row, arguments[2], row) > 0);
      if (!fails && (low_null || high_null)) { return result.set_null(row); }
      bitmap::assign(out, row, !fails);
    });
  };
  return bound;
}

// ---- in -------------------------------------------------------------------------------------------------------------

/// A list of constants, for IN over many.
struct ConstantSet {
  std::vector<std::int64_t> numbers;  ///< Sorted.
  std::unordered_set<std::string> texts;
  bool has_null = false;
};

bool holds_numbers(const DataType& type) {
  switch (type.physical()) {
    case PhysicalType::kInt8:
    case PhysicalType::kInt16:
    case PhysicalType::kInt32:
    case PhysicalType::kInt64: return true;
    default: return false;
  }
}

std::shared_ptr<const ConstantSet> make_constant_set(const CallInput& input, const DataType& type) {
  const bool is_text = type.is_string() && type.collation() == Collation::kUtf8Binary;
  if (!is_text && !holds_numbers(type)) { return nullptr; }
  auto set = std::make_shared<ConstantSet>();
  for (std::size_t i = 1; i < input.types.size(); ++i) {
    const Value* value = input.constants[i];
    if (value == nullptr || (!value->is_null() && !input.types[i].same_but_nullability(type))) { return nullptr; }
    if (value->is_null()) {
      set->has_null = true;
    } else if (is_text) {
      set->texts.insert(value->as_string());
    } else if (type.is_decimal()) {
      set->numbers.push_back(static_cast<std::int64_t>(value->as_int128()));
    } else {
      set->numbers.push_back(value->as_int64());
    }
  }
  std::sort(set->numbers.begin(), set->numbers.end());
  return set;
}

bool contains_value(const ConstantSet& set, std::int64_t value) {
  constexpr std::size_t kFew = 16;
  if (set.numbers.size() <= kFew) {
    return std::find(set.numbers.begin(), set.numbers.end(), value) != set.numbers.end();
  }
  return std::binary_search(set.numbers.begin(), set.numbers.end(), value);
}
bool contains_value(const ConstantSet& set, const StringView& value) {
  return set.texts.contains(std::string(value.view()));
}

template <typename T>
Evaluate in_constants(std::shared_ptr<const ConstantSet> set) {
  return [set = std::move(set)](const Arguments& arguments, Vector& result) {
    const ColumnReader<T> values(arguments[0]);
    std::uint64_t* out = result.mutable_bits();
    arguments.rows.for_each([&](std::int32_t row) {
      if (values.is_null(row)) { return result.set_null(row); }
      const bool found = contains_value(*set, values[row]);
      bitmap::assign(out, row, found);
      if (!found && set->has_null) { result.set_null(row); }
    });
  };
}

BoundFunction bind_in(const CallInput& input) {
  check_num_arguments(input, 1, static_cast<std::size_t>(-1));
  const auto type = wider_type(std::span(input.types));
  if (!type) {
    std::string types;
    for (const auto& t : input.types) { types += (types.empty() ? "(\"" : " or \"") + t.to_sql() + "\""; }
    throw SqlError("DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"functionName", quote_identifier(input.name)},
                    {"dataType", types + ")"}},
                   input.origin);
  }
  BoundFunction bound;
  bound.type = TypeId::kBoolean;
  bound.nullable = any_nullable(input);
  bound.argument_types.assign(input.types.size(), *type);
  bound.nulls = NullPolicy::kHandled;
  if (auto set = make_constant_set(input, *type); set != nullptr && input.types[0].same_but_nullability(*type)) {
    switch (type->physical()) {
      case PhysicalType::kInt8: bound.evaluate = in_constants<std::int8_t>(set); break;
      case PhysicalType::kInt16: bound.evaluate = in_constants<std::int16_t>(set); break;
      case PhysicalType::kInt32: bound.evaluate = in_constants<std::int32_t>(set); break;
      case PhysicalType::kInt64: bound.evaluate = in_constants<std::int64_t>(set); break;
      default: bound.evaluate = in_constants<StringView>(set); break;
    }
    return bound;
  }
  bound.evaluate = [](const Arguments& arguments, Vector& result) {
    std::uint64_t* out = result.mutable_bits();
    arguments.rows.for_each([&](std::int32_t row) {
      bool has_null = arguments[0].is_null(row) && arguments.vectors.size() > 1;
      bool found = false;
      for (std::size_t i = 1; i < arguments.vectors.size() && !found && !arguments[0].is_null(row); ++i) {
        if (arguments[i].is_null(row)) {
          has_null = true;
        } else {
          found = equal_cells(arguments[0], row, arguments[i], row);
        }
      }
      bitmap::assign(out, row, found);
      if (!found && has_null) { result.set_null(row); }
    });
  };
  return bound;
}

// ---- isnan, greatest, least -----------------------------------------------------------------------------------------

BoundFunction bind_extreme(const CallInput& input, bool is_greatest) {
  if (input.types.size() < 2) { check_num_arguments(input, 2, static_cast<std::size_t>(-1)); }
  const auto type = wider_type(std::span(input.types));
  if (!type) {
    std::string types;
    for (const auto& t : input.types) { types += (types.empty() ? "(\"" : " or \"") + t.to_sql() + "\""; }
    throw SqlError("DATATYPE_MISMATCH.DATA_DIFF_TYPES",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"functionName", quote_identifier(input.name)},
                    {"dataType", types + ")"}},
                   input.origin);
  }
  if (!type->is_orderable() && !type->is_null()) {
    throw SqlError("DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"functionName", quote_identifier(input.name)},
                    {"dataType", "\"" + type->to_sql() + "\""}},
                   input.origin);
  }
  BoundFunction bound;
  bound.type = *type;
  bound.nullable = std::all_of(input.nullable.begin(), input.nullable.end(), [](bool nullable) { return nullable; });
  bound.argument_types.assign(input.types.size(), *type);
  bound.nulls = NullPolicy::kHandled;
  bound.evaluate = [is_greatest, result_type = *type](const Arguments& arguments, Vector& result) {
    std::vector<std::vector<std::int32_t>> rows_of(arguments.vectors.size());
    std::vector<std::int32_t> null_rows;
    std::int32_t num_rows = 0;
    arguments.rows.for_each([&](std::int32_t row) {
      num_rows = row + 1;
      std::size_t best = arguments.vectors.size();
      for (std::size_t i = 0; i < arguments.vectors.size(); ++i) {
        if (arguments[i].is_null(row)) { continue; }
        if (best == arguments.vectors.size()) {
          best = i;
          continue;
        }
        const int order = compare_cells(arguments[i], row, arguments[best], row);
        if (is_greatest ? order > 0 : order < 0) { best = i; }
      }
      if (best == arguments.vectors.size()) {
        null_rows.push_back(row);
      } else {
        rows_of[best].push_back(row);
      }
    });
    RowMerger merger(result_type, std::max(num_rows, result.size()), arguments.context.memory, result);
    for (std::size_t i = 0; i < rows_of.size(); ++i) {
      if (rows_of[i].empty()) { continue; }
      merger.take(arguments[i], RowSet{rows_of[i].data(), static_cast<std::int32_t>(rows_of[i].size())});
    }
    if (!null_rows.empty()) { merger.set_null(RowSet{null_rows.data(), static_cast<std::int32_t>(null_rows.size())}); }
    merger.finish();
  };
  return bound;
}

BoundFunction bind_is_nan(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  BoundFunction bound;
  bound.type = TypeId::kBoolean;
  bound.nullable = false;
  const bool is_float = input.types[0].id() == TypeId::kFloat;
  bound.argument_types = {is_float ? DataType(TypeId::kFloat) : expect_argument(input, 0, TypeId::kDouble)};
  bound.nulls = NullPolicy::kHandled;
  const auto make = [&]<typename T>() -> Evaluate {
    return [](const Arguments& arguments, Vector& result) {
      const ColumnReader<T> values(arguments[0]);
      std::uint64_t* out = result.mutable_bits();
      arguments.rows.for_each(
          [&](std::int32_t row) { bitmap::assign(out, row, !values.is_null(row) && values[row] != values[row]); });
    };
  };
  bound.evaluate = is_float ? make.template operator()<float>() : make.template operator()<double>();
  return bound;
}

}  // namespace

void add_comparison_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::vector<std::string_view> aliases = {},
                       std::string_view group = "predicate_funcs") {
    registry.add(ScalarFunction{.name = name,
                                .bind = std::move(bind),
                                .documentation = {.group = group, .usage = usage, .examples = std::move(examples)},
                                .aliases = std::move(aliases)});
  };
  add("=", bind_comparison(Comparison::kEqual), "a = b - Returns whether a equals b.", {{"SELECT 2 = 2", {"true"}}},
      {"=="});
  add("<>", bind_comparison(Comparison::kNotEqual), "a <> b - Returns whether a does not equal b.",
      {{"SELECT 1 <> 2", {"true"}}}, {"!="});
  add("<", bind_comparison(Comparison::kLess), "a < b - Returns whether a is less than b.",
      {{"SELECT 1 < 2", {"true"}}});
  add("<=", bind_comparison(Comparison::kLessEqual), "a <= b - Returns whether a is less than or equal to b.",
      {{"SELECT 2 <= 2", {"true"}}});
  add(">", bind_comparison(Comparison::kGreater), "a > b - Returns whether a is greater than b.",
      {{"SELECT 2 > 1", {"true"}}});
  add(">=", bind_comparison(Comparison::kGreaterEqual), "a >= b - Returns whether a is greater than or equal to b.",
      {{"SELECT 2 >= 1", {"true"}}});
  add("<=>", bind_null_safe_equal, "a <=> b - Returns whether a equals b, where two NULLs are equal.",
      {{"SELECT NULL <=> NULL", {"true"}}}, {"equal_null"});
  add("between", bind_between, "a between b and c - Returns whether b <= a and a <= c.",
      {{"SELECT 0.5 BETWEEN 0.1 AND 1.0", {"true"}}});
  add("in", bind_in, "a in (b, c, ...) - Returns whether a equals one of the others.",
      {{"SELECT 1 IN (1, 2, 3)", {"true"}}});
  add("isnull", [](const CallInput& input) { return bind_null_test(input, true); },
      "isnull(a) - Returns whether a is NULL.", {{"SELECT isnull(1)", {"false"}}});
  add("isnotnull", [](const CallInput& input) { return bind_null_test(input, false); },
      "isnotnull(a) - Returns whether a is not NULL.", {{"SELECT isnotnull(1)", {"true"}}});
  add("isnan", bind_is_nan, "isnan(a) - Returns whether a is NaN.",
      {{"SELECT isnan(cast('NaN' AS DOUBLE))", {"true"}}});
  add(
      "greatest", [](const CallInput& input) { return bind_extreme(input, true); },
      "greatest(a, b, ...) - Returns the greatest of the values that are not NULL.",
      {{"SELECT greatest(10, 9, 2, 4, 3)", {"10"}}}, {}, "math_funcs");
  add(
      "least", [](const CallInput& input) { return bind_extreme(input, false); },
      "least(a, b, ...) - Returns the least of the values that are not NULL.",
      {{"SELECT least(10, 9, 2, 4, 3)", {"2"}}}, {}, "math_funcs");
}

}  // namespace hammerscale::sql
