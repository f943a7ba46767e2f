#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/java_random.hpp"
#include "sql/functions/row_builder.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/vector/vector_compare.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::int64_t;
using std::string;

constexpr auto kAnyNumber = std::numeric_limits<std::size_t>::max();

/// Arrays longer than this are refused, as in Spark.
constexpr int64_t kMaxArrayLength = std::numeric_limits<int32_t>::max() - 15;

DataType expect_array(const CallInput& input, std::size_t i) {
  if (input.types[i].is_null()) { return DataType::array(DataType()); }
  if (input.types[i].id() != TypeId::kArray) { fail_argument_type(input, i, "\"ARRAY\""); }
  return input.types[i];
}

[[noreturn]] void fail_different_types(const CallInput& input,
                                       string condition = "DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES") {
  throw SqlError(condition,
                 {{"sqlExpr", "\"" + call_text(input) + "\""},
                  {"functionName", "`" + string(input.name) + "`"},
                  {"dataType", "\"ARRAY\""},
                  {"leftType", "\"" + input.types[0].to_sql() + "\""},
                  {"rightType", "\"" + input.types[1].to_sql() + "\""}},
                 input.origin);
}

/// The type that two arrays are both cast to.
DataType common_array(const CallInput& input) {
  const auto left = expect_array(input, 0);
  const auto right = expect_array(input, 1);
  const auto common = wider_type(left, right);
  if (!common || common->id() != TypeId::kArray) { fail_different_types(input); }
  return *common;
}

/// The element type that an array's elements and one more value are both cast to.
DataType common_element(const CallInput& input, std::size_t array, std::size_t value) {
  const auto type = expect_array(input, array);
  const auto common = wider_type(type.element(), input.types[value]);
  if (!common) { fail_different_types(input); }
  return *common;
}

[[noreturn]] void fail_not_orderable(const CallInput& input, const DataType& type) {
  throw SqlError("DATATYPE_MISMATCH.INVALID_ORDERING_TYPE",
                 {{"sqlExpr", "\"" + call_text(input) + "\""},
                  {"functionName", "`" + string(input.name) + "`"},
                  {"dataType", "\"" + type.to_sql() + "\""}},
                 input.origin);
}

/// A set of cells of two vectors of one type, found by hash; NULL is an element like any other.
class CellSet {
 public:
  /// True when the cell was not in the set before.
  bool insert(const Vector& vector, int32_t row) {
    const std::uint64_t hash = hash_of(vector, row);
    for (auto i = hash & mask_;; i = (i + 1) & mask_) {
      if (slots_[i].vector == nullptr) {
        slots_[i] = {&vector, row, hash};
        if (++size_ * 2 > slots_.size()) { grow(); }
        return true;
      }
      if (slots_[i].hash == hash && same_cells(*slots_[i].vector, slots_[i].row, vector, row)) { return false; }
    }
  }
  [[nodiscard]] bool contains(const Vector& vector, int32_t row) const {
    const std::uint64_t hash = hash_of(vector, row);
    for (auto i = hash & mask_; slots_[i].vector != nullptr; i = (i + 1) & mask_) {
      if (slots_[i].hash == hash && same_cells(*slots_[i].vector, slots_[i].row, vector, row)) { return true; }
    }
    return false;
  }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Slot {
    const Vector* vector = nullptr;
    int32_t row = 0;
    std::uint64_t hash = 0;
  };
  static std::uint64_t hash_of(const Vector& vector, int32_t row) {
    // hash_cells writes at the row's own number.
    std::vector<std::uint64_t>& hashes = scratch();
    if (hashes.size() <= static_cast<std::size_t>(row)) { hashes.resize(static_cast<std::size_t>(row) + 1024); }
    hashes[static_cast<std::size_t>(row)] = 0;
    hash_cells(vector, RowSet{&row, 1}, hashes.data());
    return hashes[static_cast<std::size_t>(row)];
  }
  static std::vector<std::uint64_t>& scratch() {
    thread_local std::vector<std::uint64_t> hashes;
    return hashes;
  }
  void grow() {
    std::vector<Slot> old = std::move(slots_);
    slots_.assign(old.size() * 2, {});
    mask_ = slots_.size() - 1;
    for (const auto& slot : old) {
      if (slot.vector == nullptr) { continue; }
      auto i = slot.hash & mask_;
      while (slots_[i].vector != nullptr) { i = (i + 1) & mask_; }
      slots_[i] = slot;
    }
  }

  std::vector<Slot> slots_ = std::vector<Slot>(16);
  std::uint64_t mask_ = 15;
  std::size_t size_ = 0;
};

BoundFunction bind_array(const CallInput& input) {
  DataType element;
  bool contains_null = false;
  for (std::size_t i = 0; i < input.types.size(); ++i) {
    const auto wider = i == 0 ? input.types[0] : wider_type(element, input.types[i]).value_or(DataType());
    if (i > 0 && wider.is_null() && !(element.is_null() && input.types[i].is_null())) {
      string types;
      for (std::size_t j = 0; j < input.types.size(); ++j) {
        types += (j > 0 ? " or \"" : "(\"") + input.types[j].to_sql() + "\"";
      }
      throw SqlError(
          "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
          {{"sqlExpr", "\"" + call_text(input) + "\""}, {"functionName", "`array`"}, {"dataType", types + ")"}},
          input.origin);
    }
    element = wider;
    contains_null = contains_null || input.nullable[i];
  }
  return BoundFunction{.type = DataType::array(element, contains_null),
                       .nullable = false,
                       .argument_types = std::vector<DataType>(input.types.size(), element),
                       .nulls = NullPolicy::kHandled,
                       .evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
                         for (const Vector* value : arguments.vectors) { out.child(0).append_from(*value, row); }
                         out.finish_list();
                       })};
}

