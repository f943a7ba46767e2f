#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sql/functions/call_function.hpp"

namespace hammerscale::sql {
namespace {

using Rows = std::vector<std::string>;

// Expected values are those of Spark 4.2.1.

TEST(GetJsonObject, FollowsNamesAndIndexes) {
  FunctionCaller call;
  const auto get = [&](const char* json, const char* path) { return call.text("get_json_object", {json, path}); };
  EXPECT_EQ(get(R"({"a":"b"})", "$.a"), "b");
  EXPECT_EQ(get(R"({"a":{"b":[1,2,{"c":3.50}]}})", "$.a"), R"({"b":[1,2,{"c":3.5}]})");
  EXPECT_EQ(get(R"({"a":["x\ty"]})", "$.a"), R"(["x\ty"])");
  EXPECT_EQ(get("[1,2,3]", "$[1]"), "2");
  EXPECT_EQ(get("[1,2,3]", "$[3]"), "NULL");
  EXPECT_EQ(get(R"({"a.b":1})", "$['a.b']"), "1");
  EXPECT_EQ(get(R"({"a b":1})", "$.a b"), "1");
  EXPECT_EQ(get(R"({"a":true,"a":2})", "$.a"), "true");
  EXPECT_EQ(get(R"({"a":null})", "$.a"), "NULL");
  EXPECT_EQ(get(R"({"a": 1e3 , "b":[ ]})", "$"), R"({"a":1000.0,"b":[]})");
  EXPECT_EQ(get(R"({"a":12345678901234567890123})", "$.a"), "12345678901234567890123");
  EXPECT_EQ(get("{'a':'b'}", "$.a"), "b");
  EXPECT_EQ(get(R"({"a":"é\u00e9"})", "$.a"), "éé");
}

TEST(GetJsonObject, CollectsMatchesOfWildcards) {
  FunctionCaller call;
  const auto get = [&](const char* json, const char* path) { return call.text("get_json_object", {json, path}); };
  EXPECT_EQ(get(R"({"a":[{"b":1},{"b":2}]})", "$.a[*].b"), "[1,2]");
  EXPECT_EQ(get(R"({"a":[{"b":1}]})", "$.a[*].b"), "1");
  EXPECT_EQ(get(R"({"a":[{"b":"x"}]})", "$.a[*].b"), "\"x\"");
  EXPECT_EQ(get(R"({"a":[[1,2],[3,4]]})", "$.a[*][0]"), "[1,3]");
  EXPECT_EQ(get(R"({"a":[[1,2],[3,4]]})", "$.a[*][*]"), "[1,2,3,4]");
  EXPECT_EQ(get(R"({"a":[{"b":[1,2]},{"b":[3]}]})", "$.a[*].b[*]"), "[[1,2],[3]]");
  EXPECT_EQ(get(R"({"a":[{"b":[1,2]},{"b":[3]}]})", "$.a[0].b[*]"), "[1,2]");
  EXPECT_EQ(get(R"({"a":[]})", "$.a[*]"), "NULL");
  EXPECT_EQ(get(R"({"a":{"x":1,"y":2}})", "$.a.*"), "NULL");
}

TEST(GetJsonObject, GivesNullForWhatIsNoJsonOrPath) {
  FunctionCaller call;
  for (const char* json : {"not json", R"({"a":1)", R"({"a":NaN})", ""}) {
    EXPECT_EQ(call.text("get_json_object", {json, "$.a"}), "NULL") << json;
  }
  for (const char* path : {"a", "$a", "$..a", "$.", "$[ 0 ]", "$[\"a\"]", ""}) {
    EXPECT_EQ(call.text("get_json_object", {R"({"a":1})", path}), "NULL") << path;
  }
  EXPECT_EQ(call.text("get_json_object", {std::string_view(std::string(5000, '[')), "$"}), "NULL") << "too deep";
}

TEST(JsonTuple, GivesAColumnForEachName) {
  FunctionCaller call;
  EXPECT_EQ(call.rows("json_tuple",
                      {R"({"a":{"x":1.0}, "b":[1, "2"], "c":null, "d":true,"e":"q"})", "a", "b", "c", "d", "e", "f"}),
            Rows{"{\"x\":1.0}\t[1,\"2\"]\tNULL\ttrue\tq\tNULL"});
  EXPECT_EQ(call.rows("json_tuple", {"bad", "a", "b"}), Rows{"NULL\tNULL"});
}

TEST(FromJson, ReadsTypes) {
  FunctionCaller call;
  const auto from = [&](const char* json, const char* schema) { return call.text("from_json", {json, schema}); };
  EXPECT_EQ(from(R"({"a":1, "b":0.8})", "a INT, b DOUBLE"), "{1, 0.8}");
  EXPECT_EQ(from(R"({"a":1, "b":{"c":[1,null,3]}, "m":{"k":1,"l":2}})",
                 "a STRING, b STRUCT<c: ARRAY<INT>>, m MAP<STRING,INT>"),
            "{1, {[1, null, 3]}, {k -> 1, l -> 2}}");
  EXPECT_EQ(from(R"({"a":1})", "array<struct<a:int>>"), "[{1}]");
  EXPECT_EQ(from(R"({"t":"2020-01-02T03:04:05.123Z","d":"2020-01-02","n":"2020-01-02T03:04:05"})",
                 "t timestamp, d date, n timestamp_ntz"),
            "{2020-01-02 03:04:05.123, 2020-01-02, 2020-01-02 03:04:05}");
  EXPECT_EQ(from(R"({"f":"NaN","g":NaN,"h":Infinity,"s":{"x": 1.50 },"b":"aGk="})",
                 "f double, g double, h float, s string, b binary"),
            "{NaN, NaN, Infinity, {\"x\":1.5}, hi}");
  EXPECT_EQ(from(R"({"a":123.456})", "a decimal(5,2)"), "{123.46}");
  EXPECT_EQ(from(R"({"a":"1,234.5"})", "a decimal(10,2)"), "{1234.50}");
  EXPECT_EQ(from(R"({"a":{"x":1,"x":2}})", "a map<string,int>"), "{{x -> 1, x -> 2}}");
  EXPECT_EQ(from(R"({"a":{"b":1},"c":[1,"x",null,1.5]})", "a variant, c variant"), "{{\"b\":1}, [1,\"x\",null,1.5]}");
  EXPECT_EQ(from("", "a int"), "NULL");
}

TEST(FromJson, KeepsWhatItCanRead) {
  FunctionCaller call;
  const auto from = [&](const char* json, const char* schema) { return call.text("from_json", {json, schema}); };
  EXPECT_EQ(from(R"({"a":"x", "b":0.8})", "a INT, b DOUBLE"), "{null, 0.8}");
  EXPECT_EQ(from("bad", "a int"), "{null}");
  EXPECT_EQ(from("[{\"a\":1}]", "a int"), "{null}");
  EXPECT_EQ(from("[1,\"x\"]", "array<int>"), "NULL");
  EXPECT_EQ(from(R"({"a":{"b":"x","c":2},"d":3})", "a struct<b:int,c:int>, d int"), "{{null, 2}, 3}");
  EXPECT_EQ(from(R"({"a":[{"b":"x"},{"b":2}]})", "a array<struct<b:int>>"), "{[{null}, {2}]}");
  EXPECT_EQ(from(R"({"a":{"k":"x","l":1}})", "a map<string,int>"), "{null}");
  EXPECT_EQ(from(R"({"a":"x","b":1})", "a int, b int, _corrupt_record string"), R"({null, 1, {"a":"x","b":1}})");
  EXPECT_EQ(from(R"({"a":"x","b":1)", "a int, b int, _corrupt_record string"), R"({null, null, {"a":"x","b":1})");
  EXPECT_EQ(from(R"({"a":300})", "a tinyint"), "{null}");
  EXPECT_EQ(from(R"({"A":1})", "a int"), "{null}");
}

TEST(FromJson, FollowsOptions) {
  FunctionCaller call;
  const auto from = [&](const char* json, const char* schema, const std::vector<std::string>& options) {
    return call.text("from_json", {json, schema, text_map(options)});
  };
  EXPECT_EQ(from(R"({"t":"02/01/2020 03:04","d":"02/01/2020"})", "t timestamp, d date",
                 {"timestampFormat", "dd/MM/yyyy HH:mm", "dateFormat", "dd/MM/yyyy"}),
            "{2020-01-02 03:04:00, 2020-01-02}");
  EXPECT_EQ(from("{'a':1}", "a int", {"allowSingleQuotes", "false"}), "{null}");
  EXPECT_EQ(from("{a:1}", "a int", {"allowUnquotedFieldNames", "true"}), "{1}");
  EXPECT_EQ(from("{\"a\":01}", "a int", {"allowNumericLeadingZeros", "true"}), "{1}");
  EXPECT_EQ(from("{\"a\":1 /* c */}", "a int", {"ALLOWCOMMENTS", "true"}), "{1}");
  EXPECT_EQ(from(R"({"a":"x","b":1})", "a int, b int, bad string", {"columnNameOfCorruptRecord", "bad"}),
            R"({null, 1, {"a":"x","b":1}})");
}

TEST(FromJson, NamesErrors) {
  FunctionCaller call;
  const auto failing = text_map({"mode", "FAILFAST"});
  EXPECT_EQ(call.error("from_json", {R"({"a":1)", "a int", failing}), "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION");
  EXPECT_EQ(call.error("from_json", {R"({"a":"x"})", "a double", failing}),
            "MALFORMED_RECORD_IN_PARSING.CANNOT_PARSE_STRING_AS_DATATYPE");
  EXPECT_EQ(call.error("from_json", {R"([{"a":1}])", "a int", failing}),
            "MALFORMED_RECORD_IN_PARSING.CANNOT_PARSE_JSON_ARRAYS_AS_STRUCTS");
  EXPECT_EQ(call.error("from_json", {"{}", "a int", text_map({"mode", "DROPMALFORMED"})}), "PARSE_MODE_UNSUPPORTED");
  EXPECT_EQ(call.error("from_json", {"{}", "a int", "x"}), "INVALID_OPTIONS.NON_MAP_FUNCTION");
  EXPECT_EQ(call.error("from_json", {"{}", "int"}), "DATATYPE_MISMATCH.INVALID_JSON_SCHEMA");
  EXPECT_EQ(call.error("from_json", {"{}", "map<int,int>"}), "DATATYPE_MISMATCH.INVALID_JSON_MAP_KEY_TYPE");
  EXPECT_EQ(call.error("from_json", {"{}", null_text()}), "INVALID_SCHEMA.NON_STRING_LITERAL");
  EXPECT_EQ(call.error("from_json", {"{}", "a int, _corrupt_record int"}), "INVALID_CORRUPT_RECORD_TYPE");
}

TEST(SchemaOfJson, InfersTypes) {
  FunctionCaller call;
  const auto schema = [&](const char* json) { return call.text("schema_of_json", {json}); };
  EXPECT_EQ(schema("[{\"col\":0}]"), "ARRAY<STRUCT<col: BIGINT>>");
  EXPECT_EQ(
      schema(
          R"({"a":1,"b":1.5,"c":"x","d":null,"e":[],"f":{},"g":[1,2.5],)"
          R"("h":true,"i":12345678901,"j":123456789012345678901234567890})"),
      "STRUCT<a: BIGINT, b: DOUBLE, c: STRING, d: STRING, e: ARRAY<STRING>, g: ARRAY<DOUBLE>, h: BOOLEAN, i: BIGINT, "
      "j: DECIMAL(30,0)>");
  EXPECT_EQ(schema("{\"b\":1,\"a\":2, \"c d\":3}"), "STRUCT<a: BIGINT, b: BIGINT, `c d`: BIGINT>");
  EXPECT_EQ(schema("[{\"a\":1},{\"a\":{\"b\":1}}]"), "ARRAY<STRUCT<a: STRING>>");
  EXPECT_EQ(schema("{}"), "STRUCT<>");
  EXPECT_EQ(schema(""), "STRING");
  EXPECT_EQ(call.text("schema_of_json", {"{\"a\":1.25}", text_map({"prefersDecimal", "true"})}),
            "STRUCT<a: DECIMAL(3,2)>");
  EXPECT_EQ(call.text("schema_of_json", {"{\"a\":1}", text_map({"primitivesAsString", "true"})}), "STRUCT<a: STRING>");
  EXPECT_EQ(call.error("schema_of_json", {null_text()}), "DATATYPE_MISMATCH.UNEXPECTED_NULL");
}

TEST(ToJson, WritesValues) {
  FunctionCaller call;
  const auto type = DataType::structure({{"a", TypeId::kInt},
                                         {"b", DataType::string()},
                                         {"c", DataType::array(TypeId::kDouble)},
                                         {"d", TypeId::kTimestamp},
                                         {"m", DataType::map(DataType::string(), TypeId::kInt)}});
  const Value value(Value::List{Value(), Value(std::string("x\"\\\n/é\x01")), Value(Value::List{Value(1.5), Value()}),
                                Value(std::int64_t{1'577'934'245'678'000}),
                                Value(Value::List{Value(std::string("k")), Value(std::int64_t{1})})});
  EXPECT_EQ(call.text("to_json", {{type, value}}),
            R"({"b":"x\"\\\n/é\u0001","c":[1.5,null],"d":"2020-01-02T03:04:05.678Z","m":{"k":1}})");
  const auto small = DataType::structure({{"a", TypeId::kInt}});
  EXPECT_EQ(call.text("to_json", {{small, Value(Value::List{Value()})}, text_map({"ignoreNullFields", "false"})}),
            "{\"a\":null}");
  EXPECT_EQ(call.text("to_json", {{small, Value(Value::List{Value(std::int64_t{1})})}, text_map({"pretty", "true"})}),
            "{\n  \"a\" : 1\n}");
  EXPECT_EQ(call.error("to_json", {{TypeId::kInt, Value(std::int64_t{1})}}), "DATATYPE_MISMATCH.INVALID_JSON_SCHEMA");
}

TEST(JsonArrayLength, CountsElements) {
  FunctionCaller call;
  EXPECT_EQ(call.text("json_array_length", {"[1,2,3,{\"f1\":1,\"f2\":[5,6]},4]"}), "5");
  EXPECT_EQ(call.text("json_array_length", {"[1] x"}), "1");
  for (const char* json : {"[1,2", "{\"a\":1}", "", "1"}) {
    EXPECT_EQ(call.text("json_array_length", {json}), "NULL") << json;
  }
}

TEST(JsonObjectKeys, ListsNames) {
  FunctionCaller call;
  EXPECT_EQ(call.text("json_object_keys", {"{\"f1\":\"abc\",\"f2\":{\"f3\":\"a\"}}"}), "[f1, f2]");
  EXPECT_EQ(call.text("json_object_keys", {"{\"a\":1,\"a\":2}"}), "[a, a]");
  EXPECT_EQ(call.text("json_object_keys", {"[1]"}), "NULL");
}

}  // namespace
}  // namespace hammerscale::sql
