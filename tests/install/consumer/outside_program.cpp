// A program outside the repository. It prints one line, whatever the number of ranks.
#include <hammerscale/base/byte_size.hpp>

#include <cstdlib>
#include <iostream>
#include <string_view>

int main() {
  // Open MPI's launcher numbers the ranks; without a launcher this is the only process.
  const char* rank = std::getenv("OMPI_COMM_WORLD_RANK");
  if (rank != nullptr && std::string_view(rank) != "0") { return 0; }
  std::cout << "answer " << hammerscale::format_byte_size(1536) << '\n';
}
