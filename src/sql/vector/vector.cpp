#include "sql/vector/vector.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

namespace hammerscale::sql {

namespace bitmap {

std::int32_t count(const std::uint64_t* bits, std::int32_t num_bits) noexcept {
  std::int32_t total = 0;
  const std::int32_t whole = num_bits >> 6;
  for (std::int32_t i = 0; i < whole; ++i) { total += std::popcount(bits[i]); }
  if ((num_bits & 63) != 0) { total += std::popcount(bits[whole] & ((std::uint64_t{1} << (num_bits & 63)) - 1)); }
  return total;
}

}  // namespace bitmap

namespace {

/// Bytes of the values of `capacity` rows. Bitmaps are whole words.
std::size_t value_bytes(PhysicalType type, std::int32_t capacity) {
  const auto n = static_cast<std::size_t>(capacity);
  switch (type) {
    case PhysicalType::kNone:
    case PhysicalType::kStruct: return 0;
    case PhysicalType::kBool: return static_cast<std::size_t>(bitmap::words(capacity)) * 8;
    case PhysicalType::kInt8: return n;
    case PhysicalType::kInt16: return n * 2;
    case PhysicalType::kInt32:
    case PhysicalType::kFloat: return n * 4;
    case PhysicalType::kInt64:
    case PhysicalType::kDouble:
    case PhysicalType::kList: return n * 8;
    case PhysicalType::kInt128:
    case PhysicalType::kInterval:
    case PhysicalType::kString: return n * 16;
  }
  return 0;
}

std::size_t num_children_of(const DataType& type) {
  switch (type.id()) {
    case TypeId::kArray: return 1;
    case TypeId::kMap: return 2;
    case TypeId::kStruct: return type.fields().size();
    default: return 0;
  }
}

const DataType& child_type(const DataType& type, std::size_t i) {
  switch (type.id()) {
    case TypeId::kArray: return type.element();
    case TypeId::kMap: return i == 0 ? type.key() : type.value();
    default: return type.fields()[i].type;
  }
}

/// Whole words, so that loops over bitmaps need no tail.
std::int32_t round_capacity(std::int32_t capacity) { return (capacity + 63) & ~63; }

template <typename T>
void copy_values(const Vector& from, std::span<const std::int32_t> positions, Vector& to) {
  const T* in = from.values<T>();
  T* out = to.mutable_values<T>();
  for (std::size_t i = 0; i < positions.size(); ++i) { out[i] = in[positions[i]]; }
}

}  // namespace

Vector::Vector(DataType type, std::int32_t capacity, const VectorMemory& memory) { prepare(type, capacity, memory); }

void Vector::allocate_values(std::int32_t capacity) {
  capacity_ = round_capacity(capacity);
  const std::size_t num_bytes = value_bytes(type_.physical(), capacity_);
  value_memory_ = num_bytes == 0 ? nullptr : memory_->allocate(num_bytes);
}

void Vector::prepare(const DataType& type, std::int32_t capacity, const VectorMemory& memory) {
  if (memory_ == nullptr) { memory_ = std::make_shared<VectorMemory>(memory); }
  const PhysicalType physical = type.physical();
  const bool same_layout = physical == type_.physical() && encoding_ == Encoding::kFlat && owner_ == nullptr;
  const std::size_t num_children = num_children_of(type);
  if (children_.size() != num_children) { children_.assign(num_children, Vector()); }
  if (num_children == 0 || !(type_ == type)) { type_ = type; }
  const bool owns_values = value_memory_ == nullptr || value_memory_.use_count() == 1;
  if (!same_layout || !owns_values || capacity_ < capacity ||
      (value_memory_ == nullptr && capacity > 0 && value_bytes(physical, 1) > 0)) {
    allocate_values(capacity);
    validity_memory_.reset();
  }
  values_ = value_memory_.get();
  if (validity_memory_ != nullptr && validity_memory_.use_count() > 1) { validity_memory_.reset(); }
  validity_ = nullptr;
  owner_.reset();
  encoding_ = Encoding::kFlat;
  dictionary_.reset();
  indices_.reset();
  if (heap_ != nullptr) {
    if (heap_.use_count() == 1) {
      heap_->clear();
    } else {
      heap_.reset();
    }
  }
  kept_alive_.clear();
  const bool is_struct = physical == PhysicalType::kStruct;
  for (std::size_t i = 0; i < num_children; ++i) {
    children_[i].prepare(child_type(type_, i), is_struct ? capacity : 0, *memory_);
    children_[i].size_ = is_struct ? capacity : 0;
  }
  size_ = 0;
}

void Vector::grow_to(std::int32_t capacity) {
  if (capacity <= capacity_) { return; }
  const std::shared_ptr<std::byte[]> old_values = value_memory_;
  const std::shared_ptr<std::byte[]> old_validity = validity_memory_;
  const std::int32_t old_capacity = capacity_;
  allocate_values(capacity);
  if (old_values != nullptr) {
    std::memcpy(value_memory_.get(), old_values.get(), value_bytes(type_.physical(), old_capacity));
  }
  values_ = value_memory_.get();
  validity_memory_.reset();
  if (validity_ != nullptr) {
    const std::uint64_t* old_bits = validity_;
    validity_ = nullptr;
    const auto old_words = static_cast<std::size_t>(bitmap::words(old_capacity));
    std::memcpy(mutable_validity(), old_bits, old_words * 8);
  }
  if (type_.physical() == PhysicalType::kStruct) {
    for (Vector& child : children_) { child.grow_to(capacity); }
  }
}

Vector Vector::constant(const Value& value, DataType type, std::int32_t size, const VectorMemory& memory) {
  Vector result(std::move(type), 1, memory);
  result.set_value(0, value);
  result.encoding_ = Encoding::kConstant;
  result.size_ = size;
  return result;
}

Vector Vector::dictionary(std::shared_ptr<const Vector> values, std::shared_ptr<std::int32_t[]> indices,
                          std::int32_t size) {
  HS_CHECK(values->encoding() == Encoding::kFlat);
  Vector result;
  result.type_ = values->type();
  result.encoding_ = Encoding::kDictionary;
  result.size_ = size;
  result.memory_ = values->memory_;
  result.dictionary_ = std::move(values);
  result.indices_ = std::move(indices);
  return result;
}

Vector Vector::wrap(DataType type, std::int32_t size, const void* values, const std::uint64_t* validity,
                    std::vector<Vector> children, std::shared_ptr<const void> owner) {
  Vector result;
  result.type_ = std::move(type);
  result.size_ = size;
  result.values_ = static_cast<const std::byte*>(values);
  // Never written through: mutable_validity copies what it does not own.
  result.validity_ = const_cast<std::uint64_t*>(validity);
  result.children_ = std::move(children);
  result.owner_ = std::move(owner);
  return result;
}

bool Vector::may_have_nulls() const noexcept { return type_.is_null() || base().validity_ != nullptr; }

std::uint64_t* Vector::mutable_validity() {
  if (validity_ != nullptr && validity_memory_ != nullptr && validity_memory_.use_count() == 1) { return validity_; }
  const auto num_words = static_cast<std::size_t>(bitmap::words(std::max(capacity_, std::max(size_, 1))));
  const std::uint64_t* old = validity_;
  const std::shared_ptr<std::byte[]> old_memory = validity_memory_;
  if (old != nullptr || validity_memory_ == nullptr || validity_memory_.use_count() > 2) {
    HS_CHECK(memory_ != nullptr);
    validity_memory_ = memory_->allocate(num_words * 8);
  }
  validity_ = reinterpret_cast<std::uint64_t*>(validity_memory_.get());
  if (old != nullptr) {
    // Shared or wrapped bits exist for size() rows only.
    const auto known = static_cast<std::size_t>(bitmap::words(size_));
    std::memset(validity_, 0xFF, num_words * 8);
    std::memcpy(validity_, old, std::min(known, num_words) * 8);
  } else {
    std::memset(validity_, 0xFF, num_words * 8);
  }
  return validity_;
}

StringHeap& Vector::string_heap() {
  if (heap_ == nullptr) {
    HS_CHECK(memory_ != nullptr);
    heap_ = std::make_shared<StringHeap>(*memory_);
  }
  return *heap_;
}

void Vector::keep_alive(const std::shared_ptr<const void>& what) {
  if (what == nullptr || what == heap_) { return; }
  // Mostly the same few heaps come again and again; looking further back would make long collections quadratic.
  constexpr std::size_t kLookBack = 8;
  const std::size_t from = kept_alive_.size() > kLookBack ? kept_alive_.size() - kLookBack : 0;
  for (std::size_t i = from; i < kept_alive_.size(); ++i) {
    if (kept_alive_[i] == what) { return; }
  }
  kept_alive_.push_back(what);
}

void Vector::share_strings(const Vector& other) {
  const Vector& from = other.base();
  if (&from == this) { return; }
  if (from.type_.physical() == PhysicalType::kString) {
    keep_alive(from.heap_);
    keep_alive(from.owner_);
    for (const auto& kept : from.kept_alive_) { keep_alive(kept); }
  }
  for (std::size_t i = 0; i < std::min(children_.size(), from.children_.size()); ++i) {
    children_[i].share_strings(from.children_[i]);
  }
}

void Vector::share_validity(const Vector& other) {
  if (other.validity_ == nullptr) { return; }
  validity_ = other.validity_;
  validity_memory_ = other.validity_memory_;
  if (validity_memory_ == nullptr) { keep_alive(other.owner_); }
}

void Vector::adopt_validity(std::shared_ptr<std::byte[]> words) {
  validity_memory_ = std::move(words);
  validity_ = reinterpret_cast<std::uint64_t*>(validity_memory_.get());
}

Value Vector::value(std::int32_t row) const {
  if (is_null(row)) { return Value(); }
  const Vector& from = base();
  const std::int32_t at = position(row);
  switch (type_.physical()) {
    case PhysicalType::kNone: return Value();
    case PhysicalType::kBool: return Value(bitmap::get(from.bits(), at));
    case PhysicalType::kInt8: return Value(std::int64_t{from.values<std::int8_t>()[at]});
    case PhysicalType::kInt16: return Value(std::int64_t{from.values<std::int16_t>()[at]});
    case PhysicalType::kInt32: return Value(std::int64_t{from.values<std::int32_t>()[at]});
    case PhysicalType::kInt64: {
      const std::int64_t value = from.values<std::int64_t>()[at];
      return type_.is_decimal() ? Value(Int128{value}) : Value(value);
    }
    case PhysicalType::kInt128: return Value(from.values<Int128>()[at]);
    case PhysicalType::kFloat: return Value(from.values<float>()[at]);
    case PhysicalType::kDouble: return Value(from.values<double>()[at]);
    case PhysicalType::kInterval: return Value(from.values<CalendarInterval>()[at]);
    case PhysicalType::kString: return Value(std::string(from.values<StringView>()[at].view()));
    case PhysicalType::kList: {
      const ListEntry entry = from.values<ListEntry>()[at];
      Value::List list;
      list.reserve(static_cast<std::size_t>(entry.length) * from.children_.size());
      for (std::int32_t i = entry.offset; i < entry.offset + entry.length; ++i) {
        for (const Vector& child : from.children_) { list.push_back(child.value(i)); }
      }
      return Value(std::move(list));
    }
    case PhysicalType::kStruct: {
      Value::List list;
      list.reserve(from.children_.size());
      for (const Vector& child : from.children_) { list.push_back(child.value(at)); }
      return Value(std::move(list));
    }
  }
  return Value();
}

void Vector::set_value(std::int32_t row, const Value& value) {
  if (value.is_null()) {
    if (type_.is_null()) { return; }
    set_null(row);
    // Children of a struct have a position for each row, so theirs must hold something.
    if (type_.physical() == PhysicalType::kStruct) {
      for (Vector& child : children_) { child.set_value(row, value); }
    } else if (type_.physical() == PhysicalType::kList) {
      mutable_values<ListEntry>()[row] = ListEntry{};
    } else if (type_.physical() == PhysicalType::kString) {
      mutable_values<StringView>()[row] = StringView();
    }
    return;
  }
  if (validity_ != nullptr) { bitmap::set(mutable_validity(), row); }
  switch (type_.physical()) {
    case PhysicalType::kNone: break;
    case PhysicalType::kBool: bitmap::assign(mutable_bits(), row, value.as_bool()); break;
    case PhysicalType::kInt8: mutable_values<std::int8_t>()[row] = static_cast<std::int8_t>(value.as_int64()); break;
    case PhysicalType::kInt16: mutable_values<std::int16_t>()[row] = static_cast<std::int16_t>(value.as_int64()); break;
    case PhysicalType::kInt32: mutable_values<std::int32_t>()[row] = static_cast<std::int32_t>(value.as_int64()); break;
    case PhysicalType::kInt64:
      mutable_values<std::int64_t>()[row] =
          type_.is_decimal() ? static_cast<std::int64_t>(value.as_int128()) : value.as_int64();
      break;
    case PhysicalType::kInt128: mutable_values<Int128>()[row] = value.as_int128(); break;
    case PhysicalType::kFloat: mutable_values<float>()[row] = value.as_float(); break;
    case PhysicalType::kDouble: mutable_values<double>()[row] = value.as_double(); break;
    case PhysicalType::kInterval: mutable_values<CalendarInterval>()[row] = value.as_interval(); break;
    case PhysicalType::kString: mutable_values<StringView>()[row] = string_heap().add(value.as_string()); break;
    case PhysicalType::kList: {
      const Value::List& list = value.as_list();
      const std::size_t parts = children_.size();
      const std::int32_t start = children_[0].size_;
      const auto length = static_cast<std::int32_t>(list.size() / parts);
      for (std::size_t c = 0; c < parts; ++c) {
        Vector& child = children_[c];
        if (start + length > child.capacity_) { child.grow_to(std::max(start + length, 2 * child.capacity_)); }
        for (std::int32_t i = 0; i < length; ++i) {
          child.size_ = start + i + 1;
          child.set_value(start + i, list[static_cast<std::size_t>(i) * parts + c]);
        }
      }
      mutable_values<ListEntry>()[row] = ListEntry{start, length};
      break;
    }
    case PhysicalType::kStruct: {
      const Value::List& list = value.as_list();
      for (std::size_t c = 0; c < children_.size(); ++c) {
        children_[c].size_ = std::max(children_[c].size_, row + 1);
        children_[c].set_value(row, list[c]);
      }
      break;
    }
  }
}

Vector Vector::flatten(const VectorMemory& memory) const {
  if (encoding_ == Encoding::kFlat) { return *this; }
  std::vector<std::int32_t> rows(static_cast<std::size_t>(size_));
  std::iota(rows.begin(), rows.end(), 0);
  return gather(rows, memory, true);
}

Vector Vector::gather(std::span<const std::int32_t> rows, const VectorMemory& memory, bool flat) const {
  const auto num_rows = static_cast<std::int32_t>(rows.size());
  if (!flat && encoding_ == Encoding::kConstant) {
    Vector result = *this;
    result.size_ = num_rows;
    return result;
  }
  if (!flat) {
    const std::shared_ptr<std::byte[]> block = memory.allocate(rows.size() * sizeof(std::int32_t));
    const std::shared_ptr<std::int32_t[]> indices(block, reinterpret_cast<std::int32_t*>(block.get()));
    for (std::size_t i = 0; i < rows.size(); ++i) { indices[i] = position(rows[i]); }
    const bool is_dictionary = encoding_ == Encoding::kDictionary;
    return dictionary(is_dictionary ? dictionary_ : std::make_shared<const Vector>(*this), indices, num_rows);
  }
  const Vector& from = base();
  Vector result(type_, num_rows, memory);
  result.size_ = num_rows;
  std::vector<std::int32_t> composed;
  std::span<const std::int32_t> positions = rows;
  if (encoding_ != Encoding::kFlat) {
    composed.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) { composed[i] = position(rows[i]); }
    positions = composed;
  }
  switch (type_.physical()) {
    case PhysicalType::kNone: break;
    case PhysicalType::kBool: {
      std::uint64_t* out = result.mutable_bits();
      std::fill_n(out, bitmap::words(num_rows), 0);
      for (std::int32_t i = 0; i < num_rows; ++i) {
        if (bitmap::get(from.bits(), positions[static_cast<std::size_t>(i)])) { bitmap::set(out, i); }
      }
      break;
    }
    case PhysicalType::kInt8: copy_values<std::int8_t>(from, positions, result); break;
    case PhysicalType::kInt16: copy_values<std::int16_t>(from, positions, result); break;
    case PhysicalType::kInt32:
    case PhysicalType::kFloat: copy_values<std::int32_t>(from, positions, result); break;
    case PhysicalType::kInt64:
    case PhysicalType::kDouble: copy_values<std::int64_t>(from, positions, result); break;
    case PhysicalType::kInt128: copy_values<Int128>(from, positions, result); break;
    case PhysicalType::kInterval: copy_values<CalendarInterval>(from, positions, result); break;
    case PhysicalType::kString:
      copy_values<StringView>(from, positions, result);
      result.share_strings(from);
      break;
    case PhysicalType::kList:
      copy_values<ListEntry>(from, positions, result);
      result.children_ = from.children_;
      break;
    case PhysicalType::kStruct:
      for (std::size_t c = 0; c < children_.size() || c < from.children_.size(); ++c) {
        result.children_[c] = from.children_[c].gather(positions, memory, true);
      }
      break;
  }
  if (from.validity_ != nullptr) {
    std::uint64_t* out = result.mutable_validity();
    for (std::int32_t i = 0; i < num_rows; ++i) {
      if (!bitmap::get(from.validity_, positions[static_cast<std::size_t>(i)])) { bitmap::clear(out, i); }
    }
  }
  return result;
}

Vector Vector::repeated(std::int32_t size) const {
  HS_CHECK(encoding_ == Encoding::kFlat);
  Vector result = *this;
  result.encoding_ = Encoding::kConstant;
  result.size_ = size;
  return result;
}

std::size_t Vector::memory_bytes() const {
  std::size_t total = 0;
  if (encoding_ == Encoding::kDictionary) {
    return dictionary_->memory_bytes() + static_cast<std::size_t>(size_) * sizeof(std::int32_t);
  }
  if (value_memory_ != nullptr) { total += value_bytes(type_.physical(), capacity_); }
  if (owner_ != nullptr && values_ != nullptr) { total += value_bytes(type_.physical(), size_); }
  if (validity_ != nullptr) { total += static_cast<std::size_t>(bitmap::words(std::max(size_, capacity_))) * 8; }
  if (heap_ != nullptr) { total += heap_->num_bytes(); }
  for (const Vector& child : children_) { total += child.memory_bytes(); }
  return total;
}

}  // namespace hammerscale::sql
