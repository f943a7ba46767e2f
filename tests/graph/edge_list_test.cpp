#include <gtest/gtest.h>

#include "graph_files.hpp"

namespace hammerscale::graph {
namespace {

using testing::GraphFiles;
using testing::request_of;
using testing::run_lines;

std::string degrees_of(const std::string& edges) { return run_lines(request_of("degrees", edges)); }

/// The fields and sentence of the UserError that a request ends with.
std::string error_of(const GraphJobRequest& request) {
  try {
    run_lines(request);
  } catch (const UserError& error) { return error.info().message(); }
  return "no error";
}

TEST(EdgeListTest, SeparatorsCommentsWeightsAndBlankLines) {
  const GraphFiles files;
  EXPECT_EQ(degrees_of(files.write("e.txt", "# a comment\n% another\n1 2\n2\t3 0.5\r\n\n 3,1,7\n3 , 4\n")),
            "1 2\n2 2\n3 3\n4 1\n");
}

TEST(EdgeListTest, IntegersOrderByValueAndKeepTheirBounds) {
  const GraphFiles files;
  EXPECT_EQ(degrees_of(files.write("e", "10 9\n-3 10\n9223372036854775807 -9223372036854775808\n")),
            "-9223372036854775808 1\n-3 1\n9 1\n10 2\n9223372036854775807 1\n");
}

TEST(EdgeListTest, OneIdThatIsNoIntegerMakesAllText) {
  const GraphFiles files;
  // 10 comes before 9 bytewise, and a number of more than 64 bits is text.
  EXPECT_EQ(degrees_of(files.write("e", "10 9\n9 x\n")), "10 1\n9 2\nx 1\n");
  EXPECT_EQ(degrees_of(files.write("f", "9223372036854775808 5\n5 10\n")), "10 1\n5 2\n9223372036854775808 1\n");
}

TEST(EdgeListTest, EmptyInputHasNoVertices) {
  const GraphFiles files;
  EXPECT_EQ(degrees_of(files.write("e", "")), "");
  EXPECT_EQ(run_lines(request_of("pagerank", files.write("f", "# nothing\n"))), "");
  EXPECT_EQ(run_lines(request_of("pr", files.write("g", "\n"))), "");
}

TEST(EdgeListTest, VertexFilesAddIsolatedVertices) {
  const GraphFiles files;
  auto request = request_of("degrees", files.write("e", "1 1\n1 5\n"));
  request.input.vertices = {files.write("v", "7\n5\n-1\n")};
  EXPECT_EQ(run_lines(request), "-1 0\n1 3\n5 1\n7 0\n");
  request.input.edges = {files.write("none", "")};
  EXPECT_EQ(run_lines(request), "-1 0\n5 0\n7 0\n");
}

TEST(EdgeListTest, CsvColumnsByNameWithQuotes) {
  const GraphFiles files;
  EXPECT_EQ(degrees_of(files.write("e.csv", "when,DST,src\n1,b,a\n2,\"c,\"\"d\",a\n")), "a 2\nb 1\nc,\"d 1\n");
  auto request = request_of("degrees", files.write("f.csv", "src,dst\n\"a,b\",c\n"));
  request.format = ValueFormat::kCsv;
  EXPECT_EQ(run_lines(request), "\"a,b\",1\nc,1\n");
  request.format = ValueFormat::kJson;
  EXPECT_EQ(run_lines(request), "{\"id\": \"a,b\", \"value\": 1}\n{\"id\": \"c\", \"value\": 1}\n");
  EXPECT_NE(error_of(request_of("degrees", files.write("g.csv", "src,to\n1,2\n"))).find("column=dst"),
            std::string::npos);
}

TEST(EdgeListTest, MatrixMarketGivesAllItsVertices) {
  const GraphFiles files;
  EXPECT_EQ(
      degrees_of(files.write("m.mtx", "%%MatrixMarket matrix coordinate real general\n% c\n4 4 2\n1 2 0.5\n2 2 1e3\n")),
      "1 1\n2 3\n3 0\n4 0\n");
  EXPECT_EQ(degrees_of(files.write("s.mtx", "%%MatrixMarket matrix coordinate pattern symmetric\n3 3 2\n2 1\n3 3\n")),
            "1 2\n2 2\n3 2\n");
  EXPECT_NE(error_of(request_of("degrees",
                                files.write("x.mtx", "%%MatrixMarket matrix coordinate pattern general\n3 3 2\n2 1\n")))
                .find("expected=2, found=1"),
            std::string::npos);
  EXPECT_NE(error_of(request_of("degrees",
                                files.write("y.mtx", "%%MatrixMarket matrix coordinate pattern general\n3 3 1\n0 1\n")))
                .find("text=0 1"),
            std::string::npos);
}

TEST(EdgeListTest, PiecesOfALargeFileJoinWithoutLossOrRepeats) {
  const GraphFiles files;
  // Lines of many lengths, so that the cuts between pieces fall on every kind of place.
  std::string text;
  std::string expected = "0 20000\n";
  for (int i = 1; i <= 20000; ++i) {
    text += '0';
    text.append(static_cast<std::size_t>(i % 7 + 1), ' ').append(std::to_string(i)).append("\n");
    expected.append(std::to_string(i)).append(" 1\n");
  }
  EXPECT_EQ(degrees_of(files.write("e", text)), expected);
  // The same without the last line's end.
  EXPECT_EQ(degrees_of(files.write("f", text.substr(0, text.size() - 1))), expected);
}

TEST(EdgeListTest, MalformedLinesNamePathByteAndText) {
  const GraphFiles files;
  for (const auto* const line : {"lonely", "1 2 heavy", "1 2 3 4"}) {
    const auto path = files.write("e", "1 2\n# x\n" + std::string(line) + "\n5 6\n");
    const auto message = error_of(request_of("degrees", path));
    EXPECT_NE(message.find("path=" + path + ", byte=8, text=" + line), std::string::npos) << message;
  }
  EXPECT_NE(error_of(request_of("degrees", files.folder() + "/absent")).find("absent"), std::string::npos);
}

TEST(EdgeListTest, UndirectedDegreesAreTheDirectedOnes) {
  const GraphFiles files;
  auto request = request_of("degrees", files.write("e", "1 2\n2 1\n3 3\n3 1\n"));
  const auto directed = run_lines(request);
  EXPECT_EQ(directed, "1 3\n2 2\n3 3\n");
  request.input.directed = false;
  EXPECT_EQ(run_lines(request), directed);
}

TEST(EdgeListTest, PartFilesHoldAllLines) {
  const GraphFiles files;
  auto request = request_of("degrees", files.write("e", "1 2\n2 3\n3 4\n"));
  const auto parts = files.folder() + "/parts";
  std::filesystem::create_directory(parts);
  request.part_folder = parts;
  EXPECT_EQ(run_lines(request), "");
  std::string all;
  for (std::uint32_t i = 0; i < hammerscale::testing::session().num_executors(); ++i) {
    std::ostringstream text;
    text << std::ifstream(parts + "/part-0000" + std::to_string(i)).rdbuf();
    all += text.str();
  }
  EXPECT_EQ(all, "1 1\n2 2\n3 2\n4 1\n");
}

TEST(EdgeListTest, TopTakesTheLargestTiesById) {
  const GraphFiles files;
  auto request = request_of("degrees", files.write("e", "5 1\n5 2\n9 2\n9 1\n4 4\n"));
  request.top = 3;
  EXPECT_EQ(run_lines(request), "1 2\n2 2\n4 2\n");
  request.top = 100;
  EXPECT_EQ(run_lines(request), "1 2\n2 2\n4 2\n5 2\n9 2\n");
}

}  // namespace
}  // namespace hammerscale::graph
