#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/mllib/delimited_lines.hpp"
#include "hammerscale/mllib/estimator_parameters.hpp"
#include "hammerscale/mllib/json_text.hpp"
#include "hammerscale/mllib/libsvm_lines.hpp"
#include "hammerscale/mllib/number_text.hpp"

namespace hammerscale::mllib {
namespace {

TEST(NumberTextTest, ParsesWholeNumbersOnly) {
  EXPECT_EQ(parse_number("1.5"), 1.5);
  EXPECT_EQ(parse_number(" +2e3 "), 2000);
  EXPECT_EQ(parse_number("-.5"), -0.5);
  EXPECT_EQ(parse_number("7."), 7);
  EXPECT_EQ(parse_number("0.1"), 0.1);
  EXPECT_EQ(parse_number("1e999"), std::numeric_limits<double>::infinity());
  EXPECT_EQ(parse_number("1e-999"), 0);
  EXPECT_EQ(parse_number("-Infinity"), -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(parse_number("NaN").value()));
  for (const char* text : {"", " ", "x", "1x", "1 2", "0x10", "+-1", "--1", "1,5", "+", "."}) {
    EXPECT_FALSE(parse_number(text)) << text;
  }
}

TEST(NumberTextTest, FormatsWith17Digits) {
  EXPECT_EQ(format_number(0.1), "0.10000000000000001");
  EXPECT_EQ(format_number(3), "3");
  EXPECT_EQ(format_number(-std::numeric_limits<double>::infinity()), "-Infinity");
  EXPECT_TRUE(equal_ignoring_case("KMeans", "kMEANS"));
  EXPECT_FALSE(equal_ignoring_case("KMeans", "KMean"));
}

std::vector<std::string> split(std::string_view line, const DelimitedOptions& options = {}) {
  std::vector<std::string_view> cells;
  std::string scratch;
  if (!split_delimited_line(line, options, cells, scratch)) { return {"malformed"}; }
  return {cells.begin(), cells.end()};
}

TEST(DelimitedLinesTest, SplitsCells) {
  using Cells = std::vector<std::string>;
  EXPECT_EQ(split("a,b,c"), (Cells{"a", "b", "c"}));
  EXPECT_EQ(split("a,,"), (Cells{"a", "", ""}));
  EXPECT_EQ(split(""), (Cells{""}));
  EXPECT_EQ(split("a,b\r"), (Cells{"a", "b"}));
  EXPECT_EQ(split("\"a,b\",c"), (Cells{"a,b", "c"}));
  EXPECT_EQ(split("\"a \"\"b\"\"\",\"\",\"x\"\"\""), (Cells{"a \"b\"", "", "x\""}));
  EXPECT_EQ(split(R"("say \"hi\"",2)"), (Cells{"say \"hi\"", "2"}));
  EXPECT_EQ(split("a\"b,c"), (Cells{"a\"b", "c"}));
  EXPECT_EQ(split("\"open,c"), (Cells{"malformed"}));
  EXPECT_EQ(split("\"a\"b,c"), (Cells{"malformed"}));
  EXPECT_EQ(split("a\tb", {.separator = '\t'}), (Cells{"a", "b"}));
  EXPECT_EQ(split("'a;b';c", {.separator = ';', .quote = '\''}), (Cells{"a;b", "c"}));
}

TEST(DelimitedLinesTest, NamesColumnsAsSpark) {
  EXPECT_EQ(name_columns({"x", "", "X", "y"}), (std::vector<std::string>{"x0", "_c1", "X2", "y"}));
}

/// Columns a, b, c, of which c and a are features and b is the weight.
DelimitedLines make_lines() {
  DelimitedLines lines;
  lines.column_names = {"a", "b", "c"};
  lines.numbers = {.positions = {2, 0, 1}, .num_features = 2, .has_weight = true};
  return lines;
}

TEST(DelimitedLinesTest, MakesRows) {
  const auto lines = make_lines();
  TableRow row;
  BadCell bad;
  bool expects_header = true;
  EXPECT_EQ(lines.parse(" \r", expects_header, true, row, bad), LineStatus::kNoRow);
  EXPECT_TRUE(expects_header);
  EXPECT_EQ(lines.parse("\xEF\xBB\xBF"
                        "a,b,c\r",
                        expects_header, true, row, bad),
            LineStatus::kNoRow);
  EXPECT_FALSE(expects_header);
  EXPECT_EQ(lines.parse("1,2,\"3\"", expects_header, true, row, bad), LineStatus::kRow);
  EXPECT_EQ(row.numbers, (std::vector<double>{3, 1, 2}));
  EXPECT_EQ(row.cells, (std::vector<std::string>{"1", "2", "3"}));
  EXPECT_EQ(lines.parse("4,5,6", expects_header, false, row, bad), LineStatus::kRow);
  EXPECT_TRUE(row.cells.empty());
  expects_header = true;
  EXPECT_EQ(lines.parse("a,b,d", expects_header, false, row, bad), LineStatus::kBad);
  EXPECT_NE(bad.sentence.find("header"), std::string::npos);
}

