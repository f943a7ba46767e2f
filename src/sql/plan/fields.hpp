#pragma once

#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "hammerscale/serde/aggregate.hpp"
#include "sql/plan/expression.hpp"

namespace hammerscale::sql::plan_detail {

template <typename T>
struct VectorTrait : std::false_type {};
template <typename T>
struct VectorTrait<std::vector<T>> : std::true_type {};
template <typename T>
struct OptionalTrait : std::false_type {};
template <typename T>
struct OptionalTrait<std::optional<T>> : std::true_type {};
template <typename T>
struct PairTrait : std::false_type {};
template <typename A, typename B>
struct PairTrait<std::pair<A, B>> : std::true_type {};
template <typename T>
struct VariantTrait : std::false_type {};
template <typename... T>
struct VariantTrait<std::variant<T...>> : std::true_type {};

template <typename T>
concept IsVector = VectorTrait<std::remove_const_t<T>>::value;
template <typename T>
concept IsOptional = OptionalTrait<std::remove_const_t<T>>::value;
template <typename T>
concept IsPair = PairTrait<std::remove_const_t<T>>::value;
template <typename T>
concept IsVariant = VariantTrait<std::remove_const_t<T>>::value;

/// What the walks over nodes hand to their callbacks whole: pointers to trees, names, numbers, enumerators, values,
/// types.
template <typename T>
concept IsLeaf = std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<std::remove_const_t<T>, std::string> ||
    std::is_same_v<std::remove_const_t<T>, Value> || std::is_same_v<std::remove_const_t<T>, DataType> ||
    std::is_same_v<std::remove_const_t<T>, ExpressionPtr> || std::is_same_v<std::remove_const_t<T>, PlanPtr>;

template <typename T>
concept IsEmptyNode = std::is_empty_v<T> && !IsLeaf<T>;

/// Calls f on every leaf of a node, in the order of its fields; the one place that knows how nodes are made up, so that
/// a new node or field needs no code anywhere else.
template <typename T, typename F>
void visit_leaves(T& part, F& f) {
  if constexpr (IsLeaf<T>) {
    f(part);
  } else if constexpr (IsVector<T>) {
    for (auto& element : part) { visit_leaves(element, f); }
  } else if constexpr (IsOptional<T>) {
    if (part) { visit_leaves(*part, f); }
  } else if constexpr (IsPair<T>) {
    visit_leaves(part.first, f);
    visit_leaves(part.second, f);
  } else if constexpr (IsVariant<T>) {
    std::visit([&f](auto& node) { visit_leaves(node, f); }, part);
  } else if constexpr (!IsEmptyNode<T>) {
    std::apply([&f](auto&... field) { (visit_leaves(field, f), ...); }, serde_detail::tie_fields(part));
  }
}

/// Whether two nodes are alike, where same(a, b) compares two leaves of one type.
template <typename T, typename F>
bool same_fields(const T& a, const T& b, F& same) {
  if constexpr (IsLeaf<T>) {
    return same(a, b);
  } else if constexpr (IsVector<T>) {
    if (a.size() != b.size()) { return false; }
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!same_fields(a[i], b[i], same)) { return false; }
    }
    return true;
  } else if constexpr (IsOptional<T>) {
    return a.has_value() == b.has_value() && (!a || same_fields(*a, *b, same));
  } else if constexpr (IsPair<T>) {
    return same_fields(a.first, b.first, same) && same_fields(a.second, b.second, same);
  } else if constexpr (IsVariant<T>) {
    return a.index() == b.index() && std::visit([&](const auto& node) {
      return same_fields(node, std::get<std::remove_cvref_t<decltype(node)>>(b), same);
    }, a);
  } else if constexpr (IsEmptyNode<T>) {
    return true;
  } else {
    return [&]<std::size_t... I>(const auto& x, const auto& y, std::index_sequence<I...>) {
      return (same_fields(std::get<I>(x), std::get<I>(y), same) && ...);
    }(serde_detail::tie_fields(a), serde_detail::tie_fields(b),
      std::make_index_sequence<std::tuple_size_v<decltype(serde_detail::tie_fields(a))>>{});
  }
}

}  // namespace hammerscale::sql::plan_detail
