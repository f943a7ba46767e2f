#include "sql/functions/variant_value.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "hammerscale/sql/sql_error.hpp"
#include "sql/functions/record_options.hpp"
#include "sql/types/coercion.hpp"
#include "sql/types/decimal.hpp"
#include "sql/types/text_parse.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

namespace {

// Basic types, in the two low bits of a value's first byte.
constexpr int kPrimitive = 0;
constexpr int kShortString = 1;
constexpr int kObjectType = 2;
constexpr int kArrayType = 3;

// Primitive types, in its other bits.
enum Primitive : int {
  kNullId = 0,
  kTrueId,
  kFalseId,
  kInt8Id,
  kInt16Id,
  kInt32Id,
  kInt64Id,
  kDoubleId,
  kDecimal4Id,
  kDecimal8Id,
  kDecimal16Id,
  kDateId,
  kTimestampId,
  kTimestampNtzId,
  kFloatId,
  kBinaryId,
  kStringId,
  kUuidId = 20,
};

constexpr std::size_t kLongestShortString = 63;
constexpr int kMaxDepth = kMaxJsonDepth;

[[noreturn]] void fail_malformed() { throw SqlError("MALFORMED_VARIANT", {}); }

std::uint64_t read_unsigned(std::string_view bytes, std::size_t at, std::size_t width) {
  if (at > bytes.size() || bytes.size() - at < width) { fail_malformed(); }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
  }
  return value;
}

std::int64_t read_signed(std::string_view bytes, std::size_t at, std::size_t width) {
  const auto shift = static_cast<int>(64 - 8 * width);
  return static_cast<std::int64_t>(read_unsigned(bytes, at, width) << shift) >> shift;
}

std::string_view read_bytes(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at > bytes.size() || bytes.size() - at < size) { fail_malformed(); }
  return bytes.substr(at, size);
}

void write_unsigned(std::string& out, std::uint64_t value, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) { out += static_cast<char>(value >> (8 * i) & 255); }
}

std::size_t width_of(std::size_t largest) {
  return largest < (1U << 8) ? 1 : largest < (1U << 16) ? 2 : largest < (1U << 24) ? 3 : 4;
}

std::size_t primitive_bytes(int id) {
  switch (id) {
    case kNullId:
    case kTrueId:
    case kFalseId: return 1;
    case kInt8Id: return 2;
    case kInt16Id: return 3;
    case kInt32Id:
    case kDateId:
    case kFloatId: return 5;
    case kInt64Id:
    case kDoubleId:
    case kTimestampId:
    case kTimestampNtzId: return 9;
    case kDecimal4Id: return 6;
    case kDecimal8Id: return 10;
    case kDecimal16Id: return 18;
    case kUuidId: return 17;
    default: throw SqlError("UNKNOWN_PRIMITIVE_TYPE_IN_VARIANT", {{"id", std::to_string(id)}});
  }
}

}  // namespace

// ---- reading

/// Where an array's or object's parts stand: ids and offsets follow the header, then the values.
struct VariantView::Container {
  bool is_object = false;
  std::size_t size = 0;
  std::size_t id_width = 0;
  std::size_t offset_width = 0;
  std::size_t ids = 0;
  std::size_t offsets = 0;
  std::size_t values = 0;
};

VariantView::VariantView(std::string_view cell) {
  const std::uint64_t metadata_size = read_unsigned(cell, 0, 4);
  metadata_ = read_bytes(cell, 4, metadata_size);
  value_ = cell.substr(4 + metadata_size);
  if (value_.empty() || metadata_.empty() || (metadata_[0] & 15) != 1) { fail_malformed(); }
}

int VariantView::primitive() const {
  if (value_.empty()) { fail_malformed(); }
  return (value_[0] & 3) == kPrimitive ? static_cast<unsigned char>(value_[0]) >> 2 : -1;
}

