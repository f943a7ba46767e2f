#include "hammerscale/mllib/feature_table.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "hammerscale/dataset/hdf5_arrays.hpp"
#include "hammerscale/mllib/clustering_evaluation.hpp"
#include "hammerscale/mllib/estimator.hpp"
#include "hammerscale/mllib/train_test_split.hpp"
#include "support/reference/silhouette.hpp"
#include "support/session_test.hpp"

namespace hammerscale::mllib {
namespace {

namespace fs = std::filesystem;
using hammerscale::testing::Rows;
using hammerscale::testing::session;

/// A folder of this test's own.
class FeatureTableTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("hammerscale_feature_table_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

  static FeatureTableRequest request(std::vector<std::string> inputs) {
    FeatureTableRequest request;
    request.inputs = std::move(inputs);
    return request;
  }
  static ErrorInfo error_of(const FeatureTableRequest& request) {
    try {
      const auto table = read_feature_table(session(), request);
      table.run([&] { return table.numbers().collect(); });
    } catch (const UserError& error) { return error.info(); }
    ADD_FAILURE() << "no UserError";
    return {};
  }
  static void expect_error(const FeatureTableRequest& request, ErrorCode code, const std::string& part) {
    const auto error = error_of(request);
    EXPECT_EQ(error.code, code) << error.message();
    EXPECT_NE(error.message().find(part), std::string::npos) << error.message();
  }

  fs::path folder_;
};

using Names = std::vector<std::string>;

TEST_F(FeatureTableTest, ReadsColumnsOfNumbersFromSeveralFiles) {
  const auto first = write("a.csv", "id,x,label,y,w,z\nr1,1,0,2,3,\nr2,4,1,5,6,\n");
  const auto second = write("b.csv", "id,x,label,y,w,z\n\nr3,7,0,8,9,q");
  auto wanted = request({first, second});
  wanted.label = "LABEL";
  wanted.weight = "w";
  for (const std::uint32_t partitions : {1U, 2U, 7U}) {
    wanted.num_partitions = partitions;
    const auto table = read_feature_table(session(), wanted);
    EXPECT_EQ(table.feature_names(), (Names{"x", "y"}));
    EXPECT_EQ(table.numbers().collect(), (Rows{{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}));
    const auto rows = table.rows().collect();
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[2].cells, (Names{"r3", "7", "0", "8", "9", "q"}));
  }
  wanted.features = {"y", "X"};
  wanted.reads_label = true;
  EXPECT_EQ(read_feature_table(session(), wanted).numbers().first(), (std::vector<double>{2, 1, 0, 3}));
}

TEST_F(FeatureTableTest, ReadsWithoutHeaderAndWithOtherSeparators) {
  auto wanted = request({write("a.tsv", "1\t2\n3\t4\n")});
  wanted.delimited.header = false;
  const auto table = read_feature_table(session(), wanted);
  EXPECT_EQ(table.feature_names(), (Names{"_c0", "_c1"}));
  EXPECT_EQ(table.numbers().collect(), (Rows{{1, 2}, {3, 4}}));
  wanted = request({write("b.txt", "x;y\n1;2\n")});
  expect_error(wanted, ErrorCode::kInvalidArgument, "b.txt");
  wanted.format = InputFormat::kCsv;
  wanted.delimited.separator = ';';
  EXPECT_EQ(read_feature_table(session(), wanted).numbers().collect(), (Rows{{1, 2}}));
  wanted.delimited.infer_schema = false;
  expect_error(wanted, ErrorCode::kInvalidArgument, "--features");
  wanted.features = {"y"};
  EXPECT_EQ(read_feature_table(session(), wanted).numbers().collect(), (Rows{{2}}));
}

TEST_F(FeatureTableTest, NamesTheFirstBadRow) {
  std::string text = "x,y\n";
  for (int i = 0; i < 3000; ++i) { text += std::to_string(i) + ",1\n"; }
  const auto good = write("good.csv", text);
  for (const auto& [cell, code] : {std::pair<std::string, ErrorCode>{"oops", ErrorCode::kMalformedInput},
                                   {"", ErrorCode::kMalformedInput},
                                   {"inf", ErrorCode::kNonFinite},
                                   {"1,2", ErrorCode::kMalformedInput}}) {
    const auto bad = write("bad.csv", text + "1," + cell + "\n" + text.substr(4) + "2,worse\n");
    auto wanted = request({good, bad});
    for (const std::uint32_t partitions : {1U, 9U}) {
      wanted.num_partitions = partitions;
      expect_error(wanted, code, "bad.csv, row=3002");
    }
  }
  expect_error(request({good, write("other.csv", "x,z\n1,2\n")}), ErrorCode::kMalformedInput, "other.csv, row=1");
  auto missing = request({good});
  missing.features = {"x", "q"};
  expect_error(missing, ErrorCode::kUnknownColumn, "column=q");
  missing.features_of_model = true;
  expect_error(missing, ErrorCode::kUnknownColumn, "made for other features");
  expect_error(request({write("words.csv", "a,b\nx,y\n")}), ErrorCode::kInvalidArgument, "words.csv");
  expect_error(request({write("empty.csv", "")}), ErrorCode::kInvalidArgument, "empty.csv");
  expect_error(request({path("nowhere.csv")}), ErrorCode::kFileNotFound, "nowhere.csv");
  expect_error(request({good, write("a.svm", "1 1:1\n")}), ErrorCode::kInvalidArgument, "different formats");
}

TEST_F(FeatureTableTest, ReadsLibsvm) {
  const auto first = write("a.libsvm", "1 1:1 3:3\n");
  const auto second = write("b.svm", "0 2:2\n\n1 4:4\n");
  auto wanted = request({first, second});
  const auto table = read_feature_table(session(), wanted);
  EXPECT_EQ(table.feature_names(), (Names{"f1", "f2", "f3", "f4"}));
  EXPECT_EQ(table.numbers().collect(), (Rows{{1, 0, 3, 0}, {0, 2, 0, 0}, {0, 0, 0, 4}}));
  wanted.reads_label = true;
  EXPECT_EQ(read_feature_table(session(), wanted).numbers().collect(),
            (Rows{{1, 0, 3, 0, 1}, {0, 2, 0, 0, 0}, {0, 0, 0, 4, 1}}));
  wanted = request({first, second});
  wanted.features = {"a", "b", "c", "d", "e"};
  wanted.features_of_model = true;
  EXPECT_EQ(read_feature_table(session(), wanted).numbers().first(), (std::vector<double>{1, 0, 3, 0, 0}));
  wanted.features = {"f1", "f2", "f3"};
  expect_error(wanted, ErrorCode::kMalformedInput, "b.svm, row=3, column=4");
  expect_error(request({first, write("c.svm", "1 1:1\n1 0:5\n")}), ErrorCode::kMalformedInput,
               "c.svm, row=2, column=0:5");
}

TEST_F(FeatureTableTest, ReadsHdf5) {
  {
    Hdf5ArrayWriter writer(path("a.h5"));
    std::vector<double> values;
    for (int i = 0; i < 30; ++i) { values.push_back(i); }
    writer.put("/x", std::span<const double>(values), {10, 3});
    writer.put("/group/y", std::span<const double>(values).first(10), {10});
    writer.put("/short", std::span<const double>(values).first(9), {9});
    values[16] = std::nan("");
    writer.put("/bad", std::span<const double>(values), {10, 3});
    writer.commit();
  }
  auto wanted = request({path("a.h5:/x")});
  auto table = read_feature_table(session(), wanted);
  EXPECT_EQ(table.feature_names(), (Names{"_c0", "_c1", "_c2"}));
  for (const std::uint32_t partitions : {1U, 4U, 20U}) {
    wanted.num_partitions = partitions;
    const auto numbers = read_feature_table(session(), wanted).numbers().collect();
    ASSERT_EQ(numbers.size(), 10U);
    EXPECT_EQ(numbers[9], (std::vector<double>{27, 28, 29}));
  }
  wanted.weight = "/group/y";
  wanted.label = "_c1";
  EXPECT_EQ(read_feature_table(session(), wanted).numbers().collect()[3], (std::vector<double>{9, 11, 3}));
  wanted.weight = "/short";
  expect_error(wanted, ErrorCode::kMalformedInput, "rows=9");
  expect_error(request({path("a.h5")}), ErrorCode::kInput, "/group/y");
  expect_error(request({path("a.h5:/nothing")}), ErrorCode::kInput, "nothing");
  expect_error(request({path("a.h5:/bad")}), ErrorCode::kNonFinite, "row=5, column=_c1");
  auto of_model = request({path("a.h5:/x")});
  of_model.features_of_model = true;
  of_model.features = {"a", "b", "c"};
  EXPECT_EQ(read_feature_table(session(), of_model).numbers().first(), (std::vector<double>{0, 1, 2}));
  of_model.features = {"a", "b"};
  expect_error(of_model, ErrorCode::kUnknownColumn, "made for other features");
}

/// n rows around 3 corners far from the origin, where sums of squares would cancel.
Rows make_rows(std::size_t n) {
  Rows rows;
  for (std::size_t i = 0; i < n; ++i) {
    const double x = static_cast<double>(i * 7919 % 1000) / 300;
    const double y = static_cast<double>(i * 104729 % 1000) / 250;
    rows.push_back({1e6 + 3.0 * static_cast<double>(i % 3) + x, -2.0 * static_cast<double>(i % 3) + y});
  }
  return rows;
}

TEST(ClusteringEvaluationTest, AgreesWithTheDefinition) {
  const auto rows = make_rows(400);
  Rows weighted_rows = rows;
  std::vector<double> weights;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    weights.push_back(static_cast<double>(i % 4) * 0.75);
    weighted_rows[i].push_back(weights.back());
  }
  const auto model = fit_kmeans(session().parallelize(rows, 3), {.k = 3, .seed = 1});
  Rows centers;
  for (Eigen::Index c = 0; c < 3; ++c) {
    centers.push_back({model.cluster_centers(c, 0), model.cluster_centers(c, 1)});
  }
  std::vector<std::size_t> cluster;
  double weighted_cost = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double distance = 0;
    cluster.push_back(hammerscale::testing::nearest_center(centers, rows[i], distance));
    weighted_cost += weights[i] * distance;
  }
  const std::vector<double> ones(rows.size(), 1.0);
  std::optional<ClusteringEvaluation> before;
  for (const std::uint32_t partitions : {1U, 5U}) {
    const auto plain = evaluate_clustering(session().parallelize(rows, partitions), model, false,
                                           SilhouetteDistance::kSquaredEuclidean);
    // A mean of n numbers of magnitude 1, each from sums of n; coordinates of 1e6 leave distances of 1 about 1e-10.
    EXPECT_NEAR(plain.silhouette.value(), hammerscale::testing::mean_silhouette(rows, cluster, 3, ones), 1e-8);
    EXPECT_EQ(plain.cost, model.training_cost);
    EXPECT_EQ(plain.cluster_sizes, model.cluster_sizes);
    const auto weighted = evaluate_clustering(session().parallelize(weighted_rows, partitions), model, true,
                                              SilhouetteDistance::kSquaredEuclidean);
    EXPECT_NEAR(weighted.silhouette.value(), hammerscale::testing::mean_silhouette(rows, cluster, 3, weights), 1e-8);
    EXPECT_NEAR(weighted.cost, weighted_cost, 1e-8 * weighted_cost);
    if (before) { EXPECT_EQ(*weighted.silhouette, *before->silhouette); }
    before = weighted;
  }
}

