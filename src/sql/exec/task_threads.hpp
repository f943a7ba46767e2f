#pragma once

#include <functional>

namespace hammerscale::sql {

/// Calls run(0) to run(num_tasks - 1), each on a thread of its own, the first on this one; returns when all have ended.
/// Threads are kept for the next call, up to as many as ran at once. Any thread may call it, also inside a run.
/// @throws what the task of the lowest number threw.
void run_on_threads(int num_tasks, const std::function<void(int task)>& run);

}  // namespace hammerscale::sql
