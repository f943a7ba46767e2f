#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "sql/functions/function.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

namespace rowwise_detail {

template <typename T>
struct Input {
  explicit Input(const Vector& vector) : reader(vector) {}
  [[nodiscard]] T operator[](std::int32_t row) const noexcept { return reader[row]; }
  ColumnReader<T> reader;
};
template <>
struct Input<std::string_view> {
  explicit Input(const Vector& vector) : reader(vector) {}
  [[nodiscard]] std::string_view operator[](std::int32_t row) const noexcept { return reader[row].view(); }
  ColumnReader<StringView> reader;
};

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};

/// Writes what a row's function returned.
template <typename R>
void write(Vector& result, std::int32_t row, R&& value) {
  using Plain = std::remove_cvref_t<R>;
  if constexpr (IsOptional<Plain>::value) {
    if (value) {
      write(result, row, *std::forward<R>(value));
    } else {
      result.set_null(row);
    }
  } else if constexpr (std::is_same_v<Plain, bool>) {
    bitmap::assign(result.mutable_bits(), row, value);
  } else if constexpr (std::is_convertible_v<Plain, std::string_view>) {
    result.mutable_values<StringView>()[row] = result.string_heap().add(value);
  } else {
    result.mutable_values<Plain>()[row] = value;
  }
}

template <typename F, typename... In, std::size_t... I>
void run(F& f, const Arguments& arguments, Vector& result, std::index_sequence<I...>) {
  const std::tuple<Input<In>...> inputs{Input<In>(arguments[I])...};
  const auto call = [&](std::int32_t row) {
    if constexpr (std::is_invocable_v<F&, EvaluationContext&, In...>) {
      return f(arguments.context, std::get<I>(inputs)[row]...);
    } else {
      return f(std::get<I>(inputs)[row]...);
    }
  };
  using R = decltype(call(0));
  if constexpr (std::is_arithmetic_v<R> && !std::is_same_v<R, bool>) {
    R* out = result.mutable_values<R>();  // Once, so that the loop is free of calls.
    arguments.rows.for_each([&](std::int32_t row) { out[row] = call(row); });
  } else {
    arguments.rows.for_each([&](std::int32_t row) { write(result, row, call(row)); });
  }
}

}  // namespace rowwise_detail

/// An Evaluate that calls f(In...) or f(EvaluationContext&, In...) for each row. In: the arguments' physical types,
/// with std::string_view for strings. f returns the result's physical type; strings as std::string or std::string_view
/// (then they are copied); std::optional of either where it may be NULL. f is called for rows without NULL arguments
/// only, under NullPolicy::kPropagate.
template <typename... In, typename F>
Evaluate rowwise(F f) {
  return [f = std::move(f)](const Arguments& arguments, Vector& result) mutable {
    rowwise_detail::run<F, In...>(f, arguments, result, std::index_sequence_for<In...>{});
  };
}

}  // namespace hammerscale::sql
