#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "sql/exec/pipeline.hpp"

namespace hammerscale::sql {

/// Lets `offset` rows go by and hands on the `count` behind them, over all inputs of its pipeline. The pipeline must be
/// ordered: one task at a time.
class LimitOperator final : public Operator {
 public:
  static constexpr std::int64_t kNoLimit = INT64_MAX;
  LimitOperator(std::int64_t offset, std::int64_t count) : to_skip_(offset), left_(count) {}
  std::unique_ptr<BatchReceiver> make_task(TaskContext& context, BatchReceiver& next) override;

 private:
  class Task;
  std::int64_t to_skip_;
  std::int64_t left_;
};

}  // namespace hammerscale::sql
