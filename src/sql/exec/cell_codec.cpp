#include "sql/exec/cell_codec.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <type_traits>
#include <vector>

#include "sql/exec/copy_rows.hpp"

namespace hammerscale::sql {

namespace {

template <typename T>
void append_bytes(std::string& bytes, const T& value) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof(T));
}

template <typename T>
T load(const std::byte* from) {
  T value;
  std::memcpy(&value, from, sizeof(T));
  return value;
}

void encode_list(const Vector& base, const ListEntry& entry, CellForm form, std::string& bytes) {
  append_bytes(bytes, entry.length);
  if (base.type().id() == TypeId::kArray || form == CellForm::kExact) {
    for (std::int32_t i = 0; i < entry.length; ++i) {
      for (std::size_t child = 0; child < base.num_children(); ++child) {
        encode_cell(base.child(child), entry.offset + i, form, bytes);
      }
    }
    return;
  }
  // A map's entries have no order of their own.
  std::vector<std::string> entries(static_cast<std::size_t>(entry.length));
  for (std::int32_t i = 0; i < entry.length; ++i) {
    encode_cell(base.child(0), entry.offset + i, form, entries[static_cast<std::size_t>(i)]);
    encode_cell(base.child(1), entry.offset + i, form, entries[static_cast<std::size_t>(i)]);
  }
  std::sort(entries.begin(), entries.end());
  for (const auto& text : entries) { bytes += text; }
}

}  // namespace

void encode_cell(const Vector& vector, std::int32_t row, CellForm form, std::string& bytes) {
  if (vector.is_null(row)) {
    bytes.push_back('\0');
    return;
  }
  bytes.push_back('\1');
  const Vector& base = vector.base();
  const std::int32_t position = vector.position(row);
  switch (vector.type().physical()) {
    case PhysicalType::kNone: break;
    case PhysicalType::kBool: bytes.push_back(bitmap::get(base.bits(), position) ? '\1' : '\0'); break;
    case PhysicalType::kString: {
      const auto text = base.values<StringView>()[position].view();
      append_bytes(bytes, static_cast<std::uint32_t>(text.size()));
      bytes += text;
      break;
    }
    case PhysicalType::kList: encode_list(base, base.values<ListEntry>()[position], form, bytes); break;
    case PhysicalType::kStruct:
      for (std::size_t i = 0; i < base.num_children(); ++i) { encode_cell(base.child(i), position, form, bytes); }
      break;
    default:
      with_physical_type(vector.type().physical(), [&]<typename T>() {
        if constexpr (std::is_floating_point_v<T>) {
          const T value = base.values<T>()[position];
          append_bytes(bytes, form == CellForm::kExact ? value : normalised_float(value));
        } else if constexpr (!std::is_same_v<T, bool>) {
          append_bytes(bytes, base.values<T>()[position]);
        }
      });
  }
}

std::size_t decode_cell(std::span<const std::byte> bytes, const DataType& type, VectorBuilder& builder) {
  const std::byte* at = bytes.data();
  if (*at++ == std::byte{0}) {
    builder.append_null();
    return 1;
  }
  const auto rest = [&] { return bytes.subspan(static_cast<std::size_t>(at - bytes.data())); };
  switch (type.physical()) {
    case PhysicalType::kNone: builder.append_null(); break;
    case PhysicalType::kBool: builder.append_bool(*at++ != std::byte{0}); break;
    case PhysicalType::kString: {
      const auto size = load<std::uint32_t>(at);
      builder.append_string({reinterpret_cast<const char*>(at + 4), size});
      at += 4 + size;
      break;
    }
    case PhysicalType::kList: {
      const auto length = load<std::int32_t>(at);
      at += sizeof(std::int32_t);
      const bool is_map = type.id() == TypeId::kMap;
      for (std::int32_t i = 0; i < length; ++i) {
        at += decode_cell(rest(), is_map ? type.key() : type.element(), builder.child(0));
        if (is_map) { at += decode_cell(rest(), type.value(), builder.child(1)); }
      }
      builder.finish_list();
      break;
    }
    case PhysicalType::kStruct:
      for (std::size_t i = 0; i < type.fields().size(); ++i) {
        at += decode_cell(rest(), type.fields()[i].type, builder.child(i));
      }
      builder.finish_struct();
      break;
    default:
      with_physical_type(type.physical(), [&]<typename T>() {
        if constexpr (!std::is_same_v<T, bool> && !std::is_same_v<T, StringView>) {
          builder.append<T>(load<T>(at));
          at += sizeof(T);
        }
      });
  }
  return static_cast<std::size_t>(at - bytes.data());
}

}  // namespace hammerscale::sql
