#include "sql/exec/hash_aggregate.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include "sql/exec/copy_rows.hpp"
#include "sql/vector/vector_builder.hpp"

namespace hammerscale::sql {

namespace {

constexpr std::size_t kNumPartitions = GroupTable::kNumPartitions;
// Six bits of the hash a level, of 16 to 47: deeper, the keys are equal or collide in 36 bits, and dividing is no use.
constexpr int kMaxLevel = 4;

}  // namespace

/// The aggregates' states within a row's payload, for one thread.
class HashAggregate::States {
 public:
  States(const std::vector<AggregateStep>& steps, EvaluationContext& context) : steps_(steps), context_(context) {
    for (const auto& step : steps_) {
      states_.push_back(step.function.make_state(context));
      offsets_.push_back(num_bytes_);
      num_bytes_ += (states_.back()->state_bytes() + 15) / 16 * 16;
      needs_destroy_ = needs_destroy_ || states_.back()->needs_destroy();
    }
  }

  [[nodiscard]] std::size_t num_bytes() const noexcept { return num_bytes_; }
  [[nodiscard]] bool needs_destroy() const noexcept { return needs_destroy_; }

  void initialize(std::byte* row) const {
    for (std::size_t i = 0; i < states_.size(); ++i) { states_[i]->initialize(row + offsets_[i]); }
  }
  void destroy(std::byte* row) const {
    for (std::size_t i = 0; i < states_.size(); ++i) { states_[i]->destroy(row + offsets_[i]); }
  }
  void merge(std::byte* into, const std::byte* from) {
    for (std::size_t i = 0; i < states_.size(); ++i) { states_[i]->merge(into + offsets_[i], from + offsets_[i]); }
  }

  /// Adds the batch's selected rows; row number i of them belongs to rows[i].
  void update(const Batch& batch, std::byte* const* rows) {
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const Input input = input_of(batch, i);
      state_pointers_.resize(static_cast<std::size_t>(batch.num_selected()));
      if (input.is_whole) {
        for (std::size_t k = 0; k < state_pointers_.size(); ++k) { state_pointers_[k] = rows[k] + offsets_[i]; }
      } else {
        for (std::size_t k = 0; k < kept_numbers_.size(); ++k) {
          state_pointers_[k] = rows[kept_numbers_[k]] + offsets_[i];
        }
      }
      if (input.rows.size == 0) { continue; }
      if (steps_[i].takes_states) {
        states_[i]->merge_exported(arguments_, input.rows, state_pointers_.data());
      } else {
        states_[i]->update(Arguments{arguments_, {}, input.rows, context_}, state_pointers_.data());
      }
    }
  }

  /// Adds the batch's selected rows to one row.
  void update_one(const Batch& batch, std::byte* row) {
    for (std::size_t i = 0; i < states_.size(); ++i) {
      const Input input = input_of(batch, i);
      if (input.rows.size == 0) { continue; }
      if (steps_[i].takes_states) {
        state_pointers_.assign(static_cast<std::size_t>(input.rows.size), row + offsets_[i]);
        states_[i]->merge_exported(arguments_, input.rows, state_pointers_.data());
      } else {
        states_[i]->update_one(Arguments{arguments_, {}, input.rows, context_}, row + offsets_[i]);
      }
    }
  }

  /// Adds exported states: columns from `first_column` on, all rows.
  void merge_exported(const Batch& batch, std::size_t first_column, std::byte* const* rows) {
    for (std::size_t i = 0; i < states_.size(); ++i) {
      arguments_.clear();
      for (std::size_t k = 0; k < steps_[i].function.state_types.size(); ++k) {
        arguments_.push_back(&batch.columns[first_column++]);
      }
      state_pointers_.resize(static_cast<std::size_t>(batch.num_rows));
      for (std::size_t k = 0; k < state_pointers_.size(); ++k) { state_pointers_[k] = rows[k] + offsets_[i]; }
      states_[i]->merge_exported(arguments_, RowSet{nullptr, batch.num_rows}, state_pointers_.data());
    }
  }

  /// Appends the columns of all states of the rows.
  void export_all(std::span<std::byte* const> rows, Batch& batch) {
    for (std::size_t i = 0; i < states_.size(); ++i) { export_one(i, rows, batch); }
  }

