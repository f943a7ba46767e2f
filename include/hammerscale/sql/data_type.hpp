#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hammerscale::sql {

/// The logical types of Spark SQL. char(n) and varchar(n) are strings with a length.
enum class TypeId : std::uint8_t {
  kNull,
  kBoolean,
  kTinyint,
  kSmallint,
  kInt,
  kBigint,
  kFloat,
  kDouble,
  kDecimal,
  kString,
  kBinary,
  kDate,
  kTime,
  kTimestamp,
  kTimestampNtz,
  kYearMonthInterval,
  kDayTimeInterval,
  kCalendarInterval,
  kArray,
  kMap,
  kStruct,
  kVariant,
};

/// How strings compare. Every other collation of Spark's is refused with UNSUPPORTED_FEATURE.COLLATION or
/// COLLATION_INVALID_NAME.
enum class Collation : std::uint8_t { kUtf8Binary, kUtf8Lcase };

/// What a string's length means: no bound, char(n), varchar(n).
enum class StringKind : std::uint8_t { kString, kChar, kVarchar };

/// Fields of an interval type, from coarse to fine. Year-month intervals use the first two, day-time ones the others.
enum class IntervalField : std::uint8_t { kYear, kMonth, kDay, kHour, kMinute, kSecond };

/// The layout of one value in a flat vector; what kernels are instantiated for.
enum class PhysicalType : std::uint8_t {
  kNone,  ///< NULL type: no values.
  kBool,  ///< Bitmap, least significant bit first.
  kInt8,
  kInt16,
  kInt32,   ///< int, date (days since 1970-01-01), year-month interval (months).
  kInt64,   ///< bigint, timestamps and day-time interval (microseconds), time (nanoseconds of the day),
            ///< decimals of up to 18 digits (unscaled).
  kInt128,  ///< Decimals of 19 to 38 digits (unscaled).
  kFloat,
  kDouble,
  kInterval,  ///< CalendarInterval.
  kString,    ///< StringView: string, binary, variant (4 bytes length of the metadata, metadata, value).
  kList,      ///< ListEntry into children: array (one child), map (keys, values).
  kStruct,    ///< No values of its own; one child a field.
};

class DataType;

/// One column of a struct, table or result.
struct Field;

/// A type, as an immutable value; copies are cheap.
///
/// Invariant: nested types have their element types; a decimal has 1 <= precision <= 38 and scale <= precision.
class DataType {
 public:
  /// The NULL type ("void").
  DataType() = default;
  /// A type without parameters: every id but kDecimal (10,0), the intervals (widest), kArray, kMap and kStruct.
  DataType(TypeId id);  // NOLINT(google-explicit-constructor): a TypeId is a type where it has no parameters

  static DataType decimal(int precision, int scale);
  static DataType string(Collation collation = Collation::kUtf8Binary);
  static DataType char_of(int length);
  static DataType varchar(int length);
  static DataType time(int precision);
  static DataType year_month_interval(IntervalField start, IntervalField end);
  static DataType day_time_interval(IntervalField start, IntervalField end);
  static DataType array(DataType element, bool contains_null = true);
  static DataType map(DataType key, DataType value, bool value_contains_null = true);
  static DataType structure(std::vector<Field> fields);

  [[nodiscard]] TypeId id() const noexcept { return id_; }
  [[nodiscard]] PhysicalType physical() const noexcept;
  [[nodiscard]] int precision() const noexcept { return precision_; }  ///< Of a decimal or time.
  [[nodiscard]] int scale() const noexcept { return scale_; }          ///< Of a decimal.
  [[nodiscard]] Collation collation() const noexcept { return collation_; }
  [[nodiscard]] StringKind string_kind() const noexcept { return string_kind_; }
  [[nodiscard]] int length() const noexcept { return length_; }  ///< Of char and varchar.
  [[nodiscard]] IntervalField start_field() const noexcept { return start_; }
  [[nodiscard]] IntervalField end_field() const noexcept { return end_; }
  [[nodiscard]] const DataType& element() const;           ///< Of an array.
  [[nodiscard]] const DataType& key() const;               ///< Of a map.
  [[nodiscard]] const DataType& value() const;             ///< Of a map.
  [[nodiscard]] bool contains_null() const;                ///< Of an array's elements or a map's values.
  [[nodiscard]] const std::vector<Field>& fields() const;  ///< Of a struct.
  /// Index of the struct's field of that name, without regard to ASCII case; none if there is none.
  [[nodiscard]] std::optional<std::size_t> find_field(std::string_view name) const;

  [[nodiscard]] bool is_null() const noexcept { return id_ == TypeId::kNull; }
  [[nodiscard]] bool is_string() const noexcept { return id_ == TypeId::kString; }
  [[nodiscard]] bool is_integral() const noexcept { return id_ >= TypeId::kTinyint && id_ <= TypeId::kBigint; }
  [[nodiscard]] bool is_fractional() const noexcept { return id_ == TypeId::kFloat || id_ == TypeId::kDouble; }
  [[nodiscard]] bool is_decimal() const noexcept { return id_ == TypeId::kDecimal; }
  [[nodiscard]] bool is_numeric() const noexcept { return id_ >= TypeId::kTinyint && id_ <= TypeId::kDecimal; }
  [[nodiscard]] bool is_datetime() const noexcept {
    return id_ == TypeId::kDate || id_ == TypeId::kTimestamp || id_ == TypeId::kTimestampNtz;
  }
  [[nodiscard]] bool is_ansi_interval() const noexcept {
    return id_ == TypeId::kYearMonthInterval || id_ == TypeId::kDayTimeInterval;
  }
  [[nodiscard]] bool is_nested() const noexcept { return id_ >= TypeId::kArray && id_ <= TypeId::kStruct; }
  /// Whether values can be sorted and compared with <; maps, variants and calendar intervals cannot.
  [[nodiscard]] bool is_orderable() const;

  /// Spark's spelling in DESCRIBE: "decimal(10,2)", "array<int>", "struct<a:int,b:string>", "interval day to second".
  [[nodiscard]] std::string to_string() const;
  /// Spark's spelling in messages and DDL: "DECIMAL(10,2)", "ARRAY<INT>", "STRUCT<a: INT, b: STRING NOT NULL>".
  [[nodiscard]] std::string to_sql() const;

  /// Equal in everything, nullability of nested parts included.
  friend bool operator==(const DataType& a, const DataType& b);
  /// Equal but for the nullability of nested parts and for field comments.
  [[nodiscard]] bool same_but_nullability(const DataType& other) const;

 private:
  struct Nested;

  TypeId id_ = TypeId::kNull;
  std::uint8_t precision_ = 0;
  std::int8_t scale_ = 0;
  Collation collation_ = Collation::kUtf8Binary;
  StringKind string_kind_ = StringKind::kString;
  IntervalField start_ = IntervalField::kYear;
  IntervalField end_ = IntervalField::kMonth;
  std::int32_t length_ = 0;
  std::shared_ptr<const Nested> nested_;
};

struct Field {
  std::string name;
  DataType type;
  bool nullable = true;
  std::string comment = {};
  friend bool operator==(const Field&, const Field&) = default;
};

/// The columns of a table or result, in order.
using Schema = std::vector<Field>;

/// "`a b`" where an identifier needs back quotes, else as it is.
std::string quote_identifier_if_needed(std::string_view name);
/// Always in back quotes, inner ones doubled, as messages show names.
std::string quote_identifier(std::string_view name);

}  // namespace hammerscale::sql
