#include "sql/types/cast.hpp"

#include <algorithm>
#include <numeric>

#include "hammerscale/base/check.hpp"
#include "sql/functions/variant_cast.hpp"
#include "sql/types/cast_loop.hpp"
#include "sql/types/coercion.hpp"

namespace hammerscale::sql {
namespace {

CastLoop make_loop(const CastCase& cast);

/// Casts every row of `input` that is not NULL, and carries NULLs over.
void cast_part(const CastLoop& loop, const Vector& input, Vector& result, const VectorMemory& memory) {
  const std::int32_t num_rows = input.size();
  result.set_size(num_rows);
  if (input.type().is_null()) {
    for (std::int32_t row = 0; row < num_rows; ++row) { result.set_null(row); }
    return;
  }
  if (!input.may_have_nulls()) {
    loop(input, RowSet{nullptr, num_rows}, result, memory);
    return;
  }
  std::vector<std::int32_t> rows;
  for (std::int32_t row = 0; row < num_rows; ++row) {
    if (!input.is_null(row)) { rows.push_back(row); }
  }
  loop(input, RowSet{rows.data(), static_cast<std::int32_t>(rows.size())}, result, memory);
  for (std::int32_t row = 0; row < num_rows; ++row) {
    if (input.is_null(row)) { result.set_null(row); }
  }
}

CastCase part_of(const CastCase& cast, const DataType& from, const DataType& to) {
  CastCase part = cast;
  part.from = from;
  part.to = to;
  return part;
}

/// Arrays and maps: the elements of the wanted rows are put together and cast as columns.
CastLoop make_list_loop(const CastCase& cast) {
  std::vector<CastLoop> loops;
  std::vector<DataType> types;
  if (cast.to.id() == TypeId::kArray) {
    loops.push_back(make_loop(part_of(cast, cast.from.element(), cast.to.element())));
    types = {cast.to.element()};
  } else {
    loops.push_back(make_loop(part_of(cast, cast.from.key(), cast.to.key())));
    loops.push_back(make_loop(part_of(cast, cast.from.value(), cast.to.value())));
    types = {cast.to.key(), cast.to.value()};
  }
  return [loops, types](const Vector& input, RowSet rows, Vector& result, const VectorMemory& memory) {
    const ColumnReader<ListEntry> reader(input);
    ListEntry* out = result.mutable_values<ListEntry>();
    std::fill_n(out, result.size(), ListEntry{});
    std::vector<std::int32_t> elements;
    rows.for_each([&](std::int32_t row) {
      const ListEntry entry = reader[row];
      out[row] = ListEntry{static_cast<std::int32_t>(elements.size()), entry.length};
      for (std::int32_t i = 0; i < entry.length; ++i) { elements.push_back(entry.offset + i); }
    });
    for (std::size_t part = 0; part < loops.size(); ++part) {
      const Vector gathered = input.base().child(part).gather(elements, memory);
      Vector converted(types[part], static_cast<std::int32_t>(elements.size()), memory);
      cast_part(loops[part], gathered, converted, memory);
      result.set_child(part, std::move(converted));
    }
  };
}

CastLoop make_struct_loop(const CastCase& cast) {
  std::vector<CastLoop> loops;
  for (std::size_t i = 0; i < cast.to.fields().size(); ++i) {
    loops.push_back(make_loop(part_of(cast, cast.from.fields()[i].type, cast.to.fields()[i].type)));
  }
  return [loops, type = cast.to](const Vector& input, RowSet rows, Vector& result, const VectorMemory& memory) {
    if (rows.size == 0) { return; }
    const std::int32_t num_rows = result.size();
    // Only wanted rows are cast, because the values of others could fail; these get a copy of the first wanted one.
    std::vector<std::int32_t> wanted(static_cast<std::size_t>(rows.size));
    std::vector<std::int32_t> positions(static_cast<std::size_t>(rows.size));
    for (std::int32_t i = 0; i < rows.size; ++i) {
      wanted[static_cast<std::size_t>(i)] = rows[i];
      positions[static_cast<std::size_t>(i)] = input.position(rows[i]);
    }
    for (std::size_t part = 0; part < loops.size(); ++part) {
      const Vector gathered = input.base().child(part).gather(positions, memory);
      Vector converted(type.fields()[part].type, rows.size, memory);
      cast_part(loops[part], gathered, converted, memory);
      if (rows.is_all()) {
        result.set_child(part, std::move(converted));
        continue;
      }
      std::vector<std::int32_t> spread(static_cast<std::size_t>(num_rows), 0);
      for (std::int32_t i = 0; i < rows.size; ++i) {
        spread[static_cast<std::size_t>(wanted[static_cast<std::size_t>(i)])] = i;
      }
      result.set_child(part, converted.gather(spread, memory, true));
    }
  };
}

CastLoop make_copy_loop() {
  return [](const Vector& input, RowSet rows, Vector& result, const VectorMemory& memory) {
    std::vector<std::int32_t> positions(static_cast<std::size_t>(result.size()), rows.size > 0 ? rows[0] : 0);
    rows.for_each([&](std::int32_t row) { positions[static_cast<std::size_t>(row)] = row; });
    if (rows.size == 0) { return; }
    DataType type = result.type();
    result = input.gather(positions, memory, true);
    result.set_type(std::move(type));
  };
}

bool is_time(const DataType& type) {
  return type.is_datetime() || type.id() == TypeId::kTime || type.is_ansi_interval() ||
         type.id() == TypeId::kCalendarInterval;
}

/// Overflow with intervals, and of dates that no timestamp reaches, was an error before ANSI mode too.
bool is_strict_in_legacy(const CastCase& cast) {
  return cast.from.is_ansi_interval() || cast.to.is_ansi_interval() ||
         (cast.from.id() == TypeId::kDate && cast.to.is_datetime());
}

CastLoop make_loop(const CastCase& cast) {
  if (cast.is_legacy() && is_strict_in_legacy(cast)) {
    CastCase strict = cast;
    strict.mode = CastMode::kAnsi;
    return make_loop(strict);
  }
  if (cast.from.is_null()) {
    return [](const Vector&, RowSet, Vector&, const VectorMemory&) {};
  }
  if (cast.from.same_but_nullability(cast.to)) { return make_copy_loop(); }
  if (cast.to.is_string()) { return make_cast_to_string(cast); }
  if (cast.to.id() == TypeId::kArray || cast.to.id() == TypeId::kMap) { return make_list_loop(cast); }
  if (cast.to.id() == TypeId::kStruct) { return make_struct_loop(cast); }
  if (cast.from.is_string()) { return make_cast_from_string(cast); }
  return is_time(cast.from) || is_time(cast.to) ? make_cast_of_times(cast) : make_cast_of_numbers(cast);
}

bool contains_variant(const DataType& type) {
  switch (type.id()) {
    case TypeId::kVariant: return true;
    case TypeId::kArray: return contains_variant(type.element());
    case TypeId::kMap: return contains_variant(type.key()) || contains_variant(type.value());
    case TypeId::kStruct:
      return std::ranges::any_of(type.fields(), [](const Field& f) { return contains_variant(f.type); });
    default: return false;
  }
}

/// Whether variants have to be taken apart or made; arrays and their like of variants as text need only be printed.
bool is_variant_cast(const DataType& from, const DataType& to) {
  if (to.is_string()) { return from.id() == TypeId::kVariant; }
  return contains_variant(from) || contains_variant(to);
}

CastCase make_case(const DataType& from, const DataType& to, CastMode mode, const EvaluationContext& context,
                   Origin origin) {
  const TimeZone* zone = context.time_zone != nullptr ? context.time_zone : &TimeZone::utc();
  return CastCase{from, to, mode, zone, context.query_start_micros, origin};
}

}  // namespace

void check_cast(const DataType& from, const DataType& to, CastMode mode, std::string_view sql, Origin origin) {
  if (can_cast(from, to, mode)) { return; }
  ErrorParameters parameters = {{"sqlExpr", CastCase::quoted(sql)},
                                {"srcType", CastCase::quoted(from.to_sql())},
                                {"targetType", CastCase::quoted(to.to_sql())}};
  if (mode == CastMode::kAnsi) {
    std::string_view functions;
    if (from.is_numeric() && to.id() == TypeId::kDate) { functions = "`DATE_FROM_UNIX_DATE`"; }
    if (from.id() == TypeId::kDate && to.is_numeric()) { functions = "`UNIX_DATE`"; }
    if (!functions.empty()) {
      parameters.emplace_back("functionNames", functions);
      throw SqlError("DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION", std::move(parameters), origin);
    }
    if (can_cast(from, to, CastMode::kLegacy)) {
      parameters.emplace_back("config", "\"spark.sql.ansi.enabled\"");
      parameters.emplace_back("configVal", "'false'");
      throw SqlError("DATATYPE_MISMATCH.CAST_WITH_CONF_SUGGESTION", std::move(parameters), origin);
    }
  }
  throw SqlError("DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION", std::move(parameters), origin);
}

BoundFunction bind_cast(const DataType& from, const DataType& to, CastMode mode, const EvaluationContext& context,
                        std::string_view sql, Origin origin) {
  check_cast(from, to, mode, sql, origin);
  BoundFunction bound;
  bound.type = to;
  bound.nullable = cast_may_give_null(from, to, mode);
  bound.argument_types = {from};
  bound.nulls = NullPolicy::kPropagate;
  bound.can_fail = mode == CastMode::kAnsi && !can_up_cast(from, to);
  if (!from.same_but_nullability(to) && !from.is_null() && is_variant_cast(from, to)) {
    bound.can_fail = true;
    bound.evaluate = make_variant_cast(from, to, mode, origin);
    return bound;
  }
  bound.evaluate = [loop = make_loop(make_case(from, to, mode, context, origin))](const Arguments& arguments,
                                                                                  Vector& result) {
    // Loops over nested values need to know how many rows there are.
    if (result.size() == 0) { result.set_size(arguments[0].size()); }
    loop(arguments[0], arguments.rows, result, arguments.context.memory);
  };
  return bound;
}

Value cast_value(const Value& value, const DataType& from, const DataType& to, CastMode mode,
                 const EvaluationContext& context, Origin origin) {
  check_cast(from, to, mode,
             "CAST(" + value_sql(value, from, context.time_zone != nullptr ? *context.time_zone : TimeZone::utc()) +
                 " AS " + to.to_sql() + ")",
             origin);
  if (value.is_null()) { return Value(); }
  if (from.same_but_nullability(to)) { return value; }
  if (is_variant_cast(from, to)) { return cast_variant_value(value, from, to, mode, context, origin); }
  Vector input(from, 1, context.memory);
  input.set_size(1);
  input.set_value(0, value);
  Vector result(to, 1, context.memory);
  result.set_size(1);
  make_loop(make_case(from, to, mode, context, origin))(input, RowSet{nullptr, 1}, result, context.memory);
  return result.value(0);
}

}  // namespace hammerscale::sql
