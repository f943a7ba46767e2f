#include <gtest/gtest.h>

#include <cstdio>

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
  int failed = 0;
  const int code = hammerscale::run(options, [&](hammerscale::Session& session) {
    hammerscale::testing::current_session = &session;
    failed = RUN_ALL_TESTS();
  });
  return code != 0 ? code : failed;
}
