#include "sql/vector/vector_compare.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <type_traits>

#include "sql/types/unicode_case.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace hammerscale::sql {
namespace {

// Odd constants of high weight; any such numbers do.
constexpr std::uint64_t kSecretA = 0x9E3779B97F4A7C15ULL;
constexpr std::uint64_t kSecretB = 0xD6E8FEB86659FD93ULL;
constexpr std::uint64_t kNullWord = 0xA0761D6478BD642FULL;

/// Both halves of a 128-bit product: one multiplication spreads every bit to all others.
inline std::uint64_t fold(std::uint64_t a, std::uint64_t b) noexcept {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t mix(std::uint64_t hash, std::uint64_t word) noexcept {
  return fold(hash ^ word ^ kSecretA, kSecretB);
}

template <typename T>
inline std::uint64_t word_of(T value) noexcept {
  if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double>) {
    // Adding 0.0 turns -0.0 into 0.0; all NaNs are one value.
    const double wide = std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(value) + 0.0;
    return std::bit_cast<std::uint64_t>(wide);
  } else {
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
  }
}

inline std::uint64_t hash_value(std::uint64_t hash, Int128 value) noexcept {
  return mix(mix(hash, static_cast<std::uint64_t>(value)), static_cast<std::uint64_t>(value >> 64));
}

inline std::uint64_t hash_value(std::uint64_t hash, const CalendarInterval& value) noexcept {
  const std::uint64_t head = static_cast<std::uint32_t>(value.months) |
                             (static_cast<std::uint64_t>(static_cast<std::uint32_t>(value.days)) << 32);
  return mix(mix(hash, head), static_cast<std::uint64_t>(value.microseconds));
}

inline std::uint64_t hash_value(std::uint64_t hash, const StringView& value) noexcept {
  if (value.is_inline()) {
    std::uint64_t words[2];
    std::memcpy(words, &value, sizeof(words));
    return mix(mix(hash, words[0]), words[1]);
  }
  return mix(hash, XXH3_64bits(value.data(), value.size()));
}

template <typename T, typename = std::enable_if_t<std::is_arithmetic_v<T>>>
inline std::uint64_t hash_value(std::uint64_t hash, T value) noexcept {
  return mix(hash, word_of(value));
}

template <typename T>
void hash_column(const Vector& vector, RowSet rows, std::uint64_t* hashes) {
  const ColumnReader<T> reader(vector);
  if (!reader.has_validity()) {
    if (reader.is_direct() && rows.is_all()) {
      const T* values = reader.data();
      for (std::int32_t i = 0; i < rows.size; ++i) { hashes[i] = hash_value(hashes[i], values[i]); }
      return;
    }
    rows.for_each([&](std::int32_t row) { hashes[row] = hash_value(hashes[row], reader[row]); });
    return;
  }
  rows.for_each([&](std::int32_t row) {
    hashes[row] = reader.is_null(row) ? mix(hashes[row], kNullWord) : hash_value(hashes[row], reader[row]);
  });
}

std::uint64_t hash_folded_case(std::uint64_t hash, std::string_view text, std::string& scratch) {
  scratch.clear();
  append_lower(scratch, text);
  return mix(hash, XXH3_64bits(scratch.data(), scratch.size()));
}

/// One position of a flat or constant vector; for parts of nested values.
std::uint64_t hash_position(const Vector& base, std::int32_t at, std::uint64_t hash) {
  if (base.type().is_null() || (base.validity() != nullptr && !bitmap::get(base.validity(), at))) {
    return mix(hash, kNullWord);
  }
  switch (base.type().physical()) {
    case PhysicalType::kNone: return mix(hash, kNullWord);
    case PhysicalType::kBool: return mix(hash, bitmap::get(base.bits(), at) ? 1 : 0);
    case PhysicalType::kInt8: return hash_value(hash, base.values<std::int8_t>()[at]);
    case PhysicalType::kInt16: return hash_value(hash, base.values<std::int16_t>()[at]);
    case PhysicalType::kInt32: return hash_value(hash, base.values<std::int32_t>()[at]);
    case PhysicalType::kInt64: return hash_value(hash, base.values<std::int64_t>()[at]);
    case PhysicalType::kInt128: return hash_value(hash, base.values<Int128>()[at]);
    case PhysicalType::kFloat: return hash_value(hash, base.values<float>()[at]);
    case PhysicalType::kDouble: return hash_value(hash, base.values<double>()[at]);
    case PhysicalType::kInterval: return hash_value(hash, base.values<CalendarInterval>()[at]);
    case PhysicalType::kString: {
      if (base.type().collation() == Collation::kUtf8Lcase) {
        std::string scratch;
        return hash_folded_case(hash, base.values<StringView>()[at].view(), scratch);
      }
      return hash_value(hash, base.values<StringView>()[at]);
    }
    case PhysicalType::kList: {
      const ListEntry entry = base.values<ListEntry>()[at];
      const bool is_map = base.type().id() == TypeId::kMap;
      std::uint64_t combined = is_map ? 0 : hash;
      for (std::int32_t i = entry.offset; i < entry.offset + entry.length; ++i) {
        if (is_map) {
          // Entries have no order, so their hashes are added up.
          const Vector& values = base.child(1);
          const std::uint64_t key = hash_position(base.child(0).base(), base.child(0).position(i), kSecretA);
          combined += hash_position(values.base(), values.position(i), key);
        } else {
          combined = hash_position(base.child(0).base(), base.child(0).position(i), combined);
        }
      }
      return mix(is_map ? mix(hash, combined) : combined, static_cast<std::uint64_t>(entry.length));
    }
    case PhysicalType::kStruct: {
      for (std::size_t c = 0; c < base.num_children(); ++c) {
        hash = hash_position(base.child(c).base(), base.child(c).position(at), hash);
      }
      return hash;
    }
  }
  return hash;
}

template <typename T>
int three_way(const T& a, const T& b) {
  if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double>) {
    if (a < b) { return -1; }
    if (a > b) { return 1; }
    if (a == b) { return 0; }
    return static_cast<int>(std::isnan(a)) - static_cast<int>(std::isnan(b));
  } else {
    return a < b ? -1 : static_cast<int>(b < a);
  }
}

