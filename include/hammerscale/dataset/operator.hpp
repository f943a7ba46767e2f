#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "hammerscale/dataset/block_span.hpp"
#include "hammerscale/dataset/element_block.hpp"
#include "hammerscale/scheduler/plan.hpp"
#include "hammerscale/scheduler/task_context.hpp"

namespace hammerscale {

/// Receives the elements of a partition, block after block, in order.
template <typename T>
class Sink {
 public:
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  virtual ~Sink() = default;
  /// @return false when it wants no more; the source then stops.
  virtual bool push(BlockSpan<T> block) = 0;
};

/// An operator that makes elements of T. One object serves all tasks of a stage on an executor: run is const and called
/// on several threads.
template <typename T>
class Operator : public OperatorBase {
 public:
  /// Pushes all elements of the partition, or those up to the push that returned false.
  virtual void run(TaskContext& context, std::uint32_t partition, Sink<T>& out) const = 0;
};

/// Strings have two more ways to leave an operator, for consumers that keep few of them: no string is made for each.
template <>
class Operator<std::string> : public OperatorBase {
 public:
  virtual void run(TaskContext& context, std::uint32_t partition, Sink<std::string>& out) const = 0;
  /// As run, with views that last until the push returns. By default those of what run pushes.
  virtual void run_views(TaskContext& context, std::uint32_t partition, Sink<std::string_view>& out) const;
  /// As run, with many elements in one text and a line feed behind each; no element lies in two texts. For scans that
  /// take a line feed for white space. By default the elements of run are copied together.
  virtual void run_joined(TaskContext& context, std::uint32_t partition, Sink<char>& out) const;
};

/// A sink made of a function `bool(BlockSpan<T>)`.
template <typename T, typename Function>
class FunctionSink final : public Sink<T> {
 public:
  explicit FunctionSink(Function function) : function_(std::move(function)) {}
  bool push(BlockSpan<T> block) override { return function_(block); }

 private:
  Function function_;
};

/// Runs the operator and calls `bool(BlockSpan<T>)` for each block.
template <typename T, typename Function>
void for_each_block(const Operator<T>& source, TaskContext& context, std::uint32_t partition, Function function) {
  FunctionSink<T, Function> sink(std::move(function));
  source.run(context, partition, sink);
}

/// Gathers single elements into blocks for a sink.
template <typename T>
class OutputBlock {
 public:
  explicit OutputBlock(Sink<T>& out) : out_(out) {}

  /// @return false when the sink wants no more.
  template <typename... Args>
  bool emplace(Args&&... args) {
    block_.emplace(std::forward<Args>(args)...);
    return !block_.full() || flush();
  }
  template <typename Make>
  bool emplace_with(Make&& make) {
    block_.emplace_with(std::forward<Make>(make));
    return !block_.full() || flush();
  }
  bool flush() {
    if (block_.size() == 0) { return open_; }
    open_ = open_ && out_.push(block_.span());
    block_.clear();
    return open_;
  }
  [[nodiscard]] bool open() const noexcept { return open_; }

 private:
  Sink<T>& out_;
  ElementBlock<T> block_;
  bool open_ = true;
};

/// What functions that make any number of elements call for each: emit(element).
template <typename T>
class Emitter {
 public:
  explicit Emitter(OutputBlock<T>& out) : out_(out) {}
  /// @return false when no more elements are wanted; going on is allowed, and for nothing.
  template <typename U>
  bool operator()(U&& element) {
    return out_.emplace(std::forward<U>(element));
  }

 private:
  OutputBlock<T>& out_;
};

}  // namespace hammerscale