VariantKind VariantView::kind() const {
  if (value_.empty()) { fail_malformed(); }
  switch (value_[0] & 3) {
    case kShortString: return VariantKind::kString;
    case kObjectType: return VariantKind::kObject;
    case kArrayType: return VariantKind::kArray;
    default: break;
  }
  switch (const int id = primitive()) {
    case kNullId: return VariantKind::kNull;
    case kTrueId:
    case kFalseId: return VariantKind::kBoolean;
    case kInt8Id:
    case kInt16Id:
    case kInt32Id:
    case kInt64Id: return VariantKind::kInteger;
    case kDoubleId: return VariantKind::kDouble;
    case kDecimal4Id:
    case kDecimal8Id:
    case kDecimal16Id: return VariantKind::kDecimal;
    case kDateId: return VariantKind::kDate;
    case kTimestampId: return VariantKind::kTimestamp;
    case kTimestampNtzId: return VariantKind::kTimestampNtz;
    case kFloatId: return VariantKind::kFloat;
    case kBinaryId: return VariantKind::kBinary;
    case kStringId: return VariantKind::kString;
    case kUuidId: return VariantKind::kUuid;
    default: throw SqlError("UNKNOWN_PRIMITIVE_TYPE_IN_VARIANT", {{"id", std::to_string(id)}});
  }
}

bool VariantView::boolean() const { return primitive() == kTrueId; }

std::int64_t VariantView::integer() const { return read_signed(value_, 1, primitive_bytes(primitive()) - 1); }

double VariantView::float64() const { return std::bit_cast<double>(read_unsigned(value_, 1, 8)); }

float VariantView::float32() const {
  return std::bit_cast<float>(static_cast<std::uint32_t>(read_unsigned(value_, 1, 4)));
}

std::pair<Int128, int> VariantView::decimal() const {
  auto scale = static_cast<int>(read_unsigned(value_, 1, 1));
  const std::size_t width = primitive_bytes(primitive()) - 2;
  Int128 unscaled = 0;
  if (width <= 8) {
    unscaled = read_signed(value_, 2, width);
  } else {
    const auto high = static_cast<UInt128>(read_unsigned(value_, 10, 8));
    unscaled = static_cast<Int128>(high << 64 | read_unsigned(value_, 2, 8));
  }
  if (scale > kMaxDecimalPrecision || !fits_precision(unscaled, kMaxDecimalPrecision)) { fail_malformed(); }
  while (scale > 0 && unscaled % 10 == 0) {
    unscaled /= 10;
    --scale;
  }
  return {unscaled, scale};
}

std::string_view VariantView::bytes() const {
  if ((value_[0] & 3) == kShortString) { return read_bytes(value_, 1, static_cast<unsigned char>(value_[0]) >> 2); }
  if (primitive() == kUuidId) { return read_bytes(value_, 1, 16); }
  return read_bytes(value_, 5, read_unsigned(value_, 1, 4));
}

VariantView::Container VariantView::container() const {
  Container found;
  const int info = static_cast<unsigned char>(value_[0]) >> 2;
  found.is_object = (value_[0] & 3) == kObjectType;
  found.offset_width = static_cast<std::size_t>(info & 3) + 1;
  found.id_width = found.is_object ? static_cast<std::size_t>(info >> 2 & 3) + 1 : 0;
  const std::size_t size_width = (info >> (found.is_object ? 4 : 2) & 1) != 0 ? 4 : 1;
  found.size = read_unsigned(value_, 1, size_width);
  found.ids = 1 + size_width;
  found.offsets = found.ids + found.size * found.id_width;
  found.values = found.offsets + (found.size + 1) * found.offset_width;
  if (found.values > value_.size()) { fail_malformed(); }
  return found;
}

std::size_t VariantView::num_items() const { return container().size; }

VariantView VariantView::item(std::size_t i) const {
  const Container parts = container();
  if (i >= parts.size) { fail_malformed(); }
  const std::size_t at =
      parts.values + read_unsigned(value_, parts.offsets + i * parts.offset_width, parts.offset_width);
  if (at >= value_.size()) { fail_malformed(); }
  return {metadata_, value_.substr(at)};
}

std::string_view VariantView::name(std::size_t i) const {
  const Container parts = container();
  const std::uint64_t id = read_unsigned(value_, parts.ids + i * parts.id_width, parts.id_width);
  const std::size_t width = static_cast<std::size_t>(static_cast<unsigned char>(metadata_[0]) >> 6) + 1;
  const std::uint64_t num_names = read_unsigned(metadata_, 1, width);
  if (id >= num_names) { fail_malformed(); }
  const std::uint64_t first = read_unsigned(metadata_, 1 + (id + 1) * width, width);
  const std::uint64_t last = read_unsigned(metadata_, 1 + (id + 2) * width, width);
  if (last < first) { fail_malformed(); }
  return read_bytes(metadata_, 1 + (num_names + 2) * width + first, last - first);
}

