#include "sql/arrow/arrow_export.hpp"

#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "sql/types/civil_time.hpp"

namespace hammerscale::sql {
namespace {

// ---- Schemas
// ---------------------------------------------------------------------------------------------------------

/// What an exported schema points at.
struct SchemaHolder {
  SchemaHolder() = default;
  SchemaHolder(const SchemaHolder&) = delete;
  SchemaHolder& operator=(const SchemaHolder&) = delete;
  ~SchemaHolder() {
    // A receiver may have moved children away; those have no release any more.
    for (ArrowSchema& child : children) {
      if (child.release != nullptr) { child.release(&child); }
    }
  }

  std::string format;
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> child_pointers;
};

void release_schema(ArrowSchema* schema) {
  delete static_cast<SchemaHolder*>(schema->private_data);
  schema->release = nullptr;
}

std::string format_of(const DataType& type) {
  switch (type.id()) {
    case TypeId::kNull: return "n";
    case TypeId::kBoolean: return "b";
    case TypeId::kTinyint: return "c";
    case TypeId::kSmallint: return "s";
    case TypeId::kInt: return "i";
    case TypeId::kBigint: return "l";
    case TypeId::kFloat: return "f";
    case TypeId::kDouble: return "g";
    case TypeId::kDecimal: return "d:" + std::to_string(type.precision()) + "," + std::to_string(type.scale());
    case TypeId::kString: return "u";
    case TypeId::kBinary:
    case TypeId::kVariant: return "z";
    case TypeId::kDate: return "tdD";
    case TypeId::kTime: return "ttn";
    case TypeId::kTimestamp: return "tsu:UTC";
    case TypeId::kTimestampNtz: return "tsu:";
    case TypeId::kYearMonthInterval: return "tiM";
    case TypeId::kDayTimeInterval: return "tDu";
    case TypeId::kCalendarInterval: return "tin";
    case TypeId::kArray: return "+l";
    case TypeId::kMap: return "+m";
    case TypeId::kStruct: return "+s";
  }
  return {};
}

void fill_schema(const std::string& name, const DataType& type, bool nullable, ArrowSchema* out) {
  auto holder = std::make_unique<SchemaHolder>();
  holder->format = format_of(type);
  holder->name = name;
  std::vector<Field> parts;
  if (type.id() == TypeId::kArray) {
    parts = {Field{"item", type.element(), type.contains_null()}};
  } else if (type.id() == TypeId::kMap) {
    parts = {Field{"entries",
                   DataType::structure({{"key", type.key(), false}, {"value", type.value(), type.contains_null()}}),
                   false}};
  } else if (type.id() == TypeId::kStruct) {
    parts = type.fields();
  }
  holder->children.resize(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    fill_schema(parts[i].name, parts[i].type, parts[i].nullable, &holder->children[i]);
    holder->child_pointers.push_back(&holder->children[i]);
  }
  *out = ArrowSchema{};
  out->format = holder->format.c_str();
  out->name = holder->name.c_str();
  out->flags = nullable ? ARROW_FLAG_NULLABLE : 0;
  out->n_children = static_cast<std::int64_t>(parts.size());
  out->children = holder->child_pointers.data();
  out->release = release_schema;
  out->private_data = holder.release();
}

// ---- Arrays
// ----------------------------------------------------------------------------------------------------------

/// What an exported array points at.
struct ArrayHolder {
  ArrayHolder() = default;
  ArrayHolder(const ArrayHolder&) = delete;
  ArrayHolder& operator=(const ArrayHolder&) = delete;
  ~ArrayHolder() {
    for (ArrowArray& child : children) {
      if (child.release != nullptr) { child.release(&child); }
    }
  }

  Vector shared;                                    ///< Whose memory some buffers are.
  std::vector<std::shared_ptr<std::byte[]>> owned;  ///< The other buffers.
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> child_pointers;
};

void release_array(ArrowArray* array) {
  delete static_cast<ArrayHolder*>(array->private_data);
  array->release = nullptr;
}

class ArrayExport {
 public:
  explicit ArrayExport(const VectorMemory& memory) : memory_(memory) {}