  /// Appends the output columns of the rows.
  void finalize(std::span<std::byte* const> rows, Batch& batch) {
    for (std::size_t i = 0; i < states_.size(); ++i) {
      if (steps_[i].gives_states) {
        export_one(i, rows, batch);
        continue;
      }
      VectorBuilder builder(steps_[i].function.type, context_.memory);
      states_[i]->finalize(point_to(i, rows), builder);
      batch.columns.push_back(builder.finish());
    }
  }

 private:
  struct Input {
    RowSet rows;
    bool is_whole = true;  ///< All selected rows; else kept_numbers_ has which of them.
  };

  /// Fills arguments_ and leaves out rows that the filter or NULLs exclude.
  Input input_of(const Batch& batch, std::size_t i) {
    const AggregateStep& step = steps_[i];
    arguments_.clear();
    bool may_have_nulls = false;
    for (const std::int32_t column : step.arguments) {
      arguments_.push_back(&batch.columns[static_cast<std::size_t>(column)]);
      may_have_nulls = may_have_nulls || arguments_.back()->may_have_nulls();
    }
    const bool drops_nulls = step.function.skips_nulls && may_have_nulls && !step.takes_states;
    if (step.filter < 0 && !drops_nulls) { return Input{batch.rows(), true}; }
    kept_.clear();
    kept_numbers_.clear();
    const Vector* filter = step.filter < 0 ? nullptr : &batch.columns[static_cast<std::size_t>(step.filter)];
    std::int32_t number = 0;
    batch.rows().for_each([&](std::int32_t row) {
      const std::int32_t this_number = number++;
      if (filter != nullptr && (filter->is_null(row) || !bitmap::get(filter->base().bits(), filter->position(row)))) {
        return;
      }
      if (drops_nulls) {
        for (const Vector* argument : arguments_) {
          if (argument->is_null(row)) { return; }
        }
      }
      kept_.push_back(row);
      kept_numbers_.push_back(this_number);
    });
    return Input{RowSet{kept_.data(), static_cast<std::int32_t>(kept_.size())}, false};
  }

  std::span<std::byte* const> point_to(std::size_t i, std::span<std::byte* const> rows) {
    state_pointers_.resize(rows.size());
    for (std::size_t k = 0; k < rows.size(); ++k) { state_pointers_[k] = rows[k] + offsets_[i]; }
    return state_pointers_;
  }

  void export_one(std::size_t i, std::span<std::byte* const> rows, Batch& batch) {
    std::vector<VectorBuilder> builders;
    for (const DataType& type : steps_[i].function.state_types) { builders.emplace_back(type, context_.memory); }
    states_[i]->export_states(point_to(i, rows), builders);
    for (auto& builder : builders) { batch.columns.push_back(builder.finish()); }
  }

  const std::vector<AggregateStep>& steps_;
  EvaluationContext& context_;
  std::vector<std::unique_ptr<AggregateState>> states_;
  std::vector<std::size_t> offsets_;
  std::size_t num_bytes_ = 0;
  bool needs_destroy_ = false;
  std::vector<const Vector*> arguments_;
  std::vector<std::byte*> state_pointers_;
  std::vector<std::int32_t> kept_;
  std::vector<std::int32_t> kept_numbers_;
};

/// Groups in memory and, where that was short, in the spill file. Owns the states of its rows.
class HashAggregate::Groups {
 public:
  Groups(const KeyLayout& layout, const std::vector<AggregateStep>& steps, ExecutionContext& query, int level)
      : layout_(layout),
        query_(query),
        context_(query.settings()),
        states_(steps, context_),
        table_(layout, states_.num_bytes(), query.memory(), query.options().constant_hash),
        level_(level) {}
  Groups(const Groups&) = delete;
  Groups& operator=(const Groups&) = delete;
  ~Groups() { destroy_rows(); }

  [[nodiscard]] GroupTable& table() noexcept { return table_; }
  [[nodiscard]] States& states() noexcept { return states_; }
  [[nodiscard]] bool has_spilled() const noexcept { return has_spilled_; }
  [[nodiscard]] SpilledBatches& spilled(std::size_t partition) { return spilled_[partition]; }
  [[nodiscard]] int level() const noexcept { return level_; }