std::optional<VariantView> VariantView::find(std::string_view wanted) const {
  // Fields are sorted, but by UTF-16 units: beyond the basic plane that is another order than that of bytes.
  const std::size_t size = num_items();
  for (std::size_t i = 0; i < size; ++i) {
    if (name(i) == wanted) { return item(i); }
  }
  return std::nullopt;
}

std::size_t VariantView::num_bytes() const {
  if (value_.empty()) { fail_malformed(); }
  switch (value_[0] & 3) {
    case kShortString: return 1 + (static_cast<unsigned char>(value_[0]) >> 2);
    case kObjectType:
    case kArrayType: {
      const Container parts = container();
      return parts.values + read_unsigned(value_, parts.offsets + parts.size * parts.offset_width, parts.offset_width);
    }
    default: break;
  }
  const int id = primitive();
  return id == kBinaryId || id == kStringId ? 5 + read_unsigned(value_, 1, 4) : primitive_bytes(id);
}

std::string VariantView::cell() const {
  std::string out;
  write_unsigned(out, metadata_.size(), 4);
  out += metadata_;
  out += read_bytes(value_, 0, num_bytes());
  return out;
}

void VariantView::check(int depth) const {
  if (depth > kMaxDepth) { fail_malformed(); }
  static_cast<void>(read_bytes(value_, 0, num_bytes()));
  const VariantKind what = kind();
  if (what == VariantKind::kDecimal) { static_cast<void>(decimal()); }
  if (what != VariantKind::kArray && what != VariantKind::kObject) { return; }
  for (std::size_t i = 0; i < num_items(); ++i) {
    if (what == VariantKind::kObject) { static_cast<void>(name(i)); }
    item(i).check(depth + 1);
  }
}

bool VariantView::is_valid() const {
  try {
    check(1);
    return true;
  } catch (const SqlError&) { return false; }
}

// ---- writing

void VariantBuilder::append_null() { primitive(kNullId); }
void VariantBuilder::append_bool(bool value) { primitive(value ? kTrueId : kFalseId); }

void VariantBuilder::append_integer(std::int64_t value) {
  const int id = value == static_cast<std::int8_t>(value)    ? kInt8Id
                 : value == static_cast<std::int16_t>(value) ? kInt16Id
                 : value == static_cast<std::int32_t>(value) ? kInt32Id
                                                             : kInt64Id;
  primitive(id);
  write_unsigned(value_, static_cast<std::uint64_t>(value), primitive_bytes(id) - 1);
}

void VariantBuilder::append_double(double value) {
  primitive(kDoubleId);
  write_unsigned(value_, std::bit_cast<std::uint64_t>(value), 8);
}

void VariantBuilder::append_float(float value) {
  primitive(kFloatId);
  write_unsigned(value_, std::bit_cast<std::uint32_t>(value), 4);
}

void VariantBuilder::append_decimal(Int128 unscaled, int scale) {
  const int id = scale <= 9 && fits_precision(unscaled, 9)     ? kDecimal4Id
                 : scale <= 18 && fits_precision(unscaled, 18) ? kDecimal8Id
                                                               : kDecimal16Id;
  primitive(id);
  value_ += static_cast<char>(scale);
  const std::size_t width = primitive_bytes(id) - 2;
  write_unsigned(value_, static_cast<std::uint64_t>(unscaled), std::min<std::size_t>(width, 8));
  if (width == 16) { write_unsigned(value_, static_cast<std::uint64_t>(static_cast<UInt128>(unscaled) >> 64), 8); }
}

void VariantBuilder::append_string(std::string_view text) {
  if (text.size() <= kLongestShortString) {
    value_ += static_cast<char>(text.size() << 2 | kShortString);
  } else {
    primitive(kStringId);
    write_unsigned(value_, text.size(), 4);
  }
  value_ += text;
}