int three_way_folded_case(std::string_view a, std::string_view b) {
  std::size_t at_a = 0;
  std::size_t at_b = 0;
  while (at_a < a.size() && at_b < b.size()) {
    const std::uint32_t x = to_lower(decode_utf8(a, at_a));
    const std::uint32_t y = to_lower(decode_utf8(b, at_b));
    // UTF-8 keeps the order of code points, so comparing these is comparing the lower-case texts bytewise.
    if (x != y) { return x < y ? -1 : 1; }
  }
  return static_cast<int>(at_a < a.size()) - static_cast<int>(at_b < b.size());
}

bool is_null_at(const Vector& base, std::int32_t at) {
  return base.type().is_null() || (base.validity() != nullptr && !bitmap::get(base.validity(), at));
}

int compare_positions(const Vector& a, std::int32_t i, const Vector& b, std::int32_t j);

/// With NULLs first, as inside arrays and structs.
int compare_parts(const Vector& a, std::int32_t row_a, const Vector& b, std::int32_t row_b) {
  const bool null_a = a.is_null(row_a);
  const bool null_b = b.is_null(row_b);
  if (null_a || null_b) { return static_cast<int>(null_b) - static_cast<int>(null_a); }
  return compare_positions(a.base(), a.position(row_a), b.base(), b.position(row_b));
}

/// 0 when equal as sets of entries, else 1.
int compare_maps(const Vector& a, ListEntry x, const Vector& b, ListEntry y) {
  if (x.length != y.length) { return 1; }
  for (std::int32_t i = 0; i < x.length; ++i) {
    bool found = false;
    // Most equal maps list their keys in the same order: start at the same place.
    for (std::int32_t step = 0; step < y.length && !found; ++step) {
      const std::int32_t j = y.offset + (i + step) % y.length;
      if (compare_parts(a.child(0), x.offset + i, b.child(0), j) == 0) {
        found = true;
        if (compare_parts(a.child(1), x.offset + i, b.child(1), j) != 0) { return 1; }
      }
    }
    if (!found) { return 1; }
  }
  return 0;
}

