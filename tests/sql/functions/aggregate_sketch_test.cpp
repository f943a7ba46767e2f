#include <gtest/gtest.h>

#include <limits>

#include "function_caller.hpp"

namespace hammerscale::sql {
namespace {

// Expected values are Spark 4.2.1's.

constexpr StatePath kPaths[] = {StatePath::kWhole, StatePath::kMerged, StatePath::kExported};

class SketchTest : public ::testing::TestWithParam<StatePath> {
 protected:
  std::string call(std::string_view name, const std::vector<TestArgument>& arguments,
                   const AggregateOptions& options = {}) {
    return caller.aggregate(name, arguments, options, GetParam());
  }
  FunctionCaller caller;
};
INSTANTIATE_TEST_SUITE_P(Paths, SketchTest, ::testing::ValuesIn(kPaths));

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    text += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4];
    text += "0123456789ABCDEF"[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

TestArgument range(std::int64_t end, std::int64_t modulo = std::numeric_limits<std::int64_t>::max()) {
  TestArgument values{TypeId::kBigint, {}, false};
  for (std::int64_t id = 0; id < end; ++id) { values.values.emplace_back(id % modulo); }
  return values;
}

TEST_P(SketchTest, ApproxCountDistinct) {
  EXPECT_EQ(call("approx_count_distinct", {column(TypeId::kInt, 1, 1, 2, 2, 3)}), "3");
  EXPECT_EQ(call("approx_count_distinct", {range(10'000)}), "9571");
  EXPECT_EQ(call("approx_count_distinct", {range(10'000), constant(TypeId::kDouble, 0.1)}), "9472");
  EXPECT_EQ(call("approx_count_distinct", {range(10'000), constant(TypeId::kDouble, 0.01)}), "9965");
  EXPECT_EQ(call("approx_count_distinct", {range(1'000)}), "1026");
  EXPECT_EQ(call("approx_count_distinct", {range(1'500)}), "1400");
  EXPECT_EQ(call("approx_count_distinct", {range(100'000)}), "95546");
  EXPECT_EQ(call("approx_count_distinct", {range(2'000, 400)}), "397");
  EXPECT_EQ(call("approx_count_distinct", {column(TypeId::kInt, Value())}), "0");
  EXPECT_EQ(
      call("approx_count_distinct", {column(TypeId::kDouble, std::numeric_limits<double>::quiet_NaN(), 0.0, -0.0)}),
      "2");
  EXPECT_EQ(condition_of_failure([&] {
              call("approx_count_distinct", {range(1), constant(TypeId::kDouble, 0.9)});
            }),
            "FAILED_FUNCTION_CALL");
}

TEST_P(SketchTest, CountMinSketch) {
  const auto sketch = [&](TestArgument values, double eps, double confidence, int seed) {
    return hex(call("count_min_sketch", {std::move(values), constant(TypeId::kDouble, eps),
                                         constant(TypeId::kDouble, confidence), constant(TypeId::kInt, seed)}));
  };
  const std::string head = "0000000100000004000000005D8D6AB9";
  EXPECT_EQ(sketch(column(TypeId::kInt, 1, 2, 1), 0.5, 0.5, 1),
            "000000010000000000000003" + head + "0000000000000000000000000000000200000000000000010000000000000000");
  EXPECT_EQ(sketch(column(DataType::string(), "a", "b", "a"), 0.5, 0.5, 1),
            "000000010000000000000003" + head + "0000000000000000000000000000000200000000000000000000000000000001");
  EXPECT_EQ(sketch(column(TypeId::kBigint, Value()), 0.5, 0.5, 1),
            "000000010000000000000000" + head + "0000000000000000000000000000000000000000000000000000000000000000");
  EXPECT_EQ(sketch(column(TypeId::kTinyint, 1, -2, Value()), 0.1, 0.9, 42).substr(0, 104),
            "0000000100000000000000020000000400000014000000005D20CE9A0000000006FF457B000000005773DDF0000000000622E014");
  EXPECT_EQ(condition_of_failure([&] { sketch(column(TypeId::kInt, 1), 0.0, 0.5, 1); }),
            "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE");
}

TEST_P(SketchTest, HistogramNumeric) {
  const auto bins = [](int n) { return constant(TypeId::kInt, n); };
  EXPECT_EQ(call("histogram_numeric", {column(TypeId::kInt, 0, 1, 2, 10), bins(5)}),
            "[{0, 1.0}, {1, 1.0}, {2, 1.0}, {10, 1.0}]");
  EXPECT_EQ(call("histogram_numeric", {column(TypeId::kInt, Value()), bins(2)}), "NULL");
  EXPECT_EQ(condition_of_failure([&] {
              call("histogram_numeric", {column(TypeId::kInt, 0), bins(1)});
            }),
            "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE");
  if (GetParam() == StatePath::kWhole) {
    EXPECT_EQ(call("histogram_numeric", {column(TypeId::kInt, 0, 1, 2, 10, 11, 5), bins(3)}),
              "[{1, 3.0}, {5, 1.0}, {10, 2.0}]");
    TestArgument values{TypeId::kBigint, {}, false};
    for (std::int64_t id = 0; id < 200; ++id) { values.values.emplace_back(id * 31 % 97); }
    EXPECT_EQ(call("histogram_numeric", {values, bins(5)}),
              "[{8, 39.0}, {32, 57.0}, {57, 46.0}, {69, 5.0}, {83, 53.0}]");
  }
}

TEST_P(SketchTest, Bits) {
  EXPECT_EQ(call("bit_and", {column(TypeId::kInt, 3, 5, Value())}), "1");
  EXPECT_EQ(call("bit_or", {column(TypeId::kSmallint, 3, 5, Value())}), "7");
  EXPECT_EQ(call("bit_xor", {column(TypeId::kBigint, 3, 5, Value())}), "6");
  EXPECT_EQ(call("bit_and", {column(TypeId::kTinyint, -1, -1, -128)}), "-128");
  EXPECT_EQ(call("bit_xor", {column(TypeId::kInt, Value())}), "NULL");
  EXPECT_EQ(condition_of_failure([&] { call("bit_and", {column(DataType::string(), "3")}); }),
            "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE");
}

TEST_P(SketchTest, Bitmaps) {
  const std::string constructed = call("bitmap_construct_agg", {column(TypeId::kBigint, 0, 1, 2, Value(), 16)});
  EXPECT_EQ(constructed.size(), 4096U);
  EXPECT_EQ(hex(constructed).substr(0, 6), "070001");
  const std::string combined = call("bitmap_or_agg", {column(TypeId::kBinary, "\x10", "\x20\x01", "\x40")});
  EXPECT_EQ(hex(combined).substr(0, 6), "700100");
  EXPECT_EQ(hex(call("bitmap_and_agg", {column(TypeId::kBinary, "\xF0\xFF", "\x70")})).substr(0, 6), "700000");
  EXPECT_EQ(hex(call("bitmap_and_agg", {column(TypeId::kBinary, Value())})).substr(0, 6), "FFFFFF");
  EXPECT_EQ(condition_of_failure([&] { call("bitmap_construct_agg", {column(TypeId::kBigint, 32768)}); }),
            "INVALID_BITMAP_POSITION");
}

TEST(Bitmap, PositionsAndBuckets) {
  FunctionCaller caller;
  const std::int64_t least = std::numeric_limits<std::int64_t>::min();
  const std::int64_t most = std::numeric_limits<std::int64_t>::max();
  const auto numbers = column(TypeId::kBigint, 1, 0, -1, 32768, 32769, -32768, most, least);
  EXPECT_EQ(caller.scalar("bitmap_bit_position", {numbers}, 8),
            (std::vector<std::string>{"0", "0", "1", "32767", "0", "0", "32766", "0"}));
  EXPECT_EQ(caller.scalar("bitmap_bucket_number",
                          {column(TypeId::kBigint, 123, 0, -1, 32768, 32769, -32768, -32769, most, least)}, 9),
            (std::vector<std::string>{"1", "0", "0", "1", "2", "-1", "-1", "281474976710656", "-281474976710656"}));
  EXPECT_EQ(caller.scalar("bitmap_count", {column(TypeId::kBinary, "\x10\x10", "\xFF\xFF", "")}, 3),
            (std::vector<std::string>{"2", "16", "0"}));
}

TEST_P(SketchTest, ListAgg) {
  const DataType text = DataType::string();
  EXPECT_EQ(call("listagg", {column(text, "a", "b", Value(), "c")}), "abc");
  EXPECT_EQ(call("listagg", {column(text, "a", "b", "c"), constant(text, ", ")}), "a, b, c");
  EXPECT_EQ(call("listagg", {column(text, "a", "b", "c"), constant(text, Value())}), "abc");
  EXPECT_EQ(call("string_agg", {column(TypeId::kInt, 1, 2), constant(text, ",")}), "1,2");
  EXPECT_EQ(call("listagg", {column(text, Value())}), "NULL");
  const auto keys = column(TypeId::kInt, 1, 2, Value());
  EXPECT_EQ(call("listagg", {column(text, "b", "a", "c"), constant(text, "-")}, {{keys}, {false}}), "a-b-c");
  EXPECT_EQ(call("listagg", {column(text, "b", "a", "c"), constant(text, "-")}, {{keys}, {true}}), "c-b-a");
  EXPECT_EQ(condition_of_failure([&] {
              call("listagg", {column(text, "a"), column(text, "b")});
            }),
            "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT");
}

TEST_P(SketchTest, VectorAggregates) {
  const DataType vector = DataType::array(TypeId::kFloat);
  const auto floats = [](auto... values) { return Value(values_of(values...)); };
  const auto two = column(vector, floats(1.0F, 2.0F), floats(3.0F, 4.0F), Value(), floats(5.0F, Value()));
  EXPECT_EQ(call("vector_sum", {two}), "[4.0, 6.0]");
  EXPECT_EQ(call("vector_avg", {two}), "[2.0, 3.0]");
  EXPECT_EQ(call("vector_sum", {column(vector, Value())}), "NULL");
  EXPECT_EQ(condition_of_failure([&] { call("vector_sum", {column(vector, floats(1.0F), floats(1.0F, 2.0F))}); }),
            "VECTOR_DIMENSION_MISMATCH");
  if (GetParam() == StatePath::kWhole) {
    EXPECT_EQ(call("vector_avg", {column(vector, floats(1.0F, 2.0F), floats(1.1F, 4.7F), floats(0.3F, 1e10F))}),
              "[0.79999995, 3.3333335E9]");
  }
}

}  // namespace
}  // namespace hammerscale::sql
