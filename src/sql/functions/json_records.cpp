#include "sql/functions/json_records.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "sql/functions/variant_value.hpp"
#include "sql/types/coercion.hpp"
#include "sql/types/decimal.hpp"
#include "sql/types/text_parse.hpp"
#include "sql/types/text_scan.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

JsonDialect json_dialect(const RecordOptions& options) {
  return JsonDialect{
      .allow_comments = options.flag("allowComments", false),
      .allow_unquoted_names = options.flag("allowUnquotedFieldNames", false),
      .allow_single_quotes = options.flag("allowSingleQuotes", true),
      .allow_leading_zeros = options.flag("allowNumericLeadingZeros", options.flag("allowNumericLeadingZero", false)),
      .allow_any_escape = options.flag("allowBackslashEscapingAnyCharacter", false),
      .allow_control_characters = options.flag("allowUnquotedControlChars", false),
      .allow_non_numeric_numbers = options.flag("allowNonNumericNumbers", true)};
}

// ---- reading

JsonRecordReader::JsonRecordReader(DataType type, const RecordOptions& options, const EvaluationContext& context,
                                   std::string_view function, Origin origin)
    : type_(std::move(type)),
      times_(options, context, RecordTimes::Use::kRead),
      dialect_(json_dialect(options)),
      is_fail_fast_(options.is_fail_fast(function, origin)),
      origin_(origin) {
  if (type_.id() == TypeId::kStruct) { corrupt_field_ = corrupt_record_field(type_, options, origin); }
}

Value JsonRecordReader::read(std::string_view text) {
  if (trim_spaces(text).empty()) { return Value(); }
  number_error_.clear();
  is_array_for_struct_ = false;
  Value value;
  Outcome outcome = Outcome::kFailed;
  if (const auto node = parse_json_text(text, dialect_)) { outcome = convert_root(*node, value); }
  if (outcome == Outcome::kOk) { return value; }
  if (is_fail_fast_) { fail(text, value); }
  if (type_.id() != TypeId::kStruct) { return outcome == Outcome::kPartial ? value : Value(); }
  Value::List fields = value.is_null() ? Value::List(type_.fields().size()) : value.as_list();
  if (corrupt_field_) { fields[*corrupt_field_] = Value(std::string(text)); }
  return Value(std::move(fields));
}

void JsonRecordReader::fail(std::string_view text, const Value& partial) const {
  const std::string record(text);
  if (is_array_for_struct_) {
    throw SqlError("MALFORMED_RECORD_IN_PARSING.CANNOT_PARSE_JSON_ARRAYS_AS_STRUCTS",
                   {{"badRecord", record}, {"failFastMode", "FAILFAST"}}, origin_);
  }
  if (!number_error_.empty()) {
    ErrorParameters parameters{{"badRecord", record}, {"failFastMode", "FAILFAST"}};
    parameters.insert(parameters.end(), number_error_.begin(), number_error_.end());
    throw SqlError("MALFORMED_RECORD_IN_PARSING.CANNOT_PARSE_STRING_AS_DATATYPE", parameters, origin_);
  }
  fail_malformed_record(partial_row_text(partial, type_), origin_);
}

JsonRecordReader::Outcome JsonRecordReader::convert_root(const JsonNode& node, Value& out) {
  if (type_.id() == TypeId::kStruct && node.kind == JsonKind::kArray) {
    is_array_for_struct_ = true;
    return Outcome::kFailed;
  }
  if (type_.id() == TypeId::kArray && type_.element().id() == TypeId::kStruct && node.kind == JsonKind::kObject) {
    Value element;
    const Outcome outcome = convert_struct(node, type_.element(), element);
    out = Value(Value::List{std::move(element)});
    return outcome;
  }
  if (node.kind == JsonKind::kNull && type_.id() != TypeId::kVariant) { return Outcome::kFailed; }
  return convert(node, type_, {}, out);
}

JsonRecordReader::Outcome JsonRecordReader::convert(const JsonNode& node, const DataType& type, std::string_view field,
                                                    Value& out) {
  if (type.id() == TypeId::kVariant) {
    const auto variant = variant_of_json(node);
    if (!variant) { return Outcome::kFailed; }
    out = Value(*variant);
    return Outcome::kOk;
  }
  if (node.kind == JsonKind::kNull) {
    out = Value();
    return Outcome::kOk;
  }
  switch (type.id()) {
    case TypeId::kStruct: return node.kind == JsonKind::kObject ? convert_struct(node, type, out) : Outcome::kFailed;
    case TypeId::kArray:
      return node.kind == JsonKind::kArray ? convert_array(node, type, field, out) : Outcome::kFailed;
    case TypeId::kMap: return node.kind == JsonKind::kObject ? convert_map(node, type, out) : Outcome::kFailed;
    default: return convert_plain(node, type, field, out) ? Outcome::kOk : Outcome::kFailed;
  }
}

