#include "sql/exec/hash_join.hpp"

#include <algorithm>
#include <deque>
#include <tuple>
#include <utility>

#include "sql/exec/copy_rows.hpp"
#include "sql/exec/join_probe.hpp"

namespace hammerscale::sql {

/// Writes the rows of one side to the spill file, by partition. One thread.
class HashJoin::Partitioner {
 public:
  Partitioner(const JoinDescription& description, const std::vector<std::int32_t>& keys, ExecutionContext& context)
      : layout_(description.key_types(), description.has_null_safe_keys()),
        keys_(keys),
        context_(context),
        scratch_(context.memory()) {}

  void append(const Batch& batch) {
    std::vector<const Vector*> keys;
    for (const std::int32_t key : keys_) { keys.push_back(&batch.columns[static_cast<std::size_t>(key)]); }
    const RowSet rows = batch.rows();
    words_.resize(std::max<std::size_t>(static_cast<std::size_t>(rows.size) * layout_.num_bytes() / 8, 1));
    auto* records = reinterpret_cast<std::byte*>(words_.data());
    scratch_.clear();
    layout_.encode(keys, rows, records, scratch_);
    std::array<std::vector<std::int32_t>, kNumPartitions> members;
    std::size_t i = 0;
    rows.for_each([&](std::int32_t row) {
      // Bits that neither the directory nor its tags use.
      const std::uint64_t hash = layout_.hash(records + i++ * layout_.num_bytes());
      members[hash >> 8 & (kNumPartitions - 1)].push_back(row);
    });
    for (std::size_t partition = 0; partition < kNumPartitions; ++partition) {
      if (members[partition].empty()) { continue; }
      Batch part;
      part.columns = batch.columns;
      part.num_rows = batch.num_rows;
      part.selection = std::make_shared<std::vector<std::int32_t>>(std::move(members[partition]));
      spilled_[partition].append(part, context_);
    }
  }

  /// Adds what was written to the join's partitions.
  void combine_into(Partitions& partitions) {
    for (std::size_t partition = 0; partition < kNumPartitions; ++partition) {
      if (!spilled_[partition].empty()) { partitions[partition].push_back(std::move(spilled_[partition])); }
    }
  }

 private:
  KeyLayout layout_;
  const std::vector<std::int32_t>& keys_;
  ExecutionContext& context_;
  StringHeap scratch_;
  std::vector<std::uint64_t> words_;
  std::array<SpilledBatches, kNumPartitions> spilled_;
};

class HashJoin::BuildTask final : public BatchReceiver {
 public:
  BuildTask(HashJoin& join, TaskContext& context)
      : join_(join), context_(context), partitioner_(join.description_, join.description_.build_keys, context.query) {}

  void receive(Batch& batch) override {
    Batch flat = compact(batch, context_.query.memory());
    if (join_.may_spill() && !join_.is_spilled_.load()) {
      std::size_t num_bytes = 0;
      for (const Vector& column : flat.columns) { num_bytes += column.memory_bytes(); }
      kept_bytes_ += num_bytes;
      kept_rows_ += static_cast<std::size_t>(flat.num_rows);
      // The table needs the rows once more as one column each, and some 48 bytes a row beside them.
      if (!has_memory_for(kept_bytes_ + kept_rows_ * 48, context_.query)) { join_.is_spilled_.store(true); }
    }
    if (join_.is_spilled_.load()) {
      for (const auto& [input, morsel, kept] : kept_) { partitioner_.append(kept); }
      kept_.clear();
      partitioner_.append(flat);
    } else {
      kept_.emplace_back(context_.input, context_.morsel, std::move(flat));
    }
  }

  void finish() override {
    const std::lock_guard lock(join_.mutex_);
    std::move(kept_.begin(), kept_.end(), std::back_inserter(join_.batches_));
    partitioner_.combine_into(join_.build_partitions_);
  }

 private:
  HashJoin& join_;
  TaskContext& context_;
  Partitioner partitioner_;
  std::vector<std::tuple<std::int32_t, std::int64_t, Batch>> kept_;
  std::size_t kept_bytes_ = 0;
  std::size_t kept_rows_ = 0;
};

HashJoin::HashJoin(JoinDescription description) : description_(std::move(description)) {}
HashJoin::~HashJoin() = default;

bool HashJoin::may_spill() const noexcept {
  return !description_.build_keys.empty() && !description_.is_three_valued();
}

bool HashJoin::needs_rest() const noexcept { return description_.keeps_unmatched_build() || may_spill(); }

std::unique_ptr<BatchReceiver> HashJoin::make_task(TaskContext& context) {
  return std::make_unique<BuildTask>(*this, context);
}

void HashJoin::finalize(ExecutionContext& context) {
  if (is_spilled_.load()) {
    Partitioner partitioner(description_, description_.build_keys, context);
    for (const auto& [input, morsel, batch] : batches_) { partitioner.append(batch); }
    batches_.clear();
    partitioner.combine_into(build_partitions_);
    return;
  }
  std::stable_sort(batches_.begin(), batches_.end(), [](const auto& a, const auto& b) {
    return std::tie(std::get<0>(a), std::get<1>(a)) < std::tie(std::get<0>(b), std::get<1>(b));
  });
  std::vector<Batch> batches;
  for (auto& [input, morsel, batch] : batches_) { batches.push_back(std::move(batch)); }
  batches_.clear();
  table_ =
      std::make_unique<JoinTable>(description_, std::move(batches), context.memory(), context.options().constant_hash);
}

class HashJoin::ProbeTask final : public PassingReceiver {
 public:
  ProbeTask(HashJoin& join, TaskContext& context, BatchReceiver& next) : PassingReceiver(next), join_(join) {
    if (join.is_spilled_.load()) {
      partitioner_.emplace(join.description_, join.description_.probe_keys, context.query);
    } else {
      probe_.emplace(join.description_, *join.table_, context.evaluation, context.query.options().batch_rows);
    }
  }