  void add(const Batch& batch, std::span<const Vector* const> keys) {
    make_room(batch.num_selected());
    find_rows(keys, batch.rows());
    states_.update(batch, rows_.data());
  }

  /// The only row of an aggregate without keys.
  std::byte* only_row() {
    if (table_.num_rows() == 0) { find_rows({}, RowSet{nullptr, 1}); }
    return table_.row(0);
  }

  /// Adds a batch of keys and exported states.
  void add_exported(const Batch& batch) {
    make_room(batch.num_rows);
    std::vector<const Vector*> keys;
    for (std::size_t i = 0; i < layout_.types().size(); ++i) { keys.push_back(&batch.columns[i]); }
    find_rows(keys, RowSet{nullptr, batch.num_rows});
    states_.merge_exported(batch, keys.size(), rows_.data());
  }

  /// Adds a row of another one, which keeps a state as new.
  void move_row(std::byte* from) {
    if ((num_moved_++ & 1023) == 0) { make_room(1024); }
    bool is_new = false;
    std::byte* row = table_.find_or_add_row(from, is_new);
    if (is_new) {
      std::memcpy(row, from, states_.num_bytes());
      if (states_.needs_destroy()) { states_.initialize(from); }
    } else {
      states_.merge(row, from);
    }
  }

  /// Row pointers in order of partition; starts[p] is where partition p begins.
  void sort_by_partition(std::vector<std::byte*>& sorted, std::array<std::size_t, kNumPartitions + 1>& starts) {
    starts.fill(0);
    table_.for_each_row([&](std::byte* row) { ++starts[GroupTable::partition_of(table_.hash_of(row), level_) + 1]; });
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    auto next = starts;
    sorted.resize(table_.num_rows());
    table_.for_each_row(
        [&](std::byte* row) { sorted[next[GroupTable::partition_of(table_.hash_of(row), level_)]++] = row; });
  }
  void index_partitions() { sort_by_partition(sorted_, starts_); }
  [[nodiscard]] std::span<std::byte* const> rows_of(std::size_t partition) const {
    return std::span(sorted_).subspan(starts_[partition], starts_[partition + 1] - starts_[partition]);
  }

  /// Writes all groups to the spill file and forgets them.
  void spill() {
    if (table_.num_rows() == 0) { return; }
    std::vector<std::byte*> sorted;
    std::array<std::size_t, kNumPartitions + 1> starts;
    sort_by_partition(sorted, starts);
    const auto batch_rows = static_cast<std::size_t>(query_.options().batch_rows);
    for (std::size_t partition = 0; partition < kNumPartitions; ++partition) {
      for (std::size_t first = starts[partition]; first < starts[partition + 1]; first += batch_rows) {
        const std::size_t count = std::min(batch_rows, starts[partition + 1] - first);
        const auto rows = std::span<std::byte* const>(sorted).subspan(first, count);
        Batch batch;
        batch.num_rows = static_cast<std::int32_t>(count);
        decode_keys(rows, batch);
        states_.export_all(rows, batch);
        spilled_[partition].append(batch, query_);
      }
    }
    destroy_rows();
    table_.clear();
    has_spilled_ = true;
  }

  void output(std::span<std::byte* const> rows, Batch& batch) {
    batch = Batch();
    batch.num_rows = static_cast<std::int32_t>(rows.size());
    decode_keys(rows, batch);
    states_.finalize(rows, batch);
  }

 private:
  void make_room(std::int32_t num_rows) {
    if (level_ >= kMaxLevel || layout_.types().empty()) { return; }
    // The directory doubles as a whole when it does, and old and new are there at once.
    const std::size_t wanted = static_cast<std::size_t>(num_rows) * (table_.row_bytes() + 16) + table_.num_rows() * 32;
    if (table_.num_rows() > 0 && !has_memory_for(wanted, query_)) { spill(); }
  }

  void find_rows(std::span<const Vector* const> keys, RowSet rows) {
    rows_.resize(static_cast<std::size_t>(rows.size));
    added_.clear();
    const std::size_t before = table_.num_rows();
    try {
      table_.find_or_add(keys, rows, rows_.data(), added_);
    } catch (...) {
      // Rows were added whose states are not made yet: they must be before anyone destroys them.
      for (std::size_t i = before; i < table_.num_rows(); ++i) { states_.initialize(table_.row(i)); }
      throw;
    }
    for (std::byte* row : added_) { states_.initialize(row); }
  }

