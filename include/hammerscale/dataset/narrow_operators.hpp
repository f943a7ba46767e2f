#pragma once

#include <concepts>
#include <cstdint>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

#include "hammerscale/base/counter_random.hpp"
#include "hammerscale/closure/functor_codec.hpp"
#include "hammerscale/dataset/cached_operator.hpp"
#include "hammerscale/dataset/operator.hpp"

namespace hammerscale::operators {

/// The typed input of an operator.
template <typename T>
const Operator<T>& input_of(const OperatorInit& init, std::size_t index = 0) {
  return static_cast<const Operator<T>&>(*init.inputs[index]);
}

/// An operator with one input of T that makes elements of U. Each writes its loop over the elements of a block itself:
/// a shared one that calls a function for every element measured 1.4 times slower.
template <typename T, typename U>
class UnaryOperator : public Operator<U> {
 public:
  using Element = U;

 protected:
  explicit UnaryOperator(const OperatorInit& init) : input_(input_of<T>(init)) {}

  const Operator<T>& input_;
};

/// A UnaryOperator with one function of the user's. Tasks copy it, so that a mutable one has no races.
template <typename T, typename U, typename Function>
class FunctionOperator : public UnaryOperator<T, U> {
 protected:
  explicit FunctionOperator(const OperatorInit& init)
      : UnaryOperator<T, U>(init), function_(FunctorCodec<Function>::read(init.params)) {}

  Function function_;
};

template <typename T, typename U, typename Function>
class Map final : public FunctionOperator<T, U, Function> {
 public:
  explicit Map(const OperatorInit& init) : FunctionOperator<T, U, Function>(init) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<U>& out) const override {
    Function function = this->function_;
    OutputBlock<U> block(out);
    for_each_block(this->input_, context, partition, [&](BlockSpan<T> elements) {
      for (auto& element : elements) {
        if (!block.emplace_with([&]() -> U { return std::invoke(function, take_element(element)); })) { return false; }
      }
      return true;
    });
    block.flush();
  }
};

/// Elements for which Predicate(const T&) is true.
template <typename T, typename Predicate>
class Filter final : public FunctionOperator<T, T, Predicate> {
 public:
  explicit Filter(const OperatorInit& init) : FunctionOperator<T, T, Predicate>(init) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<T>& out) const override {
    Predicate predicate = this->function_;
    OutputBlock<T> block(out);
    for_each_block(this->input_, context, partition, [&](BlockSpan<T> elements) {
      for (auto& element : elements) {
        if (std::invoke(predicate, std::as_const(element)) && !block.emplace(take_element(element))) { return false; }
      }
      return true;
    });
    block.flush();
  }
};

/// Function(T) -> range of U, or Function(T, Emitter<U>&).
template <typename T, typename U, typename Function>
class FlatMap final : public FunctionOperator<T, U, Function> {
 public:
  explicit FlatMap(const OperatorInit& init) : FunctionOperator<T, U, Function>(init) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<U>& out) const override {
    Function function = this->function_;
    OutputBlock<U> block(out);
    Emitter<U> emit(block);
    for_each_block(this->input_, context, partition, [&](BlockSpan<T> elements) {
      for (auto& element : elements) {
        if constexpr (std::invocable<Function&, decltype(take_element(element)), Emitter<U>&>) {
          std::invoke(function, take_element(element), emit);
          if (!block.open()) { return false; }
        } else {
          // The element stays alive while the range is walked, so the range may be a view of it.
          auto&& range = std::invoke(function, std::as_const(element));
          for (auto&& made : range) {
            if (!block.emplace(std::forward<decltype(made)>(made))) { return false; }
          }
        }
      }
      return true;
    });
    block.flush();
  }
};

}  // namespace hammerscale::operators

namespace hammerscale {

/// The elements of one partition, as a function of map_partitions gets them.
template <typename T>
class PartitionRows {
 public:
  PartitionRows(const Operator<T>& input, TaskContext& context, std::uint32_t partition)
      : input_(input), context_(context), partition_(partition) {}

  /// Calls function(element), or function(element) -> bool, where false ends the walk. Once.
  template <typename Function>
  void for_each(Function function) {
    for_each_block(input_, context_, partition_, [&](BlockSpan<T> elements) {
      for (auto& element : elements) {
        if constexpr (std::same_as<std::invoke_result_t<Function&, decltype(take_element(element))>, bool>) {
          if (!function(take_element(element))) { return false; }
        } else {
          function(take_element(element));
        }
      }
      return true;
    });
  }