void VariantBuilder::append_binary(std::string_view bytes) {
  primitive(kBinaryId);
  write_unsigned(value_, bytes.size(), 4);
  value_ += bytes;
}

void VariantBuilder::append_date(std::int32_t days) {
  primitive(kDateId);
  write_unsigned(value_, static_cast<std::uint32_t>(days), 4);
}

void VariantBuilder::append_timestamp(std::int64_t micros, bool has_zone) {
  primitive(has_zone ? kTimestampId : kTimestampNtzId);
  write_unsigned(value_, static_cast<std::uint64_t>(micros), 8);
}

void VariantBuilder::append_variant(const VariantView& part) {
  const std::size_t start = position();
  switch (part.kind()) {
    case VariantKind::kNull: append_null(); break;
    case VariantKind::kBoolean: append_bool(part.boolean()); break;
    case VariantKind::kInteger: append_integer(part.integer()); break;
    case VariantKind::kDouble: append_double(part.float64()); break;
    case VariantKind::kFloat: append_float(part.float32()); break;
    case VariantKind::kDecimal: {
      const auto [unscaled, scale] = part.decimal();
      append_decimal(unscaled, scale);
      break;
    }
    case VariantKind::kString: append_string(part.bytes()); break;
    case VariantKind::kBinary: append_binary(part.bytes()); break;
    case VariantKind::kDate: append_date(static_cast<std::int32_t>(part.integer())); break;
    case VariantKind::kTimestamp:
    case VariantKind::kTimestampNtz: append_timestamp(part.integer(), part.kind() == VariantKind::kTimestamp); break;
    case VariantKind::kUuid:
      primitive(kUuidId);
      value_ += part.bytes();
      break;
    case VariantKind::kArray: {
      std::vector<std::size_t> offsets;
      for (std::size_t i = 0; i < part.num_items(); ++i) {
        offsets.push_back(position() - start);
        append_variant(part.item(i));
      }
      finish_array(start, offsets);
      break;
    }
    case VariantKind::kObject: {
      std::vector<FieldEntry> fields;
      for (std::size_t i = 0; i < part.num_items(); ++i) {
        fields.push_back(field(part.name(i), start));
        append_variant(part.item(i));
      }
      finish_object(start, std::move(fields));
      break;
    }
  }
}

VariantBuilder::FieldEntry VariantBuilder::field(std::string_view name, std::size_t start) {
  auto found = ids_.find(name);
  if (found == ids_.end()) {
    found = ids_.emplace(std::string(name), names_.size()).first;
    names_.emplace_back(name);
  }
  return {std::string(name), found->second, position() - start};
}

void VariantBuilder::finish_array(std::size_t start, const std::vector<std::size_t>& offsets) {
  const std::size_t data_size = position() - start;
  const bool is_large = offsets.size() > 255;
  const std::size_t width = width_of(data_size);
  std::string header(1, static_cast<char>(((is_large ? 4U : 0U) | (width - 1)) << 2 | kArrayType));
  write_unsigned(header, offsets.size(), is_large ? 4 : 1);
  for (const std::size_t offset : offsets) { write_unsigned(header, offset, width); }
  write_unsigned(header, data_size, width);
  value_.insert(start, header);
}

bool VariantBuilder::finish_object(std::size_t start, std::vector<FieldEntry> fields, std::string* duplicate) {
  std::ranges::sort(fields, {}, &FieldEntry::name);
  const auto repeated = std::ranges::adjacent_find(fields, {}, &FieldEntry::name);
  if (repeated != fields.end()) {
    if (duplicate != nullptr) { *duplicate = repeated->name; }
    return false;
  }
  std::size_t largest_id = 0;
  for (const FieldEntry& entry : fields) { largest_id = std::max(largest_id, entry.id); }
  const std::size_t data_size = position() - start;
  const bool is_large = fields.size() > 255;
  const std::size_t width = width_of(data_size);
  const std::size_t id_width = width_of(largest_id);
  std::string header(1,
                     static_cast<char>(((is_large ? 16U : 0U) | (id_width - 1) << 2 | (width - 1)) << 2 | kObjectType));
  write_unsigned(header, fields.size(), is_large ? 4 : 1);
  for (const FieldEntry& entry : fields) { write_unsigned(header, entry.id, id_width); }
  for (const FieldEntry& entry : fields) { write_unsigned(header, entry.offset, width); }
  write_unsigned(header, data_size, width);
  value_.insert(start, header);
  return true;
}

