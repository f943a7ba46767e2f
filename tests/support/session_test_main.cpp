#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>

#include "hammerscale/dataset/run.hpp"
#include "support/session_test.hpp"

namespace hammerscale::testing {
namespace {

Session* current_session = nullptr;

}  // namespace

Session& session() { return *current_session; }

}  // namespace hammerscale::testing

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  auto options = hammerscale::RunOptions::from_environment();
  options.spill_always = std::getenv("HAMMERSCALE_TEST_SPILL_ALWAYS") != nullptr;
  options.max_result_bytes = std::uint64_t{64} << 20;  // So that a test of the guard moves little.
  options.read_in_place = std::getenv("HAMMERSCALE_TEST_STREAM") == nullptr;
  int failed = 0;
  const int code = hammerscale::run(options, [&](hammerscale::Session& session) {
    hammerscale::testing::current_session = &session;
    failed = RUN_ALL_TESTS();
  });
  return code != 0 ? code : failed;
}
