#pragma once

#include <cstdint>
#include <functional>
#include <type_traits>
#include <utility>
#include <vector>

#include "hammerscale/closure/bind.hpp"
#include "hammerscale/dataset/actions.hpp"
#include "hammerscale/dataset/dataset_traits.hpp"

namespace hammerscale {

/// How users' functions are wrapped for operators: see Composite.
namespace rules {

struct KeyFirst {
  template <typename F, typename T>
  static auto call(const F& function, T&& element) {
    auto key = std::invoke(function, std::as_const(element));
    return std::pair<decltype(key), std::remove_cvref_t<T>>(std::move(key), std::forward<T>(element));
  }
};
struct OnValue {
  template <typename F, typename Row>
  static auto call(const F& function, Row&& row) {
    using K = std::remove_cvref_t<decltype(row.first)>;
    using U = std::remove_cvref_t<decltype(std::invoke(function, std::forward<Row>(row).second))>;
    return std::pair<K, U>(std::forward<Row>(row).first, std::invoke(function, std::forward<Row>(row).second));
  }
};
struct EachOfValue {
  template <typename F, typename Row, typename Out>
  static void call(const F& function, Row&& row, Out& emit) {
    auto&& range = std::invoke(function, std::as_const(row.second));
    using K = std::remove_cvref_t<decltype(row.first)>;
    using U = dataset_detail::RangeElement<decltype(range)>;
    for (auto&& made : range) {
      if (!emit(std::pair<K, U>(row.first, std::forward<decltype(made)>(made)))) { return; }
    }
  }
};
struct IgnoreIndex {
  template <typename F, typename Rows, typename Out>
  static void call(const F& function, std::uint32_t /*partition*/, Rows& rows, Out& emit) {
    std::invoke(function, rows, emit);
  }
};
/// f(C, V) -> C as an assignment.
struct FoldInto {
  template <typename F, typename C, typename V>
  static void call(const F& function, C& total, V&& value) {
    total = std::invoke(function, std::move(total), std::forward<V>(value));
  }
};
/// add(zero, value) for the first value of a key.
struct FoldFromZero {
  template <typename Zero, typename Add, typename V>
  static auto call(const Zero& zero, const Add& add, V&& value) {
    return std::invoke(add, zero(), std::forward<V>(value));
  }
};

struct First {
  template <typename Row>
  auto operator()(Row&& row) const {
    return std::forward<Row>(row).first;
  }
};
struct Second {
  template <typename Row>
  auto operator()(Row&& row) const {
    return std::forward<Row>(row).second;
  }
};
struct Keep {
  template <typename V>
  std::remove_cvref_t<V> operator()(V&& value) const {
    return std::forward<V>(value);
  }
};
/// A value as a function without arguments: bind_value(x)() is x.
struct Return {
  template <typename V>
  V operator()(const V& value) const {
    return value;
  }
};
template <typename V>
auto bind_value(V value) {
  return Bound<Return, V>({std::move(value)}, Return{});
}
struct ToVector {
  template <typename V>
  auto operator()(V&& value) const {
    std::vector<std::remove_cvref_t<V>> values;
    values.push_back(std::forward<V>(value));
    return values;
  }
};
struct PushBack {
  template <typename C, typename V>
  void operator()(C& values, V&& value) const {
    values.push_back(std::forward<V>(value));
  }
};
struct Extend {
  template <typename C>
  void operator()(C& values, const C& more) const {
    values.insert(values.end(), more.begin(), more.end());
  }
};
struct WithNothing {
  template <typename T>
  auto operator()(T&& element) const {
    return std::pair<std::remove_cvref_t<T>, Nothing>(std::forward<T>(element), Nothing{});
  }
};
struct KeepFirst {
  template <typename C>
  void operator()(C& /*kept*/, const C& /*dropped*/) const {}
};
template <typename Less>
struct Reversed {
  Less less;
  template <typename T>
  bool operator()(const T& a, const T& b) const {
    return less(b, a);
  }
};

}  // namespace rules

}  // namespace hammerscale
