#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace hammerscale::shuffle {

/// Mixes all 64 bits into all 64 bits. A bijection, so different integers never collide.
/// Source: Pelle Evensen's "moremur", with an added constant so that 0 does not stay 0.
constexpr std::uint64_t mix_bits(std::uint64_t x) noexcept {
  x += 0x9E3779B97F4A7C15u;
  x ^= x >> 27;
  x *= 0x3C79AC492BA7B653u;
  x ^= x >> 33;
  x *= 0x1C69B3F74AC4AE35u;
  x ^= x >> 27;
  return x;
}

/// Joins the hash of a sequence so far with the hash of its next member. Order matters.
constexpr std::uint64_t combine_hashes(std::uint64_t so_far, std::uint64_t next) noexcept {
  return mix_bits(std::rotl(so_far, 23) * 0x9FB21C651E98DF25u + next);
}

namespace detail {

/// XXH3 of more than 16 bytes.
std::uint64_t hash_long_bytes(const void* data, std::size_t num_bytes) noexcept;

template <typename Word>
inline std::uint64_t load_word(const unsigned char* bytes) noexcept {
  Word word;
  std::memcpy(&word, bytes, sizeof(Word));
  return word;
}

/// Product of two 64-bit words, its halves folded into one.
constexpr std::uint64_t multiply_fold(std::uint64_t a, std::uint64_t b) noexcept {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace detail

/// Hash of bytes; at most 16 are hashed inline, more by XXH3.
inline std::uint64_t hash_bytes(const void* data, std::size_t num_bytes) noexcept {
  const auto* bytes = static_cast<const unsigned char*>(data);
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  if (num_bytes > 16) { return detail::hash_long_bytes(data, num_bytes); }
  if (num_bytes >= 8) {
    first = detail::load_word<std::uint64_t>(bytes);
    last = detail::load_word<std::uint64_t>(bytes + num_bytes - 8);
  } else if (num_bytes >= 4) {
    first = detail::load_word<std::uint32_t>(bytes);
    last = detail::load_word<std::uint32_t>(bytes + num_bytes - 4);
  } else if (num_bytes > 0) {
    first = std::uint64_t{bytes[0]} << 16 | std::uint64_t{bytes[num_bytes / 2]} << 8 | bytes[num_bytes - 1];
  }
  const std::uint64_t length = num_bytes;
  const std::uint64_t folded = detail::multiply_fold(first ^ 0x2D358DCCAA6C78A5u, last ^ 0x8BB84B93962EACC9u ^ length);
  return mix_bits(folded + first + std::rotl(last, 32) + length);
}

struct KeyHash;

namespace detail {

/// Equality of strings, of which most are short and equal: a call of memcmp costs more than comparing two words.
inline bool equal_bytes(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size()) { return false; }
  const auto* const left = reinterpret_cast<const unsigned char*>(a.data());
  const auto* const right = reinterpret_cast<const unsigned char*>(b.data());
  const std::size_t n = a.size();
  if (n > 16) { return std::memcmp(left, right, n) == 0; }
  if (n >= 8) {
    return ((load_word<std::uint64_t>(left) ^ load_word<std::uint64_t>(right)) |
            (load_word<std::uint64_t>(left + n - 8) ^ load_word<std::uint64_t>(right + n - 8))) == 0;
  }
  if (n >= 4) {
    return ((load_word<std::uint32_t>(left) ^ load_word<std::uint32_t>(right)) |
            (load_word<std::uint32_t>(left + n - 4) ^ load_word<std::uint32_t>(right + n - 4))) == 0;
  }
  return n == 0 || (left[0] == right[0] && left[n / 2] == right[n / 2] && left[n - 1] == right[n - 1]);
}

template <typename T>
concept HasAdlHash = requires(const T& value) {
  { hash_value(value) } -> std::convertible_to<std::uint64_t>;
};
template <typename T>
concept HasStdHash = requires(const T& value) {
  { std::hash<T>{}(value) } -> std::convertible_to<std::size_t>;
};
template <typename T>
inline constexpr bool kIsOptional = false;
template <typename T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <typename T>
inline constexpr bool kIsSequence = false;
template <typename T, typename A>
inline constexpr bool kIsSequence<std::vector<T, A>> = true;
template <typename T, std::size_t N>
inline constexpr bool kIsSequence<std::array<T, N>> = true;
template <typename T>
inline constexpr bool kIsTuple = false;
template <typename... T>
inline constexpr bool kIsTuple<std::tuple<T...>> = true;
template <typename A, typename B>
inline constexpr bool kIsTuple<std::pair<A, B>> = true;
template <typename T>
inline constexpr bool kIsWideInteger = false;
__extension__ template <>
inline constexpr bool kIsWideInteger<__int128> = true;
__extension__ template <>
inline constexpr bool kIsWideInteger<unsigned __int128> = true;
template <typename>
inline constexpr bool kAlwaysFalse = false;

}  // namespace detail

/// The hash that places a key on a partition and in a table: 64 well mixed bits, the same on every rank and in every
/// run. Partitions use the high bits (hash_to_partition), tables the low ones.
///
/// Equal keys hash equally, also across types that compare equal by value: string, string_view and C strings; integers
/// of any width; -0.0 and 0.0; every NaN. Supported: integers, characters, bool, enums, floating point, strings, pair,
/// tuple, vector, array, optional, nested at will. For a type of your own write, in its namespace,
///
///     std::uint64_t hash_value(const Point& point);
///
/// or specialise std::hash; either result is mixed again, so that an identity hash does no harm. What std::hash or
/// hash_value returns must itself not depend on the process (no addresses). Pointers do not compile for that reason.
///
/// Cost: two multiplications for a number; about 5 ns for a string of up to 20 bytes.
struct KeyHash {
  using is_transparent = void;

