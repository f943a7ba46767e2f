#pragma once

#include <array>
#include <cstddef>
#include <new>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "hammerscale/closure/bind.hpp"
#include "hammerscale/closure/function_ref.hpp"
#include "hammerscale/serde/serde.hpp"

namespace hammerscale {

/// Refuses captures that hold an address of this process.
/// @throws UserError kCapturesAddress
void check_captures(std::span<const std::byte> captures);

/// How a callable travels. Trivially copyable callables go as the bytes of their captures, checked for addresses;
/// function pointers as a FunctionRef; results of hs::bind value by value.
template <typename Function>
struct FunctorCodec {
  // Not is_trivially_copyable: closures have no assignment, and GCC 12 takes that for a non-trivial one once a tuple
  // has asked about it.
  static constexpr bool kShippable =
      std::is_trivially_copy_constructible_v<Function> && std::is_trivially_destructible_v<Function>;

  static void append(std::vector<std::byte>& out, const Function& function) {
    if constexpr (!std::is_empty_v<Function>) {
      const auto bytes = std::as_bytes(std::span<const Function, 1>(&function, 1));
      check_captures(bytes);
      out.insert(out.end(), bytes.begin(), bytes.end());
    }
  }
  static Function read(Reader& reader) {
    alignas(Function) std::array<std::byte, sizeof(Function)> bytes{};
    if constexpr (!std::is_empty_v<Function>) { reader.read_bytes(bytes.data(), bytes.size()); }
    return *std::launder(reinterpret_cast<const Function*>(bytes.data()));
  }
};

template <typename R, typename... Args>
struct FunctorCodec<R (*)(Args...)> {
  static constexpr bool kShippable = true;
  using Function = R (*)(Args...);
  static void append(std::vector<std::byte>& out, Function function) { append_encoded(out, to_function_ref(function)); }
  static Function read(Reader& reader) { return resolve_as<Function>(Serde<FunctionRef>::read(reader)); }
};

template <typename Inner, typename... Values>
struct FunctorCodec<Bound<Inner, Values...>> {
  static constexpr bool kShippable = FunctorCodec<Inner>::kShippable && (Serializable<Values> && ...);
  using Function = Bound<Inner, Values...>;
  static void append(std::vector<std::byte>& out, const Function& function) {
    std::apply([&](const Values&... value) { (append_encoded(out, value), ...); }, function.values());
    FunctorCodec<Inner>::append(out, function.function());
  }
  static Function read(Reader& reader) {
    std::tuple<Values...> values{Serde<Values>::read(reader)...};
    return Function(std::move(values), FunctorCodec<Inner>::read(reader));
  }
};

/// A callable that may travel to other ranks.
template <typename Function>
concept Shippable = FunctorCodec<std::decay_t<Function>>::kShippable;

/// Fails to compile, naming the ways out, for a callable that cannot travel.
template <typename Function>
constexpr void require_shippable() {
  static_assert(Shippable<Function>,
                "Hammerscale: this function captures something that cannot travel to other ranks as bytes (a string, "
                "a vector, ...). Pass small values by hs::bind(value..., function) and large ones by "
                "session.broadcast(value), whose handle may be captured.");
}

}  // namespace hammerscale
