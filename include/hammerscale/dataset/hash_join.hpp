#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/dataset/shuffle_read.hpp"
#include "hammerscale/dataset/shuffle_write.hpp"
#include "hammerscale/shuffle/combine_table.hpp"
#include "hammerscale/shuffle/spill_run.hpp"

namespace hammerscale {

enum class JoinKind : std::uint8_t { kInner, kLeftOuter, kRightOuter, kFullOuter };

constexpr bool keeps_left(JoinKind kind) { return kind == JoinKind::kLeftOuter || kind == JoinKind::kFullOuter; }
constexpr bool keeps_right(JoinKind kind) { return kind == JoinKind::kRightOuter || kind == JoinKind::kFullOuter; }

}  // namespace hammerscale

namespace hammerscale::operators {

/// The right side of a join in memory: a table from each key to the chain of its rows, newest first.
template <typename K, typename W>
class JoinTable {
 public:
  JoinTable(TaskContext& context)
      : limit_(context.memory_share()),
        memory_(context.services().pool, limit_),
        table_(memory_),
        heap_(context.services().pool) {}
  ~JoinTable() { clear(); }
  JoinTable(const JoinTable&) = delete;
  JoinTable& operator=(const JoinTable&) = delete;

  /// @return false when there is no memory for the row; the table is then as before.
  bool add(const K& key, const W& value) {
    const auto num_heap_bytes = Serde<K>::heap_bytes(key) + Serde<W>::heap_bytes(value);
    if (!reserve_heap(heap_, heap_bytes_ + num_heap_bytes, limit_)) { return false; }
    if (num_rows_ == capacity_ && !add_chunk()) { return false; }
    Chain* chain = table_.upsert(
        key, table_.hash_of(key), [] { return Chain{}; }, [](Chain&) {});
    if (chain == nullptr) { return false; }
    heap_bytes_ += num_heap_bytes;
    std::construct_at(&row(num_rows_), Row{value, chain->newest});
    chain->newest = num_rows_++;
    return true;
  }

  /// add for a table without rows, which cannot make room by letting rows go: asks again while others may give memory
  /// back.
  bool add_first(const K& key, const W& value) {
    constexpr int kAttempts = 100;
    for (int i = 0; i < kAttempts; ++i) {
      if (add(key, value)) { return true; }
      std::this_thread::yield();
    }
    return false;
  }

  void clear() noexcept {
    if constexpr (!std::is_trivially_destructible_v<Row>) {
      for (std::uint64_t i = 0; i < num_rows_; ++i) { std::destroy_at(&row(i)); }
    }
    for (Row* chunk : chunks_) { memory_.deallocate(reinterpret_cast<std::byte*>(chunk), kChunkRows * sizeof(Row)); }
    chunks_.clear();
    table_.release();
    num_rows_ = capacity_ = 0;
    heap_bytes_ = 0;
    heap_.shrink_to(0);
  }

  [[nodiscard]] std::uint64_t num_rows() const noexcept { return num_rows_; }

  /// Calls on_match(i, value) for every row of the table with the key of left row i, and on_miss(i) for left rows
  /// without one. Marks the keys that met a left row. i runs from 0 to n - 1 in order.
  template <typename KeyAt, typename OnMatch, typename OnMiss>
  void probe(std::size_t n, KeyAt key_at, OnMatch on_match, OnMiss on_miss) {
    constexpr std::size_t kBatch = 64;
    std::uint64_t hashes[kBatch];
    Chain* chains[kBatch];
    for (std::size_t begin = 0; begin < n; begin += kBatch) {
      const auto count = std::min(kBatch, n - begin);
      // Three passes, so that the cache misses of a batch overlap: slots, then first rows, then the output.
      for (std::size_t i = 0; i < count; ++i) {
        hashes[i] = table_.hash_of(key_at(begin + i));
        table_.prefetch(hashes[i]);
      }
      for (std::size_t i = 0; i < count; ++i) {
        chains[i] = table_.find(key_at(begin + i), hashes[i]);
        if (chains[i] != nullptr) { __builtin_prefetch(&row(chains[i]->newest)); }
      }
      for (std::size_t i = 0; i < count; ++i) {
        if (chains[i] == nullptr) {
          on_miss(begin + i);
          continue;
        }
        chains[i]->met = true;
        for (auto at = chains[i]->newest; at != kEnd; at = row(at).next) { on_match(begin + i, row(at).value); }
      }
    }
  }

  /// Calls visit(key, value) for every row.
  template <typename Visit>
  void for_each(Visit visit) {
    table_.for_each([&](const K& key, const Chain& chain) {
      for (auto at = chain.newest; at != kEnd; at = row(at).next) { visit(key, row(at).value); }
    });
  }
  /// Calls visit(key, value) for every row whose key met no left row.
  template <typename Visit>
  void for_each_unmet(Visit visit) {
    table_.for_each([&](const K& key, const Chain& chain) {
      if (chain.met) { return; }
      for (auto at = chain.newest; at != kEnd; at = row(at).next) { visit(key, row(at).value); }
    });
  }

