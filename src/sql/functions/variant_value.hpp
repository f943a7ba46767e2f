#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/value.hpp"
#include "sql/functions/json_document.hpp"
#include "sql/types/time_zone.hpp"

namespace hammerscale::sql {

/// Most bytes of a variant.
inline constexpr std::size_t kMaxVariantBytes = std::size_t{128} << 20;

enum class VariantKind : std::uint8_t {
  kNull,
  kBoolean,
  kInteger,
  kDouble,
  kFloat,
  kDecimal,
  kString,
  kBinary,
  kDate,
  kTimestamp,
  kTimestampNtz,
  kUuid,
  kArray,
  kObject,
};

/// Reads a variant, or a part of one, in the open binary encoding (apache/parquet-format, VariantEncoding.md): a
/// dictionary of names, and a value whose objects name their fields by number. Refers to bytes that outlive it. Cells
/// hold the length of the dictionary in four bytes, the dictionary and the value.
///
/// Every access checks bounds: @throws SqlError MALFORMED_VARIANT, UNKNOWN_PRIMITIVE_TYPE_IN_VARIANT.
class VariantView {
 public:
  /// Of a cell.
  explicit VariantView(std::string_view cell);

  [[nodiscard]] VariantKind kind() const;
  [[nodiscard]] bool boolean() const;
  /// Of an integer; days of a date, microseconds of timestamps.
  [[nodiscard]] std::int64_t integer() const;
  [[nodiscard]] double float64() const;
  [[nodiscard]] float float32() const;
  /// Unscaled value and scale, without zeros at the end.
  [[nodiscard]] std::pair<Int128, int> decimal() const;
  /// Of a string, binary or the 16 bytes of a UUID.
  [[nodiscard]] std::string_view bytes() const;
  /// Of an array or object, whose fields are in the order of their names.
  [[nodiscard]] std::size_t num_items() const;
  [[nodiscard]] VariantView item(std::size_t i) const;
  [[nodiscard]] std::string_view name(std::size_t i) const;
  [[nodiscard]] std::optional<VariantView> find(std::string_view name) const;
  /// A cell of this part alone.
  [[nodiscard]] std::string cell() const;
  /// Whether every part can be read.
  [[nodiscard]] bool is_valid() const;

 private:
  VariantView(std::string_view metadata, std::string_view value) : metadata_(metadata), value_(value) {}
  struct Container;
  [[nodiscard]] Container container() const;
  [[nodiscard]] std::size_t num_bytes() const;
  [[nodiscard]] int primitive() const;
  void check(int depth) const;

  std::string_view metadata_;
  std::string_view value_;  ///< From its first byte on; goes on behind it.
};

/// Writes a variant from its parts. An array or object: note position(), append the parts, then finish it.
class VariantBuilder {
 public:
  /// Starts of an object's fields.
  struct FieldEntry {
    std::string name;
    std::size_t id = 0;
    std::size_t offset = 0;
  };

  void append_null();
  void append_bool(bool value);
  /// In as few bytes as it fits.
  void append_integer(std::int64_t value);
  void append_double(double value);
  void append_float(float value);
  void append_decimal(Int128 unscaled, int scale);
  void append_string(std::string_view text);
  void append_binary(std::string_view bytes);
  void append_date(std::int32_t days);
  void append_timestamp(std::int64_t micros, bool has_zone);
  /// A copy of a part of another variant.
  void append_variant(const VariantView& part);
  [[nodiscard]] std::size_t position() const { return value_.size(); }
  FieldEntry field(std::string_view name, std::size_t start);
  void finish_array(std::size_t start, const std::vector<std::size_t>& offsets);
  /// False, with nothing written, when two fields have one name, which goes to *duplicate.
  bool finish_object(std::size_t start, std::vector<FieldEntry> fields, std::string* duplicate = nullptr);
  /// The cell.
  [[nodiscard]] std::string finish() const;

 private:
  void primitive(int id) { value_ += static_cast<char>(id << 2); }

  std::string value_;
  std::map<std::string, std::size_t, std::less<>> ids_;
  std::vector<std::string> names_;
};

/// The cell of a JSON value; none when an object repeats a name, which goes to *duplicate.
std::optional<std::string> variant_of_json(const JsonNode& node, std::string* duplicate = nullptr);
/// The cell of an SQL value. Structs and maps with string keys become objects.
std::string variant_of_value(const Value& value, const DataType& type);
/// JSON; dates, times and binary as strings.
void append_variant_json(std::string& out, const VariantView& variant, const TimeZone& zone);

/// The type of a variant's parts; kVariant where parts differ. Objects are structs with sorted fields.
DataType variant_type(const VariantView& variant);
DataType merge_variant_types(const DataType& a, const DataType& b);
/// "OBJECT<a: BIGINT>".
std::string variant_type_text(const DataType& type);

}  // namespace hammerscale::sql
