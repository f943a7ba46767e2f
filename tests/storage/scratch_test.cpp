#include "hammerscale/storage/scratch.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hammerscale/base/error.hpp"

namespace hammerscale::storage {
namespace {

/// Sets an environment variable (or clears it, with nullptr) and puts the old value back.
class WithEnvironment {
 public:
  WithEnvironment(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) { old_ = old; }
    set(value);
  }
  WithEnvironment(const WithEnvironment&) = delete;
  WithEnvironment& operator=(const WithEnvironment&) = delete;
  ~WithEnvironment() { set(old_ ? old_->c_str() : nullptr); }

 private:
  void set(const char* value) const {
    if (value != nullptr) {
      setenv(name_, value, 1);
    } else {
      unsetenv(name_);
    }
  }
  const char* name_;
  std::optional<std::string> old_;
};

class ScratchTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/hammerscale-scratch-test-XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string folder_;
  WithEnvironment no_setting_{"HAMMERSCALE_SCRATCH", nullptr};
  WithEnvironment no_job_{"SLURM_TMPDIR", nullptr};
  WithEnvironment no_tmpdir_{"TMPDIR", nullptr};
};

TEST_F(ScratchTest, TheOptionWinsOverTheEnvironment) {
  const WithEnvironment setting("HAMMERSCALE_SCRATCH", "/nonexistent");
  EXPECT_EQ(Scratch(folder_).path(), folder_);
}

TEST_F(ScratchTest, TheOwnSettingWinsOverTheJobs) {
  const WithEnvironment setting("HAMMERSCALE_SCRATCH", folder_.c_str());
  const WithEnvironment job("SLURM_TMPDIR", "/tmp");
  EXPECT_EQ(Scratch().path(), folder_);
}

TEST_F(ScratchTest, TheJobsFolderWinsOverTmpdir) {
  const WithEnvironment job("SLURM_TMPDIR", folder_.c_str());
  const WithEnvironment tmpdir("TMPDIR", "/tmp");
  EXPECT_EQ(Scratch().path(), folder_);
}

TEST_F(ScratchTest, FoldersThatDoNotWorkArePassedOver) {
  const WithEnvironment job("SLURM_TMPDIR", "/nonexistent");
  const WithEnvironment tmpdir("TMPDIR", folder_.c_str());
  EXPECT_EQ(Scratch().path(), folder_);
}

TEST_F(ScratchTest, WithoutAnySettingItIsTmp) { EXPECT_EQ(Scratch().path(), "/tmp"); }

TEST_F(ScratchTest, AFolderThatWasAskedForMustWork) {
  const std::string file = folder_ + "/file";
  std::ofstream(file) << "x";
  for (const std::string& path : {std::string("/nonexistent/folder"), file, std::string("/proc")}) {
    try {
      const Scratch scratch(path);
      FAIL() << path;
    } catch (const UserError& error) {
      EXPECT_EQ(error.code(), ErrorCode::kPermission);
      ASSERT_FALSE(error.info().fields.empty());
      EXPECT_EQ(error.info().fields[0], (ErrorField{"path", path}));
    }
  }
  const WithEnvironment setting("HAMMERSCALE_SCRATCH", "/nonexistent");
  EXPECT_THROW(Scratch(), UserError);
}

TEST_F(ScratchTest, FilesHaveNoNameAndCanBeWritten) {
  const Scratch scratch(folder_);
  const FileDescriptor file = scratch.open_unnamed();
  ASSERT_TRUE(file.is_open());
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
  struct stat status {};
  ASSERT_EQ(fstat(file.get(), &status), 0);
  EXPECT_EQ(status.st_nlink, 0U);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(write(file.get(), "abc", 3), 3);
  char bytes[3] = {};
  ASSERT_EQ(pread(file.get(), bytes, 3, 0), 3);
  EXPECT_EQ(std::string(bytes, 3), "abc");
}

TEST_F(ScratchTest, AFolderThatVanishedIsAnError) {
  const Scratch scratch(folder_);
  std::filesystem::remove_all(folder_);
  EXPECT_THROW((void)scratch.open_unnamed(), ResourceError);
  EXPECT_THROW((void)scratch.free_bytes(), ResourceError);
}

TEST_F(ScratchTest, KnowsFreeSpaceAndMemory) {
  EXPECT_GT(Scratch(folder_).free_bytes(), 0U);
  if (std::filesystem::exists("/dev/shm")) { EXPECT_TRUE(Scratch("/dev/shm").is_memory()); }
}

}  // namespace
}  // namespace hammerscale::storage
