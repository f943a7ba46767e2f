#include "sql/functions/record_options.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "sql/functions/signature.hpp"
#include "sql/parser/parser.hpp"
#include "sql/types/decimal.hpp"
#include "sql/types/interval_text.hpp"
#include "sql/types/text_parse.hpp"
#include "sql/types/text_scan.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

namespace {

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) { out += ascii_lower(c); }
  return out;
}

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

RecordOptions::RecordOptions(const CallInput& input, std::size_t i) {
  if (i >= input.types.size()) { return; }
  if (input.types[i].id() != TypeId::kMap || input.constants[i] == nullptr || input.constants[i]->is_null()) {
    throw SqlError("INVALID_OPTIONS.NON_MAP_FUNCTION", {}, input.origin);
  }
  if (!input.types[i].key().is_string() || !input.types[i].value().is_string()) {
    throw SqlError("INVALID_OPTIONS.NON_STRING_TYPE", {{"mapType", "\"" + input.types[i].to_sql() + "\""}},
                   input.origin);
  }
  const Value::List& entries = input.constants[i]->as_list();
  for (std::size_t e = 0; e + 1 < entries.size(); e += 2) {
    if (!entries[e + 1].is_null()) { values_[lower(entries[e].as_string())] = entries[e + 1].as_string(); }
  }
}

std::optional<std::string> RecordOptions::find(std::string_view name) const {
  const auto found = values_.find(lower(name));
  return found == values_.end() ? std::nullopt : std::optional(found->second);
}

bool RecordOptions::flag(std::string_view name, bool otherwise) const {
  const auto value = find(name);
  return value ? equal_ignoring_case(*value, "true") : otherwise;
}

bool RecordOptions::is_fail_fast(std::string_view function, Origin origin) const {
  const std::string mode = get("mode", "PERMISSIVE");
  if (equal_ignoring_case(mode, "DROPMALFORMED")) {
    throw SqlError("PARSE_MODE_UNSUPPORTED",
                   {{"funcName", "`" + std::string(function) + "`"}, {"mode", "DROPMALFORMED"}}, origin);
  }
  return equal_ignoring_case(mode, "FAILFAST");
}

