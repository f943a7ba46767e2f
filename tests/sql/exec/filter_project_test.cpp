#include "sql/exec/plan_fixture.hpp"

namespace hammerscale::sql::testing {
namespace {

PlanPtr numbers() {
  return table({{"a", TypeId::kInt}, {"b", TypeId::kInt}}, {{int_value(1), int_value(10)},
                                                            {int_value(2), null()},
                                                            {int_value(3), int_value(0)},
                                                            {null(), int_value(5)},
                                                            {int_value(5), int_value(7)}});
}

TEST(ProjectTest, ComputesExpressionsAndKeepsNulls) {
  const auto t = numbers();
  expect_ordered(
      make_plan(Project{
          t, {as(call("+", {col(t, "a"), col(t, "b")}), "s"), as(call("*", {col(t, "a"), make_int_literal(2)}), "m")}}),
      {"11|2", "NULL|4", "3|6", "NULL|NULL", "12|10"});
}

TEST(FilterTest, KeepsRowsWhereTheConditionIsTrue) {
  const auto t = numbers();
  expect_ordered(make_plan(Filter{t, call("and", {call(">", {col(t, "a"), make_int_literal(1)}),
                                                  call(">=", {col(t, "b"), make_int_literal(0)})})}),
                 {"3|0", "5|7"});
  expect_ordered(make_plan(Filter{t, call("or", {call("isnull", {col(t, "a")}), call("isnull", {col(t, "b")})})}),
                 {"2|NULL", "NULL|5"});
  expect_ordered(make_plan(Filter{t, make_bool_literal(false)}), {});
}

TEST(ProjectTest, RaisesErrorsOnlyForRowsThatNeedTheValue) {
  const auto t = numbers();
  const auto quotient = call("div", {make_int_literal(10), col(t, "b")});
  expect_condition(make_plan(Project{t, {as(quotient, "q")}}), "DIVIDE_BY_ZERO");
  const auto guarded =
      make_expression(CaseWhen{{{call("<>", {col(t, "b"), make_int_literal(0)}), quotient}}, make_bigint_literal(-1)});
  expect_ordered(make_plan(Project{t, {as(guarded, "q")}}), {"1", "-1", "-1", "2", "1"});
  const auto filtered = make_plan(Filter{
      t, call("and", {call("<>", {col(t, "b"), make_int_literal(0)}), call(">", {quotient, make_bigint_literal(1)})})});
  expect_ordered(filtered, {"NULL|5"});
}

TEST(ProjectTest, EvaluatesThreeValuedLogic) {
  const DataType type = TypeId::kBoolean;
  std::vector<Row> rows;
  const std::vector<Value> values{Value(true), Value(false), Value()};
  for (const auto& a : values) {
    for (const auto& b : values) { rows.push_back({a, b}); }
  }
  const auto t = table({{"a", type}, {"b", type}}, rows);
  expect_ordered(
      make_plan(Project{t,
                        {as(call("and", {col(t, "a"), col(t, "b")}), "x"),
                         as(call("or", {col(t, "a"), col(t, "b")}), "y"), as(call("not", {col(t, "a")}), "z")}}),
      {"true|true|false", "false|true|false", "NULL|true|false", "false|true|true", "false|false|true",
       "false|NULL|true", "NULL|true|NULL", "false|NULL|NULL", "NULL|NULL|NULL"});
}

TEST(ProjectTest, FailsOnOverflowOfSelectedRowsOnly) {
  const auto t = table({{"a", TypeId::kInt}}, {{int_value(2147483647)}, {int_value(1)}});
  expect_condition(make_plan(Project{t, {as(call("+", {col(t, "a"), make_int_literal(1)}), "s")}}),
                   "ARITHMETIC_OVERFLOW");
  const auto small = make_plan(Filter{t, call("<", {col(t, "a"), make_int_literal(100)})});
  expect_ordered(make_plan(Project{small, {as(call("+", {col(t, "a"), make_int_literal(1)}), "s")}}), {"2"});
  expect_ordered(make_plan(Project{t, {as(call("try_add", {col(t, "a"), make_int_literal(1)}), "s")}}), {"NULL", "2"});
}

TEST(LimitTest, SkipsAndTakesInOrder) {
  const auto t =
      table({{"a", TypeId::kInt}}, {{int_value(1)}, {int_value(2)}, {int_value(3)}, {int_value(4)}, {int_value(5)}});
  expect_ordered(make_plan(Limit{t, make_int_literal(3)}), {"1", "2", "3"});
  expect_ordered(make_plan(Offset{t, make_int_literal(3)}), {"4", "5"});
  expect_ordered(make_plan(Limit{make_plan(Offset{t, make_int_literal(1)}), make_int_literal(2)}), {"2", "3"});
  expect_ordered(make_plan(Limit{t, make_int_literal(0)}), {});
}

TEST(RangeTest, CountsUpAndDownToTheEndsOfTheType) {
  const auto range = [](std::int64_t start, std::int64_t end, std::int64_t step) {
    return make_plan(
        Range{start, end, step, 0, make_expression(Attribute{"id", TypeId::kBigint, false, next_attribute_id()})});
  };
  expect_ordered(range(0, 5, 2), {"0", "2", "4"});
  expect_ordered(range(3, 0, -1), {"3", "2", "1"});
  expect_ordered(range(0, 0, 1), {});
  expect_ordered(range(5, 0, 1), {});
  expect_ordered(range(INT64_MIN, INT64_MAX, INT64_MAX), {"-9223372036854775808", "-1", "9223372036854775806"});
  const auto wide = range(0, 200000, 1);
  const auto sum =
      make_plan(Aggregate{wide, GroupingKind::kPlain, {}, {}, {as(aggregate_call("sum", {col(wide, "id")}), "s")}});
  for (const auto& [name, options] : all_options()) {
    if (options.batch_rows < 100) { continue; }
    EXPECT_EQ(run(sum, options), std::vector<std::string>{"19999900000"}) << name;
  }
}

TEST(RunnerTest, StopsWhenCancelled) {
  const auto endless = make_plan(
      Range{0, INT64_MAX, 1, 0, make_expression(Attribute{"id", TypeId::kBigint, false, next_attribute_id()})});
  const auto none = make_plan(Filter{endless, call("<", {col(endless, "id"), make_bigint_literal(0)})});
  ExecutionContext context(make_settings(), {.num_threads = 2});
  context.cancel();
  EXPECT_THROW(static_cast<void>(run_plan(none, context)), Cancelled);
}

}  // namespace
}  // namespace hammerscale::sql::testing
