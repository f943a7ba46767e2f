#include <map>

#include "sql/exec/plan_fixture.hpp"

namespace hammerscale::sql::testing {
namespace {

PlanPtr sales() {
  return table({{"k", TypeId::kString}, {"n", TypeId::kInt}, {"x", TypeId::kDouble}},
               {{text("a"), int_value(1), real(1.5)},
                {text("b"), int_value(2), real(2.5)},
                {text("a"), int_value(3), null()},
                {null(), int_value(4), real(0.5)},
                {text("a string that is longer than a view"), int_value(5), real(1)},
                {text("a string that is longer than a view"), null(), real(2)},
                {null(), int_value(4), null()},
                {text("b"), int_value(2), real(2.5)}});
}

PlanPtr group(const PlanPtr& child, Expressions keys, Expressions list) {
  return make_plan(Aggregate{child, GroupingKind::kPlain, std::move(keys), {}, std::move(list)});
}

TEST(HashAggregateTest, GroupsByStringsAndNulls) {
  const auto t = sales();
  expect_rows(group(t, {col(t, "k")},
                    {col(t, "k"), as(aggregate_call("count", {make_int_literal(1)}), "c"),
                     as(aggregate_call("sum", {col(t, "n")}), "s"), as(aggregate_call("max", {col(t, "x")}), "m"),
                     as(aggregate_call("avg", {col(t, "n")}), "a")}),
              {"a|2|4|1.5|2", "b|2|4|2.5|2", "NULL|2|8|0.5|4", "a string that is longer than a view|2|5|2|5"});
}

TEST(HashAggregateTest, WithoutKeysThereIsOneRow) {
  const auto t = sales();
  const Expressions list{as(aggregate_call("count", {make_int_literal(1)}), "c"),
                         as(aggregate_call("sum", {col(t, "n")}), "s"), as(aggregate_call("min", {col(t, "k")}), "m")};
  expect_rows(group(t, {}, list), {"8|21|a"});
  expect_rows(group(make_plan(Filter{t, make_bool_literal(false)}), {}, list), {"0|NULL|NULL"});
  expect_rows(group(make_plan(Filter{t, make_bool_literal(false)}), {col(t, "k")}, {col(t, "k")}), {});
}

TEST(HashAggregateTest, CountsDistinctValuesBesideOthers) {
  const auto t = sales();
  expect_rows(group(t, {col(t, "k")},
                    {col(t, "k"), as(aggregate_call("count", {col(t, "n")}, true), "c"),
                     as(aggregate_call("count", {make_int_literal(1)}), "all")}),
              {"a|2|2", "b|1|2", "NULL|1|2", "a string that is longer than a view|1|2"});
  expect_rows(
      group(t, {},
            {as(aggregate_call("count", {col(t, "n")}, true), "c"), as(aggregate_call("sum", {col(t, "x")}, true), "s"),
             as(aggregate_call("count", {col(t, "k"), col(t, "n")}, true), "p"),
             as(aggregate_call("sum", {col(t, "n")}), "all")}),
      {"5|7.5|4|21"});
}

TEST(HashAggregateTest, FiltersEachCallAlone) {
  const auto t = sales();
  const auto large = call(">", {col(t, "n"), make_int_literal(2)});
  expect_rows(group(t, {},
                    {as(aggregate_call("count", {make_int_literal(1)}, false, large), "c"),
                     as(aggregate_call("sum", {col(t, "n")}, true, large), "d"),
                     as(aggregate_call("count", {make_int_literal(1)}), "all")}),
              {"4|12|8"});
}

TEST(HashAggregateTest, OneNaNAndOneZero) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto t = table({{"x", TypeId::kDouble}}, {{real(nan)}, {real(-nan)}, {real(0.0)}, {real(-0.0)}});
  const auto counted = group(t, {col(t, "x")}, {as(aggregate_call("count", {make_int_literal(1)}), "c")});
  expect_rows(counted, {"2", "2"});
}

TEST(HashAggregateTest, GroupsByArraysAndStructs) {
  const DataType list = DataType::array(TypeId::kInt);
  const DataType pair = DataType::structure({{"a", TypeId::kInt}, {"b", TypeId::kString}});
  const auto t = table({{"l", list}, {"p", pair}},
                       {{Value(Value::List{int_value(1), null()}), Value(Value::List{int_value(1), text("x")})},
                        {Value(Value::List{int_value(1), null()}), Value(Value::List{int_value(1), text("x")})},
                        {Value(Value::List{}), null()}});
  expect_rows(group(t, {col(t, "l"), col(t, "p")},
                    {col(t, "l"), col(t, "p"), as(aggregate_call("count", {make_int_literal(1)}), "c")}),
              {"[1,NULL]|[1,x]|2", "[]|NULL|1"});
}

TEST(HashAggregateTest, CollectsInTheOrderOfTheRows) {
  const auto t = sales();
  const auto lists =
      group(t, {},
            {as(aggregate_call("collect_list", {col(t, "n")}), "l"), as(aggregate_call("first", {col(t, "x")}), "f"),
             as(aggregate_call("max_by", {col(t, "n"), col(t, "x")}), "m"),
             as(aggregate_call("collect_set", {col(t, "n")}), "s")});
  expect_rows(lists, {"[1,2,3,4,5,4,2]|1.5|2|[1,2,3,4,5]"});
}

TEST(HashAggregateTest, FailsWhenASumOverflows) {
  const auto t = table({{"a", TypeId::kBigint}}, {{int_value(INT64_MAX)}, {int_value(1)}});
  expect_condition(group(t, {}, {as(aggregate_call("sum", {col(t, "a")}), "s")}), "ARITHMETIC_OVERFLOW");
  expect_rows(group(t, {}, {as(aggregate_call("try_sum", {col(t, "a")}), "s")}), {"NULL"});
}

/// Many groups, so that tables grow, partitions are made, and a small budget forces real spills.
TEST(HashAggregateTest, ManyGroupsUnderASmallBudget) {
  constexpr std::int64_t kRows = 200000;
  constexpr std::int64_t kGroups = 50000;
  const auto ids =
      make_plan(Range{0, kRows, 1, 0, make_expression(Attribute{"id", TypeId::kBigint, false, next_attribute_id()})});
  const auto key = call("%", {col(ids, "id"), make_bigint_literal(kGroups)});
  const auto grouped = make_plan(Project{ids, {as(key, "k"), col(ids, "id")}});
  const auto plan =
      group(grouped, {col(grouped, "k")}, {col(grouped, "k"), as(aggregate_call("sum", {col(grouped, "id")}), "s")});
  for (const int threads : {1, 3}) {
    for (const std::uint64_t budget : {std::uint64_t{1} << 30, std::uint64_t{12} << 20}) {
      ExecutionContext context(make_settings(make_pool(budget)), {.num_threads = threads});
      std::map<std::int64_t, std::int64_t> sums;
      run_plan(plan, context, [&](Batch& batch) {
        for (std::int32_t i = 0; i < batch.num_rows; ++i) {
          const bool is_new =
              sums.emplace(batch.columns[0].value(i).as_int64(), batch.columns[1].value(i).as_int64()).second;
          EXPECT_TRUE(is_new);
        }
        return true;
      });
      ASSERT_EQ(sums.size(), static_cast<std::size_t>(kGroups));
      for (const auto& [k, sum] : sums) { ASSERT_EQ(sum, 4 * k + 6 * kGroups) << k; }
    }
  }
}

}  // namespace
}  // namespace hammerscale::sql::testing