BoundFunction bind_size(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  if (!input.types[0].is_null() && input.types[0].id() != TypeId::kArray && input.types[0].id() != TypeId::kMap) {
    fail_argument_type(input, 0, "(\"ARRAY\" or \"MAP\")");
  }
  return BoundFunction{.type = TypeId::kInt,
                       .nullable = any_nullable(input),
                       .argument_types = {input.types[0].is_null() ? DataType::array(DataType()) : input.types[0]},
                       .evaluate = rowwise<ListEntry>([](ListEntry entry) { return entry.length; })};
}

BoundFunction bind_array_size(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  return BoundFunction{.type = TypeId::kInt,
                       .nullable = any_nullable(input),
                       .argument_types = {expect_array(input, 0)},
                       .evaluate = rowwise<ListEntry>([](ListEntry entry) { return entry.length; })};
}

/// array_append, array_prepend: a NULL element is put in, a NULL array stays.
BindFunction bind_add(bool at_end) {
  return [at_end](const CallInput& input) {
    check_num_arguments(input, 2, 2);
    const auto element = common_element(input, 0, 1);
    const auto type = DataType::array(element, expect_array(input, 0).contains_null() || input.nullable[1]);
    return BoundFunction{
        .type = type,
        .nullable = input.nullable[0],
        .argument_types = {type, element},
        .nulls = NullPolicy::kHandled,
        .evaluate = building_rows([at_end](const Arguments& arguments, int32_t row, VectorBuilder& out) {
          if (arguments[0].is_null(row)) { return out.append_null(); }
          const ListCell list(arguments[0], row);
          if (!at_end) { out.child(0).append_from(arguments[1], row); }
          out.child(0).append_range(list.elements(), list.begin(), list.size());
          if (at_end) { out.child(0).append_from(arguments[1], row); }
          out.finish_list();
        })};
  };
}

/// Three-valued: NULL when the value is not among elements of which one is NULL.
BoundFunction bind_array_contains(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  if (input.types[1].is_null()) {
    throw SqlError("DATATYPE_MISMATCH.NULL_TYPE",
                   {{"sqlExpr", "\"" + call_text(input) + "\""}, {"functionName", "`array_contains`"}}, input.origin);
  }
  const auto element = common_element(input, 0, 1);
  return BoundFunction{.type = TypeId::kBoolean,
                       .nullable = true,
                       .argument_types = {DataType::array(element, expect_array(input, 0).contains_null()), element},
                       .evaluate = [](const Arguments& arguments, Vector& result) {
                         arguments.rows.for_each([&](int32_t row) {
                           const ListCell list(arguments[0], row);
                           bool found = false;
                           bool has_null = false;
                           for (int32_t e = list.begin(); e < list.end() && !found; ++e) {
                             if (list.elements().is_null(e)) {
                               has_null = true;
                             } else {
                               found = equal_cells(list.elements(), e, arguments[1], row);
                             }
                           }
                           bitmap::assign(result.mutable_bits(), row, found);
                           if (!found && has_null) { result.set_null(row); }
                         });
                       }};
}

BoundFunction bind_array_position(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const auto element = common_element(input, 0, 1);
  return BoundFunction{.type = TypeId::kBigint,
                       .nullable = any_nullable(input),
                       .argument_types = {DataType::array(element), element},
                       .evaluate = [](const Arguments& arguments, Vector& result) {
                         arguments.rows.for_each([&](int32_t row) {
                           const ListCell list(arguments[0], row);
                           int64_t position = 0;
                           for (int32_t e = list.begin(); e < list.end() && position == 0; ++e) {
                             if (!list.elements().is_null(e) && equal_cells(list.elements(), e, arguments[1], row)) {
                               position = e - list.begin() + 1;
                             }
                           }
                           result.mutable_values<int64_t>()[row] = position;
                         });
                       }};
}

BoundFunction bind_array_remove(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const auto element = common_element(input, 0, 1);
  const auto type = DataType::array(element, expect_array(input, 0).contains_null());
  return BoundFunction{.type = type,
                       .nullable = any_nullable(input),
                       .argument_types = {type, element},
                       .evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
                         const ListCell list(arguments[0], row);
                         for (int32_t e = list.begin(); e < list.end(); ++e) {
                           if (list.elements().is_null(e) || !equal_cells(list.elements(), e, arguments[1], row)) {
                             out.child(0).append_from(list.elements(), e);
                           }
                         }
                         out.finish_list();
                       })};
}

BoundFunction bind_array_distinct(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  const auto type = expect_array(input, 0);
  return BoundFunction{.type = type,
                       .nullable = any_nullable(input),
                       .argument_types = {type},
                       .evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
                         const ListCell list(arguments[0], row);
                         CellSet seen;
                         for (int32_t e = list.begin(); e < list.end(); ++e) {
                           if (seen.insert(list.elements(), e)) { out.child(0).append_from(list.elements(), e); }
                         }
                         out.finish_list();
                       })};
}

enum class SetKind : std::uint8_t { kUnion, kIntersect, kExcept };