RecordTimes::RecordTimes(const RecordOptions& options, const EvaluationContext& context, Use use)
    : zone_(context.time_zone != nullptr ? context.time_zone : &TimeZone::utc()),
      now_micros_(context.query_start_micros) {
  if (const auto zone = options.find("timeZone")) { zone_ = &TimeZone::get(*zone); }
  const auto pattern_of = [&](std::string_view option, const char* otherwise) -> std::optional<DateTimePattern> {
    const auto pattern = options.find(option);
    if (use == Use::kWrite) {
      if (!pattern && otherwise == nullptr) { return std::nullopt; }
      return DateTimePattern::for_formatting(pattern ? std::string_view(*pattern) : std::string_view(otherwise));
    }
    return pattern ? std::optional(DateTimePattern::for_parsing(*pattern)) : std::nullopt;
  };
  date_ = pattern_of("dateFormat", nullptr);
  timestamp_ = pattern_of("timestampFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
  timestamp_ntz_ = pattern_of("timestampNTZFormat", "yyyy-MM-dd'T'HH:mm:ss.SSS");
}

std::optional<std::int64_t> RecordTimes::parse(std::string_view text, TypeId type) const {
  const auto& format = format_of(type);
  if (type == TypeId::kDate) {
    const auto days = format ? format->parse_date(text) : parse_date(text);
    return days ? std::optional<std::int64_t>(*days) : std::nullopt;
  }
  if (type == TypeId::kTimestamp) {
    return format ? format->parse_timestamp(text, *zone_) : parse_timestamp(text, *zone_, now_micros_);
  }
  return format ? format->parse_local(text) : parse_timestamp_ntz(text);
}

void RecordTimes::append(std::string& out, std::int64_t value, TypeId type) const {
  const auto& format = format_of(type);
  if (type == TypeId::kTimestamp) {
    format->format(out, value, *zone_);
  } else if (format) {
    format->format_local(out, type == TypeId::kDate ? value * kMicrosPerDay : value);
  } else {
    append_date(out, static_cast<std::int32_t>(value));
  }
}

DataType as_nullable(const DataType& type) {
  switch (type.id()) {
    case TypeId::kArray: return DataType::array(as_nullable(type.element()), true);
    case TypeId::kMap: return DataType::map(as_nullable(type.key()), as_nullable(type.value()), true);
    case TypeId::kStruct: {
      std::vector<Field> fields = type.fields();
      for (Field& field : fields) {
        field.type = as_nullable(field.type);
        field.nullable = true;
      }
      return DataType::structure(std::move(fields));
    }
    default: return type;
  }
}

DataType record_schema(const CallInput& input, std::size_t i) {
  const Value* text = input.constants[i];
  if (text == nullptr || text->is_null() || !input.types[i].is_string()) {
    throw SqlError("INVALID_SCHEMA.NON_STRING_LITERAL", {{"inputSchema", "\"" + input.sql[i] + "\""}}, input.origin);
  }
  try {
    return as_nullable(parse_data_type(text->as_string()));
  } catch (const SqlError&) {
    try {
      return as_nullable(DataType::structure(parse_schema(text->as_string())));
    } catch (const SqlError&) {
      // Neither a type nor columns: what is wrong with it as a type is reported.
    }
    throw;
  }
}

DataType record_struct_schema(const CallInput& input, std::size_t i) {
  DataType type = record_schema(input, i);
  if (type.id() != TypeId::kStruct) {
    throw SqlError("INVALID_SCHEMA.NON_STRUCT_TYPE",
                   {{"inputSchema", "\"" + input.sql[i] + "\""}, {"dataType", "\"" + type.to_sql() + "\""}},
                   input.origin);
  }
  return type;
}

std::optional<std::size_t> corrupt_record_field(const DataType& type, const RecordOptions& options, Origin origin) {
  const std::string name = options.get("columnNameOfCorruptRecord", "_corrupt_record");
  for (std::size_t i = 0; i < type.fields().size(); ++i) {
    const Field& field = type.fields()[i];
    if (field.name != name) { continue; }
    if (!field.type.is_string()) {
      throw SqlError("INVALID_CORRUPT_RECORD_TYPE",
                     {{"columnName", quote_identifier(name)}, {"actualType", "\"" + field.type.to_sql() + "\""}},
                     origin);
    }
    return i;
  }
  return std::nullopt;
}

std::string constant_record(const CallInput& input, std::string_view name) {
  const Value* value = input.constants[0];
  if (value != nullptr && value->is_null()) {
    throw SqlError("DATATYPE_MISMATCH.UNEXPECTED_NULL",
                   {{"sqlExpr", "\"" + call_text(input) + "\""}, {"exprName", std::string(name)}}, input.origin);
  }
  if (!input.types[0].is_string()) { fail_argument_type(input, 0, "\"STRING\""); }
  if (value == nullptr) {
    throw SqlError("DATATYPE_MISMATCH.NON_FOLDABLE_INPUT",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"inputName", "`" + std::string(name) + "`"},
                    {"inputType", "\"STRING\""},
                    {"inputExpr", "\"" + input.sql[0] + "\""}},
                   input.origin);
  }
  return value->as_string();
}

BoundFunction constant_text_function(const CallInput& input, std::string text) {
  return BoundFunction{
      .type = DataType::string(),
      .nullable = false,
      .argument_types = input.types,
      .nulls = NullPolicy::kHandled,
      .evaluate = [text = std::move(text)](const Arguments& arguments, Vector& result) {
        const StringView value = result.string_heap().add(text);
        arguments.rows.for_each([&](std::int32_t row) { result.mutable_values<StringView>()[row] = value; });
      }};
}

void fail_malformed_record(std::string record, Origin origin) {
  throw SqlError("MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
                 {{"badRecord", std::move(record)}, {"failFastMode", "FAILFAST"}}, origin);
}

std::string partial_row_text(const Value& row, const DataType& type) {
  if (row.is_null() || type.id() != TypeId::kStruct) { return "[null]"; }
  std::string out = "[";
  for (std::size_t i = 0; i < type.fields().size(); ++i) {
    if (i != 0) { out += ','; }
    out += value_text(row.as_list()[i], type.fields()[i].type, TextStyle::kCast, TimeZone::utc());
  }
  return out + "]";
}

std::optional<double> parse_non_numeric(std::string_view text) {
  if (text == "NaN") { return std::numeric_limits<double>::quiet_NaN(); }
  if (text == "Infinity" || text == "+Infinity" || text == "+INF" || text == "INF" || text == "Inf") {
    return std::numeric_limits<double>::infinity();
  }
  if (text == "-Infinity" || text == "-INF" || text == "-Inf") { return -std::numeric_limits<double>::infinity(); }
  return std::nullopt;
}

