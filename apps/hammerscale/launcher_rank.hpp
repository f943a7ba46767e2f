#pragma once

#include <cstdint>

namespace hammerscale::program {

/// The rank that the launcher gave this process, as far as its environment tells before MPI starts; 0 without a
/// launcher.
std::int32_t launcher_rank();

}  // namespace hammerscale::program