BindFunction bind_set(SetKind kind) {
  return [kind](const CallInput& input) {
    check_num_arguments(input, 2, 2);
    const auto common = common_array(input);
    const bool left_null = expect_array(input, 0).contains_null();
    const bool right_null = expect_array(input, 1).contains_null();
    const bool contains_null = kind == SetKind::kUnion       ? left_null || right_null
                               : kind == SetKind::kIntersect ? left_null && right_null
                                                             : left_null;
    return BoundFunction{
        .type = DataType::array(common.element(), contains_null),
        .nullable = any_nullable(input),
        .argument_types = {common, common},
        .evaluate = building_rows([kind](const Arguments& arguments, int32_t row, VectorBuilder& out) {
          const ListCell left(arguments[0], row);
          const ListCell right(arguments[1], row);
          CellSet emitted;
          CellSet other;
          if (kind != SetKind::kUnion) {
            for (int32_t e = right.begin(); e < right.end(); ++e) { other.insert(right.elements(), e); }
          }
          const auto emit = [&](const Vector& elements, int32_t e) {
            if (emitted.insert(elements, e)) { out.child(0).append_from(elements, e); }
          };
          for (int32_t e = left.begin(); e < left.end(); ++e) {
            if (kind == SetKind::kUnion || other.contains(left.elements(), e) == (kind == SetKind::kIntersect)) {
              emit(left.elements(), e);
            }
          }
          if (kind == SetKind::kUnion) {
            for (int32_t e = right.begin(); e < right.end(); ++e) { emit(right.elements(), e); }
          }
          out.finish_list();
        })};
  };
}

/// True when a value is in both; NULL when none is but either has a NULL and neither is empty.
BoundFunction bind_arrays_overlap(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const auto common = common_array(input);
  return BoundFunction{.type = TypeId::kBoolean,
                       .nullable = true,
                       .argument_types = {common, common},
                       .evaluate = [](const Arguments& arguments, Vector& result) {
                         arguments.rows.for_each([&](int32_t row) {
                           const ListCell left(arguments[0], row);
                           const ListCell right(arguments[1], row);
                           CellSet values;
                           bool has_null = false;
                           for (int32_t e = left.begin(); e < left.end(); ++e) {
                             if (left.elements().is_null(e)) {
                               has_null = true;
                             } else {
                               values.insert(left.elements(), e);
                             }
                           }
                           bool found = false;
                           for (int32_t e = right.begin(); e < right.end() && !found; ++e) {
                             if (right.elements().is_null(e)) {
                               has_null = true;
                             } else {
                               found = values.contains(right.elements(), e);
                             }
                           }
                           bitmap::assign(result.mutable_bits(), row, found);
                           if (!found && has_null && left.size() > 0 && right.size() > 0) { result.set_null(row); }
                         });
                       }};
}

/// array_min and array_max: NULL elements do not count.
BindFunction bind_extreme(int sign) {
  return [sign](const CallInput& input) {
    check_num_arguments(input, 1, 1);
    const auto type = expect_array(input, 0);
    if (!type.element().is_orderable()) { fail_not_orderable(input, type); }
    return BoundFunction{.type = type.element(),
                         .nullable = true,
                         .argument_types = {type},
                         .evaluate = building_rows([sign](const Arguments& arguments, int32_t row, VectorBuilder& out) {
                           const ListCell list(arguments[0], row);
                           int32_t best = -1;
                           for (int32_t e = list.begin(); e < list.end(); ++e) {
                             if (list.elements().is_null(e)) { continue; }
                             if (best < 0 || compare_cells(list.elements(), e, list.elements(), best) * sign > 0) {
                               best = e;
                             }
                           }
                           if (best < 0) {
                             out.append_null();
                           } else {
                             out.append_from(list.elements(), best);
                           }
                         })};
  };
}

/// sort_array(array[, ascending]): NULLs first when ascending, last when not.
BoundFunction bind_sort_array(const CallInput& input) {
  check_num_arguments(input, 1, 2);
  const auto type = expect_array(input, 0);
  if (!type.element().is_null() && !type.element().is_orderable()) { fail_not_orderable(input, type); }
  BoundFunction bound{.type = type, .nullable = any_nullable(input), .argument_types = {type}, .evaluate = {}};
  if (input.types.size() == 2) { bound.argument_types.push_back(expect_argument(input, 1, TypeId::kBoolean)); }
  bound.evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
    const bool ascending = arguments.vectors.size() < 2 || ColumnReader<bool>(arguments[1])[row];
    const ListCell list(arguments[0], row);
    const Vector& elements = list.elements();
    std::vector<int32_t> order(static_cast<std::size_t>(list.size()));
    std::iota(order.begin(), order.end(), list.begin());
    std::ranges::stable_sort(order, [&](int32_t a, int32_t b) {
      const bool a_null = elements.is_null(a);
      const bool b_null = elements.is_null(b);
      if (a_null || b_null) { return ascending ? a_null && !b_null : b_null && !a_null; }
      const int compared = compare_cells(elements, a, elements, b);
      return ascending ? compared < 0 : compared > 0;
    });
    for (const int32_t e : order) { out.child(0).append_from(elements, e); }
    out.finish_list();
  });
  return bound;
}

BoundFunction bind_array_repeat(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  return BoundFunction{.type = DataType::array(input.types[0], input.nullable[0]),
                       .nullable = input.nullable[1],
                       .argument_types = {input.types[0], expect_argument(input, 1, TypeId::kInt)},
                       .nulls = NullPolicy::kHandled,
                       .can_fail = true,
                       .evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
                         if (arguments[1].is_null(row)) { return out.append_null(); }
                         const int32_t count = ColumnReader<int32_t>(arguments[1])[row];
                         for (int32_t i = 0; i < count; ++i) { out.child(0).append_from(arguments[0], row); }
                         out.finish_list();
                       })};
}

