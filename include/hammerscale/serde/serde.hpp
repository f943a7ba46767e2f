#pragma once

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include "hammerscale/serde/aggregate.hpp"
#include "hammerscale/base/bitwise.hpp"
#include "hammerscale/serde/reader.hpp"

namespace hammerscale {

/// How values of T become bytes and come back. A specialization has four static members:
///   size(const T&)                 bytes that write will take, exactly
///   write(std::byte* out, const T&) writes them, returns the position behind
///   read(Reader&) -> T              reads one value; throws ResourceError kCorruptBlock on bytes that are none
///   heap_bytes(const T&)           heap memory the value holds, an estimate for the memory budget
/// Given here: bitwise types (copied), strings, pairs, tuples, arrays, vectors, optionals, variants, maps, sets, and
/// plain aggregates of up to 16 fields (field by field). "hammerscale/serde/boost.hpp" adds every type with a
/// Boost.Serialization `serialize`. Machines of one run share one byte order and one build, so none is recorded.
template <typename T>
struct Serde;

template <typename T>
concept Serializable = requires(const T& value, std::byte* out, Reader& reader) {
  { Serde<T>::size(value) } -> std::convertible_to<std::size_t>;
  { Serde<T>::write(out, value) } -> std::same_as<std::byte*>;
  { Serde<T>::read(reader) } -> std::same_as<T>;
  { Serde<T>::heap_bytes(value) } -> std::convertible_to<std::size_t>;
};

template <Bitwise T>
struct Serde<T> {
  static constexpr std::size_t size(const T&) noexcept { return sizeof(T); }
  static std::byte* write(std::byte* out, const T& value) noexcept {
    std::memcpy(out, static_cast<const void*>(&value), sizeof(T));
    return out + sizeof(T);
  }
  static T read(Reader& reader) {
    std::array<std::byte, sizeof(T)> bytes;
    reader.read_bytes(bytes.data(), sizeof(T));
    if constexpr (std::is_trivially_copyable_v<T>) {
      return std::bit_cast<T>(bytes);
    } else {
      T value;
      std::memcpy(static_cast<void*>(&value), bytes.data(), sizeof(T));
      return value;
    }
  }
  static constexpr std::size_t heap_bytes(const T&) noexcept { return 0; }
};

namespace serde_detail {

/// What malloc takes for a request: a header of 8 bytes, in steps of 16, at least 32.
constexpr std::size_t malloc_bytes(std::size_t num_bytes) noexcept {
  return num_bytes == 0 ? 0 : num_bytes <= 24 ? 32 : (num_bytes + 8 + 15) / 16 * 16;
}

}  // namespace serde_detail

template <>
struct Serde<std::string> {
  static std::size_t size(const std::string& value) noexcept { return length_size(value.size()) + value.size(); }
  static std::byte* write(std::byte* out, const std::string& value) noexcept {
    out = write_length(out, value.size());
    std::memcpy(out, value.data(), value.size());
    return out + value.size();
  }
  static std::string read(Reader& reader) {
    const auto bytes = reader.take(reader.read_count());
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  static std::size_t heap_bytes(const std::string& value) noexcept { return heap_bytes_of_size(value.capacity()); }
  /// Of a string of this many characters.
  static std::size_t heap_bytes_of_size(std::size_t num_bytes) noexcept {
    // Short strings live inside the object.
    return num_bytes > 15 ? serde_detail::malloc_bytes(num_bytes + 1) : 0;
  }
};

namespace serde_detail {

template <typename Tuple>
struct TupleSerde {
  static std::size_t size(const Tuple& value) {
    return std::apply([](const auto&... field) {
      return (std::size_t{0} + ... + Serde<std::remove_cvref_t<decltype(field)>>::size(field));
    }, value);
  }
  static std::byte* write(std::byte* out, const Tuple& value) {
    std::apply([&](const auto&... field) {
      ((out = Serde<std::remove_cvref_t<decltype(field)>>::write(out, field)), ...);
    }, value);
    return out;
  }
  static std::size_t heap_bytes(const Tuple& value) {
    return std::apply([](const auto&... field) {
      return (std::size_t{0} + ... + Serde<std::remove_cvref_t<decltype(field)>>::heap_bytes(field));
    }, value);
  }
};

/// Vectors, sets and maps: a count, then the elements. Element is what one stored element reads back as.
template <typename Container, typename Element>
struct ContainerSerde {
  static constexpr std::size_t kNodeBytes = 48;  // Links, colour or hash, and malloc's header of a tree or hash node.

