#include "hammerscale/storage/reservation.hpp"

#include <utility>

#include <gtest/gtest.h>

#include "hammerscale/base/byte_size.hpp"

namespace hammerscale::storage {
namespace {

class ReservationTest : public testing::Test {
 protected:
  BufferPool pool_{BufferPoolOptions{.budget_bytes = kMiB}};
};

TEST_F(ReservationTest, GrowsShrinksAndGivesBack) {
  {
    Reservation held(pool_);
    EXPECT_TRUE(held.try_grow(1000));
    EXPECT_TRUE(held.try_grow(24));
    EXPECT_EQ(held.bytes(), 1024U);
    EXPECT_EQ(pool_.used_bytes(), 1024U);
    held.shrink_to(2000);
    EXPECT_EQ(held.bytes(), 1024U);
    held.shrink_to(10);
    EXPECT_EQ(pool_.used_bytes(), 10U);
  }
  EXPECT_EQ(pool_.used_bytes(), 0U);
}

TEST_F(ReservationTest, AFailedGrowthTakesNothing) {
  Reservation held(pool_);
  EXPECT_TRUE(held.try_grow(kMiB));
  EXPECT_FALSE(held.try_grow(1));
  EXPECT_EQ(held.bytes(), kMiB);
  EXPECT_FALSE(pool_.try_allocate(1));
}

TEST_F(ReservationTest, ReservedBytesAndFramesShareTheBudget) {
  Buffer buffer = pool_.allocate(512 * kKiB);
  Reservation held(pool_);
  EXPECT_FALSE(held.try_grow(513 * kKiB));
  EXPECT_TRUE(held.try_grow(512 * kKiB));
  buffer = Buffer();  // stays resident until the room is wanted
  EXPECT_EQ(pool_.cached_free_bytes(), 512 * kKiB);
  EXPECT_TRUE(held.try_grow(512 * kKiB));
  EXPECT_EQ(pool_.cached_free_bytes(), 0U);
}

TEST_F(ReservationTest, MovesCarryTheBytes) {
  Reservation first(pool_);
  ASSERT_TRUE(first.try_grow(100));
  Reservation second(std::move(first));
  EXPECT_EQ(first.bytes(), 0U);  // NOLINT: the state after a move is part of the contract
  Reservation third(pool_);
  ASSERT_TRUE(third.try_grow(50));
  third = std::move(second);
  EXPECT_EQ(third.bytes(), 100U);
  EXPECT_EQ(pool_.used_bytes(), 100U);
}

TEST_F(ReservationTest, ADefaultOneGrowsNever) {
  Reservation none;
  EXPECT_FALSE(none.try_grow(0));
  EXPECT_EQ(none.bytes(), 0U);
}

}  // namespace
}  // namespace hammerscale::storage
