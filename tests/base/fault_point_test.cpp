#include "hammerscale/base/fault_point.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <new>

#include "hammerscale/base/error.hpp"
#include "hammerscale/base/log.hpp"

namespace hammerscale {
namespace {

class FaultPointTest : public ::testing::Test {
 protected:
  void TearDown() override {
    arm_fault_points("");
    set_log_rank(-1);
  }
};

void step() { HS_FAULT_POINT("test.step"); }

TEST_F(FaultPointTest, NothingHappensUnlessArmed) {
  EXPECT_NO_THROW(step());
  arm_fault_points("test.other:*:*:throw");
  EXPECT_NO_THROW(step());
}

TEST_F(FaultPointTest, TheChosenPassFails) {
  arm_fault_points("test.step:*:2:throw,test.step:*:4:out_of_memory");
  EXPECT_NO_THROW(step());
  try {
    step();
    FAIL() << "no error";
  } catch (const ResourceError& error) {
    EXPECT_TRUE(error.retryable());
    EXPECT_EQ(error.info().fields, (std::vector<ErrorField>{{"point", "test.step"}}));
  }
  EXPECT_NO_THROW(step());
  EXPECT_THROW(step(), std::bad_alloc);
  EXPECT_NO_THROW(step());
}

TEST_F(FaultPointTest, TheChosenRankFails) {
  arm_fault_points("test.step:2:*:throw");
  EXPECT_NO_THROW(step());
  set_log_rank(2);
  EXPECT_THROW(step(), ResourceError);
  EXPECT_THROW(step(), ResourceError);
  set_log_rank(-1);
  arm_fault_points("test.step:0:1:throw");  // A process alone counts as rank 0.
  EXPECT_THROW(step(), ResourceError);
}

TEST_F(FaultPointTest, StallingTakesTime) {
  arm_fault_points("test.step:*:1:stall");
  const auto begin = std::chrono::steady_clock::now();
  step();
  EXPECT_GE(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

TEST_F(FaultPointTest, TheProcessCanEnd) {
  EXPECT_EXIT((arm_fault_points("test.step:*:1:kill"), step()), ::testing::KilledBySignal(SIGKILL), "");
  EXPECT_EXIT((arm_fault_points("test.step:*:1:abort"), step()), ::testing::KilledBySignal(SIGABRT), "");
}

TEST_F(FaultPointTest, BadFormsAreRefused) {
  for (const auto* const bad : {"x", "x:1:1", "x:1:1:explode", ":1:1:throw", "x:one:1:throw", "x:1:-1:throw",
                                "x:1:1:throw:", "x:1:1:throw,,", "x::1:throw", "x:1:1:throw,y"}) {
    EXPECT_THROW(arm_fault_points(bad), UserError) << bad;
  }
}

TEST_F(FaultPointTest, TheEnvironmentArms) {
  ::setenv("HAMMERSCALE_FAULT", "test.step:*:1:throw", 1);
  arm_fault_points_from_environment();
  EXPECT_THROW(step(), ResourceError);
  ::unsetenv("HAMMERSCALE_FAULT");
  arm_fault_points_from_environment();
  EXPECT_NO_THROW(step());
}

}  // namespace
}  // namespace hammerscale
