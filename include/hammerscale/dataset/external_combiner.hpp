#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/dataset/shuffle_read.hpp"
#include "hammerscale/dataset/shuffle_write.hpp"
#include "hammerscale/shuffle/spill_run.hpp"

namespace hammerscale::operators {

/// Combines rows of equal keys in a table, and with the help of the spill file when the table does not fit: the entries
/// are then put aside in 16 runs by further bits of their hash, and each run is combined by itself in the end, again
/// with 16 runs of its own if need be.
///
/// Work  O(rows), and one write and read of the rows for each level of recursion.
template <typename K, typename C, typename Merge>
class ExternalCombiner {
 public:
  using Row = std::pair<K, C>;

  ExternalCombiner(TaskContext& context, const Merge& merge, std::uint32_t level = 0)
      : context_(context),
        merge_(merge),
        level_(level),
        memory_(context.services().pool, context.memory_share()),
        table_(memory_),
        heap_(context.services().pool) {}

  void add(BlockSpan<Row> rows) {
    std::size_t begin = 0;
    while (begin < rows.size()) {
      const auto rest = rows.subspan(begin);
      const auto taken = table_.upsert_block(
          rest.size(), [&](std::size_t i) -> decltype(auto) { return (rest[i].first); },
          [&](std::size_t i) {
            heap_bytes_ += Serde<K>::heap_bytes(rest[i].first) + Serde<C>::heap_bytes(rest[i].second);
            return C(take_element(rest[i].second));
          },
          [&](C& value, std::size_t i) {
            // Only values on the heap can grow when they merge: by what the argument held, and as much again for room
            // to grow. heap_fits() corrects the estimate when it matters.
            heap_bytes_ += 2 * Serde<C>::heap_bytes(rest[i].second);
            merge_(value, take_element(rest[i].second));
          });
      begin += taken;
      if (begin == rows.size() && heap_fits()) { break; }
      spill_table();
    }
  }

  /// Adds one value to a key's combiner; make_value() gives that of a new key.
  template <typename MakeValue, typename Combine>
  void upsert(const K& key, std::uint64_t num_heap_bytes, MakeValue&& make_value, Combine&& combine) {
    const auto hash = table_.hash_of(key);
    while (table_.upsert(key, hash, make_value, combine) == nullptr) { spill_table(); }
    heap_bytes_ += num_heap_bytes;
    if (!heap_fits()) { spill_table(); }
  }

  /// Hands out the combined rows; the combiner is of no more use.
  /// @return false when the sink wanted no more.
  bool finish(OutputBlock<Row>& out) {
    if (runs_.empty()) {
      table_.drain([&](K&& key, C&& value) {
        if (out.open()) { out.emplace(std::move(key), std::move(value)); }
      });
      table_.release();
      heap_.shrink_to(0);
      return out.open();
    }
    spill_table();
    table_.release();
    for (auto& run : runs_) { run.flush(); }
    for (auto& run : runs_) {
      ExternalCombiner part(context_, merge_, level_ + 1);
      shuffle::SpillRunReader reader(run);
      explain_lack_of_memory([&] {
        storage::Reservation decoded(context_.services().pool);
        while (const auto frame = reader.next()) {
          context_.throw_if_cancelled();
          // A row longer than a frame is there twice while it is decoded, which small ones hardly notice.
          const std::uint64_t extra_bytes = frame->first.size() > kFrameBytes ? frame->first.size() : 0;
          decoded.shrink_to(extra_bytes);
          if (extra_bytes > decoded.bytes() && !decoded.try_grow(extra_bytes - decoded.bytes())) {
            fail("the values of one key do not fit");
          }
          decode_blocks<Row>(frame->first, frame->second, [&](BlockSpan<Row> rows) {
            part.add(rows);
            return true;
          });
        }
      });
      run.release();
      if (!part.finish(out)) { return false; }
    }
    return true;
  }

 private:
  static constexpr std::uint32_t kRunBits = 4;
  static constexpr std::size_t kFrameBytes = std::size_t{1} << 16;
  // 16^7 shares of one partition: what still does not fit is one key, or a hash without variety.
  static constexpr std::uint32_t kDeepestLevel = 7;