/// slice(array, start, length): start counts from 1, from the end when negative.
BoundFunction bind_slice(const CallInput& input) {
  check_num_arguments(input, 3, 3);
  const auto type = expect_array(input, 0);
  return BoundFunction{
      .type = type,
      .nullable = any_nullable(input),
      .argument_types = {type, expect_argument(input, 1, TypeId::kInt), expect_argument(input, 2, TypeId::kInt)},
      .can_fail = true,
      .evaluate = building_rows([origin = input.origin](const Arguments& arguments, int32_t row, VectorBuilder& out) {
        const ListCell list(arguments[0], row);
        const int32_t start = ColumnReader<int32_t>(arguments[1])[row];
        const int32_t length = ColumnReader<int32_t>(arguments[2])[row];
        if (start == 0) {
          throw SqlError("INVALID_PARAMETER_VALUE.START", {{"functionName", "`slice`"}, {"parameter", "`start`"}},
                         origin);
        }
        if (length < 0) {
          throw SqlError("INVALID_PARAMETER_VALUE.LENGTH",
                         {{"functionName", "`slice`"}, {"parameter", "`length`"}, {"length", std::to_string(length)}},
                         origin);
        }
        const int64_t first = start > 0 ? int64_t{start} - 1 : int64_t{start} + list.size();
        if (first >= 0 && first < list.size()) {
          out.child(0).append_range(list.elements(), list.begin() + static_cast<int32_t>(first),
                                    static_cast<int32_t>(std::min<int64_t>(length, list.size() - first)));
        }
        out.finish_list();
      })};
}

BoundFunction bind_flatten(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  const auto type = expect_array(input, 0);
  if (type.element().id() != TypeId::kArray) {
    throw SqlError("DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"paramIndex", "first"},
                    {"requiredType", "\"ARRAY\" of \"ARRAY\""},
                    {"inputSql", "\"" + input.sql[0] + "\""},
                    {"inputType", "\"" + input.types[0].to_sql() + "\""}},
                   input.origin);
  }
  return BoundFunction{.type = type.element(),
                       .nullable = input.nullable[0] || type.contains_null(),
                       .argument_types = {type},
                       .evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
                         const ListCell outer(arguments[0], row);
                         for (int32_t e = outer.begin(); e < outer.end(); ++e) {
                           if (outer.elements().is_null(e)) { return out.append_null(); }
                         }
                         for (int32_t e = outer.begin(); e < outer.end(); ++e) {
                           const ListCell inner(outer.elements(), e);
                           out.child(0).append_range(inner.elements(), inner.begin(), inner.size());
                         }
                         out.finish_list();
                       })};
}

BoundFunction bind_array_compact(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  const auto type = expect_array(input, 0);
  return BoundFunction{.type = DataType::array(type.element(), false),
                       .nullable = any_nullable(input),
                       .argument_types = {type},
                       .evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
                         const ListCell list(arguments[0], row);
                         for (int32_t e = list.begin(); e < list.end(); ++e) {
                           if (!list.elements().is_null(e)) { out.child(0).append_from(list.elements(), e); }
                         }
                         out.finish_list();
                       })};
}

/// array_insert(array, position, value): position counts from 1, from the end when negative; gaps fill with NULL.
BoundFunction bind_array_insert(const CallInput& input) {
  check_num_arguments(input, 3, 3);
  const auto element = common_element(input, 0, 2);
  const auto type = DataType::array(element);
  return BoundFunction{
      .type = type,
      .nullable = input.nullable[0] || input.nullable[1],
      .argument_types = {type, expect_argument(input, 1, TypeId::kInt), element},
      .nulls = NullPolicy::kHandled,
      .can_fail = true,
      .evaluate = building_rows([origin = input.origin](const Arguments& arguments, int32_t row, VectorBuilder& out) {
        if (arguments[0].is_null(row) || arguments[1].is_null(row)) { return out.append_null(); }
        const ListCell list(arguments[0], row);
        const int64_t position = ColumnReader<int32_t>(arguments[1])[row];
        if (position == 0) { throw SqlError("INVALID_INDEX_OF_ZERO", {}, origin); }
        VectorBuilder& elements = out.child(0);
        const int64_t size = list.size();
        if (position > 0) {
          const auto before = static_cast<int32_t>(std::min<int64_t>(position - 1, size));
          elements.append_range(list.elements(), list.begin(), before);
          for (int64_t gap = size; gap < position - 1; ++gap) { elements.append_null(); }
          elements.append_from(arguments[2], row);
          elements.append_range(list.elements(), list.begin() + before, static_cast<int32_t>(size) - before);
        } else if (-position <= size + 1) {
          const auto before = static_cast<int32_t>(size + position + 1);  // -1 is behind the last element.
          elements.append_range(list.elements(), list.begin(), before);
          elements.append_from(arguments[2], row);
          elements.append_range(list.elements(), list.begin() + before, static_cast<int32_t>(size) - before);
        } else {
          elements.append_from(arguments[2], row);
          for (int64_t gap = size + 1; gap < -position; ++gap) { elements.append_null(); }
          elements.append_range(list.elements(), list.begin(), static_cast<int32_t>(size));
        }
        out.finish_list();
      })};
}