TEST(ClusteringEvaluationTest, CosineAndDegenerateClusters) {
  Rows rows;
  Rows directions;
  std::vector<std::size_t> cluster;
  for (int i = 0; i < 40; ++i) {
    const double angle = (i % 2 == 0 ? 0.2 : 1.2) + 0.01 * (i % 7);
    const double length = 1 + i % 5;
    rows.push_back({length * std::cos(angle), length * std::sin(angle)});
    directions.push_back({std::cos(angle), std::sin(angle)});
    cluster.push_back(static_cast<std::size_t>(i % 2));
  }
  const auto points = session().parallelize(rows, 3);
  const auto model = fit_kmeans(points, {.k = 2, .distance_measure = "cosine"});
  const std::vector<double> ones(rows.size(), 1.0);
  EXPECT_NEAR(evaluate_clustering(points, model, false, SilhouetteDistance::kCosine).silhouette.value(),
              hammerscale::testing::mean_silhouette(directions, cluster, 2, ones), 1e-12);
  EXPECT_NEAR(evaluate_clustering(points, model, false, SilhouetteDistance::kSquaredEuclidean).silhouette.value(),
              hammerscale::testing::mean_silhouette(rows, cluster, 2, ones), 1e-12);
  const auto one = fit_kmeans(points, {.k = 1});
  EXPECT_FALSE(evaluate_clustering(points, one, false, SilhouetteDistance::kSquaredEuclidean).silhouette);
  // A row alone in its cluster counts 0.
  const Rows few = {{0}, {1}, {100}};
  const auto few_points = session().parallelize(few, 2);
  const auto few_model = fit_kmeans(few_points, {.k = 2, .seed = 1});
  EXPECT_NEAR(
      evaluate_clustering(few_points, few_model, false, SilhouetteDistance::kSquaredEuclidean).silhouette.value(),
      hammerscale::testing::mean_silhouette(few, {0, 0, 1}, 2, {1, 1, 1}), 1e-14);
}

