#include "sql/plan/literal_text.hpp"

#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

std::string literal_to_sql(const Literal& literal) {
  if (literal.value.is_null() && !literal.type.is_null()) { return "CAST(NULL AS " + literal.type.to_sql() + ")"; }
  return value_sql(literal.value, literal.type, TimeZone::utc());
}

std::string literal_to_name(const Literal& literal) {
  if (literal.value.is_null()) { return "NULL"; }
  if (literal.type.is_string()) { return literal.value.as_string(); }
  if (literal.type.is_numeric()) { return value_text(literal.value, literal.type, TextStyle::kCast, TimeZone::utc()); }
  return value_sql(literal.value, literal.type, TimeZone::utc());
}

std::string literal_to_text(const Literal& literal) {
  if (literal.value.is_null()) { return "null"; }
  if (literal.type.id() == TypeId::kBinary) {
    return "0x" + literal_to_sql(literal).substr(2, literal.value.as_string().size() * 2);
  }
  return value_text(literal.value, literal.type, TextStyle::kCast, TimeZone::utc());
}

}  // namespace hammerscale::sql