 private:
  const Operator<T>& input_;
  TaskContext& context_;
  std::uint32_t partition_;
};

}  // namespace hammerscale

namespace hammerscale::operators {

/// Function(std::uint32_t partition, PartitionRows<T>&, Emitter<U>&).
template <typename T, typename U, typename Function>
class MapPartitionsWithIndex final : public FunctionOperator<T, U, Function> {
 public:
  explicit MapPartitionsWithIndex(const OperatorInit& init) : FunctionOperator<T, U, Function>(init) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<U>& out) const override {
    Function function = this->function_;
    OutputBlock<U> block(out);
    Emitter<U> emit(block);
    PartitionRows<T> rows(this->input_, context, partition);
    std::invoke(function, partition, rows, emit);
    block.flush();
  }
};

/// The inputs' partitions one after the other: partition numbers of the second input start behind those of the first.
template <typename T>
class Union final : public Operator<T> {
 public:
  using Element = T;
  explicit Union(const OperatorInit& init) : first_partition_(Serde<std::vector<std::uint32_t>>::read(init.params)) {
    for (std::size_t i = 0; i < init.inputs.size(); ++i) { inputs_.push_back(&input_of<T>(init, i)); }
  }

  void run(TaskContext& context, std::uint32_t partition, Sink<T>& out) const override {
    std::size_t input = inputs_.size() - 1;
    while (first_partition_[input] > partition) { --input; }
    inputs_[input]->run(context, partition - first_partition_[input], out);
  }

 private:
  std::vector<const Operator<T>*> inputs_;
  std::vector<std::uint32_t> first_partition_;
};

/// Several partitions of the input one after the other as one.
template <typename T>
class Coalesce final : public UnaryOperator<T, T> {
 public:
  explicit Coalesce(const OperatorInit& init)
      : UnaryOperator<T, T>(init), begin_(Serde<std::vector<std::uint32_t>>::read(init.params)) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<T>& out) const override {
    bool open = true;
    for (std::uint32_t p = begin_[partition]; open && p < begin_[partition + 1]; ++p) {
      for_each_block(this->input_, context, p, [&](BlockSpan<T> elements) { return open = out.push(elements); });
    }
  }

 private:
  std::vector<std::uint32_t> begin_;  // Partition p joins the input's begin_[p] .. begin_[p + 1] - 1.
};

/// Each element with its number among all elements of the dataset.
template <typename T>
class ZipWithIndex final : public UnaryOperator<T, std::pair<T, std::int64_t>> {
 public:
  using Element = std::pair<T, std::int64_t>;
  explicit ZipWithIndex(const OperatorInit& init)
      : UnaryOperator<T, Element>(init), first_index_(Serde<std::vector<std::uint64_t>>::read(init.params)) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<Element>& out) const override {
    OutputBlock<Element> block(out);
    auto index = static_cast<std::int64_t>(first_index_[partition]);
    for_each_block(this->input_, context, partition, [&](BlockSpan<T> elements) {
      for (auto& element : elements) {
        if (!block.emplace(take_element(element), index++)) { return false; }
      }
      return true;
    });
    block.flush();
  }

 private:
  std::vector<std::uint64_t> first_index_;
};

/// Elements chosen by draws that are keyed by (seed, number of the element in the dataset), so that the choice does not
/// depend on partitions or ranks.
template <typename T>
class Sample final : public UnaryOperator<T, T> {
 public:
  struct Options {
    double fraction = 0;
    std::uint64_t seed = 0;
    bool with_replacement = false;
  };
  explicit Sample(const OperatorInit& init)
      : UnaryOperator<T, T>(init),
        options_(Serde<Options>::read(init.params)),
        first_index_(Serde<std::vector<std::uint64_t>>::read(init.params)) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<T>& out) const override {
    OutputBlock<T> block(out);
    auto index = first_index_[partition];
    for_each_block(this->input_, context, partition, [&](BlockSpan<T> elements) {
      for (auto& element : elements) {
        CounterRandom random(options_.seed, index++);
        if (options_.with_replacement) {
          for (auto copies = random.poisson(options_.fraction); copies > 0; --copies) {
            if (!block.emplace(std::as_const(element))) { return false; }
          }
        } else if (random.uniform() < options_.fraction) {
          if (!block.emplace(take_element(element))) { return false; }
        }
      }
      return true;
    });
    block.flush();
  }

 private:
  Options options_;
  std::vector<std::uint64_t> first_index_;
};

}  // namespace hammerscale::operators
