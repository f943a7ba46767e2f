#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "hammerscale/dataset/operator.hpp"
#include "hammerscale/shuffle/combine_table.hpp"
#include "hammerscale/shuffle/map_output_writer.hpp"
#include "hammerscale/shuffle/partitioner.hpp"
#include "hammerscale/shuffle/pool_memory_source.hpp"
#include "hammerscale/storage/reservation.hpp"

namespace hammerscale::operators {

/// Row -> partition by a partitioner of its key.
template <typename PartitionerType>
class ByKey {
 public:
  explicit ByKey(PartitionerType partitioner) : partitioner_(std::move(partitioner)) {}
  [[nodiscard]] std::uint32_t num_partitions() const { return partitioner_.num_partitions(); }
  void begin_task(std::uint32_t /*partition*/) {}
  template <typename Row>
  std::uint32_t operator()(const Row& row) {
    return partitioner_(row.first);
  }
  [[nodiscard]] const PartitionerType& partitioner() const noexcept { return partitioner_; }

 private:
  PartitionerType partitioner_;
};

/// Element -> partition by the range of a key made from it.
template <typename K, typename KeyOf>
class ByRange {
 public:
  ByRange(RangePartitioner<K> partitioner, KeyOf key_of)
      : partitioner_(std::move(partitioner)), key_of_(std::move(key_of)) {}
  [[nodiscard]] std::uint32_t num_partitions() const { return partitioner_.num_partitions(); }
  void begin_task(std::uint32_t /*partition*/) {}
  template <typename T>
  std::uint32_t operator()(const T& element) {
    return partitioner_(std::invoke(key_of_, element));
  }
  [[nodiscard]] const RangePartitioner<K>& partitioner() const noexcept { return partitioner_; }
  [[nodiscard]] const KeyOf& key_of() const noexcept { return key_of_; }

 private:
  RangePartitioner<K> partitioner_;
  KeyOf key_of_;
};

/// One element to each partition in turn. Tasks begin at different partitions, so that small inputs spread too.
class RoundRobin {
 public:
  explicit RoundRobin(std::uint32_t num_partitions) : num_partitions_(num_partitions) {}
  [[nodiscard]] std::uint32_t num_partitions() const { return num_partitions_; }
  void begin_task(std::uint32_t partition) {
    next_ = shuffle::hash_to_partition(shuffle::KeyHash{}(partition), num_partitions_);
  }
  template <typename T>
  std::uint32_t operator()(const T& /*element*/) {
    const auto partition = next_;
    next_ = next_ + 1 == num_partitions_ ? 0 : next_ + 1;
    return partition;
  }

 private:
  std::uint32_t num_partitions_;
  std::uint32_t next_ = 0;
};

}  // namespace hammerscale::operators

namespace hammerscale {

template <typename P>
struct FunctorCodec<operators::ByKey<P>> {
  static constexpr bool kShippable = FunctorCodec<P>::kShippable;
  static void append(std::vector<std::byte>& out, const operators::ByKey<P>& by) {
    FunctorCodec<P>::append(out, by.partitioner());
  }
  static operators::ByKey<P> read(Reader& reader) { return operators::ByKey<P>(FunctorCodec<P>::read(reader)); }
};

template <typename K, typename KeyOf>
struct FunctorCodec<operators::ByRange<K, KeyOf>> {
  static constexpr bool kShippable = FunctorCodec<KeyOf>::kShippable && Serializable<K>;
  static void append(std::vector<std::byte>& out, const operators::ByRange<K, KeyOf>& by) {
    FunctorCodec<RangePartitioner<K>>::append(out, by.partitioner());
    FunctorCodec<KeyOf>::append(out, by.key_of());
  }
  static operators::ByRange<K, KeyOf> read(Reader& reader) {
    auto partitioner = FunctorCodec<RangePartitioner<K>>::read(reader);
    return {std::move(partitioner), FunctorCodec<KeyOf>::read(reader)};
  }
};

}  // namespace hammerscale

namespace hammerscale::operators {

/// Hands a finished map output to the executor's store.
void store_map_output(TaskContext& context, ShuffleId shuffle, std::uint32_t partition,
                      shuffle::MapOutputWriter& writer);

/// Grows the reservation, in steps of 1 MiB, to what the entries of a table hold on the heap.
/// @return false when that would pass the limit, or the pool is short.
inline bool reserve_heap(storage::Reservation& heap, std::uint64_t heap_bytes, std::uint64_t limit) {
  if (heap_bytes <= heap.bytes()) { return true; }
  return heap_bytes <= limit && heap.try_grow(heap_bytes - heap.bytes() + (std::uint64_t{1} << 20));
}

template <typename T>
shuffle::MapOutputWriter make_writer(TaskContext& context, std::uint32_t num_partitions) {
  return {context.services().pool, context.services().spill_file, num_partitions, context.memory_share(),
          is_bitwise_v<T> ? sizeof(T) : 0};
}

/// Map side of a shuffle that only moves elements: each goes to the partition that PartitionOf says.
template <typename T, typename PartitionOf>
class ShuffleWrite final : public TaskBody {
 public:
  ShuffleWrite(Reader& params, OperatorBase& last)
      : input_(static_cast<const Operator<T>&>(last)),
        shuffle_(Serde<ShuffleId>::read(params)),
        partition_of_(FunctorCodec<PartitionOf>::read(params)) {}