Value floating_value(double value, const DataType& type) {
  return type.id() == TypeId::kFloat ? Value(static_cast<float>(value)) : Value(value);
}

std::optional<Value> parse_record_decimal(std::string_view text, const DataType& type) {
  std::string digits;
  for (const char c : text) {
    if (c != ',') { digits += c; }
  }
  Int128 unscaled = 0;
  if (parse_decimal(digits, type.precision(), type.scale(), unscaled) != DecimalParse::kOk) { return std::nullopt; }
  return Value(unscaled);
}

std::optional<Value> parse_text_field(std::string_view text, const DataType& type, const RecordTimes& times) {
  const auto integer = [&](std::int64_t least, std::int64_t most) -> std::optional<Value> {
    // No space is skipped, unlike CAST.
    if (text.empty() || is_space(text.front()) || is_space(text.back())) { return std::nullopt; }
    const auto value = parse_int64(text);
    return value && *value >= least && *value <= most ? std::optional<Value>(Value(*value)) : std::nullopt;
  };
  switch (type.id()) {
    case TypeId::kBoolean:
      if (equal_ignoring_case(text, "true")) { return Value(true); }
      return equal_ignoring_case(text, "false") ? std::optional<Value>(Value(false)) : std::nullopt;
    case TypeId::kTinyint:
      return integer(std::numeric_limits<std::int8_t>::min(), std::numeric_limits<std::int8_t>::max());
    case TypeId::kSmallint:
      return integer(std::numeric_limits<std::int16_t>::min(), std::numeric_limits<std::int16_t>::max());
    case TypeId::kInt:
      return integer(std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max());
    case TypeId::kBigint:
      return integer(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max());
    case TypeId::kFloat:
    case TypeId::kDouble: {
      if (const auto special = parse_non_numeric(text)) { return floating_value(*special, type); }
      if (type.id() == TypeId::kFloat) {
        const auto value = parse_float(text);
        return value ? std::optional<Value>(Value(*value)) : std::nullopt;
      }
      const auto value = parse_double(text);
      return value ? std::optional<Value>(Value(*value)) : std::nullopt;
    }
    case TypeId::kDecimal: return parse_record_decimal(text, type);
    case TypeId::kDate:
    case TypeId::kTimestamp:
    case TypeId::kTimestampNtz: {
      const auto value = times.parse(text, type.id());
      return value ? std::optional<Value>(Value(*value)) : std::nullopt;
    }
    case TypeId::kTime: {
      const auto micros = parse_time_of_day(text);
      return micros ? std::optional<Value>(Value(*micros * kNanosPerMicro)) : std::nullopt;
    }
    case TypeId::kString:
    case TypeId::kBinary: return Value(std::string(text));
    case TypeId::kYearMonthInterval: {
      const auto months = parse_year_month_interval(text, type.start_field(), type.end_field());
      return months ? std::optional<Value>(Value(std::int64_t{*months})) : std::nullopt;
    }
    case TypeId::kDayTimeInterval: {
      const auto micros = parse_day_time_interval(text, type.start_field(), type.end_field());
      return micros ? std::optional<Value>(Value(*micros)) : std::nullopt;
    }
    case TypeId::kCalendarInterval: {
      const auto interval = parse_calendar_interval(text);
      return interval ? std::optional<Value>(Value(*interval)) : std::nullopt;
    }
    default: return std::nullopt;
  }
}

std::string encode_base64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t b = 0; b < 3; ++b) {
      group = group << 8 | (b < count ? static_cast<unsigned char>(bytes[i + b]) : 0U);
    }
    for (std::size_t d = 0; d < 4; ++d) { out += d <= count ? kBase64[group >> (18 - 6 * d) & 63] : '='; }
  }
  return out;
}

std::optional<std::string> decode_base64(std::string_view text) {
  std::string out;
  std::uint32_t group = 0;
  int num_bits = 0;
  while (!text.empty() && text.back() == '=') { text.remove_suffix(1); }
  for (const char c : text) {
    if (is_space(c)) { continue; }
    const auto digit = kBase64.find(c);
    if (digit == std::string_view::npos) { return std::nullopt; }
    group = group << 6 | static_cast<std::uint32_t>(digit);
    num_bits += 6;
    if (num_bits >= 8) {
      num_bits -= 8;
      out += static_cast<char>(group >> num_bits & 255);
    }
  }
  return out;
}

}  // namespace hammerscale::sql
