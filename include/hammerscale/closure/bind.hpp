#pragma once

#include <functional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "hammerscale/serde/serde.hpp"

namespace hammerscale {

/// A function with leading arguments that travel by Serde instead of as raw captures. Made by bind.
template <typename Function, typename... Values>
class Bound {
 public:
  Bound(std::tuple<Values...> values, Function function)
      : values_(std::move(values)), function_(std::move(function)) {}

  template <typename... Args>
    requires std::invocable<const Function&, const Values&..., Args...>
  decltype(auto) operator()(Args&&... args) const {
    return std::apply(
        [&](const Values&... values) -> decltype(auto) {
          return std::invoke(function_, values..., std::forward<Args>(args)...);
        },
        values_);
  }

  [[nodiscard]] const std::tuple<Values...>& values() const noexcept { return values_; }
  [[nodiscard]] const Function& function() const noexcept { return function_; }

 private:
  std::tuple<Values...> values_;
  Function function_;
};

namespace closure_detail {

template <std::size_t... I, typename Arguments>
auto bind_leading(std::index_sequence<I...>, Arguments arguments) {
  constexpr std::size_t n = sizeof...(I);
  return Bound<std::tuple_element_t<n, Arguments>, std::tuple_element_t<I, Arguments>...>(
      {std::move(std::get<I>(arguments))...}, std::move(std::get<n>(arguments)));
}

}  // namespace closure_detail

/// bind(values..., function): a closure whose values may be strings, vectors and all else with a Serde. The function
/// comes last and takes the values first, by const reference:
///   lines.filter(hs::bind(std::string("error"), [](const std::string& word, const std::string& line) { ... }))
/// Values are encoded once a stage and rank. What is larger than some kilobytes goes by Session::broadcast.
template <typename... Arguments>
  requires(sizeof...(Arguments) >= 2)
auto bind(Arguments... arguments) {
  return closure_detail::bind_leading(std::make_index_sequence<sizeof...(Arguments) - 1>{},
                                      std::tuple<Arguments...>(std::move(arguments)...));
}

}  // namespace hammerscale
