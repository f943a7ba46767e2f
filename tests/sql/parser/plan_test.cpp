#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "expectations.hpp"
#include "hammerscale/base/error.hpp"
#include "sql/parser/parser.hpp"

namespace hammerscale::sql {
namespace {

TEST(PlanBytes, EveryAcceptedStatementComesBackEqual) {
  int num_plans = 0;
  for (const char* file : {"/names.tsv", "/statements.tsv"}) {
    for (const auto& row : read_expectations(std::string(HS_TEST_DATA) + file)) {
      PlanPtr plan;
      try {
        plan = parse_statement(row[0]);
      } catch (const SqlError&) {
        continue;
      }
      const auto bytes = to_bytes(plan);
      const auto back = plan_from_bytes(bytes);
      EXPECT_TRUE(equal(plan, back)) << row[0];
      EXPECT_EQ(to_tree_string(*plan), to_tree_string(*back));
      EXPECT_EQ(to_bytes(back), bytes) << row[0];
      ++num_plans;
    }
  }
  EXPECT_GT(num_plans, 400);
}

TEST(PlanBytes, CorruptBytesAreAnError) {
  const auto plan =
      parse_statement("WITH q AS (SELECT a + 1.5 AS x, 'y' FROM t WHERE b IN (1, 2) GROUP BY ALL) SELECT * FROM q");
  const auto bytes = to_bytes(plan);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_THROW(plan_from_bytes({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)}), Error) << size;
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const int change : {1, 0x80, 0xff}) {
      auto changed = bytes;
      changed[i] ^= static_cast<std::byte>(change);
      try {
        const auto other = plan_from_bytes(changed);
        EXPECT_NE(other, nullptr);
      } catch (const Error&) {
        // Refused; what matters is that nothing else happens.
      }
    }
  }
}

TEST(PlanBytes, SharedPartsStayShared) {
  ExpressionPtr shared = make_int_literal(1);
  for (int i = 0; i < 60; ++i) { shared = make_call("+", {shared, shared}); }
  const auto plan = make_plan(Project{make_plan(OneRow{}), {shared}});
  const auto bytes = to_bytes(plan);
  EXPECT_LT(bytes.size(), 4000U);
  const auto back = plan_from_bytes(bytes);
  EXPECT_EQ(to_bytes(back), bytes);
}

