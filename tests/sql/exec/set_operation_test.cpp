#include "sql/exec/plan_fixture.hpp"

namespace hammerscale::sql::testing {
namespace {

PlanPtr values(std::initializer_list<Value> list) {
  std::vector<Row> rows;
  for (const Value& value : list) { rows.push_back({value}); }
  return table({{"v", TypeId::kInt}}, std::move(rows));
}

PlanPtr combine(SetOperationKind kind, bool is_all, std::vector<PlanPtr> inputs) {
  SetOperation node;
  node.kind = kind;
  node.is_all = is_all;
  node.output = output_of(*inputs[0]);
  node.inputs = std::move(inputs);
  return make_plan(std::move(node));
}

TEST(SetOperationTest, CountsEqualRowsAsTheKindSays) {
  const auto a = values({int_value(1), int_value(2), int_value(2), int_value(2), null(), null()});
  const auto b = values({int_value(2), int_value(2), int_value(3), null()});
  expect_ordered(combine(SetOperationKind::kUnion, true, {a, b}),
                 {"1", "2", "2", "2", "NULL", "NULL", "2", "2", "3", "NULL"});
  expect_rows(combine(SetOperationKind::kUnion, false, {a, b}), {"1", "2", "3", "NULL"});
  expect_rows(combine(SetOperationKind::kIntersect, false, {a, b}), {"2", "NULL"});
  expect_rows(combine(SetOperationKind::kIntersect, true, {a, b}), {"2", "2", "NULL"});
  expect_rows(combine(SetOperationKind::kExcept, false, {a, b}), {"1"});
  expect_rows(combine(SetOperationKind::kExcept, true, {a, b}), {"1", "2", "NULL"});
}

TEST(SetOperationTest, DistinctAndDeduplicate) {
  const auto t =
      table({{"k", TypeId::kInt}, {"x", TypeId::kString}},
            {{int_value(1), text("a")}, {int_value(1), text("b")}, {null(), text("c")}, {null(), text("c")}});
  expect_rows(make_plan(Distinct{t}), {"1|a", "1|b", "NULL|c"});
  expect_rows(make_plan(Deduplicate{t, {col(t, "k")}}), {"1|a", "NULL|c"});
}

TEST(RecursiveUnionTest, RunsUntilNothingIsNew) {
  const auto start = values({int_value(1)});
  const auto attribute = make_expression(Attribute{"v", TypeId::kInt, true, next_attribute_id()});
  const auto reference = make_plan(RecursionReference{"r", 7, {attribute}});
  const auto few = make_plan(Filter{reference, call("<", {attribute, make_int_literal(5)})});
  const auto next = make_plan(Project{few, {as(call("+", {attribute, make_int_literal(1)}), "v")}});
  RecursiveUnion node;
  node.anchor = start;
  node.step = next;
  node.loop = 7;
  node.output = output_of(*start);
  expect_ordered(make_plan(node), {"1", "2", "3", "4", "5"});
  // A cycle: 1 -> 2 -> 0 -> 1 ends only without ALL.
  const auto turn = make_plan(
      Project{reference, {as(call("%", {call("+", {attribute, make_int_literal(1)}), make_int_literal(3)}), "v")}});
  node.step = turn;
  node.is_all = false;
  expect_ordered(make_plan(node), {"1", "2", "0"});
  node.is_all = true;
  expect_condition(make_plan(node), "RECURSION_LEVEL_LIMIT_EXCEEDED");
}

TEST(SubqueryTest, ValuesArePutIn) {
  const auto t = values({int_value(1), int_value(2), int_value(3)});
  const auto inner = values({int_value(3)});
  const auto scalar = make_expression(SubqueryExpression{SubqueryKind::kScalar, inner, {}, {}});
  expect_ordered(make_plan(Filter{t, call("<", {col(t, "v"), scalar})}), {"1", "2"});
  const auto exists = make_expression(SubqueryExpression{SubqueryKind::kExists, inner, {}, {}});
  expect_ordered(make_plan(Filter{t, exists}), {"1", "2", "3"});
  const auto many = make_expression(SubqueryExpression{SubqueryKind::kScalar, t, {}, {}});
  expect_condition(make_plan(Filter{t, call("<", {col(t, "v"), many})}), "SCALAR_SUBQUERY_TOO_MANY_ROWS");
}

}  // namespace
}  // namespace hammerscale::sql::testing
