#include "hammerscale/sql/data_type.hpp"

#include <algorithm>

#include "hammerscale/base/check.hpp"

namespace hammerscale::sql {

/// Element, or key and value, or the fields of a nested type.
struct DataType::Nested {
  std::vector<Field> parts;
};

namespace {

constexpr int kMaxPrecision = 38;
constexpr int kMaxTimePrecision = 6;

bool is_identifier(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  return !name.empty() && is_letter(name[0]) &&
         std::ranges::all_of(name, [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view name_of(IntervalField field) {
  constexpr std::string_view kNames[] = {"year", "month", "day", "hour", "minute", "second"};
  return kNames[static_cast<int>(field)];
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') { c = static_cast<char>(c - 32); }
  }
  return text;
}

std::string sql_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') { out += '\\'; }
    out += c;
  }
  return out + "'";
}

/// The text of a type without parts; lower case.
std::string simple_name(const DataType& type) {
  switch (type.id()) {
    case TypeId::kNull: return "void";
    case TypeId::kBoolean: return "boolean";
    case TypeId::kTinyint: return "tinyint";
    case TypeId::kSmallint: return "smallint";
    case TypeId::kInt: return "int";
    case TypeId::kBigint: return "bigint";
    case TypeId::kFloat: return "float";
    case TypeId::kDouble: return "double";
    case TypeId::kDecimal:
      return "decimal(" + std::to_string(type.precision()) + "," + std::to_string(type.scale()) + ")";
    case TypeId::kString:
      if (type.string_kind() == StringKind::kChar) { return "char(" + std::to_string(type.length()) + ")"; }
      if (type.string_kind() == StringKind::kVarchar) { return "varchar(" + std::to_string(type.length()) + ")"; }
      return "string";
    case TypeId::kBinary: return "binary";
    case TypeId::kDate: return "date";
    case TypeId::kTime: return "time(" + std::to_string(type.precision()) + ")";
    case TypeId::kTimestamp: return "timestamp";
    case TypeId::kTimestampNtz: return "timestamp_ntz";
    case TypeId::kYearMonthInterval:
    case TypeId::kDayTimeInterval: {
      std::string out = "interval " + std::string(name_of(type.start_field()));
      if (type.start_field() != type.end_field()) { out += " to " + std::string(name_of(type.end_field())); }
      return out;
    }
    case TypeId::kCalendarInterval: return "interval";
    case TypeId::kArray: return "array";
    case TypeId::kMap: return "map";
    case TypeId::kStruct: return "struct";
    case TypeId::kVariant: return "variant";
  }
  return {};
}

}  // namespace

DataType::DataType(TypeId id) : id_(id) {
  HS_CHECK(id != TypeId::kArray && id != TypeId::kMap && id != TypeId::kStruct);
  if (id == TypeId::kDecimal) { precision_ = 10; }
  if (id == TypeId::kTime) { precision_ = kMaxTimePrecision; }
  if (id == TypeId::kDayTimeInterval) {
    start_ = IntervalField::kDay;
    end_ = IntervalField::kSecond;
  }
}

DataType DataType::decimal(int precision, int scale) {
  HS_CHECK(precision >= 1 && precision <= kMaxPrecision && scale <= precision && scale >= -kMaxPrecision);
  DataType type(TypeId::kDecimal);
  type.precision_ = static_cast<std::uint8_t>(precision);
  type.scale_ = static_cast<std::int8_t>(scale);
  return type;
}

DataType DataType::string(Collation collation) {
  DataType type(TypeId::kString);
  type.collation_ = collation;
  return type;
}

DataType DataType::char_of(int length) {
  HS_CHECK(length >= 1);
  DataType type(TypeId::kString);
  type.string_kind_ = StringKind::kChar;
  type.length_ = length;
  return type;
}

DataType DataType::varchar(int length) {
  HS_CHECK(length >= 1);
  DataType type(TypeId::kString);
  type.string_kind_ = StringKind::kVarchar;
  type.length_ = length;
  return type;
}

DataType DataType::time(int precision) {
  HS_CHECK(precision >= 0 && precision <= 9);
  DataType type(TypeId::kTime);
  type.precision_ = static_cast<std::uint8_t>(precision);
  return type;
}

DataType DataType::year_month_interval(IntervalField start, IntervalField end) {
  HS_CHECK(start <= end && end <= IntervalField::kMonth);
  DataType type(TypeId::kYearMonthInterval);
  type.start_ = start;
  type.end_ = end;
  return type;
}

DataType DataType::day_time_interval(IntervalField start, IntervalField end) {
  HS_CHECK(start <= end && start >= IntervalField::kDay);
  DataType type(TypeId::kDayTimeInterval);
  type.start_ = start;
  type.end_ = end;
  return type;
}

DataType DataType::array(DataType element, bool contains_null) {
  DataType type;
  type.id_ = TypeId::kArray;
  type.nested_ = std::make_shared<const Nested>(Nested{{Field{"element", std::move(element), contains_null}}});
  return type;
}

DataType DataType::map(DataType key, DataType value, bool value_contains_null) {
  DataType type;
  type.id_ = TypeId::kMap;
  type.nested_ = std::make_shared<const Nested>(
      Nested{{Field{"key", std::move(key), false}, Field{"value", std::move(value), value_contains_null}}});
  return type;
}

DataType DataType::structure(std::vector<Field> fields) {
  DataType type;
  type.id_ = TypeId::kStruct;
  type.nested_ = std::make_shared<const Nested>(Nested{std::move(fields)});
  return type;
}

PhysicalType DataType::physical() const noexcept {
  switch (id_) {
    case TypeId::kNull: return PhysicalType::kNone;
    case TypeId::kBoolean: return PhysicalType::kBool;
    case TypeId::kTinyint: return PhysicalType::kInt8;
    case TypeId::kSmallint: return PhysicalType::kInt16;
    case TypeId::kInt:
    case TypeId::kDate:
    case TypeId::kYearMonthInterval: return PhysicalType::kInt32;
    case TypeId::kBigint:
    case TypeId::kTime:
    case TypeId::kTimestamp:
    case TypeId::kTimestampNtz:
    case TypeId::kDayTimeInterval: return PhysicalType::kInt64;
    case TypeId::kFloat: return PhysicalType::kFloat;
    case TypeId::kDouble: return PhysicalType::kDouble;
    case TypeId::kDecimal: return precision_ <= 18 ? PhysicalType::kInt64 : PhysicalType::kInt128;
    case TypeId::kString:
    case TypeId::kBinary:
    case TypeId::kVariant: return PhysicalType::kString;
    case TypeId::kCalendarInterval: return PhysicalType::kInterval;
    case TypeId::kArray:
    case TypeId::kMap: return PhysicalType::kList;
    case TypeId::kStruct: return PhysicalType::kStruct;
  }
  return PhysicalType::kNone;
}

const DataType& DataType::element() const {
  HS_CHECK(id_ == TypeId::kArray);
  return nested_->parts[0].type;
}

const DataType& DataType::key() const {
  HS_CHECK(id_ == TypeId::kMap);
  return nested_->parts[0].type;
}

const DataType& DataType::value() const {
  HS_CHECK(id_ == TypeId::kMap);
  return nested_->parts[1].type;
}

bool DataType::contains_null() const {
  HS_CHECK(id_ == TypeId::kArray || id_ == TypeId::kMap);
  return nested_->parts.back().nullable;
}

const std::vector<Field>& DataType::fields() const {
  HS_CHECK(id_ == TypeId::kStruct);
  return nested_->parts;
}

std::optional<std::size_t> DataType::find_field(std::string_view name) const {
  const std::vector<Field>& all = fields();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (equal_ignoring_case(all[i].name, name)) { return i; }
  }
  return std::nullopt;
}

