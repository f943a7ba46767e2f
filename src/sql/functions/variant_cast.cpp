#include "sql/functions/variant_cast.hpp"

#include "sql/functions/row_builder.hpp"
#include "sql/types/cast.hpp"
#include "sql/types/coercion.hpp"

namespace hammerscale::sql {

namespace {

const TimeZone& zone_of(const EvaluationContext& context) {
  return context.time_zone != nullptr ? *context.time_zone : TimeZone::utc();
}

/// A variant without parts, as a value of the type that it names itself.
std::pair<Value, DataType> plain_value(const VariantView& variant) {
  const DataType type = variant_type(variant);
  switch (variant.kind()) {
    case VariantKind::kBoolean: return {Value(variant.boolean()), type};
    case VariantKind::kDouble: return {Value(variant.float64()), type};
    case VariantKind::kFloat: return {Value(variant.float32()), type};
    case VariantKind::kDecimal: return {Value(variant.decimal().first), type};
    case VariantKind::kString:
    case VariantKind::kBinary: return {Value(std::string(variant.bytes())), type};
    case VariantKind::kUuid: {
      std::string text;
      append_variant_json(text, variant, TimeZone::utc());
      return {Value(text.substr(1, text.size() - 2)), type};
    }
    default: return {Value(variant.integer()), type};
  }
}

Value fail_cast(const VariantView& variant, const DataType& type, bool fails, const EvaluationContext& context,
                Origin origin) {
  if (!fails) { return Value(); }
  std::string text;
  append_variant_json(text, variant, zone_of(context));
  throw SqlError("INVALID_VARIANT_CAST", {{"value", text}, {"dataType", "\"" + type.to_sql() + "\""}}, origin);
}

bool is_in_type(const DataType& type) {
  switch (type.id()) {
    case TypeId::kVariant: return true;
    case TypeId::kArray: return is_in_type(type.element());
    case TypeId::kMap: return is_in_type(type.key()) || is_in_type(type.value());
    case TypeId::kStruct:
      for (const Field& field : type.fields()) {
        if (is_in_type(field.type)) { return true; }
      }
      return false;
    default: return false;
  }
}

}  // namespace

Value value_of_variant(const VariantView& variant, const DataType& type, bool fails, const EvaluationContext& context,
                       Origin origin) {
  if (type.id() == TypeId::kVariant) { return Value(variant.cell()); }
  const VariantKind kind = variant.kind();
  if (kind == VariantKind::kNull) { return Value(); }
  if (type.is_nested()) {
    if (kind != (type.id() == TypeId::kArray ? VariantKind::kArray : VariantKind::kObject)) {
      return fail_cast(variant, type, fails, context, origin);
    }
    Value::List items;
    const std::size_t size = variant.num_items();
    if (type.id() == TypeId::kArray) {
      for (std::size_t i = 0; i < size; ++i) {
        items.push_back(value_of_variant(variant.item(i), type.element(), fails, context, origin));
      }
    } else if (type.id() == TypeId::kMap) {
      for (std::size_t i = 0; i < size; ++i) {
        items.emplace_back(std::string(variant.name(i)));
        items.push_back(value_of_variant(variant.item(i), type.value(), fails, context, origin));
      }
    } else {
      for (const Field& field : type.fields()) {
        const auto found = variant.find(field.name);
        items.push_back(found ? value_of_variant(*found, field.type, fails, context, origin) : Value());
      }
    }
    return Value(std::move(items));
  }
  if (kind == VariantKind::kArray || kind == VariantKind::kObject) {
    if (!type.is_string()) { return fail_cast(variant, type, fails, context, origin); }
    std::string text;
    append_variant_json(text, variant, zone_of(context));
    return Value(std::move(text));
  }
  const auto [value, from] = plain_value(variant);
  if (!can_cast(from, type, CastMode::kAnsi)) { return fail_cast(variant, type, fails, context, origin); }
  Value result;
  try {
    // Not kTry, which allows fewer pairs of types (numbers as timestamps).
    result = cast_value(value, from, type, CastMode::kAnsi, context, origin);
  } catch (const SqlError&) { return fail_cast(variant, type, fails, context, origin); }
  return result.is_null() ? fail_cast(variant, type, fails, context, origin) : result;
}

Value cast_variant_value(const Value& value, const DataType& from, const DataType& to, CastMode mode,
                         const EvaluationContext& context, Origin origin) {
  if (value.is_null()) { return Value(); }
  if (from.same_but_nullability(to)) { return value; }
  if (from.id() == TypeId::kVariant) {
    return value_of_variant(VariantView(value.as_string()), to, mode != CastMode::kTry, context, origin);
  }
  if (to.id() == TypeId::kVariant) { return Value(variant_of_value(value, from)); }
  if (!is_in_type(from) && !is_in_type(to)) { return cast_value(value, from, to, mode, context, origin); }
  if (to.is_string()) { return cast_value(value, from, to, mode, context, origin); }
  Value::List items = value.as_list();
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto part_of = [&](const DataType& type) -> const DataType& {
      if (type.id() == TypeId::kArray) { return type.element(); }
      if (type.id() == TypeId::kStruct) { return type.fields()[i].type; }
      return i % 2 == 0 ? type.key() : type.value();
    };
    items[i] = cast_variant_value(items[i], part_of(from), part_of(to), mode, context, origin);
  }
  return Value(std::move(items));
}

Evaluate make_variant_cast(const DataType& from, const DataType& to, CastMode mode, Origin origin) {
  return building_rows([=](const Arguments& arguments, std::int32_t row, VectorBuilder& out) {
    out.append_value(cast_variant_value(arguments[0].value(row), from, to, mode, arguments.context, origin));
  });
}

}  // namespace hammerscale::sql
