#include "sql/types/coercion.hpp"

#include <algorithm>

#include "sql/types/decimal.hpp"
#include "sql/types/text_scan.hpp"

namespace hammerscale::sql {
namespace {

using CommonType = std::optional<DataType> (*)(const DataType&, const DataType&);

bool is_year_month(const DataType& type) { return type.id() == TypeId::kYearMonthInterval; }
bool is_day_time(const DataType& type) { return type.id() == TypeId::kDayTimeInterval; }
bool is_calendar(const DataType& type) { return type.id() == TypeId::kCalendarInterval; }
/// Types without parts that strings convert to: all but calendar intervals, variants and the nested ones.
bool is_atomic(const DataType& type) {
  return !type.is_nested() && !type.is_null() && !is_calendar(type) && type.id() != TypeId::kVariant;
}
bool is_integral_or_decimal(const DataType& type) { return type.is_integral() || type.is_decimal(); }

DataType plain_string() { return DataType::string(); }

/// Whether every value of an integral type fits the decimal.
bool is_wider(const DataType& decimal, const DataType& integral) {
  return decimal.precision() - decimal.scale() >= decimal_for(integral).precision() && decimal.scale() >= 0;
}

/// Whether every value of the decimal fits the integral type.
bool is_tighter(const DataType& decimal, const DataType& integral) {
  constexpr int kSafeDigits[] = {2, 4, 9, 18};
  const int digits = kSafeDigits[static_cast<int>(integral.id()) - static_cast<int>(TypeId::kTinyint)];
  return decimal.scale() <= 0 && decimal.precision() - decimal.scale() <= digits;
}

/// Common type of nested types, part by part.
std::optional<DataType> common_nested(const DataType& a, const DataType& b, CommonType common) {
  if (a.id() != b.id()) { return std::nullopt; }
  switch (a.id()) {
    case TypeId::kArray: {
      const auto element = common(a.element(), b.element());
      if (!element) { return std::nullopt; }
      const bool may_fail = cast_may_give_null(a.element(), *element, CastMode::kAnsi) ||
                            cast_may_give_null(b.element(), *element, CastMode::kAnsi);
      return DataType::array(*element, a.contains_null() || b.contains_null() || may_fail);
    }
    case TypeId::kMap: {
      const auto key = common(a.key(), b.key());
      const auto value = common(a.value(), b.value());
      // Keys must not become NULL, and a cast from string is taken to be able to, whatever the mode.
      const auto endangers = [&](const DataType& from) { return from.is_string() != key->is_string(); };
      if (!key || !value || endangers(a.key()) || endangers(b.key())) { return std::nullopt; }
      return DataType::map(*key, *value, a.contains_null() || b.contains_null());
    }
    case TypeId::kStruct: {
      const auto& x = a.fields();
      const auto& y = b.fields();
      if (x.size() != y.size()) { return std::nullopt; }
      std::vector<Field> fields;
      for (std::size_t i = 0; i < x.size(); ++i) {
        if (!equal_ignoring_case(x[i].name, y[i].name)) { return std::nullopt; }
        const auto type = common(x[i].type, y[i].type);
        if (!type) { return std::nullopt; }
        fields.push_back({x[i].name, *type, x[i].nullable || y[i].nullable});
      }
      return DataType::structure(std::move(fields));
    }
    default: return std::nullopt;
  }
}

std::optional<DataType> common_of_atoms(const DataType& a, const DataType& b) {
  if (a == b) { return a; }
  if (a.is_null()) { return b; }
  if (b.is_null()) { return a; }
  if (a.is_integral() && b.is_integral()) { return a.id() > b.id() ? a : b; }
  if (a.is_integral() && b.is_decimal()) { return is_wider(b, a) ? std::optional<DataType>(b) : std::nullopt; }
  if (a.is_decimal() && b.is_integral()) { return is_wider(a, b) ? std::optional<DataType>(a) : std::nullopt; }
  if (a.is_numeric() && b.is_numeric() && !a.is_decimal() && !b.is_decimal()) { return TypeId::kDouble; }
  if (a.is_datetime() && b.is_datetime()) {
    const bool has_zoned = a.id() == TypeId::kTimestamp || b.id() == TypeId::kTimestamp;
    return has_zoned ? DataType(TypeId::kTimestamp) : DataType(TypeId::kTimestampNtz);
  }
  if (is_year_month(a) && is_year_month(b)) {
    return DataType::year_month_interval(std::min(a.start_field(), b.start_field()),
                                         std::max(a.end_field(), b.end_field()));
  }
  if (is_day_time(a) && is_day_time(b)) {
    return DataType::day_time_interval(std::min(a.start_field(), b.start_field()),
                                       std::max(a.end_field(), b.end_field()));
  }
  return std::nullopt;
}

/// Sums of digits beyond 38 keep the whole digits.
DataType common_decimal(const DataType& a, const DataType& b) {
  const DataType x = decimal_for(a);
  const DataType y = decimal_for(b);
  const int scale = std::max(x.scale(), y.scale());
  const int precision = std::max(x.precision() - x.scale(), y.precision() - y.scale()) + scale;
  const int excess = std::max(precision - kMaxDecimalPrecision, 0);
  return DataType::decimal(precision - excess, std::max(0, scale - excess));
}

/// What a string becomes beside a value of the other type.
std::optional<DataType> string_beside(const DataType& other) {
  if (other.is_integral()) { return TypeId::kBigint; }
  if (other.is_numeric()) { return TypeId::kDouble; }
  if (other.id() == TypeId::kVariant) { return other; }
  if (!is_atomic(other) || other.is_string() || other.is_ansi_interval()) { return std::nullopt; }
  return other;
}

bool all_fields(const DataType& from, const DataType& to, bool (*f)(const Field&, const Field&)) {
  return std::ranges::equal(from.fields(), to.fields(), f);
}

bool can_be_variant(const DataType& type) {
  if (type.id() == TypeId::kArray) { return can_be_variant(type.element()); }
  return is_atomic(type) && !type.is_ansi_interval();
}

bool variant_can_be(const DataType& type) {
  switch (type.id()) {
    case TypeId::kArray: return variant_can_be(type.element());
    case TypeId::kMap: return type.key().is_string() && variant_can_be(type.value());
    case TypeId::kStruct:
      return std::ranges::all_of(type.fields(), [](const Field& f) { return variant_can_be(f.type); });
    case TypeId::kVariant: return true;
    default: return is_atomic(type) && !type.is_ansi_interval();
  }
}

bool can_cast_atoms(const DataType& from, const DataType& to, CastMode mode) {
  const bool is_legacy = mode == CastMode::kLegacy;
  switch (to.id()) {
    case TypeId::kBoolean:
      return from.is_string() || from.is_numeric() ||
             (is_legacy && (from.id() == TypeId::kDate || from.id() == TypeId::kTimestamp));
    case TypeId::kTinyint:
    case TypeId::kSmallint:
    case TypeId::kInt:
    case TypeId::kBigint:
    case TypeId::kDecimal:
      if (from.id() == TypeId::kTime || from.is_ansi_interval()) { return true; }
      [[fallthrough]];
    case TypeId::kFloat:
    case TypeId::kDouble:
      return from.is_string() || from.id() == TypeId::kBoolean || from.is_numeric() ||
             from.id() == TypeId::kTimestamp || (is_legacy && from.id() == TypeId::kDate);
    case TypeId::kBinary: return from.is_string() || (is_legacy && from.is_integral());
    case TypeId::kDate: return from.is_string() || from.is_datetime();
    case TypeId::kTime: return from.is_string() || from.id() == TypeId::kTime;
    case TypeId::kTimestamp:
      return from.is_string() || from.is_datetime() || from.is_numeric() ||
             (is_legacy && from.id() == TypeId::kBoolean);
    case TypeId::kTimestampNtz: return from.is_string() || from.is_datetime();
    case TypeId::kYearMonthInterval: return from.is_string() || is_integral_or_decimal(from) || is_year_month(from);
    case TypeId::kDayTimeInterval: return from.is_string() || is_integral_or_decimal(from) || is_day_time(from);
    case TypeId::kCalendarInterval: return from.is_string();
    default: return false;
  }
}

}  // namespace

std::optional<DataType> tightest_common_type(const DataType& a, const DataType& b) {
  if (const auto common = common_of_atoms(a, b)) { return common; }
  return common_nested(a, b, tightest_common_type);
}

std::optional<DataType> wider_type(const DataType& a, const DataType& b) {
  if (const auto common = tightest_common_type(a, b)) { return common; }
  if (a.is_numeric() && b.is_numeric()) {
    return a.is_fractional() || b.is_fractional() ? DataType(TypeId::kDouble) : common_decimal(a, b);
  }
  if (a.is_string()) { return string_beside(b); }
  if (b.is_string()) { return string_beside(a); }
  return common_nested(a, b, wider_type);
}

std::optional<DataType> wider_type(std::span<const DataType> types) {
  if (types.empty()) { return std::nullopt; }
  // Strings last: between a number and a timestamp there is nothing to decide by them.
  std::optional<DataType> common = DataType();
  for (const bool strings : {false, true}) {
    for (const DataType& type : types) {
      if (type.is_string() != strings) { continue; }
      common = wider_type(*common, type);
      if (!common) { return std::nullopt; }
    }
  }
  return common;
}

bool accepts(TypeClass wanted, const DataType& type) {
  switch (wanted) {
    case TypeClass::kAny: return true;
    case TypeClass::kNumeric: return type.is_numeric();
    case TypeClass::kNumericOrInterval: return type.is_numeric() || type.is_ansi_interval() || is_calendar(type);
    case TypeClass::kIntegral: return type.is_integral();
    case TypeClass::kFractional: return type.is_fractional();
    case TypeClass::kDecimal: return type.is_decimal();
    case TypeClass::kString: return type.is_string();
    case TypeClass::kBinary: return type.id() == TypeId::kBinary;
    case TypeClass::kStringOrBinary: return type.is_string() || type.id() == TypeId::kBinary;
    case TypeClass::kBoolean: return type.id() == TypeId::kBoolean;
    case TypeClass::kDate: return type.id() == TypeId::kDate;
    case TypeClass::kTime: return type.id() == TypeId::kTime;
    case TypeClass::kTimestampAny: return type.id() == TypeId::kTimestamp || type.id() == TypeId::kTimestampNtz;
    case TypeClass::kDatetime: return type.is_datetime();
    case TypeClass::kAnsiInterval: return type.is_ansi_interval();
    case TypeClass::kInterval: return type.is_ansi_interval() || is_calendar(type);
    case TypeClass::kArray: return type.id() == TypeId::kArray;
    case TypeClass::kMap: return type.id() == TypeId::kMap;
    case TypeClass::kArrayOrMap: return type.id() == TypeId::kArray || type.id() == TypeId::kMap;
    case TypeClass::kStruct: return type.id() == TypeId::kStruct;
    case TypeClass::kVariant: return type.id() == TypeId::kVariant;
    case TypeClass::kOrdered: return type.is_orderable();
  }
  return false;
}

std::optional<DataType> implicit_cast(const DataType& from, TypeClass wanted) {
  if (accepts(wanted, from)) { return from; }
  const bool is_open = from.is_null() || from.is_string();
  switch (wanted) {
    case TypeClass::kNumeric:
    case TypeClass::kNumericOrInterval: return is_open ? std::optional<DataType>(TypeId::kDouble) : std::nullopt;
    case TypeClass::kFractional:
      return is_open || is_integral_or_decimal(from) ? std::optional<DataType>(TypeId::kDouble) : std::nullopt;
    case TypeClass::kIntegral: return is_open ? std::optional<DataType>(TypeId::kBigint) : std::nullopt;
    case TypeClass::kDecimal:
      if (from.is_numeric()) { return decimal_for(from); }
      return is_open ? std::optional<DataType>(DataType::decimal(kMaxDecimalPrecision, 18)) : std::nullopt;
    case TypeClass::kString:
    case TypeClass::kStringOrBinary: return implicit_cast(from, plain_string());
    case TypeClass::kBinary: return implicit_cast(from, DataType(TypeId::kBinary));
    case TypeClass::kBoolean: return implicit_cast(from, DataType(TypeId::kBoolean));
    case TypeClass::kDate: return implicit_cast(from, DataType(TypeId::kDate));
    case TypeClass::kTime: return implicit_cast(from, DataType(TypeId::kTime));
    case TypeClass::kTimestampAny: return implicit_cast(from, DataType(TypeId::kTimestamp));
    case TypeClass::kDatetime: return is_open ? std::optional<DataType>(TypeId::kTimestamp) : std::nullopt;
    case TypeClass::kAnsiInterval:
    case TypeClass::kInterval: return is_open ? std::optional<DataType>(TypeId::kDayTimeInterval) : std::nullopt;
    case TypeClass::kArray:
    case TypeClass::kArrayOrMap:
      return from.is_null() ? std::optional<DataType>(DataType::array(DataType())) : std::nullopt;
    case TypeClass::kMap:
      return from.is_null() ? std::optional<DataType>(DataType::map(DataType(), DataType())) : std::nullopt;
    case TypeClass::kStruct: return from.is_null() ? std::optional<DataType>(DataType::structure({})) : std::nullopt;
    case TypeClass::kVariant: return from.is_null() ? std::optional<DataType>(TypeId::kVariant) : std::nullopt;
    case TypeClass::kAny:
    case TypeClass::kOrdered: break;
  }
  return std::nullopt;
}

std::optional<DataType> implicit_cast(const DataType& from, const DataType& wanted) {
  if (from == wanted) { return from; }
  // A function that takes strings takes them with any collation and length.
  if (from.is_string() && wanted.is_string()) { return from; }
  if (from.is_null() || (from.is_string() && is_atomic(wanted))) { return wanted; }
  if (from.id() == TypeId::kArray && wanted.id() == TypeId::kArray) {
    const auto element = implicit_cast(from.element(), wanted.element());
    return element ? std::optional<DataType>(DataType::array(*element, from.contains_null() || wanted.contains_null()))
                   : std::nullopt;
  }
  if (from.id() == TypeId::kMap && wanted.id() == TypeId::kMap) {
    const auto key = implicit_cast(from.key(), wanted.key());
    const auto value = implicit_cast(from.value(), wanted.value());
    if (!key || !value) { return std::nullopt; }
    return DataType::map(*key, *value, from.contains_null() || wanted.contains_null());
  }
  return can_store_assign(from, wanted) ? std::optional<DataType>(wanted) : std::nullopt;
}

std::optional<DataType> implicit_cast(const DataType& from, std::span<const DataType> wanted) {
  for (const DataType& type : wanted) {
    if (from.same_but_nullability(type) || (from.is_string() && type.is_string()) ||
        (from.is_decimal() && type.is_decimal())) {
      return from;
    }
  }
  for (const DataType& type : wanted) {
    if (from.is_null() || (from.is_string() && is_atomic(type)) || can_up_cast(from, type)) { return type; }
  }
  return std::nullopt;
}

bool can_cast(const DataType& from, const DataType& to, CastMode mode) {
  if (from == to || from.is_null() || to.is_string()) { return true; }
  if (to.id() == TypeId::kVariant) { return can_be_variant(from); }
  if (from.id() == TypeId::kVariant) { return variant_can_be(to); }
  if (from.id() != to.id() || !from.is_nested()) { return can_cast_atoms(from, to, mode); }
  const auto parts_fit = [&](const DataType& x, bool x_nullable, const DataType& y, bool y_nullable) {
    return can_cast(x, y, mode) && (y_nullable || !(x_nullable || cast_may_give_null(x, y, mode)));
  };
  switch (from.id()) {
    case TypeId::kArray: return parts_fit(from.element(), from.contains_null(), to.element(), to.contains_null());
    case TypeId::kMap:
      return parts_fit(from.key(), false, to.key(), false) &&
             parts_fit(from.value(), from.contains_null(), to.value(), to.contains_null());
    default:
      return std::ranges::equal(from.fields(), to.fields(), [&](const Field& x, const Field& y) {
        return parts_fit(x.type, x.nullable, y.type, y.nullable);
      });
  }
}

bool cast_may_give_null(const DataType& from, const DataType& to, CastMode mode) {
  if (from == to) { return false; }
  if (from.is_null()) { return true; }
  if (to.is_string()) { return from.id() == TypeId::kVariant; }
  if (mode == CastMode::kTry) { return !can_up_cast(from, to); }
  if (mode == CastMode::kAnsi) {
    // Not numbers, and calendar intervals that cannot be read, become NULL in every mode.
    return (from.is_fractional() && to.is_decimal()) || (from.is_string() && is_calendar(to)) ||
           from.id() == TypeId::kVariant;
  }
  if (from.is_string()) { return to.id() != TypeId::kBinary; }
  if (to.is_decimal()) { return !can_up_cast(from, to); }
  if (from.id() == TypeId::kDate) { return !to.is_datetime(); }
  if (from.id() == TypeId::kTimestamp || from.id() == TypeId::kTime) { return to.is_integral(); }
  if (from.is_fractional()) { return to.id() == TypeId::kTimestamp; }
  return false;
}

bool can_store_assign(const DataType& from, const DataType& to) {
  if (from == to || from.is_null()) { return true; }
  if (from.is_numeric() && to.is_numeric()) { return true; }
  if (to.is_string()) { return !from.is_nested(); }
  const auto is_time_like = [](const DataType& type) { return type.is_datetime() || type.id() == TypeId::kTime; };
  if (is_time_like(from) && is_time_like(to)) { return true; }
  if (from.id() == TypeId::kBinary || from.id() != to.id()) { return false; }
  switch (from.id()) {
    case TypeId::kArray:
      return (to.contains_null() || !from.contains_null()) && can_store_assign(from.element(), to.element());
    case TypeId::kMap:
      return (to.contains_null() || !from.contains_null()) && can_store_assign(from.key(), to.key()) &&
             can_store_assign(from.value(), to.value());
    case TypeId::kStruct:
      return all_fields(from, to, [](const Field& x, const Field& y) {
        return (y.nullable || !x.nullable) && can_store_assign(x.type, y.type);
      });
    default: return false;
  }
}

bool can_up_cast(const DataType& from, const DataType& to) {
  if (from == to || from.is_null()) { return true; }
  if (to.is_string()) { return !from.is_nested() && from.id() != TypeId::kVariant; }
  if (from.is_decimal() && to.is_decimal()) {
    return from.scale() <= to.scale() && from.precision() - from.scale() <= to.precision() - to.scale();
  }
  if (from.is_integral() && to.is_decimal()) { return is_wider(to, from); }
  if (from.is_decimal() && to.is_integral()) { return is_tighter(from, to); }
  if (from.is_numeric() && to.is_numeric()) { return !from.is_decimal() && !to.is_decimal() && from.id() < to.id(); }
  if (from.is_datetime() && to.is_datetime()) { return to.id() != TypeId::kDate; }
  if (from.id() == TypeId::kBigint) { return to.id() == TypeId::kTimestamp; }
  if (from.id() == TypeId::kTimestamp) { return to.id() == TypeId::kBigint; }
  if (from.id() != to.id()) { return false; }
  switch (from.id()) {
    case TypeId::kYearMonthInterval:
    case TypeId::kDayTimeInterval: return true;
    case TypeId::kArray:
      return (to.contains_null() || !from.contains_null()) && can_up_cast(from.element(), to.element());
    case TypeId::kMap:
      return (to.contains_null() || !from.contains_null()) && can_up_cast(from.key(), to.key()) &&
             can_up_cast(from.value(), to.value());
    case TypeId::kStruct:
      return all_fields(from, to, [](const Field& x, const Field& y) {
        return (y.nullable || !x.nullable) && can_up_cast(x.type, y.type);
      });
    default: return false;
  }
}

}  // namespace hammerscale::sql
