#include "sql/functions/spark_hash.hpp"

#include <xxhash.h>

#include <bit>
#include <cstring>
#include <string>

#include "hammerscale/base/error.hpp"

namespace hammerscale::sql {

namespace {

/// The two's complement bytes of a number, most significant first, as few as hold it: Java's BigInteger.toByteArray.
std::string big_endian_bytes(Int128 value) {
  std::string bytes;
  auto left = value;
  do {
    bytes.insert(bytes.begin(), static_cast<char>(left & 0xFF));
    left >>= 8;
  } while (!((left == 0 && (bytes.front() & 0x80) == 0) || (left == -1 && (bytes.front() & 0x80) != 0)));
  return bytes;
}

struct Murmur3 {
  using Hash = std::int32_t;

  static std::uint32_t mix_k(std::uint32_t k) { return std::rotl(k * 0xcc9e2d51U, 15) * 0x1b873593U; }
  static std::uint32_t mix_h(std::uint32_t h, std::uint32_t k) { return std::rotl(h ^ k, 13) * 5 + 0xe6546b64U; }
  static Hash finish(std::uint32_t h, std::uint32_t length) {
    h ^= length;
    h = (h ^ (h >> 16)) * 0x85ebca6bU;
    h = (h ^ (h >> 13)) * 0xc2b2ae35U;
    return static_cast<Hash>(h ^ (h >> 16));
  }
  static Hash of_int(std::int32_t value, Hash seed) {
    return finish(mix_h(static_cast<std::uint32_t>(seed), mix_k(static_cast<std::uint32_t>(value))), 4);
  }
  static Hash of_long(std::int64_t value, Hash seed) {
    const auto bits = static_cast<std::uint64_t>(value);
    auto h = mix_h(static_cast<std::uint32_t>(seed), mix_k(static_cast<std::uint32_t>(bits)));
    h = mix_h(h, mix_k(static_cast<std::uint32_t>(bits >> 32)));
    return finish(h, 8);
  }
  static Hash of_bytes(std::string_view bytes, Hash seed) {
    auto h = static_cast<std::uint32_t>(seed);
    std::size_t i = 0;
    for (; i + 4 <= bytes.size(); i += 4) {
      std::uint32_t word;
      std::memcpy(&word, bytes.data() + i, 4);
      h = mix_h(h, mix_k(word));
    }
    // Unlike the original, each byte of the tail is a word of its own, with its sign.
    for (; i < bytes.size(); ++i) {
      h = mix_h(h, mix_k(static_cast<std::uint32_t>(static_cast<std::int32_t>(static_cast<signed char>(bytes[i])))));
    }
    return finish(h, static_cast<std::uint32_t>(bytes.size()));
  }
};

struct XxHash {
  using Hash = std::int64_t;

  static Hash of_int(std::int32_t value, Hash seed) {
    return static_cast<Hash>(XXH64(&value, sizeof value, static_cast<std::uint64_t>(seed)));
  }
  static Hash of_long(std::int64_t value, Hash seed) {
    return static_cast<Hash>(XXH64(&value, sizeof value, static_cast<std::uint64_t>(seed)));
  }
  static Hash of_bytes(std::string_view bytes, Hash seed) {
    return static_cast<Hash>(XXH64(bytes.data(), bytes.size(), static_cast<std::uint64_t>(seed)));
  }
};

template <typename H>
typename H::Hash hash_cell(const Vector& vector, std::int32_t row, typename H::Hash seed) {
  if (vector.is_null(row)) { return seed; }
  const DataType& type = vector.type();
  const Vector& base = vector.base();
  const std::int32_t at = vector.position(row);
  switch (type.physical()) {
    case PhysicalType::kNone: return seed;
    case PhysicalType::kBool: return H::of_int(bitmap::get(base.bits(), at) ? 1 : 0, seed);
    case PhysicalType::kInt8: return H::of_int(base.values<std::int8_t>()[at], seed);
    case PhysicalType::kInt16: return H::of_int(base.values<std::int16_t>()[at], seed);
    case PhysicalType::kInt32: return H::of_int(base.values<std::int32_t>()[at], seed);
    case PhysicalType::kInt64: return H::of_long(base.values<std::int64_t>()[at], seed);
    case PhysicalType::kInt128: return H::of_bytes(big_endian_bytes(base.values<Int128>()[at]), seed);
    case PhysicalType::kFloat: {
      const float value = base.values<float>()[at];
      // Java's floatToIntBits has one NaN; -0.0 hashes as 0.0.
      const std::int32_t bits = value != value ? 0x7fc00000 : value == 0 ? 0 : std::bit_cast<std::int32_t>(value);
      return H::of_int(bits, seed);
    }
    case PhysicalType::kDouble: {
      const double value = base.values<double>()[at];
      const std::int64_t bits =
          value != value ? 0x7ff8000000000000 : value == 0 ? 0 : std::bit_cast<std::int64_t>(value);
      return H::of_long(bits, seed);
    }
    case PhysicalType::kInterval: {
      const auto& interval = base.values<CalendarInterval>()[at];
      return H::of_int(interval.months, H::of_int(interval.days, H::of_long(interval.microseconds, seed)));
    }
    case PhysicalType::kString: return H::of_bytes(base.values<StringView>()[at].view(), seed);
    case PhysicalType::kList: {
      const auto entry = base.values<ListEntry>()[at];
      for (std::int32_t i = entry.offset; i < entry.offset + entry.length; ++i) {
        for (std::size_t c = 0; c < base.num_children(); ++c) { seed = hash_cell<H>(base.child(c), i, seed); }
      }
      return seed;
    }
    case PhysicalType::kStruct:
      for (std::size_t c = 0; c < base.num_children(); ++c) { seed = hash_cell<H>(base.child(c), at, seed); }
      return seed;
  }
  throw InternalError("type without a hash", {{"type", type.to_string()}});
}

}  // namespace

std::int32_t murmur3_cell(const Vector& vector, std::int32_t row, std::int32_t seed) {
  return hash_cell<Murmur3>(vector, row, seed);
}

std::int64_t xxhash64_cell(const Vector& vector, std::int32_t row, std::int64_t seed) {
  return hash_cell<XxHash>(vector, row, seed);
}

}  // namespace hammerscale::sql
