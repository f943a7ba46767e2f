#include "sql/exec/row_sorter.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <numeric>
#include <string>
#include <type_traits>
#include <utility>

#include "hammerscale/base/check.hpp"
#include "hammerscale/shuffle/sort_kernel.hpp"
#include "sql/exec/cell_codec.hpp"
#include "sql/exec/copy_rows.hpp"
#include "sql/vector/vector_compare.hpp"

namespace hammerscale::sql {

namespace {

constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;

/// A piece of a key as an unsigned number whose order is the key's.
struct KeyPart {
  std::vector<std::uint64_t> values;
  int num_bits = 0;
};

/// The parts of all keys, up to the first key that its parts do not say whole.
class KeyParts {
 public:
  KeyParts(std::span<const Vector* const> columns, std::span<const SortKey> keys, std::int32_t num_rows)
      : num_rows_(static_cast<std::size_t>(num_rows)) {
    for (std::size_t i = 0; i < keys.size() && is_exact_; ++i) { add_key(*columns[i], keys[i]); }
  }

  /// Whether equal parts mean equal keys.
  [[nodiscard]] bool is_exact() const noexcept { return is_exact_; }

  /// The parts packed into words of up to 64 bits, most significant first.
  std::vector<std::vector<std::uint64_t>> pack() {
    std::vector<std::vector<std::uint64_t>> words;
    int bits_left = 0;
    for (KeyPart& part : parts_) {
      if (part.num_bits > bits_left) {
        words.push_back(std::move(part.values));
        bits_left = 64 - part.num_bits;
      } else {
        std::vector<std::uint64_t>& word = words.back();
        for (std::size_t i = 0; i < num_rows_; ++i) { word[i] = word[i] << part.num_bits | part.values[i]; }
        bits_left -= part.num_bits;
      }
      part = KeyPart();
    }
    return words;
  }

 private:
  void add_key(const Vector& column, const SortKey& key) {
    if (column.type().is_null()) { return; }
    if (column.may_have_nulls()) {
      std::vector<std::uint64_t> flags(num_rows_);
      for (std::size_t i = 0; i < num_rows_; ++i) {
        flags[i] = column.is_null(static_cast<std::int32_t>(i)) == key.nulls_first ? 0 : 1;
      }
      add_part(std::move(flags), column, SortKey{key.column, true, key.nulls_first}, false);
    }
    switch (column.type().physical()) {
      case PhysicalType::kBool: add_numbers<bool>(column, key); break;
      case PhysicalType::kInt8: add_numbers<std::int8_t>(column, key); break;
      case PhysicalType::kInt16: add_numbers<std::int16_t>(column, key); break;
      case PhysicalType::kInt32: add_numbers<std::int32_t>(column, key); break;
      case PhysicalType::kInt64: add_numbers<std::int64_t>(column, key); break;
      case PhysicalType::kFloat: add_numbers<float>(column, key); break;
      case PhysicalType::kDouble: add_numbers<double>(column, key); break;
      case PhysicalType::kInt128: add_wide(column, key); break;
      case PhysicalType::kString:
        if (column.type().collation() == Collation::kUtf8Binary) { add_prefixes(column, key); }
        is_exact_ = false;
        break;
      default: is_exact_ = false;
    }
  }

  template <typename T>
  void add_numbers(const Vector& column, const SortKey& key) {
    const ColumnReader<T> reader(column);
    std::vector<std::uint64_t> values(num_rows_);
    for (std::size_t i = 0; i < num_rows_; ++i) {
      const T value = reader[static_cast<std::int32_t>(i)];
      if constexpr (std::is_floating_point_v<T>) {
        const auto bits = std::bit_cast<std::uint64_t>(normalised_float(static_cast<double>(value)));
        values[i] = value != value ? ~std::uint64_t{0} : (bits & kSignBit) != 0 ? ~bits : bits | kSignBit;
      } else {
        values[i] = static_cast<std::uint64_t>(static_cast<std::int64_t>(value)) ^ kSignBit;
      }
    }
    add_part(std::move(values), column, key, true);
  }