/// arrays_zip(a, b, ...): structs of the i-th elements, NULL where an array is shorter.
BoundFunction bind_arrays_zip(const CallInput& input) {
  std::vector<Field> fields;
  BoundFunction bound;
  for (std::size_t i = 0; i < input.types.size(); ++i) {
    const auto type = expect_array(input, i);
    bound.argument_types.push_back(type);
    // A plain column gives its name, anything else its number.
    const string& sql = input.sql[i];
    const bool is_name =
        !sql.empty() && sql.find_first_of("( '\"") == string::npos && !(sql[0] >= '0' && sql[0] <= '9');
    const auto dot = sql.rfind('.');
    fields.push_back(
        {is_name ? sql.substr(dot == string::npos ? 0 : dot + 1) : std::to_string(i), type.element(), true});
  }
  bound.type = DataType::array(DataType::structure(std::move(fields)), false);
  bound.nullable = any_nullable(input);
  bound.evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
    int32_t longest = 0;
    for (const Vector* column : arguments.vectors) { longest = std::max(longest, ListCell(*column, row).size()); }
    for (int32_t e = 0; e < longest; ++e) {
      for (std::size_t c = 0; c < arguments.vectors.size(); ++c) {
        const ListCell list(arguments[c], row);
        VectorBuilder& field = out.child(0).child(c);
        if (e < list.size()) {
          field.append_from(list.elements(), list.begin() + e);
        } else {
          field.append_null();
        }
      }
      out.child(0).finish_struct();
    }
    out.finish_list();
  });
  return bound;
}

/// array_join(array, separator[, text for NULL]).
BoundFunction bind_array_join(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  expect_array(input, 0);
  BoundFunction bound{.type = DataType::string(),
                      .nullable = any_nullable(input),
                      .argument_types = {DataType::array(DataType::string())},
                      .evaluate = {}};
  for (std::size_t i = 1; i < input.types.size(); ++i) {
    bound.argument_types.push_back(expect_argument(input, i, TypeClass::kString));
  }
  bound.evaluate = [](const Arguments& arguments, Vector& result) {
    string text;
    arguments.rows.for_each([&](int32_t row) {
      text.clear();
      const ListCell list(arguments[0], row);
      const ColumnReader<StringView> strings(list.elements());
      const StringView separator = ColumnReader<StringView>(arguments[1])[row];
      bool is_first = true;
      for (int32_t e = list.begin(); e < list.end(); ++e) {
        const bool is_null = list.elements().is_null(e);
        if (is_null && arguments.vectors.size() < 3) { continue; }
        if (!is_first) { text += separator.view(); }
        is_first = false;
        text += is_null ? ColumnReader<StringView>(arguments[2])[row].view() : strings[e].view();
      }
      result.mutable_values<StringView>()[row] = result.string_heap().add(text);
    });
  };
  return bound;
}

/// get(array, index): from 0, NULL outside.
BoundFunction bind_get(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  const auto type = expect_array(input, 0);
  return BoundFunction{.type = type.element(),
                       .nullable = true,
                       .argument_types = {type, expect_argument(input, 1, TypeId::kInt)},
                       .evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
                         const ListCell list(arguments[0], row);
                         const int32_t index = ColumnReader<int32_t>(arguments[1])[row];
                         if (index < 0 || index >= list.size()) {
                           out.append_null();
                         } else {
                           out.append_from(list.elements(), list.begin() + index);
                         }
                       })};
}

/// element_at(array, index from 1 or the end), element_at(map, key).
BindFunction bind_element_at(bool is_try) {
  return [is_try](const CallInput& input) {
    check_num_arguments(input, 2, 2);
    BoundFunction bound;
    bound.nullable = true;
    if (input.types[0].id() == TypeId::kMap) {
      const auto& map = input.types[0];
      const auto key = wider_type(map.key(), input.types[1]);
      if (!key) { fail_different_types(input, "DATATYPE_MISMATCH.MAP_FUNCTION_DIFF_TYPES"); }
      bound.type = map.value();
      bound.argument_types = {DataType::map(*key, map.value(), map.contains_null()), *key};
      bound.evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
        const ListCell entries(arguments[0], row);
        for (int32_t e = entries.begin(); e < entries.end(); ++e) {
          if (equal_cells(entries.elements(), e, arguments[1], row)) { return out.append_from(entries.values(), e); }
        }
        out.append_null();
      });
      return bound;
    }
    const auto type = expect_array(input, 0);
    bound.type = type.element();
    bound.argument_types = {type, expect_argument(input, 1, TypeId::kInt)};
    bound.can_fail = true;
    bound.evaluate = building_rows([is_try, origin = input.origin](const Arguments& arguments, int32_t row,
                                                                   VectorBuilder& out) {
      const ListCell list(arguments[0], row);
      const int64_t index = ColumnReader<int32_t>(arguments[1])[row];
      if (index == 0) { throw SqlError("INVALID_INDEX_OF_ZERO", {}, origin); }
      if (std::abs(index) > list.size()) {
        if (is_try || !arguments.context.ansi) { return out.append_null(); }
        throw SqlError("INVALID_ARRAY_INDEX_IN_ELEMENT_AT",
                       {{"indexValue", std::to_string(index)},
                        {"arraySize", std::to_string(list.size())},
                        {"ansiConfig", "\"spark.sql.ansi.enabled\""}},
                       origin);
      }
      out.append_from(list.elements(), static_cast<int32_t>(index > 0 ? list.begin() + index - 1 : list.end() + index));
    });
    return bound;
  };
}

