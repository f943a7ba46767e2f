#include "hammerscale/comm/environment.hpp"

#include <gtest/gtest.h>
#include <mpi.h>

#include <map>

namespace hammerscale::comm {
namespace {

Launch detect(const std::map<std::string, std::string>& variables) {
  return detect_launch([&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

std::string fix_for(const std::map<std::string, std::string>& variables) {
  try {
    detect(variables);
  } catch (const UserError& error) {
    EXPECT_EQ(error.code(), ErrorCode::kBadLaunch);
    return error.info().fields.at(1).second;
  }
  return "";
}

TEST(DetectLaunch, ByHandIsOneProcess) { EXPECT_EQ(detect({}).kind, LaunchKind::kSingle); }

TEST(DetectLaunch, MpirunIsAWorld) {
  const Launch launch =
      detect({{"OMPI_COMM_WORLD_SIZE", "4"}, {"OMPI_COMM_WORLD_LOCAL_SIZE", "2"}, {"PMIX_RANK", "0"}});
  EXPECT_EQ(launch.kind, LaunchKind::kMpiWorld);
  EXPECT_EQ(launch.num_ranks, 4);
  EXPECT_EQ(launch.num_ranks_on_node, 2);
  EXPECT_FALSE(launch.is_one_node());
}

TEST(DetectLaunch, MpirunInsideABatchJobIsAWorld) {
  EXPECT_EQ(detect({{"OMPI_COMM_WORLD_SIZE", "4"}, {"SLURM_JOB_ID", "7"}, {"SLURM_NTASKS", "4"}}).kind,
            LaunchKind::kMpiWorld);
}

TEST(DetectLaunch, SrunWithPmixIsAWorld) {
  const Launch launch = detect({{"SLURM_JOB_ID", "7"}, {"SLURM_STEP_ID", "0"}, {"SLURM_STEP_NUM_TASKS", "3"},
                                {"SLURM_STEP_NUM_NODES", "1"}, {"PMIX_RANK", "2"}});
  EXPECT_EQ(launch.kind, LaunchKind::kMpiWorld);
  EXPECT_EQ(launch.num_ranks, 3);
  EXPECT_TRUE(launch.is_one_node());
}

TEST(DetectLaunch, SrunWithoutPmixNamesTheFix) {
  EXPECT_EQ(fix_for({{"SLURM_JOB_ID", "7"}, {"SLURM_STEP_ID", "0"}, {"SLURM_NTASKS", "3"}}), "use srun --mpi=pmix");
}

TEST(DetectLaunch, SrunOfOneTaskIsOneProcess) {
  // A one-task step inside a job of eight tasks.
  const Launch launch = detect(
      {{"SLURM_JOB_ID", "7"}, {"SLURM_STEP_ID", "0"}, {"SLURM_STEP_NUM_TASKS", "1"}, {"SLURM_NTASKS", "8"}});
  EXPECT_EQ(launch.kind, LaunchKind::kSingle);
}

TEST(DetectLaunch, BatchScriptWithoutLauncher) {
  EXPECT_EQ(detect({{"SLURM_JOB_ID", "7"}, {"SLURM_NTASKS", "1"}}).kind, LaunchKind::kSingle);
  EXPECT_EQ(detect({{"SLURM_JOB_ID", "7"}}).kind, LaunchKind::kSingle);
  EXPECT_EQ(fix_for({{"SLURM_JOB_ID", "7"}, {"SLURM_NTASKS", "2"}}), "use srun --mpi=pmix, or mpirun");
}

TEST(Environment, ByHandMpiIsNeverInitialised) {
  Environment environment;
  EXPECT_FALSE(environment.uses_mpi());
  EXPECT_EQ(environment.world().size(), 1);
  EXPECT_EQ(environment.world().all_reduce_sum(3), 3);
  environment.finalize();
  int is_initialized = 1;
  MPI_Initialized(&is_initialized);
  EXPECT_EQ(is_initialized, 0);
}

TEST(ExitCode, TellsUserErrorsApart) {
  EXPECT_EQ(exit_code(UserError(ErrorCode::kBadLaunch, "x").info()), 2);
  EXPECT_EQ(exit_code(InternalError("x").info()), 1);
}

}  // namespace
}  // namespace hammerscale::comm
