#include "hammerscale/dataset/actions.hpp"

#include "hammerscale/base/error.hpp"

namespace hammerscale {

std::string& current_job_group() {
  thread_local std::string group;
  return group;
}

namespace actions {

void FirstElements::reserve_result(const TaskContext& context, storage::Reservation& reservation,
                                   std::uint64_t num_bytes) {
  if (num_bytes > context.max_result_bytes()) { throw_result_too_large(context.max_result_bytes()); }
  if (num_bytes <= reservation.bytes()) { return; }
  // A result cannot be spilled, so one refusal is not the end: room may come back.
  constexpr int kAttempts = 100;
  for (int i = 0; i < kAttempts; ++i) {
    if (reservation.try_grow(num_bytes - reservation.bytes())) { return; }
  }
  throw ResourceError(ErrorCode::kOutOfMemory, "a partition's result does not fit the executor's memory budget",
                      {{"bytes", std::to_string(num_bytes)}});
}

}  // namespace actions
}  // namespace hammerscale
