#include "hammerscale/comm/communicator.hpp"
#include "hammerscale/comm/error_bytes.hpp"

namespace hammerscale::comm {

void Communicator::require_all_ok(const std::optional<ErrorInfo>& local_error, std::string_view what) {
  const std::int32_t first_failed = all_reduce_min(local_error ? rank_.value : size_);
  if (first_failed == size_) { return; }
  std::vector<std::byte> bytes;
  if (first_failed == rank_.value) {
    ErrorInfo error = *local_error;
    if (error.rank < 0) { error.rank = rank_.value; }
    error.fields.emplace_back("doing", what);
    bytes = to_bytes(error);
  }
  broadcast_resizing(Rank(first_failed), bytes);
  throw_error(error_from_bytes(bytes));
}

}  // namespace hammerscale::comm