std::string VariantBuilder::finish() const {
  std::size_t name_bytes = 0;
  for (const std::string& name : names_) { name_bytes += name.size(); }
  const std::size_t width = width_of(std::max(name_bytes, names_.size()));
  std::string metadata(1, static_cast<char>(1U | (width - 1) << 6));
  write_unsigned(metadata, names_.size(), width);
  std::size_t offset = 0;
  for (const std::string& name : names_) {
    write_unsigned(metadata, offset, width);
    offset += name.size();
  }
  write_unsigned(metadata, offset, width);
  for (const std::string& name : names_) { metadata += name; }
  std::string cell;
  write_unsigned(cell, metadata.size(), 4);
  return cell + metadata + value_;
}

// ---- conversions

namespace {

/// Numbers without exponent are decimals as long as 38 digits hold them.
void append_json_number(VariantBuilder& out, const JsonNode& node) {
  if (node.kind == JsonKind::kInteger) {
    if (const auto integer = parse_int64(node.text)) {
      out.append_integer(*integer);
      return;
    }
  }
  if (node.text.find_first_not_of("-.0123456789") == std::string::npos) {
    const auto point = node.text.find('.');
    const std::size_t scale = point == std::string::npos ? 0 : node.text.size() - point - 1;
    Int128 unscaled = 0;
    if (scale <= kMaxDecimalPrecision &&
        parse_decimal(node.text, kMaxDecimalPrecision, static_cast<int>(scale), unscaled) == DecimalParse::kOk) {
      out.append_decimal(unscaled, static_cast<int>(scale));
      return;
    }
  }
  out.append_double(parse_double(node.text).value_or(0));
}

bool append_json_node(VariantBuilder& out, const JsonNode& node, std::string* duplicate) {
  const std::size_t start = out.position();
  switch (node.kind) {
    case JsonKind::kNull: out.append_null(); break;
    case JsonKind::kFalse:
    case JsonKind::kTrue: out.append_bool(node.kind == JsonKind::kTrue); break;
    case JsonKind::kInteger:
    case JsonKind::kFraction: append_json_number(out, node); break;
    case JsonKind::kString: out.append_string(node.text); break;
    case JsonKind::kArray: {
      std::vector<std::size_t> offsets;
      for (const JsonNode& item : node.items) {
        offsets.push_back(out.position() - start);
        if (!append_json_node(out, item, duplicate)) { return false; }
      }
      out.finish_array(start, offsets);
      break;
    }
    case JsonKind::kObject: {
      std::vector<VariantBuilder::FieldEntry> fields;
      for (std::size_t i = 0; i < node.items.size(); ++i) {
        fields.push_back(out.field(node.names[i], start));
        if (!append_json_node(out, node.items[i], duplicate)) { return false; }
      }
      return out.finish_object(start, std::move(fields), duplicate);
    }
  }
  return true;
}

void append_value(VariantBuilder& out, const Value& value, const DataType& type) {
  if (value.is_null() || type.is_null()) {
    out.append_null();
    return;
  }
  const std::size_t start = out.position();
  switch (type.id()) {
    case TypeId::kBoolean: out.append_bool(value.as_bool()); break;
    case TypeId::kTinyint:
    case TypeId::kSmallint:
    case TypeId::kInt:
    case TypeId::kBigint: out.append_integer(value.as_int64()); break;
    case TypeId::kFloat: out.append_float(value.as_float()); break;
    case TypeId::kDouble: out.append_double(value.as_double()); break;
    case TypeId::kDecimal: out.append_decimal(value.as_int128(), type.scale()); break;
    case TypeId::kString: out.append_string(value.as_string()); break;
    case TypeId::kBinary: out.append_binary(value.as_string()); break;
    case TypeId::kDate: out.append_date(static_cast<std::int32_t>(value.as_int64())); break;
    case TypeId::kTimestamp:
    case TypeId::kTimestampNtz: out.append_timestamp(value.as_int64(), type.id() == TypeId::kTimestamp); break;
    case TypeId::kVariant: out.append_variant(VariantView(value.as_string())); break;
    case TypeId::kArray: {
      std::vector<std::size_t> offsets;
      for (const Value& item : value.as_list()) {
        offsets.push_back(out.position() - start);
        append_value(out, item, type.element());
      }
      out.finish_array(start, offsets);
      break;
    }
    case TypeId::kMap:
    case TypeId::kStruct: {
      const bool is_map = type.id() == TypeId::kMap;
      const Value::List& items = value.as_list();
      std::vector<VariantBuilder::FieldEntry> fields;
      for (std::size_t i = 0; i < items.size() / (is_map ? 2 : 1); ++i) {
        fields.push_back(out.field(is_map ? items[i * 2].as_string() : type.fields()[i].name, start));
        append_value(out, items[is_map ? i * 2 + 1 : i], is_map ? type.value() : type.fields()[i].type);
      }
      std::string duplicate;
      if (!out.finish_object(start, std::move(fields), &duplicate)) {
        throw SqlError("VARIANT_DUPLICATE_KEY", {{"key", duplicate}});
      }
      break;
    }
    default: throw SqlError("UNSUPPORTED_DATATYPE", {{"typeName", "\"" + type.to_sql() + "\""}});
  }
}

void append_offset(std::string& out, std::int32_t seconds) {
  const auto two_digits = [&](std::int32_t number) {
    out += static_cast<char>('0' + number / 10);
    out += static_cast<char>('0' + number % 10);
  };
  out += seconds < 0 ? '-' : '+';
  const std::int32_t size = std::abs(seconds);
  two_digits(size / 3600);
  out += ':';
  two_digits(size / 60 % 60);
}

}  // namespace