  template <typename T>
  constexpr std::uint64_t operator()(const T& key) const {
    if constexpr (detail::kIsWideInteger<T>) {
      return combine_hashes(static_cast<std::uint64_t>(key >> 64), static_cast<std::uint64_t>(key));
    } else if constexpr (std::is_enum_v<T>) {
      return (*this)(static_cast<std::underlying_type_t<T>>(key));
    } else if constexpr (std::is_integral_v<T>) {
      return mix_bits(static_cast<std::uint64_t>(key));
    } else if constexpr (std::is_floating_point_v<T>) {
      return hash_double(static_cast<double>(key));
    } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
      const std::string_view text = key;
      return hash_bytes(text.data(), text.size());
    } else if constexpr (detail::kIsOptional<T>) {
      return key.has_value() ? combine_hashes(1, (*this)(*key)) : mix_bits(0x6E6F6E65u);
    } else if constexpr (detail::kIsTuple<T>) {
      return std::apply(
          [this](const auto&... members) {
            std::uint64_t hash = sizeof...(members);
            ((hash = combine_hashes(hash, (*this)(members))), ...);
            return hash;
          },
          key);
    } else if constexpr (detail::kIsSequence<T>) {
      return hash_sequence(key);
    } else if constexpr (std::is_pointer_v<T>) {
      static_assert(detail::kAlwaysFalse<T>, "an address differs between ranks; use the value it points to as the key");
    } else if constexpr (detail::HasAdlHash<T>) {
      return mix_bits(static_cast<std::uint64_t>(hash_value(key)));
    } else if constexpr (detail::HasStdHash<T>) {
      return mix_bits(static_cast<std::uint64_t>(std::hash<T>{}(key)));
    } else {
      static_assert(detail::kAlwaysFalse<T>,
                    "this key type has no hash; write std::uint64_t hash_value(const T&) beside it");
    }
  }

 private:
  static constexpr std::uint64_t hash_double(double key) noexcept {
    // Adding zero turns -0.0 into 0.0.
    const double canonical = key != key ? std::numeric_limits<double>::quiet_NaN() : key + 0.0;
    return mix_bits(std::bit_cast<std::uint64_t>(canonical));
  }

  template <typename Sequence>
  constexpr std::uint64_t hash_sequence(const Sequence& key) const {
    using Member = typename Sequence::value_type;
    // bool has one byte in an array but a bit in a vector, and the two need not agree; bytes are safe for the others.
    if constexpr ((std::is_integral_v<Member> || std::is_enum_v<Member>) && !std::is_same_v<Member, bool>) {
      return hash_bytes(key.data(), key.size() * sizeof(Member));
    } else {
      std::uint64_t hash = mix_bits(key.size());
      for (const auto& member : key) { hash = combine_hashes(hash, (*this)(static_cast<const Member&>(member))); }
      return hash;
    }
  }
};

/// Whether two keys are equal; strings may be compared with views.
struct KeyEqual {
  using is_transparent = void;

  template <typename A, typename B>
  constexpr bool operator()(const A& a, const B& b) const {
    if constexpr (std::is_convertible_v<const A&, std::string_view> &&
                  std::is_convertible_v<const B&, std::string_view>) {
      return detail::equal_bytes(a, b);
    } else {
      return a == b;
    }
  }
};

/// Partition of a hash: the high bits scaled to 0 .. num_partitions - 1. Even, and without a division.
/// @pre num_partitions > 0
constexpr std::uint32_t hash_to_partition(std::uint64_t hash, std::uint32_t num_partitions) noexcept {
  return static_cast<std::uint32_t>((hash >> 32) * num_partitions >> 32);
}

/// One of 2^num_bits shares of a partition, for spilling: independent of the bits that chose the partition and of those
/// that choose a table slot, and different for each level of recursion.
/// @pre num_bits <= 32
constexpr std::uint32_t hash_to_sub_partition(std::uint64_t hash, std::uint32_t level,
                                              std::uint32_t num_bits) noexcept {
  const std::uint64_t remixed = mix_bits(hash + (std::uint64_t{level} + 1) * 0xD1B54A32D192ED03u);
  return static_cast<std::uint32_t>((remixed >> 32) >> (32 - num_bits));
}

}  // namespace hammerscale::shuffle
