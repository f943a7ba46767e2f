#include "hammerscale/comm/hdf5_access.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "hammerscale/comm/environment.hpp"
#include "hammerscale/comm/run_threads.hpp"

namespace hammerscale::comm {
namespace {

TEST(Hdf5Access, AllRanksWriteOneFile) {
  const Environment environment;
  Communicator& world = environment.world();
  std::string path =
      std::filesystem::temp_directory_path() / ("hammerscale_access_" + std::to_string(::getpid()) + ".h5");
  world.broadcast_resizing(Rank(0), path);

  const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  set_parallel_access(access, world);
  const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access);
  EXPECT_GE(file, 0);
  const auto num_rows = static_cast<hsize_t>(world.size());
  const hid_t file_space = H5Screate_simple(1, &num_rows, nullptr);
  const hid_t rows = H5Dcreate(file, "ranks", H5T_NATIVE_INT32, file_space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  const auto my_row = static_cast<hsize_t>(world.rank().value);
  const hsize_t one = 1;
  H5Sselect_hyperslab(file_space, H5S_SELECT_SET, &my_row, nullptr, &one, nullptr);
  const hid_t memory_space = H5Screate_simple(1, &one, nullptr);
  const std::int32_t value = 100 + world.rank().value;
  EXPECT_GE(H5Dwrite(rows, H5T_NATIVE_INT32, memory_space, file_space, H5P_DEFAULT, &value), 0);
  std::vector<std::int32_t> all(num_rows);
  world.barrier();
  H5Fflush(file, H5F_SCOPE_GLOBAL);
  EXPECT_GE(H5Dread(rows, H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, all.data()), 0);
  for (std::int32_t rank = 0; rank < world.size(); ++rank) {
    EXPECT_EQ(all[static_cast<std::size_t>(rank)], 100 + rank);
  }
  H5Sclose(memory_space);
  H5Dclose(rows);
  H5Sclose(file_space);
  H5Fclose(file);
  H5Pclose(access);
  world.barrier();
  if (world.rank() == Rank(0)) { std::filesystem::remove(path); }
}

TEST(Hdf5Access, RanksThatAreThreadsKeepSerialAccess) {
  const auto single = make_single_communicator();
  const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  const hid_t driver = H5Pget_driver(access);
  set_parallel_access(access, *single);
  EXPECT_EQ(H5Pget_driver(access), driver);
  H5Pclose(access);
}

}  // namespace
}  // namespace hammerscale::comm
