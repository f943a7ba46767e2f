#include "sql/vector/batch_bytes.hpp"

#include <cstring>
#include <limits>
#include <numeric>

#include "hammerscale/base/error.hpp"

namespace hammerscale::sql {
namespace {

constexpr std::byte kHasValidity{1};
constexpr std::byte kIsConstant{2};

/// Bytes of one value of the types that are copied as they are; 0 for the others.
std::size_t fixed_width(PhysicalType type) {
  switch (type) {
    case PhysicalType::kInt8: return 1;
    case PhysicalType::kInt16: return 2;
    case PhysicalType::kInt32:
    case PhysicalType::kFloat: return 4;
    case PhysicalType::kInt64:
    case PhysicalType::kDouble: return 8;
    case PhysicalType::kInt128:
    case PhysicalType::kInterval: return 16;
    default: return 0;
  }
}

std::size_t num_parts(const DataType& type) {
  return type.id() == TypeId::kArray    ? 1
         : type.id() == TypeId::kMap    ? 2
         : type.id() == TypeId::kStruct ? type.fields().size()
                                        : 0;
}

const DataType& part_type(const DataType& type, std::size_t i) {
  if (type.id() == TypeId::kArray) { return type.element(); }
  if (type.id() == TypeId::kMap) { return i == 0 ? type.key() : type.value(); }
  return type.fields()[i].type;
}

void append_raw(std::vector<std::byte>& out, const void* data, std::size_t num_bytes) {
  if (num_bytes == 0) { return; }
  const auto* bytes = static_cast<const std::byte*>(data);
  out.insert(out.end(), bytes, bytes + num_bytes);
}

std::byte* extend(std::vector<std::byte>& out, std::size_t num_bytes) {
  out.resize(out.size() + num_bytes);
  return out.data() + out.size() - num_bytes;
}

template <typename T>
void append_gathered(std::vector<std::byte>& out, const Vector& base, std::span<const std::int32_t> positions) {
  std::byte* to = extend(out, positions.size() * sizeof(T));
  const T* values = base.values<T>();
  for (std::size_t i = 0; i < positions.size(); ++i) {
    std::memcpy(to + i * sizeof(T), &values[positions[i]], sizeof(T));
  }
}

template <typename IsSet>
void append_bits(std::vector<std::byte>& out, std::span<const std::int32_t> positions, IsSet is_set) {
  std::vector<std::uint64_t> words(
      static_cast<std::size_t>(bitmap::words(static_cast<std::int32_t>(positions.size()))));
  for (std::size_t i = 0; i < positions.size(); ++i) {
    if (is_set(positions[i])) { bitmap::set(words.data(), static_cast<std::int32_t>(i)); }
  }
  append_raw(out, words.data(), words.size() * 8);
}

/// Rows of one column, by their row numbers.
void append_column(std::vector<std::byte>& out, const Vector& column, std::span<const std::int32_t> rows) {
  const Vector& base = column.base();
  if (column.type().is_null()) {
    out.push_back(std::byte{0});
    return;
  }
  std::vector<std::int32_t> positions;
  if (base.encoding() == Encoding::kConstant) {
    positions.assign(rows.empty() ? 0 : 1, 0);
  } else {
    positions.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) { positions[i] = column.position(rows[i]); }
  }
  const bool has_validity = base.validity() != nullptr;
  const bool is_constant = base.encoding() == Encoding::kConstant && !rows.empty();
  out.push_back((has_validity ? kHasValidity : std::byte{0}) | (is_constant ? kIsConstant : std::byte{0}));
  const auto is_valid = [&](std::int32_t at) { return !has_validity || bitmap::get(base.validity(), at); };
  if (has_validity) { append_bits(out, positions, is_valid); }
  switch (base.type().physical()) {
    case PhysicalType::kNone: break;
    case PhysicalType::kBool:
      append_bits(out, positions, [&](std::int32_t at) { return bitmap::get(base.bits(), at); });
      break;
    case PhysicalType::kInt8: append_gathered<std::int8_t>(out, base, positions); break;
    case PhysicalType::kInt16: append_gathered<std::int16_t>(out, base, positions); break;
    case PhysicalType::kInt32:
    case PhysicalType::kFloat: append_gathered<std::int32_t>(out, base, positions); break;
    case PhysicalType::kInt64:
    case PhysicalType::kDouble: append_gathered<std::int64_t>(out, base, positions); break;
    case PhysicalType::kInt128:
    case PhysicalType::kInterval: append_gathered<Int128>(out, base, positions); break;
    case PhysicalType::kString: {
      // NULLs may hold anything, so they are written as empty.
      const StringView* views = base.values<StringView>();
      std::vector<std::uint32_t> lengths(positions.size());
      std::size_t total = 0;
      for (std::size_t i = 0; i < positions.size(); ++i) {
        lengths[i] = is_valid(positions[i]) ? views[positions[i]].size() : 0;
        total += lengths[i];
      }
      append_raw(out, lengths.data(), lengths.size() * 4);
      std::byte* to = extend(out, total);
      for (std::size_t i = 0; i < positions.size(); ++i) {
        if (lengths[i] == 0) { continue; }
        std::memcpy(to, views[positions[i]].data(), lengths[i]);
        to += lengths[i];
      }
      break;
    }
    case PhysicalType::kList: {
      const ListEntry* entries = base.values<ListEntry>();
      std::vector<std::int32_t> lengths(positions.size());
      std::vector<std::int32_t> elements;
      for (std::size_t i = 0; i < positions.size(); ++i) {
        const ListEntry entry = is_valid(positions[i]) ? entries[positions[i]] : ListEntry{};
        lengths[i] = entry.length;
        for (std::int32_t k = 0; k < entry.length; ++k) { elements.push_back(entry.offset + k); }
      }
      append_raw(out, lengths.data(), lengths.size() * 4);
      for (std::size_t c = 0; c < base.num_children(); ++c) { append_column(out, base.child(c), elements); }
      break;
    }
    case PhysicalType::kStruct:
      for (std::size_t c = 0; c < base.num_children(); ++c) { append_column(out, base.child(c), positions); }
      break;
  }
}

class Reader {
 public:
  explicit Reader(std::span<const std::byte>& bytes) : bytes_(bytes) {}

