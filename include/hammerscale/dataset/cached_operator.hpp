#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "hammerscale/dataset/block_codec.hpp"
#include "hammerscale/dataset/operator.hpp"

namespace hammerscale {

/// Streams the elements of a stored block to a sink.
template <typename T>
void stream_block(const storage::Block& block, TaskContext& context, Sink<T>& out) {
  block.for_each_piece([&](std::span<const std::byte> bytes, std::uint64_t num_elements) {
    context.metrics().rows_read += num_elements;
    return decode_blocks<T>(bytes, num_elements, [&](BlockSpan<T> elements) {
      context.throw_if_cancelled();
      return out.push(elements);
    });
  });
}

/// A dataset that is cached: reads the partition's block where it lies here, else computes the partition and stores it
/// on the way. A block that does not fit in memory goes to disk; with kMemoryOnly it is not stored, and its partition
/// is computed again the next time.
template <typename T>
class CachedOperator final : public Operator<T> {
 public:
  CachedOperator(std::unique_ptr<Operator<T>> input, DatasetId dataset, storage::StorageLevel level)
      : input_(std::move(input)), dataset_(dataset), level_(level) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<T>& out) const override {
    auto& blocks = context.services().blocks;
    const storage::BlockId id{dataset_, partition};
    if (const auto block = blocks.get(id)) {
      stream_block(**block, context, out);
      return;
    }
    const storage::BlockManager::BuildScope scope(dataset_);
    std::optional<BlockEncoder<T>> encoder(std::in_place, blocks, level_);
    bool open = true;
    for_each_block(*input_, context, partition, [&](BlockSpan<T> elements) {
      if (encoder && !encoder->append(elements)) { encoder.reset(); }
      // A reader that has seen enough does not end the caching of the rest.
      open = open && out.push(elements);
      return open || encoder.has_value();
    });
    if (!encoder) { return; }
    blocks.put(id, encoder->seal(), level_);
    context.note_cached(dataset_, partition);
  }

 private:
  std::unique_ptr<Operator<T>> input_;
  DatasetId dataset_;
  storage::StorageLevel level_;
};

/// OperatorFactory of Op, which has `using Element` and is made from an OperatorInit. Datasets that are cached get
/// their CachedOperator around it.
template <typename Op>
std::unique_ptr<OperatorBase> make_operator(const OperatorInit& init) {
  auto made = std::make_unique<Op>(init);
  if (!init.node.storage_level) { return made; }
  return std::make_unique<CachedOperator<typename Op::Element>>(std::move(made), init.node.dataset,
                                                                *init.node.storage_level);
}

}  // namespace hammerscale