JsonRecordReader::Outcome JsonRecordReader::convert_struct(const JsonNode& node, const DataType& type, Value& out) {
  const std::vector<Field>& fields = type.fields();
  Value::List values(fields.size());
  Outcome outcome = Outcome::kOk;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const auto found = std::ranges::find(fields, node.names[i], &Field::name);
    if (found == fields.end()) { continue; }
    const auto at = static_cast<std::size_t>(found - fields.begin());
    if (&type == &type_ && corrupt_field_ == at) { continue; }
    Value value;
    const Outcome part = convert(node.items[i], found->type, found->name, value);
    if (part != Outcome::kOk) { outcome = Outcome::kPartial; }
    values[at] = part == Outcome::kFailed ? Value() : std::move(value);
  }
  out = Value(std::move(values));
  return outcome;
}

JsonRecordReader::Outcome JsonRecordReader::convert_array(const JsonNode& node, const DataType& type,
                                                          std::string_view field, Value& out) {
  Value::List values(node.items.size());
  Outcome outcome = Outcome::kOk;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Outcome part = convert(node.items[i], type.element(), field, values[i]);
    if (part == Outcome::kFailed) { return part; }
    if (part == Outcome::kPartial) { outcome = part; }
  }
  out = Value(std::move(values));
  return outcome;
}

JsonRecordReader::Outcome JsonRecordReader::convert_map(const JsonNode& node, const DataType& type, Value& out) {
  Value::List entries;
  Outcome outcome = Outcome::kOk;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    Value value;
    const Outcome part = convert(node.items[i], type.value(), node.names[i], value);
    if (part == Outcome::kFailed) { return part; }
    if (part == Outcome::kPartial) { outcome = part; }
    entries.emplace_back(node.names[i]);
    entries.push_back(std::move(value));
  }
  out = Value(std::move(entries));
  return outcome;
}