  void receive(Batch& batch) override {
    if (partitioner_) {
      partitioner_->append(batch);
    } else {
      probe_->process(batch, [this](Batch& result) { next_.receive(result); });
    }
  }

  void finish() override {
    if (partitioner_) {
      const std::lock_guard lock(join_.mutex_);
      partitioner_->combine_into(join_.probe_partitions_);
    }
    next_.finish();
  }

 private:
  HashJoin& join_;
  std::optional<Partitioner> partitioner_;
  std::optional<JoinProbe> probe_;
};

class HashJoin::ProbeOperator final : public Operator {
 public:
  explicit ProbeOperator(std::shared_ptr<HashJoin> join) : join_(std::move(join)) {}
  std::unique_ptr<BatchReceiver> make_task(TaskContext& context, BatchReceiver& next) override {
    return std::make_unique<ProbeTask>(*join_, context, next);
  }

 private:
  std::shared_ptr<HashJoin> join_;
};

/// Joins spilled partitions, and gives the build rows without a partner.
class HashJoin::RestReader final : public BatchReader {
 public:
  RestReader(HashJoin& join, std::atomic<std::size_t>& next_morsel, TaskContext& context)
      : join_(join), next_morsel_(next_morsel), context_(context) {}

  bool next(Batch& batch) override {
    const JoinProbe::Emit emit = [this](Batch& result) { queue_.push_back(std::move(result)); };
    while (queue_.empty()) {
      if (!inputs_.empty()) {
        Batch input = std::move(inputs_.front().batches->read(inputs_.front().number, context_.query.memory()));
        inputs_.pop_front();
        probe_->process(input, emit);
        if (inputs_.empty()) { end_partition(emit); }
        continue;
      }
      const std::size_t morsel = next_morsel_.fetch_add(1);
      context_.morsel = static_cast<std::int64_t>(morsel);
      if (!join_.is_spilled_.load()) {
        if (morsel > 0 || !join_.description_.keeps_unmatched_build()) { return false; }
        JoinProbe(join_.description_, *join_.table_, context_.evaluation, context_.query.options().batch_rows)
            .emit_unmatched_build(emit);
        continue;
      }
      if (morsel >= kNumPartitions) { return false; }
      begin_partition(morsel, emit);
    }
    batch = std::move(queue_.front());
    queue_.pop_front();
    return true;
  }

 private:
  struct Input {
    const SpilledBatches* batches;
    std::size_t number;
  };

  void begin_partition(std::size_t partition, const JoinProbe::Emit& emit) {
    std::vector<Batch> build;
    for (SpilledBatches& batches : join_.build_partitions_[partition]) {
      for (std::size_t i = 0; i < batches.size(); ++i) { build.push_back(batches.read(i, context_.query.memory())); }
      batches.clear();
    }
    for (const SpilledBatches& batches : join_.probe_partitions_[partition]) {
      for (std::size_t i = 0; i < batches.size(); ++i) { inputs_.push_back({&batches, i}); }
    }
    probe_.reset();
    table_ = std::make_unique<JoinTable>(join_.description_, std::move(build), context_.query.memory(),
                                         context_.query.options().constant_hash);
    probe_.emplace(join_.description_, *table_, context_.evaluation, context_.query.options().batch_rows);
    if (inputs_.empty()) { end_partition(emit); }
  }

  void end_partition(const JoinProbe::Emit& emit) {
    if (join_.description_.keeps_unmatched_build()) { probe_->emit_unmatched_build(emit); }
  }

  HashJoin& join_;
  std::atomic<std::size_t>& next_morsel_;
  TaskContext& context_;
  std::deque<Batch> queue_;
  std::deque<Input> inputs_;
  std::unique_ptr<JoinTable> table_;
  std::optional<JoinProbe> probe_;
};

class HashJoin::Rest final : public Source {
 public:
  explicit Rest(std::shared_ptr<HashJoin> join) : join_(std::move(join)) {}
  [[nodiscard]] int max_tasks() const override { return join_->is_spilled_.load() ? kNumPartitions : 1; }
  std::unique_ptr<BatchReader> open(TaskContext& context) override {
    return std::make_unique<RestReader>(*join_, next_morsel_, context);
  }

 private:
  std::shared_ptr<HashJoin> join_;
  std::atomic<std::size_t> next_morsel_{0};
};

std::shared_ptr<Operator> HashJoin::probe(std::shared_ptr<HashJoin> join) {
  return std::make_shared<ProbeOperator>(std::move(join));
}

std::shared_ptr<Source> HashJoin::rest(std::shared_ptr<HashJoin> join) {
  return std::make_shared<Rest>(std::move(join));
}

}  // namespace hammerscale::sql
