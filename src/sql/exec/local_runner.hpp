#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "sql/exec/execution_context.hpp"
#include "sql/exec/planner.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

/// Runs an analysed, optimised plan on this process and gives its rows as flat batches, in the plan's order. Blocks;
/// the calling thread is one of the task threads. context.cancel() from another thread ends it.
/// @throws SqlError   of the query's functions; the first task's, when several fail.
/// @throws Cancelled  the context was cancelled.
std::shared_ptr<std::vector<Batch>> collect_batches(const PlanPtr& plan, ExecutionContext& context,
                                                    RecursionRows recursion = {});

/// The rows as values: for small results.
std::vector<Row> run_plan(const PlanPtr& plan, ExecutionContext& context, RecursionRows recursion = {});

/// Hands each batch of the result to take(), in the plan's order, until it returns false.
void run_plan(const PlanPtr& plan, ExecutionContext& context, const std::function<bool(Batch& batch)>& take);

}  // namespace hammerscale::sql
