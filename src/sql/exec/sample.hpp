#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "sql/exec/pipeline.hpp"

namespace hammerscale::sql {

/// TABLESAMPLE and sample(): keeps rows by a draw keyed by seed and row number, so that a seed gives the same rows
/// again; with replacement a row comes as often as a Poisson draw of mean upper - lower says. Pipelines must be
/// ordered.
class SampleOperator final : public Operator {
 public:
  SampleOperator(double lower, double upper, bool with_replacement, std::int64_t seed)
      : lower_(lower), upper_(upper), with_replacement_(with_replacement), seed_(seed) {}
  std::unique_ptr<BatchReceiver> make_task(TaskContext& context, BatchReceiver& next) override;

 private:
  class Task;
  double lower_;
  double upper_;
  bool with_replacement_;
  std::int64_t seed_;
  std::uint64_t next_row_ = 0;
};

}  // namespace hammerscale::sql
