#include "hammerscale/dataset/hdf5_files.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <numeric>

#include <unistd.h>

#include "hammerscale/dataset/hdf5_arrays.hpp"
#include "support/session_test.hpp"

namespace hammerscale {
namespace {

using testing::session;

/// A folder of the test's own, removed at its end.
class Hdf5FilesTest : public ::testing::Test {
 protected:
  Hdf5FilesTest()
      : folder_(std::filesystem::temp_directory_path() / ("hammerscale_hdf5_" + std::to_string(::getpid()))) {
    std::filesystem::create_directory(folder_);
  }
  ~Hdf5FilesTest() override { std::filesystem::remove_all(folder_); }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
  [[nodiscard]] std::size_t num_files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder_), {}));
  }

  template <typename Call>
  static ErrorInfo user_error(Call call) {
    try {
      call();
    } catch (const UserError& error) { return error.info(); }
    ADD_FAILURE() << "no UserError";
    return {};
  }

 private:
  std::filesystem::path folder_;
};

std::vector<std::vector<double>> make_rows(std::size_t n, std::size_t d) {
  std::vector<std::vector<double>> rows(n, std::vector<double>(d));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < d; ++j) { rows[i][j] = static_cast<double>(i) + static_cast<double>(j) / 8; }
  }
  return rows;
}

TEST_F(Hdf5FilesTest, RowsComeBackInOrderFromAnyPartitions) {
  const auto rows = make_rows(1000, 3);
  for (const std::uint32_t partitions : {1U, 2U, 7U}) {
    const auto file = path("rows" + std::to_string(partitions) + ".h5");
    session().parallelize(rows, partitions).save_as_hdf5(file, "/group/rows");
    EXPECT_EQ(read_hdf5<std::vector<double>>(session(), file + ":/group/rows", 3).collect(), rows);
    EXPECT_EQ(read_hdf5<std::vector<double>>(session(), file, partitions).collect(), rows);
  }
  EXPECT_EQ(num_files(), 3U) << "a temporary file was left behind";
}

TEST_F(Hdf5FilesTest, NumbersKeepTheirValues) {
  std::vector<std::int64_t> numbers(5000);
  std::iota(numbers.begin(), numbers.end(), std::int64_t{1} << 60);
  session().parallelize(numbers, 5).save_as_hdf5(path("n.h5"), "numbers");
  EXPECT_EQ(read_hdf5<std::int64_t>(session(), path("n.h5")).collect(), numbers);
}

TEST_F(Hdf5FilesTest, ArraysAreRowsAndIntegersWiden) {
  const std::vector<std::array<std::uint8_t, 2>> rows = {{1, 2}, {3, 255}};
  session().parallelize(rows, 2).save_as_hdf5(path("a.h5"), "a");
  EXPECT_EQ((read_hdf5<std::array<std::uint8_t, 2>>(session(), path("a.h5")).collect()), rows);
  EXPECT_EQ(read_hdf5<std::vector<double>>(session(), path("a.h5")).collect(),
            (std::vector<std::vector<double>>{{1, 2}, {3, 255}}));
  const auto error = user_error([&] { (void)read_hdf5<std::array<std::uint8_t, 3>>(session(), path("a.h5")); });
  EXPECT_EQ(error.code, ErrorCode::kTypeMismatch);
}

TEST_F(Hdf5FilesTest, FewerRowsThanPartitionsAndNoneAtAll) {
  const auto rows = make_rows(2, 4);
  session().parallelize(rows, 7).save_as_hdf5(path("few.h5"), "x");
  EXPECT_EQ(read_hdf5<std::vector<double>>(session(), path("few.h5"), 7).collect(), rows);
  session().parallelize(std::vector<double>{}, 3).save_as_hdf5(path("none.h5"), "x");
  EXPECT_TRUE(read_hdf5<double>(session(), path("none.h5")).collect().empty());
}

