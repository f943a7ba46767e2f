#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "hammerscale/dataset/actions.hpp"
#include "hammerscale/dataset/block_codec.hpp"
#include "hammerscale/dataset/dataset_traits.hpp"
#include "hammerscale/scheduler/gang_context.hpp"

namespace hammerscale {

/// The partitions of a dataset that lie on this executor, as a gang function reads them. Blocks in memory stay pinned
/// there while the object lives, up to half of the budget; the others are read from memory or disk each time. Several
/// threads may read.
template <typename T>
class GangRows {
 public:
  explicit GangRows(GangContext& gang) : manager_(gang.services().blocks), dataset_(gang.dataset()) {
    const std::uint64_t max_pinned_bytes = manager_.pool().budget_bytes() / 2;
    std::uint64_t pinned_bytes = 0;
    for (const auto partition : gang.partitions()) {
      auto block = get(partition);
      const auto num_elements = block->num_elements();
      if (pinned_bytes + block->pool_bytes() > max_pinned_bytes) { block.reset(); }
      if (block) { pinned_bytes += block->pool_bytes(); }
      partitions_.push_back({partition, num_elements, std::move(block)});
    }
  }

  /// Partitions on this executor.
  [[nodiscard]] std::size_t num_local_partitions() const noexcept { return partitions_.size(); }
  /// Number, in the dataset, of the i-th partition here; ascending.
  [[nodiscard]] std::uint32_t partition(std::size_t i) const { return partitions_[i].number; }
  [[nodiscard]] std::uint64_t num_elements(std::size_t i) const { return partitions_[i].num_elements; }
  [[nodiscard]] std::uint64_t num_local_elements() const {
    std::uint64_t total = 0;
    for (const auto& each : partitions_) { total += each.num_elements; }
    return total;
  }

  /// Calls function(BlockSpan<T>) for the i-th partition here, in order.
  template <typename Function>
  void for_each_block(std::size_t i, Function&& function) const {
    const auto block = partitions_[i].pinned ? partitions_[i].pinned : get(partitions_[i].number);
    block->for_each_piece([&](std::span<const std::byte> bytes, std::uint64_t num_elements) {
      return decode_blocks<T>(bytes, num_elements, [&](BlockSpan<T> elements) {
        function(elements);
        return true;
      });
    });
  }
  /// Calls function(element) for all elements here.
  template <typename Function>
  void for_each(Function&& function) const {
    for (std::size_t i = 0; i < partitions_.size(); ++i) {
      for_each_block(i, [&](BlockSpan<T> elements) {
        for (auto& element : elements) { function(take_element(element)); }
      });
    }
  }

 private:
  using BlockPtr = std::shared_ptr<const storage::Block>;
  struct LocalPartition {
    std::uint32_t number = 0;
    std::uint64_t num_elements = 0;
    BlockPtr pinned;  ///< nullptr: asked for at each reading.
  };

  [[nodiscard]] BlockPtr get(std::uint32_t partition) const {
    auto block = manager_.get({dataset_, partition});
    if (!block) {
      throw ResourceError(ErrorCode::kMissingInput, "a cached partition was dropped before the gang read it",
                          {{"partition", std::to_string(partition)}});
    }
    return std::move(*block);
  }

  storage::BlockManager& manager_;
  DatasetId dataset_;
  std::vector<LocalPartition> partitions_;
};

namespace dataset_detail {

/// function(GangContext&, GangRows<T>&) -> R as a GangBody.
template <typename T, typename R, typename Function>
class GangOnRows final : public GangBody {
 public:
  explicit GangOnRows(Function function) : function_(std::move(function)) {}
  std::vector<std::byte> run(GangContext& gang) const override {
    auto function = function_;
    GangRows<T> rows(gang);
    return encode<R>(function(gang, rows));
  }
  static std::unique_ptr<GangBody> make(Reader& params) {
    return std::make_unique<GangOnRows>(FunctorCodec<Function>::read(params));
  }

 private:
  Function function_;
};

/// function(GangContext&) -> R as a GangBody.
template <typename R, typename Function>
class GangAlone final : public GangBody {
 public:
  explicit GangAlone(Function function) : function_(std::move(function)) {}
  std::vector<std::byte> run(GangContext& gang) const override {
    auto function = function_;
    return encode<R>(function(gang));
  }
  static std::unique_ptr<GangBody> make(Reader& params) {
    return std::make_unique<GangAlone>(FunctorCodec<Function>::read(params));
  }

 private:
  Function function_;
};

template <typename R>
std::vector<R> decode_all(const std::vector<std::vector<std::byte>>& encoded) {
  std::vector<R> results;
  results.reserve(encoded.size());
  for (const auto& bytes : encoded) { results.push_back(decode<R>(bytes)); }
  return results;
}

}  // namespace dataset_detail
}  // namespace hammerscale