std::optional<std::string> variant_of_json(const JsonNode& node, std::string* duplicate) {
  VariantBuilder builder;
  if (!append_json_node(builder, node, duplicate)) { return std::nullopt; }
  return builder.finish();
}

std::string variant_of_value(const Value& value, const DataType& type) {
  VariantBuilder builder;
  append_value(builder, value, type);
  return builder.finish();
}

void append_variant_json(std::string& out, const VariantView& variant, const TimeZone& zone) {
  const auto floating = [&](double value, auto&& append) {
    std::string text;
    append(text);
    out += std::isfinite(value) ? text : "\"" + text + "\"";
  };
  switch (variant.kind()) {
    case VariantKind::kNull: out += "null"; break;
    case VariantKind::kBoolean: out += variant.boolean() ? "true" : "false"; break;
    case VariantKind::kInteger: append_int64(out, variant.integer()); break;
    case VariantKind::kDouble:
      floating(variant.float64(), [&](std::string& text) { append_double(text, variant.float64()); });
      break;
    case VariantKind::kFloat:
      floating(static_cast<double>(variant.float32()),
               [&](std::string& text) { append_float(text, variant.float32()); });
      break;
    case VariantKind::kDecimal: {
      const auto [unscaled, scale] = variant.decimal();
      append_decimal(out, unscaled, scale);
      break;
    }
    case VariantKind::kString: append_json_string(out, variant.bytes()); break;
    case VariantKind::kBinary: append_json_string(out, encode_base64(variant.bytes())); break;
    case VariantKind::kDate:
      out += '"';
      append_date(out, static_cast<std::int32_t>(variant.integer()));
      out += '"';
      break;
    case VariantKind::kTimestamp:
      out += '"';
      append_timestamp(out, zone.to_local_micros(variant.integer()));
      append_offset(out, zone.offset_at(floor_div(variant.integer(), kMicrosPerSecond)));
      out += '"';
      break;
    case VariantKind::kTimestampNtz:
      out += '"';
      append_timestamp(out, variant.integer());
      out += '"';
      break;
    case VariantKind::kUuid: {
      constexpr char kHex[] = "0123456789abcdef";
      out += '"';
      for (std::size_t i = 0; i < 16; ++i) {
        const auto byte = static_cast<unsigned char>(variant.bytes()[i]);
        if (i == 4 || i == 6 || i == 8 || i == 10) { out += '-'; }
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
      }
      out += '"';
      break;
    }
    case VariantKind::kArray:
      out += '[';
      for (std::size_t i = 0; i < variant.num_items(); ++i) {
        if (i != 0) { out += ','; }
        append_variant_json(out, variant.item(i), zone);
      }
      out += ']';
      break;
    case VariantKind::kObject:
      out += '{';
      for (std::size_t i = 0; i < variant.num_items(); ++i) {
        if (i != 0) { out += ','; }
        append_json_string(out, variant.name(i));
        out += ':';
        append_variant_json(out, variant.item(i), zone);
      }
      out += '}';
      break;
  }
}

