#include "sql/exec/project.hpp"

#include <utility>

#include "sql/exec/expression_program.hpp"

namespace hammerscale::sql {

namespace {

class ProjectTask final : public PassingReceiver {
 public:
  ProjectTask(const Expressions& expressions, TaskContext& context, BatchReceiver& next)
      : PassingReceiver(next), program_(ExpressionProgram::compile(expressions, context.evaluation)) {}

  void receive(Batch& batch) override {
    Batch result;
    result.num_rows = batch.num_rows;
    program_.evaluate(batch, result.columns);
    result.selection = std::move(batch.selection);
    next_.receive(result);
  }

 private:
  ExpressionProgram program_;
};

class ExpandTask final : public PassingReceiver {
 public:
  ExpandTask(const std::vector<Expressions>& projections, TaskContext& context, BatchReceiver& next)
      : PassingReceiver(next) {
    for (const auto& list : projections) { programs_.push_back(ExpressionProgram::compile(list, context.evaluation)); }
  }

  void receive(Batch& batch) override {
    for (auto& program : programs_) {
      if (next_.is_done()) { return; }
      Batch result;
      result.num_rows = batch.num_rows;
      program.evaluate(batch, result.columns);
      result.selection = batch.selection;
      next_.receive(result);
    }
  }

 private:
  std::vector<ExpressionProgram> programs_;
};

}  // namespace

std::unique_ptr<BatchReceiver> ProjectOperator::make_task(TaskContext& context, BatchReceiver& next) {
  return std::make_unique<ProjectTask>(expressions_, context, next);
}

std::unique_ptr<BatchReceiver> ExpandOperator::make_task(TaskContext& context, BatchReceiver& next) {
  return std::make_unique<ExpandTask>(projections_, context, next);
}

}  // namespace hammerscale::sql
