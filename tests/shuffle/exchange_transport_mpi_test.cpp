#include <gtest/gtest.h>

#include "hammerscale/comm/environment.hpp"
#include "shuffle/exchange_cases.hpp"

namespace hammerscale::shuffle {
namespace {

class ExchangeMpi : public testing::Test {
 protected:
  static void SetUpTestSuite() { environment_ = std::make_unique<comm::Environment>(); }
  static void TearDownTestSuite() { environment_.reset(); }
  inline static std::unique_ptr<comm::Environment> environment_;
};

TEST_F(ExchangeMpi, ReadsInPlaceOnOneNode) {
  const auto counters = run_exchange_case(environment_->world(), {.name = "in place", .elements_per_map = 100'000});
  EXPECT_GT(counters.in_place_bytes, 0U);
  EXPECT_EQ(counters.streamed_bytes, 0U);
}

TEST_F(ExchangeMpi, Streams) {
  const auto counters = run_exchange_case(
      environment_->world(), {.name = "streamed", .options = {.read_in_place = false}, .elements_per_map = 500'000});
  EXPECT_EQ(counters.in_place_bytes, 0U);
  EXPECT_GT(counters.streamed_bytes, 0U);
}

TEST_F(ExchangeMpi, StreamsInTinyPieces) {
  run_exchange_case(environment_->world(),
                    {.name = "tiny", .options = {.piece_bytes = 1000, .pieces_in_flight = 2, .read_in_place = false}});
}

TEST_F(ExchangeMpi, StreamsSpilledAndGiantElements) {
  run_exchange_case(environment_->world(),
                    {.name = "giant",
                     .budget_bytes = std::uint64_t{256} << 20,
                     .elements_per_map = 1000,
                     .giant_bytes = 3'000'000,
                     .spill = true});
}

TEST_F(ExchangeMpi, Prefetches) {
  run_exchange_case(environment_->world(), {.name = "prefetched",
                                            .options = {.read_in_place = false},
                                            .elements_per_map = 100'000,
                                            .prefetch = true});
}

}  // namespace
}  // namespace hammerscale::shuffle
