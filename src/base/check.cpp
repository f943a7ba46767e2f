#include "hammerscale/base/check.hpp"

#include "hammerscale/base/error.hpp"

namespace hammerscale {

void fail_check(const char* condition, std::source_location where) {
  throw InternalError("a check failed", {{"condition", condition}}, where);
}

}  // namespace hammerscale