  void decode_keys(std::span<std::byte* const> rows, Batch& batch) {
    key_records_.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) { key_records_[i] = table_.key_of(rows[i]); }
    for (std::size_t column = 0; column < layout_.types().size(); ++column) {
      VectorBuilder builder(layout_.types()[column], context_.memory);
      layout_.decode(key_records_, column, builder);
      batch.columns.push_back(builder.finish());
    }
  }

  void destroy_rows() {
    if (states_.needs_destroy()) {
      table_.for_each_row([&](std::byte* row) { states_.destroy(row); });
    }
  }

  const KeyLayout& layout_;
  ExecutionContext& query_;
  EvaluationContext context_;
  States states_;
  GroupTable table_;
  int level_;
  bool has_spilled_ = false;
  std::array<SpilledBatches, kNumPartitions> spilled_;
  std::vector<std::byte*> rows_;
  std::vector<std::byte*> added_;
  std::vector<const std::byte*> key_records_;
  std::vector<std::byte*> sorted_;
  std::array<std::size_t, kNumPartitions + 1> starts_{};
  std::size_t num_moved_ = 0;
};

class HashAggregate::Task final : public BatchReceiver {
 public:
  Task(HashAggregate& aggregate, TaskContext& context)
      : aggregate_(aggregate),
        groups_(std::make_unique<Groups>(aggregate.layout_, aggregate.aggregates_, context.query, 0)) {}

  void receive(Batch& batch) override {
    if (aggregate_.keys_.empty()) {
      groups_->states().update_one(batch, groups_->only_row());
      return;
    }
    keys_.clear();
    for (const std::int32_t key : aggregate_.keys_) { keys_.push_back(&batch.columns[static_cast<std::size_t>(key)]); }
    groups_->add(batch, keys_);
  }

  void finish() override {
    const std::lock_guard lock(aggregate_.mutex_);
    aggregate_.groups_.push_back(std::move(groups_));
  }

 private:
  HashAggregate& aggregate_;
  std::unique_ptr<Groups> groups_;
  std::vector<const Vector*> keys_;
};

/// Gives the groups of one Groups, and of what it spilled, batch by batch.
class HashAggregate::Reader final : public BatchReader {
 public:
  Reader(HashAggregate& aggregate, std::atomic<std::size_t>& next_morsel, TaskContext& context)
      : aggregate_(aggregate), next_morsel_(next_morsel), context_(context) {}

  bool next(Batch& batch) override {
    for (;;) {
      if (current_ != nullptr) {
        const auto batch_rows = static_cast<std::size_t>(context_.query.options().batch_rows);
        const std::size_t count = std::min(batch_rows, current_->table().num_rows() - next_row_);
        if (count > 0) {
          rows_.clear();
          for (std::size_t i = 0; i < count; ++i) { rows_.push_back(current_->table().row(next_row_ + i)); }
          next_row_ += count;
          current_->output(rows_, batch);
          return true;
        }
        owned_.reset();
        current_ = nullptr;
      }
      if (!pending_.empty()) {
        auto [level, batches] = std::move(pending_.back());
        pending_.pop_back();
        load(level, std::move(batches));
        continue;
      }
      const std::size_t morsel = next_morsel_.fetch_add(1);
      context_.morsel = static_cast<std::int64_t>(morsel);
      if (!aggregate_.is_partitioned_) {
        if (morsel > 0 || aggregate_.groups_.empty()) { return false; }
        current_ = aggregate_.groups_.front().get();
        next_row_ = 0;
        continue;
      }
      if (morsel >= kNumPartitions) { return false; }
      load_partition(morsel);
    }
  }

 private:
  void start(int level) {
    owned_ = std::make_unique<Groups>(aggregate_.layout_, aggregate_.aggregates_, context_.query, level);
    next_row_ = 0;
  }

  void load_partition(std::size_t partition) {
    start(1);
    for (const auto& groups : aggregate_.groups_) {
      for (std::byte* row : groups->rows_of(partition)) { owned_->move_row(row); }
      add_spilled(groups->spilled(partition));
    }
    settle();
  }

