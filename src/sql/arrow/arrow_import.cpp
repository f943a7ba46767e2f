#include "sql/arrow/arrow_import.hpp"

#include <charconv>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/sql/sql_error.hpp"
#include "sql/types/civil_time.hpp"
#include "sql/types/decimal.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {
namespace {

[[noreturn]] void throw_unsupported(std::string_view format) {
  throw SqlError("UNSUPPORTED_ARROWTYPE", {{"typeName", std::string(format)}});
}

[[noreturn]] void throw_malformed(std::string_view what) {
  throw UserError(ErrorCode::kMalformedInput, "an Arrow array does not have what its type needs",
                  {{"reason", std::string(what)}});
}

/// "d:10,2" and "d:10,2,64".
struct DecimalFormat {
  int precision = 0;
  int scale = 0;
  int bits = 128;
};

DecimalFormat parse_decimal_format(std::string_view format) {
  DecimalFormat result;
  const char* at = format.data() + 2;
  const char* end = format.data() + format.size();
  int* const parts[] = {&result.precision, &result.scale, &result.bits};
  for (int* part : parts) {
    const auto [next, error] = std::from_chars(at, end, *part);
    if (error != std::errc()) { throw_unsupported(format); }
    if (next == end) { break; }
    at = next + 1;
  }
  const bool has_sizes = result.precision >= 1 && result.precision <= kMaxDecimalPrecision &&
                         result.scale <= result.precision && result.scale >= 0 &&
                         (result.bits == 32 || result.bits == 64 || result.bits == 128);
  if (!has_sizes) { throw_unsupported(format); }
  return result;
}

const ArrowSchema& only_child(const ArrowSchema& schema) {
  if (schema.n_children != 1) { throw_malformed("a list has one child"); }
  return *schema.children[0];
}

DataType type_of(const ArrowSchema& schema);

std::vector<Field> fields_of(const ArrowSchema& schema) {
  std::vector<Field> fields;
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema& child = *schema.children[i];
    fields.push_back(
        {child.name == nullptr ? "" : child.name, type_of(child), (child.flags & ARROW_FLAG_NULLABLE) != 0});
  }
  return fields;
}

DataType type_of(const ArrowSchema& schema) {
  if (schema.dictionary != nullptr) { return type_of(*schema.dictionary); }
  const std::string_view format = schema.format;
  const auto is = [&](std::string_view text) { return format == text; };
  const auto begins = [&](std::string_view text) { return format.starts_with(text); };
  if (is("n")) { return TypeId::kNull; }
  if (is("b")) { return TypeId::kBoolean; }
  if (is("c")) { return TypeId::kTinyint; }
  if (is("C") || is("s")) { return TypeId::kSmallint; }
  if (is("S") || is("i")) { return TypeId::kInt; }
  if (is("I") || is("l")) { return TypeId::kBigint; }
  if (is("L")) { return DataType::decimal(20, 0); }
  if (is("f")) { return TypeId::kFloat; }
  if (is("g")) { return TypeId::kDouble; }
  if (begins("d:")) {
    const DecimalFormat decimal = parse_decimal_format(format);
    return DataType::decimal(decimal.precision, decimal.scale);
  }
  if (is("u") || is("U") || is("vu")) { return TypeId::kString; }
  if (is("z") || is("Z") || is("vz") || begins("w:")) { return TypeId::kBinary; }
  if (is("tdD") || is("tdm")) { return TypeId::kDate; }
  if (is("tts") || is("ttm") || is("ttu") || is("ttn")) { return TypeId::kTime; }
  if (begins("ts") && format.size() >= 4 && format[3] == ':') {
    return format.size() > 4 ? TypeId::kTimestamp : TypeId::kTimestampNtz;
  }
  if (begins("tD") && format.size() == 3) { return TypeId::kDayTimeInterval; }
  if (is("tiM")) { return TypeId::kYearMonthInterval; }
  if (is("tiD") || is("tin")) { return TypeId::kCalendarInterval; }
  if (is("+l") || is("+L") || is("+vl") || is("+vL") || begins("+w:")) {
    const ArrowSchema& item = only_child(schema);
    return DataType::array(type_of(item), (item.flags & ARROW_FLAG_NULLABLE) != 0);
  }
  if (is("+m")) {
    const std::vector<Field> pair = fields_of(only_child(schema));
    if (pair.size() != 2) { throw_malformed("a map has keys and values"); }
    return DataType::map(pair[0].type, pair[1].type, pair[1].nullable);
  }
  if (is("+s")) { return DataType::structure(fields_of(schema)); }
  throw_unsupported(format);
}