int compare_positions(const Vector& a, std::int32_t i, const Vector& b, std::int32_t j) {
  switch (a.type().physical()) {
    case PhysicalType::kNone: return 0;
    case PhysicalType::kBool:
      return static_cast<int>(bitmap::get(a.bits(), i)) - static_cast<int>(bitmap::get(b.bits(), j));
    case PhysicalType::kInt8: return three_way(a.values<std::int8_t>()[i], b.values<std::int8_t>()[j]);
    case PhysicalType::kInt16: return three_way(a.values<std::int16_t>()[i], b.values<std::int16_t>()[j]);
    case PhysicalType::kInt32: return three_way(a.values<std::int32_t>()[i], b.values<std::int32_t>()[j]);
    case PhysicalType::kInt64: return three_way(a.values<std::int64_t>()[i], b.values<std::int64_t>()[j]);
    case PhysicalType::kInt128: return three_way(a.values<Int128>()[i], b.values<Int128>()[j]);
    case PhysicalType::kFloat: return three_way(a.values<float>()[i], b.values<float>()[j]);
    case PhysicalType::kDouble: return three_way(a.values<double>()[i], b.values<double>()[j]);
    case PhysicalType::kInterval: {
      const CalendarInterval& x = a.values<CalendarInterval>()[i];
      const CalendarInterval& y = b.values<CalendarInterval>()[j];
      if (x.months != y.months) { return x.months < y.months ? -1 : 1; }
      if (x.days != y.days) { return x.days < y.days ? -1 : 1; }
      return three_way(x.microseconds, y.microseconds);
    }
    case PhysicalType::kString: {
      const StringView& x = a.values<StringView>()[i];
      const StringView& y = b.values<StringView>()[j];
      return a.type().collation() == Collation::kUtf8Lcase ? three_way_folded_case(x.view(), y.view()) : compare(x, y);
    }
    case PhysicalType::kList: {
      const ListEntry x = a.values<ListEntry>()[i];
      const ListEntry y = b.values<ListEntry>()[j];
      if (a.type().id() == TypeId::kMap) { return compare_maps(a, x, b, y); }
      const std::int32_t common = x.length < y.length ? x.length : y.length;
      for (std::int32_t k = 0; k < common; ++k) {
        if (const int order = compare_parts(a.child(0), x.offset + k, b.child(0), y.offset + k); order != 0) {
          return order;
        }
      }
      return three_way(x.length, y.length);
    }
    case PhysicalType::kStruct:
      for (std::size_t c = 0; c < a.num_children(); ++c) {
        if (const int order = compare_parts(a.child(c), i, b.child(c), j); order != 0) { return order; }
      }
      return 0;
  }
  return 0;
}

template <typename T>
bool equal_values(const Vector& a, std::int32_t i, const Vector& b, std::int32_t j) {
  return a.values<T>()[i] == b.values<T>()[j];
}

bool equal_positions(const Vector& a, std::int32_t i, const Vector& b, std::int32_t j) {
  switch (a.type().physical()) {
    case PhysicalType::kInt8: return equal_values<std::int8_t>(a, i, b, j);
    case PhysicalType::kInt16: return equal_values<std::int16_t>(a, i, b, j);
    case PhysicalType::kInt32: return equal_values<std::int32_t>(a, i, b, j);
    case PhysicalType::kInt64: return equal_values<std::int64_t>(a, i, b, j);
    case PhysicalType::kInt128: return equal_values<Int128>(a, i, b, j);
    case PhysicalType::kString:
      if (a.type().collation() == Collation::kUtf8Binary) { return equal_values<StringView>(a, i, b, j); }
      return compare_positions(a, i, b, j) == 0;
    case PhysicalType::kList:
      if (a.values<ListEntry>()[i].length != b.values<ListEntry>()[j].length) { return false; }
      return compare_positions(a, i, b, j) == 0;
    default: return compare_positions(a, i, b, j) == 0;
  }
}

}  // namespace

int compare_cells(const Vector& a, std::int32_t row_a, const Vector& b, std::int32_t row_b) {
  return compare_positions(a.base(), a.position(row_a), b.base(), b.position(row_b));
}

bool equal_cells(const Vector& a, std::int32_t row_a, const Vector& b, std::int32_t row_b) {
  return equal_positions(a.base(), a.position(row_a), b.base(), b.position(row_b));
}

bool same_cells(const Vector& a, std::int32_t row_a, const Vector& b, std::int32_t row_b) {
  const Vector& base_a = a.base();
  const Vector& base_b = b.base();
  const std::int32_t i = a.position(row_a);
  const std::int32_t j = b.position(row_b);
  const bool null_a = is_null_at(base_a, i);
  if (null_a || is_null_at(base_b, j)) { return null_a == is_null_at(base_b, j); }
  return equal_positions(base_a, i, base_b, j);
}

void hash_cells(const Vector& vector, RowSet rows, std::uint64_t* hashes) {
  switch (vector.type().physical()) {
    case PhysicalType::kInt8: hash_column<std::int8_t>(vector, rows, hashes); return;
    case PhysicalType::kInt16: hash_column<std::int16_t>(vector, rows, hashes); return;
    case PhysicalType::kInt32: hash_column<std::int32_t>(vector, rows, hashes); return;
    case PhysicalType::kInt64: hash_column<std::int64_t>(vector, rows, hashes); return;
    case PhysicalType::kInt128: hash_column<Int128>(vector, rows, hashes); return;
    case PhysicalType::kFloat: hash_column<float>(vector, rows, hashes); return;
    case PhysicalType::kDouble: hash_column<double>(vector, rows, hashes); return;
    case PhysicalType::kInterval: hash_column<CalendarInterval>(vector, rows, hashes); return;
    case PhysicalType::kString:
      if (vector.type().collation() == Collation::kUtf8Binary) {
        hash_column<StringView>(vector, rows, hashes);
        return;
      }
      break;
    default: break;
  }
  rows.for_each(
      [&](std::int32_t row) { hashes[row] = hash_position(vector.base(), vector.position(row), hashes[row]); });
}

}  // namespace hammerscale::sql
