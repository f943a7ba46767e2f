#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "analysis_session.hpp"

namespace hammerscale::sql {
namespace {

struct Expectation {
  std::string statement;
  std::vector<std::string> lines;
};

std::vector<Expectation> read_expectations() {
  std::ifstream file(std::string(ANALYZER_TEST_DATA) + "/expectations.txt");
  EXPECT_TRUE(file.is_open());
  std::vector<Expectation> all;
  std::string line;
  bool in_block = false;
  while (std::getline(file, line)) {
    if (line.empty()) {
      in_block = false;
    } else if (!in_block) {
      all.push_back({line, {}});
      in_block = true;
    } else {
      all.back().lines.push_back(line);
    }
  }
  return all;
}

/// Statements of which we know that we differ from Spark, each with its reason on the line above it.
std::set<std::string> read_differences() {
  std::ifstream file(std::string(ANALYZER_TEST_DATA) + "/differences.txt");
  EXPECT_TRUE(file.is_open());
  std::set<std::string> statements;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != '#') { statements.insert(line); }
  }
  return statements;
}

void set_stage(AnalysisSession& session) {
  std::ifstream file(std::string(ANALYZER_TEST_DATA) + "/statements.sql");
  ASSERT_TRUE(file.is_open());
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("CREATE")) { session.create_view(line); }
  }
}

/// What we say, in the words of the expectations; of an error the condition and the SQLSTATE.
std::vector<std::string> outcome_of(AnalysisSession& session, const std::string& statement) {
  try {
    std::vector<std::string> lines;
    for (const Field& field : schema_of(*session.analyze(statement))) {
      lines.push_back(field.name + "\t" + field.type.to_string() + "\t" + (field.nullable ? "true" : "false"));
    }
    return lines;
  } catch (const SqlError& error) {
    return {"!" + error.condition() + "\t" + error.sql_state()};
  } catch (const Error& error) {
    return {std::string("?") + error.what()};
  }
}

std::vector<std::string> without_parameters(std::vector<std::string> lines) {
  for (auto& line : lines) {
    if (line.starts_with("!")) { line = line.substr(0, line.find('\t', line.find('\t') + 1)); }
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) { text += line + "\n"; }
  return text;
}

TEST(AnalyzerExpectations, SchemasAndErrorsAreSparks) {
  AnalysisSession session;
  set_stage(session);
  const auto differences = read_differences();
  const auto expectations = read_expectations();
  ASSERT_GT(expectations.size(), 150U);
  for (const auto& [statement, lines] : expectations) {
    const std::string expected = joined(without_parameters(lines));
    const std::string actual = joined(outcome_of(session, statement));
    if (differences.contains(statement)) {
      EXPECT_NE(actual, expected) << "no difference any more: " << statement;
    } else {
      EXPECT_EQ(actual, expected) << statement;
    }
  }
}

TEST(AnalyzerExpectations, AnalysingTwiceChangesNothing) {
  AnalysisSession session;
  set_stage(session);
  for (const auto& [statement, lines] : read_expectations()) {
    PlanPtr once;
    try {
      once = session.analyze(statement);
    } catch (const Error&) {
      continue;
    }
    EXPECT_EQ(schema_of(*analyze(once, session.context())), schema_of(*once)) << statement;
  }
}

TEST(AnalyzerExpectations, OptimizedPlansHaveTheSameColumns) {
  AnalysisSession session;
  set_stage(session);
  for (const auto& [statement, lines] : read_expectations()) {
    PlanPtr analysed;
    try {
      analysed = session.analyze(statement);
    } catch (const Error&) {
      continue;
    }
    const PlanPtr optimized = optimize(analysed, session.context());
    const Schema before = schema_of(*analysed);
    const Schema after = schema_of(*optimized);
    ASSERT_EQ(after.size(), before.size()) << statement;
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_EQ(after[i].name, before[i].name) << statement;
      EXPECT_TRUE(after[i].type.same_but_nullability(before[i].type)) << statement;
    }
  }
}

}  // namespace
}  // namespace hammerscale::sql
