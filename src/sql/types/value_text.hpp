#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/value.hpp"
#include "sql/types/time_zone.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// How nested NULLs and binary are written.
enum class TextStyle : std::uint8_t {
  kCast,  ///< CAST(x AS STRING): "null" inside nested values, binary as UTF-8.
  kShow,  ///< Cells of show(): "NULL", binary as "[61 62]".
};

/// Numbers and times, as CAST AS STRING writes them.
void append_int64(std::string& out, std::int64_t value);
/// Java's notation with the fewest digits that give the same number back: "1.0E10", "0.001", "1.0E-4", "NaN".
void append_double(std::string& out, double value);
void append_float(std::string& out, float value);
/// "2020-01-02"; years beyond 9999 have a plus sign, those before 0 a minus sign.
void append_date(std::string& out, std::int32_t days);
/// "01:02:03.4" of microseconds since midnight.
void append_time_of_day(std::string& out, std::int64_t micros);
/// "2020-01-02 03:04:05.6" of local microseconds, without trailing zeros in the fraction.
void append_timestamp(std::string& out, std::int64_t local_micros);

/// Appends the text of one cell of any type and encoding. A NULL is "null" or "NULL", by style: callers that print
/// otherwise look first.
void append_cell_text(std::string& out, const Vector& vector, std::int32_t row, TextStyle style, const TimeZone& zone);
/// As append_cell_text, of one value.
std::string value_text(const Value& value, const DataType& type, TextStyle style, const TimeZone& zone);

/// The value as SQL, for messages and column names: "'it\'s'", "300L", "1.5BD", "2.0D", "DATE '2020-01-01'", "X'61'",
/// "CAST('NaN' AS DOUBLE)", "NULL"; nested ones as calls: "ARRAY(1, 2)".
std::string value_sql(const Value& value, const DataType& type, const TimeZone& zone);
/// As errors show values: like value_sql, but NaN and infinities are bare.
std::string value_in_message(const Value& value, const DataType& type, const TimeZone& zone);

}  // namespace hammerscale::sql