// ---- types

DataType variant_type(const VariantView& variant) {
  switch (variant.kind()) {
    case VariantKind::kNull: return {};
    case VariantKind::kBoolean: return TypeId::kBoolean;
    case VariantKind::kInteger: return TypeId::kBigint;
    case VariantKind::kDouble: return TypeId::kDouble;
    case VariantKind::kFloat: return TypeId::kFloat;
    case VariantKind::kDecimal: {
      const auto [unscaled, scale] = variant.decimal();
      return DataType::decimal(std::max(num_digits(unscaled), std::max(scale, 1)), scale);
    }
    case VariantKind::kString:
    case VariantKind::kUuid: return DataType::string();
    case VariantKind::kBinary: return TypeId::kBinary;
    case VariantKind::kDate: return TypeId::kDate;
    case VariantKind::kTimestamp: return TypeId::kTimestamp;
    case VariantKind::kTimestampNtz: return TypeId::kTimestampNtz;
    case VariantKind::kArray: {
      DataType element;
      for (std::size_t i = 0; i < variant.num_items(); ++i) {
        element = merge_variant_types(element, variant_type(variant.item(i)));
      }
      return DataType::array(element);
    }
    case VariantKind::kObject: {
      std::vector<Field> fields;
      for (std::size_t i = 0; i < variant.num_items(); ++i) {
        fields.push_back({std::string(variant.name(i)), variant_type(variant.item(i))});
      }
      return DataType::structure(std::move(fields));
    }
  }
  return {};
}

DataType merge_variant_types(const DataType& a, const DataType& b) {
  if (a.is_null() || a == b) { return b; }
  if (b.is_null()) { return a; }
  if (a.id() == TypeId::kArray && b.id() == TypeId::kArray) {
    return DataType::array(merge_variant_types(a.element(), b.element()));
  }
  if (a.id() == TypeId::kStruct && b.id() == TypeId::kStruct) {
    std::vector<Field> fields = a.fields();
    for (const Field& field : b.fields()) {
      const auto found = std::ranges::find(fields, field.name, &Field::name);
      if (found == fields.end()) {
        fields.push_back(field);
      } else {
        found->type = merge_variant_types(found->type, field.type);
      }
    }
    std::ranges::sort(fields, {}, &Field::name);
    return DataType::structure(std::move(fields));
  }
  if (a.is_numeric() && b.is_numeric() && (a.is_decimal() || b.is_decimal())) {
    if (a.is_fractional() || b.is_fractional()) { return TypeId::kDouble; }
    const DataType left = decimal_for(a);
    const DataType right = decimal_for(b);
    const int scale = std::max(left.scale(), right.scale());
    const int whole = std::max(left.precision() - left.scale(), right.precision() - right.scale());
    return whole + scale > kMaxDecimalPrecision ? DataType(TypeId::kDouble) : DataType::decimal(whole + scale, scale);
  }
  if (!a.is_nested() && !b.is_nested()) {
    if (const auto common = tightest_common_type(a, b)) { return *common; }
  }
  return TypeId::kVariant;
}

std::string variant_type_text(const DataType& type) {
  switch (type.id()) {
    case TypeId::kNull: return "VOID";
    case TypeId::kArray: return "ARRAY<" + variant_type_text(type.element()) + ">";
    case TypeId::kStruct: {
      std::string out = "OBJECT<";
      for (std::size_t i = 0; i < type.fields().size(); ++i) {
        if (i != 0) { out += ", "; }
        out += quote_identifier_if_needed(type.fields()[i].name) + ": " + variant_type_text(type.fields()[i].type);
      }
      return out + ">";
    }
    default: return type.to_sql();
  }
}

}  // namespace hammerscale::sql
