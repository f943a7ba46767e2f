// Statements of tests/golden/sql and what Spark answers (tests/golden/regenerate.py), run in every way that must not
// change an answer: small batches, colliding hashes, spilling, and without each optimizer rule.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "golden_case.hpp"
#include "sql/optimizer/optimizer.hpp"

namespace hammerscale::sql::testing {
namespace {

struct Way {
  std::string name;
  std::map<std::string, std::string> settings;
  bool refuse_memory = false;
};

std::vector<Way> ways() {
  std::vector<Way> all{{"plain", {}},
                       {"two_rows", {{"hammerscale.sql.batchRows", "2"}}},
                       {"constant_hash", {{"hammerscale.sql.constantHash", "true"}}},
                       {"spilling", {{"hammerscale.sql.spillAlways", "true"}, {"hammerscale.sql.batchRows", "2"}}}};
  for (const auto& batch : optimizer_batches()) {
    for (const auto& rule : batch.rules) {
      if (!rule.is_required) {
        all.push_back(
            {"without_" + std::string(rule.name), {{"spark.sql.optimizer.excludedRules", std::string(rule.name)}}});
      }
    }
  }
  return all;
}

std::filesystem::path folder() { return std::filesystem::path(HAMMERSCALE_GOLDEN_FOLDER); }

std::vector<std::string> files() {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder() / "sql")) {
    if (entry.path().extension() == ".sql") { names.insert(entry.path().stem().string()); }
  }
  return {names.begin(), names.end()};
}

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) { lines.push_back(line); }
  return lines;
}

Answer parse_answer(const std::string& line) {
  const auto json = nlohmann::json::parse(line);
  Answer answer;
  if (json.contains("error")) {
    // Of some errors Spark tells no condition; then any error will do.
    answer.condition =
        json["error"]["condition"].is_null() ? std::string(kAnyError) : json["error"]["condition"].get<std::string>();
    answer.sql_state = json["error"]["sqlState"].is_null() ? "" : json["error"]["sqlState"].get<std::string>();
    return answer;
  }
  for (const auto& column : json["schema"]) { answer.schema.emplace_back(column["name"], column["type"]); }
  for (const auto& row : json["rows"]) {
    auto& cells = answer.rows.emplace_back();
    for (const auto& cell : row) {
      cells.push_back(cell.is_null() ? std::nullopt : std::optional(cell.get<std::string>()));
    }
  }
  return answer;
}

/// Statements whose answer differs from Spark's by intent: "file:line", with the reason in differences.txt.
std::set<std::string> known_differences() {
  std::set<std::string> known;
  for (const auto& line : lines_of(folder() / "differences.txt")) {
    if (!line.empty() && line[0] != '#') { known.insert(line.substr(0, line.find(' '))); }
  }
  return known;
}

class GoldenTest : public ::testing::TestWithParam<std::tuple<std::string, Way>> {};

TEST_P(GoldenTest, AnswersAsSpark) {
  const auto& [file, way] = GetParam();
  const auto statements = lines_of(folder() / "sql" / (file + ".sql"));
  const auto answers = lines_of(folder() / "sql" / (file + ".jsonl"));
  ASSERT_EQ(statements.size(), answers.size());
  const auto known = known_differences();
  const auto session = make_golden_session(way.settings, way.refuse_memory);
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const auto actual = answer_of(session, statements[i]);
    if (known.contains(file + ":" + std::to_string(i + 1))) { continue; }
    const auto differs = difference(parse_answer(answers[i]), actual, is_ordered(statements[i]));
    EXPECT_EQ(differs, "") << file << ":" << i + 1 << ": " << statements[i];
  }
}

INSTANTIATE_TEST_SUITE_P(Sql, GoldenTest, ::testing::Combine(::testing::ValuesIn(files()), ::testing::ValuesIn(ways())),
                         [](const auto& info) { return std::get<0>(info.param) + "_" + std::get<1>(info.param).name; });

}  // namespace
}  // namespace hammerscale::sql::testing