bool JsonRecordReader::convert_plain(const JsonNode& node, const DataType& type, std::string_view field, Value& out) {
  if (type.is_string()) {
    std::string text;
    if (node.kind == JsonKind::kString) {
      text = node.text;
    } else {
      append_json(text, node);
    }
    out = Value(std::move(text));
    return true;
  }
  const bool is_text = node.kind == JsonKind::kString;
  const auto integer = [&](std::int64_t least, std::int64_t most) {
    const auto value = node.kind == JsonKind::kInteger ? parse_int64(node.text) : std::nullopt;
    if (!value || *value < least || *value > most) { return false; }
    out = Value(*value);
    return true;
  };
  switch (type.id()) {
    case TypeId::kBoolean:
      out = Value(node.kind == JsonKind::kTrue);
      return node.kind == JsonKind::kTrue || node.kind == JsonKind::kFalse;
    // Readers of bytes take 128 to 255 too, and wrap them.
    case TypeId::kTinyint:
      if (!integer(std::numeric_limits<std::int8_t>::min(), 255)) { return false; }
      out = Value(std::int64_t{static_cast<std::int8_t>(out.as_int64())});
      return true;
    case TypeId::kSmallint:
      return integer(std::numeric_limits<std::int16_t>::min(), std::numeric_limits<std::int16_t>::max());
    case TypeId::kInt:
      return integer(std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max());
    case TypeId::kBigint:
      return integer(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
    case TypeId::kFloat:
    case TypeId::kDouble: {
      std::optional<double> value;
      if (node.is_number()) {
        value = parse_double(node.text);
      } else if (is_text && dialect_.allow_non_numeric_numbers) {
        value = parse_non_numeric(node.text);
      }
      if (!value) {
        if (is_text && number_error_.empty()) {
          number_error_ = {{"fieldName", quote_identifier(field)},
                           {"fieldValue", "'" + node.text + "'"},
                           {"inputType", "StringType"},
                           {"targetType", type.id() == TypeId::kFloat ? "FloatType" : "DoubleType"}};
        }
        return false;
      }
      out = floating_value(*value, type);
      return true;
    }
    case TypeId::kDecimal: {
      if ((!node.is_number() && !is_text) || node.text.empty()) { return false; }
      const auto value = parse_record_decimal(node.text, type);
      if (value) { out = *value; }
      return value.has_value();
    }
    case TypeId::kTimestamp:
      if (node.kind == JsonKind::kInteger) {
        const auto seconds = parse_int64(node.text);
        if (!seconds || std::abs(*seconds) > std::numeric_limits<std::int64_t>::max() / kMicrosPerSecond) {
          return false;
        }
        out = Value(*seconds * kMicrosPerSecond);
        return true;
      }
      break;
    case TypeId::kBinary: {
      const auto bytes = is_text ? decode_base64(node.text) : std::nullopt;
      if (bytes) { out = Value(*bytes); }
      return bytes.has_value();
    }
    default: break;
  }
  if (!is_text || node.text.empty()) { return false; }
  const auto value = parse_text_field(node.text, type, times_);
  if (value) { out = *value; }
  return value.has_value();
}

// ---- writing

JsonRecordWriter::JsonRecordWriter(const RecordOptions& options, const EvaluationContext& context)
    : times_(options, context, RecordTimes::Use::kWrite),
      ignores_null_fields_(options.flag("ignoreNullFields", true)),
      is_pretty_(options.flag("pretty", false)),
      sorts_keys_(options.flag("sortKeys", false)) {}

void JsonRecordWriter::write(std::string& out, const Value& value, const DataType& type) const {
  append(out, value, type, 1);
}

void JsonRecordWriter::new_line(std::string& out, int depth) const {
  if (is_pretty_) {
    out += '\n';
    out.append(static_cast<std::size_t>(depth) * 2, ' ');
  }
}

void JsonRecordWriter::append(std::string& out, const Value& value, const DataType& type, int depth) const {
  if (value.is_null() || type.is_null()) {
    out += "null";
    return;
  }
  const auto object = [&](std::size_t num_entries, auto&& name_of, auto&& value_of, auto&& type_of, bool skips_nulls) {
    std::vector<std::pair<std::string, std::size_t>> entries;
    for (std::size_t i = 0; i < num_entries; ++i) {
      if (!skips_nulls || !value_of(i).is_null()) { entries.emplace_back(name_of(i), i); }
    }
    if (sorts_keys_) { std::ranges::sort(entries); }
    out += '{';
    bool is_first = true;
    for (const auto& [name, i] : entries) {
      if (!is_first) { out += ','; }
      is_first = false;
      new_line(out, depth);
      append_json_string(out, name);
      out += is_pretty_ ? " : " : ":";
      append(out, value_of(i), type_of(i), depth + 1);
    }
    if (entries.empty()) {
      out += is_pretty_ ? " }" : "}";
    } else {
      new_line(out, depth - 1);
      out += '}';
    }
  };
  switch (type.id()) {
    case TypeId::kBoolean:
    case TypeId::kTinyint:
    case TypeId::kSmallint:
    case TypeId::kInt:
    case TypeId::kBigint:
    case TypeId::kDecimal: out += value_text(value, type, TextStyle::kCast, TimeZone::utc()); break;
    case TypeId::kFloat:
    case TypeId::kDouble: {
      const bool is_finite =
          std::isfinite(type.id() == TypeId::kFloat ? static_cast<double>(value.as_float()) : value.as_double());
      const std::string text = value_text(value, type, TextStyle::kCast, TimeZone::utc());
      out += is_finite ? text : "\"" + text + "\"";
      break;
    }
    case TypeId::kDate:
    case TypeId::kTimestamp:
    case TypeId::kTimestampNtz: {
      std::string text;
      times_.append(text, value.as_int64(), type.id());
      append_json_string(out, text);
      break;
    }
    case TypeId::kBinary: append_json_string(out, encode_base64(value.as_string())); break;
    case TypeId::kVariant: append_variant_json(out, VariantView(value.as_string()), times_.zone()); break;
    case TypeId::kArray: {
      const Value::List& items = value.as_list();
      out += is_pretty_ ? "[ " : "[";
      for (std::size_t i = 0; i < items.size(); ++i) {
        if (i != 0) { out += is_pretty_ ? ", " : ","; }
        append(out, items[i], type.element(), depth);
      }
      out += is_pretty_ && !items.empty() ? " ]" : "]";
      break;
    }
    case TypeId::kMap: {
      const Value::List& items = value.as_list();
      // A key that is no text is written as a row or list prints.
      const auto key_text = [&](std::size_t i) {
        std::string text = type.key().id() == TypeId::kStruct
                               ? partial_row_text(items[i * 2], type.key())
                               : value_text(items[i * 2], type.key(), TextStyle::kCast, times_.zone());
        return text;
      };
      object(
          items.size() / 2, key_text, [&](std::size_t i) -> const Value& { return items[i * 2 + 1]; },
          [&](std::size_t) -> const DataType& { return type.value(); }, false);
      break;
    }
    case TypeId::kStruct: {
      const Value::List& items = value.as_list();
      object(
          items.size(), [&](std::size_t i) { return type.fields()[i].name; },
          [&](std::size_t i) -> const Value& { return items[i]; },
          [&](std::size_t i) -> const DataType& { return type.fields()[i].type; }, ignores_null_fields_);
      break;
    }
    default: append_json_string(out, value_text(value, type, TextStyle::kCast, times_.zone()));
  }
}

// ---- inference

namespace {

struct InferenceOptions {
  bool primitives_as_string = false;
  bool prefers_decimal = false;
};

DataType common_type(const DataType& a, const DataType& b) {
  if (a.is_null()) { return b; }
  if (b.is_null()) { return a; }
  if (a.id() == TypeId::kStruct && b.id() == TypeId::kStruct) {
    std::vector<Field> fields = a.fields();
    for (const Field& field : b.fields()) {
      const auto found = std::ranges::find(fields, field.name, &Field::name);
      if (found == fields.end()) {
        fields.push_back(field);
      } else {
        found->type = common_type(found->type, field.type);
      }
    }
    std::ranges::sort(fields, {}, &Field::name);
    return DataType::structure(std::move(fields));
  }
  if (a.id() == TypeId::kArray && b.id() == TypeId::kArray) {
    return DataType::array(common_type(a.element(), b.element()));
  }
  if (a == b) { return a; }
  if (a.is_numeric() && b.is_numeric()) {
    if (a.is_fractional() || b.is_fractional()) { return TypeId::kDouble; }
    const DataType left = decimal_for(a);
    const DataType right = decimal_for(b);
    const int scale = std::max(left.scale(), right.scale());
    const int whole = std::max(left.precision() - left.scale(), right.precision() - right.scale());
    return whole + scale > kMaxDecimalPrecision ? DataType(TypeId::kDouble) : DataType::decimal(whole + scale, scale);
  }
  return DataType::string();
}

DataType infer_number(const JsonNode& node, const InferenceOptions& options) {
  std::string_view text = node.text;
  if (node.kind == JsonKind::kInteger) {
    if (parse_int64(text)) { return TypeId::kBigint; }
    const auto num_digits = static_cast<int>(text.size()) - (text[0] == '-' ? 1 : 0);
    return num_digits > kMaxDecimalPrecision ? DataType(TypeId::kDouble) : DataType::decimal(num_digits, 0);
  }
  if (!options.prefers_decimal || text.find_first_of("eEN") != std::string_view::npos ||
      text.find("Inf") != std::string_view::npos) {
    return TypeId::kDouble;
  }
  if (text[0] == '-') { text.remove_prefix(1); }
  const auto point = text.find('.');
  const auto scale = static_cast<int>(text.size() - point - 1);
  const int whole = text.substr(0, point) == "0" ? 0 : static_cast<int>(point);
  return whole + scale > kMaxDecimalPrecision ? DataType(TypeId::kDouble)
                                              : DataType::decimal(std::max(whole + scale, 1), scale);
}

DataType infer(const JsonNode& node, const InferenceOptions& options) {
  switch (node.kind) {
    case JsonKind::kNull: return {};
    case JsonKind::kString: return DataType::string();
    case JsonKind::kTrue:
    case JsonKind::kFalse: return options.primitives_as_string ? DataType::string() : DataType(TypeId::kBoolean);
    case JsonKind::kInteger:
    case JsonKind::kFraction: return options.primitives_as_string ? DataType::string() : infer_number(node, options);
    case JsonKind::kArray: {
      DataType element;
      for (const JsonNode& item : node.items) { element = common_type(element, infer(item, options)); }
      return DataType::array(element);
    }
    case JsonKind::kObject: {
      std::vector<Field> fields;
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        fields.push_back({node.names[i], infer(node.items[i], options)});
      }
      std::ranges::stable_sort(fields, {}, &Field::name);
      return DataType::structure(std::move(fields));
    }
  }
  return {};
}

/// NULL becomes string; structs without fields vanish. None where nothing is left.
std::optional<DataType> settle(const DataType& type) {
  switch (type.id()) {
    case TypeId::kNull: return DataType::string();
    case TypeId::kArray: {
      const auto element = settle(type.element());
      return element ? std::optional(DataType::array(*element)) : std::nullopt;
    }
    case TypeId::kStruct: {
      std::vector<Field> fields;
      for (const Field& field : type.fields()) {
        if (const auto settled = settle(field.type)) { fields.push_back({field.name, *settled}); }
      }
      return fields.empty() ? std::nullopt : std::optional(DataType::structure(std::move(fields)));
    }
    default: return type;
  }
}

}  // namespace

DataType infer_json_type(const JsonNode& node, const RecordOptions& options) {
  const DataType type = infer(node, {.primitives_as_string = options.flag("primitivesAsString", false),
                                     .prefers_decimal = options.flag("prefersDecimal", false)});
  return settle(type).value_or(DataType::structure({}));
}

}  // namespace hammerscale::sql
