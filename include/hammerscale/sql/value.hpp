#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "hammerscale/sql/data_type.hpp"

namespace hammerscale::sql {

/// 128-bit integers hold the unscaled value of long decimals.
__extension__ using Int128 = __int128;

/// Spark's legacy interval; its parts are kept apart, because a month has no fixed number of days.
struct CalendarInterval {
  std::int32_t months = 0;
  std::int32_t days = 0;
  std::int64_t microseconds = 0;
  friend bool operator==(const CalendarInterval&, const CalendarInterval&) = default;
};

/// One value of any type, as a literal or a cell that was collected. Slow by design: inner loops use vectors.
///
/// What it holds follows from the type: boolean bool; tinyint..bigint, date, time, timestamps, ANSI intervals
/// std::int64_t, in the unit of PhysicalType; float float; double double; decimal Int128 (unscaled); calendar interval
/// CalendarInterval; string, binary, variant std::string; array and struct ValueList; map ValueList of key, value, key,
/// value, ...; NULL std::monostate.
class Value {
 public:
  using List = std::vector<Value>;
  using Holder =
      std::variant<std::monostate, bool, std::int64_t, float, double, Int128, CalendarInterval, std::string, List>;

  Value() = default;
  explicit Value(bool value) : holder_(value) {}
  explicit Value(std::int64_t value) : holder_(value) {}
  explicit Value(float value) : holder_(value) {}
  explicit Value(double value) : holder_(value) {}
  explicit Value(Int128 value) : holder_(value) {}
  explicit Value(CalendarInterval value) : holder_(value) {}
  explicit Value(std::string value) : holder_(std::move(value)) {}
  explicit Value(List value) : holder_(std::move(value)) {}

  [[nodiscard]] bool is_null() const noexcept { return holder_.index() == 0; }
  [[nodiscard]] bool as_bool() const { return std::get<bool>(holder_); }
  [[nodiscard]] std::int64_t as_int64() const { return std::get<std::int64_t>(holder_); }
  [[nodiscard]] float as_float() const { return std::get<float>(holder_); }
  [[nodiscard]] double as_double() const { return std::get<double>(holder_); }
  [[nodiscard]] Int128 as_int128() const { return std::get<Int128>(holder_); }
  [[nodiscard]] const CalendarInterval& as_interval() const { return std::get<CalendarInterval>(holder_); }
  [[nodiscard]] const std::string& as_string() const { return std::get<std::string>(holder_); }
  [[nodiscard]] const List& as_list() const { return std::get<List>(holder_); }
  [[nodiscard]] const Holder& holder() const noexcept { return holder_; }

  /// Bitwise equality of what is held; NaN equals NaN of the same bits. For plans, not for SQL's =.
  friend bool operator==(const Value& a, const Value& b);

 private:
  Holder holder_;
};

/// One row of a result: a value a column.
using Row = std::vector<Value>;

}  // namespace hammerscale::sql
