#include <gtest/gtest.h>
#include <mpi.h>

#include "comm/communicator_cases.hpp"
#include "hammerscale/comm/environment.hpp"

namespace hammerscale::comm {
namespace {

// Both worlds live until MPI_Finalize; adopting the MPI of the test program is itself under test here.
class CommunicatorMpi : public testing::TestWithParam<CommunicatorCase> {
 protected:
  static void SetUpTestSuite() {
    normal_ = std::make_unique<Environment>();
    small_pieces_ = std::make_unique<Environment>(EnvironmentOptions{.piece_bytes = 1024});
  }
  static void TearDownTestSuite() {
    small_pieces_.reset();
    normal_.reset();
  }
  inline static std::unique_ptr<Environment> normal_;
  inline static std::unique_ptr<Environment> small_pieces_;
};

TEST_P(CommunicatorMpi, WithNormalPieces) {
  ASSERT_TRUE(normal_->uses_mpi());
  GetParam().run(normal_->world());
}

TEST_P(CommunicatorMpi, WithSmallPieces) { GetParam().run(small_pieces_->world()); }

INSTANTIATE_TEST_SUITE_P(All, CommunicatorMpi, testing::ValuesIn(communicator_cases()),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST(CommunicatorMpiWorld, HasTheRanksOfTheLauncher) {
  const Environment environment;
  int size = 0;
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  EXPECT_EQ(environment.world().size(), size);
  // mpirun started all of them here.
  EXPECT_EQ(environment.world().topology().num_nodes, 1);
  EXPECT_EQ(environment.world().topology().ranks_on_my_node.size(), static_cast<std::size_t>(size));
}

}  // namespace
}  // namespace hammerscale::comm
