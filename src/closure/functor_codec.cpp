#include "hammerscale/closure/functor_codec.hpp"

#include "hammerscale/base/error.hpp"
#include "hammerscale/closure/captured_address.hpp"

namespace hammerscale {

void check_captures(std::span<const std::byte> captures) {
  if (const auto offset = find_captured_address(captures)) {
    throw UserError(ErrorCode::kCapturesAddress,
                    "a function captures an address (a reference, a pointer or `this`), which means nothing on another "
                    "rank; capture values, or use hs::bind or session.broadcast",
                    {{"capture_offset", std::to_string(*offset)}, {"capture_bytes", std::to_string(captures.size())}});
  }
}

}  // namespace hammerscale
