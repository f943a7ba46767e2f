#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/closure/functor_codec.hpp"
#include "hammerscale/shuffle/key_hash.hpp"
#include "hammerscale/shuffle/range_splitters.hpp"

namespace hammerscale {

/// Places keys on partitions: partitioner(key) -> 0 .. num_partitions() - 1. Travels as a closure.
template <typename P, typename K>
concept Partitioner = requires(const P& partitioner, const K& key) {
  { partitioner(key) } -> std::convertible_to<std::uint32_t>;
  { partitioner.num_partitions() } -> std::convertible_to<std::uint32_t>;
};

/// By hash of the key: even, and equal on every rank and run.
class HashPartitioner {
 public:
  explicit HashPartitioner(std::uint32_t num_partitions) : num_partitions_(num_partitions) {}
  [[nodiscard]] std::uint32_t num_partitions() const noexcept { return num_partitions_; }
  template <typename K>
  std::uint32_t operator()(const K& key) const {
    return of_hash(shuffle::KeyHash{}(key));
  }
  [[nodiscard]] std::uint32_t of_hash(std::uint64_t hash) const noexcept {
    return shuffle::hash_to_partition(hash, num_partitions_);
  }

 private:
  std::uint32_t num_partitions_;
};

/// By order of the key: partition i holds keys between splitters i - 1 and i, so partitions in order are the keys in
/// order. Made by sort_by, or by hand from splitters.
template <typename K>
class RangePartitioner {
 public:
  /// @param splitters  in the given order, no two equal; one partition more than splitters, and at least
  ///                   num_partitions (those beyond stay empty).
  RangePartitioner(std::vector<K> splitters, std::uint32_t num_partitions,
                   shuffle::SortOrder order = shuffle::SortOrder::kAscending)
      : classifier_(std::move(splitters), order),
        num_partitions_(std::max(num_partitions, classifier_.num_partitions())),
        order_(order) {}
  [[nodiscard]] std::uint32_t num_partitions() const noexcept { return num_partitions_; }
  std::uint32_t operator()(const K& key) const { return classifier_.partition_of(key); }
  [[nodiscard]] const shuffle::RangeClassifier<K>& classifier() const noexcept { return classifier_; }
  [[nodiscard]] shuffle::SortOrder order() const noexcept { return order_; }

 private:
  shuffle::RangeClassifier<K> classifier_;
  std::uint32_t num_partitions_;
  shuffle::SortOrder order_;
};

template <typename K>
struct FunctorCodec<RangePartitioner<K>> {
  static constexpr bool kShippable = Serializable<K>;
  static void append(std::vector<std::byte>& out, const RangePartitioner<K>& partitioner) {
    append_encoded(out, partitioner.classifier().splitters());
    append_encoded(out, partitioner.num_partitions());
    append_encoded(out, partitioner.order());
  }
  static RangePartitioner<K> read(Reader& reader) {
    auto splitters = Serde<std::vector<K>>::read(reader);
    const auto num_partitions = Serde<std::uint32_t>::read(reader);
    const auto order = Serde<shuffle::SortOrder>::read(reader);
    return {std::move(splitters), num_partitions, order};
  }
};

/// By a function of the user: function(key) -> 0 .. num_partitions - 1.
template <typename Function>
class FunctionPartitioner {
 public:
  FunctionPartitioner(std::uint32_t num_partitions, Function function)
      : num_partitions_(num_partitions), function_(std::move(function)) {
    require_shippable<Function>();
  }
  [[nodiscard]] std::uint32_t num_partitions() const noexcept { return num_partitions_; }
  /// @throws UserError kInvalidArgument  the function gave a number that is no partition.
  template <typename K>
  std::uint32_t operator()(const K& key) const {
    const auto partition = static_cast<std::uint64_t>(function_(key));
    if (partition >= num_partitions_) { fail(partition); }
    return static_cast<std::uint32_t>(partition);
  }
  [[nodiscard]] const Function& function() const noexcept { return function_; }

 private:
  [[noreturn]] void fail(std::uint64_t partition) const {
    throw UserError(ErrorCode::kInvalidArgument, "a partitioner returned a number that is no partition",
                    {{"partition", std::to_string(partition)}, {"num_partitions", std::to_string(num_partitions_)}});
  }

  std::uint32_t num_partitions_;
  Function function_;
};

template <typename Function>
struct FunctorCodec<FunctionPartitioner<Function>> {
  static constexpr bool kShippable = FunctorCodec<Function>::kShippable;
  static void append(std::vector<std::byte>& out, const FunctionPartitioner<Function>& partitioner) {
    append_encoded(out, partitioner.num_partitions());
    FunctorCodec<Function>::append(out, partitioner.function());
  }
  static FunctionPartitioner<Function> read(Reader& reader) {
    const auto num_partitions = Serde<std::uint32_t>::read(reader);
    return {num_partitions, FunctorCodec<Function>::read(reader)};
  }
};

}  // namespace hammerscale
