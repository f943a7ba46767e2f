#pragma once

#include <ranges>
#include <type_traits>
#include <utility>

namespace hammerscale {

class GangContext;
template <typename T>
class GangRows;
template <typename T>
class Emitter;

namespace dataset_detail {

template <typename T>
struct PairTraits {
  static constexpr bool kIsPair = false;
};
template <typename K, typename V>
struct PairTraits<std::pair<K, V>> {
  static constexpr bool kIsPair = true;
  using Key = K;
  using Value = V;
};

template <typename Range>
using RangeElement = std::remove_cvref_t<std::ranges::range_reference_t<std::remove_reference_t<Range>>>;

template <typename F, typename T>
using GangResult = std::remove_cvref_t<std::invoke_result_t<F&, GangContext&, GangRows<T>&>>;

}  // namespace dataset_detail

/// Elements with a key: std::pair<key, value>.
template <typename T>
concept IsPair = dataset_detail::PairTraits<T>::kIsPair;
template <typename T>
using PairKey = typename dataset_detail::PairTraits<T>::Key;
template <typename T>
using PairValue = typename dataset_detail::PairTraits<T>::Value;

}  // namespace hammerscale