  void add_wide(const Vector& column, const SortKey& key) {
    const ColumnReader<Int128> reader(column);
    std::vector<std::uint64_t> high(num_rows_);
    std::vector<std::uint64_t> low(num_rows_);
    for (std::size_t i = 0; i < num_rows_; ++i) {
      const Int128 value = reader[static_cast<std::int32_t>(i)];
      high[i] = static_cast<std::uint64_t>(value >> 64) ^ kSignBit;
      low[i] = static_cast<std::uint64_t>(value);
    }
    add_part(std::move(high), column, key, true);
    add_part(std::move(low), column, key, true);
  }

  void add_prefixes(const Vector& column, const SortKey& key) {
    const ColumnReader<StringView> reader(column);
    std::vector<std::uint64_t> values(num_rows_);
    const bool has_nulls = column.may_have_nulls();
    for (std::size_t i = 0; i < num_rows_; ++i) {
      const auto row = static_cast<std::int32_t>(i);
      if (has_nulls && reader.is_null(row)) { continue; }
      const StringView& text = reader[row];
      values[i] = shuffle::detail::big_endian_prefix(text.data(), text.size());
    }
    add_part(std::move(values), column, key, true);
  }

  /// Adds a part without its common offset; NULLs get 0 (their flag stands in front).
  void add_part(std::vector<std::uint64_t> values, const Vector& column, const SortKey& key, bool masks_nulls) {
    const bool has_nulls = masks_nulls && column.may_have_nulls();
    std::uint64_t smallest = ~std::uint64_t{0};
    std::uint64_t largest = 0;
    for (std::size_t i = 0; i < num_rows_; ++i) {
      if (has_nulls && column.is_null(static_cast<std::int32_t>(i))) { continue; }
      smallest = std::min(smallest, values[i]);
      largest = std::max(largest, values[i]);
    }
    if (largest <= smallest) { return; }
    for (std::size_t i = 0; i < num_rows_; ++i) {
      values[i] = key.is_ascending ? values[i] - smallest : largest - values[i];
    }
    if (has_nulls) {
      for (std::size_t i = 0; i < num_rows_; ++i) {
        if (column.is_null(static_cast<std::int32_t>(i))) { values[i] = 0; }
      }
    }
    parts_.push_back(KeyPart{std::move(values), static_cast<int>(std::bit_width(largest - smallest))});
  }

