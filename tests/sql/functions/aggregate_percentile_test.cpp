#include <gtest/gtest.h>

#include "function_caller.hpp"

namespace hammerscale::sql {
namespace {

// Expected values are Spark 4.2.1's.

constexpr StatePath kPaths[] = {StatePath::kWhole, StatePath::kMerged, StatePath::kExported};

class PercentileTest : public ::testing::TestWithParam<StatePath> {
 protected:
  std::string call(std::string_view name, const std::vector<TestArgument>& arguments,
                   const AggregateOptions& options = {}) {
    return caller.aggregate(name, arguments, options, GetParam());
  }
  FunctionCaller caller;
};
INSTANTIATE_TEST_SUITE_P(Paths, PercentileTest, ::testing::ValuesIn(kPaths));

TestArgument percentage(double value) { return constant(TypeId::kDouble, value); }
TestArgument percentages(std::vector<Value> values) {
  return constant(DataType::array(TypeId::kDouble), Value(std::move(values)));
}

TEST_P(PercentileTest, PercentileInterpolates) {
  EXPECT_EQ(call("percentile", {column(TypeId::kInt, 0, 10), percentage(0.3)}), "3.0");
  EXPECT_EQ(call("percentile", {column(TypeId::kInt, 0, 10, 20, Value()), percentages(values_of(0.25, 0.75))}),
            "[5.0, 15.0]");
  EXPECT_EQ(caller.type(), "array<double>");
  EXPECT_EQ(call("percentile", {column(TypeId::kInt, 0, 10, 20), percentage(0.5), column(TypeId::kInt, 3, 1, 0)}),
            "0.0");
  EXPECT_EQ(call("percentile", {column(TypeId::kInt, Value()), percentage(0.5)}), "NULL");
  EXPECT_EQ(call("percentile", {column(TypeId::kInt, 1), percentages({})}), "NULL");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(call("percentile", {column(TypeId::kDouble, nan, 1.0, 2.0), percentage(0.5)}), "2.0");
}

TEST_P(PercentileTest, IntervalsStayIntervals) {
  const DataType month = DataType::year_month_interval(IntervalField::kMonth, IntervalField::kMonth);
  EXPECT_EQ(call("percentile", {column(month, 0, 10), percentage(0.3)}), "INTERVAL '0-3' YEAR TO MONTH");
  EXPECT_EQ(call("median", {column(month, 0, 11)}), "INTERVAL '0-5' YEAR TO MONTH");
}

TEST_P(PercentileTest, OrderedPercentiles) {
  const AggregateOptions ascending{{column(TypeId::kInt, 0, 1, 2, 4)}, {true}};
  const AggregateOptions descending{{column(TypeId::kInt, 0, 1, 2, 4)}, {false}};
  EXPECT_EQ(call("percentile_cont", {percentage(0.25)}, {{column(TypeId::kInt, 0, 10)}, {false}}), "7.5");
  EXPECT_EQ(call("percentile_disc", {percentage(0.5)}, ascending), "1.0");
  EXPECT_EQ(call("percentile_disc", {percentage(0.25)}, descending), "4.0");
  EXPECT_EQ(call("percentile_disc", {percentages(values_of(0.0, 0.1, 0.5, 0.51, 1.0))}, ascending),
            "[0.0, 0.0, 1.0, 2.0, 4.0]");
  EXPECT_EQ(condition_of_failure([&] { call("percentile_cont", {percentage(0.5)}); }),
            "INVALID_WITHIN_GROUP_EXPRESSION.WITHIN_GROUP_MISSING");
}

TEST_P(PercentileTest, Mode) {
  EXPECT_EQ(call("mode", {column(TypeId::kInt, 0, 10, 10)}), "10");
  EXPECT_EQ(call("mode", {column(TypeId::kInt, -10, 0, 10), constant(TypeId::kBoolean, true)}), "-10");
  EXPECT_EQ(call("mode", {}, {{column(TypeId::kInt, 0, 10, 10, 20, 20)}, {true}}), "10");
  EXPECT_EQ(call("mode", {}, {{column(TypeId::kInt, 0, 10, 10, 20, 20)}, {false}}), "20");
  EXPECT_EQ(call("mode", {column(DataType::string(), "a", "bb", "a")}), "a");
  EXPECT_EQ(call("mode", {column(TypeId::kInt, Value())}), "NULL");
}

TEST_P(PercentileTest, FewValuesApproximately) {
  EXPECT_EQ(call("percentile_approx", {column(TypeId::kInt, 0, 10), percentage(0.3)}), "0");
  EXPECT_EQ(call("approx_percentile", {column(TypeId::kInt, 0, 1, 2, 10), percentages(values_of(0.5, 0.4, 0.1)),
                                       constant(TypeId::kInt, 100)}),
            "[1, 1, 0]");
  EXPECT_EQ(call("approx_percentile",
                 {column(DataType::decimal(3, 2), Value(Int128{150}), Value(Int128{225})), percentage(0.5)}),
            "1.50");
  EXPECT_EQ(call("approx_percentile", {column(TypeId::kInt, Value()), percentage(0.5)}), "NULL");
}

TEST(ApproximatePercentile, ManyValuesAsSpark) {
  TestArgument values{TypeId::kBigint, {}, false};
  for (std::int64_t id = 0; id < 100'000; ++id) { values.values.emplace_back(id * 7919 % 100'003); }
  const auto asked = percentages(values_of(0.0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1.0));
  FunctionCaller caller;
  EXPECT_EQ(caller.aggregate("approx_percentile", {values, asked, constant(TypeId::kInt, 20)}),
            "[0, 0, 10566, 26084, 49510, 71498, 90005, 100002, 100002]");
  EXPECT_EQ(caller.aggregate("approx_percentile", {values, asked, constant(TypeId::kInt, 100)}),
            "[0, 0, 9272, 24070, 49874, 74917, 89481, 100002, 100002]");
  EXPECT_EQ(caller.aggregate("approx_percentile", {values, asked}),
            "[0, 1006, 9991, 24998, 49996, 74997, 89996, 99000, 100002]");
}

TEST(Percentile, RefusesWhatItCannotDo) {
  FunctionCaller caller;
  const auto condition = [&](std::vector<TestArgument> arguments) {
    return condition_of_failure([&] { caller.aggregate("percentile", arguments); });
  };
  EXPECT_EQ(condition({column(TypeId::kInt, 1), percentage(1.5)}), "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE");
  EXPECT_EQ(condition({column(TypeId::kInt, 1), constant(TypeId::kDouble, Value())}),
            "DATATYPE_MISMATCH.UNEXPECTED_NULL");
  EXPECT_EQ(condition({column(TypeId::kInt, 1), column(TypeId::kDouble, 0.5)}), "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT");
  EXPECT_EQ(condition({column(TypeId::kDate, 1), percentage(0.5)}), "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE");
  EXPECT_EQ(condition({column(TypeId::kInt, 1), percentage(0.5), column(TypeId::kInt, -3)}),
            "NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION");
  EXPECT_EQ(
      condition_of_failure([&] {
        caller.aggregate("percentile_approx", {column(TypeId::kInt, 1), percentage(0.5), constant(TypeId::kInt, 0)});
      }),
      "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE");
}

}  // namespace
}  // namespace hammerscale::sql
