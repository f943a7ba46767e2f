#pragma once

#include <memory>
#include <vector>

#include "sql/exec/pipeline.hpp"
#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// Puts the values of expressions over the batch's columns in their place. Rows and selection stay.
class ProjectOperator final : public Operator {
 public:
  /// @param expressions  bound to the input's columns.
  explicit ProjectOperator(Expressions expressions) : expressions_(std::move(expressions)) {}
  std::unique_ptr<BatchReceiver> make_task(TaskContext& context, BatchReceiver& next) override;

 private:
  Expressions expressions_;
};

/// Hands each batch on once for each list of expressions: grouping sets, several DISTINCTs.
class ExpandOperator final : public Operator {
 public:
  explicit ExpandOperator(std::vector<Expressions> projections) : projections_(std::move(projections)) {}
  std::unique_ptr<BatchReceiver> make_task(TaskContext& context, BatchReceiver& next) override;

 private:
  std::vector<Expressions> projections_;
};

}  // namespace hammerscale::sql
