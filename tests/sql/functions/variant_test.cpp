#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sql/functions/call_function.hpp"
#include "sql/functions/variant_value.hpp"
#include "sql/types/cast.hpp"

namespace hammerscale::sql {
namespace {

using Rows = std::vector<std::string>;

// Expected values are those of Spark 4.2.1.

TEST(ParseJson, KeepsValues) {
  FunctionCaller call;
  const auto parse = [&](const char* json) { return call.text("parse_json", {json}); };
  EXPECT_EQ(parse(R"({"a":1,"b":0.8})"), R"({"a":1,"b":0.8})");
  EXPECT_EQ(
      parse(
          R"([1, 1.0, 1e2, "x", true, null, )"
          R"(12345678901234567890, 1.5e300, -0, 0.1234567890123456789012345678901234567890123])"),
      R"([1,1,100.0,"x",true,null,12345678901234567890,1.5E300,0,0.12345678901234568])");
  EXPECT_EQ(parse(R"({"b":1,"a":{"d":[],"c":{}}})"), R"({"a":{"c":{},"d":[]},"b":1})");
  EXPECT_EQ(parse("100.0"), "100");
  EXPECT_EQ(parse("1e400"), "\"Infinity\"");
  EXPECT_EQ(parse("1 2"), "1");
}

TEST(ParseJson, WritesTheOpenEncoding) {
  // {"a":1}: a dictionary of version 1 with one name; an object with one field, number 0, at offset 0 of 2 bytes;
  // int8 1.
  const std::string expected(
      "\x05\0\0\0"
      "\x01\x01\0\x01"
      "a"
      "\x02\x01\0\0\x02\x0C\x01",
      16);
  FunctionCaller call;
  EXPECT_EQ(call.value("parse_json", {R"({"a":1})"}).value.as_string(), expected);
}

TEST(ParseJson, RefusesBadTexts) {
  FunctionCaller call;
  for (const char* json : {R"({"a":1,})", R"({"a":1,"a":2})", "", "NaN", "'x'"}) {
    EXPECT_EQ(call.error("parse_json", {json}), "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION") << json;
    EXPECT_EQ(call.text("try_parse_json", {json}), "NULL") << json;
  }
}

TEST(ParseJson, HoldsManyFieldsAndLongTexts) {
  std::string json = "{";
  for (int i = 0; i < 1000; ++i) {
    json +=
        (i == 0 ? "" : ",") + std::string("\"key") + std::to_string(1000 + i) + "\":\"" + std::string(100, 'x') + "\"";
  }
  json += "}";
  FunctionCaller call;
  EXPECT_EQ(call.text("parse_json", {std::string_view(json)}), json);
  EXPECT_EQ(call.text("variant_get", {call.value("parse_json", {std::string_view(json)}), "$.key1999", "string"}),
            std::string(100, 'x'));
}

TEST(VariantGet, FollowsPathsAndCasts) {
  FunctionCaller call;
  const auto get = [&](const char* json, const char* path, const char* type) {
    return call.text("variant_get", {call.value("parse_json", {json}), path, type});
  };
  EXPECT_EQ(get(R"({"a": 1})", "$.a", "int"), "1");
  EXPECT_EQ(get(R"({"a": 1})", "$.b", "int"), "NULL");
  EXPECT_EQ(get(R"([1, "2"])", "$[1]", "string"), "2");
  EXPECT_EQ(get(R"({"a":{"b c":[5]}})", "$.a[\"b c\"][0]", "long"), "5");
  EXPECT_EQ(get(R"({"a":{"b c":[5]}})", "$.a['b c'][0]", "string"), "5");
  EXPECT_EQ(get(R"({"a":1.5,"b":[1,2]})", "$", "struct<a:double,b:array<int>>"), "{1.5, [1, 2]}");
  EXPECT_EQ(get(R"({"a":1,"b":2})", "$", "map<string,int>"), "{a -> 1, b -> 2}");
  EXPECT_EQ(get(R"({"a":[1,{"b":true}]})", "$.a", "string"), R"([1,{"b":true}])");
  EXPECT_EQ(get("\"2020-01-01\"", "$", "date"), "2020-01-01");
  EXPECT_EQ(get("null", "$", "int"), "NULL");
  EXPECT_EQ(get("1.5", "$", "int"), "1");
  EXPECT_EQ(get("1.50", "$", "string"), "1.5");
  EXPECT_EQ(get("1e10", "$", "string"), "1.0E10");
  EXPECT_EQ(get("\"1.5\"", "$", "decimal(5,2)"), "1.50");
  EXPECT_EQ(get("5", "$", "timestamp"), "1970-01-01 00:00:05");
  EXPECT_EQ(call.text("variant_get", {call.value("parse_json", {R"([1, "hello"])"}), "$[1]"}), "\"hello\"");
}

TEST(VariantGet, NamesErrors) {
  FunctionCaller call;
  const auto error = [&](const char* json, const char* path, const char* type) {
    return call.error("variant_get", {call.value("parse_json", {json}), path, type});
  };
  EXPECT_EQ(error(R"([1, "hello"])", "$[1]", "int"), "INVALID_VARIANT_CAST");
  EXPECT_EQ(error("[1]", "$", "int"), "INVALID_VARIANT_CAST");
  EXPECT_EQ(error("300", "$", "tinyint"), "INVALID_VARIANT_CAST");
  for (const char* path : {".a", "$.a..", "", "$[", "$[-1]", "$['a'"}) {
    EXPECT_EQ(error("[1]", path, "int"), "INVALID_VARIANT_GET_PATH") << path;
  }
  EXPECT_EQ(error("1", "$", "interval year"), "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION");
  const auto attempt = [&](const char* json, const char* type) {
    return call.text("try_variant_get", {call.value("parse_json", {json}), "$", type});
  };
  EXPECT_EQ(attempt("300", "tinyint"), "NULL");
  EXPECT_EQ(attempt(R"({"a":"x"})", "struct<a:int>"), "{null}");
  EXPECT_EQ(attempt(R"([1,"x",3])", "array<int>"), "[1, null, 3]");
}

TEST(Variants, CanBeCast) {
  FunctionCaller call;
  const auto cast = [&](const TestArgument& from, const DataType& to) {
    const Value value = cast_value(from.value, from.type, to, CastMode::kAnsi, call.context());
    return value.is_null() ? std::string("NULL") : value_text(value, to, TextStyle::kCast, TimeZone::utc());
  };
  EXPECT_EQ(cast(call.value("parse_json", {"\"x\""}), DataType::string()), "x");
  EXPECT_EQ(cast(call.value("parse_json", {"{\"a\":1}"}), DataType::string()), "{\"a\":1}");
  EXPECT_EQ(cast(call.value("parse_json", {"null"}), DataType::string()), "NULL");
  EXPECT_EQ(cast(call.value("parse_json", {"[1,2]"}), DataType::array(DataType::string())), "[1, 2]");
  EXPECT_EQ(cast({TypeId::kTimestamp, Value(std::int64_t{1'577'840'523'400'000})}, TypeId::kVariant),
            "\"2020-01-01 01:02:03.4+00:00\"");
  EXPECT_EQ(
      cast({DataType::array(TypeId::kInt), Value(Value::List{Value(std::int64_t{1}), Value()})}, TypeId::kVariant),
      "[1,null]");
}

TEST(SchemaOfVariant, MergesTypes) {
  FunctionCaller call;
  const auto schema = [&](const char* json) {
    return call.text("schema_of_variant", {call.value("parse_json", {json})});
  };
  EXPECT_EQ(schema("null"), "VOID");
  EXPECT_EQ(
      schema(
          R"({"a":1,"b":"x","c":1.5,"d":[1,"x"],"e":[],"f":{},"g":1e5,)"
          R"("h":null,"i":[1,2.5],"j":[null,1], "k":[{"a":1},{"b":2}]})"),
      "OBJECT<a: BIGINT, b: STRING, c: DECIMAL(2,1), d: ARRAY<VARIANT>, e: ARRAY<VOID>, f: OBJECT<>, g: DOUBLE, h: "
      "VOID, "
      "i: ARRAY<DECIMAL(21,1)>, j: ARRAY<BIGINT>, k: ARRAY<OBJECT<a: BIGINT, b: BIGINT>>>");
  EXPECT_EQ(schema("[1e0,2.5]"), "ARRAY<DOUBLE>");
  EXPECT_EQ(schema("0.001"), "DECIMAL(3,3)");
  EXPECT_EQ(schema("{\"a b\":1}"), "OBJECT<`a b`: BIGINT>");
}

TEST(ToVariantObject, TakesStructs) {
  FunctionCaller call;
  const auto type = DataType::structure({{"b", TypeId::kInt}, {"a", TypeId::kDate}, {"c", TypeId::kBinary}});
  EXPECT_EQ(
      call.text("to_variant_object",
                {{type, Value(Value::List{Value(std::int64_t{1}), Value(std::int64_t{0}), Value(std::string("hi"))})}}),
      R"({"a":"1970-01-01","b":1,"c":"aGk="})");
  EXPECT_EQ(call.error("to_variant_object", {{TypeId::kInt, Value(std::int64_t{1})}}),
            "DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION");
}

TEST(VariantExplode, GivesARowForEachPart) {
  FunctionCaller call;
  EXPECT_EQ(call.rows("variant_explode", {call.value("parse_json", {R"({"b": true, "a": 3.14})"})}),
            (Rows{"0\ta\t3.14", "1\tb\ttrue"}));
  EXPECT_EQ(call.rows("variant_explode", {call.value("parse_json", {"[\"x\"]"})}), Rows{"0\tNULL\t\"x\""});
  EXPECT_EQ(call.rows("variant_explode", {call.value("parse_json", {"5"})}), Rows{});
  EXPECT_EQ(call.rows("variant_explode_outer", {call.value("parse_json", {"[]"})}), Rows{"NULL\tNULL\tNULL"});
}

TEST(IsVariantNull, TellsNullFromNothing) {
  FunctionCaller call;
  EXPECT_EQ(call.text("is_variant_null", {call.value("parse_json", {"null"})}), "true");
  EXPECT_EQ(call.text("is_variant_null", {call.value("parse_json", {"\"null\""})}), "false");
  EXPECT_EQ(call.text("is_variant_null", {{TypeId::kVariant, Value()}}), "false");
}

TEST(IsValidVariant, FindsDamage) {
  FunctionCaller call;
  const std::string cell = call.value("parse_json", {R"({"a":[1,"text",{"b":1.5}]})"}).value.as_string();
  EXPECT_EQ(call.text("is_valid_variant", {{TypeId::kVariant, Value(cell)}}), "true");
  for (std::size_t size = 0; size < cell.size(); ++size) {
    EXPECT_EQ(call.text("is_valid_variant", {{TypeId::kVariant, Value(cell.substr(0, size))}}), "false") << size;
  }
}

}  // namespace
}  // namespace hammerscale::sql
