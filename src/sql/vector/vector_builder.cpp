#include "sql/vector/vector_builder.hpp"

#include <algorithm>
#include <cstring>

namespace hammerscale::sql {
namespace {

constexpr std::int32_t kFirstCapacity = 64;

template <typename T>
void copy_range(const Vector& from, std::int32_t first, std::int32_t count, Vector& to, std::int32_t at) {
  std::memcpy(to.mutable_values<T>() + at, from.values<T>() + first, static_cast<std::size_t>(count) * sizeof(T));
}

}  // namespace

VectorBuilder::VectorBuilder(DataType type, const VectorMemory& memory)
    : vector_(std::move(type), 0, memory), memory_(memory) {
  const DataType& built = vector_.type();
  switch (built.id()) {
    case TypeId::kArray: children_.emplace_back(built.element(), memory); break;
    case TypeId::kMap:
      children_.emplace_back(built.key(), memory);
      children_.emplace_back(built.value(), memory);
      break;
    case TypeId::kStruct:
      children_.reserve(built.fields().size());
      for (const Field& field : built.fields()) { children_.emplace_back(field.type, memory); }
      break;
    default: break;
  }
}

void VectorBuilder::grow_more() {
  vector_.size_ = size_;
  vector_.grow_to(std::max(kFirstCapacity, vector_.capacity_ * 2));
}

void VectorBuilder::append_null() {
  grow();
  if (vector_.type_.physical() == PhysicalType::kStruct) {
    for (VectorBuilder& part : children_) { part.append_null(); }
  } else if (vector_.type_.physical() == PhysicalType::kList) {
    vector_.mutable_values<ListEntry>()[size_] = ListEntry{list_start_, 0};
  } else if (vector_.type_.physical() == PhysicalType::kString) {
    vector_.mutable_values<StringView>()[size_] = StringView();
  }
  if (!vector_.type_.is_null()) {
    vector_.size_ = size_;
    vector_.set_null(size_);
  }
  ++size_;
}

void VectorBuilder::append_bool(bool value) {
  grow();
  bitmap::assign(vector_.mutable_bits(), size_++, value);
}

void VectorBuilder::append_string(std::string_view text) {
  grow();
  vector_.mutable_values<StringView>()[size_++] = vector_.string_heap().add(text);
}

void VectorBuilder::append_value(const Value& value) {
  if (value.is_null()) {
    append_null();
    return;
  }
  switch (vector_.type_.physical()) {
    case PhysicalType::kList: {
      const Value::List& list = value.as_list();
      for (std::size_t i = 0; i < list.size(); ++i) { children_[i % children_.size()].append_value(list[i]); }
      finish_list();
      break;
    }
    case PhysicalType::kStruct: {
      const Value::List& list = value.as_list();
      for (std::size_t i = 0; i < children_.size(); ++i) { children_[i].append_value(list[i]); }
      finish_struct();
      break;
    }
    default:
      grow();
      vector_.size_ = size_;
      vector_.set_value(size_, value);
      ++size_;
  }
}

void VectorBuilder::append_from(const Vector& source, std::int32_t row) {
  append_base_cell(source.base(), source.position(row));
}

void VectorBuilder::append_base_cell(const Vector& base, std::int32_t position) {
  if (base.type_.is_null() || (base.validity_ != nullptr && !bitmap::get(base.validity_, position))) {
    append_null();
    return;
  }
  switch (vector_.type_.physical()) {
    case PhysicalType::kNone: append_null(); break;
    case PhysicalType::kBool: append_bool(bitmap::get(base.bits(), position)); break;
    case PhysicalType::kInt8: append(base.values<std::int8_t>()[position]); break;
    case PhysicalType::kInt16: append(base.values<std::int16_t>()[position]); break;
    case PhysicalType::kInt32: append(base.values<std::int32_t>()[position]); break;
    case PhysicalType::kInt64: append(base.values<std::int64_t>()[position]); break;
    case PhysicalType::kInt128: append(base.values<Int128>()[position]); break;
    case PhysicalType::kFloat: append(base.values<float>()[position]); break;
    case PhysicalType::kDouble: append(base.values<double>()[position]); break;
    case PhysicalType::kInterval: append(base.values<CalendarInterval>()[position]); break;
    case PhysicalType::kString: append_string(base.values<StringView>()[position].view()); break;
    case PhysicalType::kList: {
      const ListEntry entry = base.values<ListEntry>()[position];
      for (std::size_t c = 0; c < children_.size(); ++c) {
        children_[c].append_range(base.children_[c], entry.offset, entry.length);
      }
      finish_list();
      break;
    }
    case PhysicalType::kStruct:
      for (std::size_t c = 0; c < children_.size(); ++c) { children_[c].append_from(base.children_[c], position); }
      finish_struct();
      break;
  }
}

void VectorBuilder::append_range(const Vector& source, std::int32_t first, std::int32_t count) {
  const PhysicalType physical = vector_.type_.physical();
  const bool is_plain = physical >= PhysicalType::kInt8 && physical <= PhysicalType::kInterval;
  if (source.encoding() != Encoding::kFlat || !is_plain) {
    for (std::int32_t i = first; i < first + count; ++i) { append_from(source, i); }
    return;
  }
  if (size_ + count > vector_.capacity_) {
    vector_.size_ = size_;
    vector_.grow_to(std::max({kFirstCapacity, vector_.capacity_ * 2, size_ + count}));
  }
  switch (physical) {
    case PhysicalType::kInt8: copy_range<std::int8_t>(source, first, count, vector_, size_); break;
    case PhysicalType::kInt16: copy_range<std::int16_t>(source, first, count, vector_, size_); break;
    case PhysicalType::kInt32:
    case PhysicalType::kFloat: copy_range<std::int32_t>(source, first, count, vector_, size_); break;
    case PhysicalType::kInt128:
    case PhysicalType::kInterval: copy_range<Int128>(source, first, count, vector_, size_); break;
    default: copy_range<std::int64_t>(source, first, count, vector_, size_);
  }
  if (source.validity_ != nullptr) {
    vector_.size_ = size_;
    std::uint64_t* validity = vector_.mutable_validity();
    for (std::int32_t i = 0; i < count; ++i) {
      if (!bitmap::get(source.validity_, first + i)) { bitmap::clear(validity, size_ + i); }
    }
  }
  size_ += count;
}

VectorBuilder& VectorBuilder::child(std::size_t i) { return children_[i]; }

void VectorBuilder::finish_list() {
  grow();
  const std::int32_t end = children_[0].size();
  vector_.mutable_values<ListEntry>()[size_++] = ListEntry{list_start_, end - list_start_};
  list_start_ = end;
}

void VectorBuilder::finish_struct() {
  grow();
  ++size_;
}

Vector VectorBuilder::finish() {
  DataType type = vector_.type();
  for (std::size_t c = 0; c < children_.size(); ++c) { vector_.children_[c] = children_[c].finish(); }
  vector_.size_ = size_;
  Vector result = std::move(vector_);
  vector_ = Vector(std::move(type), 0, memory_);
  size_ = 0;
  list_start_ = 0;
  return result;
}

}  // namespace hammerscale::sql
