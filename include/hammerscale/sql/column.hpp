#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/value.hpp"

namespace hammerscale::sql {

struct Expression;
class WindowSpecification;

/// An expression over the columns of a DataFrame, before names and types are known. Immutable; copies are cheap.
///
/// Operators build larger ones: col("a") + 1, col("a") == "x" (SQL's =), !col("flag"). Numbers and texts beside a
/// Column are literals. && and || are AND and OR. For functions see functions.hpp.
class Column {
 public:
  explicit Column(std::shared_ptr<const Expression> expression) : expression_(std::move(expression)) {}
  /// Literals. Texts are strings, not names: use col() for columns.
  Column(std::integral auto value) : Column(literal_of(value)) {}  // NOLINT(google-explicit-constructor)
  Column(double value);                                            // NOLINT(google-explicit-constructor)
  Column(float value);                                             // NOLINT(google-explicit-constructor)
  Column(const char* value);                                       // NOLINT(google-explicit-constructor)
  Column(const std::string& value);                                // NOLINT(google-explicit-constructor)
  Column(std::string_view value);                                  // NOLINT(google-explicit-constructor)

  [[nodiscard]] Column alias(std::string_view name) const;
  [[nodiscard]] Column as(std::string_view name) const { return alias(name); }
  /// Names for the columns of a generator.
  [[nodiscard]] Column as(std::vector<std::string> names) const;
  [[nodiscard]] Column cast(const DataType& type) const;
  [[nodiscard]] Column cast(std::string_view type) const;  ///< "decimal(10,2)"
  [[nodiscard]] Column try_cast(const DataType& type) const;
  [[nodiscard]] Column try_cast(std::string_view type) const;

  [[nodiscard]] Column is_null() const;
  [[nodiscard]] Column is_not_null() const;
  [[nodiscard]] Column is_nan() const;
  [[nodiscard]] Column eq_null_safe(const Column& other) const;
  [[nodiscard]] Column isin(const std::vector<Column>& values) const;
  [[nodiscard]] Column between(const Column& low, const Column& high) const;
  [[nodiscard]] Column like(const Column& pattern) const;
  [[nodiscard]] Column ilike(const Column& pattern) const;
  [[nodiscard]] Column rlike(const Column& pattern) const;
  [[nodiscard]] Column starts_with(const Column& text) const;
  [[nodiscard]] Column ends_with(const Column& text) const;
  [[nodiscard]] Column contains(const Column& text) const;
  [[nodiscard]] Column substr(const Column& start, const Column& length) const;
  [[nodiscard]] Column bitwise_and(const Column& other) const;
  [[nodiscard]] Column bitwise_or(const Column& other) const;
  [[nodiscard]] Column bitwise_xor(const Column& other) const;

  /// Element of an array (from 0), value of a map's key, field of a struct.
  [[nodiscard]] Column get_item(const Column& key) const;
  [[nodiscard]] Column get_field(std::string_view name) const;

  [[nodiscard]] Column asc() const;
  [[nodiscard]] Column asc_nulls_first() const;
  [[nodiscard]] Column asc_nulls_last() const;
  [[nodiscard]] Column desc() const;
  [[nodiscard]] Column desc_nulls_first() const;
  [[nodiscard]] Column desc_nulls_last() const;

  [[nodiscard]] Column over(const WindowSpecification& window) const;
  /// Continues when(...): further branches, and what holds otherwise.
  /// @throws UserError kInvalidArgument  this is no when(), or it has an otherwise() already.
  [[nodiscard]] Column when(const Column& condition, const Column& value) const;
  [[nodiscard]] Column otherwise(const Column& value) const;

