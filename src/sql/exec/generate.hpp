#pragma once

#include <memory>
#include <vector>

#include "sql/exec/pipeline.hpp"
#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// LATERAL VIEW: each row once for each row that a generator gives for it, with the generator's columns behind its own.
class GenerateOperator final : public Operator {
 public:
  /// @param generator  a bound FunctionCall of a generator.
  /// @param is_outer   rows for which the generator gives nothing stay, with NULLs.
  GenerateOperator(ExpressionPtr generator, std::vector<DataType> output_types, bool is_outer)
      : generator_(std::move(generator)), output_types_(std::move(output_types)), is_outer_(is_outer) {}
  std::unique_ptr<BatchReceiver> make_task(TaskContext& context, BatchReceiver& next) override;

 private:
  ExpressionPtr generator_;
  std::vector<DataType> output_types_;
  bool is_outer_;
};

/// How often a row comes, of how often it was on the left and on the right of a set operation.
enum class RepeatRule : std::uint8_t { kIntersect, kExcept };

/// INTERSECT and EXCEPT behind their counting: the first columns, as often as the two counts behind them say.
class RepeatOperator final : public Operator {
 public:
  RepeatOperator(std::size_t num_columns, RepeatRule rule, bool is_all)
      : num_columns_(num_columns), rule_(rule), is_all_(is_all) {}
  std::unique_ptr<BatchReceiver> make_task(TaskContext& context, BatchReceiver& next) override;

 private:
  std::size_t num_columns_;
  RepeatRule rule_;
  bool is_all_;
};

}  // namespace hammerscale::sql