  std::size_t num_rows_;
  std::vector<KeyPart> parts_;
  bool is_exact_ = true;
};

int compare_cell_pair(const Vector& a, std::int32_t row_a, const Vector& b, std::int32_t row_b, const SortKey& key) {
  const bool a_null = a.is_null(row_a);
  const bool b_null = b.is_null(row_b);
  if (a_null || b_null) {
    if (a_null == b_null) { return 0; }
    return a_null == key.nulls_first ? -1 : 1;
  }
  const int order = compare_cells(a, row_a, b, row_b);
  return key.is_ascending ? order : -order;
}

}  // namespace

std::vector<std::uint32_t> sorted_order(std::span<const Vector* const> columns, std::span<const SortKey> keys,
                                        std::int32_t num_rows) {
  const auto n = static_cast<std::size_t>(num_rows);
  std::vector<std::uint32_t> order(n);
  std::iota(order.begin(), order.end(), 0U);
  if (n < 2) { return order; }
  KeyParts parts(columns, keys, num_rows);
  const bool is_exact = parts.is_exact();
  const auto words = parts.pack();
  if (!words.empty()) {
    std::vector<std::uint64_t> scratch(2 * n);
    const auto sorted = shuffle::sort_permutation(
        n, [&](std::size_t i) { return words[0][i]; }, shuffle::SortOrder::kAscending, scratch);
    for (std::size_t i = 0; i < n; ++i) { order[i] = static_cast<std::uint32_t>(sorted[i]); }
  }
  if (words.size() <= 1 && is_exact) { return order; }
  const auto same_first = [&](std::uint32_t a, std::uint32_t b) { return words.empty() || words[0][a] == words[0][b]; };
  for (std::size_t begin = 0; begin < n;) {
    std::size_t end = begin + 1;
    while (end < n && same_first(order[begin], order[end])) { ++end; }
    if (end - begin > 1) {
      std::sort(order.begin() + static_cast<std::ptrdiff_t>(begin), order.begin() + static_cast<std::ptrdiff_t>(end),
                [&](std::uint32_t a, std::uint32_t b) {
                  for (std::size_t w = 1; w < words.size(); ++w) {
                    if (words[w][a] != words[w][b]) { return words[w][a] < words[w][b]; }
                  }
                  if (!is_exact) {
                    for (std::size_t k = 0; k < keys.size(); ++k) {
                      const int sign = compare_cell_pair(*columns[k], static_cast<std::int32_t>(a), *columns[k],
                                                         static_cast<std::int32_t>(b), keys[k]);
                      if (sign != 0) { return sign < 0; }
                    }
                  }
                  return a < b;
                });
    }
    begin = end;
  }
  return order;
}

int compare_rows(const Batch& a, std::int32_t row_a, const Batch& b, std::int32_t row_b,
                 std::span<const SortKey> keys) {
  for (const SortKey& key : keys) {
    const auto column = static_cast<std::size_t>(key.column);
    const int sign = compare_cell_pair(a.columns[column], row_a, b.columns[column], row_b, key);
    if (sign != 0) { return sign; }
  }
  return 0;
}

Batch take_rows(std::span<const std::shared_ptr<const Vector>> columns, std::span<const std::uint32_t> rows,
                const VectorMemory& memory) {
  Batch batch;
  batch.num_rows = static_cast<std::int32_t>(rows.size());
  std::shared_ptr<std::byte[]> bytes = memory.allocate(std::max<std::size_t>(rows.size(), 1) * sizeof(std::int32_t));
  auto* numbers = reinterpret_cast<std::int32_t*>(bytes.get());
  for (std::size_t i = 0; i < rows.size(); ++i) { numbers[i] = static_cast<std::int32_t>(rows[i]); }
  const std::shared_ptr<std::int32_t[]> indices(std::move(bytes), numbers);
  for (const auto& column : columns) { batch.columns.push_back(Vector::dictionary(column, indices, batch.num_rows)); }
  return batch;
}

class RowSorter::Task final : public BatchReceiver {
 public:
  Task(RowSorter& sort, TaskContext& context) : sort_(sort), context_(context) { rows_.input = context.input; }

  void receive(Batch& batch) override {
    Batch flat = compact(batch, context_.query.memory());
    std::size_t num_bytes = 0;
    for (const Vector& column : flat.columns) { num_bytes += column.memory_bytes(); }
    // Sorting needs the rows once more as one column each, and words beside them.
    const std::size_t wanted = num_bytes + rows_.num_bytes + static_cast<std::size_t>(rows_.num_rows) * 40;
    rows_.num_rows += flat.num_rows;
    rows_.num_bytes += num_bytes;
    rows_.batches.emplace_back(context_.morsel, std::move(flat));
    if (sort_.limit_ != kNoLimit && rows_.num_rows > std::max<std::int64_t>(4 * sort_.limit_, 16 * kBatchRows)) {
      cut();
    } else if (!has_memory_for(wanted, context_.query)) {
      sort_.spill(take_kept(), context_.query);
    }
  }

  void finish() override {
    const std::lock_guard lock(sort_.mutex_);
    sort_.rows_.push_back(std::move(rows_));
  }

 private:
  /// Keeps the first limit rows.
  void cut() {
    const Sorted sorted = sort_.sort_rows(take_kept(), context_.query.memory());
    Batch best = compact(take_rows(sorted.columns, sorted.order, context_.query.memory()), context_.query.memory());
    rows_.num_rows = best.num_rows;
    for (const Vector& column : best.columns) { rows_.num_bytes += column.memory_bytes(); }
    rows_.batches.emplace_back(0, std::move(best));
  }

