#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace hammerscale::shuffle {

namespace detail {

template <typename T>
inline constexpr bool kIsByteArray = false;
template <typename Byte, std::size_t N>
inline constexpr bool kIsByteArray<std::array<Byte, N>> =
    sizeof(Byte) == 1 && (std::is_integral_v<Byte> || std::is_same_v<Byte, std::byte>)&&!std::is_same_v<Byte, bool>;
template <typename T>
inline constexpr bool kIsKeyTuple = false;
template <typename... T>
inline constexpr bool kIsKeyTuple<std::tuple<T...>> = sizeof...(T) > 0;
template <typename A, typename B>
inline constexpr bool kIsKeyTuple<std::pair<A, B>> = true;
template <typename T>
inline constexpr bool kIsPlainNumber =
    ((std::is_integral_v<T> || std::is_enum_v<T>) && sizeof(T) <= 8) || std::is_same_v<T, float> ||
    std::is_same_v<T, double>;

/// First 8 bytes, the first one the most significant, zeros behind the end.
inline std::uint64_t big_endian_prefix(const void* bytes, std::size_t num_bytes) noexcept {
  std::uint64_t word = 0;
  if (num_bytes >= 8) [[likely]] {
    std::memcpy(&word, bytes, 8);
  } else if (num_bytes != 0) {
    std::memcpy(&word, bytes, num_bytes);
  }
  return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
}

template <typename Tuple, std::size_t I = 0>
bool tuple_less(const Tuple& left, const Tuple& right);

}  // namespace detail

/// operator< made safe for sorting: NaN is greater than every number and equal to NaN (as in Spark), also inside pairs
/// and tuples. -0.0 equals 0.0. Strings compare as unsigned bytes.
struct KeyLess {
  template <typename K>
  constexpr bool operator()(const K& left, const K& right) const {
    if constexpr (std::is_floating_point_v<K>) {
      return left < right || (right != right && left == left);
    } else if constexpr (detail::kIsKeyTuple<K>) {
      return detail::tuple_less(left, right);
    } else {
      return left < right;
    }
  }
};

namespace detail {

template <typename Tuple, std::size_t I>
bool tuple_less(const Tuple& left, const Tuple& right) {
  if constexpr (I == std::tuple_size_v<Tuple>) {
    return false;
  } else {
    if (KeyLess{}(std::get<I>(left), std::get<I>(right))) { return true; }
    if (KeyLess{}(std::get<I>(right), std::get<I>(left))) { return false; }
    return tuple_less<Tuple, I + 1>(left, right);
  }
}

}  // namespace detail

/// Whether normalized_key takes K: numbers, enums, strings, arrays of bytes, and pairs and tuples that begin with one.
template <typename K>
constexpr bool has_normalized_key() {
  if constexpr (detail::kIsPlainNumber<K> || detail::kIsByteArray<K>) {
    return true;
  } else if constexpr (detail::kIsKeyTuple<K>) {
    return has_normalized_key<std::tuple_element_t<0, K>>();
  } else {
    return std::is_convertible_v<const K&, std::string_view> && !std::is_pointer_v<std::decay_t<K>>;
  }
}

/// Whether equal normalised keys mean equal keys; otherwise the keys themselves must decide.
template <typename K>
constexpr bool normalized_key_is_exact() {
  if constexpr (detail::kIsPlainNumber<K>) {
    return true;
  } else if constexpr (detail::kIsByteArray<K>) {
    return std::tuple_size_v<K> <= 8;
  } else {
    return false;
  }
}

/// Maps a key to 64 bits, monotonically: KeyLess(a, b) implies normalized_key(a) <= normalized_key(b), and keys that
/// are equivalent under KeyLess map to the same bits. Strings and byte arrays give their first 8 bytes, tuples their
/// first member.
template <typename K>
  requires(has_normalized_key<K>())
constexpr std::uint64_t normalized_key(const K& key) noexcept {
  constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;
  if constexpr (std::is_enum_v<K>) {
    return normalized_key(static_cast<std::underlying_type_t<K>>(key));
  } else if constexpr (std::is_floating_point_v<K>) {
    if (key != key) { return ~std::uint64_t{0}; }
    const auto bits = std::bit_cast<std::uint64_t>(static_cast<double>(key) + 0.0);
    return (bits & kSignBit) != 0 ? ~bits : bits | kSignBit;
  } else if constexpr (std::is_integral_v<K>) {
    if constexpr (std::is_signed_v<K>) {
      return static_cast<std::uint64_t>(static_cast<std::int64_t>(key)) ^ kSignBit;
    } else {
      return static_cast<std::uint64_t>(key);
    }
  } else if constexpr (detail::kIsByteArray<K>) {
    const std::uint64_t word = detail::big_endian_prefix(key.data(), key.size());
    // Arrays of a signed byte type compare as signed numbers.
    return std::is_signed_v<typename K::value_type> ? word ^ 0x8080808080808080u : word;
  } else if constexpr (detail::kIsKeyTuple<K>) {
    return normalized_key(std::get<0>(key));
  } else {
    const std::string_view text = key;
    return detail::big_endian_prefix(text.data(), text.size());
  }
}

}  // namespace hammerscale::shuffle