  bool heap_fits() {
    const std::uint64_t share = context_.memory_share();
    if (reserve_heap(heap_, heap_bytes_, share)) { return true; }
    heap_bytes_ = counted_heap_bytes();
    // Near the limit every block would be counted again; so what is above half of it leaves.
    if (heap_bytes_ <= share / 2) { return reserve_heap(heap_, heap_bytes_, share); }
    // The values of one key cannot be spread over runs; they may grow as far as the budget goes.
    // Three times, because a vector that grows holds its old memory and twice as much for a moment.
    return table_.size() == 1 && reserve_heap(heap_, 3 * heap_bytes_, UINT64_MAX);
  }

  [[nodiscard]] std::uint64_t counted_heap_bytes() const {
    std::uint64_t total = 0;
    table_.for_each([&](const K& key, const C& value) {
      total += Serde<K>::heap_bytes(key) + Serde<C>::heap_bytes(value);
    });
    return total;
  }

  void spill_table() {
    if (table_.empty()) {
      if (memory_.held_bytes() == 0 && heap_bytes_ == 0) { fail("not even the smallest table fits"); }
      return;
    }
    // One key alone on the second level met no other of its hash on two; writing it out again would not help.
    const bool is_one_key = table_.size() == 1 && heap_bytes_ > context_.memory_share() / 2;
    if (level_ == kDeepestLevel || (level_ >= 2 && is_one_key)) { fail("the values of one key do not fit"); }
    if (runs_.empty()) {
      for (std::uint32_t i = 0; i < (1U << kRunBits); ++i) {
        runs_.emplace_back(context_.services().pool, context_.services().spill_file, kFrameBytes);
      }
    }
    explain_lack_of_memory([&] {
      table_.drain_with_hash([&](std::uint64_t hash, K&& key, C&& value) {
        const Row row(std::move(key), std::move(value));
        context_.metrics().spill_bytes += Serde<Row>::size(row);
        runs_[shuffle::hash_to_sub_partition(hash, level_, kRunBits)].append(row);
      });
    });
    heap_bytes_ = 0;
    heap_.shrink_to(0);
  }

  /// Runs and their readers hold whole rows. Where the budget has no room for one, its values are too many.
  template <typename Function>
  void explain_lack_of_memory(Function function) const {
    try {
      function();
    } catch (const ResourceError& error) {
      if (error.code() != ErrorCode::kOutOfMemory) { throw; }
      fail("the values of one key do not fit");
    }
  }

  [[noreturn]] void fail(const char* why) const {
    throw ResourceError(ErrorCode::kOutOfMemory, "an aggregation by key does not fit the memory budget",
                        {{"reason", why},
                         {"share_bytes", std::to_string(context_.memory_share())},
                         {"hint", "raise --memory or use reduce_by_key, which needs one value a key"}});
  }

  TaskContext& context_;
  Merge merge_;
  std::uint32_t level_;
  shuffle::PoolMemorySource memory_;
  shuffle::CombineTable<K, C> table_;
  storage::Reservation heap_;
  std::uint64_t heap_bytes_ = 0;
  std::vector<shuffle::SpillRun> runs_;
};

/// Estimate of the heap memory that one more value adds to a table of combiners: nothing where combiners have none.
template <typename K, typename V, typename C>
std::uint64_t grown_heap_bytes(const K& key, const V& value) {
  if constexpr (is_bitwise_v<C>) {
    return Serde<K>::heap_bytes(key);
  } else {
    return Serde<K>::heap_bytes(key) + Serde<V>::heap_bytes(value) + 24 + 2 * sizeof(V);
  }
}

/// Reduce side of an aggregation by key.
template <typename K, typename C, typename Merge>
class CombineRead final : public Operator<std::pair<K, C>> {
 public:
  using Element = std::pair<K, C>;
  explicit CombineRead(const OperatorInit& init)
      : shuffle_(init.node.shuffles.at(0)), merge_(FunctorCodec<Merge>::read(init.params)) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<Element>& out) const override {
    ExternalCombiner<K, C, Merge> combiner(context, merge_);
    auto input = context.open_shuffle(shuffle_, partition);
    for_each_shuffled<Element>(input, context, [&](BlockSpan<Element> rows) {
      combiner.add(rows);
      return true;
    });
    OutputBlock<Element> block(out);
    combiner.finish(block);
    block.flush();
  }

