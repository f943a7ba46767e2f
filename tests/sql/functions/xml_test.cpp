#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sql/functions/call_function.hpp"

namespace hammerscale::sql {
namespace {

// Expected values are those of Spark 4.2.1, but for entities, which are refused here.

TEST(FromXml, ReadsElementsAndAttributes) {
  FunctionCaller call;
  const auto from = [&](const char* xml, const char* schema) { return call.text("from_xml", {xml, schema}); };
  EXPECT_EQ(from("<p><a>1</a><b>0.8</b></p>", "a INT, b DOUBLE"), "{1, 0.8}");
  EXPECT_EQ(from("<p><teacher>Alice</teacher><student><name>Bob</name><rank>1</rank></student><student><name>Charlie</"
                 "name><rank>2</rank></student></p>",
                 "STRUCT<teacher: STRING, student: ARRAY<STRUCT<name: STRING, rank: INT>>>"),
            "{Alice, [{Bob, 1}, {Charlie, 2}]}");
  EXPECT_EQ(from("<p a=\"1\">x</p>", "_a INT, _VALUE STRING"), "{1, x}");
  EXPECT_EQ(from("<p><a>1</a><a>2</a></p>", "a INT"), "{2}");
  EXPECT_EQ(from("<p><a/></p>", "a STRING"), "{}");
  EXPECT_EQ(from("<p><a> x </a></p>", "a STRING"), "{x}");
  EXPECT_EQ(from("<p><a><b>1</b></a></p>", "a STRING"), "{<b>1</b>}");
  EXPECT_EQ(from("<p><A>1</A></p>", "a INT"), "{1}");
  EXPECT_EQ(from("<p><m><k>1</k><l>2</l></m></p>", "m MAP<STRING,INT>"), "{{k -> 1, l -> 2}}");
}

TEST(FromXml, KeepsWhatItCanReadOrFails) {
  FunctionCaller call;
  EXPECT_EQ(call.text("from_xml", {"<p><a>x</a></p>", "a INT, _corrupt_record STRING"}), "{null, <p><a>x</a></p>}");
  EXPECT_EQ(call.text("from_xml", {"<p><a>x", "a INT, _corrupt_record STRING"}), "{null, <p><a>x}");
  EXPECT_EQ(call.text("from_xml", {"", "a INT"}), "{null}");
  EXPECT_EQ(call.error("from_xml", {"<p><a>x</a></p>", "a INT", text_map({"mode", "FAILFAST"})}),
            "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION");
  EXPECT_EQ(call.error("from_xml", {"<p/>", "array<int>"}), "DATATYPE_MISMATCH.INVALID_XML_SCHEMA");
}

TEST(SchemaOfXml, InfersTypes) {
  FunctionCaller call;
  const auto schema = [&](const char* xml) { return call.text("schema_of_xml", {xml}); };
  EXPECT_EQ(schema("<p><a attr=\"2\">1</a><b>x</b><c>1.5</c><d>true</d><e/><f>2020-01-01</f></p>"),
            "STRUCT<a: STRUCT<_VALUE: BIGINT, _attr: BIGINT>, b: STRING, c: DOUBLE, d: BOOLEAN, e: STRING, f: DATE>");
  EXPECT_EQ(schema("<p><a>1</a><a>2.5</a></p>"), "STRUCT<a: ARRAY<DOUBLE>>");
  EXPECT_EQ(schema("<p x=\"1\">y</p>"), "STRUCT<_VALUE: STRING, _x: BIGINT>");
  EXPECT_EQ(schema("<p><a><b>1</b></a><a><c>x</c></a></p>"), "STRUCT<a: ARRAY<STRUCT<b: BIGINT, c: STRING>>>");
  EXPECT_EQ(call.text("schema_of_xml", {"<p><a attr=\"2\">1</a><a>3</a></p>", text_map({"excludeAttribute", "true"})}),
            "STRUCT<a: ARRAY<BIGINT>>");
}

TEST(ToXml, WritesElements) {
  FunctionCaller call;
  const auto inner =
      DataType::structure({{"_x", TypeId::kInt}, {"_VALUE", DataType::string()}, {"c", TypeId::kBoolean}});
  const auto type = DataType::structure(
      {{"a", DataType::array(TypeId::kInt)}, {"b", inner}, {"n", DataType::string()}, {"s", DataType::string()}});
  const Value value(Value::List{Value(Value::List{Value(std::int64_t{1}), Value(std::int64_t{2})}),
                                Value(Value::List{Value(std::int64_t{1}), Value(std::string("v")), Value(true)}),
                                Value(), Value(std::string("<&\">"))});
  EXPECT_EQ(call.text("to_xml", {{type, value}}),
            "<ROW>\n    <a>1</a>\n    <a>2</a>\n    <b x=\"1\">v\n        <c>true</c>\n    </b>\n    "
            "<s>&lt;&amp;\"></s>\n</ROW>");
  const auto small = DataType::structure({{"a", TypeId::kInt}});
  EXPECT_EQ(call.text("to_xml", {{small, Value(Value::List{Value(std::int64_t{1})})}, text_map({"rowTag", "r"})}),
            "<r>\n    <a>1</a>\n</r>");
  EXPECT_EQ(call.text("to_xml", {{small, Value(Value::List{Value()})}, text_map({"nullValue", "-"})}),
            "<ROW>\n    <a>-</a>\n</ROW>");
  EXPECT_EQ(call.text("to_xml", {{small, Value(Value::List{Value()})}}), "<ROW/>");
}

TEST(XPath, EvaluatesPaths) {
  FunctionCaller call;
  EXPECT_EQ(call.text("xpath", {"<a><b>b1</b><b>b2</b><c>c1</c></a>", "a/b/text()"}), "[b1, b2]");
  EXPECT_EQ(call.text("xpath", {"<a><b>b1</b><b>b2</b></a>", "a/b"}), "[null, null]");
  EXPECT_EQ(call.text("xpath", {"<a><b id=\"1\"/><b id=\"2\"/></a>", "a/b/@id"}), "[1, 2]");
  EXPECT_EQ(call.text("xpath", {"<a/>", "a/b"}), "[]");
  EXPECT_EQ(call.text("xpath_boolean", {"<a><b>1</b></a>", "a/b"}), "true");
  EXPECT_EQ(call.text("xpath_boolean", {"<a><b>1</b></a>", "a/c"}), "false");
  EXPECT_EQ(call.text("xpath_number", {"<a><b>1</b><b>2</b></a>", "sum(a/b)"}), "3.0");
  EXPECT_EQ(call.text("xpath_float", {"<a><b>x</b></a>", "a/b"}), "NaN");
  EXPECT_EQ(call.text("xpath_int", {"<a><b>7000000000</b></a>", "sum(a/b)"}), "2147483647");
  EXPECT_EQ(call.text("xpath_int", {"<a><b>x</b></a>", "a/b"}), "0");
  EXPECT_EQ(call.text("xpath_short", {"<a><b>70000</b></a>", "sum(a/b)"}), "4464");
  EXPECT_EQ(call.text("xpath_long", {"<a><b>1</b><b>2.7</b></a>", "sum(a/b)"}), "3");
  EXPECT_EQ(call.text("xpath_string", {"<a><b>b</b><c>cc</c></a>", "a/c"}), "cc");
  EXPECT_EQ(call.text("xpath_string", {"<a><b>b</b></a>", "a/d"}), "");
  EXPECT_EQ(call.text("xpath_string", {"", "a"}), "NULL");
  EXPECT_EQ(call.text("xpath_string", {"<a/>", ""}), "NULL");
}

TEST(XPath, RefusesBadPathsDocumentsAndEntities) {
  FunctionCaller call;
  EXPECT_EQ(call.error("xpath_string", {"<a/>", "!!"}), "INVALID_PARAMETER_VALUE.PATTERN");
  EXPECT_EQ(call.error("xpath", {"<a>", "a"}), "INVALID_PARAMETER_VALUE.PATTERN");
  EXPECT_EQ(call.error("xpath", {"<a/>", "count(a)"}), "INVALID_PARAMETER_VALUE.PATTERN");
  EXPECT_EQ(call.error("xpath_string", {"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", "a"}),
            "INVALID_PARAMETER_VALUE.PATTERN");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) { deep += "<a>"; }
  EXPECT_EQ(call.error("xpath_string", {std::string_view(deep), "a"}), "INVALID_PARAMETER_VALUE.PATTERN");
}

}  // namespace
}  // namespace hammerscale::sql