TEST(DelimitedLinesTest, SaysWhatIsWrongWithARow) {
  auto lines = make_lines();
  lines.options.null_value = "NA";
  const auto code_of = [&](std::string_view line, const std::string& column) {
    TableRow row;
    BadCell bad;
    bool expects_header = false;
    if (lines.parse(line, expects_header, false, row, bad) != LineStatus::kBad) { return ErrorCode::kInternal; }
    for (const auto& [name, value] : bad.fields) {
      if (name == "column") { EXPECT_EQ(value, column) << line; }
    }
    return bad.code;
  };
  EXPECT_EQ(code_of("1,2", ""), ErrorCode::kMalformedInput);
  EXPECT_EQ(code_of("1,2,3,4", ""), ErrorCode::kMalformedInput);
  EXPECT_EQ(code_of("\"1,2,3", ""), ErrorCode::kMalformedInput);
  EXPECT_EQ(code_of("1,2,x", "c"), ErrorCode::kMalformedInput);
  EXPECT_EQ(code_of(",2,3", "a"), ErrorCode::kMalformedInput);
  EXPECT_EQ(code_of("NA,2,3", "a"), ErrorCode::kMalformedInput);
  EXPECT_EQ(code_of("inf,2,3", "a"), ErrorCode::kNonFinite);
  EXPECT_EQ(code_of("1,-2,3", "b"), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of("1,nan,3", "b"), ErrorCode::kInvalidArgument);
  EXPECT_EQ(code_of("0,1,0", ""), ErrorCode::kInternal);
  lines.numbers.rejects_zero_rows = true;
  EXPECT_EQ(code_of("0,1,0", ""), ErrorCode::kInvalidArgument);
  lines.options.drop_malformed = true;
  EXPECT_EQ(code_of("1,2,x", "c"), ErrorCode::kInternal);
}

TEST(LibsvmLinesTest, MakesRows) {
  LibsvmLines lines{.num_features = 4, .numbers = {.positions = {1, 2, 3, 4}, .num_features = 4}};
  TableRow row;
  BadCell bad;
  bool expects_header = true;
  EXPECT_EQ(lines.parse("-1 1:0.5\t4:2e1  # note 9:9", expects_header, true, row, bad), LineStatus::kRow);
  EXPECT_EQ(row.numbers, (std::vector<double>{0.5, 0, 0, 20}));
  EXPECT_EQ(row.cells, (std::vector<std::string>{"-1", "0.5", "0", "0", "20"}));
  EXPECT_EQ(lines.parse("3\r", expects_header, false, row, bad), LineStatus::kRow);
  EXPECT_EQ(row.numbers, (std::vector<double>{0, 0, 0, 0}));
  EXPECT_EQ(lines.parse("# all comment", expects_header, false, row, bad), LineStatus::kNoRow);
  for (const char* line : {"x 1:1", "1 0:1", "1 -1:1", "1 2:1 2:1", "1 3:1 2:1", "1 1", "1 :1", "1 1:", "1 1:x",
                           "1 5:1", "1 1.5:1", "1 99999999999:1", "1 2:inf", "1 qid:3 1:1"}) {
    EXPECT_EQ(lines.parse(line, expects_header, false, row, bad), LineStatus::kBad) << line;
  }
}

TEST(LibsvmLinesTest, FindsTheLargestIndex) {
  std::uint32_t largest = 7;
  BadCell bad;
  EXPECT_TRUE(find_largest_index("1 2:1 17:0", largest, bad));
  EXPECT_EQ(largest, 17U);
  EXPECT_TRUE(find_largest_index("", largest, bad));
  EXPECT_EQ(largest, 0U);
  EXPECT_FALSE(find_largest_index("1 0:1", largest, bad));
}

TEST(JsonTextTest, WritesOneLine) {
  JsonText json;
  json.begin_object();
  json.key("a \"b\"");
  json.numbers(std::array{0.1, -2.0, std::nan("")});
  json.key("c");
  json.begin_array();
  json.begin_object();
  json.end_object();
  json.text("d\n\xff");
  json.null();
  json.integer(-7);
  json.end_array();
  json.end_object();
  EXPECT_EQ(json.str(), "{\"a \\\"b\\\"\":[0.10000000000000001,-2,null],\"c\":[{},\"d\\n\xEF\xBF\xBD\",null,-7]}");
}

constexpr std::array<ParameterDescription, 3> kDescriptions = {{{"k", ParameterType::kInteger, "2", ""},
                                                                {"regParam", ParameterType::kNumber, "0.5", ""},
                                                                {"mode", ParameterType::kText, "", ""}}};

TEST(EstimatorParametersTest, TakesValuesByNameInAnyCase) {
  EstimatorParameters parameters(kDescriptions);
  EXPECT_EQ(parameters.integer("k"), 2);
  EXPECT_FALSE(parameters.is_set("k"));
  parameters.set_all({{"K", "5"}, {"REGPARAM", "1e-3"}, {"mode", "a b"}});
  EXPECT_EQ(parameters.count("k", 1), 5U);
  EXPECT_TRUE(parameters.is_set("k"));
  EXPECT_EQ(parameters.number("regParam"), 1e-3);
  JsonText json;
  parameters.write_json(json);
  EXPECT_EQ(json.str(), R"({"k":5,"regParam":0.001,"mode":"a b"})");
}

TEST(EstimatorParametersTest, RefusesWhatDoesNotFit) {
  EstimatorParameters parameters(kDescriptions);
  EXPECT_THROW(parameters.set("kk", "1"), UserError);
  EXPECT_THROW(parameters.set("k", "1.5"), UserError);
  EXPECT_THROW(parameters.set("k", ""), UserError);
  EXPECT_THROW(parameters.set("regParam", "nan"), UserError);
  EXPECT_THROW(parameters.set("regParam", "much"), UserError);
  parameters.set("k", "-1");
  EXPECT_THROW(static_cast<void>(parameters.count("k", 0)), UserError);
  try {
    parameters.set("depth", "1");
  } catch (const UserError& error) {
    EXPECT_NE(error.info().message().find("k regParam mode"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace hammerscale::mllib
