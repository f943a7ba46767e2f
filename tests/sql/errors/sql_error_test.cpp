#include "hammerscale/sql/sql_error.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "sql/errors/conditions.hpp"

namespace hammerscale::sql {
namespace {

TEST(SqlErrorTest, MessageHasConditionParametersAndState) {
  const SqlError error("CAST_INVALID_INPUT",
                       {{"expression", "'abc'"}, {"sourceType", "\"STRING\""}, {"targetType", "\"INT\""}});
  EXPECT_EQ(error.condition(), "CAST_INVALID_INPUT");
  EXPECT_EQ(error.sql_state(), "22018");
  EXPECT_EQ(error.parameter("targetType"), "\"INT\"");
  EXPECT_TRUE(std::string(error.what())
                  .starts_with("[CAST_INVALID_INPUT] The value 'abc' of the type \"STRING\" cannot be cast to \"INT\" "
                               "because it is malformed."));
  EXPECT_TRUE(std::string(error.what()).ends_with(" SQLSTATE: 22018"));
  EXPECT_TRUE(error.message().starts_with("The value 'abc'"));
  EXPECT_TRUE(error.message().ends_with("return NULL instead."));
  EXPECT_FALSE(error.origin().known());
}

TEST(SqlErrorTest, SubConditionHasItsParentsMessageInFront) {
  const SqlError error("UNRESOLVED_COLUMN.WITH_SUGGESTION", {{"objectName", "`x`"}, {"proposal", "`y`"}});
  EXPECT_EQ(error.sql_state(), "42703");
  EXPECT_EQ(error.message(),
            "A column, variable, or function parameter with name `x` cannot be resolved. Did you mean one of the "
            "following? [`y`].");
  EXPECT_EQ(error.code(), ErrorCode::kUnknownColumn);
}

TEST(SqlErrorTest, TextAddsPlaceAndCarets) {
  const SqlError error("DIVIDE_BY_ZERO", {{"config", "x"}}, Origin{7, 10});
  const SqlError placed = error.with_text("SELECT 1/0");
  EXPECT_EQ(placed.line(), 1);
  EXPECT_EQ(placed.column(), 8);
  EXPECT_TRUE(std::string(placed.what()).ends_with("\n== SQL (line 1, position 8) ==\nSELECT 1/0\n       ^^^"));
  EXPECT_EQ(placed.message(), error.message());
  // A second call keeps the first text.
  EXPECT_STREQ(placed.with_text("other").what(), placed.what());
}

TEST(SqlErrorTest, CaretsCoverEachLineAndCountCodePoints) {
  const SqlError error("DIVIDE_BY_ZERO", {{"config", "x"}}, Origin{12, 18});
  const SqlError placed = error.with_text("SELECT\n '\xC3\xA9', a\n+ b, c");
  EXPECT_EQ(placed.line(), 2);
  EXPECT_EQ(placed.column(), 5);
  EXPECT_TRUE(std::string(placed.what()).ends_with("==\n '\xC3\xA9', a\n    ^^^\n+ b, c\n^^")) << placed.what();
}

TEST(SqlErrorTest, PlaceBeyondTheTextIsIgnored) {
  const SqlError error("DIVIDE_BY_ZERO", {{"config", "x"}}, Origin{100, 110});
  EXPECT_EQ(error.with_text("SELECT 1").line(), 0);
  const SqlError at_end = SqlError("PARSE_SYNTAX_ERROR", {{"error", "end of input"}, {"hint", ""}}, Origin{8, 8});
  EXPECT_TRUE(std::string(at_end.with_text("SELECT 1").what()).ends_with("SELECT 1\n        ^"));
}

TEST(SqlErrorTest, SurvivesTravelAsErrorInfo) {
  const SqlError error("DIVIDE_BY_ZERO", {{"config", "x"}}, Origin{7, 10});
  try {
    throw_error(error.info());
  } catch (const Error& travelled) {
    ASSERT_TRUE(has_condition(travelled));
    const SqlError again(travelled.info());
    EXPECT_STREQ(again.what(), error.what());
    EXPECT_EQ(again.origin(), error.origin());
  }
  EXPECT_FALSE(has_condition(UserError(ErrorCode::kInput, "other")));
}

TEST(SqlErrorTest, UnknownConditionIsABug) { EXPECT_THROW(SqlError("NO_SUCH_CONDITION", {}), InternalError); }

TEST(ErrorConditionsTest, AreSortedAndHaveStates) {
  const auto all = all_conditions();
  EXPECT_TRUE(std::ranges::is_sorted(all, {}, &ErrorCondition::name));
  EXPECT_EQ(std::ranges::adjacent_find(all, {}, &ErrorCondition::name), all.end());
  for (const ErrorCondition& condition : all) {
    EXPECT_EQ(condition.sql_state.size(), 5U) << condition.name;
    EXPECT_EQ(find_condition(condition.name), &condition);
  }
  EXPECT_EQ(find_condition("ZZZ"), nullptr);
}

}  // namespace
}  // namespace hammerscale::sql