  friend Column operator+(const Column& a, const Column& b) { return a.call("+", b); }
  friend Column operator-(const Column& a, const Column& b) { return a.call("-", b); }
  friend Column operator*(const Column& a, const Column& b) { return a.call("*", b); }
  friend Column operator/(const Column& a, const Column& b) { return a.call("/", b); }
  friend Column operator%(const Column& a, const Column& b) { return a.call("%", b); }
  friend Column operator==(const Column& a, const Column& b) { return a.call("=", b); }
  friend Column operator!=(const Column& a, const Column& b) { return a.call("<>", b); }
  friend Column operator<(const Column& a, const Column& b) { return a.call("<", b); }
  friend Column operator<=(const Column& a, const Column& b) { return a.call("<=", b); }
  friend Column operator>(const Column& a, const Column& b) { return a.call(">", b); }
  friend Column operator>=(const Column& a, const Column& b) { return a.call(">=", b); }
  friend Column operator&&(const Column& a, const Column& b) { return a.call("and", b); }
  friend Column operator||(const Column& a, const Column& b) { return a.call("or", b); }
  friend Column operator!(const Column& a) { return a.call("not"); }
  friend Column operator-(const Column& a) { return a.call("negative"); }
  friend Column operator~(const Column& a) { return a.call("~"); }

  [[nodiscard]] const std::shared_ptr<const Expression>& expression() const noexcept { return expression_; }
  /// As SQL.
  [[nodiscard]] std::string to_string() const;

 private:
  static Column literal_of(bool value);
  static Column literal_of(std::int64_t value, TypeId type);
  template <std::integral T>
  static Column literal_of(T value) {
    if constexpr (std::same_as<T, bool>) {
      return literal_of(static_cast<bool>(value));
    } else {
      return literal_of(static_cast<std::int64_t>(value), sizeof(T) == 1   ? TypeId::kTinyint
                                                          : sizeof(T) == 2 ? TypeId::kSmallint
                                                          : sizeof(T) == 4 ? TypeId::kInt
                                                                           : TypeId::kBigint);
    }
  }
  [[nodiscard]] Column call(std::string_view name) const;
  [[nodiscard]] Column call(std::string_view name, const Column& other) const;

  std::shared_ptr<const Expression> expression_;
};

/// A column by name: "a", "t.a", "s.field", "`odd name`", or "*" and "t.*".
Column col(std::string_view name);
/// A value of any type, as Value says.
Column lit(Value value, DataType type);
inline Column lit(const Column& value) { return value; }
/// SQL text: expr("a + 1 AS b").
Column expr(std::string_view sql);
/// CASE WHEN condition THEN value; go on with .when(...) and .otherwise(...).
Column when(const Column& condition, const Column& value);
/// Any function by its SQL name, aggregate functions and those of the session too.
Column call_function(std::string_view name, const std::vector<Column>& arguments);

/// How far a window's frame reaches from the current row.
struct WindowBoundary {
  enum class Kind : std::uint8_t { kUnboundedPreceding, kOffset, kCurrentRow, kUnboundedFollowing };
  Kind kind = Kind::kCurrentRow;
  std::int64_t offset = 0;  ///< Of kOffset: below 0 before the current row.
};

/// PARTITION BY, ORDER BY and the frame of a window. Immutable.
class WindowSpecification {
 public:
  [[nodiscard]] WindowSpecification partition_by(const std::vector<Column>& keys) const;
  [[nodiscard]] WindowSpecification order_by(const std::vector<Column>& orders) const;
  [[nodiscard]] WindowSpecification rows_between(WindowBoundary first, WindowBoundary last) const;
  [[nodiscard]] WindowSpecification range_between(WindowBoundary first, WindowBoundary last) const;

 private:
  friend class Column;
  enum class Unit : std::uint8_t { kNone, kRows, kRange };
  std::vector<Column> partition_;
  std::vector<Column> orders_;
  Unit unit_ = Unit::kNone;
  WindowBoundary first_;
  WindowBoundary last_;
};

/// Where window specifications begin: window::partition_by({"dept"}).order_by({col("pay").desc()}).
namespace window {
inline constexpr WindowBoundary kUnboundedPreceding{WindowBoundary::Kind::kUnboundedPreceding, 0};
inline constexpr WindowBoundary kCurrentRow{WindowBoundary::Kind::kCurrentRow, 0};
inline constexpr WindowBoundary kUnboundedFollowing{WindowBoundary::Kind::kUnboundedFollowing, 0};
inline constexpr WindowBoundary rows(std::int64_t offset) {
  return offset == 0 ? kCurrentRow : WindowBoundary{WindowBoundary::Kind::kOffset, offset};
}
WindowSpecification partition_by(const std::vector<Column>& keys);
WindowSpecification order_by(const std::vector<Column>& orders);
}  // namespace window

}  // namespace hammerscale::sql
