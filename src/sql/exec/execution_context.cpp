#include "sql/exec/execution_context.hpp"

namespace hammerscale::sql {

storage::SpillFile& ExecutionContext::spill_file() {
  const std::lock_guard lock(mutex_);
  if (!spill_file_) {
    scratch_.emplace();
    spill_file_ = std::make_unique<storage::SpillFile>(*scratch_);
  }
  return *spill_file_;
}

}  // namespace hammerscale::sql
