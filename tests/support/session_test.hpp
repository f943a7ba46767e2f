#pragma once

#include "hammerscale/dataset/session.hpp"

namespace hammerscale::testing {

/// The session of a test program made with hammerscale_add_session_test. Tests run on the driver; the other ranks
/// execute.
Session& session();

}  // namespace hammerscale::testing