/// concat and ||: strings, binaries or arrays.
BoundFunction bind_concat(const CallInput& input) {
  BoundFunction bound;
  bound.nullable = any_nullable(input);
  bool has_array = false;
  bool all_binary = !input.types.empty();
  for (const auto& type : input.types) {
    has_array = has_array || type.id() == TypeId::kArray;
    all_binary = all_binary && type.id() == TypeId::kBinary;
  }
  if (has_array) {
    DataType common = input.types[0];
    for (std::size_t i = 1; i < input.types.size(); ++i) {
      const auto wider = wider_type(common, input.types[i]);
      if (!wider) {
        string types;
        for (std::size_t j = 0; j < input.types.size(); ++j) {
          types += (j > 0 ? " or \"" : "(\"") + input.types[j].to_sql() + "\"";
        }
        throw SqlError(
            "DATATYPE_MISMATCH.DATA_DIFF_TYPES",
            {{"sqlExpr", "\"" + call_text(input) + "\""}, {"functionName", "`concat`"}, {"dataType", types + ")"}},
            input.origin);
      }
      common = *wider;
    }
    bound.type = common;
    bound.argument_types.assign(input.types.size(), common);
    bound.evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
      for (const Vector* column : arguments.vectors) {
        const ListCell list(*column, row);
        out.child(0).append_range(list.elements(), list.begin(), list.size());
      }
      out.finish_list();
    });
    return bound;
  }
  bound.type = all_binary ? DataType(TypeId::kBinary) : DataType::string();
  for (std::size_t i = 0; i < input.types.size(); ++i) {
    bound.argument_types.push_back(all_binary ? input.types[i] : expect_argument(input, i, TypeClass::kString));
  }
  bound.evaluate = [](const Arguments& arguments, Vector& result) {
    std::vector<ColumnReader<StringView>> parts;
    for (const Vector* column : arguments.vectors) { parts.emplace_back(*column); }
    StringHeap& heap = result.string_heap();
    arguments.rows.for_each([&](int32_t row) {
      std::size_t total = 0;
      for (const auto& part : parts) { total += part[row].size(); }
      char* out = heap.reserve(total + 1);
      for (const auto& part : parts) {
        const auto text = part[row].view();
        std::copy(text.begin(), text.end(), out);
        out += text.size();
      }
      result.mutable_values<StringView>()[row] = heap.commit(total);
    });
  };
  return bound;
}

std::string reverse_text(std::string_view text) {
  string out(text.size(), '\0');
  std::size_t end = text.size();
  for (std::size_t i = 0; i < text.size();) {
    std::size_t bytes = 1;
    while (i + bytes < text.size() && (static_cast<unsigned char>(text[i + bytes]) & 0xC0U) == 0x80U) { ++bytes; }
    end -= bytes;
    text.copy(out.data() + end, bytes, i);
    i += bytes;
  }
  return out;
}

BoundFunction bind_reverse(const CallInput& input) {
  check_num_arguments(input, 1, 1);
  BoundFunction bound;
  bound.nullable = any_nullable(input);
  if (input.types[0].id() == TypeId::kArray) {
    bound.type = input.types[0];
    bound.argument_types = {bound.type};
    bound.evaluate = building_rows([](const Arguments& arguments, int32_t row, VectorBuilder& out) {
      const ListCell list(arguments[0], row);
      for (int32_t e = list.end() - 1; e >= list.begin(); --e) { out.child(0).append_from(list.elements(), e); }
      out.finish_list();
    });
  } else {
    const auto type = expect_argument(input, 0, TypeClass::kString);
    bound.type = DataType::string(type.collation());
    bound.argument_types = {type};
    bound.evaluate = rowwise<std::string_view>(reverse_text);
  }
  return bound;
}

BoundFunction bind_shuffle(const CallInput& input) {
  check_num_arguments(input, 1, 2);
  const auto type = expect_array(input, 0);
  BoundFunction bound{.type = type, .nullable = any_nullable(input), .argument_types = {type}, .evaluate = {}};
  std::optional<int64_t> seed;
  if (input.types.size() == 2) {
    bound.argument_types.push_back(expect_argument(input, 1, TypeId::kBigint));
    seed = expect_constant(input, 1, "seed").as_int64();
  }
  bound.evaluate = building_rows([seed, random = std::optional<JavaRandom>()](const Arguments& arguments, int32_t row,
                                                                              VectorBuilder& out) mutable {
    if (!random) {
      random.emplace(JavaRandom::xor_shift(seed.value_or(arguments.context.query_seed) + arguments.context.partition));
    }
    const ListCell list(arguments[0], row);
    std::vector<int32_t> order(static_cast<std::size_t>(list.size()));
    std::iota(order.begin(), order.end(), list.begin());
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[static_cast<std::size_t>(random->next_int(static_cast<int32_t>(i)))]);
    }
    for (const int32_t e : order) { out.child(0).append_from(list.elements(), e); }
    out.finish_list();
  });
  return bound;
}

/// sequence(start, stop[, step]) of whole numbers; dates and timestamps are in datetime_sequence.cpp.
template <typename T>
Evaluate integer_sequence(Origin origin) {
  return building_rows([origin](const Arguments& arguments, int32_t row, VectorBuilder& out) {
    const int64_t start = ColumnReader<T>(arguments[0])[row];
    const int64_t stop = ColumnReader<T>(arguments[1])[row];
    const int64_t step = arguments.vectors.size() == 3 ? ColumnReader<T>(arguments[2])[row] : start <= stop ? 1 : -1;
    if ((step == 0 && start != stop) || (step > 0 && start > stop) || (step < 0 && start < stop)) {
      throw SqlError("ILLEGAL_SEQUENCE_BOUNDARIES",
                     {{"start", std::to_string(start)}, {"stop", std::to_string(stop)}, {"step", std::to_string(step)}},
                     origin);
    }
    const auto count = step == 0 ? Int128{1} : (Int128{stop} - start) / step + 1;
    if (count > kMaxArrayLength) {
      throw SqlError("COLLECTION_SIZE_LIMIT_EXCEEDED.PARAMETER",
                     {{"numberOfElements", std::to_string(static_cast<int64_t>(count))},
                      {"maxRoundedArrayLength", std::to_string(kMaxArrayLength)},
                      {"functionName", "`sequence`"},
                      {"parameter", "`count`"}},
                     origin);
    }
    for (int64_t i = 0; i < static_cast<int64_t>(count); ++i) {
      out.child(0).template append<T>(static_cast<T>(start + i * step));
    }
    out.finish_list();
  });
}

}  // namespace