 private:
  ShuffleId shuffle_;
  Merge merge_;
};

/// Aggregation by key where the input is partitioned by the key already: no rows move.
template <typename K, typename AggregationType>
class CombineInPlace final : public Operator<std::pair<K, typename AggregationType::Combiner>> {
 public:
  using V = typename AggregationType::Value;
  using C = typename AggregationType::Combiner;
  using Element = std::pair<K, C>;
  using Merge = decltype(AggregationType::merge_combiners);
  explicit CombineInPlace(const OperatorInit& init)
      : input_(input_of<std::pair<K, V>>(init)), aggregation_(AggregationType::read(init.params)) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<Element>& out) const override {
    auto aggregation = aggregation_;
    ExternalCombiner<K, C, Merge> combiner(context, aggregation.merge_combiners);
    for_each_block(input_, context, partition, [&](BlockSpan<std::pair<K, V>> rows) {
      for (auto& row : rows) {
        combiner.upsert(
            row.first, grown_heap_bytes<K, V, C>(row.first, row.second),
            [&] { return C(aggregation.create(take_element(row.second))); },
            [&](C& value) { aggregation.merge_value(value, take_element(row.second)); });
      }
      return true;
    });
    OutputBlock<Element> block(out);
    combiner.finish(block);
    block.flush();
  }

 private:
  const Operator<std::pair<K, V>>& input_;
  AggregationType aggregation_;
};

/// Both sides' values of each key: cogroup.
template <typename K, typename V, typename W>
class CoGroup final : public Operator<std::pair<K, std::pair<std::vector<V>, std::vector<W>>>> {
 public:
  using Groups = std::pair<std::vector<V>, std::vector<W>>;
  using Element = std::pair<K, Groups>;

  explicit CoGroup(const OperatorInit& init) : CoGroup(init, SidesInit(init)) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<Element>& out) const override {
    ExternalCombiner<K, Groups, MergeGroups> combiner(context, MergeGroups{});
    group_side(left_, context, partition, combiner, &Groups::first);
    group_side(right_, context, partition, combiner, &Groups::second);
    OutputBlock<Element> block(out);
    combiner.finish(block);
    block.flush();
  }

 private:
  // A vector of few elements takes a small piece of memory, one of many has room for twice as many.
  template <typename Value>
  static std::uint64_t grown_heap_bytes(const Value& value) {
    return Serde<Value>::heap_bytes(value) + 24 + 2 * sizeof(Value);
  }

  struct MergeGroups {
    void operator()(Groups& into, const Groups& from) const {
      into.first.insert(into.first.end(), from.first.begin(), from.first.end());
      into.second.insert(into.second.end(), from.second.begin(), from.second.end());
    }
  };

  template <typename Row, typename X>
  static void group_side(const KeyedInput<Row>& side, TaskContext& context, std::uint32_t partition,
                         ExternalCombiner<K, Groups, MergeGroups>& combiner, std::vector<X> Groups::*values) {
    side.for_each(context, partition, [&](BlockSpan<Row> rows) {
      for (auto& row : rows) {
        combiner.upsert(
            row.first, grown_heap_bytes(row.second),
            [&] {
              Groups made;
              (made.*values).push_back(take_element(row.second));
              return made;
            },
            [&](Groups& groups) { (groups.*values).push_back(take_element(row.second)); });
      }
      return true;
    });
  }

  CoGroup(const OperatorInit& init, const SidesInit& sides)
      : left_(init, sides.left_shuffled, 0), right_(init, sides.right_shuffled, sides.right_index()) {}

  KeyedInput<std::pair<K, V>> left_;
  KeyedInput<std::pair<K, W>> right_;
};

}  // namespace hammerscale::operators
