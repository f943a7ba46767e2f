#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sql/functions/call_function.hpp"

namespace hammerscale::sql {
namespace {

// Expected values are those of Spark 4.2.1.

TEST(FromCsv, ReadsCells) {
  FunctionCaller call;
  const auto from = [&](const char* csv, const char* schema) { return call.text("from_csv", {csv, schema}); };
  EXPECT_EQ(from("1, 0.8", "a INT, b DOUBLE"), "{1, 0.8}");
  EXPECT_EQ(from("\"a,b\",c", "a STRING, b STRING"), "{a,b, c}");
  EXPECT_EQ(from("\"a\"\"b\",c", "a STRING, b STRING"), "{\"a\"\"b\", c}");
  EXPECT_EQ(from("\"a\\\"b\",c", "a STRING, b STRING"), "{a\"b, c}");
  EXPECT_EQ(from(",\"\"", "a STRING, b STRING"), "{null, null}");
  EXPECT_EQ(from("true,NaN,Inf,-Inf,1.5,2020-01-02,2020-01-02T03:04:05Z",
                 "a BOOLEAN, b DOUBLE, c DOUBLE, d FLOAT, e DECIMAL(5,2), f DATE, g TIMESTAMP"),
            "{true, NaN, Infinity, -Infinity, 1.50, 2020-01-02, 2020-01-02 03:04:05}");
  EXPECT_EQ(from("", "a INT"), "{null}");
}

TEST(FromCsv, KeepsWhatItCanRead) {
  FunctionCaller call;
  const auto from = [&](const char* csv, const char* schema) { return call.text("from_csv", {csv, schema}); };
  EXPECT_EQ(from("1", "a INT, b DOUBLE"), "{1, null}");
  EXPECT_EQ(from(" 1 ,2", "a INT, b INT"), "{null, 2}");
  EXPECT_EQ(from("x,2", "a INT, b INT, _corrupt_record STRING"), "{null, 2, x,2}");
  EXPECT_EQ(from("1,2,3", "a INT, b INT, _corrupt_record STRING"), "{1, 2, 1,2,3}");
}

TEST(FromCsv, FollowsOptions) {
  FunctionCaller call;
  EXPECT_EQ(call.text("from_csv", {"26/08/2015", "time Timestamp", text_map({"timestampFormat", "dd/MM/yyyy"})}),
            "{2015-08-26 00:00:00}");
  EXPECT_EQ(call.text("from_csv", {"a||b", "a string, b string", text_map({"sep", "||"})}), "{a, b}");
  EXPECT_EQ(call.text("from_csv", {"'a,b',c", "a string, b string", text_map({"quote", "'"})}), "{a,b, c}");
  EXPECT_EQ(call.text("from_csv", {"NA,1", "a STRING, b INT", text_map({"nullValue", "NA"})}), "{null, 1}");
  EXPECT_EQ(call.text("from_csv", {" a , b ", "a STRING, b STRING",
                                   text_map({"ignoreLeadingWhiteSpace", "true", "ignoreTrailingWhiteSpace", "true"})}),
            "{a, b}");
  EXPECT_EQ(call.text("from_csv", {"#a", "a string", text_map({"comment", "#"})}), "{null}");
}

TEST(FromCsv, NamesErrors) {
  FunctionCaller call;
  EXPECT_EQ(call.error("from_csv", {"x", "a INT", text_map({"mode", "FAILFAST"})}),
            "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION");
  EXPECT_EQ(call.error("from_csv", {"x", "a INT", text_map({"mode", "DROPMALFORMED"})}), "PARSE_MODE_UNSUPPORTED");
  EXPECT_EQ(call.error("from_csv", {"x", "array<int>"}), "INVALID_SCHEMA.NON_STRUCT_TYPE");
  EXPECT_EQ(call.error("from_csv", {"x", "a array<int>"}), "UNSUPPORTED_DATATYPE");
}

TEST(SchemaOfCsv, InfersTypes) {
  FunctionCaller call;
  EXPECT_EQ(call.text("schema_of_csv", {"1.5,true,2020-01-01,2020-01-01T00:00:00,,12345678901,x"}),
            "STRUCT<_c0: DOUBLE, _c1: BOOLEAN, _c2: DATE, _c3: TIMESTAMP, _c4: STRING, _c5: BIGINT, _c6: STRING>");
  EXPECT_EQ(call.text("schema_of_csv", {"1|abc", text_map({"delimiter", "|"})}), "STRUCT<_c0: INT, _c1: STRING>");
  EXPECT_EQ(call.text("schema_of_csv", {"12345678901234567890123"}), "STRUCT<_c0: DECIMAL(23,0)>");
}

TEST(ToCsv, QuotesWhatNeedsIt) {
  FunctionCaller call;
  const auto texts = DataType::structure({{"a", DataType::string()}, {"b", DataType::string()}});
  const auto row = [&](const char* a, const char* b) {
    return TestArgument{texts,
                        Value(Value::List{Value(std::string(a)), b == nullptr ? Value() : Value(std::string(b))})};
  };
  EXPECT_EQ(call.text("to_csv", {row("x,y", "q\"q")}), "\"x,y\",\"q\\\"q\"");
  EXPECT_EQ(call.text("to_csv", {row(" s ", nullptr)}), "s,");
  EXPECT_EQ(call.text("to_csv", {row("", "back\\slash")}), "\"\",back\\slash");
  EXPECT_EQ(call.text("to_csv", {row("x", nullptr), text_map({"nullValue", "NA", "sep", "|", "quoteAll", "true"})}),
            "\"x\"|\"NA\"");
  EXPECT_EQ(call.text("to_csv", {row("x\"y,z", "1"), text_map({"escape", "\""})}), "\"x\"\"y,z\",1");
  const auto nested = DataType::structure(
      {{"a", DataType::array(TypeId::kInt)}, {"b", DataType::map(DataType::string(), TypeId::kInt)}});
  EXPECT_EQ(
      call.text("to_csv",
                {{nested, Value(Value::List{Value(Value::List{Value(std::int64_t{1}), Value(std::int64_t{2})}),
                                            Value(Value::List{Value(std::string("k")), Value(std::int64_t{1})})})}}),
      "\"[1, 2]\",{k -> 1}");
  EXPECT_EQ(call.error("to_csv", {{TypeId::kInt, Value(std::int64_t{1})}}), "DATATYPE_MISMATCH.UNSUPPORTED_INPUT_TYPE");
}

}  // namespace
}  // namespace hammerscale::sql
