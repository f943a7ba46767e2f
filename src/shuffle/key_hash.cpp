#include "hammerscale/shuffle/key_hash.hpp"

#include <xxhash.h>

namespace hammerscale::shuffle::detail {

std::uint64_t hash_long_bytes(const void* data, std::size_t num_bytes) noexcept {
  return XXH3_64bits(data, num_bytes);
}

}  // namespace hammerscale::shuffle::detail
