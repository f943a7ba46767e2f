#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/plan/expression.hpp"
#include "sql/types/time_zone.hpp"
#include "sql/types/value_text.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// Casts the given rows, none of them NULL, from one vector into a flat one that was prepared for the target type.
using CastLoop = std::function<void(const Vector& input, RowSet rows, Vector& result, const VectorMemory& memory)>;

/// One cast between types without parts, and what it knows besides values. Internal to the cast*.cpp files.
struct CastCase {
  DataType from;
  DataType to;
  CastMode mode = CastMode::kAnsi;
  const TimeZone* zone = nullptr;
  std::int64_t now_micros = 0;
  Origin origin = {};

  [[nodiscard]] bool is_ansi() const noexcept { return mode == CastMode::kAnsi; }
  [[nodiscard]] bool is_legacy() const noexcept { return mode == CastMode::kLegacy; }

  /// What a failing row does: an error in ANSI mode, NULL else.
  void overflow(const Vector& input, std::int32_t row, Vector& result) const {
    if (is_ansi()) { throw_overflow(value_in_message(input.value(row), from, *zone), from.to_sql(), to.to_sql()); }
    result.set_null(row);
  }
  void malformed(const Vector& input, std::int32_t row, Vector& result) const {
    if (is_ansi()) {
      throw_malformed(value_in_message(input.value(row), from, *zone), from.is_string() ? "STRING" : from.to_sql());
    }
    result.set_null(row);
  }
  /// @param value  the decimal that does not fit, as plain text.
  void out_of_range(const std::string& value, std::int32_t row, Vector& result) const {
    if (is_ansi()) {
      throw SqlError("NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION",
                     {{"value", value},
                      {"precision", std::to_string(to.precision())},
                      {"scale", std::to_string(to.scale())},
                      {"config", "\"spark.sql.ansi.enabled\""}},
                     origin);
    }
    result.set_null(row);
  }
  [[noreturn]] void throw_overflow(std::string value, std::string_view source, std::string_view target) const {
    throw SqlError("CAST_OVERFLOW",
                   {{"value", std::move(value)}, {"sourceType", quoted(source)}, {"targetType", quoted(target)}},
                   origin);
  }
  [[noreturn]] void throw_malformed(std::string value, std::string_view source) const {
    throw SqlError(
        "CAST_INVALID_INPUT",
        {{"expression", std::move(value)}, {"sourceType", quoted(source)}, {"targetType", quoted(to.to_sql())}},
        origin);
  }
  static std::string quoted(std::string_view type) { return std::string("\"").append(type).append("\""); }
};

/// result[row] = convert(input[row]), which cannot fail.
template <typename From, typename To, typename Convert>
void map_rows(const Vector& input, RowSet rows, Vector& result, Convert convert) {
  const ColumnReader<From> reader(input);
  To* out = result.mutable_values<To>();
  if constexpr (!std::is_same_v<From, bool>) {
    if (reader.is_direct() && rows.is_all()) {
      const From* in = reader.data();
      for (std::int32_t i = 0; i < rows.size; ++i) { out[i] = convert(in[i]); }
      return;
    }
  }
  rows.for_each([&](std::int32_t row) { out[row] = convert(reader[row]); });
}

/// As map_rows where some values do not convert: all rows go through `convert` first, without branches, and only when
/// some are not fine are those found and given to fail(row).
template <typename From, typename To, typename IsFine, typename Convert, typename Fail>
void map_checked_rows(const Vector& input, RowSet rows, Vector& result, IsFine is_fine, Convert convert, Fail fail) {
  const ColumnReader<From> reader(input);
  To* out = result.mutable_values<To>();
  bool all_fine = true;
  if (reader.is_direct() && rows.is_all()) {
    const From* in = reader.data();
    for (std::int32_t i = 0; i < rows.size; ++i) {
      all_fine &= is_fine(in[i]);
      out[i] = convert(in[i]);
    }
  } else {
    rows.for_each([&](std::int32_t row) {
      all_fine &= is_fine(reader[row]);
      out[row] = convert(reader[row]);
    });
  }
  if (all_fine) { return; }
  rows.for_each([&](std::int32_t row) {
    if (!is_fine(reader[row])) { fail(row); }
  });
}

/// result[row] = *convert(input[row]) where that is set, else fail(row).
template <typename From, typename To, typename Convert, typename Fail>
void try_map_rows(const Vector& input, RowSet rows, Vector& result, Convert convert, Fail fail) {
  const ColumnReader<From> reader(input);
  To* out = result.mutable_values<To>();
  rows.for_each([&](std::int32_t row) {
    if (const auto value = convert(reader[row])) {
      out[row] = static_cast<To>(*value);
    } else {
      fail(row);
    }
  });
}

/// Calls f with a value of the C++ type of a column: int8_t to int64_t, float, double, Int128.
template <typename F>
auto with_number_type(PhysicalType type, F&& f) {
  switch (type) {
    case PhysicalType::kInt8: return f(std::int8_t{});
    case PhysicalType::kInt16: return f(std::int16_t{});
    case PhysicalType::kInt32: return f(std::int32_t{});
    case PhysicalType::kFloat: return f(float{});
    case PhysicalType::kDouble: return f(double{});
    case PhysicalType::kInt128: return f(Int128{});
    default: return f(std::int64_t{});
  }
}

/// The loops by group of types; each is for pairs that can_cast allows.
CastLoop make_cast_to_string(const CastCase& cast);
CastLoop make_cast_from_string(const CastCase& cast);
CastLoop make_cast_of_numbers(const CastCase& cast);  ///< Among boolean, numbers, and numbers to binary.
CastLoop make_cast_of_times(const CastCase& cast);    ///< With a date, time, timestamp or interval on either side.

}  // namespace hammerscale::sql