  std::vector<std::byte> run(TaskContext& context, std::uint32_t partition) const override {
    auto partition_of = partition_of_;
    partition_of.begin_task(partition);
    auto writer = make_writer<T>(context, partition_of.num_partitions());
    for_each_block(input_, context, partition, [&](BlockSpan<T> elements) {
      if constexpr (is_bitwise_v<T>) {
        shuffle::scatter_rows(
            elements, partition_of, writer.cursors(),
            [&](std::uint32_t p, shuffle::ScatterCursor& cursor, std::size_t n) { writer.refill(p, cursor, n); });
      } else {
        for (const T& element : elements) { writer.append(partition_of(element), element); }
      }
      return true;
    });
    store_map_output(context, shuffle_, partition, writer);
    return {};
  }

  static std::unique_ptr<TaskBody> make(Reader& params, OperatorBase& last) {
    return std::make_unique<ShuffleWrite>(params, last);
  }

 private:
  const Operator<T>& input_;
  ShuffleId shuffle_;
  PartitionOf partition_of_;
};

/// The three functions of combine_by_key as they travel.
template <typename V, typename C, typename Create, typename MergeValue, typename MergeCombiners>
struct Aggregation {
  using Value = V;
  using Combiner = C;
  Create create;                    ///< V -> C
  MergeValue merge_value;           ///< (C&, V), adds to the first
  MergeCombiners merge_combiners;   ///< (C&, C), adds to the first

  void append(std::vector<std::byte>& out) const {
    FunctorCodec<Create>::append(out, create);
    FunctorCodec<MergeValue>::append(out, merge_value);
    FunctorCodec<MergeCombiners>::append(out, merge_combiners);
  }
  static Aggregation read(Reader& reader) {
    auto first = FunctorCodec<Create>::read(reader);
    auto second = FunctorCodec<MergeValue>::read(reader);
    auto third = FunctorCodec<MergeCombiners>::read(reader);
    return {std::move(first), std::move(second), std::move(third)};
  }
};

/// Rows of an aggregation by key that are pairs.
template <typename K, typename V>
class PairRows {
 public:
  explicit PairRows(const OperatorBase& last) : input_(static_cast<const Operator<std::pair<K, V>>&>(last)) {}

  /// Some rows. A key or value is taken once.
  class Block {
   public:
    explicit Block(BlockSpan<std::pair<K, V>> rows) : rows_(rows) {}
    [[nodiscard]] std::size_t size() const noexcept { return rows_.size(); }
    const K& key(std::size_t i) const { return rows_[i].first; }
    K take_key(std::size_t i) const { return take_element(rows_[i].first); }
    decltype(auto) take_value(std::size_t i) const { return take_element(rows_[i].second); }
    [[nodiscard]] std::size_t key_heap_bytes(std::size_t i) const { return Serde<K>::heap_bytes(rows_[i].first); }

   private:
    BlockSpan<std::pair<K, V>> rows_;
  };

  /// Calls bool(Block).
  template <typename Function>
  void for_each(TaskContext& context, std::uint32_t partition, Function&& function) const {
    for_each_block(input_, context, partition,
                   [&](BlockSpan<std::pair<K, V>> rows) { return function(Block(rows)); });
  }

 private:
  const Operator<std::pair<K, V>>& input_;
};

/// Rows of an aggregation that counts elements: each is a key with the value 1. Strings are only seen as views.
template <typename K>
class CountedElements {
 public:
  static constexpr bool kSeesViews = std::is_same_v<K, std::string>;
  using Seen = std::conditional_t<kSeesViews, std::string_view, K>;

  explicit CountedElements(const OperatorBase& last) : input_(static_cast<const Operator<K>&>(last)) {}

  class Block {
   public:
    explicit Block(BlockSpan<Seen> elements) : elements_(elements) {}
    [[nodiscard]] std::size_t size() const noexcept { return elements_.size(); }
    const Seen& key(std::size_t i) const { return elements_[i]; }
    K take_key(std::size_t i) const { return K(take_element(elements_[i])); }
    [[nodiscard]] std::int64_t take_value(std::size_t /*i*/) const { return 1; }
    [[nodiscard]] std::size_t key_heap_bytes(std::size_t i) const {
      if constexpr (kSeesViews) {
        return Serde<std::string>::heap_bytes_of_size(elements_[i].size());
      } else {
        return Serde<K>::heap_bytes(elements_[i]);
      }
    }

   private:
    BlockSpan<Seen> elements_;
  };