std::int64_t micros_per_unit(char unit) { return unit == 's' ? kMicrosPerSecond : kMicrosPerMilli; }

/// Converts the nodes of one array that `owner` keeps alive.
class ArrayImport {
 public:
  ArrayImport(std::shared_ptr<const void> owner, const VectorMemory& memory)
      : owner_(std::move(owner)), memory_(memory) {}

  /// `length` rows of a node from `start` on, counted from its own offset.
  Vector read(const ArrowArray& array, const ArrowSchema& schema, std::int64_t start, std::int64_t length) {
    if (length < 0 || start < 0 || start + length > array.length) { throw_malformed("a child is too short"); }
    if (length > std::numeric_limits<std::int32_t>::max()) { throw_malformed("more than 2^31 - 1 rows"); }
    const Node node{array, schema, type_of(schema), array.offset + start, static_cast<std::int32_t>(length)};
    if (schema.dictionary != nullptr) { return read_dictionary(node); }
    Vector result = read_values(node);
    if (result.type().is_null() || node.size == 0) { return result; }
    add_validity(node, result);
    return result;
  }

 private:
  struct Node {
    const ArrowArray& array;
    const ArrowSchema& schema;
    DataType type;
    std::int64_t offset;  ///< First row in the buffers.
    std::int32_t size;
  };

  template <typename T>
  const T* buffer(const Node& node, std::int64_t i) const {
    if (i >= node.array.n_buffers) { throw_malformed("a buffer is missing"); }
    const auto* data = static_cast<const T*>(node.array.buffers[i]);
    if (data == nullptr && node.size > 0) { throw_malformed("a buffer is empty"); }
    return data;
  }

  Vector make(const Node& node) {
    Vector result(node.type, node.size, memory_);
    result.set_size(node.size);
    return result;
  }

  /// Bits from any position to the front of words of our own: Arrow's need not fill whole words.
  void copy_bits(const std::uint8_t* bits, std::int64_t offset, std::int32_t size, std::uint64_t* out) const {
    std::memset(out, 0, static_cast<std::size_t>(bitmap::words(size)) * 8);
    if (offset % 8 == 0) {
      std::memcpy(out, bits + offset / 8, static_cast<std::size_t>(size + 7) / 8);
      return;
    }
    for (std::int32_t i = 0; i < size; ++i) {
      const std::int64_t at = offset + i;
      if ((bits[at >> 3] >> (at & 7)) & 1U) { bitmap::set(out, i); }
    }
  }

  void add_validity(const Node& node, Vector& result) {
    const bool has_buffer = node.array.n_buffers > 0 && node.array.buffers[0] != nullptr;
    if (!has_buffer || node.array.null_count == 0) { return; }
    const auto num_words = static_cast<std::size_t>(bitmap::words(node.size));
    const std::shared_ptr<std::byte[]> words = memory_.allocate(num_words * 8);
    auto* bits = reinterpret_cast<std::uint64_t*>(words.get());
    copy_bits(static_cast<const std::uint8_t*>(node.array.buffers[0]), node.offset, node.size, bits);
    if (bitmap::count(bits, node.size) == node.size) { return; }
    result.adopt_validity(words);
  }