BoundFunction bind_integer_sequence(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  DataType type = input.types[0];
  for (std::size_t i = 1; i < input.types.size(); ++i) { type = wider_type(type, input.types[i]).value_or(DataType()); }
  if (!type.is_integral()) {
    throw SqlError("DATATYPE_MISMATCH.SEQUENCE_WRONG_INPUT_TYPES",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"functionName", "`sequence`"},
                    {"startType", "(\"TIMESTAMP\" or \"TIMESTAMP_NTZ\" or \"DATE\")"},
                    {"stepType", "(\"INTERVAL\" or \"INTERVAL YEAR TO MONTH\" or \"INTERVAL DAY TO SECOND\")"},
                    {"otherStartType", "\"INTEGRAL\""}},
                   input.origin);
  }
  BoundFunction bound{.type = DataType::array(type, false),
                      .nullable = any_nullable(input),
                      .argument_types = std::vector<DataType>(input.types.size(), type),
                      .can_fail = true,
                      .evaluate = {}};
  switch (type.id()) {
    case TypeId::kTinyint: bound.evaluate = integer_sequence<std::int8_t>(input.origin); break;
    case TypeId::kSmallint: bound.evaluate = integer_sequence<std::int16_t>(input.origin); break;
    case TypeId::kInt: bound.evaluate = integer_sequence<int32_t>(input.origin); break;
    default: bound.evaluate = integer_sequence<int64_t>(input.origin); break;
  }
  return bound;
}

