#pragma once

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace hammerscale::comm {

/// Types whose bytes are their value: they cross ranks by plain copies.
template <typename T>
concept Bitwise = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T> && !std::is_const_v<T>;

/// x + y.
struct Sum {
  template <typename T>
  constexpr T operator()(const T& x, const T& y) const {
    return static_cast<T>(x + y);
  }
};

/// The smaller one; x when neither is.
struct Min {
  template <typename T>
  constexpr T operator()(const T& x, const T& y) const {
    return y < x ? y : x;
  }
};

/// The larger one; x when neither is.
struct Max {
  template <typename T>
  constexpr T operator()(const T& x, const T& y) const {
    return x < y ? y : x;
  }
};

/// Whether both are true, as T.
struct LogicalAnd {
  template <typename T>
  constexpr T operator()(const T& x, const T& y) const {
    return static_cast<T>(x && y);
  }
};

/// Whether either is true, as T.
struct LogicalOr {
  template <typename T>
  constexpr T operator()(const T& x, const T& y) const {
    return static_cast<T>(x || y);
  }
};

/// An element-wise operation with its types erased, so that the collectives are compiled once.
/// out[i] = op(left[i], right[i]); out may be left or right.
struct Combiner {
  std::size_t element_bytes = 0;
  const void* op = nullptr;
  void (*combine)(const void* op, std::byte* out, const std::byte* left, const std::byte* right,
                  std::size_t num_elements) = nullptr;
};

/// The combiner of `op` on T. Refers to op, which must outlive it.
template <Bitwise T, typename Op>
  requires std::convertible_to<std::invoke_result_t<const Op&, const T&, const T&>, T>
Combiner make_combiner(const Op& op) {
  // Scratch buffers of the collectives are aligned to cache lines.
  static_assert(alignof(T) <= 64);
  return {sizeof(T), &op,
          [](const void* erased, std::byte* out, const std::byte* left, const std::byte* right, std::size_t n) {
            const Op& typed = *static_cast<const Op*>(erased);
            auto* o = reinterpret_cast<T*>(out);
            const auto* l = reinterpret_cast<const T*>(left);
            const auto* r = reinterpret_cast<const T*>(right);
            for (std::size_t i = 0; i < n; ++i) { o[i] = typed(l[i], r[i]); }
          }};
}

}  // namespace hammerscale::comm