TEST(PlanBytes, TooDeepIsAnError) {
  ExpressionPtr deep = make_int_literal(1);
  for (int i = 0; i < 10'000; ++i) { deep = make_call("-", {deep}); }
  EXPECT_THROW(to_bytes(make_plan(Project{make_plan(OneRow{}), {deep}})), UserError);
}

TEST(PlanTrees, DeepOnesAreDestroyedWithoutRecursion) {
  ExpressionPtr expression = make_int_literal(1);
  PlanPtr plan = make_plan(OneRow{});
  for (int i = 0; i < 200'000; ++i) {
    expression = make_call("-", {expression});
    plan = make_plan(Distinct{plan});
  }
  expression.reset();
  plan.reset();
}

TEST(PlanTrees, TransformKeepsWhatDoesNotChange) {
  const auto plan = parse_statement("SELECT a + 1, b FROM t WHERE a > 2");
  EXPECT_EQ(transform_up(plan, [](const PlanPtr& part) { return part; }), plan);
  const auto renamed = transform_down(plan, [](const PlanPtr& part) -> PlanPtr {
    const auto* relation = part->get_if<UnresolvedRelation>();
    if (relation == nullptr) { return part; }
    auto copy = *relation;
    copy.name = {"u"};
    return make_plan(std::move(copy), part->origin);
  });
  EXPECT_FALSE(equal(plan, renamed));
  EXPECT_TRUE(equal(renamed, parse_statement("SELECT a + 1, b FROM u WHERE a > 2")));
}

TEST(PlanTrees, EqualityUpToCaseAndOrder) {
  const auto same = [](std::string_view a, std::string_view b) {
    const auto x = parse_expression(a);
    const auto y = parse_expression(b);
    if (semantically_equal(x, y)) { EXPECT_EQ(hash_of(x), hash_of(y)) << a << " " << b; }
    return semantically_equal(x, y);
  };
  EXPECT_TRUE(same("a + B", "b + A"));
  EXPECT_TRUE(same("upper(x) = y AND z", "Z AND Y = UPPER(X)"));
  EXPECT_TRUE(same("a AS x", "A"));
  EXPECT_FALSE(same("a - b", "b - a"));
  EXPECT_FALSE(same("'a'", "'A'"));
  EXPECT_FALSE(same("1", "1L"));
}

TEST(PlanText, Trees) {
  EXPECT_EQ(to_tree_string(*parse_statement("SELECT a + 1 AS x FROM t JOIN u ON t.i = u.i WHERE b > 'q'")),
            "'Project [('a + 1) AS x]\n"
            "+- 'Filter ('b > q)\n"
            "   +- 'Join Inner, ('t.i = 'u.i)\n"
            "      :- 'UnresolvedRelation [t], [], false\n"
            "      +- 'UnresolvedRelation [u], [], false\n");
}

TEST(PlanText, CommandsHaveNames) {
  const auto plan = parse_statement("DROP TABLE IF EXISTS t");
  EXPECT_EQ(command_name(*plan->get_if<Command>()), "DropTable");
}

TEST(DataTypes, Texts) {
  EXPECT_EQ(parse_data_type("struct<a: int, b: array<decimal(10, 2)>>").to_string(),
            "struct<a:int,b:array<decimal(10,2)>>");
  EXPECT_EQ(parse_data_type("map<string,array<array<bigint>>>").to_string(), "map<string,array<array<bigint>>>");
  EXPECT_EQ(parse_data_type("interval day to second").to_string(), "interval day to second");
  const auto schema = parse_schema("a INT NOT NULL COMMENT 'x', `b c` STRING");
  ASSERT_EQ(schema.size(), 2U);
  EXPECT_FALSE(schema[0].nullable);
  EXPECT_EQ(schema[0].comment, "x");
  EXPECT_EQ(schema[1].name, "b c");
  EXPECT_EQ(parse_multipart_name("a.`b.c`.d"), (NameParts{"a", "b.c", "d"}));
}

TEST(Scripts, AreCutAtSemicolons) {
  const std::string_view script =
      "SELECT ';' ; -- ;\n SELECT `;` /* ; /* ; */ */;;\nBEGIN SELECT CASE WHEN a THEN 1 END; IF x THEN "
      "SELECT 2; END IF; END; SELECT 3";
  const auto statements = split_statements(script);
  ASSERT_EQ(statements.size(), 4U);
  EXPECT_EQ(statements[0].text, "SELECT ';'");
  EXPECT_EQ(statements[1].text, "SELECT `;`");
  EXPECT_EQ(statements[2].text.substr(0, 5), "BEGIN");
  EXPECT_EQ(statements[2].text.substr(statements[2].text.size() - 7), "IF; END");
  EXPECT_EQ(statements[3].text, "SELECT 3");
  EXPECT_FALSE(statements[3].has_end);
  EXPECT_EQ(script.substr(statements[1].start, 6), "SELECT");
}

TEST(Scripts, Completeness) {
  EXPECT_TRUE(is_complete_statement(""));
  EXPECT_TRUE(is_complete_statement("SELECT 1;"));
  EXPECT_TRUE(is_complete_statement("SELECT 1; -- done"));
  EXPECT_FALSE(is_complete_statement("SELECT 1"));
  EXPECT_FALSE(is_complete_statement("SELECT 'a;"));
  EXPECT_EQ(split_statements("SELECT 1; SELECT 'a; SELECT 2;").size(), 2U);
  EXPECT_FALSE(is_complete_statement("SELECT 1; /* more"));
  EXPECT_FALSE(is_complete_statement("BEGIN SELECT 1;"));
  EXPECT_TRUE(is_complete_statement("BEGIN SELECT 1; END;"));
}

TEST(Keywords, AreFoundInAnyCase) {
  EXPECT_EQ(find_keyword("select"), Keyword::kSelect);
  EXPECT_EQ(find_keyword("Tblproperties"), Keyword::kTblproperties);
  EXPECT_EQ(find_keyword("selec"), Keyword::kNoKeyword);
  EXPECT_GT(all_keywords().size(), 400U);
  for (const auto word : all_keywords()) { EXPECT_EQ(keyword_text(find_keyword(word)), word); }
}

}  // namespace
}  // namespace hammerscale::sql