  /// Shares values of the same layout, unless they are not aligned as ours must be.
  template <typename T>
  Vector share(const Node& node) {
    const auto* bytes = buffer<std::byte>(node, 1);
    if (bytes != nullptr) { bytes += node.offset * static_cast<std::int64_t>(sizeof(T)); }
    if (reinterpret_cast<std::uintptr_t>(bytes) % alignof(T) == 0) {
      return Vector::wrap(node.type, node.size, bytes, nullptr, {}, owner_);
    }
    Vector result = make(node);
    std::memcpy(result.mutable_values<T>(), bytes, static_cast<std::size_t>(node.size) * sizeof(T));
    return result;
  }

  template <typename From, typename To, typename Convert>
  Vector convert(const Node& node, Convert f) {
    const auto* bytes = buffer<std::byte>(node, 1);
    Vector result = make(node);
    To* out = result.mutable_values<To>();
    for (std::int32_t i = 0; i < node.size; ++i) {
      From value;
      std::memcpy(&value, bytes + (node.offset + i) * static_cast<std::int64_t>(sizeof(From)), sizeof(From));
      out[i] = static_cast<To>(f(value));
    }
    return result;
  }

  template <typename From, typename To>
  Vector widen(const Node& node) {
    return convert<From, To>(node, [](From value) { return value; });
  }

  Vector read_decimal(const Node& node) {
    const DecimalFormat decimal = parse_decimal_format(node.schema.format);
    const bool is_short = node.type.physical() == PhysicalType::kInt64;
    if (decimal.bits == 128) { return is_short ? widen<Int128, std::int64_t>(node) : share<Int128>(node); }
    if (decimal.bits == 64) { return is_short ? share<std::int64_t>(node) : widen<std::int64_t, Int128>(node); }
    return is_short ? widen<std::int32_t, std::int64_t>(node) : widen<std::int32_t, Int128>(node);
  }

  template <typename Offset>
  Vector read_strings(const Node& node) {
    const Offset* offsets = buffer<Offset>(node, 1);
    const char* bytes = node.array.n_buffers > 2 ? static_cast<const char*>(node.array.buffers[2]) : nullptr;
    Vector result = make(node);
    StringView* out = result.mutable_values<StringView>();
    for (std::int32_t i = 0; i < node.size; ++i) {
      const std::int64_t begin = offsets[node.offset + i];
      const std::int64_t length = offsets[node.offset + i + 1] - begin;
      if (length < 0 || length > std::numeric_limits<std::int32_t>::max() || (length > 0 && bytes == nullptr)) {
        throw_malformed("string offsets");
      }
      out[i] =
          length == 0 ? StringView() : StringView(std::string_view(bytes + begin, static_cast<std::size_t>(length)));
    }
    result.keep_alive(owner_);
    return result;
  }