  template <typename Function>
  void for_each(TaskContext& context, std::uint32_t partition, Function&& function) const {
    const auto take = [&](BlockSpan<Seen> elements) { return function(Block(elements)); };
    FunctionSink<Seen, decltype(take)> sink(take);
    if constexpr (kSeesViews) {
      input_.run_views(context, partition, sink);
    } else {
      input_.run(context, partition, sink);
    }
  }

 private:
  const Operator<K>& input_;
};

/// Map side of an aggregation by key: combines values of equal keys before they travel. When the table is full, its
/// entries leave and it starts anew. Where keys hardly repeat, combining stops and rows pass through.
template <typename K, typename PartitionerType, typename AggregationType,
          typename Rows = PairRows<K, typename AggregationType::Value>>
class CombineWrite final : public TaskBody {
 public:
  using C = typename AggregationType::Combiner;

  CombineWrite(Reader& params, OperatorBase& last)
      : rows_(last),
        shuffle_(Serde<ShuffleId>::read(params)),
        partitioner_(FunctorCodec<PartitionerType>::read(params)),
        aggregation_(AggregationType::read(params)) {}

  std::vector<std::byte> run(TaskContext& context, std::uint32_t partition) const override {
    auto aggregation = aggregation_;
    auto writer = make_writer<std::pair<K, C>>(context, partitioner_.num_partitions());
    shuffle::PoolMemorySource memory(context.services().pool, context.memory_share());
    shuffle::CombineTable<K, C> table(memory);
    storage::Reservation heap(context.services().pool);
    std::uint64_t heap_bytes = 0;
    std::uint64_t num_rows = 0;
    bool combining = true;

    const auto flush = [&] {
      table.drain_with_hash([&](std::uint64_t hash, K&& key, C&& value) {
        writer.append(partition_of(key, hash), std::pair<K, C>(std::move(key), std::move(value)));
      });
      heap_bytes = 0;
      heap.shrink_to(0);
    };

    const auto heap_fits = [&] {
      const std::uint64_t share = context.memory_share();
      if (reserve_heap(heap, heap_bytes, share)) { return true; }
      heap_bytes = 0;
      table.for_each([&](const K& key, const C& value) {
        heap_bytes += Serde<K>::heap_bytes(key) + Serde<C>::heap_bytes(value);
      });
      // Near the limit every block would be counted again.
      return heap_bytes <= share / 2 && reserve_heap(heap, heap_bytes, share);
    };

    rows_.for_each(context, partition, [&](const auto& rows) {
      std::size_t begin = 0;
      while (combining && begin < rows.size()) {
        const std::size_t first = begin;
        begin += table.upsert_block(
            rows.size() - first, [&](std::size_t i) -> decltype(auto) { return rows.key(first + i); },
            [&](std::size_t i) {
              C made = aggregation.create(rows.take_value(first + i));
              heap_bytes += rows.key_heap_bytes(first + i) + Serde<C>::heap_bytes(made);
              return made;
            },
            [&](C& value, std::size_t i) {
              auto&& taken = rows.take_value(first + i);
              // Combiners on the heap may grow by the value and room for another; heap_fits corrects the estimate.
              if constexpr (!is_bitwise_v<C>) {
                using Taken = std::remove_cvref_t<decltype(taken)>;
                heap_bytes += Serde<Taken>::heap_bytes(taken) + 2 * sizeof(Taken);
              }
              aggregation.merge_value(value, std::forward<decltype(taken)>(taken));
            });
        if (begin < rows.size() || !heap_fits()) { flush(); }
      }
      for (; begin < rows.size(); ++begin) {
        const auto hash = shuffle::KeyHash{}(rows.key(begin));
        K key = rows.take_key(begin);
        const auto to = partition_of(key, hash);
        writer.append(to, std::pair<K, C>(std::move(key), aggregation.create(rows.take_value(begin))));
      }
      num_rows += rows.size();
      if (combining && num_rows >= kRowsBeforeJudging && num_rows - rows.size() < kRowsBeforeJudging &&
          static_cast<double>(table.size()) > kLeastUsefulRatio * static_cast<double>(num_rows)) {
        combining = false;
        flush();
        table.release();
      }
      return true;
    });
    flush();
    store_map_output(context, shuffle_, partition, writer);
    return {};
  }

  static std::unique_ptr<TaskBody> make(Reader& params, OperatorBase& last) {
    return std::make_unique<CombineWrite>(params, last);
  }

 private:
  // Enough rows to see how often keys repeat, few enough to cost nothing where they do not.
  static constexpr std::uint64_t kRowsBeforeJudging = 1 << 18;
  // Building an entry costs about four times as much as writing a row, so one key in ten must repeat.
  static constexpr double kLeastUsefulRatio = 0.9;

  std::uint32_t partition_of(const K& key, std::uint64_t hash) const {
    if constexpr (std::is_same_v<PartitionerType, HashPartitioner>) {
      return partitioner_.of_hash(hash);
    } else {
      return partitioner_(key);
    }
  }

  Rows rows_;
  ShuffleId shuffle_;
  PartitionerType partitioner_;
  AggregationType aggregation_;
};

}  // namespace hammerscale::operators