  Rows take_kept() {
    Rows kept = std::move(rows_);
    rows_ = Rows();
    rows_.input = context_.input;
    return kept;
  }

  RowSorter& sort_;
  TaskContext& context_;
  Rows rows_;
};

RowSorter::RowSorter(std::vector<DataType> types, std::vector<SortKey> keys, std::int64_t limit)
    : types_(std::move(types)), keys_(std::move(keys)), limit_(limit) {}

RowSorter::~RowSorter() = default;

std::unique_ptr<BatchReceiver> RowSorter::make_task(TaskContext& context) {
  return std::make_unique<Task>(*this, context);
}

RowSorter::Sorted RowSorter::sort_rows(Rows rows, const VectorMemory& memory) const {
  Sorted sorted;
  for (std::size_t column = 0; column < types_.size(); ++column) {
    std::vector<Vector> pieces;
    for (auto& [morsel, batch] : rows.batches) { pieces.push_back(std::move(batch.columns[column])); }
    sorted.columns.push_back(std::make_shared<const Vector>(concatenate(std::move(pieces), types_[column], memory)));
  }
  std::vector<const Vector*> columns;
  for (const SortKey& key : keys_) { columns.push_back(sorted.columns[static_cast<std::size_t>(key.column)].get()); }
  sorted.order = sorted_order(columns, keys_, static_cast<std::int32_t>(rows.num_rows));
  if (limit_ < static_cast<std::int64_t>(sorted.order.size())) {
    sorted.order.resize(static_cast<std::size_t>(limit_));
  }
  return sorted;
}

void RowSorter::spill(Rows rows, ExecutionContext& context) {
  const Sorted sorted = sort_rows(std::move(rows), context.memory());
  SpilledBatches run;
  const auto batch_rows = static_cast<std::size_t>(context.options().batch_rows);
  for (std::size_t first = 0; first < sorted.order.size(); first += batch_rows) {
    const auto part = std::span(sorted.order).subspan(first, std::min(batch_rows, sorted.order.size() - first));
    run.append(take_rows(sorted.columns, part, context.memory()), context);
  }
  const std::lock_guard lock(mutex_);
  runs_.push_back(std::move(run));
}

void RowSorter::finalize(ExecutionContext& context) {
  Rows all;
  // In the order of morsels, so that equal rows keep their order.
  std::stable_sort(rows_.begin(), rows_.end(), [](const Rows& a, const Rows& b) { return a.input < b.input; });
  for (Rows& rows : rows_) {
    all.num_rows += rows.num_rows;
    std::move(rows.batches.begin(), rows.batches.end(), std::back_inserter(all.batches));
  }
  if (rows_.size() > 1 &&
      std::all_of(rows_.begin(), rows_.end(), [&](const Rows& r) { return r.input == rows_.front().input; })) {
    std::stable_sort(all.batches.begin(), all.batches.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
  }
  rows_.clear();
  sorted_ = sort_rows(std::move(all), context.memory());
}

/// Batches of what was sorted in memory; any task takes the next.
class RowSorter::MemoryReader final : public BatchReader {
 public:
  MemoryReader(const Sorted& sorted, std::atomic<std::size_t>& next, TaskContext& context)
      : sorted_(sorted), next_(next), context_(context) {}

  bool next(Batch& batch) override {
    const auto batch_rows = static_cast<std::size_t>(context_.query.options().batch_rows);
    const std::size_t morsel = next_.fetch_add(1, std::memory_order_relaxed);
    const std::size_t first = morsel * batch_rows;
    if (first >= sorted_.order.size()) { return false; }
    context_.morsel = static_cast<std::int64_t>(morsel);
    context_.evaluation.first_row = static_cast<std::int64_t>(first);
    const auto rows = std::span(sorted_.order).subspan(first, std::min(batch_rows, sorted_.order.size() - first));
    batch = take_rows(sorted_.columns, rows, context_.query.memory());
    return true;
  }

 private:
  const Sorted& sorted_;
  std::atomic<std::size_t>& next_;
  TaskContext& context_;
};

/// Merges the runs and what is in memory; one task.
class RowSorter::MergeReader final : public BatchReader {
 public:
  MergeReader(RowSorter& sort, TaskContext& context) : sort_(sort), context_(context), left_(sort.limit_) {
    for (std::size_t run = 0; run <= sort_.runs_.size(); ++run) {
      cursors_.emplace_back();
      load(run);
    }
  }

  bool next(Batch& batch) override {
    const auto batch_rows = static_cast<std::int64_t>(context_.query.options().batch_rows);
    std::vector<VectorBuilder> builders;
    for (const DataType& type : sort_.types_) { builders.emplace_back(type, context_.query.memory()); }
    std::int32_t count = 0;
    for (; count < std::min(batch_rows, left_); ++count) {
      const std::size_t run = smallest();
      if (run == cursors_.size()) { break; }
      Cursor& cursor = cursors_[run];
      for (std::size_t i = 0; i < builders.size(); ++i) {
        builders[i].append_from(cursor.batch.columns[i], cursor.row);
      }
      if (++cursor.row == cursor.batch.num_rows) { load(run); }
    }
    if (count == 0) { return false; }
    if (left_ != kNoLimit) { left_ -= count; }
    batch = Batch();
    batch.num_rows = count;
    for (auto& builder : builders) { batch.columns.push_back(builder.finish()); }
    context_.morsel = num_batches_++;
    return true;
  }

 private:
  struct Cursor {
    Batch batch;
    std::int32_t row = 0;
    std::size_t next_batch = 0;
  };

  void load(std::size_t run) {
    Cursor& cursor = cursors_[run];
    cursor.row = 0;
    if (run < sort_.runs_.size()) {
      const SpilledBatches& batches = sort_.runs_[run];
      cursor.batch =
          cursor.next_batch < batches.size() ? batches.read(cursor.next_batch, context_.query.memory()) : Batch();
    } else {
      const auto& order = sort_.sorted_.order;
      const auto batch_rows = static_cast<std::size_t>(context_.query.options().batch_rows);
      const std::size_t first = std::min(cursor.next_batch * batch_rows, order.size());
      const auto rows = std::span(order).subspan(first, std::min(batch_rows, order.size() - first));
      cursor.batch = take_rows(sort_.sorted_.columns, rows, context_.query.memory());
    }
    ++cursor.next_batch;
  }

  /// The run whose head comes first, the earliest of equal ones; the number of cursors when all have ended.
  [[nodiscard]] std::size_t smallest() const {
    std::size_t best = cursors_.size();
    for (std::size_t i = 0; i < cursors_.size(); ++i) {
      if (cursors_[i].row >= cursors_[i].batch.num_rows) { continue; }
      if (best == cursors_.size() ||
          compare_rows(cursors_[i].batch, cursors_[i].row, cursors_[best].batch, cursors_[best].row, sort_.keys_) < 0) {
        best = i;
      }
    }
    return best;
  }

  RowSorter& sort_;
  TaskContext& context_;
  std::int64_t left_;
  std::vector<Cursor> cursors_;
  std::int64_t num_batches_ = 0;
};

class RowSorter::Result final : public Source {
 public:
  explicit Result(std::shared_ptr<RowSorter> sort) : sort_(std::move(sort)) {}
  [[nodiscard]] int max_tasks() const override {
    return sort_->runs_.empty() ? static_cast<int>(sort_->sorted_.order.size() / 65536 + 1) : 1;
  }
  std::unique_ptr<BatchReader> open(TaskContext& context) override {
    if (!sort_->runs_.empty()) { return std::make_unique<MergeReader>(*sort_, context); }
    return std::make_unique<MemoryReader>(sort_->sorted_, next_, context);
  }

 private:
  std::shared_ptr<RowSorter> sort_;
  std::atomic<std::size_t> next_{0};
};

std::shared_ptr<Source> RowSorter::result(std::shared_ptr<RowSorter> sort) {
  return std::make_shared<Result>(std::move(sort));
}

}  // namespace hammerscale::sql