void add_array_functions(FunctionRegistry& registry) {
  const auto add_to = [&](std::string_view group, std::string_view name, BindFunction bind, std::string_view usage,
                          std::vector<FunctionExample> examples, std::string_view since,
                          std::vector<std::string_view> aliases = {}, bool is_deterministic = true,
                          std::size_t num_required = 0, std::vector<std::pair<Value, DataType>> defaults = {}) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = group, .usage = usage, .examples = std::move(examples), .since = since},
        .aliases = std::move(aliases),
        .is_deterministic = is_deterministic,
        .num_required = num_required,
        .default_arguments = std::move(defaults)});
  };
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since) {
    add_to("array_funcs", name, std::move(bind), usage, std::move(examples), since);
  };
  add("array", bind_array, "array(value, ...) - Returns an array of the values.",
      {{"SELECT array(1, 2, 3)", {"[1, 2, 3]"}}}, "1.1.0");
  add("array_append", bind_add(true), "array_append(array, value) - Returns the array with value behind its elements.",
      {{"SELECT array_append(array('a', 'b'), 'c')", {"[a, b, c]"}}}, "3.4.0");
  add("array_prepend", bind_add(false),
      "array_prepend(array, value) - Returns the array with value before its elements.",
      {{"SELECT array_prepend(array('b', 'c'), 'a')", {"[a, b, c]"}}}, "3.5.0");
  add("array_contains", bind_array_contains,
      "array_contains(array, value) - Whether value is among the elements; NULL when it is not but "
      "an element is NULL.",
      {{"SELECT array_contains(array(1, 2, 3), 2)", {"true"}}, {"SELECT array_contains(array(1, NULL), 2)", {"NULL"}}},
      "1.5.0");
  add("array_position", bind_array_position,
      "array_position(array, value) - Returns the place, from 1, of the first element that equals "
      "value; 0 when there is none.",
      {{"SELECT array_position(array(5, 7, 7), 7)", {"2"}}}, "2.4.0");
  add("array_remove", bind_array_remove,
      "array_remove(array, value) - Returns the array without the elements that equal value.",
      {{"SELECT array_remove(array(1, 2, NULL, 2), 2)", {"[1, null]"}}}, "2.4.0");
  add("array_distinct", bind_array_distinct,
      "array_distinct(array) - Returns the elements without repetitions, in the order of their first.",
      {{"SELECT array_distinct(array(1, 2, 1, NULL, NULL))", {"[1, 2, null]"}}}, "2.4.0");
  add("array_union", bind_set(SetKind::kUnion),
      "array_union(a, b) - Returns the elements of either array, without repetitions.",
      {{"SELECT array_union(array(1, 2), array(2, 3))", {"[1, 2, 3]"}}}, "2.4.0");
  add("array_intersect", bind_set(SetKind::kIntersect),
      "array_intersect(a, b) - Returns the elements of a that are in b too, without repetitions.",
      {{"SELECT array_intersect(array(1, 2, 2), array(2, 3))", {"[2]"}}}, "2.4.0");
  add("array_except", bind_set(SetKind::kExcept),
      "array_except(a, b) - Returns the elements of a that are not in b, without repetitions.",
      {{"SELECT array_except(array(1, 2, 1), array(2, 3))", {"[1]"}}}, "2.4.0");
  add("arrays_overlap", bind_arrays_overlap,
      "arrays_overlap(a, b) - Whether an element is in both arrays; NULL when none is known to be but "
      "NULLs leave it open.",
      {{"SELECT arrays_overlap(array(1, 2), array(2, 3))", {"true"}}}, "2.4.0");
  add("arrays_zip", bind_arrays_zip,
      "arrays_zip(a, b, ...) - Returns an array of structs: the n-th holds the n-th elements of all arrays.",
      {{"SELECT arrays_zip(array(1, 2), array('x', 'y'))", {"[{1, x}, {2, y}]"}}}, "2.4.0");
  add("array_join", bind_array_join,
      "array_join(array, separator[, nullReplacement]) - Returns the elements as one string; NULLs are left out "
      "or replaced.",
      {{"SELECT array_join(array('a', NULL, 'b'), '-')", {"a-b"}},
       {"SELECT array_join(array('a', NULL), '-', '?')", {"a-?"}}},
      "2.4.0");
  add("array_min", bind_extreme(-1), "array_min(array) - Returns the smallest element; NULLs do not count.",
      {{"SELECT array_min(array(3, NULL, 1))", {"1"}}}, "2.4.0");
  add("array_max", bind_extreme(1), "array_max(array) - Returns the largest element; NULLs do not count.",
      {{"SELECT array_max(array(3, NULL, 1))", {"3"}}}, "2.4.0");
  add("array_repeat", bind_array_repeat, "array_repeat(value, count) - Returns an array of count times the value.",
      {{"SELECT array_repeat('ab', 2)", {"[ab, ab]"}}}, "2.4.0");
  add("array_size", bind_array_size, "array_size(array) - Returns the number of elements.",
      {{"SELECT array_size(array('a', 'b'))", {"2"}}}, "3.3.0");
  add("array_compact", bind_array_compact, "array_compact(array) - Returns the array without its NULLs.",
      {{"SELECT array_compact(array(1, NULL, 2))", {"[1, 2]"}}}, "3.4.0");
  add("array_insert", bind_array_insert,
      "array_insert(array, pos, value) - Returns the array with value put in at pos, which counts from 1, or "
      "from the end when negative.",
      {{"SELECT array_insert(array(1, 2, 3), 2, 9)", {"[1, 9, 2, 3]"}},
       {"SELECT array_insert(array(1, 2), -1, 9)", {"[1, 2, 9]"}}},
      "3.4.0");
  add("flatten", bind_flatten, "flatten(arrays) - Returns one array of the elements of an array of arrays.",
      {{"SELECT flatten(array(array(1, 2), array(3)))", {"[1, 2, 3]"}}}, "2.4.0");
  add("get", bind_get, "get(array, index) - Returns the element at index, which counts from 0; NULL outside.",
      {{"SELECT get(array('a', 'b'), 1)", {"b"}}, {"SELECT get(array('a'), 4)", {"NULL"}}}, "3.4.0");
  add("slice", bind_slice,
      "slice(array, start, length) - Returns length elements from start on, which counts from 1, or from the end when "
      "negative.",
      {{"SELECT slice(array(1, 2, 3, 4), 2, 2)", {"[2, 3]"}}, {"SELECT slice(array(1, 2, 3, 4), -2, 2)", {"[3, 4]"}}},
      "2.4.0");
  add_to("array_funcs", "sort_array", bind_sort_array,
         "sort_array(array[, ascending]) - Returns the elements in order; NULLs are first, or last when descending.",
         {{"SELECT sort_array(array('b', NULL, 'a'))", {"[null, a, b]"}}}, "1.5.0", {}, true, 1,
         {{Value(true), TypeId::kBoolean}});
  add_to("array_funcs", "shuffle", bind_shuffle, "shuffle(array[, seed]) - Returns the elements in random order.", {},
         "2.4.0", {}, false);
  add_to("collection_funcs", "size", bind_size,
         "size(expr) - Returns the number of elements of an array, or entries of a map.",
         {{"SELECT size(array('b', 'd', 'c', 'a'))", {"4"}}, {"SELECT size(map('a', 1, 'b', 2))", {"2"}}}, "1.5.0",
         {"cardinality"});
  add_to("collection_funcs", "element_at", bind_element_at(false),
         "element_at(array, index) - Returns the element at index, from 1, or from the "
         "end when negative; an error outside.\nelement_at(map, key) - Returns the value of a key; NULL when there is "
         "none.",
         {{"SELECT element_at(array(1, 2, 3), -1)", {"3"}}, {"SELECT element_at(map(1, 'a', 2, 'b'), 2)", {"b"}}},
         "2.4.0");
  add_to("collection_funcs", "try_element_at", bind_element_at(true),
         "try_element_at(expr, key) - As element_at, but NULL outside an array.",
         {{"SELECT try_element_at(array(1, 2), 5)", {"NULL"}}}, "3.5.0");
  add_to("collection_funcs", "concat", bind_concat, "concat(value, ...) - Returns strings, binaries or arrays in one.",
         {{"SELECT concat('ham', 'mer')", {"hammer"}},
          {"SELECT concat(array(1), array(2, 3))", {"[1, 2, 3]"}},
          {"SELECT 'a' || 'b'", {"ab"}}},
         "1.5.0", {"||"});
  add_to("collection_funcs", "reverse", bind_reverse,
         "reverse(expr) - Returns a string, or the elements of an array, backwards.",
         {{"SELECT reverse('abc')", {"cba"}}, {"SELECT reverse(array(1, 2))", {"[2, 1]"}}}, "1.5.0");
}

}  // namespace hammerscale::sql
