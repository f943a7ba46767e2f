#include <gtest/gtest.h>

#include <string>

#include "analysis_session.hpp"
#include "sql/analyzer/suggestions.hpp"

namespace hammerscale::sql {
namespace {

class Resolution : public ::testing::Test {
 protected:
  Resolution() { session_.create_table("t", {{"a", TypeId::kInt, false}, {"b", TypeId::kString, true}}); }

  std::string error_of(const std::string& text) {
    try {
      session_.analyze(text);
    } catch (const SqlError& error) { return error.condition(); }
    return "none";
  }
  std::string message_of(const std::string& text) {
    try {
      session_.analyze(text);
    } catch (const SqlError& error) { return error.message(); }
    return "none";
  }
  std::string columns_of(const std::string& text) {
    std::string columns;
    for (const Field& field : schema_of(*session_.analyze(text))) {
      columns += (columns.empty() ? "" : ", ") + field.name + " " + field.type.to_string();
    }
    return columns;
  }

  AnalysisSession session_;
};

TEST_F(Resolution, TablesByEveryLengthOfName) {
  for (const std::string name : {"t", "default.t", "spark_catalog.default.t"}) {
    EXPECT_EQ(columns_of("SELECT " + name + ".a FROM " + name), "a int");
  }
  EXPECT_EQ(error_of("SELECT other.t.a FROM default.t"), "UNRESOLVED_COLUMN.WITH_SUGGESTION");
}

TEST_F(Resolution, EveryUseOfATableHasColumnsOfItsOwn) {
  const PlanPtr plan = session_.analyze("SELECT x.a, y.a FROM t x, t y");
  const Expressions output = output_of(*plan);
  EXPECT_NE(output[0]->get_if<Attribute>()->id, output[1]->get_if<Attribute>()->id);
  const PlanPtr twice = session_.analyze("WITH c AS (SELECT a FROM t) SELECT x.a, y.a FROM c x, c y");
  const Expressions columns = output_of(*twice);
  EXPECT_NE(columns[0]->get_if<Attribute>()->id, columns[1]->get_if<Attribute>()->id);
}

TEST_F(Resolution, InnerCteHidesOuterOne) {
  EXPECT_EQ(columns_of("WITH c AS (SELECT 1 AS x) SELECT * FROM (WITH c AS (SELECT 2 AS y) SELECT * FROM c) i"),
            "y int");
  EXPECT_EQ(columns_of("WITH t AS (SELECT a FROM t) SELECT * FROM t"), "a int");
}

TEST_F(Resolution, ParametersAndVariables) {
  session_.context().named_parameters["p"] = make_int_literal(7);
  session_.context().positional_parameters = {make_string_literal("x")};
  EXPECT_EQ(columns_of("SELECT :p AS a, ? AS b"), "a int, b string");
  EXPECT_EQ(error_of("SELECT :q"), "UNBOUND_SQL_PARAMETER");
  session_.catalog().declare_variable({.name = "v",
                                       .type = TypeId::kInt,
                                       .value = Value(std::int64_t{1}),
                                       .default_text = {},
                                       .default_value = nullptr},
                                      false);
  EXPECT_EQ(columns_of("SELECT v AS x, session.v + 1 AS y"), "x int, y int");
}

TEST_F(Resolution, SqlFunctionsAreWrittenOut) {
  SqlFunctionInfo plus;
  plus.name = {"plus"};
  plus.parameters = {{"x", TypeId::kInt, nullptr, {}}, {"y", TypeId::kInt, make_int_literal(1), {}}};
  plus.body = parse_expression("x + y");
  session_.catalog().create_temporary_function(std::move(plus), false, false);
  EXPECT_EQ(columns_of("SELECT plus(a, 2) AS r FROM t"), "r int");
  EXPECT_EQ(columns_of("SELECT plus(a) AS r, plus(y => 3, x => a) AS s FROM t"), "r int, s int");
  EXPECT_EQ(error_of("SELECT plus() FROM t"), "REQUIRED_PARAMETER_NOT_FOUND");
  EXPECT_EQ(error_of("SELECT plus(z => 1) FROM t"), "UNRECOGNIZED_PARAMETER_NAME");
}

TEST_F(Resolution, InsertCastsToTheTable) {
  const PlanPtr insert = session_.analyze("INSERT INTO t VALUES (1L, 'x')");
  const auto& command = *insert->get_if<Command>()->get_if<InsertInto>();
  const Schema columns = schema_of(*command.query);
  EXPECT_EQ(columns[0].type, DataType(TypeId::kInt));
  EXPECT_EQ(error_of("INSERT INTO t VALUES ('x', 'y')"), "INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST");
  EXPECT_EQ(error_of("INSERT INTO t VALUES (1)"), "INSERT_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS");
  EXPECT_EQ(error_of("INSERT INTO t VALUES (1, 'a', 2)"), "INSERT_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS");
  EXPECT_EQ(error_of("INSERT INTO t (b) VALUES ('a')"), "INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_FIND_DATA");
  EXPECT_EQ(error_of("INSERT INTO t (b, a) VALUES ('a', 1)"), "none");
  EXPECT_EQ(error_of("INSERT INTO nowhere VALUES (1)"), "TABLE_OR_VIEW_NOT_FOUND");
}

TEST_F(Resolution, ViewsMayNotNameThemselves) {
  session_.create_view("CREATE TEMPORARY VIEW v AS SELECT a FROM t");
  session_.create_view("CREATE OR REPLACE TEMPORARY VIEW v AS SELECT * FROM v");
  EXPECT_EQ(error_of("SELECT * FROM v"), "RECURSIVE_VIEW");
}

TEST_F(Resolution, SuggestsTheNearestNames) {
  EXPECT_EQ(suggest_names({"nam"}, {{"dept"}, {"hired"}, {"id"}, {"name"}, {"salary"}}),
            "`name`, `id`, `dept`, `hired`, `salary`");
  EXPECT_EQ(suggest_names({"e", "nam"}, {{"e", "id"}, {"e", "name"}}), "`e`.`name`, `e`.`id`");
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_NE(message_of("SELECT aa FROM t").find("[`a`, `b`]"), std::string::npos);
}

TEST_F(Resolution, DeepPlansAreErrors) {
  PlanPtr plan = make_plan(OneRow{});
  for (int i = 0; i < 100000; ++i) { plan = make_plan(Distinct{plan}); }
  EXPECT_THROW(analyze(plan, session_.context()), SqlError);
}

}  // namespace
}  // namespace hammerscale::sql