  /// Rows of any encoding.
  void fill(const Vector& column, ArrowArray* out) {
    auto holder = std::make_unique<ArrayHolder>();
    holder->shared = column.flatten(memory_);
    const Vector& flat = holder->shared;
    const std::int32_t num_rows = flat.size();
    const bool is_null_type = flat.type().is_null();
    std::int64_t num_nulls = is_null_type ? num_rows : 0;
    if (!is_null_type) {
      holder->buffers.push_back(flat.validity());
      if (flat.validity() != nullptr) { num_nulls = num_rows - bitmap::count(flat.validity(), num_rows); }
    }
    switch (flat.type().id()) {
      case TypeId::kNull: break;
      case TypeId::kString:
      case TypeId::kBinary:
      case TypeId::kVariant: add_strings(flat, *holder); break;
      case TypeId::kDecimal:
        if (flat.type().physical() == PhysicalType::kInt64) {
          convert<std::int64_t, Int128>(flat, *holder, [](std::int64_t value) { return Int128{value}; });
        } else {
          holder->buffers.push_back(flat.values<std::byte>());
        }
        break;
      case TypeId::kCalendarInterval: add_intervals(flat, *holder); break;
      case TypeId::kArray:
      case TypeId::kMap: add_lists(flat, *holder); break;
      case TypeId::kStruct:
        holder->children.resize(flat.num_children());
        for (std::size_t i = 0; i < flat.num_children(); ++i) {
          Vector child = flat.child(i);
          child.set_size(num_rows);
          fill(child, &holder->children[i]);
        }
        break;
      default: holder->buffers.push_back(flat.values<std::byte>());
    }
    finish(std::move(holder), num_rows, num_nulls, out);
  }

  /// A struct array whose fields are arrays already.
  static void finish(std::unique_ptr<ArrayHolder> holder, std::int64_t num_rows, std::int64_t num_nulls,
                     ArrowArray* out) {
    for (ArrowArray& child : holder->children) { holder->child_pointers.push_back(&child); }
    *out = ArrowArray{};
    out->length = num_rows;
    out->null_count = num_nulls;
    out->n_buffers = static_cast<std::int64_t>(holder->buffers.size());
    out->buffers = holder->buffers.data();
    out->n_children = static_cast<std::int64_t>(holder->children.size());
    out->children = holder->child_pointers.data();
    out->release = release_array;
    out->private_data = holder.release();
  }

 private:
  std::byte* add_buffer(ArrayHolder& holder, std::size_t num_bytes) {
    holder.owned.push_back(memory_.allocate(std::max<std::size_t>(num_bytes, 1)));
    holder.buffers.push_back(holder.owned.back().get());
    return holder.owned.back().get();
  }

  template <typename From, typename To, typename Convert>
  void convert(const Vector& flat, ArrayHolder& holder, Convert f) {
    auto* out = reinterpret_cast<To*>(add_buffer(holder, static_cast<std::size_t>(flat.size()) * sizeof(To)));
    const From* in = flat.values<From>();
    for (std::int32_t i = 0; i < flat.size(); ++i) { out[i] = flat.is_null(i) ? To{} : f(in[i]); }
  }

  void add_strings(const Vector& flat, ArrayHolder& holder) {
    const StringView* views = flat.values<StringView>();
    const std::int32_t num_rows = flat.size();
    auto* offsets = reinterpret_cast<std::int32_t*>(add_buffer(holder, (static_cast<std::size_t>(num_rows) + 1) * 4));
    std::int64_t total = 0;
    for (std::int32_t i = 0; i < num_rows; ++i) {
      offsets[i] = static_cast<std::int32_t>(total);
      total += flat.is_null(i) ? 0 : views[i].size();
      if (total > std::numeric_limits<std::int32_t>::max()) {
        throw UserError(ErrorCode::kResultTooLarge, "a column's strings do not fit one Arrow array", {});
      }
    }
    offsets[num_rows] = static_cast<std::int32_t>(total);
    std::byte* bytes = add_buffer(holder, static_cast<std::size_t>(total));
    for (std::int32_t i = 0; i < num_rows; ++i) {
      if (offsets[i + 1] != offsets[i]) { std::memcpy(bytes + offsets[i], views[i].data(), views[i].size()); }
    }
  }

  /// Months, days and nanoseconds in 16 bytes.
  void add_intervals(const Vector& flat, ArrayHolder& holder) {
    std::byte* out = add_buffer(holder, static_cast<std::size_t>(flat.size()) * 16);
    const CalendarInterval* values = flat.values<CalendarInterval>();
    for (std::int32_t i = 0; i < flat.size(); ++i) {
      const CalendarInterval value = flat.is_null(i) ? CalendarInterval{} : values[i];
      std::int64_t nanos = 0;
      if (__builtin_mul_overflow(value.microseconds, kNanosPerMicro, &nanos)) {
        throw UserError(ErrorCode::kResultTooLarge, "an interval does not fit Arrow's nanoseconds",
                        {{"microseconds", std::to_string(value.microseconds)}});
      }
      std::memcpy(out + 16 * i, &value.months, 4);
      std::memcpy(out + 16 * i + 4, &value.days, 4);
      std::memcpy(out + 16 * i + 8, &nanos, 8);
    }
  }

