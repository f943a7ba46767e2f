#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <numeric>
#include <optional>
#include <source_location>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/closure/functor_codec.hpp"
#include "hammerscale/dataset/make_node.hpp"
#include "hammerscale/dataset/narrow_operators.hpp"
#include "hammerscale/dataset/operator.hpp"
#include "hammerscale/dataset/statistics.hpp"
#include "hammerscale/storage/reservation.hpp"

namespace hammerscale {

/// Body of a result stage: function(TaskContext&, partition, const Operator<T>&) -> R.
template <typename T, typename R, typename Function>
class ResultBody final : public TaskBody {
 public:
  ResultBody(Reader& params, OperatorBase& last)
      : input_(static_cast<const Operator<T>&>(last)), function_(FunctorCodec<Function>::read(params)) {}
  std::vector<std::byte> run(TaskContext& context, std::uint32_t partition) const override {
    auto function = function_;
    return encode<R>(function(context, partition, input_));
  }
  static std::unique_ptr<TaskBody> make(Reader& params, OperatorBase& last) {
    return std::make_unique<ResultBody>(params, last);
  }

 private:
  const Operator<T>& input_;
  Function function_;
};

/// The result of an action that has none.
struct Nothing {};

/// What the jobs of the calling thread are named for cancelling; set by Session::set_job_group.
std::string& current_job_group();

/// Runs an action: function(TaskContext&, partition, const Operator<T>&) -> R on the given partitions.
/// @return R of each, in the order asked for.
template <typename T, typename R, typename Function>
std::vector<R> run_action(const std::shared_ptr<Engine>& engine, const std::shared_ptr<LineageNode>& last,
                          std::string name, Function function, std::vector<std::uint32_t> partitions,
                          const std::source_location& where) {
  using Body = ResultBody<T, R, Function>;
  std::vector<std::vector<std::byte>> encoded(partitions.size());
  std::vector<std::uint32_t> place(last->num_partitions, 0);
  for (std::uint32_t i = 0; i < partitions.size(); ++i) { place[partitions[i]] = i; }

  prepare_lineage(*last);
  JobRequest request;
  request.last = last;
  request.partitions = std::move(partitions);
  request.body = to_function_ref(&Body::make);
  with_call_site(where, [&] { FunctorCodec<Function>::append(request.body_params, function); });
  request.name = std::move(name);
  request.call_site = CallSite::of(where);
  request.group = current_job_group();
  request.on_result = [&](std::uint32_t partition, std::vector<std::byte> result) {
    encoded[place[partition]] = std::move(result);
  };
  engine->run_job(std::move(request));

  std::vector<R> results;
  results.reserve(encoded.size());
  for (auto& bytes : encoded) {
    results.push_back(decode<R>(bytes));
    bytes = {};
  }
  return results;
}

inline std::vector<std::uint32_t> all_partitions(const LineageNode& node) {
  std::vector<std::uint32_t> partitions(node.num_partitions);
  std::iota(partitions.begin(), partitions.end(), 0U);
  return partitions;
}

/// Rules for Composite: what actions do with a partition. Each has call(functions..., context, partition, input) -> R.
namespace actions {

struct CountElements {
  template <typename T>
  std::uint64_t operator()(TaskContext& context, std::uint32_t partition, const Operator<T>& input) const {
    std::uint64_t count = 0;
    for_each_block(input, context, partition, [&](BlockSpan<T> elements) {
      count += elements.size();
      return true;
    });
    return count;
  }
};

/// The first `limit` elements.
struct FirstElements {
  std::uint64_t limit;
  template <typename T>
  std::vector<T> operator()(TaskContext& context, std::uint32_t partition, const Operator<T>& input) const {
    std::vector<T> taken;
    storage::Reservation reservation(context.services().pool);
    std::uint64_t heap_bytes = 0;
    for_each_block(input, context, partition, [&](BlockSpan<T> elements) {
      for (auto& element : elements) {
        if (taken.size() == limit) { return false; }
        heap_bytes += Serde<T>::heap_bytes(element);
        taken.push_back(take_element(element));
      }
      reserve_result(context, reservation, taken.capacity() * sizeof(T) + heap_bytes);
      return taken.size() < limit;
    });
    return taken;
  }

 private:
  static void reserve_result(const TaskContext& context, storage::Reservation& reservation, std::uint64_t num_bytes);
};

struct FoldPartition {
  template <typename Zero, typename Add, typename T>
  static auto call(const Zero& zero, const Add& add, TaskContext& context, std::uint32_t partition,
                   const Operator<T>& input) {
    auto total = zero();
    for_each_block(input, context, partition, [&](BlockSpan<T> elements) {
      for (auto& element : elements) { total = add(std::move(total), take_element(element)); }
      return true;
    });
    return total;
  }
};

struct ReducePartition {
  template <typename F, typename T>
  static std::optional<T> call(const F& function, TaskContext& context, std::uint32_t partition,
                               const Operator<T>& input) {
    std::optional<T> total;
    for_each_block(input, context, partition, [&](BlockSpan<T> elements) {
      for (auto& element : elements) {
        if (total) {
          total = function(std::move(*total), take_element(element));
        } else {
          total.emplace(take_element(element));
        }
      }
      return true;
    });
    return total;
  }
};

/// The `limit` first elements under less, in order. Holds 2 limit elements.
struct SmallestElements {
  template <typename Limit, typename Less, typename T>
  static std::vector<T> call(const Limit& limit, const Less& less, TaskContext& context, std::uint32_t partition,
                             const Operator<T>& input) {
    const std::uint64_t n = limit();
    std::vector<T> heap;  // The largest of the chosen on top.
    if (n == 0) { return heap; }
    for_each_block(input, context, partition, [&](BlockSpan<T> elements) {
      for (auto& element : elements) {
        if (heap.size() < n) {
          heap.push_back(take_element(element));
          std::push_heap(heap.begin(), heap.end(), less);
        } else if (less(std::as_const(element), std::as_const(heap.front()))) {
          std::pop_heap(heap.begin(), heap.end(), less);
          heap.back() = take_element(element);
          std::push_heap(heap.begin(), heap.end(), less);
        }
      }
      return true;
    });
    std::sort_heap(heap.begin(), heap.end(), less);
    return heap;
  }
};

struct ForEachElement {
  template <typename F, typename T>
  static Nothing call(const F& function, TaskContext& context, std::uint32_t partition, const Operator<T>& input) {
    for_each_block(input, context, partition, [&](BlockSpan<T> elements) {
      for (const auto& element : elements) { std::invoke(function, element); }
      return true;
    });
    return {};
  }
};

struct ForEachPartition {
  template <typename F, typename T>
  static Nothing call(const F& function, TaskContext& context, std::uint32_t partition, const Operator<T>& input) {
    PartitionRows<T> rows(input, context, partition);
    std::invoke(function, rows);
    return {};
  }
};

struct CollectStatistics {
  template <typename T>
  Statistics operator()(TaskContext& context, std::uint32_t partition, const Operator<T>& input) const {
    Statistics statistics;
    for_each_block(input, context, partition, [&](BlockSpan<T> elements) {
      for (const auto& element : elements) { statistics.add(static_cast<double>(element)); }
      return true;
    });
    return statistics;
  }
};

}  // namespace actions
}  // namespace hammerscale
