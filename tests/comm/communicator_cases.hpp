#pragma once

#include <string_view>
#include <vector>

#include "hammerscale/comm/communicator.hpp"

namespace hammerscale::comm {

/// One behaviour that every communicator must show, whatever its backend, size and piece size. Every rank runs it.
struct CommunicatorCase {
  std::string_view name;
  void (*run)(Communicator& comm);
};

/// All of them.
const std::vector<CommunicatorCase>& communicator_cases();

}  // namespace hammerscale::comm
