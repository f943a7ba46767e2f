#include "sql/exec/key_layout.hpp"

#include <algorithm>
#include <numeric>
#include <string>
#include <type_traits>
#include <utility>

#include "sql/exec/cell_codec.hpp"
#include "sql/exec/copy_rows.hpp"
#include "sql/types/unicode_case.hpp"

namespace hammerscale::sql {

namespace {

std::size_t width_of(const DataType& type) {
  switch (type.physical()) {
    case PhysicalType::kNone: return 0;
    case PhysicalType::kBool:
    case PhysicalType::kInt8: return 1;
    case PhysicalType::kInt16: return 2;
    case PhysicalType::kInt32:
    case PhysicalType::kFloat: return 4;
    case PhysicalType::kInt64:
    case PhysicalType::kDouble: return 8;
    default: return 16;
  }
}

}  // namespace

KeyLayout::KeyLayout(std::vector<DataType> types, bool has_null_bits)
    : types_(std::move(types)), has_null_bits_(has_null_bits), places_(types_.size()) {
  std::vector<std::size_t> order(types_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return width_of(types_[a]) > width_of(types_[b]); });
  std::size_t offset = 0;
  for (const std::size_t i : order) {
    const PhysicalType physical = types_[i].physical();
    places_[i].is_encoded = physical == PhysicalType::kList || physical == PhysicalType::kStruct;
    places_[i].is_string = physical == PhysicalType::kString || places_[i].is_encoded;
    places_[i].is_folded = types_[i].is_string() && types_[i].collation() == Collation::kUtf8Lcase;
    if (places_[i].is_string) { continue; }
    places_[i].offset = offset;
    offset += width_of(types_[i]);
  }
  null_offset_ = offset;
  if (has_null_bits_) { offset += (types_.size() + 7) / 8; }
  offset = (offset + 7) / 8 * 8;
  fixed_bytes_ = offset;
  for (std::size_t i = 0; i < types_.size(); ++i) {
    if (!places_[i].is_string) { continue; }
    places_[i].offset = offset;
    strings_.push_back(offset);
    offset += sizeof(StringView);
  }
  num_bytes_ = offset;
}

void KeyLayout::encode(std::span<const Vector* const> columns, RowSet rows, std::byte* records,
                       StringHeap& scratch) const {
  std::memset(records, 0, static_cast<std::size_t>(rows.size) * num_bytes_);
  for (std::size_t column = 0; column < types_.size(); ++column) {
    const Vector& vector = *columns[column];
    const Place& place = places_[column];
    const std::size_t null_byte = null_offset_ + column / 8;
    const auto null_bit = static_cast<std::byte>(1U << (column % 8));
    const bool has_nulls = has_null_bits_ && vector.may_have_nulls();
    std::byte* record = records;
    if (place.is_encoded || (place.is_folded && !vector.type().is_null())) {
      std::string bytes;
      rows.for_each([&](std::int32_t row) {
        if (has_nulls && vector.is_null(row)) {
          record[null_byte] |= null_bit;
        } else {
          bytes.clear();
          if (place.is_folded) {
            append_lower(bytes, vector.base().values<StringView>()[vector.position(row)].view());
          } else {
            encode_cell(vector, row, CellForm::kNormalised, bytes);
          }
          const StringView text = scratch.add(bytes);
          std::memcpy(record + place.offset, &text, sizeof(text));
        }
        record += num_bytes_;
      });
      continue;
    }
    if (vector.type().is_null() || types_[column].is_null()) {
      for (std::int32_t i = 0; i < rows.size; ++i, record += num_bytes_) { record[null_byte] |= null_bit; }
      continue;
    }
    with_physical_type(vector.type().physical(), [&]<typename T>() {
      const ColumnReader<T> values(vector);
      const auto write = [&](std::int32_t row) {
        T value = values[row];
        if constexpr (std::is_floating_point_v<T>) { value = normalised_float(value); }
        std::memcpy(record + place.offset, &value, sizeof(T));
      };
      if (!has_nulls) {
        rows.for_each([&](std::int32_t row) {
          write(row);
          record += num_bytes_;
        });
      } else {
        rows.for_each([&](std::int32_t row) {
          if (values.is_null(row)) {
            record[null_byte] |= null_bit;
          } else {
            write(row);
          }
          record += num_bytes_;
        });
      }
    });
  }
}

void KeyLayout::decode(std::span<const std::byte* const> records, std::size_t column, VectorBuilder& builder) const {
  const Place& place = places_[column];
  const DataType& type = types_[column];
  for (const std::byte* record : records) {
    if (type.is_null() || is_null(record, column)) {
      builder.append_null();
      continue;
    }
    const std::byte* at = record + place.offset;
    if (place.is_string) {
      StringView text;
      std::memcpy(&text, at, sizeof(text));
      if (place.is_encoded) {
        decode_cell(std::as_bytes(std::span(text.data(), text.size())), type, builder);
      } else {
        builder.append_string(text.view());
      }
      continue;
    }
    with_physical_type(type.physical(), [&]<typename T>() {
      T value;
      std::memcpy(static_cast<void*>(&value), at, sizeof(T));
      if constexpr (std::is_same_v<T, bool>) {
        builder.append_bool(value);
      } else if constexpr (!std::is_same_v<T, StringView>) {
        builder.append<T>(value);
      }
    });
  }
}

}  // namespace hammerscale::sql
