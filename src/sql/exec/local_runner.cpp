#include "sql/exec/local_runner.hpp"

#include <utility>

namespace hammerscale::sql {

std::shared_ptr<std::vector<Batch>> collect_batches(const PlanPtr& plan, ExecutionContext& context,
                                                    RecursionRows recursion) {
  Planner planner(context, std::move(recursion));
  OpenPipeline open = planner.build(plan);
  for (Pipeline& pipeline : planner.finished()) {
    run_pipeline(pipeline, context);
    // What it read is not needed any more; what its sink has belongs to the next ones.
    pipeline = Pipeline();
  }
  auto sink = std::make_shared<CollectSink>();
  run_pipeline(Pipeline{std::move(open.inputs), sink, open.is_ordered}, context);
  return sink->batches();
}

std::vector<Row> run_plan(const PlanPtr& plan, ExecutionContext& context, RecursionRows recursion) {
  std::vector<Row> rows;
  const auto batches = collect_batches(plan, context, std::move(recursion));
  for (const Batch& batch : *batches) {
    for (std::int32_t i = 0; i < batch.num_rows; ++i) {
      rows.emplace_back();
      for (const Vector& column : batch.columns) { rows.back().push_back(column.value(i)); }
    }
  }
  return rows;
}

void run_plan(const PlanPtr& plan, ExecutionContext& context, const std::function<bool(Batch& batch)>& take) {
  const auto batches = collect_batches(plan, context);
  for (Batch& batch : *batches) {
    if (!take(batch)) { return; }
    batch = Batch();
  }
}

}  // namespace hammerscale::sql