  static std::size_t size(const Container& value) {
    std::size_t total = length_size(value.size());
    for (const auto& element : value) { total += Serde<Element>::size(element); }
    return total;
  }
  static std::byte* write(std::byte* out, const Container& value) {
    out = write_length(out, value.size());
    for (const auto& element : value) { out = Serde<Element>::write(out, element); }
    return out;
  }
  static Container read(Reader& reader) {
    Container value;
    const auto count = reader.read_count();
    for (std::size_t i = 0; i < count; ++i) { value.insert(value.end(), Serde<Element>::read(reader)); }
    return value;
  }
  static std::size_t heap_bytes(const Container& value) {
    std::size_t total = value.size() * (sizeof(Element) + kNodeBytes);
    for (const auto& element : value) { total += Serde<Element>::heap_bytes(element); }
    return total;
  }
};

}  // namespace serde_detail

template <typename A, typename B>
  requires(!is_bitwise_v<std::pair<A, B>>)
struct Serde<std::pair<A, B>> : serde_detail::TupleSerde<std::pair<A, B>> {
  static std::pair<A, B> read(Reader& reader) {
    auto first = Serde<A>::read(reader);
    auto second = Serde<B>::read(reader);
    return {std::move(first), std::move(second)};
  }
};

template <typename... Ts>
  requires(!is_bitwise_v<std::tuple<Ts...>>)
struct Serde<std::tuple<Ts...>> : serde_detail::TupleSerde<std::tuple<Ts...>> {
  static std::tuple<Ts...> read(Reader& reader) {
    return std::tuple<Ts...>{Serde<Ts>::read(reader)...};  // Braces evaluate from left to right.
  }
};

template <typename T, std::size_t N>
  requires(!is_bitwise_v<std::array<T, N>>)
struct Serde<std::array<T, N>> : serde_detail::TupleSerde<std::array<T, N>> {
  static std::array<T, N> read(Reader& reader) {
    std::array<T, N> value;
    for (auto& element : value) { element = Serde<T>::read(reader); }
    return value;
  }
};

template <typename T>
struct Serde<std::vector<T>> {
  static constexpr bool kRaw = is_bitwise_v<T> && !std::is_same_v<T, bool>;

  static std::size_t size(const std::vector<T>& value) {
    std::size_t total = length_size(value.size());
    if constexpr (kRaw) {
      total += value.size() * sizeof(T);
    } else {
      for (const T& element : value) { total += Serde<T>::size(element); }
    }
    return total;
  }
  static std::byte* write(std::byte* out, const std::vector<T>& value) {
    out = write_length(out, value.size());
    if constexpr (kRaw) {
      if (!value.empty()) { std::memcpy(out, static_cast<const void*>(value.data()), value.size() * sizeof(T)); }
      out += value.size() * sizeof(T);
    } else {
      for (const T& element : value) { out = Serde<T>::write(out, element); }
    }
    return out;
  }
  static std::vector<T> read(Reader& reader) {
    const auto count = reader.read_count();
    if constexpr (kRaw && std::is_default_constructible_v<T>) {
      const auto bytes = reader.take(count * sizeof(T));
      std::vector<T> value(count);
      if (count != 0) { std::memcpy(static_cast<void*>(value.data()), bytes.data(), bytes.size()); }
      return value;
    } else {
      std::vector<T> value;
      value.reserve(count);
      for (std::size_t i = 0; i < count; ++i) { value.push_back(Serde<T>::read(reader)); }
      return value;
    }
  }
  static std::size_t heap_bytes(const std::vector<T>& value) {
    std::size_t total = serde_detail::malloc_bytes(value.capacity() * sizeof(T));
    if constexpr (!is_bitwise_v<T>) {
      for (const T& element : value) { total += Serde<T>::heap_bytes(element); }
    }
    return total;
  }
};

template <typename T>
  requires(!is_bitwise_v<std::optional<T>>)
struct Serde<std::optional<T>> {
  static std::size_t size(const std::optional<T>& value) { return 1 + (value ? Serde<T>::size(*value) : 0); }
  static std::byte* write(std::byte* out, const std::optional<T>& value) {
    *out++ = static_cast<std::byte>(value.has_value());
    return value ? Serde<T>::write(out, *value) : out;
  }
  static std::optional<T> read(Reader& reader) {
    const auto present = reader.take(1)[0];
    if (present == std::byte{0}) { return std::nullopt; }
    if (present != std::byte{1}) [[unlikely]] { reader.fail_value("the flag of an optional is neither 0 nor 1"); }
    return Serde<T>::read(reader);
  }
  static std::size_t heap_bytes(const std::optional<T>& value) { return value ? Serde<T>::heap_bytes(*value) : 0; }
};

/// The number of the alternative, then the alternative. One that lost its value to an exception cannot be written.
template <typename... Ts>
  requires(!is_bitwise_v<std::variant<Ts...>>)
struct Serde<std::variant<Ts...>> {
  using Variant = std::variant<Ts...>;

