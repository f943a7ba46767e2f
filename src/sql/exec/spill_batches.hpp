#pragma once

#include <cstdint>
#include <vector>

#include "hammerscale/storage/spill_file.hpp"
#include "sql/exec/execution_context.hpp"
#include "sql/vector/vector.hpp"

namespace hammerscale::sql {

/// Batches of one schema that were written to the query's spill file, in order. One thread writes; readers are
/// independent. Its disk space is freed when it is destroyed or cleared.
class SpilledBatches {
 public:
  SpilledBatches() = default;
  SpilledBatches(SpilledBatches&& other) noexcept;
  SpilledBatches& operator=(SpilledBatches&& other) noexcept;
  SpilledBatches(const SpilledBatches&) = delete;
  SpilledBatches& operator=(const SpilledBatches&) = delete;
  ~SpilledBatches();

  /// Appends the selected rows. @throws as storage::SpillFile::append.
  void append(const Batch& batch, ExecutionContext& context);
  [[nodiscard]] bool empty() const noexcept { return extents_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return extents_.size(); }
  [[nodiscard]] std::int64_t num_rows() const noexcept { return num_rows_; }
  [[nodiscard]] std::uint64_t raw_bytes() const noexcept;
  /// Batch number i, with flat columns.
  [[nodiscard]] Batch read(std::size_t i, const VectorMemory& memory) const;
  void clear() noexcept;

 private:
  storage::SpillFile* file_ = nullptr;
  std::vector<DataType> types_;
  std::vector<storage::SpillExtent> extents_;
  std::int64_t num_rows_ = 0;
};

/// Whether memory for `num_bytes` more is there; in the test mode that spills always, never. Operators that spill ask
/// before each batch they keep.
bool has_memory_for(std::size_t num_bytes, const ExecutionContext& context);

}  // namespace hammerscale::sql
