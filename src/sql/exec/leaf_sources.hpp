#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "sql/exec/pipeline.hpp"

namespace hammerscale::sql {

/// Rows that are known, as batches of a number of rows: VALUES, LocalRelation. No columns give rows all the same.
std::shared_ptr<Source> make_values_source(const std::vector<Row>& rows, const std::vector<DataType>& types,
                                           const ExecutionContext& context);

/// The numbers from start to end (exclusive) by step, as bigint.
class RangeSource final : public Source {
 public:
  /// step is not 0. Bounds and step may be any: the number of rows is computed in 128 bits.
  RangeSource(std::int64_t start, std::int64_t end, std::int64_t step, std::int32_t batch_rows);
  [[nodiscard]] int max_tasks() const override;
  std::unique_ptr<BatchReader> open(TaskContext& context) override;

 private:
  class Reader;
  std::int64_t start_;
  std::int64_t step_;
  std::int64_t num_rows_;
  std::int32_t batch_rows_;
  std::atomic<std::int64_t> next_morsel_{0};
};

}  // namespace hammerscale::sql
