#include "sql/exec/filter.hpp"

#include "sql/exec/expression_program.hpp"

namespace hammerscale::sql {

namespace {

class FilterTask final : public PassingReceiver {
 public:
  FilterTask(const ExpressionPtr& condition, TaskContext& context, BatchReceiver& next)
      : PassingReceiver(next), program_(ExpressionProgram::compile(split_conjuncts(condition), context.evaluation)) {}

  void receive(Batch& batch) override {
    program_.filter(batch);
    if (batch.num_selected() > 0) { next_.receive(batch); }
  }

 private:
  ExpressionProgram program_;
};

}  // namespace

std::unique_ptr<BatchReceiver> FilterOperator::make_task(TaskContext& context, BatchReceiver& next) {
  return std::make_unique<FilterTask>(condition_, context, next);
}

}  // namespace hammerscale::sql
