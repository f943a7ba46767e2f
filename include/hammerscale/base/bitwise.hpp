#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace hammerscale {

namespace bitwise_detail {

template <typename T>
struct IsBitwise : std::bool_constant<std::is_trivially_copyable_v<T> && !std::is_pointer_v<T> &&
                                      !std::is_member_pointer_v<T> && !std::is_reference_v<T>> {};

// Trivially copyable, yet what they show lies elsewhere.
template <typename Char, typename Traits>
struct IsBitwise<std::basic_string_view<Char, Traits>> : std::false_type {};
template <typename T, std::size_t N>
struct IsBitwise<std::span<T, N>> : std::false_type {};

// The standard's pair and tuple only miss the trait for their assignment; their bytes are their members' bytes.
template <typename A, typename B>
struct IsBitwise<std::pair<A, B>> : std::bool_constant<IsBitwise<A>::value && IsBitwise<B>::value> {};
template <typename... Ts>
struct IsBitwise<std::tuple<Ts...>> : std::bool_constant<(IsBitwise<Ts>::value && ...)> {};
template <typename T, std::size_t N>
struct IsBitwise<std::array<T, N>> : IsBitwise<T> {};
template <typename T>
struct IsBitwise<std::optional<T>>
    : std::bool_constant<IsBitwise<T>::value && std::is_trivially_copyable_v<std::optional<T>>> {};
// Trivially copyable also when an alternative is a pointer.
template <typename... Ts>
struct IsBitwise<std::variant<Ts...>>
    : std::bool_constant<(IsBitwise<Ts>::value && ...) && std::is_trivially_copyable_v<std::variant<Ts...>>> {};

}  // namespace bitwise_detail

/// True where an object's bytes are the object: it travels and is stored by copying them. Arithmetic types, enums,
/// trivially copyable structs, and pairs, tuples and arrays of those. Not pointers and views, which show memory that
/// does not travel.
template <typename T>
inline constexpr bool is_bitwise_v = bitwise_detail::IsBitwise<std::remove_cv_t<T>>::value;

template <typename T>
concept Bitwise = is_bitwise_v<T>;

}  // namespace hammerscale
