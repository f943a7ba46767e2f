#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "hammerscale/sql/data_type.hpp"
#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// The type that both become without loss: the wider of two numbers, of two datetimes, of two intervals; nested types
/// part by part. A NULL type takes the other one. None when there is none.
std::optional<DataType> tightest_common_type(const DataType& a, const DataType& b);

/// As tightest_common_type, and also: decimals of different kinds (digits behind the point give way when 38 do not
/// suffice); decimal and floating point become double; a string becomes what the other side is (bigint for integral
/// types, double for other numbers). For CASE, coalesce, IN, UNION, comparison and arithmetic. Source:
/// AnsiTypeCoercion.
std::optional<DataType> wider_type(const DataType& a, const DataType& b);
/// wider_type over all; none for no types.
std::optional<DataType> wider_type(std::span<const DataType> types);

/// What a function may ask of an argument instead of one type.
enum class TypeClass : std::uint8_t {
  kAny,
  kNumeric,
  kNumericOrInterval,  ///< Numbers and ANSI intervals: abs, sum, unary minus.
  kIntegral,
  kFractional,  ///< float, double.
  kDecimal,
  kString,
  kBinary,
  kStringOrBinary,
  kBoolean,
  kDate,
  kTime,
  kTimestampAny,  ///< timestamp, timestamp_ntz.
  kDatetime,      ///< date and both timestamps.
  kAnsiInterval,
  kInterval,  ///< ANSI and calendar intervals.
  kArray,
  kMap,
  kArrayOrMap,
  kStruct,
  kVariant,
  kOrdered,  ///< Whatever is_orderable().
};

/// Whether a value of the type is of the class as it is.
bool accepts(TypeClass wanted, const DataType& type);
/// The type an argument is cast to where `wanted` is expected; itself when accepted; none when no implicit cast leads
/// there.
std::optional<DataType> implicit_cast(const DataType& from, TypeClass wanted);
std::optional<DataType> implicit_cast(const DataType& from, const DataType& wanted);
/// Where one of several types is expected: itself when it is among them; strings become the first they can; others only
/// what holds all their values.
std::optional<DataType> implicit_cast(const DataType& from, std::span<const DataType> wanted);

/// Whether CAST (try_cast) is allowed; values may still fail.
bool can_cast(const DataType& from, const DataType& to, CastMode mode);
/// Whether a cast of non-NULL values may give NULL: the nullability of casts.
bool cast_may_give_null(const DataType& from, const DataType& to, CastMode mode);
/// Whether INSERT may cast (store assignment ANSI).
bool can_store_assign(const DataType& from, const DataType& to);
/// Whether every value survives, as text at least.
bool can_up_cast(const DataType& from, const DataType& to);

}  // namespace hammerscale::sql