TEST_F(Hdf5FilesTest, ARaggedRowIsNamedAndNoFileIsLeft) {
  auto rows = make_rows(100, 3);
  rows[71].push_back(1);
  for (const std::uint32_t partitions : {1U, 4U, 100U}) {
    const auto error =
        user_error([&] { session().parallelize(rows, partitions).save_as_hdf5(path("ragged.h5"), "x"); });
    EXPECT_EQ(error.code, ErrorCode::kMalformedInput);
    EXPECT_NE(error.message().find("row=71"), std::string::npos) << error.message();
  }
  EXPECT_EQ(num_files(), 0U);
}

TEST_F(Hdf5FilesTest, RefusalsNamePathAndReason) {
  const auto data = session().parallelize(std::vector<double>{1, 2.5}, 2);
  data.save_as_hdf5(path("d.h5"), "x");
  EXPECT_EQ(user_error([&] { data.save_as_hdf5(path("d.h5"), "x"); }).code, ErrorCode::kFileExists);
  EXPECT_EQ(user_error([&] { data.save_as_hdf5(path("no/d.h5"), "x"); }).code, ErrorCode::kFileNotFound);
  EXPECT_EQ(user_error([&] { data.save_as_hdf5(path("e.h5"), ""); }).code, ErrorCode::kInvalidArgument);

  const auto read = [&](const std::string& name) {
    return user_error([&] { (void)read_hdf5<double>(session(), path(name)); });
  };
  EXPECT_EQ(read("absent.h5").code, ErrorCode::kFileNotFound);
  EXPECT_EQ(read("d.h5:/y").code, ErrorCode::kInput);
  std::ofstream(path("text.h5")) << "no HDF5";
  EXPECT_EQ(read("text.h5").code, ErrorCode::kInput);
  EXPECT_NE(read("text.h5").message().find("text.h5"), std::string::npos);
  EXPECT_EQ(user_error([&] { (void)read_hdf5<std::vector<double>>(session(), path("d.h5")); }).code, ErrorCode::kInput);
  EXPECT_EQ(user_error([&] { (void)read_hdf5<std::int64_t>(session(), path("d.h5")); }).code, ErrorCode::kTypeMismatch);
}

TEST_F(Hdf5FilesTest, ArraysAndTextsOfOneFile) {
  {
    Hdf5ArrayWriter writer(path("model.h5"));
    writer.put("/m/a", std::vector<double>{1, 2, 3, 4, 5, 6}, {2, 3});
    writer.put("/m/n", std::vector<std::int64_t>{7}, {1});
    writer.put_number("/x", M_PI);
    writer.put_text("/t", "naïve\n");
    writer.put_text("/empty", "");
    EXPECT_FALSE(std::filesystem::exists(path("model.h5")));
    writer.commit();
  }
  const Hdf5ArrayReader reader(path("model.h5"));
  EXPECT_EQ(reader.doubles("/m/a").extents, (std::vector<std::uint64_t>{2, 3}));
  EXPECT_EQ(reader.doubles("/m/a").values, (std::vector<double>{1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(reader.integers("/m/n").values, (std::vector<std::int64_t>{7}));
  EXPECT_EQ(reader.number("/x"), M_PI);
  EXPECT_EQ(reader.text("/t"), "naïve\n");
  EXPECT_EQ(reader.text("/empty"), "");
  EXPECT_TRUE(reader.has("/m/a"));
  EXPECT_FALSE(reader.has("/other/a"));
  EXPECT_EQ(user_error([&] { (void)reader.doubles("/m/n"); }).code, ErrorCode::kInput);
  EXPECT_NE(user_error([&] { (void)read_hdf5<double>(session(), path("model.h5")); }).message().find("/m/a"),
            std::string::npos)
      << "several datasets are not listed";
  { const Hdf5ArrayWriter forgotten(path("forgotten.h5")); }
  EXPECT_EQ(num_files(), 1U);
}

}  // namespace
}  // namespace hammerscale
