#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "sql/exec/pipeline.hpp"
#include "sql/exec/spill_batches.hpp"

namespace hammerscale::sql {

/// One column of an order.
struct SortKey {
  std::int32_t column = 0;
  bool is_ascending = true;
  bool nulls_first = true;
};

/// The stable order of rows by keys: result[r] is the row that comes at place r.
///
/// Keys are packed into 64-bit words, as many columns to a word as their ranges allow, and the words sorted by vector
/// instructions; rows whose first words tie are sorted by the next ones, and by whole cells where strings are longer
/// than what stands in the word.
/// @param columns  one a key, all of num_rows rows, any encoding; SortKey::column is not looked at.
std::vector<std::uint32_t> sorted_order(std::span<const Vector* const> columns, std::span<const SortKey> keys,
                                        std::int32_t num_rows);

/// Order of two rows by keys: negative, 0, positive.
int compare_rows(const Batch& a, std::int32_t row_a, const Batch& b, std::int32_t row_b, std::span<const SortKey> keys);

/// ORDER BY, and ORDER BY ... LIMIT as top-k.
///
/// Tasks keep their rows; when memory is short they write sorted runs to the spill file. At the end what is in memory
/// is sorted as a whole and, if there are runs, merged with them. With a limit a task cuts what it keeps to the first
/// `limit` rows whenever it has many more. Stable for pipelines of one task.
class RowSorter final : public Sink {
 public:
  static constexpr std::int64_t kNoLimit = INT64_MAX;
  RowSorter(std::vector<DataType> types, std::vector<SortKey> keys, std::int64_t limit = kNoLimit);
  ~RowSorter() override;

  std::unique_ptr<BatchReceiver> make_task(TaskContext& context) override;
  void finalize(ExecutionContext& context) override;
  /// The sorted rows, once finalize has run; at most limit. Morsels in order.
  static std::shared_ptr<Source> result(std::shared_ptr<RowSorter> sort);

 private:
  class Task;
  class MemoryReader;
  class MergeReader;
  class Result;

  /// Rows of a task that are not sorted yet.
  struct Rows {
    std::int32_t input = 0;
    std::vector<std::pair<std::int64_t, Batch>> batches;  ///< With their morsels.
    std::int64_t num_rows = 0;
    std::size_t num_bytes = 0;
  };
  /// The rows in order, as one column each and the order of rows; the first `limit` of them.
  struct Sorted {
    std::vector<std::shared_ptr<const Vector>> columns;
    std::vector<std::uint32_t> order;
  };

  Sorted sort_rows(Rows rows, const VectorMemory& memory) const;
  void spill(Rows rows, ExecutionContext& context);

  std::vector<DataType> types_;
  std::vector<SortKey> keys_;
  std::int64_t limit_;
  std::mutex mutex_;
  std::vector<Rows> rows_;
  std::vector<SpilledBatches> runs_;
  Sorted sorted_;
};

/// Rows `rows` of columns that are shared, as dictionary vectors over them.
Batch take_rows(std::span<const std::shared_ptr<const Vector>> columns, std::span<const std::uint32_t> rows,
                const VectorMemory& memory);

}  // namespace hammerscale::sql