  static std::size_t size(const Variant& value) {
    return length_size(value.index()) + visit_alternative<std::size_t>(value, [](const auto& serde, const auto& held) {
             return serde.size(held);
           });
  }
  static std::byte* write(std::byte* out, const Variant& value) {
    out = write_length(out, value.index());
    return visit_alternative<std::byte*>(value,
                                         [&](const auto& serde, const auto& held) { return serde.write(out, held); });
  }
  static Variant read(Reader& reader) {
    return read_alternative(reader, reader.read_length(), std::index_sequence_for<Ts...>{});
  }
  static std::size_t heap_bytes(const Variant& value) {
    return visit_alternative<std::size_t>(value,
                                          [](const auto& serde, const auto& held) { return serde.heap_bytes(held); });
  }

 private:
  template <typename R, typename Function>
  static R visit_alternative(const Variant& value, Function function) {
    return std::visit(
        [&](const auto& held) -> R { return function(Serde<std::remove_cvref_t<decltype(held)>>{}, held); }, value);
  }
  template <std::size_t... I>
  static Variant read_alternative(Reader& reader, std::uint64_t index, std::index_sequence<I...> /*all*/) {
    std::optional<Variant> value;
    ((index == I ? static_cast<void>(value.emplace(std::in_place_index<I>, Serde<Ts>::read(reader)))
                 : static_cast<void>(0)),
     ...);
    if (!value) [[unlikely]] { reader.fail_value("a variant has no alternative of this number"); }
    return std::move(*value);
  }
};

template <typename K, typename V, typename C>
struct Serde<std::map<K, V, C>> : serde_detail::ContainerSerde<std::map<K, V, C>, std::pair<K, V>> {};
template <typename K, typename V, typename H, typename E>
struct Serde<std::unordered_map<K, V, H, E>>
    : serde_detail::ContainerSerde<std::unordered_map<K, V, H, E>, std::pair<K, V>> {};
template <typename K, typename C>
struct Serde<std::set<K, C>> : serde_detail::ContainerSerde<std::set<K, C>, K> {};
template <typename K, typename H, typename E>
struct Serde<std::unordered_set<K, H, E>> : serde_detail::ContainerSerde<std::unordered_set<K, H, E>, K> {};

template <typename T>
  requires(!Bitwise<T> && serde_detail::FieldwiseAggregate<T>)
struct Serde<T> {
  static std::size_t size(const T& value) { return Tuple::size(fields(value)); }
  static std::byte* write(std::byte* out, const T& value) { return Tuple::write(out, fields(value)); }
  static T read(Reader& reader) {
    T value{};
    std::apply([&](auto&... field) {
      ((field = Serde<std::remove_cvref_t<decltype(field)>>::read(reader)), ...);
    }, serde_detail::tie_fields(value));
    return value;
  }
  static std::size_t heap_bytes(const T& value) { return Tuple::heap_bytes(fields(value)); }

 private:
  static auto fields(const T& value) { return serde_detail::tie_fields(value); }
  using Tuple = serde_detail::TupleSerde<decltype(serde_detail::tie_fields(std::declval<const T&>()))>;
};

/// Appends one encoded value to a byte vector.
template <Serializable T>
void append_encoded(std::vector<std::byte>& out, const T& value) {
  const auto old_size = out.size();
  out.resize(old_size + Serde<T>::size(value));
  Serde<T>::write(out.data() + old_size, value);
}

template <Serializable T>
std::vector<std::byte> encode(const T& value) {
  std::vector<std::byte> out(Serde<T>::size(value));
  Serde<T>::write(out.data(), value);
  return out;
}

/// Decodes one value that fills the bytes to the end or not; what follows it is ignored.
template <Serializable T>
T decode(std::span<const std::byte> bytes) {
  Reader reader(bytes);
  return Serde<T>::read(reader);
}

}  // namespace hammerscale
