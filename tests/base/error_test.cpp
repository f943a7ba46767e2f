#include "hammerscale/base/error.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace hammerscale {
namespace {

TEST(ErrorTest, MessageIsOneLineWithFieldsInOrder) {
  const UserError error(ErrorCode::kUnknownColumn, "column is not in the table", {{"column", "a\nb"}, {"table", "t"}});
  EXPECT_STREQ(error.what(), "column is not in the table (column=a\\nb, table=t)");
}

TEST(ErrorTest, ThrowErrorRestoresTheSubclass) {
  const ResourceError original(ErrorCode::kDiskFull, "disk is full", {{"path", "/x"}}, true);
  try {
    throw_error(original.info());
    FAIL() << "nothing was thrown";
  } catch (const ResourceError& error) {
    EXPECT_EQ(error.code(), ErrorCode::kDiskFull);
    EXPECT_TRUE(error.retryable());
    EXPECT_STREQ(error.what(), original.what());
  }
}

TEST(ErrorTest, ForeignExceptionsNameTheirType) {
  const auto info = describe_exception(std::make_exception_ptr(std::out_of_range("index 7")));
  EXPECT_EQ(info.code, ErrorCode::kUserCode);
  EXPECT_EQ(info.message(), "a user function threw an exception (type=std::out_of_range, what=index 7)");
}

}  // namespace
}  // namespace hammerscale