  /// Arrow's lists lie one behind the other. Where ours do too, and fill the children, those are shared.
  void add_lists(const Vector& flat, ArrayHolder& holder) {
    const ListEntry* entries = flat.values<ListEntry>();
    const std::int32_t num_rows = flat.size();
    auto* offsets = reinterpret_cast<std::int32_t*>(add_buffer(holder, (static_cast<std::size_t>(num_rows) + 1) * 4));
    std::vector<std::int32_t> elements;
    std::int64_t total = 0;
    bool is_contiguous = true;
    for (std::int32_t i = 0; i < num_rows; ++i) {
      offsets[i] = static_cast<std::int32_t>(total);
      if (flat.is_null(i)) { continue; }
      is_contiguous = is_contiguous && (entries[i].length == 0 || entries[i].offset == total);
      total += entries[i].length;
      if (total > std::numeric_limits<std::int32_t>::max()) {
        throw UserError(ErrorCode::kResultTooLarge, "a column's elements do not fit one Arrow array", {});
      }
    }
    offsets[num_rows] = static_cast<std::int32_t>(total);
    if (!is_contiguous) {
      elements.reserve(static_cast<std::size_t>(total));
      for (std::int32_t i = 0; i < num_rows; ++i) {
        for (std::int32_t k = 0; !flat.is_null(i) && k < entries[i].length; ++k) {
          elements.push_back(entries[i].offset + k);
        }
      }
    }
    const auto part = [&](std::size_t i) {
      if (!is_contiguous) { return flat.child(i).gather(elements, memory_, true); }
      Vector shared = flat.child(i);
      shared.set_size(static_cast<std::int32_t>(total));
      return shared;
    };
    holder.children.resize(1);
    if (flat.type().id() == TypeId::kArray) {
      fill(part(0), &holder.children[0]);
      return;
    }
    auto pairs = std::make_unique<ArrayHolder>();
    pairs->buffers.push_back(nullptr);
    pairs->children.resize(2);
    fill(part(0), &pairs->children[0]);
    fill(part(1), &pairs->children[1]);
    finish(std::move(pairs), total, 0, &holder.children[0]);
  }

  const VectorMemory& memory_;
};

// ---- Streams
// ---------------------------------------------------------------------------------------------------------

struct StreamHolder {
  Schema schema;
  std::function<std::optional<Batch>()> next;
  VectorMemory memory;
  std::string last_error;
};

/// Runs f; errors become a code and a text, because the interface is C.
template <typename F>
int guard(ArrowArrayStream* stream, F&& f) {
  auto* holder = static_cast<StreamHolder*>(stream->private_data);
  try {
    f(*holder);
    return 0;
  } catch (const std::exception& error) {
    holder->last_error = error.what();
    return EIO;
  }
}

int stream_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  return guard(stream, [&](StreamHolder& holder) { export_schema(holder.schema, out); });
}

int stream_next(ArrowArrayStream* stream, ArrowArray* out) {
  return guard(stream, [&](StreamHolder& holder) {
    *out = ArrowArray{};
    if (const std::optional<Batch> batch = holder.next()) { export_batch(*batch, holder.memory, out); }
  });
}

const char* stream_error(ArrowArrayStream* stream) {
  return static_cast<StreamHolder*>(stream->private_data)->last_error.c_str();
}

void release_stream(ArrowArrayStream* stream) {
  delete static_cast<StreamHolder*>(stream->private_data);
  stream->release = nullptr;
}

}  // namespace

void export_schema(const Schema& schema, ArrowSchema* out) { fill_schema("", DataType::structure(schema), false, out); }

void export_batch(const Batch& batch, const VectorMemory& memory, ArrowArray* out) {
  auto holder = std::make_unique<ArrayHolder>();
  holder->buffers.push_back(nullptr);
  holder->children.resize(batch.columns.size());
  ArrayExport exporter(memory);
  for (std::size_t i = 0; i < batch.columns.size(); ++i) {
    const Vector& column = batch.columns[i];
    exporter.fill(batch.selection ? column.gather(*batch.selection, memory, true) : column, &holder->children[i]);
  }
  ArrayExport::finish(std::move(holder), batch.num_selected(), 0, out);
}

void export_stream(Schema schema, std::function<std::optional<Batch>()> next, VectorMemory memory,
                   ArrowArrayStream* out) {
  *out = ArrowArrayStream{};
  out->get_schema = stream_schema;
  out->get_next = stream_next;
  out->get_last_error = stream_error;
  out->release = release_stream;
  out->private_data = new StreamHolder{std::move(schema), std::move(next), std::move(memory), {}};
}

}  // namespace hammerscale::sql
