#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "sql/functions/function.hpp"
#include "sql/types/datetime_pattern.hpp"

namespace hammerscale::sql {

/// The options map of from_json, to_csv and their like: names without regard to letter case, values as text.
class RecordOptions {
 public:
  /// No options.
  RecordOptions() = default;
  /// Those of the constant map that argument i is; none when the call has fewer arguments.
  /// @throws SqlError INVALID_OPTIONS.NON_MAP_FUNCTION, INVALID_OPTIONS.NON_STRING_TYPE
  RecordOptions(const CallInput& input, std::size_t i);

  [[nodiscard]] std::optional<std::string> find(std::string_view name) const;
  [[nodiscard]] std::string get(std::string_view name, std::string_view otherwise) const {
    return find(name).value_or(std::string(otherwise));
  }
  /// "true" in any letter case is true.
  [[nodiscard]] bool flag(std::string_view name, bool otherwise) const;
  /// Whether mode is FAILFAST.
  /// @throws SqlError PARSE_MODE_UNSUPPORTED  it is neither that nor PERMISSIVE.
  [[nodiscard]] bool is_fail_fast(std::string_view function, Origin origin) const;

 private:
  std::map<std::string, std::string> values_;
};

/// How dates and times are read from and written to text records.
class RecordTimes {
 public:
  enum class Use : std::uint8_t { kRead, kWrite };
  /// @throws SqlError INVALID_DATETIME_PATTERN.*  an option's pattern is none.
  RecordTimes(const RecordOptions& options, const EvaluationContext& context, Use use);

  /// The value of a date, timestamp or timestamp_ntz; none where the text is none.
  [[nodiscard]] std::optional<std::int64_t> parse(std::string_view text, TypeId type) const;
  void append(std::string& out, std::int64_t value, TypeId type) const;
  [[nodiscard]] const TimeZone& zone() const { return *zone_; }

 private:
  [[nodiscard]] const std::optional<DateTimePattern>& format_of(TypeId type) const {
    return type == TypeId::kDate ? date_ : type == TypeId::kTimestamp ? timestamp_ : timestamp_ntz_;
  }

  const TimeZone* zone_;
  std::int64_t now_micros_;
  std::optional<DateTimePattern> date_;
  std::optional<DateTimePattern> timestamp_;
  std::optional<DateTimePattern> timestamp_ntz_;
};

/// The type that argument i, a constant string, describes: a type or a list of columns. All parts are nullable.
/// @throws SqlError INVALID_SCHEMA.NON_STRING_LITERAL, or the parser's error.
DataType record_schema(const CallInput& input, std::size_t i);
/// As record_schema; @throws SqlError INVALID_SCHEMA.NON_STRUCT_TYPE  the type is no struct.
DataType record_struct_schema(const CallInput& input, std::size_t i);
/// The type with every nested part nullable.
DataType as_nullable(const DataType& type);

/// Index of the struct's field that takes malformed records (columnNameOfCorruptRecord); none when it has none.
/// @throws SqlError INVALID_CORRUPT_RECORD_TYPE  the field is no string.
std::optional<std::size_t> corrupt_record_field(const DataType& type, const RecordOptions& options, Origin origin);

/// The constant text of argument 0 of schema_of_json and its like; `name` is the parameter's.
/// @throws SqlError DATATYPE_MISMATCH.UNEXPECTED_NULL, DATATYPE_MISMATCH.NON_FOLDABLE_INPUT, ..UNEXPECTED_INPUT_TYPE
std::string constant_record(const CallInput& input, std::string_view name);

/// A bound call without arguments worth reading that gives the same text for each row.
BoundFunction constant_text_function(const CallInput& input, std::string text);

/// @throws SqlError MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION
[[noreturn]] void fail_malformed_record(std::string record, Origin origin);
/// "[1,null]": a row as the message of a malformed record shows what could be read.
std::string partial_row_text(const Value& row, const DataType& type);

/// A cell's type in CSV and XML: reads text as a value of a type without parts; none where it is none.
std::optional<Value> parse_text_field(std::string_view text, const DataType& type, const RecordTimes& times);
/// A decimal as records write it: commas between digits are skipped.
std::optional<Value> parse_record_decimal(std::string_view text, const DataType& type);
/// "NaN", "Infinity", "Inf" and their negatives.
std::optional<double> parse_non_numeric(std::string_view text);
/// A floating point value as a Value of float or double.
Value floating_value(double value, const DataType& type);
/// Base64 as Spark writes and reads binary in JSON; none for bad text.
std::string encode_base64(std::string_view bytes);
std::optional<std::string> decode_base64(std::string_view text);

}  // namespace hammerscale::sql
