#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace hammerscale {

/// An integer that only means one thing, so that swapped arguments do not compile.
template <typename Tag, typename Value = std::uint64_t>
struct Id {
  Value value{};
  constexpr Id() = default;
  constexpr explicit Id(Value v) : value(v) {}
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

template <typename Tag, typename Value>
std::string to_string(Id<Tag, Value> id) {
  return std::to_string(id.value);
}

using JobId = Id<struct JobIdTag>;
using StageId = Id<struct StageIdTag>;
using TaskId = Id<struct TaskIdTag>;
using DatasetId = Id<struct DatasetIdTag>;
using ShuffleId = Id<struct ShuffleIdTag>;
using BroadcastId = Id<struct BroadcastIdTag>;
using AccumulatorId = Id<struct AccumulatorIdTag>;
/// Index of an executor, 0 .. num_executors - 1.
using ExecutorId = Id<struct ExecutorIdTag, std::uint32_t>;

}  // namespace hammerscale

template <typename Tag, typename Value>
struct std::hash<hammerscale::Id<Tag, Value>> {
  std::size_t operator()(hammerscale::Id<Tag, Value> id) const noexcept { return std::hash<Value>{}(id.value); }
};