  Vector read_fixed_binary(const Node& node) {
    const std::string_view digits = std::string_view(node.schema.format).substr(2);
    std::int32_t width = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), width);
    const char* bytes = buffer<char>(node, 1);
    Vector result = make(node);
    StringView* out = result.mutable_values<StringView>();
    for (std::int32_t i = 0; i < node.size; ++i) {
      out[i] = width == 0
                   ? StringView()
                   : StringView(std::string_view(bytes + (node.offset + i) * width, static_cast<std::size_t>(width)));
    }
    result.keep_alive(owner_);
    return result;
  }

  /// Arrow's 16-byte views: length, then 12 bytes or prefix, buffer number and offset. The last buffer holds the sizes.
  Vector read_views(const Node& node) {
    const auto* views = buffer<std::byte>(node, 1);
    const auto* validity = static_cast<const std::uint8_t*>(node.array.buffers[0]);
    Vector result = make(node);
    StringView* out = result.mutable_values<StringView>();
    for (std::int32_t i = 0; i < node.size; ++i) {
      const std::int64_t row = node.offset + i;
      const std::byte* view = views + 16 * row;
      const bool is_valid = validity == nullptr || ((validity[row >> 3] >> (row & 7)) & 1U) != 0;
      std::int32_t parts[4];
      std::memcpy(parts, view, sizeof(parts));
      const auto length = static_cast<std::size_t>(parts[0]);
      if (!is_valid || parts[0] <= 0) {
        out[i] = StringView();
      } else if (length <= StringView::kInlineBytes) {
        out[i] = StringView(std::string_view(reinterpret_cast<const char*>(view) + 4, length));
      } else {
        if (parts[2] < 0 || parts[2] + 3 >= node.array.n_buffers) { throw_malformed("a view's buffer"); }
        const char* bytes = static_cast<const char*>(node.array.buffers[parts[2] + 2]);
        out[i] = StringView(std::string_view(bytes + parts[3], length));
      }
    }
    result.keep_alive(owner_);
    return result;
  }

  template <typename Offset>
  Vector read_lists(const Node& node, bool has_sizes) {
    const Offset* offsets = buffer<Offset>(node, 1);
    const Offset* sizes = has_sizes ? buffer<Offset>(node, 2) : nullptr;
    const auto* validity = static_cast<const std::uint8_t*>(node.array.buffers[0]);
    Vector result = make(node);
    ListEntry* out = result.mutable_values<ListEntry>();
    const std::int64_t elements = node.array.n_children == 1 ? node.array.children[0]->length : 0;
    for (std::int32_t i = 0; i < node.size; ++i) {
      const std::int64_t row = node.offset + i;
      const bool is_valid = validity == nullptr || ((validity[row >> 3] >> (row & 7)) & 1U) != 0;
      const std::int64_t begin = offsets[row];
      const std::int64_t length =
          has_sizes ? static_cast<std::int64_t>(sizes[row]) : static_cast<std::int64_t>(offsets[row + 1]) - begin;
      if (!is_valid) {
        out[i] = ListEntry{};
        continue;
      }
      if (begin < 0 || length < 0 || begin + length > elements ||
          begin + length > std::numeric_limits<std::int32_t>::max()) {
        throw_malformed("list offsets");
      }
      out[i] = ListEntry{static_cast<std::int32_t>(begin), static_cast<std::int32_t>(length)};
    }
    add_list_children(node, result);
    return result;
  }

  Vector read_fixed_lists(const Node& node) {
    const std::string_view digits = std::string_view(node.schema.format).substr(3);
    std::int32_t width = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), width);
    Vector result = make(node);
    for (std::int32_t i = 0; i < node.size; ++i) {
      const std::int64_t begin = (node.offset + i) * width;
      if (begin + width > std::numeric_limits<std::int32_t>::max()) { throw_malformed("list offsets"); }
      result.mutable_values<ListEntry>()[i] = ListEntry{static_cast<std::int32_t>(begin), width};
    }
    add_list_children(node, result);
    return result;
  }

  void add_list_children(const Node& node, Vector& result) {
    if (node.array.n_children != 1) { throw_malformed("a list has one child"); }
    const ArrowArray& child = *node.array.children[0];
    const ArrowSchema& schema = *node.schema.children[0];
    if (node.type.id() == TypeId::kArray) {
      result.set_child(0, read(child, schema, 0, child.length));
      return;
    }
    if (child.n_children != 2) { throw_malformed("a map has keys and values"); }
    for (std::size_t i = 0; i < 2; ++i) {
      result.set_child(i, read(*child.children[i], *schema.children[i], child.offset, child.length));
    }
  }

  Vector read_dictionary(const Node& node) {
    ArrowSchema index_schema = node.schema;
    index_schema.dictionary = nullptr;
    ArrowArray index_array = node.array;
    index_array.dictionary = nullptr;
    if (node.array.dictionary == nullptr) { throw_malformed("a dictionary is missing"); }
    const Vector indices = read(index_array, index_schema, node.offset - node.array.offset, node.size);
    const auto values = std::make_shared<const Vector>(
        read(*node.array.dictionary, *node.schema.dictionary, 0, node.array.dictionary->length).flatten(memory_));
    const auto index_at = [&](std::int32_t row) {
      const Value value = indices.value(row);
      const Int128 index = indices.type().is_decimal() ? value.as_int128() : Int128{value.as_int64()};
      if (index < 0 || index >= values->size()) { throw_malformed("a dictionary index"); }
      return static_cast<std::int32_t>(index);
    };
    if (indices.may_have_nulls()) {
      // Our dictionaries hold their NULLs among the values, where these have none.
      VectorBuilder builder(node.type, memory_);
      for (std::int32_t i = 0; i < node.size; ++i) {
        if (indices.is_null(i)) {
          builder.append_null();
        } else {
          builder.append_from(*values, index_at(i));
        }
      }
      return builder.finish();
    }
    const std::shared_ptr<std::byte[]> block =
        memory_.allocate(static_cast<std::size_t>(node.size) * sizeof(std::int32_t));
    const std::shared_ptr<std::int32_t[]> positions(block, reinterpret_cast<std::int32_t*>(block.get()));
    for (std::int32_t i = 0; i < node.size; ++i) { positions[i] = index_at(i); }
    return Vector::dictionary(values, positions, node.size);
  }

  Vector read_interval(const Node& node) {
    const auto* bytes = buffer<std::byte>(node, 1);
    Vector result = make(node);
    CalendarInterval* out = result.mutable_values<CalendarInterval>();
    const bool has_months = std::string_view(node.schema.format) == "tin";
    for (std::int32_t i = 0; i < node.size; ++i) {
      const std::int64_t row = node.offset + i;
      CalendarInterval value;
      if (has_months) {
        std::int64_t nanos = 0;
        std::memcpy(&value.months, bytes + 16 * row, 4);
        std::memcpy(&value.days, bytes + 16 * row + 4, 4);
        std::memcpy(&nanos, bytes + 16 * row + 8, 8);
        value.microseconds = nanos / kNanosPerMicro;
      } else {
        std::int32_t millis = 0;
        std::memcpy(&value.days, bytes + 8 * row, 4);
        std::memcpy(&millis, bytes + 8 * row + 4, 4);
        value.microseconds = millis * kMicrosPerMilli;
      }
      out[i] = value;
    }
    return result;
  }

  /// 64-bit counts of some unit to microseconds.
  Vector read_micros(const Node& node, char unit) {
    if (unit == 'u') { return share<std::int64_t>(node); }
    if (unit == 'n') {
      return convert<std::int64_t, std::int64_t>(node,
                                                 [](std::int64_t value) { return floor_div(value, kNanosPerMicro); });
    }
    return convert<std::int64_t, std::int64_t>(node, [factor = micros_per_unit(unit)](std::int64_t value) {
      std::int64_t micros = 0;
      // NULLs may hold anything, so what does not fit is cut, not refused.
      if (!__builtin_mul_overflow(value, factor, &micros)) { return micros; }
      return value < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
    });
  }

  Vector read_values(const Node& node) {
    const std::string_view format = node.schema.format;
    switch (format[0]) {
      case 'n': {
        Vector result = make(node);
        return result;
      }
      case 'b': {
        Vector result = make(node);
        if (node.size > 0) { copy_bits(buffer<std::uint8_t>(node, 1), node.offset, node.size, result.mutable_bits()); }
        return result;
      }
      case 'c': return share<std::int8_t>(node);
      case 'C': return widen<std::uint8_t, std::int16_t>(node);
      case 's': return share<std::int16_t>(node);
      case 'S': return widen<std::uint16_t, std::int32_t>(node);
      case 'i': return share<std::int32_t>(node);
      case 'I': return widen<std::uint32_t, std::int64_t>(node);
      case 'l': return share<std::int64_t>(node);
      case 'L': return widen<std::uint64_t, Int128>(node);
      case 'f': return share<float>(node);
      case 'g': return share<double>(node);
      case 'd': return read_decimal(node);
      case 'u':
      case 'z': return read_strings<std::int32_t>(node);
      case 'U':
      case 'Z': return read_strings<std::int64_t>(node);
      case 'v': return read_views(node);
      case 'w': return read_fixed_binary(node);
      case 't': return read_time(node, format);
      default: break;
    }
    if (format == "+s") {
      Vector result = make(node);
      if (node.array.n_children != node.schema.n_children) { throw_malformed("a struct's children"); }
      for (std::int64_t i = 0; i < node.array.n_children; ++i) {
        result.set_child(static_cast<std::size_t>(i),
                         read(*node.array.children[i], *node.schema.children[i], node.offset, node.size));
      }
      return result;
    }
    if (format.starts_with("+w:")) { return read_fixed_lists(node); }
    const bool is_wide = format == "+L" || format == "+vL";
    const bool has_sizes = format.starts_with("+v");
    return is_wide ? read_lists<std::int64_t>(node, has_sizes) : read_lists<std::int32_t>(node, has_sizes);
  }

  Vector read_time(const Node& node, std::string_view format) {
    const char unit = format[2];
    switch (format[1]) {
      case 'd':
        if (unit == 'D') { return share<std::int32_t>(node); }
        return convert<std::int64_t, std::int32_t>(
            node, [](std::int64_t millis) { return floor_div(millis, kSecondsPerDay * 1000); });
      case 't':
        if (unit == 'n') { return share<std::int64_t>(node); }
        if (unit == 'u') {
          return convert<std::int64_t, std::int64_t>(node, [](std::int64_t micros) { return micros * kNanosPerMicro; });
        }
        return convert<std::int32_t, std::int64_t>(
            node, [factor = micros_per_unit(unit) * kNanosPerMicro](std::int64_t value) { return value * factor; });
      case 's':
      case 'D': return read_micros(node, unit);
      default: return unit == 'M' ? share<std::int32_t>(node) : read_interval(node);
    }
  }

  std::shared_ptr<const void> owner_;
  const VectorMemory& memory_;
};

}  // namespace

