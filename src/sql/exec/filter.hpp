#pragma once

#include <memory>

#include "sql/exec/pipeline.hpp"
#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// Keeps the rows where a condition is true, by narrowing the selection.
class FilterOperator final : public Operator {
 public:
  /// @param condition  bound to the input's columns; its conjuncts are taken apart.
  explicit FilterOperator(ExpressionPtr condition) : condition_(std::move(condition)) {}
  std::unique_ptr<BatchReceiver> make_task(TaskContext& context, BatchReceiver& next) override;

 private:
  ExpressionPtr condition_;
};

}  // namespace hammerscale::sql
