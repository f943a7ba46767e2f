#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "../analyzer/analysis_session.hpp"
#include "sql/exec/local_runner.hpp"

namespace hammerscale::sql {
namespace {

struct Query {
  std::string text;
  std::vector<std::string> rows;
};

std::vector<Query> read_blocks(const std::string& name) {
  std::ifstream file(std::string(OPTIMIZER_TEST_DATA) + "/" + name);
  EXPECT_TRUE(file.is_open());
  std::vector<Query> queries;
  bool in_block = false;
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) {
      in_block = false;
    } else if (!in_block) {
      queries.push_back({line, {}});
      in_block = true;
    } else {
      queries.back().rows.push_back(line);
    }
  }
  return queries;
}

/// Spark's rows; and for queries that Spark refuses (differences.txt) what they are by the meaning of SQL.
std::vector<Query> read_expectations() {
  auto queries = read_blocks("expectations.txt");
  for (auto& ours : read_blocks("differences.txt")) {
    const auto known = std::ranges::find(queries, ours.text, &Query::text);
    EXPECT_NE(known, queries.end()) << ours.text;
    if (known != queries.end()) { *known = std::move(ours); }
  }
  return queries;
}

void set_stage(AnalysisSession& session) {
  std::ifstream file(std::string(OPTIMIZER_TEST_DATA) + "/queries.sql");
  ASSERT_TRUE(file.is_open());
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("CREATE")) { session.create_view(line); }
  }
}

/// The query's rows as text, sorted; or its error's condition.
std::vector<std::string> run(AnalysisSession& session, const std::string& text) {
  try {
    const PlanPtr plan = session.analyze(text);
    Expressions texts;
    for (const auto& column : output_of(*plan)) {
      texts.push_back(make_expression(
          Alias{make_expression(Cast{column, TypeId::kString, CastMode::kAnsi, true}), "text", next_attribute_id()}));
    }
    const PlanPtr optimized = optimize(make_plan(Project{plan, texts}), session.context());
    ExecutionContext execution(*session.context().evaluation);
    std::vector<std::string> lines;
    for (const Row& row : run_plan(optimized, execution)) {
      std::string line;
      for (std::size_t i = 0; i < row.size(); ++i) {
        line += (i == 0 ? "" : "\t") + (row[i].is_null() ? std::string("NULL") : row[i].as_string());
      }
      lines.push_back(std::move(line));
    }
    std::ranges::sort(lines);
    return lines;
  } catch (const SqlError& error) {
    return {"!" + error.condition()};
  } catch (const Error& error) {
    return {std::string("?") + error.what()};
  }
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) { text += line + "\n"; }
  return text;
}

TEST(OptimizedQueries, GiveSparksRows) {
  AnalysisSession session;
  set_stage(session);
  const auto queries = read_expectations();
  ASSERT_GT(queries.size(), 60U);
  for (const auto& [text, rows] : queries) { EXPECT_EQ(joined(run(session, text)), joined(rows)) << text; }
}

TEST(OptimizedQueries, GiveTheSameRowsWithAnyRuleOff) {
  AnalysisSession session;
  set_stage(session);
  const auto queries = read_expectations();
  for (const RuleBatch& batch : optimizer_batches()) {
    for (const OptimizerRule& rule : batch.rules) {
      if (rule.is_required) { continue; }
      session.context().settings["spark.sql.optimizer.excludedRules"] = std::string(rule.name);
      for (const auto& [text, rows] : queries) {
        EXPECT_EQ(joined(run(session, text)), joined(rows)) << "without " << rule.name << ": " << text;
      }
    }
  }
}

}  // namespace
}  // namespace hammerscale::sql