TEST(TrainTestSplitTest, PartsDoNotDependOnPartitions) {
  const auto rows = make_rows(2000);
  const auto [train, test] = split_train_and_test(session().parallelize(rows, 1), 0.25, 7);
  const auto [train5, test5] = split_train_and_test(session().parallelize(rows, 5), 0.25, 7);
  const auto test_rows = test.collect();
  EXPECT_EQ(test5.collect(), test_rows);
  EXPECT_EQ(train5.collect(), train.collect());
  EXPECT_EQ(train.count() + test_rows.size(), rows.size());
  // 500 expected, with a standard deviation of 19.4: five of them to either side.
  EXPECT_NEAR(static_cast<double>(test_rows.size()), 500, 97);
  EXPECT_THROW(split_train_and_test(train, 1, 7), UserError);
}

TEST_F(FeatureTableTest, ModelsOfEstimatorsComeBackFromTheirFiles) {
  const auto& estimator = find_estimator("kmEANS");
  EXPECT_THROW(find_estimator("KMeens"), UserError);
  EstimatorParameters parameters(estimator.parameters);
  parameters.set_all({{"k", "3"}, {"predictionCol", "cluster"}, {"solver", "row"}, {"weightCol", "w"}});
  estimator.check(parameters);
  auto rows = make_rows(100);
  for (auto& row : rows) { row.push_back(2); }
  const auto model = estimator.fit({{session().parallelize(rows, 2), false, true}, {"a", "b"}, "", "w"}, parameters);
  model->save(path("m.h5"), false);
  EXPECT_THROW(model->save(path("m.h5"), false), UserError);
  const auto loaded = load_model(path("m.h5"));
  EXPECT_EQ(loaded->feature_names(), (Names{"a", "b"}));
  EXPECT_EQ(loaded->weight_column(), "w");
  EXPECT_EQ(loaded->parameters().list(), model->parameters().list());
  EXPECT_EQ(loaded->history(), model->history());
  JsonText before;
  before.begin_object();
  model->write_attributes(before);
  JsonText after;
  after.begin_object();
  loaded->write_attributes(after);
  EXPECT_EQ(after.str(), before.str());
  EXPECT_EQ(loaded->output_columns()[0].name, "cluster");
  const EvaluationRows all{session().parallelize(rows, 2), false, true};
  EXPECT_EQ(loaded->evaluate(all, {"WSSSE"})[0].second, model->training_metrics()[0].second);
  EXPECT_THROW(static_cast<void>(loaded->evaluate(all, {"accuracy"})), UserError);

  const auto refuses = [&](const std::string& file) {
    try {
      load_model(file);
    } catch (const UserError& error) {
      EXPECT_NE(error.info().message().find(file), std::string::npos) << error.what();
      return true;
    }
    return false;
  };
  EXPECT_TRUE(refuses(path("nowhere.h5")));
  EXPECT_TRUE(refuses(write("text.h5", "no HDF5")));
  std::string bytes;
  {
    std::ifstream file(path("m.h5"), std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(file), {});
  }
  EXPECT_TRUE(refuses(write("half.h5", bytes.substr(0, bytes.size() / 2))));
  const auto make_file = [&](const std::string& name, auto fill) {
    Hdf5ArrayWriter writer(path(name));
    fill(writer);
    writer.commit();
    return path(name);
  };
  EXPECT_TRUE(refuses(make_file("other.h5", [](auto& writer) { writer.put_number("/x", 1); })));
  EXPECT_TRUE(refuses(make_file("unknown.h5", [](auto& writer) { writer.put_text("/estimator", "Oracle"); })));
  EXPECT_TRUE(refuses(make_file("bare.h5", [](auto& writer) { writer.put_text("/estimator", "KMeans"); })));
  EXPECT_TRUE(refuses(make_file("broken.h5", [](auto& writer) {
    writer.put_text("/estimator", "KMeans");
    writer.put_text("/parameters", "{\"k\":");
  })));
}

TEST_F(FeatureTableTest, ParametersThatCannotBe) {
  const auto& estimator = kmeans_estimator();
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{{"k", "0"},
                                                                                    {"maxIter", "-1"},
                                                                                    {"tol", "-1"},
                                                                                    {"initMode", "best"},
                                                                                    {"initSteps", "0"},
                                                                                    {"distanceMeasure", "manhattan"},
                                                                                    {"solver", "gpu"},
                                                                                    {"maxBlockSizeInMB", "-1"},
                                                                                    {"featuresCol", "f"},
                                                                                    {"predictionCol", ""}}) {
    EstimatorParameters parameters(estimator.parameters);
    parameters.set(name, value);
    EXPECT_THROW(estimator.check(parameters), UserError) << name;
  }
}

}  // namespace
}  // namespace hammerscale::mllib
