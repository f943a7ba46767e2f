#include "launcher_rank.hpp"

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <initializer_list>

namespace hammerscale::program {

std::int32_t launcher_rank() {
  // A batch script and what it starts by hand also see SLURM_PROCID, as 0; mpirun's own variables say more.
  for (const char* const name : {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"}) {
    const char* const text = std::getenv(name);
    if (text == nullptr) { continue; }
    std::int32_t rank = 0;
    const auto [end, status] = std::from_chars(text, text + std::strlen(text), rank);
    if (status == std::errc{} && *end == '\0') { return rank; }
  }
  return 0;
}

}  // namespace hammerscale::program
