#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "sql/parser/parser.hpp"

namespace hammerscale::sql {
namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) { out += text; }
  return out;
}

std::string condition_of(std::string_view statement) {
  try {
    parse_statement(statement);
    return "";
  } catch (const SqlError& error) {
    return error.condition();
  }
}

TEST(ParserLimits, NestingIsAnErrorNotACrash) {
  constexpr std::size_t kMany = 1'000'000;
  const std::string too_complex = "FAILED_TO_PARSE_TOO_COMPLEX";
  EXPECT_EQ(condition_of("SELECT " + repeat("(", kMany) + "1" + repeat(")", kMany)), too_complex);
  EXPECT_EQ(condition_of("SELECT * FROM " + repeat("(", kMany) + "t" + repeat(")", kMany)), too_complex);
  EXPECT_EQ(condition_of(repeat("(", kMany) + "SELECT 1" + repeat(")", kMany)), too_complex);
  EXPECT_EQ(condition_of("SELECT " + repeat("NOT ", kMany) + "a"), too_complex);
  EXPECT_EQ(condition_of("SELECT " + repeat("- ", kMany) + "a"), too_complex);
  EXPECT_EQ(condition_of("SELECT " + repeat("f(", kMany) + ")"), too_complex);
  EXPECT_EQ(condition_of("SELECT " + repeat("CASE WHEN ", kMany) + "a"), too_complex);
  EXPECT_EQ(condition_of("SELECT " + repeat("x -> ", kMany) + "a"), too_complex);
  EXPECT_EQ(condition_of("SELECT a" + repeat("[0]", kMany)), too_complex);
  EXPECT_EQ(condition_of("SELECT CAST(a AS " + repeat("ARRAY<", kMany) + "INT" + repeat(">", kMany) + ")"),
            too_complex);
  EXPECT_EQ(condition_of("SELECT a" + repeat("::INT", kMany)), too_complex);
  EXPECT_EQ(condition_of(repeat("EXPLAIN ", kMany) + "SELECT 1"), too_complex);
  EXPECT_EQ(condition_of("SELECT * FROM a" + repeat(" JOIN b", kMany)), too_complex);
  EXPECT_EQ(condition_of("SELECT 1" + repeat(" UNION SELECT 1", kMany)), too_complex);
  EXPECT_EQ(condition_of("SELECT substring(" + repeat("substring(", 300) + "a"), "PARSE_SYNTAX_ERROR");
  EXPECT_EQ(condition_of(repeat("SELECT (", 100'000)), too_complex);
  EXPECT_EQ(condition_of("SELECT 1 FROM t WHERE " + repeat("GROUP BY ROLLUP(", 1000)), "PARSE_SYNTAX_ERROR");
  EXPECT_EQ(condition_of("SELECT 1 FROM t GROUP BY " + repeat("ROLLUP(", kMany)), too_complex);
}

TEST(ParserLimits, ReasonableDepthWorks) {
  EXPECT_EQ(condition_of("SELECT " + repeat("(", 150) + "1" + repeat(")", 150)), "");
  EXPECT_EQ(condition_of("SELECT 1" + repeat(" + 1", 1500)), "");
  EXPECT_EQ(condition_of("SELECT * FROM a" + repeat(" JOIN b USING (x)", 500)), "");
}

TEST(ParserLimits, LongFlatStatementsWork) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(condition_of("SELECT a IN (0" + repeat(", 12345", 100'000) + ") FROM t"), "");
  EXPECT_EQ(condition_of("SELECT a FROM t WHERE a = 0" + repeat(" OR a = 1", 300'000)), "");
  EXPECT_EQ(condition_of("VALUES (1, 'x')" + repeat(", (1, 'x')", 200'000)), "");
  EXPECT_EQ(condition_of("SELECT '" + repeat("x", 10'000'000) + "'"), "");
  EXPECT_EQ(condition_of("SELECT 1 /*" + repeat("/* */", 1'000'000) + "*/"), "");
  // As high as it is long, in Spark too.
  EXPECT_EQ(condition_of("SELECT 1" + repeat("+1", 5'000'000)), "FAILED_TO_PARSE_TOO_COMPLEX");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

TEST(ParserLimits, StrangeBytes) {
  EXPECT_EQ(condition_of(std::string("SELECT \0 1", 10)), "PARSE_SYNTAX_ERROR");
  EXPECT_EQ(condition_of("SELECT \xff\xfe"), "INVALID_IDENTIFIER");
  EXPECT_EQ(condition_of("SELECT '\xff\xc0\x80'"), "");
  EXPECT_EQ(condition_of("\xEF\xBB\xBFSELECT 1"), "");
  EXPECT_EQ(condition_of("SELECT `\xff`"), "");
  EXPECT_EQ(condition_of("SELECT 'a\\"), "PARSE_SYNTAX_ERROR");
  EXPECT_EQ(condition_of(""), "PARSE_EMPTY_STATEMENT");
  EXPECT_EQ(condition_of(" -- nothing\n"), "PARSE_EMPTY_STATEMENT");
}

TEST(ParserErrors, PlaceTextAndSuggestion) {
  try {
    parse_statement("SELECT a\n  FROM t\n WHER a = 1");
    FAIL();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.condition(), "PARSE_SYNTAX_ERROR");
    EXPECT_EQ(error.sql_state(), "42601");
    EXPECT_EQ(error.line(), 3);
    EXPECT_EQ(error.column(), 7);
    EXPECT_NE(error.message().find("did you mean 'WHERE'?"), std::string::npos) << error.message();
    EXPECT_NE(std::string(error.what()).find("WHER a = 1"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find('^'), std::string::npos);
  }
}

}  // namespace
}  // namespace hammerscale::sql
