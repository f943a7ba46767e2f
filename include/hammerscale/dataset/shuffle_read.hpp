#pragma once

#include <cstdint>
#include <memory>
#include <utility>

#include "hammerscale/dataset/block_codec.hpp"
#include "hammerscale/dataset/narrow_operators.hpp"
#include "hammerscale/shuffle/shuffle_input.hpp"

namespace hammerscale::operators {

/// Calls `bool(BlockSpan<T>)` for all elements of a shuffle input, in its order.
template <typename T, typename Function>
void for_each_shuffled(shuffle::ShuffleInput& input, TaskContext& context, Function&& function) {
  bool open = true;
  input.for_each([&](std::span<const std::byte> bytes, std::uint64_t num_elements) {
    if (!open) { return; }
    context.throw_if_cancelled();
    context.metrics().shuffle_bytes_read += bytes.size();
    open = decode_blocks<T>(bytes, num_elements, function);
  });
}

/// The elements that a shuffle brought to a partition.
template <typename T>
class ShuffleRead final : public Operator<T> {
 public:
  using Element = T;
  explicit ShuffleRead(const OperatorInit& init) : shuffle_(init.node.shuffles.at(0)) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<T>& out) const override {
    auto input = context.open_shuffle(shuffle_, partition);
    for_each_shuffled<T>(input, context, [&](BlockSpan<T> elements) { return out.push(elements); });
  }

 private:
  ShuffleId shuffle_;
};

/// Rows of one side of a join or cogroup: what a shuffle brought, or a partition of an input that is partitioned alike
/// already.
template <typename Row>
class KeyedInput {
 public:
  KeyedInput(const OperatorInit& init, bool shuffled, std::size_t index) {
    if (shuffled) {
      shuffle_ = init.node.shuffles.at(index);
    } else {
      input_ = &input_of<Row>(init, index);
    }
  }

  /// Calls `bool(BlockSpan<Row>)`.
  template <typename Function>
  void for_each(TaskContext& context, std::uint32_t partition, Function&& function) const {
    if (input_ != nullptr) {
      for_each_block(*input_, context, partition, std::forward<Function>(function));
      return;
    }
    auto rows = context.open_shuffle(shuffle_, partition);
    for_each_shuffled<Row>(rows, context, function);
  }

 private:
  ShuffleId shuffle_;
  const Operator<Row>* input_ = nullptr;
};

/// Sorts the inputs of a two-sided operator into inputs and shuffles: params begin with one flag a side, set where the
/// side is shuffled.
struct SidesInit {
  explicit SidesInit(const OperatorInit& init)
      : left_shuffled(Serde<bool>::read(init.params)), right_shuffled(Serde<bool>::read(init.params)) {}
  bool left_shuffled;
  bool right_shuffled;
  [[nodiscard]] std::size_t right_index() const { return left_shuffled == right_shuffled ? 1 : 0; }
};

}  // namespace hammerscale::operators
