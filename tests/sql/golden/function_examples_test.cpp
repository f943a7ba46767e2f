// Every example in the functions' own documentation gives the documented rows.

#include <gtest/gtest.h>

#include <string>

#include "golden_case.hpp"
#include "sql/functions/registry.hpp"

namespace hammerscale::sql::testing {
namespace {

TEST(FunctionExamples, GiveTheDocumentedRows) {
  const auto session = make_golden_session();
  std::size_t num_examples = 0;
  for (const auto& name : builtin_functions().names()) {
    const auto* documentation = builtin_functions().find_documentation(name);
    ASSERT_NE(documentation, nullptr) << name;
    EXPECT_FALSE(documentation->usage.empty()) << name;
    EXPECT_FALSE(documentation->group.empty()) << name;
    for (const auto& example : documentation->examples) {
      ++num_examples;
      const auto answer = answer_of(session, std::string(example.query));
      if (!answer.condition.empty()) {
        ADD_FAILURE() << name << ": " << example.query << ": " << answer.condition;
        continue;
      }
      std::string shown;
      std::string wanted;
      for (const auto& row : answer.rows) {
        std::string line;
        for (std::size_t c = 0; c < row.size(); ++c) { line += (c > 0 ? "\t" : "") + row[c].value_or("NULL"); }
        shown += line + "\n";
      }
      for (const auto row : example.rows) { wanted += std::string(row) + "\n"; }
      EXPECT_EQ(shown, wanted) << name << ": " << example.query;
    }
  }
  EXPECT_GT(num_examples, 300U);
}

}  // namespace
}  // namespace hammerscale::sql::testing