  void load(int level, SpilledBatches batches) {
    start(level);
    add_spilled(batches);
    settle();
  }

  void add_spilled(SpilledBatches& batches) {
    for (std::size_t i = 0; i < batches.size(); ++i) { owned_->add_exported(batches.read(i, context_.query.memory())); }
    batches.clear();
  }

  /// What fitted is ready; what did not becomes further partitions.
  void settle() {
    current_ = owned_.get();
    if (!owned_->has_spilled()) { return; }
    owned_->spill();
    for (std::size_t partition = 0; partition < kNumPartitions; ++partition) {
      if (!owned_->spilled(partition).empty()) {
        pending_.emplace_back(owned_->level() + 1, std::move(owned_->spilled(partition)));
      }
    }
  }

  HashAggregate& aggregate_;
  std::atomic<std::size_t>& next_morsel_;
  TaskContext& context_;
  std::unique_ptr<Groups> owned_;
  Groups* current_ = nullptr;
  std::size_t next_row_ = 0;
  std::vector<std::byte*> rows_;
  std::vector<std::pair<int, SpilledBatches>> pending_;
};

class HashAggregate::Result final : public Source {
 public:
  explicit Result(std::shared_ptr<HashAggregate> aggregate) : aggregate_(std::move(aggregate)) {}
  [[nodiscard]] int max_tasks() const override {
    return aggregate_->is_partitioned_ ? static_cast<int>(kNumPartitions) : 1;
  }
  std::unique_ptr<BatchReader> open(TaskContext& context) override {
    return std::make_unique<Reader>(*aggregate_, next_morsel_, context);
  }

 private:
  std::shared_ptr<HashAggregate> aggregate_;
  std::atomic<std::size_t> next_morsel_{0};
};

HashAggregate::HashAggregate(std::vector<std::int32_t> keys, std::vector<DataType> key_types,
                             std::vector<AggregateStep> aggregates)
    : keys_(std::move(keys)), layout_(std::move(key_types)), aggregates_(std::move(aggregates)) {}

HashAggregate::~HashAggregate() = default;

std::unique_ptr<BatchReceiver> HashAggregate::make_task(TaskContext& context) {
  return std::make_unique<Task>(*this, context);
}

void HashAggregate::finalize(ExecutionContext& context) {
  if (keys_.empty()) {
    if (groups_.empty()) { groups_.push_back(std::make_unique<Groups>(layout_, aggregates_, context, 0)); }
    std::byte* row = groups_.front()->only_row();
    for (std::size_t i = 1; i < groups_.size(); ++i) { groups_.front()->states().merge(row, groups_[i]->only_row()); }
    groups_.resize(1);
    return;
  }
  bool has_spilled = false;
  std::size_t num_rows = 0;
  for (const auto& groups : groups_) {
    has_spilled = has_spilled || groups->has_spilled();
    num_rows += groups->table().num_rows();
  }
  if (groups_.size() == 1 && !has_spilled) { return; }
  // Merging few groups takes less time than to hand their partitions out.
  constexpr std::size_t kFewGroups = 16384;
  if (!has_spilled && num_rows <= kFewGroups) {
    for (std::size_t i = 1; i < groups_.size(); ++i) {
      groups_[i]->table().for_each_row([&](std::byte* row) { groups_.front()->move_row(row); });
    }
    if (!groups_.front()->has_spilled()) {
      groups_.resize(1);
      return;
    }
    groups_.resize(1);
  }
  for (const auto& groups : groups_) { groups->index_partitions(); }
  is_partitioned_ = true;
}

std::shared_ptr<Source> HashAggregate::result(std::shared_ptr<HashAggregate> aggregate) {
  return std::make_shared<Result>(std::move(aggregate));
}

std::vector<DataType> HashAggregate::output_types() const {
  std::vector<DataType> types = layout_.types();
  for (const auto& step : aggregates_) {
    if (step.gives_states) {
      types.insert(types.end(), step.function.state_types.begin(), step.function.state_types.end());
    } else {
      types.push_back(step.function.type);
    }
  }
  return types;
}

}  // namespace hammerscale::sql