 private:
  static constexpr std::uint64_t kEnd = UINT64_MAX;
  static constexpr std::uint64_t kChunkShift = 13;
  static constexpr std::uint64_t kChunkRows = std::uint64_t{1} << kChunkShift;

  struct Chain {
    std::uint64_t newest = kEnd;
    bool met = false;
  };
  struct Row {
    W value;
    std::uint64_t next;
  };

  [[nodiscard]] Row& row(std::uint64_t index) { return chunks_[index >> kChunkShift][index & (kChunkRows - 1)]; }

  bool add_chunk() {
    auto* const chunk = memory_.allocate(kChunkRows * sizeof(Row));
    if (chunk == nullptr) { return false; }
    chunks_.push_back(reinterpret_cast<Row*>(chunk));
    capacity_ += kChunkRows;
    return true;
  }

  std::uint64_t limit_;
  shuffle::PoolMemorySource memory_;
  shuffle::CombineTable<K, Chain> table_;
  std::vector<Row*> chunks_;
  std::uint64_t num_rows_ = 0;
  std::uint64_t capacity_ = 0;
  storage::Reservation heap_;
  std::uint64_t heap_bytes_ = 0;
};

/// Joins two keyed inputs that are partitioned alike: builds a table of the right side and streams the left side past
/// it. When the table does not fit, both sides are put aside in 16 runs by further bits of the hash, and the runs are
/// joined in pairs. Where that does not help, because one key has too many rows, the right run is taken in parts, with
/// one pass over the left run for each.
template <typename K, typename V, typename W, JoinKind kKind>
class HashJoin final
    : public Operator<std::pair<K, std::pair<std::conditional_t<keeps_right(kKind), std::optional<V>, V>,
                                             std::conditional_t<keeps_left(kKind), std::optional<W>, W>>>> {
 public:
  using LeftRow = std::pair<K, V>;
  using RightRow = std::pair<K, W>;
  using LeftOut = std::conditional_t<keeps_right(kKind), std::optional<V>, V>;
  using RightOut = std::conditional_t<keeps_left(kKind), std::optional<W>, W>;
  using Element = std::pair<K, std::pair<LeftOut, RightOut>>;

  explicit HashJoin(const OperatorInit& init) : HashJoin(init, SidesInit(init)) {}

  void run(TaskContext& context, std::uint32_t partition, Sink<Element>& out) const override {
    Joining joining(context, out);
    joining.join([&](const auto& visit) { left_.for_each(context, partition, visit); },
                 [&](const auto& visit) { right_.for_each(context, partition, visit); }, 0);
    joining.out.flush();
  }

 private:
  using Runs = std::vector<shuffle::SpillRun>;
  static constexpr std::uint32_t kRunBits = 4;
  static constexpr std::size_t kFrameBytes = std::size_t{1} << 16;
  static constexpr std::uint32_t kDeepestLevel = 5;

  HashJoin(const OperatorInit& init, const SidesInit& sides)
      : left_(init, sides.left_shuffled, 0), right_(init, sides.right_shuffled, sides.right_index()) {}

  class Joining {
   public:
    Joining(TaskContext& task, Sink<Element>& sink) : out(sink), context(task) {}

    OutputBlock<Element> out;

    template <typename Row>
    using Visitor = std::function<bool(BlockSpan<Row>)>;
    /// Calls the visitor for all rows of a side.
    template <typename Row>
    using Side = std::function<void(const Visitor<Row>&)>;

    /// @param for_each_left, for_each_right  each is called once.
    void join(const Side<LeftRow>& for_each_left, const Side<RightRow>& for_each_right, std::uint32_t level) {
      JoinTable<K, W> table(context);
      Runs right_runs;
      for_each_right([&](BlockSpan<RightRow> rows) {
        for (const auto& row : rows) {
          if (right_runs.empty() && table.add(row.first, row.second)) { continue; }
          if (right_runs.empty()) {
            right_runs = make_runs();
            table.for_each([&](const K& key, const W& value) { put_aside(right_runs, RightRow(key, value), level); });
            table.clear();
          }
          put_aside(right_runs, row, level);
        }
        return true;
      });
      if (right_runs.empty()) {
        for_each_left([&](BlockSpan<LeftRow> rows) {
          probe(table, rows, nullptr);
          return out.open();
        });
        emit_unmet(table);
        return;
      }
      for (auto& run : right_runs) { run.flush(); }
      Runs left_runs = make_runs();
      for_each_left([&](BlockSpan<LeftRow> rows) {
        for (const auto& row : rows) { put_aside(left_runs, row, level); }
        return true;
      });
      for (auto& run : left_runs) { run.flush(); }
      std::uint64_t num_right = 0;
      for (const auto& run : right_runs) { num_right += run.total_elements(); }
      for (std::size_t i = 0; i < left_runs.size() && out.open(); ++i) {
        // A run that holds nearly all rows is one giant key, which no further bits of its hash take apart.
        const bool is_split = right_runs[i].total_elements() < num_right - num_right / 8;
        if (level + 1 < kDeepestLevel && (is_split || level == 0)) {
          join([&](const auto& visit) { for_each_of<LeftRow>(left_runs[i], visit); },
               [&](const auto& visit) { for_each_of<RightRow>(right_runs[i], visit); }, level + 1);
        } else {
          join_in_parts(left_runs[i], right_runs[i]);
        }
        left_runs[i].release();
        right_runs[i].release();
      }
    }

    /// Nested loops over runs: as many right rows as fit, then a pass over the left run, until the right run is done.
    void join_in_parts(const shuffle::SpillRun& left, const shuffle::SpillRun& right) {
      JoinTable<K, W> table(context);
      storage::Reservation met_memory(context.services().pool);
      if constexpr (keeps_left(kKind)) {
        // A bit a row has to fit, like the first row of a table; other tasks may be about to free memory.
        constexpr int kAttempts = 100;
        for (int i = 0; !met_memory.try_grow(left.total_elements() / 8 + 1); ++i) {
          if (i == kAttempts) { fail_too_small(); }
          std::this_thread::yield();
        }
      }
      std::vector<bool> met(keeps_left(kKind) ? left.total_elements() : 0);
      std::vector<bool>* const met_left = keeps_left(kKind) ? &met : nullptr;
      const auto pass = [&] {
        first_left_ = 0;
        for_each_of<LeftRow>(left, [&](BlockSpan<LeftRow> rows) {
          probe(table, rows, met_left);
          first_left_ += rows.size();
          return out.open();
        });
        emit_unmet(table);
        table.clear();
      };
      for_each_of<RightRow>(right, [&](BlockSpan<RightRow> rows) {
        for (const auto& row : rows) {
          if (table.add(row.first, row.second)) { continue; }
          if (table.num_rows() == 0) {
            if (!table.add_first(row.first, row.second)) { fail_too_small(); }
            continue;
          }
          // A key of which rows stand in an earlier part must not come out as unmet by a later one: a key either meets
          // left rows in every part or in none, as each part sees all of them.
          pass();
          if (!table.add_first(row.first, row.second)) { fail_too_small(); }
        }
        return out.open();
      });
      pass();
      if constexpr (keeps_left(kKind)) {
        std::uint64_t index = 0;
        for_each_of<LeftRow>(left, [&](BlockSpan<LeftRow> rows) {
          for (const auto& row : rows) {
            if (!met[index++]) { emit_left_only(row); }
          }
          return out.open();
        });
      }
    }

   private:
    TaskContext& context;
    std::uint64_t first_left_ = 0;

    Runs make_runs() {
      Runs runs;
      for (std::uint32_t i = 0; i < (1U << kRunBits); ++i) {
        runs.emplace_back(context.services().pool, context.services().spill_file, kFrameBytes);
      }
      return runs;
    }

    template <typename Row>
    void put_aside(Runs& runs, const Row& row, std::uint32_t level) {
      context.metrics().spill_bytes += Serde<Row>::size(row);
      runs[shuffle::hash_to_sub_partition(shuffle::KeyHash{}(row.first), level, kRunBits)].append(row);
    }

    template <typename Row, typename Function>
    void for_each_of(const shuffle::SpillRun& run, Function&& function) {
      shuffle::SpillRunReader reader(run);
      while (const auto frame = reader.next()) {
        context.throw_if_cancelled();
        if (!decode_blocks<Row>(frame->first, frame->second, function)) { return; }
      }
    }

    /// With `met`, left rows without a match are noted there, since another part may have one; else they come out.
    void probe(JoinTable<K, W>& table, BlockSpan<LeftRow> rows, std::vector<bool>* met) {
      table.probe(
          rows.size(), [&](std::size_t i) -> const K& { return rows[i].first; },
          [&](std::size_t i, const W& value) {
            if (met != nullptr) { (*met)[first_left_ + i] = true; }
            if (!out.open()) { return; }
            out.emplace_with([&]() -> Element { return {rows[i].first, {LeftOut(rows[i].second), RightOut(value)}}; });
          },
          [&](std::size_t i) {
            if (met == nullptr) { emit_left_only(rows[i]); }
          });
    }

    void emit_left_only([[maybe_unused]] const LeftRow& row) {
      if constexpr (keeps_left(kKind)) {
        if (out.open()) {
          out.emplace_with([&]() -> Element { return {row.first, {LeftOut(row.second), std::nullopt}}; });
        }
      }
    }

    void emit_unmet([[maybe_unused]] JoinTable<K, W>& table) {
      if constexpr (keeps_right(kKind)) {
        table.for_each_unmet([&](const K& key, const W& value) {
          if (out.open()) {
            out.emplace_with([&]() -> Element { return {key, {std::nullopt, RightOut(value)}}; });
          }
        });
      }
    }

    [[noreturn]] void fail_too_small() const {
      throw ResourceError(ErrorCode::kOutOfMemory, "not even one row of a join fits the memory budget",
                          {{"share_bytes", std::to_string(context.memory_share())}});
    }
  };

  KeyedInput<LeftRow> left_;
  KeyedInput<RightRow> right_;
};

}  // namespace hammerscale::operators