bool DataType::is_orderable() const {
  switch (id_) {
    case TypeId::kMap:
    case TypeId::kVariant:
    case TypeId::kCalendarInterval: return false;
    case TypeId::kArray: return element().is_orderable();
    case TypeId::kStruct: return std::ranges::all_of(fields(), [](const Field& f) { return f.type.is_orderable(); });
    default: return true;
  }
}

std::string DataType::to_string() const {
  switch (id_) {
    case TypeId::kString:
      return collation_ == Collation::kUtf8Lcase ? simple_name(*this) + " collate UTF8_LCASE" : simple_name(*this);
    case TypeId::kArray: return "array<" + element().to_string() + ">";
    case TypeId::kMap: return "map<" + key().to_string() + "," + value().to_string() + ">";
    case TypeId::kStruct: {
      std::string out = "struct<";
      for (const Field& field : fields()) {
        if (out.back() != '<') { out += ','; }
        out += field.name + ":" + field.type.to_string();
      }
      return out + ">";
    }
    default: return simple_name(*this);
  }
}

std::string DataType::to_sql() const {
  switch (id_) {
    case TypeId::kString:
      return upper(simple_name(*this)) + (collation_ == Collation::kUtf8Lcase ? " COLLATE UTF8_LCASE" : "");
    case TypeId::kArray: return "ARRAY<" + element().to_sql() + ">";
    case TypeId::kMap: return "MAP<" + key().to_sql() + ", " + value().to_sql() + ">";
    case TypeId::kStruct: {
      std::string out = "STRUCT<";
      for (const Field& field : fields()) {
        if (out.back() != '<') { out += ", "; }
        out += quote_identifier_if_needed(field.name) + ": " + field.type.to_sql();
        if (!field.nullable) { out += " NOT NULL"; }
        if (!field.comment.empty()) { out += " COMMENT " + sql_text(field.comment); }
      }
      return out + ">";
    }
    default: return upper(simple_name(*this));
  }
}

bool operator==(const DataType& a, const DataType& b) {
  return a.id_ == b.id_ && a.precision_ == b.precision_ && a.scale_ == b.scale_ && a.collation_ == b.collation_ &&
         a.string_kind_ == b.string_kind_ && a.start_ == b.start_ && a.end_ == b.end_ && a.length_ == b.length_ &&
         (a.nested_ == b.nested_ || (a.nested_ && b.nested_ && a.nested_->parts == b.nested_->parts));
}

bool DataType::same_but_nullability(const DataType& other) const {
  if (!is_nested()) { return *this == other; }
  if (id_ != other.id_) { return false; }
  return nested_ == other.nested_ ||
         std::ranges::equal(nested_->parts, other.nested_->parts, [](const Field& x, const Field& y) {
           return x.name == y.name && x.type.same_but_nullability(y.type);
         });
}

std::string quote_identifier(std::string_view name) {
  std::string out = "`";
  for (const char c : name) {
    if (c == '`') { out += '`'; }
    out += c;
  }
  return out + "`";
}

std::string quote_identifier_if_needed(std::string_view name) {
  return is_identifier(name) ? std::string(name) : quote_identifier(name);
}

}  // namespace hammerscale::sql
