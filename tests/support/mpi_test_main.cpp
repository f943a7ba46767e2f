#include <gtest/gtest.h>
#include <mpi.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace {

// Rank 0 prints; a failed check on any rank is printed by rank 0 with its rank; all ranks agree on each test's result.
class MpiListener : public testing::EmptyTestEventListener {
 public:
  explicit MpiListener(testing::TestEventListener* printer) : printer_(printer) {
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
  }

  void OnTestProgramStart(const testing::UnitTest& unit) override {
    if (rank_ == 0) { printer_->OnTestProgramStart(unit); }
  }
  void OnTestSuiteStart(const testing::TestSuite& suite) override {
    if (rank_ == 0) { printer_->OnTestSuiteStart(suite); }
  }
  void OnTestStart(const testing::TestInfo& info) override {
    report_.clear();
    failed_ = 0;
    if (rank_ == 0) { printer_->OnTestStart(info); }
  }
  void OnTestPartResult(const testing::TestPartResult& result) override {
    if (!result.failed() && !result.skipped()) { return; }
    if (result.failed()) { failed_ = 1; }
    report_ += "[rank " + std::to_string(rank_) + "] ";
    report_ += result.file_name() != nullptr ? result.file_name() : "?";
    report_ += ":" + std::to_string(result.line_number()) + ": " + result.message() + "\n";
  }
  void OnTestEnd(const testing::TestInfo& info) override {
    int failed_anywhere = 0;
    MPI_Allreduce(&failed_, &failed_anywhere, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
    print_reports();
    if (failed_anywhere != 0 && failed_ == 0) { ADD_FAILURE() << "failed on another rank"; }
    if (rank_ == 0) {
      printer_->OnTestEnd(info);
      std::fflush(stdout);
    }
  }
  void OnTestSuiteEnd(const testing::TestSuite& suite) override {
    if (rank_ == 0) { printer_->OnTestSuiteEnd(suite); }
  }
  void OnTestProgramEnd(const testing::UnitTest& unit) override {
    if (rank_ == 0) { printer_->OnTestProgramEnd(unit); }
  }

 private:
  void print_reports() {
    int length = static_cast<int>(report_.size());
    std::vector<int> lengths(static_cast<std::size_t>(size_));
    MPI_Gather(&length, 1, MPI_INT, lengths.data(), 1, MPI_INT, 0, MPI_COMM_WORLD);
    std::vector<int> offsets(static_cast<std::size_t>(size_));
    int total = 0;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
      offsets[i] = total;
      total += lengths[i];
    }
    std::string all(rank_ == 0 ? static_cast<std::size_t>(total) : 0, '\0');
    MPI_Gatherv(report_.data(), length, MPI_CHAR, all.data(), lengths.data(), offsets.data(), MPI_CHAR, 0,
                MPI_COMM_WORLD);
    if (rank_ == 0) { std::fputs(all.c_str(), stdout); }
  }

  std::unique_ptr<testing::TestEventListener> printer_;
  int rank_ = 0;
  int size_ = 1;
  int failed_ = 0;
  std::string report_;
};

}  // namespace

int main(int argc, char** argv) {
  int provided = 0;
  MPI_Init_thread(&argc, &argv, MPI_THREAD_SERIALIZED, &provided);
  testing::InitGoogleTest(&argc, argv);
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  auto& listeners = testing::UnitTest::GetInstance()->listeners();
  listeners.Append(new MpiListener(listeners.Release(listeners.default_result_printer())));
  if (rank != 0) { delete listeners.Release(listeners.default_xml_generator()); }
  const int result = RUN_ALL_TESTS();
  int worst = 0;
  MPI_Allreduce(&result, &worst, 1, MPI_INT, MPI_MAX, MPI_COMM_WORLD);
  MPI_Finalize();
  return worst;
}