Schema import_schema(const ArrowSchema& schema) {
  if (std::string_view(schema.format) != "+s") { throw_unsupported(schema.format); }
  return fields_of(schema);
}

Batch import_batch(ArrowArray* array, const ArrowSchema& schema, const VectorMemory& memory) {
  struct Owner {
    explicit Owner(const ArrowArray& from) : array(from) {}
    Owner(const Owner&) = delete;
    Owner& operator=(const Owner&) = delete;
    ~Owner() { array.release(&array); }
    ArrowArray array;
  };
  if (array->release == nullptr) { throw_malformed("the array was released"); }
  const auto owner = std::make_shared<Owner>(*array);
  array->release = nullptr;
  const ArrowArray& top = owner->array;
  if (std::string_view(schema.format) != "+s" || top.n_children != schema.n_children) {
    throw_malformed("a batch is a struct");
  }
  if (top.length > std::numeric_limits<std::int32_t>::max()) { throw_malformed("more than 2^31 - 1 rows"); }
  ArrayImport reader(owner, memory);
  Batch batch;
  batch.num_rows = static_cast<std::int32_t>(top.length);
  for (std::int64_t i = 0; i < top.n_children; ++i) {
    batch.columns.push_back(reader.read(*top.children[i], *schema.children[i], top.offset, top.length));
  }
  return batch;
}

ArrowStreamReader::ArrowStreamReader(ArrowArrayStream* stream, VectorMemory memory)
    : stream_(*stream), memory_(std::move(memory)) {
  stream->release = nullptr;
  try {
    check(stream_.get_schema(&stream_, &schema_));
    columns_ = import_schema(schema_);
  } catch (...) {
    if (schema_.release != nullptr) { schema_.release(&schema_); }
    stream_.release(&stream_);
    throw;
  }
}

ArrowStreamReader::~ArrowStreamReader() {
  if (schema_.release != nullptr) { schema_.release(&schema_); }
  stream_.release(&stream_);
}

void ArrowStreamReader::check(int code) {
  if (code == 0) { return; }
  const char* text = stream_.get_last_error(&stream_);
  throw UserError(ErrorCode::kInput, "a stream of Arrow batches failed",
                  {{"code", std::to_string(code)}, {"text", text == nullptr ? "" : text}});
}

std::optional<Batch> ArrowStreamReader::next() {
  ArrowArray array{};
  check(stream_.get_next(&stream_, &array));
  if (array.release == nullptr) { return std::nullopt; }
  return import_batch(&array, schema_, memory_);
}

}  // namespace hammerscale::sql
