#include "hammerscale/dataset/actions.hpp"

#include "hammerscale/base/error.hpp"

namespace hammerscale {

std::string& current_job_group() {
  thread_local std::string group;
  return group;
}

namespace actions {

void FirstElements::reserve_result(storage::Reservation& reservation, std::uint64_t num_bytes) {
  if (num_bytes <= reservation.bytes()) { return; }
  if (!reservation.try_grow(num_bytes - reservation.bytes())) {
    throw ResourceError(ErrorCode::kOutOfMemory, "a partition's result does not fit the executor's memory budget",
                        {{"bytes", std::to_string(num_bytes)}});
  }
}

}  // namespace actions
}  // namespace hammerscale