  const std::byte* take(std::size_t num_bytes) {
    if (num_bytes > bytes_.size()) { fail(); }
    const std::byte* data = bytes_.data();
    bytes_ = bytes_.subspan(num_bytes);
    return data;
  }
  [[nodiscard]] std::size_t left() const { return bytes_.size(); }
  [[noreturn]] static void fail() {
    throw ResourceError(ErrorCode::kCorruptBlock, "the bytes of a batch are damaged", {});
  }

 private:
  std::span<const std::byte>& bytes_;
};

void copy(void* to, const std::byte* from, std::size_t num_bytes) {
  if (num_bytes > 0) { std::memcpy(to, from, num_bytes); }
}

Vector read_column(Reader& reader, const DataType& type, std::int32_t num_rows, const VectorMemory& memory) {
  const std::byte flags = *reader.take(1);
  const bool is_constant = (flags & kIsConstant) != std::byte{0};
  const std::int32_t n = is_constant ? 1 : num_rows;
  const auto count = static_cast<std::size_t>(n);
  const auto word_bytes = static_cast<std::size_t>(bitmap::words(n)) * 8;
  const std::byte* validity = (flags & kHasValidity) != std::byte{0} ? reader.take(word_bytes) : nullptr;
  const PhysicalType physical = type.physical();
  // What must still come, before room for it is made: a damaged count must not ask for all memory.
  const std::size_t least = physical == PhysicalType::kBool ? word_bytes
                            : physical == PhysicalType::kString || physical == PhysicalType::kList
                                ? count * 4
                                : count * fixed_width(physical);
  if (least > reader.left()) { Reader::fail(); }
  Vector result(type, n, memory);
  result.set_size(n);
  switch (physical) {
    case PhysicalType::kNone: break;
    case PhysicalType::kBool: copy(result.mutable_bits(), reader.take(word_bytes), word_bytes); break;
    case PhysicalType::kString: {
      const std::byte* lengths = reader.take(count * 4);
      std::size_t total = 0;
      for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t length = 0;
        std::memcpy(&length, lengths + i * 4, 4);
        total += length;
      }
      const std::byte* bytes = reader.take(total);
      // All strings share one block of the heap.
      StringHeap& heap = result.string_heap();
      char* text = total > 0 ? heap.reserve(total) : nullptr;
      copy(text, bytes, total);
      StringView* views = result.mutable_values<StringView>();
      std::size_t at = 0;
      for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t length = 0;
        std::memcpy(&length, lengths + i * 4, 4);
        views[i] = length == 0 ? StringView() : StringView(std::string_view(text + at, length));
        at += length;
      }
      if (total > 0) { static_cast<void>(heap.commit(total)); }
      break;
    }
    case PhysicalType::kList: {
      const std::byte* lengths = reader.take(count * 4);
      ListEntry* entries = result.mutable_values<ListEntry>();
      std::int64_t total = 0;
      for (std::size_t i = 0; i < count; ++i) {
        std::int32_t length = 0;
        std::memcpy(&length, lengths + i * 4, 4);
        if (length < 0 || total + length > std::numeric_limits<std::int32_t>::max()) { Reader::fail(); }
        entries[i] = ListEntry{static_cast<std::int32_t>(total), length};
        total += length;
      }
      for (std::size_t c = 0; c < num_parts(type); ++c) {
        result.set_child(
            c, read_column(reader, part_type(type, c), static_cast<std::int32_t>(total), memory).flatten(memory));
      }
      break;
    }
    case PhysicalType::kStruct:
      for (std::size_t c = 0; c < num_parts(type); ++c) {
        result.set_child(c, read_column(reader, part_type(type, c), n, memory).flatten(memory));
      }
      break;
    default: {
      const std::size_t num_bytes = count * fixed_width(physical);
      copy(result.mutable_values<std::byte>(), reader.take(num_bytes), num_bytes);
    }
  }
  if (validity != nullptr && n > 0) { copy(result.mutable_validity(), validity, word_bytes); }
  return is_constant ? result.repeated(num_rows) : result;
}

}  // namespace

void append_batch_bytes(std::vector<std::byte>& out, const Batch& batch) {
  const RowSet rows = batch.rows();
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(rows.size));
  for (std::int32_t i = 0; i < rows.size; ++i) { numbers[static_cast<std::size_t>(i)] = rows[i]; }
  append_raw(out, &rows.size, sizeof(rows.size));
  for (const Vector& column : batch.columns) { append_column(out, column, numbers); }
}

Batch read_batch_bytes(std::span<const std::byte>& bytes, std::span<const DataType> types, const VectorMemory& memory) {
  Reader reader(bytes);
  Batch batch;
  std::memcpy(&batch.num_rows, reader.take(sizeof(batch.num_rows)), sizeof(batch.num_rows));
  if (batch.num_rows < 0) { Reader::fail(); }
  batch.columns.reserve(types.size());
  for (const DataType& type : types) { batch.columns.push_back(read_column(reader, type, batch.num_rows, memory)); }
  return batch;
}

}  // namespace hammerscale::sql
